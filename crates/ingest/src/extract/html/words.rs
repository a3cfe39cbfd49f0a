//! The line being read: its words as they are shown, and how much of it is bold or italic.

use super::element::Context;
use crate::extract::ordinal::{is_raised, raised};
use crate::extract::tables::is_bare_marker;

/// The line being read.
#[derive(Debug, Default)]
pub(super) struct Words {
    pub(super) text: String,
    /// What holds at its first word.
    pub(super) first: Context,
    /// The note that an anchor in the line opened, counted from 1; 0 where none did.
    pub(super) note: u32,
    /// Bytes of the head that a line break parted from its title.
    pub(super) head_end: Option<usize>,
    /// Bytes at the beginning that are links and nothing else.
    pub(super) linked: usize,
    /// Bytes of the number that stands in a box of its own.
    pub(super) number_end: Option<usize>,
    has_space: bool,
    letters: usize,
    bold: usize,
    italic: usize,
}

impl Words {
    /// Adds what stands in the page at this point.
    pub(super) fn push(&mut self, found: &str, context: Context) {
        if self.text.is_empty() {
            self.first = context;
        }
        for word in found.split_inclusive(is_space) {
            let letters = word.trim_end_matches(is_space);
            self.push_word(letters, context);
            self.has_space |= letters.len() < word.len();
        }
    }

    fn push_word(&mut self, letters: &str, context: Context) {
        if letters.is_empty() {
            return;
        }
        // White space behind a raised mark is that of the page's source where a sentence goes on.
        let follows_mark = self.text.ends_with(is_raised) && letters.starts_with([',', '.', ';', ':', ')']);
        if self.has_space && !self.text.is_empty() && !follows_mark {
            self.text.push(' ');
        }
        self.has_space = false;
        let is_figure = context.raised && letters.bytes().all(|byte| byte.is_ascii_digit());
        if is_figure {
            self.text.push_str(&raised(letters));
        } else {
            self.text.push_str(letters);
        }
        self.letters += letters.len();
        self.bold += if context.bold { letters.len() } else { 0 };
        self.italic += if context.italic { letters.len() } else { 0 };
    }

    /// A line breaks within a head: what comes is its title.
    pub(super) fn end_head(&mut self) {
        self.has_space = true;
        let is_first = self.head_end.is_none() && !self.text.is_empty();
        self.head_end = if is_first { Some(self.text.len()) } else { self.head_end };
    }

    /// A link ends that began after so many bytes.
    pub(super) fn end_link(&mut self, start: usize) {
        if self.text.get(self.linked..start).is_some_and(|between| between.trim().is_empty()) {
            self.linked = self.text.len();
        }
    }

    /// Whether the line is links and nothing else.
    pub(super) fn is_links(&self) -> bool {
        let rest = self.text.get(self.linked..).unwrap_or_default();
        self.linked > 0 && rest.chars().all(|c| c.is_whitespace() || "|·•/\u{a0}".contains(c))
    }

    /// The box of a number ends: the words beside it are other words.
    pub(super) fn end_number(&mut self) {
        self.has_space = true;
        self.number_end = Some(self.text.len());
    }

    /// Whether there is nothing but the number of a paragraph, whose words are still to come.
    pub(super) fn is_bare_number(&self) -> bool {
        self.number_end == Some(self.text.len()) && is_bare_marker(&self.text)
    }

    /// Takes back what was written from here on and writes something else.
    pub(super) fn replace_from(&mut self, start: usize, with: &str) {
        self.text.truncate(start);
        // A mark belongs to the word before it.
        self.text.truncate(self.text.trim_end().len());
        self.text.push_str(with);
    }

    pub(super) fn is_bold(&self) -> bool {
        self.bold * 2 > self.letters
    }

    pub(super) fn is_italic(&self) -> bool {
        self.italic * 2 > self.letters
    }
}

/// White space that a browser collapses. A no-break space is none of it.
fn is_space(letter: char) -> bool {
    matches!(letter, ' ' | '\t' | '\n' | '\r' | '\u{c}')
}
