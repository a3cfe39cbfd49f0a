//! Clauses that may be versions of a clause, from the postings of its words.

use std::collections::HashSet;

use chapeau_document::ClauseRecord;
use chapeau_index::{Fields, Language, Searcher, analyze};
use tantivy::query::Bm25StatisticsProvider;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, Term};

use crate::Error;

/// Postings read for one clause at most, its rarest words first: some 3 ms.
const MOST_POSTINGS: u64 = 600_000;
/// Words read at least, however frequent they are.
const FEWEST_TERMS: usize = 3;
/// Candidates that are laid beside the clause at most. Of 1,000 clauses of the 390 agreements,
/// those with more have families in which the rest says the same.
pub(super) const MOST_CANDIDATES: usize = 120;
/// Least share of the weight of the words read that a candidate has.
const LEAST_SHARE: f32 = 0.35;

/// Where the clauses of the same words are, this one included, oldest first, with the key of each
/// one's date; those without one come last.
pub(super) fn of_the_same_words(
    searcher: &Searcher,
    clause: &ClauseRecord,
) -> Result<Vec<(Option<u64>, DocAddress)>, Error> {
    let mut found = Vec::new();
    for at in searcher.same_words(&clause.text, Language::of_code(&clause.language))? {
        found.push((searcher.numbers(at.segment_ord, "date")?.first(at.doc_id), at));
    }
    found.sort_by_key(|(date, at)| (date.is_none(), *date, *at));
    Ok(found)
}

/// Where the clauses are that share the most with a clause, by the weight of its words, the best
/// first.
pub(super) fn of_shared_words(
    searcher: &Searcher,
    own: DocAddress,
    clause: &ClauseRecord,
    known: &HashSet<DocAddress>,
) -> Result<Vec<DocAddress>, Error> {
    let terms = weighted(searcher, clause)?;
    // Where no word stands elsewhere, any share would do for nothing.
    if terms.is_empty() {
        return Ok(Vec::new());
    }
    let whole: f32 = terms.iter().map(|(weight, _)| weight).sum();
    let text = Fields::get().text;
    let own_length = {
        let norms =
            searcher.tantivy()?.segment_reader(own.segment_ord).fieldnorms_readers().get_field(text)?;
        norms.map_or(0, |norms| norms.fieldnorm(own.doc_id))
    };
    let mut found: Vec<(f32, DocAddress)> = Vec::new();
    for (segment_ord, segment) in (0..).zip(searcher.tantivy()?.segment_readers()) {
        let shared = shared(segment, &terms)?;
        let Some(norms) = segment.fieldnorms_readers().get_field(text)? else { continue };
        for (doc_id, shared) in (0..).zip(shared) {
            let at = DocAddress::new(segment_ord, doc_id);
            if shared < LEAST_SHARE * whole || segment.is_deleted(doc_id) || known.contains(&at) {
                continue;
            }
            found.push((likeness(shared, whole, own_length, norms.fieldnorm(doc_id)), at));
        }
    }
    found.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    found.truncate(MOST_CANDIDATES);
    Ok(found.into_iter().map(|(_, at)| at).collect())
}

/// Twice the shared weight over that of both, the other's being guessed from its length.
#[expect(clippy::cast_precision_loss, reason = "lengths of clauses are small, and known roughly only")]
fn likeness(shared: f32, whole: f32, own_length: u32, length: u32) -> f32 {
    let others = whole * length as f32 / own_length.max(1) as f32;
    2.0 * shared / (whole + others)
}

/// The terms of a clause's words with their weights, the rarest first, as many as the bound on
/// postings lets through.
#[expect(clippy::cast_precision_loss, reason = "a logarithm needs no more")]
pub(super) fn weighted(searcher: &Searcher, clause: &ClauseRecord) -> Result<Vec<(f32, Term)>, Error> {
    let language = Language::of_code(&clause.language);
    let text = Fields::get().text;
    let mut seen = HashSet::new();
    let mut terms = Vec::new();
    for token in analyze(&clause.text, language) {
        if token.is_word() && seen.insert(token.stem.clone()) {
            let term = Fields::stem(text, language, &token.stem);
            terms.push((searcher.statistics().doc_freq(&term)?, term));
        }
    }
    terms.sort_unstable();
    let n_records = searcher.statistics().total_num_docs()? as f32;
    let mut n_postings = 0;
    let mut weighted = Vec::new();
    // A word that no other clause has finds nothing.
    for (n_with, term) in terms.into_iter().filter(|(n_with, _)| *n_with > 1) {
        n_postings += n_with;
        if n_postings > MOST_POSTINGS && weighted.len() >= FEWEST_TERMS {
            break;
        }
        weighted.push(((1.0 + n_records / n_with as f32).ln(), term));
    }
    Ok(weighted)
}

/// The weight of the terms that each record of a segment has.
fn shared(segment: &tantivy::SegmentReader, terms: &[(f32, Term)]) -> Result<Vec<f32>, Error> {
    let mut shared = vec![0.0; segment.max_doc() as usize];
    for (weight, term) in terms {
        let inverted = segment.inverted_index(term.field())?;
        let Some(mut block) = inverted.read_block_postings(term, IndexRecordOption::Basic)? else { continue };
        while !block.docs().is_empty() {
            for doc in block.docs() {
                shared[*doc as usize] += weight;
            }
            block.advance();
        }
    }
    Ok(shared)
}
