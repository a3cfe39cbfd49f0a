//! Annexes in mid-text: those only named there, and those after which the text goes on.

use std::collections::{HashMap, HashSet};

use chapeau_document::Level;

use super::instruments;
use super::openers;
use super::piece::{Form, Piece, Standing, Titled};
use crate::label::{Class, folded, roman};

/// An annex named in a list within the text does not end the text: the next article goes on with
/// the numbers.
pub(super) fn silence_mentioned(pieces: &mut [Piece<'_>]) {
    let mut last = 0;
    let mut last_number = 0;
    for at in 0..pieces.len() {
        if let Some(number) = section(&pieces[at]) {
            last_number = number;
        }
        let Form::Division(division) = &pieces[at].form else { continue };
        let is_bare = division.number.is_empty() && division.title.is_none();
        match division.level {
            // "Schedule." in the margin of a section: no head ends so, and the sections go on.
            Level::Annex if is_bare && last_number > 0 && goes_on(&pieces[at + 1..], last_number) => {
                pieces[at].form = Form::Plain;
            }
            Level::Article => last = whole_number(division.number).unwrap_or(last),
            Level::Annex if last > 0 && next_article(&pieces[at + 1..]) == last.checked_add(1) => {
                pieces[at].form = Form::Plain;
            }
            _ => {}
        }
    }
}

/// An annex that is named again and again in the same words is a banner of pages, and one above the
/// masthead of a text with its own preamble says where that text is annexed: neither is a division.
pub(super) fn silence_banners(pieces: &mut [Piece<'_>]) {
    let mut seen: HashSet<String> = HashSet::new();
    let mut has_body = false;
    for at in 0..pieces.len() {
        has_body |= is_body(&pieces[at]);
        let Some(division) = pieces[at].division().filter(|division| division.level == Level::Annex) else {
            continue;
        };
        let is_repeated = !division.number.is_empty() && !seen.insert(folded(pieces[at].text));
        let is_leading = !has_body && has_preamble(&pieces[at + 1..]);
        if is_leading || is_repeated && !begins_anew(&pieces[at + 1..]) {
            pieces[at].form = Form::Plain;
        }
    }
}

/// Whether what follows has a beginning of its own: a first number, a first article, a preamble.
fn begins_anew(pieces: &[Piece<'_>]) -> bool {
    const REACH: usize = 30;
    let is_annex =
        |piece: &&Piece<'_>| piece.division().is_some_and(|division| division.level == Level::Annex);
    let begins = |piece: &Piece<'_>| match &piece.form {
        Form::Division(division) => {
            Some(division.number).filter(|_| piece.is_article()).map(instruments::is_first)
        }
        Form::Marked(marker) if !marker.is_item() => Some(marker.value == 1 || marker.roman == Some(1)),
        _ => None,
    };
    pieces.iter().take(REACH).take_while(|piece| !is_annex(piece)).find_map(begins).unwrap_or(false)
}

/// Whether a piece is text that a division could hold, rather than a line of a title page.
fn is_body(piece: &Piece<'_>) -> bool {
    piece.is_article()
        || matches!(&piece.form, Form::Marked(marker) if !marker.is_item())
        || openers::is_recital(piece.words())
}

/// Whether recitals come before anything that is numbered, as they do in a text of its own.
fn has_preamble(pieces: &[Piece<'_>]) -> bool {
    const OPENING: usize = 80;
    let is_recital = |piece: &&Piece<'_>| {
        matches!(piece.form, Form::Plain | Form::Marked(_)) && openers::is_recital(piece.words())
    };
    let opening = pieces.iter().take(OPENING).take_while(|piece| piece.division().is_none());
    opening.filter(is_recital).count() >= 2
}

/// An appendix stands in the annex before it; annexes of one number that come after several
/// protocols or instruments are theirs.
pub(super) fn nest(pieces: &mut [Piece<'_>]) {
    let mut counts: HashMap<String, u32> = HashMap::new();
    for division in pieces.iter().filter_map(Piece::division).filter(|division| is_plain_annex(division)) {
        *counts.entry(folded(division.label)).or_default() += 1;
    }
    let mut is_open = false;
    let mut owner = Standing::Ordinary;
    for piece in pieces {
        let Form::Division(division) = &mut piece.form else { continue };
        let is_act = owner == Standing::Instrument;
        if is_plain_annex(division) {
            let shares_name = counts.get(&folded(division.label)).is_some_and(|count| *count > 1);
            let is_owned = is_act || owner == Standing::Named && shares_name;
            if is_open && is_appendix(division.label) || is_owned {
                division.standing = Standing::Nested;
            }
        } else if is_act && division.level == Level::Annex && division.standing == Standing::Ordinary {
            division.standing = Standing::Nested;
        }
        if division.level == Level::Annex && division.standing != Standing::Nested {
            is_open = true;
            owner = division.standing;
        }
    }
}

fn is_plain_annex(division: &Titled<'_>) -> bool {
    division.level == Level::Annex && division.standing == Standing::Ordinary && !division.number.is_empty()
}

/// Whether a label has a word for what belongs to an annex.
fn is_appendix(label: &str) -> bool {
    const WORDS: &[&str] = &["appendix", "appendice", "apendice", "attachment", "adjunto"];
    WORDS.iter().any(|word| folded(label).starts_with(word))
}

/// Whether the next number is the one after `last`, before any other division.
fn goes_on(pieces: &[Piece<'_>], last: u32) -> bool {
    const REACH: usize = 200;
    let next = pieces.iter().take(REACH).take_while(|piece| !piece.is_article()).find_map(section);
    next == last.checked_add(1)
}

/// The number of a section or paragraph: "245." before its words.
fn section(piece: &Piece<'_>) -> Option<u32> {
    match &piece.form {
        Form::Marked(marker) if marker.style.class == Class::Number && marker.style.close == b'.' => {
            Some(marker.value)
        }
        _ => None,
    }
}

fn next_article(pieces: &[Piece<'_>]) -> Option<u32> {
    pieces.iter().filter_map(article).take(1).find_map(whole_number)
}

/// Marks the divisions at which a text goes on after annexes to one of its chapters, as in NAFTA:
/// their first article has the next number of the text, where an annex would count anew.
pub(super) fn mark_resumptions(pieces: &mut [Piece<'_>]) {
    let mut last: Option<Number> = None;
    let mut in_annex = false;
    for at in 0..pieces.len() {
        let Form::Division(Titled { level, number, .. }) = pieces[at].form else { continue };
        match level {
            Level::Annex => in_annex = true,
            Level::Article if !in_annex => last = number_of(number).or(last),
            Level::Part | Level::Chapter if in_annex => {
                let next = first_article(&pieces[at + 1..]);
                let goes_on = last.zip(next).is_some_and(|(last, next)| last.precedes(next));
                if goes_on && let Form::Division(division) = &mut pieces[at].form {
                    division.standing = Standing::Resumes;
                    in_annex = false;
                }
            }
            _ => {}
        }
    }
}

/// The number of the first article under a division, with no annex before it.
fn first_article(pieces: &[Piece<'_>]) -> Option<Number> {
    let divisions = pieces.iter().filter_map(|piece| match &piece.form {
        Form::Division(division) => Some(division),
        _ => None,
    });
    let mut divisions = divisions
        .skip_while(|division| matches!(division.level, Level::Part | Level::Chapter | Level::Section));
    divisions
        .next()
        .filter(|division| division.level == Level::Article)
        .and_then(|first| number_of(first.number))
}

/// The number of an article: its own, with that of the chapter if it is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Number {
    chapter: Option<u32>,
    article: u32,
}

/// Articles of a chapter in numbers as 1601: at most 99.
const PER_CHAPTER: u32 = 100;

impl Number {
    /// Whether `next` may be the first article of the chapter after the one that ends with this.
    fn precedes(self, next: Self) -> bool {
        let opens_chapter =
            |last: u32, chapter: u32, article: u32| last.checked_add(1) == Some(chapter) && article <= 1;
        match (self.chapter, next.chapter) {
            (Some(last), Some(chapter)) => opens_chapter(last, chapter, next.article),
            (None, None) => {
                let in_hundreds = self.article > PER_CHAPTER
                    && opens_chapter(
                        self.article / PER_CHAPTER,
                        next.article / PER_CHAPTER,
                        next.article % PER_CHAPTER,
                    );
                in_hundreds || self.article.checked_add(1) == Some(next.article)
            }
            _ => false,
        }
    }
}

/// "14.3", "1-01", "1601", "XX".
fn number_of(number: &str) -> Option<Number> {
    if let Some((chapter, article)) = number.split_once(['.', '-']) {
        return Some(Number { chapter: Some(chapter.parse().ok()?), article: article.parse().ok()? });
    }
    Some(Number { chapter: None, article: whole_number(number)? })
}

fn article<'a>(piece: &Piece<'a>) -> Option<&'a str> {
    match &piece.form {
        Form::Division(division) if division.level == Level::Article => Some(division.number),
        _ => None,
    }
}

fn whole_number(number: &str) -> Option<u32> {
    number.parse().ok().or_else(|| roman(number.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(last: &str, next: &str, expected: bool) {
        let numbers = number_of(last).zip(number_of(next));
        let goes_on = numbers.is_some_and(|(last, next)| last.precedes(next));
        assert_eq!(goes_on, expected, "{next} after {last}");
    }

    #[test]
    fn a_text_goes_on_with_its_own_numbers() {
        check("1505", "1601", true);
        check("14.12", "15.1", true);
        check("3-17", "4-01", true);
        check("XX", "XXI", true);
        check("45", "46", true);
    }

    #[test]
    fn annexes_count_anew() {
        check("1505", "1", false);
        check("1505", "1506.2", false);
        check("14.12", "1.1", false);
        check("45", "2", false);
        check("45", "47", false);
        check("1505", "1701", false);
    }

    #[test]
    fn what_follows_an_annex_in_mid_text_is_not_in_it() {
        let text = "Article 101: Aims\n\nThe Parties shall trade.\n\nArticle 102: Words\n\n\
            Goods means goods.\n\nANNEX 102: Words of one Party\n\nGoods means services.\n\n\
            CHAPTER TWO\nTRADE\n\nArticle 201: Duties\n\nNo Party shall levy duties.\n\n\
            ANNEX A\n\nArticle 1: Lists\n\nThe lists are open.\n\nArticle 2: Dates\n\nNone.\n";
        let source = crate::Source { path: "t.txt", bytes: text.as_bytes(), given: &[] };
        let reading = crate::read(&source, &crate::Options::default()).expect("a plain text");
        let document = &reading.documents[0];
        let said = |words: &str| {
            let clause = document
                .clauses
                .iter()
                .find(|clause| clause.span.of(&document.text).starts_with(words))
                .expect("the words are there");
            format!("{} {}", clause.part, clause.label.clone().unwrap_or_default())
        };
        assert_eq!(said("Goods means services"), "annex Annex 102");
        assert_eq!(said("No Party shall levy"), "operative Article 201");
        assert_eq!(said("The lists are open"), "annex Annex A, Article 1");
    }
}
