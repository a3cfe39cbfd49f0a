//! Footnotes that stand between the two halves of a paragraph which goes on on the next page.
//!
//! The paragraph is one clause, and its notes are clauses of their own: they are put before it, or behind it
//! if it began on an earlier page, so that all stay whole. A note that goes on on the next page does so too.

use super::CleanLine;
use super::joining::{Join, Joiner};
use crate::Role;

/// All lines as they are read, each with how it joins the one before.
pub(super) fn joined(lines: Vec<CleanLine<'_>>) -> Vec<(CleanLine<'_>, Join)> {
    let (mut body, mut notes, mut places) = (Vec::with_capacity(lines.len()), Vec::new(), Vec::new());
    for line in lines {
        if matches!(line.cues.role, Role::Footnote { .. }) {
            notes.push(line);
            places.push(body.len());
        } else {
            body.push(line);
        }
    }
    let (body_joins, note_joins) = (joins(&body), joins(&notes));
    put_outside(&body, &body_joins, &notes, &note_joins, &mut places);
    merged(body.into_iter().zip(body_joins), notes.into_iter().zip(note_joins), &places)
}

fn joins(lines: &[CleanLine<'_>]) -> Vec<Join> {
    let mut joiner = Joiner::new(lines);
    (0..lines.len()).map(|at| joiner.next(at)).collect()
}

/// Moves each note out of the paragraph that it stands in. A place is the number of lines of the text before a note.
fn put_outside(
    body: &[CleanLine<'_>],
    body_joins: &[Join],
    notes: &[CleanLine<'_>],
    note_joins: &[Join],
    places: &mut [usize],
) {
    let (starts, ends) = (starts(body_joins), ends(body_joins));
    let mut last = 0;
    for at in 0..places.len() {
        if note_joins[at] == Join::Break {
            let place = places[at];
            let is_within = body_joins.get(place).is_some_and(|join| *join != Join::Break);
            let start = starts.get(place).copied().unwrap_or(place);
            last = if !is_within {
                place
            } else if body[start].page == notes[at].page {
                start
            } else {
                ends.get(place).copied().unwrap_or(body.len())
            };
        }
        places[at] = last;
    }
}

/// Where the block of each line starts.
fn starts(joins: &[Join]) -> Vec<usize> {
    let mut start = 0;
    let starts = joins.iter().enumerate().map(|(at, join)| {
        if *join == Join::Break {
            start = at;
        }
        start
    });
    starts.collect()
}

/// Where the block of each line ends.
fn ends(joins: &[Join]) -> Vec<usize> {
    let mut end = joins.len();
    let mut ends: Vec<usize> = (0..joins.len())
        .rev()
        .map(|at| {
            let here = end;
            if joins[at] == Join::Break {
                end = at;
            }
            here
        })
        .collect();
    ends.reverse();
    ends
}

/// The lines of the text and the notes in one order, by the places of the notes.
fn merged<'l>(
    body: impl Iterator<Item = (CleanLine<'l>, Join)>,
    notes: impl Iterator<Item = (CleanLine<'l>, Join)>,
    places: &[usize],
) -> Vec<(CleanLine<'l>, Join)> {
    let mut notes: Vec<(usize, (CleanLine<'l>, Join))> = places.iter().copied().zip(notes).collect();
    notes.sort_by_key(|(place, _)| *place);
    let mut notes = notes.into_iter().peekable();
    let mut merged = Vec::new();
    for (at, line) in body.enumerate() {
        while let Some((_, note)) = notes.next_if(|(place, _)| *place <= at) {
            merged.push(note);
        }
        merged.push(line);
    }
    merged.extend(notes.map(|(_, note)| note));
    merged
}

#[cfg(test)]
mod tests {
    use crate::{Extracted, ExtractedPage, Line, Options, Role, normalize};

    fn page(number: u32, body: &[&str], notes: &[&str]) -> ExtractedPage {
        let line = |text: &&str| Line { text: (*text).to_owned(), ..Line::default() };
        let note = |text: &&str| Line { role: Role::Footnote { mark: "1".into() }, ..line(text) };
        let lines = body.iter().map(line).chain(notes.iter().map(note)).collect();
        ExtractedPage { number, label: None, lines }
    }

    fn check(first: &[&str], second: &[&str], expected: &str) {
        let pages = vec![page(1, first, &["1 See paragraph 4."]), page(2, second, &[])];
        let extracted = Extracted { pages, paged: true, ..Extracted::default() };
        let normalized = normalize(&extracted, &Options::default());
        assert_eq!(normalized.text, expected);
        let note = normalized.text.find("See").expect("the note is there");
        assert_eq!(normalized.pages.page_at(note).map(|page| page.number), Some(1));
    }

    #[test]
    fn a_paragraph_is_not_cut_by_the_notes_of_its_page() {
        check(
            &["1. Members agree.", "2. Each Member shall publish the fees that it"],
            &["collects within thirty days."],
            "1. Members agree.\n\n1 See paragraph 4.\n\n2. Each Member shall publish the fees that it collects within \
             thirty days.",
        );
    }

    #[test]
    fn a_word_goes_on_below_a_running_head() {
        let line = |text: &str| Line { text: text.to_owned(), ..Line::default() };
        let head = Line { role: Role::Furniture, ..line("Conference of Barge Harbours") };
        let body = Line { space_above: 3.0, ..line("ment of barges.") };
        let first =
            ExtractedPage { number: 1, label: None, lines: vec![line("2. Members publish the treat-")] };
        let second = ExtractedPage { number: 2, label: None, lines: vec![head, body] };
        let extracted = Extracted { pages: vec![first, second], paged: true, ..Extracted::default() };
        let normalized = normalize(&extracted, &Options::default());
        assert_eq!(normalized.text, "2. Members publish the treatment of barges.");
    }

    #[test]
    fn capitals_below_a_sentence_are_a_heading() {
        check(
            &[
                "The guild elected the keeper of the lower lock as chair for the year that begins.",
                "OTHER LAMPS",
                "None was lit.",
            ],
            &[],
            "The guild elected the keeper of the lower lock as chair for the year that begins.\n\nOTHER LAMPS\n\nNone was \
             lit.\n\n1 See paragraph 4.",
        );
    }

    #[test]
    fn notes_after_a_whole_paragraph_stay() {
        check(
            &["1. Members agree.", "2. Each Member shall publish its fees."],
            &["3. No fee is due."],
            "1. Members agree.\n\n2. Each Member shall publish its fees.\n\n1 See paragraph 4.\n\n3. No fee is due.",
        );
    }
}
