//! Tables: rows of cells become one line each; tables that only lay out a page do not.

use crate::{Line, Role};

/// A cell of data has at most this many paragraphs; one with more is a column of a page. Chosen
/// on sight of schedules with notes in their cells.
const MOST_PARAGRAPHS: usize = 8;

/// The tables that are open.
#[derive(Debug, Default)]
pub(super) struct Tables {
    open: Vec<Table>,
}

#[derive(Debug, Default)]
struct Table {
    /// For each cell of the open row, the lines before it.
    cells: Vec<usize>,
    /// Whether the page says that it is there for its looks.
    is_layout: bool,
}

impl Tables {
    /// A table begins.
    pub(super) fn open(&mut self, is_layout: bool) {
        self.open.push(Table { cells: Vec::new(), is_layout });
    }

    /// The innermost table ends.
    pub(super) fn close(&mut self) {
        self.open.pop();
    }

    /// A cell begins after so many lines.
    pub(super) fn cell(&mut self, n_lines: usize) {
        if let Some(table) = self.open.last_mut() {
            table.cells.push(n_lines);
        }
    }

    /// The row of the innermost table ends: its cells become one line, unless they hold what is
    /// more than words.
    pub(super) fn end_row(&mut self, lines: &mut Vec<Line>) {
        let Some(table) = self.open.last_mut() else { return };
        let cells = std::mem::take(&mut table.cells);
        let Some(first) = cells.first().copied().filter(|first| *first < lines.len()) else { return };
        if cells.len() < 2 || table.is_layout || !is_data(lines, &cells) {
            return;
        }
        let row = row_of(&lines[first..], &cells, first);
        lines.truncate(first);
        lines.push(row);
    }
}

fn ends<'a>(cells: &'a [usize], n_lines: usize) -> impl Iterator<Item = (usize, usize)> + 'a {
    let ends = cells.iter().skip(1).copied().chain([n_lines]);
    cells.iter().copied().zip(ends)
}

fn is_data(lines: &[Line], cells: &[usize]) -> bool {
    let is_plain = |line: &Line| matches!(line.role, Role::Body | Role::Item { .. } | Role::Quotation);
    ends(cells, lines.len()).all(|(start, end)| {
        let cell = lines.get(start..end);
        cell.is_some_and(|cell| cell.len() <= MOST_PARAGRAPHS && cell.iter().all(is_plain))
    })
}

fn row_of(row: &[Line], cells: &[usize], first: usize) -> Line {
    let texts: Vec<String> = ends(cells, first + row.len())
        .map(|(start, end)| {
            let words: Vec<&str> =
                row[start - first..end - first].iter().map(|line| line.text.as_str()).collect();
            words.join(" ").replace('\t', " ")
        })
        .collect();
    let text = texts.join("\t").trim_end().to_owned();
    let bold = row.iter().all(|line| line.bold);
    let first = row.first().cloned().unwrap_or_default();
    let Line { space_above, indent, size, .. } = first;
    Line { text, role: Role::TableRow, space_above, indent, size, bold, whole: true, ..Line::default() }
}
