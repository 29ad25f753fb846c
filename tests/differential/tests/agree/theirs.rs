//! graphdblite as the comparison sees it.

use graphdblite::{Database, Value as Theirs};

use super::value::Value;

pub(crate) struct Engine(Database);

impl Engine {
    pub(crate) fn new() -> Self {
        Self(Database::open_memory().expect("a database in memory"))
    }

    pub(crate) fn run(&mut self, statement: &str) -> Result<Vec<Vec<Value>>, String> {
        let rows = self.0.execute(statement).map_err(|error| error.to_string())?;
        Ok(rows.iter().map(|row| row.iter().map(|(_, value)| translate(value)).collect()).collect())
    }
}

fn translate(value: &Theirs) -> Value {
    match value {
        Theirs::Null => Value::Null,
        Theirs::Bool(truth) => Value::Bool(*truth),
        Theirs::I64(number) => Value::Int(*number),
        Theirs::F64(number) => Value::Float(*number),
        Theirs::String(text) => Value::Text(text.clone()),
        Theirs::List(items) => Value::List(items.iter().map(translate).collect()),
        Theirs::Map(entries) => {
            Value::Map(entries.iter().map(|(key, value)| (key.clone(), translate(value))).collect())
        }
        other => panic!("the grammar returns no {other:?}"),
    }
}
