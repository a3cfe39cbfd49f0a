//! The segments of a symbol behind its first slash: `MIN(13)/32`, `C.2/80/L.13`, `W/26/Rev.1`.

use super::fold::goes_on;
use super::reader::Reader;

/// What may follow a number: addendum, revision, corrigendum, supplement, amendment. They stack.
const SUFFIXES: &[&str] = &["Add", "Rev", "Corr", "Suppl", "Amend"];

/// Names before a dot that keep their small letters: `E/CN.4/Sub.2`.
const MIXED: &[&str] = &["Sub", "Sess"];

/// One past the slash at `at`, which may have one white space on each side.
pub(crate) fn slash(text: &str, at: usize) -> Option<usize> {
    let before = after_space(text, at);
    let length = slash_length(&text.as_bytes()[before..]);
    (length > 0).then(|| after_space(text, before + length))
}

/// Bytes of the slash that the text starts with, 0 if it starts with none.
fn slash_length(bytes: &[u8]) -> usize {
    match bytes {
        [b'/', ..] => 1,
        [0xE2, 0x81, 0x84, ..] | [0xE2, 0x88, 0x95, ..] => 3,
        _ => 0,
    }
}

/// One white-space character further, if there is one.
fn after_space(text: &str, at: usize) -> usize {
    let space = text.get(at..).and_then(|rest| rest.chars().next()).filter(|c| c.is_whitespace());
    at + space.map_or(0, char::len_utf8)
}

/// One past the last segment of the path that begins at `at`, just behind a slash; `None` where no
/// segment has a digit.
pub(crate) fn path(reader: &Reader<'_>, at: usize) -> Option<usize> {
    let mut end = segment(reader, at)?.0;
    while let Some(next) = next_segment(reader, end) {
        end = next;
    }
    reader.text[at..end].bytes().any(|byte| byte.is_ascii_digit()).then_some(end)
}

/// One past the suffixes at `at`: "/Add.2/Corr.1".
pub(crate) fn suffixes(reader: &Reader<'_>, at: usize) -> usize {
    let mut end = at;
    while let Some(start) = slash(reader.text, end) {
        match suffix(reader.text, start) {
            Some((after, _)) if !reader.text[after..].starts_with(goes_on) => end = after,
            _ => break,
        }
    }
    end
}

/// Appends the segments between two places, without white space and each in its normal form.
pub(crate) fn write(reader: &Reader<'_>, start: usize, end: usize, out: &mut String) {
    let mut at = start;
    while at < end {
        let Some((after, normal)) = segment(reader, at) else { return };
        out.push_str(&normal);
        if after >= end {
            return;
        }
        out.push('/');
        at = slash(reader.text, after).unwrap_or(end);
    }
}

/// One past the further segment whose slash is at `at`. White space around the slash is tolerated
/// where the segment cannot be an ordinary word.
fn next_segment(reader: &Reader<'_>, at: usize) -> Option<usize> {
    let text = reader.text;
    let start = slash(text, at)?;
    let (end, normal) = segment(reader, start)?;
    let spaced = text[at..start].chars().any(char::is_whitespace);
    let governs_more = slash_length(&text.as_bytes()[after_space(text, end)..]) > 0;
    let begins_another = governs_more && reader.openers.contains(&normal.as_str());
    let has_digit = normal.bytes().any(|byte| byte.is_ascii_digit());
    (!spaced || !begins_another && (has_digit || governs_more)).then_some(end)
}

/// One past a segment, and its normal form.
fn segment(reader: &Reader<'_>, start: usize) -> Option<(usize, String)> {
    let found = suffix(reader.text, start)
        .or_else(|| dotted(reader, start))
        .or_else(|| word(reader, start))
        .or_else(|| number(reader, start))?;
    (!reader.text[found.0..].starts_with(goes_on)).then_some(found)
}

/// `Rev.5`, `Rev5`, `REV. 5`.
fn suffix(text: &str, start: usize) -> Option<(usize, String)> {
    let rest = &text[start..];
    let name = SUFFIXES
        .iter()
        .find(|name| rest.get(..name.len()).is_some_and(|printed| printed.eq_ignore_ascii_case(name)))?;
    let after_dot = rest[name.len()..].trim_start_matches('.');
    let digits = after_dot.strip_prefix(' ').unwrap_or(after_dot);
    let n_digits = digits.bytes().take_while(u8::is_ascii_digit).count();
    let end = text.len() - digits.len() + n_digits;
    (n_digits > 0).then(|| (end, format!("{name}.{}", &digits[..n_digits])))
}

/// `L.13`, `C.2`, `WG.III`, `Sub.2`: up to eight letters, a dot, a number or a Roman numeral.
fn dotted(reader: &Reader<'_>, start: usize) -> Option<(usize, String)> {
    let rest = &reader.text[start..];
    let letters = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
    let name = &rest[..letters];
    let mixed = MIXED.iter().find(|mixed| mixed.eq_ignore_ascii_case(name));
    let is_name = mixed.is_some() || name.bytes().all(|byte| reader.is_capital(byte));
    let behind = rest[letters..].strip_prefix('.')?;
    let digits = behind.strip_prefix(' ').unwrap_or(behind);
    let n_digits = digits.bytes().take_while(u8::is_ascii_digit).count();
    let length = if n_digits > 0 { n_digits } else { reader.roman(digits)? };
    let letter =
        usize::from(n_digits > 0 && digits.as_bytes().get(length).is_some_and(u8::is_ascii_uppercase));
    let end = length + letter + bracket_length(reader, &digits[length + letter..]);
    let name = mixed.map_or_else(|| name.to_uppercase(), ToString::to_string);
    ((1..=8).contains(&letters) && is_name && n_digits <= 6)
        .then(|| (reader.text.len() - digits.len() + end, format!("{name}.{}", digits[..end].to_uppercase())))
}

/// `MIN(13)`, `DS285`, `LVA`, `WP(2019)5`: one to fourteen capitals, up to four digits, a year or a session in
/// brackets. A word with small letters has two capitals at least: `CoM`.
fn word(reader: &Reader<'_>, start: usize) -> Option<(usize, String)> {
    let rest = &reader.text[start..];
    let letters = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
    let name = &rest[..letters];
    let capitals = name.bytes().filter(u8::is_ascii_uppercase).count();
    let fits = reader.any_case || capitals == letters || capitals > 1;
    let digits = rest.as_bytes()[letters..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let bracket = letters + digits + bracket_length(reader, &rest[letters + digits..]);
    let behind = rest.as_bytes()[bracket..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let length = if bracket > letters + digits { bracket + behind } else { bracket };
    (fits && (1..=14).contains(&letters) && digits <= 4)
        .then(|| (start + length, rest[..length].to_uppercase()))
}

/// `843`, `12A`, `4(XXXII)`.
fn number(reader: &Reader<'_>, start: usize) -> Option<(usize, String)> {
    let rest = &reader.text[start..];
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let letter = usize::from(rest.as_bytes().get(digits).is_some_and(|byte| reader.is_capital(*byte)));
    let length = digits + letter + bracket_length(reader, &rest[digits + letter..]);
    (1..=6).contains(&digits).then(|| (start + length, rest[..length].to_uppercase()))
}

/// Bytes of a bracketed year of two to four digits or a Roman numeral, 0 if there is none.
fn bracket_length(reader: &Reader<'_>, rest: &str) -> usize {
    let Some(inside) = rest.strip_prefix('(') else { return 0 };
    let digits = inside.bytes().take_while(u8::is_ascii_digit).count();
    let length = if (2..=4).contains(&digits) { digits } else { reader.roman(inside).unwrap_or(0) };
    if length > 0 && inside[length..].starts_with(')') { length + 2 } else { 0 }
}
