//! Rows of tables: named by the code that they print first, under the row that heads their columns.

use chapeau_document::{Clause, Level, Step, Unit};

use super::numbered_notes;
use super::tariff::Codes;

/// Longest title of a table that is made of the heads of its columns, in bytes.
const LONGEST_HEADS: usize = 240;
/// A heading of the Harmonized System has four figures, a chapter's two; national codes go up to ten.
const HEADING_DIGITS: usize = 4;
const MOST_DIGITS: usize = 10;
/// What may stand behind a code: the marks of notes.
const RAISED: &[char] = &['¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹', '⁰', '*', '†', ' '];
/// Words that name a chapter of the Harmonized System.
const CHAPTERS: &[&str] = &["chapter", "chapitre", "capítulo", "heading", "position", "partida"];

/// Gives rows their labels, and their tables' heads as a step of their path.
pub(super) fn name(clauses: &mut [Clause], text: &str) {
    let mut table = Table::default();
    for at in 0..clauses.len() {
        match clauses[at].unit {
            Unit::TableRow => table.row(clauses, at, text),
            // A note at the foot of a page does not end the table.
            Unit::Footnote => {}
            // A heading may stand among the rows of a table, or above another table.
            Unit::Heading => table.is_first = true,
            _ => table = Table::default(),
        }
    }
}

/// The table whose rows are being named.
struct Table {
    /// The heads of its columns.
    heads: Option<String>,
    /// Whether the next row may head its columns.
    is_first: bool,
    /// Its codes, if their figures stand in several columns.
    codes: Codes,
}

impl Default for Table {
    fn default() -> Self {
        Self { heads: None, is_first: true, codes: Codes::default() }
    }
}

impl Table {
    fn row(&mut self, clauses: &mut [Clause], at: usize, text: &str) {
        let row = clauses[at].span.of(text);
        let mut below = clauses[at + 1..].iter().take_while(|next| next.unit == Unit::TableRow);
        let mut below = || below.next().map(|next| next.span.of(text));
        if self.is_first && numbers_columns(row) {
            return;
        }
        let is_head = self.heads.as_ref().is_some_and(|heads| *heads == title(row))
            || self.is_first && heads_columns(row, below(), below());
        if std::mem::take(&mut self.is_first) {
            // What stands under another heading, with no heads of its own and no codes, is another table.
            self.heads.take_if(|_| !is_head && code(row).is_none());
        }
        if is_head {
            self.heads = Some(title(row));
            return;
        }
        let split = self.codes.label(row);
        let clause = &mut clauses[at];
        clause.label = clause.label.take().or(split).or_else(|| code(row)).or_else(|| order_number(row));
        // A tariff follows the notes of its chapter, and is no part of them.
        let notes = clause.path.iter().position(numbered_notes::heads_notes);
        clause.path.truncate(notes.filter(|_| clause.label.is_some()).unwrap_or(clause.path.len()));
        clause.path.extend(self.heads.iter().map(|heads| Step {
            kind: Level::Heading,
            label: None,
            title: Some(heads.clone()),
        }));
    }
}

/// The heads of columns as one title.
fn title(row: &str) -> String {
    row.split('\t').collect::<Vec<_>>().join(" | ")
}

/// Whether a row only numbers the columns: `[1]`, `(2)`, `3`.
fn numbers_columns(row: &str) -> bool {
    let number = |cell: &str| cell.trim_matches(['[', ']', '(', ')', ' ']).parse::<usize>().ok();
    row.contains('\t') && row.split('\t').zip(1..).all(|(cell, at)| number(cell) == Some(at))
}

/// Whether a row has nothing but words, and one of the next two a code or figures under them: heads may take
/// up two rows.
fn heads_columns(row: &str, next: Option<&str>, after: Option<&str>) -> bool {
    let has_figures =
        |row: &str| row.contains('\t') && (code(row).is_some() || row.split('\t').any(is_figure));
    let below = match (next, after) {
        (Some(next), Some(after)) if are_words(next) => has_figures(next) || has_figures(after),
        (Some(next), _) => has_figures(next),
        _ => false,
    };
    // A column of codes is headed by none: "Decision 2/113" stands above "28/32" as one of them.
    let first = row.trim_start_matches(|c: char| c.is_ascii_digit() || "[]().* ".contains(c));
    let first = first.split('\t').next().unwrap_or_default();
    below && are_words(row) && row.len() <= LONGEST_HEADS && !first.contains(|c: char| c.is_ascii_digit())
}

/// Whether a row has words in two cells or more, and figures in none.
fn are_words(row: &str) -> bool {
    let mut filled = row.split('\t').filter(|cell| !cell.is_empty());
    let has_words = |cell: &str| cell.contains(char::is_alphabetic) && !is_figure(cell);
    if are_years(row) {
        return filled.clone().take(2).all(has_words);
    }
    filled.clone().count() > 1 && filled.all(has_words)
}

/// Whether the last cells of a row are years, one after the other: "2051", "2052", and words before them.
fn are_years(row: &str) -> bool {
    let year = |cell: &&str| cell.rsplit(' ').next().and_then(|year| year.parse::<u32>().ok());
    let is_year = |year: &u32| (1900..2200).contains(year);
    let mut last: Option<u32> = None;
    let mut n_years = 0;
    for cell in row.split('\t') {
        match (year(&cell).filter(is_year), last) {
            (None, None) => {}
            (Some(next), before) if before.is_none_or(|before| before < next) => {
                (last, n_years) = (Some(next), n_years + 1);
            }
            _ => return false,
        }
    }
    n_years > 1
}

fn is_figure(cell: &str) -> bool {
    let n_digits = cell.chars().filter(char::is_ascii_digit).count();
    n_digits > 0 && n_digits >= cell.chars().filter(|c| c.is_alphabetic()).count()
}

/// The code that a row begins with, as printed: "0406.30", "ex 0305.69", "8427", "Chapter 3", "0406.10 0406.20".
fn code(row: &str) -> Option<String> {
    let (first, rest) = row.split_once('\t')?;
    let printed = first.trim_end_matches(RAISED).trim_start_matches(['[', ' ']);
    let printed = printed.trim_end_matches([']', ' ']).trim_end_matches(RAISED);
    let bare = without_ex(printed);
    let describes = rest.split('\t').next().is_some_and(has_word);
    // As many figures as a tariff line has are its code beside a rate, or a description further right.
    let is_line = || rest.split('\t').any(|cell| has_word(cell) || cell.ends_with('%'));
    let is_code =
        is_chapter(bare) || is_code(bare, describes) || is_tariff_line(bare) && is_line() || are_codes(bare);
    is_code.then(|| printed.to_owned())
}

/// Whether a cell begins with a word, behind the dashes that show its rank.
fn has_word(cell: &str) -> bool {
    let words = cell.trim_start_matches(['-', '–', ' ', '[']);
    words.chars().take(3).filter(|c| c.is_alphabetic()).count() == 3
}

/// Eight or ten figures in one group.
fn is_tariff_line(bare: &str) -> bool {
    [MOST_DIGITS - 2, MOST_DIGITS].contains(&bare.len())
        && bare.bytes().all(|byte| byte.is_ascii_digit())
        && !bare.starts_with("00")
}

/// Several codes for one row, or a range of them: "2711.11 2711.21", "0401.10 to 0401.30".
fn are_codes(printed: &str) -> bool {
    let joins = |word: &str| {
        word.chars().all(|c| !c.is_alphanumeric())
            || ["ex", "to", "and", "or", "à", "et", "ou", "a", "y", "o"].contains(&word)
    };
    let mut words = printed.split([' ', ',', ';']).filter(|word| !joins(word));
    words.clone().count() > 1 && words.all(|word| word.contains('.') && is_code(word, true))
}

/// The number of a quota, wherever in its row: "098228". Its first figure is zero, which no quantity
/// begins with.
fn order_number(row: &str) -> Option<String> {
    const DIGITS: std::ops::RangeInclusive<usize> = 5..=MOST_DIGITS;
    let is_order = |word: &&str| {
        DIGITS.contains(&word.len())
            && word.bytes().all(|byte| byte.is_ascii_digit())
            && word.starts_with('0')
            && !word.starts_with("00")
    };
    let numbers = row.split('\t').filter_map(|cell| cell.split(' ').next()).filter(is_order);
    numbers.map(str::to_owned).next()
}

/// "ex" before a code: a part of what it covers.
fn without_ex(printed: &str) -> &str {
    let bare =
        printed.get(..2).filter(|word| word.eq_ignore_ascii_case("ex")).map_or(printed, |_| &printed[2..]);
    bare.trim_start_matches(['-', ' ', '.'])
}

fn is_chapter(bare: &str) -> bool {
    let Some((word, number)) = bare.split_once(' ') else { return false };
    let digits = number.trim();
    CHAPTERS.contains(&word.to_lowercase().as_str())
        && (1..=MOST_DIGITS).contains(&digits.len())
        && digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
}

/// Figures in the groups of the Harmonized System. A lone group or a short one may be a year, an amount or
/// the number of a paragraph, so that words must follow it.
pub(super) fn is_code(bare: &str, describes: bool) -> bool {
    let groups: Vec<&str> = bare.split(['.', ' ']).collect();
    let are_digits =
        groups.iter().all(|group| !group.is_empty() && group.bytes().all(|b| b.is_ascii_digit()));
    let n_digits: usize = groups.iter().map(|group| group.len()).sum();
    if !are_digits || bare.starts_with("00") {
        return false;
    }
    match (groups[0].len(), groups.len()) {
        (HEADING_DIGITS, 2..) => {
            n_digits <= MOST_DIGITS && groups[1..].iter().all(|group| [2, 4].contains(&group.len()))
        }
        (2, 2..) => describes && n_digits <= MOST_DIGITS && groups[1..].iter().all(|group| group.len() == 2),
        (HEADING_DIGITS | 6 | 8 | MOST_DIGITS, 1) => describes,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(row: &str, expected: Option<&str>) {
        assert_eq!(code(row).as_deref(), expected, "of {row:?}");
    }

    #[test]
    fn a_row_is_named_by_the_code_that_it_begins_with() {
        check("0405.10\tShades", Some("0405.10"));
        check("0405.10.20\tfree", Some("0405.10.20"));
        check("9405.80.4035\t9903.88.04", Some("9405.80.4035"));
        check("0405 10 20\tfree", Some("0405 10 20"));
        check("Ex0405.69²\tSmoked wicks", Some("Ex0405.69"));
        check("04.05\tLamps", Some("04.05"));
        check("[04.05]²\tLamps", Some("04.05"));
        check("8427\tLamp posts", Some("8427"));
        check("Ex-Chapter 9\tOil", Some("Ex-Chapter 9"));
        check("Chapter 3¹\tWicks", Some("Chapter 3"));
    }

    #[test]
    fn a_quota_is_named_by_its_number() {
        let check = |row: &str, expected: Option<&str>| assert_eq!(order_number(row).as_deref(), expected);
        check("Lampland\t098229\t18,955.51", Some("098229"));
        check("Other guilds\t098610 098609\t39,281.64", Some("098610"));
        check("Lampland\t0.5\t2019\t000123\t12345", None);
    }

    #[test]
    fn a_row_may_have_a_rate_alone_or_several_codes() {
        check("9405102010\t0%", Some("9405102010"));
        check("9405102010\t\t\tLamps of brass", Some("9405102010"));
        check("9405102010\t120\t131", None);
        check("9405.10 9405.20\tShades", Some("9405.10 9405.20"));
        check("9405.10 to 9405.30\tShades", Some("9405.10 to 9405.30"));
        check("9405.10 of brass\tShades", None);
    }

    #[test]
    fn years_amounts_and_numbers_are_no_codes() {
        check("2019\t120\t131", None);
        check("1\tLanterns sold\t120", None);
        check("12.50\t13.10", None);
        check("Total\t120", None);
        check("8427", None);
        check("Chapter of the guild\tLamps", None);
    }

    fn split(rows: &[&str]) -> Vec<Clause> {
        let line = |text: &&str| crate::Line {
            text: text.trim_start_matches('#').to_owned(),
            role: if text.starts_with('#') { heading() } else { crate::Role::TableRow },
            ..crate::Line::default()
        };
        let lines = rows.iter().map(line).collect();
        let page = crate::ExtractedPage { number: 1, label: None, lines };
        let extracted = crate::Extracted { pages: vec![page], ..crate::Extracted::default() };
        crate::split(&crate::normalize(&extracted, &crate::Options::default()), "en")
    }

    fn heading() -> crate::Role {
        crate::Role::Heading { level: Level::Heading, depth: 1, label: None, title: None }
    }

    /// Label and last step of the path of each row; of a heading, its own words.
    #[track_caller]
    fn check_rows(rows: &[&str], expected: &[(Option<&str>, &str)]) {
        let clauses = split(rows);
        let last =
            |clause: &Clause| clause.path.last().map(|step| step.words().to_owned()).unwrap_or_default();
        let found: Vec<(Option<&str>, String)> =
            clauses.iter().map(|clause| (clause.label.as_deref(), last(clause))).collect();
        let expected: Vec<(Option<&str>, String)> =
            expected.iter().map(|(label, path)| (*label, (*path).to_owned())).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn the_row_above_is_named_in_the_path() {
        let heads = "Code | Lamp | Rate";
        check_rows(
            &["Code\tLamp\tRate", "0405.10\tShades\t12%", "0405.20\tWicks\t10%"],
            &[(None, ""), (Some("0405.10"), heads), (Some("0405.20"), heads)],
        );
    }

    #[test]
    fn a_tariff_is_no_part_of_the_notes_above_it() {
        let line = |text: &str, role: crate::Role| crate::Line {
            text: text.to_owned(),
            role,
            ..crate::Line::default()
        };
        let lines = vec![
            line("Chapter 4: Lamps", crate::Role::Body),
            line("Notes", heading()),
            line("1. A wick is any cord that draws oil.", crate::Role::Body),
            line("Code\tLamp\tRate", crate::Role::TableRow),
            line("0405.10\tShades\t12%", crate::Role::TableRow),
        ];
        let page = crate::ExtractedPage { number: 1, label: None, lines };
        let extracted = crate::Extracted { pages: vec![page], ..crate::Extracted::default() };
        let clauses = crate::split(&crate::normalize(&extracted, &crate::Options::default()), "en");
        let path = clauses.last().map(|row| row.path.iter().map(Step::words).collect::<Vec<_>>());
        assert_eq!(path, Some(vec!["Chapter 4 Lamps".to_owned(), "Code | Lamp | Rate".to_owned()]));
    }

    #[test]
    fn numbers_of_columns_and_a_second_row_of_heads_do_not_hide_the_heads() {
        let heads = "Code | Rate";
        check_rows(
            &["[1]\t[2]", "Code\tRate", "0405.10\t12%"],
            &[(None, ""), (None, ""), (Some("0405.10"), heads)],
        );
        check_rows(
            &["Guild\tLamps\tOil", "brass lamps\trape oil", "Lampland\t12\t14"],
            &[(None, ""), (None, "Guild | Lamps | Oil"), (None, "Guild | Lamps | Oil")],
        );
    }

    #[test]
    fn a_numbered_act_heads_no_column() {
        check_rows(
            &["Decision 2/114\tLamps of the guild", "28/33\tOil", "30/11\tWicks"],
            &[(None, ""), (None, ""), (None, "")],
        );
    }

    #[test]
    fn a_heading_among_rows_does_not_end_their_table() {
        let heads = "Code | Rate";
        check_rows(
            &["Code\tRate", "0405.10\t12%", "#Lamps that burn oil", "0405.20\t10%"],
            &[(None, ""), (Some("0405.10"), heads), (None, "Lamps that burn oil"), (Some("0405.20"), heads)],
        );
        check_rows(
            &["Code\tRate", "0405.10\t12%", "#Makers", "Kettles\t10"],
            &[(None, ""), (Some("0405.10"), heads), (None, "Makers"), (None, "Makers")],
        );
    }
}
