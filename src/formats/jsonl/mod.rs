//! The project's own format: JSON Lines in which every line is an entity, a fact or a source.
//!
//! A record says by its first key what it is. Defaults are left out, so that a fact typed by hand is one short line:
//!
//! ```
//! use ailand::formats::jsonl::{self, Reader, Record};
//!
//! let line = r#"{"fact":"f:0001","subject":"investor:hongshan","predicate":"INVESTED_IN","object":"startup:moonshot-ai","properties":{"date":"2024-02"},"evidence":["seed"]}"#;
//! let (record, place) = Reader::new(line.as_bytes(), "facts.jsonl").next().ok_or("no record")??;
//! let Record::Fact(fact) = &record else { return Err("not a fact".into()) };
//! assert_eq!(fact.predicate, "INVESTED_IN");
//! assert_eq!(place.to_string(), "facts.jsonl:1:1");
//!
//! let mut written = Vec::new();
//! jsonl::write_record(&record, &mut written)?;
//! assert_eq!(String::from_utf8(written)?.trim_end(), line);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Two laws hold, and are tested on arbitrary records: what is written reads back as it was, and reading and writing a
//! written file changes no byte. `docs/data-format.md` is the reference of the format.

mod object;
mod parse;
mod position;
mod reader;
mod record;
mod references;
mod value;
mod writer;

#[cfg(test)]
mod tests;

pub use reader::{LONGEST_LINE, Reader};
pub use record::Record;
pub use references::{Problem, Reference, check_references, open_words};
pub use writer::{write_entity, write_entity_among, write_fact, write_fact_among, write_record, write_source};
