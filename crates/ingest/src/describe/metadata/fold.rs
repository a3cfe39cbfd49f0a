//! Letters without their accents, for patterns that match however a line is set. `build.rs` uses
//! the same code.

/// A small letter without its accent; what is no letter stays.
pub(crate) fn fold(c: char) -> char {
    match c {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'À' | 'Á' | 'Â' | 'Ã' | 'Ä' | 'Å' => 'a',
        'ç' | 'Ç' => 'c',
        'è' | 'é' | 'ê' | 'ë' | 'È' | 'É' | 'Ê' | 'Ë' => 'e',
        'ì' | 'í' | 'î' | 'ï' | 'Ì' | 'Í' | 'Î' | 'Ï' => 'i',
        'ñ' | 'Ñ' => 'n',
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'Ò' | 'Ó' | 'Ô' | 'Õ' | 'Ö' => 'o',
        'ù' | 'ú' | 'û' | 'ü' | 'Ù' | 'Ú' | 'Û' | 'Ü' => 'u',
        c => c.to_ascii_lowercase(),
    }
}

/// A whole text, folded.
pub(crate) fn folded(text: &str) -> String {
    text.chars().map(fold).collect()
}

/// Whether a word, folded, is one that is folded already.
#[allow(dead_code)] // Not in the build script.
pub(crate) fn is_folded(word: &str, folded: &str) -> bool {
    // Words of many lists are compared: nearly all differ in their first letter, or in length.
    let first = |text: &str| text.bytes().next().map(|byte| byte.to_ascii_lowercase());
    let differ = word.len() < folded.len() || word.is_ascii() && word.len() != folded.len();
    let is_other = first(word).is_some_and(|byte| byte.is_ascii()) && first(word) != first(folded);
    !differ && !is_other && word.chars().map(fold).eq(folded.chars())
}
