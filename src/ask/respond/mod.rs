//! From a meaning to an answer: the facts are looked up, filtered, put in order and shown with their sources.

mod attribute;
mod path;
mod related;
mod rounds;
mod sheet;

use super::answer::{Answer, AnswerKind};
use super::error::AskError;
use super::explain;
use super::question::Meaning;
use super::understand::Understanding;
use crate::model::Cell;
use crate::store::Snapshot;

use sheet::Sheet;

/// Answers an understood question.
///
/// # Errors
/// [`AskError::Store`] when the database cannot be read.
pub(super) fn respond(snapshot: &Snapshot, question: &str, understood: &Understanding) -> Result<Answer, AskError> {
    let language = &understood.language;
    let mut sheet = Sheet::new(snapshot, language);
    let mut answer = Answer {
        question: question.to_owned(),
        language: language.clone(),
        interpretation: explain::interpretation(snapshot, &understood.meaning, language)?,
        kind: AnswerKind::Entities,
        rows: crate::model::Rows::default(),
        answers: Vec::new(),
        value: None,
        length: None,
        sources: Vec::new(),
        note: None,
    };
    match &understood.meaning {
        Meaning::Related(related) => related::answer(&mut sheet, related)?,
        Meaning::Count(related) => {
            related::answer(&mut sheet, related)?;
            answer.kind = AnswerKind::Value;
            answer.value = Some(Cell::Int(i64::try_from(sheet.answered()).unwrap_or(i64::MAX)));
        }
        Meaning::Check { relation, anchor, answer: wanted, filter } => {
            related::check(&mut sheet, relation, anchor, wanted, filter)?;
            answer.kind = AnswerKind::Boolean;
            answer.value = Some(Cell::Bool(sheet.answered() > 0));
        }
        Meaning::Rounds { of, figure, filter } => {
            answer.kind = AnswerKind::Table;
            answer.value = rounds::answer(&mut sheet, of, *figure, filter)?;
        }
        Meaning::Attribute { of, what } => {
            answer.kind = AnswerKind::Value;
            answer.value = attribute::answer(&mut sheet, of, what.key())?;
        }
        Meaning::Path { from, to } => {
            answer.kind = AnswerKind::Path;
            answer.length = path::answer(&mut sheet, from, to)?;
        }
    }
    (answer.rows, answer.answers, answer.sources) = sheet.finish();
    if answer.is_nothing() && answer.kind != AnswerKind::Boolean {
        answer.note = Some(explain::nothing(snapshot, &understood.meaning, language)?);
    }
    Ok(answer)
}
