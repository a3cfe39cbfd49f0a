//! What of a clause is shown: the sentences that hold the matches.

use chapeau_document::Span;
use chapeau_index::sentences;

use crate::results::{Mark, Passage};

/// A clause of at most so many bytes is shown whole: about six lines.
const WHOLE: usize = 480;

/// Bytes that one passage holds at most, cut between words where a sentence is longer.
const LONGEST: usize = 360;

/// Most passages of one clause.
const MOST: usize = 3;

/// The passages of a clause with these marks; its beginning where it has none.
pub(crate) fn passages(text: &str, marks: &[Mark]) -> Vec<Passage> {
    if text.len() <= WHOLE {
        return vec![passage(Span::new(0, text.len()), marks)];
    }
    let sentences = sentences(text);
    let mut chosen = best(&sentences, marks);
    if chosen.is_empty() {
        chosen.push(sentences.first().copied().unwrap_or_default());
    }
    chosen.sort_unstable();
    joined(chosen).into_iter().map(|span| passage(shortened(text, span, marks), marks)).collect()
}

fn passage(span: Span, marks: &[Mark]) -> Passage {
    let marks =
        marks.iter().filter(|mark| span.start <= mark.start && mark.end <= span.end).copied().collect();
    Passage { start: span.start, end: span.end, marks }
}

/// The sentences with the most matches, the earlier of equals. Marks are in order.
fn best(sentences: &[Span], marks: &[Mark]) -> Vec<Span> {
    let before = |end: usize| marks.partition_point(|mark| mark.start < end);
    let count = |span: &Span| before(span.end).saturating_sub(before(span.start));
    let mut counted: Vec<(usize, Span)> =
        sentences.iter().map(|span| (count(span), *span)).filter(|(n, _)| *n > 0).collect();
    counted.sort_by_key(|(n, span)| (std::cmp::Reverse(*n), span.start));
    counted.into_iter().take(MOST).map(|(_, span)| span).collect()
}

/// Neighbouring sentences as one, while they are short enough to be shown whole.
fn joined(spans: Vec<Span>) -> Vec<Span> {
    let mut joined: Vec<Span> = Vec::new();
    for span in spans {
        match joined.last_mut() {
            Some(last) if span.start <= last.end + 1 && span.end - last.start <= LONGEST => {
                last.end = span.end;
            }
            _ => joined.push(span),
        }
    }
    joined
}

/// A sentence that is too long, cut between words around its matches.
fn shortened(text: &str, span: Span, marks: &[Mark]) -> Span {
    if span.len() <= LONGEST {
        return span;
    }
    let inside: Vec<&Mark> =
        marks.iter().filter(|mark| span.start <= mark.start && mark.end <= span.end).collect();
    let first = densest(&inside).unwrap_or(span.start);
    // A third of the room before the first match: enough to see what it belongs to.
    let start = word_start(text, span, first.saturating_sub(LONGEST / 3));
    let end = word_end(text, span, start + LONGEST);
    Span::new(
        start,
        end.max(inside.iter().map(|mark| mark.end).filter(|end| *end <= start + LONGEST).max().unwrap_or(0)),
    )
}

/// The first byte of the match from which most matches lie within one passage. They are in order and
/// do not overlap.
fn densest(marks: &[&Mark]) -> Option<usize> {
    let reach = |(at, from): (usize, &&Mark)| {
        marks.partition_point(|mark| mark.end <= from.start + LONGEST * 2 / 3).saturating_sub(at)
    };
    let most = marks.iter().enumerate().map(|mark| (reach(mark), std::cmp::Reverse(mark.1.start))).max()?;
    Some(most.1.0)
}

fn word_start(text: &str, span: Span, at: usize) -> usize {
    if at <= span.start {
        return span.start;
    }
    let at = ceil_boundary(text, at);
    text[at..span.end].find(char::is_whitespace).map_or(span.start, |space| at + space + 1)
}

fn word_end(text: &str, span: Span, at: usize) -> usize {
    if at >= span.end {
        return span.end;
    }
    let at = ceil_boundary(text, at);
    text[span.start..at].rfind(char::is_whitespace).map_or(span.end, |space| span.start + space)
}

fn ceil_boundary(text: &str, at: usize) -> usize {
    (at..text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(text.len())
}
