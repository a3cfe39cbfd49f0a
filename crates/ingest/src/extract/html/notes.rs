//! Notes of a page: which links are marks, and which elements are the notes they lead to.

use std::collections::HashMap;

use super::attributes::Attributes;

/// The longest mark: four figures, or a letter or sign.
const LONGEST_MARK: usize = 4;

/// The notes of a page, in the order of their marks.
#[derive(Debug, Default)]
pub(super) struct Notes {
    /// The place of a note among `marks`, from 1, by the name that its mark links to.
    by_target: HashMap<String, u32>,
    /// The mark of each; empty where only the note itself will say it.
    marks: Vec<String>,
}

/// A link that is being read.
#[derive(Debug)]
pub(super) struct Link {
    /// Bytes of the line before it.
    pub(super) start: usize,
    target: String,
    /// Whether the page itself calls it the mark of a note, or it is raised and named as one.
    is_mark: bool,
}

impl Link {
    /// A link within the page; `None` for every other one.
    pub(super) fn of(attributes: &Attributes<'_>, start: usize, is_raised: bool) -> Option<Self> {
        let target = attributes.get("href")?.strip_prefix('#')?;
        let is_declared = is_word(attributes, "noteref")
            || attributes
                .has_word("class", &["footnote-ref", "footnoteRef", "noteref", "footnote-reference"]);
        let is_mark = is_declared || (names_note(target) && !names_mark(target)) || is_raised;
        Some(Self { start, target: name(target), is_mark })
    }
}

fn is_word(attributes: &Attributes<'_>, kind: &str) -> bool {
    let declared = [attributes.get("role"), attributes.get("epub:type")];
    declared.into_iter().flatten().any(|value| value.trim_start_matches("doc-") == kind)
}

impl Notes {
    /// The mark that a link is, by the words it shows.
    pub(super) fn mark(&mut self, link: &Link, shown: &str) -> Option<&str> {
        // The link may stand around the raised figures as well as in them.
        let is_raised = !shown.trim().is_empty() && shown.trim().chars().all(is_raised_figure);
        let mark = plain_mark(shown).filter(|_| link.is_mark || is_raised)?;
        let place = *self.by_target.entry(link.target.clone()).or_insert_with(|| {
            self.marks.push(mark);
            self.marks.len() as u32
        });
        self.marks.get(place as usize - 1).map(String::as_str)
    }

    /// The note that an element is, from 1: a mark led here, or the element says so.
    pub(super) fn begins_at(&mut self, attributes: &Attributes<'_>) -> Option<u32> {
        let names = [attributes.get("id"), attributes.get("name")];
        let known = names.into_iter().flatten().find_map(|id| self.by_target.get(&name(id)).copied());
        let is_declared = ["footnote", "endnote", "rearnote"].iter().any(|kind| is_word(attributes, kind));
        known.or_else(|| {
            is_declared.then(|| {
                self.marks.push(String::new());
                self.marks.len() as u32
            })
        })
    }

    /// Whether what is shown is the mark of a note; a note that has none yet takes it.
    pub(super) fn is_mark_of(&mut self, note: u32, shown: &str) -> bool {
        let (Some(mark), Some(known)) = (plain_mark(shown), self.marks.get_mut(note as usize - 1)) else {
            return false;
        };
        if known.is_empty() {
            known.clone_from(&mark);
        }
        mark == *known
    }

    /// The mark of a note and its words without the mark and without the way back.
    pub(super) fn without_mark(&mut self, note: u32, text: &str) -> (String, String) {
        let words = text.trim_end_matches(|c: char| c.is_whitespace() || is_arrow(c));
        let words = words.trim_start_matches(|c: char| c.is_whitespace() || is_arrow(c) || c == '^');
        let first = first_word(words);
        let Some(known) = self.marks.get_mut(note as usize - 1) else {
            return (String::new(), words.to_owned());
        };
        let printed = plain_mark(first.trim_end_matches(['.', ':']));
        if known.is_empty() {
            *known = printed.clone().unwrap_or_default();
        }
        let rest = if printed.is_some_and(|mark| mark == *known) { &words[first.len()..] } else { words };
        let rest = rest.trim_start_matches(|c: char| c.is_whitespace() || is_arrow(c));
        (known.clone(), rest.to_owned())
    }
}

/// The first word, with the brackets around it, which may stand apart: "( 1 )".
fn first_word(words: &str) -> &str {
    let bracket = words.strip_prefix('(').and_then(|inside| inside.find(')')).map(|end| &words[..end + 2]);
    let in_brackets = bracket.filter(|bracket| plain_mark(bracket).is_some());
    in_brackets.unwrap_or_else(|| words.split_whitespace().next().unwrap_or_default())
}

/// Word links to `_ftn1` and calls the note `ftn1`.
fn name(target: &str) -> String {
    target.trim_start_matches('_').to_ascii_lowercase()
}

fn names_note(target: &str) -> bool {
    let name = name(target);
    ["fn", "ftn", "edn", "note", "footnote", "endnote", "cite_note", "cite-note", "ntr"]
        .iter()
        .any(|start| name.starts_with(start))
}

/// Whether a name is that of the place of a mark, to which the note links back.
fn names_mark(target: &str) -> bool {
    name(target).contains("ref")
}

fn is_arrow(letter: char) -> bool {
    matches!(letter, '↩' | '↑' | '⤴' | '⏎' | '\u{fe0e}' | '\u{fe0f}')
}

/// A mark without brackets and as plain figures: `[12]` and "¹²" are "12".
fn plain_mark(shown: &str) -> Option<String> {
    let is_around = |letter: char| letter.is_whitespace() || "[]()".contains(letter);
    let inside = shown.trim_matches(is_around);
    let mark: String = inside.chars().map(plain_figure).collect();
    let is_number = mark.bytes().all(|byte| byte.is_ascii_digit());
    let is_sign = mark.chars().all(|letter| "*†‡§¶#".contains(letter));
    let is_letter = mark.len() == 1 && mark.bytes().all(|byte| byte.is_ascii_lowercase());
    let is_roman = mark.bytes().all(|byte| b"ivx".contains(&byte));
    let is_short = (1..=LONGEST_MARK).contains(&mark.chars().count());
    (is_short && (is_number || is_sign || is_letter || is_roman)).then_some(mark)
}

const RAISED_FIGURES: &str = "⁰¹²³⁴⁵⁶⁷⁸⁹";

fn is_raised_figure(letter: char) -> bool {
    RAISED_FIGURES.contains(letter)
}

fn plain_figure(letter: char) -> char {
    let place = RAISED_FIGURES.chars().position(|figure| figure == letter);
    place.and_then(|place| char::from_digit(place as u32, 10)).unwrap_or(letter)
}
