//! SVG that needs nothing installed: no script, no font, no library.
//!
//! Text is text, so that it can be searched and copied; the CJK fonts named come with the common systems. Colours for white
//! paper are attributes, which every program understands; a style sheet replaces them where the reader prefers dark. Names,
//! lines and their evidence are told as tooltips.

mod legend;

use std::fmt::{self, Write as _};
use std::io::{self, Write};

use crate::formats::screen::harmless;
use crate::formats::xml::escape;
use crate::model::{Language, Modality};

use super::layout::{
    Align, CAPTION_SIZE, Curve, FRAME, HEADING_SIZE, Heading, LEADING, Layout, NodeBox, Point, Rect, Route, Text,
    lay_out, outline,
};
use super::measure::{one_line, text_width};
use super::picture::{Legend, Line, Node, Picture};
use super::style::{Family, Kind, Shape, dashes};

/// Room around everything.
const MARGIN: f64 = 28.0;
/// From the upper margin to the picture.
const HEAD: f64 = 64.0;
/// From the picture to the legend.
const FOOT: f64 = 30.0;
/// No picture is narrower, so that the title and the legend have room.
const NARROWEST: f64 = 560.0;
const TITLE_SIZE: f64 = 20.0;
const SMALL: f64 = 12.0;

/// Colours that are not those of kinds and families: on white, on dark.
const PAPER: [&str; 2] = ["#ffffff", "#111827"];
const INK: [&str; 2] = ["#0f172a", "#f1f5f9"];
const GREY: [&str; 2] = ["#475569", "#a3b1c6"];

/// Writes a picture as SVG. The same picture always gives the same bytes.
///
/// # Errors
/// Those of `out`.
pub fn write(picture: &Picture, out: &mut impl Write) -> io::Result<()> {
    let mut svg = String::new();
    // Writing to a string cannot fail.
    let _ = Sheet { svg: &mut svg, picture }.draw(&lay_out(picture));
    out.write_all(svg.as_bytes())
}

struct Sheet<'a> {
    svg: &'a mut String,
    picture: &'a Picture,
}

impl Sheet<'_> {
    fn draw(&mut self, layout: &Layout) -> fmt::Result {
        let legend = self.picture.legend();
        let summary = self.picture.summary();
        let title_width = text_width(&self.title(), TITLE_SIZE).max(text_width(&summary, SMALL)).min(1200.0);
        let inner = layout.width.max(NARROWEST).max(title_width);
        let width = inner + 2.0 * MARGIN;
        let plan = legend::plan(self.picture, &legend, inner);
        let legend_top = MARGIN + HEAD + layout.height + FOOT;
        let height = legend_top + plan.height + MARGIN;
        self.open(width, height, &legend, &summary)?;
        let offset = Point { x: MARGIN + (inner - layout.width) / 2.0, y: MARGIN + HEAD };
        writeln!(self.svg, r#"<g transform="translate({} {})">"#, Number(offset.x), Number(offset.y))?;
        for (line, route) in self.picture.lines.iter().zip(&layout.routes) {
            self.line(line, route)?;
        }
        for (node, one) in self.picture.nodes.iter().zip(&layout.boxes) {
            self.node(node, one)?;
        }
        for heading in &layout.headings {
            self.heading(heading)?;
        }
        for (line, route) in self.picture.lines.iter().zip(&layout.routes) {
            if let Some(caption) = &route.caption {
                self.caption(line, caption)?;
            }
        }
        writeln!(self.svg, "</g>")?;
        self.legend(&plan, Point { x: MARGIN, y: legend_top })?;
        writeln!(self.svg, "</svg>")
    }

    fn title(&self) -> String {
        one_line(&self.picture.title, 120)
    }

    /// The root, its description, the style sheet, the arrow heads, the paper and the title.
    fn open(&mut self, width: f64, height: f64, legend: &Legend, summary: &str) -> fmt::Result {
        let title = self.title();
        let language = match &self.picture.language {
            Language::Other(_) => "und",
            known => known.tag(),
        };
        writeln!(
            self.svg,
            r#"<svg xmlns="http://www.w3.org/2000/svg" width="{w}" height="{h}" viewBox="0 0 {w} {h}" role="img" xml:lang="{language}" lang="{language}" font-family="{}">"#,
            fonts(&self.picture.language),
            w = Number(width.ceil()),
            h = Number(height.ceil()),
        )?;
        writeln!(self.svg, "<title>{}</title>\n<desc>{}</desc>", escape(&title), escape(summary))?;
        self.style(legend)?;
        writeln!(self.svg, "<defs>")?;
        for (family, _) in &legend.families {
            writeln!(
                self.svg,
                r#"<marker id="to-{word}" class="{word}-fill" fill="{colour}" viewBox="0 0 10 10" refX="9.5" refY="5" markerWidth="9" markerHeight="9" markerUnits="userSpaceOnUse" orient="auto"><path d="M0 1L10 5L0 9L2.5 5z"/></marker>"#,
                word = family.word(),
                colour = family.light(),
            )?;
        }
        writeln!(self.svg, "</defs>")?;
        let [paper, _] = PAPER;
        writeln!(self.svg, r#"<rect class="paper" width="100%" height="100%" fill="{paper}"/>"#)?;
        let [ink, _] = INK;
        let [grey, _] = GREY;
        writeln!(
            self.svg,
            r#"<text class="ink" x="{x}" y="{y}" font-size="{TITLE_SIZE}" font-weight="700" fill="{ink}">{}</text>"#,
            escape(&title),
            x = Number(MARGIN),
            y = Number(MARGIN + TITLE_SIZE * 0.8),
        )?;
        writeln!(
            self.svg,
            r#"<text class="grey" x="{x}" y="{y}" font-size="{SMALL}" fill="{grey}">{}</text>"#,
            escape(summary),
            x = Number(MARGIN),
            y = Number(MARGIN + TITLE_SIZE * 0.8 + 20.0),
        )
    }

    /// What changes where the reader prefers dark, and what happens under the pointer.
    fn style(&mut self, legend: &Legend) -> fmt::Result {
        writeln!(self.svg, "<style>")?;
        writeln!(self.svg, ".line:hover .way{{stroke-width:3}}")?;
        writeln!(self.svg, "@media (prefers-color-scheme:dark){{")?;
        let [_, paper] = PAPER;
        let [_, ink] = INK;
        let [_, grey] = GREY;
        writeln!(self.svg, ".paper{{fill:{paper}}}.ink{{fill:{ink}}}.grey{{fill:{grey}}}")?;
        for kind in &legend.kinds {
            let paint = kind.dark();
            writeln!(self.svg, ".{}{{fill:{};stroke:{}}}", kind.label(), paint.fill, paint.stroke)?;
        }
        for (family, _) in &legend.families {
            let (word, colour) = (family.word(), family.dark());
            writeln!(self.svg, ".{word}{{stroke:{colour}}}.{word}-fill{{fill:{colour}}}")?;
        }
        writeln!(self.svg, "}}\n</style>")
    }

    fn line(&mut self, line: &Line, route: &Route) -> fmt::Result {
        let way = Way(&route.curves);
        let (word, colour) = (line.family().word(), line.family().light());
        writeln!(self.svg, r#"<g class="line" fill="none"><title>{}</title>"#, escape(&line.tooltip))?;
        writeln!(self.svg, r#"<path d="{way}" stroke="none" pointer-events="stroke" stroke-width="12"/>"#)?;
        writeln!(
            self.svg,
            r#"<path class="way {word}" d="{way}" stroke="{colour}" stroke-width="{}"{} marker-end="url(#to-{word})"/>"#,
            Number(if line.facts.len() > 1 { 2.0 } else { 1.4 }),
            Dashes(line.modality),
        )?;
        if line.modality == Modality::Denied
            && let Some(curve) = route.curves.first()
        {
            let Point { x, y } = curve.at(0.5);
            writeln!(
                self.svg,
                r#"<path class="{word}" d="M{} {}l8 8m0 -8l-8 8" stroke="{colour}" stroke-width="2"/>"#,
                Number(x - 4.0),
                Number(y - 4.0),
            )?;
        }
        writeln!(self.svg, "</g>")
    }

    fn node(&mut self, node: &Node, one: &NodeBox) -> fmt::Result {
        writeln!(self.svg, r#"<g class="node"><title>{}</title>"#, escape(&node.tooltip))?;
        if node.is_center {
            // A second outline, which is seen in print and in grey too.
            self.shape(node.kind(), one.rect.grown(FRAME), 1.2, true)?;
        }
        self.shape(node.kind(), one.rect, if node.is_center { 2.5 } else { 1.3 }, false)?;
        let center = one.rect.center();
        #[allow(clippy::cast_precision_loss)] // at most two lines
        let first = center.y - (one.lines.len() as f64 - 1.0) / 2.0 * one.size * LEADING + one.size * 0.36;
        let [ink, _] = INK;
        let weight = if node.is_center { r#" font-weight="700""# } else { "" };
        write!(
            self.svg,
            r#"<text class="ink" fill="{ink}" text-anchor="middle" font-size="{}"{weight}>"#,
            Number(one.size),
        )?;
        for (line, number) in one.lines.iter().zip(0u32..) {
            let y = first + f64::from(number) * one.size * LEADING;
            write!(self.svg, r#"<tspan x="{}" y="{}">{}</tspan>"#, Number(center.x), Number(y), escape(line))?;
        }
        writeln!(self.svg, "</text></g>")
    }

    /// The shape of a kind in its colours; only its outline where it is a frame.
    fn shape(&mut self, kind: Kind, rect: Rect, stroke: f64, frame: bool) -> fmt::Result {
        let paint = kind.light();
        let (shape, width) = (kind.shape(), Number(stroke));
        let fill = if frame { "none" } else { paint.fill };
        // The style sheet would fill the frame.
        let own = if frame { r#" style="fill:none""# } else { "" };
        let looks = format!(
            r#"class="{}" fill="{fill}" stroke="{}" stroke-width="{width}" stroke-linejoin="round"{own}"#,
            kind.label(),
            paint.stroke,
        );
        let Rect { x, y, width, height } = rect;
        match shape {
            Shape::Rounded | Shape::Stadium | Shape::Rectangle | Shape::Barred => {
                let radius = match shape {
                    Shape::Rounded => 8.0,
                    Shape::Stadium => height / 2.0,
                    _ => 0.0,
                };
                write!(
                    self.svg,
                    r#"<rect x="{}" y="{}" width="{}" height="{}" rx="{}" {looks}/>"#,
                    Number(x),
                    Number(y),
                    Number(width),
                    Number(height),
                    Number(radius.min(height / 2.0)),
                )?;
            }
            _ => write!(self.svg, r#"<path d="{}" {looks}/>"#, Polygon(&outline(shape, rect)))?,
        }
        match shape {
            Shape::Barred if !frame => write!(
                self.svg,
                r#"<path d="M{} {}v{h}M{} {}v{h}" {looks}/>"#,
                Number(x + 5.0),
                Number(y),
                Number(x + width - 5.0),
                Number(y),
                h = Number(height),
            )?,
            Shape::Note if !frame => {
                let fold = 10.0f64.min(height / 2.0);
                write!(
                    self.svg,
                    r#"<path d="M{} {}v{f}h{f}" {looks}/>"#,
                    Number(x + width - fold),
                    Number(y),
                    f = Number(fold),
                )?;
            }
            _ => {}
        }
        writeln!(self.svg)
    }

    fn heading(&mut self, heading: &Heading) -> fmt::Result {
        let family = heading.family;
        self.text(
            &heading.text,
            HEADING_SIZE,
            &format!("{}-fill", family.word()),
            family.light(),
            r#" font-weight="700""#,
        )
    }

    /// A caption; on paper of its own where it stands on its line. The pointer goes through to the line.
    fn caption(&mut self, line: &Line, caption: &Text) -> fmt::Result {
        let family: Family = line.family();
        if caption.align == Align::Middle {
            let ([paper, _], rect) = (PAPER, caption.rect);
            // Its width is an estimate on the safe side.
            let Rect { x, y, width, height } = Rect::around(rect.center(), rect.width * 0.94, rect.height);
            writeln!(
                self.svg,
                r#"<rect class="paper" x="{}" y="{}" width="{}" height="{}" rx="4" fill="{paper}" opacity="0.9" pointer-events="none"/>"#,
                Number(x),
                Number(y),
                Number(width),
                Number(height),
            )?;
        }
        let class = format!("{}-fill", family.word());
        self.text(caption, CAPTION_SIZE, &class, family.light(), r#" pointer-events="none""#)
    }

    fn text(&mut self, text: &Text, size: f64, class: &str, colour: &str, more: &str) -> fmt::Result {
        let (x, anchor) = match text.align {
            Align::Start => (text.rect.x, "start"),
            Align::Middle => (text.rect.center().x, "middle"),
            Align::End => (text.rect.right(), "end"),
        };
        writeln!(
            self.svg,
            r#"<text class="{class}" x="{}" y="{}" font-size="{}" text-anchor="{anchor}" fill="{colour}"{more}>{}</text>"#,
            Number(x),
            Number(text.rect.center().y + size * 0.36),
            Number(size),
            escape(&harmless(&text.text)),
        )
    }
}

/// Fonts of the common systems: Latin first, then Chinese in the script of the picture.
fn fonts(language: &Language) -> &'static str {
    match language {
        Language::Traditional => {
            "'Helvetica Neue', Arial, 'PingFang TC', 'Microsoft JhengHei', 'Noto Sans CJK TC', 'Noto Sans TC', \
             'Source Han Sans TC', 'PingFang SC', 'Microsoft YaHei', sans-serif"
        }
        _ => {
            "'Helvetica Neue', Arial, 'PingFang SC', 'Hiragino Sans GB', 'Microsoft YaHei', 'Noto Sans CJK SC', \
             'Noto Sans SC', 'Source Han Sans SC', sans-serif"
        }
    }
}

/// A length with at most one digit after the point.
struct Number(f64);

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rounded = (self.0 * 10.0).round() / 10.0;
        // Zero has no sign here.
        write!(f, "{}", if rounded == 0.0 { 0.0 } else { rounded })
    }
}

/// The data of a path along curves.
struct Way<'a>(&'a [Curve]);

impl fmt::Display for Way<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(first) = self.0.first() {
            write!(f, "M{} {}", Number(first.start.x), Number(first.start.y))?;
        }
        for curve in self.0 {
            write!(f, "C")?;
            for (point, between) in [(curve.first, " "), (curve.second, " "), (curve.end, "")] {
                write!(f, "{} {}{between}", Number(point.x), Number(point.y))?;
            }
        }
        Ok(())
    }
}

/// The data of a closed path along corners.
struct Polygon<'a>(&'a [Point]);

impl fmt::Display for Polygon<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (corner, number) in self.0.iter().zip(0u32..) {
            let command = if number == 0 { "M" } else { "L" };
            write!(f, "{command}{} {}", Number(corner.x), Number(corner.y))?;
        }
        write!(f, "z")
    }
}

/// The attribute for the dashes of a modality, with a space before it.
struct Dashes(Modality);

impl fmt::Display for Dashes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match dashes(self.0) {
            Some(dashes) => write!(f, r#" stroke-dasharray="{dashes}""#),
            None => Ok(()),
        }
    }
}
