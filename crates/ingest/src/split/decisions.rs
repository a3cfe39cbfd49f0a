//! Decisions and resolutions: what comes before them, recitals, what they decide, annexes and the
//! lines that close them.

use chapeau_document::{Level, Part, Unit};

use super::parts::{Place, ends_closing, is_division, is_plain, place};
use super::piece::{Form, Piece};
use super::{clause_heads, closing, openers, union};
use crate::label::Class;

/// How many pieces from the start tell what a text is.
const OPENING: usize = 60;

/// Whether a text is a decision: recitals, or an organ, before the first numbered paragraph, and an
/// act after them; or numbered paragraphs that act.
pub(super) fn is_decision(pieces: &[Piece<'_>]) -> bool {
    let opening = &pieces[..pieces.iter().take(OPENING).take_while(|piece| !is_provision(piece)).count()];
    let plain = || opening.iter().filter(|piece| is_plain(piece));
    let n_recitals = plain().filter(|piece| is_full_recital(piece)).count();
    let has_organ = plain().any(|piece| openers::is_organ(piece.text));
    let names_act = plain().any(|piece| openers::is_act_chapeau(piece.text) && openers::is_organ(piece.text));
    let acts =
        |piece: &Piece<'_>| openers::is_operative(piece.words()) || openers::is_act_chapeau(piece.text);
    let has_act = || pieces.iter().filter(|piece| is_plain(piece)).any(acts);
    names_act
        || turn_of_message(pieces).is_some()
        || n_recitals >= 2
        || (n_recitals >= 1 && (has_organ || has_act()))
        || (plain().any(|piece| openers::is_meeting(piece.text)) && has_act())
        || numbers_act(pieces, has_organ)
        || organ_acts(pieces)
        || subject_acts(opening, &pieces[opening.len()..])
        || pieces.windows(2).take(OPENING).any(|pair| organ_is_above(&pair[0], &pair[1]))
}

/// Whether the name of an organ alone on its line stands above what it does, in one sentence without a number:
/// "The Lamp Assembly", "Adopts the Programme of Action, and calls upon the towns ...".
fn organ_is_above(organ: &Piece<'_>, act: &Piece<'_>) -> bool {
    let is_name = organ.form == Form::Plain
        && organ.text.ends_with(char::is_alphanumeric)
        && organ.text.len() <= LONGEST_NAME
        && openers::begins_with_subject(organ.text)
        && crate::letter_case::is_title_case(organ.text);
    is_name
        && act.form == Form::Plain
        && act.text.len() > LONGEST_NAME
        && act.text.ends_with(['.', ';'])
        && openers::is_operative(act.text)
        && !openers::is_imperative(act.text)
}

/// Longest name of an organ alone on its line, in bytes.
const LONGEST_NAME: usize = 60;

/// Whether the name of who acts stands right above the first numbers, and both act: "Le Conseil", "1) Prend
/// note du rapport", "2) Prie le Bureau".
fn subject_acts(opening: &[Piece<'_>], rest: &[Piece<'_>]) -> bool {
    const LONGEST: usize = 12;
    let acts = |at: usize| rest.get(at).is_some_and(|piece| openers::is_operative(piece.words()));
    let is_named = opening.last().is_some_and(|last| is_plain(last) && names_subject(last));
    is_named && opening.len() <= LONGEST && rest.first().is_some_and(is_first) && acts(0) && acts(1)
}

/// Whether the name of an organ stands right above its first act: "The Board:" and "(a) Approves ...".
fn organ_acts(pieces: &[Piece<'_>]) -> bool {
    pieces.windows(2).take(OPENING).any(|pair| {
        names_organ(&pair[0])
            && is_first(&pair[1])
            && openers::is_operative(pair[1].words())
            && !openers::is_imperative(pair[1].words())
    })
}

fn names_organ(piece: &Piece<'_>) -> bool {
    piece.form == Form::Plain
        && piece.text.len() <= LONGEST_ORGAN
        && piece.text.ends_with([',', ':'])
        && openers::is_organ(piece.text)
        && !openers::is_act_chapeau(piece.text)
}

/// "The Board", "The Council:": right above a numbered act.
fn names_subject(piece: &Piece<'_>) -> bool {
    piece.text.len() <= LONGEST_ORGAN
        && !piece.text.ends_with(['.', ';'])
        && openers::begins_with_subject(piece.text)
}

/// Whether a recital has points of its own; a participle alone, "Considering:", has recitals.
fn introduces_points(piece: &Piece<'_>) -> bool {
    const SHORTEST: usize = 4;
    piece.text.ends_with(':') && piece.text.split(' ').count() >= SHORTEST
}

/// Whether a paragraph has no number, or the first.
fn is_first(piece: &Piece<'_>) -> bool {
    match &piece.form {
        Form::Marked(marker) => marker.value == 1,
        form => *form == Form::Plain,
    }
}

/// Whether the numbered paragraphs act: "1. TAKES NOTE ...; 2. COMMENDS ...", under a title alone or
/// under the name of an organ.
fn numbers_act(pieces: &[Piece<'_>], has_organ: bool) -> bool {
    let main = pieces.iter().take_while(|piece| !is_division(piece, Level::Annex));
    let numbered = main.filter(|piece| counts(piece)).take(OPENING);
    let is_act = |piece: &Piece<'_>| {
        let words = piece.words();
        words.ends_with([';', '.', ',', ':', 'd', ']', ')'])
            && openers::is_operative(words)
            && (has_organ || !openers::is_imperative(words))
    };
    let (mut n_acts, mut n_numbered) = (0, 0);
    let mut parted = None;
    for piece in numbered {
        // "14. The Board 1) Notes the report; 2) ...": what minutes say that a body did.
        if parted.is_some_and(|block| std::ptr::eq(block, piece.block)) {
            continue;
        }
        parted = Some(piece.block);
        n_numbered += 1;
        n_acts += usize::from(is_act(piece));
    }
    n_acts >= if has_organ { 1 } else { 2 } && n_acts * 2 >= n_numbered
}

/// "1." or "(a)": the markers of operative paragraphs.
fn counts(piece: &Piece<'_>) -> bool {
    matches!(&piece.form, Form::Marked(marker)
        if marker.style.class == Class::Number || marker.style.class == Class::Lower && marker.roman.is_none())
}

/// A numbered paragraph that is no recital: what a text provides begins here.
fn is_provision(piece: &Piece<'_>) -> bool {
    matches!(&piece.form, Form::Marked(marker) if !marker.style.opened && matches!(marker.style.class, Class::Number | Class::Dotted(_)))
        && !openers::is_recital(piece.words())
}

/// A recital is a part of a sentence that goes on.
fn is_full_recital(piece: &Piece<'_>) -> bool {
    openers::is_recital(piece.words()) && !piece.text.ends_with('.')
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Front,
    Preamble,
    Operative,
    Annex,
    Closing,
}

/// The places of the pieces of a decision.
pub(super) fn places(pieces: &[Piece<'_>]) -> Vec<Place> {
    let turn = turn_of_message(pieces);
    let mut reader = Reader {
        pieces,
        numbers_act: turn.is_none() && !pieces.iter().any(is_operative_title),
        turn,
        closing: closing::start(pieces),
        has_points: false,
        has_heads: clause_heads::are_used(pieces),
    };
    let preamble = union::preamble(pieces);
    let mut places = preamble.as_ref().map(|preamble| preamble.places(pieces)).unwrap_or_default();
    let mut state = if places.is_empty() { State::Front } else { State::Operative };
    for at in places.len()..pieces.len() {
        let (next, place) = reader.next(at, state);
        state = next;
        places.push(place);
    }
    places
}

/// Reads a decision from its first piece to the last.
struct Reader<'p, 'a> {
    pieces: &'p [Piece<'a>],
    /// Whether a first number opens the operative half, since nothing else will.
    numbers_act: bool,
    /// Where a message begins to ask.
    turn: Option<usize>,
    /// Where the lines that close the text begin.
    closing: usize,
    /// Whether the last recital introduces points.
    has_points: bool,
    /// Whether words alone on their line head recitals and what is decided.
    has_heads: bool,
}

impl Reader<'_, '_> {
    fn next(&mut self, at: usize, state: State) -> (State, Place) {
        let piece = &self.pieces[at];
        let is_annex = is_division(piece, Level::Annex);
        let follows = self.pieces.get(at + 1);
        let under_head = self.has_heads.then(|| under_clause_heads(piece, state)).flatten();
        if let Some(next) = under_head {
            return next;
        }
        match state {
            State::Preamble if self.turn == Some(at) => (State::Operative, place(Part::Operative, None)),
            State::Front => {
                self.has_points = introduces_points(piece) && openers::is_recital(piece.text);
                front(piece, follows)
            }
            State::Preamble if self.is_point(at) => (state, place(Part::Preambular, Unit::SubParagraph)),
            State::Preamble => preamble(piece, self.numbers_act),
            State::Operative if is_annex => (State::Annex, in_annex(piece, follows)),
            State::Operative if self.closes(at) => (State::Closing, place(Part::Closing, Unit::Signature)),
            State::Operative | State::Closing if self.begins_again(at) => front(piece, follows),
            State::Operative => operative(piece, follows),
            State::Annex => (State::Annex, in_annex(piece, follows)),
            State::Closing if ends_closing(piece) => (State::Annex, in_annex(piece, follows)),
            State::Closing => (State::Closing, place(Part::Closing, Unit::Signature)),
        }
    }

    /// Whether a paragraph is a point of the recital before: "(a) the lamp trade,". Points below a
    /// participle alone, "Considering:", are the recitals themselves.
    fn is_point(&mut self, at: usize) -> bool {
        let piece = &self.pieces[at];
        let is_letter = matches!(&piece.form, Form::Marked(marker) if matches!(marker.style.class, Class::Lower | Class::Dash | Class::Bullet));
        let is_point = self.has_points && is_letter && !openers::is_operative(piece.words());
        if !is_point {
            self.has_points = introduces_points(piece);
        }
        is_point
    }

    /// Whether only the meeting, the place and the date follow, or the words that close a treaty.
    fn closes(&self, at: usize) -> bool {
        at >= self.closing || openers::is_testimonium(self.pieces[at].text)
    }

    /// Whether another decision of the same file begins: the organ speaks again, before recitals or
    /// its first act.
    fn begins_again(&self, at: usize) -> bool {
        let opens = |next: &Piece<'_>| {
            is_first(next) && (openers::is_recital(next.words()) || openers::is_operative(next.words()))
        };
        names_organ(&self.pieces[at]) && self.pieces.get(at + 1).is_some_and(opens)
    }
}

/// The place of a head, and of the recitals under one, in a text that has such heads.
fn under_clause_heads(piece: &Piece<'_>, state: State) -> Option<(State, Place)> {
    if matches!(state, State::Annex | State::Closing) {
        return None;
    }
    match clause_heads::part_of(piece) {
        Some(Part::Preambular) => Some((State::Preamble, place(Part::Preambular, Unit::Chapeau))),
        Some(_) => Some((State::Operative, place(Part::Operative, Unit::Chapeau))),
        None if state == State::Preamble && is_plain(piece) => {
            Some((State::Preamble, place(Part::Preambular, Unit::Recital)))
        }
        None => None,
    }
}

/// Longest name of an organ that begins another decision, in bytes.
const LONGEST_ORGAN: usize = 160;

fn in_annex(piece: &Piece<'_>, next: Option<&Piece<'_>>) -> Place {
    let heads = piece.is_set_off() && next.is_some();
    place(Part::Annex, heads.then_some(Unit::Heading))
}

/// Share of the paragraphs of a message that ask for something, from where it begins to ask, and
/// the share of the message that is left there, in percent.
const MOST_ASK: usize = 60;
const LEAST_LEFT: usize = 15;

/// Where the message of a conference, in prose without recitals, turns from what it found to what
/// it asks for: the place after which asking paragraphs outnumber the others most.
fn turn_of_message(pieces: &[Piece<'_>]) -> Option<usize> {
    let has_openers = |piece: &Piece<'_>| is_full_recital(piece) || openers::is_act_chapeau(piece.text);
    if !pieces.iter().take(2).any(|piece| openers::is_session(piece.text)) || pieces.iter().any(has_openers) {
        return None;
    }
    let (mut balance, mut best, mut turn) = (0_i64, 0, None);
    for (at, piece) in pieces.iter().enumerate().skip(1).rev() {
        balance += if openers::asks(piece.text) { 1 } else { -1 };
        if balance >= best {
            (best, turn) = (balance, Some(at));
        }
    }
    let turn = turn?;
    let left = pieces.len() - turn;
    let asking = pieces[turn..].iter().filter(|piece| openers::asks(piece.text)).count();
    (asking * 100 >= left * MOST_ASK && left * 100 >= pieces.len() * LEAST_LEFT).then_some(turn)
}

fn front(piece: &Piece<'_>, next: Option<&Piece<'_>>) -> (State, Place) {
    let words = piece.words();
    if is_plain(piece) && openers::is_act_chapeau(piece.text) {
        // "The Conference adopts this Recommendation:" may stand above its reasons.
        let reasons_follow =
            next.is_some_and(|next| is_full_recital(next) || openers::is_preamble_title(next.text));
        let (state, part) = if reasons_follow {
            (State::Preamble, Part::Preambular)
        } else {
            (State::Operative, Part::Operative)
        };
        return (state, place(part, Unit::Chapeau));
    }
    if is_plain(piece) && openers::is_recital(words) {
        return (State::Preamble, place(Part::Preambular, Unit::Recital));
    }
    // Leaders who say in whole sentences that they met, and what they think, have no preamble.
    if is_plain(piece) && openers::is_meeting(words) && !openers::is_session(words) && words.ends_with('.') {
        return (State::Operative, place(Part::Operative, None));
    }
    if is_plain(piece) && (openers::is_meeting(words) || openers::is_session(words)) {
        return (State::Preamble, place(Part::Preambular, Unit::Chapeau));
    }
    // Nor has an organ of which a whole sentence tells something.
    if is_plain(piece) && openers::is_organ(words) && words.ends_with('.') && words.len() > LONGEST_ORGAN {
        return (State::Operative, place(Part::Operative, None));
    }
    let recital_follows = next.is_some_and(|next| openers::is_recital(next.words()));
    let act_follows = next.is_some_and(|next| {
        matches!(&next.form, Form::Marked(marker) if marker.value == 1) && openers::is_operative(next.words())
    });
    if act_follows && piece.form == Form::Plain && names_subject(piece) {
        return (State::Preamble, place(Part::Preambular, Unit::Chapeau));
    }
    if is_plain(piece) && next.is_some_and(|next| organ_is_above(piece, next)) {
        return (State::Preamble, place(Part::Preambular, Unit::Chapeau));
    }
    let names_actor = words.ends_with(',') || openers::names_maker(words);
    if is_plain(piece) && (openers::is_organ(words) || recital_follows && names_actor) {
        return (State::Preamble, place(Part::Preambular, Unit::Chapeau));
    }
    if is_plain(piece) && openers::is_operative(words) {
        return (State::Operative, place(Part::Operative, None));
    }
    let is_heading =
        openers::is_decision_line(piece.text) || (piece.is_set_off() && !openers::is_letterhead(piece.text));
    (State::Front, place(Part::FrontMatter, if is_heading { Unit::Heading } else { Unit::Masthead }))
}

/// A first number opens the operative half where nothing else will (`numbers_act`).
fn preamble(piece: &Piece<'_>, numbers_act: bool) -> (State, Place) {
    const TITLES: &[&str] = &["recommendation", "recommandation", "recomendacion", "resolution"];
    let words = piece.words();
    // Recitals have no numbers of several parts.
    if matches!(&piece.form, Form::Marked(marker) if matches!(marker.style.class, Class::Dotted(_)))
        && !openers::is_recital(words)
    {
        return (State::Operative, place(Part::Operative, None));
    }
    let is_title = piece.is_set_off() && TITLES.contains(&crate::label::folded(piece.text).as_str());
    if is_title || is_operative_title(piece) {
        return (State::Operative, place(Part::Operative, Unit::Heading));
    }
    if is_plain(piece) && openers::is_act_chapeau(piece.text) {
        return (State::Operative, place(Part::Operative, Unit::Chapeau));
    }
    if matches!(piece.form, Form::Division(_)) {
        return (State::Operative, place(Part::Operative, None));
    }
    if piece.is_set_off() {
        return (State::Preamble, place(Part::Preambular, Unit::Heading));
    }
    let is_recital = openers::is_recital(words);
    let is_numbered = matches!(&piece.form, Form::Marked(marker) if marker.style.class == Class::Number && marker.value == 1);
    let acts = openers::is_operative(words) || openers::acts_by_form(words) || (is_numbered && numbers_act);
    if acts && !is_recital {
        return (State::Operative, place(Part::Operative, None));
    }
    (State::Preamble, place(Part::Preambular, Unit::Recital))
}

/// "RECOMMENDATIONS", "Decision": a heading that ends the preamble.
fn is_operative_title(piece: &Piece<'_>) -> bool {
    const TITLES: &[&str] =
        &["recommendations", "recommandations", "recomendaciones", "decision", "conclusions"];
    piece.text.len() <= 24 && TITLES.contains(&crate::label::folded(piece.words()).as_str())
}

fn operative(piece: &Piece<'_>, next: Option<&Piece<'_>>) -> (State, Place) {
    // A second resolution, or a section with a preamble of its own, begins with recitals again.
    if piece.form == Form::Plain && openers::is_recital(piece.text) && piece.text.ends_with([',', ';']) {
        return (State::Preamble, place(Part::Preambular, Unit::Recital));
    }
    let governs = piece.form == Form::Plain && piece.text.len() <= 60 && openers::is_act_chapeau(piece.text);
    let heads = piece.is_set_off() && next.is_some();
    let unit = if governs { Some(Unit::Chapeau) } else { heads.then_some(Unit::Heading) };
    (State::Operative, place(Part::Operative, unit))
}
