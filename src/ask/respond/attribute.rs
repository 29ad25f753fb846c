//! What sources say about one entity.

use super::sheet::{Sheet, claims};
use crate::ask::error::AskError;
use crate::ask::question::Mention;
use crate::model::Cell;

/// Writes the claims for a key, the one to be shown first; hands back its value.
pub(super) fn answer(sheet: &mut Sheet<'_>, of: &Mention, key: &'static str) -> Result<Option<Cell>, AskError> {
    sheet.columns([key, "qualifier", "as_of", "as_stated", "note", "sources"]);
    let entity = sheet.snapshot.entity(of.number)?;
    let shown = sheet.shown(&entity, key)?;
    let others = claims(&entity, key).filter(|claim| shown.is_none_or(|shown| !std::ptr::eq(*claim, shown)));
    for claim in shown.into_iter().chain(others) {
        let mut line = vec![(key, Cell::from(&claim.value))];
        for column in ["qualifier", "as_of", "as_stated", "note"] {
            line.push((column, sheet.property_cell(&claim.qualifiers, column)?));
        }
        line.push(("sources", sheet.sources_cell(&claim.evidence)?));
        sheet.line(line);
    }
    if shown.is_some() {
        sheet.answer(of.number, None)?;
    }
    Ok(shown.map(|claim| Cell::from(&claim.value)))
}
