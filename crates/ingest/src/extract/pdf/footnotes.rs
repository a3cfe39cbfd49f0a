//! Footnotes of a page: lines at its foot that are smaller than its text or stand below a rule, and begin with
//! a mark that the text has, or that is due after the last note's.

use std::collections::HashSet;

use super::cues::NOTE_SIZE;
use super::layout::{LaidLine, LaidPage};
use crate::recurring;

/// Footnotes whose mark the text does not have stand in this lower part of the page; others may be long.
const NOTE_ZONE: f32 = 0.45;
const LONG_NOTE_ZONE: f32 = 0.8;
/// A rule over the notes stands in this lower part of the page.
const RULE_ZONE: f32 = 0.7;
/// Lines of one note differ by no more than so many points in size.
const SAME_SIZE: f32 = 1.0;
/// A line of so many cells is a row of a table.
const ROW_CELLS: usize = 3;
/// Lines of one note are no more than so many ems apart.
const PITCH: f32 = 2.5;
/// Notes have no higher numbers.
const MOST_NOTES: u32 = 999;

/// A footnote's mark, the size of its letters, and the place of its last line, which is none on the page before.
type OpenNote = Option<(String, f32, f32)>;

/// The notes of a document, page by page.
#[derive(Debug, Default)]
pub(super) struct Notes {
    /// The note that the page before left in mid-sentence.
    carried: OpenNote,
    /// Number of the last note.
    last: u32,
}

impl Notes {
    /// The mark of the footnote that each line of the next page belongs to, where it belongs to one.
    pub(super) fn of_page(
        &mut self,
        page: &LaidPage,
        is_furniture: &impl Fn(usize) -> bool,
        in_table: &[bool],
        body_size: f32,
    ) -> Vec<Option<String>> {
        let foot = Foot::of(page, body_size);
        let mut marks: Vec<Option<String>> = vec![None; page.lines.len()];
        let mut open: OpenNote = None;
        let mut left = None;
        let mut is_below_row = false;
        for (at, line) in page.lines.iter().enumerate() {
            if is_furniture(at) {
                continue;
            }
            let is_tagged_row = line.block.is_some_and(|block| block.is_row);
            let is_in_table = line.is_row || is_tagged_row || in_table.get(at).copied().unwrap_or(false);
            let is_row = line.cells.len() >= ROW_CELLS || is_in_table && !begins_raised(line);
            let goes_on = open.take().filter(|note| goes_on_below(note, line));
            let is_table_note =
                foot.is_small(line) && (is_below_row && begins_raised(line) || goes_on.is_some());
            is_below_row = is_row || is_below_row && is_table_note;
            open = if is_row || !foot.holds(line) && !is_table_note && !foot.is_starred(line) {
                None
            } else if let Some(mark) = mark(line).filter(|_| is_table_note && begins_raised(line)) {
                Some((mark, line.size, line.baseline))
            } else if let Some(mark) = mark(line).filter(|mark| self.is_due(line, mark, &foot)) {
                self.last = mark.parse().unwrap_or(self.last);
                Some((mark, line.size, line.baseline))
            } else if goes_on.is_none() && foot.is_low(line) {
                self.carried.take().filter(|note| goes_on_from(note, line))
            } else {
                goes_on
            };
            left = open.clone().filter(|_| !ends_sentence(&line.text));
            open = open.map(|(mark, size, _)| (mark, size, line.baseline));
            marks[at] = open.as_ref().map(|(mark, ..)| mark.clone());
        }
        self.carried = left;
        marks
    }

    /// Whether a note with this mark may begin here: the text has the mark, or it comes next, or it is plainly
    /// no number of a paragraph or a row.
    fn is_due(&self, line: &LaidLine, mark: &str, foot: &Foot) -> bool {
        let Ok(number) = mark.parse::<u32>() else { return foot.is_low(line) };
        if number == 0 || number > MOST_NOTES || !begins_raised(line) && !has_letters(line) {
            return false;
        }
        let is_plain = begins_raised(line) || glued_mark(&line.text).is_some();
        let is_next = foot.has_body && Some(number) == self.last.checked_add(1);
        foot.references.contains(&number) || foot.is_low(line) && (is_plain || is_next)
    }
}

/// Whether a line has words, not only the figures of a chart.
fn has_letters(line: &LaidLine) -> bool {
    line.text.contains(char::is_alphabetic)
}

/// Whether a line may be one of a note that was begun on the page before.
fn goes_on_from((_, size, _): &(String, f32, f32), line: &LaidLine) -> bool {
    (size - line.size).abs() <= SAME_SIZE && has_letters(line)
}

/// Whether a line goes on with a note right above it.
fn goes_on_below(note: &(String, f32, f32), line: &LaidLine) -> bool {
    let step = line.baseline - note.2;
    // A mark may stand a little above or below the words that follow it.
    goes_on_from(note, line) && (-line.size..PITCH * line.size).contains(&step)
}

/// What a page's notes are told by.
struct Foot {
    body_size: f32,
    /// Above these, no note begins, nor one that the text does not refer to.
    ceiling: f32,
    low: f32,
    /// Baseline of the rule over the notes.
    rule: f32,
    /// Whether the page has any text of the size that most pages have.
    has_body: bool,
    /// The numbers that stand raised in the text.
    references: HashSet<u32>,
    /// Whether a star stands behind a word of it.
    has_star: bool,
}

impl Foot {
    fn of(page: &LaidPage, body_size: f32) -> Self {
        let is_rule = |line: &&LaidLine| {
            line.angle == 0
                && recurring::is_rule(&line.text)
                && line.baseline > page.height * (1.0 - RULE_ZONE)
        };
        let foot = Self {
            body_size,
            ceiling: page.height * (1.0 - LONG_NOTE_ZONE),
            low: page.height * (1.0 - NOTE_ZONE),
            rule: page.lines.iter().filter(is_rule).map(|line| line.baseline).fold(f32::INFINITY, f32::min),
            has_body: false,
            references: HashSet::new(),
            has_star: page.lines.iter().any(|line| refers_by_star(&line.text)),
        };
        let has_body = page.lines.iter().any(|line| line.angle == 0 && !foot.is_small(line));
        let mut references = HashSet::new();
        for line in page.lines.iter().filter(|line| !foot.holds(line)) {
            add_references(&line.text, &mut references);
        }
        Self { has_body, references, ..foot }
    }

    /// Whether a line stands and looks as notes do.
    fn holds(&self, line: &LaidLine) -> bool {
        let is_low = self.is_small(line) && line.baseline > self.ceiling;
        line.angle == 0 && (is_low || line.baseline > self.rule)
    }

    fn is_small(&self, line: &LaidLine) -> bool {
        line.size < NOTE_SIZE * self.body_size
    }

    /// Whether a line at the foot of the page is the note of a star in its text, though it is as large.
    fn is_starred(&self, line: &LaidLine) -> bool {
        self.has_star && self.is_low(line) && line.angle == 0 && line.text.starts_with("* ")
    }

    fn is_low(&self, line: &LaidLine) -> bool {
        line.baseline > self.low || line.baseline > self.rule
    }
}

/// The raised numbers in a line, and those that stand right behind a word: "agreed.3".
fn add_references(text: &str, references: &mut HashSet<u32>) {
    let mut number: Option<u32> = None;
    let mut before = [' ', ' '];
    // Letters since the last character that is none.
    let mut n_letters = 0;
    for character in text.chars().chain([' ']) {
        let digit = plain_figure(character).to_digit(10);
        // "12 m2", "km2", "cm3" are squares and cubes.
        let is_measure =
            before[1] == 'm' && (n_letters == 1 || n_letters == 2 && "kcdmh".contains(before[0]));
        let is_behind = before[1].is_lowercase() && !is_measure
            || matches!(before[1], '.' | ',' | ';' | ')' | '”' | '’') && !before[0].is_numeric();
        number = match (digit, number) {
            (Some(digit), Some(number)) => Some(number.wrapping_mul(10).wrapping_add(digit)),
            (Some(digit), None) if is_raised(character) && !is_measure || is_behind => Some(digit),
            (None, Some(number)) => {
                references.insert(number);
                None
            }
            _ => None,
        };
        n_letters = if character.is_alphabetic() { n_letters + 1 } else { 0 };
        before = [before[1], character];
    }
}

/// Whether a star stands behind a word: "the preliminary list.*"
fn refers_by_star(text: &str) -> bool {
    text.match_indices('*').any(|(at, _)| {
        let is_behind = text[..at].ends_with(|c: char| c.is_alphabetic() || ".,;)".contains(c));
        is_behind && !text[at + 1..].starts_with(|c: char| c.is_alphanumeric() || c == '*')
    })
}

fn ends_sentence(text: &str) -> bool {
    text.trim_end().ends_with(['.', '!', '?', ';', ')', '”', '»'])
}

/// Whether a line begins with a raised mark or a sign that only notes have.
pub(super) fn begins_raised(line: &LaidLine) -> bool {
    line.raised_start
        || line.text.trim_start_matches('(').starts_with(|first| is_raised(first) || "*†‡".contains(first))
}

/// A note's text with a space between its raised mark and its first word.
pub(super) fn spaced_after_mark(text: &str) -> String {
    let raised = text.trim_start_matches(is_raised);
    let is_raised = raised.len() < text.len() && raised.starts_with(char::is_alphabetic);
    let Some(after) = is_raised.then_some(raised).or_else(|| glued_mark(text)) else {
        return text.to_owned();
    };
    format!("{} {after}", &text[..text.len() - after.len()])
}

/// The mark that begins a note: raised figures, a star or dagger, or a number with space after it.
pub(super) fn mark(line: &LaidLine) -> Option<String> {
    // The Official Journal puts raised marks in brackets.
    let first = line.text.split_whitespace().next()?;
    let first = first.strip_prefix('(').filter(|bare| bare.starts_with(is_raised)).unwrap_or(first);
    let is_sign = |character: char| "*†‡§".contains(character);
    let mark: String =
        first.chars().take_while(|&character| is_raised(character) || is_sign(character)).collect();
    if !mark.is_empty() {
        return Some(mark.chars().map(plain_figure).collect());
    }
    if let Some(after) = glued_mark(first) {
        return Some(first[..first.len() - after.len()].to_owned());
    }
    let first = first.trim_end_matches(['.', ')']);
    let is_number = (1..=3).contains(&first.len()) && first.bytes().all(|byte| byte.is_ascii_digit());
    let raised = line.raised_start && first.chars().count() <= 2;
    (is_number || raised).then(|| first.to_owned())
}

/// What follows a number that stands right before a sentence: some fonts have raised figures of their
/// own, which are as large as others and on the baseline for all that a PDF says.
fn glued_mark(text: &str) -> Option<&str> {
    let after = text.trim_start_matches(|character: char| character.is_ascii_digit());
    let mut letters = after.chars();
    let is_sentence = letters.next().is_some_and(char::is_uppercase)
        && letters.next().is_some_and(|second| second.is_lowercase() || second == '’' || second == ' ');
    ((1..=3).contains(&(text.len() - after.len())) && is_sentence).then_some(after)
}

fn is_raised(character: char) -> bool {
    "⁰¹²³⁴⁵⁶⁷⁸⁹".contains(character)
}

fn plain_figure(character: char) -> char {
    match character {
        '¹' => '1',
        '²' => '2',
        '³' => '3',
        '⁰'..='⁹' => char::from_digit(character as u32 - '⁰' as u32, 10).unwrap_or(character),
        _ => character,
    }
}

#[cfg(test)]
mod tests {
    use super::super::layout::{Cell, laid};
    use super::*;

    #[test]
    fn small_lines_at_the_foot_that_begin_with_a_mark_are_footnotes() {
        let lines = vec![
            laid("Members agree.¹", 10.0, 100.0),
            laid("1 is a number of the body.", 10.0, 600.0),
            laid("¹ See document", 8.0, 700.0),
            laid("WT/L/843.", 8.0, 710.0),
            laid("² Ibid.", 8.0, 720.0),
        ];
        let page = LaidPage { number: 1, height: 800.0, lines, ..LaidPage::default() };
        let marks = Notes::default().of_page(&page, &|_| false, &[], 10.0);
        let marks: Vec<Option<&str>> = marks.iter().map(Option::as_deref).collect();
        assert_eq!(marks, [None, None, Some("1"), Some("1"), Some("2")]);
    }

    #[test]
    fn the_note_of_a_star_may_be_as_large_as_the_text() {
        let lines = vec![
            laid("Item 7 of the list of lamps.*", 10.0, 100.0),
            laid("The guild met.", 10.0, 120.0),
            laid("* LO/12/7.", 10.0, 720.0),
        ];
        let page = LaidPage { number: 1, height: 800.0, lines, ..LaidPage::default() };
        let marks = Notes::default().of_page(&page, &|_| false, &[], 10.0);
        assert_eq!(marks.iter().map(Option::as_deref).collect::<Vec<_>>(), [None, None, Some("*")]);
    }

    #[test]
    fn squares_and_cubes_are_no_references() {
        let check = |text: &str, expected: &[u32]| {
            let mut found = HashSet::new();
            add_references(text, &mut found);
            assert_eq!(found, expected.iter().copied().collect(), "{text}");
        };
        check("12 m2 of glass and 3 km² of land", &[]);
        check("the guild agreed,4 as the museum2 did³", &[2, 3, 4]);
    }

    #[test]
    fn a_note_goes_on_at_the_foot_of_the_next_page() {
        let mut notes = Notes::default();
        let mut marks_of = |lines: Vec<LaidLine>| {
            let page = LaidPage { number: 1, height: 800.0, lines, ..LaidPage::default() };
            notes.of_page(&page, &|_| false, &[], 10.0)
        };
        let some = |mark: &str| Some(mark.to_owned());
        let first = vec![laid("Members agree.", 10.0, 100.0), laid("3The keepers of locks", 8.0, 700.0)];
        assert_eq!(marks_of(first), [None, some("3")]);
        let second = vec![laid("5. No fee.", 10.0, 100.0), laid("and of weirs.", 8.0, 700.0)];
        assert_eq!(marks_of(second), [None, some("3")]);
        assert_eq!(marks_of(vec![laid("small print", 8.0, 700.0)]), [None]);
    }

    #[test]
    fn notes_below_a_rule_may_be_as_large_as_the_text() {
        let lines = vec![
            laid("2. Notes the report of the keepers;³", 10.0, 600.0),
            laid("_________", 10.0, 640.0),
            laid("3 Lamp papers, part two,", 10.0, 652.0),
            laid("4 lamps on each page.", 10.0, 664.0),
        ];
        let page = LaidPage { number: 1, height: 800.0, lines, ..LaidPage::default() };
        let marks = Notes::default().of_page(&page, &|at| at == 1, &[], 10.0);
        assert_eq!(
            marks.iter().map(Option::as_deref).collect::<Vec<_>>(),
            [None, None, Some("3"), Some("4")]
        );
    }

    #[test]
    fn notes_of_a_table_stand_below_it() {
        let raised = |text: &str, baseline: f32| LaidLine { raised_start: true, ..laid(text, 8.0, baseline) };
        let row = |text: &str, baseline: f32| LaidLine {
            cells: vec![Cell::default(); 3],
            ..laid(text, 10.0, baseline)
        };
        let lines = vec![
            row("Lamps\t12\t14a", 100.0),
            raised("a In the spring, and in", 120.0),
            laid("the autumn.", 8.0, 130.0),
            laid("Lamps were sold.", 10.0, 150.0),
        ];
        let page = LaidPage { number: 1, height: 800.0, lines, ..LaidPage::default() };
        let marks = Notes::default().of_page(&page, &|_| false, &[], 10.0);
        assert_eq!(
            marks.iter().map(Option::as_deref).collect::<Vec<_>>(),
            [None, Some("a"), Some("a"), None]
        );
    }

    #[test]
    fn small_rows_of_figures_are_no_notes() {
        let row = |text: &str, baseline: f32| LaidLine {
            cells: vec![Cell::default(); 4],
            ..laid(text, 7.0, baseline)
        };
        let lines = vec![
            laid("Lamps were sold.", 10.0, 100.0),
            row("1\tLamps\t12\t14", 600.0),
            row("2\tWax\t7\t9", 610.0),
            laid("3 Lamps lit", 7.0, 620.0),
        ];
        let page = LaidPage { number: 1, height: 800.0, lines, ..LaidPage::default() };
        assert_eq!(Notes::default().of_page(&page, &|_| false, &[], 10.0), vec![None; 4]);
    }
}
