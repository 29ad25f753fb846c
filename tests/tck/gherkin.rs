//! A reader of `.feature` files: the part of Gherkin that the compatibility kit uses, and an error for everything else.
//!
//! A scenario that the reader does not understand must not be lost, so nothing is skipped but blank lines, comments and the
//! prose under the title of a feature.

use std::fmt;

/// What a step brings along.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Argument {
    None,
    /// Text between two lines of three quotation marks.
    Text(String),
    /// Rows of cells, without the bars.
    Table(Vec<Vec<String>>),
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Step {
    /// The text without the keyword.
    pub(crate) text: String,
    pub(crate) argument: Argument,
}

/// A scenario to run: an outline has become one of these for each of its examples.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Scenario {
    pub(crate) name: String,
    /// Which example of an outline it is, from 1.
    pub(crate) example: Option<usize>,
    pub(crate) steps: Vec<Step>,
}

#[derive(Debug, Default)]
pub(crate) struct Feature {
    /// How many scenarios the file writes down; an outline counts as one.
    pub(crate) written: usize,
    /// What is to be run.
    pub(crate) scenarios: Vec<Scenario>,
}

/// A place that is not Gherkin as this reader knows it.
#[derive(Debug, PartialEq)]
pub(crate) struct Unreadable {
    /// From 1.
    pub(crate) line: usize,
    pub(crate) message: String,
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.message)
    }
}

/// Reads a whole file.
pub(crate) fn read(source: &str) -> Result<Feature, Unreadable> {
    let mut reader = Reader { lines: source.lines().enumerate().collect(), at: 0 };
    reader.feature()
}

/// A scenario as it is written.
struct Draft {
    name: String,
    outline: bool,
    steps: Vec<Step>,
    examples: Vec<Vec<Vec<String>>>,
}

struct Reader<'a> {
    lines: Vec<(usize, &'a str)>,
    at: usize,
}

impl<'a> Reader<'a> {
    /// The next line that says something, trimmed, without taking it.
    fn peek(&mut self) -> Option<&'a str> {
        loop {
            let line = self.lines.get(self.at)?.1.trim();
            if !line.is_empty() && !line.starts_with('#') {
                return Some(line);
            }
            self.at += 1;
        }
    }

    fn unreadable<T>(&self, message: impl Into<String>) -> Result<T, Unreadable> {
        let line = self.lines.get(self.at).map_or(self.lines.len(), |(number, _)| number + 1);
        Err(Unreadable { line, message: message.into() })
    }

    fn feature(&mut self) -> Result<Feature, Unreadable> {
        self.skip_tags();
        if !self.peek().is_some_and(|line| line.starts_with("Feature:")) {
            return self.unreadable("expected `Feature:`");
        }
        self.at += 1;
        while self.peek().is_some_and(|line| !line.starts_with('@') && heading(line).is_none()) {
            self.at += 1;
        }
        let mut background = Vec::new();
        if let Some((Heading::Background, _)) = self.peek().and_then(heading) {
            self.at += 1;
            background = self.steps()?;
        }
        let mut feature = Feature::default();
        loop {
            self.skip_tags();
            let Some(line) = self.peek() else { return Ok(feature) };
            let draft = match heading(line) {
                Some((Heading::Scenario, name)) => self.draft(name, false)?,
                Some((Heading::Outline, name)) => self.draft(name, true)?,
                _ => return self.unreadable(format!("expected a scenario, found `{line}`")),
            };
            feature.written += 1;
            self.expand(draft, &background, &mut feature.scenarios)?;
        }
    }

    fn skip_tags(&mut self) {
        while self.peek().is_some_and(|line| line.starts_with('@')) {
            self.at += 1;
        }
    }

    fn draft(&mut self, name: &str, outline: bool) -> Result<Draft, Unreadable> {
        self.at += 1;
        let steps = self.steps()?;
        let mut examples = Vec::new();
        while let Some((Heading::Examples, _)) = self.peek().and_then(heading) {
            self.at += 1;
            examples.push(self.table()?);
        }
        if outline == examples.is_empty() {
            return self.unreadable("an outline has examples, and a scenario has none");
        }
        Ok(Draft { name: name.to_owned(), outline, steps, examples })
    }

    fn steps(&mut self) -> Result<Vec<Step>, Unreadable> {
        let mut steps = Vec::new();
        while let Some(text) = self.peek().and_then(step) {
            self.at += 1;
            let argument = match self.peek() {
                Some(line) if line.starts_with("\"\"\"") => Argument::Text(self.text()?),
                Some(line) if line.starts_with('|') => Argument::Table(self.table()?),
                _ => Argument::None,
            };
            steps.push(Step { text: text.to_owned(), argument });
        }
        if steps.is_empty() {
            return self.unreadable("expected a step");
        }
        Ok(steps)
    }

    /// The text of a doc string, without the indentation of its opening marks.
    fn text(&mut self) -> Result<String, Unreadable> {
        let opening = self.lines[self.at].1;
        let indentation = opening.chars().take_while(|c| c.is_whitespace()).count();
        let mut text = Vec::new();
        loop {
            self.at += 1;
            let Some((_, line)) = self.lines.get(self.at) else { return self.unreadable("a doc string has no end") };
            if line.trim() == "\"\"\"" {
                self.at += 1;
                return Ok(text.join("\n").replace("\\\"\\\"\\\"", "\"\"\""));
            }
            let blank = line.chars().take(indentation).take_while(|c| c.is_whitespace()).map(char::len_utf8).sum();
            text.push(&line[blank..]);
        }
    }

    fn table(&mut self) -> Result<Vec<Vec<String>>, Unreadable> {
        let mut rows: Vec<Vec<String>> = Vec::new();
        while let Some(line) = self.peek().filter(|line| line.starts_with('|')) {
            let Some(row) = cells(line) else { return self.unreadable("a row of a table ends with a bar") };
            if rows.first().is_some_and(|first| first.len() != row.len()) {
                return self.unreadable("the rows of a table are of one length");
            }
            rows.push(row);
            self.at += 1;
        }
        if rows.is_empty() {
            return self.unreadable("expected a table");
        }
        Ok(rows)
    }

    fn expand(&self, draft: Draft, background: &[Step], into: &mut Vec<Scenario>) -> Result<(), Unreadable> {
        let mut steps = background.to_vec();
        steps.extend(draft.steps);
        if !draft.outline {
            into.push(Scenario { name: draft.name, example: None, steps });
            return Ok(());
        }
        let mut example = 0;
        for table in &draft.examples {
            let (header, rows) = table.split_first().expect("a table has rows");
            if rows.is_empty() {
                return self.unreadable("examples have a row at least");
            }
            for row in rows {
                example += 1;
                let fill = |text: &str| fill(text, header, row);
                let filled = |step: &Step| Step { text: fill(&step.text), argument: step.argument.map(fill) };
                let steps = steps.iter().map(filled).collect();
                into.push(Scenario { name: draft.name.clone(), example: Some(example), steps });
            }
        }
        Ok(())
    }
}

impl Argument {
    fn map(&self, change: impl Fn(&str) -> String) -> Self {
        match self {
            Self::None => Self::None,
            Self::Text(text) => Self::Text(change(text)),
            Self::Table(rows) => {
                Self::Table(rows.iter().map(|row| row.iter().map(|cell| change(cell)).collect()).collect())
            }
        }
    }
}

/// Puts the values of an example where `<name>` stands. What was put in is not read again.
fn fill(text: &str, names: &[String], values: &[String]) -> String {
    let mut filled = String::new();
    let mut rest = text;
    'text: while let Some(at) = rest.find('<') {
        let (before, open) = rest.split_at(at);
        filled.push_str(before);
        for (name, value) in names.iter().zip(values) {
            if let Some(behind) = open[1..].strip_prefix(name.as_str()).and_then(|behind| behind.strip_prefix('>')) {
                filled.push_str(value);
                rest = behind;
                continue 'text;
            }
        }
        filled.push('<');
        rest = &open[1..];
    }
    filled + rest
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Heading {
    Background,
    Scenario,
    Outline,
    Examples,
}

/// The heading that a line is, and the name behind it.
fn heading(line: &str) -> Option<(Heading, &str)> {
    let headings = [
        ("Background:", Heading::Background),
        ("Scenario:", Heading::Scenario),
        ("Scenario Outline:", Heading::Outline),
        ("Examples:", Heading::Examples),
    ];
    headings.iter().find_map(|(word, heading)| Some((*heading, line.strip_prefix(word)?.trim())))
}

/// The text of a step.
fn step(line: &str) -> Option<&str> {
    ["Given ", "When ", "Then ", "And ", "But ", "* "].iter().find_map(|word| Some(line.strip_prefix(word)?.trim()))
}

/// The cells of a row; `\|` is a bar, `\\` a backslash and `\n` a new line. A lone bar is a row without cells.
pub(crate) fn cells(line: &str) -> Option<Vec<String>> {
    let mut cells = Vec::new();
    let mut cell = String::new();
    let mut chars = line.strip_prefix('|')?.chars();
    let mut closed = chars.as_str().is_empty();
    while let Some(c) = chars.next() {
        closed = c == '|';
        match c {
            '|' => cells.push(unescape(std::mem::take(&mut cell).trim())),
            '\\' => {
                cell.push(c);
                cell.extend(chars.next());
            }
            _ => cell.push(c),
        }
    }
    closed.then_some(cells)
}

fn unescape(cell: &str) -> String {
    let mut plain = String::new();
    let mut chars = cell.chars();
    while let Some(c) = chars.next() {
        match (c, chars.as_str().chars().next()) {
            ('\\', Some(escaped @ ('\\' | '|' | 'n'))) => {
                plain.push(if escaped == 'n' { '\n' } else { escaped });
                chars.next();
            }
            _ => plain.push(c),
        }
    }
    plain
}

#[test]
fn scenarios_outlines_and_backgrounds_are_read() {
    let source = r#"
@a @b
Feature: F - title
  Some prose, even with: colons

  Background:
    Given an empty graph

  # a comment
  @c
  Scenario: [1] One
    When executing query:
      """
      RETURN 1 # not a comment

        AS `a|b`
      """
    Then the result should be, in any order:
      | a\|b | c\\n\n |  |
      # between rows
      | '\'' | x  | y |

  Scenario Outline: [2] Two <x>
    When <x> or <y> or <z> < 3
    Then <x><y>
    Examples:
      | x | y   |
      | 1 | <x> |
    Examples:
      | y | x |
      | 3 | 4 |
"#;
    let feature = read(source).unwrap();
    assert_eq!((feature.written, feature.scenarios.len()), (2, 3));
    let first = &feature.scenarios[0];
    assert_eq!(first.name, "[1] One");
    assert_eq!(first.steps[0].text, "an empty graph");
    assert_eq!(first.steps[1].argument, Argument::Text("RETURN 1 # not a comment\n\n  AS `a|b`".to_owned()));
    let Argument::Table(rows) = &first.steps[2].argument else { panic!("a table") };
    assert_eq!(rows, &[["a|b", "c\\n\n", ""], ["'\\''", "x", "y"]]);
    let texts = |at: usize| feature.scenarios[at].steps.iter().map(|step| step.text.as_str()).collect::<Vec<_>>();
    assert_eq!(cells("|"), Some(Vec::new()));
    assert_eq!(texts(1), ["an empty graph", "1 or <x> or <z> < 3", "1<x>"]);
    assert_eq!(texts(2), ["an empty graph", "4 or 3 or <z> < 3", "43"]);
    assert_eq!(feature.scenarios[2].example, Some(2));
}

#[test]
fn nothing_is_skipped_in_silence() {
    let line = |source: &str| read(source).unwrap_err().line;
    assert_eq!(line("Scenario: no feature"), 1);
    assert_eq!(line("Feature: F\nScenario: S\n  Given a\n  what is this"), 4);
    assert_eq!(line("Feature: F\nScenario: S\n  Given a\n  | a | b |\n  | a |"), 5);
    assert_eq!(line("Feature: F\nScenario: S\n  Given a\n  | a | b "), 4);
    assert_eq!(line("Feature: F\nScenario Outline: S\n  Given a\nScenario: T\n  Given b"), 4);
    assert!(read("Feature: F\nScenario: S\n  Given a\n  \"\"\"\n  open").is_err());
}
