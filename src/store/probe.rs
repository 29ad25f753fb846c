//! A way in for fuzzers: any bytes, read as everything that they could be.

use super::catalog::Catalog;
use super::page::{self, Page, PageKey, PageKind};
use super::retracted::RetractedRow;
use super::row::{EntityRow, FactRow, PackedAdjacency, SourceRow};
use super::{codec, edges};

/// Reads bytes as a page of every kind and its rows as rows of every kind; what they are not is an error that is dropped.
///
/// The bytes are tried as they are, and with a header that fits them, because no fuzzer guesses checksums.
#[doc(hidden)]
pub fn probe_page(bytes: &[u8]) {
    page::recognize(bytes);
    for kind in PageKind::ALL {
        let key = PageKey::new(kind, 0);
        let pages = [Page::open(key, bytes), Page::open(key, &page::sealed(key, bytes))];
        for page in pages.into_iter().flatten() {
            drop(Catalog::from_page(&page));
            drop(super::history::rows_of(key, &page));
            (0..page.len()).filter_map(|slot| page.row(slot)).for_each(probe_row);
        }
    }
    probe_row(bytes);
}

fn probe_row(bytes: &[u8]) {
    let place = String::new;
    drop(codec::decode::<EntityRow>(bytes, place));
    drop(codec::decode::<FactRow>(bytes, place));
    drop(codec::decode::<SourceRow>(bytes, place));
    drop(RetractedRow::decode(bytes, place));
    drop(codec::decode_first::<String>(bytes, place));
    if let Ok((outgoing, incoming)) = codec::decode::<PackedAdjacency>(bytes, place) {
        for packed in [outgoing, incoming] {
            if let Some(edges) = edges::unpack(&packed) {
                assert_eq!(edges::unpack(&edges::pack(&edges)), Some(edges));
            }
        }
    }
}
