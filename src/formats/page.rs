//! HTML pages: the text that a reader sees, with the place of each character in the page.
//!
//! The tokens come from html5gum, which follows the WHATWG standard on any bytes and never recurses. What is read is the
//! article: everything in `<article>` or `<main>` where a page has one, the body otherwise, without menus, forms, scripts
//! and notes at the edge. Blocks become lines.

use html5gum::{DefaultEmitter, HtmlString, Span, StartTag, Token, Tokenizer};

use crate::model::PartialDate;

/// Elements whose content is not the article.
const LEFT_OUT: &[&str] = &[
    "script", "style", "noscript", "template", "svg", "math", "nav", "header", "footer", "aside", "form", "button",
    "select", "iframe", "figcaption", "rt", "rp", "head",
];
/// Elements that stand on lines of their own.
const BLOCKS: &[&str] = &[
    "p", "div", "section", "article", "main", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt", "dd",
    "table", "tr", "blockquote", "pre", "figure", "body", "br", "hr", "td", "th",
];
/// Elements that have no end tag.
const EMPTY: &[&str] = &["br", "hr", "img", "input", "meta", "link", "wbr", "source", "area", "base", "col", "embed"];
/// An `<article>` or `<main>` with fewer characters than this is a teaser.
const ARTICLE: usize = 200;

/// An article as a web page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Page {
    /// The readable text.
    pub text: String,
    /// The place of each character of the text in the page, in characters.
    pub origin: Vec<u32>,
    /// The title that the page gives itself.
    pub title: Option<String>,
    /// The name of the site.
    pub publisher: Option<String>,
    /// The address that the page gives itself.
    pub url: Option<String>,
    /// When it says that it was published.
    pub published: Option<PartialDate>,
}

impl Page {
    /// Reads a page. Never fails: what is no HTML is text.
    ///
    /// Linear in the length of the page.
    ///
    /// # Examples
    /// ```
    /// use ailand::formats::Page;
    ///
    /// let html = "<title>News</title><nav>Home</nav><p>Acme &amp; Co raised <b>$5</b> million.</p>";
    /// let page = Page::read(html);
    /// assert_eq!(page.title.as_deref(), Some("News"));
    /// assert_eq!(page.text.trim(), "Acme & Co raised $5 million.");
    /// let at = page.text.chars().position(|c| c == '$').unwrap();
    /// assert_eq!(html.chars().nth(page.origin[at] as usize), Some('$'));
    /// ```
    #[must_use]
    pub fn read(html: &str) -> Self {
        let mut reader = Reader::new(html);
        let mut emitter = DefaultEmitter::<usize>::new_with_span();
        // What stands in a script is no markup.
        emitter.naively_switch_states(true);
        for token in Tokenizer::new_with_emitter(html, emitter).flatten() {
            match token {
                Token::StartTag(tag) => reader.open(&tag),
                Token::EndTag(tag) => reader.close(&lower(&tag.name)),
                Token::String(text) => reader.text(&String::from_utf8_lossy(&text.value), &text.span),
                _ => {}
            }
        }
        reader.finish()
    }

    /// Whether a text looks like a page rather than like plain text.
    #[must_use]
    pub fn is_html(text: &str) -> bool {
        let start = text.trim_start_matches('\u{feff}').trim_start();
        let head: String = start.chars().take(15).collect::<String>().to_lowercase();
        ["<!doctype html", "<html", "<head", "<body", "<article"].iter().any(|tag| head.starts_with(tag))
    }
}

struct Reader<'h> {
    html: &'h str,
    page: Page,
    /// The element that is left out, and how often it was opened inside itself.
    skipped: Option<(String, u32)>,
    /// How many `<article>` and `<main>` are open.
    inside: u32,
    /// Where they begin and end in the text, in characters.
    articles: Vec<(usize, usize)>,
    begun: usize,
    in_title: bool,
    title: String,
    /// Whether a line, or a space, belongs before the next text.
    line: bool,
    space: bool,
    /// Where the last text token ended: its byte, and how many characters lie before it.
    seen: (usize, u32),
    length: usize,
}

/// How many characters belong to the reference that `c` was written as, behind its `&`; none for a plain `&`.
fn reference(c: char, behind: std::str::Chars<'_>) -> usize {
    let body: String = behind.clone().take(40).take_while(|c| c.is_ascii_alphanumeric() || *c == '#').collect();
    let closed = usize::from(behind.clone().nth(body.len()) == Some(';'));
    match c {
        '&' if closed == 1 && ["amp", "#38", "#x26"].contains(&body.to_ascii_lowercase().as_str()) => body.len() + 1,
        // The semicolon may be missing here.
        '&' if body.starts_with("amp") || body.starts_with("AMP") => 3,
        '&' => 0,
        _ => body.len() + closed,
    }
}

impl<'h> Reader<'h> {
    fn new(html: &'h str) -> Self {
        Self {
            html,
            page: Page::default(),
            skipped: None,
            inside: 0,
            articles: Vec::new(),
            begun: 0,
            in_title: false,
            title: String::new(),
            line: false,
            space: false,
            seen: (0, 0),
            length: 0,
        }
    }

    fn open(&mut self, tag: &StartTag<usize>) {
        let name = lower(&tag.name);
        match &mut self.skipped {
            Some((element, depth)) if *element == name => {
                *depth += u32::from(!tag.self_closing);
                return;
            }
            Some((element, _)) if element == "head" && name == "body" => self.skipped = None,
            _ => {}
        }
        if name == "meta" || name == "link" {
            self.describe(tag);
        }
        self.in_title |= name == "title" && self.title.is_empty();
        if self.skipped.is_some() || EMPTY.contains(&name.as_str()) && !BLOCKS.contains(&name.as_str()) {
            return;
        }
        if LEFT_OUT.contains(&name.as_str()) {
            // An article may have a header of its own, with its title.
            if !tag.self_closing && (name != "header" || self.inside == 0) {
                self.skipped = Some((name, 1));
            }
            return;
        }
        self.line |= BLOCKS.contains(&name.as_str());
        if name == "article" || name == "main" {
            if self.inside == 0 {
                self.begun = self.length;
            }
            self.inside += 1;
        }
    }

    fn close(&mut self, name: &str) {
        self.in_title &= name != "title";
        if let Some((element, depth)) = &mut self.skipped {
            if element == name {
                *depth = depth.saturating_sub(1);
                if *depth == 0 {
                    self.skipped = None;
                }
            }
            return;
        }
        self.line |= BLOCKS.contains(&name);
        if (name == "article" || name == "main") && self.inside > 0 {
            self.inside -= 1;
            if self.inside == 0 {
                self.articles.push((self.begun, self.length));
            }
        }
    }

    /// What a page says about itself.
    fn describe(&mut self, tag: &StartTag<usize>) {
        let value = |key: &[u8]| {
            let found = tag.attributes.get(&HtmlString::from(key.to_vec()));
            found.map(|value| String::from_utf8_lossy(value).trim().to_owned()).filter(|value| !value.is_empty())
        };
        let (key, content) = (value(b"property").or_else(|| value(b"name")), value(b"content"));
        let page = &mut self.page;
        match (key.as_deref(), content) {
            (Some("og:title"), Some(title)) => page.title = Some(title),
            (Some("og:site_name"), Some(name)) => page.publisher = Some(name),
            (Some("og:url"), Some(url)) => page.url = page.url.take().or(Some(url)),
            (Some("article:published_time" | "datePublished" | "pubdate" | "publishdate" | "date"), Some(time)) => {
                page.published = page.published.or_else(|| time.get(..10)?.parse().ok());
            }
            _ => {}
        }
        if value(b"rel").as_deref() == Some("canonical") {
            page.url = value(b"href").or(page.url.take());
        }
    }

    fn text(&mut self, text: &str, span: &Span<usize>) {
        if self.in_title {
            self.title.push_str(text);
            return;
        }
        if self.skipped.is_some() {
            return;
        }
        let mut place = self.place(span.start);
        let mut source = self.html.get(span.start..span.end).unwrap_or_default().chars();
        for c in text.chars() {
            let at = place;
            place += 1;
            if source.next() == Some('&') {
                // A character reference is one character of the text and several of the page.
                let behind = reference(c, source.clone());
                place += u32::try_from(behind).unwrap_or(0);
                source.by_ref().take(behind).for_each(drop);
            }
            if c.is_whitespace() {
                self.space = true;
                continue;
            }
            if self.line && self.length > 0 {
                self.push('\n', at);
            } else if self.space && self.length > 0 {
                self.push(' ', at);
            }
            (self.line, self.space) = (false, false);
            self.push(c, at);
        }
    }

    fn push(&mut self, c: char, at: u32) {
        self.page.text.push(c);
        self.page.origin.push(at);
        self.length += 1;
    }

    /// How many characters lie before a byte of the page. Tokens come in order, so that counting goes on where it ended.
    fn place(&mut self, byte: usize) -> u32 {
        let (seen, count) = self.seen;
        let between = if byte >= seen { self.html.get(seen..byte) } else { None };
        let count = match between {
            Some(between) => count + u32::try_from(between.chars().count()).unwrap_or(0),
            None => u32::try_from(self.html.get(..byte).map_or(0, |text| text.chars().count())).unwrap_or(u32::MAX),
        };
        self.seen = (byte, count);
        count
    }

    fn finish(mut self) -> Page {
        if self.inside > 0 {
            self.articles.push((self.begun, self.length));
        }
        let longest = self.articles.iter().copied().max_by_key(|(start, end)| end - start);
        if let Some((start, end)) = longest.filter(|(start, end)| end - start >= ARTICLE) {
            self.page.text = self.page.text.chars().skip(start).take(end - start).collect();
            self.page.origin = self.page.origin.get(start..end).unwrap_or_default().to_vec();
        }
        let title = self.title.split_whitespace().collect::<Vec<_>>().join(" ");
        self.page.title = self.page.title.or(Some(title).filter(|title| !title.is_empty()));
        self.page
    }
}

fn lower(name: &HtmlString) -> String {
    String::from_utf8_lossy(name).to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_article_is_read_and_nothing_around_it() {
        let body = "墨芯微完成B輪募資。".repeat(30);
        let html = format!(
            "<!DOCTYPE html><html><head><meta charset=utf-8><title>墨芯微 - 科技島報</title>\
             <meta property=\"og:title\" content=\"墨芯微&amp;募資\"><meta property='og:site_name' content='科技島報'>\
             <meta property=\"article:published_time\" content=\"2024-07-11T09:00:00+08:00\">\
             <link rel=canonical href=\"https://example.tw/moxin\"><style>p{{}}</style></head>\
             <body><nav><a>首頁</a></nav><header>選單</header><article><header><h1>標題</h1></header>\
             <p>{body}</p><p>記者<ruby>現<rt>xiàn</rt></ruby>場&nbsp;報導</p><script>if (a<b) {{}}</script></article>\
             <aside>延伸閱讀：其他公司</aside><footer>版權</footer></body></html>"
        );
        assert!(Page::is_html(&html));
        let page = Page::read(&html);
        assert_eq!(page.text, format!("標題\n{body}\n記者現場 報導"));
        assert_eq!(page.title.as_deref(), Some("墨芯微&募資"));
        assert_eq!(page.publisher.as_deref(), Some("科技島報"));
        assert_eq!(page.url.as_deref(), Some("https://example.tw/moxin"));
        assert_eq!(page.published, "2024-07-11".parse().ok());
        let original: Vec<char> = html.chars().collect();
        for (c, at) in page.text.chars().zip(&page.origin).filter(|(c, _)| !c.is_whitespace()) {
            assert_eq!(original[*at as usize], c);
        }
    }

    #[test]
    fn hostile_pages_are_read_in_time() {
        for html in [
            "<div>".repeat(100_000),
            "<".repeat(100_000),
            "&".repeat(100_000),
            "<article>".repeat(50_000) + &"</article>".repeat(50_000),
            "<p ".repeat(50_000),
            "&#x".repeat(50_000),
        ] {
            let page = Page::read(&html);
            assert_eq!(page.text.chars().count(), page.origin.len());
        }
    }

    #[test]
    fn a_bare_ampersand_before_a_reference_is_one_character() {
        assert_eq!(Page::read("&a&amp;").origin, [0, 1, 2]);
        assert_eq!(Page::read("&amp;a&#38;b&c;").origin, [0, 5, 6, 11, 12, 13, 14]);
    }

    proptest! {
        #[test]
        fn every_character_has_a_place(html in "(<(p|b|nav|script|article|/p|/nav|br/)>|&amp;|&#20013;|[a-c<>& 中\u{301}\"=]){0,40}") {
            let page = Page::read(&html);
            let length = u32::try_from(html.chars().count()).unwrap();
            prop_assert_eq!(page.text.chars().count(), page.origin.len());
            prop_assert!(page.origin.iter().all(|at| *at < length));
            prop_assert!(page.origin.is_sorted());
        }
    }
}
