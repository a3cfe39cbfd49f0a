//! Names that are short enough to type.

use crate::label::fold;

/// Small letters, digits and dots, everything else a single hyphen: "WT/MIN(13)/32" is
/// `wt-min-13-32`, "Article 14.3" is `article-14.3`.
pub(crate) fn slug(words: &str) -> String {
    let mut slug = String::with_capacity(words.len());
    for c in words.chars().map(fold) {
        let is_kept = c.is_alphanumeric() && !matches!(c, 'º' | 'ª')
            || (c == '.' && slug.ends_with(|before: char| before.is_ascii_digit()));
        if is_kept {
            slug.push(c);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.truncate(slug.trim_end_matches(['-', '.']).len());
    slug
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_are_short_and_plain() {
        for (words, expected) in [
            ("WT/MIN(13)/32", "wt-min-13-32"),
            ("Article 14.3", "article-14.3"),
            ("1-01", "1-01"),
            ("Décision n° 5.", "decision-n-5"),
            ("Artículo 1º", "articulo-1"),
            ("3º bis", "3-bis"),
            ("--", ""),
        ] {
            assert_eq!(slug(words), expected);
        }
    }
}
