//! The compile-time errors of the compatibility kit, and no others.

use super::{Procedures, judge};
use crate::cypher::kit;

#[test]
fn errors_of_the_kit() {
    let Some(scenarios) = kit::scenarios() else { return };
    let mut failures = Vec::new();
    for scenario in &scenarios {
        let procedures = Procedures::new(scenario.procedures.iter().map(String::as_str));
        let parameters: Vec<&str> = scenario.parameters.iter().map(String::as_str).collect();
        for text in &scenario.others {
            if let Err(error) = judge(text, &procedures, None) {
                failures.push(format!("{}: {error}\n{}", scenario.name, error.excerpt().unwrap_or_default()));
            }
        }
        let found = judge(&scenario.query, &procedures, Some(&parameters));
        match (&scenario.error, found) {
            (Some((detail, true)), Err(error)) if error.detail().word() == detail => {}
            // Errors of the run may show before it, if they are the same, where the kit leaves the time open.
            (Some((detail, false)), Err(error)) if error.detail().word() == detail || detail == "*" => {}
            (Some((_, false)) | None, Ok(())) => {}
            (expected, Ok(())) => failures.push(format!("{}: no {expected:?}\n{}", scenario.name, scenario.query)),
            (expected, Err(error)) => {
                let excerpt = error.excerpt().unwrap_or_default();
                let detail = error.detail();
                failures.push(format!("{}: {detail:?} {error}, expected {expected:?}\n{excerpt}", scenario.name));
            }
        }
    }
    assert!(failures.is_empty(), "{} failures\n{}", failures.len(), failures.join("\n\n"));
}
