//! Words that the database does not know: no mistakes, but probably not what was meant.

use std::cell::RefCell;
use std::collections::HashSet;
use std::sync::Arc;

use super::Checker;
use super::context::{CheckContext, Words};
use super::query::Role;
use super::scope::Scope;
use super::types::Type;
use crate::cypher::suggestion::nearest;
use crate::cypher::syntax::Span;
use crate::cypher::syntax::tree::{Expression, ExpressionKind, LabelExpression, Name, Statement};
use crate::cypher::value::Types;

/// Something that is probably not what was meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Warning {
    pub(crate) message: String,
    /// What was probably meant.
    pub(crate) hint: Option<String>,
    pub(crate) span: Span,
}

/// What a word stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Sort {
    Label,
    RelationshipType,
    /// A label or a type: what carries it is not known.
    Either,
    Key,
}

/// The words of a statement.
#[derive(Debug, Default)]
pub(super) struct Mentions {
    /// Those that it looks for, with their first places.
    looked_for: Vec<(Sort, Arc<str>, Span)>,
    /// Those that it brings into the graph itself.
    brought: HashSet<Arc<str>>,
    /// Whether it sets properties from a map that is not written out, so that any key may be there.
    any_key: bool,
}

/// Labels, relationship types and properties that the statement looks for and the database does not have, nor the
/// statement brings. None when [`CheckContext::words`] is not given, or when the statement is not valid.
///
/// Takes time in the number of words of the database only if there is something to warn of.
pub(crate) fn warnings(statement: &Statement, context: &CheckContext<'_>) -> Vec<Warning> {
    let Some(words) = context.words else { return Vec::new() };
    let checker = Checker { context, mentions: Some(RefCell::default()) };
    let valid = checker.query(&statement.query, &Scope::default(), Role::Statement).is_ok();
    let mentions = checker.mentions.map(RefCell::into_inner).unwrap_or_default();
    if valid { mentions.unknown(words) } else { Vec::new() }
}

impl Mentions {
    /// In the order of the text.
    fn unknown(mut self, words: &dyn Words) -> Vec<Warning> {
        self.looked_for.sort_by_key(|(_, _, span)| span.start);
        let (labels, types, keys) = (words.labels(), words.types(), words.keys());
        let mut told = HashSet::new();
        let mut warnings = Vec::new();
        for (sort, word, span) in self.looked_for {
            let (known, message) = match sort {
                Sort::Label => (vec![&labels], format!("no node has the label '{word}'")),
                Sort::RelationshipType => (vec![&types], format!("no relationship has the type '{word}'")),
                Sort::Either => (vec![&labels, &types], format!("nothing has the label or type '{word}'")),
                Sort::Key => (vec![&keys], format!("nothing has the property '{word}'")),
            };
            let mut known = known.into_iter().flatten();
            let brought = self.brought.contains(&word) || sort == Sort::Key && self.any_key;
            if brought || known.clone().any(|known| *known == word) || !told.insert((sort, Arc::clone(&word))) {
                continue;
            }
            // Case counts in these words, and is the commonest slip.
            let other_case = known.clone().find(|known| known.to_lowercase() == word.to_lowercase());
            let meant = other_case.map(|word| &**word).or_else(|| nearest(&word, known.by_ref().map(|word| &**word)));
            warnings.push(Warning { message, hint: meant.map(|meant| format!("is {meant} meant?")), span });
        }
        warnings
    }
}

impl Checker<'_> {
    fn look_for(&self, sort: Sort, name: &Name) {
        if let Some(mentions) = &self.mentions {
            mentions.borrow_mut().looked_for.push((sort, Arc::clone(&name.text), name.span));
        }
    }

    /// Notes the labels that a pattern or a condition looks for.
    pub(super) fn look_for_labels(&self, labels: Option<&LabelExpression>, sort: Sort) {
        if self.mentions.is_none() {
            return;
        }
        let mut rest: Vec<&LabelExpression> = labels.into_iter().collect();
        while let Some(labels) = rest.pop() {
            match labels {
                LabelExpression::Name(name) => self.look_for(sort, name),
                LabelExpression::Any(_) => {}
                LabelExpression::Not(inner) => rest.push(inner),
                LabelExpression::And(left, right) | LabelExpression::Or(left, right) => {
                    rest.extend([&**right, &**left])
                }
            }
        }
    }

    /// Notes a test of labels.
    pub(super) fn look_for_labels_of(&self, is: Type, labels: &LabelExpression) {
        let sort = if is.is(Types::NODE) {
            Sort::Label
        } else if is.is(Types::RELATIONSHIP) {
            Sort::RelationshipType
        } else {
            Sort::Either
        };
        self.look_for_labels(Some(labels), sort);
    }

    /// Notes the use of a property of a node or relationship.
    pub(super) fn look_for_key(&self, is: Type, key: &Name) {
        if is.is(Types::ENTITY) {
            self.look_for(Sort::Key, key);
        }
    }

    /// Notes the properties that a pattern looks for.
    pub(super) fn look_for_keys(&self, properties: &Expression) {
        if let ExpressionKind::Map(entries) = &properties.kind {
            entries.iter().for_each(|(key, _)| self.look_for(Sort::Key, key));
        }
    }

    /// Notes words that the statement brings into the graph.
    pub(super) fn bring<'n>(&self, names: impl IntoIterator<Item = &'n Name>) {
        if let Some(mentions) = &self.mentions {
            mentions.borrow_mut().brought.extend(names.into_iter().map(|name| Arc::clone(&name.text)));
        }
    }

    /// Notes properties that the statement brings into the graph.
    pub(super) fn bring_keys(&self, properties: &Expression) {
        if let ExpressionKind::Map(entries) = &properties.kind {
            self.bring(entries.iter().map(|(key, _)| key));
        } else if let Some(mentions) = &self.mentions {
            mentions.borrow_mut().any_key = true;
        }
    }
}
