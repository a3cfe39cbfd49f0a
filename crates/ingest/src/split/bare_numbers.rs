//! Numbers without a mark: labels where they count, else quantities, years, or the marks of footnotes.

use super::piece::{Form, Piece};
use crate::label::{Class, Marker, Style};
use crate::letter_case::is_capitals;
use crate::lists;

/// Numbers without a mark count as labels only where they count: 1 after a heading, then 2 ...;
/// elsewhere they are quantities, years or marks of footnotes.
pub(super) fn keep_in_order(pieces: &mut [Piece<'_>]) {
    let mut expected = 1;
    let mut chapter = 0;
    let mut after_heading = true;
    let mut last_note = None;
    let mut last_stopped = 0;
    for at in 0..pieces.len() {
        let Form::Marked(marker) = pieces[at].form else {
            let is_head = super::clause_heads::part_of(&pieces[at]).is_some();
            after_heading = is_head || matches!(pieces[at].form, Form::Division(_) | Form::Heading);
            expected = if after_heading { 1 } else { expected };
            continue;
        };
        if fills_gap(marker, last_stopped, &pieces[at + 1..]) {
            let style = Style { close: b'.', ..marker.style };
            pieces[at].form = Form::Marked(Marker { style, ..marker });
            last_stopped = marker.value;
        } else if is_stopped(&marker) {
            last_stopped = marker.value;
        } else if marker.style.class == Class::Number && marker.style.close == b' ' {
            // Chapters in capitals count through the text, whatever counts within them.
            let is_chapter = chapter_of(&pieces[at]).is_some();
            let goes_on = chapter > 0 && (1..=MOST_GONE).contains(&marker.value.saturating_sub(chapter));
            let is_due = marker.value == expected
                && (marker.value > 1 || after_heading && !begins_again(&pieces[at + 1..]))
                || is_chapter && goes_on;
            chapter = if is_due && is_chapter { marker.value } else { chapter };
            expected = if is_due { marker.value + 1 } else { expected };
            if !is_due {
                let opens_notes = after_heading && marker.value == 1 && expected == 1;
                let is_note = opens_notes && words_of_note(&pieces[at], marker)
                    || is_note(&pieces[..=at], marker, last_note);
                last_note = if is_note { Some(marker.value) } else { last_note };
                let mark = &pieces[at].text[..marker.len];
                pieces[at].form = if is_note { Form::Footnote(mark) } else { Form::Plain };
            }
        }
        after_heading = false;
    }
}

/// How far behind a number without its dot the next one may stand, in pieces.
const GAP_REACH: usize = 40;

/// "12.", not "(12)".
fn is_stopped(marker: &Marker) -> bool {
    marker.style.class == Class::Number && marker.style.close == b'.' && !marker.style.opened
}

/// Whether a number lacks no more than its dot: "16" between "15." and "17.".
fn fills_gap(marker: Marker, last: u32, behind: &[Piece<'_>]) -> bool {
    let is_bare = marker.style.class == Class::Number && marker.style.close == b' ';
    let next = || {
        behind.iter().take(GAP_REACH).find_map(|piece| match &piece.form {
            Form::Marked(next) if is_stopped(next) => Some(next.value),
            _ => None,
        })
    };
    is_bare && last > 1 && marker.value == last + 1 && next() == Some(marker.value + 1)
}

/// How far a chapter may stand behind the one before: one or two between them were repealed.
const MOST_GONE: u32 = 3;

/// Whether the next number is "1." with its mark: then the bare one before was that of a note.
fn begins_again(pieces: &[Piece<'_>]) -> bool {
    let number = pieces.iter().find_map(|piece| match &piece.form {
        Form::Marked(marker) if marker.style.class == Class::Number => Some(marker),
        _ => None,
    });
    number.is_some_and(|marker| marker.value == 1 && marker.style.close == b'.')
}

fn words_of_note(piece: &Piece<'_>, marker: Marker) -> bool {
    piece.text[marker.body..].split(' ').count() >= SHORTEST_NOTE
}

/// Fewest words of a footnote: fewer are a date or a quantity.
const SHORTEST_NOTE: usize = 4;

/// Bytes of a paragraph that was cut off rather than being a title.
const LONG_ENOUGH_TO_BE_CUT: usize = 50;

/// How many pieces before a footnote its mark may stand: those of a page.
const NOTE_REACH: usize = 40;

/// Whether the last piece, behind a number that is not due, is the footnote of a page: it has the
/// next number of the notes, or its mark stands in the text before it.
fn is_note(pieces: &[Piece<'_>], marker: Marker, last_note: Option<u32>) -> bool {
    let Some((note, before)) = pieces.split_last() else { return false };
    let goes_on = last_note.and_then(|last: u32| last.checked_add(1)) == Some(marker.value);
    let mark = &note.text[..marker.len];
    // Between two halves of a sentence only a footnote stands.
    let interrupts = before.last().is_some_and(|before| {
        before.text.len() >= LONG_ENOUGH_TO_BE_CUT
            && before.text.ends_with(char::is_alphabetic)
            && note.text.ends_with('.')
            && matches!(before.form, Form::Plain | Form::Marked(_))
    });
    words_of_note(note, marker)
        && (goes_on
            || interrupts
            || before.iter().rev().take(NOTE_REACH).any(|piece| holds_mark(piece.text, mark)))
}

/// Whether the mark of a footnote stands behind a word: "this Treaty.12", "a declaration 4 that".
fn holds_mark(text: &str, mark: &str) -> bool {
    memchr::memmem::find_iter(text.as_bytes(), mark).any(|at| {
        let after = &text[at + mark.len()..];
        let goes_on = after.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '-' | '/' | '('))
            || after.strip_prefix('.').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
        let before = text[..at].trim_end_matches(' ');
        let word = before.trim_end_matches(['.', ',', ';', ':', ')', '”', '"', '’', '»']);
        let is_glued = before.len() == at;
        let is_apart = if word.len() == before.len() { !cites(word) } else { after.is_empty() };
        !goes_on && word.ends_with(char::is_alphabetic) && (is_glued || is_apart)
    })
}

/// Whether a number behind these words is what they cite or count: "Article 4", "de 4".
fn cites(words: &str) -> bool {
    let last = words.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    last.starts_with(char::is_uppercase) || lists::COUNTING_WORDS.contains(&last)
}

/// The number of a chapter in capitals: "3 FEES".
fn chapter_of(piece: &Piece<'_>) -> Option<u32> {
    match piece.form {
        Form::Marked(marker) if marker.style.class == Class::Number && marker.style.close == b' ' => {
            // "1 P-4" is a quantity of codes.
            let has_word = piece.words().split(|c: char| !c.is_alphabetic()).any(|word| word.len() >= 3);
            (has_word && piece.is_numbered_heading() && is_capitals(piece.words())).then_some(marker.value)
        }
        _ => None,
    }
}
