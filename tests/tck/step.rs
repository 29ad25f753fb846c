//! What the steps of a scenario mean.

use super::gherkin::{Argument, Step};
use super::value::{self, Value};

/// A step that can be carried out.
#[derive(Debug)]
pub(crate) enum Action {
    /// `Given an empty graph`, `Given any graph`
    Empty,
    /// `Given the NAME graph`
    Graph(String),
    /// `having executed`
    Prepare(String),
    /// `parameters are`
    Parameters(Vec<(String, Value)>),
    /// `there exists a procedure`
    Procedure(Procedure),
    /// `executing query`, `executing control query`
    Query(String),
    Expect(Answer),
    Effects(Effects),
    Fails(Failure),
}

/// The rows that are expected.
#[derive(Debug)]
pub(crate) struct Answer {
    /// `None`: whatever they are called.
    pub(crate) columns: Option<Vec<String>>,
    pub(crate) rows: Vec<Vec<Value>>,
    pub(crate) ordered: bool,
    /// Whether the order of the elements of lists is part of the answer.
    pub(crate) ordered_lists: bool,
}

/// What a query added to the graph and took away, in the order `+nodes`, `-nodes`, `+relationships` ...
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Effects(pub(crate) [(usize, usize); 4]);

/// The names of the effects, in the order of [`Effects`].
pub(crate) const EFFECTS: [&str; 4] = ["nodes", "relationships", "properties", "labels"];

/// The error that is expected.
#[derive(Debug)]
pub(crate) struct Failure {
    pub(crate) kind: String,
    /// `compile time`, `runtime` or `any time`.
    pub(crate) phase: String,
    /// `*` is any.
    pub(crate) detail: String,
}

/// A procedure whose answers are a table: the rows whose first cells are the arguments.
#[derive(Debug)]
pub(crate) struct Procedure {
    /// `test.my.proc(in :: INTEGER?) :: (out :: STRING?)`
    pub(crate) signature: String,
    pub(crate) rows: Vec<Vec<Value>>,
}

impl Action {
    /// Reads a step; the message says what is not understood.
    pub(crate) fn read(step: &Step) -> Result<Self, String> {
        let text = || match &step.argument {
            Argument::Text(text) => Ok(text.clone()),
            _ => Err(format!("`{}` needs a query", step.text)),
        };
        let table = || match &step.argument {
            Argument::Table(rows) => Ok(rows.as_slice()),
            _ => Err(format!("`{}` needs a table", step.text)),
        };
        match step.text.trim_end_matches(':') {
            "an empty graph" | "any graph" => Ok(Self::Empty),
            "having executed" => Ok(Self::Prepare(text()?)),
            "executing query" | "executing control query" => Ok(Self::Query(text()?)),
            "parameters are" => Ok(Self::Parameters(parameters(table()?)?)),
            "the result should be empty" => {
                Ok(Self::Expect(Answer { columns: None, rows: Vec::new(), ordered: false, ordered_lists: true }))
            }
            "the result should be, in any order" => answer(table()?, false, true),
            "the result should be, in order" => answer(table()?, true, true),
            "the result should be (ignoring element order for lists)" => answer(table()?, false, false),
            "the result should be, in order (ignoring element order for lists)" => answer(table()?, true, false),
            "no side effects" => Ok(Self::Effects(Effects::default())),
            "the side effects should be" => Ok(Self::Effects(effects(table()?)?)),
            other => {
                if let Some(signature) = other.strip_prefix("there exists a procedure ") {
                    let rows = match &step.argument {
                        Argument::Table(rows) => values(rows.get(1..).unwrap_or_default())?,
                        _ => Vec::new(),
                    };
                    return Ok(Self::Procedure(Procedure { signature: signature.trim().to_owned(), rows }));
                }
                if let Some(name) = other.strip_prefix("the ").and_then(|rest| rest.strip_suffix(" graph")) {
                    return Ok(Self::Graph(name.to_owned()));
                }
                failure(other).ok_or_else(|| format!("step not understood: `{}`", step.text))
            }
        }
    }
}

/// `a TypeError should be raised at runtime: InvalidArgumentType`
fn failure(step: &str) -> Option<Action> {
    let (kind, rest) = step.split_once(" should be raised at ")?;
    let kind = kind.strip_prefix("a ").or_else(|| kind.strip_prefix("an "))?;
    let (phase, detail) = rest.split_once(": ")?;
    if !["compile time", "runtime", "any time"].contains(&phase) {
        return None;
    }
    Some(Action::Fails(Failure { kind: kind.to_owned(), phase: phase.to_owned(), detail: detail.to_owned() }))
}

fn values(rows: &[Vec<String>]) -> Result<Vec<Vec<Value>>, String> {
    rows.iter().map(|row| row.iter().map(|cell| value::read(cell)).collect()).collect()
}

fn answer(table: &[Vec<String>], ordered: bool, ordered_lists: bool) -> Result<Action, String> {
    let (header, rows) = table.split_first().ok_or("a table without a header")?;
    Ok(Action::Expect(Answer { columns: Some(header.clone()), rows: values(rows)?, ordered, ordered_lists }))
}

fn parameters(table: &[Vec<String>]) -> Result<Vec<(String, Value)>, String> {
    let pair = |row: &Vec<String>| match row.as_slice() {
        [name, value] => Ok((name.clone(), value::read(value)?)),
        _ => Err("a parameter is a name and a value".to_owned()),
    };
    table.iter().map(pair).collect()
}

fn effects(table: &[Vec<String>]) -> Result<Effects, String> {
    let mut effects = Effects::default();
    for row in table {
        let [name, count] = row.as_slice() else { return Err("an effect is a name and a number".to_owned()) };
        let count = count.parse().map_err(|_| format!("`{count}` is no number"))?;
        let at = EFFECTS.iter().position(|effect| name.get(1..) == Some(effect));
        match (at, name.chars().next()) {
            (Some(at), Some('+')) => effects.0[at].0 = count,
            (Some(at), Some('-')) => effects.0[at].1 = count,
            _ => return Err(format!("`{name}` is no effect")),
        }
    }
    Ok(effects)
}

#[test]
fn steps_that_mean_nothing_are_errors() {
    let step = |text: &str| Step { text: text.to_owned(), argument: Argument::None };
    for text in ["a cup of tea", "executing query:", "a Error should be raised at noon: X", "parameters are:"] {
        assert!(Action::read(&step(text)).is_err(), "{text}");
    }
    let read = Action::read(&step("a TypeError should be raised at any time: *")).unwrap();
    assert!(matches!(read, Action::Fails(Failure { kind, phase, detail })
        if kind == "TypeError" && phase == "any time" && detail == "*"));
}
