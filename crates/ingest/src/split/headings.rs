//! Which pieces head others: titles beside their labels, headings without number, and lists of
//! articles that head nothing.

use chapeau_document::{Level, Span};

use super::annexes;
use super::piece::{Form, Piece, Titled};
use crate::label::folded;

/// Settles the forms of all pieces: labels take their titles, tables of contents fall silent.
pub(super) fn settle<'a>(pieces: Vec<Piece<'a>>, text: &'a str) -> Vec<Piece<'a>> {
    let mut pieces = pieces;
    silence_contents(&mut pieces);
    let pieces = with_titles(pieces, text);
    let mut pieces = pieces;
    silence_lists(&mut pieces);
    annexes::silence_mentioned(&mut pieces);
    gather_endnotes(&mut pieces);
    annexes::mark_resumptions(&mut pieces);
    pieces
}

/// Titles of tables of contents, in small letters without accents.
const CONTENTS_TITLES: &[&str] = &[
    "contents",
    "table of contents",
    "table des matieres",
    "sommaire",
    "indice",
    "index",
    "tabla de contenido",
];

/// The title of a table of contents, and what stands between two of its lines.
fn silence_contents(pieces: &mut [Piece<'_>]) {
    for at in 0..pieces.len() {
        let is_line = |at: usize| pieces.get(at).is_some_and(|piece| piece.form == Form::Contents);
        let is_title =
            pieces[at].text.len() <= 40 && CONTENTS_TITLES.contains(&folded(pieces[at].text).as_str());
        let is_between = at > 0 && is_line(at - 1) && is_line(at + 1) && pieces[at].is_title_like();
        if is_title && (is_line(at + 1) || is_line(at + 2)) || is_between {
            pieces[at].form = Form::Contents;
        }
    }
}

/// Where the titles of a text's articles stand.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Layout {
    Below,
    Above,
}

fn with_titles<'a>(pieces: Vec<Piece<'a>>, text: &'a str) -> Vec<Piece<'a>> {
    let layout = layout(&pieces);
    let mut settled: Vec<Piece<'a>> = Vec::with_capacity(pieces.len());
    let mut pieces = pieces.into_iter().peekable();
    while let Some(mut piece) = pieces.next() {
        let Form::Division(division) = &piece.form else {
            settled.push(piece);
            continue;
        };
        if division.title.is_none() && !division.label.is_empty() {
            let takes_above = layout == Layout::Above && division.level == Level::Article;
            if takes_above && settled.last().is_some_and(Piece::is_title_like) {
                if let Some(above) = settled.pop() {
                    piece = joined(&above, &piece, above.text, text);
                }
            } else if let Some(below) = pieces.next_if(|below| !takes_above && below.is_title_like()) {
                piece = joined(&piece, &below, below.text, text);
            }
        }
        settled.push(piece);
    }
    settled
}

/// Two pieces as the one head of a division.
fn joined<'a>(first: &Piece<'a>, second: &Piece<'a>, title: &'a str, text: &'a str) -> Piece<'a> {
    let span = Span::new(first.span.start, second.span.end);
    let division = [first, second].into_iter().find_map(|piece| match &piece.form {
        Form::Division(division) => Some(division.clone()),
        _ => None,
    });
    let form =
        division.map_or(Form::Heading, |division| Form::Division(Titled { title: Some(title), ..division }));
    Piece { span, text: span.of(text), block: first.block, form }
}

/// Titles stand above the labels where that explains more articles than titles below do.
fn layout(pieces: &[Piece<'_>]) -> Layout {
    let is_like = |at: Option<usize>| at.and_then(|at| pieces.get(at)).is_some_and(Piece::is_title_like);
    let (mut above, mut below, mut bare) = (0, 0, 0);
    for (at, piece) in pieces.iter().enumerate() {
        let Form::Division(division) = &piece.form else { continue };
        if division.level == Level::Article && division.title.is_none() {
            let has_below = is_like(Some(at + 1));
            bare += 1;
            below += usize::from(has_below);
            above += usize::from(!has_below && is_like(at.checked_sub(1)));
        }
    }
    // Headings of groups stand above a few articles of any text.
    if above > below.max(1) && above * 2 > bare { Layout::Above } else { Layout::Below }
}

/// A list of articles has heading after heading and no words of theirs.
const SHORTEST_LIST: usize = 4;

/// Lists of articles without page numbers: headings with nothing under them, one after another.
fn silence_lists(pieces: &mut [Piece<'_>]) {
    let mut from = 0;
    while from < pieces.len() {
        let run = pieces[from..].iter().take_while(|piece| heads_nothing_else(piece)).count();
        let is_article = |piece: &&Piece<'_>| matches!(&piece.form, Form::Division(division) if division.level == Level::Article);
        let n_articles = pieces[from..from + run].iter().filter(is_article).count();
        if n_articles >= SHORTEST_LIST {
            // The last heading of the run may be the first of the text itself.
            let keep = usize::from(pieces.len() > from + run);
            let end = last_of_list(&pieces[from..from + run]).min(run - keep);
            for piece in &mut pieces[from..from + end] {
                piece.form = Form::Contents;
            }
        }
        from += run.max(1);
    }
}

fn heads_nothing_else(piece: &Piece<'_>) -> bool {
    matches!(piece.form, Form::Division(_) | Form::Contents) && piece.block.role == crate::Role::Body
}

/// How many pieces of a run of headings are a list: up to where its first division comes again.
fn last_of_list(run: &[Piece<'_>]) -> usize {
    let label = |piece: &Piece<'_>| match &piece.form {
        Form::Division(division) => Some(folded(division.label)),
        _ => None,
    };
    let Some((first, name)) = run.iter().enumerate().find_map(|(at, piece)| Some((at, label(piece)?))) else {
        return run.len();
    };
    let again = run.iter().skip(first + 1).position(|piece| label(piece).as_ref() == Some(&name));
    again.map_or(run.len(), |offset| first + 1 + offset)
}

/// Titles of endnotes, in small letters without accents.
const NOTES_TITLES: &[&str] = &[
    "notas al pie de pagina",
    "notas al pie",
    "notas",
    "footnotes",
    "endnotes",
    "notes",
    "notes de bas de page",
];

/// Notes gathered after the text: the chapters named there only say where the notes belong.
fn gather_endnotes(pieces: &mut [Piece<'_>]) {
    let is_title = |piece: &Piece<'_>| {
        piece.text.len() <= 40 && NOTES_TITLES.contains(&folded(piece.text.trim_end_matches(':')).as_str())
    };
    let Some(start) = pieces.iter().rposition(is_title).filter(|start| start * 2 > pieces.len()) else {
        return;
    };
    let end = pieces[start..].iter().position(is_annex).map_or(pieces.len(), |offset| start + offset);
    for piece in &mut pieces[start..end] {
        let digits = piece.text.len() - piece.text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        piece.form = match piece.form {
            Form::Division(_) => Form::Heading,
            _ if is_title(piece) => Form::Heading,
            _ => Form::Footnote(&piece.text[..digits]),
        };
    }
}

fn is_annex(piece: &Piece<'_>) -> bool {
    matches!(&piece.form, Form::Division(division) if division.level == Level::Annex)
}
