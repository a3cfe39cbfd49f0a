//! The words of numbering: what a line starts with, before anyone asks where it belongs.
//!
//! Two kinds: a [`Division`] names itself ("Article 14.3", "CAPÍTULO II"), a [`Marker`] does not
//! ("1.", "(a)", a dash). Both are read by hand from the first bytes of a line.

mod absent;
mod behind;
mod items;
pub(crate) mod misread;
mod number;
mod words;

use chapeau_document::Level;

use behind::{completes_an_act, may_touch};
use items::item;
use number::number;
pub(crate) use words::is_latin;
use words::{DIVISIONS, LONGEST_WORD, number_word};

pub(crate) use number::number_value;

/// A division that names itself at the start of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Division<'a> {
    pub(crate) level: Level,
    /// "Article 14.3", as printed.
    pub(crate) label: &'a str,
    /// "14.3", as printed; empty for an annex without number.
    pub(crate) number: &'a str,
    /// What follows the label and its separator.
    pub(crate) rest: &'a str,
    /// Whether a dot, colon or dash parts the label from the rest.
    pub(crate) separated: bool,
}

/// What a numbered or listed paragraph starts with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Marker {
    /// Bytes of the marker, without the space after it.
    pub(crate) len: usize,
    /// Where the words begin.
    pub(crate) body: usize,
    pub(crate) style: Style,
    /// The value as a number or a letter ("c" is 3, "4.5.1" is 1).
    pub(crate) value: u32,
    /// The value as a roman numeral, for letters that are one.
    pub(crate) roman: Option<u32>,
    /// Whether it was put in behind the number of its value: "2a", "2 bis".
    pub(crate) is_inserted: bool,
}

/// How a marker is printed: markers of one list have one style.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Style {
    pub(crate) class: Class,
    /// "(" before.
    pub(crate) opened: bool,
    /// ")" or "." after, or a space for none.
    pub(crate) close: u8,
}

/// What a marker is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Class {
    /// "4"
    Number,
    /// "4.5.1": so many numbers.
    Dotted(u8),
    /// "a", "iv"
    Lower,
    /// "A", "IV"
    Upper,
    /// A dash.
    Dash,
    /// A bullet.
    Bullet,
    /// The heading of a block that explains a rule; no marker has it.
    Block,
}

impl Style {
    /// Whether the number has the sign of an ordinal: "1°".
    pub(crate) fn is_degree(self) -> bool {
        self.class == Class::Number && self.close == DEGREE
    }
}

impl Marker {
    /// Whether it is a dash or a bullet.
    pub(crate) fn is_item(&self) -> bool {
        matches!(self.style.class, Class::Dash | Class::Bullet)
    }
}

/// Reads the division that a line starts with, if it has the shape of a heading: its number is
/// followed by nothing, by a separator, or by a capital.
pub(crate) fn division(line: &str) -> Option<Division<'_>> {
    let line = line.trim_end();
    let line = &line[opening(line)..];
    if let Some(after) = line.strip_prefix('§') {
        return of_word(line, Level::Section, after.trim_start_matches([' ', '\u{a0}']));
    }
    if !line.starts_with(char::is_uppercase) {
        return None;
    }
    let word_end = line.find(' ').unwrap_or(line.len());
    if word_end > LONGEST_WORD {
        return None;
    }
    let word = folded(&line[..word_end]);
    let word = word.strip_suffix([':', '.']).filter(|word| *word != "art").unwrap_or(&word);
    if absent::names_several(word) {
        return absent::division(line, word_end);
    }
    if let Some(level) = level_of(word) {
        // "Art. 5" glued as "Art.5" is left to the reader: it is rare, and a citation more often.
        return of_word(line, level, line[word_end..].trim_start_matches(' '));
    }
    if number_word(word).is_some() { ordinal_first(line, word_end) } else { None }
}

fn level_of(word: &str) -> Option<Level> {
    let known = DIVISIONS.iter().find(|(name, _)| *name == word).map(|(_, level)| *level);
    known.or_else(|| misread::is_article(word).then_some(Level::Article))
}

/// A division whose word, with what parts it from its number, stands before `after`.
fn of_word<'a>(line: &'a str, level: Level, after: &'a str) -> Option<Division<'a>> {
    // "CHAPTER - IV".
    let after = match level {
        Level::Part | Level::Chapter => after.trim_start_matches(['-', '–', '—', ' ']),
        _ => after,
    };
    let number_at = line.len() - after.len();
    let number = number(after);
    if number.is_empty() && !is_bare_annex(level, line, after) && !is_bare_paragrafo(line) {
        return None;
    }
    let label_end =
        if number.is_empty() { line[..number_at].trim_end().len() } else { number_at + number.len() };
    shaped(line, level, number, label_end)
}

/// "DEUXIÈME PARTIE. - FEES", "SECOND SCHEDULE".
fn ordinal_first(line: &str, word_end: usize) -> Option<Division<'_>> {
    let after = line[word_end..].trim_start_matches(' ');
    let noun =
        after.split([' ', '.', ':', '-', '–', '—', ',']).next().filter(|noun| noun.len() <= LONGEST_WORD)?;
    let level =
        level_of(&folded(noun)).filter(|_| noun.starts_with(char::is_uppercase) || noun == "partie")?;
    let label_end = line.len() - after.len() + noun.len();
    shaped(line, level, &line[..word_end], label_end).filter(|_| level != Level::Article)
}

fn shaped<'a>(line: &'a str, level: Level, number: &'a str, label_end: usize) -> Option<Division<'a>> {
    let label = line[..label_end].trim_end_matches([':', '.']);
    let tail = &line[label_end..];
    let rest = tail.trim_start_matches(SEPARATORS);
    let between = &tail[..tail.len() - rest.len()];
    let separated = between.chars().any(|c| !c.is_whitespace());
    let division = Division { level, label, number, rest, separated };
    has_heading_shape(&division, tail).then_some(division)
}

const SEPARATORS: &[char] = &[' ', '.', ':', '-', '–', '—', '_', '\t'];

/// "Parágrafo." or "PARÁGRAFO:" before the words of the only one that an article of a Colombian law has.
fn is_bare_paragrafo(line: &str) -> bool {
    let word = line.split(' ').next().unwrap_or_default();
    word.ends_with(['.', ':', '-', '–', '—']) && is_paragrafo(word)
}

/// Whether a label is that of a paragraph that laws of the Andean states put behind those of an article.
pub(crate) fn is_paragrafo(label: &str) -> bool {
    let word = label.split(' ').next().unwrap_or_default();
    word.starts_with(['P', 'p']) && folded(word.trim_end_matches(|c: char| !c.is_alphabetic())) == "paragrafo"
}

/// "ANNEX" or "ANNEX: TITLE" without a number, in capitals or alone on its line.
fn is_bare_annex(level: Level, line: &str, after: &str) -> bool {
    let is_capital = line.as_bytes().get(1).is_some_and(u8::is_ascii_uppercase);
    level == Level::Annex
        && (after.is_empty() || (is_capital && !after.starts_with(|c: char| c.is_lowercase())))
}

fn has_heading_shape(division: &Division<'_>, tail: &str) -> bool {
    let Some(next) = division.rest.chars().next() else { return true };
    if tail.starts_with(['(', ',', ';', ')', '/']) || closes_bracket(division.rest) {
        return false;
    }
    if division.separated {
        return !next.is_lowercase();
    }
    // Some layouts set off the title by space alone: "Article 5 Free Trade Area", "§ 3.2 [Reserved]".
    let is_title = next.is_uppercase() || matches!(next, '"' | '“' | '«' | '¿');
    tail.starts_with([' ', '\t']) && (is_title || next == '[' && absent::is_said(division.rest))
}

/// Whether words end in brackets that were opened before them: the end of a citation, "Annex 3, Appendix 1:
/// Article 13(6))."
fn closes_bracket(words: &str) -> bool {
    const LONGEST: usize = 80;
    let count = |bracket: u8| words.bytes().filter(|byte| *byte == bracket).count();
    words.len() <= LONGEST
        && words.trim_end_matches(['.', ',', ';']).ends_with(')')
        && count(b')') > count(b'(')
}

/// Small letters without the accents that division and number words have.
pub(crate) fn folded(word: &str) -> String {
    let mut folded = String::with_capacity(word.len());
    folded.extend(word.chars().map(fold));
    folded
}

/// The small letter without its accent.
pub(crate) fn fold(letter: char) -> char {
    match letter {
        c if c.is_ascii() => c.to_ascii_lowercase(),
        'Á' | 'á' | 'À' | 'à' | 'Â' | 'â' | 'Ä' | 'ä' => 'a',
        'É' | 'é' | 'È' | 'è' | 'Ê' | 'ê' | 'Ë' | 'ë' => 'e',
        'Í' | 'í' | 'Î' | 'î' | 'Ï' | 'ï' => 'i',
        'Ó' | 'ó' | 'Ô' | 'ô' | 'Ö' | 'ö' => 'o',
        'Ú' | 'ú' | 'Ù' | 'ù' | 'Û' | 'û' | 'Ü' | 'ü' => 'u',
        'Ç' | 'ç' => 'c',
        'Ñ' | 'ñ' => 'n',
        '’' => '\'',
        c => c,
    }
}

/// The value of a roman numeral in ASCII letters of one case; `None` for what is none, or is
/// over 50 ("(c)" and "(d)" are letters in every text that we saw).
pub(crate) fn roman(letters: &[u8]) -> Option<u32> {
    let digit = |letter: &u8| match letter.to_ascii_lowercase() {
        b'i' => Some(1),
        b'v' => Some(5),
        b'x' => Some(10),
        b'l' => Some(50),
        _ => None,
    };
    let mut total = 0;
    let mut before = u32::MAX;
    for letter in letters {
        let value = digit(letter)?;
        // A smaller digit before a larger one is taken off, and had been added.
        total += if before < value { value - 2 * before } else { value };
        before = value;
    }
    let is_canonical =
        !letters.is_empty() && letters.len() <= 8 && written(total) == letters.to_ascii_lowercase();
    is_canonical.then_some(total)
}

fn written(mut value: u32) -> Vec<u8> {
    const DIGITS: &[(u32, &[u8])] =
        &[(50, b"l"), (40, b"xl"), (10, b"x"), (9, b"ix"), (5, b"v"), (4, b"iv"), (1, b"i")];
    let mut letters = Vec::new();
    for (digit, name) in DIGITS {
        while value >= *digit && letters.len() < 12 {
            letters.extend_from_slice(name);
            value -= digit;
        }
    }
    letters
}

/// Bytes of the brackets in which a line begins that is disputed, or that was amended, with the mark of the note
/// that says so: "⁶[3. Term of office".
fn opening(line: &str) -> usize {
    if line.starts_with(|c: char| c == '[' || is_raised(c)) {
        let bracket = line.trim_start_matches(is_raised).trim_start_matches(' ');
        let within = bracket.trim_start_matches('[').trim_start_matches(' ');
        return if bracket.starts_with('[') { line.len() - within.len() } else { 0 };
    }
    0
}

fn is_raised(c: char) -> bool {
    matches!(c, '¹' | '²' | '³' | '⁰' | '⁴'..='⁹')
}

/// Reads the marker that a line starts with. Words must follow it, or nothing at all.
pub(crate) fn marker(line: &str) -> Option<Marker> {
    // "[3. Members shall": disputed with its number.
    let disputed = opening(line);
    let marker = bare_marker(&line[disputed..])?;
    // "[E. BENITO]" are initials.
    let is_initial = marker.style.class == Class::Upper && !marker.style.opened;
    let is_number = disputed == 0 || !marker.is_item() && marker.style.close != b' ' && !is_initial;
    is_number.then_some(Marker { len: marker.len + disputed, body: marker.body + disputed, ..marker })
}

fn bare_marker(line: &str) -> Option<Marker> {
    let bytes = line.as_bytes();
    let first = *bytes.first()?;
    if first >= 0x80 || matches!(first, b'-' | b'*') {
        return item(line);
    }
    let opened = first == b'(';
    let start = usize::from(opened);
    let body = bytes.get(start..)?;
    let misread = || misread::roman(body).filter(|_| !opened);
    let (class, width, value, roman_value) = misread().or_else(|| value(body))?;
    let inserted = if class == Class::Number { inserted(body.get(width..)?) } else { 0 };
    let width = width + inserted;
    // "(f )": kerning reads as a space.
    let is_loose = opened && body.get(width) == Some(&b' ') && body.get(width + 1) == Some(&b')');
    let length = width + usize::from(is_loose);
    let close = match body.get(length) {
        Some(b')') => b')',
        Some(b'.') if !opened => b'.',
        // "2.1: The columns": the colon is as good as a dot.
        Some(b':') if !opened && matches!(class, Class::Dotted(_)) => b'.',
        Some(b' ' | b'\t') | None if !opened => b' ',
        // "1° Les Parties", "2º.- Las Partes".
        Some(0xC2) if !opened && class == Class::Number => degree(&body[length..])?,
        _ => return None,
    };
    let latin = if close == DEGREE { latin_behind(&body[length + 2..]) } else { 0 };
    let sign = match close {
        b' ' => 0,
        DEGREE if latin > 0 => 2 + latin,
        // "a)- the lamps": the dash is part of the mark.
        b')' if body[length..].starts_with(b")-") => 2,
        DEGREE => 2 + usize::from(matches!(body.get(length + 2), Some(b'.' | b')'))),
        // "A.- Lamps" is a heading as "A Lamps" is.
        b'.' if body[length..].starts_with(b".- ") && (class != Class::Upper || roman_value.is_some()) => 2,
        _ => 1,
    };
    let has_letter = matches!(class, Class::Dotted(_)) && bytes[start + width - 1].is_ascii_uppercase();
    let is_inserted = inserted + latin > 0 || has_letter;
    let len = start + length + sign;
    let style = Style { class, opened, close };
    let after = &line[len..];
    // "[(h)] “Calendar year”": the letter alone was put in.
    let len = len + usize::from(after.starts_with(']'));
    let after = &line[len..];
    let body = line.len() - after.trim_start().len();
    let is_parted = after.is_empty() || body > len || may_touch(style, after);
    let marker = Marker { len, body, style, value, roman: roman_value, is_inserted };
    (is_parted && is_plausible(&marker, &line[body..])).then_some(marker)
}

/// Bytes behind the number of a paragraph that was inserted: "2a.", "(1A)", "3 bis.".
fn inserted(bytes: &[u8]) -> usize {
    let space = usize::from(bytes.first() == Some(&b' '));
    let letters = bytes[space..].iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
    let word = &bytes[space..space + letters];
    let is_inserted = std::str::from_utf8(word).is_ok_and(is_latin) || letters == 1 && space == 0;
    let is_closed = matches!(bytes.get(space + letters), Some(b'.' | b')'));
    if is_inserted && is_closed { space + letters } else { 0 }
}

/// Bytes of what stands behind the sign of a number that was inserted: " bis-" of "2° bis- Lamps", " bis)".
fn latin_behind(bytes: &[u8]) -> usize {
    let letters = bytes.iter().skip(1).take_while(|byte| byte.is_ascii_alphabetic()).count();
    let is_latin =
        bytes.first() == Some(&b' ') && std::str::from_utf8(&bytes[1..1 + letters]).is_ok_and(is_latin);
    if is_latin {
        1 + letters + usize::from(matches!(bytes.get(1 + letters), Some(b'-' | b')' | b'.')))
    } else {
        0
    }
}

/// The close of [`Style`] for "1°" and "1º".
const DEGREE: u8 = 0xB0;

fn degree(bytes: &[u8]) -> Option<u8> {
    matches!(bytes.get(1), Some(0xB0 | 0xBA)).then_some(DEGREE)
}

/// A number alone needs words that start like a paragraph, else it is a quantity or a date; so
/// does a capital with a dot, else it is an initial.
fn is_plausible(marker: &Marker, words: &str) -> bool {
    let next = words.chars().next();
    let starts_high = next.is_some_and(|c| c.is_uppercase() || matches!(c, '"' | '“' | '«' | '[' | '('));
    match (marker.style.class, marker.style.close) {
        (Class::Number, b'.') if marker.is_inserted => starts_high,
        (Class::Number, b' ') => (starts_high || completes_an_act(words)) && marker.value < 100,
        (Class::Number, DEGREE) => marker.value < 100 && !words.is_empty(),
        (Class::Dotted(_), b' ') => !words.is_empty() && starts_high,
        (Class::Lower | Class::Upper, b' ') => false,
        (Class::Upper, b'.') => next.is_none() || starts_high && !is_initial(words),
        // "p. 176)" is a page.
        (Class::Lower, b'.') if marker.value == PAGE && next.is_some_and(|c| c.is_ascii_digit()) => false,
        (Class::Lower, b'.') => marker.value <= 26 || marker.roman.is_some(),
        _ => true,
    }
}

/// The value of the letter "p".
const PAGE: u32 = 16;

/// "B. Smith" after an "A.": one capitalised word, then another initial.
fn is_initial(words: &str) -> bool {
    words.as_bytes().get(1) == Some(&b'.')
}

/// Class, length, value as number or letter, and value as roman numeral.
fn value(bytes: &[u8]) -> Option<(Class, usize, u32, Option<u32>)> {
    if bytes.first()?.is_ascii_digit() {
        return digits(bytes);
    }
    let upper = bytes[0].is_ascii_uppercase();
    if upper && bytes.get(1).is_some_and(u8::is_ascii_digit) {
        return lettered(bytes);
    }
    let is_same = |byte: &&u8| if upper { byte.is_ascii_uppercase() } else { byte.is_ascii_lowercase() };
    let length = bytes.iter().take(8).take_while(is_same).count();
    let letters = &bytes[..length];
    let roman = roman(letters);
    // "(aa)" follows "(z)"; longer runs are words unless they are roman numerals.
    let place = |letter: u8| u32::from(letter.to_ascii_lowercase() - b'a' + 1);
    let value = match letters {
        [letter] => place(*letter),
        [letter, same] if letter == same => 26 + place(*letter),
        _ => {
            roman?;
            u32::MAX
        }
    };
    let class = if upper { Class::Upper } else { Class::Lower };
    Some((class, length, value, roman))
}

/// "4" or "4.5.1".
fn digits(bytes: &[u8]) -> Option<(Class, usize, u32, Option<u32>)> {
    let mut end = 0;
    let mut numbers = 0;
    let mut value;
    loop {
        let run = bytes[end..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        if run == 0 || run > 3 {
            return None;
        }
        value = bytes[end..end + run].iter().fold(0, |value, byte| value * 10 + u32::from(byte - b'0'));
        end += run;
        numbers += 1;
        end += letter_put_in(&bytes[end..], numbers);
        let goes_on = bytes.get(end) == Some(&b'.') && bytes.get(end + 1).is_some_and(u8::is_ascii_digit);
        if !goes_on || numbers == 6 {
            break;
        }
        end += 1;
    }
    let class = if numbers == 1 { Class::Number } else { Class::Dotted(numbers) };
    Some((class, end, value, None))
}

/// Bytes of the letter behind a number of several parts that was put in: "4.3.1A", "2A.1".
fn letter_put_in(bytes: &[u8], numbers: u8) -> usize {
    let goes_on = bytes.get(1) == Some(&b'.') && bytes.get(2).is_some_and(u8::is_ascii_digit);
    let ends = numbers > 1 && matches!(bytes.get(1), Some(b' ' | b'\t') | None);
    usize::from(matches!(bytes.first(), Some(b'A'..=b'H')) && (goes_on || ends))
}

/// "A1.2": the number of a paragraph in an appendix.
fn lettered(bytes: &[u8]) -> Option<(Class, usize, u32, Option<u32>)> {
    let (class, width, value, roman) = digits(&bytes[1..])?;
    matches!(class, Class::Dotted(_)).then_some((class, width + 1, value, roman))
}

#[cfg(test)]
mod tests;
