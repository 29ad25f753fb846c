//! Names in Latin letters: runs of capitalised words, and names of models by their form.

use std::ops::Range;

use crate::names::is_han;
use crate::text::{Text, is_latin};

use super::cue::{Cue, Cues};
use super::lexicon::LEXICON;

/// Words of news that no name goes on over, capitalised or not: they hold headlines together.
const VERBAL: Cues = Cues::any(&[
    Cue::Raise,
    Cue::LedBy,
    Cue::Led,
    Cue::FollowedBy,
    Cue::Announce,
    Cue::Claim,
    Cue::Invest,
    Cue::Include,
    Cue::BackedBy,
    Cue::Valuation,
    Cue::Acquire,
    Cue::AcquiredBy,
    Cue::Release,
    Cue::Found,
    Cue::FoundedBy,
    Cue::Planned,
    Cue::Denied,
    Cue::Reported,
    Cue::Exceeds,
    Cue::Its,
    Cue::TheCompany,
    Cue::Converted,
    Cue::Appoint,
]);

/// Words that stand before or behind a name and are none of it.
const BESIDE: Cues = Cues::any(&[
    Cue::Title,
    Cue::Founder,
    Cue::Honorific,
    Cue::LatinNoise,
    Cue::Former,
    Cue::Reporter,
    Cue::InvestorNoun,
    Cue::Existing,
    Cue::NewInvestors,
    Cue::Finance,
    Cue::AndTitle,
]);

/// Endings of words that describe a company by something else: Paris-based, Amazon-backed.
const DESCRIBING: &[&str] = &[
    "-based", "-backed", "-led", "-owned", "-powered", "-style", "-native", "-driven", "-focused", "-old", "-founded",
    "-listed", "-funded", "-trained", "-run", "-born", "-headquartered", "-like", "-level", "-plus", "-built", "-made",
    "-first",
];

/// Words that a name of a model may go on with.
const MODEL_TAILS: &[&str] = &[
    "turbo", "pro", "max", "plus", "mini", "ultra", "nano", "opus", "sonnet", "haiku", "flash", "large", "small",
    "medium", "chat", "instruct", "preview", "lite", "air", "coder", "code", "vision", "vl", "base", "thinking",
    "reasoning", "omni", "long", "next", "exp", "experimental", "heavy", "fast", "audio", "embed", "edge", "speed",
    "think", "deep", "image", "video", "multilingual", "x", "r", "moe", "realtime", "scout", "maverick", "alpha",
    "beta", "hd", "master", "standard", "high", "nova", "prime",
];

/// Where the Latin word at a position ends: letters and digits with the signs that hold names together.
pub(super) fn word_end(text: &Text<'_>, at: usize, end: usize) -> usize {
    let mut place = at;
    while place < end {
        let c = text.at(place);
        let joint = matches!(c, '-' | '.' | '&' | '/' | '+' | '_' | '@')
            && place > at
            && is_latin(text.at(place + 1))
            && !text.is_spaced(place + 1)
            && !(c == '.' && text.at(place - 1).is_ascii_digit() && !text.at(place + 1).is_ascii_alphanumeric());
        let apostrophe = c == '\'' && place > at && is_latin(text.at(place + 1)) && is_latin(text.at(place + 2));
        // Two words with a Chinese character between them are two words.
        if !(is_latin(c) || joint || apostrophe) || (place > at && text.is_spaced(place)) {
            break;
        }
        place += 1;
    }
    // Grok-1.5+, H++
    while place < end && text.at(place) == '+' {
        place += 1;
    }
    place.max(at + 1).min(end)
}

/// Whether a word is written as a name: a capital, or letters and digits mixed.
fn is_name_word(text: &Text<'_>, word: &Range<usize>) -> bool {
    let mut letters = false;
    let mut digits = false;
    for at in word.clone() {
        let c = text.raw(at);
        if c.is_uppercase() {
            return true;
        }
        letters |= c.is_alphabetic();
        digits |= c.is_ascii_digit();
    }
    letters && digits && !is_ordinal(text, word)
}

/// 2nd, 10x, 40-person: a number with a tail.
fn is_ordinal(text: &Text<'_>, word: &Range<usize>) -> bool {
    let folded = text.folded(word.clone());
    let tail = folded.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.' || c == ',');
    folded.starts_with(|c: char| c.is_ascii_digit())
        && (matches!(
            tail,
            "st" | "nd"
                | "rd"
                | "th"
                | "x"
                | "s"
                | "b"
                | "m"
                | "k"
                | "bn"
                | "mn"
                | "d"
                | "am"
                | "pm"
                | "g"
                | "gb"
                | "tb"
                | "nm"
                | "gw"
                | "mw"
                | "t"
                | "h"
        ) || tail.starts_with('-'))
}

/// The name in Latin letters that begins at a position, which must be the beginning of a word.
///
/// `first` says whether the word begins its sentence, where a capital says nothing.
pub(super) fn name_at(text: &Text<'_>, at: usize, end: usize, first: bool) -> Option<Range<usize>> {
    if text.raw(at).is_lowercase() && !is_name_word(text, &(at..word_end(text, at, end))) {
        return None;
    }
    let mut past = at;
    let mut words = 0;
    let mut place = at;
    while place < end && is_latin(text.at(place)) && words < 8 {
        let word = place..word_end(text, place, end);
        let folded = text.folded(word.clone());
        let number = folded.chars().all(|c| c.is_ascii_digit() || c == '.');
        let cues = LEXICON.cues(&folded);
        let next = next_word(text, word.end, end);
        let suffix_follows = next
            .clone()
            .is_some_and(|next| is_name_word(text, &next) && LEXICON.cues(&text.folded(next)).has(Cue::SuffixLatin));
        if DESCRIBING.iter().any(|ending| folded.ends_with(ending)) {
            // San Francisco-based: the words before belong to it.
            return None;
        }
        let named = is_name_word(text, &word) || (number && (words > 0 || suffix_follows));
        if !named
            && !(words > 0
                && folded == "of"
                && next.clone().is_some_and(|next| is_name_word(text, &next))
                && folded == "of")
        {
            break;
        }
        let capital_name = !first
            && text.raw(word.start).is_uppercase()
            && next
                .clone()
                .is_some_and(|next| is_name_word(text, &next) && !LEXICON.cues(&text.folded(next)).meets(VERBAL));
        // Project A
        let letter = words > 0
            && word.len() == 1
            && text.raw(word.start).is_uppercase()
            && !next.clone().is_some_and(|next| is_name_word(text, &next));
        let broken = if letter {
            false
        } else if words == 0 {
            (cues.meets(BESIDE)
                && !suffix_follows
                && !(folded == "new" && next.clone().is_some_and(|next| is_name_word(text, &next)))
                && !(capital_name && cues.has(Cue::SuffixLatin)))
                || (first && cues.has(Cue::Descriptor) && !suffix_follows)
                || ((cues.meets(VERBAL) || cues.has(Cue::Particle)) && first && !suffix_follows)
                || (cues.meets(VERBAL) && all_capitals_around(text, &word))
        } else {
            // ARK Invest, and: a verb would have something behind it.
            let closes = text.raw(word.start).is_uppercase() && folded == "invest"
                || text.raw(word.start).is_uppercase() && matches!(text.at(word.end), ',' | '、' | ';' | ')');
            folded != "of" && !closes && cues.meets(VERBAL)
                || folded != "of"
                    && !(suffix_follows && text.raw(word.start).is_uppercase())
                    && (cues.meets(BESIDE)
                        && !cues.has(Cue::SuffixLatin)
                        && !(cues.has(Cue::LatinNoise) && is_inner_noise(&folded)))
        };
        if broken {
            break;
        }
        past = word.end;
        words += 1;
        // A name goes on over one space; a comma, a bracket or a Chinese character ends it.
        if text.at(word.end) != ' ' || is_han(text.at(word.end + 1)) {
            break;
        }
        place = word.end + 1;
        // O'Melveny & Myers
        if text.at(place) == '&' && text.at(place + 1) == ' ' && text.raw(place + 2).is_uppercase() {
            place += 2;
        }
    }
    if past == at {
        return None;
    }
    let folded = text.folded(at..past);
    let cues = LEXICON.cues(&folded);
    let plain = folded.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | '-' | '/' | '+'));
    let single = folded.chars().count() == 1;
    (!plain && !single && !cues.has(Cue::LatinNoise) && !(cues.has(Cue::Place) && !cues.has(Cue::Protected)))
        .then_some(at..past)
}

/// Words of the list of noise that are common inside names: Open AI, Data Collective.
fn is_inner_noise(word: &str) -> bool {
    matches!(
        word,
        "ai" | "one"
            | "data"
            | "security"
            | "health"
            | "legal"
            | "robotics"
            | "software"
            | "cloud"
            | "tech"
            | "media"
            | "first"
            | "two"
            | "seven"
            | "agi"
            | "open"
            | "tv"
            | "labs"
            | "agents"
            | "demo"
            | "ml"
            | "io"
            | "press"
            | "english"
            | "gen"
            | "vc"
            | "founder"
            | "people"
            | "now"
            | "token"
            | "transformer"
            | "diffusion"
            | "agent"
            | "arr"
    )
}

/// Whether the words on both sides begin with capitals, as in a headline.
fn all_capitals_around(text: &Text<'_>, word: &Range<usize>) -> bool {
    let before = word.start >= 2 && text.at(word.start - 1) == ' ' && is_latin(text.at(word.start - 2));
    let after = text.at(word.end) == ' ' && (text.raw(word.end + 1).is_uppercase() || !is_latin(text.at(word.end + 1)));
    before && after
}

fn next_word(text: &Text<'_>, at: usize, end: usize) -> Option<Range<usize>> {
    (at + 1 < end && text.at(at) == ' ' && is_latin(text.at(at + 1))).then(|| at + 1..word_end(text, at + 1, end))
}

/// Whether a name in Latin letters has the form of a model's name: GPT-4, Llama 3.1 405B, abab6, o1-mini, Qwen2.5-Max.
pub(super) fn is_model(folded: &str) -> bool {
    let words: Vec<&str> = folded.split([' ', '-', '_', ':', '/']).filter(|word| !word.is_empty()).collect();
    let Some(head) = words.first() else { return false };
    if LEXICON.cues(folded).has(Cue::ModelFamily) {
        return true;
    }
    let family = LEXICON.cues(head).has(Cue::ModelFamily)
        || words.get(..2).is_some_and(|two| LEXICON.cues(&two.join(" ")).has(Cue::ModelFamily));
    let rest = words.get(1..).unwrap_or_default();
    if family {
        return rest.iter().all(|word| {
            is_version(word)
                || MODEL_TAILS.contains(word)
                || word.chars().all(|c| c.is_ascii_alphabetic()) && rest.len() < 4
        }) && !rest.iter().any(|word| LEXICON.cues(word).has(Cue::SuffixLatin) && *word != "systems");
    }
    // A version behind the word or joined to it: Baichuan 3, abab6, Step-2, K2.
    let versioned = rest.iter().any(|word| is_version(word));
    let joined = head.chars().next().is_some_and(|c| c.is_ascii_alphabetic()) && has_joined_version(head);
    let tails = rest.iter().all(|word| {
        is_version(word) || MODEL_TAILS.contains(word) || word.len() < 10 && !LEXICON.cues(word).has(Cue::SuffixLatin)
    });
    let alphabetic = head.chars().any(|c| c.is_ascii_alphabetic()) && !head.starts_with(|c: char| c.is_ascii_digit());
    alphabetic
        && tails
        && words.len() <= 6
        && ((versioned && !rest.iter().any(|word| is_year(word)))
            || (joined && (rest.is_empty() || rest.iter().all(|word| is_version(word) || MODEL_TAILS.contains(word)))))
}

fn is_year(word: &str) -> bool {
    word.len() == 4 && (word.starts_with("19") || word.starts_with("20")) && word.chars().all(|c| c.is_ascii_digit())
}

/// 4, 3.5, 4o, v2, 72b, 1t, r1, k1.5
fn is_version(word: &str) -> bool {
    let body = word.strip_prefix(['v', 'r', 'k', 'm', 'o', 'x', 't', 's']).unwrap_or(word);
    let digits = body.chars().take_while(|c| c.is_ascii_digit() || *c == '.').count();
    let tail = body.get(digits..).unwrap_or_default();
    digits > 0
        && body.starts_with(|c: char| c.is_ascii_digit())
        && digits <= 5
        && tail.len() <= 2
        && tail.chars().all(|c| c.is_ascii_alphabetic() || c == '+')
}

/// abab6, o1, qwen2.5, gpt3.5; not a16z, 4paradigm, h100.
fn has_joined_version(word: &str) -> bool {
    let head = word.chars().take_while(|c| c.is_ascii_alphabetic()).count();
    let rest = word.get(head..).unwrap_or_default();
    let digits = rest.chars().take_while(|c| c.is_ascii_digit() || *c == '.').count();
    let tail = rest.get(digits..).unwrap_or_default();
    let version = rest.get(..digits).unwrap_or_default();
    (version.len() == 1 || version.contains('.'))
        && !version.ends_with('.')
        && tail.len() <= 1
        && (head >= 2 || tail.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(document: &str) -> Option<String> {
        let text = Text::new(document);
        name_at(&text, 0, text.len(), false).map(|range| text.quote(range).to_owned())
    }

    #[test]
    fn names_are_runs_of_capitalised_words() {
        for (document, expected) in [
            ("Andreessen Horowitz and", Some("Andreessen Horowitz")),
            ("Founders Fund led", Some("Founders Fund")),
            ("a16z Growth领投", Some("a16z Growth")),
            ("GPT-4 Turbo具有", Some("GPT-4 Turbo")),
            ("Baichuan 3,", Some("Baichuan 3")),
            ("Brightloom Raises €22", Some("Brightloom")),
            ("San Francisco-based Harvey", None),
            ("CEO Sam Altman", None),
            ("AI编程", None),
            ("OpenAI's chief", Some("OpenAI")),
            ("01.AI raised", Some("01.AI")),
            ("Bank of America said", Some("Bank of America")),
            ("Mistral AI released", Some("Mistral AI")),
            ("40-person team", None),
            ("the company", None),
        ] {
            assert_eq!(name(document).as_deref(), expected, "{document}");
        }
    }

    #[test]
    fn models_are_known_by_their_form() {
        for model in [
            "gpt-4", "gpt-4 turbo", "gpt-4o", "gpt3.5", "claude 3 opus", "gemini 1.5 pro", "llama 3.1 405b",
            "baichuan 3", "abab6", "o1-mini", "qwen2.5-72b-instruct", "deepseek-v3", "yi-34b", "step-2", "sora",
            "weavenet 3", "kimi k1.5", "grok-1.5v",
        ] {
            assert!(is_model(model), "{model}");
        }
        for other in [
            "a16z", "openai", "mistral ai", "sequoia capital", "4paradigm", "h100", "01.ai", "world 2023", "sv angel",
            "y combinator",
        ] {
            assert!(!is_model(other), "{other}");
        }
    }
}
