//! Articles as files: texts, web pages, folders of both, standard input, and what is written beside them.

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use serde_json::Value as Json;

use crate::landscape::{Article, Error};
use crate::model::{Language, PartialDate, Reliability};

/// The endings of files that are read when a folder is named.
const ENDINGS: &[&str] = &["txt", "md", "text", "html", "htm", "xhtml"];
/// No article is larger, in bytes.
const LARGEST: u64 = 64 << 20;

/// What is said about the articles on the command line.
#[derive(Debug, Default, clap::Args)]
pub(super) struct About {
    /// When the article was published; needed for "last year" and 近期
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(super) published: Option<PartialDate>,
    /// Its title [default: the first line, if it looks like one]
    #[arg(long, value_name = "TEXT")]
    pub(super) title: Option<String>,
    /// Who published it
    #[arg(long, value_name = "NAME")]
    pub(super) publisher: Option<String>,
    /// Where it was published
    #[arg(long, value_name = "ADDRESS")]
    pub(super) url: Option<String>,
    /// How far it can be trusted: A the outlet itself, B republished, C weak [default: B]
    #[arg(long, value_name = "A|B|C", value_parser = reliability, ignore_case = true)]
    pub(super) reliability: Option<Reliability>,
}

/// Reads a date as precise as it is known.
pub(super) fn date(text: &str) -> Result<PartialDate, String> {
    text.parse().map_err(|_| "expected YYYY-MM-DD, YYYY-MM or YYYY, such as 2024-02-28".to_owned())
}

fn reliability(text: &str) -> Result<Reliability, String> {
    Reliability::parse(&text.to_uppercase()).map_err(|_| "expected A, B or C".to_owned())
}

/// The files that the arguments name, folders with what lies in them, sorted; `-` stays as it is.
pub(super) fn files(inputs: &[PathBuf]) -> Result<Vec<PathBuf>, Error> {
    let mut files = Vec::new();
    for input in inputs {
        if input == Path::new("-") || !input.is_dir() {
            files.push(input.clone());
            continue;
        }
        let before = files.len();
        collect(input, &mut files)?;
        if files.len() == before {
            let why = io::Error::new(io::ErrorKind::NotFound, "there is no *.txt, *.md or *.html file in it");
            return Err(Error::io("ingest", input, why));
        }
    }
    Ok(files)
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> Result<(), Error> {
    let mut entries = Vec::new();
    for entry in fs::read_dir(folder).map_err(|error| Error::io("list", folder, error))? {
        let entry = entry.map_err(|error| Error::io("list", folder, error))?;
        // A link to a folder could lead back here.
        let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
        if !entry.file_name().to_string_lossy().starts_with('.') {
            entries.push((entry.path(), is_folder));
        }
    }
    entries.sort();
    for (path, is_folder) in entries {
        let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
        let is_readme = path.file_stem().is_some_and(|stem| stem.eq_ignore_ascii_case("readme"));
        if is_folder {
            collect(&path, files)?;
        } else if ending.is_some_and(|ending| ENDINGS.contains(&ending.as_str())) && !is_readme {
            files.push(path);
        }
    }
    Ok(())
}

/// Reads an article with what is known about it: from the arguments first, then from a file of the same name that ends in
/// `.json`, then from the page itself.
pub(super) fn read(path: &Path, about: &About) -> Result<Article, Error> {
    let is_stdin = path == Path::new("-");
    let place = if is_stdin { Path::new("standard input") } else { path };
    let mut bytes = Vec::new();
    let limited = |reader: &mut dyn Read, bytes: &mut Vec<u8>| reader.take(LARGEST + 1).read_to_end(bytes);
    let outcome = if is_stdin {
        limited(&mut io::stdin().lock(), &mut bytes)
    } else {
        fs::File::open(path).and_then(|mut file| limited(&mut file, &mut bytes))
    };
    outcome.map_err(|error| Error::io("read", place, error))?;
    let refuse = |why: String| Err(Error::io("read", place, io::Error::new(io::ErrorKind::InvalidData, why)));
    if bytes.len() as u64 > LARGEST {
        return refuse(format!("it is larger than {} MB, which no article is; split it", LARGEST >> 20));
    }
    let text = match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            let first = error.as_bytes().get(..2).unwrap_or_default();
            let guess = if matches!(first, [0xff, 0xfe] | [0xfe, 0xff]) { "utf-16" } else { "gb18030" };
            return refuse(format!(
                "it is not UTF-8 (byte {at}); convert it first, for example: iconv -f {guess} -t utf-8 FILE"
            ));
        }
    };
    let mut article = readable(text, path);
    if !is_stdin {
        article.file = path.file_stem().map(|stem| stem.to_string_lossy().into_owned());
        beside(path, &mut article);
    }
    let mut say = |given: &Option<String>, own: fn(&mut Article) -> &mut Option<String>| {
        if given.is_some() {
            own(&mut article).clone_from(given);
        }
    };
    say(&about.title, |article| &mut article.title);
    say(&about.publisher, |article| &mut article.publisher);
    say(&about.url, |article| &mut article.url);
    article.published = about.published.or(article.published);
    article.reliability = about.reliability.or(article.reliability);
    Ok(article)
}

#[cfg(feature = "html")]
fn readable(text: String, path: &Path) -> Article {
    use crate::formats::Page;

    let is_page = path
        .extension()
        .is_some_and(|ending| ["html", "htm", "xhtml"].iter().any(|known| ending.eq_ignore_ascii_case(known)));
    if !is_page && !Page::is_html(&text) {
        return Article::new(text);
    }
    let page = Page::read(&text);
    Article {
        text: page.text,
        origin: page.origin,
        title: page.title,
        publisher: page.publisher,
        url: page.url,
        published: page.published,
        ..Article::default()
    }
}

#[cfg(not(feature = "html"))]
fn readable(text: String, _: &Path) -> Article {
    Article::new(text)
}

/// What a file NAME.json beside NAME.txt says about the article. A file that says nothing of the kind is somebody else's.
fn beside(path: &Path, article: &mut Article) {
    let Ok(text) = fs::read_to_string(path.with_extension("json")) else { return };
    let Ok(Json::Object(about)) = serde_json::from_str(&text) else { return };
    let word = |key: &str| about.get(key).and_then(Json::as_str).filter(|word| !word.is_empty()).map(str::to_owned);
    article.title = word("title").or(article.title.take());
    article.publisher = word("publisher").or(article.publisher.take());
    article.url = word("url").or(article.url.take());
    article.published = word("published").and_then(|date| date.parse().ok()).or(article.published);
    article.language = word("language").map(|tag| Language::from(tag.as_str())).or(article.language.take());
}
