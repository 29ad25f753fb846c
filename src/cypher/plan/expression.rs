//! Expressions whose names have become slots.

use std::collections::BTreeSet;
use std::rc::Rc;
use std::sync::Arc;

use super::{Plan, Slot};
use crate::cypher::function::Function;
use crate::cypher::syntax::Span;
use crate::cypher::syntax::tree::{BinaryOperator, ComparisonOperator, ListQuantifier};
use crate::cypher::value::Value;
use crate::cypher::view::WordId;

/// An expression that can be evaluated in a row.
#[derive(Debug)]
pub(crate) enum Expr {
    Constant(Value),
    Parameter(Arc<str>, Span),
    Slot(Slot),
    List(Vec<Expr>),
    Map(Vec<(Arc<str>, Expr)>),
    MapProjection {
        subject: Box<Expr>,
        items: Vec<Projected>,
    },
    Property {
        subject: Box<Expr>,
        key: WordId,
        text: Arc<str>,
        span: Span,
    },
    Index {
        subject: Box<Expr>,
        index: Box<Expr>,
        span: Span,
    },
    Slice {
        subject: Box<Expr>,
        from: Option<Box<Expr>>,
        to: Option<Box<Expr>>,
        span: Span,
    },
    And(Vec<Expr>),
    Or(Vec<Expr>),
    Xor(Box<Expr>, Box<Expr>),
    Not(Box<Expr>),
    Plus(Box<Expr>, Span),
    Minus(Box<Expr>, Span),
    /// Operators from left to right, as they apply: `first + a - b` is flat however long it is.
    Chain {
        first: Box<Expr>,
        rest: Vec<(BinaryOperator, Expr, Span)>,
    },
    Comparison {
        first: Box<Expr>,
        rest: Vec<(ComparisonOperator, Expr)>,
    },
    /// Whether the name of what stands in `subject` is `text`; for entities of the landscape, any of its names.
    Named {
        subject: Box<Expr>,
        key: WordId,
        text: Box<Expr>,
        negated: bool,
    },
    IsNull {
        subject: Box<Expr>,
        negated: bool,
    },
    HasLabels {
        subject: Box<Expr>,
        test: LabelTest,
        span: Span,
    },
    Call {
        function: &'static Function,
        arguments: Vec<Expr>,
        span: Span,
    },
    Case {
        subject: Option<Box<Expr>>,
        branches: Vec<(Expr, Expr)>,
        otherwise: Option<Box<Expr>>,
    },
    ListComprehension {
        slot: Slot,
        list: Box<Expr>,
        condition: Option<Box<Expr>>,
        projection: Option<Box<Expr>>,
        span: Span,
    },
    Quantified {
        kind: ListQuantifier,
        slot: Slot,
        list: Box<Expr>,
        condition: Option<Box<Expr>>,
        span: Span,
    },
    Reduce {
        accumulator: Slot,
        initial: Box<Expr>,
        slot: Slot,
        list: Box<Expr>,
        step: Box<Expr>,
        span: Span,
    },
    /// A path put together from what stands in slots.
    Path(Vec<PathPiece>),
    /// Whether the subplan has a row.
    Exists(Rc<Subplan>),
    /// How many rows the subplan has.
    Count(Rc<Subplan>),
    /// The values that the subplan finds.
    Collect(Rc<Subplan>),
    /// The first value that the subplan finds, or null.
    First(Rc<Subplan>),
}

/// An item of a map projection.
#[derive(Debug)]
pub(crate) enum Projected {
    /// `.key`
    Property(Arc<str>),
    /// `.*`
    All,
    /// `key: expression`
    Value(Arc<str>, Expr),
}

/// A part of a path, in slots.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PathPiece {
    /// A node.
    Node(Slot),
    /// One relationship.
    Relationship(Slot),
    /// A list of relationships that follow each other; the nodes between them follow from them.
    Relationships(Slot),
}

/// A label expression over words.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum LabelTest {
    Word(WordId),
    Any,
    Not(Box<LabelTest>),
    And(Box<LabelTest>, Box<LabelTest>),
    Or(Box<LabelTest>, Box<LabelTest>),
}

impl LabelTest {
    /// Whether what carries exactly the words for which `has` is true passes.
    pub(crate) fn holds(&self, has: &impl Fn(WordId) -> bool, any: &impl Fn() -> bool) -> bool {
        match self {
            Self::Word(word) => has(*word),
            Self::Any => any(),
            Self::Not(inner) => !inner.holds(has, any),
            Self::And(a, b) => a.holds(has, any) && b.holds(has, any),
            Self::Or(a, b) => a.holds(has, any) || b.holds(has, any),
        }
    }

    /// A word that everything that passes carries.
    pub(crate) fn required(&self) -> Vec<WordId> {
        match self {
            Self::Word(word) => vec![*word],
            Self::And(a, b) => {
                let mut words = a.required();
                words.extend(b.required());
                words
            }
            _ => Vec::new(),
        }
    }

    /// The words, when the test is nothing but a choice between them.
    pub(crate) fn choice(&self) -> Option<Vec<WordId>> {
        match self {
            Self::Word(word) => Some(vec![*word]),
            Self::Or(a, b) => {
                let mut words = a.choice()?;
                words.extend(b.choice()?);
                Some(words)
            }
            _ => None,
        }
    }
}

/// A plan inside an expression, with a row of its own.
#[derive(Debug)]
pub(crate) struct Subplan {
    pub(crate) plan: Plan,
    /// How many slots its row has.
    pub(crate) width: usize,
    /// Which slots of the row outside go to which of its own.
    pub(crate) imports: Vec<(Slot, Slot)>,
    /// What `Collect` and `First` take of every row.
    pub(crate) result: Option<Expr>,
}

impl Expr {
    /// Calls `see` with every expression directly inside.
    pub(crate) fn each<'e>(&'e self, see: &mut dyn FnMut(&'e Expr)) {
        let mut optional = |inner: &'e Option<Box<Expr>>| {
            if let Some(inner) = inner {
                see(inner);
            }
        };
        match self {
            Self::Constant(_) | Self::Parameter(..) | Self::Slot(_) | Self::Path(_) => {}
            Self::Exists(_) | Self::Count(_) | Self::Collect(_) | Self::First(_) => {}
            Self::List(items) | Self::And(items) | Self::Or(items) | Self::Call { arguments: items, .. } => {
                items.iter().for_each(see);
            }
            Self::Map(items) => items.iter().for_each(|(_, item)| see(item)),
            Self::MapProjection { subject, items } => {
                see(subject);
                for item in items {
                    if let Projected::Value(_, value) = item {
                        see(value);
                    }
                }
            }
            Self::Property { subject, .. } | Self::IsNull { subject, .. } | Self::HasLabels { subject, .. } => {
                see(subject)
            }
            Self::Not(inner) | Self::Plus(inner, _) | Self::Minus(inner, _) => see(inner),
            Self::Index { subject, index, .. } => [subject, index].into_iter().for_each(|inner| see(inner)),
            Self::Slice { subject, from, to, .. } => {
                optional(from);
                optional(to);
                see(subject);
            }
            Self::Xor(left, right) => {
                see(left);
                see(right);
            }
            Self::Named { subject, text, .. } => {
                see(subject);
                see(text);
            }
            Self::Chain { first, rest } => {
                see(first);
                rest.iter().for_each(|(_, inner, _)| see(inner));
            }
            Self::Comparison { first, rest } => {
                see(first);
                rest.iter().for_each(|(_, inner)| see(inner));
            }
            Self::Case { subject, branches, otherwise } => {
                optional(subject);
                optional(otherwise);
                for (when, then) in branches {
                    see(when);
                    see(then);
                }
            }
            Self::ListComprehension { list, condition, projection, .. } => {
                optional(condition);
                optional(projection);
                see(list);
            }
            Self::Quantified { list, condition, .. } => {
                optional(condition);
                see(list);
            }
            Self::Reduce { initial, list, step, .. } => [initial, list, step].into_iter().for_each(|inner| see(inner)),
        }
    }

    /// The slots of the row that the expression reads, those of its own variables included.
    pub(crate) fn slots(&self) -> BTreeSet<Slot> {
        let mut slots = BTreeSet::new();
        self.add_slots(&mut slots);
        slots
    }

    fn add_slots(&self, slots: &mut BTreeSet<Slot>) {
        match self {
            Self::Slot(slot) => {
                slots.insert(*slot);
            }
            Self::Path(pieces) => slots.extend(pieces.iter().map(|piece| match piece {
                PathPiece::Node(slot) | PathPiece::Relationship(slot) | PathPiece::Relationships(slot) => *slot,
            })),
            Self::Exists(subplan) | Self::Count(subplan) | Self::Collect(subplan) | Self::First(subplan) => {
                slots.extend(subplan.imports.iter().map(|(outer, _)| *outer));
            }
            _ => self.each(&mut |inner| inner.add_slots(slots)),
        }
    }
}
