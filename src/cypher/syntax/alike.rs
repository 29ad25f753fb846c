//! Expressions that say the same, wherever they stand.

use super::tree::{Expression, ExpressionKind as E};

/// Whether two expressions are the same but for their places in the text: `n.age` here and `n . age` there.
///
/// What brings variables of its own, and subqueries, are never the same as anything.
pub(crate) fn alike(a: &Expression, b: &Expression) -> bool {
    let same_head = match (&a.kind, &b.kind) {
        (E::Null, E::Null)
        | (E::CountStar, E::CountStar)
        | (E::List(_), E::List(_))
        | (E::Not(_), E::Not(_))
        | (E::Plus(_), E::Plus(_))
        | (E::Minus(_), E::Minus(_))
        | (E::Index { .. }, E::Index { .. }) => true,
        (E::Bool(a), E::Bool(b)) => a == b,
        (E::Int(a), E::Int(b)) => a == b,
        (E::Float(a), E::Float(b)) => a.to_bits() == b.to_bits(),
        (E::Text(a), E::Text(b)) | (E::Parameter(a), E::Parameter(b)) | (E::Variable(a), E::Variable(b)) => a == b,
        (E::Map(a), E::Map(b)) => a.iter().map(|(key, _)| &key.text).eq(b.iter().map(|(key, _)| &key.text)),
        (E::Property { key: a, .. }, E::Property { key: b, .. }) => a.text == b.text,
        (E::Slice { from: a, to: c, .. }, E::Slice { from: b, to: d, .. }) => {
            a.is_some() == b.is_some() && c.is_some() == d.is_some()
        }
        (E::Binary { operator: a, .. }, E::Binary { operator: b, .. }) => a == b,
        (E::Comparison { rest: a, .. }, E::Comparison { rest: b, .. }) => {
            a.iter().map(|(operator, _)| operator).eq(b.iter().map(|(operator, _)| operator))
        }
        (E::IsNull { negated: a, .. }, E::IsNull { negated: b, .. }) => a == b,
        (E::Function { name: a, distinct: c, .. }, E::Function { name: b, distinct: d, .. }) => {
            a.text.eq_ignore_ascii_case(&b.text) && c == d
        }
        (E::Case { subject: a, branches: c, otherwise: e }, E::Case { subject: b, branches: d, otherwise: f }) => {
            a.is_some() == b.is_some() && c.len() == d.len() && e.is_some() == f.is_some()
        }
        _ => false,
    };
    if !same_head {
        return false;
    }
    let (a, b) = (a.parts(), b.parts());
    a.len() == b.len() && a.into_iter().zip(b).all(|(a, b)| alike(a, b))
}
