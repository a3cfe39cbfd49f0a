//! The part of a score for neighbouring words of the query that stand near each other.

use std::rc::Rc;

use chapeau_index::{Fields, Meter, Searcher};
use tantivy::{DocId, SegmentReader};

use crate::plan::{Form, Leaf, Places, Plan};
use crate::postings::{LIST_BYTES, open_places};
use crate::scan::Candidate;
use crate::spans::Spans;
use crate::{Error, rank};

/// Adds the part to each candidate's words and key.
pub(crate) fn add(plan: &Plan, searcher: &Searcher, candidates: &mut [Candidate]) -> Result<(), Error> {
    let pairs = pairs(plan);
    if pairs.is_empty() {
        return Ok(());
    }
    let n_terms: u64 = plan.wanted.iter().map(|leaf| plan.leaves[*leaf].form.n_terms()).sum();
    let _room = searcher.budget().room(n_terms * LIST_BYTES)?;
    let meter = Rc::new(searcher.budget().meter());
    candidates.sort_unstable_by_key(|candidate| (candidate.segment, candidate.doc));
    for of_segment in candidates.chunk_by_mut(|a, b| a.segment == b.segment) {
        let segment = searcher.tantivy()?.segment_reader(of_segment[0].segment);
        let mut words = open(plan, segment, &meter)?;
        for candidate in of_segment {
            let has = |leaf: usize| candidate.leaves >> leaf & 1 == 1;
            let there: Vec<_> = pairs.iter().filter(|(a, b)| has(*a) && has(*b)).collect();
            let parts = there.into_iter().map(|(a, b)| pair(plan, &mut words, *a, *b, candidate.doc));
            candidate.words += parts.sum::<f32>();
            candidate.key = f64::from(candidate.words * candidate.prior);
        }
        searcher.budget().check()?;
    }
    Ok(())
}

/// The leaves that stand next to each other in the query.
pub(crate) fn pairs(plan: &Plan) -> Vec<(usize, usize)> {
    let pairs = plan.wanted.windows(2).map(|pair| (pair[0], pair[1]));
    pairs.filter(|(a, b)| *a < 64 && *b < 64).collect()
}

/// The positions of each wanted word in the clauses' own text.
fn open(plan: &Plan, segment: &SegmentReader, meter: &Rc<Meter>) -> Result<Vec<Option<Spans>>, Error> {
    let open = |(at, leaf): (usize, &Leaf)| {
        let places = text_places(leaf).filter(|_| plan.wanted.contains(&at));
        places.map(|places| open_places(&places, segment, meter)).transpose()
    };
    plan.leaves.iter().enumerate().map(open).collect()
}

pub(crate) fn text_places(leaf: &Leaf) -> Option<Places> {
    let text = Fields::get().text;
    match &leaf.form {
        Form::Terms(fields) => fields
            .iter()
            .find(|(scored, _)| scored.field == text)
            .map(|(_, terms)| Places::Terms(terms.clone())),
        Form::Places(fields) => {
            fields.iter().find(|(scored, _)| scored.field == text).map(|(_, places)| places.clone())
        }
        Form::Weighted(_) => None,
    }
}

fn pair(plan: &Plan, words: &mut [Option<Spans>], a: usize, b: usize, doc: DocId) -> f32 {
    let mut places = |leaf: usize| {
        let spans = words[leaf].as_mut()?;
        (spans.seek(doc) == doc).then(|| spans.places(doc).to_vec())
    };
    let (Some(left), Some(right)) = (places(a), places(b)) else { return 0.0 };
    part(plan, (a, b), &left, &right)
}

/// The part for two neighbouring words of the query at these places.
pub(crate) fn part(plan: &Plan, (a, b): (usize, usize), left: &[(u32, u32)], right: &[(u32, u32)]) -> f32 {
    let idf = plan.leaves[a].idf.min(plan.leaves[b].idf);
    closest(left, right).map_or(0.0, |(distance, in_order)| rank::proximity(distance, in_order, idf))
}

/// The least distance between two words, and whether the first comes first there.
fn closest(left: &[(u32, u32)], right: &[(u32, u32)]) -> Option<(u32, bool)> {
    let mut best: Option<(u32, bool)> = None;
    let mut offer = |distance: u32, in_order: bool| {
        let better = best.is_none_or(|(least, ordered)| (distance, !in_order) < (least, !ordered));
        if distance > 0 && better {
            best = Some((distance, in_order));
        }
    };
    for (first, last) in left {
        let after = right.partition_point(|place| place.0 <= *last);
        if let Some(place) = right.get(after) {
            offer(place.0 - last, true);
        }
        if let Some(place) = after.checked_sub(1).and_then(|before| right.get(before)) {
            offer(first.saturating_sub(place.1), false);
        }
    }
    best
}
