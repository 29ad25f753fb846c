//! Queries: their clauses in order, unions, subqueries and procedure calls.

use std::rc::Rc;
use std::sync::Arc;

use super::projection::Columns;
use super::{Compiler, Plan, Scope};
use crate::cypher::error::{Detail, Kind, QueryError};
use crate::cypher::plan::{Apply, Distinct, Expr, Filter, Nothing, Operator, ProcedureCall, Union, Unwind};
use crate::cypher::syntax::tree::{Call, Clause, Imports, PathPattern, Query, SingleQuery, Subquery};

/// A query as a plan.
pub(super) struct Compiled {
    pub(super) plan: Plan,
    /// None for a query that returns nothing.
    pub(super) columns: Option<Columns>,
}

impl Compiler<'_> {
    /// A query that begins with nothing but the row around it.
    pub(super) fn query(&mut self, query: &Query, start: Plan, scope: &Scope) -> Result<Compiled, QueryError> {
        let before = self.chain;
        let first = self.single_query(&query.first, start, scope)?;
        let mut longest = self.chain;
        if query.unions.is_empty() {
            return Ok(first);
        }
        let names = first.columns.clone();
        let all = query.unions.iter().all(|union| union.all);
        let mut branches = vec![first];
        for union in &query.unions {
            // The parts of a union stand beside each other.
            self.chain = before;
            let start = self.plan(Operator::Argument, 1.0);
            branches.push(self.single_query(&union.query, start, scope)?);
            longest = longest.max(self.chain);
        }
        self.chain = longest;
        let estimate = branches.iter().map(|branch| branch.plan.estimate()).sum();
        let columns: Option<Columns> =
            names.map(|names| names.into_iter().map(|(name, _)| (name, self.slot())).collect());
        let slots: Vec<usize> = columns.iter().flatten().map(|(_, slot)| *slot).collect();
        let branches = branches
            .into_iter()
            .map(|branch| {
                let own = branch.columns.unwrap_or_default();
                let in_order = columns
                    .iter()
                    .flatten()
                    .filter_map(|(name, _)| own.iter().find(|(own, _)| own == name).map(|(_, slot)| *slot));
                (branch.plan, in_order.collect())
            })
            .collect();
        let mut plan = self.plan(Operator::Union(Rc::new(Union { branches, slots: slots.clone() })), estimate);
        if !all && columns.is_some() {
            plan = self.plan(Operator::Distinct(Rc::new(Distinct { input: plan, slots })), estimate);
        }
        Ok(Compiled { plan, columns })
    }

    fn single_query(&mut self, query: &SingleQuery, start: Plan, scope: &Scope) -> Result<Compiled, QueryError> {
        let (mut plan, mut scope) = (start, scope.clone());
        let mut clauses = query.clauses.as_slice();
        while let Some((clause, mut rest)) = clauses.split_first() {
            self.check_length(clause)?;
            match clause {
                Clause::Return(projection) => {
                    let (plan, _, columns) = self.projection(projection, plan, &scope)?;
                    return Ok(Compiled { plan, columns: Some(columns) });
                }
                Clause::Call(call) if rest.is_empty() => {
                    let whole = query.clauses.len() == 1;
                    let (plan, _, columns) = self.procedure(call, plan, &scope, whole)?;
                    // Only a call that is the whole statement hands its columns out.
                    let columns = (whole && !columns.is_empty()).then_some(columns);
                    return Ok(Compiled { plan, columns });
                }
                Clause::Create(create) if matches!(plan.operator(), Operator::Argument) => {
                    // One row comes in, so clauses that follow each other do the same as one that lists all patterns.
                    // A path is put together at the end of a clause, so one with a name ends the list.
                    let mut patterns: Vec<&PathPattern> = Vec::new();
                    let mut newest = create;
                    loop {
                        patterns.extend(&newest.patterns);
                        let named = newest.patterns.iter().any(|pattern| pattern.variable.is_some());
                        let (false, Some((Clause::Create(next), behind))) = (named, rest.split_first()) else { break };
                        (newest, rest) = (next, behind);
                    }
                    (plan, scope) = self.create(patterns, plan, scope)?;
                }
                _ => (plan, scope) = self.clause(clause, plan, scope)?,
            }
            clauses = rest;
        }
        Ok(Compiled { plan, columns: None })
    }

    /// A clause that hands its rows to the next one.
    pub(super) fn clause(&mut self, clause: &Clause, plan: Plan, scope: Scope) -> Result<(Plan, Scope), QueryError> {
        match clause {
            Clause::Match(clause) => self.match_clause(clause, plan, &scope),
            Clause::Unwind(unwind) => {
                let list = self.expression(&unwind.list, &scope)?;
                let slot = self.slot();
                let estimate = plan.estimate() * 10.0;
                let plan = self.plan(Operator::Unwind(Rc::new(Unwind { input: plan, list, slot })), estimate);
                let mut scope = scope;
                self.name(&mut scope, &unwind.variable.text, slot);
                Ok((plan, scope))
            }
            Clause::With(projection) | Clause::Return(projection) => {
                let (plan, scope, _) = self.projection(projection, plan, &scope)?;
                Ok((plan, scope))
            }
            Clause::Call(call) => {
                let (plan, scope, _) = self.procedure(call, plan, &scope, false)?;
                Ok((plan, scope))
            }
            Clause::Subquery(subquery) => self.subquery(subquery, plan, scope),
            Clause::Create(create) => self.create(&create.patterns, plan, scope),
            Clause::Merge(merge) => self.merge(merge, plan, scope),
            Clause::Set(set) => self.set(set, plan, scope),
            Clause::Remove(remove) => self.remove(remove, plan, scope),
            Clause::Delete(delete) => self.delete(delete, plan, scope),
            Clause::Foreach(foreach) => self.foreach(foreach, plan, scope),
        }
    }

    /// `CALL { ... }`
    fn subquery(&mut self, subquery: &Subquery, input: Plan, mut scope: Scope) -> Result<(Plan, Scope), QueryError> {
        let inside = match &subquery.imports {
            Some(Imports::All) => scope.clone(),
            Some(Imports::Names(names)) => {
                let mut inside = Scope::default();
                for name in names {
                    inside.set(&name.text, self.variable(&name.text, name.span, &scope)?);
                }
                inside
            }
            // Without brackets, a leading WITH chooses what is seen.
            None if matches!(subquery.query.first.clauses.first(), Some(Clause::With(_))) => scope.clone(),
            None => Scope::default(),
        };
        let start = self.plan(Operator::Argument, 1.0);
        let inner = self.query(&subquery.query, start, &inside)?;
        let unit = inner.columns.is_none();
        let columns = inner.columns.unwrap_or_default();
        for (name, slot) in &columns {
            self.name(&mut scope, name, *slot);
        }
        let estimate = input.estimate() * if unit { 1.0 } else { inner.plan.estimate().max(1.0) };
        let operator = if subquery.optional && !unit {
            let nulls = columns.iter().map(|(_, slot)| *slot).collect();
            Operator::Optional(Rc::new(crate::cypher::plan::Optional { input, inner: inner.plan, nulls }))
        } else {
            Operator::Apply(Rc::new(Apply { input, inner: inner.plan, unit }))
        };
        Ok((self.plan(operator, estimate), scope))
    }

    /// `CALL name(...)`; a call that is the whole statement hands out all its columns.
    fn procedure(
        &mut self,
        call: &Call,
        input: Plan,
        scope: &Scope,
        whole: bool,
    ) -> Result<(Plan, Scope, Columns), QueryError> {
        let Some(procedure) = self.procedures.get(&call.name.text) else {
            let message = format!("there is no procedure {}", call.name.text);
            return Err(QueryError::compile(Kind::ProcedureError, Detail::ProcedureNotFound, call.name.span, message));
        };
        let arguments = match &call.arguments {
            Some(arguments) => self.all(arguments, scope)?,
            None => procedure
                .inputs()
                .take(procedure.required())
                .map(|name| Expr::Parameter(Arc::from(name), call.name.span))
                .collect(),
        };
        let mut after = scope.clone();
        let (mut outputs, mut columns) = (Vec::new(), Columns::new());
        for (at, field) in procedure.outputs().enumerate() {
            let yielded = call
                .yields
                .as_ref()
                .map(|yields| (yields.star, yields.items.iter().find(|(name, _)| &*name.text == field)));
            let name: Arc<str> = match yielded {
                None if whole => Arc::from(field),
                Some((true, None)) => Arc::from(field),
                Some((_, Some((name, alias)))) => Arc::clone(&alias.as_ref().unwrap_or(name).text),
                _ => continue,
            };
            let slot = self.slot();
            outputs.push((at, slot));
            self.name(&mut after, &name, slot);
            columns.push((name, slot));
        }
        if let Some(yields) = call.yields.as_ref().filter(|yields| !yields.star) {
            // Columns come in the order of YIELD.
            let place = |name: &Arc<str>| {
                yields.items.iter().position(|(field, alias)| alias.as_ref().unwrap_or(field).text == *name)
            };
            columns.sort_by_key(|(name, _)| place(name));
        }
        let estimate = input.estimate() * 10.0;
        let (optional, span) = (call.optional, call.span);
        let operator = ProcedureCall { input, procedure, arguments, outputs, optional, span };
        let mut plan = self.plan(Operator::ProcedureCall(Rc::new(operator)), estimate);
        if let Some(condition) = call.yields.as_ref().and_then(|yields| yields.condition.as_ref()) {
            let condition = self.expression(condition, &after)?;
            plan = self.plan(Operator::Filter(Rc::new(Filter { input: plan, condition })), estimate * 0.3);
        }
        Ok((plan, after, columns))
    }

    /// The plan without its rows, for a statement that only writes.
    pub(super) fn nothing(&mut self, input: Plan) -> Plan {
        self.plan(Operator::Nothing(Rc::new(Nothing { input })), 0.0)
    }
}
