//! Arbitrary valid records, for property tests in every folder.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

use super::*;

/// Text as news brings it, and as nobody wants it: several scripts, quotation marks, control characters.
pub(crate) fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => "[a-zA-Z0-9 .-]{0,12}",
        3 => "[月之暗面智譜谱AI百川、。「」]{0,8}",
        1 => "\\PC{0,8}",
        1 => any::<String>(),
    ]
}

/// Text that is not blank.
pub(crate) fn name_text() -> impl Strategy<Value = String> {
    text().prop_map(|text| if text.trim().is_empty() { format!("x{text}") } else { text })
}

/// Ids of entities.
pub(crate) fn entity_id() -> impl Strategy<Value = EntityId> {
    "[a-z][a-z0-9-]{0,6}:[a-z0-9.+_-]{1,12}".prop_map(|id| EntityId::new(id).unwrap())
}

/// Ids of facts.
pub(crate) fn fact_id() -> impl Strategy<Value = FactId> {
    "[a-zA-Z0-9.:+_/-]{1,12}".prop_map(|id| FactId::new(id).unwrap())
}

/// Ids of sources.
pub(crate) fn source_id() -> impl Strategy<Value = SourceId> {
    "[a-zA-Z0-9.:+_/-]{1,12}".prop_map(|id| SourceId::new(id).unwrap())
}

/// Dates of every precision.
pub(crate) fn date() -> impl Strategy<Value = PartialDate> {
    (1u16..=9999, option::of((1u8..=12, option::of(1u8..=28)))).prop_map(|(year, rest)| {
        let (month, day) = rest.map_or((None, None), |(month, day)| (Some(month), day));
        PartialDate::new(year, month, day).unwrap()
    })
}

/// Languages, known and others.
pub(crate) fn language() -> impl Strategy<Value = Language> {
    prop_oneof!["en", "zh-Hans", "zh-Hant", "[a-z]{2,3}(-[A-Z][a-z]{3})?"].prop_map(Language::from)
}

/// Temporal values of every kind.
pub(crate) fn temporal() -> impl Strategy<Value = Temporal> {
    let day = "[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])";
    let clock = "[01][0-9]:[0-5][0-9](:[0-5][0-9](\\.[0-9]{1,9})?)?";
    let offset = "(Z|[+-]0[0-9]:[0-5][0-9])";
    let duration = "-?P([0-9]{1,3}Y)?([0-9]{1,2}M)?[0-9]{1,3}DT([0-9]{1,2}H)?-?[0-9]{1,2}(\\.[0-9]{1,9})?S";
    let of = |kind: TemporalKind, form: String| {
        let texts = proptest::string::string_regex(&form).unwrap();
        texts.prop_map(move |text| Temporal::new(kind, text).unwrap()).boxed()
    };
    prop_oneof![
        of(TemporalKind::Date, day.to_owned()),
        of(TemporalKind::LocalTime, clock.to_owned()),
        of(TemporalKind::Time, format!("{clock}{offset}")),
        of(TemporalKind::LocalDateTime, format!("{day}T{clock}")),
        of(TemporalKind::DateTime, format!("{day}T{clock}{offset}(\\[Asia/[A-Z][a-z]{{1,9}}\\])?")),
        of(TemporalKind::Duration, duration.to_owned()),
    ]
}

/// Finite numbers.
pub(crate) fn float() -> impl Strategy<Value = f64> {
    prop_oneof![
        any::<f64>().prop_filter("finite", |number| number.is_finite()),
        (-1000i32..1000).prop_map(|tenths| f64::from(tenths) / 10.0),
    ]
}

/// Values that a key without a type may hold.
pub(crate) fn any_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        any::<bool>().prop_map(Value::Bool),
        any::<i64>().prop_map(Value::Int),
        float().prop_map(Value::Float),
        text().prop_map(Value::Text),
        date().prop_map(|date| Value::Text(date.to_string())),
        date().prop_map(Value::Date),
        temporal().prop_map(Value::Temporal),
    ];
    leaf.prop_recursive(3, 12, 4, |inner| vec(inner, 0..4).prop_map(Value::List))
}

/// A key with a value that fits it.
pub(crate) fn property() -> impl Strategy<Value = (String, Value)> {
    let keyed = |keys: &'static [&'static str], value: BoxedStrategy<Value>| {
        (proptest::sample::select(keys), value).prop_map(|(key, value)| (key.to_owned(), value)).boxed()
    };
    prop_oneof![
        keyed(&["date", "from", "to", "as_of", "founded"], date().prop_map(Value::Date).boxed()),
        keyed(&["amount", "valuation", "round_amount"], (0..i64::MAX).prop_map(Value::Int).boxed()),
        keyed(
            &["score", "stake_pct", "rank"],
            prop_oneof![float().prop_map(Value::Float), any::<i64>().prop_map(Value::Int)].boxed()
        ),
        keyed(&["currency", "round_currency"], "[A-Z]{3}".prop_map(Value::Text).boxed()),
        keyed(
            &["qualifier", "amount_qualifier"],
            proptest::sample::select(&[">", ">=", "~", "<=", "<"][..])
                .prop_map(|sign| Value::Text(sign.to_owned()))
                .boxed()
        ),
        keyed(&["lead", "cumulative"], any::<bool>().prop_map(Value::Bool).boxed()),
        keyed(&["round_id", "claimed_by"], entity_id().prop_map(|id| Value::Text(id.as_str().to_owned())).boxed()),
        ("note|role|scope|备注", any_value()),
        // What only the query language sets.
        ("date|amount|lead|currency|round_id", any_value()),
        (text(), any_value())
            .prop_filter("open keys", |(key, _)| { vocabulary::property_type(key) == vocabulary::PropertyType::Any }),
    ]
}

/// A handful of properties.
pub(crate) fn properties() -> impl Strategy<Value = Properties> {
    vec(property(), 0..5).prop_map(|pairs| pairs.into_iter().collect())
}

/// Evidence, from the plain reference to a span that an extraction rule read.
pub(crate) fn evidence() -> impl Strategy<Value = Evidence> {
    let span = (any::<u32>(), any::<u32>()).prop_map(|(a, b)| Span { start: a.min(b), end: a.max(b) });
    let full = (
        source_id(),
        option::of(text()),
        option::of(span),
        option::of(text()),
        prop_oneof![Just(Evidence::CURATED.to_owned()), text()],
        prop_oneof![Just(1.0f32), 0.0f32..=1.0],
        option::of(entity_id()),
    )
        .prop_map(|(source, quote, span, row, rule, confidence, asserted_by)| Evidence {
            source,
            quote,
            span,
            row,
            rule,
            confidence,
            asserted_by,
        });
    prop_oneof![source_id().prop_map(Evidence::curated), full]
}

/// Names of every kind.
pub(crate) fn name() -> impl Strategy<Value = Name> {
    let kind = proptest::sample::select(&[NameKind::Canonical, NameKind::Alias, NameKind::Former, NameKind::Legal][..]);
    (name_text(), language(), kind, any::<bool>(), vec(evidence(), 0..3))
        .prop_map(|(text, language, kind, derived, evidence)| Name { text, language, kind, derived, evidence })
}

/// Claims with fitting values.
pub(crate) fn claim() -> impl Strategy<Value = Claim> {
    (property(), properties(), vec(evidence(), 1..3)).prop_map(|((key, value), qualifiers, evidence)| Claim {
        key,
        value,
        qualifiers,
        evidence,
    })
}

/// Entities that pass their own check.
pub(crate) fn entity() -> impl Strategy<Value = Entity> {
    (entity_id(), vec("Startup|Investor|模型|[A-Z][a-z]{1,5}", 0..3), vec(name(), 0..4), vec(claim(), 0..4))
        .prop_map(|(id, labels, names, claims)| Entity { id, labels, names, claims })
}

/// Facts that pass their own check.
pub(crate) fn fact() -> impl Strategy<Value = Fact> {
    let predicate = "INVESTED_IN|HAS_ROLE|投资|[A-Z_]{1,8}";
    let modality = proptest::sample::select(&Modality::ALL[..]);
    (fact_id(), entity_id(), predicate, entity_id(), properties(), modality, vec(evidence(), 1..4)).prop_map(
        |(id, subject, predicate, object, properties, modality, evidence)| Fact {
            id,
            subject,
            predicate,
            object,
            properties,
            modality,
            evidence,
        },
    )
}

/// Sources.
pub(crate) fn source() -> impl Strategy<Value = Source> {
    let reliability = proptest::sample::select(&[Reliability::A, Reliability::B, Reliability::C][..]);
    let words = (text(), text(), option::of(text()), option::of(text()), option::of(text()), option::of(text()));
    (source_id(), words, option::of(date()), option::of(language()), reliability).prop_map(
        |(id, (kind, title, publisher, url, content_hash, license), published, language, reliability)| Source {
            id,
            kind,
            title,
            publisher,
            url,
            published,
            language,
            content_hash,
            license,
            reliability,
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn what_is_made_here_is_valid(entity in entity(), fact in fact()) {
        prop_assert!(entity.check().is_ok(), "{:?}", entity.check());
        prop_assert!(fact.check().is_ok(), "{:?}", fact.check());
    }
}
