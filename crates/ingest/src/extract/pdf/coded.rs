//! Rows of lists that no rule parts, drawn cell by cell: a code of a tariff or the number of a resolution, the lines of
//! its description, then the figures level with any of these, as the cells are set against their top, their middle or
//! their foot.

use super::imprint;
use super::layout::{self, Cell, LaidLine};

/// So many lines of a page begin with a code, at one place, before they are taken for rows.
const FEWEST_CODES: usize = 3;
/// Codes begin within so many points of one place.
const EDGE: f32 = 3.0;
/// Lines of one row stand no more than so many ems apart.
const PITCH: f32 = 1.75;
/// Lines of one description begin within so many ems of each other: dashes may hang.
const HANGING: f32 = 2.5;
/// Figures of a subheading, which is a code by itself, of a heading, and the most of all.
const SUBHEADING_DIGITS: usize = 6;
const HEADING_DIGITS: usize = 4;
const MOST_DIGITS: usize = 12;

/// Puts the cells of rows that begin with a code beside each other.
pub(super) fn put_together(lines: Vec<LaidLine>) -> Vec<LaidLine> {
    let places = places_of_codes(&lines);
    if places.is_empty() {
        return lines;
    }
    let mut done: Vec<LaidLine> = Vec::with_capacity(lines.len());
    let mut open: Option<CodedRow> = None;
    for line in lines {
        let is_in_place = places.iter().any(|left| (line.left - left).abs() < EDGE);
        let begins = is_free(&line) && is_in_place && key_len(&line.text).is_some();
        if let Some(row) = open.as_mut().filter(|row| row.goes_on_with(&line, begins)) {
            row.take(&line);
            continue;
        }
        done.extend(open.take().map(CodedRow::into_line));
        match CodedRow::of(&line).filter(|_| begins) {
            Some(row) => open = Some(row),
            None => done.push(line),
        }
    }
    done.extend(open.map(CodedRow::into_line));
    done
}

fn is_free(line: &LaidLine) -> bool {
    line.angle == 0 && !line.is_row && line.block.is_none() && !imprint::is_imprint(&line.text)
}

/// Where the codes of a page begin, in each of its columns that has rows of them.
fn places_of_codes(lines: &[LaidLine]) -> Vec<f32> {
    let is_coded = |line: &&LaidLine| {
        let key = key_len(&line.text).map(|len| &line.text[..len]);
        is_free(line) && key.is_some_and(|key| key.contains('/') || n_digits(key) >= SUBHEADING_DIGITS)
    };
    let mut coded: Vec<&LaidLine> = lines.iter().filter(is_coded).collect();
    coded.sort_by(|a, b| a.left.total_cmp(&b.left));
    // In running text a line may begin with a code by chance.
    let is_cell = |line: &&&LaidLine| {
        let rest = key_len(&line.text).map_or("", |len| &line.text[len..]);
        rest.is_empty() || rest.contains('\t') || rest.trim_start().starts_with(is_dash)
    };
    let places = coded.chunk_by(|one, next| next.left - one.left < EDGE);
    let are_rows = |place: &&[&LaidLine]| {
        let n_cells = place.iter().filter(is_cell).count();
        n_cells >= FEWEST_CODES && 2 * n_cells > place.len()
    };
    places.filter(are_rows).filter_map(|place| place.first()).map(|line| line.left).collect()
}

fn is_dash(c: char) -> bool {
    "-–—−".contains(c)
}

fn n_digits(text: &str) -> usize {
    text.bytes().filter(u8::is_ascii_digit).count()
}

/// Bytes of what names a row.
fn key_len(text: &str) -> Option<usize> {
    code_len(text).or_else(|| numbers_len(text))
}

/// Bytes of the numbers of resolutions that a text begins with: "63/170", "75/96; 76/80", "S-30/1".
fn numbers_len(text: &str) -> Option<usize> {
    let is_number = |number: &str| {
        let number = number.trim_end_matches([';', ',']);
        let number = number.strip_prefix("S-").unwrap_or(number);
        number.split_once('/').is_some_and(|(session, number)| {
            let number = number.trim_end_matches(|c: char| c.is_ascii_uppercase());
            [session, number]
                .iter()
                .all(|part| (1..=4).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit()))
        })
    };
    let words = text.split('\t').next().unwrap_or_default().split(' ');
    let len: usize = words.take_while(|word| is_number(word)).map(|word| word.len() + 1).sum();
    len.checked_sub(1)
}

/// Bytes of the code that a text begins with: "9405.10.00", "94.05", "9405 10 00", "94051000".
fn code_len(text: &str) -> Option<usize> {
    let is_part = |c: char| c.is_ascii_digit() || matches!(c, '.' | ' ');
    let end = text.find(|c| !is_part(c)).unwrap_or(text.len());
    let code = text[..end].trim_end_matches([' ', '.']);
    let rest = &text[code.len()..];
    let groups: Vec<&str> = code.split([' ', '.']).collect();
    let are_groups = groups.iter().enumerate().all(|(at, group)| match group.len() {
        2 => at > 0 || groups.len() > 1 && code.as_bytes().get(2) == Some(&b'.'),
        3 => at > 0,
        // "2051 2052" are years.
        HEADING_DIGITS => at == 0 || code.contains('.'),
        6 | 8 | 10 => groups.len() == 1,
        _ => false,
    });
    let ends = rest.is_empty() || rest.starts_with(['\t', ' ']);
    let is_code = (HEADING_DIGITS..=MOST_DIGITS).contains(&n_digits(code))
        && code.starts_with(|c: char| c.is_ascii_digit());
    (is_code && are_groups && ends).then_some(code.len())
}

/// A row of which more may come.
struct CodedRow {
    line: LaidLine,
    code: String,
    words: Option<(String, Cell)>,
    values: Vec<(String, Cell)>,
    top: f32,
    foot: f32,
}

impl CodedRow {
    fn of(line: &LaidLine) -> Option<Self> {
        let len = key_len(&line.text)?;
        let mut row = Self {
            code: line.text[..len].to_owned(),
            words: None,
            values: Vec::new(),
            top: line.baseline,
            foot: line.baseline,
            line: line.clone(),
        };
        let mut pieces = pieces(line);
        if let Some((first, cell)) = pieces.first_mut() {
            *first = first.get(len..).unwrap_or_default().trim_start().to_owned();
            let code = len as f32 / line.text.split('\t').next().map_or(1, str::len).max(1) as f32;
            cell.left += (cell.right - cell.left) * code;
        }
        pieces.retain(|(text, _)| !text.is_empty());
        row.take_pieces(pieces);
        Some(row)
    }

    fn goes_on_with(&self, line: &LaidLine, begins: bool) -> bool {
        let em = self.line.size;
        let is_near = line.baseline > self.top - PITCH * em && line.baseline < self.foot + PITCH * em;
        let is_like = is_free(line) && (line.size - em).abs() < 0.15 * em;
        if is_like && !begins && self.goes_on_in_next_column(line) {
            return true;
        }
        if !is_near || !is_like {
            return false;
        }
        if (line.left - self.line.left).abs() < EDGE {
            // The rest of a code that is wrapped, and the further numbers of a list.
            let is_rest = n_digits(&line.text) == line.text.len() && line.text.len() <= HEADING_DIGITS;
            return self.words.is_none() && (is_rest || begins && self.code.ends_with([';', ',']));
        }
        if begins {
            return false;
        }
        let is_entry = line.text.starts_with(is_dash) && self.words.is_some() && !self.is_beside(line);
        line.left > self.line.left + EDGE && !is_entry
    }

    /// Whether a line at the top of the next column goes on with the words of the last row of this one.
    fn goes_on_in_next_column(&self, line: &LaidLine) -> bool {
        const FAR_UP: f32 = 5.0;
        let is_open = |words: &str| words.ends_with(|c: char| c.is_alphanumeric() || c == ',');
        let are_open =
            self.words.as_ref().is_some_and(|(words, cell)| is_open(words) && cell.right < line.left);
        are_open
            && self.values.is_empty()
            && line.baseline < self.top - FAR_UP * self.line.size
            && line.text.starts_with(char::is_lowercase)
    }

    /// Whether a line begins right of the description.
    fn is_beside(&self, line: &LaidLine) -> bool {
        self.words.as_ref().is_some_and(|(_, words)| line.left > words.left + HANGING * self.line.size)
    }

    fn take(&mut self, line: &LaidLine) {
        if self.goes_on_in_next_column(line) {
            let step = self.words.as_ref().map_or(0.0, |(_, cell)| line.left - cell.left);
            if let Some((_, cell)) = &mut self.words {
                (cell.left, cell.right) = (cell.left + step, cell.right + step);
            }
            self.line.left += step;
            (self.top, self.foot) = (line.baseline, line.baseline);
        }
        self.top = self.top.min(line.baseline);
        self.foot = self.foot.max(line.baseline);
        self.line.bounds = self.line.bounds_with(line);
        self.line.right = self.line.right.max(line.right);
        self.line.n_letters += line.n_letters;
        if (line.left - self.line.left).abs() < EDGE {
            self.code.push(' ');
            self.code.push_str(&line.text);
        } else {
            self.take_pieces(pieces(line));
        }
    }

    fn take_pieces(&mut self, pieces: Vec<(String, Cell)>) {
        for (text, cell) in pieces {
            match &mut self.words {
                None => self.words = Some((text, cell)),
                Some((words, own)) if (cell.left - own.left).abs() < HANGING * self.line.size => {
                    layout::end_cell_line(words, &text);
                    words.push_str(&text);
                    own.right = own.right.max(cell.right);
                }
                Some(_) => self.take_value(text, cell),
            }
        }
    }

    fn take_value(&mut self, text: String, cell: Cell) {
        let shares = |own: &Cell| own.left < cell.right && cell.left < own.right;
        if let Some((value, own)) = self.values.iter_mut().find(|(_, own)| shares(own)) {
            layout::end_cell_line(value, &text);
            value.push_str(&text);
            (own.left, own.right) = (own.left.min(cell.left), own.right.max(cell.right));
            return;
        }
        let at = self.values.partition_point(|(_, own)| own.left < cell.left);
        self.values.insert(at, (text, cell));
    }

    fn into_line(self) -> LaidLine {
        let Self { mut line, code, words, values, .. } = self;
        let first = words.iter().chain(&values).map(|(_, cell)| cell.left).fold(f32::INFINITY, f32::min);
        let code_cell = Cell { left: line.left, right: first.min(line.right), is_wide: false };
        let parts: Vec<(String, Cell)> =
            std::iter::once((code, code_cell)).chain(words).chain(values).collect();
        line.cells = parts.iter().map(|(_, cell)| Cell { is_wide: true, ..*cell }).collect();
        line.text = parts.into_iter().map(|(text, _)| text).collect::<Vec<_>>().join("\t");
        LaidLine { is_row: true, ..line }
    }
}

/// The pieces of a line with their places.
fn pieces(line: &LaidLine) -> Vec<(String, Cell)> {
    let texts: Vec<&str> = line.text.split('\t').collect();
    if texts.len() == line.cells.len() {
        return texts.into_iter().map(str::to_owned).zip(line.cells.iter().copied()).collect();
    }
    vec![(line.text.replace('\t', " "), Cell { left: line.left, right: line.right, is_wide: false })]
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::super::tests::{read, shown_pages};
    use super::super::writer::{Sheet, pdf};
    use super::code_len;

    #[track_caller]
    fn check(cells: &[(f32, f32, &str)], expected: &Expect) {
        let mut sheet = Sheet::default();
        for (x, y, text) in cells {
            sheet = sheet.text(*x, *y, text);
        }
        expected.assert_eq(&shown_pages(&read(&pdf(&[sheet])).expect("the page has text")));
    }

    #[test]
    fn figures_level_with_the_middle_of_a_cell_are_of_its_row() {
        check(
            &[
                (60.0, 700.0, "9405"),
                (130.0, 700.0, "Lamps and their parts:"),
                (60.0, 674.0, "9405.10.00"),
                (130.0, 680.0, "- Lamps of brass, whether or not with a handle,"),
                (130.0, 668.0, "suited to be hung from the bow of a barge"),
                (400.0, 674.0, "kg"),
                (440.0, 674.0, "12%"),
                (60.0, 650.0, "9405.20.00"),
                (130.0, 650.0, "- Of tin"),
                (400.0, 650.0, "kg"),
                (440.0, 650.0, "10%"),
                (130.0, 635.0, "- Others:"),
                (60.0, 608.0, "9405.91.00"),
                (130.0, 620.0, "- - Lamps of copper, whether or not with a handle,"),
                (130.0, 608.0, "lit by oil"),
                (400.0, 608.0, "kg"),
                (440.0, 608.0, "9%"),
            ],
            &expect![[r#"
                -- page 1
                # 9405 | Lamps and their parts:
                # 9405.10.00 | - Lamps of brass, whether or not with a handle, suited to be hung from the bow of a barge | kg | 12%
                # 9405.20.00 | - Of tin | kg | 10%
                - Others:
                # 9405.91.00 | - - Lamps of copper, whether or not with a handle, lit by oil | kg | 9%
            "#]],
        );
    }

    #[test]
    fn numbers_of_resolutions_stand_beside_their_titles() {
        check(
            &[
                (60.0, 700.0, "63/170"),
                (130.0, 700.0, "Lamps for the protection of the"),
                (130.0, 688.0, "barges of the guild"),
                (60.0, 670.0, "72/181;"),
                (60.0, 658.0, "73/96"),
                (130.0, 670.0, "The keeper of the lower lock and"),
                (130.0, 658.0, "his house"),
                (60.0, 640.0, "73/97; 74/2 Wicks in the time of the flood,"),
                (130.0, 628.0, "and of war,"),
                (390.0, 700.0, "with their oil"),
                (320.0, 680.0, "S-30/1"),
                (390.0, 680.0, "Kettles"),
                (320.0, 660.0, "74/12"),
                (390.0, 660.0, "Shades of glass and of paper"),
                (320.0, 640.0, "74/13"),
                (390.0, 640.0, "Lamps of the upper lock"),
            ],
            &expect![[r#"
                -- page 1
                # 63/170 | Lamps for the protection of the barges of the guild
                # 72/181; 73/96 | The keeper of the lower lock and his house
                # 73/97; 74/2 | Wicks in the time of the flood, and of war, with their oil
                # S-30/1 | Kettles
                # 74/12 | Shades of glass and of paper
                # 74/13 | Lamps of the upper lock
            "#]],
        );
    }

    #[test]
    fn codes_in_running_text_make_no_rows() {
        check(
            &[
                (60.0, 700.0, "The guild pays no fee for the lamps of headings 9405.10 and"),
                (60.0, 688.0, "9405.20 or for those which stand in the list of codes under"),
                (60.0, 676.0, "9405.91 and in the second list of the guild, nor for those of"),
                (60.0, 664.0, "9405.92 in the third list."),
            ],
            &expect![[r#"
                -- page 1
                The guild pays no fee for the lamps of headings 9405.10 and
                9405.20 or for those which stand in the list of codes under
                9405.91 and in the second list of the guild, nor for those of
                9405.92 in the third list.
            "#]],
        );
    }

    #[test]
    fn codes_have_the_groups_of_a_tariff() {
        let check = |text: &str, code: Option<&str>| {
            assert_eq!(code_len(text).map(|len| &text[..len]), code, "{text}");
        };
        check("9405.10.00 - Lamps", Some("9405.10.00"));
        check("94.05 Lamps", Some("94.05"));
        check("9405 10 00", Some("9405 10 00"));
        check("94051000\tkg", Some("94051000"));
        check("9405 Lamps", Some("9405"));
        check("12 34", None);
        check("2019/20", None);
        check("9405, 9406", None);
        check("1. Lamps", None);
    }
}
