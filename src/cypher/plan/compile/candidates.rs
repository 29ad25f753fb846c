//! Where to look for the first node: an index, a label, or everywhere.

use std::rc::Rc;

use super::graph::{Condition, PatternGraph, PatternNode};
use super::order::{Progress, fixes};
use super::{Compiler, Plan, Slot};
use crate::cypher::plan::{AllNodes, Expr, Key, LabelScan, Operator, Seek};
use crate::cypher::syntax::tree::{BinaryOperator, ComparisonOperator};
use crate::cypher::view::WordId;

/// A condition that an index answers.
struct Indexed<'e> {
    by: Key,
    key: &'e Expr,
    list: bool,
}

impl Compiler<'_> {
    /// How many nodes a start at this node is expected to leave.
    pub(super) fn start_cost(&self, node: &PatternNode, graph: &PatternGraph, progress: &Progress) -> f64 {
        if graph.conditions.iter().any(|condition| self.indexed(condition, node.slot, graph, progress).is_some()) {
            return 1.0;
        }
        let labels = node.labels.iter().map(|label| self.view.label_count(*label));
        let scanned = labels.min().unwrap_or_else(|| self.view.node_count()) as f64;
        let fixed = graph.conditions.iter().filter(|condition| fixes(condition, node)).count();
        // Looking at a node costs little beside what a node that stays costs later.
        2.0 + scanned * 0.1f64.powi(i32::try_from(fixed.min(3)).unwrap_or(3)) + scanned * 0.05
    }

    /// The operator that looks for a node; the label, when it scans the nodes with a label.
    pub(super) fn start(
        &mut self,
        node: &PatternNode,
        graph: &PatternGraph,
        progress: &mut Progress,
    ) -> Option<WordId> {
        let input: Plan = progress.plan.clone();
        let rows = input.estimate();
        let found = graph.conditions.iter().find_map(|condition| self.indexed(condition, node.slot, graph, progress));
        let (operator, estimate) = if let Some(Indexed { by, key, list }) = found
            && let Some(key) = copied(key)
        {
            (Operator::Seek(Rc::new(Seek { input, node: node.slot, by, key, list })), rows)
        } else if let Some(label) = node.labels.iter().copied().min_by_key(|label| self.view.label_count(*label)) {
            let scanned = self.view.label_count(label) as f64;
            (Operator::LabelScan(Rc::new(LabelScan { input, node: node.slot, label })), rows * scanned)
        } else {
            let scanned = self.view.node_count() as f64;
            (Operator::AllNodes(Rc::new(AllNodes { input, node: node.slot })), rows * scanned)
        };
        let label = if let Operator::LabelScan(scan) = &operator { Some(scan.label) } else { None };
        progress.plan = self.plan(operator, estimate);
        label
    }

    /// Whether an index leads to the nodes that fulfil a condition, with a key that is known by now.
    fn indexed<'e>(
        &self,
        condition: &'e Condition,
        slot: Slot,
        graph: &PatternGraph,
        progress: &Progress,
    ) -> Option<Indexed<'e>> {
        let is_node = |expression: &Expr| matches!(expression, Expr::Slot(own) if *own == slot);
        let known = |key: &Expr| {
            copied(key).is_some() && key.slots().iter().all(|slot| Self::is_solved(graph, progress, *slot))
        };
        let key_of = |expression: &Expr| match expression {
            Expr::Property { subject, text, .. } if is_node(subject) && &**text == "name" => Some(Key::Name),
            Expr::Property { subject, text, .. } if is_node(subject) && &**text == "id" => Some(Key::Id),
            Expr::Call { function, arguments, .. } if function.name.eq_ignore_ascii_case("id") => {
                matches!(arguments.as_slice(), [argument] if is_node(argument)).then_some(Key::Number)
            }
            _ => None,
        };
        match &condition.expression {
            Expr::Named { subject, text, negated: false, .. } if is_node(subject) && known(text) => {
                Some(Indexed { by: Key::Name, key: text, list: false })
            }
            Expr::Call { function, arguments, .. } if function.name.eq_ignore_ascii_case("named") => {
                let [node, text] = arguments.as_slice() else { return None };
                (is_node(node) && known(text)).then_some(Indexed { by: Key::Name, key: text, list: false })
            }
            Expr::Comparison { first, rest } => {
                let [(ComparisonOperator::Equal, right)] = rest.as_slice() else { return None };
                if let Some(by) = key_of(first)
                    && known(right)
                {
                    return Some(Indexed { by, key: right, list: false });
                }
                let by = key_of(right)?;
                known(first).then_some(Indexed { by, key: first, list: false })
            }
            Expr::Chain { first, rest } => {
                let [(BinaryOperator::In, right, _)] = rest.as_slice() else { return None };
                let by = key_of(first)?;
                known(right).then_some(Indexed { by, key: right, list: true })
            }
            _ => None,
        }
    }
}

/// A second copy of a key; only what is cheap and simple is looked up in an index.
fn copied(key: &Expr) -> Option<Expr> {
    match key {
        Expr::Constant(value) => Some(Expr::Constant(value.clone())),
        Expr::Parameter(name, span) => Some(Expr::Parameter(name.clone(), *span)),
        Expr::Slot(slot) => Some(Expr::Slot(*slot)),
        Expr::List(items) => Some(Expr::List(items.iter().map(copied).collect::<Option<_>>()?)),
        Expr::Property { subject, key, text, span } => {
            Some(Expr::Property { subject: Box::new(copied(subject)?), key: *key, text: text.clone(), span: *span })
        }
        _ => None,
    }
}
