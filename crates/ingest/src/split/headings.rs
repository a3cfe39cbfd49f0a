//! Which pieces head others: titles beside their labels, and notes that stand after the text.

use chapeau_document::{Level, Span};

use super::annexes;
use super::containers;
use super::contents;
use super::instruments;
use super::naming::joins_title;
use super::piece::{Form, LONGEST_HEADING, Piece, Titled};
use super::provisions;
use super::sections;
use crate::label::folded;
use crate::letter_case::is_capitals;

/// Settles the forms of all pieces: labels take their titles, tables of contents fall silent.
pub(super) fn settle<'a>(pieces: Vec<Piece<'a>>, text: &'a str) -> Vec<Piece<'a>> {
    let mut pieces = pieces;
    contents::silence(&mut pieces);
    annexes::silence_banners(&mut pieces);
    sections::mark_bare(&mut pieces);
    super::quoted::mark(&mut pieces);
    let mut pieces = with_titles(pieces, text);
    contents::silence_lists(&mut pieces);
    let pieces = super::guidance::mark(pieces);
    let mut pieces = super::run_in::part(pieces);
    super::transitory::mark(&mut pieces);
    silence_repeated(&mut pieces);
    annexes::silence_mentioned(&mut pieces);
    gather_endnotes(&mut pieces);
    super::numbered_notes::mark_headings(&mut pieces);
    provisions::mark(&mut pieces);
    instruments::mark(&mut pieces);
    annexes::mark_resumptions(&mut pieces);
    annexes::nest(&mut pieces);
    containers::mark_unplaced(&mut pieces);
    pieces
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
            let is_above = |above: &Piece<'_>| {
                above.is_title_like()
                    && !instruments::names_act(above)
                    && !super::transitory::is_source(above.text)
            };
            if takes_above && settled.last().is_some_and(is_above) {
                if let Some(above) = settled.pop() {
                    piece = joined(&above, &piece, above.text, text);
                }
            } else if let Some(below) = pieces.next_if(|below| !takes_above && below.is_title_like()) {
                piece = joined(&piece, &below, below.text, text);
            }
        }
        while let Some(more) = pieces.next_if(|more| goes_on(&piece, more)) {
            piece = lengthened(&piece, &more, text);
        }
        settled.push(piece);
    }
    settled
}

/// A label alone right below its own head says nothing new: "Part 2001" under "PART 2001: ...".
fn silence_repeated(pieces: &mut [Piece<'_>]) {
    let mut last = String::new();
    for piece in pieces {
        let name = piece.text.trim_start_matches(['§', ' ']);
        // An accented letter has twice the bytes of its bare one.
        let may_repeat = !last.is_empty() && name.len() <= 2 * last.len();
        if may_repeat
            && folded(name) == last
            && piece.division().is_none_or(|division| division.title.is_none())
        {
            piece.form = Form::Contents;
            continue;
        }
        let label =
            piece.division().filter(|division| division.title.is_some()).map(|division| division.label);
        last = label.map_or_else(String::new, |label| folded(label.trim_start_matches(['§', ' '])));
    }
}

/// Whether a title goes on with this line: in capitals as it is, and either is cut at a small word.
fn goes_on(head: &Piece<'_>, line: &Piece<'_>) -> bool {
    let Some(title) = head.division().and_then(|division| division.title) else { return false };
    let last = title.rsplit(' ').next().unwrap_or_default();
    let first = line.text.split(' ').next().unwrap_or_default();
    line.is_title_like()
        && head.text.len() + line.text.len() <= LONGEST_HEADING
        && is_capitals(title) == is_capitals(line.text)
        && head.block.bold == line.block.bold
        && (joins_title(last) || joins_title(first) && is_capitals(title))
}

/// The head of a division with one more line of its title.
fn lengthened<'a>(head: &Piece<'a>, line: &Piece<'a>, text: &'a str) -> Piece<'a> {
    let span = Span::new(head.span.start, line.span.end);
    let whole = span.of(text);
    let Some(division) = head.division() else { return head.clone() };
    // The title is the end of the head, but for a mark behind it.
    let at = division.title.and_then(|title| head.text.rfind(title));
    let title = at.map_or(division.title, |at| Some(&whole[at..]));
    let form = Form::Division(Titled { title, ..division.clone() });
    Piece { span, text: whole, block: head.block, form }
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

/// One in so many of the endnotes begins with its number; the others are further paragraphs.
const NUMBERED_SHARE: usize = 3;

/// Notes gathered after the text: the chapters named there only say where the notes belong.
fn gather_endnotes(pieces: &mut [Piece<'_>]) {
    let is_title = |piece: &Piece<'_>| {
        piece.text.len() <= 40 && NOTES_TITLES.contains(&folded(piece.text.trim_end_matches(':')).as_str())
    };
    let Some(start) = pieces.iter().rposition(is_title).filter(|start| start * 2 > pieces.len()) else {
        return;
    };
    let end = pieces[start..].iter().position(is_annex).map_or(pieces.len(), |offset| start + offset);
    // "NOTES:" below a table heads what has no numbers.
    let is_numbered =
        |piece: &&Piece<'_>| piece.text.trim_start_matches(['[', '(']).starts_with(|c: char| c.is_numeric());
    // Notes that stand under the chapters that they belong to are notes, numbered or not.
    let by_chapter = pieces[start + 1..end].iter().any(|piece| piece.division().is_some());
    let n_numbered = pieces[start + 1..end].iter().filter(is_numbered).count();
    // What a tariff calls notes stands above the rows that it explains.
    if pieces[start + 1..end].iter().any(|piece| matches!(piece.form, Form::TableRow)) {
        return;
    }
    if !by_chapter && n_numbered * NUMBERED_SHARE < end - start - 1 {
        return;
    }
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
