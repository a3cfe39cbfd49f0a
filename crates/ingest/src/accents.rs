//! Accents that capitals were printed without: "REGLEMENT DES DIFFERENDS" is "Règlement des différends" where the
//! text itself writes it so.

use std::collections::HashMap;

use crate::label::folded;
use crate::letter_case::{is_capitals, with_capital};

/// Words of fewer letters say other things with accents than without: "a" and "à", "ou" and "où".
const FEWEST_LETTERS: usize = 4;
/// How much of a text is looked at, in bytes.
const MOST_TEXT: usize = 400_000;
/// A word has its accents if the text writes it so this many times as often as without.
const SHARE: u32 = 3;

/// How a text writes the words of a line.
struct Written {
    accented: String,
    n_accented: u32,
    n_plain: u32,
}

/// A line that was printed in capitals without accents, with those that its words have in a text; `line` itself
/// where there are none.
pub(crate) fn restored(printed: &str, line: &str, text: &str) -> String {
    if !may_lack(printed) {
        return line.to_owned();
    }
    let mut written = wanted(line);
    let text = &text[..text.floor_char_boundary(MOST_TEXT)];
    if !is_accented(&written, text) {
        return line.to_owned();
    }
    count(&mut written, text);
    let has = |word: &&Written| word.n_accented > 0 && word.n_accented >= SHARE * word.n_plain;
    let mut restored = String::with_capacity(line.len() + 8);
    let mut rest = line;
    while let Some(start) = rest.find(char::is_alphabetic) {
        let end = rest[start..].find(|c: char| !c.is_alphabetic()).map_or(rest.len(), |end| start + end);
        let word = &rest[start..end];
        restored.push_str(&rest[..start]);
        match written.get(&word.to_ascii_lowercase()).filter(has) {
            Some(known) if word.starts_with(char::is_uppercase) => {
                restored.push_str(&with_capital(&known.accented));
            }
            Some(known) => restored.push_str(&known.accented),
            None => restored.push_str(word),
        }
        rest = &rest[end..];
    }
    restored.push_str(rest);
    restored
}

/// Whether words are set in capitals and have no accents.
pub(crate) fn may_lack(printed: &str) -> bool {
    is_capitals(printed) && !has_accents(printed)
}

fn has_accents(text: &str) -> bool {
    text.chars().any(|c| c.is_alphabetic() && !c.is_ascii())
}

/// The words of a line that may have lost accents.
fn wanted(line: &str) -> HashMap<String, Written> {
    let words = line.split(|c: char| !c.is_alphabetic());
    let words = words.filter(|word| word.len() >= FEWEST_LETTERS && word.is_ascii() && !is_capitals(word));
    let none = || Written { accented: String::new(), n_accented: 0, n_plain: 0 };
    words.map(|word| (word.to_ascii_lowercase(), none())).collect()
}

/// Whether a text writes one of them with accents at all, which no English text does.
fn is_accented(written: &HashMap<String, Written>, text: &str) -> bool {
    // The first byte of all accented letters of Latin-1.
    memchr::memchr_iter(0xC3, text.as_bytes()).any(|at| {
        let start = text[..at].trim_end_matches(char::is_alphabetic).len();
        let end = text[at..].find(|c: char| !c.is_alphabetic()).map_or(text.len(), |end| at + end);
        written.contains_key(&folded(&text[start..end]))
    })
}

/// Counts how a text writes them in small letters.
fn count(written: &mut HashMap<String, Written>, text: &str) {
    for word in text.split(|c: char| !c.is_alphabetic()).filter(|word| word.len() >= FEWEST_LETTERS) {
        let has_small = word.chars().skip(1).any(char::is_lowercase);
        if !has_small {
            continue;
        }
        let key = if word.is_ascii() { word.to_ascii_lowercase() } else { folded(word) };
        let Some(known) = written.get_mut(&key) else { continue };
        if word.is_ascii() {
            known.n_plain += 1;
        } else {
            known.n_accented += 1;
            if known.accented.is_empty() {
                known.accented = word.to_lowercase();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn capitals_get_the_accents_that_the_text_has() {
        let text =
            "Le règlement des différends de la première guilde. Les lampes de la guilde. Le règlement.";
        let check =
            |printed: &str, line: &str, expected: &str| assert_eq!(restored(printed, line, text), expected);
        check(
            "REGLEMENT DES DIFFERENDS DE LA PREMIERE GUILDE",
            "Reglement des Differends de la Premiere Guilde",
            "Règlement des Différends de la Première Guilde",
        );
        check("PRÉAMBULE DU REGLEMENT", "Préambule du Reglement", "Préambule du Reglement");
        check("Reglement", "Reglement", "Reglement");
        check("LAMPES", "Lampes", "Lampes");
    }
}
