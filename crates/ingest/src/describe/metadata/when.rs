//! Dates and ordinals as mastheads and closing words print them.

use chapeau_document::Date;

use super::fold::is_folded;
use super::registry::{CARDINALS, ORDINALS};
use crate::describe::dates::{self, Printed};
use crate::describe::words::Words;
use crate::lists;

/// The date that stands at a place, with its day: "3 May 2030", "3.5.2030", "15-16 February 2025"
/// (the last day), "this 3rd day of May in the year 2030", "Tuesday, May 6, 2025".
pub(super) fn date_at(words: &Words<'_>, place: usize) -> Option<Printed> {
    let skipped = weekday(words, place);
    let place = place + skipped;
    let found = dates::date_at(words, place).filter(|found| found.exact);
    let found = found
        .or_else(|| numeric(words, place))
        .or_else(|| range(words, place))
        .or_else(|| day_of(words, place));
    found.map(|found| Printed { n_words: found.n_words + skipped, ..found })
}

fn weekday(words: &Words<'_>, place: usize) -> usize {
    usize::from(lists::WEEKDAYS.iter().any(|day| is_folded(words.at(place), day)))
}

/// "27.6.2013", "27-06-2013"; "27/6/2013" and "6/27/2013" where one of the two can be no month, or both are the same.
fn numeric(words: &Words<'_>, place: usize) -> Option<Printed> {
    let gap = words.gap(place + 1);
    if ![".", ". ", "/", "-"].contains(&gap) || words.gap(place + 2) != gap {
        return None;
    }
    let day: i8 = words.at(place).parse().ok()?;
    if let Some(month) = roman_month(words.at(place + 1)) {
        // "5/VII/30", as MERCOSUR dates its acts.
        let date = Date::new(year_of(words.at(place + 2))?, month, day).ok()?;
        return Some(Printed { date, n_words: 3, exact: true });
    }
    let month: i8 = words.at(place + 1).parse().ok()?;
    let (day, month) = match gap {
        "/" if month > 12 => (month, day),
        "/" if day <= 12 && day != month => return None,
        _ => (day, month),
    };
    let date = Date::new(dates::year(words.at(place + 2))?, month, day).ok()?;
    Some(Printed { date, n_words: 3, exact: true })
}

fn roman_month(word: &str) -> Option<i8> {
    let months = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"];
    months.iter().position(|month| *month == word).and_then(|at| i8::try_from(at + 1).ok())
}

/// A year of four figures, or of two since 1991.
fn year_of(word: &str) -> Option<i16> {
    let short: Option<i16> = word.parse().ok().filter(|_| word.len() == 2);
    dates::year(word).or(short.map(|year| if year >= 91 { 1900 + year } else { 2000 + year }))
}

/// "15-16 February 2025", "21 to 25 March 2030", "29th-30th January, 2012".
fn range(words: &Words<'_>, place: usize) -> Option<Printed> {
    if !words.at(place).starts_with(|c: char| c.is_ascii_digit()) || words.at(place).len() > 4 {
        return None;
    }
    let is_joined = ["-", "–", "−", " - ", " – "].contains(&words.gap(place + 1));
    let joins = ["to", "and", "au", "et", "al", "y", "a"].contains(&words.at(place + 1));
    let last = place
        + if is_joined {
            1
        } else if joins {
            2
        } else {
            return None;
        };
    let found = dates::date_at(words, last).filter(|found| found.exact)?;
    Some(Printed { n_words: found.n_words + last - place, ..found })
}

/// "3rd day of May, 2030", "twenty-third day of May, one thousand nine hundred and sixty-nine",
/// "le trois mai deux mille trente".
fn day_of(words: &Words<'_>, place: usize) -> Option<Printed> {
    let first =
        ["this", "the", "on", "le", "el", "los", "au", "aux"].iter().any(|word| words.at(place) == *word);
    let mut at = place + usize::from(first);
    let digits: String = words.at(at).chars().take_while(char::is_ascii_digit).collect();
    let (day, length) = match digits.parse::<u16>() {
        // "17 th", as converters part what was raised.
        Ok(day) => (day, 1 + usize::from(["st", "nd", "rd", "th"].contains(&words.at(at + 1)))),
        Err(_) => ordinal_at(words, at).or_else(|| cardinal_at(words, at))?,
    };
    at += length;
    at += words
        .phrase_of(
            at,
            &[
                "day of",
                "dia del mes de",
                "día del mes de",
                "days of the month of",
                "días del mes de",
                "jour de",
                "jour du mois de",
                "de",
                "of",
            ],
        )
        .unwrap_or(0);
    let month = dates::month(words.at(at))?;
    at += 1;
    at += words
        .phrase_of(
            at,
            &[
                "in the year of our lord",
                "in the year",
                "of the year",
                "del año",
                "de l an",
                "de l année",
                "l an",
                "of",
                "de",
                "del",
            ],
        )
        .unwrap_or(0);
    let (year, length) = match dates::year(words.at(at)) {
        Some(year) => (year, 1),
        None => {
            cardinal_at(words, at).and_then(|(year, length)| Some((i16::try_from(year).ok()?, length)))?
        }
    };
    let date =
        Date::new(year, month, i8::try_from(day).ok()?).ok().filter(|_| (1900..2100).contains(&year))?;
    Some(Printed { date, n_words: at + length - place, exact: true })
}

/// "Ley 7/2030, de 20 de mayo, de marcado": the day stands in the name, the year in the number.
pub(super) fn of_law(words: &Words<'_>) -> Option<Date> {
    let is_year = |place: &usize| {
        let parts = words.gap(*place) == "/" || words.at(*place - 1) == "de";
        parts && dates::year(words.at(*place)).is_some()
    };
    let number = (1..words.len().min(6)).find(is_year)?;
    let year = dates::year(words.at(number))?;
    if words.gap(number + 1).contains('(')
        && let Some(found) = date_at(words, number + 1)
    {
        return Some(found.date);
    }
    if let Some(month) = dates::month(words.at(number + 1)).filter(|_| words.gap(number + 1).contains('(')) {
        return Date::new(year, month, words.at(number + 2).parse().ok()?).ok();
    }
    let at = (number + 1..words.len().min(number + 4)).find(|place| words.at(*place) == "de")?;
    let day: i8 = words.at(at + 1).parse().ok()?;
    let month = dates::month(words.at(at + 3)).filter(|_| words.at(at + 2) == "de")?;
    Date::new(year, month, day).ok()
}

/// A number in words and how many they are: "nineteen hundred and sixty-nine".
fn cardinal_at(words: &Words<'_>, place: usize) -> Option<(u16, usize)> {
    let (mut total, mut current, mut last, mut at, mut end) = (0_u32, 0_u32, 0, place, place);
    while at < place + 12 {
        let Some((_, value)) = CARDINALS.iter().find(|(word, _)| is_folded(words.at(at), word)) else {
            if end > place && ["and", "et", "y"].contains(&words.at(at)) {
                at += 1;
                continue;
            }
            break;
        };
        match (*value, current) {
            (1000, _) => {
                total += current.max(1) * 1000;
                current = 0;
            }
            (100, 0) => current = 100,
            (100, _) => current *= 100,
            (20, _) if last == 4 => current += 76,
            (value, _) => current += u32::from(value),
        }
        last = *value;
        at += 1;
        end = at;
    }
    let value = u16::try_from(total + current).ok().filter(|_| end > place)?;
    Some((value, end - place))
}

/// An ordinal and how many words it has: "38th", "seventy-eighth", "septuagésimo octavo", "XXIV".
pub(super) fn ordinal_at(words: &Words<'_>, place: usize) -> Option<(u16, usize)> {
    let word = words.at(place);
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    let ending = &word[digits..];
    if digits > 0 {
        let is_ordinal = ["st", "nd", "rd", "th", "e", "eme", "ème", "er", "ere", "ère", "re", "o", "a", ""]
            .contains(&ending);
        let is_marked = !ending.is_empty() || words.gap(place + 1).starts_with(['º', 'ª', '°', '.', 'ᵉ']);
        return word[..digits].parse().ok().filter(|_| is_ordinal && is_marked).map(|value| (value, 1));
    }
    if let Some(value) = roman(words.printed(place)) {
        return Some((value, 1));
    }
    spelt(words, place)
}

/// The words of an ordinal that combine, joined by hyphens or spaces.
fn spelt(words: &Words<'_>, place: usize) -> Option<(u16, usize)> {
    let (mut sum, mut before, mut last) = (0, 0, 0);
    let mut length = 0;
    while let Some((word, value)) =
        ORDINALS.iter().find(|(word, _)| is_folded(words.at(place + length), word))
    {
        let multiplies = before == 4 && *value == 20;
        sum += if multiplies { 76 } else { *value };
        (before, last) = (*value, if is_last(word) { length + 1 } else { last });
        length += 1;
        let joins = ["et", "and", "y"].contains(&words.at(place + length));
        length += usize::from(joins && length < 4);
        if length > 5 || is_english_end(word) {
            break;
        }
    }
    (last > 0).then_some((sum, last))
}

/// Whether the word makes the number an ordinal: "twenty" alone is none.
fn is_last(word: &str) -> bool {
    ![
        "twenty",
        "thirty",
        "forty",
        "fifty",
        "sixty",
        "seventy",
        "eighty",
        "ninety",
        "vingt",
        "trente",
        "quarante",
        "cinquante",
        "soixante",
        "dix",
        "quatre",
    ]
    .contains(&word)
}

fn is_english_end(word: &str) -> bool {
    word.ends_with("th") || ["first", "second", "third"].contains(&word) || word.ends_with("ieme")
}

/// A Roman number in capitals, up to 399; a single letter is none.
pub(super) fn roman(word: &str) -> Option<u16> {
    if word.len() < 2 || !word.bytes().all(|byte| b"IVXLC".contains(&byte)) {
        return None;
    }
    let bytes = word.as_bytes();
    let sum = bytes.iter().enumerate().map(|(at, byte)| {
        let value = value(*byte);
        let next = bytes.get(at + 1).map_or(0, |next| self::value(*next));
        if value < next { -value } else { value }
    });
    u16::try_from(sum.sum::<i32>()).ok()
}

fn value(byte: u8) -> i32 {
    match byte {
        b'I' => 1,
        b'V' => 5,
        b'X' => 10,
        b'L' => 50,
        _ => 100,
    }
}

/// "1st", "38th", "102nd".
pub(super) fn th(number: u16) -> String {
    let ending = match (number % 10, number % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{number}{ending}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> String {
        let words = Words::of(text);
        date_at(&words, 0).map_or("none".to_owned(), |found| format!("{} {}", found.date, found.n_words))
    }

    fn ordinal(text: &str) -> String {
        let words = Words::of(text);
        ordinal_at(&words, 0).map_or("none".to_owned(), |(value, length)| format!("{value} {length}"))
    }

    #[test]
    fn dates_of_mastheads_and_closing_words() {
        assert_eq!(date("27.6.2013 EN"), "2013-06-27 3");
        assert_eq!(date("27/6/2013"), "2013-06-27 3");
        assert_eq!(date("6/27/2013"), "2013-06-27 3");
        assert_eq!(date("6/6/2013"), "2013-06-06 3");
        assert_eq!(date("6/7/2013"), "none");
        assert_eq!(date("15-16 February 2025, Lampville"), "2025-02-16 4");
        assert_eq!(date("21 to 25 March 2030"), "2030-03-25 5");
        assert_eq!(date("Domingo, 22 de abril, 2012"), "2012-04-22 5");
        assert_eq!(date("Tuesday, May 6, 2025"), "2025-05-06 4");
        assert_eq!(date("this 3rd day of May 2030"), "2030-05-03 6");
        assert_eq!(date("20th Day of April, 2023"), "2023-04-20 5");
        assert_eq!(date("21st day of March in the year 2018"), "2018-03-21 8");
        assert_eq!(
            date("this twenty-third day of May, one thousand nine hundred and sixty-nine"),
            "1969-05-23 13"
        );
        assert_eq!(date("le quinze avril mil neuf cent quatre-vingt-quatorze"), "1994-04-15 9");
        assert_eq!(date("a los veintiséis días del mes de marzo de mil novecientos noventa y uno"), "none");
        assert_eq!(
            date("veintiséis días del mes de marzo de mil novecientos noventa y uno"),
            "1991-03-26 12"
        );
        assert_eq!(date("May 2030"), "none");
    }

    #[test]
    fn ordinals_in_three_languages() {
        assert_eq!(ordinal("Seventy-eighth session"), "78 2");
        assert_eq!(ordinal("Eightieth session"), "80 1");
        assert_eq!(ordinal("102nd Session"), "102 1");
        assert_eq!(ordinal("Soixante-dix-huitième session"), "78 3");
        assert_eq!(ordinal("Quatre-vingtième session"), "80 2");
        assert_eq!(ordinal("Septuagésimo octavo período"), "78 2");
        assert_eq!(ordinal("XXXVIII Ordinary Session"), "38 1");
        assert_eq!(ordinal("Twenty lamps"), "none");
        assert_eq!(ordinal("12 lamps"), "none");
        assert_eq!(th(78) + " " + &th(42) + " " + &th(112), "78th 42nd 112th");
    }
}
