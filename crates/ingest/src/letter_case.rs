//! Whether words are set as a heading is: in capitals, in title case, or as a sentence.

/// Whether a text begins with a small letter.
pub(crate) fn starts_low(text: &str) -> bool {
    match text.as_bytes().first() {
        Some(byte) if byte.is_ascii() => byte.is_ascii_lowercase(),
        _ => text.starts_with(char::is_lowercase),
    }
}

/// Whether nearly all letters are capitals, and there are at least two.
pub(crate) fn is_capitals(text: &str) -> bool {
    let (mut capitals, mut small) = (0, 0);
    for c in text.chars() {
        capitals += usize::from(c.is_uppercase());
        small += usize::from(c.is_lowercase());
    }
    capitals >= 2 && small * 10 <= capitals
}

/// A word with a capital first and the rest as it is.
pub(crate) fn with_capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Words shorter than this are often small in titles; chosen so that "and", "of", "del" are out.
const SHORT_WORD: usize = 4;

/// Whether a text begins with a capital and most of its longer words do: capitals or title case.
pub(crate) fn is_title_case(text: &str) -> bool {
    let starts_high =
        text.chars().find(|c| c.is_alphanumeric()).is_some_and(|c| c.is_uppercase() || c.is_numeric());
    let (mut high, mut low) = (0, 0);
    for word in text.split([' ', '-', '/']).filter(|word| word.len() >= SHORT_WORD) {
        let first = word.chars().find(|c| c.is_alphabetic());
        high += usize::from(first.is_some_and(char::is_uppercase));
        low += usize::from(first.is_some_and(char::is_lowercase));
    }
    starts_high && high >= low * 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_differ_from_sentences() {
        assert!(is_capitals("WORLD TRADE ORGANIZATION"));
        assert!(!is_capitals("WTO Members"));
        assert!(is_title_case("Relation To Other Agreements"));
        assert!(is_title_case("INITIAL PROVISIONS"));
        assert!(is_title_case("Scope"));
        assert!(!is_title_case("The Parties shall agree on trade"));
        assert!(!is_title_case("means the goods"));
        assert!(starts_low("é") && !starts_low("É") && !starts_low(""));
    }
}
