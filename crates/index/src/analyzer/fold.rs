//! Folding: case, diacritics, ligatures and invisible characters.

use unicode_normalization::UnicodeNormalization;

/// A word in small letters, composed, without invisible characters; accents stay.
pub(super) fn lower(word: &str) -> String {
    if word.is_ascii() {
        return word.to_ascii_lowercase();
    }
    word.chars().filter(|c| !is_invisible(*c)).nfkc().collect::<String>().to_lowercase().nfc().collect()
}

/// A lowered word without diacritics; `ñ` stays where it is a letter of its own.
pub(super) fn plain(lowered: &str, keep_n_tilde: bool) -> String {
    if lowered.is_ascii() {
        return lowered.to_owned();
    }
    let mut folded = String::with_capacity(lowered.len());
    for c in lowered.chars() {
        match c {
            'ñ' if keep_n_tilde => folded.push(c),
            'ß' => folded.push_str("ss"),
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            'þ' => folded.push_str("th"),
            'ø' => folded.push('o'),
            'đ' | 'ð' => folded.push('d'),
            'ł' => folded.push('l'),
            'ı' => folded.push('i'),
            'ς' => folded.push('σ'),
            _ => folded.extend(c.nfd().filter(|c| !is_diacritic(*c))),
        }
    }
    if folded.is_empty() { lowered.to_owned() } else { folded }
}

/// Marks on Latin, Greek and Cyrillic letters. Those of other scripts are vowels, not ornaments.
fn is_diacritic(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

/// Soft hyphen, zero-width characters and direction marks.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{feff}')
}

/// A name as names are compared (`body:`, `party:`): case and diacritics folded, one space
/// between words.
pub fn fold(name: &str) -> String {
    let words: Vec<&str> = name.split_whitespace().collect();
    plain(&lower(&words.join(" ")), false)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(word: &str, expected: &str) {
        assert_eq!(fold(word), expected, "of {word:?}");
    }

    #[test]
    fn letters_lose_case_and_marks() {
        check("Décide", "decide");
        check("ESPAÑA", "espana");
        check("e\u{301}tat", "etat");
        check("Straße", "strasse");
        check("ﬁnal œuvre", "final oeuvre");
        check("co\u{ad}operation", "cooperation");
        check("ΛΌΓΟΣ", "λογοσ");
        check("  General \u{a0} Council ", "general council");
    }

    #[test]
    fn the_spanish_letter_may_stay() {
        assert_eq!(plain(&lower("an\u{303}o pública"), true), "año publica");
    }
}
