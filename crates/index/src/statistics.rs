//! Exact counts of what is live, for scoring: an index grown by increments scores as one built
//! at once.

use tantivy::query::Bm25StatisticsProvider;
use tantivy::schema::Field;
use tantivy::{Searcher, Term};

use crate::Counts;

/// The counts that BM25 needs. Give it to `search_with_statistics_provider`.
#[derive(Clone)]
pub struct Statistics {
    searcher: Searcher,
    counts: Counts,
}

impl std::fmt::Debug for Statistics {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Statistics").field("counts", &self.counts).finish_non_exhaustive()
    }
}

impl Statistics {
    pub(crate) fn new(searcher: Searcher, counts: Counts) -> Self {
        Self { searcher, counts }
    }

    /// Everything counted.
    pub fn counts(&self) -> &Counts {
        &self.counts
    }
}

impl Bm25StatisticsProvider for Statistics {
    fn total_num_tokens(&self, field: Field) -> tantivy::Result<u64> {
        self.searcher.total_num_tokens(field)
    }

    fn total_num_docs(&self) -> tantivy::Result<u64> {
        self.searcher.total_num_docs()
    }

    fn doc_freq(&self, term: &Term) -> tantivy::Result<u64> {
        self.searcher.doc_freq(term)
    }
}
