//! Lines that come again on page after page: what is alike in them, and whether their figures stay the
//! same or count with the pages. Those of running heads do; numbers of articles, of questions and of the
//! rows of a table run on as they please, though their words are the same and they stand at a page's top.

use crate::label;

/// Of the neighbours of one shape, the part in percent that must be steady: else the few that are so
/// agree by chance.
const STEADY_PERCENT: usize = 60;

/// A line without its figures and spaces: what stays the same from page to page.
pub(crate) fn shape(text: &str) -> String {
    let mut shape = String::with_capacity(text.len());
    let mut before = ' ';
    for character in text.chars() {
        if character.is_numeric() && !before.is_numeric() {
            shape.push('#');
        } else if !character.is_numeric() && !character.is_whitespace() {
            shape.push(character);
        }
        before = character;
    }
    shape
}

/// The numbers in a line, in order.
fn figures(text: &str) -> Vec<i64> {
    let mut figures: Vec<i64> = Vec::new();
    let mut before = ' ';
    for character in text.chars() {
        if character.is_numeric() && !before.is_numeric() {
            figures.push(0);
        }
        if let (Some(digit), Some(last)) = (character.to_digit(10), figures.last_mut()) {
            *last = last.wrapping_mul(10).wrapping_add(i64::from(digit));
        }
        before = character;
    }
    figures
}

/// Which of the lines of one shape are running heads: those whose figures are the same as on the page
/// before or after that has one, or higher by as much as the page. `lines` come with their pages, in order.
pub(crate) fn are_steady(lines: &[(u32, &str)]) -> Vec<bool> {
    let figures: Vec<Vec<i64>> = lines.iter().map(|(_, text)| figures(text)).collect();
    let is_steady = |at: usize| {
        let pages = i64::from(lines[at + 1].0) - i64::from(lines[at].0);
        let mut pairs = figures[at].iter().zip(&figures[at + 1]);
        pairs.all(|(one, other)| one == other || other.wrapping_sub(*one) == pages)
            && own_number(lines[at].1) == own_number(lines[at + 1].1)
    };
    let pairs: Vec<bool> = (1..lines.len()).map(|after| is_steady(after - 1)).collect();
    let n_steady = pairs.iter().filter(|pair| **pair).count();
    if n_steady * 100 < pairs.len() * STEADY_PERCENT {
        return vec![false; lines.len()];
    }
    let pair = |at: Option<usize>| at.and_then(|at| pairs.get(at)).copied().unwrap_or(false);
    (0..lines.len()).map(|at| pair(at.checked_sub(1)) || pair(Some(at))).collect()
}

/// Whether what is taken for running heads is the text, since most of the pages that have them say nothing
/// else: of each page, the letters of such lines and of all.
pub(crate) fn are_the_text(pages: impl Iterator<Item = (usize, usize)>) -> bool {
    let with_heads: Vec<(usize, usize)> = pages.filter(|(heads, _)| *heads > 0).collect();
    with_heads.iter().filter(|(heads, all)| heads == all).count() * 2 > with_heads.len()
}

/// Fewest words of a sentence.
const FEWEST_WORDS: usize = 4;

/// Whether a line is a sentence with a number, as no running head is: "1. Lamps shall be lit at dusk."
pub(crate) fn is_numbered_sentence(line: &str) -> bool {
    let words = line.trim_end();
    words.ends_with(['.', ';'])
        && label::marker(words).filter(|marker| marker.style.close != b' ').is_some_and(|marker| {
            words[marker.body..].split_whitespace().filter(|word| word.contains(char::is_alphabetic)).count()
                >= FEWEST_WORDS
        })
}

/// The letters of the lines of a page that are running heads, and of all its lines.
pub(crate) fn letters<'a>(lines: impl Iterator<Item = (&'a str, bool)>) -> (usize, usize) {
    lines.fold((0, 0), |(of_heads, of_all), (text, is_head)| {
        let n_letters = text.chars().filter(|letter| letter.is_alphabetic()).count();
        (of_heads + if is_head { n_letters } else { 0 }, of_all + n_letters)
    })
}

/// The number of a division that a line names: "4" of "Article 4". It never counts with the pages, though
/// each article may have a page of its own.
fn own_number(line: &str) -> Option<&str> {
    label::division(line).map(|division| division.number)
}

/// Whether a line is nothing but a rule: underscores, dashes, stars or equals signs.
pub(crate) fn is_rule(text: &str) -> bool {
    let is_stroke =
        |character: char| matches!(character, '_' | '-' | '–' | '—' | '―' | '=' | '*' | '~' | '¯');
    let mut n = 0;
    for character in text.chars().filter(|character| !character.is_whitespace()) {
        if !is_stroke(character) {
            return false;
        }
        n += 1;
    }
    n >= FEWEST_STROKES
}

/// Fewest strokes of a rule: fewer are a dash before words that another line has, or a mark.
const FEWEST_STROKES: usize = 3;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_most_pages_say_is_text() {
        let check = |pages: &[(usize, usize)], expected: bool| {
            assert_eq!(are_the_text(pages.iter().copied()), expected, "{pages:?}");
        };
        check(&[(40, 40), (40, 40)], true);
        check(&[(38, 80), (38, 80), (38, 80)], false);
        check(&[(40, 2_000), (40, 1_800), (40, 40)], false);
        check(&[(0, 40), (0, 40)], false);
    }

    #[test]
    fn a_sentence_with_a_number_is_no_running_head() {
        let check = |line: &str, expected: bool| assert_eq!(is_numbered_sentence(line), expected, "{line}");
        check("1. Members shall light the lamps.", true);
        check("(a) the lamps that were lit;", true);
        check("1. Lamps.", false);
        check("Members shall light the lamps.", false);
        check("12 Guild of Lamps, second report", false);
    }

    #[track_caller]
    fn check(lines: &[(u32, &str)], expected: bool) {
        assert_eq!(are_steady(lines), vec![expected; lines.len()], "{lines:?}");
    }

    #[test]
    fn heads_stay_the_same_or_count_with_the_pages() {
        check(&[(2, "Lamp Office, 3 May 2050"), (4, "Lamp Office, 3 May 2050")], true);
        check(&[(2, "LO/12 2/9"), (4, "LO/12 4/9"), (6, "LO/12 6/9")], true);
        check(&[(3, "A 552 2023 No. 7 Lamps Act"), (5, "A 554 2023 No. 7 Lamps Act")], true);
        check(&[(1, "Annex 2, page 7"), (2, "Annex 2, page 8")], true);
    }

    #[test]
    fn numbers_of_provisions_run_on_as_they_please() {
        check(&[(2, "Article 3"), (3, "Article 5"), (4, "Article 7")], false);
        check(&[(2, "Article 3"), (3, "Article 4"), (4, "Article 5")], false);
        check(&[(1, "Rule 4"), (2, "Rule 9"), (3, "Rule 10"), (7, "Rule 16")], false);
        check(&[(2, "0102.29\tfree\t12"), (3, "0104.10\tfree\t9")], false);
        check(&[(2, "Section 12: Fees"), (3, "Section 14: Fees")], false);
    }

    #[test]
    fn a_rule_has_nothing_but_strokes() {
        assert!(is_rule("__________") && is_rule("— — —") && is_rule("* * *"));
        assert!(!is_rule("--") && !is_rule("") && !is_rule("Name: ____") && !is_rule("- 3 -"));
    }
}
