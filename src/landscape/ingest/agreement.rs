//! When two statements say the same, and when they contradict each other.

use crate::model::{Fact, Modality, PartialDate, Properties, Qualifier, Value};
use crate::names::{is_han, normal_form};

use super::roles;

/// Dates of one event that different reports give lie no further apart: announced here, closed there.
const NEAR_DAYS: i32 = 62;
/// A company does not raise two rounds of one name within this time.
const ROUND_DAYS: i32 = 400;
/// Amounts that differ by less than this share are one amount, rounded differently.
const ROUNDED: f64 = 0.02;
/// How far an amount may be from one that is stated as "about".
const ABOUT: f64 = 0.1;
/// Scores that differ by less are one score, rounded differently.
const SAME_SCORE: f64 = 0.051;

/// How what is stated stands to what is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Relation {
    /// They are about different things.
    Other,
    /// They say the same.
    Same,
    /// They are about the same thing, and cannot both be right.
    Conflict,
}

/// How two facts with the same subject, predicate and object stand to each other.
pub(super) fn relation(ours: &Fact, theirs: &Fact) -> Relation {
    let about = content(ours, theirs);
    match (ours.modality, theirs.modality) {
        (a, b) if a == b => about,
        // What is reported elsewhere is one more source for what somebody else states outright.
        (Modality::Reported, Modality::Asserted) => about,
        (Modality::Denied, Modality::Asserted | Modality::Reported)
        | (Modality::Asserted | Modality::Reported, Modality::Denied) => match about {
            Relation::Other => Relation::Other,
            _ => Relation::Conflict,
        },
        _ => Relation::Other,
    }
}

fn content(ours: &Fact, theirs: &Fact) -> Relation {
    let (a, b) = (&ours.properties, &theirs.properties);
    match ours.predicate.as_str() {
        "INVESTED_IN" => investment(a, b),
        "HAS_ROLE" | "PREVIOUSLY_AT" => match roles::are_one(text(a, "role"), text(b, "role")) {
            true => dated(a, b, &["from", "until", "to"]),
            false => Relation::Other,
        },
        "BENCHMARKED_AGAINST" => comparison(a, b),
        "EVALUATED_ON" => evaluation(a, b),
        _ => dated(a, b, &["date"]),
    }
}

/// Two statements of one thing, unless a date makes them contradict each other.
fn dated(a: &Properties, b: &Properties, keys: &[&str]) -> Relation {
    let conflict = keys.iter().any(|key| dates(date(a, key), date(b, key)) == Match::Differs);
    if conflict { Relation::Conflict } else { Relation::Same }
}

fn investment(a: &Properties, b: &Properties) -> Relation {
    let (rounds, series) = ((text(a, "round_id"), text(b, "round_id")), (series(a, "round"), series(b, "round")));
    let when = dates(date(a, "date"), date(b, "date"));
    let same = match (rounds, &series) {
        ((Some(ours), Some(theirs)), _) => ours == theirs,
        (_, (Some(ours), Some(theirs))) => ours == theirs && !far_apart(date(a, "date"), date(b, "date")),
        _ => match when {
            Match::Same => true,
            Match::Differs => false,
            // That somebody invested at all is what everybody who says more has said as well.
            Match::Unknown => series.0.is_none() && rounds.0.is_none() && date(a, "date").is_none(),
        },
    };
    if !same {
        return Relation::Other;
    }
    let lead = |of: &Properties| of.get("lead").and_then(Value::as_bool);
    let differs = matches!((lead(a), lead(b)), (Some(x), Some(y)) if x != y)
        || amounts(a, b, "investor_amount", "investor_currency", "investor_qualifier") == Match::Differs;
    if differs { Relation::Conflict } else { Relation::Same }
}

/// How high a model stands above the other one; nothing for a mere comparison.
fn rank(outcome: &str) -> Option<u8> {
    match outcome {
        "exceeds" => Some(3),
        "matches" => Some(2),
        "approaches" | "trails" => Some(1),
        _ => None,
    }
}

fn comparison(a: &Properties, b: &Properties) -> Relation {
    let same_scope = ["scope", "benchmark"].iter().all(|key| same_text(text(a, key), text(b, key)));
    let (ours, theirs) = (text(a, "outcome"), text(b, "outcome"));
    match (ours.zip(theirs), same_scope) {
        (_, false) => Relation::Other,
        (None, true) => Relation::Same,
        (Some((ours, theirs)), true) if ours == theirs => Relation::Same,
        (Some((ours, theirs)), true) => match rank(ours).zip(rank(theirs)) {
            Some((ours, theirs)) if ours != theirs => Relation::Conflict,
            _ => Relation::Other,
        },
    }
}

fn evaluation(a: &Properties, b: &Properties) -> Relation {
    if !same_text(text(a, "metric"), text(b, "metric")) || dates(date(a, "date"), date(b, "date")) == Match::Differs {
        return Relation::Other;
    }
    let number = |of: &Properties, key| of.get(key).and_then(Value::as_number);
    let compare = |key| match (number(a, key), number(b, key)) {
        (Some(x), Some(y)) if (x - y).abs() < SAME_SCORE => Match::Same,
        (Some(_), Some(_)) => Match::Differs,
        _ => Match::Unknown,
    };
    match (compare("score"), compare("rank")) {
        (Match::Differs, _) | (_, Match::Differs) => Relation::Conflict,
        (Match::Same, _) | (_, Match::Same) => Relation::Same,
        // One gives a score and the other a rank: two results.
        _ if number(a, "score").or(number(a, "rank")).is_some()
            && number(b, "score").or(number(b, "rank")).is_some() =>
        {
            Relation::Other
        }
        _ => Relation::Same,
    }
}

/// Whether two texts are one. A Chinese and an English one cannot be compared, and may be.
fn same_text(a: Option<&str>, b: Option<&str>) -> bool {
    let has_han = |text: &str| text.chars().any(is_han);
    match (a, b) {
        (Some(a), Some(b)) => has_han(a) != has_han(b) || normal_form(a) == normal_form(b),
        (a, b) => a.is_none() && b.is_none(),
    }
}

pub(super) fn text<'p>(of: &'p Properties, key: &str) -> Option<&'p str> {
    of.get(key).and_then(Value::as_text)
}

pub(super) fn date(of: &Properties, key: &str) -> Option<PartialDate> {
    of.get(key).and_then(Value::as_date)
}

/// The name of a round, when it is one: `A`, `pre-a`, `seed`, but not a date or the name of an investor.
pub(super) fn series(of: &Properties, key: &str) -> Option<String> {
    text(of, key).and_then(series_of)
}

/// The name of a round in small letters, when the text is one.
pub(super) fn series_of(text: &str) -> Option<String> {
    let series = text.to_lowercase().replace(' ', "-");
    let letters = series.strip_prefix("series-").unwrap_or(&series);
    let (stage, tail) = letters.split_at(letters.bytes().take_while(|b| b.is_ascii_lowercase() || *b == b'-').count());
    let is_tail = tail.len() <= 6 && tail.bytes().all(|b| b == b'+' || b.is_ascii_digit());
    let is_stage = matches!(stage, "pre-seed" | "seed" | "angel" | "pre-angel" | "pre-ipo" | "strategic" | "bridge")
        || stage.strip_prefix("pre-").unwrap_or(stage).len() == 1 && !stage.starts_with('-');
    (is_stage && is_tail).then(|| letters.to_owned())
}

/// How two values stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Match {
    /// One of them is not stated, or they cannot be compared.
    Unknown,
    /// They agree.
    Same,
    /// They do not.
    Differs,
}

/// Dates agree when one contains the other, or when they are so near that one event can bear both.
pub(super) fn dates(a: Option<PartialDate>, b: Option<PartialDate>) -> Match {
    let (Some(a), Some(b)) = (a, b) else { return Match::Unknown };
    if a.contains(b) || b.contains(a) || apart(a, b) <= NEAR_DAYS { Match::Same } else { Match::Differs }
}

/// Whether two dates are too far apart for one round.
pub(super) fn far_apart(a: Option<PartialDate>, b: Option<PartialDate>) -> bool {
    a.zip(b).is_some_and(|(a, b)| apart(a, b) > ROUND_DAYS)
}

/// How many days lie between two periods, about: months count 31 days, so that no gap is too small by much.
fn apart(a: PartialDate, b: PartialDate) -> i32 {
    fn day(date: PartialDate) -> i32 {
        let (month, day) = (i32::from(date.month().unwrap_or(1)), i32::from(date.day().unwrap_or(1)));
        i32::from(date.year()) * 372 + (month - 1) * 31 + day
    }
    if a.contains(b) || b.contains(a) {
        return 0;
    }
    let (first, then) = if a < b { (a, b) } else { (b, a) };
    day(then.first_day()) - day(first.last_day())
}

/// How two amounts with their currencies and qualifiers stand to each other. Nothing is converted: amounts in different
/// currencies cannot be compared.
pub(super) fn amounts(a: &Properties, b: &Properties, amount: &str, currency: &str, qualifier: &str) -> Match {
    let stated = |of: &Properties| {
        let number = of.get(amount).and_then(Value::as_number)?;
        Some((number, text(of, currency)?.to_owned(), text(of, qualifier).and_then(|sign| Qualifier::parse(sign).ok())))
    };
    let (Some((x, of_x, as_x)), Some((y, of_y, as_y))) = (stated(a), stated(b)) else { return Match::Unknown };
    if of_x != of_y {
        return Match::Unknown;
    }
    let near = |share: f64| (x - y).abs() <= share * x.abs().max(y.abs());
    let reaches = |limit: f64, other: f64, sign: Option<Qualifier>| match sign {
        Some(Qualifier::MoreThan | Qualifier::AtLeast) => other >= limit && other <= 1.5 * limit,
        Some(Qualifier::LessThan | Qualifier::AtMost) => other <= limit && 1.5 * other >= limit,
        Some(Qualifier::About) => near(ABOUT),
        None => false,
    };
    if near(ROUNDED) || reaches(x, y, as_x) || reaches(y, x, as_y) { Match::Same } else { Match::Differs }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{EntityId, FactId};

    fn fact(predicate: &str, properties: &[(&str, Value)], modality: Modality) -> Fact {
        Fact {
            id: FactId::new("a:1").unwrap(),
            subject: EntityId::new("investor:x").unwrap(),
            predicate: predicate.to_owned(),
            object: EntityId::new("startup:y").unwrap(),
            properties: properties.iter().map(|(key, value)| ((*key).to_owned(), value.clone())).collect(),
            modality,
            evidence: Vec::new(),
        }
    }

    fn text(text: &str) -> Value {
        Value::Text(text.to_owned())
    }

    fn day(text: &str) -> Value {
        Value::Date(text.parse().unwrap())
    }

    fn asserted(predicate: &str, a: &[(&str, Value)], b: &[(&str, Value)]) -> Relation {
        relation(&fact(predicate, a, Modality::Asserted), &fact(predicate, b, Modality::Asserted))
    }

    #[test]
    fn investments_are_told_apart_by_round_and_date() {
        let a = [("round", text("A")), ("date", day("2024-02")), ("lead", Value::Bool(true))];
        assert_eq!(asserted("INVESTED_IN", &a, &a), Relation::Same);
        assert_eq!(asserted("INVESTED_IN", &a, &[("round", text("B"))]), Relation::Other);
        assert_eq!(asserted("INVESTED_IN", &a, &[("date", day("2024"))]), Relation::Same);
        assert_eq!(asserted("INVESTED_IN", &a, &[("date", day("2021"))]), Relation::Other);
        assert_eq!(asserted("INVESTED_IN", &[], &a), Relation::Same);
        assert_eq!(asserted("INVESTED_IN", &a, &[]), Relation::Other);
        let trailing = [("round", text("A")), ("date", day("2024-02")), ("lead", Value::Bool(false))];
        assert_eq!(asserted("INVESTED_IN", &a, &trailing), Relation::Conflict);
    }

    #[test]
    fn a_denial_contradicts_and_a_plan_does_not() {
        let (denied, done) = (fact("ACQUIRED_BY", &[], Modality::Denied), fact("ACQUIRED_BY", &[], Modality::Asserted));
        let planned = fact("ACQUIRED_BY", &[], Modality::Planned);
        assert_eq!(relation(&denied, &done), Relation::Conflict);
        assert_eq!(relation(&done, &denied), Relation::Conflict);
        assert_eq!(relation(&planned, &done), Relation::Other);
        assert_eq!(relation(&fact("ACQUIRED_BY", &[], Modality::Reported), &done), Relation::Same);
    }

    #[test]
    fn results_of_one_test_must_agree() {
        let score = |score| [("score", Value::Float(score))];
        assert_eq!(asserted("EVALUATED_ON", &score(81.2), &score(81.2)), Relation::Same);
        assert_eq!(asserted("EVALUATED_ON", &score(81.2), &score(79.0)), Relation::Conflict);
        assert_eq!(asserted("EVALUATED_ON", &[("rank", Value::Int(1))], &score(79.0)), Relation::Other);
        let outcome = |outcome| [("outcome", text(outcome)), ("benchmark", text("MMLU"))];
        assert_eq!(asserted("BENCHMARKED_AGAINST", &outcome("exceeds"), &outcome("trails")), Relation::Conflict);
        assert_eq!(
            asserted("BENCHMARKED_AGAINST", &outcome("exceeds"), &[("outcome", text("trails"))]),
            Relation::Other
        );
    }

    #[test]
    fn roles_and_founding_dates() {
        let role = |role| [("role", text(role))];
        assert_eq!(asserted("HAS_ROLE", &role("董事長兼CEO"), &role("CEO")), Relation::Same);
        assert_eq!(asserted("HAS_ROLE", &role("CTO"), &role("CEO")), Relation::Other);
        assert_eq!(asserted("FOUNDED_BY", &[("date", day("2021"))], &[("date", day("2023-03"))]), Relation::Conflict);
        assert_eq!(asserted("FOUNDED_BY", &[("date", day("2023"))], &[("date", day("2023-03"))]), Relation::Same);
    }

    #[test]
    fn amounts_agree_as_far_as_they_are_exact() {
        let money = |amount: i64, currency: &str, sign: Option<&str>| -> Properties {
            let mut list = vec![("amount".to_owned(), Value::Int(amount)), ("currency".to_owned(), text(currency))];
            list.extend(sign.map(|sign| ("amount_qualifier".to_owned(), text(sign))));
            list.into_iter().collect()
        };
        let compare = |a: &Properties, b: &Properties| amounts(a, b, "amount", "currency", "amount_qualifier");
        assert_eq!(compare(&money(1_000, "USD", Some(">")), &money(1_200, "USD", None)), Match::Same);
        assert_eq!(compare(&money(1_000, "USD", None), &money(1_200, "USD", None)), Match::Differs);
        assert_eq!(compare(&money(1_000, "USD", None), &money(1_000, "CNY", None)), Match::Unknown);
        assert_eq!(compare(&money(1_000, "USD", Some("~")), &money(950, "USD", None)), Match::Same);
    }

    #[test]
    fn names_of_rounds() {
        for round in ["A", "Pre-A+", "B3", "Seed", "Series C", "Angel", "Pre-IPO", "Strategic", "A+++++"] {
            assert!(series_of(round).is_some(), "{round}");
        }
        assert_eq!(series_of("Series A"), series_of("a"));
        for other in ["2023-11", "Amazon 2023", "latest", "first round", "", "2023 total"] {
            assert_eq!(series_of(other), None, "{other}");
        }
    }
}
