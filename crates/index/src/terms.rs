//! The terms of a field, as the dictionaries of an index list them, here or elsewhere.

use tantivy::schema::Field;
use tantivy_fst::Automaton;

use crate::{Error, Fields, Meter, Searcher};

impl Searcher {
    /// Shows the terms of a field that begin as wanted and that an automaton accepts, each with the
    /// number of records that have it. An index has several dictionaries: what is shown of a term adds up,
    /// and at most so many terms of each are shown. Records that were replaced may be counted still, and
    /// of an index on other machines at least half of all are. There, only text, symbols and titles
    /// have dictionaries: words as written, no stems. A byte that the automaton is shown costs so many
    /// steps of the budget.
    ///
    /// # Errors
    /// The index is damaged or cannot be reached, or the budget is spent.
    pub fn each_term<A: Automaton>(
        &self,
        field: Field,
        prefix: &str,
        most: usize,
        (automaton, steps): (impl Fn() -> A, u64),
        mut see: impl FnMut(&str, u64),
    ) -> Result<(), Error>
    where
        A::State: Clone,
    {
        let meter = self.budget().meter();
        let metered = || Metered { automaton: automaton(), steps, meter: &meter };
        if let Some(engine) = self.engine() {
            let name = Fields::schema().get_field_name(field);
            self.vocabulary.terms(engine, name, prefix)?.each(prefix, most, metered, see);
            return Ok(self.budget().check()?);
        }
        for segment in self.tantivy()?.segment_readers() {
            let inverted = segment.inverted_index(field).map_err(|source| self.failed(source))?;
            let terms = inverted.terms().search(metered()).ge(prefix.as_bytes());
            let mut stream = terms.into_stream().map_err(|source| self.failed(source.into()))?;
            let mut n_seen = 0;
            while n_seen < most && stream.advance() && stream.key().starts_with(prefix.as_bytes()) {
                n_seen += 1;
                if let Ok(term) = str::from_utf8(stream.key()) {
                    see(term, u64::from(stream.value().doc_freq));
                }
            }
            self.budget().check()?;
        }
        Ok(())
    }
}

/// An automaton that accepts nothing more once the budget is spent.
struct Metered<'a, A> {
    automaton: A,
    /// What a byte costs.
    steps: u64,
    meter: &'a Meter,
}

impl<A: Automaton> Automaton for Metered<'_, A> {
    type State = A::State;

    fn start(&self) -> A::State {
        self.automaton.start()
    }

    fn is_match(&self, state: &A::State) -> bool {
        self.automaton.is_match(state)
    }

    fn can_match(&self, state: &A::State) -> bool {
        !self.meter.is_spent() && self.automaton.can_match(state)
    }

    fn will_always_match(&self, state: &A::State) -> bool {
        !self.meter.is_spent() && self.automaton.will_always_match(state)
    }

    fn accept(&self, state: &A::State, byte: u8) -> A::State {
        self.meter.spend(self.steps);
        self.automaton.accept(state, byte)
    }
}
