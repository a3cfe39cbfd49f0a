//! The words of labels, as `registry/labels.toml` lists them by language, and the labels of a language
//! that names each level in words: "Artikel 2 Absatz 1 Buchstabe b".

use super::naming::Base;
use super::numbering::Open;
use crate::label::Class;

/// The words of labels in one language, each with the space behind it.
pub(super) struct Words {
    /// What stands between the parts of a label.
    pub(super) joins: &'static str,
    /// The levels, where each is named in words.
    pub(super) levels: Option<Levels>,
    pub(super) article: &'static str,
    pub(super) operative: &'static str,
    pub(super) preambular: &'static str,
    /// Recitals of the European Union, which have numbers of their own.
    pub(super) recital: &'static str,
    pub(super) section: &'static str,
    /// A numbered paragraph that stands in no article.
    pub(super) paragraph: &'static str,
    /// A paragraph of an article that has no number, by its place.
    pub(super) nth: &'static str,
    /// The unnumbered paragraphs of an article of such an act, in order.
    pub(super) nths: &'static [&'static str],
    /// Those that follow within a number, from the second.
    pub(super) subparagraphs: &'static [&'static str],
    /// What is numbered in an annex to an act of the European Union, if it has a name of its own.
    pub(super) point: &'static str,
    pub(super) item: &'static str,
    /// A list of letters by its place, where one number has several.
    pub(super) list: &'static str,
    pub(super) slide: &'static str,
    pub(super) footnote: &'static str,
    pub(super) endnote: &'static str,
    pub(super) unnumbered: &'static str,
}

/// The names of the levels of numbering.
pub(super) struct Levels {
    paragraph: &'static str,
    /// A number in a list, or in an annex.
    number: &'static str,
    letter: &'static str,
    /// "aa" within "a".
    letters: &'static str,
    numeral: &'static str,
    /// What follows a numbered paragraph without a number; the paragraph itself is the first.
    pub(super) subparagraph: &'static str,
}

include!(concat!(env!("OUT_DIR"), "/labels.rs"));

/// The words of labels in a language; English for those that are not known.
pub(super) fn words(language: &str) -> &'static Words {
    let found = WORDS.iter().find(|(code, _)| *code == language);
    &found.unwrap_or(&WORDS[0]).1
}

impl Levels {
    /// The open levels as they follow an article: " Absatz 1 Buchstabe b".
    pub(super) fn named_after(&self, base: &Base, open: &[Open<'_>], item: &str) -> String {
        let mut label = String::new();
        for (depth, level) in open.iter().enumerate() {
            let count = level.count.to_string();
            let number = match level.style.class {
                Class::Dash | Class::Bullet => &count,
                _ => level.number,
            };
            // "1.1" says all that "1" and it would say together.
            if matches!(level.style.class, Class::Dotted(_)) {
                label.clear();
            }
            let noun = match level.style.class {
                Class::Dash | Class::Bullet => item,
                Class::Dotted(_) if base.text.is_empty() => "",
                _ if depth == 0 && base.text.is_empty() => base.noun,
                _ => self.noun(base, open, depth),
            };
            let space = if label.is_empty() && base.text.is_empty() { "" } else { " " };
            label.push_str(&[space, noun, number].concat());
        }
        label
    }

    fn noun(&self, base: &Base, open: &[Open<'_>], depth: usize) -> &'static str {
        let level = &open[depth];
        // What words introduce is a list; else the numbers of an article are those of its paragraphs.
        let is_paragraph = depth == 0 && !base.is_annex && level.lead.is_none();
        let is_within_letter = depth > 0 && open[depth - 1].style.class == Class::Lower;
        match level.style.class {
            Class::Number if is_paragraph => self.paragraph,
            Class::Number | Class::Dotted(_) => self.number,
            Class::Lower if level.is_roman => self.numeral,
            Class::Lower if level.number.len() == 2 && is_within_letter => self.letters,
            _ => self.letter,
        }
    }
}
