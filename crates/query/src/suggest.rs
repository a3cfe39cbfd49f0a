//! Completions of what is being typed: words and symbols of the index.

use std::collections::HashMap;

use chapeau_document::Symbol;
use chapeau_index::{Fields, Searcher, fold};
use schemars::JsonSchema;
use serde::Serialize;
use tantivy::schema::Field;

use crate::Error;

/// Dictionary entries that one completion looks at: a prefix of one letter must not cost a walk
/// through all words of a language.
const MOST_LOOKED_AT: usize = 20_000;

/// What begins as was typed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Suggestion {
    /// A word, in small letters and without accents, or a symbol.
    pub text: String,
    /// Which of them it is.
    pub of: Suggested,
    /// Clauses that have the word or the symbol, and those of the documents that have the symbol;
    /// those that were replaced since the last merge included.
    pub count: u64,
}

/// What is suggested.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Suggested {
    /// A word of a clause.
    Word,
    /// The symbol of a document, here or cited.
    Symbol,
}

/// Counts of what was found.
type Found = HashMap<(Suggested, String), u64>;

/// The words of the clauses and the symbols of the documents that begin as `prefix` does, the most
/// frequent first.
///
/// # Errors
/// The index is damaged.
pub fn complete(searcher: &Searcher, prefix: &str, limit: usize) -> Result<Vec<Suggestion>, Error> {
    let prefix = prefix.trim();
    if prefix.is_empty() || prefix.contains(char::is_whitespace) {
        return Ok(Vec::new());
    }
    let fields = Fields::get();
    let mut found = Found::new();
    visit(searcher, fields.text, &format!("={}", fold(prefix)), |term, n| {
        let word = term.trim_start_matches('=');
        // Symbols that clauses mention are words to the index.
        let suggested = Symbol::parse(word).map_or_else(
            || (Suggested::Word, word.to_owned()),
            |symbol| (Suggested::Symbol, symbol.to_string()),
        );
        *found.entry(suggested).or_default() += n;
    })?;
    visit(searcher, fields.symbol, &prefix.to_uppercase(), |term, n| {
        // The beginnings of symbols are terms as well; those that are symbols themselves, such as
        // that of a meeting, can be searched for.
        if let Some(symbol) = Symbol::parse(term) {
            *found.entry((Suggested::Symbol, symbol.to_string())).or_default() += n;
        }
    })?;
    Ok(most_frequent(found, limit))
}

/// Calls `each` with every term of a field that begins with `key` and the number of clauses that
/// have it.
fn visit(searcher: &Searcher, field: Field, key: &str, mut each: impl FnMut(&str, u64)) -> Result<(), Error> {
    for segment in searcher.tantivy().segment_readers() {
        let inverted = segment.inverted_index(field)?;
        let mut stream = inverted.terms().range().ge(key.as_bytes()).into_stream()?;
        let mut n_seen = 0;
        while stream.advance() && n_seen < MOST_LOOKED_AT && stream.key().starts_with(key.as_bytes()) {
            if let Ok(term) = std::str::from_utf8(stream.key()) {
                each(term, u64::from(stream.value().doc_freq));
            }
            n_seen += 1;
        }
    }
    Ok(())
}

fn most_frequent(found: Found, limit: usize) -> Vec<Suggestion> {
    let suggestion = |((of, text), count)| Suggestion { text, of, count };
    let mut found: Vec<Suggestion> = found.into_iter().map(suggestion).collect();
    found.sort_unstable_by(|a, b| b.count.cmp(&a.count).then_with(|| (a.of, &a.text).cmp(&(b.of, &b.text))));
    found.truncate(limit);
    found
}
