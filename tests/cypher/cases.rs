//! A reader of `.cases` files, the notation of which `README.md` beside this file tells.

use super::gherkin::cells;
use super::step::{Answer, EFFECTS, Effects, Failure};
use super::value::{self, Value};

/// Statements on a graph of their own.
#[derive(Debug)]
pub(crate) struct Case {
    pub(crate) title: String,
    /// The line of the title.
    pub(crate) line: usize,
    /// What makes the graph.
    pub(crate) graph: Vec<String>,
    pub(crate) stages: Vec<Stage>,
}

/// A statement and what is expected of it.
#[derive(Debug)]
pub(crate) struct Stage {
    pub(crate) statement: String,
    pub(crate) parameters: Vec<(String, Value)>,
    pub(crate) outcome: Outcome,
    pub(crate) effects: Option<Effects>,
}

#[derive(Debug)]
pub(crate) enum Outcome {
    Rows(Answer),
    Fails {
        failure: Failure,
        /// Line and column.
        place: Option<(usize, usize)>,
        /// What the message or the advice contains.
        says: Vec<String>,
    },
}

/// Reads a file; the message names the line.
pub(crate) fn read(source: &str) -> Result<Vec<Case>, String> {
    let mut reader = Reader { lines: source.lines().map(str::trim_end).enumerate().peekable(), graphs: Vec::new() };
    let mut cases = Vec::new();
    while let Some((number, line)) = reader.line() {
        let at = |message: String| format!("line {}: {message}", number + 1);
        match line.split_once(' ') {
            Some(("graph", name)) => {
                let statements = reader.block().split(';').map(str::to_owned).collect();
                reader.graphs.push((name.to_owned(), statements));
            }
            Some(("case", title)) => cases.push(reader.case(title, number + 1).map_err(at)?),
            _ => return Err(at(format!("expected `graph` or `case`, found `{line}`"))),
        }
    }
    Ok(cases)
}

struct Reader<'a, I: Iterator<Item = (usize, &'a str)>> {
    lines: std::iter::Peekable<I>,
    graphs: Vec<(String, Vec<String>)>,
}

impl<'a, I: Iterator<Item = (usize, &'a str)>> Reader<'a, I> {
    /// The next line that says something.
    fn line(&mut self) -> Option<(usize, &'a str)> {
        self.lines.find(|(_, line)| !line.is_empty() && !line.starts_with('#'))
    }

    /// The next line of the same case.
    fn next_of_case(&mut self) -> Option<&'a str> {
        self.lines.next_if(|(_, line)| !line.is_empty()).map(|(_, line)| line)
    }

    /// Indented lines, without what the first is indented by.
    fn block(&mut self) -> String {
        let mut lines = Vec::new();
        while let Some((_, line)) = self.lines.next_if(|(_, line)| line.starts_with("    ")) {
            lines.push(&line[4..]);
        }
        lines.join("\n")
    }

    fn case(&mut self, title: &str, line: usize) -> Result<Case, String> {
        let mut case = Case { title: title.to_owned(), line, graph: Vec::new(), stages: Vec::new() };
        let mut parameters = Vec::new();
        while let Some(next) = self.lines.peek().map(|(_, line)| *line).filter(|line| !line.is_empty()) {
            if next.starts_with("    ") {
                let statement = self.block();
                case.stages.push(self.stage(statement, std::mem::take(&mut parameters))?);
                continue;
            }
            self.lines.next();
            match next.split_once(' ') {
                Some(("on", name)) => {
                    let graph = self.graphs.iter().find(|(known, _)| known == name);
                    case.graph = graph.ok_or_else(|| format!("there is no graph `{name}`"))?.1.clone();
                }
                Some(("with", parameter)) => {
                    let (name, value) = parameter.split_once(" = ").ok_or("`with name = value`")?;
                    parameters.push((name.to_owned(), value::read(value)?));
                }
                _ if next.starts_with('#') => {}
                _ => return Err(format!("not understood: `{next}`")),
            }
        }
        if case.stages.is_empty() { Err("a case has a statement".to_owned()) } else { Ok(case) }
    }

    fn stage(&mut self, statement: String, parameters: Vec<(String, Value)>) -> Result<Stage, String> {
        let outcome = match self.next_of_case().ok_or("expected `rows`, `rows in order`, `no rows` or `fails`")? {
            "rows" => Outcome::Rows(self.rows(false)?),
            "rows in order" => Outcome::Rows(self.rows(true)?),
            "no rows" => Outcome::Rows(Answer { columns: None, rows: Vec::new(), ordered: false, ordered_lists: true }),
            line => {
                let failure = line.strip_prefix("fails ").ok_or_else(|| format!("not understood: `{line}`"))?;
                self.failure(failure)?
            }
        };
        let mut effects = None;
        if let Some((_, line)) = self.lines.next_if(|(_, line)| line.split(' ').next() == Some("effects")) {
            effects = Some(read_effects(line)?);
        }
        Ok(Stage { statement, parameters, outcome, effects })
    }

    fn rows(&mut self, ordered: bool) -> Result<Answer, String> {
        let mut lines = Vec::new();
        while let Some((_, line)) = self.lines.next_if(|(_, line)| line.trim_start().starts_with('|')) {
            lines.push(line.trim_start());
        }
        let mut table = lines.into_iter().map(|line| cells(line).ok_or_else(|| format!("`{line}` is no row")));
        let columns = table.next().ok_or("rows begin with the names of the columns")??;
        let mut rows = Vec::new();
        for row in table {
            let row = row?;
            if row.len() != columns.len() {
                return Err(format!("a row of {} cells under {} columns", row.len(), columns.len()));
            }
            rows.push(row.iter().map(|cell| value::read(cell)).collect::<Result<_, _>>()?);
        }
        Ok(Answer { columns: Some(columns), rows, ordered, ordered_lists: true })
    }

    /// `SyntaxError at compile time: UndefinedVariable, place 1:18`
    fn failure(&mut self, line: &str) -> Result<Outcome, String> {
        let (line, place) = match line.split_once(", place ") {
            Some((line, place)) => {
                let (row, column) = place.split_once(':').ok_or("a place is `line:column`")?;
                let number = |text: &str| text.parse().map_err(|_| format!("`{text}` is no number"));
                (line, Some((number(row)?, number(column)?)))
            }
            None => (line, None),
        };
        let (kind, rest) = line.split_once(" at ").ok_or("`KIND at PHASE: DETAIL`")?;
        let (phase, detail) = rest.split_once(": ").ok_or("`KIND at PHASE: DETAIL`")?;
        let failure = Failure { kind: kind.to_owned(), phase: phase.to_owned(), detail: detail.to_owned() };
        let mut says = Vec::new();
        while let Some((_, line)) = self.lines.next_if(|(_, line)| line.starts_with("says ")) {
            says.push(line["says ".len()..].to_owned());
        }
        Ok(Outcome::Fails { failure, place, says })
    }
}

/// `effects +nodes 1 -labels 2`; those that are not named are none, and `effects` alone is none at all.
fn read_effects(line: &str) -> Result<Effects, String> {
    let mut effects = Effects::default();
    let mut words = line.split_whitespace().skip(1);
    while let Some(name) = words.next() {
        let count = words.next().and_then(|count| count.parse().ok()).ok_or("an effect has a number")?;
        let at = EFFECTS.iter().position(|effect| name.get(1..) == Some(effect));
        let at = at.ok_or_else(|| format!("`{name}` is no effect"))?;
        let (more, less) = &mut effects.0[at];
        *(if name.starts_with('+') { more } else { less }) = count;
    }
    Ok(effects)
}

#[test]
fn cases_are_read() {
    let source = "
# a comment
graph g
    CREATE (a);
    CREATE (b)

case one thing
on g
with k = [1, 'x']
    MATCH (n)

      RETURN n
rows in order
    | n | m\\|k |
    | 1 | 'x' |
effects +nodes 1 -labels 2

case two
    RETURN 1
no rows
    RETUR
fails SyntaxError at compile time: UnexpectedSyntax, place 1:1
says RETURN
";
    // A blank line ends a case, so a statement has none.
    assert!(read(source).is_err());
    let cases = read(&source.replace("MATCH (n)\n\n", "MATCH (n)\n")).unwrap();
    assert_eq!(cases.len(), 2);
    assert_eq!((cases[0].title.as_str(), cases[0].line), ("one thing", 7));
    assert_eq!(cases[0].graph, ["CREATE (a)", "\nCREATE (b)"]);
    let stage = &cases[0].stages[0];
    assert_eq!((stage.statement.as_str(), stage.parameters.len()), ("MATCH (n)\n  RETURN n", 1));
    assert_eq!(stage.effects, Some(Effects([(1, 0), (0, 0), (0, 0), (0, 2)])));
    let Outcome::Rows(answer) = &stage.outcome else { panic!("rows") };
    assert_eq!(answer.columns.as_deref(), Some(["n".to_owned(), "m|k".to_owned()].as_slice()));
    assert!(answer.ordered && answer.rows.len() == 1);
    assert_eq!(cases[1].stages.len(), 2);
    let Outcome::Fails { place, says, .. } = &cases[1].stages[1].outcome else { panic!("fails") };
    assert_eq!((*place, says.len()), (Some((1, 1)), 1));
}
