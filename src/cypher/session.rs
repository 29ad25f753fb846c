//! Running statements against one generation of a database.

use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use super::check::{CheckContext, Warning, check, warnings};
use super::error::QueryError;
use super::function::Graph;
use super::plan::{self, Explanation, Prepared, Request, explain};
use super::procedure::Procedures;
use super::result::{Node, Notice, QueryResult, Relationship};
use super::run::{Budget, Context, Cursor, Limits, open};
use super::syntax::{SyntaxLimits, parse, tree::Mode};
use super::value::{Map, NodeId, RelationshipId, Value};
use super::view::{Base, View};
use crate::store::Snapshot;

/// Statements that a session keeps compiled.
const PLANS: usize = 256;

/// Values for the parameters of a statement, by name without the `$`.
pub type Parameters = Map;

/// How a statement is run.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// What it may use up.
    pub limits: Limits,
    /// Whether a statement that writes is refused before it runs.
    pub read_only: bool,
    /// A flag that stops the statement when somebody sets it.
    pub cancelled: Option<Arc<AtomicBool>>,
    /// Procedures beside those of the project.
    pub procedures: Procedures,
}

/// A statement that was compiled.
#[derive(Debug, Clone)]
struct Compiled {
    mode: Mode,
    prepared: Rc<Prepared>,
    /// The parameters that were given when it was checked.
    given: Rc<[Arc<str>]>,
    notices: Rc<[Notice]>,
}

/// Statements against one generation: what is read stays in memory, and statements stay compiled.
///
/// A session does not see what others commit; take a new one for that.
pub struct Session {
    base: Rc<Base>,
    procedures: Procedures,
    plans: HashMap<String, Compiled>,
}

impl Session {
    /// A session on a snapshot.
    ///
    /// # Errors
    /// What is damaged.
    pub fn new(snapshot: Snapshot) -> Result<Self, QueryError> {
        Ok(Self { base: Rc::new(Base::load(snapshot)?), procedures: Procedures::standard(), plans: HashMap::new() })
    }

    /// The generation that the session sees.
    #[must_use]
    pub fn generation(&self) -> u64 {
        self.base.generation()
    }

    /// The same session with more procedures.
    #[must_use]
    pub fn with_procedures(mut self, procedures: &Procedures) -> Self {
        self.procedures.extend(procedures);
        self.plans.clear();
        self
    }

    /// Runs a statement to its end. What it wrote is in the view, to be committed by the caller.
    pub(crate) fn run(
        &mut self,
        text: &str,
        parameters: &Arc<Parameters>,
        options: &Options,
    ) -> Result<(QueryResult, View), QueryError> {
        let mut rows = self.start(text, parameters, options)?;
        let found = rows.finish();
        found.map_err(|error| error.within(text)).map(|result| (result, rows.context.view))
    }

    /// The rows of a statement that only reads, one by one as they are asked for.
    ///
    /// # Errors
    /// What is wrong with the statement. Errors of the run come with the rows.
    pub fn rows(&mut self, text: &str, parameters: &Arc<Parameters>, options: &Options) -> Result<Rows, QueryError> {
        let options = Options { read_only: true, ..options.clone() };
        self.start(text, parameters, &options)
    }

    fn start(&mut self, text: &str, parameters: &Arc<Parameters>, options: &Options) -> Result<Rows, QueryError> {
        let compiled = self.compile(text, parameters, options).map_err(|error| error.within(text))?;
        let prepared = compiled.prepared;
        let mut view = View::new(Rc::clone(&self.base));
        for word in &prepared.words {
            view.intern(word);
        }
        let context = Context {
            view,
            parameters: Arc::clone(parameters),
            budget: Budget::new(&options.limits, options.cancelled.clone()),
            profile: (compiled.mode == Mode::Profile).then(|| vec![0; prepared.operators]),
        };
        let row = vec![Value::Null; prepared.width];
        let cursor = open(&prepared.plan);
        let (mode, notices) = (compiled.mode, compiled.notices);
        Ok(Rows { text: text.into(), mode, notices, prepared, cursor, context, row, ended: false })
    }

    fn compile(&mut self, text: &str, parameters: &Parameters, options: &Options) -> Result<Compiled, QueryError> {
        if let Some(known) = self.plans.get(text)
            && known.given.iter().all(|name| parameters.contains_key(name))
            && !(known.prepared.writes && options.read_only)
        {
            return Ok(known.clone());
        }
        let limits =
            SyntaxLimits { length: options.limits.length, nesting: options.limits.nesting, ..SyntaxLimits::default() };
        let statement = parse(text, &limits)?;
        let mut view = View::new(Rc::clone(&self.base));
        let context = CheckContext {
            // A plan can be looked at before its parameters are known.
            parameters: (statement.mode != Mode::Explain).then_some(parameters),
            procedures: &self.procedures,
            read_only: options.read_only,
            words: None,
        };
        check(&statement, &context)?;
        let found = warnings(&statement, &CheckContext { words: Some(&view), ..context });
        let notices = found.into_iter().map(|warning| notice(warning, text)).collect();
        let request = Request { view: &mut view, text, procedures: &self.procedures };
        let prepared = Rc::new(plan::compile(&statement, request)?);
        let given = parameters.keys().cloned().collect();
        let compiled = Compiled { mode: statement.mode, prepared, given, notices };
        if self.plans.len() >= PLANS {
            self.plans.clear();
        }
        self.plans.insert(text.to_owned(), compiled.clone());
        Ok(compiled)
    }
}

/// The rows of a statement, as they are found.
pub struct Rows {
    /// The statement, for errors.
    text: Box<str>,
    mode: Mode,
    notices: Rc<[Notice]>,
    prepared: Rc<Prepared>,
    cursor: Box<dyn Cursor>,
    context: Context,
    row: Vec<Value>,
    ended: bool,
}

impl Rows {
    /// The names of the columns.
    pub fn columns(&self) -> impl ExactSizeIterator<Item = &Arc<str>> {
        self.prepared.columns.iter().map(|(name, _)| name)
    }

    /// A row with what it mentions, to be written as text or JSON.
    ///
    /// # Errors
    /// When a node or relationship cannot be read.
    pub fn describe(&self, row: Vec<Value>) -> Result<QueryResult, QueryError> {
        let columns = self.columns().cloned().collect();
        let mut result = QueryResult { columns, rows: vec![row], ..QueryResult::default() };
        for value in result.rows.iter().flatten() {
            describe(value, &self.context.view, &mut result.nodes, &mut result.relationships)?;
        }
        Ok(result)
    }

    /// The plan, for `EXPLAIN` and `PROFILE`; the latter counts the rows that operators have handed on so far.
    #[must_use]
    pub fn plan(&self) -> Option<Explanation> {
        (self.mode != Mode::Run).then(|| explain(&self.prepared, &self.context.view, self.context.profile.as_deref()))
    }

    /// What was noticed about the statement.
    #[must_use]
    pub fn notices(&self) -> &[Notice] {
        &self.notices
    }

    /// The values of the present row, by column.
    fn values(&self) -> Vec<Value> {
        let slots = self.prepared.columns.iter();
        slots.map(|(_, slot)| self.row.get(*slot).cloned().unwrap_or_default()).collect()
    }

    fn advance(&mut self) -> Result<bool, QueryError> {
        if self.ended || self.mode == Mode::Explain {
            return Ok(false);
        }
        if self.cursor.next(&mut self.context, &mut self.row)? {
            self.context.budget.row()?;
            return Ok(true);
        }
        self.ended = true;
        self.context.view.intact()?;
        Ok(false)
    }

    /// All rows, and what they mention.
    fn finish(&mut self) -> Result<QueryResult, QueryError> {
        let mut result = QueryResult {
            columns: self.prepared.columns.iter().map(|(name, _)| Arc::clone(name)).collect(),
            notices: self.notices.to_vec(),
            ..QueryResult::default()
        };
        let size = self.prepared.columns.len() * size_of::<Value>() + 24;
        while self.advance()? {
            self.context.budget.keep(size)?;
            result.rows.push(self.values());
        }
        let view = &self.context.view;
        if view.dangling().is_some() {
            return Err(super::view::connected());
        }
        let Self { context: Context { view, .. }, .. } = self;
        for value in result.rows.iter().flatten() {
            describe(value, view, &mut result.nodes, &mut result.relationships)?;
        }
        result.effects = view.effects()?;
        result.plan = self.plan();
        Ok(result)
    }
}

impl Iterator for Rows {
    type Item = Result<Vec<Value>, QueryError>;

    fn next(&mut self) -> Option<Self::Item> {
        match self.advance() {
            Ok(true) => Some(Ok(self.values())),
            Ok(false) => None,
            Err(error) => {
                self.ended = true;
                Some(Err(error.within(&self.text)))
            }
        }
    }
}

fn notice(warning: Warning, text: &str) -> Notice {
    let Warning { message, hint, span } = warning;
    Notice { message, hint, place: span.place(text) }
}

/// Notes what the nodes and relationships in a value are.
fn describe(
    value: &Value,
    view: &View,
    nodes: &mut BTreeMap<NodeId, Node>,
    relationships: &mut BTreeMap<RelationshipId, Relationship>,
) -> Result<(), QueryError> {
    match value {
        Value::Node(node) => describe_node(*node, view, nodes),
        Value::Relationship(relationship) => describe_relationship(*relationship, view, nodes, relationships),
        Value::Path(path) => {
            path.nodes.iter().try_for_each(|node| describe_node(*node, view, nodes))?;
            let mut all = path.relationships.iter();
            all.try_for_each(|relationship| describe_relationship(*relationship, view, nodes, relationships))
        }
        Value::List(items) => items.iter().try_for_each(|item| describe(item, view, nodes, relationships)),
        Value::Map(map) => map.values().try_for_each(|item| describe(item, view, nodes, relationships)),
        _ => Ok(()),
    }
}

fn describe_node(node: NodeId, view: &View, nodes: &mut BTreeMap<NodeId, Node>) -> Result<(), QueryError> {
    if nodes.contains_key(&node) {
        return Ok(());
    }
    let shown = if view.is_node(node) {
        Node {
            id: view.node_key(node)?,
            labels: Graph::labels(view, node)?,
            properties: Graph::node_properties(view, node)?,
        }
    } else {
        // Deleted by this statement: only its number is left.
        Node { id: format!("{}", node.0).into(), labels: Vec::new(), properties: Default::default() }
    };
    nodes.insert(node, shown);
    Ok(())
}

fn describe_relationship(
    relationship: RelationshipId,
    view: &View,
    nodes: &mut BTreeMap<NodeId, Node>,
    relationships: &mut BTreeMap<RelationshipId, Relationship>,
) -> Result<(), QueryError> {
    if relationships.contains_key(&relationship) {
        return Ok(());
    }
    let (from, to) = view.ends(relationship);
    let kind = Arc::clone(view.text(view.type_of(relationship)));
    let shown = if view.is_relationship(relationship) {
        let properties = Graph::relationship_properties(view, relationship)?;
        Relationship { id: view.relationship_key(relationship)?, kind, from, to, properties }
    } else {
        Relationship { id: format!("{}", relationship.0).into(), kind, from, to, properties: Default::default() }
    };
    relationships.insert(relationship, shown);
    describe_node(from, view, nodes)?;
    describe_node(to, view, nodes)
}
