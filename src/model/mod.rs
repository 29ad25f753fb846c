//! What the graph is made of: entities, facts, the evidence for them and the sources they were read in.
//!
//! Plain values without I/O. Everything here can be built, compared and printed without a database; the store keeps
//! these values, the graph refers to them, and the faces show them.
//!
//! | type | is |
//! |---|---|
//! | [`Entity`] | a thing with names, labels and claims about it |
//! | [`Fact`] | a relation between two entities, with properties |
//! | [`Evidence`] | why a fact, a claim or a name is believed |
//! | [`Source`] | a document or data set that evidence points to |
//! | [`Moment`] | when a commit was made |
//! | [`PartialDate`], [`Money`], [`Temporal`], [`Value`] | what properties hold |

#[cfg(test)]
pub(crate) mod arbitrary;
mod date;
mod entity;
mod error;
mod evidence;
mod fact;
mod id;
mod language;
mod moment;
mod money;
mod rows;
mod source;
mod temporal;
mod value;
pub mod vocabulary;

pub use date::PartialDate;
pub use entity::{Claim, Entity, Name, NameKind};
pub use error::ModelError;
pub use evidence::{Evidence, Span};
pub use fact::{Fact, Modality};
pub use id::{EntityId, FactId, SourceId};
pub use language::Language;
pub use moment::Moment;
pub use money::{Currency, Money, Qualifier};
pub use rows::{Cell, Column, Rows};
pub use source::{Reliability, Source};
pub use temporal::{Temporal, TemporalKind};
pub use value::{Properties, Value};
