//! Whole numbers and floats compared exactly, and the text of a float.

use std::cmp::Ordering;

/// 2^63 as a float: the first float above all whole numbers.
const BEYOND_INT: f64 = 9_223_372_036_854_775_808.0;

/// Compares by value, not by rounding the whole number to a float: 2^53 + 1 is greater than 2^53 as a float.
///
/// `None` for NaN.
pub(super) fn compare_mixed(int: i64, float: f64) -> Option<Ordering> {
    if float.is_nan() {
        return None;
    }
    if float >= BEYOND_INT {
        return Some(Ordering::Less);
    }
    if float < -BEYOND_INT {
        return Some(Ordering::Greater);
    }
    #[allow(clippy::cast_possible_truncation)] // between the bounds above
    let whole = float.trunc() as i64;
    Some(int.cmp(&whole).then_with(|| 0.0_f64.total_cmp(&(float.fract() + 0.0))))
}

/// The whole number that the float is, when it is one.
pub(super) fn as_whole(float: f64) -> Option<i64> {
    #[allow(clippy::cast_possible_truncation)] // checked first
    (float.fract() == 0.0 && (-BEYOND_INT..BEYOND_INT).contains(&float)).then_some(float as i64)
}

/// The order of floats with NaN last and equal to itself, and no difference between the two zeros.
pub(super) fn order_floats(a: f64, b: f64) -> Ordering {
    a.partial_cmp(&b).unwrap_or_else(|| a.is_nan().cmp(&b.is_nan()))
}

/// The shortest text that reads back as the same float; always with a point or an exponent, so that it stays a float.
pub(crate) fn float_text(float: f64) -> String {
    if float.is_nan() {
        "NaN".to_owned()
    } else if float.is_infinite() {
        if float > 0.0 { "Infinity".to_owned() } else { "-Infinity".to_owned() }
    } else {
        format!("{float:?}")
    }
}

impl super::Value {
    /// A number as a float; `None` for what is no number.
    #[allow(clippy::cast_precision_loss)] // whole numbers beyond 2^53 are rounded: a float is what was asked for
    pub(crate) fn as_float(&self) -> Option<f64> {
        match self {
            Self::Int(number) => Some(*number as f64),
            Self::Float(number) => Some(*number),
            _ => None,
        }
    }
}
