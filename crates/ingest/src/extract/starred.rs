//! Notes with asterisks that a writer typed by hand: "preliminary list*" in the text, and "* A/99/50."
//! as a paragraph below.

use super::note_paragraphs;
use crate::{Line, Role};

/// The longest mark: four asterisks.
const LONGEST: usize = 4;

/// Makes footnotes of the paragraphs whose mark sticks to a word before them.
pub(super) fn settle(lines: &mut [Line]) {
    let mut has_mark = [false; LONGEST + 1];
    for line in lines {
        if let Some(mark) = leading_mark(line).filter(|mark| has_mark[mark.len()]) {
            let mark = mark.to_owned();
            let width = mark.len();
            note_paragraphs::make(line, mark, width);
        } else if line.text.contains('*') {
            note_marks(&line.text, &mut has_mark);
        }
    }
}

/// The asterisks that a paragraph begins with, if words follow them behind a space.
fn leading_mark(line: &Line) -> Option<&str> {
    let text = line.text.trim_start();
    let words = text.trim_start_matches('*');
    let mark = &text[..text.len() - words.len()];
    let is_note = (1..=LONGEST).contains(&mark.len())
        && words.starts_with(char::is_whitespace)
        && words.contains(char::is_alphanumeric);
    let is_paragraph = matches!(line.role, Role::Body | Role::Item { .. });
    (is_paragraph && is_note).then_some(mark)
}

/// Notes the runs of asterisks that stick to a word.
fn note_marks(text: &str, has_mark: &mut [bool; LONGEST + 1]) {
    let mut rest = text;
    while let Some(at) = rest.find('*') {
        let (before, run) = rest.split_at(at);
        rest = run.trim_start_matches('*');
        let length = run.len() - rest.len();
        let sticks = before.ends_with(|c: char| c.is_alphanumeric() || ".,;:)]”’\"'".contains(c));
        let ends = !rest.starts_with(char::is_alphanumeric);
        if length <= LONGEST && sticks && ends {
            has_mark[length] = true;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(texts: &[&str], expected: &[&str]) {
        note_paragraphs::check(settle, texts, expected);
    }

    #[test]
    fn asterisks_tie_notes_to_words() {
        check(
            &["Lamps*", "Wicks of 2050**\t3", "* LG/7.", "** Under rule 4.", "*** Oil."],
            &["Lamps*", "Wicks of 2050**\t3", "note * LG/7.", "note ** Under rule 4.", "*** Oil."],
        );
    }

    #[test]
    fn bullets_and_products_are_no_notes() {
        for texts in [["* Lamps", "* Wicks", "* 5"], ["2*3", "* Lamps", "*"], ["a * b", "* Lamps", "** Oil"]]
        {
            check(&texts, &texts);
        }
    }
}
