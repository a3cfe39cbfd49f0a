//! Text of documents and queries on a page: harmless, escaped, marked, in its own language.

use std::borrow::Cow;

use chapeau_document::{Date, Span, harmless};
use chapeau_query::{By, Mark};
use maud::{Markup, html};

/// Text that somebody else has written, without characters that a page obeys and those that HTML
/// and XML do not allow. What this gives is escaped where it is put into a page.
pub(crate) fn shown(text: &str) -> Cow<'_, str> {
    let text = harmless(text);
    if text.contains(is_no_character) { Cow::Owned(text.replace(is_no_character, "\u{FFFD}")) } else { text }
}

/// The code points that Unicode keeps from ever being a character.
fn is_no_character(letter: char) -> bool {
    matches!(letter, '\u{FDD0}'..='\u{FDEF}') || u32::from(letter) & 0xFFFE == 0xFFFE
}

/// The words of `span` with their marks.
pub(crate) fn marked(text: &str, span: Span, marks: &[Mark]) -> Markup {
    let pieces = pieces(span, marks);
    html! {
        @for (piece, by) in &pieces {
            @match by {
                Some(By::Synonym) => mark.synonym title="a synonym of what you typed" { (shown(piece.of(text))) },
                Some(_) => mark { (shown(piece.of(text))) },
                None => (shown(piece.of(text))),
            }
        }
    }
}

/// All of a text with its marks.
pub(crate) fn all_marked(text: &str, marks: &[Mark]) -> Markup {
    marked(text, Span::new(0, text.len()), marks)
}

/// `span` cut at the ends of its marks. Marks that reach out of it are cut, and a mark that begins
/// before the last one ends is begun there.
fn pieces(span: Span, marks: &[Mark]) -> Vec<(Span, Option<By>)> {
    let mut pieces = Vec::new();
    let mut at = span.start;
    for mark in marks {
        let (start, end) = (mark.start.max(at), mark.end.min(span.end));
        if start < end {
            pieces.push((Span::new(at, start), None));
            pieces.push((Span::new(start, end), Some(mark.by)));
            at = end;
        }
    }
    pieces.push((Span::new(at, span.end.max(at)), None));
    pieces.retain(|(piece, _)| !piece.is_empty());
    pieces
}

/// "17 December 2011".
pub(crate) fn date(date: Date) -> String {
    date.strftime("%-d %B %Y").to_string()
}

/// A number and what it counts.
pub(crate) fn counted(n: u64, one: &str, many: &str) -> String {
    format!("{} {}", grouped(n), if n == 1 { one } else { many })
}

/// "212,765".
pub(crate) fn grouped(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A language code as it may stand in `lang`: one that is no code says nothing.
pub(crate) fn language(code: &str) -> Option<&str> {
    let plain = (2..=8).contains(&code.len())
        && code.bytes().all(|letter| letter.is_ascii_alphanumeric() || letter == b'-');
    plain.then_some(code)
}

/// The name of a language for people.
pub(crate) fn language_name(code: &str) -> &str {
    match code {
        "en" => "English",
        "fr" => "French",
        "es" => "Spanish",
        "de" => "German",
        "pt" => "Portuguese",
        "it" => "Italian",
        code => code,
    }
}

/// The anchor of a clause in its document's page: the clause's id without the document's, in
/// letters that need no escape.
pub(crate) fn anchor(document: &str, clause: &str) -> String {
    let local = clause.strip_prefix(document).and_then(|local| local.strip_prefix('/')).unwrap_or(clause);
    let mut anchor = String::from("c-");
    for byte in local.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.".contains(&byte) {
            anchor.push(char::from(byte));
        } else if byte == b'/' {
            anchor.push(':');
        } else {
            anchor.push_str(&format!("~{byte:02x}"));
        }
    }
    anchor
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, marks: &[(usize, usize)], expected: &str) {
        let marks: Vec<Mark> =
            marks.iter().map(|(start, end)| Mark { start: *start, end: *end, by: By::Typed }).collect();
        assert_eq!(all_marked(text, &marks).into_string(), expected);
    }

    #[test]
    fn marks_stand_in_escaped_text() {
        check("a <b> & \"c\"", &[(2, 5)], "a <mark>&lt;b&gt;</mark> &amp; &quot;c&quot;");
        check("duties", &[(0, 6)], "<mark>duties</mark>");
        check("", &[], "");
    }

    #[test]
    fn marks_that_overlap_or_do_not_fit_break_nothing() {
        check("abcdef", &[(0, 4), (2, 6)], "<mark>abcd</mark><mark>ef</mark>");
        check("abc", &[(2, 9)], "ab<mark>c</mark>");
        check("abc", &[(2, 2), (9, 12)], "abc");
    }

    #[test]
    fn characters_that_a_page_obeys_are_left_out() {
        check("a\u{202E}b\u{0}c\u{FFFF}", &[], "ab\u{FFFD}c\u{FFFD}");
    }

    #[test]
    fn numbers_and_anchors() {
        assert_eq!(grouped(1_234_567), "1,234,567");
        assert_eq!(grouped(100), "100");
        assert_eq!(anchor("doc", "doc/art-14.3/2/a"), "c-art-14.3:2:a");
        assert_eq!(anchor("doc", "doc/\" onload=x"), "c-~22~20onload~3dx");
        assert_eq!(language("en\" onload"), None);
    }
}
