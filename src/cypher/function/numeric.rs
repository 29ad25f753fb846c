//! Functions on numbers.

use super::Graph;
use super::round::round;
use super::signature::{Function, arguments};
use crate::cypher::value::{Types, Value};
use crate::cypher::{Detail, Kind, QueryError};

/// A function from floats to floats.
macro_rules! float {
    ($name:literal, $doc:literal, $body:expr) => {
        Function::new($name, arguments!(number: NUMBER), Types::FLOAT, $doc, |_, arguments| apply(arguments, $body))
    };
}

/// A constant.
macro_rules! constant {
    ($name:literal, $doc:literal, $value:expr) => {
        Function::new($name, arguments!(), Types::FLOAT, $doc, |_, _| Ok(Value::Float($value)))
    };
}

pub(super) const FUNCTIONS: &[Function] = &[
    Function::new("abs", arguments!(number: NUMBER), Types::NUMBER, "The distance from zero.", abs),
    Function::new("sign", arguments!(number: NUMBER), Types::INT, "-1, 0 or 1, as the number is.", sign),
    Function::new(
        "round",
        arguments!(number: NUMBER, places: INT, mode: TEXT),
        Types::FLOAT,
        "The nearest number with so many decimal places, none unless said; the mode is UP, DOWN, CEILING, FLOOR, \
         HALF_UP, HALF_DOWN or HALF_EVEN.",
        round,
    )
    .requiring(1),
    float!("ceil", "The smallest whole number that is not below.", f64::ceil),
    float!("floor", "The greatest whole number that is not above.", f64::floor),
    float!("sqrt", "The square root; NaN of a negative number.", f64::sqrt),
    float!("exp", "e to that power.", f64::exp),
    float!("log", "The natural logarithm.", f64::ln),
    float!("ln", "The natural logarithm.", f64::ln),
    float!("log10", "The logarithm to base 10.", f64::log10),
    constant!("e", "The base of the natural logarithm.", std::f64::consts::E),
    constant!("pi", "The circumference of a circle of diameter 1.", std::f64::consts::PI),
    float!("sin", "The sine of an angle in radians.", f64::sin),
    float!("cos", "The cosine of an angle in radians.", f64::cos),
    float!("tan", "The tangent of an angle in radians.", f64::tan),
    float!("cot", "The cotangent of an angle in radians.", |angle| angle.tan().recip()),
    float!("asin", "The angle with that sine, in radians.", f64::asin),
    float!("acos", "The angle with that cosine, in radians.", f64::acos),
    float!("atan", "The angle with that tangent, in radians.", f64::atan),
    Function::new(
        "atan2",
        arguments!(y: NUMBER, x: NUMBER),
        Types::FLOAT,
        "The angle of the point (x, y), in radians.",
        atan2,
    ),
    float!("sinh", "The hyperbolic sine.", f64::sinh),
    float!("cosh", "The hyperbolic cosine.", f64::cosh),
    float!("tanh", "The hyperbolic tangent.", f64::tanh),
    float!("coth", "The hyperbolic cotangent.", |number| number.tanh().recip()),
    float!("degrees", "Radians as degrees.", f64::to_degrees),
    float!("radians", "Degrees as radians.", f64::to_radians),
    float!("haversin", "Half of one less the cosine of an angle in radians.", |angle| (angle / 2.0).sin().powi(2)),
    Function::new("isNaN", arguments!(number: NUMBER), Types::BOOL, "Whether the number is NaN.", is_nan),
];

fn apply(arguments: &[Value], body: fn(f64) -> f64) -> Result<Value, QueryError> {
    Ok(arguments.first().and_then(Value::as_float).map(body).into())
}

fn abs(_: &dyn Graph, arguments: &[Value]) -> Result<Value, QueryError> {
    Ok(match arguments {
        [Value::Int(number)] => Value::Int(number.checked_abs().ok_or_else(|| {
            let message = format!("abs({number}) does not fit in an integer of 64 bits");
            QueryError::run(Kind::ArithmeticError, Detail::IntegerOverflow, message)
        })?),
        [Value::Float(number)] => Value::Float(number.abs()),
        _ => Value::Null,
    })
}

fn sign(_: &dyn Graph, arguments: &[Value]) -> Result<Value, QueryError> {
    Ok(match arguments {
        [Value::Int(number)] => Value::Int(number.signum()),
        // NaN has no sign; it counts as 0.
        [Value::Float(number)] => Value::Int(i64::from(*number > 0.0) - i64::from(*number < 0.0)),
        _ => Value::Null,
    })
}

fn atan2(_: &dyn Graph, arguments: &[Value]) -> Result<Value, QueryError> {
    let [y, x] = arguments else { return Ok(Value::Null) };
    Ok(y.as_float().zip(x.as_float()).map(|(y, x)| y.atan2(x)).into())
}

fn is_nan(_: &dyn Graph, arguments: &[Value]) -> Result<Value, QueryError> {
    Ok(arguments.first().and_then(Value::as_float).map(f64::is_nan).into())
}
