//! Reads a pattern at a place of a text. It tries what is optional first with and then without, so
//! the cost is bounded by the pattern, and no text makes it long.

use super::fold::{fold, goes_on};
use super::path;
use super::pattern::{Element, Field, MOST_VALUES, Piece};

/// Where and how patterns are read.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Reader<'a> {
    pub(crate) text: &'a str,
    /// Whether capitals may be small: as people type, not as texts print.
    pub(crate) any_case: bool,
    /// Whether "/Add.1" and the like may follow.
    pub(crate) suffixed: bool,
    /// What begins a symbol before its first slash.
    pub(crate) openers: &'a [&'a str],
}

/// A value that was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Value {
    /// From and to which byte it stands, and what it looks like.
    Printed(Field, usize, usize),
    /// A word of a list.
    Word(&'static str),
}

/// The values by their places.
pub(crate) type Values = [Option<Value>; MOST_VALUES];

/// The elements that are still to be read.
#[derive(Clone, Copy)]
struct Rest<'a> {
    elements: &'a [Element],
    then: Option<&'a Rest<'a>>,
}

impl Reader<'_> {
    /// The end of the pattern that begins at `at`, and its values beside those in `values`.
    pub(crate) fn read(
        &self,
        elements: &[Element],
        at: usize,
        mut values: Values,
    ) -> Option<(usize, Values)> {
        let end = self.rest(Rest { elements, then: None }, at, &mut values)?;
        Some((end, values))
    }

    fn rest(&self, rest: Rest<'_>, at: usize, values: &mut Values) -> Option<usize> {
        let Some((first, others)) = rest.elements.split_first() else {
            return match rest.then {
                Some(then) => self.rest(*then, at, values),
                None => self.may_end(at).then_some(at),
            };
        };
        let then = Rest { elements: others, then: rest.then };
        match *first {
            Element::Optional(elements) => {
                let before = *values;
                self.rest(Rest { elements, then: Some(&then) }, at, values).or_else(|| {
                    *values = before;
                    self.rest(then, at, values)
                })
            }
            Element::Either(ways) => {
                ways.iter().find_map(|elements| self.rest(Rest { elements, then: Some(&then) }, at, values))
            }
            Element::Word(choices, place) => choices.iter().find_map(|choice| {
                values[usize::from(place)] = Some(Value::Word(choice.canonical));
                self.rest(Rest { elements: choice.written, then: Some(&then) }, at, values)
            }),
            Element::Field(field, place) => {
                let end = self.field(field, at)?;
                values[usize::from(place)] = Some(Value::Printed(field, at, end));
                self.rest(then, end, values)
            }
            sign => self.rest(then, self.sign(sign, at)?, values),
        }
    }

    /// Whether what stands at `at` is no continuation: no letter, no further segment, no decimals.
    fn may_end(&self, at: usize) -> bool {
        let at = if self.suffixed { path::suffixes(self, at) } else { at };
        let mut rest = self.text[at..].chars();
        let next = rest.next().unwrap_or(' ');
        let after = rest.next().unwrap_or(' ');
        let goes_further = match next {
            '/' => after.is_ascii_uppercase() || after.is_ascii_digit(),
            '.' => after.is_ascii_digit(),
            _ => goes_on(next),
        };
        !goes_further
    }

    /// One past a sign or letters at `at`.
    fn sign(&self, sign: Element, at: usize) -> Option<usize> {
        let rest = &self.text[at..];
        let length = match sign {
            Element::Exact(letters) => exact_length(rest, letters, self.any_case)?,
            Element::Any(letters) => any_length(rest, letters)?,
            Element::Slash => path::slash(self.text, at)? - at,
            Element::Hyphen => length_if(rest, |c| matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}'))?,
            Element::Apostrophe => length_if(rest, |c| fold(c) == '\'')?,
            Element::Space => spaces(rest).filter(|length| *length > 0)?,
            Element::MaybeSpace => spaces(rest)?,
            Element::NumberSign => number_sign(rest)?,
            _ => return None,
        };
        Some(at + length)
    }

    /// One past a value at `at`.
    fn field(&self, field: Field, at: usize) -> Option<usize> {
        let rest = &self.text[at..];
        let length = match field {
            Field::Number(least, most) => {
                number(rest, 1, 7).filter(|(_, value)| (least..=most).contains(value))?.0
            }
            Field::Session => self.session(rest)?,
            Field::Year => number(rest, 4, 4).filter(|(_, year)| (1800..2100).contains(year))?.0,
            Field::ShortYear => short_year(rest)?,
            Field::Special => self.special(rest)?,
            Field::Roman(least, most) => self.roman(rest).filter(|length| {
                arabic(&rest[..*length]).is_some_and(|value| (least..=most).contains(&value))
            })?,
            Field::Letter => self.capitals(rest, 1, 1)?,
            Field::Letters => self.capitals(rest, 2, 8)?,
            Field::Code => self.code(rest)?,
            Field::Path => return path::path(self, at),
            Field::Place => place(rest, self.any_case)?,
            Field::Figures => joined(rest, |byte| byte.is_ascii_digit(), b"-/.")?,
            Field::Page(least, most) => page(rest).filter(|(_, value)| (least..=most).contains(value))?.0,
            Field::Section => section(rest)?,
            Field::Tail => self.tail(rest)?,
        };
        Some(at + length)
    }

    /// Whether a byte is a capital, or a small letter where any case will do.
    pub(crate) fn is_capital(&self, byte: u8) -> bool {
        byte.is_ascii_uppercase() || self.any_case && byte.is_ascii_lowercase()
    }

    fn capitals(&self, rest: &str, least: usize, most: usize) -> Option<usize> {
        let length = rest.bytes().take_while(|byte| self.is_capital(*byte)).count();
        (least..=most).contains(&length).then_some(length)
    }

    fn code(&self, rest: &str) -> Option<usize> {
        let fits = |byte: &u8| self.is_capital(*byte) || byte.is_ascii_digit();
        let length = rest.bytes().take_while(fits).count();
        let begins = rest.bytes().next().is_some_and(|byte| self.is_capital(byte));
        (begins && length <= 10).then_some(length)
    }

    pub(crate) fn roman(&self, rest: &str) -> Option<usize> {
        let is_roman = |byte: &u8| {
            self.is_capital(*byte)
                && matches!(byte.to_ascii_uppercase(), b'I' | b'V' | b'X' | b'L' | b'C' | b'D' | b'M')
        };
        let length = rest.bytes().take_while(is_roman).count();
        (1..=12).contains(&length).then_some(length)
    }

    /// "78", "XXII", "ES-10".
    fn session(&self, rest: &str) -> Option<usize> {
        let plain = number(rest, 1, 3).map(|(length, _)| length);
        plain.or_else(|| self.special(rest)).or_else(|| self.roman(rest))
    }

    /// "ES-10", "S-27", "EX-70".
    fn special(&self, rest: &str) -> Option<usize> {
        let name =
            ["ES-", "S-", "EX-"].iter().find(|name| exact_length(rest, name, self.any_case).is_some())?;
        number(&rest[name.len()..], 1, 2).map(|(length, _)| name.len() + length)
    }

    fn tail(&self, rest: &str) -> Option<usize> {
        let fits = |byte: u8| self.is_capital(byte) || byte.is_ascii_digit();
        let length = joined(rest, fits, b"-/")?;
        rest[..length].bytes().any(|byte| byte.is_ascii_digit()).then_some(length)
    }
}

/// The canonical form: the pieces with their values.
pub(crate) fn canonical(pieces: &[Piece], values: &Values, reader: &Reader<'_>) -> String {
    let mut out = String::new();
    write(pieces, values, reader, &mut out);
    out
}

fn write(pieces: &[Piece], values: &Values, reader: &Reader<'_>, out: &mut String) {
    for piece in pieces {
        match piece {
            Piece::Text(text) => out.push_str(text),
            Piece::Value(place) => value(values[usize::from(*place)], reader, out),
            Piece::If(pieces) => {
                let is_there =
                    |piece: &Piece| !matches!(piece, Piece::Value(at) if values[usize::from(*at)].is_none());
                if pieces.iter().all(is_there) {
                    write(pieces, values, reader, out);
                }
            }
        }
    }
}

fn value(value: Option<Value>, reader: &Reader<'_>, out: &mut String) {
    match value {
        Some(Value::Word(word)) => out.push_str(word),
        Some(Value::Printed(Field::Path, start, end)) => path::write(reader, start, end, out),
        Some(Value::Printed(Field::Place, start, end)) => {
            let words = reader.text[start..end].split_whitespace().map(capitalised);
            out.push_str(&words.collect::<Vec<_>>().join(" "));
        }
        Some(Value::Printed(Field::Page(..), start, end)) => {
            out.extend(reader.text[start..end].chars().filter(char::is_ascii_digit));
        }
        Some(Value::Printed(Field::Section, start, end)) => out.push_str(&reader.text[start..end]),
        Some(Value::Printed(_, start, end)) => out.push_str(&reader.text[start..end].to_uppercase()),
        None => {}
    }
}

/// "Dubai", of "dubai" and "DUBAI".
fn capitalised(word: &str) -> String {
    let shouts = !word.chars().any(char::is_lowercase);
    let mut letters = word.chars();
    let Some(first) = letters.next() else { return String::new() };
    let rest = letters.as_str();
    first.to_uppercase().chain(if shouts { rest.to_lowercase() } else { rest.to_owned() }.chars()).collect()
}

fn length_if(rest: &str, fits: impl Fn(char) -> bool) -> Option<usize> {
    rest.chars().next().filter(|c| fits(*c)).map(char::len_utf8)
}

pub(crate) fn exact_length(rest: &str, letters: &str, any_case: bool) -> Option<usize> {
    let printed = rest.get(..letters.len())?;
    (printed == letters || any_case && printed.eq_ignore_ascii_case(letters)).then_some(letters.len())
}

/// Bytes of `letters` at the start of `rest`, in any case and with any accents.
pub(crate) fn any_length(rest: &str, letters: &str) -> Option<usize> {
    // Most words are ASCII, and differ early.
    let (printed, wanted) = (rest.as_bytes(), letters.as_bytes());
    let alike = printed.iter().zip(wanted).take_while(|(one, other)| one.eq_ignore_ascii_case(other)).count();
    match (printed.get(alike), wanted.get(alike)) {
        (None, Some(_)) => return None,
        (Some(one), Some(other)) if one.is_ascii() && other.is_ascii() => return None,
        (None, None) => return Some(alike),
        (Some(next), None) if next.is_ascii() => return Some(alike),
        _ => {}
    }
    let mut printed = rest.char_indices().map(|(at, c)| (at + c.len_utf8(), fold(c)));
    let mut end = 0;
    for letter in letters.chars() {
        end = loop {
            match printed.next()? {
                (_, '\u{301}') => {}
                (after, found) if found == letter => break after,
                _ => return None,
            }
        };
    }
    let accents = rest[end..].chars().take_while(|c| fold(*c) == '\u{301}').map(char::len_utf8);
    Some(end + accents.sum::<usize>())
}

/// Bytes of white space; `None` where there is more of it than between words.
fn spaces(rest: &str) -> Option<usize> {
    let spaces = rest.chars().take(4).take_while(|c| c.is_whitespace());
    let (n, length) = spaces.fold((0, 0), |(n, length), c| (n + 1, length + c.len_utf8()));
    (n < 4).then_some(length)
}

/// How the word or sign for "number" may end behind its first letter, longest first.
const NUMBER_SIGNS: &[&str] =
    &["umero", "umber", "um", "os", "ro", ".º", ".°", ".o", "o", "r", "º", "°", " o", " º"];

fn number_sign(rest: &str) -> Option<usize> {
    if let Some(after) = rest.strip_prefix('№') {
        return Some('№'.len_utf8() + spaces(after)?);
    }
    let after = rest.strip_prefix(['n', 'N'])?;
    let ending = NUMBER_SIGNS.iter().find_map(|ending| any_length(after, ending))?;
    let after = &after[ending..];
    let dot = usize::from(after.starts_with('.'));
    let space = spaces(&after[dot..])?;
    let ends =
        !after[dot + space..].is_empty() && (dot + space > 0 || !after.starts_with(char::is_alphabetic));
    ends.then_some(1 + ending + dot + space)
}

/// Bytes and value of a number that has so many digits.
pub(crate) fn number(rest: &str, least: usize, most: usize) -> Option<(usize, u32)> {
    let length = rest.bytes().take_while(u8::is_ascii_digit).count();
    if !(least..=most).contains(&length) {
        return None;
    }
    rest[..length].parse().ok().map(|value| (length, value))
}

fn short_year(rest: &str) -> Option<usize> {
    let (length, value) = number(rest, 2, 4)?;
    (length == 2 || length == 4 && (1800..2100).contains(&value)).then_some(length)
}

/// Longest name of a place, in bytes.
const LONGEST_PLACE: usize = 40;

fn place(rest: &str, any_case: bool) -> Option<usize> {
    let begins = rest.chars().next().is_some_and(|c| c.is_uppercase() || any_case && c.is_alphabetic());
    let fits = |c: &(usize, char)| {
        c.1.is_alphabetic() || c.1.is_whitespace() || matches!(c.1, '-' | '\'' | '’' | '.')
    };
    let length = rest.char_indices().take_while(fits).map(|(at, c)| at + c.len_utf8()).last()?;
    (begins && length <= LONGEST_PLACE).then_some(length)
}

/// Bytes and value of "1264", "22,564", "26.122": three digits behind each sign.
fn page(rest: &str) -> Option<(usize, u32)> {
    let (mut end, mut value) = number(rest, 1, 7)?;
    let is_short = end <= 3;
    while is_short && rest[end..].starts_with(['.', ',']) {
        let Some((length, group)) = number(&rest[end + 1..], 3, 3) else { break };
        value = value.saturating_mul(1000).saturating_add(group);
        end += 1 + length;
    }
    Some((end, value))
}

/// "1337", "2252a", "1677n-1".
fn section(rest: &str) -> Option<usize> {
    let small = |at: usize| rest[at..].bytes().take_while(u8::is_ascii_lowercase).count();
    let (digits, _) = number(rest, 1, 5)?;
    let letters = small(digits);
    let end = digits + letters;
    let further = rest[end..].strip_prefix('-').and_then(|after| number(after, 1, 3));
    (letters <= 3).then_some(end + further.map_or(0, |(length, _)| 1 + length))
}

/// The value of a Roman numeral, `None` for what is none.
pub(crate) fn arabic(roman: &str) -> Option<u32> {
    let figure = |letter: char| {
        Some(match letter.to_ascii_uppercase() {
            'I' => 1,
            'V' => 5,
            'X' => 10,
            'L' => 50,
            'C' => 100,
            _ => return None,
        })
    };
    let figures: Vec<u32> = roman.chars().map(figure).collect::<Option<_>>()?;
    let larger_follows = |at: usize| figures.get(at + 1).is_some_and(|next| *next > figures[at]);
    let (plus, minus) = figures.iter().enumerate().fold((0, 0), |(plus, minus), (at, figure)| {
        if larger_follows(at) { (plus, minus + figure) } else { (plus + figure, minus) }
    });
    u32::checked_sub(plus, minus)
}

/// Bytes of runs that fit, with one of these signs between each two.
fn joined(rest: &str, fits: impl Fn(u8) -> bool, signs: &[u8]) -> Option<usize> {
    let bytes = rest.as_bytes();
    let mut end = 0;
    loop {
        let run = bytes[end..].iter().take_while(|byte| fits(**byte)).count();
        if run == 0 {
            return end.checked_sub(1).filter(|end| *end > 0);
        }
        end += run;
        if !bytes.get(end).is_some_and(|byte| signs.contains(byte)) {
            return Some(end);
        }
        end += 1;
    }
}
