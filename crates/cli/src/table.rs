//! Tables: aligned for people, CSV for spreadsheets.

use crate::print::{harmless, harmless_line};

/// Columns between two cells.
const GAP: &str = "  ";

/// Rows as CSV. A cell that a spreadsheet would run as a formula gets an apostrophe in front
/// (OWASP, "CSV injection").
pub(crate) fn csv(header: &[&str], rows: &[Vec<String>]) -> anyhow::Result<Vec<u8>> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(header)?;
    let mut table = writer.into_inner()?;
    table.extend(csv_rows(rows)?);
    Ok(table)
}

/// The same without a header: more rows of a table.
pub(crate) fn csv_rows(rows: &[Vec<String>]) -> anyhow::Result<Vec<u8>> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for row in rows {
        writer.write_record(row.iter().map(|cell| chapeau_web::without_formula(&harmless(cell))))?;
    }
    Ok(writer.into_inner()?)
}

/// Rows as lines with aligned columns; the last column takes the width that is left.
pub(crate) fn aligned(rows: &[Vec<String>], width: usize) -> Vec<String> {
    let rows: Vec<Vec<String>> =
        rows.iter().map(|row| row.iter().map(|cell| harmless_line(cell)).collect()).collect();
    let n_columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let longest =
        |column: usize| rows.iter().filter_map(|row| row.get(column)).map(|cell| columns(cell)).max();
    let widths: Vec<usize> = (0..n_columns).map(|column| longest(column).unwrap_or(0)).collect();
    rows.iter().map(|row| aligned_row(row, &widths, width)).collect()
}

fn aligned_row(row: &[String], widths: &[usize], width: usize) -> String {
    let mut line = String::new();
    for (column, cell) in row.iter().enumerate() {
        if column + 1 == row.len() {
            line.push_str(&cut(cell, width.saturating_sub(columns(&line)).max(20)));
        } else {
            line.push_str(cell);
            line.push_str(&" ".repeat(widths[column] - columns(cell)));
            line.push_str(GAP);
        }
    }
    line.trim_end().to_owned()
}

/// Columns that a text takes. Letters of double width and combining marks are not known here: a
/// wrong guess costs a ragged line.
pub(crate) fn columns(text: &str) -> usize {
    text.chars().count()
}

/// At most so many columns of a text, an ellipsis included where something is left out.
pub(crate) fn cut(text: &str, width: usize) -> String {
    if columns(text) <= width {
        return text.to_owned();
    }
    let kept: String = text.chars().take(width.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula() {
        let rows = [vec!["=1+1".to_owned(), "a,\"b\"".to_owned(), "@x".to_owned()]];
        let csv = csv(&["a", "b", "c"], &rows).expect("a vector takes every row");
        assert_eq!(String::from_utf8_lossy(&csv), "a,b,c\n'=1+1,\"a,\"\"b\"\"\",'@x\n");
    }

    #[test]
    fn columns_line_up_and_the_last_is_cut() {
        let row = |cells: [&str; 2]| cells.map(str::to_owned).to_vec();
        let lines = aligned(&[row(["a", "x"]), row(["long", "yes, a very long cell it is"])], 27);
        assert_eq!(lines, ["a     x", "long  yes, a very long cel…"]);
    }
}
