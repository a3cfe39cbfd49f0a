//! The words of a clause with the sentences and quotations that they stand in: what acts,
//! obligations, citations and carve-outs are read from.
//!
//! One pass over the bytes, no regular expressions: describing must keep up with splitting.

use std::ops::Range;

use chapeau_document::Span;
use memchr::memmem::Finder;

use super::sieve::{Phrases, Sieve, key};
use crate::lists;

/// A text as words. Small letters are made so that no byte moves, and places in the one text
/// are places in the other.
pub(super) struct Words<'a> {
    text: &'a str,
    lower: String,
    words: Vec<Word>,
}

#[derive(Clone, Copy)]
struct Word {
    start: usize,
    end: usize,
    sentence: u32,
    key: u16,
    quoted: bool,
    /// Whether a comma stands between it and the word before it.
    after_comma: bool,
}

impl<'a> Words<'a> {
    /// The words of `text`.
    pub(super) fn of(text: &'a str) -> Self {
        let lower = lower(text);
        let words = Scanner::new(&lower, text).words();
        Self { text, lower, words }
    }

    pub(super) fn text(&self) -> &'a str {
        self.text
    }

    pub(super) fn len(&self) -> usize {
        self.words.len()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// The word at `place` in small letters; empty beyond either end.
    pub(super) fn at(&self, place: usize) -> &str {
        self.words.get(place).map_or("", |word| &self.lower[word.start..word.end])
    }

    /// The word `back` places before `place`, empty if there is none in the same sentence.
    pub(super) fn before(&self, place: usize, back: usize) -> &str {
        match place.checked_sub(back) {
            Some(earlier) if self.sentence(earlier) == self.sentence(place) => self.at(earlier),
            _ => "",
        }
    }

    /// The word at `place` as printed.
    pub(super) fn printed(&self, place: usize) -> &'a str {
        self.words.get(place).map_or("", |word| &self.text[word.start..word.end])
    }

    /// Whether the word at `place` begins with a capital of ASCII.
    pub(super) fn is_capital(&self, place: usize) -> bool {
        let first = self.words.get(place).and_then(|word| self.text.as_bytes().get(word.start));
        first.is_some_and(u8::is_ascii_uppercase)
    }

    /// From the word at `first` to the one at `last`, both included.
    pub(super) fn span(&self, first: usize, last: usize) -> Span {
        match (self.words.get(first), self.words.get(last)) {
            (Some(first), Some(last)) => Span::new(first.start, last.end.max(first.start)),
            _ => Span::default(),
        }
    }

    /// What stands between the word at `place` and the one before it.
    pub(super) fn gap(&self, place: usize) -> &'a str {
        let end = self.words.get(place).map_or(self.text.len(), |word| word.start);
        let start = place.checked_sub(1).and_then(|before| self.words.get(before)).map_or(0, |word| word.end);
        self.text.get(start..end).unwrap_or_default()
    }

    /// Whether a comma stands between the word at `place` and the one before it.
    pub(super) fn after_comma(&self, place: usize) -> bool {
        self.words.get(place).is_some_and(|word| word.after_comma)
    }

    /// The number of the sentence of the word at `place`.
    pub(super) fn sentence(&self, place: usize) -> u32 {
        self.words.get(place).map_or(u32::MAX, |word| word.sentence)
    }

    /// Whether the word at `place` opens its sentence.
    pub(super) fn opens_sentence(&self, place: usize) -> bool {
        place == 0 || self.sentence(place - 1) != self.sentence(place)
    }

    /// The first word of the sentence that `place` is in.
    pub(super) fn sentence_start(&self, place: usize) -> usize {
        let sentence = self.sentence(place);
        let before = self.words.get(..place).unwrap_or_default();
        before.partition_point(|word| word.sentence < sentence)
    }

    /// One past the last word of the sentence that `place` is in.
    pub(super) fn sentence_end(&self, place: usize) -> usize {
        let sentence = self.sentence(place);
        let rest = self.words.get(place..).unwrap_or_default();
        place + rest.partition_point(|word| word.sentence == sentence)
    }

    /// Whether the word at `place` is somebody else's.
    pub(super) fn quoted(&self, place: usize) -> bool {
        self.words.get(place).is_some_and(|word| word.quoted)
    }

    /// Whether these words, parted by spaces in `phrase`, stand at `place`.
    pub(super) fn is_phrase(&self, place: usize, phrase: &str) -> bool {
        self.length_of(place, phrase).is_some()
    }

    /// How many words `phrase` has, if it stands at `place`.
    fn length_of(&self, place: usize, phrase: &str) -> Option<usize> {
        let mut rest = phrase.as_bytes();
        for at in place.. {
            rest = rest.strip_prefix(self.at(at).as_bytes())?;
            match rest.split_first() {
                None => return Some(at + 1 - place),
                Some((b' ', next)) => rest = next,
                Some(_) => return None,
            }
        }
        None
    }

    /// Whether these letters are part of a longer word somewhere.
    pub(super) fn has_glued(&self, letters: &Finder<'_>) -> bool {
        let text = self.lower.as_bytes();
        let is_letter_at =
            |at: Option<usize>| at.and_then(|at| text.get(at)).is_some_and(|byte| is_letter(*byte));
        letters
            .find_iter(text)
            .any(|at| is_letter_at(at.checked_sub(1)) || is_letter_at(Some(at + letters.needle().len())))
    }

    /// Whether the word at `place` may be one of the sieve's list.
    pub(super) fn passes(&self, place: usize, sieve: &Sieve) -> bool {
        self.words.get(place).is_some_and(|word| sieve.passes(word.key))
    }

    /// Whether the word at `place` may begin one of `phrases`.
    pub(super) fn may_begin(&self, place: usize, phrases: &Phrases) -> bool {
        self.words.get(place).is_some_and(|word| phrases.may_begin(word.key))
    }

    /// How many words the first of `phrases` has that stands at `place`.
    pub(super) fn phrase_among(&self, place: usize, phrases: &Phrases) -> Option<usize> {
        let key = self.words.get(place).map(|word| word.key).filter(|key| phrases.may_begin(*key))?;
        let next = self.words.get(place + 1).map(|word| word.key);
        phrases.beginning(key, next).find_map(|phrase| self.length_of(place, phrase))
    }

    /// The places in `range` whose words may be one of the sieve's list: few of many.
    pub(super) fn passing<'p>(
        &'p self,
        range: Range<usize>,
        sieve: &'p Sieve,
    ) -> impl DoubleEndedIterator<Item = usize> + 'p {
        let words = self.words.get(range.clone()).unwrap_or_default();
        let passes = |(_, word): &(usize, &Word)| sieve.passes(word.key);
        words.iter().enumerate().filter(passes).map(move |(at, _)| range.start + at)
    }

    /// The same as [`Self::phrase_among`], for a list that is short or seldom asked for.
    pub(super) fn phrase_of(&self, place: usize, phrases: &[&str]) -> Option<usize> {
        // Its first letter tells most words from most phrases.
        let first = self.at(place).bytes().next();
        let alike = phrases.iter().filter(|phrase| phrase.bytes().next() == first);
        alike.copied().find_map(|phrase| self.length_of(place, phrase))
    }
}

/// Small letters for ASCII and Latin-1 capitals, all of the same length in bytes as theirs.
fn lower(text: &str) -> String {
    if memchr::memchr(0xC3, text.as_bytes()).is_none() {
        return text.to_ascii_lowercase();
    }
    let mut bytes = text.as_bytes().to_ascii_lowercase();
    let mut latin = false;
    for byte in &mut bytes {
        let is_capital = latin && matches!(*byte, 0x80..=0x9E) && *byte != 0x97;
        latin = *byte == 0xC3;
        *byte += if is_capital { 0x20 } else { 0 };
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

struct Scanner<'a> {
    lower: &'a str,
    text: &'a str,
    at: usize,
    words: Vec<Word>,
    sentence: u32,
    /// The first word of the quotation that is open.
    quote: Option<usize>,
    after_comma: bool,
}

impl<'a> Scanner<'a> {
    fn new(lower: &'a str, text: &'a str) -> Self {
        // Words of law texts have 5.3 letters; a guess on the small side costs one growth.
        let words = Vec::with_capacity(text.len() / 7 + 1);
        Self { lower, text, at: 0, words, sentence: 0, quote: None, after_comma: false }
    }

    fn words(mut self) -> Vec<Word> {
        let bytes = self.lower.as_bytes();
        let mut stop = false;
        let mut space = false;
        while let Some(&byte) = bytes.get(self.at) {
            if is_letter(byte) {
                if stop && space && self.is_new_sentence() {
                    self.sentence += 1;
                }
                self.word();
                (stop, space) = (false, false);
                continue;
            }
            match byte {
                b'.' | b'!' | b'?' => stop = true,
                b';' => (stop, space) = (true, true),
                b'\n' | b' ' => space = true,
                b',' => self.after_comma = true,
                b'"' => self.quotation(None),
                0xC2 | 0xE2 => self.mark(),
                _ => {}
            }
            self.at += 1;
        }
        if self.quote == Some(0) {
            self.words.iter_mut().for_each(|word| word.quoted = true);
        }
        self.words
    }

    fn word(&mut self) {
        let start = self.at;
        let rest = &self.lower.as_bytes()[start..];
        self.at += rest.iter().position(|byte| !is_letter(*byte)).unwrap_or(rest.len());
        let key = key(&self.lower.as_bytes()[start..self.at]);
        let after_comma = std::mem::take(&mut self.after_comma);
        let sentence = self.sentence;
        self.words.push(Word { start, end: self.at, sentence, key, quoted: false, after_comma });
    }

    /// A mark beyond ASCII: quotation marks open and close, the rest is skipped.
    fn mark(&mut self) {
        let rest = &self.lower.as_bytes()[self.at..];
        match rest {
            [0xE2, 0x80, 0x9C | 0x9E, ..] | [0xC2, 0xAB, ..] => self.quotation(Some(true)),
            [0xE2, 0x80, 0x9D, ..] | [0xC2, 0xBB, ..] => self.quotation(Some(false)),
            _ => {}
        }
        self.at += if rest[0] == 0xE2 { 2 } else { 1 };
    }

    /// A quotation mark; `None` if it may open or close. A quotation that never closes is none, unless
    /// the text begins with it: then it goes on in the next paragraph.
    fn quotation(&mut self, opens: Option<bool>) {
        match (self.quote, opens) {
            (Some(first), None | Some(false)) => {
                self.words[first..].iter_mut().for_each(|word| word.quoted = true);
                self.quote = None;
            }
            (None, None | Some(true)) => self.quote = Some(self.words.len()),
            _ => {}
        }
    }

    /// Whether the stop before this place ends a sentence: not after an abbreviation, and not
    /// before a small letter or within a number.
    fn is_new_sentence(&self) -> bool {
        let Some(last) = self.words.last() else { return false };
        let gap = &self.lower[last.end..self.at];
        if gap.contains([';', '!', '?']) {
            return true;
        }
        let next = self.text[self.at..].chars().next().unwrap_or(' ');
        let word = &self.lower[last.start..last.end];
        let is_short = word.len() == 1 && word.bytes().all(|byte| byte.is_ascii_alphabetic());
        !next.is_lowercase() && !is_short && !lists::ABBREVIATIONS.contains(&word)
    }
}

/// Letters, digits, and all bytes of letters beyond ASCII; general punctuation (U+2000 to
/// U+2FFF) and the signs of Latin-1 are none.
fn is_letter(byte: u8) -> bool {
    LETTERS[usize::from(byte)]
}

/// Which bytes are letters: a table, since it is asked of each byte of each text.
static LETTERS: [bool; 256] = {
    let mut letters = [false; 256];
    let mut byte = 0;
    while byte < letters.len() {
        letters[byte] = (byte as u8).is_ascii_alphanumeric() || byte >= 0x80 && byte != 0xC2 && byte != 0xE2;
        byte += 1;
    }
    letters
};

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(text: &str, expected: &str) {
        let words = Words::of(text);
        let mut found = String::new();
        for place in 0..words.len() {
            found.push_str(if words.opens_sentence(place) { " | " } else { " " });
            found.push_str(words.at(place));
            found.push_str(if words.quoted(place) { "\"" } else { "" });
        }
        assert_eq!(found.trim_start_matches(" | "), expected);
    }

    #[test]
    fn words_know_their_sentence() {
        check("One two. Three; four: five", "one two | three | four five");
        check("See Art. 5 and No. 3. Next", "see art 5 and no 3 | next");
        check("Article 14.3 e.g. this", "article 14 3 e g this");
        check("L’ÉTAT s'engage", "l état s engage");
    }

    #[test]
    fn quoted_words_are_marked() {
        check("a “b c” d \"e\" f", "a b\" c\" d e\" f");
        check("a “b c", "a b c");
        check("« b » c", "b\" c");
        check("“b c", "b\" c\"");
    }

    proptest! {
        #[test]
        fn no_text_panics(text in any::<String>()) {
            let words = Words::of(&text);
            for place in 0..=words.len() {
                let _ = (words.gap(place), words.printed(place), words.sentence_end(place));
            }
        }
    }
}
