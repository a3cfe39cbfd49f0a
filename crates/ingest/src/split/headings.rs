//! Which pieces head others: titles beside their labels, headings without number, and lists of
//! articles that head nothing.

use chapeau_document::{Level, Span};

use super::annexes;
use super::piece::{Form, LONGEST_HEADING, Piece, Titled};
use crate::label::folded;

/// Settles the forms of all pieces: labels take their titles, tables of contents fall silent.
pub(super) fn settle<'a>(pieces: Vec<Piece<'a>>, text: &'a str) -> Vec<Piece<'a>> {
    let mut pieces = pieces;
    silence_contents(&mut pieces);
    silence_page_lists(&mut pieces);
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

/// Fewest lines of a table of contents without leaders.
const SHORTEST_PAGE_LIST: usize = 4;

/// Most such tables that are looked for, since each is compared with the whole text.
const MOST_PAGE_LISTS: usize = 8;

/// How many lines, of one line of such a table to the next, may be the first lines of a long entry.
const LONGEST_ENTRY: usize = 2;

/// Tables of contents without leaders: titles with the numbers of their pages, which grow, and of
/// which most come again as lines of the text itself.
fn silence_page_lists(pieces: &mut [Piece<'_>]) {
    let mut from = 0;
    let mut n_looked_at = 0;
    while from < pieces.len() && n_looked_at < MOST_PAGE_LISTS {
        let entries = page_list(&pieces[from..]);
        if entries.len() < SHORTEST_PAGE_LIST {
            from += entries.last().map_or(1, |last| last + 1);
            continue;
        }
        let end = from + entries.last().map_or(1, |last| last + 1);
        n_looked_at += 1;
        let comes_again = |entry: &&usize| {
            let title = title_of_entry(pieces[from + **entry].text).map_or("", |(title, _)| title);
            pieces[end..]
                .iter()
                .any(|piece| piece.text.ends_with(title) && piece.text.len() < title.len() + 60)
        };
        let n_again = entries.iter().filter(comes_again).count();
        if n_again * 2 >= entries.len() {
            pieces[from..end].iter_mut().for_each(|piece| piece.form = Form::Contents);
        }
        from = end;
    }
}

/// The places of the entries of a table that begins with the first piece.
fn page_list(pieces: &[Piece<'_>]) -> Vec<usize> {
    let mut entries: Vec<usize> = Vec::new();
    let mut page = 0;
    for (at, piece) in pieces.iter().enumerate() {
        let entry = title_of_entry(piece.text).filter(|(_, number)| *number >= page);
        match entry {
            Some((_, number)) => {
                page = number;
                entries.push(at);
            }
            None if entries.is_empty() => break,
            None if at - entries.last().copied().unwrap_or(at) > LONGEST_ENTRY || !piece.is_title_like() => {
                break;
            }
            None => {}
        }
    }
    entries
}

/// "Component 4 – Services 12": the title and the page. A number in the title is its label.
fn title_of_entry(text: &str) -> Option<(&str, u32)> {
    let (title, page) = text.rsplit_once([' ', '\t'])?;
    let is_title = title.len() <= LONGEST_HEADING
        && title.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
        && title.ends_with(|c: char| c.is_alphabetic() || c == ')')
        && title.contains(char::is_lowercase);
    let is_page = page.len() <= 3 && page.bytes().all(|byte| byte.is_ascii_digit());
    if is_title && is_page { Some((title.trim_end(), page.parse().ok()?)) } else { None }
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
