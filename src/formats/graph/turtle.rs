//! RDF Turtle (<https://www.w3.org/TR/turtle/>).
//!
//! Entities are `urn:ailand:entity:ID`, their labels classes, their names `rdfs:label` and `skos:altLabel` with language tags.
//! Every fact is an `rdf:Statement` with its properties, modality, confidence and sources, so that parallel facts stay
//! apart; a fact that is asserted is a plain triple as well. What is only reported, planned or denied is not: a store would
//! take it for true. Dates are `xsd:gYear`, `xsd:gYearMonth` or `xsd:date`, lists are collections.

use std::fmt::Write as _;
use std::io::{self, Write};

use super::GraphRecords;
use crate::model::{Modality, Name, NameKind, PartialDate, Properties, Source, Value};

const PREFIXES: &str = "\
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix entity: <urn:ailand:entity:> .
@prefix fact: <urn:ailand:fact:> .
@prefix source: <urn:ailand:source:> .
@prefix v: <urn:ailand:vocabulary:> .
@prefix p: <urn:ailand:property:> .
";

/// Writes the records as Turtle.
///
/// # Errors
/// Those of `out`.
pub fn write(records: &GraphRecords, out: &mut impl Write) -> io::Result<()> {
    out.write_all(PREFIXES.as_bytes())?;
    for node in &records.nodes {
        let classes: Vec<String> = node.labels.iter().map(|label| iri("v", "vocabulary", label)).collect();
        let mut lines = vec![format!("a {}", classes.join(", "))];
        lines.extend(node.names.iter().map(label));
        lines.extend(properties(&node.claims));
        write_subject(&iri("entity", "entity", node.id.as_str()), lines, out)?;
    }
    for edge in &records.edges {
        let [from, to] = [&edge.from, &edge.to].map(|id| iri("entity", "entity", id.as_str()));
        let predicate = iri("v", "vocabulary", &edge.predicate);
        let mut lines = vec![
            format!(
                "a rdf:Statement ;\n    rdf:subject {from} ;\n    rdf:predicate {predicate} ;\n    rdf:object {to}"
            ),
            format!("v:modality {}", text(edge.modality.word())),
            format!("v:confidence {:?}", (f64::from(edge.confidence) * 1000.0).round() / 1000.0),
        ];
        lines.extend(
            edge.sources.iter().map(|id| format!("prov:wasDerivedFrom {}", iri("source", "source", id.as_str()))),
        );
        lines.extend(properties(&edge.properties));
        write_subject(&iri("fact", "fact", edge.id.as_str()), lines, out)?;
        if edge.modality == Modality::Asserted {
            writeln!(out, "{from} {predicate} {to} .")?;
        }
    }
    records.sources.iter().try_for_each(|source| write_source(source, out))
}

fn write_source(source: &Source, out: &mut impl Write) -> io::Result<()> {
    let mut lines = vec![format!("a prov:Entity ;\n    dcterms:title {}", text(&source.title))];
    lines.extend(source.publisher.as_ref().map(|publisher| format!("dcterms:publisher {}", text(publisher))));
    lines.extend(source.published.map(|date| format!("dcterms:issued {}", dated(date))));
    // Not every address is an IRI; as text it is always valid.
    lines.extend(source.link().map(|url| format!("dcterms:identifier {}", text(url))));
    write_subject(&iri("source", "source", source.id.as_str()), lines, out)
}

fn write_subject(subject: &str, lines: Vec<String>, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "{subject} {} .", lines.join(" ;\n    "))
}

/// A name with its language, where the tag is well-formed.
fn label(name: &Name) -> String {
    let part =
        |part: &str, least: usize| (least..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric());
    let tag = name.language.tag();
    let (first, rest) = tag.split_once('-').map_or((tag, None), |(first, rest)| (first, Some(rest)));
    let well_formed = part(first, 2)
        && first.bytes().all(|b| b.is_ascii_alphabetic())
        && rest.is_none_or(|rest| rest.split('-').all(|one| part(one, 1)));
    let predicate = if name.kind == NameKind::Canonical { "rdfs:label" } else { "skos:altLabel" };
    let tag = if well_formed { format!("@{tag}") } else { String::new() };
    format!("{predicate} {}{tag}", text(&name.text))
}

fn properties(properties: &Properties) -> impl Iterator<Item = String> {
    properties.iter().map(|(key, value)| format!("{} {}", iri("p", "property", key), literal(value)))
}

/// A name in one of the project's namespaces: with its prefix where it is plain, in full otherwise.
fn iri(prefix: &str, space: &str, name: &str) -> String {
    let inner = |b: u8| b.is_ascii_alphanumeric() || b == b'_' || b == b'-' || b == b':';
    let plain = name.bytes().all(inner) && name.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_');
    if plain {
        return format!("{prefix}:{name}");
    }
    let mut iri = format!("<urn:ailand:{space}:");
    for c in name.chars() {
        let allowed = c.is_alphanumeric() || matches!(c, '-' | '.' | '_' | '~' | ':' | '+' | '/');
        if allowed {
            iri.push(c);
        } else {
            let mut bytes = [0; 4];
            for byte in c.encode_utf8(&mut bytes).bytes() {
                let _ = write!(iri, "%{byte:02X}");
            }
        }
    }
    iri.push('>');
    iri
}

fn literal(value: &Value) -> String {
    match value {
        Value::Bool(value) => value.to_string(),
        Value::Int(number) => number.to_string(),
        Value::Float(number) => format!("{}^^xsd:double", text(&format!("{number:?}"))),
        Value::Text(value) => text(value),
        Value::Date(date) => dated(*date),
        // The types of XML Schema take only some of their forms.
        Value::Temporal(temporal) => text(temporal.as_str()),
        Value::List(values) => format!("( {} )", values.iter().map(literal).collect::<Vec<_>>().join(" ")),
    }
}

fn dated(date: PartialDate) -> String {
    let kind = match (date.month(), date.day()) {
        (None, _) => "gYear",
        (Some(_), None) => "gYearMonth",
        (Some(_), Some(_)) => "date",
    };
    format!("\"{date}\"^^xsd:{kind}")
}

/// Text as a string of Turtle, on one line.
fn text(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for c in text.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => {
                let _ = write!(quoted, "\\u{:04X}", u32::from(c));
            }
            other => quoted.push(other),
        }
    }
    quoted.push('"');
    quoted
}
