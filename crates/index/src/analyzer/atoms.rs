//! Atoms: the smallest runs of letters and digits, from which words are put together.
//!
//! They are the words of Unicode's text segmentation (UAX 29), cut again at every apostrophe,
//! dot, colon or underscore inside: what joins two atoms into one word is decided in `words`.
//! ASCII and Latin text takes a short cut with the same result.

use chapeau_document::Span;
use unicode_segmentation::UnicodeSegmentation;

/// Appends the atoms of `text`, in order.
pub(super) fn atoms(text: &str, found: &mut Vec<Span>) {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if bytes[at].is_ascii_alphanumeric() {
            let end = ascii_end(bytes, at);
            if bytes.get(end).is_none_or(u8::is_ascii) {
                found.push(Span::new(at, end));
                at = end;
            } else {
                at = latin_atom(text, at, end, found);
            }
        } else if bytes[at].is_ascii() {
            at += 1;
        } else {
            at = latin_atom(text, at, at, found);
        }
    }
}

fn ascii_end(bytes: &[u8], from: usize) -> usize {
    let rest = &bytes[from..];
    from + rest.iter().position(|byte| !byte.is_ascii_alphanumeric()).unwrap_or(rest.len())
}

/// What the short cut makes of a character.
#[derive(PartialEq)]
enum Class {
    /// Letters and digits of which UAX 29 makes words without exception.
    Plain,
    /// Ends an atom, and is none.
    Separator,
    /// Left to UAX 29.
    Other,
}

fn class(c: char) -> Class {
    match c {
        'a'..='z' | 'A'..='Z' | '0'..='9' | 'À'..='Ö' | 'Ø'..='ö' | 'ø'..='ſ' => Class::Plain,
        '\0'..='\u{7f}' => Class::Separator,
        // No-break space, section and degree signs, guillemets, the signs for times and divide.
        '\u{a0}'..='\u{a9}' | '«' | '¬' | '®' | '°' | '±' | '¶' | '»' | '×' | '÷' => {
            Class::Separator
        }
        // Spaces, dashes, quotation marks, bullets, the ellipsis, the euro.
        '\u{2000}'..='\u{200a}' | '\u{2010}'..='\u{2023}' | '\u{2025}'..='\u{2029}' | '€' => {
            Class::Separator
        }
        _ => Class::Other,
    }
}

/// The atom that starts at `start` and is known to go on to `at`; where to go on.
fn latin_atom(text: &str, start: usize, mut at: usize, found: &mut Vec<Span>) -> usize {
    for c in text[at..].chars() {
        match class(c) {
            Class::Plain => at += c.len_utf8(),
            Class::Separator if at > start => break,
            Class::Separator => return at + c.len_utf8(),
            Class::Other => return segmented(text, start, found),
        }
    }
    found.push(Span::new(start, at));
    at
}

/// By UAX 29, from white space to white space; underscores count as such, being no part of a
/// word here. What the short cut found in this stretch is found again.
fn segmented(text: &str, at: usize, found: &mut Vec<Span>) -> usize {
    let is_space = |c: char| c.is_ascii_whitespace() || c == '_';
    let start = text[..at].rfind(is_space).map_or(0, |space| space + 1);
    let end = text[at..].find(is_space).map_or(text.len(), |space| at + space);
    found.truncate(found.partition_point(|atom| atom.start < start));
    segment(&text[..end], start, found);
    end
}

fn segment(text: &str, start: usize, found: &mut Vec<Span>) {
    for (at, word) in text[start..].unicode_word_indices() {
        let mut from = 0;
        for (cut, mark) in word.match_indices(is_inner_mark).chain([(word.len(), "")]) {
            // A stray mark at the beginning belongs to no letter.
            if let Some(marks) = word[from..cut].find(char::is_alphanumeric) {
                found.push(Span::new(start + at + from + marks, start + at + cut));
            }
            from = cut + mark.len();
        }
    }
}

/// Characters that UAX 29 lets stand inside a word, and that separate atoms.
fn is_inner_mark(c: char) -> bool {
    c.is_ascii_punctuation()
        || matches!(c, '\u{b7}' | '\u{2018}' | '\u{2019}' | '\u{2024}' | '\u{2027}' | '\u{37e}' | '\u{387}')
        || matches!(
            c,
            '\u{203f}' | '\u{2040}' | '\u{2044}' | '\u{ff07}' | '\u{ff0c}' | '\u{ff0e}' | '\u{ff1a}'
        )
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn found(text: &str) -> Vec<Span> {
        let mut spans = Vec::new();
        atoms(text, &mut spans);
        spans
    }

    fn check(text: &str, expected: &[&str]) {
        let words: Vec<&str> = found(text).iter().map(|span| span.of(text)).collect();
        assert_eq!(words, expected, "in {text:?}");
    }

    #[test]
    fn atoms_are_runs_of_letters_and_digits() {
        check("Article 14.3(a): l'accord", &["Article", "14", "3", "a", "l", "accord"]);
        check("“Parties”—each", &["Parties", "each"]);
        check("31st e_commerce", &["31st", "e", "commerce"]);
        check("co\u{ad}operation", &["co\u{ad}operation"]);
        check("e\u{301}tat développé", &["e\u{301}tat", "développé"]);
        check("電子 commerce", &["電", "子", "commerce"]);
        check("Договор о торговле", &["Договор", "о", "торговле"]);
    }

    proptest! {
        #[test]
        fn the_short_cut_changes_nothing(
            text in "([a-zA-Z0-9 .,'_:;/\\-\\[\\]()éÑŒß’“”—\u{ad}\u{301}\u{a0}ªº²½µ·\u{2011}\u{200d}бאか電ー]|\\PC|\n){0,30}"
        ) {
            let mut slow = Vec::new();
            segment(&text.replace('_', " "), 0, &mut slow);
            prop_assert_eq!(found(&text), slow);
        }
    }
}
