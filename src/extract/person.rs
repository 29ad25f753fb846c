//! Names of persons in Chinese text: a family name and one or two characters, or a name with a middle dot.

use std::ops::Range;

use crate::names::is_han;
use crate::text::{Text, is_latin};

use super::cue::{Cue, Cues};
use super::latin;
use super::lexicon::LEXICON;

/// Words that end a name in front of them.
const AFTER: Cues = Cues::any(&[
    Cue::Particle,
    Cue::Claim,
    Cue::Announce,
    Cue::Found,
    Cue::Appoint,
    Cue::WasAt,
    Cue::Left,
    Cue::Joined,
    Cue::ComeFrom,
    Cue::Former,
    Cue::Title,
    Cue::Founder,
    Cue::Honorific,
    Cue::Raise,
    Cue::Lead,
    Cue::Follow,
    Cue::Its,
    Cue::Not,
    Cue::WithPerson,
    Cue::Planned,
    Cue::Reported,
    Cue::Invest,
    Cue::Release,
    Cue::Denied,
    Cue::PersonPronoun,
    Cue::Join,
    Cue::RiseFrom,
    Cue::ScopeOpen,
    Cue::AfterPerson,
    Cue::Reporter,
]);

/// The name of a person that begins at a position: Chinese, transliterated (山姆·奥特曼), or Latin.
pub(super) fn person_at(text: &Text<'_>, at: usize, end: usize) -> Option<Range<usize>> {
    if is_latin(text.at(at)) {
        return latin_person(text, at, end);
    }
    transliterated(text, at, end).or_else(|| chinese(text, at, end))
}

fn latin_person(text: &Text<'_>, at: usize, end: usize) -> Option<Range<usize>> {
    let range = latin::name_at(text, at, end, false)?;
    let folded = text.folded(range.clone());
    (text.raw(at).is_uppercase()
        && !latin::is_model(&folded)
        && folded.split(' ').count() <= 4
        && !folded.ends_with(|c: char| c.is_ascii_digit()))
    .then_some(range)
}

/// 山姆·奥特曼: Chinese characters on both sides of a middle dot.
fn transliterated(text: &Text<'_>, at: usize, end: usize) -> Option<Range<usize>> {
    let mut place = at;
    let mut dots = 0;
    while place < end && place - at < 16 {
        match text.at(place) {
            '·' if place > at => dots += 1,
            c if is_han(c) => {
                // The word behind the name ends it, once there is a name.
                if dots > 0 && text.at(place - 1) != '·' && ends_before(text, place, end) {
                    break;
                }
            }
            _ => break,
        }
        place += 1;
    }
    (dots > 0 && place > at + 3).then_some(at..place)
}

/// A family name and a given name of one or two characters.
fn chinese(text: &Text<'_>, at: usize, end: usize) -> Option<Range<usize>> {
    let two: String = [text.at(at), text.at(at + 1)].iter().collect();
    let family = if LEXICON.cues(&two).has(Cue::Surname) {
        2
    } else if LEXICON.cues(&text.at(at).to_string()).has(Cue::Surname) {
        1
    } else {
        return None;
    };
    let given = |length: usize| {
        let range = at + family..at + family + length;
        range.end <= end && range.clone().all(|place| is_han(text.at(place)))
    };
    if !given(1) {
        return None;
    }
    let short = at + family + 1;
    let long = short + 1;
    let short_ends = ends_before(text, short, end);
    if !given(2) {
        return Some(at..short);
    }
    let long_ends = ends_before(text, long, end);
    // 費爾德曼: the name of a foreigner, spelled by its sound.
    if family == 1 && !short_ends && is_sound(text.at(short)) && is_sound(text.at(long)) {
        for past in [long + 1, long + 2] {
            if past <= end
                && (short..past).all(|place| is_sound(text.at(place)))
                && ends_before(text, past, end)
                && !long_ends
            {
                return Some(at..past);
            }
        }
    }
    // 陈冉向记者表示: 向 holds the sentence together, so it ends the name; 李开复创办: nothing ends the name before 创办.
    match (short_ends, long_ends) {
        (true, false) => Some(at..short),
        (true, true) if is_word(text, short, end) => Some(at..short),
        (_, true) => Some(at..long),
        (false, false) => Some(at..long),
    }
}

/// Characters that spell foreign names by their sound.
fn is_sound(c: char) -> bool {
    "阿艾爱安奥巴贝本比博布查德迪蒂杜多恩尔法费芬弗福戈格古哈海汉赫亨霍基吉加杰金卡凯科克肯夸拉莱兰劳雷里丽利莉林琳卢鲁路伦罗洛马迈曼梅蒙米莫姆内纳娜尼努诺帕佩皮普奇乔切琼萨塞桑瑟森沙山圣施舒斯苏索塔泰坦汤特提图托瓦万威韦维温沃伍西希夏谢辛休雅亚伊因英尤约泽扎朱兹茨逊翰顿登".contains(c)
}

/// Whether a word that is no part of a name begins at a position.
fn ends_before(text: &Text<'_>, at: usize, end: usize) -> bool {
    at >= end || !is_han(text.at(at)) && text.at(at) != '·' || is_word(text, at, end)
}

fn is_word(text: &Text<'_>, at: usize, end: usize) -> bool {
    LEXICON.longest_at(text, at, end).is_some_and(|(_, cues)| cues.meets(AFTER))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn persons_end_where_their_names_end() {
        for (document, expected) in [
            ("陳冉向記者表示", Some("陳冉")),
            ("李開複創辦的", Some("李開複")),
            ("王小川創立", Some("王小川")),
            ("吳畏向21世紀", Some("吳畏")),
            ("许冬亮曾在", Some("许冬亮")),
            ("李慶向", Some("李慶")),
            ("欧阳娜娜加入", Some("欧阳娜娜")),
            ("山姆·奧特曼(Sam", Some("山姆·奧特曼")),
            ("Sam Altman表示", Some("Sam Altman")),
            ("张鹏", Some("张鹏")),
            ("白鹿鸣毕业于", Some("白鹿鸣")),
            ("人工智能", None),
        ] {
            let text = Text::new(document);
            let found = person_at(&text, 0, text.len()).map(|range| text.quote(range).to_owned());
            assert_eq!(found.as_deref(), expected, "{document}");
        }
    }
}
