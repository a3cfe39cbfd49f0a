//! Page numbers as they are printed, and how they run through a file.

use std::collections::HashMap;

use super::layout::LaidPage;

/// Page numbers count on from the page's place in the file; this many pages must agree on the
/// difference.
const AGREEING_NUMBERS: usize = 2;
/// Words that a page number may stand beside, in small letters.
const PAGE_WORDS: [&str; 6] = ["page", "página", "pagina", "pág", "pag", "p"];
/// What may stand between a page's number and the count of pages.
const BETWEEN: [&str; 6] = [" of ", " / ", "/", " sur ", " de ", " | "];

/// A number found in a line at the edge of a page.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct PrintedNumber {
    pub(super) text: String,
    pub(super) value: i64,
    pub(super) is_roman: bool,
    /// Whether the line is nothing but the number, with what usually surrounds it.
    pub(super) is_all: bool,
    /// Whether it is called a page: "Page 3".
    pub(super) is_named: bool,
}

/// The page number that a line prints: alone ("- 12 -", "Page 12 of 30", "xii"), or as the first
/// or last word of a running head.
pub(super) fn printed_number(text: &str) -> Option<PrintedNumber> {
    let lowered = text.trim_matches(is_frame).to_lowercase();
    let bare = without_page_word(&lowered);
    let number = first_of_count(&bare);
    if let Some((value, is_roman)) = number_value(of_chapter(number)) {
        let is_named = bare != lowered;
        let text = if text.contains(number) { number.to_owned() } else { number.to_uppercase() };
        return Some(PrintedNumber { text, value, is_roman, is_all: true, is_named });
    }
    let mut words = text.split_whitespace();
    let (first, last) = (words.next()?, words.next_back()?);
    let word = [last, first].into_iter().find(|word| is_digits(first_of_count(word)))?;
    let number = first_of_count(word);
    let (value, is_roman) = number_value(number)?;
    Some(PrintedNumber { text: number.to_owned(), value, is_roman, is_all: false, is_named: false })
}

fn is_frame(character: char) -> bool {
    !character.is_alphanumeric()
}

fn is_digits(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit())
}

/// "3" of "page 3", "p a g e | 3", "pág. 3", "3 | page"; a text without such a word as it is.
fn without_page_word(text: &str) -> String {
    let close: String = text.chars().filter(|character| !character.is_whitespace()).collect();
    let is_set_apart = text.starts_with("p a g e") || text.ends_with("p a g e");
    let text = if is_set_apart { &close } else { text };
    let ends_word =
        |rest: &str, near: Option<char>| !rest.is_empty() && !near.is_some_and(char::is_alphabetic);
    let found = PAGE_WORDS.iter().find_map(|word| {
        let after = text.strip_prefix(word).filter(|rest| ends_word(rest, rest.chars().next()));
        let before = || text.strip_suffix(word).filter(|rest| ends_word(rest, rest.chars().next_back()));
        after.or_else(before)
    });
    found.unwrap_or(text).trim_matches(is_frame).to_owned()
}

/// "12" of "12 of 30", "12/30", "12 sur 30", "12 de 30".
fn first_of_count(text: &str) -> &str {
    let split = BETWEEN.iter().find_map(|between| text.split_once(between));
    split.filter(|(first, count)| is_digits(first) && is_digits(count)).map_or(text, |(first, _)| first)
}

/// "15" of "5-15" and "ES-15", the fifteenth page of a chapter.
fn of_chapter(text: &str) -> &str {
    let split = text.split_once(['-', '–']).filter(|(chapter, page)| {
        let is_chapter =
            (1..=3).contains(&chapter.len()) && chapter.bytes().all(|byte| byte.is_ascii_alphanumeric());
        is_chapter && is_digits(page)
    });
    split.map_or(text, |(_, page)| page)
}

/// The value of an Arabic or small Roman number, and whether it is Roman.
fn number_value(word: &str) -> Option<(i64, bool)> {
    if word.len() <= 5 && is_digits(word) {
        return Some((word.parse().ok()?, false));
    }
    roman_value(word).map(|value| (value, true))
}

fn roman_value(word: &str) -> Option<i64> {
    let mut total = 0;
    let mut last = 0;
    if word.is_empty() || word.len() > 8 {
        return None;
    }
    for letter in word.chars().rev() {
        let value = match letter.to_ascii_lowercase() {
            'i' => 1,
            'v' => 5,
            'x' => 10,
            'l' => 50,
            'c' => 100,
            _ => return None,
        };
        total += if value < last { -value } else { value };
        last = last.max(value);
    }
    Some(total)
}

/// How printed page numbers run: their difference to the page's place in the file, for Arabic
/// and Roman numbers apart.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    differences: HashMap<(bool, i64), usize>,
}

impl Numbering {
    /// How the numbers at the edges of the pages run.
    pub(super) fn of(pages: &[LaidPage], edges: &[Vec<usize>]) -> Self {
        let mut numbering = Self::default();
        for (page, edges) in pages.iter().zip(edges) {
            let mut keys: Vec<(bool, i64)> = edges
                .iter()
                .filter_map(|&at| printed_number(&page.lines[at].text))
                .map(|number| (number.is_roman, number.value - i64::from(page.number)))
                .collect();
            keys.sort_unstable();
            keys.dedup();
            for key in keys {
                *numbering.differences.entry(key).or_default() += 1;
            }
        }
        numbering
    }

    /// Whether a number on a page is where it runs through.
    pub(super) fn holds(&self, page: u32, number: &PrintedNumber) -> bool {
        let difference = number.value - i64::from(page);
        // The page's very place in the file needs no second witness: many files have one page.
        let agreeing =
            if difference == 0 && number.is_all && !number.is_roman { 1 } else { AGREEING_NUMBERS };
        self.differences.get(&(number.is_roman, difference)).is_some_and(|count| *count >= agreeing)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roman_numbers_have_a_value() {
        assert_eq!(roman_value("xiv"), Some(14));
        assert_eq!(roman_value("IX"), Some(9));
        assert_eq!(roman_value("mix"), None);
    }

    #[test]
    fn numbers_are_read_in_their_usual_frames() {
        let number = |text: &str| printed_number(text).map(|number| number.text);
        for text in [
            "Page 3 of 12",
            "Page | 3",
            "P a g e | 3",
            "3 | Page",
            "Página 3 de 7",
            "p. 3",
            "- 3 -",
            "Page: 3/7",
        ] {
            assert_eq!(number(text), Some("3".into()), "{text}");
        }
        assert_eq!(number("12/30"), Some("12".into()));
        assert_eq!(number("LO/7/12 14/30"), Some("14".into()));
        assert_eq!(number("World Trade Organization 14"), Some("14".into()));
        assert_eq!(number("A-3"), Some("A-3".into()));
        assert_eq!(number("World Trade Organization"), None);
        assert_eq!(number("panic 3x"), None);
    }

    #[test]
    fn a_number_that_is_called_a_page_is_known() {
        let is_named =
            |text: &str| printed_number(text).is_some_and(|number| number.is_all && number.is_named);
        assert!(is_named("Page 2") && is_named("p. 2/9") && !is_named("2/9") && !is_named("II"));
    }
}
