//! The sheet an answer is written on: rows, the entities that answer, and the sources, each once.

use std::collections::HashMap;
use std::rc::Rc;

use crate::ask::answer::Answered;
use crate::ask::error::AskError;
use crate::model::vocabulary::{self, PropertyType};
use crate::model::{
    Cell, Claim, Column, Entity, EntityId, Evidence, FactId, Language, Properties, Reliability, Rows, Source, SourceId,
    Value,
};
use crate::store::Snapshot;

/// A row on its way to the answer: cells by the names of their columns.
pub(super) type Line = Vec<(&'static str, Cell)>;

/// An answer that is being written.
pub(super) struct Sheet<'a> {
    pub(super) snapshot: &'a Snapshot,
    pub(super) language: &'a Language,
    entities: HashMap<u32, Rc<Entity>>,
    columns: Vec<&'static str>,
    lines: Vec<Line>,
    answers: Vec<Answered>,
    sources: Vec<Source>,
}

impl<'a> Sheet<'a> {
    pub(super) fn new(snapshot: &'a Snapshot, language: &'a Language) -> Self {
        Self {
            snapshot,
            language,
            entities: HashMap::new(),
            columns: Vec::new(),
            lines: Vec::new(),
            answers: Vec::new(),
            sources: Vec::new(),
        }
    }

    /// The id, labels and names of the entity with a number, read once; claims are read from the snapshot.
    pub(super) fn heading(&mut self, number: u32) -> Result<Rc<Entity>, AskError> {
        if let Some(entity) = self.entities.get(&number) {
            return Ok(Rc::clone(entity));
        }
        let entity = Rc::new(self.snapshot.heading(number)?);
        self.entities.insert(number, Rc::clone(&entity));
        Ok(entity)
    }

    /// The columns, in the order in which they are shown; those that stay empty are left out in the end.
    pub(super) fn columns(&mut self, columns: impl IntoIterator<Item = &'static str>) {
        self.columns.extend(columns);
    }

    /// Adds a row.
    pub(super) fn line(&mut self, line: Line) {
        self.lines.push(line);
    }

    /// Adds an entity to those that answer, or a fact to one that is among them.
    pub(super) fn answer(&mut self, number: u32, fact: Option<&FactId>) -> Result<(), AskError> {
        let entity = self.heading(number)?;
        let at = match self.answers.iter().position(|answered| answered.id == entity.id) {
            Some(at) => at,
            None => {
                self.answers.push(Answered {
                    id: entity.id.clone(),
                    name: entity.name_in(self.language).to_owned(),
                    labels: entity.labels.clone(),
                    facts: Vec::new(),
                });
                self.answers.len() - 1
            }
        };
        if let (Some(answered), Some(fact)) = (self.answers.get_mut(at), fact)
            && !answered.facts.contains(fact)
        {
            answered.facts.push(fact.clone());
        }
        Ok(())
    }

    /// How many entities answer.
    pub(super) fn answered(&self) -> usize {
        self.answers.len()
    }

    /// The cell of an entity.
    pub(super) fn entity_cell(&mut self, number: u32) -> Result<Cell, AskError> {
        let entity = self.heading(number)?;
        Ok(Cell::Entity { id: entity.id.clone(), name: entity.name_in(self.language).to_owned() })
    }

    /// The cell of a property: money with its currency, ids as entities, anything else as it is.
    pub(super) fn property_cell(&mut self, properties: &Properties, key: &str) -> Result<Cell, AskError> {
        match properties.get(key) {
            Some(Value::Text(id)) if vocabulary::property_type(key) == PropertyType::Entity => self.id_cell(id),
            _ => Ok(properties.cell(key)),
        }
    }

    fn id_cell(&mut self, text: &str) -> Result<Cell, AskError> {
        let number = match EntityId::new(text) {
            Ok(id) => self.snapshot.entity_number(&id)?,
            Err(_) => None,
        };
        match number {
            Some(number) => self.entity_cell(number),
            None => Ok(Cell::from(text)),
        }
    }

    /// The cell that lists the sources of some evidence, which become sources of the answer.
    pub(super) fn sources_cell<'e>(
        &mut self,
        evidence: impl IntoIterator<Item = &'e Evidence>,
    ) -> Result<Cell, AskError> {
        let evidence: Vec<&Evidence> = evidence.into_iter().collect();
        for id in evidence.iter().map(|one| &one.source) {
            if !self.sources.iter().any(|source| source.id == *id)
                && let Some(source) = self.snapshot.source_by_id(id)?
            {
                self.sources.push(source);
            }
        }
        Ok(Cell::sources(evidence))
    }

    /// The claim of an entity to be shown for a key ([`Entity::shown`]).
    pub(super) fn shown<'e>(&self, entity: &'e Entity, key: &str) -> Result<Option<&'e Claim>, AskError> {
        let mut reliabilities: HashMap<&SourceId, Reliability> = HashMap::new();
        for evidence in claims(entity, key).flat_map(|claim| &claim.evidence) {
            if let Some(source) = self.snapshot.source_by_id(&evidence.source)? {
                reliabilities.insert(&evidence.source, source.reliability);
            }
        }
        Ok(entity.shown(key, |id| reliabilities.get(id).copied().unwrap_or(Reliability::C)))
    }

    /// The rows, answers and sources.
    pub(super) fn finish(self) -> (Rows, Vec<Answered>, Vec<Source>) {
        let filled = |name: &str| {
            self.lines.iter().any(|line| line.iter().any(|(column, cell)| *column == name && *cell != Cell::Empty))
        };
        let columns: Vec<&'static str> = self.columns.iter().copied().filter(|name| filled(name)).collect();
        let rows = self
            .lines
            .iter()
            .map(|line| {
                columns
                    .iter()
                    .map(|name| {
                        line.iter().find(|(column, _)| column == name).map_or(Cell::Empty, |(_, cell)| cell.clone())
                    })
                    .collect()
            })
            .collect();
        let columns = columns.into_iter().map(Column::from).collect();
        (Rows { columns, rows }, self.answers, self.sources)
    }
}

/// The claims of an entity for one key.
pub(super) fn claims<'e>(entity: &'e Entity, key: &str) -> impl Iterator<Item = &'e Claim> {
    entity.claims.iter().filter(move |claim| claim.key == key)
}
