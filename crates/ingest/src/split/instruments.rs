//! Instruments of their own within one text: the second act of a gazette, the treaty printed after
//! the law that ratifies it, the protocols after an agreement. Each begins its articles anew.

use std::collections::HashMap;

use chapeau_document::Level;

use super::naming::joins_title;
use super::piece::{Form, Piece, Standing, Titled};
use crate::label::{folded, roman};
use crate::letter_case::is_capitals;
use crate::lists;

/// Longest title of an act, in bytes, and how many pieces may stand between it and its first article.
const LONGEST_TITLE: usize = 500;
const REACH: usize = 120;

/// Whether a word says that a number follows: "n°", "No.".
pub(super) fn is_number_sign(word: &str) -> bool {
    matches!(folded(word).trim_end_matches('.'), "n°" | "nº" | "no" | "num" | "numero" | "number")
}

/// Marks annexes that are known by their titles, and the titles of further acts.
pub(super) fn mark(pieces: &mut [Piece<'_>]) {
    name_annexes(pieces);
    let titles: Vec<usize> = (0..pieces.len()).filter(|at| is_title(&pieces[*at])).collect();
    let heads: Vec<usize> = titles.iter().copied().filter(|at| begins(pieces, *at)).collect();
    // A title that comes again is that of the whole text: no act is told from another by it.
    let names: Vec<String> = heads.iter().map(|at| folded(pieces[*at].text)).collect();
    let mut counts: HashMap<&str, usize> = HashMap::new();
    names.iter().for_each(|name| *counts.entry(name).or_default() += 1);
    let alone = heads.into_iter().zip(&names).filter(|(_, name)| counts[name.as_str()] == 1);
    let heads: Vec<usize> = alone.map(|(at, _)| at).collect();
    let first_article = pieces.iter().position(Piece::is_article).unwrap_or(pieces.len());
    // A single act is the document itself.
    if heads.len() < 2 && heads.first().is_none_or(|head| *head < first_article) {
        return;
    }
    for at in heads {
        let text = pieces[at].text;
        pieces[at].form = Form::Division(Titled {
            level: Level::Annex,
            label: text,
            number: "",
            title: None,
            standing: Standing::Instrument,
        });
    }
}

/// "PROTOCOL" goes by its title; so do annexes of one word, where there are several.
fn name_annexes(pieces: &mut [Piece<'_>]) {
    let is_bare = |piece: &Piece<'_>| {
        piece.division().is_some_and(|division| {
            division.level == Level::Annex && division.number.is_empty() && division.title.is_some()
        })
    };
    let has_name = |division: &Titled<'_>| {
        joins_title(division.title.unwrap_or_default().split(' ').next().unwrap_or_default())
    };
    let is_alone = |piece: &&Piece<'_>| is_bare(piece) && !piece.division().is_some_and(has_name);
    let n_alone = pieces.iter().filter(is_alone).count();
    for piece in pieces.iter_mut().filter(|piece| is_bare(piece)) {
        let Form::Division(division) = &mut piece.form else { continue };
        if n_alone > 1 || has_name(division) {
            division.standing = Standing::Named;
        }
    }
}

/// Whether a piece is the title of an act: in capitals, or with the number of the act.
fn is_title(piece: &Piece<'_>) -> bool {
    let text = piece.text;
    if !matches!(piece.form, Form::Plain | Form::Heading)
        || text.len() > LONGEST_TITLE
        || text.ends_with([';', ',', ':'])
    {
        return false;
    }
    let mut words = text.split_whitespace();
    let kind = folded(words.next().unwrap_or_default());
    if !lists::INSTRUMENTS.contains(&kind.as_str()) {
        return false;
    }
    let mut next = words.take(4);
    let is_numbered = next.any(is_number_sign) && text.contains(|c: char| c.is_ascii_digit());
    is_capitals(text) && text.contains(' ') || is_numbered && text.starts_with(char::is_uppercase)
}

/// Whether the first article of an act comes next, before any other.
fn begins(pieces: &[Piece<'_>], at: usize) -> bool {
    let mut after = pieces[at + 1..].iter().take(REACH);
    let article = after.find(|piece| piece.is_article() || is_title(piece));
    article.and_then(Piece::division).is_some_and(|division| is_first(division.number))
}

/// Whether a number is that of a first article.
pub(super) fn is_first(number: &str) -> bool {
    let number = folded(number);
    let words = ["premier", "unique", "unico", "primero", "one", "1er", "1o", "1º", "1°", "ier"];
    words.contains(&number.as_str()) || number == "1" || roman(number.as_bytes()) == Some(1)
}

/// Whether an annex or instrument at this place has its own first article, and so may have a preamble.
pub(super) fn is_own(pieces: &[Piece<'_>], at: usize) -> bool {
    let is_named = |piece: &Piece<'_>| {
        piece
            .division()
            .is_some_and(|division| matches!(division.standing, Standing::Named | Standing::Instrument))
    };
    let is_annex =
        |piece: &Piece<'_>| piece.division().is_some_and(|division| division.level == Level::Annex);
    let mut after = pieces[at + 1..].iter().take(REACH).take_while(|piece| !is_annex(piece));
    is_named(&pieces[at])
        && after
            .find(|piece| piece.is_article())
            .and_then(Piece::division)
            .is_some_and(|first| is_first(first.number))
}
