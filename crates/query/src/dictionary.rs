//! The words of an index that fit a pattern or are spelled nearly so.

use std::collections::HashMap;

use chapeau_index::Searcher;
use tantivy::schema::Field;

use crate::Error;
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
        let mut frequencies: HashMap<String, u64> = HashMap::new();
        for segment in self.searcher.tantivy().segment_readers() {
            let inverted = segment.inverted_index(field)?;
            let prefix = format!("={}", literal_prefix(test));
            let mut stream = inverted.terms().range().ge(prefix.as_bytes()).into_stream()?;
            while stream.advance() {
                let Some(word) = word_of(stream.key(), &prefix) else { break };
                if passes(test, word) {
                    *frequencies.entry(word.to_owned()).or_default() += u64::from(stream.value().doc_freq);
                }
            }
        }
        Ok(most_frequent(frequencies))
    }
}

/// The word of a dictionary key, while keys have the prefix.
fn word_of<'k>(key: &'k [u8], prefix: &str) -> Option<&'k str> {
    std::str::from_utf8(key).ok().filter(|key| key.starts_with(prefix)).and_then(|key| key.strip_prefix('='))
}

fn passes(test: &Test, word: &str) -> bool {
    match test {
        Test::Pattern(pattern) => fits(pattern, word),
        Test::Fuzzy(typed, edits) => within(typed, word, *edits),
        Test::Exact(exact) => **exact == *word,
        Test::Stem(..) => false,
    }
}

/// What every word that passes begins with.
fn literal_prefix(test: &Test) -> &str {
    match test {
        Test::Pattern(pattern) => &pattern[..pattern.find(['*', '?']).unwrap_or(pattern.len())],
        Test::Exact(word) => word,
        Test::Fuzzy(..) | Test::Stem(..) => "",
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
