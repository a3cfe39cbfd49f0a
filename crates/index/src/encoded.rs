//! Analysed text as one string, and the Tantivy tokenizer that reads it back.
//!
//! Analysis is done before a record reaches Tantivy: on any thread, once, with the language at
//! hand and with the counts known. A pre-tokenised value would do the same with two allocations
//! a word; here each token is a separator and the term, and the string is read as it lies.

use tantivy::tokenizer::{Token as Term, TokenStream, Tokenizer};

use crate::schema::SENTENCE_END;
use crate::{Form, Language, TokenRef, for_each_token, sentence_ends};

/// Before a token at the next position. No word holds a control character.
const NEXT: char = '\u{1}';
/// Before a token at the position of the one before.
const SAME: char = '\u{2}';

/// Tokens as they are indexed, and their number.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Encoded {
    pub(crate) value: String,
    pub(crate) n_tokens: u64,
}

impl Encoded {
    /// Both forms of all words of a text, and where its sentences part; `see` is shown each token.
    pub(crate) fn text(text: &str, language: Language, mut see: impl FnMut(TokenRef<'_>)) -> Self {
        let mut encoded = Self { value: String::with_capacity(text.len() * 5 / 2), n_tokens: 0 };
        let mut ends = sentence_ends(text).peekable();
        for_each_token(text, language, |token| {
            if token.form == Form::Word {
                let mut parts = false;
                while ends.next_if(|end| *end <= token.span.start).is_some() {
                    parts = encoded.n_tokens > 0;
                }
                if parts {
                    encoded.push(SAME, &[SENTENCE_END]);
                }
                encoded.push(NEXT, &["=", token.exact]);
            }
            encoded.push(SAME, &[language.prefix(), token.stem]);
            see(token);
        });
        encoded
    }

    fn push(&mut self, separator: char, term: &[&str]) {
        self.value.push(separator);
        self.value.extend(term.iter().copied());
        self.n_tokens += 1;
    }
}

/// Shows each encoded token with its position.
pub(crate) fn each_term<'a>(encoded: &'a str, mut see: impl FnMut(usize, &'a str)) {
    let mut position = 0_usize.wrapping_sub(1);
    let mut rest = encoded;
    while let Some(separator) = rest.chars().next() {
        position = position.wrapping_add(usize::from(separator == NEXT));
        let after = &rest[separator.len_utf8()..];
        let end = after.bytes().position(|byte| byte <= SAME as u8).unwrap_or(after.len());
        let (term, next) = after.split_at(end);
        see(position, term);
        rest = next;
    }
}

/// Reads encoded tokens.
#[derive(Clone, Debug)]
pub(crate) struct EncodedTokenizer;

impl Tokenizer for EncodedTokenizer {
    type TokenStream<'a> = EncodedStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> EncodedStream<'a> {
        EncodedStream { rest: text, term: Term::default() }
    }
}

/// The tokens of one value.
#[derive(Debug)]
pub(crate) struct EncodedStream<'a> {
    rest: &'a str,
    term: Term,
}

impl TokenStream for EncodedStream<'_> {
    fn advance(&mut self) -> bool {
        let Some(separator) = self.rest.chars().next() else { return false };
        // The first position is 0: tokens start out before it.
        let step = usize::from(separator == NEXT);
        self.term.position = self.term.position.wrapping_add(step);
        let after = &self.rest[separator.len_utf8()..];
        let end = after.bytes().position(|byte| byte <= SAME as u8).unwrap_or(after.len());
        let (term, rest) = after.split_at(end);
        self.term.text.clear();
        self.term.text.push_str(term);
        self.rest = rest;
        true
    }

    fn token(&self) -> &Term {
        &self.term
    }

    fn token_mut(&mut self) -> &mut Term {
        &mut self.term
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn terms(value: &str) -> Vec<(usize, String)> {
        let mut terms = Vec::new();
        let mut tokenizer = EncodedTokenizer;
        tokenizer.token_stream(value).process(&mut |term| terms.push((term.position, term.text.clone())));
        terms
    }

    fn check(encoded: &Encoded, expected: &[(usize, &str)]) {
        let terms = terms(&encoded.value);
        let terms: Vec<(usize, &str)> =
            terms.iter().map(|(position, term)| (*position, term.as_str())).collect();
        assert_eq!(terms, expected);
        assert_eq!(encoded.n_tokens, u64::try_from(expected.len()).expect("a small number"));
    }

    #[test]
    fn both_forms_share_a_position() {
        let encoded = Encoded::text("customs duties", Language::English, |_| {});
        check(&encoded, &[(0, "=customs"), (0, "e:custom"), (1, "=duties"), (1, "e:duti")]);
    }

    #[test]
    fn other_forms_are_stems_only() {
        let encoded = Encoded::text("policy-makers", Language::English, |_| {});
        let expected = [(0, "=policy"), (0, "e:polici"), (0, "e:policymak"), (1, "=makers"), (1, "e:maker")];
        check(&encoded, &expected);
    }

    #[test]
    fn the_last_word_of_a_sentence_carries_its_end() {
        let encoded = Encoded::text("1. Agreed. Noted.", Language::Other, |_| {});
        let expected =
            [(0, "=1"), (0, "o:1"), (1, "=agreed"), (1, "o:agreed"), (1, "."), (2, "=noted"), (2, "o:noted")];
        check(&encoded, &expected);
    }

    #[test]
    fn foreign_values_do_not_panic() {
        assert_eq!(terms(""), []);
        assert_eq!(terms("éa\u{1}"), [(usize::MAX, "a".to_owned()), (0, String::new())]);
    }
}
