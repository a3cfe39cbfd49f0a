//! Articles by their numbers, as people cite them: `Article 19.17`, `art. 5.2`, `XX(b)`, `CAFTA 10.5`.

use chapeau_document::Span;
use chapeau_index::{fold, named_places};

use super::ast::{Query, Reference, Word, WordForm};
use super::token::{Kind, Token};

/// Words before the number of an article, folded. Domain facts: English, French, Spanish.
const KEYWORDS: &[&str] = &["article", "art", "articulo"];

/// The reference that stands at `at`, with the tokens that it takes.
pub(super) fn reference(tokens: &[Token], at: usize) -> Option<(Query, usize)> {
    let first = &tokens[at];
    let word = loose(first)?;
    if is_keyword(&word.text) {
        let number = tokens.get(at + 1)?;
        let span = Span::new(first.span.start, number.span.end);
        return Some((of(&loose(number)?.text, true, span)?, 2));
    }
    if says_itself(&word.text) {
        return Some((of(&word.text, false, first.span)?, 1));
    }
    let before = at.checked_sub(1).and_then(|before| loose(&tokens[before]))?;
    if is_acronym(&before.text) && !is_plain_number(&word.text) {
        return Some((of(&word.text, true, first.span)?, 1));
    }
    None
}

/// Whether two loose words, one after the other, are read as an article and its number.
pub(super) fn is_reference(before: &str, word: &str) -> bool {
    let names = is_keyword(before) || is_acronym(before) && !is_plain_number(word);
    names && !named_places(word).is_empty()
}

fn is_keyword(word: &str) -> bool {
    KEYWORDS.contains(&fold(word).trim_end_matches('.'))
}

fn loose(token: &Token) -> Option<&Word> {
    match &token.kind {
        Kind::Word(word) if word.form == WordForm::Stem => Some(word),
        _ => None,
    }
}

/// `XX(b)`, `1904(2)`, `XXIV:5`: no other thing is written so. `12:30` is a time.
fn says_itself(word: &str) -> bool {
    word.ends_with(')') || word.contains(':') && word.starts_with(char::is_uppercase)
}

/// `GATT 1994` and `LOME 4` are names.
fn is_plain_number(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_digit())
}

/// An agreement by its acronym: `CAFTA 10.5`, `GATT XX`.
fn is_acronym(word: &str) -> bool {
    word.len() >= 3 && word.chars().all(char::is_uppercase)
}

fn of(number: &str, with_keyword: bool, span: Span) -> Option<Query> {
    let places = named_places(number);
    if places.is_empty() {
        return None;
    }
    let exact = |text: &str| Word { text: text.to_owned(), form: WordForm::Exact, span };
    let cited = if with_keyword {
        let cited = |keyword: &&str| Query::Phrase(vec![exact(keyword), exact(number)]);
        Query::Or(KEYWORDS.iter().map(cited).collect())
    } else {
        Query::Word(exact(number))
    };
    Some(Query::Reference(Reference { number: number.to_owned(), places, cited: Box::new(cited), span }))
}
