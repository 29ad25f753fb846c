//! `ailand shell`

mod commands;
mod completion;
mod editor;
mod statements;
mod vocabulary;

use std::cell::RefCell;
use std::io::{self, BufRead, IsTerminal};
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::Arc;
use std::time::Instant;

use clap::Args;

use super::args::Global;
use super::error::{self, CliError, Outcome};
use super::interrupt::Interrupt;
use super::output::{Console, complain};
use super::query::limits::LimitArguments;
use super::query::runner::execute;
use super::query::source::{self, FolderArgument};
use crate::cypher::Parameters;
use crate::landscape::{Error, Landscape, SavedQueries};
use editor::{Knowledge, LineEditor, Typed};
use statements::{is_blank, split};
use vocabulary::Vocabulary;

/// Type statements of the query language, one after the other
///
/// Statements end with a semicolon and may have several lines; what was typed is remembered. Tab completes words of the
/// language, labels, types, properties, functions, procedures and, in quotes, names. Ctrl-C stops a statement and not the shell.
/// :help tells more.
///
/// Statements can be piped in as well; then the first one that fails ends the shell, unless --keep-going says otherwise.
///
/// 交互式查询：语句以分号结束，可多行书写，Tab 补全，:help 查看帮助；也可以用管道输入。
///
/// Exit codes: 0, or where input is piped that of the last statement that failed, as `ailand query` has it.
#[derive(Debug, Args)]
#[command(
    name = "shell",
    after_help = "Examples:\n  \
    ailand shell\n  \
    ailand shell --read-only --timeout 5\n  \
    ailand shell < statements.cypher\n  \
    echo 'MATCH (公司:Startup) RETURN count(公司) AS 家数;' | ailand shell --format json"
)]
pub(super) struct ShellArguments {
    /// Go on behind a statement that fails, where input is piped
    #[arg(long)]
    keep_going: bool,
    /// Where what was typed is remembered [default: `ailand/history` in the platform's state directory]
    #[arg(long, value_name = "FILE", env = "AILAND_HISTORY", value_hint = clap::ValueHint::FilePath)]
    history: Option<PathBuf>,
    #[command(flatten)]
    folder: FolderArgument,
    #[command(flatten)]
    limits: LimitArguments,
}

/// What the shell remembers between two statements.
struct Shell<'a> {
    landscape: Rc<Landscape>,
    parameters: Arc<Parameters>,
    limits: LimitArguments,
    saved: SavedQueries,
    folder: Option<&'a Path>,
    interrupt: Interrupt,
    /// What the line editor completes; none where input is piped.
    knowledge: Option<Rc<RefCell<Knowledge>>>,
}

pub(super) fn run(command: &ShellArguments, global: &Global, console: &mut Console) -> Result<Outcome, CliError> {
    let folder = command.folder.queries.as_deref();
    let mut shell = Shell {
        landscape: Rc::new(global.open()?),
        parameters: Arc::default(),
        limits: command.limits.clone(),
        saved: source::saved(folder)?,
        folder,
        interrupt: Interrupt::install(true),
        knowledge: None,
    };
    if io::stdin().is_terminal() && io::stdout().is_terminal() {
        shell.converse(command.history.clone().or_else(history), console)
    } else {
        shell.read_all(command.keep_going, console)
    }
}

/// Where what was typed is remembered.
fn history() -> Option<PathBuf> {
    use etcetera::BaseStrategy;
    let strategy = etcetera::choose_base_strategy().ok()?;
    let folder = strategy.state_dir().unwrap_or_else(|| strategy.data_dir());
    // Not in the folder of the database, which may be the same one.
    Some(if strategy.state_dir().is_some() {
        folder.join("ailand").join("history")
    } else {
        folder.join("ailand-history")
    })
}

impl Shell<'_> {
    /// Talks with somebody at a terminal.
    fn converse(&mut self, history: Option<PathBuf>, console: &mut Console) -> Result<Outcome, CliError> {
        let words = Vocabulary::of(&self.landscape, &self.saved)?;
        let landscape = Rc::clone(&self.landscape);
        let generation = landscape.snapshot()?.generation();
        let knowledge = Rc::new(RefCell::new(Knowledge { landscape, generation, words, parameters: Vec::new() }));
        self.knowledge = Some(Rc::clone(&knowledge));
        let refuse = |error: rustyline::error::ReadlineError| {
            Error::io("use", Path::new("the terminal"), io::Error::other(error.to_string()))
        };
        let mut editor = LineEditor::new(knowledge, history).map_err(refuse)?;
        complain("Statements end with a semicolon; :help tells more. 语句以分号结束，:help 查看帮助。");
        'typed: loop {
            match editor.read("ailand> ").map_err(refuse)? {
                Typed::End => break,
                Typed::Nothing => {}
                Typed::Text(text) => {
                    for statement in split(&text).0 {
                        let began = Instant::now();
                        match self.step(statement, console) {
                            Ok(None) => break 'typed,
                            Ok(Some(_)) if statement.starts_with(':') => {}
                            Ok(Some(_)) => complain(&format!("{:.1} ms", began.elapsed().as_secs_f64() * 1e3)),
                            Err(failure) => {
                                error::report(&failure, console);
                                break;
                            }
                        }
                    }
                }
            }
        }
        editor.close();
        Ok(Outcome::Found)
    }

    /// Runs what is piped in, statement by statement as it comes.
    fn read_all(&mut self, keep_going: bool, console: &mut Console) -> Result<Outcome, CliError> {
        let refuse = |error| Error::io("read", Path::new("standard input"), error);
        let mut input = io::stdin().lock();
        let (mut text, mut last) = (String::new(), Outcome::Found);
        loop {
            let begun = text.len();
            let ended = input.read_line(&mut text).map_err(refuse)? == 0;
            // Only these signs can end a statement.
            if !ended && !text.get(begun..).unwrap_or_default().contains([';', ':']) {
                continue;
            }
            let (mut statements, rest) = split(&text);
            // The last statement needs no semicolon.
            if ended && !is_blank(rest) {
                statements.push(rest.trim());
            }
            for statement in statements {
                match self.step(statement, console) {
                    Ok(None) => return Ok(last),
                    Ok(Some(_)) => {}
                    Err(failure @ CliError::Output(_)) => return Err(failure),
                    Err(failure) if keep_going => last = error::report(&failure, console),
                    Err(failure) => return Err(failure),
                }
            }
            if ended {
                return Ok(last);
            }
            text = rest.to_owned();
        }
    }

    /// Runs a statement or a command; `None` ends the shell.
    fn step(&mut self, statement: &str, console: &mut Console) -> Result<Option<Outcome>, CliError> {
        match statement.strip_prefix(':') {
            Some(command) => self.command(command.trim(), console),
            None => self.run(statement, console).map(Some),
        }
    }

    fn run(&mut self, statement: &str, console: &mut Console) -> Result<Outcome, CliError> {
        let outcome = self.interrupt.watch(|cancelled| {
            let options = self.limits.options(cancelled);
            execute(&self.landscape, statement, &self.parameters, &options, console)
        });
        console.flush()?;
        self.learn();
        outcome
    }

    /// Reads the words to complete again when somebody has written.
    fn learn(&self) {
        let Some(knowledge) = &self.knowledge else { return };
        let Ok(generation) = self.landscape.snapshot().map(|snapshot| snapshot.generation()) else { return };
        if knowledge.borrow().generation != generation
            && let Ok(words) = Vocabulary::of(&self.landscape, &self.saved)
        {
            let mut knowledge = knowledge.borrow_mut();
            (knowledge.generation, knowledge.words) = (generation, words);
        }
    }

    fn set_parameters(&mut self, change: impl FnOnce(&mut Parameters)) {
        change(Arc::make_mut(&mut self.parameters));
        if let Some(knowledge) = &self.knowledge {
            knowledge.borrow_mut().parameters = self.parameters.keys().map(ToString::to_string).collect();
        }
    }
}
