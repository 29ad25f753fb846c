//! Node-link JSON, as networkx reads it: `networkx.node_link_graph(json.load(file), edges="edges")`.
//!
//! A directed multigraph; the key of an edge is the id of its fact. Sources stand in the attributes of the graph.

use std::io::{self, Write};

use serde_json::json;

use super::{GraphRecords, json};

/// Writes the records as node-link JSON, one node or edge a line.
///
/// # Errors
/// Those of `out`.
pub fn write(records: &GraphRecords, out: &mut impl Write) -> io::Result<()> {
    let graph = json!({"name": "ailand", "sources": json::sources(&records.sources)});
    write!(out, "{{\n\"directed\": true,\n\"multigraph\": true,\n\"graph\": {graph},\n\"nodes\": [")?;
    for (node, between) in records.nodes.iter().zip(between()) {
        write!(out, "{between}{}", json::object(&[("id", node.id.as_str())], node.attributes()))?;
    }
    write!(out, "\n],\n\"edges\": [")?;
    for (edge, between) in records.edges.iter().zip(between()) {
        let ends = [("source", edge.from.as_str()), ("target", edge.to.as_str()), ("key", edge.id.as_str())];
        write!(out, "{between}{}", json::object(&ends, edge.attributes()))?;
    }
    writeln!(out, "\n]\n}}")
}

/// What stands before the first element of a list, and before all others.
fn between() -> impl Iterator<Item = &'static str> {
    std::iter::once("\n").chain(std::iter::repeat(",\n"))
}
