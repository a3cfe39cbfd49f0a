//! The marks of a clause: in order, none over another, step by step where they stand in its path.

use chapeau_document::Step;

use crate::results::{By, Mark};

/// The marks of a clause, each in the text it belongs to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Marks {
    pub(crate) text: Vec<Mark>,
    pub(crate) title: Vec<Mark>,
    pub(crate) lead_in: Vec<Mark>,
    pub(crate) path: Vec<Vec<Mark>>,
    pub(crate) symbols: Vec<Vec<Mark>>,
    /// Whether more matched than is marked: the query fits in too many places of the clause.
    pub(crate) is_cut: bool,
}

/// The marks of the joined headings, step by step; one that goes on into the next step is cut.
pub(crate) fn by_step(path: &[Step], marks: &[Mark]) -> Vec<Vec<Mark>> {
    let mut start = 0;
    let mut steps = Vec::with_capacity(path.len());
    for step in path {
        let end = start + step.words().len();
        let inside = marks.iter().filter(|mark| mark.start < end && start < mark.end);
        let here = |mark: &Mark| Mark {
            start: mark.start.max(start) - start,
            end: mark.end.min(end) - start,
            by: mark.by,
        };
        steps.push(inside.map(here).collect());
        // Steps without words leave no line behind.
        start = if end > start { end + 1 } else { end };
    }
    steps
}

/// Marks in order, those that overlap made one. A synonym all of whose words were typed is not told
/// of: the words typed are.
pub(crate) fn merged(mut marks: Vec<Mark>, text: &str) -> Vec<Mark> {
    let typed = joined(marks.iter().filter(|mark| mark.by != By::Synonym).copied().collect());
    marks.retain(|mark| mark.by != By::Synonym || !is_covered(mark, &typed, text));
    joined(marks)
}

/// Marks in order, those that overlap made one.
fn joined(mut marks: Vec<Mark>) -> Vec<Mark> {
    marks.sort_unstable_by_key(|mark| (mark.start, std::cmp::Reverse(mark.end), mark.by));
    let mut joined: Vec<Mark> = Vec::with_capacity(marks.len());
    for mark in marks {
        match joined.last_mut() {
            Some(last) if mark.start < last.end => last.end = last.end.max(mark.end),
            _ => joined.push(mark),
        }
    }
    joined
}

/// Whether no letter of a mark is outside of these others, which are in order and do not overlap.
fn is_covered(mark: &Mark, others: &[Mark], text: &str) -> bool {
    let inside = |at: usize| {
        let after = others.partition_point(|other| other.start <= at);
        after.checked_sub(1).is_some_and(|last| at < others[last].end)
    };
    let letters = text.get(mark.start..mark.end).unwrap_or_default().char_indices();
    letters.filter(|(_, letter)| letter.is_alphanumeric()).all(|(at, _)| inside(mark.start + at))
}
