//! How two entities are connected.

use super::sheet::Sheet;
use crate::ask::error::AskError;
use crate::ask::question::Mention;
use crate::graph::{self, Bounds, Filter, Labels};
use crate::model::{Cell, Modality};

/// Writes a shortest path, a fact a row, in the order of the steps; hands back its length in hops.
pub(super) fn answer(sheet: &mut Sheet<'_>, from: &Mention, to: &Mention) -> Result<Option<usize>, AskError> {
    sheet.columns(["step", "from", "relation", "to", "round", "date", "modality", "sources"]);
    let graph = graph::load(sheet.snapshot, Labels::Without)?;
    // What a party denies connects nothing.
    let not_denied = Filter::new().modalities([Modality::Asserted, Modality::Reported, Modality::Planned]);
    let found = graph::shortest_path(&graph, from.number, to.number, &not_denied, &Bounds::none())?;
    let Some(path) = found.value else { return Ok(None) };
    for (number, step) in (1..).zip(path.steps()) {
        for link in step.links {
            let fact = sheet.snapshot.fact(link.fact)?;
            // The arrow tells which of the two is the subject.
            let relation =
                if link.forward { format!("-[{}]->", fact.predicate) } else { format!("<-[{}]-", fact.predicate) };
            let line = vec![
                ("step", Cell::Int(number)),
                ("from", sheet.entity_cell(step.from)?),
                ("relation", Cell::from(relation)),
                ("to", sheet.entity_cell(step.to)?),
                ("round", sheet.property_cell(&fact.properties, "round")?),
                ("date", Cell::from(fact.date().map(Cell::Date))),
                ("modality", Cell::from(fact.modality)),
                ("sources", sheet.sources_cell(&fact.evidence)?),
            ];
            sheet.line(line);
            sheet.answer(step.from, Some(&fact.id))?;
            sheet.answer(step.to, Some(&fact.id))?;
        }
    }
    if path.is_empty() {
        sheet.answer(from.number, None)?;
    }
    Ok(Some(path.len()))
}
