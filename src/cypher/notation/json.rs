//! Values in JSON.
//!
//! JSON has no NaN, no infinities and no temporal values: they are text here.

use serde_json::{Map as Object, Value as Json, json};

use crate::cypher::result::QueryResult;
use crate::cypher::value::{Map, NodeId, RelationshipId, Value, float_text};

impl QueryResult {
    /// A value of a row in JSON: a node is `{"_id", "_labels", ...}` with its properties beside, a relationship
    /// `{"_id", "_type", "_from", "_to", ...}` where the last two are ids of nodes, a path a list of both in turn.
    ///
    /// # Examples
    /// ```
    /// use ailand::cypher::{QueryResult, Value};
    ///
    /// let map = Value::map([("name", Value::from("月之暗面")), ("score", Value::Float(f64::NAN))]);
    /// assert_eq!(QueryResult::default().json(&map).to_string(), r#"{"name":"月之暗面","score":"NaN"}"#);
    /// ```
    #[must_use]
    pub fn json(&self, value: &Value) -> Json {
        match value {
            Value::Null => Json::Null,
            Value::Bool(truth) => Json::Bool(*truth),
            Value::Int(number) => json!(number),
            Value::Float(number) if number.is_finite() => json!(number),
            Value::Float(number) => Json::String(float_text(*number)),
            Value::Text(text) => Json::String(text.to_string()),
            Value::List(values) => Json::Array(values.iter().map(|value| self.json(value)).collect()),
            Value::Map(map) => Json::Object(self.extend(Object::new(), map)),
            Value::Node(node) => self.json_node(*node),
            Value::Relationship(relationship) => self.json_relationship(*relationship),
            Value::Path(path) => {
                let mut relationships = path.relationships.iter();
                let mut parts = Vec::with_capacity(path.nodes.len() + path.relationships.len());
                for node in &path.nodes {
                    parts.push(self.json_node(*node));
                    parts.extend(relationships.next().map(|relationship| self.json_relationship(*relationship)));
                }
                Json::Array(parts)
            }
            temporal => temporal.temporal_text().map_or(Json::Null, Json::String),
        }
    }

    /// A row in JSON: an object with a key for every column.
    #[must_use]
    pub fn json_row(&self, row: &[Value]) -> Json {
        let columns = self.columns.iter().map(ToString::to_string);
        Json::Object(columns.zip(row).map(|(column, value)| (column, self.json(value))).collect())
    }

    /// The entries of a map, behind what is there; what is there already stays.
    fn extend(&self, mut object: Object<String, Json>, map: &Map) -> Object<String, Json> {
        for (key, value) in map {
            object.entry(key.to_string()).or_insert_with(|| self.json(value));
        }
        object
    }

    fn json_node(&self, node: NodeId) -> Json {
        let Some(node) = self.node(node) else { return Json::Null };
        let labels = node.labels.iter().map(|label| Json::String(label.to_string())).collect();
        let object =
            [("_id".to_owned(), Json::String(node.id.to_string())), ("_labels".to_owned(), Json::Array(labels))];
        Json::Object(self.extend(object.into_iter().collect(), &node.properties))
    }

    fn json_relationship(&self, relationship: RelationshipId) -> Json {
        let Some(relationship) = self.relationship(relationship) else { return Json::Null };
        let end = |node: NodeId| self.node(node).map_or(Json::Null, |node| Json::String(node.id.to_string()));
        let object = [
            ("_id".to_owned(), Json::String(relationship.id.to_string())),
            ("_type".to_owned(), Json::String(relationship.kind.to_string())),
            ("_from".to_owned(), end(relationship.from)),
            ("_to".to_owned(), end(relationship.to)),
        ];
        Json::Object(self.extend(object.into_iter().collect(), &relationship.properties))
    }
}

impl From<&Json> for Value {
    /// A value of JSON as one of the language: objects become maps. A whole number beyond 64 bits becomes a float.
    ///
    /// # Examples
    /// ```
    /// use ailand::cypher::Value;
    ///
    /// let json = serde_json::json!({"names": ["智谱", "Zhipu"], "rounds": 7, "stake": 0.5, "listed": null});
    /// let Value::Map(map) = Value::from(&json) else { unreachable!() };
    /// assert_eq!(map["rounds"], Value::Int(7));
    /// assert_eq!(map["listed"], Value::Null);
    /// ```
    fn from(json: &Json) -> Self {
        match json {
            Json::Null => Self::Null,
            Json::Bool(truth) => Self::Bool(*truth),
            Json::Number(number) => match number.as_i64() {
                Some(number) => Self::Int(number),
                None => number.as_f64().map_or(Self::Null, Self::Float),
            },
            Json::String(text) => Self::from(text.as_str()),
            Json::Array(values) => Self::list(values.iter().map(Self::from).collect()),
            Json::Object(object) => {
                let map: Map = object.iter().map(|(key, value)| (key.as_str().into(), Self::from(value))).collect();
                Self::from(map)
            }
        }
    }
}
