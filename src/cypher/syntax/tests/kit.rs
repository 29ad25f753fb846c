//! Every query of the compatibility kit.

use super::read;
use crate::cypher::kit;

/// The details that the parser tells; the other compile-time errors are for the checks.
const OF_SYNTAX: &[&str] = &[
    "UnexpectedSyntax", "IntegerOverflow", "FloatingPointOverflow", "InvalidNumberLiteral", "InvalidUnicodeLiteral",
    "InvalidUnicodeCharacter", "InvalidRelationshipPattern",
];

#[test]
fn queries_of_the_kit_parse() {
    let Some(scenarios) = kit::scenarios() else { return };
    assert_eq!(scenarios.len(), 3_595, "scenarios are missing from the kit");
    let mut failures = Vec::new();
    for scenario in &scenarios {
        for text in &scenario.others {
            if let Err(error) = read(text) {
                failures.push(format!("{}: {error}\n{}", scenario.name, error.excerpt().unwrap_or_default()));
            }
        }
        let expected = scenario.error.as_ref().filter(|(detail, compile)| *compile && OF_SYNTAX.contains(&&**detail));
        match (read(&scenario.query), expected) {
            (Err(error), Some((detail, _))) if error.detail().word() == detail => {}
            (Err(error), _) => {
                let excerpt = error.excerpt().unwrap_or_default();
                failures.push(format!("{}: {:?} {error}\n{excerpt}", scenario.name, error.detail()));
            }
            // Patterns where they must not stand parse, and are refused by the checks.
            (Ok(_), Some((detail, _))) if detail != "UnexpectedSyntax" => {
                failures.push(format!("{}: no {detail}\n{}", scenario.name, scenario.query));
            }
            (Ok(_), _) => {}
        }
    }
    assert!(failures.is_empty(), "{} failures\n{}", failures.len(), failures.join("\n\n"));
}
