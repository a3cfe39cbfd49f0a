//! Acts of the European Union: who acts, citations ("Having regard to ..."), numbered recitals behind
//! "Whereas:", and the words by which the act is adopted.
//!
//! EU lawyers cite recitals by their own numbers, "recital (8)"; citations have none.

use chapeau_document::{Part, Unit};

use super::openers;
use super::parts::{Place, place};
use super::piece::{Form, Piece};
use crate::label::{Class, Style};
use crate::letter_case::is_capitals;

/// Where the steps of the preamble are.
pub(super) struct Preamble {
    /// Who acts, or the first citation.
    start: usize,
    /// "Whereas:"
    whereas: Option<usize>,
    /// "HAS ADOPTED THIS REGULATION:"
    adopted: usize,
    /// Whether nothing follows what the act has regard to: then these are its recitals.
    only_cites: bool,
}

/// The preamble of an act, if the text has one of this kind.
pub(super) fn preamble(pieces: &[Piece<'_>]) -> Option<Preamble> {
    let is_plain = |piece: &Piece<'_>| piece.form == Form::Plain;
    let adopted = pieces.iter().position(|piece| is_plain(piece) && openers::is_adoption(piece.text))?;
    let whereas = pieces[..adopted].iter().rposition(|piece| openers::is_whereas(piece.text));
    let citation = |piece: &Piece<'_>| openers::is_citation(piece.text) && is_plain(piece);
    let anchor = whereas.or_else(|| {
        let last = pieces[..adopted].iter().rposition(citation)?;
        Some(last + 1)
    })?;
    let goes_before = |piece: &&Piece<'_>| match &piece.form {
        Form::Plain => without_marks(piece.text).ends_with([',', ';']) || names_institution(piece.text),
        Form::Footnote(_) => true,
        Form::Marked(_) => is_note(piece),
        _ => false,
    };
    let n_before = pieces[..anchor].iter().rev().take_while(goes_before).count();
    let start = anchor - n_before;
    let gives_reasons = |piece: &Piece<'_>| openers::is_whereas_clause(piece.text);
    let only_cites = whereas.is_none() && !pieces[start..adopted].iter().any(gives_reasons);
    Some(Preamble { start, whereas, adopted, only_cites })
}

/// Fewest paragraphs of prose before the act itself that make a memorandum, and the length of one.
const LEAST_PROSE: usize = 5;
const PROSE: usize = 240;

impl Preamble {
    /// The places of the pieces up to the words of adoption.
    pub(super) fn places(&self, pieces: &[Piece<'_>]) -> Vec<Place> {
        let mut places = self.front(&pieces[..self.start]);
        let mut last = 0;
        let style = self.style(pieces);
        for (at, piece) in pieces.iter().enumerate().take(self.adopted + 1).skip(self.start) {
            places.push(place(Part::Preambular, self.unit(at, piece, style, &mut last)));
        }
        places
    }

    /// What stands before: a masthead, or the memorandum of a proposal.
    fn front(&self, pieces: &[Piece<'_>]) -> Vec<Place> {
        let is_prose = |piece: &Piece<'_>| {
            matches!(piece.form, Form::Plain | Form::Marked(_)) && piece.text.len() >= PROSE
        };
        let has_memorandum = pieces.iter().filter(|piece| is_prose(piece)).count() >= LEAST_PROSE;
        let first = pieces.iter().position(is_prose).unwrap_or(pieces.len());
        // The number and title of its first section stand above the first words.
        let heads = |piece: &&Piece<'_>| matches!(piece.form, Form::Marked(_));
        let first = first - pieces[..first].iter().rev().take_while(heads).count();
        let of = |(at, piece): (usize, &Piece<'_>)| match () {
            () if !has_memorandum || at < first => place(Part::FrontMatter, Unit::Masthead),
            () => place(Part::Main, piece.is_set_off().then_some(Unit::Heading)),
        };
        pieces.iter().enumerate().map(of).collect()
    }

    fn unit(&self, at: usize, piece: &Piece<'_>, style: Option<Style>, last: &mut u32) -> Unit {
        let in_recitals = self.whereas.is_some_and(|whereas| at > whereas);
        match &piece.form {
            _ if at == self.adopted || self.whereas == Some(at) => Unit::Chapeau,
            Form::Marked(marker) if in_recitals => {
                let goes_on = marker.value > *last || marker.is_inserted && marker.value == *last;
                let is_next = Some(marker.style) == style && goes_on;
                *last = if is_next { marker.value } else { *last };
                if is_next { Unit::Recital } else { Unit::SubParagraph }
            }
            _ if openers::is_citation(piece.text) && self.only_cites => Unit::Recital,
            _ if openers::is_citation(piece.text) => Unit::Paragraph,
            _ if at == self.start => Unit::Chapeau,
            _ if !in_recitals && openers::is_recital(piece.text) => Unit::Recital,
            _ if in_recitals && style.is_none() => Unit::Recital,
            _ => Unit::Paragraph,
        }
    }

    /// How the numbers of the recitals are printed, if they have any.
    fn style(&self, pieces: &[Piece<'_>]) -> Option<Style> {
        let recitals = self.whereas.map_or(&[][..], |whereas| &pieces[whereas + 1..self.adopted]);
        recitals.iter().find_map(|piece| match &piece.form {
            Form::Marked(marker) if marker.style.class == Class::Number => Some(marker.style),
            _ => None,
        })
    }
}

/// "DER RAT DER EUROPÄISCHEN UNION —": who acts, in German before a dash.
fn names_institution(words: &str) -> bool {
    let name = words.trim_end_matches([' ', '\u{a0}', '-', '–', '—']);
    name.len() < words.len() && is_capitals(name)
}

/// Whether an act of the European Union is adopted by these words, within its preamble: the annexes to it
/// have points.
pub(super) fn is_adopted(pieces: &[Piece<'_>], places: &[Place]) -> bool {
    let chapeau = place(Part::Preambular, Unit::Chapeau);
    let mut chapeaux = pieces.iter().zip(places).filter(|(_, found)| **found == chapeau);
    chapeaux.any(|(piece, _)| openers::is_adoption(piece.text))
}

/// "(1) OJ C 123, 4.5.2030, p. 6.": the footnotes of the Official Journal begin as recitals do.
pub(super) fn settle_notes(pieces: &mut [Piece<'_>]) {
    for piece in pieces {
        if is_note(piece)
            && let Form::Marked(marker) = piece.form
        {
            piece.form = Form::Footnote(piece.text[..marker.len].trim_matches(['(', ')']));
        }
    }
}

fn is_note(piece: &Piece<'_>) -> bool {
    const JOURNALS: &[&str] = &["OJ L", "OJ C", "JO L", "JO C", "DO L", "DO C"];
    matches!(&piece.form, Form::Marked(marker) if marker.style.opened && marker.style.class == Class::Number)
        && JOURNALS.iter().any(|journal| piece.words().starts_with(journal))
}

/// The words without the marks of footnotes behind them: "Committee (1)," as "Committee".
fn without_marks(words: &str) -> &str {
    let is_mark = |c: char| c.is_numeric() || matches!(c, '(' | ')' | ' ' | '*');
    let bare = words.trim_end_matches(is_mark);
    if bare.ends_with([',', ';']) { bare } else { words }
}
