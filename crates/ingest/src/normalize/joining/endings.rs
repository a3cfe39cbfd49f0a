//! How a line ends and begins, as far as it shows whether a sentence runs on: its marks, its last word.

use crate::label::{Class, Marker, Style};
use crate::lists;

/// Whether a line ends within a word.
pub(super) fn is_hyphenated(prev: &str, line: &str) -> bool {
    let mut end = prev.chars().rev();
    end.next() == Some('-')
        && end.next().is_some_and(char::is_alphanumeric)
        && line.starts_with(char::is_alphanumeric)
}

/// Whether a line end stands in a range of numbers: "pp. 30-" and "31".
pub(super) fn is_range(prev: &str, line: &str) -> bool {
    let ends_in_digit =
        prev.strip_suffix('-').is_some_and(|number| number.ends_with(|c: char| c.is_ascii_digit()));
    ends_in_digit && line.starts_with(|c: char| c.is_ascii_digit())
}

/// Whether a line ends without any mark, or with an open bracket.
pub(super) fn hangs(line: &str) -> bool {
    let mark = last_mark(line);
    mark.is_alphanumeric() || matches!(mark, '(' | '[' | '-' | '–' | '—' | '/' | '&')
}

/// Whether a line ends as a paragraph may.
pub(super) fn ends(line: &str) -> bool {
    matches!(last_mark(line), '.' | ';' | ':' | '!' | '?')
}

pub(super) fn ends_sentence(line: &str) -> bool {
    matches!(last_mark(line), '.' | ';' | ':' | '!' | '?' | ',')
}

/// The last character that is no closing quote or bracket; a bracket that closes counts as a letter
/// does, since words go on after it. The raised mark of a note is no part of the sentence.
pub(super) fn last_mark(line: &str) -> char {
    let line = line.trim_end_matches(|c: char| RAISED.contains(c));
    let mut marks =
        line.chars().rev().skip_while(|c| matches!(c, '"' | '”' | '’' | '\'' | '»' | ')' | ']' | '*'));
    let mark = marks.next().unwrap_or('.');
    let is_closed = line.ends_with([')', ']']);
    if is_closed && !matches!(mark, '.' | ';' | ':' | '!' | '?') { 'x' } else { mark }
}

pub(super) fn last_word(line: &str) -> &str {
    line.rsplit(' ').next().unwrap_or_default()
}

/// "and", "or" and their like in French and Spanish.
pub(super) fn is_conjunction(word: &str) -> bool {
    matches!(word, "and" | "or" | "et" | "ou" | "y" | "o" | "e" | "u")
}

pub(super) fn is_dangling(word: &str) -> bool {
    word.len() <= 7 && lists::DANGLING_WORDS.contains(&word.to_lowercase().as_str())
}

/// Whether a list of cited articles goes on: "Articles 9.3 (National Treatment)," and "10.2 (Transfers)".
pub(super) fn lists_on(prev: &str, line: &str) -> bool {
    let Some((number, rest)) = line.split_once(" (") else { return false };
    let is_dotted = number.contains('.') && number.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let is_named = rest.starts_with(char::is_uppercase) && rest.contains(')');
    let last = prev.trim_end();
    is_dotted
        && is_named
        && (last.ends_with("),") || [") and", "), and", ") or", ") y"].iter().any(|end| last.ends_with(end)))
}

/// "...; and", "..., or": the conjunction before the last item of a list.
pub(super) fn ends_list_item(line: &str) -> bool {
    let before = line.rsplit_once(' ').map_or("", |(before, _)| before.trim_end());
    before.is_empty() || before.ends_with([';', ',', '.', ':'])
}

/// The mark before another in one list, with the spaces around it: " (a) " before "(b)".
pub(super) fn mark_before(marker: &Marker) -> Option<String> {
    const ROMAN: [&str; 9] = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"];
    let Style { class, opened, close } = marker.style;
    if !opened || close != b')' {
        return None;
    }
    let last = marker.value.checked_sub(1).filter(|last| *last > 0);
    match class {
        Class::Number => last.map(|last| format!(" ({last}) ")),
        Class::Lower if marker.len > "(b)".len() => {
            let roman = marker.roman?.checked_sub(2)?;
            ROMAN.get(roman as usize).map(|roman| format!(" ({roman}) "))
        }
        Class::Lower => {
            let letter = char::from_digit(last?.checked_add(9)?, 36)?;
            Some(format!(" ({letter}) "))
        }
        _ => None,
    }
}

/// The last run of digits of a number: 3 of "14.3".
pub(super) fn trailing_number(number: &str) -> u32 {
    let start = number.rfind(|c: char| !c.is_ascii_digit()).map_or(0, |at| at + 1);
    number.get(start..).and_then(|digits| digits.parse().ok()).unwrap_or(0)
}

const RAISED: &str = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/// Whether a line begins with the mark of a note, raised or not.
pub(super) fn begins_with_mark(line: &str, mark: &str) -> bool {
    let plain = |c: char| {
        RAISED.chars().position(|raised| raised == c).and_then(|at| char::from_digit(at as u32, 10))
    };
    let mut letters = line.trim_start_matches('(').chars().map(|c| plain(c).unwrap_or(c));
    !mark.is_empty()
        && mark.chars().all(|c| letters.next() == Some(c))
        && !letters.next().is_some_and(|c| c.is_ascii_digit())
}
/// Whether a line in small letters ends the sentence that the one before, no entry of a list, left open:
/// "with a modern," and "resource efficient economy.".
pub(super) fn is_last_of_two(prev: &str, line: &str) -> bool {
    const FEWEST_WORDS: usize = 4;
    prev.split(' ').count() >= FEWEST_WORDS && line.contains(' ') && line.ends_with('.')
}
