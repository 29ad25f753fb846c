//! The roster: every name of a document, and which names are one.

use std::collections::HashMap;

use crate::names::{is_han, normal_form};

use super::Kind;
use super::cue::Cue;
use super::lexicon::LEXICON;

/// A name and what it may be, while the document is read.
#[derive(Debug, Clone, Default)]
pub(super) struct Entry {
    /// The name as the document writes it, and every other spelling.
    pub(super) surfaces: Vec<String>,
    /// What the database says it is.
    pub(super) known_kind: Option<Kind>,
    /// What the shape of the name or the words around it say; the strongest hint last.
    pub(super) kind: Option<(Hint, Kind)>,
    /// The entities of the database.
    pub(super) known: Vec<u32>,
    /// The entry that this one was merged into.
    merged: Option<usize>,
}

/// How strongly something hints at a kind; the order is the strength.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Hint {
    /// The name ends like one.
    Shape,
    /// It takes part in a relation that others take part in, too.
    Part,
    /// The relation leaves no choice.
    Role,
    /// The text says so in so many words.
    Stated,
}

/// All names of a document.
#[derive(Debug, Default)]
pub(super) struct Roster {
    entries: Vec<Entry>,
    /// By normal form.
    keys: HashMap<String, usize>,
    /// By what the document writes, to spare the normal form.
    surfaces: HashMap<String, usize>,
    /// By the number of the entity in the database.
    known: HashMap<u32, usize>,
    /// Names with Chinese characters by their first character, folded, the longest first.
    written: HashMap<char, Vec<(Vec<char>, usize)>>,
}

impl Roster {
    /// The entry of a name, a new one if the name is new.
    pub(super) fn enter(&mut self, surface: &str, folded: &str) -> Option<usize> {
        if let Some(&found) = self.surfaces.get(surface) {
            return Some(self.root(found));
        }
        let key = normal_form(without_legal_form(surface));
        if key.is_empty() {
            return None;
        }
        if let Some(&found) = self.keys.get(&key) {
            let found = self.root(found);
            self.add_surface(found, surface);
            self.surfaces.insert(surface.to_owned(), found);
            return Some(found);
        }
        let entry = self.entries.len();
        self.entries.push(Entry { surfaces: vec![surface.to_owned()], ..Entry::default() });
        self.keys.insert(key, entry);
        self.write(folded, entry);
        Some(entry)
    }

    /// The entry of a name that the database knows.
    pub(super) fn enter_known(&mut self, surface: &str, folded: &str, entities: &[(u32, Kind)]) -> Option<usize> {
        let entry = self.enter(surface, folded)?;
        let sole = match entities {
            [(only, _)] => Some(*only),
            _ => None,
        };
        if let Some(slot) = self.entries.get_mut(entry) {
            if slot.known.is_empty() {
                slot.known = entities.iter().map(|(entity, _)| *entity).collect();
            }
            slot.known_kind = slot.known_kind.or(entities.first().map(|(_, kind)| *kind));
        }
        let Some(only) = sole else { return Some(entry) };
        match self.known.get(&only).copied() {
            Some(other) => {
                self.merge(other, entry);
                Some(self.root(other))
            }
            None => {
                self.known.insert(only, entry);
                Some(entry)
            }
        }
    }

    /// The entry that carries a name, if there is one.
    pub(super) fn find(&self, surface: &str) -> Option<usize> {
        self.keys.get(&normal_form(without_legal_form(surface))).map(|&entry| self.root(entry))
    }

    /// Makes `surface` another name of an entry, unless it is already the name of something.
    pub(super) fn alias(&mut self, entry: usize, surface: &str, folded: &str) {
        let key = normal_form(surface);
        if !key.is_empty() && !self.keys.contains_key(&key) {
            self.keys.insert(key, entry);
            self.write(folded, entry);
        }
    }

    /// Makes two entries one; the first keeps its name.
    pub(super) fn merge(&mut self, into: usize, from: usize) {
        let (into, from) = (self.root(into), self.root(from));
        if into == from {
            return;
        }
        let Some(moved) = self.entries.get_mut(from) else { return };
        moved.merged = Some(into);
        let moved = std::mem::take(&mut moved.surfaces);
        let (known, known_kind, kind) =
            self.entries.get(from).map(|entry| (entry.known.clone(), entry.known_kind, entry.kind)).unwrap_or_default();
        if let Some(entry) = self.entries.get_mut(into) {
            for surface in moved {
                if !entry.surfaces.contains(&surface) {
                    entry.surfaces.push(surface);
                }
            }
            if entry.known.is_empty() {
                entry.known = known;
            }
            entry.known_kind = entry.known_kind.or(known_kind);
            if let Some((hint, kind)) = kind
                && entry.kind.is_none_or(|(own, _)| own < hint)
            {
                entry.kind = Some((hint, kind));
            }
        }
    }

    /// The entry that stands for this one.
    pub(super) fn root(&self, mut entry: usize) -> usize {
        // Chains are short: each step is one merge.
        while let Some(next) = self.entries.get(entry).and_then(|entry| entry.merged) {
            entry = next;
        }
        entry
    }

    pub(super) fn get(&self, entry: usize) -> Option<&Entry> {
        self.entries.get(self.root(entry))
    }

    /// The first spelling of an entry.
    pub(super) fn name(&self, entry: usize) -> &str {
        self.get(entry).and_then(|entry| entry.surfaces.first()).map_or("", String::as_str)
    }

    /// What an entry is, as far as anything says so.
    pub(super) fn kind(&self, entry: usize) -> Option<Kind> {
        let entry = self.get(entry)?;
        entry.known_kind.or(entry.kind.map(|(_, kind)| kind))
    }

    /// Notes what an entry seems to be; a stronger hint replaces a weaker one.
    pub(super) fn hint(&mut self, entry: usize, hint: Hint, kind: Kind) {
        let root = self.root(entry);
        if let Some(entry) = self.entries.get_mut(root)
            && entry.kind.is_none_or(|(own, _)| own < hint)
        {
            entry.kind = Some((hint, kind));
        }
    }

    /// Whether an entry may be an organisation: it is one, or nothing says what it is.
    pub(super) fn may_be_organisation(&self, entry: usize) -> bool {
        self.kind(entry).is_none_or(Kind::is_organisation)
    }

    /// The longest name that the folded text goes on with at a position, as its length and its entry.
    pub(super) fn written_at(&self, at: impl Fn(usize) -> char) -> Option<(usize, usize)> {
        let names = self.written.get(&at(0))?;
        names
            .iter()
            .find(|(name, _)| name.iter().enumerate().all(|(step, c)| at(step) == *c))
            .map(|(name, entry)| (name.len(), self.root(*entry)))
    }

    fn add_surface(&mut self, entry: usize, surface: &str) {
        if let Some(entry) = self.entries.get_mut(entry)
            && !entry.surfaces.iter().any(|own| own == surface)
        {
            entry.surfaces.push(surface.to_owned());
        }
    }

    fn write(&mut self, folded: &str, entry: usize) {
        let chars: Vec<char> = folded.chars().collect();
        let Some(&first) = chars.first() else { return };
        if !chars.iter().copied().any(is_han) || chars.len() < 2 {
            return;
        }
        let names = self.written.entry(first).or_default();
        let place = names.partition_point(|(name, _)| name.len() > chars.len());
        names.insert(place, (chars, entry));
    }

    /// Adds the short forms of names: 百川 for 百川智能, Amplify for Amplify Partners, Raghunathan for Priya Raghunathan.
    ///
    /// Only where the name ends with a word that names of its kind often leave out, and only when nothing else carries
    /// the short form.
    pub(super) fn shorten(&mut self) {
        let mut short: HashMap<String, Option<(usize, String, String)>> = HashMap::new();
        for entry in 0..self.entries.len() {
            if self.root(entry) != entry {
                continue;
            }
            let kind = self.kind(entry);
            for surface in self.entries.get(entry).map(|entry| entry.surfaces.clone()).unwrap_or_default() {
                let mut longer = surface;
                while let Some(form) = short_form(&longer, kind) {
                    let slot = short
                        .entry(normal_form(&form))
                        .or_insert_with(|| Some((entry, form.clone(), folded_form(&form))));
                    if slot.as_ref().is_some_and(|(other, ..)| *other != entry) {
                        *slot = None;
                    }
                    longer = form;
                }
            }
        }
        let mut forms: Vec<(usize, String, String)> = short.into_values().flatten().collect();
        forms.sort();
        for (entry, surface, folded) in forms {
            match self.find(&surface) {
                // The text uses both: 智谱 and 智谱AI are one.
                Some(other) if self.get(other).is_some_and(|entry| entry.known.is_empty()) => self.merge(entry, other),
                Some(_) => {}
                None => self.alias(entry, &surface, &folded),
            }
        }
    }
}

/// A name without the form of the company behind it: Brightloom GmbH is Brightloom.
fn without_legal_form(surface: &str) -> &str {
    const FORMS: &[&str] = &[
        "inc", "gmbh", "corp", "ltd", "llc", "plc", "ag", "sa", "sas", "bv", "limited", "co", "corporation", "pbc",
        "oy", "ab",
    ];
    let Some((head, last)) = surface.trim_end_matches(['.', ',']).rsplit_once(' ') else { return surface };
    let form = last.trim_end_matches('.').to_lowercase();
    if FORMS.contains(&form.as_str()) && !head.is_empty() {
        without_legal_form(head.trim_end_matches(','))
    } else {
        surface
    }
}

fn folded_form(surface: &str) -> String {
    let text = crate::text::Text::new(surface);
    text.folded(0..text.len())
}

/// The short form of a name, if names of its kind have one.
fn short_form(surface: &str, kind: Option<Kind>) -> Option<String> {
    let text = crate::text::Text::new(surface);
    let folded: Vec<char> = text.folded(0..text.len()).chars().collect();
    if kind == Some(Kind::Person) {
        let last = surface.rsplit([' ', '·', '‧', '・']).next()?;
        return (last.len() < surface.len() && last.chars().count() > 1).then(|| last.to_owned());
    }
    if !kind.is_none_or(Kind::is_organisation) {
        return None;
    }
    if folded.iter().copied().any(is_han) {
        let length =
            LEXICON.suffix(&folded, Cue::ShortSuffix).or_else(|| LEXICON.suffix(&folded, Cue::SuffixStartup))?;
        let rest = folded.len() - length;
        let head: String = folded.get(..rest)?.iter().collect();
        // A single character makes another name of it: 阿里云 is not 阿里.
        let plain = length >= 2 && LEXICON.cues(&head).is_empty();
        return (rest >= 2 && plain).then(|| text.quote(0..rest).trim().to_owned());
    }
    let (head, last) = without_legal_form(surface).rsplit_once(' ')?;
    let suffix = LEXICON.cues(&last.to_lowercase());
    let plain = LEXICON.cues(&head.to_lowercase()).is_empty() && head.chars().count() > 2;
    (plain && suffix.has(Cue::SuffixLatin)).then(|| head.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_forms_lead_to_the_full_name() {
        let mut roster = Roster::default();
        let zhipu = roster.enter("澜泊智能", "澜泊智能").unwrap();
        let amplify = roster.enter("Amplify Partners", "amplify partners").unwrap();
        roster.shorten();
        assert_eq!(roster.find("瀾泊"), Some(zhipu));
        assert_eq!(roster.find("Amplify"), Some(amplify));
        assert_eq!(roster.written_at(|step| "澜泊的".chars().nth(step).unwrap_or('\0')), Some((2, zhipu)));
    }

    #[test]
    fn merged_entries_are_one() {
        let mut roster = Roster::default();
        let a = roster.enter("月之暗面", "月之暗面").unwrap();
        let b = roster.enter("Moonshot AI", "moonshot ai").unwrap();
        roster.merge(a, b);
        assert_eq!(roster.find("moonshot ai"), Some(a));
        assert_eq!(roster.get(b).unwrap().surfaces, ["月之暗面", "Moonshot AI"]);
    }
}
