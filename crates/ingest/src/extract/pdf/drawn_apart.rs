//! Numbers drawn apart: programs of layout draw the paragraphs of a page, and then, in a frame of their
//! own, the numbers that stand before them. Such a page is read by place.

use super::fragment::Fragment;
use super::order::{self, Row};

/// Most letters of a number: "(xviii)".
const LONGEST: u32 = 7;
/// A number stands at most this many ems left of its words.
const WIDEST: f32 = 6.0;
/// Fewest numbers that follow each other; one alone may be drawn so for another reason.
const FEWEST: usize = 2;

/// Whether numbers are drawn one after the other, without their words, and stand before lines that are drawn
/// elsewhere: then the stream draws frame by frame, and is no order to read in.
pub(super) fn has_numbers(rows: &[Row], fragments: &[Fragment]) -> bool {
    let is_number: Vec<bool> = rows.iter().map(|row| is_number(row, fragments)).collect();
    if is_number.iter().filter(|is| **is).count() < FEWEST {
        return false;
    }
    let mut lines: Vec<(f32, usize)> = (0..rows.len())
        .filter(|at| !is_number[*at])
        .filter_map(|at| start(&rows[at], fragments).map(|first| (first.baseline, at)))
        .collect();
    lines.sort_by(|one, other| one.0.total_cmp(&other.0));
    let mut at = 0;
    while at < rows.len() {
        let n_numbers = is_number[at..].iter().take_while(|is| **is).count();
        if n_numbers >= FEWEST && stand_before_lines(&rows[at..at + n_numbers], rows, &lines, fragments) {
            return true;
        }
        at += n_numbers.max(1);
    }
    false
}

/// Whether most of these numbers stand each before a line of its own.
fn stand_before_lines(numbers: &[Row], rows: &[Row], lines: &[(f32, usize)], fragments: &[Fragment]) -> bool {
    let beside = |number: &Row| line_beside(start(number, fragments)?, rows, lines, fragments);
    let found: Vec<usize> = numbers.iter().filter_map(beside).collect();
    let are_lines = found.windows(2).all(|pair| pair[0] != pair[1]);
    found.len() >= FEWEST && found.len() * 2 >= numbers.len() && are_lines
}

/// The line whose first word stands nearest to the right of a number.
fn line_beside(
    number: &Fragment,
    rows: &[Row],
    lines: &[(f32, usize)],
    fragments: &[Fragment],
) -> Option<usize> {
    let reach = number.size;
    let from = lines.partition_point(|(baseline, _)| *baseline < number.baseline - reach);
    let near = lines[from..].iter().take_while(|(baseline, _)| *baseline <= number.baseline + reach);
    let beside = near.filter_map(|(_, at)| {
        let first = start(&rows[*at], fragments)?;
        let gap = order::gap(number, first);
        let stands = number.is_level_with(first) && number.right <= first.left && gap < WIDEST;
        stands.then_some((first.left, *at))
    });
    beside.min_by(|one, other| one.0.total_cmp(&other.0)).map(|(_, at)| at)
}

fn start<'f>(row: &Row, fragments: &'f [Fragment]) -> Option<&'f Fragment> {
    row.first().and_then(|&at| fragments.get(at as usize))
}

/// "12.", "(a)", "iv.": a row of one short piece that begins and ends as the numbers of paragraphs do.
fn is_number(row: &Row, fragments: &[Fragment]) -> bool {
    let &[at] = row.as_slice() else { return false };
    fragments.get(at as usize).is_some_and(|fragment| {
        let begins =
            fragment.first.single().is_some_and(|letter| letter.is_ascii_alphanumeric() || letter == '(');
        let ends = fragment.last.single().is_some_and(|letter| matches!(letter, '.' | ')'));
        begins && ends && (2..=LONGEST).contains(&fragment.n_letters)
    })
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::super::tests::{read, shown_pages};
    use super::super::writer::{Sheet, pdf_with};

    #[track_caller]
    fn check(lines: &[(f32, f32, &str)], expected: &Expect) {
        let sheet = lines
            .iter()
            .fold(Sheet::default(), |sheet, (left, top, text)| sheet.text(*left, 800.0 - top, text));
        let extracted = read(&pdf_with(&[sheet], "")).expect("the page has text");
        expected.assert_eq(&shown_pages(&extracted));
    }

    #[test]
    fn numbers_in_a_frame_of_their_own_go_to_their_paragraphs() {
        check(
            &[
                (80.0, 100.0, "Lamps are lit by the guild at dusk, and in winter"),
                (80.0, 112.0, "an hour before it."),
                (80.0, 130.0, "Wicks are trimmed every day."),
                (80.0, 148.0, "Oil is kept in the cellar."),
                (60.0, 100.0, "1."),
                (60.0, 130.0, "2."),
                (60.0, 148.0, "3."),
            ],
            &expect![[r#"
                -- page 1
                1. Lamps are lit by the guild at dusk, and in winter
                an hour before it.
                2. Wicks are trimmed every day.
                3. Oil is kept in the cellar.
            "#]],
        );
    }

    #[test]
    fn numbers_that_stand_before_nothing_stay() {
        check(
            &[(80.0, 100.0, "Lamps are lit by the guild at dusk."), (60.0, 200.0, "1."), (60.0, 230.0, "2.")],
            &expect![[r#"
                -- page 1
                Lamps are lit by the guild at dusk.
                1.
                2.
            "#]],
        );
    }
}
