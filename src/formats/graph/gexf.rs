//! GEXF 1.3 (<https://gexf.net>), the format of Gephi.
//!
//! An edge's label and kind are its predicate, so that Gephi keeps parallel edges apart. Values as in GraphML: lists are JSON
//! text, labels stand side by side with `;` between them, characters that XML has no form for become U+FFFD.

use std::io::{self, Write};

use super::GraphRecords;
use super::schema::{Schema, Type, plain};
use crate::formats::xml::escape;
use crate::model::Value;

/// Writes the records as GEXF.
///
/// # Errors
/// Those of `out`.
pub fn write(records: &GraphRecords, out: &mut impl Write) -> io::Result<()> {
    let nodes = Schema::of(records.nodes.iter().map(|node| node.attributes()));
    let edges = Schema::of(records.edges.iter().map(|edge| edge.attributes()));
    writeln!(out, r#"<?xml version="1.0" encoding="UTF-8"?>"#)?;
    writeln!(
        out,
        r#"<gexf xmlns="http://gexf.net/1.3" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://gexf.net/1.3 http://gexf.net/1.3/gexf.xsd" version="1.3">"#
    )?;
    writeln!(out, "  <meta>\n    <creator>ailand</creator>\n  </meta>")?;
    writeln!(out, r#"  <graph mode="static" defaultedgetype="directed" idtype="string">"#)?;
    for (schema, what) in [(&nodes, "node"), (&edges, "edge")] {
        writeln!(out, r#"    <attributes class="{what}">"#)?;
        for (place, (key, kind)) in schema.columns().iter().enumerate() {
            let kind = match kind {
                Type::Bool => "boolean",
                Type::Int => "long",
                Type::Float => "double",
                Type::Text | Type::Texts => "string",
            };
            writeln!(out, r#"      <attribute id="{place}" title="{}" type="{kind}"/>"#, escape(key))?;
        }
        writeln!(out, "    </attributes>")?;
    }
    writeln!(out, "    <nodes>")?;
    for node in &records.nodes {
        writeln!(out, r#"      <node id="{}" label="{}">"#, node.id, escape(node.name()))?;
        write_values(&nodes, node.attributes(), out)?;
        writeln!(out, "      </node>")?;
    }
    writeln!(out, "    </nodes>\n    <edges>")?;
    for edge in &records.edges {
        writeln!(
            out,
            r#"      <edge id="{}" source="{}" target="{}" kind="{p}" label="{p}">"#,
            edge.id,
            edge.from,
            edge.to,
            p = escape(&edge.predicate)
        )?;
        write_values(&edges, edge.attributes(), out)?;
        writeln!(out, "      </edge>")?;
    }
    writeln!(out, "    </edges>\n  </graph>\n</gexf>")
}

fn write_values(schema: &Schema, attributes: Vec<(String, Value)>, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "        <attvalues>")?;
    for (key, value) in attributes {
        if let Some(place) = schema.place(&key) {
            writeln!(out, r#"          <attvalue for="{place}" value="{}"/>"#, escape(&plain(&key, &value)))?;
        }
    }
    writeln!(out, "        </attvalues>")
}
