//! Footnotes that stand between the two halves of a paragraph which goes on on the next page.
//!
//! The paragraph is one clause, and its notes are clauses of their own: they are put before it, so
//! that both stay whole and each starts on the page that it stands on.

use super::CleanLine;
use super::joining::{Join, Joiner, is_cut_off};
use crate::Role;

/// Puts the footnotes at the foot of a page before the paragraph that they cut in two, if they do.
pub(super) fn put_before_what_they_cut(lines: &mut [CleanLine<'_>]) {
    let mut page_start = 0;
    for next_page in 1..lines.len() {
        if lines[next_page].page == lines[next_page - 1].page {
            continue;
        }
        let page = page_start..next_page;
        page_start = next_page;
        let n_notes = lines[page.clone()].iter().rev().take_while(|line| is_note(line)).count();
        let body_end = next_page - n_notes;
        let Some(last) = body_end.checked_sub(1).filter(|last| n_notes > 0 && page.contains(last)) else {
            continue;
        };
        if !is_cut_off(&lines[last], &lines[next_page]) {
            continue;
        }
        // A paragraph that fills the page began on one before it, where these notes do not stand.
        if let Some(start) = last_paragraph(&lines[page.start..body_end]) {
            lines[page.start + start..next_page].rotate_left(body_end - page.start - start);
        }
    }
}

fn is_note(line: &CleanLine<'_>) -> bool {
    matches!(line.cues.role, Role::Footnote { .. })
}

/// Where the last paragraph of a page's text starts, unless that is its first line.
fn last_paragraph(lines: &[CleanLine<'_>]) -> Option<usize> {
    let mut joiner = Joiner::new(lines);
    let joins: Vec<Join> = (0..lines.len()).map(|at| joiner.next(at)).collect();
    joins.iter().rposition(|join| *join == Join::Break).filter(|start| *start > 0)
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
    fn notes_after_a_whole_paragraph_stay() {
        check(
            &["1. Members agree.", "2. Each Member shall publish its fees."],
            &["3. No fee is due."],
            "1. Members agree.\n\n2. Each Member shall publish its fees.\n\n1 See paragraph 4.\n\n3. No fee is due.",
        );
    }
}
