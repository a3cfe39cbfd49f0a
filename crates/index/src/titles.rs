//! Titles of documents and headings as whole terms, found by their beginnings.

use crate::fold;

/// Letters of a title at most: nobody who types the beginning of a longer one wants it completed.
const LONGEST: usize = 160;
/// Between the folded title and the title as written. No text has it: it is a control character.
const SEPARATOR: char = '\u{1F}';

/// What a title is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TitleOf {
    /// A document.
    Document,
    /// A heading.
    Heading,
}

fn one_line(title: &str) -> String {
    title.replace(SEPARATOR, " ").split_whitespace().collect::<Vec<_>>().join(" ")
}

impl TitleOf {
    fn sign(self) -> char {
        match self {
            Self::Document => 'd',
            Self::Heading => 'h',
        }
    }

    /// What the terms of all titles begin with that begin as `typed` does, but for case, accents
    /// and space.
    pub fn prefix(self, typed: &str) -> String {
        format!("{}{}", self.sign(), fold(typed))
    }

    /// What the terms of one title in any case begin with; none for a title that has no term.
    pub(crate) fn whole(self, title: &str) -> Option<String> {
        let title = one_line(title);
        let is_useful = !title.is_empty() && title.chars().count() <= LONGEST;
        is_useful.then(|| format!("{}{SEPARATOR}", self.prefix(&title)))
    }

    /// The term of a title in the field `titles`.
    pub(crate) fn term(self, title: &str) -> Option<String> {
        self.whole(title).map(|whole| whole + &one_line(title))
    }
}

/// The title that a term stands for: folded, and as written.
pub fn title_of_term(term: &str) -> Option<(&str, &str)> {
    let (folded, title) = term.split_once(SEPARATOR)?;
    let sign = folded.chars().next()?;
    Some((&folded[sign.len_utf8()..], title))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(typed: &str, title: &str, expected: bool) {
        let term = TitleOf::Heading.term(title).expect("a title of some words");
        assert_eq!(term.starts_with(&TitleOf::Heading.prefix(typed)), expected, "{typed:?} of {title:?}");
    }

    #[test]
    fn a_title_is_found_by_its_beginning() {
        check("règles d", "Regles  d'origine", true);
        check("RULES", "Rules of\nOrigin", true);
        check("origin", "Rules of Origin", false);
    }

    #[test]
    fn a_term_gives_the_title_back() {
        let term = TitleOf::Document.term("Work\u{1F}Programme on É").expect("a title");
        assert_eq!(title_of_term(&term), Some(("work programme on e", "Work Programme on É")));
        assert_eq!(TitleOf::Document.term(" \n"), None);
        assert_eq!(TitleOf::Document.term(&"long ".repeat(100)), None);
    }
}
