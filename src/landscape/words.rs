//! Words that a question names: predicates, labels and property keys, and what may have been meant by others.

use std::collections::BTreeSet;

use super::Error;

/// How many similar words are offered.
const NEAR: usize = 3;

/// Words are compared without case, and with spaces and hyphens as underscores.
fn folded(word: &str) -> String {
    word.trim().chars().map(|c| if matches!(c, ' ' | '-') { '_' } else { c }).flat_map(char::to_lowercase).collect()
}

/// The word among `known` that `word` stands for.
pub(super) fn find<'k>(known: impl IntoIterator<Item = &'k str>, word: &str) -> Option<&'k str> {
    let wanted = folded(word);
    known.into_iter().find(|known| folded(known) == wanted)
}

/// The error for a word that is not known, with the nearest known ones.
pub(super) fn unknown(what: &'static str, word: &str, known: &BTreeSet<&str>) -> Error {
    let wanted = folded(word);
    let mut near: Vec<(usize, &str)> = known
        .iter()
        .filter_map(|&known| {
            let other = folded(known);
            let errors = distance(&wanted, &other);
            // A part of the word is a good guess, too: invested for INVESTED_IN.
            let part = wanted.chars().count() > 2 && (other.contains(&wanted) || wanted.contains(&other));
            let allowed = 1 + wanted.chars().count() / 4;
            (part || errors <= allowed).then_some((errors, known))
        })
        .collect();
    near.sort_unstable();
    let near: Vec<String> = near.into_iter().take(NEAR).map(|(_, word)| word.to_owned()).collect();
    let all = known.iter().map(|&word| word.to_owned()).collect();
    Error::UnknownWord { what, word: word.to_owned(), near, all }
}

/// How many characters must be added, left out or replaced to make one word the other (Levenshtein 1966, by the rows of
/// Wagner and Fischer 1974). O(n m).
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (line, from) in (1..).zip(a.chars()) {
        let mut next = Vec::with_capacity(row.len());
        let mut left = line;
        next.push(left);
        for ((&to, &above_left), &above) in b.iter().zip(&row).zip(row.iter().skip(1)) {
            left = (left + 1).min(above + 1).min(above_left + usize::from(from != to));
            next.push(left);
        }
        row = next;
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_are_those_of_the_textbook() {
        for (a, b, errors) in [
            ("", "", 0),
            ("abc", "", 3),
            ("", "ab", 2),
            ("kitten", "sitting", 3),
            ("flaw", "lawn", 2),
            ("投资", "投", 1),
        ] {
            assert_eq!((distance(a, b), distance(b, a)), (errors, errors), "{a} {b}");
        }
    }

    #[test]
    fn words_are_found_in_any_spelling_and_near_ones_offered() {
        let known = BTreeSet::from(["FOUNDED_BY", "INVESTED_IN", "RAISED"]);
        assert_eq!(find(known.iter().copied(), "invested in"), Some("INVESTED_IN"));
        assert_eq!(find(known.iter().copied(), "INVESTEDIN"), None);
        for (word, expected) in [("INVESTD_IN", vec!["INVESTED_IN"]), ("founded", vec!["FOUNDED_BY"]), ("X", vec![])] {
            let Error::UnknownWord { near, .. } = unknown("predicate", word, &known) else { panic!("{word}") };
            assert_eq!(near, expected, "{word}");
        }
    }
}
