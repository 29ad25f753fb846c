//! Frames: what a sentence says, one file for each kind of relation.

mod funding;
mod investors;
mod money;
mod valuation;

use super::reader::Reader;

/// Reads the sentence of the reader with every frame.
pub(super) fn read(reader: &mut Reader<'_, '_>) {
    reader.read_funding();
    reader.read_cumulative();
    reader.read_valuations();
    reader.read_investors();
}
