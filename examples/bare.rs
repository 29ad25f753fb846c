//! Bare rows for the comparison with other databases (benches/peers/bare.py): loads two CSV files, or answers one question.
//!
//! ```text
//! bare load DATABASE ENTITIES.csv RELATIONS.csv     name,label and subject,object,type,number; a row's number is its id
//! bare first DATABASE NAME                          opens, finds the entity, and counts the facts whose subject it is
//! ```
//!
//! Prints seconds and what was found as one line of JSON.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Write};
use std::path::Path;
use std::time::Instant;

use ailand::model::{
    Entity, EntityId, Evidence, Fact, FactId, Language, Modality, Name, NameKind, Properties, Reliability, Source,
    SourceId, Value,
};
use ailand::{Changes, Landscape};

/// Rows in one commit.
const COMMIT: usize = 500_000;

type Failure = Box<dyn std::error::Error>;

fn main() -> Result<(), Failure> {
    let start = Instant::now();
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let found = match arguments.as_slice() {
        ["load", database, entities, relations] => load(Path::new(database), entities, relations)?,
        ["first", database, name] => first(Path::new(database), name)?,
        _ => return Err("expected load DATABASE ENTITIES RELATIONS, or first DATABASE NAME".into()),
    };
    writeln!(io::stdout(), "{{\"seconds\": {}, \"found\": {found}}}", start.elapsed().as_secs_f64())?;
    Ok(())
}

fn load(database: &Path, entities: &str, relations: &str) -> Result<usize, Failure> {
    let landscape = Landscape::open_or_create_empty(database)?;
    let rows = SourceId::new("rows")?;
    let mut changes = Changes::by("bare rows");
    changes.sources.push(source(&rows));
    let mut lines = BufReader::new(File::open(entities)?).lines().skip(1).zip(0usize..);
    while batch(&mut lines, &mut changes, |line, number| {
        let (name, label) = line.split_once(',').ok_or("expected name,label")?;
        let name = Name {
            text: name.to_owned(),
            language: Language::English,
            kind: NameKind::Canonical,
            derived: false,
            evidence: vec![],
        };
        Ok(Row::Entity(Entity {
            id: entity_id(number)?,
            labels: vec![label.to_owned()],
            names: vec![name],
            claims: vec![],
        }))
    })? {
        landscape.commit(&changes)?;
        changes = Changes::by("bare rows");
    }
    let mut lines = BufReader::new(File::open(relations)?).lines().skip(1).zip(0usize..);
    while batch(&mut lines, &mut changes, |line, number| {
        let fields: Vec<&str> = line.split(',').collect();
        let [subject, object, predicate, value] = fields.as_slice() else { return Err("expected four fields".into()) };
        let mut properties = Properties::new();
        properties.set("number", Value::Int(value.parse()?));
        Ok(Row::Fact(Fact {
            id: FactId::new(format!("r{number}"))?,
            subject: entity_id(subject.parse()?)?,
            predicate: (*predicate).to_owned(),
            object: entity_id(object.parse()?)?,
            properties,
            modality: Modality::Asserted,
            evidence: vec![Evidence::curated(rows.clone())],
        }))
    })? {
        landscape.commit(&changes)?;
        changes = Changes::by("bare rows");
    }
    landscape.compact(&mut |_| ())?;
    Ok(landscape.snapshot()?.counts().facts as usize)
}

enum Row {
    Entity(Entity),
    Fact(Fact),
}

/// Reads the next rows; whether there were any.
fn batch(
    lines: &mut impl Iterator<Item = (io::Result<String>, usize)>,
    changes: &mut Changes,
    row: impl Fn(&str, usize) -> Result<Row, Failure>,
) -> Result<bool, Failure> {
    let mut any = false;
    for (line, number) in lines.take(COMMIT) {
        any = true;
        match row(&line?, number)? {
            Row::Entity(entity) => changes.entities.push(entity),
            Row::Fact(fact) => changes.facts.push(fact),
        }
    }
    Ok(any)
}

fn entity_id(number: usize) -> Result<EntityId, Failure> {
    Ok(EntityId::new(format!("e:{number}"))?)
}

fn source(id: &SourceId) -> Source {
    Source {
        id: id.clone(),
        kind: "table".into(),
        title: "Bare rows".into(),
        publisher: None,
        url: None,
        published: None,
        language: None,
        content_hash: None,
        license: None,
        reliability: Reliability::A,
    }
}

fn first(database: &Path, name: &str) -> Result<usize, Failure> {
    let snapshot = Landscape::open(database)?.snapshot()?;
    let entity = snapshot.names()?.named(name).first().ok_or("no entity has the name")?.entity;
    let mut sum = 0;
    let outgoing = snapshot.adjacency(entity)?.outgoing;
    for edge in &outgoing {
        sum += snapshot.fact(edge.fact)?.properties.iter().count();
        snapshot.heading(edge.neighbour)?;
    }
    debug_assert!(sum >= outgoing.len());
    Ok(outgoing.len())
}
