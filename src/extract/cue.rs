//! Cues: what a phrase of the lexicon hints at.

use std::ops::BitOr;

macro_rules! cues {
    ($($(#[$doc:meta])* $name:ident $word:literal,)*) => {
        /// What a phrase hints at.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(super) enum Cue {
            $($(#[$doc])* $name,)*
        }

        impl Cue {
            /// The cue that a line of the lexicon begins with.
            pub(super) fn parse(word: &str) -> Option<Self> {
                match word {
                    $($word => Some(Self::$name),)*
                    _ => None,
                }
            }

            /// Every cue with its word.
            const ALL: &[(Self, &str)] = &[$((Self::$name, $word)),*];
        }
    };
}

cues! {
    /// A company gets money.
    Raise "raise",
    /// What it gets: funding.
    Finance "finance",
    /// A verb that says both: 获投.
    GotInvested "got-invested",
    /// A round without a series.
    RoundWord "round-word",
    /// The round that the text is about.
    ThisRound "this-round",
    /// After the round.
    FinancingOver "financing-over",
    /// Who leads stands in front (Chinese).
    Lead "lead",
    /// Who leads follows (English).
    LedBy "led-by",
    /// Who leads stands in front (English).
    Led "led",
    /// Who takes part stands in front (Chinese).
    Follow "follow",
    /// Who takes part follows (English).
    FollowedBy "followed-by",
    /// Who takes part stands in front (English).
    TookPart "took-part",
    /// Who takes part stands in front, and the round follows.
    Join "join",
    /// Noun for who takes part.
    InvestorNoun "investor-noun",
    /// A list follows.
    Include "include",
    /// Who backs a company follows.
    BackedBy "backed-by",
    /// Investors may follow.
    FromInvestors "from-investors",
    /// Who held shares before.
    Existing "existing",
    /// What an investor is called.
    NewInvestors "new-investors",
    /// The part that an investor plays.
    AsInvestor "as-investor",
    /// Nobody else takes part.
    Sole "sole",
    /// Who only advises.
    Adviser "adviser",
    /// An investor puts money into a company.
    Invest "invest",
    /// Shares.
    Stake "stake",
    /// An investor takes shares.
    Subscribe "subscribe",
    /// What an amount may be of, other than a round.
    NoRaise "no-raise",
    /// An amount follows that was converted.
    Converted "converted",
    /// Money that is owed.
    Debt "debt",
    /// What a company is worth.
    Valuation "valuation",
    /// Before the money.
    PreMoney "pre-money",
    /// After the money.
    PostMoney "post-money",
    /// A value that was.
    RiseFrom "rise-from",
    /// A value that is now.
    RiseTo "rise-to",
    /// A value that doubled.
    Doubled "doubled",
    /// Of an earlier time.
    TimeBefore "time-before",
    /// Over several rounds.
    Cumulative "cumulative",
    /// How many rounds there were.
    TimesCount "times-count",
    /// Relayed.
    Reported "reported",
    /// Intended.
    Planned "planned",
    /// Contradicted.
    Denied "denied",
    /// Not so.
    Not "not",
    /// Somebody says so.
    Claim "claim",
    /// Somebody makes known.
    Announce "announce",
    /// The company that the text is about.
    TheCompany "the-company",
    /// A pronoun for it.
    Its "its",
    /// A company buys a company.
    Acquire "acquire",
    /// A company is bought.
    AcquiredBy "acquired-by",
    /// A title of who founded.
    Founder "founder",
    /// A title.
    Title "title",
    /// Joins two titles.
    AndTitle "and-title",
    /// No more.
    Former "former",
    /// A person was somewhere.
    WasAt "was-at",
    /// A person went away.
    Left "left",
    /// Persons were somewhere.
    ComeFrom "come-from",
    /// A person gets a title.
    Appoint "appoint",
    /// A company gives a title.
    AppointActive "appoint-active",
    /// A title follows.
    As "as",
    /// A person came.
    Joined "joined",
    /// A pronoun for a person.
    PersonPronoun "person-pronoun",
    /// A person founds a company.
    Found "found",
    /// Who founded follows.
    FoundedBy "founded-by",
    /// A date of founding follows.
    FoundedAt "founded-at",
    /// A second person follows.
    WithPerson "with-person",
    /// What often stands behind the name of a person, and in no name.
    AfterPerson "after-person",
    /// A journalist: no role that counts.
    Reporter "reporter",
    /// A company makes a model public.
    Release "release",
    /// A company makes a model.
    Propose "propose",
    /// Who made a model follows.
    DevelopedBy "developed-by",
    /// Who made a model stands in front.
    Maker "maker",
    /// Of one's own.
    Owned "owned",
    /// What a model is called.
    ModelNoun "model-noun",
    /// What a product is called.
    ProductNoun "product-noun",
    /// Words between a verb and the name of a model.
    Generation "generation",
    /// A comparison that is won.
    Exceeds "exceeds",
    /// A comparison that ends level.
    Matches "matches",
    /// A comparison that is nearly level.
    Approaches "approaches",
    /// A comparison that is lost.
    Trails "trails",
    /// A comparison that is an aim.
    Targets "targets",
    /// A comparison without an end.
    Compared "compared",
    /// The version before.
    Previous "previous",
    /// Not quite.
    Nearly "nearly",
    /// Where a comparison holds, follows.
    ScopeOpen "scope-open",
    /// Where a comparison holds, ends.
    ScopeClose "scope-close",
    /// A score follows or stands in front.
    ScoreWord "score-word",
    /// A rank.
    RankWord "rank-word",
    /// A test.
    BenchmarkNoun "benchmark-noun",
    /// The name of a family of models.
    ModelFamily "model-family",
    /// The name of a test.
    BenchmarkName "benchmark-name",
    /// No name goes on over it.
    Particle "particle",
    /// The kind of an organisation; its name follows.
    Descriptor "descriptor",
    /// The end of the name of a company.
    SuffixStartup "suffix-startup",
    /// The end of the name of an investor.
    SuffixInvestor "suffix-investor",
    /// The end of the name of an organisation.
    SuffixCompany "suffix-company",
    /// The end of the name of an institute.
    SuffixResearch "suffix-research",
    /// The end of a Latin name.
    SuffixLatin "suffix-latin",
    /// What a short form leaves out.
    ShortSuffix "short-suffix",
    /// Nobody in particular.
    Generic "generic",
    /// What stands beside the name of a person.
    Honorific "honorific",
    /// A place.
    Place "place",
    /// Latin letters that are no name.
    LatinNoise "latin-noise",
    /// A name, whatever it holds.
    Protected "protected",
    /// Who publishes news.
    Medium "medium",
    /// The family name of a person.
    Surname "surname",
}

/// A set of cues.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Cues(u128);

impl Cues {
    pub(super) const NONE: Self = Self(0);

    pub(super) const fn of(cue: Cue) -> Self {
        Self(1 << cue as u32)
    }

    /// The set of several cues.
    pub(super) const fn any(cues: &[Cue]) -> Self {
        let mut bits = 0;
        let mut rest = cues;
        while let [first, others @ ..] = rest {
            bits |= 1 << *first as u32;
            rest = others;
        }
        Self(bits)
    }

    pub(super) const fn has(self, cue: Cue) -> bool {
        self.0 & (1 << cue as u32) != 0
    }

    pub(super) const fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    pub(super) const fn within(self, other: Self) -> bool {
        self.0 & !other.0 == 0
    }

    pub(super) const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The words of the cues, for `--explain`.
    pub(super) fn words(self) -> impl Iterator<Item = &'static str> {
        Cue::ALL.iter().filter(move |(cue, _)| self.has(*cue)).map(|(_, word)| *word)
    }
}

impl BitOr for Cues {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}
