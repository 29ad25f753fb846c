//! Lists of names in English: Lakestar, Project A and existing investor Cherry Ventures.

use super::super::Kind;
use super::super::cue::{Cue, Cues};
use super::super::parts::What;
use super::super::reader::Reader;
use super::super::roster::Hint;
use super::list::ListItem;

/// Words that may stand in front of a name in an English list.
const DESCRIBING: Cues = Cues::any(&[
    Cue::Existing,
    Cue::NewInvestors,
    Cue::Descriptor,
    Cue::Generic,
    Cue::Title,
    Cue::Founder,
    Cue::Former,
    Cue::Place,
    Cue::InvestorNoun,
    Cue::LatinNoise,
    Cue::Generation,
    Cue::ModelNoun,
    Cue::ProductNoun,
    Cue::AndTitle,
    Cue::Include,
    Cue::Honorific,
]);

impl Reader<'_, '_> {
    /// The names of an English list, and the place behind it.
    pub(super) fn english_list(&mut self, from: usize, kind: Kind) -> (Vec<ListItem>, usize) {
        let mut items: Vec<ListItem> = Vec::new();
        let mut current: Option<ListItem> = None;
        let mut existing = false;
        let mut plain = 0;
        let mut place = from;
        let mut behind = from;
        // Whether something divides the name that comes from the one before it.
        while place < self.parts.len() && place - from < 160 {
            let Some(part) = self.parts.get(place).copied() else { break };
            match part.what {
                What::Name(entry) => {
                    let wrong = matches!(self.roster.kind(entry), Some(Kind::Model | Kind::Benchmark));
                    if wrong {
                        break;
                    }
                    // Figma CEO Dylan Field: a title makes the name behind it a person.
                    if place > from && self.parts.meets(place - 1, Cues::any(&[Cue::Title, Cue::Founder])) {
                        self.roster.hint(entry, Hint::Role, Kind::Person);
                    }
                    current = Some(ListItem { entry, existing, place });
                    plain = 0;
                    behind = place + 1;
                }
                // Benchmark's Eric Vishria: the owner is who invests.
                What::Mark('\'')
                    if current.is_some() && self.is_word(place + 1, &["s"]) && self.is_person_name(place + 2) =>
                {
                    items.extend(current.take());
                    place += 3;
                    behind = place;
                    continue;
                }
                What::Mark('\'') if current.is_some() => {
                    // Google's venture arm GV: the owner is not the one.
                    let owned = (place + 2..self.parts.len().min(place + 8))
                        .take_while(|at| !matches!(self.parts.mark(*at), Some(',' | '。' | '.')))
                        .any(|at| self.parts.name(at).is_some());
                    if !owned {
                        break;
                    }
                    current = None;
                    place += 1;
                }
                What::Mark('(') => {
                    place = self.behind_bracket(place);
                    behind = place;
                    continue;
                }
                What::Mark(',' | '、' | '&') => {
                    items.extend(current.take());
                    plain = 0;
                }
                What::Mark('-') => {}
                What::Mark(_) => break,
                What::Cue
                    if part.cues.has(Cue::FollowedBy)
                        && !self.is_word(place, &["along with", "alongside", "together with"]) =>
                {
                    break;
                }
                _ if self.is_word(place, &["and", "as well as", "plus", "和", "与", "及", "以及"])
                    || part.cues.has(Cue::FollowedBy)
                        && self.is_word(place, &["along with", "alongside", "together with"]) =>
                {
                    items.extend(current.take());
                    plain = 0;
                }
                What::Cue | What::Word if current.is_some() => {
                    // Jeff Dean of Google, NEA in the round: what follows the name is not of the list, unless it
                    // describes and another name comes: Sequoia partner Shaun Maguire.
                    let described =
                        part.cues.meets(Cues::any(&[Cue::Title, Cue::Founder, Cue::Descriptor, Cue::NewInvestors]))
                            && (place + 1..self.parts.len().min(place + 4)).any(|at| self.parts.name(at).is_some())
                            && !self.is_word(place + 1, &["of", "at", "in", "from"])
                            && self.parts.mark(place + 1).is_none();
                    if !described {
                        if self.is_word(place, &["of", "at", "from"]) && self.parts.name(place + 1).is_some() {
                            place += 2;
                            behind = place;
                            continue;
                        }
                        break;
                    }
                    current = None;
                }
                // Taavet Hinrikus, co-founder of Wise: what describes the one in front is not of the list.
                What::Cue
                    if !items.is_empty()
                        && part.cues.meets(Cues::any(&[Cue::Title, Cue::Founder]))
                        && self.is_word(place + 1, &["of", "at"])
                        && self.parts.name(place + 2).is_some() =>
                {
                    place += 3;
                    behind = place;
                    continue;
                }
                What::Cue
                    if part.cues.meets(DESCRIBING)
                        || self.is_word(
                            place,
                            &[
                                "the", "a", "an", "its", "by", "from", "such", "as", "of", "like", "many", "both",
                                "including", "several", "some", "other", "led", "with", "new", "all", "existing",
                                "prominent", "notable",
                            ],
                        ) =>
                {
                    if part.cues.has(Cue::Existing) {
                        existing = true;
                    } else if part.cues.has(Cue::NewInvestors)
                        && self.is_word(place, &["new investors", "new investor", "new backers"])
                    {
                        existing = false;
                    }
                    plain += 1;
                }
                What::Word | What::Number(..) => plain += 2,
                _ => break,
            }
            if plain > 12 {
                break;
            }
            place += 1;
        }
        items.extend(current);
        for item in &items {
            self.roster.hint(item.entry, Hint::Part, kind);
        }
        (items, behind.max(from))
    }

    /// Whether the name at a place is known as that of a person, or reads like one.
    fn is_person_name(&mut self, place: usize) -> bool {
        self.parts.name(place).is_some_and(|entry| {
            self.roster.kind(entry) == Some(Kind::Person)
                || self.roster.kind(entry).is_none() && self.person_at_place(place).is_some()
        })
    }

    /// The names of the English list that ends in front of a verb: A, B and C also participated.
    pub(in super::super) fn english_list_before(&mut self, verb: usize, kind: Kind) -> Vec<ListItem> {
        let floor = self.segment(verb).start;
        let mut from = verb;
        let mut last_name = None;
        while from > floor {
            let place = from - 1;
            let Some(part) = self.parts.get(place).copied() else { break };
            let listed = match part.what {
                What::Name(entry) => {
                    if matches!(self.roster.kind(entry), Some(Kind::Model | Kind::Benchmark)) {
                        false
                    } else {
                        last_name = Some(place);
                        true
                    }
                }
                What::Mark(')') => {
                    from = self.before_bracket(place);
                    if from == place {
                        break;
                    }
                    continue;
                }
                What::Mark(',' | '、' | '&' | '\'') => true,
                What::Mark(_) => false,
                What::Word => {
                    self.is_word(place, &["s"]) || last_name.is_none() && self.is_word(place, &["also", "all"])
                }
                What::Cue => {
                    part.cues.meets(DESCRIBING) && !self.parts.has(place, Cue::Its)
                        || self.is_word(
                            place,
                            &[
                                "and", "the", "a", "an", "also", "all", "other", "as well as", "have", "has", "both",
                                "each", "to",
                            ],
                        )
                }
                _ => false,
            };
            if !listed {
                break;
            }
            from -= 1;
        }
        let Some(last) = last_name else { return Vec::new() };
        let _ = last;
        let (items, behind) = self.english_list(from, kind);
        if behind > verb { Vec::new() } else { items }
    }
}
