//! From a file to records, line by line.

use std::collections::HashSet;
use std::io::{BufRead, Read};
use std::sync::Arc;

use serde::de::DeserializeSeed;

use super::Record;
use super::parse::AnyRecord;
use super::position::{Fault, oversized_integer};
use super::value::AS_IT_IS;
use crate::formats::{FormatError, Place};

/// No line may be longer than this many bytes.
pub const LONGEST_LINE: usize = 16 << 20;

/// Reads records from a file in the project's own format.
///
/// An iterator: every line gives a record with its place, or an error. After an error in a line the next line can
/// still be read, so that all errors of a file can be shown at once; after an error of the system nothing follows.
/// Blank lines, a byte order mark and Windows line ends are accepted. Memory is that of the longest line.
#[derive(Debug)]
pub struct Reader<R> {
    input: R,
    file: Arc<str>,
    /// The line that was read last, counted from 1.
    line: u64,
    /// How many bytes stand before that line.
    offset: u64,
    /// How many bytes have been read.
    read: u64,
    buffer: Vec<u8>,
    ended: bool,
    /// Texts that were given as they are.
    texts: HashSet<String>,
}

impl<R: BufRead> Reader<R> {
    /// Reads from `input`; `file` is what errors call it.
    pub fn new(input: R, file: &str) -> Self {
        Self {
            input,
            file: file.into(),
            line: 0,
            offset: 0,
            read: 0,
            buffer: Vec::new(),
            ended: false,
            texts: HashSet::new(),
        }
    }

    /// The texts among the properties read so far that were given as they are, `{"value": "round:none"}`: where their key
    /// asks for the id of an entity, there need not be such an entity.
    #[must_use]
    pub fn into_texts_as_they_are(self) -> HashSet<String> {
        self.texts
    }

    /// Reads the next line into the buffer; `false` at the end of the file.
    fn read_line(&mut self) -> Result<bool, FormatError> {
        self.buffer.clear();
        self.line += 1;
        self.offset = self.read;
        // The longest line and its end, which may be two bytes.
        let bound = LONGEST_LINE as u64 + 2;
        let read = match self.input.by_ref().take(bound).read_until(b'\n', &mut self.buffer) {
            Ok(read) => read,
            Err(error) => return Err(self.broken(error)),
        };
        self.read += read as u64;
        if read == 0 {
            return Ok(false);
        }
        let ended = self.buffer.pop_if(|last| *last == b'\n').is_some();
        self.buffer.pop_if(|last| *last == b'\r');
        if self.buffer.len() > LONGEST_LINE {
            if !ended {
                self.skip_line()?;
            }
            return Err(FormatError::LineTooLong { place: self.place(1), limit: LONGEST_LINE });
        }
        Ok(true)
    }

    /// Reads on to the end of a line that is too long, without keeping it.
    fn skip_line(&mut self) -> Result<(), FormatError> {
        match self.input.skip_until(b'\n') {
            Ok(skipped) => {
                self.read += skipped as u64;
                Ok(())
            }
            Err(error) => Err(self.broken(error)),
        }
    }

    /// The record of the line in the buffer; `None` for a blank line.
    fn record(&mut self) -> Option<Result<(Record, Place), FormatError>> {
        let mark: &[u8] = if self.line == 1 { b"\xEF\xBB\xBF" } else { b"" };
        let bytes = self.buffer.strip_prefix(mark).unwrap_or(&self.buffer);
        let line = match std::str::from_utf8(bytes) {
            Ok(line) => line,
            Err(error) => {
                let valid = error.valid_up_to();
                let column = bytes.utf8_chunks().next().map_or(0, |chunk| chunk.valid().chars().count());
                let before = valid + self.buffer.len() - bytes.len();
                return Some(Err(FormatError::NotUtf8 {
                    place: self.place(column + 1),
                    byte: bytes.get(valid).copied().unwrap_or_default(),
                    offset: self.offset + before as u64,
                }));
            }
        };
        let start = line.len() - line.trim_start().len();
        if start == line.len() {
            return None;
        }
        Some(match parse(line) {
            Ok(record) => {
                let place = self.place(column(line, start));
                self.texts.extend(texts_as_they_are(line));
                Ok((record, place))
            }
            Err(Fault { at, syntax, problem }) => {
                let place = self.place(column(line, at));
                Err(if syntax {
                    FormatError::Syntax { place, problem }
                } else {
                    FormatError::Record { place, problem }
                })
            }
        })
    }

    fn place(&self, column: usize) -> Place {
        Place { file: Arc::clone(&self.file), line: self.line, column: column as u64 }
    }

    fn broken(&mut self, error: std::io::Error) -> FormatError {
        self.ended = true;
        FormatError::Read { place: self.place(1), error }
    }
}

impl<R: BufRead> Iterator for Reader<R> {
    type Item = Result<(Record, Place), FormatError>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.ended {
            match self.read_line() {
                Err(error) => return Some(Err(error)),
                Ok(false) => self.ended = true,
                Ok(true) => {
                    if let Some(record) = self.record() {
                        return Some(record);
                    }
                }
            }
        }
        None
    }
}

fn parse(line: &str) -> Result<Record, Fault> {
    if let Some(fault) = oversized_integer(line) {
        return Err(fault);
    }
    let mut json = serde_json::Deserializer::from_str(line);
    AnyRecord
        .deserialize(&mut json)
        .and_then(|record| json.end().map(|()| record))
        .map_err(|error| Fault::of(&error, line))
}

/// The texts of a line that are given as they are. Few lines have any, so that most are not looked at twice.
fn texts_as_they_are(line: &str) -> Vec<String> {
    let mut texts = Vec::new();
    let mut keys = line.match_indices(AS_IT_IS).filter_map(|(at, _)| line.get(..at)?.strip_suffix('"'));
    if keys.any(|before| before.trim_end().ends_with('{')) {
        let whole: serde_json::Value = serde_json::from_str(line).unwrap_or_default();
        let mut left = vec![&whole];
        while let Some(json) = left.pop() {
            match json {
                serde_json::Value::Object(map) => match (map.len(), map.get(AS_IT_IS)) {
                    (1, Some(serde_json::Value::String(text))) => texts.push(text.clone()),
                    _ => left.extend(map.values()),
                },
                serde_json::Value::Array(items) => left.extend(items),
                _ => {}
            }
        }
    }
    texts
}

/// The column of byte `at`, in characters from 1.
fn column(line: &str, at: usize) -> usize {
    1 + line.char_indices().take_while(|(start, _)| *start < at).count()
}
