//! The words of an index that fit a pattern or are spelled nearly so.

use std::collections::HashMap;

use chapeau_index::Searcher;
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
        if self.searcher.is_remote() && matches!(test, Test::Pattern(_) | Test::Fuzzy(..)) {
            return Err(Error::NotThere("words by a pattern (tarif*) or a spelling (tarif~)"));
        }
        match test {
            Test::Pattern(pattern) => self.accepted(field, test, || Glob::new(pattern)),
            Test::Fuzzy(word, edits) => self.accepted(field, test, || Fuzzy::new(word, *edits)),
            Test::Exact(_) | Test::Stem(..) => Ok(Found::default()),
        }
    }

    fn accepted<A: Automaton>(
        &self,
        field: Field,
        test: &Test,
        automaton: impl Fn() -> A,
    ) -> Result<Found, Error>
    where
        A::State: Clone,
    {
        let mut frequencies: HashMap<String, u64> = HashMap::new();
        for segment in self.searcher.tantivy()?.segment_readers() {
            let inverted = segment.inverted_index(field)?;
            let mut stream = inverted.terms().search(automaton()).into_stream()?;
            while stream.advance() {
                let word = str::from_utf8(stream.key()).ok().and_then(|key| key.strip_prefix('='));
                let Some(word) = word.filter(|word| passes(test, word)) else { continue };
                let n = u64::from(stream.value().doc_freq);
                match frequencies.get_mut(word) {
                    Some(known) => *known += n,
                    None => drop(frequencies.insert(word.to_owned(), n)),
                }
            }
        }
        Ok(most_frequent(frequencies))
    }
}

fn passes(test: &Test, word: &str) -> bool {
    match test {
        Test::Pattern(pattern) => fits(pattern, word),
        Test::Fuzzy(typed, edits) => within(typed, word, *edits),
        Test::Exact(_) | Test::Stem(..) => false,
    }
}

fn most_frequent(frequencies: HashMap<String, u64>) -> Found {
    let mut words: Vec<(u64, String)> = frequencies.into_iter().map(|(word, n)| (n, word)).collect();
    words.sort_unstable_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    let cut = words.len() > MAX_WORDS;
    words.truncate(MAX_WORDS);
    let mut words: Vec<String> = words.into_iter().map(|(_, word)| word).collect();
    words.sort_unstable();
    Found { words, cut }
}
