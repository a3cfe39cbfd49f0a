//! Sections of a text by numerals: "I" alone above its title, "II. Fees" above numbered paragraphs.

use chapeau_document::Level;

use super::piece::{Form, Piece, Standing, Titled};
use crate::label::{Class, Marker, roman};

/// Makes sections of numerals that stand alone on their lines, I, II ..., where each heads something.
pub(super) fn mark_bare(pieces: &mut [Piece<'_>]) {
    let mut found: Vec<usize> = Vec::new();
    let mut last = 0;
    for (at, piece) in pieces.iter().enumerate() {
        let Some(value) = bare_numeral(piece) else { continue };
        let begins = value == 1;
        if (begins || value == last + 1)
            && pieces.get(at + 1).is_some_and(|next| bare_numeral(next).is_none())
        {
            found.push(at);
            last = value;
        }
    }
    if last < 2 {
        return;
    }
    for at in found {
        let text = pieces[at].text;
        pieces[at].form = section(text.trim_end_matches('.'), None);
    }
}

/// "I", "IV.": a numeral in capitals, and nothing else.
fn bare_numeral(piece: &Piece<'_>) -> Option<u32> {
    const LONGEST: usize = 6;
    let numeral = piece.text.strip_suffix('.').unwrap_or(piece.text);
    let is_numeral = matches!(piece.form, Form::Plain | Form::Marked(_) | Form::Heading)
        && numeral.len() <= LONGEST
        && numeral.bytes().all(|byte| byte.is_ascii_uppercase());
    if is_numeral { roman(numeral.as_bytes()) } else { None }
}

fn section<'a>(number: &'a str, title: Option<&'a str>) -> Form<'a> {
    Form::Division(Titled {
        level: Level::Section,
        label: number,
        number,
        title,
        standing: Standing::Ordinary,
    })
}

/// Makes sections of the numbered headings of a decision, "II. Fees" and "B. Lamps": its paragraphs
/// stand below them, and are not numbered within them.
pub(super) fn mark_headings(pieces: &mut [Piece<'_>]) {
    let Some(from) = pieces.iter().position(|piece| heading(piece).is_some_and(|marker| is_first(&marker)))
    else {
        return;
    };
    let mut last = 0;
    for at in from..pieces.len() {
        let Some(marker) = heading(&pieces[at]) else { continue };
        let next = last + 1;
        let goes_on = marker.value == next || marker.roman == Some(next);
        let heads = pieces.get(at + 1).is_some_and(|next| heading(next).is_none());
        if heads && (goes_on || is_first(&marker)) {
            last = if goes_on { next } else { 1 };
            let text = pieces[at].text;
            let number = text[..marker.len].trim_end_matches(['.', ')']);
            pieces[at].form = section(number, Some(&text[marker.body..]));
        }
    }
}

fn is_first(marker: &Marker) -> bool {
    marker.value == 1 || marker.roman == Some(1)
}

/// The marker of a heading with a numeral or a letter in capitals.
fn heading(piece: &Piece<'_>) -> Option<Marker> {
    match piece.form {
        Form::Marked(marker)
            if marker.style.class == Class::Upper && !marker.style.opened && piece.is_numbered_heading() =>
        {
            Some(marker)
        }
        _ => None,
    }
}
