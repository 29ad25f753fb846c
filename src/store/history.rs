//! What the database was: the log of commits, and the rows that each commit replaced.
//!
//! A commit leaves one row in the log, and a copy of each row of an entity, fact or source that it replaces. Records that
//! are new leave nothing, so a bulk load has no history but its row in the log. Going back means laying the replaced rows
//! of later commits over the present ones, the newest first (reverse deltas, as in RCS: Tichy 1985).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::catalog;
use super::changes::{Changes, CommitReport, Tally};
use super::page::{self, Page, PageKey, PageKind};
use super::retracted::RetractedRow;
use super::row::Restore;
use super::rows::Rows;
use super::snapshot::Snapshot;
use super::{StoreError, codec};
use crate::model::{Entity, Fact, Moment};

/// Bytes of rows in a page of history, unless one row has more.
const PIECE: usize = 16 << 10;
/// Bytes before each row: the letter of its kind and its number.
const ROW_HEADER: usize = 5;
/// Characters that the log keeps of the one who committed.
const LONGEST_BY: usize = 200;
/// Characters that the log keeps of the reason.
const LONGEST_REASON: usize = 500;

/// A commit in the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct LogRow {
    /// Seconds since 1970, never before those of the commit before it.
    pub(crate) time: u64,
    pub(crate) by: String,
    pub(crate) reason: Option<String>,
    /// Entities, facts and sources that were added, changed and retracted.
    pub(crate) tallies: [(u32, u32, u32); 3],
    /// Rows of entities, facts and sources before the commit, and how many of them were retracted.
    pub(crate) rows: [u32; 3],
    pub(crate) retracted: [u32; 3],
    /// The pages of the rows that it replaced.
    pub(crate) first: u32,
    pub(crate) pages: u32,
}

/// A row of a record as it was before a commit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PastRow {
    pub(crate) kind: PageKind,
    pub(crate) number: u32,
    pub(crate) bytes: Vec<u8>,
}

/// The rows of records that new ones replace.
pub(crate) fn replaced_rows(base: &Snapshot, rows: &BTreeMap<PageKey, Rows>) -> Result<Vec<PastRow>, StoreError> {
    let mut past = Vec::new();
    for (key, rows) in rows {
        let known = base.catalog().rows(key.kind);
        if known == 0 {
            continue;
        }
        for (slot, new) in rows.iter() {
            let Some(number) = catalog::number_at(*key, slot).filter(|&number| number < known) else { continue };
            let bytes = base.row_bytes(key.kind, number)?;
            if bytes != new {
                past.push(PastRow { kind: key.kind, number, bytes });
            }
        }
    }
    Ok(past)
}

/// Packs rows into pages, the first of which is number `first`.
pub(crate) fn pages(first: u32, generation: u64, past: &[PastRow]) -> Result<Vec<(PageKey, Vec<u8>)>, StoreError> {
    let (mut pages, mut rows, mut size) = (Vec::new(), Vec::<Vec<u8>>::new(), 0);
    let mut number = first;
    let mut close = |rows: &mut Vec<Vec<u8>>| -> Result<(), StoreError> {
        let key = PageKey::new(PageKind::History, number);
        pages.push((key, page::encode(key, generation, rows)));
        rows.clear();
        number = number.checked_add(1).ok_or(StoreError::TooMany { what: "pages of history", limit: u32::MAX })?;
        Ok(())
    };
    for row in past {
        if size > 0 && size + row.bytes.len() > PIECE {
            close(&mut rows)?;
            size = 0;
        }
        let mut bytes = Vec::with_capacity(ROW_HEADER + row.bytes.len());
        bytes.push(row.kind.tag());
        bytes.extend_from_slice(&row.number.to_le_bytes());
        bytes.extend_from_slice(&row.bytes);
        size += bytes.len();
        rows.push(bytes);
    }
    if !rows.is_empty() {
        close(&mut rows)?;
    }
    Ok(pages)
}

/// The row of the log for a commit that leaves so many pages of history.
pub(crate) fn log_row(
    base: &Snapshot,
    changes: &Changes,
    report: &CommitReport,
    pages: usize,
) -> Result<LogRow, StoreError> {
    let catalog = base.catalog();
    let before = match catalog.generation {
        0 => 0,
        newest => base.log_row(newest)?.time,
    };
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let tally = |tally: Tally| (count(tally.added), count(tally.changed), count(tally.retracted));
    Ok(LogRow {
        time: Moment::now().seconds().max(before),
        by: cut(&changes.by, LONGEST_BY),
        reason: changes.reason.as_deref().map(|reason| cut(reason, LONGEST_REASON)),
        tallies: [tally(report.entities), tally(report.facts), tally(report.sources)],
        rows: [catalog.entities, catalog.facts, catalog.sources],
        retracted: catalog.retracted,
        first: catalog.history,
        pages: count(pages),
    })
}

/// The oldest generation that can be read after a commit, and the first page of history that leads to it.
pub(crate) fn oldest(
    base: &Snapshot,
    changes: &Changes,
    generation: u64,
    log: &LogRow,
) -> Result<(u64, u32), StoreError> {
    let catalog = base.catalog();
    let Some(wanted) = changes.forget_before.filter(|&wanted| wanted > catalog.oldest) else {
        return Ok((catalog.oldest, catalog.history_first));
    };
    let oldest = wanted.min(generation);
    Ok(match oldest + 1 {
        next if next > generation => (oldest, log.first + log.pages),
        next if next == generation => (oldest, log.first),
        next => (oldest, base.log_row(next)?.first),
    })
}

/// The first characters of a text, with a mark where more followed.
fn cut(text: &str, longest: usize) -> String {
    match text.char_indices().nth(longest) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}

/// Reads the rows in a page of history.
pub(crate) fn rows_of(key: PageKey, page: &Page) -> Result<Vec<PastRow>, StoreError> {
    let read = |bytes: &[u8]| -> Option<PastRow> {
        let (header, row) = bytes.split_at_checked(ROW_HEADER)?;
        let (&tag, number) = header.split_first()?;
        let kind = PageKind::from_tag(tag).filter(|kind| kind.is_record())?;
        Some(PastRow { kind, number: u32::from_le_bytes(number.try_into().ok()?), bytes: row.to_vec() })
    };
    (0..page.len())
        .map(|slot| {
            let row = page.row(slot).and_then(read);
            row.ok_or_else(|| StoreError::damaged(key.to_string(), format!("its row {slot} is not one of history")))
        })
        .collect()
}

impl Snapshot {
    /// The rows in a page of history.
    pub(crate) fn past_rows(&self, number: u32) -> Result<Vec<PastRow>, StoreError> {
        let key = PageKey::new(PageKind::History, number);
        let page = self.pages().get(key)?.ok_or_else(|| StoreError::damaged(key.to_string(), "it is missing"))?;
        rows_of(key, &page)
    }

    /// The entity in a row of the present or the past; `None` when it was retracted.
    pub(crate) fn entity_in(&self, number: u32, bytes: &[u8]) -> Result<Option<Entity>, StoreError> {
        let place = || format!("entity {number}");
        if codec::is_retracted(bytes) {
            return RetractedRow::decode(bytes, place).map(|_| None);
        }
        Restore { names: self, place: &place }.entity(codec::decode(bytes, place)?).map(Some)
    }

    /// The fact in a row of the present or the past; `None` when it was retracted.
    pub(crate) fn fact_in(&self, number: u32, bytes: &[u8]) -> Result<Option<Fact>, StoreError> {
        let place = || format!("fact {number}");
        if codec::is_retracted(bytes) {
            return RetractedRow::decode(bytes, place).map(|_| None);
        }
        Restore { names: self, place: &place }.fact(codec::decode(bytes, place)?).map(Some)
    }

    /// Whether a row of the past is one of its kind.
    pub(crate) fn check_past_row(&self, row: &PastRow) -> Result<(), StoreError> {
        let place = || format!("source {}", row.number);
        match row.kind {
            PageKind::Entities => self.entity_in(row.number, &row.bytes).map(drop),
            PageKind::Facts => self.fact_in(row.number, &row.bytes).map(drop),
            _ if codec::is_retracted(&row.bytes) => RetractedRow::decode(&row.bytes, place).map(drop),
            _ => Restore { names: self, place: &place }.source(codec::decode(&row.bytes, place)?).map(drop),
        }
    }

    /// The row of the log for the commit that made a generation.
    pub(crate) fn log_row(&self, generation: u64) -> Result<LogRow, StoreError> {
        let (key, slot) = catalog::log_place(generation)?;
        let number = key.number * catalog::ROWS_PER_PAGE + u32::try_from(slot).unwrap_or_default();
        self.with_row(PageKind::Log, number, |bytes| codec::decode(bytes, || format!("commit {generation}")))
    }
}
