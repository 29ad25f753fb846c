//! Frames: what a sentence says, one file for each kind of relation.

mod acquisitions;
mod careers;
mod comparisons;
mod english_founding;
mod english_investors;
mod english_roles;
mod evaluations;
mod founding;
mod funding;
mod investors;
mod money;
mod releases;
mod roles;
mod taking_part;
mod valuation;

use super::reader::Reader;

/// Reads the sentence of the reader with every frame.
///
/// The order matters: a founding moves the focus to the company that its sentence goes on to speak of, and investors
/// belong to the round that was read before them.
pub(super) fn read(reader: &mut Reader<'_, '_>) {
    reader.read_foundings();
    reader.read_funding();
    reader.read_cumulative();
    reader.read_valuations();
    reader.read_investors();
    reader.read_acquisitions();
    reader.read_roles();
    reader.read_descriptions();
    reader.read_careers();
    reader.read_releases();
    reader.read_comparisons();
    reader.read_evaluations();
}
