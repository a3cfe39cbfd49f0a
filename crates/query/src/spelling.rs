//! Did you mean: a likelier spelling of a query, from the words of the corpus itself.

use std::sync::Arc;

use chapeau_index::{Fields, Language, Searcher, Token, analyze, fold};
use tantivy::Term;
use tantivy::query::Bm25StatisticsProvider;

use crate::Error;
use crate::dictionary::Dictionary;
use crate::lexicon::{self, Test, within};
use crate::syntax::Query;
use crate::syntax::ast::{Word, WordForm};

/// Words that more clauses have than this are taken as meant. Misspellings do get into texts.
const RARE: u64 = 5;
/// By how much likelier another spelling must be: rare words have neighbours too.
const LIKELIER: u64 = 20;
/// Shorter words have too many neighbours.
const SHORTEST: usize = 4;
/// From this length on, two letters may differ.
const LONG: usize = 8;
/// A spelling two letters away must be so much more frequent than one a letter away.
const TWO_AWAY: u64 = 50;

/// The query with its rare words in their likeliest spelling; none where all are likely.
pub(crate) fn likelier(query: &Query, typed: &str, searcher: &Searcher) -> Result<Option<String>, Error> {
    let languages = lexicon::languages(searcher)?;
    let mut respelled = typed.to_owned();
    let mut words: Vec<&Word> = query.words().into_iter().filter(|word| is_plain(word)).collect();
    // From the last to the first, so that the places of those before stay as they are.
    words.sort_unstable_by_key(|word| std::cmp::Reverse(word.span.start));
    for word in words {
        let Some(better) = better(&fold(&word.text), &languages, searcher)? else { continue };
        if let Some(at) = respelled.get(word.span.start..word.span.end).and_then(|part| part.find(&word.text))
        {
            let start = word.span.start + at;
            respelled.replace_range(start..start + word.text.len(), &better);
        }
    }
    Ok((respelled != typed).then_some(respelled))
}

/// A word of letters, and as typed: numbers are rare by nature, and a pattern is no spelling.
fn is_plain(word: &Word) -> bool {
    matches!(word.form, WordForm::Stem | WordForm::Exact)
        && word.text.chars().count() >= SHORTEST
        && word.text.chars().all(char::is_alphabetic)
}

fn better(word: &str, languages: &[Language], searcher: &Searcher) -> Result<Option<String>, Error> {
    let known = frequency(word, languages, searcher)?;
    if known > RARE {
        return Ok(None);
    }
    let edits = if word.chars().count() >= LONG { 2 } else { 1 };
    let test = Test::Fuzzy(word.into(), edits);
    let mut best: Option<(u64, String)> = None;
    let mut candidates = Dictionary::new(searcher).passing(Fields::get().text, &test)?.words.clone();
    candidates.retain(|candidate| candidate != word && candidate.chars().all(char::is_alphabetic));
    let term = |candidate: &String| Fields::exact(Fields::get().text, candidate);
    searcher.statistics().count(candidates.iter().map(term))?;
    for candidate in candidates {
        let frequency = searcher.statistics().doc_freq(&term(&candidate))?;
        let weight = if within(word, &candidate, 1) { frequency * TWO_AWAY } else { frequency };
        if frequency > known * LIKELIER && best.as_ref().is_none_or(|(most, _)| weight > *most) {
            best = Some((weight, candidate));
        }
    }
    Ok(best.map(|(_, word)| word))
}

/// In how many clauses a word stands, in any of its forms, wherever it stands most; no more exactly
/// than whether it is rare.
fn frequency(word: &str, languages: &[Language], searcher: &Searcher) -> Result<u64, Error> {
    let fields = Fields::get();
    let fields = [fields.text, fields.heading, fields.title];
    // Whoever searches for the word has counted its stems.
    let stems = languages.iter().filter_map(|language| Some((*language, stem(word, *language)?)));
    let stems: Vec<Term> =
        stems.flat_map(|(language, stem)| fields.map(|field| Fields::stem(field, language, &stem))).collect();
    let exact = fields.map(|field| Fields::exact(field, word));
    let mut most = 0;
    for terms in [&stems[..], &exact] {
        searcher.statistics().count(terms.iter().cloned())?;
        for term in terms {
            most = most.max(searcher.statistics().doc_freq(term)?);
        }
        if most > RARE {
            break;
        }
    }
    Ok(most)
}

fn stem(word: &str, language: Language) -> Option<Arc<str>> {
    analyze(word, language).into_iter().find(Token::is_word).map(|token| token.stem)
}
