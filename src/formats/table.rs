//! Rows as an aligned table of plain text.
//!
//! Columns are aligned by what a terminal shows: a Chinese character takes two columns. The lines are drawn with ASCII
//! characters, because the box-drawing characters of Unicode have an ambiguous width in East Asian terminals.

use std::borrow::Cow;
use std::io::{self, Write};

use super::rows::{Layout, Overflow};
use super::screen::{cut, harmless, width, wrap};
use crate::model::Rows;

/// What stands between two columns.
const SEPARATOR: &str = " | ";
/// The same in the line below the names.
const CROSSING: &str = "-+-";
/// No column of text is made narrower than this; where that is not enough, rows are written as blocks.
const NARROW: usize = 8;
/// No line of a block is made narrower than this: the widest single characters fit behind the indent.
const NARROWEST: usize = 5;
/// What stands before the lines of a block that continue another.
const INDENT: &str = "  ";

/// Writes `rows` as a table of lines of equal display width.
///
/// Numbers stand on the right. When `layout` has a width that the table exceeds, the widest columns of text give way.
/// When there is no room for that either, each row is written as a block of lines `name: value`, with an empty line
/// between two rows; empty cells have no line. Control characters are made harmless.
///
/// # Errors
/// Those of `out`.
pub fn write(rows: &Rows, layout: &Layout, out: &mut impl Write) -> io::Result<()> {
    if rows.columns.is_empty() {
        return Ok(());
    }
    let header: Vec<Cow<'_, str>> = rows.columns.iter().map(|column| harmless(&column.name)).collect();
    let body: Vec<Vec<Cow<'_, str>>> = rows
        .rows
        .iter()
        .map(|row| {
            let mut texts: Vec<_> = row
                .iter()
                .take(header.len())
                .map(|cell| match cell.text(&layout.language) {
                    Cow::Borrowed(text) => harmless(text),
                    Cow::Owned(text) => Cow::Owned(harmless(&text).into_owned()),
                })
                .collect();
            texts.resize(header.len(), Cow::Borrowed(""));
            texts
        })
        .collect();
    let numeric = rows.numeric_columns();
    let mut widths = vec![1; header.len()];
    for line in std::iter::once(&header).chain(&body) {
        for (column, text) in widths.iter_mut().zip(line) {
            *column = width(text).max(*column);
        }
    }
    if let Some(total) = layout.width {
        let room = total.saturating_sub(SEPARATOR.len() * (header.len() - 1));
        if !fit(&mut widths, &numeric, room) {
            return write_blocks(&header, &body, total, layout.overflow, out);
        }
    }
    let table = Grid { widths, numeric, overflow: layout.overflow };
    table.write_row(&header, out)?;
    let rule: Vec<String> = table.widths.iter().map(|width| "-".repeat(*width)).collect();
    writeln!(out, "{}", rule.join(CROSSING))?;
    body.iter().try_for_each(|row| table.write_row(row, out))
}

/// The columns of a table.
struct Grid {
    widths: Vec<usize>,
    numeric: Vec<bool>,
    overflow: Overflow,
}

impl Grid {
    /// Writes a row, in as many lines as its tallest cell needs.
    fn write_row(&self, texts: &[Cow<'_, str>], out: &mut impl Write) -> io::Result<()> {
        let cells: Vec<Vec<Cow<'_, str>>> = texts
            .iter()
            .zip(&self.widths)
            .map(|(text, room)| match self.overflow {
                _ if width(text) <= *room => vec![Cow::Borrowed(&**text)],
                Overflow::Wrap => wrap(text, *room),
                Overflow::Cut => vec![cut(text, *room)],
            })
            .collect();
        let height = cells.iter().map(Vec::len).max().unwrap_or(1);
        for line in 0..height {
            for (i, ((cell, columns), numeric)) in cells.iter().zip(&self.widths).zip(&self.numeric).enumerate() {
                if i > 0 {
                    out.write_all(SEPARATOR.as_bytes())?;
                }
                let text = cell.get(line).map_or("", |text| &**text);
                let padding = columns.saturating_sub(width(text));
                let (left, right) = if *numeric { (padding, 0) } else { (0, padding) };
                fill(left, out)?;
                out.write_all(text.as_bytes())?;
                fill(right, out)?;
            }
            out.write_all(b"\n")?;
        }
        Ok(())
    }
}

/// Writes so many spaces.
fn fill(mut columns: usize, out: &mut impl Write) -> io::Result<()> {
    const SPACES: &[u8; 32] = &[b' '; 32];
    while columns > 0 {
        let piece = columns.min(SPACES.len());
        out.write_all(SPACES.get(..piece).unwrap_or_default())?;
        columns -= piece;
    }
    Ok(())
}

/// Writes each row as a block of lines `name: value`.
fn write_blocks(
    header: &[Cow<'_, str>],
    body: &[Vec<Cow<'_, str>>],
    total: usize,
    overflow: Overflow,
    out: &mut impl Write,
) -> io::Result<()> {
    let total = total.max(NARROWEST);
    for (at, row) in body.iter().enumerate() {
        if at > 0 {
            writeln!(out)?;
        }
        for (name, text) in header.iter().zip(row).filter(|(_, text)| !text.is_empty()) {
            let line = format!("{name}: {text}");
            match overflow {
                Overflow::Cut => writeln!(out, "{}", cut(&line, total))?,
                Overflow::Wrap if width(&line) <= total => writeln!(out, "{line}")?,
                Overflow::Wrap => {
                    for (at, part) in wrap(&line, total - INDENT.len()).iter().enumerate() {
                        writeln!(out, "{}{part}", if at > 0 { INDENT } else { "" })?;
                    }
                }
            }
        }
    }
    Ok(())
}

/// Narrows columns of text until all take at most `room` together; false where that would make them too narrow.
fn fit(widths: &mut [usize], numeric: &[bool], room: usize) -> bool {
    if widths.iter().sum::<usize>() > room {
        let text: Vec<bool> = numeric.iter().map(|numeric| !numeric).collect();
        narrow(widths, &text, NARROW, room);
    }
    widths.iter().sum::<usize>() <= room
}

/// Cuts the widest of the columns that may shrink down to one common width, the largest with which all fit.
fn narrow(widths: &mut [usize], may_shrink: &[bool], floor: usize, room: usize) {
    let total = |cap: usize| -> usize {
        widths.iter().zip(may_shrink).map(|(width, may)| if *may { (*width).min(cap) } else { *width }).sum()
    };
    // The total grows with the cap: halve the range in which the right cap lies.
    let (mut cap, mut above) = (floor, room.max(floor) + 1);
    while cap + 1 < above {
        let middle = cap + (above - cap) / 2;
        if total(middle) <= room { cap = middle } else { above = middle }
    }
    let mut spare = room.saturating_sub(total(cap));
    for (width, _) in widths.iter_mut().zip(may_shrink).filter(|(width, may)| **may && **width > cap) {
        let extra = usize::from(spare > 0);
        spare -= extra;
        *width = cap + extra;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::formats::testing;
    use crate::model::{Cell, Column};
    use crate::model::{Currency, Language, Money};

    fn table(rows: &Rows, layout: &Layout) -> String {
        let mut out = Vec::new();
        write(rows, layout, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    fn narrow_layout(width: usize, overflow: Overflow) -> Layout {
        Layout { width: Some(width), overflow, ..Layout::default() }
    }

    fn example() -> Rows {
        Rows {
            columns: ["investor", "note", "amount"].map(Column::from).to_vec(),
            rows: vec![
                vec!["阿里巴巴".into(), "領投，持股約百分之三十六，條款未公開".into(), Cell::Int(800_000_000)],
                vec!["HongShan".into(), Cell::Empty, Cell::Int(7)],
                vec!["x\u{1b}[2Jy".into()],
            ],
        }
    }

    #[test]
    fn columns_stand_below_each_other() {
        let expected = [
            "investor | note                                 |    amount",
            "---------+--------------------------------------+----------",
            "阿里巴巴 | 領投，持股約百分之三十六，條款未公開 | 800000000",
            "HongShan |                                      |         7",
            "x␛[2Jy   |                                      |          ",
        ];
        assert_eq!(table(&example(), &Layout::default()).lines().collect::<Vec<_>>(), expected);
    }

    #[test]
    fn in_narrow_terminals_text_gives_way_and_numbers_do_not() {
        let cut = [
            "investor | note              |    amount",
            "---------+-------------------+----------",
            "阿里巴巴 | 領投，持股約百分… | 800000000",
            "HongShan |                   |         7",
            "x␛[2Jy   |                   |          ",
        ];
        assert_eq!(table(&example(), &narrow_layout(40, Overflow::Cut)).lines().collect::<Vec<_>>(), cut);
        let wrapped = [
            "investor | note              |    amount",
            "---------+-------------------+----------",
            "阿里巴巴 | 領投，持股約百分  | 800000000",
            "         | 之三十六，條款未  |          ",
            "         | 公開              |          ",
            "HongShan |                   |         7",
            "x␛[2Jy   |                   |          ",
        ];
        assert_eq!(table(&example(), &narrow_layout(40, Overflow::Wrap)).lines().collect::<Vec<_>>(), wrapped);
    }

    #[test]
    fn columns_share_what_room_there_is() {
        let fitted = |widths: &[usize], numeric: &[bool], room| {
            let mut widths = widths.to_vec();
            fit(&mut widths, numeric, room).then_some(widths)
        };
        assert_eq!(fitted(&[5, 50, 60], &[false; 3], 40), Some(vec![5, 18, 17]));
        assert_eq!(fitted(&[12, 50], &[true, false], 30), Some(vec![12, 18]));
        assert_eq!(fitted(&[12, 50], &[true, false], 20), Some(vec![12, 8]));
        assert_eq!(fitted(&[12, 50], &[true, false], 19), None);
        assert_eq!(fitted(&[12, 50], &[true, false], 0), None);
        assert_eq!(fitted(&[1, 2], &[true, false], 100), Some(vec![1, 2]));
        assert_eq!(fitted(&[1, 2, 3], &[false; 3], 6), Some(vec![1, 2, 3]));
    }

    #[test]
    fn without_room_for_columns_rows_are_blocks() {
        let wrapped = [
            "investor: 阿里巴巴",
            "note: 領投，持股約",
            "  百分之三十六，條款",
            "  未公開",
            "amount: 800000000",
            "",
            "investor: HongShan",
            "amount: 7",
            "",
            "investor: x␛[2Jy",
        ];
        assert_eq!(table(&example(), &narrow_layout(20, Overflow::Wrap)).lines().collect::<Vec<_>>(), wrapped);
        let cut = table(&example(), &narrow_layout(20, Overflow::Cut));
        assert!(cut.contains("\nnote: 領投，持股約…\n"), "{cut}");
    }

    #[test]
    fn amounts_are_shown_in_the_units_of_the_language() {
        let money = Money { amount: 2_500_000_000, currency: Currency::parse("CNY").ok(), qualifier: None };
        let rows = Rows { columns: vec!["a".into()], rows: vec![vec![Cell::Money(money)]] };
        let layout = Layout { language: Language::Simplified, ..Layout::default() };
        assert!(table(&rows, &layout).contains("25亿元人民币"));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(200))]

        #[test]
        fn tables_are_rectangles_and_nothing_is_too_wide(rows in testing::rows(), columns in 0usize..80, cut in any::<bool>()) {
            let overflow = if cut { Overflow::Cut } else { Overflow::Wrap };
            for layout in [Layout::default(), narrow_layout(columns, overflow)] {
                let text = table(&rows, &layout);
                let widths: Vec<usize> = text.lines().map(width).collect();
                // Only the line below the names of a table is made of these characters alone.
                let is_rule = |line: &str| line.chars().all(|c| "-+".contains(c));
                let is_table = rows.columns.is_empty() || text.lines().nth(1).is_some_and(|line| !line.is_empty() && is_rule(line));
                prop_assert!(is_table || layout.width.is_some(), "{}", text);
                if is_table {
                    prop_assert!(widths.windows(2).all(|pair| pair[0] == pair[1]), "{}", text);
                }
                if let Some(asked) = layout.width {
                    prop_assert!(widths.iter().all(|width| *width <= asked.max(NARROWEST)), "{}\n{}", asked, text);
                }
            }
        }
    }
}
