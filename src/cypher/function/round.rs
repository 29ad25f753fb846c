//! `round`: to decimal places, on the digits that a reader sees.
//!
//! 1.005 is a little less than 1.005 in binary, but `round(1.005, 2)` is 1.01: what is rounded is the shortest decimal text
//! that stands for the float.

use super::Graph;
use crate::cypher::value::Value;
use crate::cypher::{Detail, Kind, QueryError};

/// What happens to digits that are cut off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mode {
    /// Away from zero.
    Up,
    /// Towards zero.
    Down,
    /// Towards positive infinity.
    Ceiling,
    /// Towards negative infinity.
    Floor,
    /// To the nearer; from the middle away from zero.
    HalfUp,
    /// To the nearer; from the middle towards zero.
    HalfDown,
    /// To the nearer; from the middle to the even digit.
    HalfEven,
}

impl Mode {
    fn parse(text: &str) -> Option<Self> {
        Some(match text.to_ascii_uppercase().as_str() {
            "UP" => Self::Up,
            "DOWN" => Self::Down,
            "CEILING" => Self::Ceiling,
            "FLOOR" => Self::Floor,
            "HALF_UP" => Self::HalfUp,
            "HALF_DOWN" => Self::HalfDown,
            "HALF_EVEN" => Self::HalfEven,
            _ => return None,
        })
    }

    /// Whether the last kept digit grows by one; `rest` is what is cut off, compared with half of that digit's unit.
    fn grows(self, negative: bool, last_is_odd: bool, rest: std::cmp::Ordering) -> bool {
        match self {
            Self::Up => true,
            Self::Down => false,
            Self::Ceiling => !negative,
            Self::Floor => negative,
            Self::HalfUp => rest.is_ge(),
            Self::HalfDown => rest.is_gt(),
            Self::HalfEven => rest.is_gt() || rest.is_eq() && last_is_odd,
        }
    }
}

/// More places than a float has.
const MOST_PLACES: i64 = 400;

pub(super) fn round(_: &dyn Graph, arguments: &[Value]) -> Result<Value, QueryError> {
    let places = match arguments.get(1) {
        Some(Value::Int(places @ 0..)) => (*places).min(MOST_PLACES),
        Some(other) => {
            let message = format!(
                "round: the places must be an integer from 0 up, found {}",
                other.plain_text().unwrap_or_default()
            );
            return Err(QueryError::run(Kind::ArgumentError, Detail::NumberOutOfRange, message));
        }
        None => 0,
    };
    let mode = match arguments.get(2) {
        Some(Value::Text(mode)) => Some(Mode::parse(mode).ok_or_else(|| {
            let message = format!("round: '{mode}' is no mode");
            QueryError::run(Kind::ArgumentError, Detail::InvalidArgumentValue, message)
                .with_hint("modes are UP, DOWN, CEILING, FLOOR, HALF_UP, HALF_DOWN and HALF_EVEN")
        })?),
        _ => None,
    };
    let Some(number) = arguments.first().and_then(Value::as_float) else { return Ok(Value::Null) };
    Ok(Value::Float(match mode {
        // Without places and mode ties go towards positive infinity, as everywhere in the language.
        None if arguments.len() == 1 => nearest(number),
        mode => round_decimal(number, usize::try_from(places).unwrap_or(0), mode.unwrap_or(Mode::HalfUp)),
    }))
}

fn nearest(number: f64) -> f64 {
    let below = number.floor();
    if number - below >= 0.5 { below + 1.0 } else { below }
}

/// Rounds the shortest decimal text of `number`.
fn round_decimal(number: f64, places: usize, mode: Mode) -> f64 {
    if !number.is_finite() {
        return number;
    }
    // Display writes a float in full, without an exponent.
    let text = number.abs().to_string();
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    if fraction.len() <= places {
        return number;
    }
    let (kept, cut) = fraction.split_at(places);
    let rest = match cut.as_bytes() {
        [b'5', more @ ..] if more.iter().all(|digit| *digit == b'0') => std::cmp::Ordering::Equal,
        [first, ..] => first.cmp(&b'5').then(std::cmp::Ordering::Greater),
        [] => std::cmp::Ordering::Less,
    };
    let mut digits: Vec<u8> = whole.bytes().chain(kept.bytes()).collect();
    let last_is_odd = digits.last().is_some_and(|digit| digit % 2 == 1);
    if mode.grows(number.is_sign_negative(), last_is_odd, rest) {
        increment(&mut digits);
    }
    let at = digits.len() - places;
    let (whole, fraction) = digits.split_at(at);
    let text = [whole, b".", fraction].concat();
    let rounded = std::str::from_utf8(&text).ok().and_then(|text| text.parse::<f64>().ok()).unwrap_or(number);
    rounded.copysign(number)
}

/// Adds one to a number of decimal digits.
fn increment(digits: &mut Vec<u8>) {
    for digit in digits.iter_mut().rev() {
        if *digit < b'9' {
            *digit += 1;
            return;
        }
        *digit = b'0';
    }
    digits.insert(0, b'1');
}
