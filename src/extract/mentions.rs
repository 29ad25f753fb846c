//! Where the names of the database stand in a document.

use std::collections::HashMap;

use crate::names::{Normal, is_han};
use crate::text::Text;

use super::Kind;
use super::known::KnownNames;

/// A known name in a text.
#[derive(Debug, Clone)]
pub(super) struct KnownPlace {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) entities: Vec<(u32, Kind)>,
}

/// The known names of a document, by where they begin.
#[derive(Debug, Default)]
pub(super) struct KnownPlaces {
    places: Vec<KnownPlace>,
}

impl KnownPlaces {
    /// Looks all names up, at each place the longest, without overlaps.
    ///
    /// Linear in the length of the text times that of the names that begin at a place.
    pub(super) fn find(text: &Text<'_>, document: &str, known: &dyn KnownNames) -> Self {
        if known.is_empty() {
            return Self::default();
        }
        let normal = Normal::new(document);
        let mut places: Vec<KnownPlace> = Vec::new();
        let mut past = 0;
        // Most places are ruled out by their first two characters.
        let mut beginnings: HashMap<(char, char), bool> = HashMap::new();
        for at in normal.boundaries() {
            if at < past {
                continue;
            }
            let rest = normal.text().get(at..).unwrap_or_default();
            let mut two = rest.char_indices();
            let (Some(first), Some((_, second))) = (two.next(), two.next()) else { continue };
            let length = two.next().map_or(rest.len(), |(third, _)| third);
            let begins = *beginnings
                .entry((first.1, second))
                .or_insert_with(|| known.may_begin_with(rest.get(..length).unwrap_or_default()));
            if !begins {
                continue;
            }
            // The longest name that is written as one.
            let fitting = known.starting_at(&normal, at).into_iter().find_map(|found| {
                let span = normal.original_chars(found.start..found.end);
                let (first, last) = (u32::try_from(span.start).ok()?, u32::try_from(span.end).ok()?);
                let (start, end) = (text.position(first), text.position(last));
                let fits = is_written_as_name(text, start, end) && !leaves_a_bracket_open(text, start, end);
                fits.then_some((found, start, end))
            });
            let Some((found, start, end)) = fitting else { continue };
            past = found.end;
            places.push(KnownPlace { start, end, entities: found.entities });
        }
        Self { places }
    }

    /// The name that begins at a position.
    pub(super) fn at(&self, at: usize) -> Option<&KnownPlace> {
        self.places.binary_search_by_key(&at, |place| place.start).ok().and_then(|found| self.places.get(found))
    }
}

/// Whether a stretch ends inside brackets that it opens: normal forms have none, so GLM(General Language Model is as good as
/// GLM (General Language Model) there.
fn leaves_a_bracket_open(text: &Text<'_>, start: usize, end: usize) -> bool {
    let count = |brackets: [char; 2]| (start..end).filter(|at| brackets.contains(&text.raw(*at))).count();
    count(['(', '（']) != count([')', '）'])
}

/// Whether a stretch that reads like a name is written as one: with a Chinese character, a capital or a digit.
fn is_written_as_name(text: &Text<'_>, start: usize, end: usize) -> bool {
    let mut chars = start..end;
    end > start + 1
        && chars.any(|at| is_han(text.at(at)) || text.raw(at).is_uppercase() || text.raw(at).is_ascii_digit())
}
