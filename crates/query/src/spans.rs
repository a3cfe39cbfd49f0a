//! Where in a record words stand to one another: phrases and proximity over a field's positions.

use tantivy::postings::{Postings, SegmentPostings};
use tantivy::{DocId, DocSet, TERMINATED};

/// Positions `first..=last` of one match.
type Place = (u32, u32);

/// Most places of one operand that are compared in one record. A longer record than any clause
/// would be needed to exceed it; it bounds the cost of a hostile one.
const MAX_PLACES: usize = 2_000;

/// What is looked for at the positions of one field of one segment.
pub(crate) enum Spans {
    /// Any of these terms.
    Terms(Vec<SegmentPostings>),
    /// Any of these.
    Any(Vec<Spans>),
    /// One directly after the other.
    Sequence(Vec<Spans>),
    /// Both, at most so many words on; `ordered`: the first one first.
    Near(Box<(Spans, Spans)>, u32, bool),
    /// Both in one sentence; with the words that end one.
    Sentence(Box<(Spans, Spans)>, Box<Spans>),
}

impl Spans {
    /// The first record from `target` on that may match.
    pub(crate) fn seek(&mut self, target: DocId) -> DocId {
        match self {
            Self::Terms(terms) => {
                terms.iter_mut().map(|postings| seek(postings, target)).min().unwrap_or(TERMINATED)
            }
            Self::Any(any) => any.iter_mut().map(|spans| spans.seek(target)).min().unwrap_or(TERMINATED),
            Self::Sequence(sequence) => together(target, &mut sequence.iter_mut().collect::<Vec<_>>()),
            Self::Near(pair, ..) | Self::Sentence(pair, _) => {
                let (left, right) = &mut **pair;
                together(target, &mut [left, right])
            }
        }
    }

    /// The matches in `doc`, which [`Spans::seek`] has returned.
    pub(crate) fn places(&mut self, doc: DocId) -> Vec<Place> {
        let mut places = match self {
            Self::Terms(terms) => terms.iter_mut().flat_map(|postings| positions(postings, doc)).collect(),
            Self::Any(any) => any.iter_mut().filter_map(|spans| spans.at(doc)).flatten().collect(),
            Self::Sequence(sequence) => in_sequence(sequence, doc),
            Self::Near(pair, at_most, ordered) => near(pair, doc, |a, b| is_near(a, b, *at_most, *ordered)),
            Self::Sentence(pair, ends) => {
                let ends: Vec<u32> = ends.at(doc).into_iter().flatten().map(|end| end.1).collect();
                near(pair, doc, |a, b| is_in_one_sentence(a, b, &ends))
            }
        };
        places.sort_unstable();
        places.dedup();
        places.truncate(MAX_PLACES);
        places
    }

    fn at(&mut self, doc: DocId) -> Option<Vec<Place>> {
        (self.seek(doc) == doc).then(|| self.places(doc))
    }
}

fn seek(postings: &mut SegmentPostings, target: DocId) -> DocId {
    if postings.doc() < target { postings.seek(target) } else { postings.doc() }
}

/// The first record from `target` on that all have.
fn together(target: DocId, all: &mut [&mut Spans]) -> DocId {
    let mut target = target;
    loop {
        let furthest = all.iter_mut().map(|spans| spans.seek(target)).max().unwrap_or(TERMINATED);
        if furthest == target || furthest == TERMINATED {
            return furthest;
        }
        target = furthest;
    }
}

fn positions(postings: &mut SegmentPostings, doc: DocId) -> Vec<Place> {
    let mut positions = Vec::new();
    if postings.doc() == doc {
        postings.positions(&mut positions);
    }
    positions.into_iter().map(|position| (position, position)).collect()
}

fn in_sequence(sequence: &mut [Spans], doc: DocId) -> Vec<Place> {
    let mut parts = sequence.iter_mut();
    let Some(first) = parts.next() else { return Vec::new() };
    parts.fold(first.places(doc), |found, next| {
        let next = next.places(doc);
        let follows = |(first, last): Place| {
            let from = next.partition_point(|place| place.0 <= last);
            next[from..]
                .iter()
                .take_while(move |place| place.0 == last + 1)
                .map(move |place| (first, place.1))
        };
        found.into_iter().flat_map(follows).collect()
    })
}

fn near(pair: &mut (Spans, Spans), doc: DocId, is_near: impl Fn(Place, Place) -> bool) -> Vec<Place> {
    let (left, right) = (pair.0.places(doc), pair.1.places(doc));
    let mut found = Vec::new();
    for a in &left {
        found.extend(right.iter().filter(|b| is_near(*a, **b)).map(|b| (a.0.min(b.0), a.1.max(b.1))));
        if found.len() >= MAX_PLACES {
            break;
        }
    }
    found
}

/// Whether two places are at most so many words on from each other. Places that overlap are the
/// same words twice, and not near each other.
pub(crate) fn is_near(a: Place, b: Place, at_most: u32, ordered: bool) -> bool {
    if a.1 < b.0 {
        b.0 - a.1 <= at_most
    } else if b.1 < a.0 {
        !ordered && a.0 - b.1 <= at_most
    } else {
        false
    }
}

/// Whether two places that do not overlap stand in one sentence. `ends` are the positions of the
/// last words of sentences, in order.
pub(crate) fn is_in_one_sentence(a: Place, b: Place, ends: &[u32]) -> bool {
    let (first, last) = (a.0.min(b.0), a.1.max(b.1));
    let next_end = ends.get(ends.partition_point(|end| *end < first));
    is_near(a, b, u32::MAX, false) && next_end.is_none_or(|end| *end >= last)
}
