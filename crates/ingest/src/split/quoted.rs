//! Words of other texts that an act puts into them: from the mark that opens the quotation to the one
//! that closes it, over as many paragraphs as it has. The articles in it are not those of the act.

use chapeau_document::{Clause, Level, Unit};

use super::piece::{Form, Piece};
use super::{instruments, openers};
use crate::label;
use crate::label::number_value;

/// Most pieces of one quotation: a chapter that an act puts into a code has some hundred.
const LONGEST: usize = 300;
/// Most pieces that the heads of a chapter and its section have.
const MOST_HEADS: usize = 4;
/// How far behind a stop or a bracket the mark that closes may stand, in letters.
const BEHIND: &[char] = &['.', ';', ',', ' ', ')'];

/// Marks the pieces of quotations that a colon introduces.
pub(super) fn mark(pieces: &mut [Piece<'_>]) {
    let (mut at, mut end) = (1, 0);
    let mut last: Option<(u32, usize)> = None;
    while at < pieces.len() {
        // Several provisions that replace others follow one another, each in its own marks.
        let is_next = at == end;
        let is_introduced = introduces(&pieces[at - 1]);
        last = article(&pieces[at - 1]).map(|number| (number, at)).or(last);
        let due = last.and_then(|(number, _)| number.checked_add(1));
        let body = last.map_or(at, |(_, body)| body);
        let length = match if is_next || is_introduced { length(&pieces[at..]) } else { 0 } {
            0 if is_introduced && is_of_one_article(&pieces[body..at]) => unmarked(&pieces[at..], due),
            length => before_due(&pieces[at..at + length], due),
        };
        if length > 0 {
            end = at + length;
            let quoted = pieces[at..at + length].iter_mut();
            quoted.filter(|piece| is_text(piece)).for_each(|piece| piece.form = Form::Quotation);
        }
        at += length.max(1);
    }
}

/// The number of an article that a piece heads.
fn article(piece: &Piece<'_>) -> Option<u32> {
    piece.division().filter(|_| piece.is_article()).and_then(|division| number_value(division.number))
}

/// How many pieces of a quotation stand before the article that is due in the act itself: behind the mark that
/// closes the quotation, where one within it was left open.
fn before_due(pieces: &[Piece<'_>], due: Option<u32>) -> usize {
    let ends = |at: &usize| due.is_some() && article(&pieces[*at]) == due && closes(&pieces[at - 1]);
    (1..pieces.len()).find(ends).unwrap_or(pieces.len())
}

fn closes(piece: &Piece<'_>) -> bool {
    piece.text.trim_end_matches(BEHIND).ends_with(['”', '»', '"'])
}

/// Whether pieces are the words of the article before them, and not the preamble of the next text.
fn is_of_one_article(pieces: &[Piece<'_>]) -> bool {
    const MOST: usize = 40;
    let begins_another = |piece: &Piece<'_>| {
        piece.division().is_some()
            || openers::is_preamble_title(piece.text)
            || openers::is_agreement(piece.text)
            || openers::is_recital(piece.words())
            || instruments::names_act(piece)
    };
    pieces.len() <= MOST && !pieces.iter().any(begins_another)
}

/// How many pieces are provisions that an article puts into another act without the marks of a quotation: from
/// an article that is not the one due to where that comes, or the division that it opens.
fn unmarked(pieces: &[Piece<'_>], due: Option<u32>) -> usize {
    let Some(first) = pieces.first().filter(|_| due.is_some()) else { return 0 };
    // A quotation that was opened, and closed once too seldom.
    let is_open = marks(first.text).is_some_and(|(open, close)| !closes_within(first.text, open, close));
    if !is_open && (article(first).is_none() || article(first) == due) {
        return 0;
    }
    let ends = |at: &usize| article(&pieces[*at]) == due && (!is_open || closes(&pieces[*at - 1]));
    let Some(end) = (1..pieces.len().min(LONGEST)).find(ends) else { return 0 };
    let opens = |piece: &Piece<'_>| piece.division().is_some() && article(piece).is_none();
    let head = (end.saturating_sub(MOST_HEADS)..end).find(|at| opens(&pieces[*at]));
    head.unwrap_or(end)
}

/// Gives quotations the label of the provision that puts them in: a text of others is cited by it.
pub(super) fn name(clauses: &mut [Clause], text: &str) {
    let mut introducing: Option<String> = None;
    let mut is_first = true;
    for clause in clauses.iter_mut().filter(|clause| clause.unit != Unit::Footnote) {
        if clause.unit != Unit::Quotation {
            let introduces = clause.span.of(text).trim_end_matches(BEHIND).ends_with([':', '—', '-']);
            introducing = clause.label.clone().filter(|_| introduces);
            is_first = true;
            continue;
        }
        // What a report quotes without marks is nobody's provision.
        let in_article = clause.path.iter().any(|step| step.kind == Level::Article);
        if is_first && !in_article && marks(clause.span.of(text)).is_none() {
            introducing = None;
        }
        is_first = false;
        if clause.label.is_none() {
            clause.label.clone_from(&introducing);
        }
    }
}

fn is_text(piece: &Piece<'_>) -> bool {
    !matches!(piece.form, Form::Footnote(_) | Form::Contents | Form::TableRow)
}

fn introduces(piece: &Piece<'_>) -> bool {
    piece.text.ends_with([':', '—', '-']) && is_text(piece)
}

/// How many pieces a quotation has that begins with the first; 0 where none begins, or none ends.
fn length(pieces: &[Piece<'_>]) -> usize {
    let Some(first) = pieces.first().filter(|piece| is_text(piece)) else { return 0 };
    let Some((open, close)) = marks(first.text) else { return 0 };
    if closes_within(first.text, open, close) {
        return 0;
    }
    let mut depth = 0_i32;
    for (at, piece) in pieces.iter().take(LONGEST).enumerate() {
        if matches!(piece.form, Form::Footnote(_)) {
            continue;
        }
        // Plurals with an apostrophe close nothing: each paragraph tells by itself.
        depth = if is_apostrophe(close) {
            1 + apostrophes(piece.text, open, close)
        } else {
            depth + balance(piece.text, open, close, at == 0)
        };
        let end = piece.text.trim_end_matches(BEHIND);
        // Opened by a single mark, closed by a double one: the marks were changed in between.
        let is_mixed = open == '‘' && end.ends_with('”') && balance(piece.text, '“', '”', true) < 0;
        if is_mixed || end.ends_with(close) && depth <= 0 {
            return at + 1;
        }
    }
    0
}

/// The marks of a quotation that begins with a text.
fn marks(text: &str) -> Option<(char, char)> {
    match text.chars().next()? {
        '“' => Some(('“', '”')),
        '„' => Some(('„', '“')),
        '«' => Some(('«', '»')),
        '"' => Some(('"', '"')),
        '‘' => Some(('‘', '’')),
        '‚' => Some(('‚', '‘')),
        '\'' => Some(('\'', '\'')),
        _ => None,
    }
}

/// Whether a mark that closes quotations is an apostrophe too.
fn is_apostrophe(close: char) -> bool {
    matches!(close, '’' | '\'')
}

/// Whether the mark at this place may close a quotation: no letter follows an apostrophe that does.
fn may_close(text: &str, at: usize, close: char) -> bool {
    let after = &text[at + close.len_utf8()..];
    !is_apostrophe(close) || at > 0 && !after.starts_with(char::is_alphanumeric)
}

/// Whether the mark that a text begins with is closed before the text ends.
fn closes_within(text: &str, open: char, close: char) -> bool {
    let text = text.trim_end_matches(BEHIND);
    if is_apostrophe(close) {
        return defines(text, close);
    }
    let mut depth = 0;
    for (at, c) in text.char_indices() {
        if c == close && at > 0 {
            depth -= 1;
        } else if c == open {
            depth += 1;
        }
        if depth == 0 && at + c.len_utf8() < text.len() {
            return true;
        }
    }
    false
}

/// Longest term that a definition begins with, in bytes.
const LONGEST_TERM: usize = 60;

/// Whether a text in such marks begins with a term that is defined, "‘lamps’ means", and not with the number
/// or the words of a provision in which a plural has an apostrophe.
fn defines(text: &str, close: char) -> bool {
    let words = text.trim_start_matches(|c: char| !c.is_alphanumeric());
    let is_provision = label::marker(words).is_some() || label::division(words).is_some();
    let mut marks = text.char_indices().filter(|(at, c)| *c == close && may_close(text, *at, close));
    marks.any(|(at, _)| {
        let is_plural = text[..at].ends_with(['s', 'x', 'z']) && (is_provision || at > LONGEST_TERM);
        at + close.len_utf8() < text.len() && !is_plural
    })
}

/// How many more quotations in such marks a text opens than it closes, but for the one it begins with.
fn apostrophes(text: &str, open: char, close: char) -> i32 {
    let opens = |at: usize| {
        at > 0
            && !text[..at].ends_with(char::is_alphanumeric)
            && text[at + open.len_utf8()..].starts_with(char::is_alphanumeric)
    };
    let of = |(at, c): (usize, char)| {
        i32::from(c == open && opens(at)) - i32::from(c == close && may_close(text, at, close) && !opens(at))
    };
    text.char_indices().map(of).sum()
}

/// How many more quotations a text opens than it closes. Straight marks do not tell: one opens and the
/// next one closes. Each paragraph of a quotation may open it again.
fn balance(text: &str, open: char, close: char, is_first: bool) -> i32 {
    let mut depth = 0;
    let mut is_open = !is_first;
    for (at, c) in text.char_indices() {
        if open == close && c == open {
            depth += if is_open { -1 } else { 1 };
            is_open = !is_open;
        } else if c == open && (at > 0 || is_first) {
            depth += 1;
        } else if c == close {
            depth -= 1;
        }
    }
    depth
}
