//! The commands of the shell: lines that begin with a colon.

use std::sync::Arc;

use crate::cli::args;
use crate::cli::error::{CliError, Outcome};
use crate::cli::output::{Console, complain};
use crate::cli::query::limits;
use crate::cli::query::list;
use crate::cli::query::runner::asking;
use crate::cli::query::source::{Source, assignment, read_value};
use crate::cypher::QueryResult;
use crate::formats::RowFormat;
use crate::landscape::Error;

use super::Shell;
use super::completion::COMMANDS;

/// The page of `:help`.
const HELP: &str = "\
Statements end with a semicolon and may have several lines. Tab completes words of the language, labels, types,
properties, functions, procedures and, in quotes, names. Ctrl-C stops a statement, Ctrl-D ends the shell.
语句以分号结束，可以写成多行；Tab 补全关键字、标签、关系类型、属性、函数、过程以及引号中的名称。

  :help [NAME]           this page, or what a function or procedure does
  :schema                labels, relationship types, and what connects what
  :saved [NAME]          the saved queries, or the text of one
  :run NAME [P=VALUE]... run a saved query or a file
  :params                the parameters; :params clear forgets them
  :param NAME=VALUE      set a parameter: JSON, or text
  :set [SETTING VALUE]   the settings: format, timeout, max-rows, read-only
  :explain STATEMENT     how a statement would run; :profile runs it and counts
  :quit                  end the shell

For example:
  MATCH (i:Investor)-[r:INVESTED_IN]->(:Startup {name: '月之暗面'}) RETURN i.name, r.round, r.date;
  MATCH (公司:Startup)<-[:INVESTED_IN]-(投资人) RETURN 公司.name_zh AS 公司, count(DISTINCT 投资人) AS 家数 ORDER BY 家数 DESC LIMIT 5;";

fn wrong(message: String) -> CliError {
    Error::Options { message }.into()
}

impl Shell<'_> {
    /// Runs a command; `None` ends the shell.
    pub(super) fn command(&mut self, line: &str, console: &mut Console) -> Result<Option<Outcome>, CliError> {
        let (word, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
        let rest = rest.trim().trim_end_matches(';').trim_end();
        match word.to_lowercase().as_str() {
            "help" | "h" | "?" if rest.is_empty() => console.plain(HELP)?,
            "help" | "h" | "?" => {
                let statement = "CALL dbms.functions() YIELD name, signature, description RETURN name, signature, description \
                                 UNION CALL dbms.procedures() YIELD name, signature, description RETURN name, signature, description";
                let wanted = format!(
                    "CALL {{ {statement} }} WITH * WHERE toLower(name) CONTAINS toLower($`shell word`) RETURN signature, description"
                );
                return self.with_word(rest, &wanted, console).map(Some);
            }
            "schema" => {
                self.run("CALL db.labels()", console)?;
                console.gap();
                let patterns = "CALL db.schema.patterns() YIELD from, relationshipType, to, count \
                                RETURN from, relationshipType AS type, to, count ORDER BY count DESC, type, from, to";
                return self.run(patterns, console).map(Some);
            }
            "saved" | "queries" if rest.is_empty() => return list::print(&self.saved, console).map(Some),
            "saved" | "queries" => console.plain(self.saved.get(rest)?.statement.trim_end())?,
            "run" | "read" => return self.run_saved(rest, console).map(Some),
            "params" if rest == "clear" => self.set_parameters(|parameters| parameters.clear()),
            "params" | "param" if rest.is_empty() => {
                let shown = QueryResult::default();
                for (name, value) in &*Arc::clone(&self.parameters) {
                    console.plain(&format!("${name} = {}", shown.text(value)))?;
                }
                if self.parameters.is_empty() {
                    complain("there are no parameters; set one with :param NAME=VALUE");
                }
            }
            "params" | "param" => {
                let given = rest.replacen(" => ", "=", 1);
                let given = if given.contains('=') { given } else { given.replacen(' ', "=", 1) };
                let (name, value) = assignment(&given).map_err(wrong)?;
                let value = read_value(value.trim());
                self.set_parameters(|parameters| drop(parameters.insert(name.as_str().into(), value)));
            }
            "set" => self.set(rest, console)?,
            "explain" => return self.run(&asking("EXPLAIN", rest), console).map(Some),
            "profile" => return self.run(&asking("PROFILE", rest), console).map(Some),
            "quit" | "exit" | "q" => return Ok(None),
            other => {
                let known: Vec<String> = COMMANDS.iter().map(|command| format!(":{command}")).collect();
                return Err(wrong(format!("there is no command :{other}; there are {}", known.join(", "))));
            }
        }
        console.flush()?;
        Ok(Some(Outcome::Found))
    }

    /// Runs a statement of the shell's own about a word.
    fn with_word(&mut self, word: &str, statement: &str, console: &mut Console) -> Result<Outcome, CliError> {
        let own = Arc::clone(&self.parameters);
        self.set_parameters(|parameters| drop(parameters.insert("shell word".into(), word.into())));
        let outcome = self.run(statement, console);
        self.parameters = own;
        outcome
    }

    fn run_saved(&mut self, rest: &str, console: &mut Console) -> Result<Outcome, CliError> {
        let mut words = rest.split_whitespace();
        let Some(name) = words.next() else {
            return Err(wrong("expected the name of a saved query, or a file".to_owned()));
        };
        let given: Vec<(String, String)> = words.map(assignment).collect::<Result<_, _>>().map_err(wrong)?;
        let source = Source::of(name, self.folder)?;
        let own = Arc::clone(&self.parameters);
        let values = source.parameters(&given, None)?;
        self.set_parameters(|parameters| parameters.extend(values));
        let outcome = self.run(&source.statement, console);
        self.parameters = own;
        outcome
    }

    fn set(&mut self, rest: &str, console: &mut Console) -> Result<(), CliError> {
        let (name, value) = rest.split_once([' ', '=']).unwrap_or((rest, ""));
        let value = value.trim().trim_start_matches('=').trim_start();
        match (name, value) {
            ("", _) => {
                let rows = self.limits.max_rows.map_or("none".to_owned(), |rows| rows.to_string());
                let seconds = self.limits.timeout.as_secs_f64();
                let read_only = if self.limits.read_only { "on" } else { "off" };
                console.plain(&format!("format     {}", console.format()))?;
                console.plain(&format!("timeout    {seconds}"))?;
                console.plain(&format!("max-rows   {rows}"))?;
                console.plain(&format!("read-only  {read_only}"))?;
            }
            ("format", word) => {
                console.set_format(RowFormat::parse(word).map_err(|error| wrong(error.to_string()))?);
            }
            ("timeout", text) => self.limits.timeout = args::seconds(text).map_err(wrong)?,
            ("max-rows", "none") => self.limits.max_rows = None,
            ("max-rows", text) => self.limits.max_rows = Some(limits::rows(text).map_err(wrong)?),
            ("read-only", "on" | "") => self.limits.read_only = true,
            ("read-only", "off") => self.limits.read_only = false,
            ("read-only", other) => return Err(wrong(format!("expected on or off, found {other:?}"))),
            (other, _) => {
                let message =
                    format!("there is no setting {other:?}; there are format, timeout, max-rows and read-only");
                return Err(wrong(message));
            }
        }
        Ok(())
    }
}
