//! Tables without rules that are drawn column by column: names under each other, and then the figures that
//! stand beside them.

use super::fragment::Fragment;
use super::grid;
use super::order::Row;
use super::table::Part;

/// A column has so many lines at least; fewer may stand level by chance.
const FEWEST_LINES: usize = 5;
/// Of so many lines of a column of figures, one may be words: "to come".
const FIGURES_PER_WORD: usize = 5;
/// Lines of one column begin within this many points of each other, and no more than so many ems apart.
const SAME_LEFT: f32 = 2.0;
const PITCH: f32 = 3.5;
/// Most figures of the number of a page.
const PAGE_FIGURES: u32 = 3;
/// A cell of the first column has so many lines at most.
const CELL_LINES: usize = 3;

/// Lines in the order given, those of columns beside each other as rows.
pub(super) fn parts(rows: &[Row], fragments: &[Fragment]) -> Vec<Part> {
    let mut parts = Vec::with_capacity(rows.len());
    let mut runs = rows.chunk_by(|above, below| is_below(above, below, fragments)).peekable();
    while let Some(first) = runs.next() {
        let mut columns: Vec<&[Row]> = vec![first];
        while let Some(next) =
            runs.next_if(|next| stands_beside(columns[columns.len() - 1], first, next, fragments))
        {
            columns.push(next);
        }
        match columns.as_slice() {
            [first] => parts.extend(first.iter().cloned().map(Part::Line)),
            columns => put_rows(columns, fragments, &mut parts),
        }
    }
    parts
}

fn start<'f>(row: &Row, fragments: &'f [Fragment]) -> Option<&'f Fragment> {
    row.first().and_then(|&at| fragments.get(at as usize))
}

fn end<'f>(row: &Row, fragments: &'f [Fragment]) -> Option<&'f Fragment> {
    row.last().and_then(|&at| fragments.get(at as usize))
}

/// Whether a line goes on with the column of the line before it.
fn is_below(above: &Row, below: &Row, fragments: &[Fragment]) -> bool {
    start(above, fragments).zip(start(below, fragments)).is_some_and(|(above, below)| {
        let step = below.baseline - above.baseline;
        above.angle == below.angle
            && (above.left - below.left).abs() < SAME_LEFT
            && step > 0.0
            && step < PITCH * above.size
    })
}

/// Whether a column of figures stands right of another, each of its lines level with one of the first column.
fn stands_beside(left: &[Row], first: &[Row], column: &[Row], fragments: &[Fragment]) -> bool {
    let n_figures = || column.iter().filter(|row| is_figure(row, fragments)).count();
    let right = || left.iter().filter_map(|row| end(row, fragments)).map(|end| end.right);
    let is_right =
        || start(&column[0], fragments).is_some_and(|start| right().all(|right| right < start.left));
    column.len() >= FEWEST_LINES
        && first.len() >= column.len()
        && FIGURES_PER_WORD * (column.len() - n_figures()) <= column.len()
        && is_right()
        && level_with(first, column, fragments).len() == column.len()
}

fn is_figure(row: &Row, fragments: &[Fragment]) -> bool {
    row.iter().all(|&at| fragments.get(at as usize).is_some_and(grid::is_figure))
}

/// For each line of a column, the line of the first column that it is level with; fewer where one has none.
fn level_with(first: &[Row], column: &[Row], fragments: &[Fragment]) -> Vec<usize> {
    let mut at = 0;
    let mut found = Vec::with_capacity(column.len());
    for row in column {
        let is_level = |own: &Row| {
            start(own, fragments).zip(start(row, fragments)).is_some_and(|(own, row)| own.is_level_with(row))
        };
        let Some(step) = first[at..].iter().position(is_level) else { break };
        found.push(at + step);
        at += step + 1;
    }
    found
}

/// Puts columns beside each other. A line of the first that has nothing beside it begins the cell of the next
/// that has, or is a line of its own.
fn put_rows(columns: &[&[Row]], fragments: &[Fragment], parts: &mut Vec<Part>) {
    let Some((first, rest)) = columns.split_first() else { return };
    let mut cells: Vec<Vec<Row>> = vec![Vec::new(); first.len()];
    for column in rest {
        for (row, at) in column.iter().zip(level_with(first, column, fragments)) {
            cells[at].push(row.clone());
        }
    }
    let mut open: Vec<Row> = Vec::new();
    for (row, beside) in first.iter().zip(cells) {
        open.push(row.clone());
        if !beside.is_empty() {
            let whole = open.len().saturating_sub(CELL_LINES);
            parts.extend(open.drain(..whole).map(Part::Line));
            let is_entry =
                beside.iter().flatten().all(|&at| fragments[at as usize].n_letters <= PAGE_FIGURES);
            let name: Row = open.drain(..).flatten().collect();
            // With a number no longer than that of a page it may be an entry of a list of contents, and a line
            // is as good as one that was drawn so.
            parts.push(if is_entry {
                Part::Line(std::iter::once(name).chain(beside).flatten().collect())
            } else {
                Part::TableRow(std::iter::once(name).chain(beside).collect())
            });
        }
    }
    parts.extend(open.into_iter().map(Part::Line));
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::super::tests::{read, shown_pages};
    use super::super::writer::{Sheet, pdf};

    /// Columns one after the other; an empty line leaves its place free.
    #[track_caller]
    fn check(columns: &[(f32, &[&str])], expected: &Expect) {
        let mut sheet = Sheet::default();
        for (x, lines) in columns {
            for (line, step) in lines.iter().zip(0u8..).filter(|(line, _)| !line.is_empty()) {
                sheet = sheet.text(*x, 700.0 - 12.0 * f32::from(step), line);
            }
        }
        expected.assert_eq(&shown_pages(&read(&pdf(&[sheet])).expect("the page has text")));
    }

    #[test]
    fn names_and_the_figures_beside_them_are_rows() {
        check(
            &[
                (60.0, &["Upper Lock", "Lower Lock", "Old Guild of Lamps and", "Wicks", "Mill", "Weir"]),
                (240.0, &["10-05-2041", "11-05-2041", "", "02-06-2041", "03-06-2041", "to come"]),
            ],
            &expect![[r#"
            -- page 1
            # Upper Lock | 10-05-2041
            # Lower Lock | 11-05-2041
            # Old Guild of Lamps and Wicks | 02-06-2041
            # Mill | 03-06-2041
            # Weir | to come
        "#]],
        );
    }

    #[test]
    fn entries_stand_beside_their_pages() {
        check(
            &[
                (60.0, &["Lamps", "Wicks and oil", "Kettles", "Shades", "Guilds"]),
                (500.0, &["3", "4", "9", "12", "40"]),
            ],
            &expect![[r#"
            -- page 1
            # Lamps | 3
            # Wicks and oil | 4
            # Kettles | 9
            # Shades | 12
            # Guilds | 40
        "#]],
        );
    }

    #[test]
    fn columns_of_words_stay_as_they_are_drawn() {
        check(
            &[
                (60.0, &["Lamps", "Wicks", "Oil", "Kettles", "Shades"]),
                (240.0, &["of brass", "of wool", "of rape", "of tin", "of glass"]),
            ],
            &expect![[r#"
            -- page 1
            Lamps
            Wicks
            Oil
            Kettles
            Shades
            of brass
            of wool
            of rape
            of tin
            of glass
        "#]],
        );
    }
}
