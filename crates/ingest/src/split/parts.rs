//! Parts: which pieces are front matter, preamble, operative text, annex or closing.

use chapeau_document::{Level, Part, Unit};

use super::instruments;
use super::piece::{Form, Piece, Standing};
use super::{closing, decisions, openers, union};
use crate::label::{folded, roman};
use crate::lists;

/// What kind of structure a text has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// Articles.
    Treaty,
    /// Recitals and operative paragraphs.
    Decision,
    /// Slides with headings and bullets.
    Deck,
    /// Anything else: rulebooks, reports, papers.
    Main,
}

/// The part of a piece, and its unit where the part decides it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) part: Part,
    pub(super) unit: Option<Unit>,
}

pub(super) fn place(part: Part, unit: impl Into<Option<Unit>>) -> Place {
    Place { part, unit: unit.into() }
}

/// The shape of a text.
pub(super) fn shape(pieces: &[Piece<'_>], pages_are_slides: bool, may_be_deck: bool) -> Shape {
    let n_articles = pieces.iter().filter(|piece| piece.is_article()).count();
    if n_articles >= 2 {
        Shape::Treaty
    } else if pages_are_slides || may_be_deck && is_deck(pieces) {
        Shape::Deck
    } else if decisions::is_decision(pieces) {
        Shape::Decision
    } else {
        Shape::Main
    }
}

pub(super) fn is_division(piece: &Piece<'_>, level: Level) -> bool {
    matches!(&piece.form, Form::Division(division) if division.level == level)
}

fn is_item(piece: &Piece<'_>) -> bool {
    matches!(&piece.form, Form::Marked(marker) if marker.is_item())
}

/// Slides have more bullets than anything else, under several headings.
fn is_deck(pieces: &[Piece<'_>]) -> bool {
    let n_items = pieces.iter().filter(|piece| is_item(piece)).count();
    let leads = |text: &str| openers::is_recital(text) || openers::is_act_chapeau(text);
    let heads = |pair: &[Piece<'_>]| {
        let [head, item] = pair else { return false };
        !is_item(head) && is_item(item) && head.text.len() <= 120 && !leads(head.text)
    };
    let n_headings = pieces.windows(2).filter(|pair| heads(pair)).count();
    n_items * 2 > pieces.len() && n_headings >= 2
}

pub(super) fn is_plain(piece: &Piece<'_>) -> bool {
    matches!(piece.form, Form::Plain | Form::Marked(_))
}

/// The place of every piece; `slides` says which begin a slide, and is empty where pages are none.
pub(super) fn places(pieces: &[Piece<'_>], shape: Shape, slides: &[bool]) -> Vec<Place> {
    let places = match shape {
        Shape::Treaty => treaty(pieces),
        Shape::Decision => decisions::places(pieces),
        Shape::Deck if !slides.is_empty() => deck_of_pages(pieces, slides),
        Shape::Deck => deck(pieces),
        Shape::Main => main(pieces),
    };
    let with_form = |(piece, place): (&Piece<'_>, Place)| match piece.form {
        Form::Footnote(_) => Place { part: Part::Footnote, unit: Some(Unit::Footnote) },
        Form::Contents => Place { part: Part::FrontMatter, unit: Some(Unit::Masthead) },
        Form::Heading if place.unit == Some(Unit::Masthead) || !slides.is_empty() => place,
        Form::Guidance(_) if place.unit == Some(Unit::Masthead) => place,
        Form::Division(_) | Form::Heading | Form::Guidance(_) => Place { unit: Some(Unit::Heading), ..place },
        Form::TableRow => Place { unit: Some(Unit::TableRow), ..place },
        Form::Quotation => Place { unit: Some(Unit::Quotation), ..place },
        _ => place,
    };
    pieces.iter().zip(places).map(with_form).collect()
}

// ---- treaties

/// The instruments of a text, each with its own preamble, articles and annexes.
fn treaty(pieces: &[Piece<'_>]) -> Vec<Place> {
    let heads = (0..pieces.len()).filter(|at| instruments::is_own(pieces, *at));
    let ends: Vec<usize> = heads.chain([pieces.len()]).collect();
    let mut places = instrument(&pieces[..ends[0]]);
    for bounds in ends.windows(2) {
        places.extend(further_instrument(&pieces[bounds[0]..bounds[1]]));
    }
    places
}

/// A protocol or act after the first instrument: its title, what stands before its articles, and they.
fn further_instrument(pieces: &[Piece<'_>]) -> Vec<Place> {
    let Some((head, rest)) = pieces.split_first() else { return Vec::new() };
    let is_act = head
        .division()
        .is_some_and(|division| matches!(division.standing, Standing::Instrument | Standing::Code));
    let part = if is_act { Part::Operative } else { Part::Annex };
    let within = |found: Place| match found.part {
        // What stands between its title and its preamble is no front matter of the whole text.
        Part::FrontMatter => place(part, None),
        Part::Operative => place(part, found.unit),
        _ => found,
    };
    let places = instrument(rest).into_iter().map(within);
    [place(part, Unit::Heading)].into_iter().chain(places).collect()
}

fn instrument(pieces: &[Piece<'_>]) -> Vec<Place> {
    let is_body = |piece: &Piece<'_>| piece.division().is_some_and(|division| !division.label.is_empty());
    let first = pieces.iter().position(is_body).unwrap_or(pieces.len());
    let last_article = last_main_article(pieces);
    let mut places = before_articles(&pieces[..first]);
    let mut part = Part::Operative;
    for (at, piece) in pieces.iter().enumerate().skip(first) {
        if is_division(piece, Level::Annex) {
            part = Part::Annex;
        } else if resumes(piece) {
            part = Part::Operative;
        } else if part == Part::Closing && follows_signatures(piece) {
            part = Part::Annex;
        } else if part == Part::Operative && at > last_article && closes(pieces, at, last_article) {
            part = Part::Closing;
        }
        places.push(place(part, (part == Part::Closing).then_some(Unit::Signature)));
    }
    places
}

/// Whether the articles end at this piece: with the words that close a text, or with where and when.
fn closes(pieces: &[Piece<'_>], at: usize, last_article: usize) -> bool {
    // "Article 8. Let it be published." says it on the line of its label: then the names follow.
    let is_on_line =
        |at: usize| at == last_article + 1 && std::ptr::eq(pieces[at].block, pieces[last_article].block);
    if is_on_line(at - 1) && openers::is_testimonium(pieces[at - 1].text) {
        return true;
    }
    let is_dated = || closing::says_where_and_when(pieces[at].text) && pieces[at].form == Form::Plain;
    !is_on_line(at) && (openers::is_testimonium(pieces[at].text) || is_dated())
}

/// The last article before the annexes.
fn last_main_article(pieces: &[Piece<'_>]) -> usize {
    let article = pieces.iter().position(Piece::is_article).unwrap_or(0);
    let first_article = pieces.iter().rposition(resumes).unwrap_or(article);
    let annex = pieces[first_article..].iter().position(|piece| is_division(piece, Level::Annex));
    let end = annex.map_or(pieces.len(), |offset| first_article + offset);
    pieces[..end].iter().rposition(Piece::is_article).unwrap_or(0)
}

/// Whether the text goes on at this piece after annexes.
fn resumes(piece: &Piece<'_>) -> bool {
    piece.division().is_some_and(|division| division.standing == Standing::Resumes)
}

/// Front matter, then who the parties are, recitals, and the words by which they agree.
fn before_articles(pieces: &[Piece<'_>]) -> Vec<Place> {
    if let Some(preamble) = union::preamble(pieces) {
        let mut places = preamble.places(pieces);
        places.resize(pieces.len(), place(Part::Operative, Unit::Chapeau));
        return places;
    }
    let title = pieces.iter().rposition(|piece| openers::is_preamble_title(piece.text));
    let recital =
        pieces.iter().position(|piece| piece.form != Form::Contents && openers::is_recital(piece.words()));
    let agreed = pieces.iter().position(|piece| openers::is_agreement(piece.text));
    let start = title.or_else(|| preamble_start(pieces, recital.or(agreed)));
    // "The Parties, resolved to:" governs recitals that need no opener of their own.
    let governed = start.and_then(|start| {
        let lead = pieces[start..].iter().position(|piece| openers::governs_recitals(piece.text))?;
        Some(start + lead + 1).filter(|place| agreed.is_none_or(|agreed| *place < agreed))
    });
    let preamble = Preamble { title, first: [recital, governed].into_iter().flatten().min(), agreed };
    let mut places = Vec::with_capacity(pieces.len());
    let mut is_open = title.is_none();
    for (at, piece) in pieces.iter().enumerate() {
        let in_preamble = start.is_some_and(|start| at >= start);
        is_open |= in_preamble
            && (is_party(piece) || openers::names_maker(piece.text) || preamble.first == Some(at));
        let unit = if in_preamble { preamble.unit(at, piece, is_open) } else { Unit::Masthead };
        places.push(place(if in_preamble { Part::Preambular } else { Part::FrontMatter }, unit));
    }
    places
}

/// Longest line with the office of a plenipotentiary, in bytes: "Minister for Economic Co-ordination;".
const LONGEST_OFFICE: usize = 60;

/// Where the steps of a treaty's preamble are.
struct Preamble {
    title: Option<usize>,
    /// The first recital.
    first: Option<usize>,
    /// The words by which the parties agree.
    agreed: Option<usize>,
}

impl Preamble {
    /// What the piece is; before the parties are named (`is_open`), lines repeat the treaty's name.
    fn unit(&self, at: usize, piece: &Piece<'_>, is_open: bool) -> Unit {
        let before_recitals = self.first.is_none_or(|first| at < first);
        let is_recital = openers::is_recital(piece.words());
        // A recital without a known opener may end in a semicolon too, but is longer than an office.
        let is_office = piece.text.len() <= LONGEST_OFFICE || !piece.text.ends_with(';');
        let names_parties = is_party(piece) && is_office || openers::names_maker(piece.text);
        match () {
            () if Some(at) == self.title => Unit::Heading,
            () if self.agreed == Some(at) && !is_recital => Unit::Chapeau,
            () if before_recitals && names_parties => Unit::Chapeau,
            () if is_conjunction(piece) => Unit::Chapeau,
            () if piece.is_set_off() && piece.text.len() < 60 => Unit::Heading,
            () if self.agreed.is_some_and(|agreed| at > agreed) && !is_recital => Unit::Chapeau,
            () if !is_open && is_plain(piece) && !is_recital => Unit::Masthead,
            () => Unit::Recital,
        }
    }
}

/// The preamble begins with the parties: lines before the first recital that end in a comma.
fn preamble_start(pieces: &[Piece<'_>], recital: Option<usize>) -> Option<usize> {
    let recital = recital?;
    let n_parties = pieces[..recital].iter().rev().take_while(|piece| is_party(piece)).count();
    Some(recital - n_parties)
}

/// "and" on a line of its own.
fn is_conjunction(piece: &Piece<'_>) -> bool {
    piece.form == Form::Plain && piece.text.len() <= 5
}

/// A line that names who makes the treaty.
fn is_party(piece: &Piece<'_>) -> bool {
    is_conjunction(piece) || piece.form == Form::Plain && (piece.text.ends_with([',', ';', ':']))
}

// ---- decks

fn deck(pieces: &[Piece<'_>]) -> Vec<Place> {
    let last_item = pieces.iter().rposition(is_item).unwrap_or(pieces.len());
    let of = |(at, piece): (usize, &Piece<'_>)| {
        if at > last_item {
            return place(Part::Closing, Unit::Paragraph);
        }
        let heads = !is_item(piece)
            && (is_item(&pieces[at + 1]) || piece.is_set_off())
            && piece.text.len() <= LONGEST_SLIDE_HEADING;
        place(Part::Main, heads.then_some(Unit::Heading))
    };
    pieces.iter().enumerate().map(of).collect()
}

/// Longest heading of a slide, in bytes.
const LONGEST_SLIDE_HEADING: usize = 120;

/// The first line of a page heads its slide.
fn deck_of_pages(pieces: &[Piece<'_>], slides: &[bool]) -> Vec<Place> {
    let of = |(piece, starts): (&Piece<'_>, &bool)| {
        let heads = *starts && !is_item(piece) && piece.text.len() <= LONGEST_SLIDE_HEADING;
        place(Part::Main, heads.then_some(Unit::Heading))
    };
    pieces.iter().zip(slides).map(of).collect()
}

// ---- everything else

fn main(pieces: &[Piece<'_>]) -> Vec<Place> {
    let mut places = Vec::with_capacity(pieces.len());
    let masthead = masthead(pieces);
    let mut in_front = masthead == 0;
    let mut in_annex = false;
    let mut in_closing = false;
    for (at, piece) in pieces.iter().enumerate() {
        if at < masthead && is_plain(piece) {
            places.push(place(Part::FrontMatter, Unit::Masthead));
            continue;
        }
        let ends_here = in_closing && ends_closing(piece);
        in_annex |= is_division(piece, Level::Annex) || ends_here;
        in_closing = !in_annex && (in_closing && !ends_here || openers::is_testimonium(piece.text));
        if in_closing {
            places.push(place(Part::Closing, Unit::Signature));
            continue;
        }
        let next = pieces.get(at + 1);
        // A short sentence below "Guidance" is all that it says.
        let is_explained = at > 0 && matches!(pieces[at - 1].form, Form::Guidance(_));
        let is_heading = is_heading(piece, next) && !(is_explained && piece.text.ends_with('.'));
        // The text begins behind its table of contents.
        let after_contents = at > 0 && pieces[at - 1].form == Form::Contents;
        let is_title = is_heading && piece.division().is_none() && !after_contents;
        in_front &= is_title || piece.form == Form::Contents;
        let part = match () {
            () if in_front || at < masthead => Part::FrontMatter,
            () if in_annex => Part::Annex,
            () => Part::Main,
        };
        let quotes =
            || at > 0 && piece.form == Form::Plain && openers::introduces_quotation(pieces[at - 1].text);
        let unit = if is_heading { Some(Unit::Heading) } else { quotes().then_some(Unit::Quotation) };
        places.push(place(part, unit));
    }
    places
}

/// Longest line of a masthead, in bytes, and most of its lines.
const LONGEST_MASTHEAD_LINE: usize = 100;
const MOST_MASTHEAD_LINES: usize = 20;

/// How many pieces make the masthead of a text with numbered paragraphs: the lines before its first number, up to
/// the last that is no heading, where none is a sentence.
fn masthead(pieces: &[Piece<'_>]) -> usize {
    let is_first = |piece: &Piece<'_>| matches!(&piece.form, Form::Marked(marker) if marker.value == 1 && !marker.is_item());
    let above = pieces.iter().take(MOST_MASTHEAD_LINES).position(is_first).unwrap_or(0);
    let is_line = |piece: &Piece<'_>| {
        piece.text.len() <= LONGEST_MASTHEAD_LINE && !piece.text.ends_with(['.', ';', ':', ',', '?'])
    };
    let above = &pieces[..above];
    let is_masthead =
        above.iter().all(|piece| matches!(piece.form, Form::Plain | Form::Heading) && is_line(piece));
    let is_words =
        |at: &usize| above[*at].form == Form::Plain && !is_heading(&above[*at], pieces.get(*at + 1));
    let last = (0..above.len()).rev().find(is_words);
    last.filter(|_| is_masthead).map_or(0, |last| last + 1)
}

/// Longest line among signatures, in bytes, and fewest words of a heading that is no signatory's name
/// or office.
const LONGEST_SIGNATURE: usize = 400;
const SHORTEST_TITLE: usize = 6;

/// Whether something follows the signatures here: an annex, the heading of one, or prose.
pub(super) fn ends_closing(piece: &Piece<'_>) -> bool {
    let is_title = piece.is_set_off()
        && piece.text.split(' ').count() >= SHORTEST_TITLE
        && !openers::names_signatory(piece.text);
    let is_prose = piece.text.len() > LONGEST_SIGNATURE && !openers::is_testimonium(piece.text);
    is_division(piece, Level::Annex) || is_title || is_prose || names_statement(piece.text)
}

/// Whether what stands behind the signatures of a law begins here: its statement of reasons, or prose.
fn follows_signatures(piece: &Piece<'_>) -> bool {
    let is_prose = ends_closing(piece) && piece.text.len() > LONGEST_SIGNATURE && piece.text.ends_with('.');
    is_prose || names_statement(piece.text)
}

/// "EXPLANATORY MEMORANDUM", "Exposición de motivos": what a bill is sent with.
fn names_statement(text: &str) -> bool {
    const LONGEST: usize = 60;
    text.len() <= LONGEST && {
        let bare = folded(text.trim_end_matches(['.', ':', ' ']));
        lists::STATEMENTS_OF_REASONS.contains(&bare.as_str())
    }
}

/// A short line in title case that stands alone above text.
fn is_heading(piece: &Piece<'_>, next: Option<&Piece<'_>>) -> bool {
    let stands_alone = piece.form == Form::Plain
        && !is_stamp(piece.text)
        && piece.text.len() <= 100
        && piece.text.contains(char::is_alphabetic)
        && piece.is_title_like()
        && (crate::letter_case::is_title_case(piece.text) || begins_with_numeral(piece.text))
        && next.is_some_and(|next| !is_plain(next) || next.text.ends_with(['.', ':', ';', ',', '?']));
    piece.is_set_off() && next.is_some() || stands_alone
}

/// Whether a line says when or about what, and heads nothing: "Updated 3 May 2030", "Ref: Lamps 12".
fn is_stamp(text: &str) -> bool {
    let first = text.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    let rest = &text[first.len()..];
    (rest.starts_with([':', '.']) || rest.contains(|c: char| c.is_ascii_digit()))
        && lists::STAMPS.contains(&folded(first).as_str())
}

/// "IV The oil of lamps": a numeral of several letters before a capital.
fn begins_with_numeral(text: &str) -> bool {
    text.split_once(' ').is_some_and(|(numeral, words)| {
        numeral.len() > 1
            && numeral.bytes().all(|byte| b"IVX".contains(&byte))
            && roman(numeral.as_bytes()).is_some()
            && words.starts_with(char::is_uppercase)
    })
}
