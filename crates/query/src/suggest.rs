//! Completions of what is being typed: words, symbols, headings and titles of the index.

use std::cmp::Ordering;
use std::collections::HashMap;

use chapeau_document::Symbol;
use chapeau_index::{Fields, Searcher, TitleOf, fold, title_of_term};
use schemars::JsonSchema;
use serde::Serialize;
use tantivy::schema::Field;

use crate::Error;

/// Dictionary entries that one completion looks at: a prefix of one letter must not cost a walk
/// through all words of a language.
const MOST_LOOKED_AT: usize = 20_000;
/// Letters from which on headings and titles are looked for: fewer begin too many to be of use.
const SHORTEST_TITLE: usize = 3;

/// What begins as was typed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Suggestion {
    /// A word, in small letters and without accents, or a symbol: it completes the last word
    /// typed. A heading or a title, as written: it completes all that was typed.
    pub text: String,
    /// Which of them it is.
    pub of: Suggested,
    /// Clauses that have the word or the symbol, those under the heading, and those of the
    /// documents that have the symbol or the title; those that were replaced since the last merge
    /// included.
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
    /// The heading of an article or a chapter.
    Heading,
    /// The title of a document.
    Title,
}

/// Counts of what was found.
type Found = HashMap<(Suggested, String), u64>;

/// What completes `typed`, at most `limit`: words of the clauses and symbols of the documents that
/// begin as its last word does, and headings and titles that begin as all of it does. Of each the
/// most frequent come first. Where several words were typed, headings and titles come before.
///
/// # Errors
/// The index is damaged.
pub fn complete(searcher: &Searcher, typed: &str, limit: usize) -> Result<Vec<Suggestion>, Error> {
    if searcher.is_remote() {
        return Err(Error::NotThere("completions"));
    }
    let typed = typed.trim_start();
    let words = last_word(searcher, typed, limit)?;
    let titles =
        if has_letters(typed, SHORTEST_TITLE) { titles(searcher, typed, limit)? } else { Vec::new() };
    let (mut first, mut then) =
        if typed.contains(char::is_whitespace) { (titles, words) } else { (words, titles) };
    // Each has its half, and what the other leaves of its own.
    first.truncate((limit - limit / 2).max(limit.saturating_sub(then.len())));
    then.truncate(limit.saturating_sub(first.len()));
    first.append(&mut then);
    Ok(first)
}

fn has_letters(typed: &str, n: usize) -> bool {
    typed.chars().filter(|letter| letter.is_alphanumeric()).count() >= n
}

fn last_word(searcher: &Searcher, typed: &str, limit: usize) -> Result<Vec<Suggestion>, Error> {
    let prefix = typed.rsplit(char::is_whitespace).next().unwrap_or_default();
    if prefix.is_empty() {
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
    let mut found = most_frequent(found);
    found.truncate(limit);
    Ok(found)
}

/// Headings and titles; those that differ in case and accents only are one, as it is mostly written.
fn titles(searcher: &Searcher, typed: &str, limit: usize) -> Result<Vec<Suggestion>, Error> {
    let mut found = Found::new();
    for (of, suggested) in [(TitleOf::Heading, Suggested::Heading), (TitleOf::Document, Suggested::Title)] {
        visit(searcher, Fields::get().titles, &of.prefix(typed), |term, n| {
            *found.entry((suggested, term.to_owned())).or_default() += n;
        })?;
    }
    let mut titles: HashMap<String, Suggestion> = HashMap::new();
    for Suggestion { text: term, of, count } in most_frequent(found) {
        let Some((folded, title)) = title_of_term(&term) else { continue };
        let empty = || Suggestion { text: title.to_owned(), of, count: 0 };
        titles.entry(folded.to_owned()).or_insert_with(empty).count += count;
    }
    let mut titles: Vec<Suggestion> = titles.into_values().collect();
    titles.sort_unstable_by(by_count);
    titles.truncate(limit);
    Ok(titles)
}

/// Calls `each` with every term of a field that begins with `key` and the number of clauses that
/// have it.
fn visit(searcher: &Searcher, field: Field, key: &str, mut each: impl FnMut(&str, u64)) -> Result<(), Error> {
    for segment in searcher.tantivy()?.segment_readers() {
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

fn most_frequent(found: Found) -> Vec<Suggestion> {
    let suggestion = |((of, text), count)| Suggestion { text, of, count };
    let mut found: Vec<Suggestion> = found.into_iter().map(suggestion).collect();
    found.sort_unstable_by(by_count);
    found
}

fn by_count(a: &Suggestion, b: &Suggestion) -> Ordering {
    b.count.cmp(&a.count).then_with(|| (a.of, &a.text).cmp(&(b.of, &b.text)))
}
