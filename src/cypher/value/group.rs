//! The sameness of `DISTINCT`, grouping, joins and `UNION`.

use std::cmp::Ordering;
use std::hash::{Hash, Hasher};
use std::mem::discriminant;

use super::{Value, number};

impl PartialEq for Value {
    /// Whether `DISTINCT` takes both for one: null is null and NaN is NaN, also in lists and maps; 1 is 1.0.
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Value {}

impl Hash for Value {
    fn hash<H: Hasher>(&self, state: &mut H) {
        match self {
            // A float that is a whole number is the same as that number, and all NaN are one.
            Self::Float(float) => match number::as_whole(*float) {
                Some(int) => Self::Int(int).hash(state),
                None if float.is_nan() => f64::NAN.to_bits().hash(state),
                None => float.to_bits().hash(state),
            },
            Self::Int(int) => {
                discriminant(self).hash(state);
                int.hash(state);
            }
            Self::Null => discriminant(self).hash(state),
            Self::Bool(truth) => truth.hash(state),
            Self::Text(text) => text.hash(state),
            Self::List(values) => values.hash(state),
            Self::Map(map) => map.hash(state),
            Self::Node(node) => node.hash(state),
            Self::Relationship(relationship) => relationship.hash(state),
            Self::Path(path) => path.hash(state),
            Self::Date(date) => date.hash(state),
            Self::LocalTime(time) => time.hash(state),
            Self::Time(time) => time.hash(state),
            Self::LocalDateTime(time) => time.hash(state),
            Self::DateTime(time) => time.hash(state),
            Self::Duration(duration) => duration.hash(state),
        }
    }
}
