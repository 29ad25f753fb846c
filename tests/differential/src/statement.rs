//! Random statements.

use crate::Random;
use crate::expression::{Expressions, Kind, Variable};
use crate::graph::{LABELS, TYPES};

/// Makes one statement.
struct Writer<'a> {
    random: &'a mut Random,
    scope: Vec<Variable>,
    names: usize,
}

/// A statement that reads. Its rows have no order, or one that is full.
pub fn read(random: &mut Random) -> String {
    let mut writer = Writer { random, scope: Vec::new(), names: 0 };
    let mut text = writer.reading();
    if writer.random.once_in(12) {
        let kind = Kind::Number;
        let first = writer.single(kind);
        let union = writer.random.pick(&["UNION", "UNION ALL"]);
        writer.scope.clear();
        let second = format!("{} {}", writer.reading(), writer.single(kind));
        return format!("{text} {first} {union} {second}");
    }
    text.push(' ');
    text.push_str(&writer.projection());
    text
}

/// A statement that writes, and returns nothing.
pub fn write(random: &mut Random) -> String {
    let mut writer = Writer { random, scope: Vec::new(), names: 0 };
    // One row for each node, in whatever order: what is written must not depend on it.
    let label = writer.random.pick(&["", ":A", ":B"]);
    writer.scope.push(Variable { name: "n".to_owned(), kind: Kind::Node, labelled: true, nullable: false });
    let condition = writer.condition(2);
    let label_set = writer.random.pick(&LABELS);
    let change = match writer.random.below(9) {
        0 => format!("SET n.x = {}", writer.expressions().number(2)),
        1 => "SET n += {x: n.k, y: null}".to_owned(),
        2 => "SET n = {k: n.k}".to_owned(),
        3 => "REMOVE n.x".to_owned(),
        4 => "DETACH DELETE n".to_owned(),
        5 => format!("CREATE (n)-[:R {{k: n.k + 200}}]->(:{label_set} {{k: n.k + 300}})"),
        6 => "MERGE (m:M {x: coalesce(n.x, 9)}) MERGE (n)-[:S]->(m)".to_owned(),
        7 => "MATCH (n)-[r]->() DELETE r".to_owned(),
        _ => format!("MERGE (n)-[r:R]->(m:{label_set} {{x: 1}}) ON CREATE SET r.k = 500, m.k = 600"),
    };
    format!("MATCH (n{label}) WHERE {condition} {}{change}", if change.starts_with("MATCH") { "" } else { "WITH n " })
}

impl Writer<'_> {
    fn expressions(&mut self) -> Expressions<'_> {
        Expressions { random: self.random, scope: &self.scope, patterns: false }
    }

    /// A condition of `WHERE`.
    fn condition(&mut self, depth: usize) -> String {
        Expressions { random: self.random, scope: &self.scope, patterns: true }.truth(depth)
    }

    fn name(&mut self) -> String {
        self.names += 1;
        format!("v{}", self.names)
    }

    fn bind(&mut self, kind: Kind) -> String {
        let name = self.name();
        self.scope.push(Variable { name: name.clone(), kind, labelled: true, nullable: false });
        name
    }

    /// One to three clauses.
    fn reading(&mut self) -> String {
        let mut clauses = vec![if self.random.once_in(6) { self.unwind() } else { self.matching(false) }];
        for _ in 0..self.random.below(3) {
            clauses.push(match self.random.below(5) {
                0 => self.matching(false),
                1 => self.matching(true),
                2 => self.unwind(),
                _ => self.with(),
            });
        }
        clauses.join(" ")
    }

    fn unwind(&mut self) -> String {
        let list = self.expressions().numbers(2);
        format!("UNWIND {list} AS {}", self.bind(Kind::Number))
    }

    fn matching(&mut self, optional: bool) -> String {
        // The other engine takes a node that is null for one that is not known yet.
        let known: Vec<String> = if optional { self.nodes(false) } else { self.nodes(true) };
        let first = self.scope.len();
        let mut patterns = vec![self.pattern(&known, true)];
        // The other engine lets a way of variable length use a relationship of the pattern beside it.
        if !patterns[0].contains('*') && self.random.once_in(4) {
            patterns.push(self.pattern(&known, false));
        }
        let condition = if self.random.once_in(2) { format!(" WHERE {}", self.condition(2)) } else { String::new() };
        if optional {
            self.scope[first..].iter_mut().for_each(|one| one.nullable = true);
        }
        format!("{}MATCH {}{condition}", if optional { "OPTIONAL " } else { "" }, patterns.join(", "))
    }

    /// The nodes in scope; all, or those that are never null.
    fn nodes(&self, certain: bool) -> Vec<String> {
        let fits = self.scope.iter().filter(|one| one.kind == Kind::Node && !(certain && one.nullable));
        fits.map(|one| one.name.clone()).collect()
    }

    fn pattern(&mut self, known: &[String], ways: bool) -> String {
        let mut text = if !known.is_empty() && !self.random.once_in(3) {
            format!("({})", self.random.pick(known))
        } else {
            self.node()
        };
        for _ in 0..self.random.below(3) {
            text.push_str(&self.relationship(ways));
            text.push_str(&if !known.is_empty() && self.random.once_in(5) {
                format!("({})", self.random.pick(known))
            } else {
                self.node()
            });
        }
        text
    }

    fn node(&mut self) -> String {
        let label = if self.random.once_in(3) { format!(":{}", self.random.pick(&LABELS)) } else { String::new() };
        let properties =
            if self.random.once_in(6) { format!(" {{x: {}}}", self.random.below(3)) } else { String::new() };
        let name = if self.random.once_in(4) { String::new() } else { self.bind(Kind::Node) };
        format!("({name}{label}{properties})")
    }

    fn relationship(&mut self, ways: bool) -> String {
        let kind = match self.random.below(4) {
            0 => format!(":{}", self.random.pick(&TYPES)),
            1 => ":R|S".to_owned(),
            _ => String::new(),
        };
        let many = ways && self.random.once_in(4);
        let length = if many { self.random.pick(&["*1..2", "*0..2", "*2", "*..3"]) } else { "" };
        let name = match self.random.below(3) {
            0 => String::new(),
            _ if many => self.bind(Kind::Relationships),
            _ => self.bind(Kind::Relationship),
        };
        let (left, right) = self.random.pick(&[("-", "->"), ("<-", "-"), ("-", "-")]);
        format!("{left}[{name}{kind}{length}]{right}")
    }

    /// `WITH` that keeps some variables and makes others.
    fn with(&mut self) -> String {
        let mut kept: Vec<Variable> = self.scope.clone();
        kept.retain(|_| !self.random.once_in(3));
        let mut items: Vec<String> = kept.iter().map(|one| one.name.clone()).collect();
        for _ in 0..1 + self.random.below(2) {
            let kind = self.random.pick(&[Kind::Number, Kind::Text, Kind::Truth, Kind::Numbers]);
            let expression = if self.random.once_in(3) {
                kept.iter_mut().for_each(|one| one.labelled = false);
                self.aggregate()
            } else {
                (kind, self.expressions().of_kind(kind, 2))
            };
            let name = self.name();
            items.push(format!("{} AS {name}", expression.1));
            kept.push(Variable { name, kind: expression.0, labelled: false, nullable: true });
        }
        self.scope = kept;
        let distinct = if self.random.once_in(4) { "DISTINCT " } else { "" };
        let condition = if self.random.once_in(3) { format!(" WHERE {}", self.condition(1)) } else { String::new() };
        format!("WITH {distinct}{}{condition}", items.join(", "))
    }

    /// An aggregate whose value does not depend on the order of the rows.
    fn aggregate(&mut self) -> (Kind, String) {
        let distinct = if self.random.once_in(4) { "DISTINCT " } else { "" };
        let number = self.expressions().number(1);
        match self.random.below(5) {
            0 => (Kind::Number, "count(*)".to_owned()),
            1 => (Kind::Number, format!("count({distinct}{number})")),
            2 => (Kind::Number, format!("sum({distinct}{number})")),
            3 => (Kind::Number, format!("min({number})")),
            _ => (Kind::Number, format!("max({number})")),
        }
    }

    /// One column of a known kind.
    fn single(&mut self, kind: Kind) -> String {
        format!("RETURN {} AS c", self.expressions().of_kind(kind, 2))
    }

    fn projection(&mut self) -> String {
        let columns = 1 + self.random.below(3);
        let mut items = Vec::new();
        let aggregates = self.random.once_in(3);
        for at in 0..columns {
            let kind = self.random.pick(&[Kind::Number, Kind::Text, Kind::Truth, Kind::Numbers]);
            let aggregate = aggregates && self.random.once_in(2);
            let expression = if aggregate { self.aggregate().1 } else { self.expressions().of_kind(kind, 2) };
            items.push(format!("{expression} AS c{at}"));
        }
        let distinct = if self.random.once_in(4) { "DISTINCT " } else { "" };
        // With every column in the order, rows that trade places are equal. The other engine does not sort groups by more
        // than one key.
        let order = if !aggregates && self.random.once_in(2) {
            let keys: Vec<String> =
                (0..columns).map(|at| format!("c{at}{}", self.random.pick(&["", " DESC"]))).collect();
            let skip = if self.random.once_in(3) { format!(" SKIP {}", self.random.below(3)) } else { String::new() };
            let limit = if self.random.once_in(2) { format!(" LIMIT {}", self.random.below(5)) } else { String::new() };
            format!(" ORDER BY {}{skip}{limit}", keys.join(", "))
        } else {
            String::new()
        };
        format!("RETURN {distinct}{}{order}", items.join(", "))
    }
}
