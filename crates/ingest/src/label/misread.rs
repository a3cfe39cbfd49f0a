//! Labels with letters that a scan or a typist took for one another: "lll." for "III.", "Artide 5" for
//! "Article 5".

use super::Class;
use crate::lists;

/// Roman numerals as they are printed.
const ROMANS: &[&str] = &[
    "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV", "XVI",
    "XVII", "XVIII", "XIX", "XX", "XXI", "XXII", "XXIII", "XXIV", "XXV", "XXVI", "XXVII", "XXVIII", "XXIX",
    "XXX",
];

/// The longest of them, in bytes.
const LONGEST: usize = 7;

/// Class, length and value of a numeral in which a small "l" stands for a capital "I".
pub(super) fn roman(bytes: &[u8]) -> Option<(Class, usize, u32, Option<u32>)> {
    let length =
        bytes.iter().take(LONGEST).take_while(|byte| matches!(byte, b'I' | b'V' | b'X' | b'l')).count();
    let letters = &bytes[..length];
    if length < 2 || !letters.contains(&b'l') || !matches!(bytes.get(length), Some(b'.' | b')')) {
        return None;
    }
    let value = value(std::str::from_utf8(letters).ok()?)?;
    Some((Class::Upper, length, u32::MAX, Some(value)))
}

fn value(letters: &str) -> Option<u32> {
    let read = letters.replace('l', "I");
    let place = ROMANS.iter().position(|numeral| *numeral == read)?;
    u32::try_from(place + 1).ok()
}

/// The numeral that such letters stand for.
pub(crate) fn numeral(letters: &str) -> Option<&'static str> {
    let is_misread = letters.len() > 1 && letters.contains('l') && !letters.contains(|c| !"IVXl".contains(c));
    let place = if is_misread { value(letters)?.checked_sub(1)? } else { return None };
    ROMANS.get(usize::try_from(place).ok()?).copied()
}

/// Whether a word in small letters is that of an article, misread.
pub(super) fn is_article(word: &str) -> bool {
    (6..=8).contains(&word.len()) && lists::MISREAD_ARTICLES.contains(&word)
}

/// How long the misread word is that a label has for "Article", if it has one, and its number, if that is
/// misread too: "ler" for "1er".
pub(crate) fn printed(label: &str) -> Option<usize> {
    let word = label.split(' ').next()?;
    is_article(&super::folded(word)).then_some(word.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_small_l_in_a_numeral_is_a_capital_i() {
        assert_eq!(numeral("lll"), Some("III"));
        assert_eq!(numeral("Vl"), Some("VI"));
        assert_eq!(numeral("XlV"), Some("XIV"));
        assert_eq!(numeral("III"), None);
        assert_eq!(numeral("l"), None);
        assert_eq!(numeral("ll1"), None);
    }

    #[test]
    fn misread_articles_are_articles() {
        for line in ["Artide 2. Les lampes", "Arficle 5 - Huiles", "ARTICLF 3", "Articte 4."] {
            assert_eq!(
                crate::label::division(line).map(|found| found.level),
                Some(chapeau_document::Level::Article),
                "{line}"
            );
        }
        assert_eq!(crate::label::division("Artiste 5 - Huiles"), None);
    }
}
