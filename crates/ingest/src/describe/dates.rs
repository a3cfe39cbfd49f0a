//! Dates as they are printed, in English, French and Spanish.

use chapeau_document::Date;

use super::words::Words;

/// A date found in a text, and how many words it takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Printed {
    /// The day; the last one of the month or year where no day is printed.
    pub(super) date: Date,
    pub(super) n_words: usize,
    /// Whether the day is printed.
    pub(super) exact: bool,
}

const MONTHS: [&[&str]; 12] = [
    &["january", "janvier", "enero", "januar", "jan", "janv", "ene"],
    &["february", "février", "fevrier", "febrero", "februar", "feb", "févr"],
    &["march", "mars", "marzo", "märz"],
    &["april", "avril", "abril", "apr", "avr", "abr"],
    &["may", "mai", "mayo"],
    &["june", "juin", "junio", "juni", "jun"],
    &["july", "juillet", "julio", "juli", "jul", "juil"],
    &["august", "août", "aout", "agosto", "aug"],
    &["september", "septembre", "septiembre", "setiembre", "sept", "sep"],
    &["october", "octobre", "octubre", "oktober", "oct"],
    &["november", "novembre", "noviembre", "nov"],
    &["december", "décembre", "decembre", "diciembre", "dezember", "dec", "déc", "dic"],
];

/// The number of a month, from 1.
pub(super) fn month(word: &str) -> Option<i8> {
    MONTHS.iter().position(|names| names.contains(&word)).and_then(|index| i8::try_from(index + 1).ok())
}

/// A year that such texts mention.
pub(super) fn year(word: &str) -> Option<i16> {
    let year: i16 = word.parse().ok().filter(|_| word.len() == 4)?;
    (1900..2100).contains(&year).then_some(year)
}

fn day(word: &str) -> Option<i8> {
    let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let ending = &word[digits.len()..];
    let is_ordinal = ["", "st", "nd", "rd", "th", "er"].contains(&ending);
    digits.parse().ok().filter(|day| is_ordinal && (1..=31).contains(day))
}

/// The date that stands at `place`: `7 December 2013`, `December 7, 2013`, `31st March 2026`,
/// `7 de diciembre de 2013`, `2013-12-07`, `July 2016`, `2015`.
pub(super) fn date_at(words: &Words<'_>, place: usize) -> Option<Printed> {
    let skip_de = |place: usize| place + usize::from(["de", "del", "of"].contains(&words.at(place)));
    if let Some(day) = day(words.at(place)) {
        let at = skip_de(place + 1);
        let month = month(words.at(at))?;
        let at = skip_de(at + 1);
        let date = Date::new(year(words.at(at))?, month, day).ok()?;
        return Some(Printed { date, n_words: at + 1 - place, exact: true });
    }
    if let Some(month) = month(words.at(place)) {
        return month_first(words, place, month, skip_de(place + 1));
    }
    let year = year(words.at(place))?;
    if words.gap(place + 1) == "-"
        && let (Ok(month), Some(day)) = (words.at(place + 1).parse(), day(words.at(place + 2)))
        && let Ok(date) = Date::new(year, month, day)
    {
        return Some(Printed { date, n_words: 3, exact: true });
    }
    Some(Printed { date: Date::new(year, 12, 31).ok()?, n_words: 1, exact: false })
}

fn month_first(words: &Words<'_>, place: usize, month: i8, at: usize) -> Option<Printed> {
    if let (Some(day), Some(year)) = (day(words.at(at)), year(words.at(at + 1)))
        && let Ok(date) = Date::new(year, month, day)
    {
        return Some(Printed { date, n_words: at + 2 - place, exact: true });
    }
    let date = Date::new(year(words.at(at))?, month, 1).ok()?.last_of_month();
    Some(Printed { date, n_words: at + 1 - place, exact: false })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let words = Words::of(text);
        let found = date_at(&words, 0).map(|found| format!("{} {}", found.date, found.n_words));
        assert_eq!(found.as_deref().unwrap_or("none"), expected, "{text}");
    }

    #[test]
    fn dates_are_read_in_the_forms_of_three_languages() {
        check("7 December 2013", "2013-12-07 3");
        check("31st March 2026, whichever", "2026-03-31 3");
        check("December 7, 2013", "2013-12-07 3");
        check("1er janvier 2005", "2005-01-01 3");
        check("7 de diciembre de 2013", "2013-12-07 5");
        check("2013-12-07", "2013-12-07 3");
        check("July 2016", "2016-07-31 2");
        check("2015", "2015-12-31 1");
        check("31 February 2015", "none");
        check("1234", "none");
        check("may 14", "none");
    }
}
