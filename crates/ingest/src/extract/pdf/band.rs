//! Rows of a tariff that rules part into columns, but not into rows: a row begins with a code, or with the dashes
//! that show the rank of a product, and its words and its rates may take up several lines.

use super::fragment::Fragment;
use super::grid::{self, GridRow};
use super::order::Row;

/// So many lines have figures left of the words at least; fewer are no list of codes.
const FEWEST_CODES: usize = 3;
/// Lines of one row stand no more than so many ems apart.
const PITCH: f32 = 1.75;
/// A column of words has so many letters a line, in the average.
const WORDS: u32 = 8;

/// A line of a band: the fragments in each of its columns.
struct Line {
    baseline: f32,
    size: f32,
    cells: Vec<(usize, Row)>,
}

impl Line {
    fn cell(&self, column: usize) -> Option<&Row> {
        self.cells.iter().find(|(own, _)| *own == column).map(|(_, cell)| cell)
    }

    fn is_filled(&self, columns: impl Fn(usize) -> bool) -> bool {
        self.cells.iter().any(|(column, _)| columns(*column))
    }
}

/// The rows of what stands between two rules, as fragments by column; `None` if it is no list of codes.
pub(super) fn rows(band: &[(usize, Row)], fragments: &[Fragment]) -> Option<Vec<GridRow>> {
    let lines = lines(band, fragments);
    let words = column_of_words(band, fragments)?;
    let has_code = |line: &Line| {
        let mut keys = line.cells.iter().filter(|(column, _)| *column < words);
        keys.any(|(_, cell)| cell.iter().any(|&at| grid::is_figure(&fragments[at as usize])))
    };
    if lines.iter().filter(|line| has_code(line)).count() < FEWEST_CODES {
        return None;
    }
    let mut rows: Vec<GridRow> = Vec::new();
    let mut columns: Vec<usize> = Vec::new();
    let mut last: Option<&Line> = None;
    for line in &lines {
        let goes_on = last.is_some_and(|last| {
            let has_values = columns.iter().any(|column| *column > words);
            goes_on(line, last, words, has_values, fragments)
        });
        if !goes_on {
            columns.clear();
            rows.push(GridRow::default());
        }
        let row = rows.last_mut()?;
        for (column, cell) in &line.cells {
            let at = columns.partition_point(|own| own < column);
            if columns.get(at) == Some(column) {
                row.cells[at].extend(cell);
            } else {
                columns.insert(at, *column);
                row.cells.insert(at, cell.clone());
            }
        }
        last = Some(line);
    }
    Some(rows)
}

/// Whether a line goes on with the row of the line above it.
fn goes_on(line: &Line, above: &Line, words: usize, has_values: bool, fragments: &[Fragment]) -> bool {
    let is_near = line.baseline - above.baseline < PITCH * line.size.max(above.size);
    let has_key = line.is_filled(|column| column < words);
    let Some(own) = line.cell(words) else { return !has_key || is_near };
    // The rest of a code that is wrapped stands beside the rest of its description.
    let is_rest = is_near && has_values && fragments[own[0] as usize].starts_small();
    if has_key && (!is_rest || line.is_filled(|column| column > words)) {
        return false;
    }
    let first = own.first().and_then(|&at| fragments[at as usize].first.single());
    let is_entry = first.is_some_and(|first| "-–—−•·".contains(first));
    is_near && !is_entry && !(has_values && line.is_filled(|column| column > words))
}

/// The lines of a band, from the top.
fn lines(band: &[(usize, Row)], fragments: &[Fragment]) -> Vec<Line> {
    let mut all: Vec<(usize, u32)> =
        band.iter().flat_map(|(column, cell)| cell.iter().map(|at| (*column, *at))).collect();
    let fragment = |at: u32| &fragments[at as usize];
    all.sort_by(|a, b| fragment(a.1).baseline.total_cmp(&fragment(b.1).baseline));
    let mut lines: Vec<Line> = Vec::new();
    let mut first: Option<u32> = None;
    for (column, at) in all {
        if !first.is_some_and(|first| fragment(first).is_level_with(fragment(at))) {
            let Fragment { baseline, size, .. } = *fragment(at);
            lines.push(Line { baseline, size, cells: Vec::new() });
            first = Some(at);
        }
        let Some(line) = lines.last_mut() else { continue };
        line.size = line.size.max(fragment(at).size);
        match line.cells.iter_mut().find(|(own, _)| *own == column) {
            Some((_, cell)) => cell.push(at),
            None => line.cells.push((column, vec![at])),
        }
    }
    for (_, cell) in lines.iter_mut().flat_map(|line| &mut line.cells) {
        cell.sort_by(|&a, &b| fragment(a).left.total_cmp(&fragment(b).left));
    }
    lines
}

/// The column of the most letters, if it is one of words with others to its left.
fn column_of_words(band: &[(usize, Row)], fragments: &[Fragment]) -> Option<usize> {
    let n_letters =
        |cell: &Row| cell.iter().map(|&at| fragments[at as usize].n_letters).fold(0, u32::saturating_add);
    let (column, cell) = band.iter().max_by_key(|(_, cell)| n_letters(cell))?;
    let has_codes = band.iter().any(|(own, _)| own < column);
    (has_codes && n_letters(cell) > WORDS.saturating_mul(cell.len() as u32)).then_some(*column)
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::super::tests::{read, shown_pages};
    use super::super::writer::{Sheet, pdf};

    const COLUMNS: [f32; 6] = [62.0, 80.0, 130.0, 160.0, 190.0, 440.0];

    /// A tariff drawn column by column between rules, with lines of these heights.
    #[track_caller]
    fn check(lines: &[(f32, [&str; 6])], expected: &Expect) {
        let mut sheet = Sheet::default();
        for x in [60.0, 76.0, 126.0, 156.0, 186.0, 436.0, 500.0] {
            sheet = sheet.raw(&format!("{x} 400 0.5 340 re f"));
        }
        sheet = sheet.raw("60 740 440 0.5 re f").raw("60 700 440 0.5 re f");
        sheet = sheet
            .text(90.0, 715.0, "Code")
            .text(200.0, 715.0, "Lamps and kettles")
            .text(440.0, 715.0, "Duty");
        for (column, x) in COLUMNS.iter().enumerate() {
            for (y, cells) in lines.iter().filter(|(_, cells)| !cells[column].is_empty()) {
                sheet = sheet.sized(*x, *y, 8.0, cells[column]);
            }
        }
        expected.assert_eq(&shown_pages(&read(&pdf(&[sheet])).expect("the page has text")));
    }

    #[test]
    fn a_row_begins_with_a_code_or_with_dashes() {
        check(
            &[
                (685.0, ["", "94.05", "", "", "Lamps of the guild, with their wicks, and", ""]),
                (675.0, ["", "", "", "", "shades of glass.", ""]),
                (660.0, ["5", "9405.10", "00", "00", "- Of brass", "2,5"]),
                (640.0, ["", "9405.20", "", "", "- Of tin", ""]),
                (630.0, ["5", "", "10", "00", "- - - lit by oil of rape or by other", ""]),
                (620.0, ["", "", "", "", "oil", "30"]),
                (610.0, ["", "", "", "", "- - - others:", ""]),
                (600.0, ["8", "", "90", "00", "- - - - lit by wax", "10"]),
            ],
            &expect![[r#"
                -- page 1
                # Code | Lamps and kettles | Duty
                # 94.05 | Lamps of the guild, with their wicks, and shades of glass.
                # 5 | 9405.10 | 00 | 00 | - Of brass | 2,5
                # 9405.20 | - Of tin
                # 5 | 10 | 00 | - - - lit by oil of rape or by other oil | 30
                # - - - others:
                # 8 | 90 | 00 | - - - - lit by wax | 10
            "#]],
        );
    }

    #[test]
    fn columns_of_words_and_figures_are_no_list_of_codes() {
        check(
            &[
                (685.0, ["", "Upper lock", "", "", "Lamps of the guild of the upper lock", "12"]),
                (675.0, ["", "Lower lock", "", "", "Lamps of the guild of the lower lock", "14"]),
                (665.0, ["", "Mill", "", "", "Lamps of the mill", "15"]),
            ],
            &expect![[r#"
                -- page 1
                # Code | Lamps and kettles | Duty
                # Upper lock | Lamps of the guild of the upper lock | 12
                # Lower lock | Lamps of the guild of the lower lock | 14
                # Mill | Lamps of the mill | 15
            "#]],
        );
    }
}
