//! What the file says of itself, as far as it can be believed.
//!
//! The information dictionary is filled in by the writing program: the title is often that of the
//! template, the author whoever owned the computer, the date that of the last printing. So a title
//! or an author counts only if the first pages print it too, and no date is taken.

use chapeau_document::{Kind, Metadata, Origin, Sourced, Sureness, registry};
use hayro_syntax::Pdf;
use hayro_syntax::object::String as Bytes;

use crate::line::ExtractedPage;

use super::{open, strings};

/// Titles are printed on one of the first pages.
const TITLE_PAGES: usize = 2;
/// A shorter title ("Report", "Annex 1") is printed on every other document too.
const TITLE_WORDS: usize = 3;
/// A longer one is an abstract.
const TITLE_CHARS: usize = 300;

/// The metadata that the file carries and its first pages confirm.
pub(super) fn read(pdf: &Pdf, pages: &[ExtractedPage]) -> Metadata {
    let printed = printed_words(pages);
    let information = pdf.metadata();
    let confirmed = |bytes: &Option<Box<[u8]>>, least_words: usize| {
        let text = strings::decode(bytes.as_deref()?);
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        is_printed(&text, &printed, least_words)
            .then(|| Sourced::new(text, Origin::Embedded).but(Sureness::Doubtful))
    };
    Metadata {
        title: confirmed(&information.title, TITLE_WORDS),
        author: confirmed(&information.author, 2),
        body: body(information.author.as_deref()),
        kind: kind(information.creator.as_deref()),
        language: language(pdf).map(|language| Sourced::new(language, Origin::Embedded)),
        ..Metadata::default()
    }
}

/// The author, where it is a body that issues documents: a house names itself, a person is none.
fn body(author: Option<&[u8]>) -> Option<Sourced<String>> {
    let body = registry::body_named(strings::decode(author?).trim())?;
    Some(Sourced::new(body.name.to_owned(), Origin::Embedded).but(Sureness::Doubtful))
}

/// What is written with a program for slides is a presentation, unless the text says something else.
fn kind(creator: Option<&[u8]>) -> Option<Sourced<Kind>> {
    const PROGRAMS: &[&str] = &["PowerPoint", "Impress", "Keynote", "Google Slides"];
    let creator = strings::decode(creator?);
    let is_slides = PROGRAMS.iter().any(|program| creator.contains(program));
    is_slides.then(|| Sourced::new(Kind::Presentation, Origin::Embedded).but(Sureness::Doubtful))
}

/// The language of the catalog. English is what many programs write unasked, so it says nothing.
fn language(pdf: &Pdf) -> Option<String> {
    let tag = strings::decode(open::catalog(pdf)?.get::<Bytes<'_>>("Lang")?.as_bytes());
    let code = tag.split(['-', '_']).next()?.to_ascii_lowercase();
    let is_code = code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_lowercase());
    (is_code && code != "en").then_some(code)
}

/// The letters and figures of the first pages, words apart by one space.
fn printed_words(pages: &[ExtractedPage]) -> String {
    let lines = pages.iter().take(TITLE_PAGES).flat_map(|page| &page.lines);
    lines.map(|line| bare_words(&line.text)).collect::<Vec<_>>().join(" ")
}

fn bare_words(text: &str) -> String {
    let words = text.split(|character: char| !character.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}

fn is_printed(text: &str, printed: &str, least_words: usize) -> bool {
    let words = bare_words(text);
    words.split(' ').count() >= least_words
        && text.chars().count() <= TITLE_CHARS
        && format!(" {printed} ").contains(&format!(" {words} "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_counts_only_if_it_is_printed() {
        let printed = bare_words("WORK PROGRAMME ON ELECTRONIC COMMERCE. Decision of 17 December 2011");
        let check = |title: &str, expected: bool| {
            assert_eq!(is_printed(title, &printed, TITLE_WORDS), expected, "{title}");
        };
        check("Work Programme on Electronic Commerce", true);
        check("Microsoft Word - wt-l-843.doc", false);
        check("Decision", false);
        check("ork Programme on Electronic", false);
    }
}
