//! Words that carry no meaning of their own in a loose query. They are indexed, so phrases are
//! exact; they are only not asked for among other words.

use chapeau_index::{Language, fold};

/// Articles, pronouns, prepositions, conjunctions, auxiliary and question words, folded. No
/// word that trade texts use as a term ("will", "may", "shall", "not", "no", "all") is here:
/// they decide what a clause says.
const ENGLISH: &[&str] = &[
    "a", "about", "an", "and", "any", "are", "as", "at", "be", "been", "being", "but", "by", "can", "could",
    "did", "do", "does", "for", "from", "had", "has", "have", "having", "how", "i", "if", "in", "into", "is",
    "it", "its", "me", "my", "of", "on", "or", "our", "s", "so", "some", "such", "than", "that", "the",
    "their", "them", "then", "there", "these", "they", "this", "those", "to", "up", "was", "we", "were",
    "what", "when", "where", "which", "while", "who", "whom", "why", "with", "would", "you", "your",
];

const FRENCH: &[&str] = &[
    "a", "au", "aux", "avec", "ce", "ces", "cet", "cette", "dans", "de", "des", "dont", "du", "elle",
    "elles", "en", "est", "et", "il", "ils", "la", "le", "les", "leur", "leurs", "ou", "par", "pour", "qu",
    "que", "quel", "quelle", "quels", "qui", "sa", "se", "ses", "son", "sont", "sur", "un", "une",
];

const SPANISH: &[&str] = &[
    "a", "al", "como", "con", "cual", "cuales", "de", "del", "el", "en", "es", "esta", "este", "estos", "la",
    "las", "lo", "los", "o", "para", "por", "que", "se", "son", "su", "sus", "un", "una", "unas", "unos",
    "y",
];

/// Whether a word is a stop word in one of the languages.
pub(crate) fn is_stop_word(word: &str, languages: &[Language]) -> bool {
    let word = fold(word);
    let holds = |list: &[&str]| list.binary_search(&word.as_str()).is_ok();
    languages.iter().any(|language| match language {
        Language::English => holds(ENGLISH),
        Language::French => holds(FRENCH),
        Language::Spanish => holds(SPANISH),
        Language::Other => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_are_sorted_for_their_search() {
        for list in [ENGLISH, FRENCH, SPANISH] {
            assert!(list.is_sorted());
        }
    }

    #[test]
    fn a_stop_word_belongs_to_a_language() {
        assert!(is_stop_word("The", &[Language::English]));
        assert!(!is_stop_word("les", &[Language::English]));
        assert!(!is_stop_word("shall", &Language::ALL));
    }
}
