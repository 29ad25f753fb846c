//! Values in the notation of the compatibility kit, which `README.adoc` there describes.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Value {
    Null,
    Bool(bool),
    Int(i64),
    Float(f64),
    /// Text; also every temporal value, in its text form.
    Text(String),
    List(Vec<Value>),
    Map(BTreeMap<String, Value>),
    Node(Node),
    Relationship(Relationship),
    Path(Node, Vec<Hop>),
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Node {
    pub(crate) labels: BTreeSet<String>,
    pub(crate) properties: BTreeMap<String, Value>,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Relationship {
    pub(crate) kind: String,
    pub(crate) properties: BTreeMap<String, Value>,
}

/// A step of a path: the relationship, whether it is walked along its direction, and the node behind it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Hop {
    pub(crate) relationship: Relationship,
    pub(crate) forward: bool,
    pub(crate) node: Node,
}

impl Value {
    /// The same value with all lists in it sorted, for comparisons where the order of elements does not matter.
    pub(crate) fn unordered(self) -> Self {
        match self {
            Self::List(items) => {
                let mut items: Vec<Self> = items.into_iter().map(Self::unordered).collect();
                items.sort_by_cached_key(Self::to_string);
                Self::List(items)
            }
            Self::Map(entries) => Self::Map(entries.into_iter().map(|(key, value)| (key, value.unordered())).collect()),
            Self::Node(node) => Self::Node(node.unordered()),
            Self::Relationship(relationship) => Self::Relationship(relationship.unordered()),
            other => other,
        }
    }
}

fn unordered(properties: BTreeMap<String, Value>) -> BTreeMap<String, Value> {
    properties.into_iter().map(|(key, value)| (key, value.unordered())).collect()
}

impl Node {
    fn unordered(self) -> Self {
        Self { properties: unordered(self.properties), ..self }
    }
}

impl Relationship {
    fn unordered(self) -> Self {
        Self { properties: unordered(self.properties), ..self }
    }
}

// ---- writing: equal values have equal text, and different values different text

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("null"),
            Self::Bool(value) => write!(f, "{value}"),
            Self::Int(value) => write!(f, "{value}"),
            Self::Float(value) if value.is_nan() => f.write_str("NaN"),
            Self::Float(value) if value.is_infinite() => f.write_str(if *value > 0.0 { "Inf" } else { "-Inf" }),
            // The kit writes `0.0` for the answer of `RETURN -0.0`: zero is zero.
            Self::Float(0.0) => f.write_str("0.0"),
            Self::Float(value) => write!(f, "{value:?}"),
            Self::Text(text) => write_text(f, text),
            Self::List(items) => {
                f.write_str("[")?;
                for (at, item) in items.iter().enumerate() {
                    write!(f, "{}{item}", if at == 0 { "" } else { ", " })?;
                }
                f.write_str("]")
            }
            Self::Map(entries) => write_map(f, entries),
            Self::Node(node) => write!(f, "{node}"),
            Self::Relationship(relationship) => write!(f, "{relationship}"),
            Self::Path(start, hops) => {
                write!(f, "<{start}")?;
                for hop in hops {
                    let (before, behind) = if hop.forward { ("-", "->") } else { ("<-", "-") };
                    write!(f, "{before}{}{behind}{}", hop.relationship, hop.node)?;
                }
                f.write_str(">")
            }
        }
    }
}

fn write_text(f: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
    f.write_str("'")?;
    for c in text.chars() {
        match c {
            '\'' => f.write_str("\\'")?,
            '\\' => f.write_str("\\\\")?,
            '\n' => f.write_str("\\n")?,
            _ => write!(f, "{c}")?,
        }
    }
    f.write_str("'")
}

fn write_map(f: &mut fmt::Formatter<'_>, entries: &BTreeMap<String, Value>) -> fmt::Result {
    f.write_str("{")?;
    for (at, (key, value)) in entries.iter().enumerate() {
        write!(f, "{}{key}: {value}", if at == 0 { "" } else { ", " })?;
    }
    f.write_str("}")
}

impl fmt::Display for Node {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("(")?;
        for label in &self.labels {
            write!(f, ":{label}")?;
        }
        if !self.properties.is_empty() {
            f.write_str(if self.labels.is_empty() { "" } else { " " })?;
            write_map(f, &self.properties)?;
        }
        f.write_str(")")
    }
}

impl fmt::Display for Relationship {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "[:{}", self.kind)?;
        if !self.properties.is_empty() {
            f.write_str(" ")?;
            write_map(f, &self.properties)?;
        }
        f.write_str("]")
    }
}

// ---- reading

/// Reads one value; the message says what is wrong and shows what was left to read.
pub(crate) fn read(source: &str) -> Result<Value, String> {
    let mut reader = Reader { rest: source };
    let value = reader.value().map_err(|wanted| format!("`{source}`: {wanted}, found `{}`", reader.rest))?;
    reader.blank();
    if reader.rest.is_empty() { Ok(value) } else { Err(format!("`{source}`: left over: `{}`", reader.rest)) }
}

struct Reader<'a> {
    rest: &'a str,
}

type Read<T> = Result<T, &'static str>;

impl<'a> Reader<'a> {
    fn blank(&mut self) {
        self.rest = self.rest.trim_start();
    }

    fn take(&mut self, mark: &str) -> bool {
        self.blank();
        let behind = self.rest.strip_prefix(mark);
        self.rest = behind.unwrap_or(self.rest);
        behind.is_some()
    }

    fn need(&mut self, mark: &'static str) -> Read<()> {
        if self.take(mark) { Ok(()) } else { Err(mark) }
    }

    fn value(&mut self) -> Read<Value> {
        self.blank();
        if self.rest.starts_with("[:") {
            return Ok(Value::Relationship(self.relationship()?));
        }
        match self.rest.chars().next().ok_or("a value")? {
            '\'' => Ok(Value::Text(self.text()?)),
            '[' => self.list(),
            '{' => Ok(Value::Map(self.map()?)),
            '(' => Ok(Value::Node(self.node()?)),
            '<' => self.path(),
            '-' | '+' | '.' | '0'..='9' => self.number(),
            _ => self.word(),
        }
    }

    fn word(&mut self) -> Read<Value> {
        let words = [
            ("null", Value::Null),
            ("true", Value::Bool(true)),
            ("false", Value::Bool(false)),
            ("NaN", Value::Float(f64::NAN)),
            ("Inf", Value::Float(f64::INFINITY)),
        ];
        words.into_iter().find(|(word, _)| self.take(word)).map(|(_, value)| value).ok_or("a value")
    }

    fn number(&mut self) -> Read<Value> {
        if self.take("-Inf") {
            return Ok(Value::Float(f64::NEG_INFINITY));
        }
        let end = self.rest.find(|c: char| !matches!(c, '0'..='9' | '+' | '-' | '.' | 'e' | 'E'));
        let (number, rest) = self.rest.split_at(end.unwrap_or(self.rest.len()));
        self.rest = rest;
        if number.contains(['.', 'e', 'E']) {
            number.parse().map(Value::Float).map_err(|_| "a float")
        } else {
            number.parse().map(Value::Int).map_err(|_| "an integer")
        }
    }

    fn text(&mut self) -> Read<String> {
        self.need("'")?;
        let mut text = String::new();
        let mut chars = self.rest.chars();
        loop {
            match chars.next().ok_or("the end of a string")? {
                '\'' => break,
                '\\' => text.push(match chars.next() {
                    Some(c @ ('\'' | '"' | '\\' | '`')) => c,
                    Some('n') => '\n',
                    Some('t') => '\t',
                    Some('r') => '\r',
                    _ => return Err("a known escape"),
                }),
                c => text.push(c),
            }
        }
        self.rest = chars.as_str();
        Ok(text)
    }

    fn list(&mut self) -> Read<Value> {
        self.need("[")?;
        let mut items = Vec::new();
        while !self.take("]") {
            if !items.is_empty() {
                self.need(",")?;
            }
            items.push(self.value()?);
        }
        Ok(Value::List(items))
    }

    fn map(&mut self) -> Read<BTreeMap<String, Value>> {
        self.need("{")?;
        let mut entries = BTreeMap::new();
        while !self.take("}") {
            if !entries.is_empty() {
                self.need(",")?;
            }
            let key = self.name()?;
            self.need(":")?;
            if entries.insert(key, self.value()?).is_some() {
                return Err("each key once");
            }
        }
        Ok(entries)
    }

    fn properties(&mut self) -> Read<BTreeMap<String, Value>> {
        self.blank();
        if self.rest.starts_with('{') { self.map() } else { Ok(BTreeMap::new()) }
    }

    fn name(&mut self) -> Read<String> {
        if self.take("`") {
            let (name, rest) = self.rest.split_once('`').ok_or("the end of a name")?;
            self.rest = rest;
            return Ok(name.to_owned());
        }
        self.blank();
        let end = self.rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(self.rest.len());
        let (name, rest) = self.rest.split_at(end);
        self.rest = rest;
        if name.is_empty() { Err("a name") } else { Ok(name.to_owned()) }
    }

    fn node(&mut self) -> Read<Node> {
        self.need("(")?;
        let mut labels = BTreeSet::new();
        while self.take(":") {
            labels.insert(self.name()?);
        }
        let properties = self.properties()?;
        self.need(")")?;
        Ok(Node { labels, properties })
    }

    fn relationship(&mut self) -> Read<Relationship> {
        self.need("[")?;
        self.need(":")?;
        let kind = self.name()?;
        let properties = self.properties()?;
        self.need("]")?;
        Ok(Relationship { kind, properties })
    }

    fn path(&mut self) -> Read<Value> {
        self.need("<")?;
        let start = self.node()?;
        let mut hops = Vec::new();
        while !self.take(">") {
            let forward = !self.take("<");
            self.need("-")?;
            let relationship = self.relationship()?;
            self.need("-")?;
            if forward {
                self.need(">")?;
            }
            hops.push(Hop { relationship, forward, node: self.node()? });
        }
        Ok(Value::Path(start, hops))
    }
}

#[test]
fn what_is_written_is_read() {
    let notations = [
        "null",
        "true",
        "-12",
        "1.5",
        "NaN",
        "-Inf",
        "'it\\'s a \\\\ 月'",
        "[]",
        "[1, [2.0, 'x'], null]",
        "{a: 1, 名: {}}",
        "()",
        "({x: 1})",
        "(:A:B)",
        "(:A {x: [1]})",
        "[:T]",
        "[:T {x: 1}]",
        "[[:T], (:A)]",
        "<()>",
        "<(:A)-[:T]->()<-[:S {x: 1}]-({y: 2})>",
    ];
    for notation in notations {
        assert_eq!(read(notation).unwrap().to_string(), notation);
    }
    assert_eq!(read(" [ 1,2 ] ").unwrap(), Value::List(vec![Value::Int(1), Value::Int(2)]));
    assert_eq!(read("1e3").unwrap(), Value::Float(1000.0));
    assert_eq!(read("(:B:A)").unwrap(), read("(:A:B)").unwrap());
    assert_eq!(read("[2, [4, 3], 1]").unwrap().unordered(), read("[[3, 4], 1, 2]").unwrap().unordered());
}

#[test]
fn what_is_no_value_is_refused() {
    for notation in
        ["", "nul", "1 2", "'a", "'\\q'", "[1", "{a 1}", "{a: 1, a: 2}", "(A)", "<()-[:T]>", "9223372036854775808"]
    {
        assert!(read(notation).is_err(), "{notation}");
    }
}
