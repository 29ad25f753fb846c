//! The relations that questions ask for: which facts, from which side, and what is shown of them.

pub(crate) use crate::model::vocabulary::{BACKER, MADE, ORGANISATION};
use crate::model::{Fact, Language};

/// Labels of those who develop something.
pub(crate) const MAKER: &[&str] = &["Startup", "Company", "Investor", "ResearchOrg", "Person"];
/// Labels of people.
pub(crate) const PERSON: &[&str] = &["Person"];
/// Labels of models.
pub(crate) const MODEL: &[&str] = &["Model"];
/// Labels of benchmarks.
pub(crate) const BENCHMARK: &[&str] = &["Benchmark"];
/// Labels of cities.
pub(crate) const CITY: &[&str] = &["City"];
/// Any label.
pub(crate) const ANY: &[&str] = &[];

/// Which way the facts of a relation are followed from the entity that is asked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// The entity is the subject; the answer is the object.
    Forward,
    /// The entity is the object; the answer is the subject.
    Backward,
    /// Either.
    Both,
}

/// One thing that can be asked about an entity: facts of some predicates, followed one way.
#[derive(Debug, PartialEq, Eq)]
pub struct Relation {
    /// A short name, also the heading of the answers.
    pub name: &'static str,
    /// The predicates whose facts are followed.
    pub predicates: &'static [&'static str],
    /// Which way.
    pub way: Way,
    /// Labels that the entity asked about must have one of; empty means any.
    pub anchor: &'static [&'static str],
    /// Labels that an answer must have one of; empty means any.
    pub answer: &'static [&'static str],
    /// Properties of the facts that are shown, beside the answer and the sources.
    pub columns: &'static [&'static str],
    /// What is asked, in English, with `{}` for the entity.
    pub english: &'static str,
    /// The same in Simplified Chinese.
    pub simplified: &'static str,
    /// The same in Traditional Chinese.
    pub traditional: &'static str,
}

impl Relation {
    /// Whether a fact of one of the predicates belongs to the relation: a role that lasts is not a former one.
    #[must_use]
    pub fn admits(&self, fact: &Fact) -> bool {
        let former = self.predicates.contains(&"PREVIOUSLY_AT");
        !(former && fact.predicate == ENDED_ROLE) || fact.properties.get("to").is_some()
    }

    /// What is asked, in the language of the question.
    #[must_use]
    pub fn phrase(&self, language: &Language) -> &'static str {
        match language {
            Language::Simplified => self.simplified,
            Language::Traditional => self.traditional,
            _ => self.english,
        }
    }
}

macro_rules! relations {
    ($($(#[$doc:meta])* $id:ident = $name:literal: $predicates:expr, $way:ident, $anchor:expr => $answer:expr,
        $columns:expr, $english:literal, $simplified:literal, $traditional:literal;)*) => {
        $($(#[$doc])* pub(crate) static $id: Relation = Relation {
            name: $name, predicates: $predicates, way: Way::$way, anchor: $anchor, answer: $answer,
            columns: $columns, english: $english, simplified: $simplified, traditional: $traditional,
        };)*

        /// Every relation that can be asked for.
        pub static RELATIONS: &[&Relation] = &[$(&$id),*];
    };
}

/// Roles are facts of the past only once they have ended; see [`Relation::admits`].
const ENDED_ROLE: &str = "HAS_ROLE";

const MONEY: &[&str] =
    &["round", "date", "round_amount", "investor_amount", "total_invested", "stake_pct", "qualifier", "lead"];
const COMPARED: &[&str] = &["outcome", "scope", "benchmark", "score_from", "score_to", "date", "claimed_by"];

relations! {
    /// Who put money into an organisation.
    INVESTORS = "investor": &["INVESTED_IN"], Backward, ORGANISATION => ANY, MONEY,
        "who invested in {}", "谁投资了{}", "誰投資了{}";
    /// What somebody put money into.
    INVESTMENTS = "company": &["INVESTED_IN"], Forward, BACKER => ANY, MONEY,
        "what {} invested in", "{}投资了什么", "{}投資了什麼";
    /// Who founded an organisation.
    FOUNDERS = "founder": &["FOUNDED_BY"], Forward, ORGANISATION => ANY, &["date"],
        "who founded {}", "谁创办了{}", "誰創辦了{}";
    /// What a person founded.
    FOUNDED = "organisation": &["FOUNDED_BY"], Backward, PERSON => ANY, &["date"],
        "what {} founded", "{}创办了什么", "{}創辦了什麼";
    /// Who has a role in an organisation.
    PEOPLE = "person": &["HAS_ROLE"], Backward, ORGANISATION => ANY, &["role", "from", "to"],
        "who has a role at {}", "谁在{}任职", "誰在{}任職";
    /// Which roles a person has.
    ROLES = "organisation": &["HAS_ROLE"], Forward, PERSON => ANY, &["role", "from", "to"],
        "which roles {} has", "{}担任什么职务", "{}擔任什麼職務";
    /// Where a person was before.
    FORMER_EMPLOYERS = "organisation": &["PREVIOUSLY_AT", ENDED_ROLE], Forward, PERSON => ANY, &["role", "until"],
        "where {} was before", "{}之前在哪里", "{}之前在哪裡";
    /// Who was at an organisation before.
    FORMER_PEOPLE = "person": &["PREVIOUSLY_AT", ENDED_ROLE], Backward, ORGANISATION => ANY, &["role", "until"],
        "who was at {} before", "谁曾在{}", "誰曾在{}";
    /// Where a person went.
    MOVED = "organisation": &["MOVED_TO"], Forward, PERSON => ANY, &["date"],
        "where {} moved to", "{}去了哪里", "{}去了哪裡";
    /// Which models an organisation developed.
    MODELS = "model": &["DEVELOPED_BY"], Backward, MAKER => MODEL, &["date"],
        "which models {} developed", "{}开发了哪些模型", "{}開發了哪些模型";
    /// Which products an organisation developed.
    PRODUCTS = "product": &["DEVELOPED_BY"], Backward, MAKER => &["Product"], &["date"],
        "which products {} developed", "{}开发了哪些产品", "{}開發了哪些產品";
    /// What an organisation developed, models and products.
    DEVELOPMENTS = "model": &["DEVELOPED_BY"], Backward, MAKER => MADE, &["date"],
        "what {} developed", "{}开发了什么", "{}開發了什麼";
    /// Who developed a model or product.
    DEVELOPERS = "developer": &["DEVELOPED_BY"], Forward, MADE => ANY, &["date"],
        "who developed {}", "谁开发了{}", "誰開發了{}";
    /// What a model was compared with.
    COMPARED_WITH = "model": &["BENCHMARKED_AGAINST"], Forward, MODEL => ANY, COMPARED,
        "what {} was benchmarked against", "{}对标什么", "{}對標什麼";
    /// Which models were compared with one.
    COMPARED_BY = "model": &["BENCHMARKED_AGAINST"], Backward, MODEL => ANY, COMPARED,
        "what was benchmarked against {}", "什么对标{}", "什麼對標{}";
    /// What a model scored.
    SCORES = "benchmark": &["EVALUATED_ON"], Forward, MODEL => ANY, &["score", "metric", "rank", "result", "date"],
        "what {} scored", "{}的评测成绩", "{}的評測成績";
    /// Which models a benchmark has results of.
    SCORED = "model": &["EVALUATED_ON"], Backward, BENCHMARK => ANY, &["score", "metric", "rank", "result", "date"],
        "what was evaluated on {}", "{}评测了什么", "{}評測了什麼";
    /// Which rounds an organisation raised.
    ROUNDS = "round": &["RAISED"], Forward, ORGANISATION => ANY, &["date"],
        "what {} raised", "{}融资了多少", "{}融資了多少";
    /// Who acquired an organisation.
    ACQUIRERS = "acquirer": &["ACQUIRED_BY"], Forward, ORGANISATION => ANY, &["date", "amount", "status"],
        "who acquired {}", "谁收购了{}", "誰收購了{}";
    /// What an organisation acquired.
    ACQUISITIONS = "organisation": &["ACQUIRED_BY"], Backward, ORGANISATION => ANY, &["date", "amount", "status"],
        "what {} acquired", "{}收购了什么", "{}收購了什麼";
    /// What an organisation is part of.
    PARENTS = "organisation": &["SUBSIDIARY_OF", "PART_OF"], Forward, ANY => ANY, &["date"],
        "what {} belongs to", "{}隶属于谁", "{}隸屬於誰";
    /// What belongs to an organisation.
    SUBSIDIARIES = "organisation": &["SUBSIDIARY_OF"], Backward, ORGANISATION => ANY, &["date"],
        "which subsidiaries {} has", "{}有哪些子公司", "{}有哪些子公司";
    /// Where an organisation has its seat.
    LOCATION = "city": &["LOCATED_IN"], Forward, ORGANISATION => ANY, &["date"],
        "where {} is located", "{}在哪里", "{}在哪裡";
    /// Who has a seat in a city.
    LOCATED = "organisation": &["LOCATED_IN"], Backward, CITY => ANY, &["date"],
        "what is located in {}", "{}有哪些公司", "{}有哪些公司";
    /// Whom an organisation competes with.
    COMPETITORS = "organisation": &["COMPETES_WITH"], Both, ORGANISATION => ANY, &["date"],
        "whom {} competes with", "{}的竞争对手", "{}的競爭對手";
    /// What a model is derived from.
    DERIVED_FROM = "model": &["DERIVED_FROM"], Forward, MADE => ANY, &["date"],
        "what {} is derived from", "{}基于什么", "{}基於什麼";
    /// What is derived from a model.
    DERIVED = "model": &["DERIVED_FROM"], Backward, MADE => ANY, &["date"],
        "what is derived from {}", "什么基于{}", "什麼基於{}";
    /// Models of the same family.
    FAMILY = "model": &["SAME_FAMILY"], Both, MADE => ANY, &["date"],
        "which models are of the family of {}", "{}的同系列模型", "{}的同系列模型";
    /// Who publishes a benchmark.
    PUBLISHERS = "publisher": &["PUBLISHED_BY"], Forward, BENCHMARK => ANY, &["date"],
        "who publishes {}", "谁发布{}", "誰發布{}";
}
