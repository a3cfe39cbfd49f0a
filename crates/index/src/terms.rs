//! The terms of a field, as the dictionaries of an index list them, here or elsewhere.

use tantivy::schema::Field;
use tantivy_fst::Automaton;

use crate::{Error, Fields, Searcher};

impl Searcher {
    /// Shows the terms of a field that begin as wanted and that an automaton accepts, each with the
    /// number of records that have it. An index has several dictionaries: what is shown of a term adds up,
    /// and at most so many terms of each are shown. Records that were replaced may be counted still, and
    /// of an index on other machines at least half of all are. There, only text, symbols and titles
    /// have dictionaries: words as written, no stems.
    ///
    /// # Errors
    /// The index is damaged or cannot be reached.
    pub fn each_term<A: Automaton>(
        &self,
        field: Field,
        prefix: &str,
        most: usize,
        automaton: impl Fn() -> A,
        mut see: impl FnMut(&str, u64),
    ) -> Result<(), Error>
    where
        A::State: Clone,
    {
        if let Some(engine) = self.engine() {
            let name = Fields::schema().get_field_name(field);
            self.vocabulary.terms(engine, name, prefix)?.each(prefix, most, automaton, see);
            return Ok(());
        }
        for segment in self.tantivy()?.segment_readers() {
            let inverted = segment.inverted_index(field).map_err(|source| self.failed(source))?;
            let terms = inverted.terms().search(automaton()).ge(prefix.as_bytes());
            let mut stream = terms.into_stream().map_err(|source| self.failed(source.into()))?;
            let mut n_seen = 0;
            while n_seen < most && stream.advance() && stream.key().starts_with(prefix.as_bytes()) {
                n_seen += 1;
                if let Ok(term) = str::from_utf8(stream.key()) {
                    see(term, u64::from(stream.value().doc_freq));
                }
            }
        }
        Ok(())
    }
}
