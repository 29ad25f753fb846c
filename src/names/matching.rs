//! Names in running text.

use super::index::NameIndex;
use super::key::{KeyKind, Posting};
use super::normal::{Gap, Normal};

/// A place in a text where a name stands, and whose name it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextMatch {
    /// Where the match begins, in bytes of the normal form of the text.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// How often words are spaced apart in the text, counted as in [`Posting::breaks`].
    ///
    /// More breaks than the name has make a weak match: "an open AI model" is hardly about OpenAI.
    pub breaks: u8,
    /// The names, best first. Several when the name is ambiguous.
    pub postings: Vec<Posting>,
}

impl<D: AsRef<[u8]>> NameIndex<D> {
    /// The longest name that begins at byte `at` of the normal form of a text.
    ///
    /// A name begins and ends at boundaries ([`Normal::is_boundary`]), so GPT-4 is not found in GPT-4o; it does not
    /// run over the end of a phrase (…智谱。AI…), and a bracket that it opens is closed by its end. One walk over the
    /// index, at most as long as the longest name.
    #[must_use]
    pub fn longest_match(&self, text: &Normal, at: usize) -> Option<TextMatch> {
        let index = text.index_at(at)?;
        self.longest_from(text, index).map(|(found, _)| found)
    }

    /// All names that begin at byte `at` of the normal form of a text, the longest first.
    ///
    /// The shorter ones matter where the longest is the wrong choice: the reader of a question weighs them.
    #[must_use]
    pub fn matches_at(&self, text: &Normal, at: usize) -> Vec<TextMatch> {
        let Some(index) = text.index_at(at) else { return Vec::new() };
        let mut matches = Vec::new();
        self.ends_from(text, index, |end, cursor| {
            matches.push(text_match(text, index, end, self.postings(KeyKind::Name, cursor)));
        });
        matches.reverse();
        matches
    }

    /// The names in a text from left to right, at each place the longest, without overlaps.
    ///
    /// # Examples
    /// ```
    /// # use ailand::model::{Language, Name, NameKind};
    /// # use ailand::names::{IndexBuilder, NameIndex, Normal};
    /// # let mut builder = IndexBuilder::new();
    /// # for (entity, text) in [(0, "阿里"), (1, "阿里云"), (2, "GPT-4"), (3, "Moonshot AI")] {
    /// #     let (language, kind) = (Language::English, NameKind::Canonical);
    /// #     builder.add(entity, 0, &Name { text: text.into(), language, kind, derived: false, evidence: vec![] });
    /// # }
    /// # let index = NameIndex::open(builder.finish()?)?;
    /// let text = "阿里雲和阿里投資了 MOONSHOT AI，后者对标GPT-4、GPT-4o";
    /// let normal = Normal::new(text);
    /// let found: Vec<&str> =
    ///     index.matches(&normal).iter().map(|m| &text[normal.original_range(m.start..m.end)]).collect();
    /// assert_eq!(found, ["阿里雲", "阿里", "MOONSHOT AI", "GPT-4"]);
    /// # Ok::<(), ailand::names::NamesError>(())
    /// ```
    #[must_use]
    pub fn matches(&self, text: &Normal) -> Vec<TextMatch> {
        let mut matches = Vec::new();
        let mut index = 0;
        while index < text.places().len() {
            if let Some((found, end)) = self.longest_from(text, index) {
                matches.push(found);
                index = end;
            } else {
                index += 1;
            }
        }
        matches
    }

    fn longest_from(&self, text: &Normal, begin: usize) -> Option<(TextMatch, usize)> {
        let mut longest = None;
        self.ends_from(text, begin, |end, cursor| longest = Some((end, cursor)));
        let (end, cursor) = longest?;
        Some((text_match(text, begin, end, self.postings(KeyKind::Name, cursor)), end))
    }

    /// Calls `visit` for every name that begins at the character `begin`, the shortest first, with the index of the
    /// character behind it.
    fn ends_from(&self, text: &Normal, begin: usize, mut visit: impl FnMut(usize, super::index::Cursor)) {
        if !text.starts_at(begin) {
            return;
        }
        let Some(mut cursor) = self.start(KeyKind::Name) else { return };
        let Some(places) = text.places().get(begin..) else { return };
        let Some(first) = places.first() else { return };
        // The lowest number of open brackets inside the name. The name holds whole brackets when there is a level, from
        // the one outside its own quotation marks to the one it begins at, that it never goes below and ends at.
        let mut inside = first.depth;
        for (index, place) in (begin..).zip(places) {
            if index > begin {
                inside = inside.min(place.low);
                if place.gap == Gap::Break || inside < first.outside {
                    return;
                }
            }
            let mut bytes = [0; 4];
            for byte in place.c.encode_utf8(&mut bytes).bytes() {
                let Some(next) = self.step(cursor, byte) else { return };
                cursor = next;
            }
            let end = index + 1;
            if text.starts_at(end) && text.low(end) <= inside && self.ends_key(cursor) {
                visit(end, cursor);
            }
        }
    }
}

fn text_match(text: &Normal, begin: usize, end: usize, postings: Vec<Posting>) -> TextMatch {
    let position = |index: usize| text.places().get(index).map_or(text.text().len(), |place| place.at);
    TextMatch {
        start: position(begin),
        end: position(end),
        breaks: u8::try_from(text.breaks(begin, end)).unwrap_or(u8::MAX),
        postings,
    }
}
