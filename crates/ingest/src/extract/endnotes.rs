//! Notes at the end of a text, as paragraphs "1 See ...", "2 ..." whose marks stand in it as `[1]`.

use std::collections::HashSet;

use super::note_paragraphs;
use crate::Line;

/// Fewest notes that can be told from a list.
const FEWEST: usize = 2;

/// Makes footnotes of the last numbered paragraphs if each of them has its mark in the text before.
pub(super) fn settle(lines: &mut [Line]) {
    let numbers: Vec<Option<u32>> = lines.iter().map(|line| bare_number(&line.text)).collect();
    let Some(last) = numbers.iter().rposition(Option::is_some) else { return };
    let n_notes = numbers[..=last]
        .iter()
        .rev()
        .zip((0..=numbers[last].unwrap_or_default()).rev())
        .take_while(|(number, expected)| **number == Some(*expected) && *expected > 0)
        .count();
    let first = last + 1 - n_notes;
    let (text, notes) = lines.split_at_mut(first);
    let marks: HashSet<u32> = text.iter().flat_map(|line| marks(&line.text)).collect();
    let has_mark = |number: usize| marks.contains(&(number as u32));
    let is_whole = n_notes >= FEWEST && numbers[first] == Some(1) && (1..=n_notes).all(has_mark);
    if !is_whole {
        return;
    }
    for (line, number) in notes.iter_mut().zip(1..=n_notes) {
        let mark = number.to_string();
        let width = mark.len();
        note_paragraphs::make(line, mark, width);
    }
}

/// The numbers in square brackets.
fn marks(text: &str) -> impl Iterator<Item = u32> + '_ {
    text.match_indices('[').filter_map(|(at, _)| {
        let number = text[at + 1..text.floor_char_boundary(at + 5)].split_once(']')?.0;
        let is_short = (1..=3).contains(&number.len());
        number.parse().ok().filter(|_| is_short)
    })
}

/// "7 Words": a number without a mark of its own.
fn bare_number(text: &str) -> Option<u32> {
    let (number, rest) = text.split_once(' ')?;
    let is_number = (1..=3).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit());
    number.parse().ok().filter(|_| is_number && !rest.trim().is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(texts: &[&str], expected: &[&str]) {
        note_paragraphs::check(settle, texts, expected);
    }

    #[test]
    fn notes_have_their_marks_in_the_text() {
        check(
            &["Lamps [1] shine [2].", "1 Of brass.", "2 By night.", "[LG: 7]"],
            &["Lamps [1] shine [2].", "note 1 Of brass.", "note 2 By night.", "[LG: 7]"],
        );
    }

    #[test]
    fn other_numbers_are_no_notes() {
        for texts in [
            ["Lamps [1] shine.", "1 Of brass.", "2 By night."],
            ["Lamps", "1 lamp", "2 lamps"],
            ["[1] [2]", "a", "2 b"],
        ] {
            check(&texts, &texts);
        }
        check(&[], &[]);
    }
}
