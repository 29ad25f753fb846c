//! Names: one name in any script is the same name.
//!
//! A name is compared by its [normal form](normal_form), which forgets width, script, case, accents, spaces and
//! punctuation. The [name index](NameIndex) leads from normal forms, and from the sound of Chinese names, to the
//! entities that carry them; it finds names [exactly](NameIndex::exact), [by their
//! beginning](NameIndex::prefix), [in running text](NameIndex::matches), [by words](NameIndex::containing) and
//! [with typing errors](NameIndex::similar). [`search`] puts these together.
//!
//! Similarity never decides who is meant. Two entities are one because a name says so, exactly; everything else is a
//! suggestion.
//!
//! Pure functions over bytes that somebody else keeps. Nothing is built when the process starts. docs/names.md
//! explains normal forms and matching with examples; the layout of the index is in `key.rs`.

mod contains;
mod error;
mod fold;
mod han;
mod index;
mod key;
mod layers;
mod matching;
mod normal;
mod pinyin;
mod reader;
mod script;
mod search;
mod similar;
#[cfg(test)]
mod tests;

pub use error::NamesError;
pub(crate) use fold::{fold, is_invisible};
pub use han::{is_han, is_simplified_only, is_traditional_only, simplified};
pub use index::{IndexBuilder, NameIndex};
pub use key::{KeyKind, Posting};
pub use layers::{LayerBytes, Names, merge};
pub use matching::TextMatch;
pub use normal::{Normal, name_key, normal_form};
pub use pinyin::pinyin_key;
pub use script::script_of;
pub use search::{Lookup, Match, Why, search};
