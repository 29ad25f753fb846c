//! The words of questions: which phrase hints at which part of a meaning.
//!
//! The phrases are data (`data/lexicon/questions.tsv`), in small letters and Simplified characters; the normal form
//! brings other spellings to them. build.rs makes a sorted table of them.

/// What a phrase of a question hints at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Cue {
    /// Asks for a person or an organisation.
    Who,
    /// Asks for the doer of a passive, wherever it stands.
    ByWhom,
    /// Asks for a thing.
    What,
    /// Asks for a place.
    Where,
    /// Asks for a date.
    When,
    /// Asks for an amount.
    HowMuch,
    /// Asks for a number of things.
    HowMany,
    /// Asks whether something is so.
    YesNo,
    /// The kind "investor", beside a question word.
    InvestorKind,
    /// The kind "company".
    CompanyKind,
    /// The kind "person".
    PersonKind,
    /// The kind "model"; alone with an organisation it asks for its models.
    ModelKind,
    /// The kind "product".
    ProductKind,
    /// The kind "funding round".
    RoundKind,
    /// The kind "benchmark".
    BenchmarkKind,
    /// The kind "city".
    CityKind,
    /// Investor invests in company.
    Invest,
    /// Company is backed by investor.
    InvestPassive,
    /// Company receives (money, investment) from investor.
    Receive,
    /// Noun for who invests.
    Investor,
    /// Noun for what is invested in.
    Investment,
    /// Investor leads a round of company.
    Lead,
    /// Round is led by investor.
    LeadPassive,
    /// Noun for who leads.
    LeadInvestor,
    /// Person founds organisation.
    Found,
    /// Organisation is founded by person.
    FoundPassive,
    /// Noun for who founded.
    Founder,
    /// The word "role" itself.
    RoleWord,
    /// Person works at organisation.
    Work,
    /// The people of an organisation.
    Team,
    /// Person runs organisation.
    Runs,
    /// What was before.
    Former,
    /// Person moved to organisation.
    Moved,
    /// Organisation develops model.
    Develop,
    /// Model is developed by organisation.
    DevelopPassive,
    /// Noun for who developed, and the verb of belonging.
    Developer,
    /// Models of the same family.
    Family,
    /// Model is derived from model.
    Derived,
    /// Model is compared with model.
    Compare,
    /// The other side of a comparison follows.
    With,
    /// A comparison that is won.
    Exceeds,
    /// A comparison that is won by the other side.
    ExceedsPassive,
    /// A comparison that ends level.
    Matches,
    /// A comparison that is nearly level.
    Approaches,
    /// A comparison that is lost.
    Trails,
    /// A comparison that is an aim.
    Targets,
    /// How a comparison ended.
    Outcome,
    /// A result on a benchmark.
    Score,
    /// Company raises money.
    Raise,
    /// What a company is valued at.
    Valuation,
    /// The sum over all rounds.
    Total,
    /// The newest of several.
    Latest,
    /// The first of several.
    First,
    /// A company goes through rounds, a model through tests.
    Undergo,
    /// How something went over time.
    History,
    /// Company acquires company.
    Acquire,
    /// Company is acquired by company.
    AcquirePassive,
    /// Noun for who acquires.
    Acquirer,
    /// Noun for what is acquired.
    Acquisition,
    /// Company owns company.
    Own,
    /// Noun for what a company owns.
    Subsidiary,
    /// Noun for who owns a company.
    Parent,
    /// Where something has its seat.
    Locate,
    /// Company competes with company.
    Compete,
    /// Who publishes a benchmark.
    Publish,
    /// How two things are connected.
    Path,
    /// The two ends of a connection follow, or stand before.
    Between,
    /// Something holds of both.
    Both,
    /// When an organisation was founded.
    FoundedWhen,
    /// When a model was released.
    ReleasedWhen,
    /// How large a model is.
    Parameters,
    /// From a date on, the date included.
    Since,
    /// After a date.
    After,
    /// Before a date.
    Before,
    /// Up to a date, the date included.
    Until,
    /// Within a period.
    During,
    /// The doer follows.
    Agent,
    /// What is done to follows, before the verb: 把谁比下去.
    ObjectMarker,
    /// The one that something is done to follows.
    Recipient,
    /// Joins an owner and what is owned.
    Possessive,
    /// "Is".
    Be,
    /// "Was": what is asked about may be over.
    Was,
    /// Carries no meaning of its own.
    Filler,
}

include!(concat!(env!("OUT_DIR"), "/phrases.rs"));

/// A phrase of the lexicon: where it stands in `TEXT`, and where its cues stand in `CUES`.
struct Phrase {
    start: u32,
    length: u8,
    cues: (u16, u8),
}

impl Phrase {
    fn text(&self) -> &'static str {
        let start = self.start as usize;
        TEXT.get(start..start + usize::from(self.length)).unwrap_or_default()
    }

    fn cues(&self) -> &'static [Cue] {
        let (start, count) = (usize::from(self.cues.0), usize::from(self.cues.1));
        CUES.get(start..start + count).unwrap_or_default()
    }
}

/// The phrases that `text` begins with, longest first, each with all its cues.
pub(crate) fn phrases_at(text: &str) -> impl Iterator<Item = (usize, &'static [Cue])> {
    let first = text.chars().next().map_or("", |first| text.get(..first.len_utf8()).unwrap_or_default());
    let start = PHRASES.partition_point(|phrase| phrase.text() < first);
    // Of the phrases with this first character, those that `text` begins with stand in the order of their lengths.
    let mut found: Vec<(usize, &'static [Cue])> = PHRASES
        .iter()
        .skip(start)
        .take_while(|phrase| !first.is_empty() && phrase.text().starts_with(first))
        .filter(|phrase| text.starts_with(phrase.text()))
        .map(|phrase| (phrase.text().len(), phrase.cues()))
        .collect();
    found.reverse();
    found.into_iter()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::names::normal_form;

    #[test]
    fn every_phrase_of_the_lexicon_can_be_met() {
        let lexicon = include_str!("../../data/lexicon/questions.tsv");
        let mut wrong = Vec::new();
        for line in lexicon.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#')) {
            let (cue, list) = line.split_once('\t').unwrap();
            for phrase in list.split(',') {
                let bare = phrase.replace(' ', "");
                let met = phrases_at(&bare).next().is_some_and(|(length, _)| length == bare.len());
                if bare.is_empty() || normal_form(phrase) != bare || !met {
                    wrong.push(format!("{phrase:?} under {cue}"));
                }
            }
        }
        assert!(wrong.is_empty(), "not in normal form: {}", wrong.join(", "));
    }

    #[test]
    fn the_longest_phrase_comes_first() {
        let (length, cues) = phrases_at("investedinmoonshot").next().unwrap();
        assert_eq!(length, "investedin".len());
        assert!(cues.contains(&Cue::Invest));
        assert!(phrases_at("谁投资了").next().unwrap().1.contains(&Cue::Who));
        assert!(phrases_at("quux").next().is_none() && phrases_at("").next().is_none());
    }
}
