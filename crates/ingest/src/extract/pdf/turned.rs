//! Tables that run on over the page's end: the heads of their columns, which each page repeats, stand once; a
//! row that the page's end cuts in two is one.

use std::collections::HashMap;

use super::footnotes;
use super::furniture::Furniture;
use super::layout::{LaidLine, LaidPage};
use super::wrapped;

/// Heads of columns take up so many rows at most.
const HEAD_ROWS: usize = 3;

/// A line: the place of its page among the pages, and its own on the page.
type Place = (usize, usize);

/// Leaves out repeated heads, and puts rows together that a page's end cuts.
pub(super) fn settle(pages: &mut [LaidPage], furniture: &mut Furniture) {
    if !pages.iter().any(|page| page.lines.iter().any(|line| line.is_row)) {
        return;
    }
    leave_heads_once(pages, furniture);
    let mut last: Option<Place> = None;
    for page in 0..pages.len() {
        if let Some((row, at)) = last.zip(first_of_text(pages, furniture, page)) {
            join(pages, furniture, row, (page, at));
        }
        last = last_row(pages, furniture, page).or(last.filter(|_| is_empty(pages, furniture, page)));
    }
}

fn is_furniture(furniture: &Furniture, (page, at): Place) -> bool {
    furniture.pages[page].is_furniture.get(at).copied().unwrap_or(false)
}

/// The first line of a page that is part of its text.
fn first_of_text(pages: &[LaidPage], furniture: &Furniture, page: usize) -> Option<usize> {
    (0..pages[page].lines.len()).find(|at| !is_furniture(furniture, (page, *at)))
}

fn is_empty(pages: &[LaidPage], furniture: &Furniture, page: usize) -> bool {
    first_of_text(pages, furniture, page).is_none()
}

/// The row that ends the text of a page, but for notes below it.
fn last_row(pages: &[LaidPage], furniture: &Furniture, page: usize) -> Option<Place> {
    let lines = &pages[page].lines;
    let at = lines.iter().rposition(|line| line.is_row)?;
    let is_below =
        |line: &LaidLine| line.size < lines[at].size || footnotes::begins_raised(line) || line.of_chart;
    let ends_page =
        (at + 1..lines.len()).all(|below| is_furniture(furniture, (page, below)) || is_below(&lines[below]));
    (ends_page && !is_furniture(furniture, (page, at))).then_some((page, at))
}

/// Marks heads of columns as furniture where a page repeats them, and only there.
fn leave_heads_once(pages: &[LaidPage], furniture: &mut Furniture) {
    let mut heads: HashMap<&str, Place> = HashMap::new();
    let mut repeated: Vec<Place> = Vec::new();
    for (page, laid) in pages.iter().enumerate() {
        let top = first_row(laid, &furniture.pages[page].is_furniture);
        let first =
            top.and_then(|at| heads.get(laid.lines[at].text.as_str()).copied().map(|first| (at, first)));
        if let Some((at, first)) = first {
            let n = n_repeated(&pages[first.0].lines[first.1..], &laid.lines[at..]);
            repeated.extend((0..n).map(|step| (page, at + step)));
            // The first ones may have been taken for a running head.
            (0..n).for_each(|step| furniture.pages[first.0].is_furniture[first.1 + step] = false);
        }
        for at in (0..laid.lines.len()).filter(|at| heads_columns(&laid.lines, *at)) {
            heads.entry(&laid.lines[at].text).or_insert((page, at));
        }
    }
    for (page, at) in repeated {
        furniture.pages[page].is_furniture[at] = true;
    }
}

/// The first line of a page that is no running head, or looks like one, if it is a row.
fn first_row(page: &LaidPage, is_furniture: &[bool]) -> Option<usize> {
    let at =
        page.lines.iter().zip(is_furniture).position(|(line, is_furniture)| line.is_row || !is_furniture)?;
    page.lines[at].is_row.then_some(at)
}

/// Whether a row begins a table, with words in all its cells and rows of as many cells or more below it.
fn heads_columns(lines: &[LaidLine], at: usize) -> bool {
    let line = &lines[at];
    let is_first = at == 0 || !lines[at - 1].is_row;
    let goes_on = lines.get(at + 1).is_some_and(|next| next.is_row && next.cells.len() > 1);
    // Columns may be headed by years, behind two that are headed by words.
    let is_year = |cell: &str| cell.len() == 4 && cell.bytes().all(|byte| byte.is_ascii_digit());
    let are_words = || {
        let mut cells = line.text.split('\t').enumerate();
        cells.all(|(at, cell)| cell.contains(char::is_alphabetic) || at > 1 && is_year(cell))
    };
    line.is_row && is_first && goes_on && line.cells.len() > 1 && are_words()
}

/// How many rows that head columns say the same as the first ones did.
fn n_repeated(first: &[LaidLine], again: &[LaidLine]) -> usize {
    let pairs = first.iter().zip(again).take(HEAD_ROWS);
    pairs.take_while(|(one, other)| one.is_row && other.is_row && one.text == other.text).count()
}

/// Puts the rest of a row, which begins the next page below no code of its own, at the end of it.
fn join(pages: &mut [LaidPage], furniture: &mut Furniture, row: Place, rest: Place) {
    let (above, below) = (&pages[row.0].lines[row.1], &pages[rest.0].lines[rest.1]);
    let Some(columns) = goes_on_in(above, below) else { return };
    let below = pages[rest.0].lines.remove(rest.1);
    furniture.pages[rest.0].is_furniture.remove(rest.1);
    let bounds = pages[row.0].lines[row.1].bounds;
    let above = &mut pages[row.0].lines[row.1];
    wrapped::add(above, &below, &columns);
    // Its place is where it begins.
    above.bounds = bounds;
}

/// Which cells of a row go on in those of a line, of which none stands in the first column.
fn goes_on_in(row: &LaidLine, line: &LaidLine) -> Option<Vec<usize>> {
    let n_cells = |line: &LaidLine| line.text.split('\t').count();
    let is_whole = line.is_row && n_cells(row) == row.cells.len() && n_cells(line) == line.cells.len();
    if !is_whole || line.angle != row.angle || line.left <= row.cells.first()?.right {
        return None;
    }
    let columns: Vec<usize> =
        line.cells.iter().map(|cell| wrapped::column_of(row, cell)).collect::<Option<_>>()?;
    let texts: Vec<&str> = row.text.split('\t').collect();
    let is_order = columns.first() > Some(&0) && columns.windows(2).all(|pair| pair[0] < pair[1]);
    let go_on = columns.iter().zip(line.text.split('\t')).any(|(&column, piece)| {
        wrapped::is_left_open(texts[column])
            || texts[column].ends_with([':', ';'])
            || piece.starts_with(char::is_lowercase)
    });
    (is_order && go_on).then_some(columns)
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::super::tests::{read, shown_pages};
    use super::super::writer::{Sheet, pdf};

    /// Pages of a table with three columns that rules part: each row is 30 points high, and a cell may have
    /// two lines.
    #[track_caller]
    fn check(pages: &[&[[&str; 3]]], expected: &Expect) {
        let sheets: Vec<Sheet> = pages.iter().map(|rows| sheet(rows)).collect();
        expected.assert_eq(&shown_pages(&read(&pdf(&sheets)).expect("the pages have text")));
    }

    fn sheet(rows: &[[&str; 3]]) -> Sheet {
        let mut sheet = Sheet::default();
        let foot = 700.0 - 30.0 * rows.len() as f32;
        for x in [60.0, 140.0, 300.0, 500.0] {
            sheet = sheet.raw(&format!("{x} 700 0.5 {} re f", foot - 700.0));
        }
        for (row, step) in rows.iter().zip(0u8..) {
            let y = 700.0 - 30.0 * f32::from(step);
            sheet = sheet.raw(&format!("60 {y} m 500 {y} l S"));
            for (cell, x) in row.iter().zip([64.0, 144.0, 304.0]) {
                for (line, step) in cell.split('|').zip(0u8..) {
                    sheet = sheet.text(x, y - 12.0 - 11.0 * f32::from(step), line);
                }
            }
        }
        sheet.raw(&format!("60 {foot} m 500 {foot} l S"))
    }

    const HEADS: [&str; 3] = ["Code", "Kind of lamp", "How it is made"];

    #[test]
    fn heads_of_columns_stand_once() {
        check(
            &[&[HEADS, ["0405.10", "Shades", "Blown"]], &[HEADS, ["0405.20", "Wicks", "Woven"]]],
            &expect![[r#"
            -- page 1
            # Code | Kind of lamp | How it is made
            # 0405.10 | Shades | Blown
            -- page 2
            ~ Code Kind of lamp How it is made
            # 0405.20 | Wicks | Woven
        "#]],
        );
    }

    #[test]
    fn a_row_goes_on_over_the_end_of_its_page() {
        check(
            &[
                &[HEADS, ["0405.10", "Shades, whether or|not of glass,", "Made of parts or"]],
                &[HEADS, ["", "of paper", ""], ["0405.20", "Wicks", "Woven"]],
            ],
            &expect![[r#"
            -- page 1
            # Code | Kind of lamp | How it is made
            # 0405.10 | Shades, whether or not of glass, of paper | Made of parts or
            -- page 2
            ~ Code Kind of lamp How it is made
            # 0405.20 | Wicks | Woven
        "#]],
        );
    }

    #[test]
    fn heads_of_columns_may_be_years() {
        let heads = ["Code", "Kind of lamp", "2051"];
        check(
            &[&[heads, ["0405.10", "Shades", "12"]], &[heads, ["0405.20", "Wicks", "14"]]],
            &expect![[r#"
                -- page 1
                # Code | Kind of lamp | 2051
                # 0405.10 | Shades | 12
                -- page 2
                ~ Code Kind of lamp 2051
                # 0405.20 | Wicks | 14
            "#]],
        );
    }

    #[test]
    fn the_rest_of_a_row_may_be_all_that_a_page_has() {
        check(
            &[
                &[HEADS, ["0405.10", "Shades", "Made of parts, or of:"]],
                &[HEADS, ["", "", "- glass; or|- paper;"]],
                &[HEADS, ["0405.20", "Wicks", "Woven"]],
            ],
            &expect![[r#"
                -- page 1
                # Code | Kind of lamp | How it is made
                # 0405.10 | Shades | Made of parts, or of: - glass; or - paper;
                -- page 2
                ~ Code Kind of lamp How it is made
                -- page 3
                ~ Code Kind of lamp How it is made
                # 0405.20 | Wicks | Woven
            "#]],
        );
    }

    #[test]
    fn a_row_that_is_whole_does_not_go_on() {
        check(
            &[
                &[HEADS, ["0405.10", "Shades", "Blown"]],
                &[["", "Other shades", "Cut"], ["0405.20", "Wicks", "Woven"]],
            ],
            &expect![[r#"
            -- page 1
            # Code | Kind of lamp | How it is made
            # 0405.10 | Shades | Blown
            -- page 2
            # Other shades | Cut
            # 0405.20 | Wicks | Woven
        "#]],
        );
    }
}
