//! 1,672 questions in three scripts, written without a look at the program, against the bundled landscape.
//!
//! The expected entities were computed from the facts. A wrong answer fails the test; a question that could be answered
//! and is refused must stand in `questions/refused.txt`, which may only shrink.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use std::collections::BTreeSet;
use std::fs;

use ailand::ask::{Answer, AskError};
use ailand::model::Cell;
use ailand::{Error, Landscape};
use serde_json::Value as Json;

/// How an answer compares with what was expected.
#[derive(Debug, PartialEq, Eq, Clone, Copy)]
enum Verdict {
    Right,
    Refused,
    Wrong,
}

fn judge(case: &Json, result: &Result<Answer, Error>) -> Verdict {
    let right = |yes: bool| if yes { Verdict::Right } else { Verdict::Wrong };
    let expect = case["expect"].as_str().unwrap();
    let code = match result {
        Ok(answer) if answer.is_nothing() => 1,
        Ok(_) => 0,
        Err(Error::Ask(_)) => 2,
        Err(error) => panic!("{error}"),
    };
    match (expect, result) {
        ("not_understood", _) => return right(code == 2),
        ("ambiguous", Err(Error::Ask(AskError::Ambiguous { .. }))) => return Verdict::Right,
        ("ambiguous", _) => return if code == 2 { Verdict::Refused } else { Verdict::Wrong },
        _ => {}
    }
    if list(&case["also_exit"]).any(|also| also.as_u64() == Some(code)) {
        return Verdict::Right;
    }
    let Ok(answer) = result else { return Verdict::Refused };
    let got: BTreeSet<&str> = answer.answers.iter().map(|one| one.id.as_str()).collect();
    match expect {
        "nothing" => right(code == 1),
        _ if code == 1 => Verdict::Wrong,
        "answers" => {
            let sets = std::iter::once(&case["ids"]).chain(list(&case["also"]));
            right(sets.into_iter().any(|ids| ids_of(ids) == got))
        }
        "path" => right(answer.length == case["length"].as_u64().map(|length| usize::try_from(length).unwrap())),
        "boolean" => right(answer.value == case["value"].as_bool().map(Cell::Bool)),
        "value" if case["count"].as_bool() == Some(true) => {
            right(list(&case["value_any"]).any(|wanted| answer.value == wanted.as_i64().map(Cell::Int)))
        }
        "value" => {
            let shown = |wanted: &Json| shows(answer, wanted);
            let all = list(&case["value"]).all(|group| list(group).any(shown));
            let any = case["value_any"].is_null() || list(&case["value_any"]).any(shown);
            let instead = list(&case["value_or"]).any(shown);
            let strange = !got.is_subset(&ids_of(&case["allowed_ids"]));
            right(((all && any) || instead) && !strange)
        }
        other => panic!("unknown expectation {other}"),
    }
}

fn list(value: &Json) -> impl Iterator<Item = &Json> {
    value.as_array().into_iter().flatten()
}

fn ids_of(value: &Json) -> BTreeSet<&str> {
    list(value).filter_map(Json::as_str).collect()
}

/// Whether a figure or date stands anywhere in the answer.
fn shows(answer: &Answer, wanted: &Json) -> bool {
    answer.rows.rows.iter().flatten().chain(&answer.value).any(|cell| holds(cell, wanted))
}

fn holds(cell: &Cell, wanted: &Json) -> bool {
    match cell {
        Cell::Int(number) => wanted.as_i64() == Some(*number),
        Cell::Money(money) => wanted.as_i64() == Some(money.amount),
        Cell::Float(number) => wanted.as_f64() == Some(*number),
        Cell::Date(date) => wanted.as_str() == Some(date.to_string().as_str()),
        Cell::Text(text) => wanted.as_str() == Some(text),
        Cell::List(cells) => cells.iter().any(|cell| holds(cell, wanted)),
        Cell::Empty | Cell::Bool(_) | Cell::Entity { .. } => false,
    }
}

#[test]
fn questions_are_answered_right_or_refused() {
    let landscape = Landscape::bundled().unwrap();
    let refused = fs::read_to_string("tests/questions/refused.txt").unwrap();
    let mut expected: BTreeSet<&str> = refused.lines().filter(|line| !line.starts_with('#')).collect();
    let (mut asked, mut failures) = (0, Vec::new());
    for name in ["first", "second", "third", "fourth"] {
        let file = fs::read_to_string(format!("tests/questions/{name}.jsonl")).unwrap();
        for line in file.lines() {
            let case: Json = serde_json::from_str(line).unwrap();
            let question = case["question"].as_str().unwrap();
            let result = landscape.ask(question);
            asked += 1;
            match judge(&case, &result) {
                Verdict::Right if expected.remove(question) => {
                    failures.push(format!("{question:?} is answered now: take it off refused.txt"));
                }
                Verdict::Right => {}
                Verdict::Refused if expected.remove(question) => {}
                verdict => {
                    let got = result.map(|answer| (answer.interpretation, answer.value, answer.answers.len()));
                    failures.push(format!("{verdict:?}: {question:?}: {got:?}"));
                }
            }
        }
    }
    assert_eq!(asked, 1672);
    assert!(expected.is_empty(), "refused.txt lists questions that are not asked: {expected:?}");
    assert!(failures.is_empty(), "{} of {asked}:\n{}", failures.len(), failures.join("\n"));
}

#[test]
fn the_judge_can_say_no() {
    let landscape = Landscape::bundled().unwrap();
    let result = landscape.ask("who founded Moonshot AI");
    let case = |text: &str| serde_json::from_str::<Json>(text).unwrap();
    assert_eq!(judge(&case(r#"{"expect":"answers","ids":["person:sam-altman"]}"#), &result), Verdict::Wrong);
    assert_eq!(judge(&case(r#"{"expect":"not_understood"}"#), &result), Verdict::Wrong);
    assert_eq!(judge(&case(r#"{"expect":"nothing"}"#), &result), Verdict::Wrong);
    assert_eq!(
        judge(&case(r#"{"expect":"answers","ids":[]}"#), &landscape.ask("who hates Moonshot AI")),
        Verdict::Refused
    );
}
