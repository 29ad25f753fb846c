//! The period that a question names.

use crate::ask::cue::Cue::{self, *};
use crate::ask::error::AskError;
use crate::ask::question::Period;
use crate::ask::reading::Kind;
use crate::ask::understand::Context;
use crate::model::PartialDate;

/// The period that a question names, from one or two dates and the words around them.
pub(super) fn period(cx: &Context<'_>, used: &mut Vec<usize>) -> Result<Option<Period>, AskError> {
    let dates: Vec<(usize, Period)> = cx
        .reading
        .tokens
        .iter()
        .enumerate()
        .filter_map(|(position, token)| match token.kind {
            Kind::Period(period) => Some((position, period)),
            _ => None,
        })
        .collect();
    let beside = |position: usize, cue: Cue| {
        let before = position.checked_sub(1).and_then(|at| cx.reading.get(at));
        before.is_some_and(|token| token.has(cue)) || cx.reading.get(position + 1).is_some_and(|token| token.has(cue))
    };
    let stray = |dates: &[(usize, Period)]| {
        // "before" and "since" that stand beside no date mean something else.
        [Since, After, Before].iter().any(|&cue| {
            cx.reading.all(cue).iter().any(|&at| {
                !cx.reading.get(at).is_some_and(|token| token.has(Filler))
                    && !dates.iter().any(|(date, _)| at.abs_diff(*date) == 1)
            })
        })
    };
    if stray(&dates) {
        return Err(AskError::NoMeaning { about: cx.about() });
    }
    used.extend(dates.iter().map(|(position, _)| *position));
    Ok(match *dates.as_slice() {
        [] => None,
        [(at, one)] => Some(if beside(at, After) {
            Period { from: one.to.map(PartialDate::last_day).and_then(next_day), to: None }
        } else if beside(at, Before) {
            Period { from: None, to: one.from.map(PartialDate::first_day).and_then(previous_day) }
        } else if beside(at, Since) {
            Period { from: one.from, to: None }
        } else if beside(at, Until) {
            Period { from: None, to: one.to }
        } else {
            one
        }),
        // Two dates are the ends of one period when nothing but a joining word stands between them; "before 2023 and
        // after 2025" is not understood.
        [(start, first), (end, second)] if joined(cx, start, end) => Some(Period { from: first.from, to: second.to }),
        _ => return Err(AskError::NoMeaning { about: cx.about() }),
    })
}

/// Whether two dates are joined: "2023 to 2024", 2023年到2024年, "between 2023 and 2024".
fn joined(cx: &Context<'_>, start: usize, end: usize) -> bool {
    let between = cx.reading.tokens.get(start + 1..end).unwrap_or_default();
    let before = start.checked_sub(1).and_then(|at| cx.reading.get(at));
    !between.is_empty()
        && between
            .iter()
            .all(|token| token.has_any(&[Until, Between, With, Recipient]) && !token.has_any(&[Before, After]))
        && !before.is_some_and(|token| token.has_any(&[Before, After, Until]) && !token.has_any(&[Since, Between]))
}

fn next_day(date: PartialDate) -> Option<PartialDate> {
    let (year, month, day) = (date.year(), date.month()?, date.day()?);
    PartialDate::new(year, Some(month), Some(day + 1))
        .or_else(|_| PartialDate::new(year, Some(month + 1), Some(1)))
        .or_else(|_| PartialDate::new(year + 1, Some(1), Some(1)))
        .ok()
}

fn previous_day(date: PartialDate) -> Option<PartialDate> {
    let (year, month, day) = (date.year(), date.month()?, date.day()?);
    if day > 1 {
        return PartialDate::new(year, Some(month), Some(day - 1)).ok();
    }
    let month_before = if month > 1 {
        PartialDate::new(year, Some(month - 1), None)
    } else {
        PartialDate::new(year - 1, Some(12), None)
    };
    month_before.ok().map(PartialDate::last_day)
}
