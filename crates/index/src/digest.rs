//! Digests of texts: what finds clauses that say the same, without comparing them.

use crate::{Language, TokenRef, for_each_token};

/// The first 64 bits of a text's BLAKE3 digest.
pub(crate) fn digest(text: &str) -> u64 {
    first_bits(&blake3::hash(text.as_bytes()))
}

/// The digest of clauses, by ids and texts in their order.
pub(crate) fn clauses_digest<'a>(clauses: impl Iterator<Item = (&'a str, &'a str)>) -> u64 {
    let mut hasher = blake3::Hasher::new();
    for (id, text) in clauses {
        for words in [id, text] {
            hasher.update(&(words.len() as u64).to_le_bytes());
            hasher.update(words.as_bytes());
        }
    }
    first_bits(&hasher.finalize())
}

/// The digest of a text's words: see [`WordsDigest`].
pub(crate) fn words_digest(text: &str, language: Language) -> u64 {
    let mut words = WordsDigest::default();
    for_each_token(text, language, |token| words.see(token));
    words.done()
}

/// Digests the stems of words, in order. Names, numbers and dates are words: what was renewed for
/// another year is not the same.
#[derive(Default)]
pub(crate) struct WordsDigest(blake3::Hasher);

impl WordsDigest {
    pub(crate) fn see(&mut self, token: TokenRef<'_>) {
        if token.is_word() {
            self.0.update(token.stem.as_bytes());
            self.0.update(&[0]);
        }
    }

    pub(crate) fn done(self) -> u64 {
        first_bits(&self.0.finalize())
    }
}

fn first_bits(hash: &blake3::Hash) -> u64 {
    let [a, b, c, d, e, f, g, h, ..] = *hash.as_bytes();
    u64::from_le_bytes([a, b, c, d, e, f, g, h])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(a: &str, b: &str, same: bool) {
        let digest = |text| words_digest(text, Language::English);
        assert_eq!(digest(a) == digest(b), same, "{a} / {b}");
    }

    #[test]
    fn clauses_are_digested_by_ids_texts_and_order() {
        let digest = |clauses: &[(&'static str, &'static str)]| clauses_digest(clauses.iter().copied());
        let one = digest(&[("a/1", "x"), ("a/2", "y")]);
        assert_eq!(one, digest(&[("a/1", "x"), ("a/2", "y")]));
        for other in
            [[("a/2", "y"), ("a/1", "x")], [("a/1", "x"), ("a/2", "z")], [("a/1x", ""), ("a/2", "y")]]
        {
            assert_ne!(one, digest(&other));
        }
    }

    #[test]
    fn words_are_the_same_but_for_case_punctuation_spelling_and_endings() {
        check("Each Party shall, (where possible), agree;", "each party shall where possible agrees", true);
        check("The Work Programme continues.", "The work program continued", true);
        check("until 2013", "until 2015", false);
        check("Members may", "Members shall", false);
        check("ab c", "a bc", false);
    }
}
