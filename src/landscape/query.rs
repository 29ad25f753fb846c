//! Statements of the query language.

use std::sync::Arc;

use super::{Error, Landscape};
use crate::cypher::{Options, Parameters, QueryResult, Session};
use crate::model::Moment;
use crate::store::{Snapshot, StoreError};

/// How often a statement that writes runs again because somebody else committed meanwhile.
const ATTEMPTS: usize = 50;

/// Why a commit of a statement did not happen.
enum Failure {
    Store(StoreError),
    /// Somebody else has committed since the statement read the database.
    Overtaken,
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

/// Runs a statement and commits what it wrote; a statement that is overtaken by another commit runs again on what that left.
pub(super) fn query(
    landscape: &Landscape,
    text: &str,
    parameters: &Parameters,
    options: &Options,
) -> Result<QueryResult, Error> {
    let parameters = Arc::new(parameters.clone());
    for _ in 0..ATTEMPTS {
        let mut session = Session::new(landscape.snapshot()?)?.with_procedures(&options.procedures);
        let (result, view) = session.run(text, &parameters, options)?;
        if !view.has_changes() {
            return Ok(result);
        }
        let changes = view.into_changes(text, Some(Moment::now().day()))?;
        let generation = session.generation();
        let make = |base: &Snapshot| match base.generation() == generation {
            true => Ok(changes),
            false => Err(Failure::Overtaken),
        };
        match landscape.store_to_write()?.commit_with::<Failure>(make) {
            Ok(_) => return Ok(result),
            Err(Failure::Store(error)) => return Err(error.into()),
            Err(Failure::Overtaken) => {}
        }
    }
    Err(Error::Overtaken { attempts: ATTEMPTS })
}
