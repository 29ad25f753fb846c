//! GraphML (<http://graphml.graphdrawing.org>).
//!
//! Every key is declared with its type: `boolean`, `long`, `double` or `string`. Lists are JSON text, labels stand side by side
//! with `;` between them. Characters that XML has no form for become U+FFFD.

use std::io::{self, Write};

use super::GraphRecords;
use super::schema::{Schema, Type, plain};
use crate::formats::xml::escape;
use crate::model::Value;

/// Writes the records as GraphML.
///
/// # Errors
/// Those of `out`.
pub fn write(records: &GraphRecords, out: &mut impl Write) -> io::Result<()> {
    let nodes = Schema::of(records.nodes.iter().map(|node| node.attributes()));
    let edges = Schema::of(records.edges.iter().map(|edge| edge.attributes()));
    writeln!(out, r#"<?xml version="1.0" encoding="UTF-8"?>"#)?;
    writeln!(
        out,
        r#"<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">"#
    )?;
    for (schema, what, letter) in [(&nodes, "node", 'n'), (&edges, "edge", 'e')] {
        for (place, (key, kind)) in schema.columns().iter().enumerate() {
            let kind = match kind {
                Type::Bool => "boolean",
                Type::Int => "long",
                Type::Float => "double",
                Type::Text | Type::Texts => "string",
            };
            writeln!(
                out,
                r#"  <key id="{letter}{place}" for="{what}" attr.name="{}" attr.type="{kind}"/>"#,
                escape(key)
            )?;
        }
    }
    writeln!(out, r#"  <graph id="ailand" edgedefault="directed">"#)?;
    for node in &records.nodes {
        writeln!(out, r#"    <node id="{}">"#, node.id)?;
        write_data(&nodes, 'n', node.attributes(), out)?;
        writeln!(out, "    </node>")?;
    }
    for edge in &records.edges {
        writeln!(out, r#"    <edge id="{}" source="{}" target="{}">"#, edge.id, edge.from, edge.to)?;
        write_data(&edges, 'e', edge.attributes(), out)?;
        writeln!(out, "    </edge>")?;
    }
    writeln!(out, "  </graph>\n</graphml>")
}

fn write_data(schema: &Schema, letter: char, attributes: Vec<(String, Value)>, out: &mut impl Write) -> io::Result<()> {
    for (key, value) in attributes {
        if let Some(place) = schema.place(&key) {
            writeln!(out, r#"      <data key="{letter}{place}">{}</data>"#, escape(&plain(&key, &value)))?;
        }
    }
    Ok(())
}
