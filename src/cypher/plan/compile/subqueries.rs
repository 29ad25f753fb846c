//! Plans inside expressions: `EXISTS`, `COUNT`, `COLLECT`, patterns as predicates and as lists.

use std::collections::BTreeMap;
use std::mem;
use std::rc::Rc;

use super::{Compiler, Plan, Scope, Slot};
use crate::cypher::QueryError;
use crate::cypher::plan::{Expr, Operator, Subplan};
use crate::cypher::syntax::tree::{Expression, Match, PathPattern, Query, Selector, SubqueryBody};

impl Compiler<'_> {
    pub(super) fn exists(&mut self, body: &SubqueryBody, scope: &Scope) -> Result<Expr, QueryError> {
        Ok(Expr::Exists(self.subplan(scope, |compiler, scope| Ok((compiler.body(body, scope)?, None)))?))
    }

    pub(super) fn count(&mut self, body: &SubqueryBody, scope: &Scope) -> Result<Expr, QueryError> {
        Ok(Expr::Count(self.subplan(scope, |compiler, scope| Ok((compiler.body(body, scope)?, None)))?))
    }

    pub(super) fn collect(&mut self, query: &Query, scope: &Scope) -> Result<Expr, QueryError> {
        let subplan = self.subplan(scope, |compiler, scope| {
            let start = compiler.plan(Operator::Argument, 1.0);
            let compiled = compiler.query(query, start, scope)?;
            let result = compiled.columns.and_then(|columns| columns.first().map(|(_, slot)| Expr::Slot(*slot)));
            Ok((compiled.plan, result))
        })?;
        Ok(Expr::Collect(subplan))
    }

    /// A pattern as a predicate, or `shortestPath(...)` as a value.
    pub(super) fn pattern_value(&mut self, pattern: &PathPattern, scope: &Scope) -> Result<Expr, QueryError> {
        let path = pattern.selector != Selector::All;
        let all = pattern.selector == Selector::AllShortestPaths;
        let subplan = self.subplan(scope, |compiler, scope| compiler.pattern_plan(pattern, None, None, path, scope))?;
        Ok(match (path, all) {
            (false, _) => Expr::Exists(subplan),
            (true, true) => Expr::Collect(subplan),
            (true, false) => Expr::First(subplan),
        })
    }

    /// `[(a)-->(b) WHERE condition | projection]`
    pub(super) fn pattern_comprehension(
        &mut self,
        pattern: &PathPattern,
        condition: Option<&Expression>,
        projection: &Expression,
        scope: &Scope,
    ) -> Result<Expr, QueryError> {
        let subplan = self.subplan(scope, |compiler, scope| {
            compiler.pattern_plan(pattern, condition, Some(projection), false, scope)
        })?;
        Ok(Expr::Collect(subplan))
    }

    /// The plan of a pattern, and what it finds in every row: the projection or the path.
    fn pattern_plan(
        &mut self,
        pattern: &PathPattern,
        condition: Option<&Expression>,
        projection: Option<&Expression>,
        path: bool,
        scope: &Scope,
    ) -> Result<(Plan, Option<Expr>), QueryError> {
        let start = self.plan(Operator::Argument, 1.0);
        let patterns = std::slice::from_ref(pattern);
        let (plan, scope, paths) = self.match_patterns(patterns, condition, start, scope)?;
        let result = match projection {
            Some(projection) => Some(self.expression(projection, &scope)?),
            None if path => paths.first().map(|slot| Expr::Slot(*slot)),
            None => None,
        };
        Ok((plan, result))
    }

    fn body(&mut self, body: &SubqueryBody, scope: &Scope) -> Result<Plan, QueryError> {
        let start = self.plan(Operator::Argument, 1.0);
        match body {
            SubqueryBody::Pattern { patterns, condition } => {
                let (plan, _, _) = self.match_patterns(patterns, condition.as_ref(), start, scope)?;
                Ok(plan)
            }
            SubqueryBody::Query(query) => Ok(self.query(query, start, scope)?.plan),
        }
    }

    /// Compiles something with a row of its own, which imports what it uses of the row outside.
    fn subplan(
        &mut self,
        scope: &Scope,
        compile: impl FnOnce(&mut Self, &Scope) -> Result<(Plan, Option<Expr>), QueryError>,
    ) -> Result<Rc<Subplan>, QueryError> {
        let outer_slots = mem::take(&mut self.next_slot);
        let outer_grouping = self.grouping.take();
        let outer_reads = mem::take(&mut self.reads);
        let mut places: BTreeMap<Slot, Slot> = BTreeMap::new();
        let inside = scope.map(|outer| {
            let next = places.len();
            *places.entry(outer).or_insert(next)
        });
        self.next_slot = places.len();
        self.depth += 1;
        let compiled = compile(self, &inside);
        self.depth -= 1;
        let width = mem::replace(&mut self.next_slot, outer_slots);
        self.grouping = outer_grouping;
        let reads = mem::replace(&mut self.reads, outer_reads);
        let (plan, result) = compiled?;
        places.retain(|_, inner| reads.contains(inner));
        self.reads.extend(places.keys());
        Ok(Rc::new(Subplan { plan, width, imports: places.into_iter().collect(), result }))
    }

    /// A `MATCH` clause.
    pub(super) fn match_clause(
        &mut self,
        clause: &Match,
        plan: Plan,
        scope: &Scope,
    ) -> Result<(Plan, Scope), QueryError> {
        if !clause.optional {
            let (plan, scope, _) = self.match_patterns(&clause.patterns, clause.condition.as_ref(), plan, scope)?;
            return Ok((plan, scope));
        }
        let start = self.plan(Operator::Argument, 1.0);
        let (inner, after, _) = self.match_patterns(&clause.patterns, clause.condition.as_ref(), start, scope)?;
        let known = scope.slots();
        let nulls = after.slots().into_iter().filter(|slot| !known.contains(slot)).collect();
        let estimate = plan.estimate() * inner.estimate().max(1.0);
        let operator = Operator::Optional(Rc::new(crate::cypher::plan::Optional { input: plan, inner, nulls }));
        Ok((self.plan(operator, estimate), after))
    }
}
