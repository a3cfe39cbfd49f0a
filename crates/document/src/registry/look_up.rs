//! The symbol that begins at a place: of all forms that fit there the longest.

use super::path;
use super::pattern::{MOST_VALUES, key};
use super::reader::{Reader, Values, canonical};
use super::{FIRST_LETTERS, FORM_KEYS, FORMS, FORMS_OF_NUMBERS, Form, OPENERS, SERIES, Series};

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

/// A reader of this text.
pub(crate) fn reader(text: &str, any_case: bool) -> Reader<'_> {
    Reader { text, any_case, suffixed: false, openers: OPENERS }
}

/// The symbol that this text is, whole.
pub(crate) fn whole(text: &str, any_case: bool) -> Option<Found> {
    let reader = reader(text, any_case);
    let fitting = candidates(text, 0)?.filter_map(|form| read(&reader, form, 0).map(|read| (form, read)));
    let whole = fitting.filter(|(form, (end, _))| end_of(&reader, form, *end) == text.len());
    let (form, (end, values)) = whole.max_by_key(|(form, _)| form.weight)?;
    Some(found(&reader, form, end, values))
}

/// The symbol at `at`, where a word begins.
pub(crate) fn at(reader: &Reader<'_>, at: usize, which: Which) -> Option<Found> {
    let asked = |form: &&Form| match which {
        Which::Compact => form.compact && !SERIES[usize::from(form.series)].alone,
        Which::Running => !SERIES[usize::from(form.series)].alone,
        Which::Alone => true,
    };
    let fitting = candidates(reader.text, at)?
        .filter(asked)
        .filter_map(|form| read(reader, form, at).map(|(end, values)| (form, end, values)));
    let (form, end, values) =
        fitting.max_by_key(|(form, end, _)| (end_of(reader, form, *end), form.weight))?;
    Some(found(reader, form, end, values))
}

/// The further symbols of a list at `at`, each with its place: " and 71/15".
pub(crate) fn next_of_list(reader: &Reader<'_>, first: &Found, at: usize) -> Option<Found> {
    let series = first.series;
    let (end, values) = reader.read(series.list, at, first.values)?;
    let normal = canonical(series.canonical, &values, reader);
    Some(Found { end, normal, values, series })
}

/// The forms whose first word may be the one at `at`.
fn candidates(text: &str, at: usize) -> Option<impl Iterator<Item = &'static Form>> {
    let numbers = if text.as_bytes().get(at)?.is_ascii_digit() {
        FORMS_OF_NUMBERS
    } else {
        let key = key(&text[at..])?;
        if FIRST_LETTERS[key / 64] >> (key % 64) & 1 == 0 {
            return None;
        }
        let at = FORM_KEYS.binary_search_by_key(&key, |(key, _)| usize::from(*key)).ok()?;
        FORM_KEYS[at].1
    };
    Some(numbers.iter().map(|number| &FORMS[usize::from(*number)]))
}

/// One past the symbol without its suffixes, and its values.
fn read(reader: &Reader<'_>, form: &Form, at: usize) -> Option<(usize, Values)> {
    let reader = Reader { suffixed: form.compact, ..*reader };
    reader.read(form.elements, at, [None; MOST_VALUES])
}

/// One past the symbol whose form ends at `end`.
fn end_of(reader: &Reader<'_>, form: &Form, end: usize) -> usize {
    if form.compact { path::suffixes(reader, end) } else { end }
}

fn found(reader: &Reader<'_>, form: &Form, end: usize, values: Values) -> Found {
    let series = &SERIES[usize::from(form.series)];
    let mut normal = canonical(series.canonical, &values, reader);
    let whole = end_of(reader, form, end);
    if let Some(first) = path::slash(reader.text, end).filter(|_| whole > end) {
        normal.push('/');
        path::write(reader, first, whole, &mut normal);
    }
    Found { end: whole, normal, values, series }
}
