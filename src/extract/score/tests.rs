use super::*;
use crate::extract::{Document, NoNames, Options, extract};

const TEXT: &str = "Acme raised $5 million in a Series A round led by Index Ventures.";

fn key(facts: &str, forbidden: &str) -> Key {
    let entities = r#"{"name": "Index", "label": "Investor", "surfaces": ["Index Ventures"]}"#;
    Key::read(facts, entities, forbidden).unwrap()
}

#[test]
fn a_right_extraction_scores_full_and_a_wrong_key_does_not() {
    let found = extract(&Document::new(TEXT), &NoNames, Options::default());
    let facts = r#"
{"subject": "ACME", "predicate": "RAISED", "object": null, "props": {"amount": 5000000, "series": "Series A"}, "start": 0, "end": 20, "tier": "core"}
{"subject": "Index", "predicate": "INVESTED_IN", "object": "Acme", "props": {"lead": true}, "tier": "core"}
"#;
    let right = score(&found, &key(facts, ""));
    assert_eq!((right.all.right, right.all.wrong, right.all.missed), (2, 0, 0), "{:?}", right.errors);
    assert!(right.attribute_accuracy() == 1.0 && right.span_overlap() == 1.0 && right.all.f1() == 1.0);

    let other = facts.replace("5000000", "6000000").replace("\"ACME\"", "\"Apex\"");
    let wrong = score(&found, &key(&other, r#"{"subject": "Index", "predicate": "INVESTED_IN", "object": "Acme"}"#));
    assert_eq!((wrong.all.right, wrong.all.wrong, wrong.all.missed), (1, 1, 1));
    assert_eq!(wrong.forbidden.len(), 1);
}

#[test]
fn what_is_not_core_counts_neither_way() {
    let found = extract(&Document::new(TEXT), &NoNames, Options::default());
    let facts = r#"{"subject": "Acme", "predicate": "RAISED", "object": null, "tier": "optional"}
{"subject": "Apex", "predicate": "RAISED", "object": null, "tier": "implied"}
{"subject": "Index", "predicate": "INVESTED_IN", "object": "Acme", "tier": "core"}"#;
    let score = score(&found, &key(facts, ""));
    assert_eq!((score.all.right, score.all.wrong, score.all.missed), (1, 0, 0), "{:?}", score.errors);
}
