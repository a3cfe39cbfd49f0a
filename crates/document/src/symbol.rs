//! WTO-style document symbols: `WT/L/843`, `WT/MIN(13)/32`, `INF/ECOM/62/Rev.5`.
//!
//! Read by hand, not by a regular expression: every candidate hangs on a slash, so a text
//! without slashes costs one pass over its bytes. Collections and shapes: domain facts, after
//! the WTO's own page on symbols.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Span;

/// An official identifier in its one normal form: capitals except for `Add.`, `Rev.`, `Corr.`
/// and `Suppl.`, no spaces, the dot always there.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct Symbol(String);

impl Symbol {
    /// Reads a symbol in any of the forms that people write, small letters included; `None` if
    /// it is none.
    pub fn parse(text: &str) -> Option<Self> {
        let capitals = text.to_ascii_uppercase();
        let (span, symbol) = Self::find_all(&capitals).into_iter().next()?;
        (span == Span::new(0, text.len()).trimmed(text)).then_some(symbol)
    }

    /// The symbols in a running text, with their places in it. Capitals are wanted here: small
    /// letters with a slash are far more often words ("and/or") than symbols.
    pub fn find_all(text: &str) -> Vec<(Span, Self)> {
        let mut found = Vec::new();
        let mut from = 0;
        while let Some(slash) = next_slash(text, from) {
            from = slash.end;
            if let Some((span, symbol)) = symbol_around(text, slash) {
                from = span.end;
                found.push((span, symbol));
            }
        }
        found
    }

    /// The normal form.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The symbol's prefixes at its slashes, itself included, and at a bracketed year:
    /// `WT`, `WT/MIN`, `WT/MIN(13)`, `WT/MIN(13)/32`.
    pub fn prefixes(&self) -> Vec<&str> {
        let ends = self.0.bytes().enumerate().filter(|(_, byte)| matches!(byte, b'/' | b'('));
        ends.map(|(at, _)| &self.0[..at]).chain([self.as_str()]).collect()
    }
}

impl fmt::Display for Symbol {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.pad(&self.0)
    }
}

/// The collections, and how many segments must follow a name that is also an ordinary word or
/// letter: `G/20` and `IP/V6` are no symbols, `WT/DS285` is one.
const COLLECTIONS: &[(&str, usize)] = &[
    ("WT", 1),
    ("G", 2),
    ("S", 2),
    ("IP", 2),
    ("TN", 2),
    ("INF", 2),
    ("RD", 2),
    ("JOB", 1),
    ("OFFICE", 1),
    ("GPA", 1),
    ("PLURI", 1),
    ("PRESS", 1),
    ("WLI", 1),
    ("MTN", 1),
    ("TRADE", 1),
];

/// What may follow a number: addendum, revision, corrigendum, supplement. They stack.
const SUFFIXES: &[&str] = &["Add", "Rev", "Corr", "Suppl"];

/// The next `/`, U+2044 or U+2215.
fn next_slash(text: &str, from: usize) -> Option<Span> {
    let bytes = text.as_bytes();
    let mut at = from;
    loop {
        at += bytes.get(at..)?.iter().position(|byte| matches!(byte, b'/' | 0xE2))?;
        let length = slash_length(&bytes[at..]);
        if length > 0 {
            return Some(Span::new(at, at + length));
        }
        at += 1;
    }
}

/// Bytes of the slash that the text starts with, 0 if it starts with none.
fn slash_length(bytes: &[u8]) -> usize {
    match bytes {
        [b'/', ..] => 1,
        [0xE2, 0x81, 0x84, ..] | [0xE2, 0x88, 0x95, ..] => 3,
        _ => 0,
    }
}

/// The symbol whose first slash this is.
fn symbol_around(text: &str, slash: Span) -> Option<(Span, Symbol)> {
    let start = collection_start(text, slash.start)?;
    let head = text[start..slash.start].trim_end();
    let name = head.split(['(', '.']).next().unwrap_or(head);
    let wanted = COLLECTIONS.iter().find(|(collection, _)| *collection == name)?.1;
    if head.contains('.') && name != "MTN" {
        return None;
    }
    let mut normal = head.to_owned();
    let mut end = slash.start;
    let mut segments = 0;
    while let Some(segment) = next_segment(text, end) {
        if segments == 0 && wanted > 1 && !segment.starts_with_letter {
            return None;
        }
        normal.push('/');
        normal.push_str(&segment.normal);
        end = segment.end;
        segments += 1;
    }
    let has_digit = normal.bytes().any(|byte| byte.is_ascii_digit());
    (segments >= wanted && has_digit).then(|| (Span::new(start, end), Symbol(normal)))
}

/// Where the collection's name before a slash starts: capitals, perhaps a year in brackets.
fn collection_start(text: &str, slash: usize) -> Option<usize> {
    let before = &text[..slash];
    let mut head = before.strip_suffix([' ', '\u{a0}', '\n']).unwrap_or(before);
    if let Some(opened) = head.strip_suffix(')') {
        head = opened.trim_end_matches(|c: char| c.is_ascii_digit()).strip_suffix('(')?;
    }
    let rest = head.trim_end_matches(|c: char| c.is_ascii_uppercase() || c == '.');
    let dots = head[rest.len()..].bytes().take_while(|byte| *byte == b'.').count();
    let glued = rest.chars().next_back().is_some_and(|c| c.is_alphanumeric() || matches!(c, '/' | '_'));
    (!glued || dots > 0).then_some(rest.len() + dots)
}

/// What stands between two slashes, in normal form.
struct Segment {
    end: usize,
    normal: String,
    starts_with_letter: bool,
}

/// The segment after the slash at `at`. White space around the slash is tolerated where the
/// segment cannot be an ordinary word.
fn next_segment(text: &str, at: usize) -> Option<Segment> {
    let bytes = text.as_bytes();
    let slash = after_space(text, at);
    let length = slash_length(bytes.get(slash..)?);
    let start = after_space(text, slash + length);
    if length == 0 || start > text.len() {
        return None;
    }
    let spaced = slash > at || start > slash + length;
    let segment = suffix(text, start).or_else(|| word(text, start)).or_else(|| number(text, start))?;
    let ends_here = !text[segment.end..].starts_with(|c: char| c.is_alphanumeric() || c == '_');
    let next = after_space(text, segment.end);
    let governs_more = slash_length(&bytes[next..]) > 0;
    let begins_another = governs_more && COLLECTIONS.iter().any(|(name, _)| *name == segment.normal);
    let has_digit = segment.normal.bytes().any(|byte| byte.is_ascii_digit());
    let plausible = !spaced || (!begins_another && (has_digit || governs_more));
    (ends_here && plausible).then_some(segment)
}

/// One white-space character further, if there is one.
fn after_space(text: &str, at: usize) -> usize {
    let space = text.get(at..).and_then(|rest| rest.chars().next()).filter(|c| c.is_whitespace());
    at + space.map_or(0, char::len_utf8)
}

/// `Rev.5`, `Rev5`, `REV. 5`.
fn suffix(text: &str, start: usize) -> Option<Segment> {
    let rest = &text[start..];
    let name = SUFFIXES
        .iter()
        .find(|name| rest.get(..name.len()).is_some_and(|printed| printed.eq_ignore_ascii_case(name)))?;
    let after_dot = rest[name.len()..].trim_start_matches('.');
    let digits = after_dot.strip_prefix(' ').unwrap_or(after_dot);
    let n_digits = digits.bytes().take_while(u8::is_ascii_digit).count();
    let end = text.len() - digits.len() + n_digits;
    (n_digits > 0).then(|| Segment {
        end,
        normal: format!("{name}.{}", &digits[..n_digits]),
        starts_with_letter: true,
    })
}

/// `MIN(13)`, `DS285`, `LVA`: one to ten capitals, up to four digits, a year in brackets.
fn word(text: &str, start: usize) -> Option<Segment> {
    let rest = &text.as_bytes()[start..];
    let letters = rest.iter().take_while(|byte| byte.is_ascii_uppercase()).count();
    let digits = rest[letters..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let length = letters + digits + year_length(&rest[letters + digits..]);
    let fits = (1..=10).contains(&letters) && digits <= 4;
    fits.then(|| Segment {
        end: start + length,
        normal: text[start..start + length].to_owned(),
        starts_with_letter: true,
    })
}

/// Bytes of a bracketed year of two to four digits, 0 if there is none.
fn year_length(rest: &[u8]) -> usize {
    let [b'(', inside @ ..] = rest else { return 0 };
    let digits = inside.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let closed = inside.get(digits) == Some(&b')');
    if closed && (2..=4).contains(&digits) { digits + 2 } else { 0 }
}

/// `843`, `12A`.
fn number(text: &str, start: usize) -> Option<Segment> {
    let rest = &text.as_bytes()[start..];
    let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let letter = usize::from(rest.get(digits).is_some_and(u8::is_ascii_uppercase));
    (1..=5).contains(&digits).then(|| Segment {
        end: start + digits + letter,
        normal: text[start..start + digits + letter].to_owned(),
        starts_with_letter: false,
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let found = Symbol::find_all(text);
        let symbols: Vec<&str> = found.iter().map(|(_, symbol)| symbol.as_str()).collect();
        assert_eq!(symbols, expected, "in {text:?}");
    }

    #[test]
    fn each_form_in_use_is_one_symbol() {
        let forms = "WT/L/843 WT/L/274 WT/MIN(13)/32 WT/MIN(11)/W/4 WT/MIN(24)/W/26/Rev.1 WT/GC/W/945/Add.2 \
            WT/MIN(01)/DEC/1 WT/ACC/SPEC/LVA/7/Add.2/Corr.1 IP/C/W/34/Add.3/Suppl.3 GPA/SPEC/2/Rev.1 \
            OFFICE(00)/39 S/ENQ/9 WT/CTE/W/31 G/L/71 JOB(07)/128 JOB/GC/342/Rev.1 INF/ECOM/62/Rev.5 \
            RD/GC/12 WT/DS285/AB/R G/SPS/N/CHN/1284/Add.1 TN/AG/W/4/Rev.4 WT/TPR/S/415/Rev.1 G/ADP/W/436 \
            WT/L/1193 MTN.GNS/W/120 WT/MIN(13)";
        for form in forms.split_whitespace() {
            check(form, &[form]);
            check(&format!("see ({form}), and"), &[form]);
            assert_eq!(Symbol::parse(&form.to_lowercase()).map(|s| s.to_string()).as_deref(), Some(form));
        }
        check(forms, &forms.split_whitespace().collect::<Vec<_>>());
    }

    #[test]
    fn words_with_slashes_are_none() {
        for text in [
            "and/or",
            "N/A",
            "S/he",
            "I/O",
            "w/5",
            "G/20 summit",
            "TCP/IP",
            "S&D/TED",
            "WT/",
            "either/or",
            "24/7",
            "GATS/GATT",
            "TRIPS/CBD",
            "IP/V6",
            "http://x.org/WT/L/843",
            "WT/L",
            "/",
            "WT/L/",
        ] {
            check(text, &[]);
        }
    }

    #[test]
    fn the_normal_form_has_dots_and_no_spaces() {
        check("WT/GC/W/1/Rev1", &["WT/GC/W/1/Rev.1"]);
        check("WT/GC/W/1/REV. 1/add2", &["WT/GC/W/1/Rev.1/Add.2"]);
        check("WT / MIN(13) / 32", &["WT/MIN(13)/32"]);
        check("WT\u{2044}L\u{2215}843", &["WT/L/843"]);
        check("WT/MIN(13)/\n32", &["WT/MIN(13)/32"]);
    }

    #[test]
    fn one_text_may_have_two_symbols() {
        check("WT/MIN(15)/42 — WT/L/977", &["WT/MIN(15)/42", "WT/L/977"]);
        check("WT/MIN(15)/42-WT/L/977", &["WT/MIN(15)/42", "WT/L/977"]);
        check("WT/MIN(13)/32, WT/L/907", &["WT/MIN(13)/32", "WT/L/907"]);
        check("WT/MIN(13)/32 / WT/L/907", &["WT/MIN(13)/32", "WT/L/907"]);
        check("WT/MIN(13)/32\nWT/L/907", &["WT/MIN(13)/32", "WT/L/907"]);
    }

    #[test]
    fn a_symbol_ends_where_words_go_on() {
        check("WT/L/843/and more", &["WT/L/843"]);
        check("WT/L/843 / A decision", &["WT/L/843"]);
        check("WT/L/843/", &["WT/L/843"]);
    }

    #[test]
    fn only_a_whole_text_parses() {
        assert!(Symbol::parse(" WT/L/843 ").is_some());
        assert_eq!(Symbol::parse("see WT/L/843"), None);
        assert_eq!(Symbol::parse("é/"), None);
    }

    #[test]
    fn prefixes_end_at_slashes_and_years() {
        let symbol = Symbol::parse("WT/MIN(13)/32").expect("a symbol");
        assert_eq!(symbol.prefixes(), ["WT", "WT/MIN", "WT/MIN(13)", "WT/MIN(13)/32"]);
    }

    proptest! {
        #[test]
        fn spans_fit_and_the_normal_form_reads_back(text in "[WTLGREVev/ .()0-9é\u{2044}\n]{0,40}") {
            for (span, symbol) in Symbol::find_all(&text) {
                prop_assert!(!span.of(&text).is_empty());
                prop_assert_eq!(Symbol::parse(symbol.as_str()), Some(symbol));
            }
        }

        #[test]
        fn no_text_panics(text in any::<String>()) {
            Symbol::find_all(&text);
            let _ = Symbol::parse(&text);
        }
    }
}
