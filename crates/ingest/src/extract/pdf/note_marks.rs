//! Marks of footnotes that stand on a line of their own: small and raised beside the first words of the note, or
//! over them. Writers set them so with a tab behind the mark, or as a block of their own; they are put before the
//! words that they belong to.

use super::layout::{LaidLine, LaidPage};

/// A mark is smaller than this part of the note that it begins.
const SMALLER: f32 = 0.9;
/// How far above the baseline of the note's first words, in ems, a mark beside them stands, and one over them.
const RAISED: std::ops::Range<f32> = 0.1..0.8;
const OVER: std::ops::Range<f32> = 0.8..3.2;
/// How far left of the words it ends at most, in ems.
const GAP: f32 = 8.0;
/// Most characters of a mark.
const LONGEST: usize = 3;
/// A mark over its note stands in this lower part of the page.
const LOWER_PART: f32 = 0.5;

/// Puts marks before the words that they belong to.
pub(super) fn join(page: &mut LaidPage) {
    let mut at = 0;
    while at + 1 < page.lines.len() {
        if is_mark_of(page, at, at + 1) {
            let mark = page.lines.remove(at);
            put_before(&mark, &mut page.lines[at]);
        } else if is_mark_of(page, at + 1, at) {
            let mark = page.lines.remove(at + 1);
            put_before(&mark, &mut page.lines[at]);
        }
        at += 1;
    }
}

fn is_mark_of(page: &LaidPage, mark: usize, note: usize) -> bool {
    let (mark, note) = (&page.lines[mark], &page.lines[note]);
    let is_mark = mark.text.len() <= LONGEST && is_sign(&mark.text) && mark.size < SMALLER * note.size;
    if !is_mark || mark.angle != note.angle || note.raised_start {
        return false;
    }
    let (gap, rise) = (note.left - mark.right, (note.baseline - mark.baseline) / note.size);
    let is_near = (-0.5 * note.size..GAP * note.size).contains(&gap);
    let has_words = note.text.chars().take(3).any(char::is_alphabetic);
    let is_over = || {
        OVER.contains(&rise)
            && mark.baseline > page.height * (1.0 - LOWER_PART)
            && is_referred_to(page, &mark.text, mark.baseline)
    };
    is_near && has_words && (RAISED.contains(&rise) || is_over())
}

/// A number, or one or more signs that only notes have.
fn is_sign(text: &str) -> bool {
    let is_number = text.bytes().all(|byte| byte.is_ascii_digit()) && !text.starts_with('0');
    !text.is_empty() && (is_number || text.chars().all(|c| "*†‡§".contains(c)))
}

/// Whether the mark stands raised in a line above.
fn is_referred_to(page: &LaidPage, mark: &str, baseline: f32) -> bool {
    let raised = raised(mark);
    page.lines.iter().any(|line| line.baseline < baseline && line.text.contains(&raised))
}

fn raised(mark: &str) -> String {
    const FIGURES: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    mark.chars()
        .map(|c| c.to_digit(10).and_then(|digit| FIGURES.get(digit as usize)).copied().unwrap_or(c))
        .collect()
}

fn put_before(mark: &LaidLine, note: &mut LaidLine) {
    note.text = format!("{} {}", raised(&mark.text), note.text);
    note.raised_start = true;
    note.n_letters += mark.n_letters;
    note.left = note.left.min(mark.left);
    if let Some(cell) = note.cells.first_mut() {
        cell.left = cell.left.min(mark.left);
    }
    note.bounds = note.bounds_with(mark);
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::super::tests::{read, shown_pages};
    use super::super::writer::{Sheet, pdf};

    #[track_caller]
    fn check(marks: &[(f32, f32, &str)], notes: &[(f32, f32, &str)], expected: &Expect) {
        let mut sheet = Sheet::default()
            .raw("BT /F1 10 Tf 72 700 Td (1. Takes note of the lamps;) Tj 4 Ts /F1 6 Tf (1) Tj ET")
            .text(72.0, 680.0, "2. Asks the guild to mend its lamps.");
        for (at, (x, y, words)) in notes.iter().enumerate() {
            if let Some((left, height, mark)) = marks.get(at) {
                sheet = sheet.sized(*left, *height, 5.0, mark);
            }
            sheet = sheet.sized(*x, *y, 8.0, words);
        }
        expected.assert_eq(&shown_pages(&read(&pdf(&[sheet])).expect("the page has text")));
    }

    #[test]
    fn a_mark_set_apart_by_a_tab_begins_its_note() {
        check(
            &[(50.0, 103.4, "1"), (50.0, 83.4, "2")],
            &[(95.0, 100.0, "Lamp papers, chap. II,"), (95.0, 80.0, "Ibid., chap. III.")],
            &expect![[r#"
                -- page 1
                1. Takes note of the lamps;¹
                2. Asks the guild to mend its lamps.
                [1] ¹ Lamp papers, chap. II,
                [2] ² Ibid., chap. III.
            "#]],
        );
    }

    #[test]
    fn a_mark_over_its_note_begins_it() {
        check(
            &[(53.0, 120.0, "1")],
            &[(72.0, 100.0, "This is no view of the guild.")],
            &expect![[r#"
                -- page 1
                1. Takes note of the lamps;¹
                2. Asks the guild to mend its lamps.
                [1] ¹ This is no view of the guild.
            "#]],
        );
    }

    #[test]
    fn a_number_over_words_that_nothing_refers_to_stays_alone() {
        check(
            &[(53.0, 120.0, "7")],
            &[(72.0, 100.0, "This is no view of the guild.")],
            &expect![[r#"
                -- page 1
                1. Takes note of the lamps;¹
                2. Asks the guild to mend its lamps.
                7
                This is no view of the guild.
            "#]],
        );
    }
}
