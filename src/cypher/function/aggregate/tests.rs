//! Aggregates against their definitions.

use proptest::prelude::*;

use super::*;
use crate::cypher::Detail;
use crate::cypher::value::Duration;

fn aggregate(name: &str, rows: &[Vec<Value>]) -> Result<Value, QueryError> {
    let mut accumulator = (lookup(name).unwrap().start)();
    for row in rows {
        accumulator.add(row)?;
    }
    accumulator.finish()
}

fn of(name: &str, values: &[Value]) -> Result<Value, QueryError> {
    aggregate(name, &values.iter().map(|value| vec![value.clone()]).collect::<Vec<_>>())
}

fn ints(numbers: &[i64]) -> Vec<Value> {
    numbers.iter().copied().map(Value::Int).collect()
}

#[test]
fn nothing_gives_what_the_language_says() {
    for values in [&[][..], &[Value::Null, Value::Null]] {
        assert_eq!(of("count", values).unwrap(), Value::Int(0));
        assert_eq!(of("COLLECT", values).unwrap(), Value::list(vec![]));
        assert_eq!(of("sum", values).unwrap(), Value::Int(0));
        assert_eq!(of("stdev", values).unwrap(), Value::Float(0.0));
        for name in ["avg", "min", "max"] {
            assert_eq!(of(name, values).unwrap(), Value::Null, "{name}");
        }
    }
    assert_eq!(aggregate("percentileDisc", &[]).unwrap(), Value::Null);
    assert_eq!(aggregate("percentileCont", &[vec![Value::Null, Value::Float(0.5)]]).unwrap(), Value::Null);
}

#[test]
fn sums_are_exact() {
    let most = i64::MAX;
    assert_eq!(of("sum", &ints(&[most, 1, -1])).unwrap(), Value::Int(most));
    assert_eq!(of("sum", &ints(&[most, 1])).unwrap_err().detail(), Detail::IntegerOverflow);
    assert!(matches!(of("sum", &[Value::Int(1), Value::Float(0.5)]).unwrap(), Value::Float(sum) if sum == 1.5));
    // Added one by one in floats this is 0.9999999999999999.
    assert_eq!(of("sum", &vec![Value::Float(0.1); 10]).unwrap(), Value::Float(1.0));
    assert_eq!(of("sum", &[Value::Float(f64::INFINITY), Value::Float(1.0)]).unwrap(), Value::Float(f64::INFINITY));
    assert_eq!(of("avg", &ints(&[most, most])).unwrap(), Value::Float(9_223_372_036_854_775_807.0));
    assert!(of("sum", &["a".into()]).is_err());
}

#[test]
fn durations_are_added_and_averaged() {
    let hours = |hours: i128| Value::from(Duration::new(0, 0, hours * 3_600_000_000_000).unwrap());
    assert_eq!(of("sum", &[hours(1), hours(2)]).unwrap(), hours(3));
    assert_eq!(of("avg", &[hours(1), Value::Null, hours(3)]).unwrap(), hours(2));
    assert!(of("sum", &[hours(1), Value::Int(1)]).is_err() && of("sum", &[Value::Int(1), hours(1)]).is_err());
}

#[test]
fn percentiles_lie_at_or_between_numbers() {
    let rows =
        |part: f64| ints(&[40, 10, 30, 20]).into_iter().map(|value| vec![value, part.into()]).collect::<Vec<_>>();
    for (part, discrete, continuous) in
        [(0.0, 10, 10.0), (0.25, 10, 17.5), (0.5, 20, 25.0), (0.51, 30, 25.3), (1.0, 40, 40.0)]
    {
        assert_eq!(aggregate("percentileDisc", &rows(part)).unwrap(), Value::Int(discrete), "{part}");
        let Value::Float(found) = aggregate("percentileCont", &rows(part)).unwrap() else { unreachable!() };
        assert!((found - continuous).abs() < 1e-12, "{part} {found}");
    }
    for part in [-0.1, 1.1, f64::NAN] {
        assert_eq!(aggregate("percentileDisc", &rows(part)).unwrap_err().detail(), Detail::NumberOutOfRange);
    }
}

proptest! {
    #[test]
    fn deviations_are_those_of_two_passes(numbers in proptest::collection::vec(-1e6..1e6_f64, 2..20)) {
        #[allow(clippy::cast_precision_loss)]
        let count = numbers.len() as f64;
        let mean = numbers.iter().sum::<f64>() / count;
        let squares: f64 = numbers.iter().map(|number| (number - mean).powi(2)).sum();
        let values: Vec<_> = numbers.iter().copied().map(Value::Float).collect();
        for (name, divisor) in [("stDev", count - 1.0), ("stDevP", count)] {
            let Value::Float(found) = of(name, &values).unwrap() else { unreachable!() };
            let expected = (squares / divisor).sqrt();
            prop_assert!((found - expected).abs() <= 1e-9 * expected.max(1.0), "{} {}", found, expected);
        }
    }

    #[test]
    fn extremes_are_the_ends_of_the_order(values in proptest::collection::vec(crate::cypher::value::tests::values(), 0..6)) {
        let known = || values.iter().filter(|value| !value.is_null());
        prop_assert_eq!(of("min", &values).unwrap(), known().min().cloned().unwrap_or_default());
        prop_assert_eq!(of("max", &values).unwrap(), known().max().cloned().unwrap_or_default());
        prop_assert_eq!(of("collect", &values).unwrap(), Value::list(known().cloned().collect()));
    }

    #[test]
    fn sums_of_floats_hardly_depend_on_their_order(numbers in proptest::collection::vec(-1e12..1e12_f64, 0..20)) {
        let values: Vec<_> = numbers.iter().copied().map(Value::Float).collect();
        let backwards: Vec<_> = values.iter().rev().cloned().collect();
        let (a, b) = (of("sum", &values).unwrap(), of("sum", &backwards).unwrap());
        if let (Value::Float(a), Value::Float(b)) = (a, b) {
            prop_assert!((a - b).abs() <= 1e-3 * f64::EPSILON * 1e15, "{} {}", a, b);
        }
    }
}
