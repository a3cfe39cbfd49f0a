//! Completions of a word that is being typed, and words of the index that are spelled nearly so.

use std::collections::HashMap;

use chapeau_index::{Fields, Searcher, fold};

use crate::Error;
use crate::lexicon::within;

/// Dictionary entries that one completion looks at: a prefix of one letter must not cost a walk
/// through all words of a language.
const MOST_LOOKED_AT: usize = 20_000;

/// A word of the index.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Suggestion {
    /// The word, in small letters and without accents.
    pub text: String,
    /// Clauses that have it, those that were replaced since the last merge included.
    pub count: u64,
}

/// The words of the clauses that begin as `prefix` does, the most frequent first.
///
/// # Errors
/// The index is damaged.
pub fn complete(searcher: &Searcher, prefix: &str, limit: usize) -> Result<Vec<Suggestion>, Error> {
    let prefix = fold(prefix.trim());
    if prefix.is_empty() || prefix.contains(char::is_whitespace) {
        return Ok(Vec::new());
    }
    let mut counts = HashMap::new();
    visit(searcher, &prefix, Some(MOST_LOOKED_AT), |word, n| {
        *counts.entry(word.to_owned()).or_default() += n;
    })?;
    Ok(most_frequent(counts, limit))
}

/// The words of the clauses that differ from `word` in at most two letters, the nearest and then
/// the most frequent first. The first letter is taken to be right, as it nearly always is, so that
/// only a part of the dictionary is read.
///
/// # Errors
/// The index is damaged.
pub fn similar(searcher: &Searcher, word: &str, limit: usize) -> Result<Vec<Suggestion>, Error> {
    let word = fold(word.trim());
    let Some(first) = word.chars().next() else { return Ok(Vec::new()) };
    let mut by_edits: [HashMap<String, u64>; 2] = Default::default();
    let edits = if word.chars().count() < 5 { 1 } else { 2 };
    visit(searcher, &first.to_string(), None, |found, n| {
        if found != word && within(&word, found, edits) {
            let place = usize::from(!within(&word, found, 1));
            *by_edits[place].entry(found.to_owned()).or_default() += n;
        }
    })?;
    let mut found: Vec<Suggestion> =
        by_edits.into_iter().flat_map(|counts| most_frequent(counts, limit)).collect();
    found.truncate(limit);
    Ok(found)
}

/// Calls `each` with every word that has the prefix and the number of clauses that have it.
fn visit(
    searcher: &Searcher,
    prefix: &str,
    most: Option<usize>,
    mut each: impl FnMut(&str, u64),
) -> Result<(), Error> {
    let key = format!("={prefix}");
    for segment in searcher.tantivy().segment_readers() {
        let inverted = segment.inverted_index(Fields::get().text)?;
        let mut stream = inverted.terms().range().ge(key.as_bytes()).into_stream()?;
        let mut n_seen = 0;
        while stream.advance() && most.is_none_or(|most| n_seen < most) {
            let Ok(found) = std::str::from_utf8(stream.key()) else { continue };
            let Some(word) = found.strip_prefix('=').filter(|_| found.starts_with(&key)) else { break };
            each(word, u64::from(stream.value().doc_freq));
            n_seen += 1;
        }
    }
    Ok(())
}

fn most_frequent(counts: HashMap<String, u64>, limit: usize) -> Vec<Suggestion> {
    let mut found: Vec<Suggestion> =
        counts.into_iter().map(|(text, count)| Suggestion { text, count }).collect();
    found.sort_unstable_by(|a, b| b.count.cmp(&a.count).then_with(|| a.text.cmp(&b.text)));
    found.truncate(limit);
    found
}
