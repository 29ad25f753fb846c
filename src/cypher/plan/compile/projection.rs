//! `WITH` and `RETURN`: computing, grouping, sorting and cutting rows.

use std::rc::Rc;
use std::sync::Arc;

use super::aggregation::{Grouping, has_aggregate};
use super::{Compiler, Plan, Scope, Slot};
use crate::cypher::QueryError;
use crate::cypher::plan::{Aggregation, Distinct, Expr, Filter, Limit, Operator, Project, Skip, Sort};
use crate::cypher::syntax::Span;
use crate::cypher::syntax::tree::{Expression, ExpressionKind, Projection};

/// The columns of a projection: names and slots.
pub(super) type Columns = Vec<(Arc<str>, Slot)>;

/// What rows are sorted by, and whether it falls.
type SortKeys = Vec<(Expr, bool)>;

/// What the items of a projection became.
struct Items {
    columns: Columns,
    /// What an expression behind the projection may use: `ORDER BY` and `WHERE` see more than what goes on.
    visible: Scope,
}

impl Compiler<'_> {
    /// A projection, and the scope behind it.
    pub(super) fn projection(
        &mut self,
        projection: &Projection,
        input: Plan,
        scope: &Scope,
    ) -> Result<(Plan, Scope, Columns), QueryError> {
        let grouped = projection.items.iter().any(|item| has_aggregate(&item.expression));
        if projection.star {
            self.reads.extend(scope.slots());
        }
        let outer_grouping = self.grouping.take();
        let (mut plan, items, keys) =
            if grouped { self.grouped(projection, input, scope)? } else { self.plain(projection, input, scope)? };
        self.grouping = outer_grouping;
        let Items { columns, mut visible } = items;
        let mut after = Scope::default();
        for (name, slot) in &columns {
            self.name(&mut after, name, *slot);
        }
        if projection.distinct {
            let slots = columns.iter().map(|(_, slot)| *slot).collect();
            let estimate = plan.estimate() * 0.7;
            plan = self.plan(Operator::Distinct(Rc::new(Distinct { input: plan, slots })), estimate);
            let mut seen = after.clone();
            std::mem::swap(&mut visible, &mut seen);
            for item in &projection.items {
                if let Some((_, slot)) = columns.iter().find(|(name, _)| *name == column_name(item)) {
                    visible.compute(self.written(item.expression.span).to_owned(), *slot);
                }
            }
        }
        let condition = projection.condition.as_ref();
        let condition = condition.map(|condition| self.expression(condition, &visible)).transpose()?;
        plan = self.ordered(projection, plan, keys, &visible, &after, condition.as_ref())?;
        if let Some(condition) = condition {
            let estimate = plan.estimate() * 0.3;
            plan = self.plan(Operator::Filter(Rc::new(Filter { input: plan, condition })), estimate);
        }
        Ok((plan, after, columns))
    }

    /// Items without aggregates.
    fn plain(
        &mut self,
        projection: &Projection,
        input: Plan,
        scope: &Scope,
    ) -> Result<(Plan, Items, SortKeys), QueryError> {
        let mut columns = star(projection, scope);
        let mut computed = Vec::new();
        let mut visible = scope.clone();
        for item in &projection.items {
            let slot = match self.expression(&item.expression, scope)? {
                Expr::Slot(slot) => slot,
                other => {
                    let slot = self.slot();
                    computed.push((slot, other));
                    slot
                }
            };
            columns.push((column_name(item), slot));
            visible.compute(self.written(item.expression.span).to_owned(), slot);
        }
        for (name, slot) in &columns {
            visible.set(name, *slot);
        }
        let plan = self.project(input, computed);
        let mut sort_scope = visible.clone();
        if projection.distinct {
            sort_scope = Scope::default();
            for (name, slot) in &columns {
                sort_scope.set(name, *slot);
            }
            for item in &projection.items {
                if let Some((_, slot)) = columns.iter().find(|(name, _)| *name == column_name(item)) {
                    sort_scope.compute(self.written(item.expression.span).to_owned(), *slot);
                }
            }
        }
        let keys = self.sort_keys(projection, &sort_scope)?;
        Ok((plan, Items { columns, visible }, keys))
    }

    /// Items with aggregates: those without are the keys of the groups.
    fn grouped(
        &mut self,
        projection: &Projection,
        input: Plan,
        scope: &Scope,
    ) -> Result<(Plan, Items, SortKeys), QueryError> {
        let mut columns = star(projection, scope);
        let mut keys: Vec<(Slot, Expr)> = columns.iter().map(|(_, slot)| (*slot, Expr::Slot(*slot))).collect();
        let mut visible = Scope::default();
        for (name, slot) in &columns {
            visible.set(name, *slot);
        }
        let mut places: Vec<Option<Slot>> = Vec::new();
        for item in &projection.items {
            if has_aggregate(&item.expression) {
                places.push(None);
                continue;
            }
            let key = self.expression(&item.expression, scope)?;
            let slot = if let Expr::Slot(slot) = key { slot } else { self.slot() };
            keys.push((slot, key));
            if let ExpressionKind::Variable(name) = &item.expression.kind {
                visible.set(name, slot);
            }
            visible.compute(self.written(item.expression.span).to_owned(), slot);
            places.push(Some(slot));
        }
        let mut computed = Vec::new();
        self.grouping = Some(Grouping { before: scope.clone(), items: Vec::new() });
        for (item, place) in projection.items.iter().zip(&places) {
            let slot = match place {
                Some(slot) => *slot,
                None => match self.expression(&item.expression, &visible)? {
                    Expr::Slot(slot) => slot,
                    other => {
                        let slot = self.slot();
                        computed.push((slot, other));
                        slot
                    }
                },
            };
            columns.push((column_name(item), slot));
        }
        for (item, (_, slot)) in
            projection.items.iter().zip(columns.iter().skip(columns.len() - projection.items.len()))
        {
            visible.compute(self.written(item.expression.span).to_owned(), *slot);
        }
        for (name, slot) in &columns {
            visible.set(name, *slot);
        }
        let sort = self.sort_keys(projection, &visible)?;
        let aggregates = self.grouping.take().map(|grouping| grouping.items).unwrap_or_default();
        let estimate = if keys.is_empty() { 1.0 } else { input.estimate().sqrt().max(1.0) };
        let plan = self.plan(Operator::Aggregation(Rc::new(Aggregation { input, keys, aggregates })), estimate);
        let plan = self.project(plan, computed);
        Ok((plan, Items { columns, visible }, sort))
    }

    pub(super) fn project(&mut self, input: Plan, items: Vec<(Slot, Expr)>) -> Plan {
        if items.is_empty() {
            return input;
        }
        let estimate = input.estimate();
        self.plan(Operator::Project(Rc::new(Project { input, items })), estimate)
    }

    fn sort_keys(&mut self, projection: &Projection, scope: &Scope) -> Result<SortKeys, QueryError> {
        let key = |item: &crate::cypher::syntax::tree::SortItem| {
            Ok((self.expression(&item.expression, scope)?, item.descending))
        };
        projection.order.iter().map(key).collect()
    }

    /// `ORDER BY`, `SKIP` and `LIMIT`.
    fn ordered(
        &mut self,
        projection: &Projection,
        mut plan: Plan,
        keys: SortKeys,
        visible: &Scope,
        after: &Scope,
        condition: Option<&Expr>,
    ) -> Result<Plan, QueryError> {
        let skip = self.count_of(projection.skip.as_ref())?;
        let limit = self.count_of(projection.limit.as_ref())?;
        if !keys.is_empty() {
            let mut slots = after.slots();
            // A condition behind the cut may look at what does not go on.
            let wanted = condition.map(Expr::slots).unwrap_or_default();
            slots.extend(visible.slots().into_iter().filter(|slot| wanted.contains(slot)));
            slots.sort_unstable();
            slots.dedup();
            let mut wanted = Vec::new();
            if let Some(limit) = projection.limit.as_ref() {
                wanted.push(self.expression(limit, &Scope::default())?);
                if let Some(skip) = projection.skip.as_ref() {
                    wanted.push(self.expression(skip, &Scope::default())?);
                }
            }
            let limit = (!wanted.is_empty()).then_some(wanted);
            let estimate = plan.estimate();
            plan = self.plan(Operator::Sort(Rc::new(Sort { input: plan, keys, limit, slots })), estimate);
        }
        if let Some((count, span)) = skip {
            let estimate = plan.estimate();
            plan = self.plan(Operator::Skip(Rc::new(Skip { input: plan, count, span })), estimate);
        }
        if let Some((count, span)) = limit {
            let wanted =
                if let Expr::Constant(crate::cypher::Value::Int(count)) = &count { *count as f64 } else { 10.0 };
            let estimate = plan.estimate().min(wanted);
            let writes = self.writes;
            plan = self.plan(Operator::Limit(Rc::new(Limit { input: plan, count, span, writes })), estimate);
        }
        Ok(plan)
    }

    fn count_of(&mut self, count: Option<&Expression>) -> Result<Option<(Expr, Span)>, QueryError> {
        count.map(|count| Ok((self.expression(count, &Scope::default())?, count.span))).transpose()
    }
}

/// The columns of `*`.
fn star(projection: &Projection, scope: &Scope) -> Columns {
    if projection.star { scope.iter().map(|(name, slot)| (Arc::clone(name), slot)).collect() } else { Vec::new() }
}

/// The name of an item's column.
fn column_name(item: &crate::cypher::syntax::tree::ProjectionItem) -> Arc<str> {
    match (&item.alias, &item.expression.kind) {
        (Some(alias), _) => Arc::clone(&alias.text),
        (None, ExpressionKind::Variable(name)) => Arc::clone(name),
        (None, _) => Arc::clone(&item.text),
    }
}
