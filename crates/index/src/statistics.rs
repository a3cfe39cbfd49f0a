//! Exact counts of what is live, for scoring: an index grown by increments scores as one built
//! at once.

use std::collections::{HashMap, HashSet};
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use tantivy::query::Bm25StatisticsProvider;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocSet, Searcher, SegmentReader, TERMINATED, TantivyError, Term};

use crate::engine::Engine;
use crate::remote::frequencies;
use crate::{Counts, Error, Fields, Tally};

/// Terms that are counted by one question: see `Statistics::count`.
const MOST_COUNTED: usize = 512;

/// The counts that BM25 needs. Give it to `search_with_statistics_provider`.
#[derive(Clone)]
pub struct Statistics {
    records: Records,
    counts: Counts,
    /// Records among which a term is more or less rare.
    n_records: u64,
    /// Frequencies counted one by one, where records were deleted.
    counted: Arc<Mutex<HashMap<Term, u64>>>,
    /// The terms that were asked for, where they are only gathered.
    gathered: Option<Arc<Mutex<HashSet<Term>>>>,
}

/// Where the records are that are counted.
#[derive(Clone)]
enum Records {
    Here(Searcher),
    Elsewhere(Arc<dyn Engine>),
}

impl fmt::Debug for Statistics {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Statistics").field("counts", &self.counts).finish_non_exhaustive()
    }
}

impl Statistics {
    /// Statistics of the clauses that can be hits.
    pub(crate) fn new(searcher: Searcher, counts: Counts) -> Self {
        Self::of(Records::Here(searcher), counts)
    }

    /// The same of an index on other machines.
    pub(crate) fn elsewhere(engine: Arc<dyn Engine>, counts: Counts) -> Self {
        Self::of(Records::Elsewhere(engine), counts)
    }

    fn of(records: Records, counts: Counts) -> Self {
        Self { records, counts, n_records: counts.clauses, counted: Arc::default(), gathered: None }
    }

    /// The same, but that it only notes which terms are asked for: [`Statistics::count_gathered`]
    /// counts them at once. Every question to another machine takes its time.
    #[must_use]
    pub(crate) fn gathering(&self) -> Self {
        Self { gathered: Some(Arc::default()), ..self.clone() }
    }

    /// Counts the terms that were gathered and are not counted yet.
    pub(crate) fn count_gathered(&self) -> Result<(), Error> {
        let Some(gathered) = &self.gathered else { return Ok(()) };
        let gathered = std::mem::take(&mut *gathered.lock().unwrap_or_else(PoisonError::into_inner));
        self.count(gathered)
    }

    /// Counts terms that will be asked for: those of an index on other machines that are not counted
    /// yet, all at once. Here each is counted when it is asked for.
    ///
    /// # Errors
    /// The index cannot be reached.
    pub fn count(&self, terms: impl IntoIterator<Item = Term>) -> Result<(), Error> {
        let Records::Elsewhere(engine) = &self.records else { return Ok(()) };
        let mut terms: Vec<Term> = terms.into_iter().filter(|term| self.known(term).is_none()).collect();
        terms.sort_unstable();
        terms.dedup();
        for terms in terms.chunks(MOST_COUNTED) {
            for (term, n) in terms.iter().zip(frequencies(&**engine, terms)?) {
                self.learn(term, n);
            }
        }
        Ok(())
    }

    fn known(&self, term: &Term) -> Option<u64> {
        self.counted.lock().unwrap_or_else(PoisonError::into_inner).get(term).copied()
    }

    fn learn(&self, term: &Term, n: u64) {
        self.counted.lock().unwrap_or_else(PoisonError::into_inner).insert(term.clone(), n);
    }

    /// How many records have a term, of an index on other machines.
    fn asked(&self, engine: &dyn Engine, term: &Term) -> tantivy::Result<u64> {
        if let Some(n) = self.known(term) {
            return Ok(n);
        }
        if let Some(gathered) = &self.gathered {
            gathered.lock().unwrap_or_else(PoisonError::into_inner).insert(term.clone());
            // Some, so that what is asked for next is gathered too.
            return Ok(1);
        }
        let found = frequencies(engine, std::slice::from_ref(term));
        let n = found
            .map_err(|error| TantivyError::InternalError(error.to_string()))?
            .first()
            .copied()
            .unwrap_or(0);
        self.learn(term, n);
        Ok(n)
    }

    /// The same, for the field `whole`: rarity among documents.
    #[must_use]
    pub fn of_documents(&self) -> Self {
        Self { n_records: self.counts.documents, ..self.clone() }
    }

    /// Everything counted.
    pub fn counts(&self) -> &Counts {
        &self.counts
    }

    /// How much of a text field there is; nothing of other fields is counted.
    pub fn tally(&self, field: Field) -> Tally {
        let fields = Fields::get();
        let counts = &self.counts;
        let tallies = [
            (fields.text, counts.text),
            (fields.lead_in, counts.lead_in),
            (fields.heading, counts.heading),
            (fields.title, counts.title),
        ];
        tallies.into_iter().find(|(of, _)| *of == field).map(|(_, tally)| tally).unwrap_or_default()
    }
}

fn live(searcher: &Searcher, term: &Term) -> tantivy::Result<u64> {
    let mut n_records = 0;
    for segment in searcher.segment_readers() {
        n_records += live_in(segment, term)?;
    }
    Ok(n_records)
}

fn live_in(segment: &SegmentReader, term: &Term) -> tantivy::Result<u64> {
    let inverted = segment.inverted_index(term.field())?;
    let Some(alive) = segment.alive_bitset().filter(|_| segment.has_deletes()) else {
        return Ok(inverted.doc_freq(term)?.into());
    };
    let Some(mut postings) = inverted.read_postings(term, IndexRecordOption::Basic)? else { return Ok(0) };
    let mut n_records = 0;
    while postings.doc() != TERMINATED {
        n_records += u64::from(alive.is_alive(postings.doc()));
        postings.advance();
    }
    Ok(n_records)
}

impl Bm25StatisticsProvider for Statistics {
    /// Tantivy divides this by the number of all records; it is scaled so that the average comes
    /// out over those that have the field.
    fn total_num_tokens(&self, field: Field) -> tantivy::Result<u64> {
        let tally = self.tally(field);
        let scaled =
            u128::from(tally.tokens) * u128::from(self.total_num_docs()?) / u128::from(tally.records.max(1));
        Ok(u64::try_from(scaled).unwrap_or(u64::MAX))
    }

    fn total_num_docs(&self) -> tantivy::Result<u64> {
        Ok(self.n_records.max(1))
    }

    /// Never more than there are records: fields for filters stand on other records too.
    fn doc_freq(&self, term: &Term) -> tantivy::Result<u64> {
        let most = self.total_num_docs()?;
        let searcher = match &self.records {
            Records::Here(searcher) => searcher,
            Records::Elsewhere(engine) => return Ok(self.asked(&**engine, term)?.min(most)),
        };
        if !searcher.segment_readers().iter().any(SegmentReader::has_deletes) {
            return Ok(searcher.doc_freq(term)?.min(most));
        }
        if let Some(known) = self.known(term) {
            return Ok(known.min(most));
        }
        let live = live(searcher, term)?;
        self.learn(term, live);
        Ok(live.min(most))
    }
}
