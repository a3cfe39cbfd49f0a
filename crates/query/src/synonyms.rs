//! What the thesaurus adds to a query's loose words: other ways of saying them, as forms to look
//! for.
//!
//! Only loose words are expanded, alone or one after the other. A phrase, `=word`, `+word` and the
//! operands of AND, OR and NEAR are taken as typed: who writes those means those words.

use std::ops::Range;

use chapeau_index::{Language, Token, analyze};

use crate::lexicon::Test;
use crate::stop_words::is_stop_word;
use crate::syntax::ast::{Occur, Operand, Query, WordForm};
use crate::thesaurus::{self, Class, Found, Term, Thesaurus};

/// Words of a query that name a concept, and the other ways of saying it.
#[derive(Clone, Debug)]
pub(crate) struct Synonyms {
    /// The operands of the query that they stand for; the query itself, if it is one word, is `0..1`.
    pub(crate) operands: Range<usize>,
    /// The words, as typed.
    pub(crate) typed: String,
    pub(crate) added: Vec<Added>,
}

/// One other way of saying it.
#[derive(Clone, Debug)]
pub(crate) struct Added {
    pub(crate) text: String,
    /// Any of these: what its words look for, one after the other.
    pub(crate) alternatives: Vec<Vec<Test>>,
}

/// The synonyms of a query's loose words, in the languages of the corpus.
pub(crate) fn of(query: &Query, thesaurus: &Thesaurus, languages: &[Language]) -> Vec<Synonyms> {
    match query {
        Query::Group(operands) => in_group(operands, thesaurus, languages),
        query => loose_word(query).map(|word| in_run(&[word], 0, thesaurus, languages)).unwrap_or_default(),
    }
}

fn in_group(operands: &[Operand], thesaurus: &Thesaurus, languages: &[Language]) -> Vec<Synonyms> {
    let words: Vec<Option<&str>> = operands
        .iter()
        .map(|operand| loose_word(&operand.query).filter(|_| operand.occur == Occur::Should))
        .collect();
    let mut from = 0;
    let mut synonyms = Vec::new();
    for run in words.split(Option::is_none) {
        let run_words: Vec<&str> = run.iter().copied().flatten().collect();
        synonyms.extend(in_run(&run_words, from, thesaurus, languages));
        from += run.len() + 1;
    }
    synonyms
}

fn loose_word(query: &Query) -> Option<&str> {
    match query {
        Query::Word(word) if word.form == WordForm::Stem => Some(&word.text),
        _ => None,
    }
}

/// The synonyms of words that stand one after the other, the first of them operand `from`.
fn in_run(words: &[&str], from: usize, thesaurus: &Thesaurus, languages: &[Language]) -> Vec<Synonyms> {
    let synonyms = |found: Found| Synonyms {
        operands: from + found.words.start..from + found.words.end,
        typed: words[found.words].join(" "),
        added: found.added.iter().filter_map(|term| added(term, languages)).collect(),
    };
    let found = thesaurus.expand(words).into_iter().map(synonyms);
    found.filter(|synonyms| !synonyms.added.is_empty()).collect()
}

fn added(term: &Term, languages: &[Language]) -> Option<Added> {
    let language = match term.language {
        thesaurus::Language::En => Language::English,
        thesaurus::Language::Fr => Language::French,
        thesaurus::Language::Es => Language::Spanish,
    };
    let tokens = analyze(&term.text, language);
    let words: Vec<&Token> = tokens.iter().filter(|token| token.is_word()).collect();
    let mut alternatives = vec![words.iter().map(|word| Test::Stem(language, word.stem.clone())).collect()];
    if is_name(term, language) {
        alternatives.push(words.iter().map(|word| Test::Exact(word.exact.clone())).collect());
    }
    let is_sought = languages.contains(&language) && !words.is_empty();
    is_sought.then(|| Added { text: term.text.clone(), alternatives })
}

/// A proper name stands in texts of every language as it is written, above all in titles, so its
/// stems in one language are not enough. Acronyms are left out: too many are words elsewhere ("USO").
fn is_name(term: &Term, language: Language) -> bool {
    let mut words = term.text.split_whitespace().filter(|word| !is_stop_word(word, &[language]));
    term.class == Class::Name && words.all(|word| word.starts_with(char::is_uppercase))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax;

    /// The words that have synonyms, with their places among the operands.
    fn check(query: &str, expected: &[(&str, Range<usize>)]) {
        let (query, _) = syntax::parse(query);
        let found = of(&query, &Thesaurus::built_in(), &[Language::English]);
        let found: Vec<(&str, Range<usize>)> =
            found.iter().map(|synonyms| (synonyms.typed.as_str(), synonyms.operands.clone())).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn loose_words_have_synonyms() {
        check("LDC", &[("LDC", 0..1)]);
        check("LDC exports", &[("LDC", 0..1)]);
        check("waiver for LDC", &[("waiver", 0..1), ("LDC", 2..3)]);
        check("ratchet clause USMCA", &[("ratchet clause", 0..2), ("USMCA", 2..3)]);
    }

    #[test]
    fn what_is_typed_with_a_sign_has_none() {
        for query in
            ["=LDC", "\"ratchet clause\"", "LDC AND exports", "LDC*", "LDC~", "+LDC exports", "-LDC exports"]
        {
            check(query, &[]);
        }
    }

    #[test]
    fn words_on_both_sides_of_another_operand_are_no_term() {
        check("ratchet kind:decision clause", &[("ratchet", 0..1)]);
    }

    #[test]
    fn only_languages_of_the_corpus_are_added() {
        let (query, _) = syntax::parse("T-MEC");
        let found = of(&query, &Thesaurus::built_in(), &[Language::French]);
        let added: Vec<&str> = found[0].added.iter().map(|added| added.text.as_str()).collect();
        assert_eq!(added, ["ACEUM", "Accord Canada-États-Unis-Mexique"]);
    }
}
