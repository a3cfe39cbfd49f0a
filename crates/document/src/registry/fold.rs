//! Letters without case and accents, as far as English, French and Spanish need it.

/// The small letter without its accent; an accent that stands by itself is U+0301, whichever it is.
pub(crate) fn fold(c: char) -> char {
    if c.is_ascii() {
        return c.to_ascii_lowercase();
    }
    match c {
        'à'..='å' | 'À'..='Å' => 'a',
        'ç' | 'Ç' => 'c',
        'è'..='ë' | 'È'..='Ë' => 'e',
        'ì'..='ï' | 'Ì'..='Ï' => 'i',
        'ñ' | 'Ñ' => 'n',
        'ò'..='ö' | 'Ò'..='Ö' => 'o',
        'ù'..='ü' | 'Ù'..='Ü' => 'u',
        '\u{300}'..='\u{36f}' => '\u{301}',
        '’' | '‘' | 'ʼ' => '\'',
        _ => c.to_lowercase().next().unwrap_or(c),
    }
}

/// Whether a character goes on a word: a letter or digit, but no raised one, which is a mark of a
/// footnote.
pub(crate) fn goes_on(c: char) -> bool {
    c == '_' || c.is_alphanumeric() && !matches!(c, '²' | '³' | '¹' | '\u{2070}'..='\u{209c}' | 'º' | 'ª')
}
