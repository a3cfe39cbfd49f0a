//! Symbols in a text: one pass over its words.

use super::Symbol;
use crate::registry::look_up::{self, Found, Which};
use crate::registry::reader::{Reader, number};
use crate::{Span, Sureness};

/// All in a running text.
pub(super) fn running(text: &str) -> Vec<(Span, Symbol)> {
    without_sureness(all(text, Which::Running))
}

/// Those of one word.
pub(super) fn compact(text: &str) -> Vec<(Span, Symbol)> {
    without_sureness(all(text, Which::Compact))
}

/// All in a line of a masthead.
pub(super) fn in_masthead(line: &str) -> Vec<(Span, Symbol, Sureness)> {
    all(line, Which::Alone)
}

fn without_sureness(found: Vec<(Span, Symbol, Sureness)>) -> Vec<(Span, Symbol)> {
    found.into_iter().map(|(span, symbol, _)| (span, symbol)).collect()
}

/// The one at the start of what is typed.
pub(super) fn typed(text: &str) -> Option<(usize, Symbol)> {
    let reader = look_up::reader(text, true);
    look_up::at(&reader, 0, Which::Running).map(|found| (found.end, Symbol(found.normal)))
}

fn all(text: &str, which: Which) -> Vec<(Span, Symbol, Sureness)> {
    let reader = look_up::reader(text, false);
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    // Without a figure there is no symbol: half of all clauses.
    let mut at = if bytes.iter().any(u8::is_ascii_digit) { 0 } else { bytes.len() };
    while let Some(start) = next_word(bytes, at) {
        let glued = start > 0 && matches!(bytes[start - 1], b'/' | b'_');
        match if glued { None } else { look_up::at(&reader, start, which) } {
            Some(first) => at = take(&reader, start, &first, &mut found),
            None => at = word_end(bytes, start),
        }
    }
    found
}

/// Takes a symbol and those that a list adds to it; one past the last.
fn take(
    reader: &Reader<'_>,
    start: usize,
    first: &Found,
    found: &mut Vec<(Span, Symbol, Sureness)>,
) -> usize {
    let mut end = first.end;
    let sureness = first.series.sureness;
    found.push((Span::new(start, end), Symbol(first.normal.clone()), sureness));
    while let Some(next) = further(reader, first, end) {
        let Some(more) = look_up::next_of_list(reader, first, next) else { break };
        found.push((Span::new(next, more.end), Symbol(more.normal), sureness));
        end = more.end;
    }
    end
}

/// Where the next of a list would begin: behind a date, and a comma or an "and".
fn further(reader: &Reader<'_>, first: &Found, end: usize) -> Option<usize> {
    if !first.is_listed() {
        return None;
    }
    let dated = after_date(reader.text, end);
    let rest = &reader.text[dated..];
    let joined = rest.trim_start_matches([',', ';']).trim_start();
    let joiners = ["and ", "et ", "y ", "e ", "or ", "ou ", "o ", "and\n", "et\n", "y\n"];
    let behind = joiners.iter().find_map(|joiner| joined.strip_prefix(joiner));
    let is_joined = behind.is_some() || rest.starts_with([',', ';']);
    let next = behind.unwrap_or(joined).trim_start();
    is_joined.then(|| reader.text.len() - next.len())
}

/// One past " of 3 May 2019", " du 3 mai 2019", " de 3 de mayo de 2019" at `at`; `at` where none is.
fn after_date(text: &str, at: usize) -> usize {
    let date = || {
        let rest = text[at..].trim_start();
        let rest = ["of ", "du ", "de ", "del "].iter().find_map(|of| rest.strip_prefix(of))?;
        let (length, _) = number(rest, 1, 2)?;
        let rest = rest[length..].trim_start_matches("er").trim_start();
        let rest = rest.strip_prefix("de ").unwrap_or(rest);
        let month = rest.find(|c: char| !c.is_alphabetic()).filter(|month| (3..=12).contains(month))?;
        let rest = rest[month..].trim_start();
        let rest = rest.strip_prefix("de ").unwrap_or(rest);
        let (length, _) = number(rest, 4, 4)?;
        Some(text.len() - rest.len() + length)
    };
    date().unwrap_or(at)
}

/// Where the next word begins, from `at`, where none goes on.
fn next_word(bytes: &[u8], mut at: usize) -> Option<usize> {
    loop {
        at += bytes.get(at..)?.iter().position(|byte| LENGTHS[usize::from(*byte)] != 0)?;
        match character(bytes[at]) {
            (_, true) => return Some(at),
            (length, false) => at += length,
        }
    }
}

fn word_end(bytes: &[u8], mut at: usize) -> usize {
    while let Some(byte) = bytes.get(at) {
        match character(*byte) {
            (length, true) => at += length,
            (_, false) => break,
        }
    }
    at
}

/// Bytes of the character that begins with a byte, and whether it is a letter or digit. Of the others
/// than ASCII those that begin with C2 or E2 are signs, dashes, quotes and spaces.
fn character(byte: u8) -> (usize, bool) {
    let length = LENGTHS[usize::from(byte)];
    (usize::from(length.max(1)), !matches!(length, 0) && !matches!(byte, 0xC2 | 0xE2))
}

/// Bytes of what begins with each byte, 0 for signs of ASCII.
const LENGTHS: [u8; 256] = lengths();

const fn lengths() -> [u8; 256] {
    let mut lengths = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        lengths[byte] = match byte as u8 {
            byte if byte < 0x80 => byte.is_ascii_alphanumeric() as u8,
            byte if byte < 0xE0 => 2,
            byte if byte < 0xF0 => 3,
            _ => 4,
        };
        byte += 1;
    }
    lengths
}
