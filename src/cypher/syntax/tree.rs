//! The syntax tree: what the text of a statement says, before it is known whether it makes sense.
//!
//! Names are as written; nothing is resolved. Every part that an error can point at knows its [`Span`].

use std::sync::Arc;

/// A stretch of the statement's text, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Span {
    /// The first byte.
    pub(crate) start: u32,
    /// The byte behind the last.
    pub(crate) end: u32,
}

impl Span {
    /// Line and column of the beginning in `text`, both from 1; the column counts characters.
    pub(crate) fn place(self, text: &str) -> Option<(usize, usize)> {
        let before = text.get(..self.start as usize)?;
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        Some((line, column))
    }
}

/// An identifier, without its backticks.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Name {
    pub(crate) text: Arc<str>,
    pub(crate) span: Span,
}

/// What stands before the query.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    /// Nothing: run it.
    Run,
    /// `EXPLAIN`: show the plan, run nothing.
    Explain,
    /// `PROFILE`: run it, and show the plan with what happened.
    Profile,
}

/// A whole statement.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Statement {
    pub(crate) mode: Mode,
    pub(crate) query: Query,
}

/// Single queries joined by `UNION`.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Query {
    pub(crate) first: SingleQuery,
    pub(crate) unions: Vec<Union>,
}

/// `UNION [ALL]` and the query behind it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Union {
    pub(crate) all: bool,
    pub(crate) query: SingleQuery,
    pub(crate) span: Span,
}

/// Clauses in their order.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct SingleQuery {
    pub(crate) clauses: Vec<Clause>,
    pub(crate) span: Span,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Clause {
    Match(Match),
    Unwind(Unwind),
    With(Projection),
    Return(Projection),
    Create(Create),
    Merge(Merge),
    Set(Set),
    Remove(Remove),
    Delete(Delete),
    Foreach(Foreach),
    /// `CALL name(...) YIELD ...`
    Call(Call),
    /// `CALL { ... }`
    Subquery(Subquery),
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Match {
    pub(crate) optional: bool,
    pub(crate) patterns: Vec<PathPattern>,
    pub(crate) condition: Option<Expression>,
    pub(crate) span: Span,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Unwind {
    pub(crate) list: Expression,
    pub(crate) variable: Name,
    pub(crate) span: Span,
}

/// What `WITH` and `RETURN` have in common; only `WITH` has a condition.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Projection {
    pub(crate) distinct: bool,
    /// Whether the items begin with `*`.
    pub(crate) star: bool,
    pub(crate) items: Vec<ProjectionItem>,
    pub(crate) order: Vec<SortItem>,
    pub(crate) skip: Option<Expression>,
    pub(crate) limit: Option<Expression>,
    pub(crate) condition: Option<Expression>,
    pub(crate) span: Span,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ProjectionItem {
    pub(crate) expression: Expression,
    pub(crate) alias: Option<Name>,
    /// The expression exactly as written: the column's name where there is no alias.
    pub(crate) text: Arc<str>,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct SortItem {
    pub(crate) expression: Expression,
    pub(crate) descending: bool,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Create {
    pub(crate) patterns: Vec<PathPattern>,
    pub(crate) span: Span,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Merge {
    pub(crate) pattern: PathPattern,
    pub(crate) on_create: Vec<SetItem>,
    pub(crate) on_match: Vec<SetItem>,
    pub(crate) span: Span,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Set {
    pub(crate) items: Vec<SetItem>,
    pub(crate) span: Span,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum SetItem {
    /// `x.key = value`; the target before the dot is any expression.
    Property { target: Expression, key: Name, value: Expression },
    /// `x = value`
    Replace { target: Name, value: Expression },
    /// `x += value`
    Add { target: Name, value: Expression },
    /// `x:A:B`
    Labels { target: Name, labels: Vec<Name> },
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Remove {
    pub(crate) items: Vec<RemoveItem>,
    pub(crate) span: Span,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum RemoveItem {
    Property { target: Expression, key: Name },
    Labels { target: Name, labels: Vec<Name> },
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Delete {
    pub(crate) detach: bool,
    pub(crate) targets: Vec<Expression>,
    pub(crate) span: Span,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Foreach {
    pub(crate) variable: Name,
    pub(crate) list: Expression,
    pub(crate) clauses: Vec<Clause>,
    pub(crate) span: Span,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Call {
    pub(crate) optional: bool,
    /// The parts of the name joined by dots: `ailand.find`.
    pub(crate) name: Name,
    /// `None` when the call has no parentheses: the arguments are parameters of the statement.
    pub(crate) arguments: Option<Vec<Expression>>,
    pub(crate) yields: Option<Yield>,
    pub(crate) span: Span,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Yield {
    /// `YIELD *`
    pub(crate) star: bool,
    /// `YIELD -`, or `YIELD a, b AS c`: fields with the names they get.
    pub(crate) items: Vec<(Name, Option<Name>)>,
    pub(crate) condition: Option<Expression>,
    pub(crate) span: Span,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Subquery {
    pub(crate) optional: bool,
    /// `CALL (a, b) { }`: what it sees of the outside; `None` without parentheses, where an importing `WITH` may lead.
    pub(crate) imports: Option<Imports>,
    pub(crate) query: Query,
    pub(crate) span: Span,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Imports {
    /// `(*)`
    All,
    /// `(a, b)`; `()` sees nothing.
    Names(Vec<Name>),
}

// ---- patterns

/// One path of a pattern: `p = (a)-[r]->(b)`.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct PathPattern {
    pub(crate) variable: Option<Name>,
    pub(crate) selector: Selector,
    /// Nodes and relationships in turn, beginning and ending with a node; groups stand between nodes, and where two groups
    /// or a group and an end touch, the parser puts an anonymous node between them.
    pub(crate) elements: Vec<PatternElement>,
    pub(crate) span: Span,
}

/// Which of the paths that match are taken.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Selector {
    /// All of them.
    All,
    /// `shortestPath(...)`: one shortest.
    ShortestPath,
    /// `allShortestPaths(...)`: all of the shortest length.
    AllShortestPaths,
    /// `SHORTEST k` (and `ANY SHORTEST`, which is `SHORTEST 1`): k shortest for each pair of ends.
    Shortest(u64),
    /// `ALL SHORTEST`
    AllShortest,
    /// `SHORTEST k GROUPS`: all paths of the k shortest lengths.
    ShortestGroups(u64),
    /// `ANY [k]`
    Any(u64),
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum PatternElement {
    Node(NodePattern),
    Relationship(RelationshipPattern),
    /// `((a)-[r]->(b) WHERE ...){1,3}`
    Group(QuantifiedGroup),
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct NodePattern {
    pub(crate) variable: Option<Name>,
    pub(crate) labels: Option<LabelExpression>,
    /// A map or a parameter.
    pub(crate) properties: Option<Expression>,
    /// `(n WHERE ...)`
    pub(crate) condition: Option<Expression>,
    pub(crate) span: Span,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Direction {
    /// `-->`
    Right,
    /// `<--`
    Left,
    /// `--` or `<-->`
    Either,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct RelationshipPattern {
    pub(crate) variable: Option<Name>,
    pub(crate) direction: Direction,
    pub(crate) types: Option<LabelExpression>,
    pub(crate) length: Length,
    pub(crate) properties: Option<Expression>,
    /// `[r WHERE ...]`
    pub(crate) condition: Option<Expression>,
    pub(crate) span: Span,
}

/// How many relationships stand for a relationship pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Length {
    /// Exactly one; the variable is that relationship.
    One,
    /// `*`, `*2`, `*1..3`: the variable is a list. Without bounds 1 and no end.
    Variable { min: Option<u64>, max: Option<u64> },
    /// `-[]->{1,3}`, `+`, `*` behind the arrow: a quantified relationship; the variable is a list.
    Quantified(Quantifier),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Quantifier {
    pub(crate) min: u64,
    pub(crate) max: Option<u64>,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct QuantifiedGroup {
    /// The path inside, beginning and ending with a node.
    pub(crate) elements: Vec<PatternElement>,
    pub(crate) condition: Option<Expression>,
    pub(crate) quantifier: Quantifier,
    pub(crate) span: Span,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum LabelExpression {
    Name(Name),
    /// `%`: any label at all.
    Any(Span),
    Not(Box<LabelExpression>),
    And(Box<LabelExpression>, Box<LabelExpression>),
    Or(Box<LabelExpression>, Box<LabelExpression>),
}

// ---- expressions

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Expression {
    pub(crate) kind: ExpressionKind,
    pub(crate) span: Span,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum ExpressionKind {
    Null,
    Bool(bool),
    Int(i64),
    Float(f64),
    Text(Arc<str>),
    /// `$name`
    Parameter(Arc<str>),
    Variable(Arc<str>),
    List(Vec<Expression>),
    Map(Vec<(Name, Expression)>),
    /// `x {.a, .*, b: 1, c}`
    MapProjection {
        subject: Name,
        items: Vec<MapProjectionItem>,
    },
    Property {
        subject: Box<Expression>,
        key: Name,
    },
    /// `x[i]`
    Index {
        subject: Box<Expression>,
        index: Box<Expression>,
    },
    /// `x[from..to]`
    Slice {
        subject: Box<Expression>,
        from: Option<Box<Expression>>,
        to: Option<Box<Expression>>,
    },
    Not(Box<Expression>),
    Plus(Box<Expression>),
    Minus(Box<Expression>),
    Binary {
        operator: BinaryOperator,
        left: Box<Expression>,
        right: Box<Expression>,
    },
    /// `a < b <= c`: a chain of one or more comparisons.
    Comparison {
        first: Box<Expression>,
        rest: Vec<(ComparisonOperator, Expression)>,
    },
    /// `x IS [NOT] NULL`
    IsNull {
        subject: Box<Expression>,
        negated: bool,
    },
    /// `x:Label`, also with `IS`.
    HasLabels {
        subject: Box<Expression>,
        labels: LabelExpression,
    },
    Function {
        name: Name,
        distinct: bool,
        arguments: Vec<Expression>,
    },
    /// `count(*)`
    CountStar,
    Case {
        subject: Option<Box<Expression>>,
        branches: Vec<(Expression, Expression)>,
        otherwise: Option<Box<Expression>>,
    },
    /// `[x IN list WHERE condition | projection]`
    ListComprehension {
        variable: Name,
        list: Box<Expression>,
        condition: Option<Box<Expression>>,
        projection: Option<Box<Expression>>,
    },
    /// `[(a)-->(b) WHERE condition | projection]`
    PatternComprehension {
        pattern: Box<PathPattern>,
        condition: Option<Box<Expression>>,
        projection: Box<Expression>,
    },
    /// `all(x IN list WHERE condition)` and its kin.
    Quantified {
        kind: ListQuantifier,
        variable: Name,
        list: Box<Expression>,
        condition: Option<Box<Expression>>,
    },
    /// `reduce(sum = 0, x IN list | sum + x)`
    Reduce {
        accumulator: Name,
        initial: Box<Expression>,
        variable: Name,
        list: Box<Expression>,
        step: Box<Expression>,
    },
    /// A pattern as a predicate, `(a)-->(b)`, or `shortestPath(...)` as a value.
    Pattern(Box<PathPattern>),
    /// `EXISTS { ... }`; also `exists((a)-->(b))`.
    Exists(Box<SubqueryBody>),
    /// `COUNT { ... }`
    Count(Box<SubqueryBody>),
    /// `COLLECT { ... }`
    Collect(Box<Query>),
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum SubqueryBody {
    /// A pattern and its condition.
    Pattern { patterns: Vec<PathPattern>, condition: Option<Expression> },
    /// A whole query; `RETURN` may be missing.
    Query(Query),
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum MapProjectionItem {
    /// `.key`
    Property(Name),
    /// `.*`
    All,
    /// `key: expression`
    Literal(Name, Expression),
    /// `variable`
    Variable(Name),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ListQuantifier {
    All,
    Any,
    None,
    Single,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum BinaryOperator {
    Or,
    Xor,
    And,
    Add,
    Subtract,
    Multiply,
    Divide,
    Modulo,
    Power,
    In,
    StartsWith,
    EndsWith,
    Contains,
    /// `=~`
    Matches,
    /// `||`
    Concatenate,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ComparisonOperator {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}
