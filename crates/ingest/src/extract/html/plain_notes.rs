//! Notes of the oldest pages of EUR-Lex, which are only paragraphs: "the lamps(1)" in the text and
//! "(1) OJ L 3, 4.5.1990, p. 6." behind the signatures, or behind the annex that they belong to.

use crate::Line;
use crate::extract::note_paragraphs;
use crate::extract::ordinal::raised;

/// How the line of place and date begins that closes an act.
const CLOSINGS: &[&str] = &["Done at ", "Fait à ", "Hecho en ", "Geschehen zu ", "Fatto a ", "Feito em "];

/// A mark in the text: its line, where it stands there, and its number.
struct Mark {
    line: usize,
    start: usize,
    number: u32,
}

/// Makes footnotes of the paragraphs that are notes, and raises their marks.
pub(super) fn settle(lines: &mut [Line]) {
    let mut marks: Vec<Mark> = Vec::new();
    let mut is_closed = false;
    let mut at = 0;
    while at < lines.len() {
        is_closed |= CLOSINGS.iter().any(|closing| lines[at].text.starts_with(closing));
        let n_notes = if is_closed { run(&lines[at..]) } else { 0 };
        if n_notes > 0 && belong(&marks, n_notes) {
            raise(&marks, n_notes, lines);
            lines[at..at + n_notes].iter_mut().for_each(note);
            marks.clear();
            at += n_notes;
        } else {
            marks.extend(marks_of(at, &lines[at].text));
            at += 1;
        }
    }
}

/// How many paragraphs from here count "(1)", "(2)" and so on.
fn run(lines: &[Line]) -> usize {
    lines.iter().zip(1..).take_while(|(line, number)| number_of(&line.text) == Some(*number)).count()
}

/// The number in brackets that a paragraph begins with.
fn number_of(text: &str) -> Option<u32> {
    let (number, rest) = text.strip_prefix('(')?.split_once(')')?;
    rest.starts_with(' ').then(|| number.parse().ok())?
}

/// Whether marks in the text lead to so many notes: the first does, and none leads beyond them.
fn belong(marks: &[Mark], n_notes: usize) -> bool {
    let is_within = |mark: &Mark| (1..=n_notes).contains(&(mark.number as usize));
    marks.iter().any(|mark| mark.number == 1) && marks.iter().all(is_within)
}

/// The numbers in brackets that stick to a word.
fn marks_of(line: usize, text: &str) -> impl Iterator<Item = Mark> + '_ {
    text.match_indices('(').filter_map(move |(start, _)| {
        let number = text[start + 1..].split_once(')')?.0;
        let is_short = (1..=3).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit());
        let sticks = text[..start].ends_with(|c: char| c.is_alphabetic() || "\"'’”»".contains(c));
        let number = number.parse().ok().filter(|_| is_short && sticks)?;
        Some(Mark { line, start, number })
    })
}

fn raise(marks: &[Mark], n_notes: usize, lines: &mut [Line]) {
    // From the last to the first, so that the places before stay.
    for mark in marks.iter().rev().filter(|mark| mark.number as usize <= n_notes) {
        let figures = mark.number.to_string();
        let text = &mut lines[mark.line].text;
        let end = mark.start + figures.len() + 2;
        if text.get(mark.start + 1..end - 1) == Some(figures.as_str()) {
            text.replace_range(mark.start..end, &raised(&figures));
        }
    }
}

fn note(line: &mut Line) {
    let Some(number) = number_of(&line.text) else { return };
    let mark = number.to_string();
    let width = mark.len() + "()".len();
    note_paragraphs::make(line, mark, width);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(texts: &[&str], expected: &[&str]) {
        note_paragraphs::check(settle, texts, expected);
    }

    #[test]
    fn notes_stand_behind_the_signatures() {
        check(
            &[
                "On a proposal(1),",
                "Whereas:",
                "(1) Lamps shine(2).",
                "Done at Lampville, 3 May 2030.",
                "(1) OJ L 1.",
                "(2) OJ L 2.",
                "ANNEX",
                "KETTLES(1)",
                "(1) Of tin.",
            ],
            &[
                "On a proposal¹,",
                "Whereas:",
                "(1) Lamps shine².",
                "Done at Lampville, 3 May 2030.",
                "note 1 OJ L 1.",
                "note 2 OJ L 2.",
                "ANNEX",
                "KETTLES¹",
                "note 1 Of tin.",
            ],
        );
    }

    #[test]
    fn numbers_without_marks_are_no_notes() {
        let texts = ["Done at Lampville", "ANNEX", "(1) Lamps", "(2) Kettles"];
        check(&texts, &texts);
    }
}
