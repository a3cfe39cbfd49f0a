//! Articles that are named together because there are none of them: "Articles 10, 11 and 12 (repealed)".

use chapeau_document::Level;

use super::number::number;
use super::{Division, SEPARATORS, folded};
use crate::lists;

/// Longest line that names them and says why, in bytes.
const LONGEST: usize = 120;

/// Whether a word in small letters without accents names several articles.
pub(super) fn names_several(word: &str) -> bool {
    matches!(word, "articles" | "articulos" | "arts" | "arts.")
}

/// Whether words say why a provision is not there: `[Reserved]`, "(repealed)".
pub(super) fn is_said(words: &str) -> bool {
    let why = folded(words.trim_start_matches(['(', '[', ' ']));
    words.len() <= LONGEST && lists::ABSENT.iter().any(|word| why.starts_with(word))
}

/// Reads the numbers behind such a word, up to the word that says why the articles are not there.
pub(super) fn division(line: &str, word_end: usize) -> Option<Division<'_>> {
    if line.len() > LONGEST {
        return None;
    }
    let first = number(line[word_end..].trim_start_matches(' '));
    let mut label_end = word_end;
    for word in line[word_end..].split_inclusive(' ') {
        if !counts_on(word.trim_end_matches([' ', ',', ';', ':', '.', '-'])) {
            break;
        }
        label_end += word.len();
    }
    let rest = line[label_end..].trim_start_matches(SEPARATORS);
    let is_absent = !first.is_empty() && is_said(rest);
    let label = line[..label_end].trim_end_matches([' ', ',', ':']).trim_end_matches(SEPARATORS);
    is_absent.then_some(Division { level: Level::Article, label, number: first, rest, separated: true })
}

/// Whether a list of numbers goes on with this word: "10", "bis", "to", or an empty one.
fn counts_on(word: &str) -> bool {
    const JOINING: &[&str] = &["a", "to", "et", "y", "e", "and", "al", "-", "–", "through", ""];
    number(word) == word || super::is_latin(word) || JOINING.contains(&folded(word).as_str())
}

#[cfg(test)]
mod tests {
    fn check(line: &str, expected: Option<(&str, &str, &str)>) {
        let found = crate::label::division(line).map(|found| (found.label, found.number, found.rest));
        assert_eq!(found, expected, "{line}");
    }

    #[test]
    fn articles_that_are_not_there_are_named_together() {
        check("Articles 10, 11 et 12 ( abrogés).", Some(("Articles 10, 11 et 12", "10", "( abrogés).")));
        check("Articles 7 to 9: [Repealed]", Some(("Articles 7 to 9", "7", "[Repealed]")));
        check("Artículos 4 y 5 bis.- Derogados.", Some(("Artículos 4 y 5 bis", "4", "Derogados.")));
        check("Articles 10 and 11 apply to lamps.", None);
        check("Articles of lamps were repealed.", None);
    }
}
