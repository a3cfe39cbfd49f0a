//! Transitory provisions behind a law, and the decrees that reformed it, as Mexican editions print them: each
//! counts from its first again.

use chapeau_document::Level;

use super::instruments::is_first;
use super::piece::{Form, Piece, Standing, Titled};
use crate::label::{Class, Marker, Style, folded, number_value};
use crate::lists;

/// Longest head of transitory provisions, in bytes, and longest line that says where a decree was published.
const LONGEST_HEAD: usize = 60;
const LONGEST_SOURCE: usize = 160;
/// Longest ordinal, in bytes: "Décimo Séptimo".
const LONGEST_ORDINAL: usize = 24;
/// How many pieces may stand between such a head and its first provision.
const REACH: usize = 4;

/// Marks the heads, and the provisions that begin with ordinals.
pub(super) fn mark(pieces: &mut [Piece<'_>]) {
    if !pieces.iter().any(Piece::is_article) {
        return;
    }
    let heads: Vec<bool> = (0..pieces.len()).map(|at| is_head(pieces, at)).collect();
    let sources: Vec<Option<&str>> = (0..pieces.len()).map(|at| source(pieces, at)).collect();
    let mut is_within = false;
    for ((piece, is_head), source) in pieces.iter_mut().zip(heads).zip(sources) {
        let text = piece.text;
        if let Some(source) = source {
            let label = text.split(' ').next().unwrap_or_default();
            piece.form = Form::Division(headed(Level::Annex, label, Some(source), Standing::Instrument));
        } else if is_head {
            let label = text.trim_end_matches([':', '.', ' ']);
            piece.form = Form::Division(headed(Level::Part, label, None, Standing::Transitory));
        }
        is_within = is_head || is_within && piece.division().is_none();
        if let Some((label, body)) = ordinal(piece).filter(|_| is_within) {
            let style = Style { class: Class::Number, opened: false, close: b'.' };
            let value = number_value(label).unwrap_or(1);
            let body = text.len() - body.len();
            piece.form = Form::Marked(Marker {
                len: label.len() + 1,
                body,
                style,
                value,
                roman: None,
                is_inserted: false,
            });
        }
    }
}

fn headed<'a>(level: Level, label: &'a str, title: Option<&'a str>, standing: Standing) -> Titled<'a> {
    Titled { level, label, number: "", title, standing }
}

fn is_text(piece: &Piece<'_>) -> bool {
    matches!(piece.form, Form::Plain | Form::Heading)
}

/// Whether a piece heads transitory provisions that count from their first.
fn is_head(pieces: &[Piece<'_>], at: usize) -> bool {
    let piece = &pieces[at];
    let is_named = is_text(piece)
        && piece.text.len() <= LONGEST_HEAD
        && lists::TRANSITORY.contains(&folded(piece.text.trim_end_matches([':', '.', ' '])).as_str());
    let mut after = pieces[at + 1..].iter().take(REACH);
    is_named && after.any(begins)
}

/// Whether a piece is the first of several provisions, or the only one.
fn begins(piece: &Piece<'_>) -> bool {
    let of_article = piece.division().filter(|_| piece.is_article()).map(|division| division.number);
    of_article.or_else(|| ordinal(piece).map(|(label, _)| label)).is_some_and(is_first)
}

/// The ordinal that a paragraph begins with, and its words: "PRIMERO.- El presente Decreto".
fn ordinal<'a>(piece: &Piece<'a>) -> Option<(&'a str, &'a str)> {
    let text = piece.text;
    if piece.form != Form::Plain {
        return None;
    }
    let end = text[..text.floor_char_boundary(LONGEST_ORDINAL + 1)].find(['.', ':'])?;
    let (label, rest) = text.split_at(end);
    let body = rest.trim_start_matches(['.', ':', '-', '–', '—', ' ']);
    let is_parted = rest.starts_with(['.', ':']) && body.starts_with(char::is_uppercase);
    let counts = label.starts_with(char::is_uppercase) && (is_first(label) || number_value(label).is_some());
    let is_word = label.len() > 3 && label.chars().all(|c| c.is_alphabetic() || c == ' ');
    (is_parted && counts && is_word).then_some((label, body))
}

/// Where the decree was published whose title a piece is: "Publicado en el Diario Oficial ... el 3 de mayo".
fn source<'a>(pieces: &[Piece<'a>], at: usize) -> Option<&'a str> {
    let next = pieces.get(at + 1).filter(|next| is_text(next) && is_text(&pieces[at]))?;
    is_source(next.text).then_some(next.text)
}

/// Whether a line says in which gazette a decree was published.
pub(super) fn is_source(text: &str) -> bool {
    let mut words = text.split(' ');
    text.len() <= LONGEST_SOURCE
        && words.next().is_some_and(|first| lists::PUBLISHED.contains(&first))
        && words.any(|word| lists::GAZETTES.contains(&word))
}
