//! What may stand at the cursor.

use super::statements::is_blank;
use super::vocabulary::Vocabulary;

/// What is asked for at the cursor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wanted {
    /// A command of the shell.
    Command,
    /// A setting, a format or the like: a word behind a command.
    Argument,
    /// The name of an entity, in quotes.
    Name,
    /// A label, behind a colon in parentheses.
    Label,
    /// A relationship type, behind a colon in square brackets.
    Type,
    /// A property, behind a point or in braces.
    Key,
    /// A procedure, behind CALL.
    Procedure,
    /// A parameter, behind a dollar sign.
    Parameter,
    /// Anything else: a word of the language or a function.
    Word,
}

/// The commands of the shell.
pub(super) const COMMANDS: &[&str] =
    &["help", "params", "param", "set", "schema", "explain", "profile", "saved", "run", "read", "quit"];

/// Settings, and the formats that one of them may have.
const ARGUMENTS: &[&str] =
    &["format", "timeout", "max-rows", "read-only", "table", "json", "jsonl", "csv", "markdown", "on", "off", "clear"];

fn is_part(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// Where the word at the end of `line` begins, and what it should be.
pub(super) fn wanted(line: &str) -> (usize, Wanted) {
    if let Some(begin) = open_quote(line) {
        return (begin, Wanted::Name);
    }
    let trimmed = line.trim_start();
    if let Some(command) = trimmed.strip_prefix(':') {
        let begin = line.len() - command.len();
        return match command.rfind(char::is_whitespace) {
            None => (begin, Wanted::Command),
            Some(_) if ["explain", "profile"].iter().any(|word| command.starts_with(word)) => in_statement(line),
            Some(space) => (begin + space + 1, Wanted::Argument),
        };
    }
    in_statement(line)
}

fn in_statement(line: &str) -> (usize, Wanted) {
    let word = |keep: fn(char) -> bool| {
        line.char_indices().rev().take_while(|(_, c)| keep(*c)).last().map_or(line.len(), |(at, _)| at)
    };
    let begin = word(is_part);
    let before = line.get(..begin).unwrap_or_default();
    // Names of procedures have points in them.
    let dotted = word(|c| is_part(c) || c == '.');
    let ahead = line.get(..dotted).unwrap_or_default().trim_end();
    let last = ahead.rsplit(|c: char| !is_part(c)).next().unwrap_or_default();
    if last.eq_ignore_ascii_case("call") && line.get(..dotted).is_some_and(|text| text.ends_with(char::is_whitespace)) {
        return (dotted, Wanted::Procedure);
    }
    match before.chars().next_back() {
        Some('$') => (begin, Wanted::Parameter),
        Some('.') if !before.ends_with("..") => (begin, Wanted::Key),
        Some(':' | '|' | '&' | '!') => {
            (begin, if brackets(before).last() == Some(&'[') { Wanted::Type } else { Wanted::Label })
        }
        Some('{' | ',' | ' ') if in_map(before) => (begin, Wanted::Key),
        _ => (begin, Wanted::Word),
    }
}

/// Whether a key of a map or of a pattern comes next.
fn in_map(before: &str) -> bool {
    let open = brackets(before);
    let inside = open.last() == Some(&'{') && before.trim_end().ends_with(['{', ',']);
    // Behind `EXISTS {` a pattern comes.
    let head = before.get(..before.rfind('{').unwrap_or(0)).unwrap_or_default().trim_end().to_uppercase();
    inside && !["EXISTS", "COUNT", "COLLECT", "CALL", ")"].iter().any(|word| head.ends_with(word))
}

/// The brackets that are open at the end.
fn brackets(text: &str) -> Vec<char> {
    let mut open = Vec::new();
    for c in text.chars() {
        match c {
            '(' | '[' | '{' => open.push(c),
            ')' | ']' | '}' => drop(open.pop()),
            _ => {}
        }
    }
    open
}

/// Where the text in quotes begins that is not closed.
fn open_quote(line: &str) -> Option<usize> {
    let mut open: Option<(char, usize)> = None;
    let mut chars = line.char_indices();
    while let Some((at, c)) = chars.next() {
        match (open, c) {
            (None, '\'' | '"') => open = Some((c, at + 1)),
            (Some(_), '\\') => drop(chars.next()),
            (Some((quote, _)), c) if c == quote => open = None,
            _ => {}
        }
    }
    open.map(|(_, begin)| begin)
}

/// The words that begin with `start`, in any case of letters; a word of the language is in the case that was begun.
pub(super) fn candidates(wanted: Wanted, start: &str, words: &Vocabulary, parameters: &[String]) -> Vec<String> {
    let begins = |word: &&str| {
        let mut letters = word.chars().flat_map(char::to_lowercase);
        start.chars().flat_map(char::to_lowercase).all(|c| letters.next() == Some(c))
    };
    let pick = |list: &[String]| -> Vec<String> {
        list.iter().map(String::as_str).filter(begins).map(str::to_owned).collect()
    };
    match wanted {
        Wanted::Command => COMMANDS.iter().copied().filter(begins).map(str::to_owned).collect(),
        Wanted::Argument => {
            let mut found: Vec<String> = ARGUMENTS.iter().copied().filter(begins).map(str::to_owned).collect();
            found.extend(pick(&words.saved));
            found
        }
        Wanted::Label => pick(&words.labels),
        Wanted::Type => pick(&words.types),
        Wanted::Key => pick(&words.keys),
        Wanted::Procedure => pick(&words.procedures),
        Wanted::Parameter => pick(parameters),
        // An entity is looked up elsewhere.
        Wanted::Name => Vec::new(),
        Wanted::Word if is_blank(start) => Vec::new(),
        Wanted::Word => {
            let small = start.chars().all(char::is_lowercase);
            let case = |word: String| if small { word.to_lowercase() } else { word };
            let mut found: Vec<String> = pick(&words.keywords).into_iter().map(case).collect();
            found.extend(pick(&words.functions).into_iter().map(|name| format!("{name}(")));
            found
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wanted_depends_on_what_stands_before() {
        for (line, begin, expected) in [
            ("MAT", 0, Wanted::Word),
            ("MATCH (n:Sta", 9, Wanted::Label),
            ("MATCH (n:A|B", 11, Wanted::Label),
            ("MATCH (n:公", 9, Wanted::Label),
            ("MATCH (n)-[r:INV", 13, Wanted::Type),
            ("MATCH (n)-[:A|", 14, Wanted::Type),
            ("MATCH (n {na", 10, Wanted::Key),
            ("MATCH (n {name: 'x', fo", 21, Wanted::Key),
            ("WHERE n.na", 8, Wanted::Key),
            ("WHERE n.name = '月之", 16, Wanted::Name),
            ("WHERE n.name = 'a\\'b", 16, Wanted::Name),
            ("WHERE n.name = 'a' AN", 19, Wanted::Word),
            ("CALL ailand.fi", 5, Wanted::Procedure),
            ("CALL ", 5, Wanted::Procedure),
            ("RETURN $na", 8, Wanted::Parameter),
            ("RETURN count { (n", 16, Wanted::Word),
            (":he", 1, Wanted::Command),
            (":set fo", 5, Wanted::Argument),
            (":explain MATCH (n:S", 18, Wanted::Label),
        ] {
            assert_eq!(wanted(line), (begin, expected), "{line}");
        }
    }

    #[test]
    fn words_keep_the_case_that_was_begun() {
        let list = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
        let words = Vocabulary {
            keywords: list(&["MATCH", "MERGE", "RETURN"]),
            functions: list(&["max", "month"]),
            labels: list(&["公司", "Startup"]),
            ..Vocabulary::default()
        };
        let found = |wanted, start| candidates(wanted, start, &words, &[]);
        assert_eq!(found(Wanted::Word, "ma"), ["match", "max("]);
        assert_eq!(found(Wanted::Word, "ME"), ["MERGE"]);
        assert_eq!(found(Wanted::Label, "st"), ["Startup"]);
        assert_eq!(found(Wanted::Label, "公"), ["公司"]);
        assert_eq!(found(Wanted::Label, "").len(), 2);
        assert!(found(Wanted::Word, "").is_empty());
    }
}
