//! The bundled landscape, compiled in, so that the program works in any folder.

use super::Error;
use super::import::{self, Input};
use crate::store::Changes;

const FILES: [(&str, &[u8]); 3] = [
    ("data/sources.jsonl", include_bytes!("../../data/sources.jsonl")),
    ("data/entities.jsonl", include_bytes!("../../data/entities.jsonl")),
    ("data/facts.jsonl", include_bytes!("../../data/facts.jsonl")),
];

/// The records of the bundle.
pub(super) fn changes() -> Result<Changes, Error> {
    let inputs = FILES.iter().map(|&(name, bytes)| Input { name: name.to_owned(), reader: Box::new(bytes) }).collect();
    Ok(Changes { by: "the bundled landscape".to_owned(), ..import::changes(import::read(inputs)?.0) })
}
