//! Graphviz DOT.
//!
//! The text works with every layout program of Graphviz; the picture names the one that suits it. Node names are the ids of
//! entities, so that the file can be read and changed by hand.

use std::fmt::Write as _;
use std::io::{self, Write};

use crate::formats::screen::harmless;
use crate::formats::xml::escape;
use crate::model::Modality;

use super::measure;
use super::picture::{Arrangement, Line, Node, Picture};
use super::style::Shape;
use super::words;

/// Names are broken into lines of this many columns.
const NAME_COLUMNS: usize = 22;
const FONT: &str = "Helvetica,Arial,Noto Sans CJK SC,PingFang SC,Microsoft YaHei,sans-serif";

/// Text as a string of DOT, with its quotation marks, that every program of Graphviz shows as it is.
///
/// Graphviz reads escapes in labels (`\N` is the name of the node) and character references everywhere (`&amp;`), so
/// backslashes are doubled and ampersands are written as references. Line breaks become `\n`; characters without a picture
/// and those that turn the writing direction are replaced as on a terminal ([`harmless`]).
///
/// # Examples
/// ```
/// use ailand::draw::dot::quote;
///
/// assert_eq!(quote("月之暗面"), "\"月之暗面\"");
/// assert_eq!(quote("a \"b\" \\N &lt;\nc"), "\"a \\\"b\\\" \\\\N &amp;lt;\\nc\"");
/// ```
#[must_use]
pub fn quote(text: &str) -> String {
    let mut quoted = String::from("\"");
    for (number, line) in text.split('\n').enumerate() {
        if number > 0 {
            quoted.push_str("\\n");
        }
        for c in harmless(line).chars() {
            match c {
                '"' => quoted.push_str("\\\""),
                '\\' => quoted.push_str("\\\\"),
                '&' => quoted.push_str("&amp;"),
                // Not characters in XML, so that SVG by Graphviz would be broken.
                '\u{fffe}' | '\u{ffff}' => quoted.push(char::REPLACEMENT_CHARACTER),
                other => quoted.push(other),
            }
        }
    }
    quoted.push('"');
    quoted
}

/// Writes a picture as DOT.
///
/// # Errors
/// Those of `out`.
pub fn write(picture: &Picture, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "digraph {} {{", quote(&picture.title))?;
    let looks = match picture.arrangement {
        Arrangement::Star | Arrangement::Layers => "layout=dot, rankdir=LR, nodesep=0.15, ranksep=1.6",
        Arrangement::Network => {
            "layout=neato, overlap=prism, overlap_scaling=-4, sep=\"+18\", splines=true, maxiter=2000"
        }
    };
    writeln!(
        out,
        "  graph [{looks}, label={}, labelloc=t, labeljust=l, fontsize=11, fontname=\"{FONT}\", bgcolor=\"#ffffff\"];",
        heading(picture)
    )?;
    writeln!(
        out,
        "  node [style=filled, fontname=\"{FONT}\", fontsize=12, fontcolor=\"#0f172a\", height=0.35, margin=\"0.12,0.04\"];"
    )?;
    writeln!(out, "  edge [fontname=\"{FONT}\", fontsize=10, arrowsize=0.7];")?;
    for node in &picture.nodes {
        writeln!(out, "  {} [{}];", quote(node.id.as_str()), node_attributes(node))?;
    }
    for line in &picture.lines {
        let (Some(from), Some(to)) = (picture.nodes.get(line.from), picture.nodes.get(line.to)) else { continue };
        writeln!(
            out,
            "  {} -> {} [{}];",
            quote(from.id.as_str()),
            quote(to.id.as_str()),
            line_attributes(line, picture.arrangement)
        )?;
    }
    writeln!(out, "}}")
}

fn node_attributes(node: &Node) -> String {
    let paint = node.kind().light();
    let name = measure::lines(&node.name, NAME_COLUMNS, 3).join("\n");
    let mut attributes = format!(
        "label={}, tooltip={}, {}, fillcolor=\"{}\", color=\"{}\"",
        quote(&name),
        quote(&node.tooltip),
        shape(node.kind().shape()),
        paint.fill,
        paint.stroke,
    );
    if node.is_center {
        attributes.push_str(", peripheries=2, penwidth=2, fontsize=15");
    }
    attributes
}

/// The shape as Graphviz calls it, with its style.
fn shape(shape: Shape) -> &'static str {
    match shape {
        Shape::Rounded => "shape=box, style=\"rounded,filled\"",
        Shape::Hexagon => "shape=hexagon",
        Shape::Rectangle => "shape=box",
        Shape::Stadium => "shape=ellipse",
        Shape::Parallelogram => "shape=parallelogram",
        Shape::Barred => "shape=component",
        Shape::Octagon => "shape=octagon",
        Shape::Note => "shape=note",
        Shape::Trapezium => "shape=trapezium",
        Shape::InvertedTrapezium => "shape=invtrapezium",
    }
}

fn line_attributes(line: &Line, arrangement: Arrangement) -> String {
    // Graphviz does not keep captions of networks apart.
    let caption = if arrangement == Arrangement::Network { line.brief_caption() } else { line.caption() };
    let colour = line.family().light();
    let mut attributes = format!(
        "label={}, tooltip={tooltip}, labeltooltip={tooltip}, color=\"{colour}\", fontcolor=\"{colour}\"",
        quote(&caption),
        tooltip = quote(&line.tooltip),
    );
    // DOT has no dashes of one's own: dashed, dotted, and for what is denied a dotted line that ends in a cross bar.
    attributes.push_str(match line.modality {
        Modality::Asserted => "",
        Modality::Reported => ", style=dashed",
        Modality::Planned => ", style=dotted",
        Modality::Denied => ", style=dashed, arrowhead=teebox",
    });
    if line.facts.len() > 1 {
        attributes.push_str(", penwidth=1.8");
    }
    attributes
}

/// The label of the whole: title, summary, and what colours and dashes mean.
///
/// One HTML-like label, because every layout program keeps it in one piece.
fn heading(picture: &Picture) -> String {
    let text = |text: &str| {
        let shown = harmless(text);
        // An empty element is an error.
        if shown.trim().is_empty() { "&#160;".to_owned() } else { escape(&shown).into_owned() }
    };
    let legend = picture.legend();
    let language = &picture.language;
    let mut cells = String::new();
    for kind in &legend.kinds {
        let paint = kind.light();
        // Writing to a string cannot fail.
        let _ = write!(
            cells,
            r#"<TD BGCOLOR="{}" COLOR="{}" BORDER="1">{}</TD>"#,
            paint.fill,
            paint.stroke,
            text(words::kind(language, *kind))
        );
    }
    for (family, verbs) in &legend.families {
        let (colour, word) = (family.light(), text(&words::family_of(language, *family, verbs)));
        let _ = write!(cells, r#"<TD><FONT COLOR="{colour}">—▸ {word}</FONT></TD>"#);
    }
    for modality in &legend.modalities {
        let sign = match modality {
            Modality::Asserted => "———",
            Modality::Reported => "– – –",
            Modality::Planned => "· · · ·",
            Modality::Denied => "– – ▮",
        };
        let _ = write!(cells, "<TD>{sign} {}</TD>", text(words::modality(language, *modality)));
    }
    if cells.is_empty() {
        cells.push_str("<TD></TD>");
    }
    format!(
        r##"<<TABLE BORDER="0" CELLBORDER="0" CELLSPACING="2"><TR><TD ALIGN="LEFT"><FONT POINT-SIZE="18"><B>{}</B></FONT></TD></TR><TR><TD ALIGN="LEFT"><FONT COLOR="#475569">{}</FONT></TD></TR><TR><TD ALIGN="LEFT"><TABLE BORDER="0" CELLBORDER="0" CELLSPACING="6" CELLPADDING="3"><TR>{cells}</TR></TABLE></TD></TR></TABLE>>"##,
        text(&picture.title),
        text(&picture.summary()),
    )
}
