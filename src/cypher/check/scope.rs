//! The variables that can be seen from a place.

use std::collections::HashMap;
use std::sync::Arc;

use super::types::Type;
use crate::cypher::error::{Detail, QueryError};
use crate::cypher::suggestion::nearest;
use crate::cypher::syntax::Span;
use crate::cypher::syntax::tree::Name;

/// Variables and what they can be; those of a surrounding scope are seen too, unless one of the same name hides them.
#[derive(Debug, Clone, Default)]
pub(super) struct Scope<'o> {
    outside: Option<&'o Scope<'o>>,
    own: HashMap<Arc<str>, Type>,
}

impl<'o> Scope<'o> {
    /// A scope within this one.
    pub(super) fn inner<'i>(&'i self) -> Scope<'i>
    where
        'o: 'i,
    {
        Scope { outside: Some(self), own: HashMap::new() }
    }

    pub(super) fn get(&self, name: &str) -> Option<Type> {
        let mut scope = self;
        loop {
            if let Some(known) = scope.own.get(name) {
                return Some(*known);
            }
            scope = scope.outside?;
        }
    }

    pub(super) fn set(&mut self, name: &Arc<str>, is: Type) {
        self.own.insert(Arc::clone(name), is);
    }

    /// The same scope with one variable more.
    pub(super) fn with<'i>(&'i self, name: &Name, is: Type) -> Scope<'i>
    where
        'o: 'i,
    {
        let mut inner = self.inner();
        inner.set(&name.text, is);
        inner
    }

    /// All variables, sorted by name.
    pub(super) fn all(&self) -> Vec<(Arc<str>, Type)> {
        let mut all = HashMap::new();
        let mut scope = Some(self);
        while let Some(inner) = scope {
            for (name, is) in &inner.own {
                all.entry(Arc::clone(name)).or_insert(*is);
            }
            scope = inner.outside;
        }
        let mut all: Vec<_> = all.into_iter().collect();
        all.sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
        all
    }

    pub(super) fn is_empty(&self) -> bool {
        self.own.is_empty() && self.outside.is_none_or(Scope::is_empty)
    }

    /// What a variable is.
    ///
    /// # Errors
    /// `UndefinedVariable`, with the variable of the nearest name.
    pub(super) fn resolve(&self, name: &str, span: Span) -> Result<Type, QueryError> {
        self.get(name).ok_or_else(|| self.undefined(name, span))
    }

    pub(super) fn undefined(&self, name: &str, span: Span) -> QueryError {
        let error =
            QueryError::syntax(Detail::UndefinedVariable, span, format!("the variable '{name}' is not defined here"));
        let all = self.all();
        match nearest(name, all.iter().map(|(known, _)| &**known)) {
            Some(known) => error.with_hint(format!("is {known} meant?")),
            None => error,
        }
    }

    /// Takes a name for a new variable.
    ///
    /// # Errors
    /// `VariableAlreadyBound` when there is one of that name.
    pub(super) fn define(&mut self, name: &Name, is: Type) -> Result<(), QueryError> {
        if self.get(&name.text).is_some() {
            return Err(already_bound(name));
        }
        self.set(&name.text, is);
        Ok(())
    }
}

pub(super) fn already_bound(name: &Name) -> QueryError {
    let message = format!("the variable '{}' is defined already", name.text);
    QueryError::syntax(Detail::VariableAlreadyBound, name.span, message).with_hint("choose another name")
}
