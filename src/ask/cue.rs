//! The words of questions: which phrase hints at which part of a meaning.
//!
//! The phrases are data (`data/lexicon/questions.tsv`), in small letters and Simplified characters; the normal form
//! brings other spellings to them. Spaces in the file are for its readers and are dropped here.

/// What a phrase of a question hints at.
macro_rules! cues {
    ($($(#[$doc:meta])* $name:ident = $word:literal,)*) => {
        /// What a phrase of a question hints at.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub(crate) enum Cue {
            $($(#[$doc])* $name,)*
        }

        impl Cue {
            /// The cue by its word in the lexicon.
            fn parse(word: &str) -> Option<Self> {
                match word {
                    $($word => Some(Self::$name),)*
                    _ => None,
                }
            }
        }
    };
}

cues! {
    /// Asks for a person or an organisation.
    Who = "who",
    /// Asks for the doer of a passive, wherever it stands.
    ByWhom = "by-whom",
    /// Asks for a thing.
    What = "what",
    /// Asks for a place.
    Where = "where",
    /// Asks for a date.
    When = "when",
    /// Asks for an amount.
    HowMuch = "how-much",
    /// Asks for a number of things.
    HowMany = "how-many",
    /// Asks whether something is so.
    YesNo = "yes-no",
    /// The kind "investor", beside a question word.
    InvestorKind = "investor-kind",
    /// The kind "company".
    CompanyKind = "company-kind",
    /// The kind "person".
    PersonKind = "person-kind",
    /// The kind "model"; alone with an organisation it asks for its models.
    ModelKind = "model-kind",
    /// The kind "product".
    ProductKind = "product-kind",
    /// The kind "funding round".
    RoundKind = "round-kind",
    /// The kind "benchmark".
    BenchmarkKind = "benchmark-kind",
    /// The kind "city".
    CityKind = "city-kind",
    /// Investor invests in company.
    Invest = "invest",
    /// Company is backed by investor.
    InvestPassive = "invest-passive",
    /// Company receives (money, investment) from investor.
    Receive = "receive",
    /// Noun for who invests.
    Investor = "investor",
    /// Noun for what is invested in.
    Investment = "investment",
    /// Investor leads a round of company.
    Lead = "lead",
    /// Round is led by investor.
    LeadPassive = "lead-passive",
    /// Noun for who leads.
    LeadInvestor = "lead-investor",
    /// Person founds organisation.
    Found = "found",
    /// Organisation is founded by person.
    FoundPassive = "found-passive",
    /// Noun for who founded.
    Founder = "founder",
    /// The word "role" itself.
    RoleWord = "role-word",
    /// Person works at organisation.
    Work = "work",
    /// The people of an organisation.
    Team = "team",
    /// Person runs organisation.
    Runs = "runs",
    /// What was before.
    Former = "former",
    /// Person moved to organisation.
    Moved = "moved",
    /// Organisation develops model.
    Develop = "develop",
    /// Model is developed by organisation.
    DevelopPassive = "develop-passive",
    /// Noun for who developed, and the verb of belonging.
    Developer = "developer",
    /// Models of the same family.
    Family = "family",
    /// Model is derived from model.
    Derived = "derived",
    /// Model is compared with model.
    Compare = "compare",
    /// The other side of a comparison follows.
    With = "with",
    /// A comparison that is won.
    Exceeds = "exceeds",
    /// A comparison that is won by the other side.
    ExceedsPassive = "exceeds-passive",
    /// A comparison that ends level.
    Matches = "matches",
    /// A comparison that is nearly level.
    Approaches = "approaches",
    /// A comparison that is lost.
    Trails = "trails",
    /// A comparison that is an aim.
    Targets = "targets",
    /// How a comparison ended.
    Outcome = "outcome",
    /// A result on a benchmark.
    Score = "score",
    /// Company raises money.
    Raise = "raise",
    /// What a company is valued at.
    Valuation = "valuation",
    /// The sum over all rounds.
    Total = "total",
    /// The newest of several.
    Latest = "latest",
    /// The first of several.
    First = "first",
    /// A company goes through rounds, a model through tests.
    Undergo = "undergo",
    /// How something went over time.
    History = "history",
    /// Company acquires company.
    Acquire = "acquire",
    /// Company is acquired by company.
    AcquirePassive = "acquire-passive",
    /// Noun for who acquires.
    Acquirer = "acquirer",
    /// Noun for what is acquired.
    Acquisition = "acquisition",
    /// Company owns company.
    Own = "own",
    /// Noun for what a company owns.
    Subsidiary = "subsidiary",
    /// Noun for who owns a company.
    Parent = "parent",
    /// Where something has its seat.
    Locate = "locate",
    /// Company competes with company.
    Compete = "compete",
    /// Who publishes a benchmark.
    Publish = "publish",
    /// How two things are connected.
    Path = "path",
    /// The two ends of a connection follow, or stand before.
    Between = "between",
    /// Something holds of both.
    Both = "both",
    /// When an organisation was founded.
    FoundedWhen = "founded-when",
    /// When a model was released.
    ReleasedWhen = "released-when",
    /// How large a model is.
    Parameters = "parameters",
    /// From a date on, the date included.
    Since = "since",
    /// After a date.
    After = "after",
    /// Before a date.
    Before = "before",
    /// Up to a date, the date included.
    Until = "until",
    /// Within a period.
    During = "during",
    /// The doer follows.
    Agent = "agent",
    /// The one that something is done to follows.
    Recipient = "recipient",
    /// Joins an owner and what is owned.
    Possessive = "possessive",
    /// "Is".
    Be = "be",
    /// "Was": what is asked about may be over.
    Was = "was",
    /// Carries no meaning of its own.
    Filler = "filler",
}

/// The lexicon of questions, compiled in.
const LEXICON: &str = include_str!("../../data/lexicon/questions.tsv");

/// The phrases and what they hint at.
#[derive(Debug)]
pub(crate) struct Phrases {
    /// Phrases in normal form, sorted.
    phrases: Vec<(String, Cue)>,
}

impl Phrases {
    /// Reads the lexicon that is compiled in; lines that it does not understand are left out (a test finds them).
    pub(crate) fn load() -> Self {
        let mut phrases: Vec<(String, Cue)> = lines(LEXICON)
            .filter_map(|(cue, list)| Some((Cue::parse(cue)?, list)))
            .flat_map(|(cue, list)| list.split(',').map(move |phrase| (phrase.replace(' ', ""), cue)))
            .collect();
        phrases.sort_unstable_by(|a, b| a.0.cmp(&b.0));
        Self { phrases }
    }

    /// The phrases that `text` begins with, longest first, each with all its cues.
    pub(crate) fn at(&self, text: &str) -> Vec<(usize, Vec<Cue>)> {
        let Some(first) = text.chars().next() else { return Vec::new() };
        let mut buffer = [0; 4];
        let first = &*first.encode_utf8(&mut buffer);
        let start = self.phrases.partition_point(|(phrase, _)| phrase.as_str() < first);
        let mut found: Vec<(usize, Vec<Cue>)> = Vec::new();
        for (phrase, cue) in self.phrases.iter().skip(start).take_while(|(phrase, _)| phrase.starts_with(first)) {
            if text.starts_with(phrase.as_str()) {
                match found.iter_mut().find(|(length, _)| *length == phrase.len()) {
                    Some((_, cues)) => cues.push(*cue),
                    None => found.push((phrase.len(), vec![*cue])),
                }
            }
        }
        found.sort_unstable_by_key(|(length, _)| std::cmp::Reverse(*length));
        found
    }
}

/// The lines of a lexicon: a word, a tab, and the rest.
fn lines(lexicon: &str) -> impl Iterator<Item = (&str, &str)> {
    lexicon.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('\t'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::names::normal_form;

    #[test]
    fn every_line_of_the_lexicon_is_understood() {
        for line in LEXICON.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#')) {
            let (cue, list) = line.split_once('\t').unwrap_or_else(|| panic!("no tab in {line:?}"));
            assert!(Cue::parse(cue).is_some(), "unknown cue {cue:?}");
            for phrase in list.split(',') {
                let bare = phrase.replace(' ', "");
                assert!(!bare.is_empty(), "empty phrase under {cue}");
                assert_eq!(normal_form(phrase), bare, "{phrase:?} under {cue} is not in normal form");
            }
        }
    }

    #[test]
    fn the_longest_phrase_comes_first() {
        let phrases = Phrases::load();
        let found = phrases.at("investedinmoonshot");
        assert_eq!(found[0].0, "investedin".len());
        assert!(found[0].1.contains(&Cue::Invest));
        assert!(phrases.at("谁投资了")[0].1.contains(&Cue::Who));
        assert!(phrases.at("quux").is_empty());
    }
}
