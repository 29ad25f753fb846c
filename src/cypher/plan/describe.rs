//! Expressions and patterns of a plan as text, for `EXPLAIN`.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::expression::{Expr, LabelTest, PathPiece, Projected};
use super::operator::{Group, Key, ShortestPart, Types, Which};
use super::{Operator, Slot};
use crate::cypher::syntax::tree::{BinaryOperator, ComparisonOperator, Direction, ListQuantifier};
use crate::cypher::value::Value;
use crate::cypher::view::{View, WordId};

/// The names that slots have in the statement.
pub(crate) type SlotNames = BTreeMap<Slot, Arc<str>>;

/// No description is longer, in characters.
const LONGEST: usize = 120;

/// Writes plans with the names of the statement.
pub(super) struct Describer<'a> {
    pub(super) view: &'a View,
    pub(super) names: &'a SlotNames,
}

impl Describer<'_> {
    /// What an operator works on: `(a)-[r:INVESTED_IN]->(b)`, `a.name = $name`, ...
    pub(super) fn operator(&self, operator: &Operator) -> String {
        let text = match operator {
            Operator::Argument
            | Operator::Optional(_)
            | Operator::Apply(_)
            | Operator::Union(_)
            | Operator::Nothing(_)
            | Operator::Merge(_)
            | Operator::Set(_)
            | Operator::Create(_) => String::new(),
            Operator::AllNodes(op) => format!("({})", self.slot(op.node)),
            Operator::LabelScan(op) => format!("({}:{})", self.slot(op.node), self.word(op.label)),
            Operator::Seek(op) => {
                let by = match op.by {
                    Key::Name => "name",
                    Key::Id => "id",
                    Key::Number => "number",
                };
                format!("({}) by {by}: {}", self.slot(op.node), self.expression(&op.key))
            }
            Operator::RelationshipEnds(op) => {
                let types = op.types.as_ref().map(|test| format!(":{}", self.labels(test))).unwrap_or_default();
                self.link(op.from, &format!("{}{types}", self.slot(op.relationship)), op.direction, op.to)
            }
            Operator::Expand(op) => {
                let inner = format!("{}{}", self.slot(op.relationship), self.types(&op.types));
                self.link(op.from, &inner, op.direction, op.to)
            }
            Operator::Trails(op) => {
                format!("({}){}({})", self.slot(op.from), self.group(&op.group), self.slot(op.to))
            }
            Operator::Shortest(op) => {
                let which = match op.which {
                    Which::Paths(count) => format!("{count} "),
                    Which::Lengths(count) => format!("all of {count} lengths "),
                };
                let parts: String = op.parts.iter().map(|part| self.part(part)).collect();
                format!("{which}({}){parts}({})", self.slot(op.from), self.slot(op.to))
            }
            Operator::Filter(op) => self.expression(&op.condition),
            Operator::Project(op) => self.assigned(&op.items),
            Operator::Aggregation(op) => {
                let keys = op.keys.iter().map(|(_, key)| self.expression(key));
                let aggregates = op.aggregates.iter().map(|item| {
                    let arguments: Vec<String> =
                        item.arguments.iter().map(|argument| self.expression(argument)).collect();
                    let arguments = if arguments.is_empty() { "*".to_owned() } else { arguments.join(", ") };
                    format!("{}({}{arguments})", item.aggregate.name, if item.distinct { "DISTINCT " } else { "" })
                });
                keys.chain(aggregates).collect::<Vec<_>>().join(", ")
            }
            Operator::Distinct(op) => self.slots(&op.slots),
            Operator::Sort(op) => {
                let key = |(key, falls): &(Expr, bool)| self.expression(key) + if *falls { " DESC" } else { "" };
                op.keys.iter().map(key).collect::<Vec<_>>().join(", ")
            }
            Operator::Skip(op) => self.expression(&op.count),
            Operator::Limit(op) => self.expression(&op.count),
            Operator::Unwind(op) => format!("{} AS {}", self.expression(&op.list), self.slot(op.slot)),
            Operator::ProcedureCall(op) => op.procedure.name().to_owned(),
            Operator::Delete(op) => {
                op.targets.iter().map(|(target, _)| self.expression(target)).collect::<Vec<_>>().join(", ")
            }
            Operator::Foreach(op) => format!("{} IN {}", self.slot(op.slot), self.expression(&op.list)),
        };
        match text.char_indices().nth(LONGEST) {
            Some((end, _)) => format!("{}...", text.get(..end).unwrap_or_default()),
            None => text,
        }
    }

    fn assigned(&self, items: &[(Slot, Expr)]) -> String {
        let item = |(slot, value): &(Slot, Expr)| match self.names.get(slot) {
            Some(name) => format!("{} AS {name}", self.expression(value)),
            None => self.expression(value),
        };
        items.iter().map(item).collect::<Vec<_>>().join(", ")
    }

    fn slot(&self, slot: Slot) -> &str {
        self.names.get(&slot).map_or("", |name| &**name)
    }

    fn slots(&self, slots: &[Slot]) -> String {
        slots.iter().map(|slot| self.slot(*slot)).filter(|name| !name.is_empty()).collect::<Vec<_>>().join(", ")
    }

    fn word(&self, word: WordId) -> &str {
        self.view.text(word)
    }

    fn link(&self, from: Slot, inner: &str, direction: Direction, to: Slot) -> String {
        format!("({}){}({})", self.slot(from), arrow(direction, inner), self.slot(to))
    }

    fn types(&self, types: &Types) -> String {
        match types {
            Types::All => String::new(),
            Types::One(word) => format!(":{}", self.word(*word)),
            Types::Some(words) => {
                format!(":{}", words.iter().map(|word| self.word(*word)).collect::<Vec<_>>().join("|"))
            }
            Types::Test(test) => format!(":{}", self.labels(test)),
        }
    }

    fn labels(&self, test: &LabelTest) -> String {
        match test {
            LabelTest::Word(word) => self.word(*word).to_owned(),
            LabelTest::Any => "%".to_owned(),
            LabelTest::Not(inner) => format!("!{}", self.labels(inner)),
            LabelTest::And(a, b) => format!("{}&{}", self.labels(a), self.labels(b)),
            LabelTest::Or(a, b) => format!("({}|{})", self.labels(a), self.labels(b)),
        }
    }

    fn group(&self, group: &Group) -> String {
        let steps: Vec<String> =
            group.steps.iter().map(|step| arrow(step.direction, &self.types(&step.types))).collect();
        let max = group.max.map(|max| max.to_string()).unwrap_or_default();
        format!("({}){{{},{max}}}", steps.join("()"), group.min)
    }

    fn part(&self, part: &ShortestPart) -> String {
        match part {
            ShortestPart::Step(step) => arrow(step.direction, &self.types(&step.types)),
            ShortestPart::Group { group, .. } => self.group(group),
        }
    }

    fn all(&self, items: &[Expr], between: &str) -> String {
        items.iter().map(|item| self.expression(item)).collect::<Vec<_>>().join(between)
    }

    pub(super) fn expression(&self, expression: &Expr) -> String {
        let inner = |expression: &Expr| self.expression(expression);
        match expression {
            Expr::Constant(value) => literal(value),
            Expr::Parameter(name, _) => format!("${name}"),
            Expr::Slot(slot) => self.slot(*slot).to_owned(),
            Expr::List(items) => format!("[{}]", self.all(items, ", ")),
            Expr::Map(items) => {
                let pairs: Vec<String> = items.iter().map(|(key, item)| format!("{key}: {}", inner(item))).collect();
                format!("{{{}}}", pairs.join(", "))
            }
            Expr::MapProjection { subject, items } => {
                let item = |item: &Projected| match item {
                    Projected::Property(key) => format!(".{key}"),
                    Projected::All => ".*".to_owned(),
                    Projected::Value(key, value) => format!("{key}: {}", inner(value)),
                };
                format!("{} {{{}}}", inner(subject), items.iter().map(item).collect::<Vec<_>>().join(", "))
            }
            Expr::Property { subject, text, .. } => format!("{}.{text}", inner(subject)),
            Expr::Index { subject, index, .. } => format!("{}[{}]", inner(subject), inner(index)),
            Expr::Slice { subject, from, to, .. } => {
                let bound = |bound: &Option<Box<Expr>>| bound.as_ref().map(|bound| inner(bound)).unwrap_or_default();
                format!("{}[{}..{}]", inner(subject), bound(from), bound(to))
            }
            Expr::And(parts) => self.all(parts, " AND "),
            Expr::Or(parts) => format!("({})", self.all(parts, " OR ")),
            Expr::Xor(a, b) => format!("({} XOR {})", inner(a), inner(b)),
            Expr::Not(of) => format!("NOT {}", inner(of)),
            Expr::Plus(of, _) => format!("+{}", inner(of)),
            Expr::Minus(of, _) => format!("-{}", inner(of)),
            Expr::Chain { first, rest } => {
                let rest = rest.iter().map(|(operator, right, _)| format!(" {} {}", sign(*operator), inner(right)));
                inner(first) + &rest.collect::<String>()
            }
            Expr::Comparison { first, rest } => {
                let rest = rest.iter().map(|(operator, right)| format!(" {} {}", comparison(*operator), inner(right)));
                inner(first) + &rest.collect::<String>()
            }
            Expr::Named { subject, text, negated, .. } => {
                format!("{}.name {} {}", inner(subject), if *negated { "<>" } else { "=" }, inner(text))
            }
            Expr::IsNull { subject, negated } => {
                format!("{} IS {}NULL", inner(subject), if *negated { "NOT " } else { "" })
            }
            Expr::HasLabels { subject, test, .. } => format!("{}:{}", inner(subject), self.labels(test)),
            Expr::Call { function, arguments, .. } => format!("{}({})", function.name, self.all(arguments, ", ")),
            Expr::Case { .. } => "CASE ... END".to_owned(),
            Expr::ListComprehension { list, .. } => format!("[... IN {}]", inner(list)),
            Expr::Quantified { kind, list, .. } => {
                let kind = match kind {
                    ListQuantifier::All => "all",
                    ListQuantifier::Any => "any",
                    ListQuantifier::None => "none",
                    ListQuantifier::Single => "single",
                };
                format!("{kind}(... IN {})", inner(list))
            }
            Expr::Reduce { list, .. } => format!("reduce(... IN {})", inner(list)),
            Expr::Path(pieces) => {
                let named = pieces.iter().filter_map(|piece| match piece {
                    PathPiece::Node(slot) => self.names.get(slot).map(|name| format!("({name})")),
                    _ => None,
                });
                format!("path {}", named.collect::<Vec<_>>().join("-"))
            }
            Expr::Exists(_) => "EXISTS { ... }".to_owned(),
            Expr::Count(_) => "COUNT { ... }".to_owned(),
            Expr::Collect(_) => "COLLECT { ... }".to_owned(),
            Expr::First(_) => "shortestPath(...)".to_owned(),
        }
    }
}

fn arrow(direction: Direction, inner: &str) -> String {
    let inner = if inner.is_empty() { String::new() } else { format!("[{inner}]") };
    match direction {
        Direction::Right => format!("-{inner}->"),
        Direction::Left => format!("<-{inner}-"),
        Direction::Either => format!("-{inner}-"),
    }
}

fn literal(value: &Value) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Bool(truth) => truth.to_string(),
        Value::Int(number) => number.to_string(),
        Value::Float(number) => format!("{number:?}"),
        Value::Text(text) => format!("'{text}'"),
        other => other.temporal_text().unwrap_or_else(|| other.kind().to_owned()),
    }
}

fn sign(operator: BinaryOperator) -> &'static str {
    match operator {
        BinaryOperator::Or => "OR",
        BinaryOperator::Xor => "XOR",
        BinaryOperator::And => "AND",
        BinaryOperator::Add => "+",
        BinaryOperator::Subtract => "-",
        BinaryOperator::Multiply => "*",
        BinaryOperator::Divide => "/",
        BinaryOperator::Modulo => "%",
        BinaryOperator::Power => "^",
        BinaryOperator::In => "IN",
        BinaryOperator::StartsWith => "STARTS WITH",
        BinaryOperator::EndsWith => "ENDS WITH",
        BinaryOperator::Contains => "CONTAINS",
        BinaryOperator::Matches => "=~",
        BinaryOperator::Concatenate => "||",
    }
}

fn comparison(operator: ComparisonOperator) -> &'static str {
    match operator {
        ComparisonOperator::Equal => "=",
        ComparisonOperator::NotEqual => "<>",
        ComparisonOperator::Less => "<",
        ComparisonOperator::LessOrEqual => "<=",
        ComparisonOperator::Greater => ">",
        ComparisonOperator::GreaterOrEqual => ">=",
    }
}
