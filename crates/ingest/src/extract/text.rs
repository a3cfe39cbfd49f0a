//! Plain text: which letters the bytes are, and lines with the cues that spaces give.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::field_codes::without_codes;
use crate::{Extracted, ExtractedPage, Line, Role, Warning};

/// A text with how its bytes were read.
pub(super) struct Decoded<'a> {
    pub(super) text: Cow<'a, str>,
    /// The name of the encoding.
    pub(super) encoding: &'static str,
    pub(super) warnings: Vec<Warning>,
}

/// Reads bytes as UTF-8, UTF-16 or Windows-1252, whichever they are; never fails. NUL bytes go:
/// no text means them, and terminals and C programs stumble over them.
pub(super) fn decode(bytes: &[u8]) -> Decoded<'_> {
    let (encoding, length) = Encoding::for_bom(bytes).unwrap_or_else(|| (guess(bytes), 0));
    let (text, had_errors) = encoding.decode_without_bom_handling(&bytes[length..]);
    let mut warnings = Vec::new();
    let mut warn = |message: &str| warnings.push(Warning { page: None, message: message.to_owned() });
    if had_errors {
        warn("some bytes are no letters in the encoding found; they stand as U+FFFD");
    }
    if encoding == WINDOWS_1252 && !bytes.is_ascii() {
        warn("the text is not UTF-8; it was read as Windows-1252");
    }
    let has_nul = memchr::memchr(0, text.as_bytes()).is_some();
    let text = if has_nul { Cow::Owned(text.replace('\0', "")) } else { text };
    Decoded { text, encoding: encoding.name(), warnings }
}

/// The encoding of bytes without a mark: UTF-8 unless more of its longer sequences are broken
/// than whole, as they are in Windows-1252.
fn guess(bytes: &[u8]) -> &'static Encoding {
    // Nearly every text: whole UTF-8.
    if memchr::memchr(0, bytes).is_none() && std::str::from_utf8(bytes).is_ok() {
        return UTF_8;
    }
    if is_utf16(bytes) {
        let zeros_second = bytes.iter().skip(1).step_by(2).filter(|byte| **byte == 0).count();
        let zeros_first = bytes.iter().step_by(2).filter(|byte| **byte == 0).count();
        return if zeros_second > zeros_first { UTF_16LE } else { UTF_16BE };
    }
    let (mut whole, mut broken) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        whole += chunk.valid().bytes().filter(|byte| *byte >= 0xC0).count();
        // A sequence cut off by the end of the bytes says nothing.
        let cut = chunk.invalid().first().is_some_and(|byte| *byte >= 0xC2) && chunk.invalid().len() > 1;
        broken += usize::from(!chunk.invalid().is_empty() && !cut);
    }
    if broken > whole { WINDOWS_1252 } else { UTF_8 }
}

/// Whether every second byte is nearly always zero, as in UTF-16 of Latin letters.
pub(super) fn is_utf16(bytes: &[u8]) -> bool {
    let zeros = |from: usize| bytes.iter().skip(from).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    let half = bytes.len() / 2;
    bytes.len() >= 4 && (even.max(odd) * 10 >= half * 8) && even.min(odd) * 10 <= half
}

/// The lines of a plain text; form feeds part its pages.
pub(super) fn extract(text: &str) -> Extracted {
    let text = text.strip_suffix('\u{c}').unwrap_or(text);
    let pages: Vec<ExtractedPage> = text
        .split('\u{c}')
        .zip(1..)
        .map(|(page, number)| ExtractedPage { number, label: None, lines: lines_of_page(page) })
        .collect();
    Extracted { paged: pages.len() > 1, pages, ..Extracted::default() }
}

fn lines_of_page(page: &str) -> Vec<Line> {
    let mut found = Vec::new();
    let mut space_above = 0.0;
    for printed in lines(page) {
        let words = without_codes(printed);
        let words = words.trim();
        if words.is_empty() {
            space_above += 1.0;
            continue;
        }
        let number = typed_number(words);
        // A paragraph of a converted file has its mark, but no empty line above it.
        space_above = if number.is_some() { f32::max(space_above, 1.0) } else { space_above };
        let text = number.unwrap_or_else(|| words.to_owned());
        if text.is_empty() {
            continue;
        }
        found.push(Line { text, space_above, indent: indent(printed), size: 1.0, ..Line::default() });
        space_above = 0.0;
    }
    mark_centred(&mut found);
    if page.contains("&&") {
        mark_notes(&mut found);
    }
    found
}

/// Such converters put the notes of a text behind it, below a rule and without their marks, and then what
/// stood at the edges of its pages.
fn mark_notes(lines: &mut [Line]) {
    let Some(rule) = lines.iter().rposition(|line| crate::recurring::is_rule(&line.text)) else { return };
    let is_sentence = |line: &Line| line.text.ends_with(['.', ')', ']']) && line.text.contains(' ');
    for note in lines[rule + 1..].iter_mut().take_while(|line| is_sentence(line)) {
        note.role = Role::Footnote { mark: String::new() };
        note.space_above = note.space_above.max(1.0);
    }
}

/// Old converters of WordPerfect files left "&&" where a paragraph's number stood, or after it with
/// whatever was typed there: "27; && The Chairman" is "27. The Chairman". None for other lines.
fn typed_number(words: &str) -> Option<String> {
    const LONGEST: usize = 3;
    memchr::memchr(b'&', words.as_bytes())?;
    let (number, paragraph) = words.split_once("&&")?;
    let digits = number.trim_end_matches([' ', '\t', '.', ',', ':', ';']);
    let is_number = digits.len() <= LONGEST && digits.bytes().all(|byte| byte.is_ascii_digit());
    let paragraph = paragraph.trim_start();
    match is_number {
        true if digits.is_empty() => number.is_empty().then(|| paragraph.to_owned()),
        true => Some([digits, ". ", paragraph].concat()),
        false => None,
    }
}

/// The lines of a text, by whichever of the line ends it has; a carriage return alone counts too.
pub(super) fn lines(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let (line, after) = split_line(rest?);
        rest = after;
        Some(line)
    })
}

fn split_line(text: &str) -> (&str, Option<&str>) {
    let bytes = text.as_bytes();
    let Some(end) = memchr::memchr3(b'\n', b'\r', 0x0B, bytes) else { return (text, None) };
    let length = if bytes[end..].starts_with(b"\r\n") { 2 } else { 1 };
    (&text[..end], Some(&text[end + length..]))
}

/// Columns to the next tab stop, as terminals and typewriters have them.
const TAB: usize = 8;

/// Width of the white space that a line starts with, in characters.
pub(super) fn indent(line: &str) -> f32 {
    let spaces = line.chars().take_while(|c| c.is_whitespace());
    let width = spaces.fold(0, |width, c| if c == '\t' { (width / TAB + 1) * TAB } else { width + 1 });
    width as f32
}

/// Least indent of a line that can be called centred, and how far its two margins may differ, in
/// characters; chosen on sight of pdftotext's layouts.
const CENTRED_FROM: f32 = 8.0;
const CENTRED_WITHIN: f32 = 6.0;
/// Texts with longer lines have a paragraph a line, and no right margin.
const WIDEST_LAYOUT: f32 = 132.0;

fn mark_centred(lines: &mut [Line]) {
    let end = |line: &Line| line.indent + line.text.chars().count() as f32;
    if lines.iter().all(|line| line.indent < CENTRED_FROM) {
        return;
    }
    let width = lines.iter().map(end).fold(0.0, f32::max);
    if width > WIDEST_LAYOUT {
        return;
    }
    for line in lines {
        let right = width - end(line);
        line.centred = line.indent >= CENTRED_FROM && (line.indent - right).abs() <= CENTRED_WITHIN;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_decode(bytes: &[u8], expected: &str, encoding: &str) {
        let decoded = decode(bytes);
        assert_eq!((decoded.text.as_ref(), decoded.encoding), (expected, encoding));
    }

    #[test]
    fn letters_are_found_in_every_usual_encoding() {
        check_decode("préambule".as_bytes(), "préambule", "UTF-8");
        check_decode(b"\xEF\xBB\xBFa", "a", "UTF-8");
        check_decode(b"pr\xE9ambule \x93x\x94", "préambule “x”", "windows-1252");
        check_decode(b"\xFF\xFEa\0\xE9\0", "aé", "UTF-16LE");
        check_decode(b"\0T\0h\0e\0 \0P\0a", "The Pa", "UTF-16BE");
        check_decode(b"a\0b", "ab", "UTF-8");
        check_decode("é è à \u{FFFD}".as_bytes(), "é è à \u{FFFD}", "UTF-8");
        check_decode(b"\xC3\xA9\xC3\xA8\xE9x", "éè\u{FFFD}x", "UTF-8");
        check_decode(b"", "", "UTF-8");
    }

    fn check_lines(text: &str, expected: &[(&str, f32, f32)]) {
        let pages = extract(text).pages;
        let found: Vec<(&str, f32, f32)> = pages
            .iter()
            .flat_map(|page| &page.lines)
            .map(|line| (line.text.as_str(), line.space_above, line.indent))
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn lines_carry_the_space_around_them() {
        check_lines(
            "a\n\n\n  b \r\n\tc\rd",
            &[("a", 0.0, 0.0), ("b", 2.0, 2.0), ("c", 0.0, 8.0), ("d", 0.0, 0.0)],
        );
    }

    #[test]
    fn marks_of_old_converters_are_numbers() {
        check_lines(
            "1. The guild met.\n27; &&The keeper spoke.\n&&So did I.\n&&\na && b",
            &[
                ("1. The guild met.", 0.0, 0.0),
                ("27. The keeper spoke.", 1.0, 0.0),
                ("So did I.", 1.0, 0.0),
                ("a && b", 1.0, 0.0),
            ],
        );
    }

    #[test]
    fn form_feeds_part_pages() {
        let extracted = extract("one\n\u{c}two\n\u{c}");
        assert!(extracted.paged);
        assert_eq!(extracted.pages.len(), 2);
        assert!(!extract("one").paged);
    }

    #[test]
    fn notes_of_converted_files_stand_below_a_rule() {
        let pages =
            extract("&&The guild met.\n&&\n__________\n The keeper spoke first.\n\n The scribe wrote it.\n")
                .pages;
        let notes = pages[0].lines.iter().filter(|line| matches!(line.role, Role::Footnote { .. }));
        assert_eq!(
            notes.map(|line| line.text.as_str()).collect::<Vec<_>>(),
            ["The keeper spoke first.", "The scribe wrote it."]
        );
    }

    #[test]
    fn a_line_in_the_middle_is_centred() {
        let wide = "x".repeat(70);
        let text = format!("{wide}\n{}AGREEMENT\n     Done", " ".repeat(30));
        let centred: Vec<bool> = extract(&text).pages[0].lines.iter().map(|line| line.centred).collect();
        assert_eq!(centred, [false, true, false]);
    }
}
