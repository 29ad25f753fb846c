//! The words of the field: labels, predicates and property keys that the project knows, and what their values are.
//!
//! The vocabulary is open. A label or predicate that is not listed here can be stored and queried; it only gets no
//! special treatment. What *is* listed must fit when it is imported: `date` holds a date, `lead` is true or false.

use super::{Currency, ModelError, Qualifier, Value};

/// Labels of entities, in the order in which cards and pictures prefer them.
pub const LABELS: &[&str] = &[
    "Startup", "Investor", "Company", "Person", "Model", "Product", "Benchmark", "FundingRound", "ResearchOrg", "City",
];

/// A predicate, what it joins, and how it is read from either side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Predicate {
    /// The name as stored and queried.
    pub name: &'static str,
    /// Labels that a subject usually has. Empty means any.
    pub from: &'static [&'static str],
    /// Labels that an object usually has. Empty means any.
    pub to: &'static [&'static str],
    /// Read from the subject: "Alibaba *invested in* Moonshot".
    pub forward: &'static str,
    /// Read from the object: "Moonshot *has the investor* Alibaba".
    pub backward: &'static str,
}

/// Labels of organisations.
pub const ORGANISATION: &[&str] = &["Startup", "Company", "Investor", "ResearchOrg"];
/// Labels of those who put money into something.
pub const BACKER: &[&str] = &["Investor", "Company", "Startup", "Person", "ResearchOrg"];
/// Labels of what is developed.
pub const MADE: &[&str] = &["Model", "Product"];

macro_rules! predicates {
    ($($name:literal $from:expr => $to:expr, $forward:literal, $backward:literal;)*) => {
        &[$(Predicate { name: $name, from: $from, to: $to, forward: $forward, backward: $backward }),*]
    };
}

/// The predicates that the project knows, in the order in which cards show them.
pub const PREDICATES: &[Predicate] = predicates! {
    "INVESTED_IN" BACKER => ORGANISATION, "invested in", "investors";
    "RAISED" ORGANISATION => &["FundingRound"], "raised", "raised by";
    "FOUNDED_BY" ORGANISATION => &["Person"], "founded by", "founded";
    "HAS_ROLE" &["Person"] => ORGANISATION, "roles", "people";
    "PREVIOUSLY_AT" &["Person"] => ORGANISATION, "previously at", "former people";
    "MOVED_TO" &["Person"] => ORGANISATION, "moved to", "joined by";
    "DEVELOPED_BY" MADE => ORGANISATION, "developed by", "developed";
    "DERIVED_FROM" MADE => MADE, "derived from", "basis of";
    "SAME_FAMILY" MADE => MADE, "same family", "same family";
    "BENCHMARKED_AGAINST" &["Model"] => &["Model"], "benchmarked against", "benchmarked by";
    "EVALUATED_ON" &["Model"] => &["Benchmark"], "evaluated on", "evaluations";
    "PUBLISHED_BY" &["Benchmark"] => ORGANISATION, "published by", "published";
    "PART_OF" &[] => &[], "part of", "parts";
    "ACQUIRED_BY" ORGANISATION => ORGANISATION, "acquired by", "acquired";
    "SUBSIDIARY_OF" ORGANISATION => ORGANISATION, "subsidiary of", "subsidiaries";
    "OWNS_STAKE" BACKER => ORGANISATION, "owns a stake in", "stake owned by";
    "CONTROLS" BACKER => ORGANISATION, "controls", "controlled by";
    "MANAGED_BY" ORGANISATION => ORGANISATION, "managed by", "manages";
    "SPUN_OUT_OF" ORGANISATION => ORGANISATION, "spun out of", "spin-outs";
    "LICENSED_TO" ORGANISATION => ORGANISATION, "licensed to", "licensed from";
    "COMPETES_WITH" ORGANISATION => ORGANISATION, "competes with", "competes with";
    "LOCATED_IN" ORGANISATION => &["City"], "located in", "home of";
};

/// The known predicate of that name.
#[must_use]
pub fn predicate(name: &str) -> Option<&'static Predicate> {
    PREDICATES.iter().find(|predicate| predicate.name == name)
}

/// Whether the label is one that the project knows.
#[must_use]
pub fn is_known_label(label: &str) -> bool {
    LABELS.contains(&label)
}

/// No label and no predicate has more bytes.
const LONGEST_LABEL: usize = 1000;

/// Whether the text can be a label or a predicate: any text can, if it is not empty or very long. The query language
/// puts what is no plain word ([`is_word`]) in backquotes.
#[must_use]
pub fn is_label(text: &str) -> bool {
    (1..=LONGEST_LABEL).contains(&text.len())
}

/// What a text must be for [`is_label`], for messages.
pub(super) const LABEL_FORM: &str = "text of 1 to 1000 bytes, such as Startup or INVESTED_IN";

/// How a label or predicate is spelled as a plain word: letters of any script, digits and `_`, not beginning with a digit.
#[must_use]
pub fn is_word(text: &str) -> bool {
    !text.is_empty()
        && text.len() <= 200
        && !text.starts_with(|c: char| c.is_numeric())
        && text.chars().all(|c| c == '_' || c.is_alphanumeric())
}

/// What the value of a property must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PropertyType {
    /// A [`Value::Date`].
    Date,
    /// A whole number of currency units.
    Amount,
    /// Any number.
    Number,
    /// A currency code.
    Currency,
    /// One of `>` `<` `~` `>=` `<=`.
    Qualifier,
    /// True or false.
    Bool,
    /// The id of an entity.
    Entity,
    /// Anything.
    Any,
}

/// What the value of property `key` must be; [`PropertyType::Any`] for keys that the project does not know.
#[must_use]
pub fn property_type(key: &str) -> PropertyType {
    match key {
        "date"
        | "from"
        | "to"
        | "until"
        | "as_of"
        | "founded"
        | "released"
        | "launched"
        | "listed_on"
        | "renamed_on"
        | "status_date"
        | "annual_ranking_published" => PropertyType::Date,
        "amount" | "round_amount" | "investor_amount" | "total_amount" | "total_invested" | "debt_assumed"
        | "valuation" | "valuation_sought" | "total_raised" => PropertyType::Amount,
        "stake_pct"
        | "score"
        | "score_from"
        | "score_to"
        | "rank"
        | "rank_domestic"
        | "votes"
        | "parameters"
        | "active_parameters"
        | "employees"
        | "issue_price"
        | "improvement_over_previous" => PropertyType::Number,
        "currency" | "round_currency" | "investor_currency" | "total_currency" | "debt_currency"
        | "valuation_currency" => PropertyType::Currency,
        "qualifier" | "amount_qualifier" | "valuation_qualifier" | "total_qualifier" => PropertyType::Qualifier,
        "lead" | "relayed" | "cumulative" | "existing" | "derived" => PropertyType::Bool,
        "round_id" | "benchmark" | "claimed_by" | "reported_by" | "relayed_by" => PropertyType::Entity,
        _ => PropertyType::Any,
    }
}

/// The keys that stand beside an amount of money and belong to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AmountKeys {
    /// The key of the amount.
    pub amount: &'static str,
    /// Keys of its currency; the first that is there counts.
    pub currency: &'static [&'static str],
    /// The key that says how exact the number is, where there is one.
    pub qualifier: Option<&'static str>,
}

/// The amounts of the project, each with the keys beside it.
pub const AMOUNTS: &[AmountKeys] = &[
    AmountKeys { amount: "amount", currency: &["currency"], qualifier: Some("amount_qualifier") },
    AmountKeys { amount: "round_amount", currency: &["round_currency"], qualifier: None },
    AmountKeys { amount: "investor_amount", currency: &["investor_currency"], qualifier: None },
    AmountKeys { amount: "total_amount", currency: &["total_currency"], qualifier: Some("total_qualifier") },
    AmountKeys { amount: "total_invested", currency: &["total_currency"], qualifier: Some("total_qualifier") },
    AmountKeys {
        amount: "total_raised",
        currency: &["total_currency", "currency"],
        qualifier: Some("total_qualifier"),
    },
    AmountKeys { amount: "debt_assumed", currency: &["debt_currency"], qualifier: None },
    AmountKeys {
        amount: "valuation",
        currency: &["valuation_currency", "currency"],
        qualifier: Some("valuation_qualifier"),
    },
    AmountKeys {
        amount: "valuation_sought",
        currency: &["valuation_currency", "currency"],
        qualifier: Some("valuation_qualifier"),
    },
];

/// The keys beside the amount `key`; none for what is no amount.
#[must_use]
pub fn amount_keys(key: &str) -> Option<&'static AmountKeys> {
    AMOUNTS.iter().find(|keys| keys.amount == key)
}

/// Checks one property's value against its key, as importers do. The store keeps what does not fit, too: the query
/// language may set any property to any value.
///
/// # Errors
/// [`ModelError::PropertyType`] when the kind does not fit, or the error of the value itself.
pub fn check_property(key: &str, value: &Value) -> Result<(), ModelError> {
    let refuse = |expected| Err(ModelError::PropertyType { key: key.to_owned(), found: value.kind(), expected });
    match (property_type(key), value) {
        (PropertyType::Any, value) if !value.is_finite() => refuse("finite numbers"),
        (PropertyType::Any, _)
        | (PropertyType::Date, Value::Date(_))
        | (PropertyType::Amount, Value::Int(0..))
        | (PropertyType::Number, Value::Int(_))
        | (PropertyType::Bool, Value::Bool(_)) => Ok(()),
        (PropertyType::Number, Value::Float(number)) if number.is_finite() => Ok(()),
        (PropertyType::Currency, Value::Text(code)) => Currency::parse(code).map(|_| ()),
        (PropertyType::Qualifier, Value::Text(sign)) => Qualifier::parse(sign).map(|_| ()),
        (PropertyType::Entity, Value::Text(id)) => super::EntityId::new(id.as_str()).map(|_| ()),
        (PropertyType::Date, _) => refuse("a date such as 2024, 2024-02 or 2024-02-25"),
        (PropertyType::Amount, _) => refuse("a whole number of currency units, not negative"),
        (PropertyType::Number, _) => refuse("a finite number"),
        (PropertyType::Bool, _) => refuse("true or false"),
        (PropertyType::Currency, _) => refuse("a currency code such as USD"),
        (PropertyType::Qualifier, _) => refuse("one of > < ~ >= <="),
        (PropertyType::Entity, _) => refuse("the id of an entity"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_may_be_chinese_but_not_numbers_or_spaces() {
        assert!(is_word("Startup") && is_word("投资机构") && is_word("INVESTED_IN"));
        assert!(!is_word("") && !is_word("a b") && !is_word("1a") && !is_word("a-b"));
    }

    #[test]
    fn every_predicate_is_listed_once() {
        for (i, one) in PREDICATES.iter().enumerate() {
            assert!(PREDICATES.iter().skip(i + 1).all(|other| other.name != one.name), "{}", one.name);
        }
        assert!(predicate("INVESTED_IN").is_some() && predicate("invested_in").is_none());
    }

    #[test]
    fn keys_beside_amounts_hold_what_they_should() {
        for keys in AMOUNTS {
            assert_eq!(property_type(keys.amount), PropertyType::Amount, "{}", keys.amount);
            assert!(keys.currency.iter().all(|key| property_type(key) == PropertyType::Currency), "{}", keys.amount);
            assert!(keys.qualifier.is_none_or(|key| property_type(key) == PropertyType::Qualifier), "{}", keys.amount);
        }
    }

    #[test]
    fn values_must_fit_their_keys() {
        assert!(check_property("amount", &Value::Int(3)).is_ok());
        assert!(check_property("amount", &Value::Int(-3)).is_err());
        assert!(check_property("amount", &Value::Text("3".into())).is_err());
        assert!(check_property("currency", &Value::Text("usd".into())).is_err());
        assert!(check_property("score", &Value::Float(f64::NAN)).is_err());
        assert!(check_property("anything", &Value::Float(f64::INFINITY)).is_err());
        assert!(check_property("anything", &Value::List(vec![Value::Float(f64::NAN)])).is_err());
        assert!(check_property("lead", &Value::Bool(true)).is_ok());
    }
}
