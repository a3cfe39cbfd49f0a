//! The symbol that begins at a place: of all forms that fit there the longest. A word that begins no
//! form is told by its first three letters, and most that begin one by the character behind it.

use super::path;
use super::pattern::{MOST_VALUES, key};
use super::reader::{Reader, Values, any_length, canonical, exact_length};
use super::{
    ANY_NUMBER, FIRST_NUMBERS, FIRST_WORDS, FORMS, Form, IN_ANY_CASE, IN_CAPITALS, Next, OPENERS, SERIES,
    Series,
};

/// A symbol where it stands.
#[derive(Debug)]
pub(crate) struct Found {
    pub(crate) end: usize,
    pub(crate) normal: String,
    pub(crate) values: Values,
    pub(crate) series: &'static Series,
}

impl Found {
    /// Whether a list may add further ones.
    pub(crate) fn is_listed(&self) -> bool {
        !self.series.list.is_empty()
    }
}

/// Which forms are looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Which {
    /// Those of one word.
    Compact,
    /// Those of running text.
    Running,
    /// Those that are only believed where they stand by themselves as well.
    Alone,
}

/// A form that fits: it, and where it ends without and with suffixes, and its values.
struct Fit {
    form: &'static Form,
    end: usize,
    whole: usize,
    values: Values,
}

/// A reader of this text.
pub(crate) fn reader(text: &str, any_case: bool) -> Reader<'_> {
    Reader { text, any_case, suffixed: false, openers: OPENERS }
}

/// The symbol that this text is, whole.
pub(crate) fn whole(text: &str, any_case: bool) -> Option<Found> {
    let reader = reader(text, any_case);
    let fit = best(&reader, 0, |form, end| (end == text.len()).then_some(form.weight))?;
    Some(found(&reader, fit))
}

/// The symbol at `at`, where a word begins.
pub(crate) fn at(reader: &Reader<'_>, at: usize, which: Which) -> Option<Found> {
    let is_asked = |form: &Form| match which {
        Which::Compact => form.compact && !SERIES[usize::from(form.series)].alone,
        Which::Running => !SERIES[usize::from(form.series)].alone,
        Which::Alone => true,
    };
    let fit = best(reader, at, |form, end| is_asked(form).then_some((end, form.weight)))?;
    Some(found(reader, fit))
}

/// The further symbol of a list at `at`: "71/15" behind "resolutions 70/1 and ".
pub(crate) fn next_of_list(reader: &Reader<'_>, first: &Found, at: usize) -> Option<Found> {
    let series = first.series;
    let (end, values) = reader.read(series.list, at, first.values)?;
    let normal = canonical(series.canonical, &values, reader);
    Some(Found { end, normal, values, series })
}

/// Of the forms that fit at `at` the one of the highest rank.
fn best<R: Ord>(reader: &Reader<'_>, at: usize, rank: impl Fn(&Form, usize) -> Option<R>) -> Option<Fit> {
    let mut best: Option<(R, Fit)> = None;
    let mut look = |next: &Next| {
        let Some(fit) = fit(reader, &FORMS[usize::from(next.form)], at) else { return };
        if let Some(rank) = rank(fit.form, fit.whole)
            && best.as_ref().is_none_or(|(before, _)| rank > *before)
        {
            best = Some((rank, fit));
        }
    };
    let text = reader.text;
    let byte = *text.as_bytes().get(at)?;
    if byte.is_ascii_digit() {
        let digits = text[at..].bytes().take_while(u8::is_ascii_digit).count();
        let behind = Behind::of(text, at + digits);
        if !behind.fits(&ANY_NUMBER) {
            return None;
        }
        FIRST_NUMBERS.iter().filter(|next| behind.fits(next)).for_each(&mut look);
        return best.map(|(_, fit)| fit);
    }
    let key = quick_key(text, at)?;
    let is_in = |bits: &[u64]| bits[key / 64] >> (key % 64) & 1 != 0;
    // A word whose second letter is small is none of those that are all capitals.
    let small = !reader.any_case && text.as_bytes().get(at + 1).is_some_and(u8::is_ascii_lowercase);
    if !is_in(&IN_ANY_CASE) && (small || !is_in(&IN_CAPITALS)) {
        return None;
    }
    let place = FIRST_WORDS.binary_search_by_key(&key, |(key, _)| usize::from(*key)).ok()?;
    for first in FIRST_WORDS[place].1 {
        let length = match first.exact {
            true => exact_length(&text[at..], first.word, reader.any_case),
            false => any_length(&text[at..], first.word),
        };
        let Some(length) = length.filter(|length| !text[at + length..].starts_with(char::is_alphabetic))
        else {
            continue;
        };
        let behind = Behind::of(text, at + length);
        first.nexts.iter().filter(|next| behind.fits(next)).for_each(&mut look);
    }
    best.map(|(_, fit)| fit)
}

/// The key of the word at `at`, quickly where its letters are ASCII.
fn quick_key(text: &str, at: usize) -> Option<usize> {
    if let Some([first, second, third]) = text.as_bytes().get(at..at + 3)
        && first.is_ascii_alphabetic()
        && second.is_ascii_alphabetic()
        && third.is_ascii_alphabetic()
    {
        // The low bits of a letter are its place in the alphabet, large or small.
        let place = |letter: &u8| usize::from(letter & 0x1F);
        return Some((place(first) * 27 + place(second)) * 27 + place(third));
    }
    let mut quick = 0;
    for place in 0..3 {
        match text.as_bytes().get(at + place) {
            Some(byte) if byte.is_ascii_alphabetic() => {
                quick = quick * 27 + usize::from(byte.to_ascii_lowercase() - b'a') + 1;
            }
            Some(byte) if !byte.is_ascii() => return key(&text[at..]),
            _ if place == 0 => return None,
            _ => quick *= 27,
        }
        if place > 0 && quick % 27 == 0 {
            return Some(if place == 1 { quick * 27 } else { quick });
        }
    }
    Some(quick)
}

/// What stands behind the first word of a form.
struct Behind {
    spaced: bool,
    /// The bit of the first character that is no white space; all of them for one beyond ASCII.
    bit: u128,
}

impl Behind {
    fn of(text: &str, at: usize) -> Self {
        let mut spaced = false;
        for c in text[at..].chars().take(4) {
            if c.is_whitespace() {
                spaced = true;
            } else {
                let bit = if c.is_ascii() { 1 << u32::from(c.to_ascii_uppercase()) } else { u128::MAX };
                return Self { spaced, bit };
            }
        }
        Self { spaced, bit: 0 }
    }

    fn fits(&self, next: &Next) -> bool {
        let parted = if self.spaced { next.spaced } else { next.joined };
        parted && (next.characters & self.bit != 0 || next.characters == u128::MAX)
    }
}

fn fit(reader: &Reader<'_>, form: &'static Form, at: usize) -> Option<Fit> {
    let reader = Reader { suffixed: form.compact, ..*reader };
    let (end, values) = reader.read(form.elements, at, [None; MOST_VALUES])?;
    let whole = if form.compact { path::suffixes(&reader, end) } else { end };
    Some(Fit { form, end, whole, values })
}

fn found(reader: &Reader<'_>, Fit { form, end, whole, values }: Fit) -> Found {
    let series = &SERIES[usize::from(form.series)];
    let mut normal = canonical(series.canonical, &values, reader);
    if let Some(first) = path::slash(reader.text, end).filter(|_| whole > end) {
        normal.push('/');
        path::write(reader, first, whole, &mut normal);
    }
    Found { end: whole, normal, values, series }
}
