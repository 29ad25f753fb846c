//! Values in short, for tables that people read.

use crate::cypher::result::{Node, QueryResult, Relationship};
use crate::cypher::value::{NodeId, Path, RelationshipId, Value};
use crate::model::Modality;

/// The property that says which node is meant, the best first.
const NAMING: &[&str] = &["name", "title", "id"];
/// Properties of which the first that a relationship has stands beside its type.
const TELLING: &[&str] = &["round", "role", "outcome", "score", "stake_pct"];
/// Properties that a node without a name is shown with.
const MOST: usize = 2;

impl QueryResult {
    /// A value of a row in short: a node with its labels and its name, a relationship with its type and what tells it apart,
    /// a path as it is walked.
    ///
    /// `(:Startup {name: '月之暗面'})`, `[:INVESTED_IN A1 2023]`, `小米 -[INVESTED_IN A1 2023]-> 百川智能 <-[INVESTED_IN]- 腾讯`.
    #[must_use]
    pub fn brief(&self, value: &Value) -> String {
        match value {
            Value::Node(node) => self.brief_node(*node),
            Value::Relationship(relationship) => format!("[:{}]", self.step(*relationship)),
            Value::Path(path) => self.walk(path),
            Value::List(values) => {
                let parts: Vec<String> = values.iter().map(|value| self.brief(value)).collect();
                format!("[{}]", parts.join(", "))
            }
            Value::Map(map) => {
                let parts: Vec<String> =
                    map.iter().map(|(key, value)| format!("{key}: {}", self.brief(value))).collect();
                format!("{{{}}}", parts.join(", "))
            }
            other => self.text(other),
        }
    }

    fn brief_node(&self, node: NodeId) -> String {
        let Some(node) = self.node(node) else { return "()".to_owned() };
        let labels: String = node.labels.iter().map(|label| format!(":{label}")).collect();
        let mut shown: Vec<String> = Vec::new();
        let naming = NAMING.iter().find_map(|key| node.properties.get_key_value(*key));
        let listed = node.properties.iter().take(if naming.is_some() { 0 } else { MOST });
        for (key, value) in naming.into_iter().chain(listed) {
            shown.push(format!("{key}: {}", self.text(value)));
        }
        if naming.is_none() && node.properties.len() > MOST {
            shown.push("...".to_owned());
        }
        match (labels.is_empty(), shown.is_empty()) {
            (_, true) => format!("({labels})"),
            (true, false) => format!("({{{}}})", shown.join(", ")),
            (false, false) => format!("({labels} {{{}}})", shown.join(", ")),
        }
    }

    /// A relationship in short: `INVESTED_IN A1 2023`, with the modality unless it is asserted.
    fn step(&self, relationship: RelationshipId) -> String {
        let Some(relationship) = self.relationship(relationship) else { return String::new() };
        let mut words = vec![relationship.kind.to_string()];
        let telling = TELLING.iter().find_map(|key| relationship.properties.get(*key));
        let date = ["date", "from"].iter().find_map(|key| relationship.properties.get(*key));
        words.extend(telling.into_iter().chain(date).map(|value| self.cell(value)));
        let modality = relationship.properties.get("modality").map(|modality| self.cell(modality));
        words.extend(modality.filter(|word| word != Modality::Asserted.word()));
        words.join(" ")
    }

    fn walk(&self, path: &Path) -> String {
        let name = |node: &NodeId| self.node(*node).map_or_else(String::new, |shown| self.name_of(shown));
        let mut nodes = path.nodes.iter();
        let mut text = nodes.next().map(name).unwrap_or_default();
        let mut here = path.nodes.first();
        for (relationship, node) in path.relationships.iter().zip(nodes) {
            let leaves = self.relationship(*relationship).is_none_or(|shown: &Relationship| Some(&shown.from) == here);
            let step = self.step(*relationship);
            let arrow = if leaves { format!("-[{step}]->") } else { format!("<-[{step}]-") };
            text = format!("{text} {arrow} {}", name(node));
            here = Some(node);
        }
        text
    }

    /// What a node is called in a path.
    fn name_of(&self, node: &Node) -> String {
        match NAMING.iter().find_map(|key| node.properties.get(*key)) {
            Some(name) => self.cell(name),
            None => node.id.to_string(),
        }
    }
}
