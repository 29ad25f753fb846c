//! What shapes, colours and dashes mean, below the picture.

use std::fmt::{self, Write as _};

use crate::formats::xml::escape;
use crate::model::Modality;

use super::super::layout::{Point, Rect};
use super::super::measure::{one_line, text_width};
use super::super::picture::{Legend, Picture};
use super::super::style::{Family, Kind};
use super::super::words;
use super::{Dashes, GREY, INK, Number, SMALL, Sheet};

/// The room of a sign, and between it and its word.
const SIGN: f64 = 26.0;
const SPACE: f64 = 7.0;
/// Room between two words.
const BETWEEN: f64 = 20.0;
/// The distance between two rows.
const ROW: f64 = 24.0;

#[derive(Debug, Clone, Copy)]
enum Sign {
    Kind(Kind),
    Family(Family),
    Modality(Modality),
    /// No sign: a note.
    Note,
}

/// What stands where, from the legend's upper left corner.
#[derive(Debug)]
pub(super) struct Plan {
    entries: Vec<(Sign, String, Point)>,
    pub(super) height: f64,
}

/// Kinds, then kinds of lines, then a note, each in rows of this width.
pub(super) fn plan(picture: &Picture, legend: &Legend, width: f64) -> Plan {
    let language = &picture.language;
    let kinds = legend.kinds.iter().map(|&kind| (Sign::Kind(kind), words::kind(language, kind).to_owned())).collect();
    let families = legend.families.iter().map(|(family, verbs)| {
        let verbs = verbs.iter().map(|verb| one_line(verb, 40)).collect::<Vec<_>>();
        (Sign::Family(*family), words::family_of(language, *family, &verbs))
    });
    let modalities = legend.modalities.iter();
    let modalities = modalities.map(|&one| (Sign::Modality(one), words::modality(language, one).to_owned()));
    let note = (!picture.lines.is_empty()).then(|| (Sign::Note, words::hover(language).to_owned()));
    let groups: [Vec<(Sign, String)>; 2] = [kinds, families.chain(modalities).chain(note).collect()];
    let mut entries = Vec::new();
    let mut y = 0.0;
    for group in groups.iter().filter(|group| !group.is_empty()) {
        let mut x = 0.0;
        for (sign, word) in group {
            let sign_width = if matches!(sign, Sign::Note) { 0.0 } else { SIGN + SPACE };
            let room = sign_width + text_width(word, SMALL);
            if x > 0.0 && x + room > width {
                x = 0.0;
                y += ROW;
            }
            entries.push((*sign, word.clone(), Point { x, y }));
            x += room + BETWEEN;
        }
        y += ROW;
    }
    Plan { entries, height: y }
}

impl Sheet<'_> {
    pub(super) fn legend(&mut self, plan: &Plan, at: Point) -> fmt::Result {
        let ([ink, _], [grey, _]) = (INK, GREY);
        writeln!(self.svg, r#"<g class="legend" transform="translate({} {})">"#, Number(at.x), Number(at.y))?;
        for (sign, word, Point { x, y }) in &plan.entries {
            let (sign, x, y) = (*sign, *x, *y);
            let middle = y + ROW / 2.0;
            let text = match sign {
                Sign::Note => x,
                _ => x + SIGN + SPACE,
            };
            match sign {
                Sign::Kind(kind) => {
                    let center = Point { x: x + SIGN / 2.0, y: middle };
                    self.shape(kind, Rect::around(center, SIGN, 14.0), 1.3, false)?;
                }
                Sign::Family(family) => writeln!(
                    self.svg,
                    r#"<path class="{word}" d="M{} {}h{}" stroke="{}" stroke-width="2" fill="none" marker-end="url(#to-{word})"/>"#,
                    Number(x),
                    Number(middle),
                    Number(SIGN),
                    family.light(),
                    word = family.word(),
                )?,
                Sign::Modality(modality) => {
                    writeln!(
                        self.svg,
                        r#"<path class="other" d="M{} {}h{}" stroke="{grey}" stroke-width="2" fill="none"{}/>"#,
                        Number(x),
                        Number(middle),
                        Number(SIGN),
                        Dashes(modality),
                    )?;
                    if modality == Modality::Denied {
                        let (left, top) = (Number(x + SIGN / 2.0 - 4.0), Number(middle - 4.0));
                        writeln!(
                            self.svg,
                            r#"<path d="M{left} {top}l8 8m0 -8l-8 8" stroke="{grey}" stroke-width="2"/>"#
                        )?;
                    }
                }
                Sign::Note => {}
            }
            let (class, colour) = if matches!(sign, Sign::Note) { ("grey", grey) } else { ("ink", ink) };
            writeln!(
                self.svg,
                r#"<text class="{class}" x="{}" y="{}" font-size="{SMALL}" fill="{colour}">{}</text>"#,
                Number(text),
                Number(middle + SMALL * 0.36),
                escape(word),
            )?;
        }
        writeln!(self.svg, "</g>")
    }
}
