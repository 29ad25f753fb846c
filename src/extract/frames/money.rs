//! Amounts around a word: which of them is meant, and which are of something else.

use std::ops::Range;

use super::super::cue::{Cue, Cues};
use super::super::reader::Reader;

impl Reader<'_, '_> {
    /// Whether the amount at a place is of something else than a round: revenue, a fund, a market, a conversion.
    pub(in super::super) fn is_other_money(&self, place: usize, clause: &Range<usize>) -> bool {
        // 营收突破3000万元, annual revenue of $9 million
        let before = clause.start.max(place.saturating_sub(if self.is_english(place) { 5 } else { 6 }))..place;
        let noun_before = before.clone().rev().find(|at| {
            self.parts.meets(*at, Cues::any(&[Cue::NoRaise, Cue::Finance, Cue::Raise, Cue::Valuation, Cue::Cumulative]))
        });
        if noun_before.is_some_and(|at| {
            self.parts.has(at, Cue::NoRaise)
                && !self.parts.meets(at, Cues::any(&[Cue::Finance, Cue::Valuation, Cue::Raise]))
        }) {
            return true;
        }
        if before.clone().rev().take(1).any(|at| self.parts.has(at, Cue::Converted))
            && self.earlier_amount(place, clause)
        {
            return true;
        }
        // $500 million fund, 3000万元订单
        let after = place + 1..clause.end.min(place + 4);
        for at in after {
            if self.parts.meets(at, Cues::any(&[Cue::Finance, Cue::Valuation])) || self.parts.round(at).is_some() {
                return false;
            }
            if self.parts.has(at, Cue::NoRaise) {
                return true;
            }
            if self.parts.amount(at).is_some() || self.parts.mark(at).is_some() {
                break;
            }
        }
        false
    }

    fn earlier_amount(&self, place: usize, clause: &Range<usize>) -> bool {
        let from = clause.start.saturating_sub(3);
        (from..place).any(|at| self.parts.amount(at).is_some())
    }

    /// Whether an amount stands in brackets behind another: a conversion.
    pub(in super::super) fn is_converted(&self, place: usize) -> bool {
        let open = (place.saturating_sub(4)..place).rev().find(|at| self.parts.mark(*at) == Some('('));
        open.is_some_and(|open| (open.saturating_sub(3)..open).any(|at| self.parts.amount(at).is_some()))
    }
}
