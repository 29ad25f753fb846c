//! The line editor: history, statements of several lines, completion.

use std::cell::RefCell;
use std::path::PathBuf;
use std::rc::Rc;

use rustyline::completion::{Completer, Pair};
use rustyline::error::ReadlineError;
use rustyline::highlight::Highlighter;
use rustyline::hint::Hinter;
use rustyline::history::DefaultHistory;
use rustyline::validate::{ValidationContext, ValidationResult, Validator};
use rustyline::{CompletionType, Config, Context, Editor, Helper};

use super::completion::{Wanted, candidates, wanted};
use super::statements::{is_blank, split};
use super::vocabulary::{self, Vocabulary};
use crate::landscape::Landscape;

/// Lines that are remembered.
const REMEMBERED: usize = 2000;

/// What the editor knows of the shell.
pub(super) struct Knowledge {
    pub(super) landscape: Rc<Landscape>,
    /// The generation that the words are of.
    pub(super) generation: u64,
    pub(super) words: Vocabulary,
    pub(super) parameters: Vec<String>,
}

pub(super) struct Assistant(pub(super) Rc<RefCell<Knowledge>>);

impl Helper for Assistant {}
impl Highlighter for Assistant {}

impl Hinter for Assistant {
    type Hint = String;
}

impl Validator for Assistant {
    /// Enter begins a new line until there is a semicolon.
    fn validate(&self, context: &mut ValidationContext<'_>) -> rustyline::Result<ValidationResult> {
        let (statements, rest) = split(context.input());
        let whole = is_blank(rest) && (!statements.is_empty() || context.input().trim().is_empty());
        Ok(if whole { ValidationResult::Valid(None) } else { ValidationResult::Incomplete })
    }
}

impl Completer for Assistant {
    type Candidate = Pair;

    fn complete(&self, line: &str, at: usize, _: &Context<'_>) -> rustyline::Result<(usize, Vec<Pair>)> {
        let before = line.get(..at).unwrap_or(line);
        // What an earlier statement of the line left open does not matter.
        let behind = before.len() - split(before).1.len();
        let (begin, kind) = match before.trim_start().starts_with(':') {
            true => wanted(before),
            false => {
                let (begin, kind) = wanted(before.get(behind..).unwrap_or_default());
                (behind + begin, kind)
            }
        };
        let start = before.get(begin..).unwrap_or_default();
        let knowledge = self.0.borrow();
        let found = match kind {
            Wanted::Name if start.trim().is_empty() => Vec::new(),
            Wanted::Name => vocabulary::names(&knowledge.landscape, start),
            other => candidates(other, start, &knowledge.words, &knowledge.parameters),
        };
        let pair = |word: String| {
            let replacement =
                if kind == Wanted::Name { word.replace('\\', "\\\\").replace('\'', "\\'") } else { word.clone() };
            Pair { display: word, replacement }
        };
        Ok((begin, found.into_iter().map(pair).collect()))
    }
}

/// Where lines come from.
pub(super) struct LineEditor {
    editor: Editor<Assistant, DefaultHistory>,
    history: Option<PathBuf>,
}

/// What was typed.
pub(super) enum Typed {
    Text(String),
    /// Ctrl-C: what was begun is dropped.
    Nothing,
    /// Ctrl-D.
    End,
}

impl LineEditor {
    pub(super) fn new(knowledge: Rc<RefCell<Knowledge>>, history: Option<PathBuf>) -> rustyline::Result<Self> {
        let config = Config::builder()
            .history_ignore_space(true)
            .max_history_size(REMEMBERED)?
            .completion_type(CompletionType::List)
            .build();
        let mut editor = Editor::with_config(config)?;
        editor.set_helper(Some(Assistant(knowledge)));
        if let Some(file) = &history {
            // The first time there is none.
            drop(editor.load_history(file));
        }
        Ok(Self { editor, history })
    }

    pub(super) fn read(&mut self, prompt: &str) -> rustyline::Result<Typed> {
        match self.editor.readline(prompt) {
            Ok(text) => {
                if !text.trim().is_empty() {
                    self.editor.add_history_entry(text.trim_end())?;
                }
                Ok(Typed::Text(text))
            }
            Err(ReadlineError::Interrupted) => Ok(Typed::Nothing),
            Err(ReadlineError::Eof) => Ok(Typed::End),
            Err(error) => Err(error),
        }
    }

    /// Keeps the history. That it cannot be kept is no reason to fail.
    pub(super) fn close(mut self) {
        let Some(file) = self.history.take() else { return };
        if let Some(folder) = file.parent() {
            drop(std::fs::create_dir_all(folder));
        }
        drop(self.editor.save_history(&file));
    }
}
