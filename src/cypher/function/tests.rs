//! The function library.

use std::sync::Arc;

use proptest::prelude::*;

use super::*;
use crate::cypher::value::tests::values;
use crate::cypher::value::{Map, NodeId, RelationshipId, Value};
use crate::cypher::{Detail, Kind, QueryError};

/// A graph without nodes and relationships.
pub(crate) struct NoGraph;

fn none<T>() -> Result<T, QueryError> {
    Err(QueryError::run(Kind::EntityNotFound, Detail::DeletedEntityAccess, "there is nothing"))
}

impl Graph for NoGraph {
    fn labels(&self, _: NodeId) -> Result<Vec<Arc<str>>, QueryError> {
        none()
    }

    fn relationship_type(&self, _: RelationshipId) -> Result<Arc<str>, QueryError> {
        none()
    }

    fn ends(&self, _: RelationshipId) -> Result<(NodeId, NodeId), QueryError> {
        none()
    }

    fn node_property(&self, _: NodeId, _: &str) -> Result<Value, QueryError> {
        none()
    }

    fn relationship_property(&self, _: RelationshipId, _: &str) -> Result<Value, QueryError> {
        none()
    }

    fn node_properties(&self, _: NodeId) -> Result<Map, QueryError> {
        none()
    }

    fn relationship_properties(&self, _: RelationshipId) -> Result<Map, QueryError> {
        none()
    }

    fn node_key(&self, _: NodeId) -> Result<Arc<str>, QueryError> {
        none()
    }

    fn relationship_key(&self, _: RelationshipId) -> Result<Arc<str>, QueryError> {
        none()
    }

    fn degree(&self, _: NodeId, _: Side, _: Option<&str>) -> Result<u64, QueryError> {
        none()
    }

    fn names(&self, _: NodeId) -> Result<Vec<Arc<str>>, QueryError> {
        none()
    }

    fn evidence(&self, _: Subject) -> Result<Vec<Map>, QueryError> {
        none()
    }

    fn sources(&self, _: Subject) -> Result<Vec<Map>, QueryError> {
        none()
    }

    fn statement_time(&self) -> Moment {
        Moment { seconds: 1_709_164_800, nanos: 5_000_000 }
    }
}

fn call(name: &str, arguments: &[Value]) -> Result<Value, QueryError> {
    lookup(name).unwrap_or_else(|| panic!("no function {name}")).call(&NoGraph, arguments)
}

fn texts(parts: &[&str]) -> Value {
    Value::list(parts.iter().map(|part| Value::from(*part)).collect())
}

#[test]
fn names_are_unique_and_found_in_any_case() {
    let mut names: Vec<_> = all().map(|function| function.name.to_lowercase()).collect();
    names.extend(aggregate::AGGREGATES.iter().map(|aggregate| aggregate.name.to_lowercase()));
    let count = names.len();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), count);
    assert_eq!(lookup("DURATION.inseconds").map(|function| function.name), Some("duration.inSeconds"));
    assert!(lookup("nothing").is_none());
}

#[test]
fn every_function_says_what_it_does() {
    for function in all() {
        assert!(function.doc.ends_with('.') && function.doc.len() < 200, "{function}");
        assert!(function.required <= function.arguments.len(), "{function}");
    }
    assert_eq!(lookup("substring").unwrap().to_string(), "substring(text, start[, length])");
    assert_eq!(lookup("coalesce").unwrap().to_string(), "coalesce(value, ...)");
    assert_eq!(lookup("date").unwrap().to_string(), "date([from])");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    /// What the table of functions promises holds for any arguments: an answer of the types it names, or an error; null
    /// for null where it says so.
    #[test]
    fn functions_answer_as_they_promise(arguments in proptest::collection::vec(values(), 0..4)) {
        for function in all().filter(|function| function.takes(arguments.len())) {
            match function.call(&NoGraph, &arguments) {
                Ok(value) => {
                    prop_assert!(function.result.admit(&value), "{} of {:?} gave {:?}", function, arguments, value);
                    if function.strict && arguments.iter().any(Value::is_null) {
                        prop_assert!(value.is_null());
                    }
                    if function.stable && function.name != "timestamp" {
                        prop_assert_eq!(function.call(&NoGraph, &arguments).unwrap(), value);
                    }
                }
                Err(error) => prop_assert!(!error.message().is_empty()),
            }
        }
    }

    /// The same with arguments of the right types.
    #[test]
    fn functions_take_the_types_they_name(candidates in proptest::collection::vec(values(), 40)) {
        for function in all() {
            let fitting = |argument: &Argument| candidates.iter().find(|value| !value.is_null() && argument.types.admit(value));
            let arguments: Option<Vec<_>> = function.arguments.iter().map(|argument| fitting(argument).cloned()).collect();
            if let Some(Ok(value)) = arguments.map(|arguments| function.call(&NoGraph, &arguments)) {
                prop_assert!(function.result.admit(&value), "{} gave {:?}", function, value);
            }
        }
    }
}

#[test]
fn wrong_arguments_are_refused() {
    assert_eq!(call("abs", &[]).unwrap_err().detail(), Detail::InvalidNumberOfArguments);
    let error = call("abs", &["a".into()]).unwrap_err();
    assert_eq!((error.kind(), error.detail()), (Kind::TypeError, Detail::InvalidArgumentValue));
    assert_eq!(error.message(), "abs: number must be a number, found a string");
}

#[test]
fn positions_in_strings_count_characters() {
    let text = Value::from("月之暗面𠮷");
    assert_eq!(call("size", std::slice::from_ref(&text)).unwrap(), Value::Int(5));
    assert_eq!(call("substring", &[text.clone(), Value::Int(1), Value::Int(2)]).unwrap(), "之暗".into());
    assert_eq!(call("left", &[text.clone(), Value::Int(9)]).unwrap(), text);
    assert_eq!(call("right", &[text.clone(), Value::Int(2)]).unwrap(), "面𠮷".into());
    assert_eq!(call("reverse", &[text]).unwrap(), "𠮷面暗之月".into());
    assert_eq!(call("left", &["a".into(), Value::Int(-1)]).unwrap_err().detail(), Detail::NegativeIntegerArgument);
}

#[test]
fn strings_are_split_and_joined() {
    assert_eq!(call("split", &["a,b,,c".into(), ",".into()]).unwrap(), texts(&["a", "b", "", "c"]));
    assert_eq!(call("split", &["".into(), ",".into()]).unwrap(), texts(&[""]));
    assert_eq!(call("split", &["智谱".into(), "".into()]).unwrap(), texts(&["智", "谱"]));
    assert_eq!(call("split", &["a;b,c".into(), texts(&[",", ";"])]).unwrap(), texts(&["a", "b", "c"]));
    assert_eq!(call("join", &[texts(&["a", "b"]), "、".into()]).unwrap(), "a、b".into());
    assert_eq!(call("trim", &["xxaxx".into(), "x".into()]).unwrap(), "a".into());
    assert_eq!(call("ltrim", &["\u{3000} a ".into()]).unwrap(), "a ".into());
    assert_eq!(call("replace", &["aaa".into(), "a".into(), "b".into(), Value::Int(2)]).unwrap(), "bba".into());
    assert_eq!(call("normalize", &["Å".into(), "nfkd".into()]).unwrap(), "A\u{30A}".into());
}

#[test]
fn numbers_are_rounded_as_they_are_written() {
    let round = |number: f64, places: i64, mode: &str| {
        let Value::Float(rounded) = call("round", &[number.into(), Value::Int(places), mode.into()]).unwrap() else {
            unreachable!()
        };
        rounded
    };
    for (mode, plus, minus) in [
        ("UP", 1.3, -1.3),
        ("DOWN", 1.2, -1.2),
        ("CEILING", 1.3, -1.2),
        ("FLOOR", 1.2, -1.3),
        ("HALF_UP", 1.3, -1.3),
        ("HALF_DOWN", 1.2, -1.2),
        ("HALF_EVEN", 1.2, -1.2),
    ] {
        assert_eq!((round(1.25, 1, mode), round(-1.25, 1, mode)), (plus, minus), "{mode}");
    }
    assert_eq!(round(1.005, 2, "half_up"), 1.01);
    assert_eq!(round(9.99, 1, "UP"), 10.0);
    assert_eq!(round(1e300, 2, "UP"), 1e300);
    assert_eq!(round(0.04, 1, "DOWN"), 0.0);
    for (number, rounded) in [(2.5, 3.0), (-2.5, -2.0), (-0.4, 0.0), (0.499_999_999_999_999_94, 0.0), (1e17, 1e17)] {
        assert_eq!(call("round", &[number.into()]).unwrap(), Value::Float(rounded), "{number}");
    }
    assert!(call("round", &[Value::Float(1.0), Value::Int(-1)]).is_err());
    assert!(call("round", &[Value::Float(1.0), Value::Int(1), "SIDEWAYS".into()]).is_err());
}

#[test]
fn conversions_refuse_what_is_not_certain() {
    assert_eq!(call("toInteger", &[" 42 ".into()]).unwrap(), Value::Int(42));
    assert_eq!(call("toInteger", &["9223372036854775807".into()]).unwrap(), Value::Int(i64::MAX));
    assert_eq!(call("toInteger", &["9223372036854775808".into()]).unwrap_err().detail(), Detail::IntegerOverflow);
    assert_eq!(call("toInteger", &[Value::Float(-1e19)]).unwrap_err().detail(), Detail::IntegerOverflow);
    assert_eq!(call("toIntegerOrNull", &[Value::Float(-1e19)]).unwrap(), Value::Null);
    for text in ["inf", "nan", "1e", "0x10", "１", ""] {
        assert_eq!(call("toFloat", &[text.into()]).unwrap(), Value::Null, "{text}");
    }
    assert_eq!(call("toFloat", &["-.5e1".into()]).unwrap(), Value::Float(-5.0));
    assert_eq!(call("toIntegerList", &[texts(&["1", "x"])]).unwrap(), Value::list(vec![Value::Int(1), Value::Null]));
    assert_eq!(call("toString", &[Value::Float(1.0)]).unwrap(), "1.0".into());
}

#[test]
fn ranges_hold_what_a_loop_gives() {
    for (start, end, step) in [(0, 10, 3), (10, 0, -3), (5, 5, -1), (0, -1, 1), (i64::MAX - 1, i64::MAX, 1)] {
        let mut numbers = Vec::new();
        let mut at = i128::from(start);
        while (step > 0 && at <= i128::from(end)) || (step < 0 && at >= i128::from(end)) {
            numbers.push(Value::Int(i64::try_from(at).unwrap()));
            at += i128::from(step);
        }
        assert_eq!(call("range", &[start, end, step].map(Value::Int)).unwrap(), Value::list(numbers));
    }
    let endless = call("range", &[Value::Int(i64::MIN), Value::Int(i64::MAX)]);
    assert_eq!(endless.unwrap_err().kind(), Kind::LimitExceeded);
}

#[test]
fn partial_dates_have_periods() {
    assert_eq!(call("year", &["2024-02".into()]).unwrap(), Value::Int(2024));
    assert_eq!(call("quarter", &["2024-11-02".into()]).unwrap(), "2024-Q4".into());
    assert_eq!(call("quarter", &["2024".into()]).unwrap(), Value::Null);
    let moment = call("datetime", &["2024-02-29T23:00-08:00".into()]).unwrap();
    assert_eq!(call("month", &[moment]).unwrap(), "2024-02".into());
    assert_eq!(call("lastDay", &["2024-02".into()]).unwrap(), call("date", &["2024-02-29".into()]).unwrap());
    assert_eq!(call("within", &["2024-02-25".into(), "2024-02".into()]).unwrap(), Value::Bool(true));
    assert!(call("quarter", &["soon".into()]).is_err());
    let amount = [Value::Int(2_500_000_000), "CNY".into(), "zh".into()];
    assert_eq!(call("money", &amount).unwrap(), "25亿元人民币".into());
    assert_eq!(
        call("normalForm", &["Moonshot　AI".into()]).unwrap(),
        call("normalForm", &["moonshot ai".into()]).unwrap()
    );
}

#[test]
fn clocks_of_a_statement_stand_still() {
    // 2024-02-29 is the day of the test's clock in UTC.
    assert_eq!(call("date", &[]).unwrap().temporal_text().unwrap(), "2024-02-29");
    assert_eq!(
        call("datetime.transaction", &["Asia/Shanghai".into()]).unwrap(),
        call("datetime.statement", &["Asia/Shanghai".into()]).unwrap()
    );
    assert_eq!(call("timestamp", &[]).unwrap(), Value::Int(1_709_164_800_005));
    let zone = Value::map([("timezone", "+01:00".into())]);
    assert_eq!(call("localtime", &[zone]).unwrap().temporal_text().unwrap(), "01:00:00.005");
}
