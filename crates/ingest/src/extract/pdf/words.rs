//! The text of a fragment: where one word ends and the next begins, and which figures are marks.

use super::fragment::Fragment;
use super::glyph::{Alphabet, Glyph};
use crate::letter_spacing;

/// A gap of this many ems is a space. Fonts' own spaces are a quarter of an em or more, and
/// kerning rarely opens a tenth. Watched by the glued and split words of the evaluation.
const SPACE_GAP: f32 = 0.15;
/// An index is set off from its letter by this many ems or more where the letter leans over it.
const INDEX_GAP: f32 = 0.08;
/// A letter-spaced heading has gaps between most letters, none wider than this many ems.
const SPACED_LETTERS_GAP: f32 = 0.45;
/// In such a heading, a word ends where the gap is this many times the usual one.
const SPACED_WORDS: f32 = 1.8;
/// Fewest letters of a letter-spaced heading.
const SPACED_LETTERS: u32 = 5;
/// A figure smaller than this part of its text and raised by this part of an em is a mark.
const MARK_SIZE: f32 = 0.9;
const MARK_RISE: f32 = 0.15;

/// Appends the text of a fragment.
pub(super) fn write(fragment: &Fragment, glyphs: &[Glyph], alphabet: &Alphabet, out: &mut String) {
    let glyphs = fragment.glyphs(glyphs);
    if let Some(closed) = closed_up(fragment, glyphs, alphabet) {
        return out.push_str(&closed);
    }
    let space = space_gap(fragment, glyphs);
    let mut last: Option<&Glyph> = None;
    let mut spaced = false;
    for glyph in glyphs {
        if glyph.letters.is_space() {
            spaced = true;
            continue;
        }
        if let Some(last) = last
            && (spaced
                || glyph.along - last.end() > space
                || ends_mark(fragment, last, glyph)
                || is_index(fragment, last, glyph))
        {
            out.push(' ');
        }
        write_letters(fragment, glyph, alphabet, out);
        (last, spaced) = (Some(glyph), false);
    }
}

/// The text of a fragment whose letters are set apart by spaces, put together.
fn closed_up(fragment: &Fragment, glyphs: &[Glyph], alphabet: &Alphabet) -> Option<String> {
    let n_spaces = glyphs.iter().filter(|glyph| glyph.letters.is_space()).count();
    if fragment.n_letters < SPACED_LETTERS || n_spaces * 4 < fragment.n_letters as usize * 3 {
        return None;
    }
    let mut text = String::new();
    for glyph in glyphs {
        if glyph.letters.is_space() {
            text.push(' ');
        } else {
            write_letters(fragment, glyph, alphabet, &mut text);
        }
    }
    letter_spacing::closed_up(&text)
}

/// The gap, in points, from which on a gap is a space.
fn space_gap(fragment: &Fragment, glyphs: &[Glyph]) -> f32 {
    let usual = SPACE_GAP * fragment.size;
    if fragment.n_letters < SPACED_LETTERS {
        return usual;
    }
    let (mut wide, mut all, mut total) = (0, 0, 0.0);
    for pair in glyphs.windows(2) {
        let gap = pair[1].along - pair[0].end();
        let letters = pair.iter().all(|glyph| glyph.letters.single().is_some_and(char::is_alphabetic));
        if !letters {
            continue;
        }
        all += 1;
        if gap > usual && gap < SPACED_LETTERS_GAP * fragment.size {
            wide += 1;
            total += gap;
        }
    }
    let letter_spaced = wide > 0 && 10 * wide > 7 * all;
    if letter_spaced { SPACED_WORDS * total / wide as f32 } else { usual }
}

/// Whether `last` was the raised mark before a note, which ends where the note begins.
fn ends_mark(fragment: &Fragment, last: &Glyph, glyph: &Glyph) -> bool {
    is_mark(fragment, last)
        && !is_mark(fragment, glyph)
        && last.along - fragment.left < fragment.size * 2.0
        && is_alphanumeric(glyph)
        && starts_fragment(fragment, last)
}

/// Whether a letter of a formula is set off from the raised or lowered one beside it.
fn is_index(fragment: &Fragment, last: &Glyph, glyph: &Glyph) -> bool {
    let is_letter = |glyph: &Glyph| glyph.letters.single().is_some_and(char::is_alphabetic);
    (last.across - glyph.across).abs() > MARK_RISE * fragment.size
        && glyph.along - last.end() > INDEX_GAP * fragment.size
        && is_letter(last)
        && is_letter(glyph)
}

fn starts_fragment(fragment: &Fragment, last: &Glyph) -> bool {
    last.along - fragment.left <= last.size * 1.6
}

fn is_alphanumeric(glyph: &Glyph) -> bool {
    glyph.letters.single().is_some_and(char::is_alphanumeric)
}

/// Whether a glyph is raised and small beside the text of its fragment.
pub(super) fn is_mark(fragment: &Fragment, glyph: &Glyph) -> bool {
    glyph.size < MARK_SIZE * fragment.size && fragment.baseline - glyph.across > MARK_RISE * fragment.size
}

/// Raised figures stay apart from the word before them by being written as what they are.
fn write_letters(fragment: &Fragment, glyph: &Glyph, alphabet: &Alphabet, out: &mut String) {
    match glyph.letters.single() {
        Some(figure @ '0'..='9') if is_mark(fragment, glyph) => out.push(raised(figure)),
        _ => alphabet.write(glyph.letters, out),
    }
}

fn raised(figure: char) -> char {
    const RAISED: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    figure.to_digit(10).and_then(|digit| RAISED.get(digit as usize)).copied().unwrap_or(figure)
}

/// Whether a space belongs between two fragments of one line.
pub(super) fn is_space_between(last: &Fragment, next: &Fragment) -> bool {
    next.left - last.right > SPACE_GAP * last.size.max(next.size)
}
