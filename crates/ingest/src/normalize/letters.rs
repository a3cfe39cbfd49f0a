//! One form for every letter: composed, without ligatures, odd spaces and invisible characters.

use std::borrow::Cow;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use crate::letter_spacing;

/// A line in its one form: composed letters, single spaces (tabs stay in table rows), no space at
/// either end, and letters that are set apart put together.
pub(super) fn clean(line: &str, keeps_tabs: bool) -> Cow<'_, str> {
    let line = line.trim();
    let cleaned =
        if is_clean(line) { Cow::Borrowed(line) } else { Cow::Owned(composed(line, keeps_tabs, 1)) };
    let mut pieces = cleaned.split(' ').map(|piece| piece.chars().count());
    if keeps_tabs || pieces.next() != Some(1) || pieces.next() != Some(1) {
        return cleaned;
    }
    // Two spaces stand between words whose letters have one between them.
    match letter_spacing::closed_up(&composed(line, false, 2)) {
        Some(closed) => Cow::Owned(clean(&closed, false).into_owned()),
        None => cleaned,
    }
}

/// Composed letters with at most `most_spaces` between two.
fn composed(line: &str, keeps_tabs: bool, most_spaces: usize) -> String {
    let spaced = respaced(line, keeps_tabs, most_spaces);
    // Removing and expanding letters can bring a base and its accent together, so composing comes last.
    match is_nfc_quick(spaced.chars()) {
        IsNormalized::Yes => spaced,
        _ => spaced.nfc().collect(),
    }
}

/// Nearly every line of nearly every text: printable ASCII and common typographic marks.
fn is_clean(line: &str) -> bool {
    let bytes = line.as_bytes();
    // Without a branch for each letter, since most lines are no more than this.
    let is_plain = bytes.iter().fold(true, |plain, byte| plain & matches!(byte, b' '..=b'~'));
    let is_doubled = bytes.windows(2).fold(false, |doubled, pair| doubled | (pair == b"  "));
    if is_plain || is_doubled {
        return !is_doubled;
    }
    let mut before = 0;
    for (at, byte) in bytes.iter().enumerate() {
        let is_good = match byte {
            b' ' => before != b' ',
            b'!'..=b'~' => true,
            // Latin letters with accents, composed (U+00C0..U+00FF).
            0xC3 => true,
            0x80..=0xBF => before == 0xC3 || is_typographic(bytes, at),
            // U+2013..U+2026: dashes, curly quotes, bullet, ellipsis.
            0xE2 => true,
            _ => false,
        };
        if !is_good {
            return false;
        }
        before = *byte;
    }
    true
}

/// Whether the continuation byte at `at` belongs to one of U+2012..U+2027.
fn is_typographic(bytes: &[u8], at: usize) -> bool {
    let lead = if bytes[at - 1] == 0xE2 { at - 1 } else { at.saturating_sub(2) };
    let Some([0xE2, 0x80, last]) = bytes.get(lead..lead + 3) else { return false };
    (0x92..=0xA7).contains(last)
}

fn respaced(line: &str, keeps_tabs: bool, most_spaces: usize) -> String {
    let mut out = String::with_capacity(line.len());
    let mut n_spaces = most_spaces;
    for c in line.chars() {
        let is_space = c.is_whitespace() || c == '\u{2800}';
        if is_space && keeps_tabs && c == '\t' {
            out.truncate(out.trim_end_matches(' ').len());
            out.push('\t');
            n_spaces = most_spaces;
        } else if is_space {
            if n_spaces < most_spaces {
                out.push(' ');
                n_spaces += 1;
            }
        } else if let Some(kept) = letter(c) {
            push(&mut out, c, kept);
            n_spaces = 0;
        }
    }
    out.truncate(out.trim_end_matches(' ').len());
    out
}

fn push(out: &mut String, c: char, kept: &str) {
    if kept.is_empty() { out.push(c) } else { out.push_str(kept) }
}

/// What stands for a letter: itself (""), other letters, or nothing at all.
fn letter(c: char) -> Option<&'static str> {
    Some(match c {
        // Soft hyphens, zero-width characters, marks of direction, byte-order marks.
        '\u{AD}'
        | '\u{200B}'..='\u{200F}'
        | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{2064}'
        | '\u{2066}'..='\u{2069}'
        | '\u{FEFF}' => return None,
        c if c.is_control() => return None,
        'ﬀ' => "ff",
        'ﬁ' => "fi",
        'ﬂ' => "fl",
        'ﬃ' => "ffi",
        'ﬄ' => "ffl",
        'ﬅ' | 'ﬆ' => "st",
        // The hyphen and the hyphen that does not break: one hyphen to search for.
        '\u{2010}' | '\u{2011}' => "-",
        // Bullets by their places in Symbol, Wingdings and OpenSymbol.
        '\u{F0B7}' | '\u{F0A7}' | '\u{F0D8}' | '\u{F076}' | '\u{F095}' => "•",
        _ => "",
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &str, expected: &str) {
        assert_eq!(clean(line, false), expected);
    }

    #[test]
    fn every_letter_has_one_form() {
        check("ﬁnancial aﬀairs", "financial affairs");
        check("a\u{A0}b\u{2003}  c\td", "a b c d");
        check("non\u{2011}discri\u{AD}mination\u{200B}", "non-discrimination");
        check("e\u{301}tat", "état");
        check("“x” – y…", "“x” – y…");
        check("\u{7}bell\u{1b}[0m", "bell[0m");
        check(" \u{FEFF}  ", "");
        check("L A M P S  A N D  W A X", "LAMPS AND WAX");
        check("A  A A A A ", "A AAAA");
        check("\u{F095} Fees", "• Fees");
        assert_eq!(clean("a \t b  c", true), "a\tb c");
    }
}
