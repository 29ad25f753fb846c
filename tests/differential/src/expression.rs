//! Random expressions of a known type.

use crate::Random;
use crate::graph::{LABELS, TYPES};

/// What stands in a variable.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Kind {
    Node,
    Relationship,
    /// A list of relationships.
    Relationships,
    Number,
    Text,
    Truth,
    /// A list of numbers.
    Numbers,
}

/// A variable in scope.
#[derive(Debug, Clone)]
pub(crate) struct Variable {
    pub(crate) name: String,
    pub(crate) kind: Kind,
    /// Whether the other engine still knows the labels: it forgets them when it groups.
    pub(crate) labelled: bool,
    /// Whether it may be null where it is a node.
    pub(crate) nullable: bool,
}

/// Makes expressions that use the variables in scope.
pub(crate) struct Expressions<'a> {
    pub(crate) random: &'a mut Random,
    pub(crate) scope: &'a [Variable],
    /// Whether a pattern may stand as a condition, as in `WHERE`.
    pub(crate) patterns: bool,
}

impl Expressions<'_> {
    /// A variable of one of the kinds.
    fn variable(&mut self, kinds: &[Kind]) -> Option<String> {
        let fits: Vec<&Variable> = self.scope.iter().filter(|variable| kinds.contains(&variable.kind)).collect();
        (!fits.is_empty()).then(|| fits[self.random.below(fits.len())].name.clone())
    }

    /// A node whose labels are known.
    fn labelled(&mut self) -> Option<String> {
        let fits: Vec<&Variable> =
            self.scope.iter().filter(|variable| variable.kind == Kind::Node && variable.labelled).collect();
        (!fits.is_empty()).then(|| fits[self.random.below(fits.len())].name.clone())
    }

    pub(crate) fn of_kind(&mut self, kind: Kind, depth: usize) -> String {
        match kind {
            Kind::Number => self.number(depth),
            Kind::Text => self.text(depth),
            Kind::Truth => self.truth(depth),
            _ => self.numbers(depth),
        }
    }

    pub(crate) fn number(&mut self, depth: usize) -> String {
        let next = depth.saturating_sub(1);
        match self.random.below(if depth == 0 { 4 } else { 15 }) {
            0 => (self.random.below(7) as i64 - 2).to_string(),
            1 => match self.variable(&[Kind::Number]) {
                Some(name) => name,
                None => "3".to_owned(),
            },
            2 => match self.variable(&[Kind::Node, Kind::Relationship]) {
                Some(name) => format!("{name}.x"),
                None => "null".to_owned(),
            },
            3 => match self.variable(&[Kind::Node, Kind::Relationship]) {
                Some(name) => format!("{name}.k"),
                None => "1".to_owned(),
            },
            4..=6 => {
                let operator = self.random.pick(&["+", "-", "*"]);
                format!("({} {operator} {})", self.number(next), self.number(next))
            }
            7 => format!("({} {} {})", self.number(next), self.random.pick(&["/", "%"]), self.random.below(3) + 1),
            8 => format!("-({})", self.number(next)),
            9 => format!("coalesce({}, {})", self.number(next), self.number(next)),
            10 => format!("CASE WHEN {} THEN {} ELSE {} END", self.truth(next), self.number(next), self.number(next)),
            11 => format!("size({})", if self.random.once_in(2) { self.text(next) } else { self.numbers(next) }),
            12 => format!("{}[{}]", self.numbers(next), self.random.below(4) as i64 - 2),
            13 => format!("toInteger({})", self.text(next)),
            _ => format!("abs({})", self.number(next)),
        }
    }

    pub(crate) fn text(&mut self, depth: usize) -> String {
        let next = depth.saturating_sub(1);
        match self.random.below(if depth == 0 { 3 } else { 9 }) {
            0 => format!("'{}'", self.random.pick(&["a", "b", "ab", "", "月"])),
            1 => self.variable(&[Kind::Text]).unwrap_or_else(|| "'b'".to_owned()),
            2 => match self.variable(&[Kind::Node, Kind::Relationship]) {
                Some(name) => format!("{name}.y"),
                None => "null".to_owned(),
            },
            3 => format!("({} + {})", self.text(next), self.text(next)),
            4 => format!("toUpper({})", self.text(next)),
            5 => format!("substring({}, {}, {})", self.text(next), self.random.below(2), self.random.below(3)),
            6 => format!("toString({})", self.number(next)),
            7 => match self.variable(&[Kind::Relationship]) {
                Some(name) => format!("type({name})"),
                None => "replace('aba', 'b', 'c')".to_owned(),
            },
            _ => format!("coalesce({}, {})", self.text(next), self.text(next)),
        }
    }

    pub(crate) fn truth(&mut self, depth: usize) -> String {
        let next = depth.saturating_sub(1);
        match self.random.below(if depth == 0 { 3 } else { 16 }) {
            0 => self.random.pick(&["true", "false", "null"]).to_owned(),
            1 => self.variable(&[Kind::Truth]).unwrap_or_else(|| "true".to_owned()),
            2 => match self.labelled() {
                Some(name) => format!("{name}:{}", self.random.pick(&LABELS)),
                None => "false".to_owned(),
            },
            3..=5 => {
                let operator = self.random.pick(&["=", "<>", "<", "<=", ">", ">="]);
                format!("({} {operator} {})", self.number(next), self.number(next))
            }
            6 => {
                let operator = self.random.pick(&["=", "<", "STARTS WITH", "ENDS WITH", "CONTAINS"]);
                format!("({} {operator} {})", self.text(next), self.text(next))
            }
            7..=8 => {
                let operator = self.random.pick(&["AND", "OR", "XOR"]);
                format!("({} {operator} {})", self.truth(next), self.truth(next))
            }
            9 => format!("NOT ({})", self.truth(next)),
            10 => format!("({} IS {}NULL)", self.number(next), self.random.pick(&["", "NOT "])),
            11 => format!("({} IN {})", self.number(next), self.numbers(next)),
            12 => {
                let kind = self.random.pick(&["all", "any", "none", "single"]);
                format!(
                    "{kind}(e IN {} WHERE e {} {})",
                    self.numbers(next),
                    self.random.pick(&["=", "<"]),
                    self.number(next)
                )
            }
            13 => match self.variable(&[Kind::Node]) {
                Some(name) if self.patterns => {
                    let arrow = self.random.pick(&["-->", "<--", "--"]);
                    format!("({name}){arrow}(:{})", self.random.pick(&LABELS))
                }
                _ => "true".to_owned(),
            },
            14 => match self.variable(&[Kind::Node]) {
                Some(name) => {
                    let kind = self.random.pick(&TYPES);
                    format!("EXISTS {{ MATCH ({name})-[:{kind}]->(q) WHERE q.x > {} }}", self.random.below(3))
                }
                None => "true".to_owned(),
            },
            _ => format!("(CASE {} WHEN 1 THEN true WHEN 2 THEN false END)", self.number(next)),
        }
    }

    pub(crate) fn numbers(&mut self, depth: usize) -> String {
        let next = depth.saturating_sub(1);
        match self.random.below(if depth == 0 { 2 } else { 9 }) {
            0 => {
                let items: Vec<String> = (0..self.random.below(4)).map(|_| self.number(0)).collect();
                format!("[{}]", items.join(", "))
            }
            1 => self.variable(&[Kind::Numbers]).unwrap_or_else(|| "[1, 2]".to_owned()),
            2 => format!("range({}, {})", self.random.below(3), self.random.below(5)),
            3 => format!(
                "[e IN {} WHERE {} | e + 1]",
                self.numbers(next),
                self.random.pick(&["e > 0", "e <> 1", "e IS NULL"])
            ),
            4 => format!("({} + {})", self.numbers(next), self.numbers(next)),
            5 => format!("{}[{}..{}]", self.numbers(next), self.random.below(2), self.random.below(4)),
            6 => format!("reverse({})", self.numbers(next)),
            7 => match self.variable(&[Kind::Relationships]) {
                Some(name) => format!("[e IN {name} | e.k]"),
                None => "tail([1, 2, 3])".to_owned(),
            },
            _ => format!("tail({})", self.numbers(next)),
        }
    }
}
