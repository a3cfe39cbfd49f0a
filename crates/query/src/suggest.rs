//! Completions of what is being typed: words, symbols, headings and titles of the index.

use std::cmp::Ordering;
use std::collections::{BTreeSet, HashMap};

use chapeau_document::Symbol;
use chapeau_index::{Fields, Searcher, TitleOf, fold, title_of_term};
use schemars::JsonSchema;
use serde::Serialize;
use tantivy::Term;
use tantivy::query::Bm25StatisticsProvider;
use tantivy::schema::Field;
use tantivy_fst::automaton::AlwaysMatch;

use crate::Error;

/// Dictionary entries that one completion looks at: a prefix of one letter must not cost a walk
/// through all words of a language.
const MOST_LOOKED_AT: usize = 20_000;
/// So many times those shown are counted where what is listed is right to a factor of two only: the
/// last of three times as many words is, by Zipf's law, a third as frequent.
const MORE_COUNTED: usize = 3;
/// No more are counted than these and those shown: each takes a millisecond.
const MOST_COUNTED: usize = 64;
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
    let typed = typed.trim_start();
    if searcher.is_remote() {
        // Once for what is to be counted, which is then counted all at once.
        let gathering = searcher.gathering();
        found(&gathering, typed, limit)?;
        gathering.count_gathered()?;
    }
    let (words, titles) = found(searcher, typed, limit)?;
    let (mut first, mut then) =
        if typed.contains(char::is_whitespace) { (titles, words) } else { (words, titles) };
    // Each has its half, and what the other leaves of its own.
    first.truncate((limit - limit / 2).max(limit.saturating_sub(then.len())));
    then.truncate(limit.saturating_sub(first.len()));
    first.append(&mut then);
    Ok(first)
}

/// Words and symbols, and headings and titles.
fn found(
    searcher: &Searcher,
    typed: &str,
    limit: usize,
) -> Result<(Vec<Suggestion>, Vec<Suggestion>), Error> {
    let words = last_word(searcher, typed, limit)?;
    let is_long = has_letters(typed, SHORTEST_TITLE);
    Ok((words, if is_long { titles(searcher, typed, limit)? } else { Vec::new() }))
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
    let found = count(searcher, limit, |see| {
        visit(searcher, fields.text, &format!("={}", fold(prefix)), |term, n| {
            let word = term.trim_start_matches('=');
            // Symbols that clauses mention are words to the index.
            let suggested = Symbol::parse(word).map_or_else(
                || (Suggested::Word, word.to_owned()),
                |symbol| (Suggested::Symbol, symbol.to_string()),
            );
            see(suggested, (fields.text, term), n);
        })?;
        visit(searcher, fields.symbol, &prefix.to_uppercase(), |term, n| {
            // The beginnings of symbols are terms as well; those that are symbols themselves, such as
            // that of a meeting, can be searched for.
            if let Some(symbol) = Symbol::parse(term) {
                see((Suggested::Symbol, symbol.to_string()), (fields.symbol, term), n);
            }
        })
    })?;
    let mut found = most_frequent(found);
    found.truncate(limit);
    Ok(found)
}

/// Headings and titles; those that differ in case and accents only are one, as it is mostly written.
fn titles(searcher: &Searcher, typed: &str, limit: usize) -> Result<Vec<Suggestion>, Error> {
    let field = Fields::get().titles;
    let found = count(searcher, limit, |see| {
        for (of, suggested) in [(TitleOf::Heading, Suggested::Heading), (TitleOf::Document, Suggested::Title)]
        {
            visit(searcher, field, &of.prefix(typed), |term, n| {
                see((suggested, term.to_owned()), (field, term), n);
            })?;
        }
        Ok(())
    })?;
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

/// Is shown what a term completes, the term and its field, and the number of clauses that have it.
type See<'a> = dyn FnMut((Suggested, String), (Field, &str), u64) + 'a;

/// Adds up what is visited. What another machine lists is right to a factor of two: of those that
/// may be the most frequent, the terms are counted.
fn count(
    searcher: &Searcher,
    limit: usize,
    visit: impl Fn(&mut See<'_>) -> Result<(), Error>,
) -> Result<Found, Error> {
    let mut found = Found::new();
    visit(&mut |suggested, _, n| *found.entry(suggested).or_default() += n)?;
    if !searcher.is_remote() {
        return Ok(found);
    }
    let n_likely = limit.saturating_mul(MORE_COUNTED).min(limit.max(MOST_COUNTED));
    let likely = most_frequent(found).into_iter().take(n_likely);
    let mut found: Found = likely.map(|Suggestion { of, text, .. }| ((of, text), 0)).collect();
    // Once each: several dictionaries may have a term.
    let mut terms = BTreeSet::new();
    visit(&mut |suggested, (field, term), _| {
        if found.contains_key(&suggested) {
            terms.insert((suggested, Term::from_field_text(field, term)));
        }
    })?;
    for (suggested, term) in terms {
        *found.entry(suggested).or_default() += searcher.statistics().doc_freq(&term)?;
    }
    // Of the clauses that had the others, none is there any more.
    found.retain(|_, n| *n > 0);
    Ok(found)
}

/// Calls `each` with every term of a field that begins with `key` and the number of clauses that
/// have it.
fn visit(searcher: &Searcher, field: Field, key: &str, each: impl FnMut(&str, u64)) -> Result<(), Error> {
    Ok(searcher.each_term(field, key, MOST_LOOKED_AT, (|| AlwaysMatch, 1), each)?)
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
