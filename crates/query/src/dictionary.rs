//! The words of an index that fit a pattern or are spelled nearly so.

use std::collections::HashMap;

use chapeau_index::{Fields, Searcher};
use tantivy::query::Bm25StatisticsProvider;
use tantivy::schema::Field;
use tantivy_fst::Automaton;

use crate::Error;
use crate::automaton::{Fuzzy, Glob};
use crate::lexicon::{Test, fits, within};

/// Most words that a pattern stands for, the most frequent ones: more would find nearly
/// everything, at a cost that grows with the corpus.
pub(crate) const MAX_WORDS: usize = 128;

/// The words that a test lets pass.
#[derive(Clone, Debug, Default)]
pub(crate) struct Found {
    pub(crate) words: Vec<String>,
    /// Whether there were more.
    pub(crate) cut: bool,
}

/// Looks up patterns in the dictionaries of an index.
pub(crate) struct Dictionary<'a> {
    searcher: &'a Searcher,
}

impl<'a> Dictionary<'a> {
    pub(crate) fn new(searcher: &'a Searcher) -> Self {
        Self { searcher }
    }

    /// The words of a field that pass, by rising spelling.
    pub(crate) fn passing(&self, field: Field, test: &Test) -> Result<Found, Error> {
        match test {
            Test::Pattern(pattern) => {
                let typed = pattern.split(['*', '?']).next().unwrap_or_default();
                self.accepted(field, test, typed, || Glob::new(pattern))
            }
            Test::Fuzzy(word, edits) => self.accepted(field, test, "", || Fuzzy::new(word, *edits)),
            Test::Exact(_) | Test::Stem(..) => Ok(Found::default()),
        }
    }

    fn accepted<A: Automaton>(
        &self,
        field: Field,
        test: &Test,
        beginning: &str,
        automaton: impl Fn() -> A,
    ) -> Result<Found, Error>
    where
        A::State: Clone,
    {
        let mut frequencies: HashMap<String, u64> = HashMap::new();
        self.searcher.each_term(field, &format!("={beginning}"), usize::MAX, automaton, |term, n| {
            let word = term.strip_prefix('=').filter(|word| passes(test, word));
            let Some(word) = word else { return };
            match frequencies.get_mut(word) {
                Some(known) => *known += n,
                None => drop(frequencies.insert(word.to_owned(), n)),
            }
        })?;
        if self.searcher.is_remote() && frequencies.len() > MAX_WORDS {
            frequencies = self.counted(field, frequencies)?;
        }
        Ok(most_frequent(frequencies, MAX_WORDS))
    }

    /// The exact numbers of those that may be the most frequent words: what another machine lists is
    /// right to a factor of two.
    fn counted(
        &self,
        field: Field,
        frequencies: HashMap<String, u64>,
    ) -> Result<HashMap<String, u64>, Error> {
        let statistics = self.searcher.statistics();
        let likely = most_frequent(frequencies, MAX_WORDS * 2).words;
        statistics.count(likely.iter().map(|word| Fields::exact(field, word)))?;
        let count = |word: String| {
            let n = statistics.doc_freq(&Fields::exact(field, &word))?;
            Ok((word, n))
        };
        likely.into_iter().map(count).collect()
    }
}

fn passes(test: &Test, word: &str) -> bool {
    match test {
        Test::Pattern(pattern) => fits(pattern, word),
        Test::Fuzzy(typed, edits) => within(typed, word, *edits),
        Test::Exact(_) | Test::Stem(..) => false,
    }
}

fn most_frequent(frequencies: HashMap<String, u64>, most: usize) -> Found {
    let mut words: Vec<(u64, String)> = frequencies.into_iter().map(|(word, n)| (n, word)).collect();
    words.sort_unstable_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    let cut = words.len() > most;
    words.truncate(most);
    let mut words: Vec<String> = words.into_iter().map(|(_, word)| word).collect();
    words.sort_unstable();
    Found { words, cut }
}
