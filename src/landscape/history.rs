//! What the landscape was, and changes to it that can be taken back.

use std::fmt;
use std::str::FromStr;

use super::{Error, Landscape, resolve};
use crate::model::{EntityId, ModelError, Moment, PartialDate};
use crate::store::{Changes, Commit, CommitReport, Retractions, Snapshot, StoreError};

/// A time in the history of a database: which commits count, and which come later.
///
/// Written as the number of a generation (`12`), as a day or a month, to its end (`2024-02-25`, `2024-02`), or as a moment
/// (`2024-02-25T12:31:14Z`), both in universal time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum At {
    /// After the commit that made this generation; 0 is the empty database.
    Generation(u64),
    /// At the end of a day, a month or a year of universal time.
    Date(PartialDate),
    /// At a moment.
    Moment(Moment),
}

impl FromStr for At {
    type Err = ModelError;

    fn from_str(text: &str) -> Result<Self, ModelError> {
        if let Ok(generation) = text.parse() {
            return Ok(Self::Generation(generation));
        }
        if text.contains('T') {
            return text.parse().map(Self::Moment);
        }
        text.parse().map(Self::Date)
    }
}

impl fmt::Display for At {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Generation(generation) => generation.fmt(f),
            Self::Date(date) => date.fmt(f),
            Self::Moment(moment) => moment.fmt(f),
        }
    }
}

impl Landscape {
    /// The landscape as it was: everything that reads it reads that generation, and nothing can be written.
    ///
    /// # Errors
    /// [`Error::Store`] for a generation that there is not, [`Error::Options`] for a time before the first commit.
    ///
    /// # Examples
    /// ```
    /// use ailand::landscape::At;
    /// use ailand::store::Retractions;
    ///
    /// let landscape = ailand::Landscape::bundled()?;
    /// let facts = landscape.snapshot()?.counts().facts;
    /// let fact = landscape.snapshot()?.fact(0)?.id;
    /// landscape.retract(Retractions { facts: vec![fact], ..Retractions::default() }, "a doctest", Some("not true"))?;
    /// assert_eq!(landscape.snapshot()?.counts().facts, facts - 1);
    /// assert_eq!(landscape.log(1)?[0].reason.as_deref(), Some("not true"));
    /// let past = landscape.at(At::Generation(1))?;
    /// assert_eq!(past.snapshot()?.counts().facts, facts);
    /// # Ok::<(), ailand::Error>(())
    /// ```
    pub fn at(self, at: At) -> Result<Self, Error> {
        let generation = generation(&self.store.read()?, at)?;
        Ok(Self { generation: Some(generation), ..self })
    }

    /// The last `limit` commits, the newest first.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub fn log(&self, limit: usize) -> Result<Vec<Commit>, Error> {
        Ok(self.snapshot()?.log().take(limit).collect::<Result<_, _>>()?)
    }

    /// Retracts records: no reader sees them any more, and the history keeps them. `by` says who or what does it.
    ///
    /// # Errors
    /// [`Error::Store`]: there is no such record, or something else mentions an entity.
    pub fn retract(&self, retractions: Retractions, by: &str, reason: Option<&str>) -> Result<CommitReport, Error> {
        self.commit(&Changes { retractions, reason: reason.map(str::to_owned), ..Changes::by(by) })
    }

    /// Retracts an entity together with every fact that it is an end of.
    ///
    /// # Errors
    /// [`Error::Store`]: there is no such entity, or evidence of something else mentions it.
    pub fn retract_with_facts(&self, entity: &EntityId, by: &str, reason: Option<&str>) -> Result<CommitReport, Error> {
        let make = |base: &Snapshot| -> Result<Changes, Error> {
            let mut changes = Changes { reason: reason.map(str::to_owned), ..Changes::by(by) };
            changes.retractions.entities.push(entity.clone());
            if let Some(number) = base.entity_number(entity)? {
                let adjacency = base.adjacency(number)?;
                for edge in adjacency.outgoing.iter().chain(&adjacency.incoming) {
                    changes.retractions.facts.push(base.fact(edge.fact)?.id);
                }
            }
            // A loop is an edge of the entity twice.
            changes.retractions.facts.sort();
            changes.retractions.facts.dedup();
            Ok(changes)
        };
        self.store_to_write()?.commit_with(make)
    }

    /// Gives up the history before a time, or all of it: that cannot be read, and mergings of before that cannot be split,
    /// any more. The space comes back when the database is compacted.
    ///
    /// # Errors
    /// As [`Landscape::at`].
    pub fn forget(&self, before: Option<At>, by: &str, reason: Option<&str>) -> Result<CommitReport, Error> {
        let make = |base: &Snapshot| -> Result<Changes, Error> {
            let before = match before {
                Some(at) => generation(base, at)?,
                None => base.generation() + 1,
            };
            let reason = reason.map(str::to_owned);
            Ok(Changes { forget_before: Some(before), reason, ..Changes::by(by) })
        };
        self.store_to_write()?.commit_with(make)
    }

    /// Merges the entity that one name stands for into that of another name, because they are the same. Its facts and
    /// evidence name the other one from now on, which gets its names as aliases; its id leads to the other one.
    ///
    /// # Errors
    /// As [`Landscape::entity`]; [`Error::Options`] when both names stand for one entity.
    pub fn merge(&self, kept: &str, absorbed: &str, by: &str, reason: Option<&str>) -> Result<CommitReport, Error> {
        let snapshot = self.snapshot()?;
        let id = |name: &str| Ok::<_, Error>(snapshot.entity_id(resolve(&snapshot, name, None)?)?);
        let (to, from) = (id(kept)?, id(absorbed)?);
        if to == from {
            let message = format!("{kept:?} and {absorbed:?} are one entity already: {to}");
            return Err(Error::Options { message });
        }
        drop(snapshot);
        Ok(self.store_to_write()?.merge(&from, &to, by, reason)?)
    }

    /// Undoes the merging of the entity that had this id.
    ///
    /// # Errors
    /// [`Error::Store`]: the id is not that of a merged entity, or the history does not reach back.
    pub fn split(&self, id: &EntityId, by: &str, reason: Option<&str>) -> Result<CommitReport, Error> {
        Ok(self.store_to_write()?.split(id, by, reason)?)
    }
}

/// The generation that counts as of a time.
fn generation(present: &Snapshot, at: At) -> Result<u64, Error> {
    let moment = match at {
        At::Generation(generation) => {
            let (oldest, newest) = (present.oldest(), present.generation());
            if !(oldest..=newest).contains(&generation) {
                return Err(StoreError::NoSuchGeneration { generation, oldest, newest }.into());
            }
            return Ok(generation);
        }
        At::Date(date) => Moment::end_of(date),
        At::Moment(moment) => moment,
    };
    match present.generation_at(moment)? {
        0 => {
            let first = match present.generation() {
                0 => "it has no commit yet".to_owned(),
                _ => format!("its first commit is of {}", present.commit(1)?.time),
            };
            Err(Error::Options { message: format!("there was no database as of {at}: {first}") })
        }
        generation => Ok(generation),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_told_apart_by_their_form() {
        assert_eq!("12".parse(), Ok(At::Generation(12)));
        assert_eq!("2024".parse(), Ok(At::Generation(2024)));
        for date in ["2024-02", "2024-02-25", "2024-02-25T12:31:14Z"] {
            let at: At = date.parse().unwrap();
            assert!(!matches!(at, At::Generation(_)));
            assert_eq!(at.to_string(), date);
        }
        for wrong in ["", "-1", "yesterday", "2024-13", "2024-02-25T12"] {
            assert!(wrong.parse::<At>().is_err(), "{wrong}");
        }
    }
}
