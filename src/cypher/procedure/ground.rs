//! What procedures walk on: the graph as the statement has made it, and which facts count.

use std::rc::Rc;

use super::super::run::Context;
use super::super::suggestion::nearest;
use super::super::value::{NodeId, Path, RelationshipId, Types, Value};
use super::super::view::{Base, View};
use super::super::{Detail, Kind, QueryError};
use super::{given, invalid};
use crate::graph::{self, Bounds, Cut, Direction, Edge, Filter, Graph, GraphBuilder, GraphError};
use crate::model::Modality;
use crate::names::search;

/// The type of an argument that is a node or the name or id of one.
pub(super) const NODE_OR_NAME: Types = Types::NODE.or(Types::TEXT);
/// The type of an argument that is one relationship type or a list of them.
pub(super) const KINDS: Types = Types::TEXT.or(Types::LIST);

/// How many similar names an error proposes.
const NEAR: usize = 3;
/// How many nodes of one name an error lists.
const LISTED: usize = 5;

/// The graph that a statement sees.
pub(super) struct Ground {
    base: Rc<Base>,
    /// The graph with the changes of the statement, when there are any.
    changed: Option<Graph>,
}

impl Ground {
    /// The graph of the base; after changes one that is built anew, O(V + E).
    pub(super) fn new(context: &Context) -> Result<Self, QueryError> {
        let view = &context.view;
        let changed = if view.has_changes() { Some(rebuilt(view)?) } else { None };
        Ok(Self { base: Rc::clone(view.base()), changed })
    }

    pub(super) fn graph(&self) -> &Graph {
        self.changed.as_ref().unwrap_or(self.base.graph())
    }

    /// The relationship that an edge of the graph is.
    pub(super) fn relationship(&self, edge: u32) -> RelationshipId {
        match &self.changed {
            // There the number of the relationship stands in the place of the fact.
            Some(graph) => RelationshipId(graph.edge(edge).map_or(edge, |edge| edge.fact)),
            None => RelationshipId(edge),
        }
    }

    /// A path of the graph; of parallel facts the first one.
    pub(super) fn path(&self, path: &graph::Path) -> Value {
        let nodes = path.nodes().iter().map(|&node| NodeId(node)).collect();
        let first = path.steps().filter_map(|step| step.links.first());
        Path { nodes, relationships: first.map(|link| self.relationship(link.edge)).collect() }.into()
    }
}

fn rebuilt(view: &View) -> Result<Graph, QueryError> {
    let mut builder = GraphBuilder::new(view.node_limit()).map_err(refuse)?;
    for node in (0..view.node_limit()).filter(|&node| !view.is_node(NodeId(node))) {
        builder.set_absent(node).map_err(refuse)?;
    }
    for relationship in (0..view.relationship_limit()).map(RelationshipId).filter(|&one| view.is_relationship(one)) {
        let (from, to) = view.ends(relationship);
        let kind = view.type_of(relationship).0;
        let predicate = u16::try_from(kind).map_err(|_| invalid("there are more than 65,535 words".to_owned()))?;
        let (date, modality, confidence) = (None, Modality::Asserted, 1.0);
        let edge = Edge { from: from.0, to: to.0, predicate, fact: relationship.0, date, modality, confidence };
        builder.add_edge(edge).map_err(refuse)?;
    }
    Ok(builder.build())
}

/// An error of the graph as one of the statement.
pub(super) fn refuse(error: GraphError) -> QueryError {
    invalid(error.to_string())
}

/// Searches stop when the time of the statement is up.
pub(super) fn bounds(context: &Context) -> Bounds {
    context.budget.left().map_or(Bounds::none(), |left| Bounds::none().within(left))
}

/// Fails when a search ended because the time was up, or the statement was cancelled meanwhile.
pub(super) fn ended(cut: Option<Cut>, context: &mut Context) -> Result<(), QueryError> {
    context.budget.look()?;
    match cut {
        Some(Cut::Time) => {
            let message = "the time of the statement was up within a procedure";
            Err(QueryError::run(Kind::LimitExceeded, Detail::OutOfTime, message).with_hint("allow more time"))
        }
        _ => Ok(()),
    }
}

/// The facts that count: those of the types in one argument, in the direction that another one names.
pub(super) fn filter(
    arguments: &[Value],
    (types, direction): (usize, Option<usize>),
    view: &View,
) -> Result<Filter, QueryError> {
    let mut filter = Filter::new();
    if let Some(at) = direction
        && let Some(Value::Text(word)) = given(arguments, at)
    {
        filter = filter.direction(match word.to_lowercase().as_str() {
            "out" => Direction::Out,
            "in" => Direction::In,
            "both" => Direction::Both,
            _ => return Err(invalid(format!("direction must be 'out', 'in' or 'both', found '{word}'"))),
        });
    }
    let kinds: &[Value] = match given(arguments, types) {
        Some(Value::List(kinds)) => kinds,
        Some(one) => std::slice::from_ref(one),
        None => return Ok(filter),
    };
    if kinds.is_empty() {
        return Ok(filter);
    }
    let mut numbers = Vec::new();
    for kind in kinds {
        let Value::Text(kind) = kind else {
            return Err(invalid(format!("types must be strings, found {}", kind.kind())));
        };
        let word = view.word(kind).filter(|&word| view.type_count(word) > 0);
        let Some(number) = word.and_then(|word| u16::try_from(word.0).ok()) else {
            return Err(unknown_type(kind, view));
        };
        numbers.push(number);
    }
    Ok(filter.predicates(numbers))
}

fn unknown_type(kind: &str, view: &View) -> QueryError {
    let error = invalid(format!("no relationship has the type '{kind}'"));
    let words = (0..view.word_count()).map(super::super::view::WordId);
    let used: Vec<&str> = words.filter(|&word| view.type_count(word) > 0).map(|word| &**view.text(word)).collect();
    match nearest(kind, used.iter().copied()) {
        Some(known) => error.with_hint(format!("is {known} meant?")),
        None => error.with_hint(format!("known are {}", used.join(", "))),
    }
}

/// The nodes that have a text as their id or, if there is none, as their name. Where no node has the whole text as its name, a
/// label may stand behind it: `DeepSeek@Startup`.
fn called(text: &str, view: &View) -> Result<Vec<NodeId>, QueryError> {
    let mut found = view.seek_id(text)?;
    if found.is_empty() {
        found = view.named(text)?;
    }
    if let (true, Some((name, label))) = (found.is_empty(), text.rsplit_once('@'))
        && let Some(label) = view.word(label)
    {
        found = view.named(name)?;
        found.retain(|&node| view.has_label(node, label));
    }
    Ok(found)
}

/// The node that an argument is, or that has it as its id or name.
pub(super) fn node(value: &Value, view: &View) -> Result<NodeId, QueryError> {
    let text = match value {
        Value::Node(node) => return Ok(*node),
        Value::Text(text) => text,
        other => return Err(invalid(format!("expected a node or a name, found {}", other.kind()))),
    };
    match called(text, view)?.as_slice() {
        [node] => Ok(*node),
        [] => {
            let base = view.base();
            let names = base.snapshot().names()?;
            let mut near = Vec::new();
            for one in search(names, text, NEAR).into_iter().map(|one| NodeId(one.entity)) {
                if view.is_node(one) {
                    near.extend(view.names_of(one)?.into_iter().next());
                }
            }
            let error = invalid(format!("no node is called '{text}'"));
            Err(if near.is_empty() { error } else { error.with_hint(format!("is {} meant?", near.join(" or "))) })
        }
        several => {
            let listed = several.iter().take(LISTED);
            let ids: Result<Vec<String>, QueryError> =
                listed.map(|node| Ok(view.node_id(node.0)?.as_str().to_owned())).collect();
            let error = invalid(format!("'{text}' names more than one node"));
            Err(error.with_hint(format!(
                "use the id of one of them ({}), or its label as in {text}@Startup",
                ids?.join(", ")
            )))
        }
    }
}
