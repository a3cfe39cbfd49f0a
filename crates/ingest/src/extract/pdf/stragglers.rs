//! Lines that a page's stream draws out of their place: a masthead drawn last, a foot drawn first.

use super::layout::{LaidLine, LaidPage};
use super::structure::Kind;

/// So many lines, first or last in the stream, may belong to the other end of the page.
const MOST: usize = 6;
/// A line so many ems above the first of a note is no part of the note.
const ABOVE_NOTE: f32 = 3.0;

/// Puts the last lines of a page that stand above all others before them, and the first ones that stand below
/// all others behind them: a sentence that runs over the page's end is then not cut by them.
pub(super) fn put_in_place(page: &mut LaidPage) {
    leave_notes(page);
    let lines = &page.lines;
    if lines.len() < 2 * MOST || lines.iter().any(|line| line.angle != lines[0].angle) {
        return;
    }
    let baseline = |at: usize| lines[at].baseline;
    let highest = |range: std::ops::Range<usize>| range.map(baseline).fold(f32::INFINITY, f32::min);
    let lowest = |range: std::ops::Range<usize>| range.map(baseline).fold(f32::NEG_INFINITY, f32::max);
    // Notes are put behind the text in any case.
    let is_note = |line: &LaidLine| line.block.is_some_and(|block| matches!(block.kind, Kind::Note(_)));
    let n = lines.len() - lines.iter().rev().take_while(|line| is_note(line)).count();
    // What the stream draws first may stand higher still.
    let behind = |some: usize| {
        let lowest = lowest(n - some..n);
        let start = (0..n - some).rev().find(|&at| baseline(at) <= lowest).map_or(0, |at| at + 1);
        (start <= MOST && start + MOST <= n - some).then_some((start, some))
    };
    let last = (1..=MOST.min(n)).rev().find_map(behind);
    let first = (1..=MOST.min(n)).rev().find(|&some| highest(0..some) > lowest(some..n));
    match (last, first) {
        (Some((start, some)), _) => page.lines[start..n].rotate_right(some),
        (None, Some(first)) => page.lines[..n].rotate_left(first),
        (None, None) => {}
    }
}

/// Takes what stands high above the first line of a tagged note out of it: the labels of a drawing that is
/// anchored there.
fn leave_notes(page: &mut LaidPage) {
    let mut open: Option<(Kind, f32)> = None;
    for line in &mut page.lines {
        let kind = line.block.map(|block| block.kind).filter(|kind| matches!(kind, Kind::Note(_)));
        let Some(kind) = kind else { continue };
        match open.filter(|(note, _)| *note == kind) {
            Some((_, top)) if line.baseline < top - ABOVE_NOTE * line.size => line.block = None,
            Some(_) => {}
            None => open = Some((kind, line.baseline)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tagged::LineBlock;
    use super::*;

    #[test]
    fn labels_high_above_a_note_are_no_part_of_it() {
        let line = |baseline: f32, note: bool| {
            let block = note.then_some(LineBlock { number: 7, kind: Kind::Note(1), is_row: false });
            LaidLine { baseline, size: 10.0, block, ..LaidLine::default() }
        };
        let lines = vec![line(300.0, false), line(700.0, true), line(712.0, true), line(100.0, true)];
        let mut page = LaidPage { lines, ..LaidPage::default() };
        leave_notes(&mut page);
        let notes: Vec<bool> = page.lines.iter().map(|line| line.block.is_some()).collect();
        assert_eq!(notes, [false, true, true, false]);
    }

    #[track_caller]
    fn check(baselines: &[f32], expected: &[f32]) {
        let line = |&baseline: &f32| LaidLine { baseline, ..LaidLine::default() };
        let mut page = LaidPage { lines: baselines.iter().map(line).collect(), ..LaidPage::default() };
        put_in_place(&mut page);
        assert_eq!(page.lines.iter().map(|line| line.baseline).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn a_masthead_drawn_last_comes_first() {
        let text: Vec<f32> = (10..22).map(|line| line as f32).collect();
        check(&[&text[..], &[1.0, 2.0]].concat(), &[&[1.0, 2.0], &text[..]].concat());
        check(&[&[0.0], &text[..], &[1.0]].concat(), &[&[0.0, 1.0], &text[..]].concat());
        check(&[&[90.0], &text[..]].concat(), &[&text[..], &[90.0]].concat());
        check(&[&text[6..], &text[..6]].concat(), &text);
        check(&text, &text);
    }
}
