//! A symbol that stands by itself, as in a masthead: of a series that running text cannot be
//! believed to name, or of no known series but of the general shape.

use super::Symbol;
use crate::registry::look_up::{self, Which};
use crate::{Span, Sureness};

/// The symbol of a line without words.
pub(super) fn symbol(line: &str) -> Option<(Span, Symbol, Sureness)> {
    let span = Span::new(0, line.len()).trimmed(line);
    let inside = span.of(line);
    let (open, close) = if inside.starts_with('(') && inside.ends_with(')') { (1, 1) } else { (0, 0) };
    let span = Span::new(span.start + open, span.end - close);
    let inside = span.of(line);
    let reader = look_up::reader(inside, false);
    if inside.is_empty() {
        return None;
    }
    match look_up::at(&reader, 0, Which::Alone).filter(|found| found.end == inside.len()) {
        Some(found) => Some((span, Symbol(found.normal), found.series.sureness)),
        None => is_general(inside).then(|| (span, Symbol(inside.to_owned()), Sureness::Likely)),
    }
}

/// Most bytes of a symbol of no known series.
const LONGEST: usize = 48;

/// Capitals, digits and slashes, two slashes at least and a digit: "AB/TC/12/Rev.1".
fn is_general(text: &str) -> bool {
    let segments: Vec<&str> = text.split('/').collect();
    let has_digit = text.bytes().any(|byte| byte.is_ascii_digit());
    let letters = |segment: &str| segment.bytes().filter(u8::is_ascii_alphabetic).count();
    // "Assembly/LU/Dec.911(XXXVIII)": a word may stand where the last part is plainly a number.
    let is_numbered = segments.last().is_some_and(|last| {
        last.contains('.') && last.ends_with([')', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9'])
    });
    let fits = |segment: &str| is_segment(segment) || is_numbered && is_name(segment);
    let opens = segments[0].len() <= 12 && letters(segments[0]) > 0 && fits(segments[0]);
    text.len() <= LONGEST && segments.len() > 2 && has_digit && opens && segments.iter().all(|s| fits(s))
}

/// A word with a capital: "Assembly".
fn is_name(segment: &str) -> bool {
    let mut letters = segment.bytes();
    letters.next().is_some_and(|first| first.is_ascii_uppercase())
        && letters.all(|byte| byte.is_ascii_lowercase())
}

/// Begins with a capital or a digit, has letters, digits, dots, hyphens and brackets, and no more
/// small letters than "Rev." has behind each capital.
fn is_segment(segment: &str) -> bool {
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '(' | ')');
    let small = segment.bytes().filter(u8::is_ascii_lowercase).count();
    let capitals = segment.bytes().filter(u8::is_ascii_uppercase).count();
    let begins = segment.starts_with(|c: char| c.is_ascii_uppercase() || c.is_ascii_digit());
    begins && segment.chars().all(fits) && small <= 4 * capitals
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str, expected: &str) {
        let found = symbol(line);
        let shown = found.map(|(span, symbol, sureness)| {
            assert!(line.contains(span.of(line)));
            format!("{symbol} {sureness:?}")
        });
        assert_eq!(shown.as_deref().unwrap_or(""), expected, "in {line:?}");
    }

    #[test]
    fn known_series_are_sure_and_general_shapes_likely() {
        check("WT/L/843", "WT/L/843 Sure");
        check("  A/RES/99/12 ", "A/RES/99/12 Sure");
        check("LAMP/TC/12/Rev.1", "LAMP/TC/12/Rev.1 Likely");
        check("Assembly/LU/Dec.911(XXXVIII)", "Assembly/LU/Dec.911(XXXVIII) Likely");
        check("(LAMP/OFF/2030/7)", "LAMP/OFF/2030/7 Likely");
    }

    #[test]
    fn words_are_no_symbols() {
        for line in
            ["and/or/not", "Import/Export/2", "24/7/365", "N/A", "LAMPS/KETTLES", "", "A/B", "12/05/2019"]
        {
            check(line, "");
        }
        check("see LAMP/TC/12", "");
    }
}
