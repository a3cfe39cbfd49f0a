//! Blocks that explain the rule before them: "Guidance" alone on a line or before its words, explanatory
//! notes, examples with a number. The rules' own numbers go on after them.

use super::piece::{Form, Piece};
use crate::label::folded;
use crate::lists;

/// The head of such a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Explains<'a> {
    /// "Guidance", "Guidance 3.2.1", as printed.
    pub(super) label: &'a str,
    /// Whether its words head other sections as well, such as notes at the end: then a rule must follow.
    pub(super) is_note: bool,
}

/// Longest of the words of heads, in bytes with accents, and most of them.
const LONGEST_WORD: usize = 16;
const MOST_WORDS: usize = 2;

/// Marks the heads of such blocks, and parts them from what stands on their lines.
pub(super) fn mark(pieces: Vec<Piece<'_>>) -> Vec<Piece<'_>> {
    let heads: Vec<Option<Explains<'_>>> = pieces.iter().map(head_of).collect();
    if heads.iter().all(Option::is_none) {
        return pieces;
    }
    let mut found = Vec::with_capacity(pieces.len() + heads.iter().flatten().count());
    for (piece, head) in pieces.into_iter().zip(heads) {
        let Some(head) = head else {
            found.push(piece);
            continue;
        };
        let body = piece.text[head.label.len()..].trim_start_matches(BEHIND);
        if body.is_empty() {
            found.push(Piece { form: Form::Guidance(head), ..piece });
        } else {
            let form = Form::Guidance(head);
            found.extend(super::piece::parted(piece.block, piece.span, piece.text, form, body));
        }
    }
    found
}

/// What parts a head from its words.
const BEHIND: &[char] = &[' ', ':', '.', '–', '—', '-', '\u{a0}'];

fn head_of<'a>(piece: &Piece<'a>) -> Option<Explains<'a>> {
    if !matches!(piece.form, Form::Plain | Form::Heading) || !piece.text.starts_with(char::is_uppercase) {
        return None;
    }
    (1..=MOST_WORDS).rev().find_map(|n_words| head(piece.text, n_words))
}

/// The head that a text begins with, if it has so many words.
fn head(text: &str, n_words: usize) -> Option<Explains<'_>> {
    let words = first_words(text, n_words)?;
    let number = number(&text[words.len()..]);
    let label = &text[..words.len() + number];
    let rest = text[label.len()..].trim_end();
    let heads = match rest.chars().next() {
        None => true,
        Some(':' | '–' | '—') => true,
        Some('.' | ' ') if number > 0 => rest.trim_start_matches(BEHIND).starts_with(char::is_uppercase),
        Some('.') => rest.len() == 1,
        _ => false,
    };
    if !heads {
        return None;
    }
    let name = folded(words);
    let is_guidance = lists::GUIDANCE.contains(&name.as_str());
    let is_head = is_guidance || lists::EXPLANATIONS.contains(&name.as_str());
    is_head.then_some(Explains { label, is_note: !is_guidance })
}

/// The first words of a text, if each is short enough to be one of a head.
fn first_words(text: &str, n_words: usize) -> Option<&str> {
    let mut end = 0;
    for at in 0..n_words {
        let start = end + usize::from(at > 0);
        let rest = text.get(start..)?;
        let length = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
        if length == 0 || length > LONGEST_WORD || at > 0 && !text[end..].starts_with(' ') {
            return None;
        }
        end = start + length;
    }
    Some(&text[..end])
}

/// Bytes of a space and the number behind it: " 3.2.1", " 4".
fn number(text: &str) -> usize {
    let Some(digits) = text.strip_prefix(' ').filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
    else {
        return 0;
    };
    let end = digits.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(digits.len());
    1 + digits[..end].trim_end_matches('.').len()
}

/// "Example 3" of "Example 3: A lamp that burns oil ...": what it is cited by, behind its rule.
pub(super) fn example(text: &str) -> Option<&str> {
    let word = first_words(text, 1).filter(|_| text.starts_with(char::is_uppercase))?;
    let number = number(&text[word.len()..]);
    let label = &text[..word.len() + number];
    let is_parted = text[label.len()..].trim_start().starts_with([':', '–', '—', '.']);
    let is_example = number > 0 && is_parted && lists::EXAMPLES.contains(&folded(word).as_str());
    is_example.then_some(label)
}
