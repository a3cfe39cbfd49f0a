//! Defined terms: "(hereinafter referred to as 'the Parties')", « ci-après dénommée l'Union », "customs
//! duty means".

use std::sync::LazyLock;

use chapeau_document::Span;

use super::sieve::{Made, Phrases, Sieve};
use super::words::Words;
use crate::lists;

/// The terms that a text defines, in order, without their quotation marks.
pub(super) fn defined(words: &Words<'_>, language: &str) -> Vec<Span> {
    let mut found: Vec<Span> = Vec::new();
    found.extend(meant(words, language));
    let n_words = words.len();
    // Most clauses quote nothing, and few words announce a name.
    let bytes = words.text().as_bytes();
    let quotes = memchr::memchr3(b'"', b'\'', 0xE2, bytes).is_some() || memchr::memchr(0xC2, bytes).is_some();
    let (all, few) = match quotes {
        true => (0..n_words, 0..0),
        false => (0..0, 0..n_words),
    };
    for place in all.chain(words.passing(few, OPENERS.first())) {
        let short = short_name(words, place, language).or_else(|| in_brackets(words, place));
        if let Some(term) = short.filter(|term| found.last().is_none_or(|last| last.end <= term.start)) {
            found.push(term);
        }
    }
    found
}

/// Words that announce a short name; the longer phrase first.
static OPENERS: Made = Made::new(|| {
    Phrases::new(&["hereinafter", "hereafter", "ci après", "en adelante", "en lo sucesivo", "en lo adelante"])
});

/// Articles before a quoted name.
const ARTICLES: &[&str] = &["the", "la", "le", "el", "las", "los", "les", "l"];

/// Longest short name, in words: "Joint Committee on Trade and Sustainable Development".
const LONGEST_TERM: usize = 10;

fn short_name(words: &Words<'_>, place: usize, language: &str) -> Option<Span> {
    let n_words = words.phrase_among(place, &OPENERS)?;
    let mut first = place + n_words;
    let is_article = |at: usize| ARTICLES.contains(&words.at(at)) && opening_mark(words, at + 1).is_some();
    while opening_mark(words, first).is_none()
        && (lists::CALLED.contains(&words.at(first)) || is_article(first))
    {
        first += 1;
    }
    if opening_mark(words, first).is_some() {
        return quoted(words, first);
    }
    let is_called = first > place + n_words || language != "en";
    let stops = |at: usize| words.gap(at).contains([',', ';', '.', ')', ':', '"', '”', '»']);
    let end = (first + 1..=first + LONGEST_TERM).find(|at| *at >= words.len() || stops(*at))?;
    let is_name = (first..end).any(|at| words.printed(at).starts_with(char::is_uppercase));
    let is_near = !words.gap(first).contains([',', ';', '.', ')']);
    (is_called && is_name && is_near).then(|| words.span(first, end - 1))
}

/// The quotation mark that stands right before a word; the apostrophe of "l'Union" is none.
fn opening_mark(words: &Words<'_>, place: usize) -> Option<char> {
    let gap = words.gap(place).trim_end();
    let mark = gap.chars().last().filter(|mark| matches!(mark, '“' | '"' | '«' | '‘' | '\'' | '„' | '’'))?;
    let is_apostrophe = matches!(mark, '\'' | '’') && gap.chars().count() == 1 && place > 0;
    (!is_apostrophe).then_some(mark)
}

/// From the word behind an opening mark to the one before the closing one.
fn quoted(words: &Words<'_>, first: usize) -> Option<Span> {
    let closes = |at: usize| words.gap(at).trim_start().starts_with(['”', '"', '»', '’', '\'', '“']);
    let end = (first + 1..=first + LONGEST_TERM).find(|at| closes(*at))?;
    Some(words.span(first, end - 1))
}

/// "(“Work Programme”)", "(the “Committee”)".
fn in_brackets(words: &Words<'_>, place: usize) -> Option<Span> {
    // Most words have one space before them.
    if words.gap(place).len() < 2 {
        return None;
    }
    opening_mark(words, place)?;
    let opens = |at: usize| words.gap(at).contains('(');
    let is_article =
        ["the", "la", "le", "el", "las", "los", "les"].contains(&words.at(place.checked_sub(1)?));
    if !(opens(place) || is_article && opens(place - 1)) {
        return None;
    }
    let term = quoted(words, place)?;
    let behind = words.text()[term.end..].trim_start_matches(['”', '"', '»', '’', '\'', ' ']);
    behind.starts_with(')').then_some(term)
}

/// The verbs of definitions.
static MEANS: LazyLock<Sieve> = LazyLock::new(|| {
    Sieve::of(["désigne", "désignent", "signifie", "signifient", "significa", "significan", "means", "mean"])
});

/// "(a) “customs duty” means", "mercancía significa": the term of a definition.
fn meant(words: &Words<'_>, language: &str) -> Option<Span> {
    let verbs: &[&str] = match language {
        "fr" => &["désigne", "désignent", "signifie", "signifient"],
        "es" => &["significa", "significan"],
        _ => &["means", "mean"],
    };
    let start = super::acts::skip_marker(words);
    let skips = [
        "the",
        "term",
        "terms",
        "expression",
        "expressions",
        "el",
        "la",
        "los",
        "las",
        "término",
        "le",
        "les",
        "l",
    ];
    let first = (start..start + 3).find(|at| !skips.contains(&words.at(*at)))?;
    let last = (first + LONGEST_TERM).min(words.len().saturating_sub(1));
    let verb = words.passing(first + 1..last + 1, &MEANS).find(|at| verbs.contains(&words.at(*at)))?;
    // "by appropriate means" is a noun.
    let is_noun = ["and", "or", "by", "other", "such", "appropriate", "any", "no", "all", "the", "of"]
        .contains(&words.at(verb - 1));
    let is_whole = !is_noun && (first + 1..verb).all(|at| !words.gap(at).contains([',', ';', ':', '.']));
    (is_whole && words.sentence(first) == words.sentence(verb)).then(|| words.span(first, verb - 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(language: &str, text: &str, expected: &[&str]) {
        let found: Vec<&str> =
            defined(&Words::of(text), language).into_iter().map(|span| span.of(text)).collect();
        assert_eq!(found, expected, "in {text:?}");
    }

    #[test]
    fn short_names_are_announced() {
        check("en", "Australia and Japan (hereinafter referred to as “the Parties”),", &["the Parties"]);
        check("en", "a Joint Committee (hereinafter the \"Committee\")", &["Committee"]);
        check("en", "hereinafter collectively referred to as 'the Parties', resolved", &["the Parties"]);
        check("en", "the Community, hereinafter called the Community, of the one part", &["the Community"]);
        check("fr", "le Traité, ci-après dénommé « le Traité »,", &["le Traité"]);
        check("fr", "l'Union Economique (UEMOA), ci-après dénommée l'Union.", &["l'Union"]);
        check("es", "la República de Chile, en adelante “las Partes”, considerando:", &["las Partes"]);
        check("es", "en lo sucesivo denominadas las Partes,", &["las Partes"]);
        check("en", "The rules set out hereinafter apply.", &[]);
    }

    #[test]
    fn names_in_brackets_and_definitions_define() {
        check("en", "The WTO Work Programme (“Work Programme”) has", &["Work Programme"]);
        check("en", "a committee (the “Committee”) shall", &["Committee"]);
        check("en", "(a) “customs duty” means any duty", &["customs duty"]);
        check("en", "the term “investments” means every kind", &["investments"]);
        check("en", "goods of a Party means domestic products", &["goods of a Party"]);
        check("es", "mercancía significa cualquier producto", &["mercancía"]);
        check("en", "By this, the Parties, as agreed, mean well.", &[]);
    }
}
