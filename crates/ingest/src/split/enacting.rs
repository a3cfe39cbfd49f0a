//! Words of decrees that stand alone on their line and put what follows in force: "DECRETA:".

use crate::label::folded;
use crate::lists;

/// Longest such line, in bytes: letters may be set apart.
const LONGEST: usize = 40;

/// Whether a line is such words and no more.
pub(super) fn is_line(line: &str) -> bool {
    if line.len() > LONGEST {
        return false;
    }
    let bare = line.trim_end_matches(|c: char| !c.is_alphanumeric());
    // "Décide" may head a list: the words that govern it end with a colon, or are in capitals.
    let is_set_off = bare.len() < line.len() || crate::letter_case::is_capitals(bare);
    let words = folded(bare);
    let letters = || words.split(' ').collect::<String>();
    let is_spaced = words.split(' ').all(|word| word.chars().count() <= 1);
    is_set_off
        && (lists::ENACTING.contains(&words.as_str()) || is_spaced && lists::ENACTING.contains(&&*letters()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn enacting_words_stand_alone() {
        for line in ["DECRETA:", "decreta:", "A R R E T E :", "ARRÊTE", "Décrète :", "RESUELVE"] {
            assert!(is_line(line), "{line}");
        }
        for line in ["Arrêté", "Decreta la lámpara:", "Lamps:", "A B"] {
            assert!(!is_line(line), "{line}");
        }
    }
}
