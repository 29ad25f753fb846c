//! The name that a misspelt one was meant to be.

/// Words longer than this are not compared.
const LONGEST: usize = 48;

/// The candidate that differs least from `word`, if it differs by few typing errors: one in words of up to five
/// characters, two in longer ones; words of one or two characters are too short to tell.
///
/// Case does not count as a difference. Of equally near candidates the first is taken.
pub(crate) fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word: Vec<char> = word.chars().flat_map(char::to_lowercase).collect();
    let allowed = match word.len() {
        0 => return None,
        1..=2 => 0,
        3..=5 => 1,
        6..=LONGEST => 2,
        _ => return None,
    };
    let mut best = None;
    for candidate in candidates {
        let letters: Vec<char> = candidate.chars().flat_map(char::to_lowercase).collect();
        if letters.len().abs_diff(word.len()) > allowed {
            continue;
        }
        let errors = distance(&word, &letters);
        if errors <= allowed && best.is_none_or(|(least, _)| errors < least) {
            best = Some((errors, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// How many characters are missing, added, replaced, or swapped with their neighbour between two words: the optimal
/// string alignment distance of Damerau (1964), with three rows of the table.
fn distance(from: &[char], to: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=to.len()).collect();
    let mut last = None;
    for (i, a) in from.iter().enumerate() {
        let mut row = Vec::with_capacity(above.len());
        row.push(i + 1);
        let mut left = i + 1;
        let mut previous = None;
        for (j, (b, pair)) in to.iter().zip(above.windows(2)).enumerate() {
            let &[diagonal, up] = pair else { continue };
            let mut least = (diagonal + usize::from(a != b)).min(up + 1).min(left + 1);
            if previous == Some(a)
                && last == Some(b)
                && let Some(swapped) = j.checked_sub(1).and_then(|j| before.get(j))
            {
                least = least.min(swapped + 1);
            }
            row.push(least);
            left = least;
            previous = Some(b);
        }
        last = Some(a);
        before = std::mem::replace(&mut above, row);
    }
    above.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn typing_errors() {
        let words = ["MATCH", "MERGE", "RETURN", "WHERE", "WITH", "月之暗面"];
        for (word, meant) in [
            ("MTACH", Some("MATCH")),
            ("retrun", Some("RETURN")),
            ("WHRE", Some("WHERE")),
            ("MATCHES", Some("MATCH")),
            ("XYZ", None),
            ("WI", None),
            ("月之暗", Some("月之暗面")),
            ("", None),
        ] {
            assert_eq!(nearest(word, words), meant, "{word}");
        }
    }

    #[test]
    fn swaps_count_once() {
        assert_eq!(nearest("abcd", ["abdc"]), Some("abdc"));
        assert_eq!(nearest("abcdef", ["badcef", "abcdfe"]), Some("abcdfe"));
    }
}
