//! Where in a record words stand to one another: phrases and proximity over a field's positions.

use std::ops::ControlFlow;
use std::rc::Rc;

use chapeau_index::Meter;
use tantivy::postings::{Postings, SegmentPostings};
use tantivy::{DocId, DocSet, TERMINATED};

/// Positions `first..=last` of one match.
pub(crate) type Place = (u32, u32);

/// Most places of one operand that are compared in one record. A longer record than any clause
/// would be needed to exceed it; it bounds the cost of a hostile one.
pub(crate) const MAX_PLACES: usize = 2_000;

/// Steps that it takes to find a record in a posting list.
const SEEK: u64 = 3;

/// What is looked for at the positions of one field of one segment.
pub(crate) struct Spans {
    form: Form,
    /// The record that the last [`Spans::seek`] gave: a part of several is asked again and again
    /// while the others catch up with it.
    at: Option<DocId>,
    /// Records that have it, at most.
    cost: u64,
    /// What [`Spans::places`] gave last: kept for its room.
    places: Vec<Place>,
    /// Once it is spent, no record matches any more.
    meter: Rc<Meter>,
}

enum Form {
    /// Any of these terms; with room for the positions of one.
    Terms(Vec<SegmentPostings>, Vec<u32>),
    /// Any of these.
    Any(Vec<Spans>),
    /// One directly after the other; with the order in which they are sought, the rarest first.
    Sequence(Vec<Spans>, Vec<usize>),
    /// Both, at most so many words on; `ordered`: the first one first.
    Near(Box<(Spans, Spans)>, u32, bool),
    /// Both in one sentence; with the words that end one.
    Sentence(Box<(Spans, Spans)>, Box<Spans>),
}

impl Spans {
    fn new(form: Form, meter: Rc<Meter>) -> Self {
        let cost = match &form {
            Form::Terms(terms, _) => terms.iter().map(|postings| u64::from(postings.doc_freq())).sum(),
            Form::Any(any) => any.iter().map(|spans| spans.cost).sum(),
            Form::Sequence(sequence, _) => sequence.iter().map(|spans| spans.cost).min().unwrap_or(0),
            Form::Near(pair, ..) | Form::Sentence(pair, _) => pair.0.cost.min(pair.1.cost),
        };
        Self { form, at: None, cost, places: Vec::new(), meter }
    }

    /// Any of these terms.
    pub(crate) fn terms(terms: Vec<SegmentPostings>, meter: Rc<Meter>) -> Self {
        Self::new(Form::Terms(terms, Vec::new()), meter)
    }

    /// Any of these.
    pub(crate) fn any(any: Vec<Self>, meter: Rc<Meter>) -> Self {
        Self::new(Form::Any(any), meter)
    }

    /// One directly after the other.
    pub(crate) fn sequence(sequence: Vec<Self>, meter: Rc<Meter>) -> Self {
        let mut order: Vec<usize> = (0..sequence.len()).collect();
        order.sort_by_key(|part| sequence[*part].cost);
        Self::new(Form::Sequence(sequence, order), meter)
    }

    /// Both, at most so many words on; `ordered`: the first one first.
    pub(crate) fn near(pair: (Self, Self), at_most: u32, ordered: bool, meter: Rc<Meter>) -> Self {
        Self::new(Form::Near(Box::new(pair), at_most, ordered), meter)
    }

    /// Both in one sentence; with the words that end one.
    pub(crate) fn sentence(pair: (Self, Self), ends: Self, meter: Rc<Meter>) -> Self {
        Self::new(Form::Sentence(Box::new(pair), Box::new(ends)), meter)
    }

    /// The first record from `target` on that may match.
    pub(crate) fn seek(&mut self, target: DocId) -> DocId {
        if let Some(doc) = self.at.filter(|doc| *doc >= target) {
            return doc;
        }
        let parts = match &self.form {
            Form::Terms(terms, _) => terms.len() as u64,
            _ => 1,
        };
        if !self.meter.spend(parts * SEEK) {
            self.at = Some(TERMINATED);
            return TERMINATED;
        }
        let doc = match &mut self.form {
            Form::Terms(terms, _) => {
                terms.iter_mut().map(|postings| seek(postings, target)).min().unwrap_or(TERMINATED)
            }
            Form::Any(any) => any.iter_mut().map(|spans| spans.seek(target)).min().unwrap_or(TERMINATED),
            Form::Sequence(sequence, order) => {
                together(target, order.len(), |at, target| sequence[order[at]].seek(target))
            }
            Form::Near(pair, ..) | Form::Sentence(pair, _) => {
                let (left, right) = &mut **pair;
                let (rare, common) = if left.cost <= right.cost { (left, right) } else { (right, left) };
                together(
                    target,
                    2,
                    |at, target| if at == 0 { rare.seek(target) } else { common.seek(target) },
                )
            }
        };
        self.at = Some(doc);
        doc
    }

    /// The matches in `doc`, which [`Spans::seek`] has returned.
    pub(crate) fn places(&mut self, doc: DocId) -> &[Place] {
        let places = &mut self.places;
        places.clear();
        match &mut self.form {
            Form::Terms(terms, positions) => {
                for postings in terms.iter_mut().filter(|postings| postings.doc() == doc) {
                    postings.positions(positions);
                    places.extend(positions.iter().take(MAX_PLACES).map(|position| (*position, *position)));
                }
            }
            Form::Any(any) => any.iter_mut().for_each(|spans| places.extend(spans.at(doc))),
            Form::Sequence(sequence, _) => in_sequence(sequence, doc, places),
            Form::Near(pair, at_most, ordered) => {
                let reach = Reach::Words { at_most: *at_most, ordered: *ordered };
                joined(pair.0.places(doc), pair.1.places(doc), reach, places, &self.meter);
            }
            Form::Sentence(pair, ends) => {
                let ends: Vec<u32> = ends.at(doc).iter().map(|end| end.1).collect();
                joined(pair.0.places(doc), pair.1.places(doc), Reach::Sentence(&ends), places, &self.meter);
            }
        }
        self.meter.spend(places.len() as u64);
        places.sort_unstable();
        places.dedup();
        places.truncate(MAX_PLACES);
        places
    }

    fn at(&mut self, doc: DocId) -> &[Place] {
        if self.seek(doc) == doc { self.places(doc) } else { &[] }
    }
}

fn seek(postings: &mut SegmentPostings, target: DocId) -> DocId {
    if postings.doc() < target { postings.seek(target) } else { postings.doc() }
}

/// The first record from `target` on that all of `n` parts have. `seek` gives the first record of a
/// part, the rarest one being part 0: the others follow where it goes.
fn together(target: DocId, n: usize, mut seek: impl FnMut(usize, DocId) -> DocId) -> DocId {
    let mut target = target;
    'next: loop {
        let doc = if n == 0 { TERMINATED } else { seek(0, target) };
        if doc == TERMINATED {
            return TERMINATED;
        }
        for part in 1..n {
            target = seek(part, doc);
            if target > doc {
                continue 'next;
            }
        }
        return doc;
    }
}

/// Adds the places of a sequence to `found`, which is empty.
fn in_sequence(sequence: &mut [Spans], doc: DocId, found: &mut Vec<Place>) {
    let mut parts = sequence.iter_mut();
    if let Some(first) = parts.next() {
        found.extend_from_slice(first.places(doc));
    }
    for next in parts {
        if found.is_empty() {
            return;
        }
        follow(found, next.places(doc));
    }
}

/// Of the places found so far, leaves those that one of `next` follows directly, and adds it to them.
pub(crate) fn follow(found: &mut Vec<Place>, next: &[Place]) {
    let n_before = found.len();
    for at in 0..n_before {
        let (first, last) = found[at];
        let from = next.partition_point(|place| place.0 <= last);
        let follow = next[from..].iter().take_while(|place| place.0 == last + 1);
        found.extend(follow.map(|place| (first, place.1)));
    }
    found.drain(..n_before);
}

/// How far from each other two places may be.
#[derive(Clone, Copy)]
pub(crate) enum Reach<'a> {
    /// At most so many words on; `ordered`: the first one first.
    Words {
        /// How many.
        at_most: u32,
        /// Whether the first one comes first.
        ordered: bool,
    },
    /// In one sentence, whose last words stand at these positions, in order.
    Sentence(&'a [u32]),
}

impl Reach<'_> {
    /// The positions between which all lies that is near a place.
    fn around(self, place: Place) -> Place {
        match self {
            Self::Words { at_most, ordered } => {
                let first = if ordered { place.1 } else { place.0.saturating_sub(at_most) };
                (first, place.1.saturating_add(at_most))
            }
            Self::Sentence(ends) => {
                let next = ends.partition_point(|end| *end < place.0);
                let first = next.checked_sub(1).map_or(0, |last| ends[last] + 1);
                (first, ends.get(next).copied().unwrap_or(u32::MAX))
            }
        }
    }

    fn holds(self, a: Place, b: Place) -> bool {
        match self {
            Self::Words { at_most, ordered } => is_near(a, b, at_most, ordered),
            Self::Sentence(ends) => is_in_one_sentence(a, b, ends),
        }
    }
}

/// Shows which of these places, both in order, are near each other, until told to stop or until the
/// steps are spent.
pub(crate) fn each_near(
    left: &[Place],
    right: &[Place],
    reach: Reach<'_>,
    meter: &Meter,
    mut see: impl FnMut(usize, usize) -> ControlFlow<()>,
) {
    // A place that ends within reach may begin before.
    let longest = right.iter().map(|place| place.1 - place.0).max().unwrap_or(0);
    for (at, a) in left.iter().enumerate() {
        let (first, last) = reach.around(*a);
        let from = right.partition_point(|b| b.0 < first.saturating_sub(longest));
        for (other, b) in right.iter().enumerate().skip(from).take_while(|(_, b)| b.0 <= last) {
            let goes_on = meter.spend(3) && (!reach.holds(*a, *b) || see(at, other).is_continue());
            if !goes_on {
                return;
            }
        }
    }
}

/// Adds the places of two that are near each other.
pub(crate) fn joined(
    left: &[Place],
    right: &[Place],
    reach: Reach<'_>,
    found: &mut Vec<Place>,
    meter: &Meter,
) {
    each_near(left, right, reach, meter, |a, b| {
        let (a, b) = (left[a], right[b]);
        found.push((a.0.min(b.0), a.1.max(b.1)));
        if found.len() < MAX_PLACES { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    });
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
