//! Groups of rows, and one row for each.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use super::{Context, Cursor, Row, open};
use crate::cypher::QueryError;
use crate::cypher::function::aggregate::Accumulator;
use crate::cypher::plan::{self, AggregateItem};
use crate::cypher::run::set;
use crate::cypher::value::Value;

/// What a group has seen of one aggregate.
enum State {
    /// `count(*)`
    Rows(i64),
    Values {
        accumulator: Box<dyn Accumulator>,
        seen: Option<HashSet<Value>>,
    },
}

impl State {
    fn new(item: &AggregateItem) -> Self {
        if item.arguments.is_empty() {
            return Self::Rows(0);
        }
        Self::Values { accumulator: (item.aggregate.start)(), seen: item.distinct.then(HashSet::new) }
    }

    fn add(&mut self, item: &AggregateItem, context: &mut Context, row: &mut Row) -> Result<(), QueryError> {
        let (accumulator, seen) = match self {
            Self::Rows(count) => {
                *count += 1;
                return Ok(());
            }
            Self::Values { accumulator, seen } => (accumulator, seen),
        };
        let [first, rest @ ..] = item.arguments.as_slice() else { return Ok(()) };
        let first = first.evaluate(context, row)?;
        if first.is_null() {
            return Ok(());
        }
        if let Some(seen) = seen {
            if seen.contains(&first) {
                return Ok(());
            }
            context.budget.keep(size_of::<Value>())?;
            seen.insert(first.clone());
        } else if item.aggregate.name == "collect" {
            context.budget.keep(size_of::<Value>())?;
        }
        let added = if rest.is_empty() {
            accumulator.add(&[first])
        } else {
            let mut arguments = vec![first];
            for argument in rest {
                arguments.push(argument.evaluate(context, row)?);
            }
            accumulator.add(&arguments)
        };
        added.map_err(|error| error.at(item.span))
    }

    fn finish(self) -> Result<Value, QueryError> {
        match self {
            Self::Rows(count) => Ok(Value::Int(count)),
            Self::Values { accumulator, .. } => accumulator.finish(),
        }
    }
}

/// A group: its keys, and what it has seen.
type Group = (Box<[Value]>, Vec<State>);

pub(super) struct Aggregation {
    operator: Rc<plan::Aggregation>,
    input: Box<dyn Cursor>,
    groups: Option<std::vec::IntoIter<Group>>,
}

impl Aggregation {
    pub(super) fn new(operator: &Rc<plan::Aggregation>) -> Self {
        Self { operator: Rc::clone(operator), input: open(&operator.input), groups: None }
    }

    fn read(&mut self, context: &mut Context, row: &mut Row) -> Result<Vec<Group>, QueryError> {
        let operator = Rc::clone(&self.operator);
        let fresh = || operator.aggregates.iter().map(State::new).collect::<Vec<_>>();
        // Without keys all rows are one group, even when there are none.
        if operator.keys.is_empty() {
            let mut states = fresh();
            while self.input.next(context, row)? {
                for (state, item) in states.iter_mut().zip(&operator.aggregates) {
                    state.add(item, context, row)?;
                }
            }
            return Ok(vec![(Box::default(), states)]);
        }
        let mut places: HashMap<Box<[Value]>, usize> = HashMap::new();
        let mut groups: Vec<Group> = Vec::new();
        let mut keys = Vec::with_capacity(operator.keys.len());
        while self.input.next(context, row)? {
            keys.clear();
            for (_, key) in &operator.keys {
                keys.push(key.evaluate(context, row)?);
            }
            let place = match places.get(keys.as_slice()) {
                Some(place) => *place,
                None => {
                    let own: Box<[Value]> = keys.as_slice().into();
                    context.budget.keep(2 * size_of_val(&*own) + 64 * (1 + operator.aggregates.len()))?;
                    places.insert(own.clone(), groups.len());
                    groups.push((own, fresh()));
                    groups.len() - 1
                }
            };
            if let Some((_, states)) = groups.get_mut(place) {
                for (state, item) in states.iter_mut().zip(&operator.aggregates) {
                    state.add(item, context, row)?;
                }
            }
        }
        Ok(groups)
    }
}

impl Cursor for Aggregation {
    fn next(&mut self, context: &mut Context, row: &mut Row) -> Result<bool, QueryError> {
        if self.groups.is_none() {
            self.groups = Some(self.read(context, row)?.into_iter());
        }
        let Some((keys, states)) = self.groups.as_mut().and_then(Iterator::next) else { return Ok(false) };
        for ((slot, _), value) in self.operator.keys.iter().zip(keys) {
            set(row, *slot, value);
        }
        for (item, state) in self.operator.aggregates.iter().zip(states) {
            set(row, item.slot, state.finish().map_err(|error| error.at(item.span))?);
        }
        Ok(true)
    }

    fn reset(&mut self) {
        self.input.reset();
        self.groups = None;
    }
}
