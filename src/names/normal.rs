//! Normal forms: what two spellings of one name have in common.

use std::ops::Range;

use super::fold::{fold, is_wordlike};
use super::reader::{Origin, Reader};

/// What lies between a character of the normal form and the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Gap {
    /// Both come from one character of the original, or this is a mark on the other.
    Inside,
    /// Nothing.
    Joined,
    /// Spaces, hyphens and the like: a name may span it.
    Joint,
    /// Punctuation that ends a phrase: no name in running text spans it.
    Break,
}

/// One character of the normal form and where it came from.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    pub(super) c: char,
    /// Byte position in the normal form.
    pub(super) at: usize,
    /// Byte range in the original.
    pub(super) start: usize,
    pub(super) end: usize,
    /// Character range in the original.
    pub(super) first: usize,
    pub(super) past: usize,
    pub(super) gap: Gap,
    /// How many brackets and quotations are open here.
    pub(super) depth: i32,
    /// The lowest such number since the character before.
    pub(super) low: i32,
    /// How many were open before the quotation marks that open directly in front of this character.
    pub(super) outside: i32,
    /// Whether a name may begin or end in front of this character.
    pub(super) boundary: bool,
}

/// The normal form of a text, with the way back to the original.
///
/// The normal form is what spellings of one name have in common: width, script (Traditional or Simplified), case,
/// accents on Latin letters, spaces and punctuation do not matter. Two signs stay because they tell names apart: the
/// full stop between two digits (GLM-4.5 is not GLM-45) and the plus behind a letter or digit (A+ is not A).
///
/// Positions in the normal form are byte positions in [`Normal::text`].
///
/// # Examples
/// ```
/// use ailand::names::Normal;
///
/// let normal = Normal::new("誰投資了 Ｍoonshot-AI？");
/// assert_eq!(normal.text(), "谁投资了moonshotai");
/// let at = normal.text().find("moonshot").unwrap();
/// let range = normal.original_range(at..at + "moonshotai".len());
/// assert_eq!(&"誰投資了 Ｍoonshot-AI？"[range], "Ｍoonshot-AI");
/// ```
#[derive(Debug, Clone)]
pub struct Normal {
    text: String,
    places: Vec<Place>,
    /// Length of the original in bytes and in characters.
    original: (usize, usize),
    /// Lowest number of open brackets behind the last character.
    low: i32,
}

/// The normal form of a text, when the way back is not needed.
///
/// Idempotent: the normal form of a normal form is itself.
///
/// # Examples
/// ```
/// use ailand::names::normal_form;
///
/// assert_eq!(normal_form("GPT-4 Turbo"), normal_form("gpt 4-turbo"));
/// assert_eq!(normal_form("李開複"), normal_form("李开复"));
/// assert_ne!(normal_form("GLM-4.5"), normal_form("GLM-45"));
/// ```
#[must_use]
pub fn normal_form(text: &str) -> String {
    Normal::new(text).text
}

/// The key that a name is indexed under: its normal form, or, when nothing is left of it, the lower-cased text itself.
///
/// So a name of signs only, such as `…` or an emoji, can be found as it is written. Empty for text that shows nothing.
#[must_use]
pub fn name_key(name: &str) -> String {
    let key = normal_form(name);
    if !key.is_empty() {
        return key;
    }
    name.trim().to_lowercase().chars().filter(|c| !c.is_control()).collect()
}

impl Normal {
    /// Reads a text. Linear in its length.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let mut reader = Reader::new(text.len());
        let mut parts = Vec::with_capacity(4);
        let mut chars = 0;
        for (number, (start, c)) in text.char_indices().enumerate() {
            chars = number + 1;
            parts.clear();
            fold(c, |part| parts.push(part));
            let origin = Origin { start, end: start + c.len_utf8(), first: number, compound: parts.len() > 1 };
            for &part in &parts {
                reader.read(part, origin);
            }
        }
        let (normal, places, low) = reader.finish();
        Self { text: normal, places, original: (text.len(), chars), low }
    }

    /// The normal form.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether nothing is left of the text.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// The bytes of the original that a range of the normal form came from.
    ///
    /// `range` counts bytes of [`Normal::text`]; what lies outside is cut off, and a position inside a character takes
    /// the whole character. The range of an empty `range` is empty.
    #[must_use]
    pub fn original_range(&self, range: Range<usize>) -> Range<usize> {
        self.origin(range, |place| place.start..place.end, self.original.0)
    }

    /// The characters of the original that a range of the normal form came from.
    ///
    /// Like [`Normal::original_range`], but counted in characters, as evidence spans are.
    #[must_use]
    pub fn original_chars(&self, range: Range<usize>) -> Range<usize> {
        self.origin(range, |place| place.first..place.past, self.original.1)
    }

    fn origin(&self, range: Range<usize>, of: impl Fn(&Place) -> Range<usize>, length: usize) -> Range<usize> {
        let Some(first) = self.places.get(self.index_holding(range.start)) else { return length..length };
        let start = of(first).start;
        if range.end <= range.start {
            return start..start;
        }
        let last = self.places.get(self.index_holding(range.end - 1)).or(self.places.last());
        start..last.map_or(start, |place| of(place).end)
    }

    /// Whether a name may begin or end at a byte position of the normal form.
    ///
    /// It may at both ends of the text, beside a Chinese character, and where something was dropped; not inside a
    /// Latin word or a number, and not between a word and the number joined to it.
    #[must_use]
    pub fn is_boundary(&self, at: usize) -> bool {
        at == self.text.len() || self.index_at(at).is_some_and(|index| self.starts_at(index))
    }

    /// The byte positions of the normal form where a name may begin or end, ascending, both ends included.
    pub fn boundaries(&self) -> impl Iterator<Item = usize> + '_ {
        self.places.iter().filter(|place| place.boundary).map(|place| place.at).chain([self.text.len()])
    }

    /// The ranges of the normal form between which something was dropped: the words as they were spaced.
    ///
    /// # Examples
    /// ```
    /// use ailand::names::Normal;
    ///
    /// let normal = Normal::new("Sequoia-Capital China");
    /// let pieces: Vec<&str> = normal.pieces().filter_map(|piece| normal.text().get(piece)).collect();
    /// assert_eq!(pieces, ["sequoia", "capital", "china"]);
    /// ```
    pub fn pieces(&self) -> impl Iterator<Item = Range<usize>> + '_ {
        self.places.chunk_by(|_, next| next.gap <= Gap::Joined).filter_map(|piece| {
            let (first, last) = (piece.first()?, piece.last()?);
            Some(first.at..last.at + last.c.len_utf8())
        })
    }

    /// How often words are spaced apart between two positions (indexes of characters).
    ///
    /// Only between letters or digits that would otherwise run together, and not between a word and its number:
    /// "open AI" has one break, "OpenAI" none, "GPT-4" none, "Llama 2 13B" one.
    pub(super) fn breaks(&self, from: usize, to: usize) -> usize {
        let places = self.places.get(from..to).unwrap_or_default();
        places
            .iter()
            .zip(places.iter().skip(1))
            .filter(|(before, after)| {
                after.gap > Gap::Joined
                    && is_wordlike(before.c)
                    && is_wordlike(after.c)
                    && !(before.c.is_alphabetic() && after.c.is_numeric())
            })
            .count()
    }

    pub(super) fn places(&self) -> &[Place] {
        &self.places
    }

    /// The index of the character at exactly this byte position.
    pub(super) fn index_at(&self, at: usize) -> Option<usize> {
        self.places.binary_search_by_key(&at, |place| place.at).ok()
    }

    pub(super) fn starts_at(&self, index: usize) -> bool {
        self.places.get(index).is_none_or(|place| place.boundary)
    }

    /// The lowest number of open brackets between the character before `index` and the one at it.
    pub(super) fn low(&self, index: usize) -> i32 {
        self.places.get(index).map_or(self.low, |place| place.low)
    }

    /// The index of the character that byte `at` belongs to; past the end when it lies behind the text.
    fn index_holding(&self, at: usize) -> usize {
        if at >= self.text.len() {
            return self.places.len();
        }
        self.places.partition_point(|place| place.at <= at).saturating_sub(1)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::fold::{Role, role};
    use super::*;

    /// Texts of what normal forms are about, more often than any characters at all.
    fn texts() -> impl Strategy<Value = String> {
        let parts = prop::sample::select(vec![
            "GPT", "4", ".", "5", "+", " ", "-", "a", "É", "e\u{301}", "智譜", "李開複", "㈱", "（", "）", "\u{200b}",
            "か\u{3099}", "が", "ﾀﾞ", "한", "…", "。", "\n", "ß", "İ", "½", "℡", "ⅷ", "𠀀", "Σ", "й", "™", "\u{fe0f}",
            "🤗",
        ]);
        prop_oneof![prop::collection::vec(parts, 0..12).prop_map(|parts| parts.concat()), any::<String>()]
    }

    proptest! {
        #[test]
        fn normal_forms_are_idempotent(text in texts()) {
            let once = normal_form(&text);
            prop_assert_eq!(normal_form(&once), once);
        }

        #[test]
        fn every_position_leads_back_to_the_original(text in texts()) {
            let normal = Normal::new(&text);
            let mut last = (0, 0);
            for (at, c) in normal.text().char_indices() {
                let bytes = normal.original_range(at..at + c.len_utf8());
                let chars = normal.original_chars(at..at + c.len_utf8());
                let part = text.get(bytes.clone()).expect("a range of whole characters");
                prop_assert_eq!(text[..bytes.start].chars().count(), chars.start);
                prop_assert_eq!(part.chars().count(), chars.len());
                prop_assert!(!part.is_empty() && bytes.start >= last.0 && bytes.end >= last.1);
                // The part alone has the character in its normal form, save for signs that need a neighbour.
                prop_assert!(matches!(c, '.' | '+') || is_mark(c) || normal_form(part).contains(c), "{part:?} {c:?}");
                last = (bytes.start, bytes.end);
            }
            prop_assert_eq!(normal.original_range(0..usize::MAX).end, if normal.is_empty() { text.len() } else { last.1 });
        }

        #[test]
        fn boundaries_are_where_they_are_said_to_be(text in texts()) {
            let normal = Normal::new(&text);
            let listed: Vec<usize> = normal.boundaries().collect();
            let asked: Vec<usize> = (0..=normal.text().len()).filter(|&at| normal.is_boundary(at)).collect();
            prop_assert_eq!(listed, asked);
        }

        #[test]
        fn joints_do_not_matter(words in prop::collection::vec("[a-zA-Z0-9智譜AI]{1,4}", 1..5)) {
            let spaced = normal_form(&words.join(" "));
            prop_assert_eq!(&spaced, &normal_form(&words.join("-")));
            prop_assert_eq!(&spaced, &normal_form(&words.concat()));
        }
    }

    fn is_mark(c: char) -> bool {
        role(c) == Role::Mark
    }

    #[test]
    fn spellings_of_one_name_meet() {
        for group in [
            &["GPT-4 Turbo", "gpt4turbo", "GPT 4-Turbo", "ＧＰＴ－４　Ｔｕｒｂｏ", "GPT‑4\u{a0}Turbo"][..],
            &["李開複", "李開復", "李开复", "李 开复", "李·開復", "李開覆"],
            &["智譜AI", "智谱AI", "智谱 ai", "智譜 ＡＩ", "《智谱AI》"],
            &["Mistral Médium", "mistral medium", "Mistral Me\u{301}dium", "MISTRAL  MEDIUM"],
            &["月之暗面", "⽉之暗⾯", "月\u{200b}之\u{feff}暗面"],
            &["瑞波著作", "瑞波着作"],
            &["ソフトバンク", "ｿﾌﾄﾊﾞﾝｸ", "ソフトハ\u{3099}ンク"],
            &["삼성", "\u{1109}\u{1161}\u{11b7}\u{1109}\u{1165}\u{11bc}"],
            &["L’Oréal", "L'Oreal", "loreal"],
            &["㈱日立", "(株)日立", "株日立"],
            &["ChatGPT™", "ChatGPT®", "chatgpt"],
            &["Straße", "STRASSE"],
            &["Alphabet Inc.", "alphabet, inc"],
        ] {
            for spelling in group {
                assert_eq!(normal_form(spelling), normal_form(group[0]), "{spelling}");
            }
        }
    }

    #[test]
    fn names_that_differ_stay_apart() {
        for (one, other) in [
            ("GLM-4.5", "GLM-4 5"),
            ("GLM-4.5", "GLM-45"),
            ("A+", "A"),
            ("C++", "C"),
            ("Qwen2.5", "Qwen25"),
            ("か", "が"),
            ("и", "й"),
        ] {
            assert_ne!(normal_form(one), normal_form(other));
        }
        assert_eq!(normal_form("v1.5.2 (A++)"), "v1.5.2a++");
        assert_eq!(normal_form("1 + 1. 5 .5 4..5"), "115545");
    }

    #[test]
    fn ranges_lead_back_over_characters_that_grow_or_go() {
        let text = "於「㈱Ａ」Cafe\u{301} 4。5";
        let normal = Normal::new(text);
        assert_eq!(normal.text(), "于株acafe45");
        let origin = |part: &str| {
            let at = normal.text().find(part).unwrap();
            &text[normal.original_range(at..at + part.len())]
        };
        assert_eq!(origin("株a"), "㈱Ａ");
        assert_eq!(origin("cafe"), "Cafe\u{301}");
        assert_eq!(origin("45"), "4。5");
        assert_eq!(normal.original_chars(0..normal.text().len()), 0..text.chars().count());
        assert_eq!(normal.original_range(3..3), 6..6);
        assert_eq!(normal.original_range(500..900), text.len()..text.len());
    }

    #[test]
    fn words_and_numbers_are_not_cut() {
        let cut = |text: &str| {
            let normal = Normal::new(text);
            let mut marked = String::new();
            let mut from = 0;
            for at in normal.boundaries().skip(1) {
                marked.push_str(&normal.text()[from..at]);
                marked.push('|');
                from = at;
            }
            marked
        };
        assert_eq!(cut("metaverse GPT-4o"), "metaverse|gpt|4o|");
        assert_eq!(cut("GLM-4.5用A+轮"), "glm|4.5|用|a+|轮|");
        assert_eq!(cut("投360集团"), "投|360|集|团|");
        assert_eq!(cut("OpenAI+Microsoft C++ 11"), "openai|+|microsoft|c++|11|");
        assert_eq!(cut("メタバースのAI"), "メタハ\u{3099}ース|の|ai|");
        assert_eq!(cut("OpenAI's"), "openai|s|");
        assert_eq!(cut("in 2024.AI"), "in|2024|ai|");
        assert_eq!(cut("㈱ﬁx½"), "株|fix12|");
    }

    #[test]
    fn breaks_count_words_that_would_run_together() {
        for (text, breaks) in
            [("OpenAI", 0), ("open AI", 1), ("GPT-4", 0), ("Llama 2-13B", 1), ("智谱 AI", 0), ("New York City", 2)]
        {
            let normal = Normal::new(text);
            assert_eq!(normal.breaks(0, normal.places().len()), breaks, "{text}");
        }
    }

    #[test]
    fn names_of_signs_only_have_a_key() {
        assert_eq!(name_key(" … "), "…");
        assert_eq!(name_key("🤗"), "🤗");
        assert_eq!(name_key("+"), "+");
        assert_eq!(name_key("Hugging Face 🤗"), "huggingface");
        assert_eq!(name_key(" \u{0} "), "");
    }
}
