//! Calls of functions and procedures.

use std::sync::Arc;

use super::context::Signature;
use super::expression::{Aggregates, missing_parameter};
use super::scope::{Scope, already_bound};
use super::types::Type;
use super::{Checked, Checker};
use crate::cypher::error::{Detail, Kind, QueryError};
use crate::cypher::function::{self, Argument, Function, aggregate};
use crate::cypher::suggestion::nearest;
use crate::cypher::syntax::Span;
use crate::cypher::syntax::tree::{Call, Expression, Name};
use crate::cypher::value::Types;

impl Checker<'_> {
    pub(super) fn function(
        &self,
        name: &Name,
        distinct: bool,
        arguments: &[Expression],
        span: Span,
        scope: &Scope<'_>,
        aggregates: Aggregates,
    ) -> Checked<Type> {
        if let Some(aggregate) = aggregate::lookup(&name.text) {
            self.may_aggregate(aggregate.name, span, aggregates)?;
            return self.aggregate(aggregate, arguments, span, scope);
        }
        let Some(function) = function::lookup(&name.text) else { return Err(unknown_function(name)) };
        if distinct {
            let message = format!("DISTINCT belongs to aggregates; {} is none", function.name);
            return Err(QueryError::syntax(Detail::InvalidAggregation, span, message));
        }
        if aggregates == Aggregates::Within && !function.stable {
            let message = format!("{} gives another value each time, and cannot be aggregated", function.name);
            let error = QueryError::syntax(Detail::NonConstantExpression, span, message);
            return Err(error.with_hint("compute it in a WITH before"));
        }
        if !function.takes(arguments.len()) {
            return Err(wrong_count(&function.to_string(), arguments.len(), span));
        }
        self.function_arguments(function, arguments, scope, aggregates)
    }

    fn function_arguments(
        &self,
        function: &Function,
        arguments: &[Expression],
        scope: &Scope<'_>,
        aggregates: Aggregates,
    ) -> Checked<Type> {
        let mut null = false;
        for (at, argument) in arguments.iter().enumerate() {
            let is = self.expression(argument, scope, aggregates)?;
            null |= is.is_null();
            if let Some(wanted) = function.argument(at) {
                self.fits(function.name, wanted, is, argument.span)?;
            }
        }
        Ok(if null && function.strict { Type::NULL } else { Type::of(function.result) })
    }

    fn fits(&self, function: &str, wanted: &Argument, is: Type, span: Span) -> Checked {
        if is.admits(wanted.types) {
            return Ok(());
        }
        let message = format!("{function}: {} must be {}, found {}", wanted.name, wanted.types, is.types);
        Err(QueryError::syntax(Detail::InvalidArgumentType, span, message))
    }

    fn aggregate(
        &self,
        aggregate: &aggregate::Aggregate,
        arguments: &[Expression],
        span: Span,
        scope: &Scope<'_>,
    ) -> Checked<Type> {
        if arguments.len() != aggregate.arguments.len() {
            let names: Vec<&str> = aggregate.arguments.iter().map(|argument| argument.name).collect();
            return Err(wrong_count(&format!("{}({})", aggregate.name, names.join(", ")), arguments.len(), span));
        }
        let mut first = None;
        for (argument, wanted) in arguments.iter().zip(aggregate.arguments) {
            let is = self.expression(argument, scope, Aggregates::Within)?;
            self.fits(aggregate.name, wanted, is, argument.span)?;
            first.get_or_insert(is);
        }
        Ok(match first {
            Some(first) if aggregate.result == Types::LIST => Type::list(first.types),
            _ => Type::of(aggregate.result),
        })
    }

    /// # Errors
    /// When an aggregate may not stand here.
    pub(super) fn may_aggregate(&self, name: &str, span: Span, aggregates: Aggregates) -> Checked {
        match aggregates {
            Aggregates::Allowed => Ok(()),
            Aggregates::Within => {
                let message = format!("the aggregate {name} stands within another aggregate");
                Err(QueryError::syntax(Detail::NestedAggregation, span, message)
                    .with_hint("aggregate twice: WITH the inner one AS a name, then the outer one"))
            }
            Aggregates::Forbidden(place) => {
                let message = format!("the aggregate {name} cannot stand in {place}");
                Err(QueryError::syntax(Detail::InvalidAggregation, span, message)
                    .with_hint("compute it in a WITH before, and use its name"))
            }
        }
    }

    /// `CALL name(...)`; `whole` when it is all of the statement. The columns become variables.
    pub(super) fn procedure(&self, call: &Call, whole: bool, scope: &mut Scope<'_>) -> Checked<Vec<Arc<str>>> {
        let Some(signature) = self.context.procedures.signature(&call.name.text) else {
            return Err(self.unknown_procedure(&call.name));
        };
        match &call.arguments {
            Some(arguments) => self.procedure_arguments(&call.name, &signature, arguments, scope)?,
            None if whole => self.implicit_arguments(&call.name, &signature)?,
            None => {
                let message = "a call within a larger query has its arguments in parentheses";
                return Err(QueryError::syntax(Detail::InvalidArgumentPassingMode, call.name.span, message));
            }
        }
        self.yields(call, &signature, whole, scope)
    }

    fn procedure_arguments(
        &self,
        name: &Name,
        signature: &Signature,
        arguments: &[Expression],
        scope: &Scope<'_>,
    ) -> Checked {
        if arguments.len() < signature.required || arguments.len() > signature.arguments.len() {
            let names: Vec<&str> = signature.arguments.iter().map(|(name, _)| &**name).collect();
            return Err(wrong_count(&format!("{}({})", name.text, names.join(", ")), arguments.len(), name.span));
        }
        for (argument, (wanted, types)) in arguments.iter().zip(&signature.arguments) {
            let is = self.expression(argument, scope, Aggregates::Forbidden("the arguments of a procedure"))?;
            // Integers are taken where numbers with a fraction are.
            let types = if types.meets(Types::FLOAT) { *types | Types::INT } else { *types };
            if !is.admits(types) {
                let message = format!("{}: {wanted} must be {types}, found {}", name.text, is.types);
                return Err(QueryError::syntax(Detail::InvalidArgumentType, argument.span, message));
            }
        }
        Ok(())
    }

    /// Without parentheses the arguments are the parameters of the same names.
    fn implicit_arguments(&self, name: &Name, signature: &Signature) -> Checked {
        let Some(given) = self.context.parameters else { return Ok(()) };
        match signature.arguments.iter().take(signature.required).find(|(wanted, _)| !given.contains_key(wanted)) {
            Some((wanted, _)) => Err(missing_parameter(wanted, name.span, given.keys().map(|name| &**name))),
            None => Ok(()),
        }
    }

    /// The names that the columns get.
    fn yields(&self, call: &Call, signature: &Signature, whole: bool, scope: &mut Scope<'_>) -> Checked<Vec<Arc<str>>> {
        let Some(yields) = &call.yields else {
            // Only a call that is the whole statement hands out what was not asked for.
            return Ok(if whole {
                signature.columns.iter().map(|(name, _)| Arc::clone(name)).collect()
            } else {
                Vec::new()
            });
        };
        if yields.star && !whole {
            let message = "YIELD * stands in a call that is the whole statement";
            let error = QueryError::syntax(Detail::UnexpectedSyntax, yields.span, message);
            return Err(error.with_hint("name the columns: YIELD a, b"));
        }
        let mut names = Vec::new();
        if yields.star {
            for (name, types) in &signature.columns {
                scope.set(name, Type::of(*types));
                names.push(Arc::clone(name));
            }
        }
        for (field, alias) in &yields.items {
            let Some((_, types)) = signature.columns.iter().find(|(name, _)| *name == field.text) else {
                let message = format!("the procedure {} has no column '{}'", call.name.text, field.text);
                let error = QueryError::syntax(Detail::UndefinedVariable, field.span, message);
                return Err(match nearest(&field.text, signature.columns.iter().map(|(name, _)| &**name)) {
                    Some(name) => error.with_hint(format!("is {name} meant?")),
                    None => error,
                });
            };
            let name = alias.as_ref().unwrap_or(field);
            if scope.get(&name.text).is_some() {
                return Err(already_bound(name));
            }
            scope.set(&name.text, Type::of(*types));
            names.push(Arc::clone(&name.text));
        }
        if let Some(condition) = &yields.condition {
            self.condition(condition, scope, Aggregates::Forbidden("WHERE"))?;
        }
        Ok(names)
    }

    fn unknown_procedure(&self, name: &Name) -> QueryError {
        let message = format!("there is no procedure '{}'", name.text);
        let error = QueryError::compile(Kind::ProcedureError, Detail::ProcedureNotFound, name.span, message);
        let names = self.context.procedures.names();
        match nearest(&name.text, names.iter().map(String::as_str)) {
            Some(known) => error.with_hint(format!("is {known} meant?")),
            None => error,
        }
    }
}

fn unknown_function(name: &Name) -> QueryError {
    let message = format!("there is no function '{}'", name.text);
    let error = QueryError::syntax(Detail::UnknownFunction, name.span, message);
    let known = function::all().map(|function| function.name);
    let aggregates = aggregate::AGGREGATES.iter().map(|aggregate| aggregate.name);
    match nearest(&name.text, known.chain(aggregates)) {
        Some(known) => error.with_hint(format!("is {known} meant?")),
        None => error,
    }
}

fn wrong_count(call: &str, count: usize, span: Span) -> QueryError {
    let arguments = if count == 1 { "argument" } else { "arguments" };
    let message = format!("{call} is called with {count} {arguments}");
    QueryError::syntax(Detail::InvalidNumberOfArguments, span, message)
}
