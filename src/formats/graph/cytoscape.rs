//! Cytoscape JSON (`.cyjs`), for Cytoscape and Cytoscape.js.
//!
//! The labels of an entity are classes too, so that style sheets can select them.

use std::io::{self, Write};

use serde_json::json;

use super::{GraphRecords, json};

/// Writes the records as Cytoscape JSON, one node or edge a line.
///
/// # Errors
/// Those of `out`.
pub fn write(records: &GraphRecords, out: &mut impl Write) -> io::Result<()> {
    let data = json!({"name": "ailand", "sources": json::sources(&records.sources)});
    write!(out, "{{\n\"format_version\": \"1.0\",\n\"target_cytoscapejs_version\": \"~3\",\n\"data\": {data},\n")?;
    write!(out, "\"elements\": {{\n\"nodes\": [")?;
    let between = || std::iter::once("\n").chain(std::iter::repeat(",\n"));
    for (node, between) in records.nodes.iter().zip(between()) {
        let data = json::object(&[("id", node.id.as_str())], node.attributes());
        write!(out, "{between}{}", json!({"data": data, "classes": node.labels.join(" ")}))?;
    }
    write!(out, "\n],\n\"edges\": [")?;
    for (edge, between) in records.edges.iter().zip(between()) {
        let ends = [("id", edge.id.as_str()), ("source", edge.from.as_str()), ("target", edge.to.as_str())];
        let data = json::object(&ends, edge.attributes());
        write!(out, "{between}{}", json!({"data": data, "classes": edge.predicate}))?;
    }
    writeln!(out, "\n]\n}}\n}}")
}
