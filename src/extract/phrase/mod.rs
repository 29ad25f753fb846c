//! Phrases: who does something, and lists of names.

mod english_list;
mod list;
mod name;
mod subject;

pub(super) use list::ListItem;
