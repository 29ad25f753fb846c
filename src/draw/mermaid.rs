//! Mermaid flowcharts, which GitHub, GitLab and many editors draw in Markdown.

use std::fmt::Write as _;
use std::io::{self, Write};

use crate::formats::screen::harmless;
use crate::model::Modality;

use super::measure::{lines, one_line};
use super::picture::{Arrangement, Picture};
use super::style::Shape;

/// Captions are cut to this many columns; Mermaid makes room for them.
const CAPTION_COLUMNS: usize = 40;
/// Names are broken into lines of this many columns.
const NAME_COLUMNS: usize = 24;

/// Text as a string of Mermaid, with its quotation marks.
///
/// Everything that Mermaid, its Markdown or HTML could take for markup is written as a character reference, `#` included,
/// which begins one.
///
/// # Examples
/// ```
/// use ailand::draw::mermaid::quote;
///
/// assert_eq!(quote("月之暗面"), "\"月之暗面\"");
/// assert_eq!(quote("a \"b\" <i>#35;"), "\"a #34;b#34; #60;i#62;#35;35#59;\"");
/// ```
#[must_use]
pub fn quote(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in harmless(text).chars() {
        if matches!(
            c,
            '"' | '#' | ';' | '&' | '<' | '>' | '`' | '*' | '_' | '\\' | '|' | '{' | '}' | '[' | ']' | '%' | '$'
        ) {
            // Writing to a string cannot fail.
            let _ = write!(quoted, "#{};", u32::from(c));
        } else {
            quoted.push(c);
        }
    }
    quoted.push('"');
    quoted
}

/// Writes a picture as a Mermaid flowchart with the title in its front matter.
///
/// # Errors
/// Those of `out`.
pub fn write(picture: &Picture, out: &mut impl Write) -> io::Result<()> {
    // A string of JSON is one of YAML.
    let title = format!("{} ({})", one_line(&picture.title, 120), picture.summary());
    writeln!(out, "---\ntitle: {}\n---", serde_json::Value::String(title))?;
    let direction = if picture.arrangement == Arrangement::Network { "TB" } else { "LR" };
    writeln!(out, "flowchart {direction}")?;
    for (number, node) in picture.nodes.iter().enumerate() {
        let [open, close] = brackets(node.kind().shape());
        let name = lines(&node.name, NAME_COLUMNS, 3);
        let name = name.iter().map(|line| quote(line).trim_matches('"').to_owned()).collect::<Vec<_>>().join("<br>");
        let name = if name.is_empty() { "#160;".to_owned() } else { name };
        writeln!(out, "  n{number}{open}\"{name}\"{close}:::{}", node.kind().label())?;
    }
    for line in &picture.lines {
        let arrow = match line.modality {
            Modality::Asserted => "-->",
            Modality::Reported | Modality::Planned => "-.->",
            Modality::Denied => "-.-x",
        };
        let caption = quote(&one_line(&line.brief_caption(), CAPTION_COLUMNS));
        let caption = if caption == "\"\"" { String::new() } else { format!("|{caption}|") };
        writeln!(out, "  n{} {arrow}{caption} n{}", line.from, line.to)?;
    }
    for kind in &picture.legend().kinds {
        let paint = kind.light();
        writeln!(out, "  classDef {} fill:{},stroke:{},color:#0f172a", kind.label(), paint.fill, paint.stroke)?;
    }
    for (number, _) in picture.nodes.iter().enumerate().filter(|(_, node)| node.is_center) {
        writeln!(out, "  style n{number} stroke-width:4px")?;
    }
    for (number, line) in picture.lines.iter().enumerate() {
        let dots = if line.modality == Modality::Planned { ",stroke-dasharray:2 4" } else { "" };
        writeln!(out, "  linkStyle {number} stroke:{}{dots}", line.family().light())?;
    }
    Ok(())
}

/// What stands around the name of a node of this shape.
fn brackets(shape: Shape) -> [&'static str; 2] {
    match shape {
        Shape::Rounded => ["(", ")"],
        Shape::Hexagon | Shape::Octagon => ["{{", "}}"],
        Shape::Rectangle => ["[", "]"],
        Shape::Stadium => ["([", "])"],
        Shape::Parallelogram => ["[/", "/]"],
        Shape::Barred => ["[[", "]]"],
        Shape::Note => [">", "]"],
        Shape::Trapezium => ["[/", "\\]"],
        Shape::InvertedTrapezium => ["[\\", "/]"],
    }
}
