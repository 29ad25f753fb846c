//! Groups of rows, and one row for each.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::rc::Rc;
use std::vec::IntoIter;

use super::{Context, Cursor, Row, get, open};
use crate::cypher::QueryError;
use crate::cypher::function::aggregate::Accumulator;
use crate::cypher::plan::{self, AggregateItem, Expr, Slot};
use crate::cypher::run::set;
use crate::cypher::value::{Quick, Value};

/// What a group has seen of one aggregate.
enum State {
    /// `count(*)`, and `count` of a value.
    Rows(i64),
    Values {
        accumulator: Box<dyn Accumulator>,
        seen: Option<HashSet<Value, Quick>>,
    },
}

impl State {
    fn new(item: &AggregateItem) -> Self {
        if item.arguments.is_empty() || (item.aggregate.name == "count" && !item.distinct) {
            return Self::Rows(0);
        }
        Self::Values { accumulator: (item.aggregate.start)(), seen: item.distinct.then(HashSet::default) }
    }

    fn add(&mut self, item: &AggregateItem, context: &mut Context, row: &mut Row) -> Result<(), QueryError> {
        let (accumulator, seen) = match self {
            Self::Rows(count) => {
                let counts = match item.arguments.first() {
                    None => true,
                    Some(Expr::Slot(slot)) => !get(row, *slot).is_null(),
                    Some(argument) => !argument.evaluate(context, row)?.is_null(),
                };
                *count += i64::from(counts);
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

/// The group of the last row: rows often come group by group, and keys that follow from the same nodes are the same.
struct Last {
    /// What the keys are computed from; none when they may change by themselves.
    slots: Option<Vec<(Slot, Value)>>,
    place: Option<usize>,
}

impl Last {
    fn new(operator: &plan::Aggregation) -> Self {
        let simple = operator.keys.iter().all(|(_, key)| is_simple(key));
        let slots: BTreeSet<Slot> = operator.keys.iter().flat_map(|(_, key)| key.slots()).collect();
        let slots = simple.then(|| slots.into_iter().map(|slot| (slot, Value::Null)).collect());
        Self { slots, place: None }
    }

    /// The group, when the keys are made of what they were made of last time. Remembers what they are made of now.
    #[inline]
    fn group(&mut self, row: &Row) -> Option<usize> {
        let slots = self.slots.as_mut()?;
        let mut same = self.place.is_some();
        for (slot, before) in slots {
            let now = get(row, *slot);
            let unchanged = match (&*before, now) {
                (Value::Node(before), Value::Node(now)) => before == now,
                (Value::Relationship(before), Value::Relationship(now)) => before == now,
                _ => false,
            };
            if !unchanged {
                same = false;
                *before = now.clone();
            }
        }
        if same { self.place } else { None }
    }

    fn note(&mut self, place: usize) {
        self.place = Some(place);
    }
}

/// Whether the value follows from nodes and relationships alone, so that it is the same when they are.
fn is_simple(key: &Expr) -> bool {
    match key {
        Expr::Slot(_) => true,
        Expr::Property { subject, .. } => is_simple(subject),
        _ => false,
    }
}

/// The groups: their keys, and what they have seen, as many states for each as there are aggregates.
#[derive(Default)]
struct Groups {
    keys: Vec<Rc<[Value]>>,
    states: Vec<State>,
}

impl Groups {
    /// A new group.
    fn add(&mut self, keys: Rc<[Value]>, operator: &plan::Aggregation) {
        self.keys.push(keys);
        self.states.extend(operator.aggregates.iter().map(State::new));
    }

    /// Takes a row into a group.
    fn take(
        &mut self,
        place: usize,
        operator: &plan::Aggregation,
        context: &mut Context,
        row: &mut Row,
    ) -> Result<(), QueryError> {
        let states = self.states.iter_mut().skip(place * operator.aggregates.len());
        for (state, item) in states.zip(&operator.aggregates) {
            state.add(item, context, row)?;
        }
        Ok(())
    }
}

/// What is left of the groups and of their states.
type Left = (IntoIter<Rc<[Value]>>, IntoIter<State>);

pub(super) struct Aggregation {
    operator: Rc<plan::Aggregation>,
    input: Box<dyn Cursor>,
    /// What is left of the groups and of their states.
    groups: Option<Left>,
}

impl Aggregation {
    pub(super) fn new(operator: &Rc<plan::Aggregation>) -> Self {
        Self { operator: Rc::clone(operator), input: open(&operator.input), groups: None }
    }

    fn read(&mut self, context: &mut Context, row: &mut Row) -> Result<Groups, QueryError> {
        let operator = Rc::clone(&self.operator);
        let mut groups = Groups::default();
        // Without keys all rows are one group, even when there are none.
        if operator.keys.is_empty() {
            groups.add(Rc::default(), &operator);
            while self.input.next(context, row)? {
                groups.take(0, &operator, context, row)?;
            }
            return Ok(groups);
        }
        let mut places: HashMap<Rc<[Value]>, usize, Quick> = HashMap::default();
        let mut keys = Vec::with_capacity(operator.keys.len());
        let mut last = Last::new(&operator);
        while self.input.next(context, row)? {
            if let Some(place) = last.group(row) {
                groups.take(place, &operator, context, row)?;
                continue;
            }
            keys.clear();
            for (_, key) in &operator.keys {
                keys.push(key.evaluate(context, row)?);
            }
            let place = match places.get(keys.as_slice()) {
                Some(place) => *place,
                None => {
                    let place = groups.keys.len();
                    let own: Rc<[Value]> = keys.drain(..).collect();
                    let states = operator.aggregates.len() * size_of::<State>();
                    context.budget.keep(size_of_val(&*own) + states + 64)?;
                    places.insert(Rc::clone(&own), place);
                    groups.add(own, &operator);
                    place
                }
            };
            last.note(place);
            groups.take(place, &operator, context, row)?;
        }
        Ok(groups)
    }
}

impl Cursor for Aggregation {
    fn next(&mut self, context: &mut Context, row: &mut Row) -> Result<bool, QueryError> {
        if self.groups.is_none() {
            let Groups { keys, states } = self.read(context, row)?;
            self.groups = Some((keys.into_iter(), states.into_iter()));
        }
        let Some((groups, states)) = &mut self.groups else { return Ok(false) };
        let Some(keys) = groups.next() else { return Ok(false) };
        for ((slot, _), value) in self.operator.keys.iter().zip(keys.iter()) {
            set(row, *slot, value.clone());
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
