//! Provisions of one sentence that stand on the line of their label: "Article 9. The lamp fee is
//! abolished." A head rules what is under it; where nothing is, it is the provision itself.

use chapeau_document::Level;

use super::closing;
use super::instruments;
use super::openers;
use super::piece::{Form, Piece, parted};
use crate::label::folded;
use crate::lists;

/// Parts the labels of articles from the sentences on their lines, where nothing else is in the article.
pub(super) fn part(pieces: Vec<Piece<'_>>) -> Vec<Piece<'_>> {
    let bodies: Vec<Option<&str>> = (0..pieces.len()).map(|at| body(&pieces, at)).collect();
    if bodies.iter().all(Option::is_none) {
        return pieces;
    }
    let mut settled = Vec::with_capacity(pieces.len() + bodies.iter().flatten().count());
    for (piece, body) in pieces.into_iter().zip(bodies) {
        match body {
            Some(body) => settled.extend(parted(piece.block, piece.span, piece.text, piece.form, body)),
            None => settled.push(piece),
        }
    }
    settled
}

/// The sentence on the line of an article's label, if it is all that there is of the article.
fn body<'a>(pieces: &[Piece<'a>], at: usize) -> Option<&'a str> {
    let piece = &pieces[at];
    let division = piece.division().filter(|division| division.level == Level::Article)?;
    let title = division.title.filter(|title| piece.text.ends_with(*title))?;
    let is_one_line = piece.span.end <= piece.block.span.end;
    let is_sentence = title.trim_end_matches(['”', '"', '»', '’', ')']).ends_with('.') || is_absent(title);
    let next = pieces[at + 1..].iter().find(|piece| !matches!(piece.form, Form::Footnote(_)));
    // "Let it be published." is no title, whoever signs below.
    let is_whole = next.is_none_or(ends_article) || openers::is_testimonium(title);
    (is_one_line && is_sentence && is_whole).then_some(title)
}

/// Whether words in brackets say that the article is not there: "(abrogé)", `[Repealed]`.
fn is_absent(words: &str) -> bool {
    let within = words.strip_prefix(['(', '[']).unwrap_or_default();
    within.ends_with([')', ']']) && {
        let within = folded(within.trim_start());
        lists::ABSENT.iter().any(|word| within.starts_with(word))
    }
}

/// Whether an article ends before this piece: at the next head, or at the lines that close a text.
fn ends_article(piece: &Piece<'_>) -> bool {
    matches!(piece.form, Form::Division(_))
        || instruments::names_act(piece)
        || openers::is_testimonium(piece.text)
        || closing::is_closing_line(piece.text)
}
