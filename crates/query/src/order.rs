//! The order of candidates: the highest first, equal ones by clause id, however the records lie in
//! the segments of the index.

use chapeau_index::Searcher;

use crate::Error;
use crate::scan::Candidate;

/// Sorts candidates of any segments by their keys. Equal ones of several segments are left for
/// [`by_id`]: it costs more, and most of them are never shown.
pub(crate) fn by_key(candidates: &mut [Candidate]) {
    candidates.sort_unstable_by(|a, b| {
        b.key.total_cmp(&a.key).then_with(|| (a.segment, a.id).cmp(&(b.segment, b.id)))
    });
}

/// Keeps the `keep` first of candidates sorted by key.
pub(crate) fn cut(searcher: &Searcher, candidates: &mut Vec<Candidate>, keep: usize) -> Result<(), Error> {
    if candidates.len() > keep {
        let last = candidates[keep - 1].key;
        let start = candidates.partition_point(|candidate| candidate.key > last);
        let end = candidates.partition_point(|candidate| candidate.key >= last);
        by_id(searcher, &mut candidates[start..end])?;
        candidates.truncate(keep);
    }
    Ok(())
}

/// Sorts candidates with equal keys by id.
pub(crate) fn by_id(searcher: &Searcher, equals: &mut [Candidate]) -> Result<(), Error> {
    // Within a segment ids are in order already.
    if equals.first().map(|first| first.segment) != equals.last().map(|last| last.segment) {
        by_document(searcher, equals)?;
    }
    Ok(())
}

/// Sorts by document, and the clauses of a document by the place of their ids. That is the order of
/// the ids, which begin with that of the document and a slash: the clauses of one document lie in
/// one segment, and the names of documents, unlike those of clauses, are few enough to keep.
fn by_document(searcher: &Searcher, equals: &mut [Candidate]) -> Result<(), Error> {
    let mut named = Vec::with_capacity(equals.len());
    for candidate in &*equals {
        named.push((format!("{}/", document(searcher, candidate)?), candidate.id, *candidate));
    }
    named.sort_unstable_by(|a, b| (&a.0, a.1).cmp(&(&b.0, b.1)));
    for (place, (.., candidate)) in equals.iter_mut().zip(named) {
        *place = candidate;
    }
    Ok(())
}

/// The id of the document that a candidate is of.
pub(crate) fn document(searcher: &Searcher, candidate: &Candidate) -> Result<Box<str>, Error> {
    let Some(documents) = searcher.names(candidate.segment, "document")? else { return Ok(Box::default()) };
    let ord = documents.ords().first(candidate.doc).unwrap_or(u64::MAX);
    Ok(documents.names()?.get(ord as usize).cloned().unwrap_or_default())
}
