//! The expressions directly within an expression.

use super::tree::{Expression, ExpressionKind, MapProjectionItem};

impl Expression {
    /// The expressions directly within this one, in their order; those of patterns and subqueries are not among them.
    pub(crate) fn parts(&self) -> Vec<&Expression> {
        match &self.kind {
            ExpressionKind::Null
            | ExpressionKind::Bool(_)
            | ExpressionKind::Int(_)
            | ExpressionKind::Float(_)
            | ExpressionKind::Text(_)
            | ExpressionKind::Parameter(_)
            | ExpressionKind::Variable(_)
            | ExpressionKind::CountStar
            | ExpressionKind::Pattern(_)
            | ExpressionKind::Exists(_)
            | ExpressionKind::Count(_)
            | ExpressionKind::Collect(_) => Vec::new(),
            ExpressionKind::List(items) | ExpressionKind::Function { arguments: items, .. } => items.iter().collect(),
            ExpressionKind::Map(entries) => entries.iter().map(|(_, value)| value).collect(),
            ExpressionKind::MapProjection { items, .. } => items
                .iter()
                .filter_map(|item| match item {
                    MapProjectionItem::Literal(_, value) => Some(value),
                    _ => None,
                })
                .collect(),
            ExpressionKind::Not(inner)
            | ExpressionKind::Plus(inner)
            | ExpressionKind::Minus(inner)
            | ExpressionKind::Property { subject: inner, .. }
            | ExpressionKind::IsNull { subject: inner, .. }
            | ExpressionKind::HasLabels { subject: inner, .. } => vec![inner],
            ExpressionKind::Index { subject, index } => vec![subject, index],
            ExpressionKind::Slice { subject, from, to } => {
                [Some(subject), from.as_ref(), to.as_ref()].into_iter().flatten().map(|part| &**part).collect()
            }
            ExpressionKind::Binary { left, right, .. } => vec![left, right],
            ExpressionKind::Comparison { first, rest } => {
                std::iter::once(&**first).chain(rest.iter().map(|(_, operand)| operand)).collect()
            }
            ExpressionKind::Case { subject, branches, otherwise } => {
                let branches = branches.iter().flat_map(|(test, value)| [test, value]);
                subject.as_deref().into_iter().chain(branches).chain(otherwise.as_deref()).collect()
            }
            ExpressionKind::ListComprehension { list, condition, projection, .. } => {
                [Some(list), condition.as_ref(), projection.as_ref()]
                    .into_iter()
                    .flatten()
                    .map(|part| &**part)
                    .collect()
            }
            ExpressionKind::PatternComprehension { condition, projection, .. } => {
                condition.as_deref().into_iter().chain([&**projection]).collect()
            }
            ExpressionKind::Quantified { list, condition, .. } => {
                std::iter::once(&**list).chain(condition.as_deref()).collect()
            }
            ExpressionKind::Reduce { initial, list, step, .. } => vec![initial, list, step],
        }
    }

    /// The variables that a comprehension or its like brings for its later parts.
    pub(crate) fn own_variables(&self) -> Vec<&str> {
        match &self.kind {
            ExpressionKind::ListComprehension { variable, .. } | ExpressionKind::Quantified { variable, .. } => {
                vec![&variable.text]
            }
            ExpressionKind::Reduce { accumulator, variable, .. } => vec![&accumulator.text, &variable.text],
            _ => Vec::new(),
        }
    }
}
