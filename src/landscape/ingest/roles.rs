//! When two titles are one: 首席執行官, 执行长 and CEO. The titles are data/lexicon/roles.tsv.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use crate::names::normal_form;

/// Words in normal form, the longest first, each with its title.
static TITLES: LazyLock<Vec<(String, &'static str)>> = LazyLock::new(|| {
    let lines = include_str!("../../../data/lexicon/roles.tsv").lines().filter(|line| !line.starts_with('#'));
    let mut titles: Vec<(String, &'static str)> = lines
        .filter_map(|line| line.split_once('\t'))
        .flat_map(|(title, words)| words.split(',').map(move |word| (normal_form(word), title)))
        .collect();
    titles.sort_by_key(|(word, _)| std::cmp::Reverse(word.len()));
    titles
});

/// Whether two descriptions of a post mean one post: they share a title or, where they have none that is known, one
/// contains the other. A post that is not described can be any.
pub(super) fn are_one(a: Option<&str>, b: Option<&str>) -> bool {
    let (Some(a), Some(b)) = (a, b) else { return true };
    let (a, b) = (normal_form(a), normal_form(b));
    let (ours, theirs) = (titles(&a), titles(&b));
    if !ours.is_empty() && !theirs.is_empty() {
        return !ours.is_disjoint(&theirs);
    }
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    !short.is_empty() && long.contains(&short)
}

/// The titles that a description in normal form names.
fn titles(text: &str) -> BTreeSet<&'static str> {
    let mut found = BTreeSet::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let known = TITLES.iter().find_map(|(word, title)| Some((rest.strip_prefix(word.as_str())?, *title)));
        rest = match known {
            Some((behind, title)) => {
                found.insert(title);
                behind
            }
            None => rest.get(c.len_utf8()..).unwrap_or_default(),
        };
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_meet_across_scripts_and_languages() {
        for (a, b) in [
            ("董事長兼CEO", "Chairman and CEO"),
            ("創始人", "Co-founder & President"),
            ("執行長", "chief executive"),
            ("首席架构师", "首席架構師"),
            ("规划控制负责人", "負責人"),
        ] {
            assert!(are_one(Some(a), Some(b)), "{a} and {b}");
        }
        for (a, b) in [("副总裁", "总裁"), ("CTO", "CEO"), ("副董事長", "董事长"), ("litigator", "engineer")]
        {
            assert!(!are_one(Some(a), Some(b)), "{a} and {b}");
        }
        assert!(are_one(None, Some("CEO")));
    }
}
