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
/// A column of text is not made narrower than this while there is another way.
const NARROW: usize = 8;
/// No column is made narrower than this: the widest single characters fit.
const NARROWEST: usize = 3;

/// Writes `rows` as a table of lines of equal display width.
///
/// Numbers stand on the right. When `layout` has a width that the table exceeds, the widest columns of text give way
/// first, then all; a table with very many columns is still wider. Control characters are made harmless.
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
        fit(&mut widths, &numeric, room);
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
            .map(|(text, width)| match self.overflow {
                Overflow::Wrap => wrap(text, *width),
                Overflow::Cut => vec![cut(text, *width)],
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
                write!(out, "{:left$}{text}{:right$}", "", "")?;
            }
            out.write_all(b"\n")?;
        }
        Ok(())
    }
}

/// Narrows columns until they take at most `room` together, or none can be narrowed further.
fn fit(widths: &mut [usize], numeric: &[bool], room: usize) {
    let text: Vec<bool> = numeric.iter().map(|numeric| !numeric).collect();
    let all = vec![true; widths.len()];
    for (may_shrink, floor) in [(&text, NARROW), (&text, NARROWEST), (&all, NARROWEST)] {
        if widths.iter().sum::<usize>() <= room {
            return;
        }
        narrow(widths, may_shrink, floor, room);
    }
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
            fit(&mut widths, numeric, room);
            widths
        };
        assert_eq!(fitted(&[5, 50, 60], &[false; 3], 40), [5, 18, 17]);
        assert_eq!(fitted(&[12, 50], &[true, false], 30), [12, 18]);
        assert_eq!(fitted(&[12, 50], &[true, false], 17), [12, 5]);
        assert_eq!(fitted(&[12, 50], &[true, false], 10), [7, 3]);
        assert_eq!(fitted(&[12, 50], &[true, false], 0), [3, 3]);
        assert_eq!(fitted(&[1, 2], &[true, false], 100), [1, 2]);
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
        fn all_lines_are_equally_wide(rows in testing::rows(), columns in 0usize..80, cut in any::<bool>()) {
            let overflow = if cut { Overflow::Cut } else { Overflow::Wrap };
            for layout in [Layout::default(), narrow_layout(columns, overflow)] {
                let text = table(&rows, &layout);
                let widths: Vec<usize> = text.lines().map(width).collect();
                prop_assert!(widths.windows(2).all(|pair| pair[0] == pair[1]), "{}", text);
                let least = rows.columns.len() * (NARROWEST + SEPARATOR.len());
                if let (Some(width), Some(asked)) = (widths.first(), layout.width) {
                    prop_assert!(*width <= asked.max(least), "{} > {}\n{}", width, asked, text);
                }
            }
        }
    }
}
