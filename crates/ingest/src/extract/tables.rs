//! Tables: rows of cells become one line each; a table whose rows are a marker and its text is the
//! list that it looks like; tables that only lay out a page do neither.
//!
//! A row is settled when it ends, and touches no line before its own, so that tables within tables
//! cost no more than their lines. Lines that are emptied on the way go at the end ([`Tables::close_all`]).

use crate::{Line, Role};

/// A cell of data has at most this many paragraphs; one with more is a column of a page. Chosen
/// on sight of schedules with notes in their cells.
const MOST_PARAGRAPHS: usize = 8;
/// The same once a table has shown by so many rows that it is one: lists of rates stage by stage.
const MOST_PARAGRAPHS_IN_ROWS: usize = 60;
const ROWS_OF_A_TABLE: usize = 2;
/// A cell of more lines is not even looked into.
const MOST_LINES: usize = 500;

/// What a table is there for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Kind {
    /// Its cells are to be read row by row.
    #[default]
    Data,
    /// The page says that it is there for its looks.
    Layout,
    /// The page says that it sets the marks of a list beside their items.
    List,
}

/// The tables that are open.
#[derive(Debug, Default)]
pub(super) struct Tables {
    open: Vec<Table>,
}

#[derive(Debug, Default)]
struct Table {
    kind: Kind,
    /// For each cell of the open row, the lines before it.
    cells: Vec<usize>,
    n_rows: usize,
    /// Rows that were read as items of a list, while nothing tells otherwise.
    items: Vec<Item>,
}

/// A row that is an item: its first line holds marker and text, and ends before `end`.
#[derive(Clone, Copy, Debug)]
struct Item {
    line: usize,
    marker_len: usize,
    end: usize,
}

impl Tables {
    /// A table begins.
    pub(super) fn open(&mut self, kind: Kind) {
        self.open.push(Table { kind, ..Table::default() });
    }

    /// The innermost table ends.
    pub(super) fn close(&mut self, lines: &mut [Line]) {
        self.end_row(lines);
        self.open.pop();
    }

    /// The text ends, and with it every table; what was emptied goes.
    pub(super) fn close_all(&mut self, lines: &mut Vec<Line>) {
        while !self.open.is_empty() {
            self.close(lines);
        }
        lines.retain(|line| !line.text.is_empty());
    }

    /// A cell begins after so many lines.
    pub(super) fn cell(&mut self, n_lines: usize) {
        if let Some(table) = self.open.last_mut() {
            table.cells.push(n_lines);
        }
    }

    /// Whether a row of data is open.
    pub(super) fn is_open_row(&self) -> bool {
        self.open.last().is_some_and(|table| table.kind != Kind::List && !table.cells.is_empty())
    }

    /// The open row is none: it was deleted.
    pub(super) fn drop_row(&mut self) {
        if let Some(table) = self.open.last_mut() {
            table.cells.clear();
        }
    }

    /// The row of the innermost table ends: its cells become one line, unless they hold what is
    /// more than words.
    pub(super) fn end_row(&mut self, lines: &mut [Line]) {
        let Some(table) = self.open.last_mut() else { return };
        let cells = std::mem::take(&mut table.cells);
        let is_row = cells.first().is_some_and(|first| *first < lines.len());
        if is_row && table.kind != Kind::Layout && cells.len() > 1 {
            table.row(&cells, lines);
        }
    }
}

impl Table {
    fn row(&mut self, cells: &[usize], lines: &mut [Line]) {
        if let Some(item) = item(cells, lines).filter(|_| self.n_rows == 0) {
            merge(item, lines);
            self.items.push(item);
        } else if self.kind == Kind::Data && is_data(cells, lines, self.n_rows >= ROWS_OF_A_TABLE) {
            for item in self.items.drain(..) {
                row_of_item(item, lines);
                self.n_rows += 1;
            }
            row_of(cells, lines);
            self.n_rows += 1;
        }
    }
}

/// The lines of each cell.
fn ranges(cells: &[usize], n_lines: usize) -> impl Iterator<Item = std::ops::Range<usize>> {
    let ends = cells.iter().skip(1).copied().chain([n_lines]);
    cells.iter().copied().zip(ends).map(|(start, end)| start..end)
}

fn is_plain(line: &Line) -> bool {
    matches!(line.role, Role::Body | Role::Item { .. } | Role::Quotation)
}

/// Whether each cell holds no more than a cell does. In a table that is one (`is_table`), a cell may
/// hold more, and a heading or a small table in it are words as well.
fn is_data(cells: &[usize], lines: &[Line], is_table: bool) -> bool {
    let most = if is_table { MOST_PARAGRAPHS_IN_ROWS } else { MOST_PARAGRAPHS };
    let may_stand = |line: &Line| {
        is_plain(line) || is_table && matches!(line.role, Role::Heading { .. } | Role::TableRow)
    };
    ranges(cells, lines.len()).all(|cell| {
        cell.len() <= MOST_LINES
            && lines.get(cell).is_some_and(|cell| {
                // A line that breaks within a paragraph does not make two of it.
                cell.iter().filter(|line| line.whole).count() <= most && cell.iter().all(may_stand)
            })
    })
}

/// The row as an item of a list, if it is a marker and then a text.
fn item(cells: &[usize], lines: &[Line]) -> Option<Item> {
    let mut filled = ranges(cells, lines.len()).filter(|cell| !cell.is_empty());
    let (marker, text) = (filled.next()?, filled.next()?);
    let is_pair = filled.next().is_none() && marker.len() == 1;
    let (first, words) = (lines.get(marker.start)?, lines.get(text.start)?);
    let is_text = is_plain(words) || matches!(words.role, Role::Heading { .. });
    let is_item = is_pair
        && is_text
        && is_plain(first)
        && is_bare_marker(&first.text)
        && words.text.contains(char::is_alphabetic)
        && !is_bare_marker(&words.text);
    is_item.then(|| Item { line: marker.start, marker_len: first.text.trim().len(), end: text.end })
}

/// Marker and text on one line, which looks as the text does.
fn merge(item: Item, lines: &mut [Line]) {
    let Some([first, words]) = lines.get_mut(item.line..item.line + 2) else { return };
    let text = [first.text.trim(), words.text.trim_start()].join(" ");
    let space_above = first.space_above;
    *first = Line { text, space_above, ..std::mem::take(words) };
}

/// An item is a row after all.
fn row_of_item(item: Item, lines: &mut [Line]) {
    let Some(line) = lines.get_mut(item.line) else { return };
    if line.text.is_char_boundary(item.marker_len) {
        let text = line.text.split_off(item.marker_len);
        line.text.push('\t');
        line.text.push_str(text.trim_start());
    }
    let words = joined(&lines[item.line..item.end.min(lines.len())]);
    put_row(words, item.line..item.end.min(lines.len()), lines);
}

fn row_of(cells: &[usize], lines: &mut [Line]) {
    let Some(first) = cells.first().copied() else { return };
    let texts: Vec<String> =
        ranges(cells, lines.len()).map(|cell| joined(&lines[cell]).replace('\t', " ")).collect();
    let text = texts.join("\t").trim_end().to_owned();
    put_row(text, first..lines.len(), lines);
}

fn joined(cell: &[Line]) -> String {
    let words: Vec<&str> =
        cell.iter().map(|line| line.text.as_str()).filter(|text| !text.is_empty()).collect();
    words.join(" ")
}

/// Puts a row in the place of these lines.
fn put_row(text: String, place: std::ops::Range<usize>, lines: &mut [Line]) {
    let Some(row) = lines.get_mut(place) else { return };
    let bold = row.iter().filter(|line| !line.text.is_empty()).all(|line| line.bold);
    let Some((first, rest)) = row.split_first_mut() else { return };
    let Line { space_above, indent, size, .. } = *first;
    *first =
        Line { text, role: Role::TableRow, space_above, indent, size, bold, whole: true, ..Line::default() };
    rest.iter_mut().for_each(|line| line.text.clear());
}

/// Longest marker, in bytes: "(xxxviii)".
const LONGEST_MARKER: usize = 12;

/// Whether a text is the marker of an item and nothing else: "(1)", "a)", "iv.", "1.2.", "—". A bare
/// number is none: most are figures or codes.
pub(super) fn is_bare_marker(text: &str) -> bool {
    let text = text.trim();
    if text.len() > LONGEST_MARKER {
        return false;
    }
    // The mark of the act that a consolidated text takes its words from.
    if text.starts_with('►') {
        return true;
    }
    let inside = text.trim_start_matches('(');
    let Some(number) = inside.strip_suffix([')', '.']) else {
        return matches!(text, "—" | "–" | "-" | "•" | "·" | "▪" | "○" | "●" | "‒" | "―" | "−");
    };
    !number.is_empty() && number.split('.').all(is_ordinal)
}

/// "12", "12a", "b", "aa", "xiv".
fn is_ordinal(part: &str) -> bool {
    let digits = part.bytes().take_while(u8::is_ascii_digit).count();
    let letters = &part[digits..];
    let is_roman = letters.bytes().all(|byte| b"ivxlcIVXLC".contains(&byte));
    let is_lettered = letters.bytes().all(|byte| byte.is_ascii_alphabetic());
    !part.is_empty() && digits <= 4 && is_lettered && (letters.len() <= 2 || digits == 0 && is_roman)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markers_stand_alone() {
        for text in ["(1)", "1.", " (a) ", "aa)", "(xviii)", "12a.", "1.2.", "—", "•"] {
            assert!(is_bare_marker(text), "{text}");
        }
        for text in ["1", "01.01", "Lamps", "(lamps)", "()", ".", "", "1.5%", "(1) Lamps"] {
            assert!(!is_bare_marker(text), "{text}");
        }
    }

    fn check(rows: &[&[&str]], expected: &[&str]) {
        let mut tables = Tables::default();
        let mut lines = Vec::new();
        tables.open(Kind::Data);
        for row in rows {
            for cell in *row {
                tables.cell(lines.len());
                let texts = cell.split('|').filter(|text| !text.is_empty());
                lines.extend(texts.map(|text| Line {
                    text: text.to_owned(),
                    whole: true,
                    ..Line::default()
                }));
            }
            tables.end_row(&mut lines);
        }
        tables.close_all(&mut lines);
        let row = |line: &Line| match line.role {
            Role::TableRow => format!("row {}", line.text),
            _ => line.text.clone(),
        };
        assert_eq!(lines.iter().map(row).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn a_marker_and_a_text_are_an_item() {
        check(&[&["(1)", "Lamps shine.|All of them."]], &["(1) Lamps shine.", "All of them."]);
        check(&[&["", "(a)", "wicks;"], &["", "(b)", "oil."]], &["(a) wicks;", "(b) oil."]);
        check(&[&["1.", "5 %"]], &["row 1.\t5 %"]);
        check(&[&["(1)", "(2)"], &["1.", "Lamps"]], &["row (1)\t(2)", "row 1.\tLamps"]);
    }

    #[test]
    fn a_table_with_other_rows_has_no_items() {
        check(
            &[&["1.", "Lamps|and wicks"], &["Kettles", "5 %"], &["2.", "Oil"]],
            &["row 1.\tLamps and wicks", "row Kettles\t5 %", "row 2.\tOil"],
        );
    }

    #[test]
    fn a_row_keeps_the_paragraphs_of_its_cells() {
        let rates = ["1 %"; 20].join("|");
        let row = format!("row 0103\t{}", ["1 %"; 20].join(" "));
        check(
            &[&["0101", "5 %|then 0"], &["0102", "free"], &["0103", &rates]],
            &["row 0101\t5 % then 0", "row 0102\tfree", &row],
        );
        let column = vec!["words"; 20];
        check(&[&["Left", &column.join("|")]], &[&["Left"], &column[..]].concat());
    }
}
