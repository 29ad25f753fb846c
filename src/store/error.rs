//! What can go wrong between a database's bytes and its records.

use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use thiserror::Error;

use crate::model::ModelError;

/// An error of the store.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum StoreError {
    /// There is no database at the path.
    #[error("there is no database at {}", path.display())]
    NotFound {
        /// Where it was looked for.
        path: PathBuf,
    },
    /// Something is at the path, but it is not a database of this program.
    #[error("{} is not an ailand database: {why}", path.display())]
    NotADatabase {
        /// The path.
        path: PathBuf,
        /// What was found there.
        why: String,
    },
    /// The database was written by a newer version of the program.
    #[error("the database at {} has format {found}; this program reads formats up to {supported}", path.display())]
    NewerFormat {
        /// The path.
        path: PathBuf,
        /// The database's format.
        found: u32,
        /// The newest format that this program knows.
        supported: u32,
    },
    /// There is a database where one should be made.
    #[error("there is a database at {}", path.display())]
    Exists {
        /// Where.
        path: PathBuf,
    },
    /// A file is not a backup.
    #[error("{} is not a backup of an ailand database", path.display())]
    NotABackup {
        /// The file.
        path: PathBuf,
    },
    /// A backup is not what was written.
    #[error("the backup {} is damaged at byte {at}: {what}", path.display())]
    DamagedBackup {
        /// The file.
        path: PathBuf,
        /// Where in it.
        at: u64,
        /// What is wrong there.
        what: String,
    },
    /// Another process holds the database, and did not let go before the deadline.
    #[error("the database at {} is held by {holder}; waited {:.1} s", path.display(), waited.as_secs_f32())]
    Locked {
        /// The path.
        path: PathBuf,
        /// Who holds it and for how long, as far as the lock file tells.
        holder: String,
        /// How long this process waited.
        waited: Duration,
    },
    /// Bytes of the database are not what was written.
    #[error("the database is damaged: {place}: {what}")]
    Damaged {
        /// Which page, row or file.
        place: String,
        /// What is wrong there.
        what: String,
    },
    /// The operating system refused.
    #[error("cannot {action} {}: {error}", path.display())]
    Io {
        /// What was attempted.
        action: &'static str,
        /// On which file.
        path: PathBuf,
        /// What the system answered.
        #[source]
        error: io::Error,
    },
    /// A record does not have the form it needs.
    #[error("{record}: {error}")]
    Record {
        /// The record, for example `fact "f:0001"`.
        record: String,
        /// What is wrong with it.
        #[source]
        error: ModelError,
    },
    /// A record refers to one that is neither in the database nor in the same commit.
    #[error("{record} refers to {kind} {id:?}, which is neither in the database nor in this commit")]
    UnknownReference {
        /// The record.
        record: String,
        /// What it refers to: `entity` or `source`.
        kind: &'static str,
        /// The id that does not resolve.
        id: String,
    },
    /// A record was retracted: it is not there any more, or cannot be used so.
    #[error("{record} was retracted")]
    Retracted {
        /// The record, for example `fact 12`.
        record: String,
    },
    /// There is no record to retract.
    #[error("there is no {kind} {id:?}")]
    NothingToRetract {
        /// `entity`, `fact` or `source`.
        kind: &'static str,
        /// The id that belongs to no record.
        id: String,
    },
    /// A record is put and retracted in one commit.
    #[error("{kind} {id:?} is put and retracted in the same commit")]
    Contradiction {
        /// `entity`, `fact` or `source`.
        kind: &'static str,
        /// Its id.
        id: String,
    },
    /// An entity cannot be retracted while something mentions it.
    #[error("entity {entity:?} cannot be retracted: {by} mentions it{}", and_others(*others))]
    Mentioned {
        /// The entity's id.
        entity: String,
        /// A record that mentions it, for example `fact "f:0001"`.
        by: String,
        /// How many other mentions there are.
        others: usize,
    },
    /// An entity was not merged into another one, so that it cannot be split off.
    #[error("entity {entity:?} was not merged into another one")]
    NotMerged {
        /// The entity.
        entity: String,
    },
    /// There is no such generation, or it cannot be gone back to.
    #[error("there is no generation {generation}: the database can be read from {oldest} to {newest}")]
    NoSuchGeneration {
        /// The generation that was asked for.
        generation: u64,
        /// The oldest one that there is.
        oldest: u64,
        /// The newest one.
        newest: u64,
    },
    /// An entity was merged into another one and cannot be put as one of its own.
    #[error("entity {entity:?} was merged into {kept:?}")]
    Merged {
        /// The entity that was to be put.
        entity: String,
        /// The entity that its id leads to.
        kept: String,
    },
    /// More records than the format can number.
    #[error("the database is full: it holds at most {limit} {what}")]
    TooMany {
        /// What there are too many of.
        what: &'static str,
        /// How many fit.
        limit: u32,
    },
}

fn and_others(others: usize) -> String {
    match others {
        0 => String::new(),
        1 => " and 1 other".to_owned(),
        many => format!(" and {many} others"),
    }
}

impl StoreError {
    pub(crate) fn io(action: &'static str, path: &Path, error: io::Error) -> Self {
        Self::Io { action, path: path.to_owned(), error }
    }

    pub(crate) fn damaged(place: impl Into<String>, what: impl Into<String>) -> Self {
        Self::Damaged { place: place.into(), what: what.into() }
    }

    /// What the reader of the message can do about it.
    #[must_use]
    pub fn hint(&self) -> Option<String> {
        match self {
            Self::NotFound { .. } => {
                Some("create it with `ailand ask`, or name another one with --db or AILAND_DB".into())
            }
            Self::NotADatabase { .. } => {
                Some("name the folder of a database, or a path that does not exist yet".into())
            }
            Self::NewerFormat { .. } => Some("update ailand; nothing was changed".into()),
            Self::Locked { .. } => Some("try again when it has finished, or wait longer with --wait SECONDS".into()),
            Self::Damaged { .. } => {
                Some("`ailand verify` lists all damage, `ailand repair` keeps what is intact, `ailand restore` brings a backup back".into())
            }
            Self::Exists { .. } => {
                Some("restore to another folder with --to, or replace it with --force".into())
            }
            Self::NotABackup { .. } => Some("`ailand backup FILE` writes one".into()),
            Self::DamagedBackup { .. } => Some("use another backup; nothing was changed".into()),
            Self::Io { error, .. } => match error.kind() {
                io::ErrorKind::PermissionDenied => Some("choose a folder that you may write to with --db".into()),
                io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => {
                    Some("free some space; the last commit was not made, everything before it is kept".into())
                }
                _ => None,
            },
            Self::UnknownReference { .. } => {
                Some("import the record it refers to first, or in the same command".into())
            }
            Self::Mentioned { .. } => {
                Some("retract what mentions it first, or in the same commit; --with-facts retracts its facts".into())
            }
            Self::NoSuchGeneration { .. } => Some("`ailand log` lists the commits".into()),
            Self::Merged { .. } => Some("put the one it was merged into, or split it off again first".into()),
            Self::Record { .. }
            | Self::TooMany { .. }
            | Self::Retracted { .. }
            | Self::NothingToRetract { .. }
            | Self::NotMerged { .. }
            | Self::Contradiction { .. } => None,
        }
    }
}
