//! What is ingested, and whether it was ingested before.

use crate::landscape::Error;
use crate::model::{Evidence, Fact, Language, PartialDate, Reliability, Source, SourceId, Span};
use crate::names::{name_key, script_of};
use crate::store::Snapshot;

use super::ids;

/// How many characters tell the language of a text.
const SAMPLE: usize = 4000;
/// The longest first line that can be a title, in characters.
const TITLE: usize = 120;

/// A news article, with what is known about it.
///
/// # Examples
/// ```
/// use ailand::landscape::Article;
///
/// let mut article = Article::new("澜泊智能完成A轮融资\n\n3月4日，澜泊智能宣布完成A轮融资。");
/// article.published = Some("2024-03-04".parse()?);
/// assert_eq!(article.title(), "澜泊智能完成A轮融资");
/// # Ok::<(), ailand::model::ModelError>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Article {
    /// The text that is read. Offsets count its characters or, with [`Article::origin`], those of the page.
    pub text: String,
    /// The title, when it is known apart from the text.
    pub title: Option<String>,
    /// Who published it.
    pub publisher: Option<String>,
    /// Where it was published.
    pub url: Option<String>,
    /// When it was published. Without it, "last year" stays unresolved.
    pub published: Option<PartialDate>,
    /// The language; found out from the text when it is not given.
    pub language: Option<Language>,
    /// How far it can be trusted; B when it is not said.
    pub reliability: Option<Reliability>,
    /// The name of the file without its ending, when it came from one. It helps to recognise a new version.
    pub file: Option<String>,
    /// For a text that was taken out of a page: the place of each of its characters in the page. Empty when the text is
    /// the file itself.
    pub origin: Vec<u32>,
}

impl Article {
    /// An article of which only the text is known.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    /// The title: as given, or the first line when it looks like one, or the name of the file.
    #[must_use]
    pub fn title(&self) -> String {
        let first_line = || {
            let line = self.text.lines().map(str::trim).find(|line| !line.is_empty())?;
            let is_title =
                line.chars().count() <= TITLE && !line.ends_with(['。', '.', ';', '；', ':', '：', ',', '，']);
            is_title.then(|| line.trim_start_matches('\u{feff}').to_owned())
        };
        let given = self.title.as_deref().map(str::trim).filter(|title| !title.is_empty()).map(str::to_owned);
        given.or_else(first_line).or_else(|| self.file.clone()).unwrap_or_else(|| "untitled article".to_owned())
    }

    /// A stretch of the text as a stretch of the file.
    pub(super) fn place(&self, span: Span) -> Span {
        let at = |index: u32| usize::try_from(index).ok().and_then(|index| self.origin.get(index)).copied();
        let last = || at(span.end.checked_sub(1)?)?.checked_add(1);
        match (at(span.start), last()) {
            (Some(start), Some(end)) if span.start < span.end => Span { start, end },
            (Some(start), _) => Span { start, end: start },
            _ => span,
        }
    }

    /// The source record of the article, with that id; what the article does not say is taken from `before`.
    pub(super) fn source(&self, id: SourceId, before: Option<&Source>) -> Source {
        let or =
            |own: &Option<String>, old: fn(&Source) -> Option<String>| own.clone().or_else(|| before.and_then(old));
        let sample: String = self.text.chars().take(SAMPLE).collect();
        Source {
            id,
            kind: before.map_or_else(|| "article".to_owned(), |source| source.kind.clone()),
            title: match (&self.title, before) {
                (None, Some(old)) if self.title() == "untitled article" => old.title.clone(),
                _ => self.title(),
            },
            publisher: or(&self.publisher, |source| source.publisher.clone()),
            url: or(&self.url, |source| source.url.clone()),
            published: match (self.published, before.and_then(|source| source.published)) {
                (Some(ours), Some(theirs)) if ours.contains(theirs) => Some(theirs),
                (ours, theirs) => ours.or(theirs),
            },
            language: self
                .language
                .clone()
                .or_else(|| before.and_then(|source| source.language.clone()))
                .or_else(|| Some(script_of(&sample))),
            content_hash: Some(ids::content_hash(&self.text)),
            license: before.and_then(|source| source.license.clone()),
            reliability: self.reliability.or_else(|| before.map(|source| source.reliability)).unwrap_or(Reliability::B),
        }
    }
}

/// Whether evidence was read in an article by rules. What people entered by hand about the same article is theirs.
pub(super) fn is_of(evidence: &Evidence, article: &SourceId) -> bool {
    evidence.source == *article && evidence.rule != Evidence::CURATED
}

/// How an article stands to what the database has.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Standing {
    /// It was never here.
    New(Source),
    /// It is here as it is.
    Unchanged(Source),
    /// An earlier version is here: its record as it will be, and the facts that name it as evidence.
    Changed(Source, Vec<Fact>),
}

impl Standing {
    /// The source record of the article.
    pub(super) fn source(&self) -> &Source {
        let (Self::New(source) | Self::Unchanged(source) | Self::Changed(source, _)) = self;
        source
    }
}

/// Looks for the article among the sources: by content, by address, by title and publisher, by file name.
///
/// O(sources); for a new version O(facts), because evidence is not indexed by source.
pub(super) fn standing(snapshot: &Snapshot, article: &Article) -> Result<Standing, Error> {
    let hash = ids::content_hash(&article.text);
    let (title, stem) = (name_key(&article.title()), article.file.as_deref().map(ids::source_stem));
    let has_title = article.title() != "untitled article";
    let mut known: Option<(Claim, Source)> = None;
    for source in snapshot.sources() {
        let source = source?;
        let claim = if source.content_hash.as_deref() == Some(hash.as_str()) {
            Claim::Content
        } else if !may_be_one(&source, article) {
            continue;
        } else if source.url.is_some() && source.url == article.url {
            Claim::Address
        } else if has_title && name_key(&source.title) == title {
            Claim::Title
        } else if stem.as_deref().is_some_and(|stem| is_version_of(&source.id, stem)) {
            Claim::File
        } else {
            continue;
        };
        if known.as_ref().is_none_or(|(best, _)| claim < *best) {
            known = Some((claim, source));
        }
    }
    let Some((claim, before)) = known else {
        let id =
            ids::source_id(article.file.as_deref().unwrap_or(&article.title()), &article.text).map_err(Error::model)?;
        return Ok(Standing::New(article.source(id, None)));
    };
    let source = article.source(before.id.clone(), Some(&before));
    if source == before {
        return Ok(Standing::Unchanged(before));
    }
    let mut facts = Vec::new();
    for fact in snapshot.facts() {
        let fact = fact?;
        if fact.evidence.iter().any(|evidence| is_of(evidence, &before.id)) {
            facts.push(fact);
        }
    }
    if claim == Claim::File && !is_reworked(&facts, &before, &article.text) {
        let id = ids::source_id(article.file.as_deref().unwrap_or_default(), &article.text).map_err(Error::model)?;
        return Ok(Standing::New(article.source(id, None)));
    }
    Ok(Standing::Changed(source, facts))
}

/// Why two articles are thought to be one, the surest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Claim {
    Content,
    Address,
    Title,
    File,
}

/// Two addresses or two dates make two articles, and so do two publishers: weekly lists carry one title for years.
fn may_be_one(source: &Source, article: &Article) -> bool {
    fn agree<T: PartialEq>(a: Option<&T>, b: Option<&T>) -> bool {
        a.is_none() || b.is_none() || a == b
    }
    let same_address = source.url.is_some() && source.url == article.url;
    same_address
        || agree(source.url.as_ref(), article.url.as_ref())
            && source.published.zip(article.published).is_none_or(|(a, b)| a.contains(b) || b.contains(a))
            && agree(source.publisher.as_ref(), article.publisher.as_ref())
}

/// Whether a source was made from a file of that name.
fn is_version_of(id: &SourceId, stem: &str) -> bool {
    id.as_str()
        .strip_prefix(stem)
        .and_then(|rest| rest.strip_prefix('-'))
        .is_some_and(|rest| rest.len() == 8 && rest.bytes().all(|b| b.is_ascii_hexdigit()))
}

/// Whether a text in a file of the same name is a version of the one that was there: it still has the title, or half of
/// what was quoted. Folders of different articles use the same names again: 001.txt, 002.txt.
fn is_reworked(facts: &[Fact], before: &Source, text: &str) -> bool {
    let quotes: Vec<&str> = facts
        .iter()
        .flat_map(|fact| &fact.evidence)
        .filter(|evidence| is_of(evidence, &before.id))
        .filter_map(|evidence| evidence.quote.as_deref())
        .collect();
    let kept = quotes.iter().filter(|quote| text.contains(**quote)).count();
    (!quotes.is_empty() && 2 * kept >= quotes.len()) || text.contains(before.title.as_str())
}
