//! Numbered acts that stand behind the name of who acts, on one line: "The Board 1) Notes the report;
//! 2) Requests the Keeper to pay".

use super::openers;
use crate::label;

/// Longest words before the first act, in bytes: the name of a body, with its meeting.
const LONGEST_NAME: usize = 200;

/// Where the acts of a paragraph begin, if it holds at least two that are numbered from 1.
pub(super) fn acts(text: &str) -> Vec<usize> {
    // "2)", "2." or "(2)" is seldom in a paragraph: then there is nothing more to look at.
    let has_second = memchr::memchr_iter(b'2', text.as_bytes()).any(|at| is_marker(text, at, 2).is_some());
    if !has_second {
        return Vec::new();
    }
    let mut found: Vec<usize> = Vec::new();
    let mut style = None;
    let starts = std::iter::once(0).chain(memchr::memchr_iter(b' ', text.as_bytes()).map(|space| space + 1));
    for start in starts {
        let number = found.len() + 1;
        let digit = start + usize::from(text[start..].starts_with('('));
        let Some(own) = is_marker(text, digit, number) else { continue };
        let words = label::marker(&text[start..]).map(|marker| &text[start + marker.body..]);
        let acts =
            words.is_some_and(|words| words.starts_with(char::is_uppercase) && openers::is_operative(words));
        if acts && *style.get_or_insert(own) == own {
            found.push(start);
        }
    }
    let is_named = found.first().is_some_and(|first| *first <= LONGEST_NAME && names(&text[..*first]));
    if found.len() >= 2 && is_named {
        found.into_iter().filter(|start| *start > 0).collect()
    } else {
        Vec::new()
    }
}

/// What closes the number that stands here, if it is this number.
fn is_marker(text: &str, at: usize, number: usize) -> Option<u8> {
    let rest = text.get(at..)?.as_bytes();
    let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let close = *rest.get(digits).filter(|close| matches!(close, b')' | b'.'))?;
    let is_number = text[at..at + digits].parse() == Ok(number) && rest[0] != b'0';
    (is_number && rest.get(digits + 1) == Some(&b' ')).then_some(close)
}

/// Whether the words before the first act name somebody, and say nothing themselves; a paragraph may have its
/// own number: "14. The Board 1) Notes".
fn names(words: &str) -> bool {
    let words = words.trim_end();
    let words = label::marker(words).map_or(words, |marker| &words[marker.body..]);
    words.is_empty() || !words.ends_with(['.', ';']) && words.starts_with(char::is_uppercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let cuts = acts(text);
        let ends = cuts.iter().skip(1).copied().chain([text.len()]);
        let found: Vec<&str> =
            cuts.iter().zip(ends).map(|(start, end)| text[*start..end].trim_end()).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn acts_on_one_line_are_each_their_own() {
        check(
            "The Lantern Board 1) Notes the report; 2) Requests the Keeper to pay; and 3) Decides to meet.",
            &["1) Notes the report;", "2) Requests the Keeper to pay; and", "3) Decides to meet."],
        );
        check(
            "14. The Board 1) Notes the report; 2) Requests the Keeper to pay.",
            &["1) Notes the report;", "2) Requests the Keeper to pay."],
        );
        check(
            "The Council: (1) Takes note of the fee. (2) Urges makers to pay it.",
            &["(1) Takes note of the fee.", "(2) Urges makers to pay it."],
        );
    }

    #[test]
    fn other_lists_on_one_line_stay() {
        check("(1) lamp marks; (2) lamp tests; and (3) lamp fees.", &[]);
        check("The fee is 1) high; 2) fair.", &[]);
        check("The guild notes page 2. It is long.", &[]);
    }
}
