//! Reading a JSON object whose keys are known: unknown, repeated and missing keys are refused with the nearest name.
//!
//! serde's derived code reads objects too, but it only lists all fields where a near one would help, and it buffers
//! objects whose kind is told by a key, which loses the position in the line.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};

use crate::model::ModelError;

/// A kind of object, being filled key by key.
pub(super) trait Shape: Default {
    /// What the object becomes.
    type Whole;
    /// The kind with its article, for messages.
    const NAME: &'static str;
    /// The keys, for messages.
    const KEYS: &'static [&'static str];

    /// Reads the value of `key`. For a key that is not in the shape it returns [`unknown_key`].
    fn read<'de, A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<(), A::Error>;

    /// Puts the parts together.
    fn finish(self) -> Result<Self::Whole, String>;
}

/// Reads an object of a shape.
pub(super) struct Object<S>(PhantomData<S>);

/// A seed for an object of shape `S`.
pub(super) fn object<S: Shape>() -> Object<S> {
    Object(PhantomData)
}

impl<S> Clone for Object<S> {
    fn clone(&self) -> Self {
        Self(PhantomData)
    }
}

impl<'de, S: Shape> DeserializeSeed<'de> for Object<S> {
    type Value = S::Whole;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<S::Whole, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de, S: Shape> Visitor<'de> for Object<S> {
    type Value = S::Whole;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} in braces", S::NAME)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<S::Whole, A::Error> {
        let first = map.next_key()?;
        fill::<S, A>(first, map)
    }
}

/// Fills a shape from `map`, whose first key has been read already.
pub(super) fn fill<'de, S: Shape, A: MapAccess<'de>>(first: Option<String>, mut map: A) -> Result<S::Whole, A::Error> {
    let mut shape = S::default();
    let mut seen: Vec<String> = Vec::with_capacity(S::KEYS.len());
    let mut next = first;
    while let Some(key) = next {
        // An unknown key ends the reading, so `seen` never outgrows the keys of the shape.
        if seen.contains(&key) {
            return Err(A::Error::custom(format!("key {key:?} stands twice in {}: expected it once", S::NAME)));
        }
        shape.read(&key, &mut map)?;
        seen.push(key);
        next = map.next_key()?;
    }
    shape.finish().map_err(A::Error::custom)
}

/// The error for a key that a shape does not have.
pub(super) fn unknown_key<S: Shape, E: Error>(key: &str) -> E {
    let shown: String = key.chars().take(40).collect();
    let near = nearest(&shown, S::KEYS).map(|near| format!(", did you mean {near:?}?")).unwrap_or_default();
    E::custom(format!("{} has no key {shown:?}{near} (expected one of {})", S::NAME, S::KEYS.join(", ")))
}

/// Hands out a part, or says that it is missing.
pub(super) fn required<S: Shape, T>(part: Option<T>, key: &'static str) -> Result<T, String> {
    part.ok_or_else(|| format!("{} lacks its {key:?}", S::NAME))
}

/// Reads a string as something with a form of its own: an id, a date, a word from a list.
pub(super) struct Word<T> {
    expected: &'static str,
    parse: fn(&str) -> Result<T, ModelError>,
}

/// A seed for a string that `parse` understands.
pub(super) fn word<T>(expected: &'static str, parse: fn(&str) -> Result<T, ModelError>) -> Word<T> {
    Word { expected, parse }
}

/// A seed for any string.
pub(super) fn text(expected: &'static str) -> Word<String> {
    word(expected, |text| Ok(text.to_owned()))
}

impl<T> Clone for Word<T> {
    fn clone(&self) -> Self {
        Self { expected: self.expected, parse: self.parse }
    }
}

impl<'de, T> DeserializeSeed<'de> for Word<T> {
    type Value = T;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<T> Visitor<'_> for Word<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.expected)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        (self.parse)(text).map_err(E::custom)
    }
}

/// Reads a list of which every item is read by the same seed.
pub(super) struct List<S> {
    expected: &'static str,
    item: S,
}

/// A seed for a list of what `item` reads.
pub(super) fn list<S>(expected: &'static str, item: S) -> List<S> {
    List { expected, item }
}

impl<'de, S: DeserializeSeed<'de> + Clone> DeserializeSeed<'de> for List<S> {
    type Value = Vec<S::Value>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de, S: DeserializeSeed<'de> + Clone> Visitor<'de> for List<S> {
    type Value = Vec<S::Value>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.expected)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Self::Value, A::Error> {
        let mut all = Vec::new();
        while let Some(item) = items.next_element_seed(self.item.clone())? {
            all.push(item);
        }
        Ok(all)
    }
}

/// The word of `known` that `word` was probably meant to be: at most one edit in three letters away.
fn nearest<'a>(word: &str, known: &[&'a str]) -> Option<&'a str> {
    known
        .iter()
        .map(|candidate| (edit_distance(word, candidate), *candidate))
        .min_by_key(|(distance, _)| *distance)
        .filter(|(distance, candidate)| *distance <= candidate.chars().count().div_ceil(3))
        .map(|(_, candidate)| candidate)
}

/// How many letters must be inserted, deleted or replaced to turn one word into the other (Levenshtein).
///
/// One row of the table of Wagner and Fischer (1974) is kept at a time.
fn edit_distance(a: &str, b: &str) -> usize {
    let mut row: Vec<usize> = (0..=b.chars().count()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut diagonal = i;
        let mut left = i + 1;
        for (cell, y) in row.iter_mut().skip(1).zip(b.chars()) {
            let above = *cell;
            left = if x == y { diagonal } else { 1 + diagonal.min(above).min(left) };
            diagonal = above;
            *cell = left;
        }
        if let Some(first) = row.first_mut() {
            *first = i + 1;
        }
    }
    row.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_near_word_is_proposed_and_a_far_one_is_not() {
        let known = ["subject", "predicate", "object", "evidence"];
        assert_eq!(nearest("evidnce", &known), Some("evidence"));
        assert_eq!(nearest("objet", &known), Some("object"));
        assert_eq!(nearest("publisher", &known), None);
        assert_eq!(nearest("证据", &known), None);
    }

    #[test]
    fn edit_distances_are_those_of_the_textbook() {
        for (a, b, distance) in
            [("", "", 0), ("abc", "", 3), ("", "ab", 2), ("kitten", "sitting", 3), ("智谱", "智譜", 1), ("ab", "ba", 2)]
        {
            assert_eq!(edit_distance(a, b), distance, "{a} {b}");
            assert_eq!(edit_distance(b, a), distance, "{b} {a}");
        }
    }
}
