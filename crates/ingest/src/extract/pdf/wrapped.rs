//! Tables without rules: rows that are borne out by others near them, and the further lines of their cells.

use super::layout::{self, Cell, LaidLine};

/// Cells of one column stand above each other within this many points, at one of their edges.
const EDGE: f32 = 4.0;
/// How many lines before and after a row may show that it is one.
const NEIGHBOURS: usize = 8;
/// A row has so many cells; it is borne out by another that shares so many of their edges.
const FEWEST_CELLS: usize = 3;
const SHARED_EDGES: usize = 2;
/// A line of a cell follows the one above within so many ems.
const STEP: std::ops::Range<f32> = 0.7..1.6;

/// Takes the further lines of cells into the rows that they belong to.
pub(super) fn take_in(lines: Vec<LaidLine>) -> Vec<LaidLine> {
    let mut is_row: Vec<bool> = (0..lines.len()).map(|at| is_row(&lines, at)).collect();
    for at in 0..lines.len() {
        is_row[at] |= opens_group(&lines, &is_row, at);
    }
    let mut taken: Vec<LaidLine> = Vec::with_capacity(lines.len());
    // The baseline of the last line of the row that may go on.
    let mut open: Option<f32> = None;
    for (line, is_row) in lines.into_iter().zip(is_row) {
        if let (Some(foot), false, Some(row)) = (open, is_row, taken.last_mut())
            && let Some(columns) = columns_of(row, &line, foot)
        {
            open = Some(line.baseline);
            add(row, &line, &columns);
            continue;
        }
        open = is_row.then_some(line.baseline);
        let is_row = line.is_row || is_row && line.cells.iter().filter(|cell| cell.is_wide).count() > 0;
        taken.push(LaidLine { is_row, ..line });
    }
    taken
}

/// Whether a line has cells above or below those of another.
fn is_row(lines: &[LaidLine], at: usize) -> bool {
    let line = &lines[at];
    if line.cells.len() < FEWEST_CELLS || line.is_row || line.angle != 0 || is_stretched(line) {
        return false;
    }
    neighbours(lines, at).any(|other| shares_edges(line, &lines[other]))
}

/// Whether a line is a sentence or a title that was stretched to its measure: single words, small ones among
/// them.
pub(super) fn is_stretched(line: &LaidLine) -> bool {
    const FEWEST: usize = 5;
    const SMALL: [&str; 16] =
        ["of", "the", "to", "and", "in", "for", "de", "la", "du", "des", "et", "en", "les", "del", "y", "el"];
    let is_word = |cell: &str| cell.chars().all(|c| c.is_alphabetic() || "()'’,.-".contains(c));
    let small = |cell: &&str| SMALL.iter().any(|word| cell.eq_ignore_ascii_case(word));
    line.cells.len() >= FEWEST
        && line.text.split('\t').all(is_word)
        && line.text.split('\t').filter(small).take(2).count() == 2
}

fn neighbours(lines: &[LaidLine], at: usize) -> impl Iterator<Item = usize> + use<> {
    let range = at.saturating_sub(NEIGHBOURS)..(at + NEIGHBOURS + 1).min(lines.len());
    range.filter(move |other| *other != at)
}

/// Whether a line has only a code and a description, each where rows near it have theirs: it heads the
/// rows that follow.
fn opens_group(lines: &[LaidLine], is_row: &[bool], at: usize) -> bool {
    let line = &lines[at];
    let [first, second] = line.cells.as_slice() else { return false };
    let heads = |row: &LaidLine| {
        let starts = |cell: &Cell, own: &Cell| (cell.left - own.left).abs() < EDGE;
        row.angle == line.angle
            && row.cells.first().is_some_and(|cell| starts(cell, first))
            && row.cells.iter().skip(1).any(|cell| starts(cell, second))
    };
    second.is_wide
        && !line.is_row
        && line.text.starts_with(|c: char| c.is_ascii_digit())
        && neighbours(lines, at).any(|other| is_row[other] && heads(&lines[other]))
}

fn shares_edges(one: &LaidLine, other: &LaidLine) -> bool {
    let is_near = |a: f32, b: f32| (a - b).abs() < EDGE;
    let is_shared = |cell: &&Cell| {
        other.cells.iter().skip(1).any(|o| is_near(cell.left, o.left) || is_near(cell.right, o.right))
    };
    one.angle == other.angle && one.cells.iter().skip(1).filter(is_shared).count() >= SHARED_EDGES
}

/// Which cells of a row the cells of a line go on with; `None` if it is no part of the row.
fn columns_of(row: &LaidLine, line: &LaidLine, foot: f32) -> Option<Vec<usize>> {
    let first = row.cells.first()?;
    let follows = line.angle == row.angle
        && (line.size - row.size).abs() < 0.15 * row.size
        && STEP.contains(&((line.baseline - foot) / row.size))
        && line.left > first.right
        && 2 * line.cells.len() <= row.cells.len();
    if !follows {
        return None;
    }
    let texts: Vec<&str> = row.text.split('\t').collect();
    let pieces: Vec<&str> = line.text.split('\t').collect();
    if texts.len() != row.cells.len() || pieces.len() != line.cells.len() {
        return None;
    }
    let columns = line.cells.iter().map(|cell| column_of(row, cell));
    let columns: Vec<usize> = columns.collect::<Option<_>>()?;
    let is_order = columns.windows(2).all(|pair| pair[0] < pair[1]);
    let go_on = columns.iter().zip(&pieces).all(|(&column, piece)| goes_on(texts[column], piece));
    (is_order && go_on).then_some(columns)
}

/// The cell of the row that stands above another cell, else the column that it stands in.
pub(super) fn column_of(row: &LaidLine, cell: &Cell) -> Option<usize> {
    let shared = |above: &Cell| above.right.min(cell.right) - above.left.max(cell.left);
    let nearest = row.cells.iter().enumerate().max_by(|a, b| shared(a.1).total_cmp(&shared(b.1)))?;
    if shared(nearest.1) > 0.0 {
        return Some(nearest.0);
    }
    row.cells.iter().rposition(|above| above.left < cell.left + EDGE)
}

/// Whether the words of a cell go on: no entry of a list, and no figure of its own.
fn goes_on(above: &str, piece: &str) -> bool {
    let is_figure =
        |text: &str| text.chars().any(|c| c.is_ascii_digit()) && !text.chars().any(char::is_alphabetic);
    let opens = piece.starts_with(['-', '–', '—', '•', '·', '*']);
    !opens && (is_left_open(above) || !is_figure(piece) && !above.ends_with([':', '.']))
}

/// Whether words end so that more must follow.
pub(super) fn is_left_open(words: &str) -> bool {
    words.ends_with(['-', '/', '+', ',', '('])
        || [" or", " and", " of", " plus", " ou", " et", " de", " o", " y"]
            .iter()
            .any(|end| words.ends_with(end))
}

/// Puts the cells of a line at the end of these cells of a row.
pub(super) fn add(row: &mut LaidLine, line: &LaidLine, columns: &[usize]) {
    let mut texts: Vec<String> = row.text.split('\t').map(str::to_owned).collect();
    for ((&column, piece), cell) in columns.iter().zip(line.text.split('\t')).zip(&line.cells) {
        let text = &mut texts[column];
        layout::end_cell_line(text, piece);
        text.push_str(piece);
        let own = &mut row.cells[column];
        (own.left, own.right) = (own.left.min(cell.left), own.right.max(cell.right));
    }
    row.text = texts.join("\t");
    row.is_row = true;
    row.n_letters += line.n_letters;
    row.right = row.right.max(line.right);
    row.bounds = row.bounds_with(line);
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::super::tests::{read, shown_pages};
    use super::super::writer::{Sheet, pdf};

    const COLUMNS: [f32; 7] = [40.0, 95.0, 130.0, 330.0, 370.0, 420.0, 470.0];

    #[test]
    fn a_title_stretched_to_its_measure_is_no_row() {
        let mut sheet = Sheet::default();
        for (words, y) in
            [("KEEPING OF THE LAMPS IN THE GUILD", 700.0), ("AND OF THE OIL IN THE HOUSES", 686.0)]
        {
            for (word, step) in words.split(' ').zip(0u8..) {
                sheet = sheet.text(60.0 + 62.0 * f32::from(step), y, word);
            }
        }
        let extracted = read(&pdf(&[sheet])).expect("the page has text");
        expect![[r#"
            -- page 1
            KEEPING OF THE LAMPS IN THE GUILD
            AND OF THE OIL IN THE HOUSES
        "#]]
        .assert_eq(&shown_pages(&extracted));
    }

    #[track_caller]
    fn check(rows: &[[&str; 7]], expected: &Expect) {
        let mut sheet = Sheet::default();
        for (row, step) in rows.iter().zip(0u8..) {
            for (text, x) in row.iter().zip(COLUMNS).filter(|(text, _)| !text.is_empty()) {
                sheet = sheet.sized(x, 700.0 - 11.0 * f32::from(step), 8.0, text);
            }
        }
        let extracted = read(&pdf(&[sheet])).expect("the page has text");
        expected.assert_eq(&shown_pages(&extracted));
    }

    #[test]
    fn a_row_keeps_the_further_lines_of_its_cells() {
        check(
            &[
                ["Heading", "CD", "Article Description", "Unit", "General", "EU", "Guild"],
                ["01.01", "", "Live moths:", "", "", "", ""],
                ["0101.21", "4", "- - Moths reared for their light and kept in", "u", "free", "free", "free"],
                ["", "", "glass jars of two litres", "", "", "", ""],
                ["0101.29", "1", "- - Other moths, in jars or", "kg", "40% or", "7,5%", "12%"],
                ["", "", "not", "", "240c/kg", "", ""],
                ["0101.30", "3", "- Grubs", "kg", "20%", "free", "16%"],
            ],
            &expect![[r#"
            -- page 1
            # Heading | CD | Article Description | Unit | General | EU | Guild
            # 01.01 | Live moths:
            # 0101.21 | 4 | - - Moths reared for their light and kept in glass jars of two litres | u | free | free | free
            # 0101.29 | 1 | - - Other moths, in jars or not | kg | 40% or 240c/kg | 7,5% | 12%
            # 0101.30 | 3 | - Grubs | kg | 20% | free | 16%
        "#]],
        );
    }

    #[test]
    fn an_entry_or_a_figure_of_its_own_is_no_further_line() {
        check(
            &[
                ["0101.21", "4", "- - Moths of the lamp", "u", "free", "free", "free"],
                ["", "", "- - Other:", "", "", "", ""],
                ["0101.29", "1", "- - Grubs of the lamp", "kg", "10", "20", "30"],
                ["", "", "", "", "11", "21", "31"],
            ],
            &expect![[r#"
            -- page 1
            # 0101.21 | 4 | - - Moths of the lamp | u | free | free | free
            - - Other:
            # 0101.29 | 1 | - - Grubs of the lamp | kg | 10 | 20 | 30
            # 11 | 21 | 31
        "#]],
        );
    }

    #[test]
    fn a_numbered_paragraph_above_the_foot_of_a_page_is_no_row() {
        let sheet = Sheet::default()
            .text(60.0, 100.0, "3.")
            .text(84.0, 100.0, "The guild shall keep a book of all lamps.")
            .text(60.0, 60.0, "Guild of lanterns")
            .text(500.0, 60.0, "7/14")
            .text(60.0, 40.0, "Lamp street 4")
            .text(500.0, 40.0, "Town");
        let extracted = read(&pdf(&[sheet])).expect("the page has text");
        let shown = shown_pages(&extracted);
        assert!(shown.contains("\n3. The guild shall keep a book of all lamps.\n"), "{shown}");
    }

    #[test]
    fn rows_in_small_type_are_no_footnotes() {
        let mut sheet = Sheet::default();
        for (line, step) in
            ["Members sold more lanterns in May than in April,", "and fewer kettles."].iter().zip(0u8..)
        {
            sheet = sheet.text(60.0, 700.0 - 12.0 * f32::from(step), line);
        }
        for (row, step) in
            [["1", "Lanterns sold", "120"], ["2", "Kettles bought", "45"], ["3", "Glass", "12"]]
                .iter()
                .zip(0u8..)
        {
            for (text, x) in row.iter().zip([60.0, 100.0, 300.0]) {
                sheet = sheet.sized(x, 120.0 - 10.0 * f32::from(step), 7.0, text);
            }
        }
        let extracted = read(&pdf(&[sheet])).expect("the page has text");
        expect![[r#"
            -- page 1
            Members sold more lanterns in May than in April,
            and fewer kettles.
            # 1 | Lanterns sold | 120
            # 2 | Kettles bought | 45
            # 3 | Glass | 12
        "#]]
        .assert_eq(&shown_pages(&extracted));
    }
}
