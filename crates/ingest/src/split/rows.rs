//! Rows of tables: named by the code that they print first, under the row that heads their columns.

use chapeau_document::{Clause, Level, Step, Unit};

/// Longest title of a table that is made of the heads of its columns, in bytes.
const LONGEST_HEADS: usize = 240;
/// A heading of the Harmonized System has four figures, a chapter's two; national codes go up to ten.
const HEADING_DIGITS: usize = 4;
const MOST_DIGITS: usize = 10;
/// Words that name a chapter of the Harmonized System.
const CHAPTERS: &[&str] = &["chapter", "chapitre", "capítulo", "heading", "position", "partida"];

/// Gives rows their labels, and their tables' heads as a step of their path.
pub(super) fn name(clauses: &mut [Clause], text: &str) {
    let mut heads: Option<String> = None;
    let mut is_first = true;
    for at in 0..clauses.len() {
        match clauses[at].unit {
            Unit::TableRow => {}
            // A note at the foot of a page does not end the table.
            Unit::Footnote => continue,
            _ => {
                (heads, is_first) = (None, true);
                continue;
            }
        }
        let row = clauses[at].span.of(text);
        let next = clauses.get(at + 1).filter(|next| next.unit == Unit::TableRow);
        let is_head = heads.as_ref().is_some_and(|heads| *heads == title(row))
            || is_first && next.is_some_and(|next| heads_columns(row, next.span.of(text)));
        is_first = false;
        if is_head {
            heads = Some(title(row));
            continue;
        }
        let clause = &mut clauses[at];
        clause.label = clause.label.take().or_else(|| code(row)).or_else(|| order_number(row));
        clause.path.extend(heads.iter().map(|heads| Step {
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

/// Whether a row has nothing but words, and the next one a code or figures under them.
fn heads_columns(row: &str, next: &str) -> bool {
    let n_cells = row.split('\t').count();
    let has_words = |cell: &str| cell.chars().any(char::is_alphabetic) && !is_figure(cell);
    n_cells > 1
        && row.len() <= LONGEST_HEADS
        && row.split('\t').all(has_words)
        && next.contains('\t')
        && (code(next).is_some() || next.split('\t').any(is_figure))
}

fn is_figure(cell: &str) -> bool {
    let n_digits = cell.chars().filter(char::is_ascii_digit).count();
    n_digits > 0 && n_digits >= cell.chars().filter(|c| c.is_alphabetic()).count()
}

/// The code that a row begins with, as printed: "0406.30", "ex 0305.69", "8427", "Chapter 3".
fn code(row: &str) -> Option<String> {
    let (first, rest) = row.split_once('\t')?;
    let printed =
        first.trim_end_matches(|c: char| "¹²³⁴⁵⁶⁷⁸⁹⁰*† ".contains(c)).trim_start_matches(['[', ' ']);
    let bare = without_ex(printed);
    let describes = rest.split('\t').next().is_some_and(|cell| {
        cell.trim_start_matches(['-', '–', ' ', '[']).chars().take(3).filter(|c| c.is_alphabetic()).count()
            == 3
    });
    (is_chapter(bare) || is_code(bare, describes)).then(|| printed.to_owned())
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
fn is_code(bare: &str, describes: bool) -> bool {
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
    fn years_amounts_and_numbers_are_no_codes() {
        check("2019\t120\t131", None);
        check("1\tLanterns sold\t120", None);
        check("12.50\t13.10", None);
        check("Total\t120", None);
        check("8427", None);
        check("Chapter of the guild\tLamps", None);
    }

    #[test]
    fn the_row_above_is_named_in_the_path() {
        let normalized = |rows: &[&str]| {
            let line = |text: &&str| crate::Line {
                text: (*text).to_owned(),
                role: crate::Role::TableRow,
                ..crate::Line::default()
            };
            let lines = rows.iter().map(line).collect();
            let page = crate::ExtractedPage { number: 1, label: None, lines };
            let extracted = crate::Extracted { pages: vec![page], ..crate::Extracted::default() };
            crate::normalize(&extracted, &crate::Options::default())
        };
        let normalized = normalized(&["Code\tLamp\tRate", "0405.10\tShades\t12%", "0405.20\tWicks\t10%"]);
        let clauses = crate::split(&normalized, "en");
        let path = |clause: &Clause| clause.path.iter().map(Step::words).collect::<Vec<_>>().join(" > ");
        assert_eq!((clauses[0].label.as_deref(), path(&clauses[0])), (None, String::new()));
        assert_eq!(
            (clauses[1].label.as_deref(), path(&clauses[1])),
            (Some("0405.10"), "Code | Lamp | Rate".into())
        );
        assert_eq!(path(&clauses[2]), "Code | Lamp | Rate");
    }
}
