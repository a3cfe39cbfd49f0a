//! Footnotes and endnotes: read before the text, numbered in the order of their marks in it.

use std::collections::HashMap;

use crate::extract::ordinal::{AfterZ, Ordinal, print};
use crate::extract::xml::{Node, walk};
use crate::{Line, Role};

/// The notes of one kind.
#[derive(Debug)]
pub(super) struct Notes {
    /// The lines of each, by its id in the package.
    by_id: HashMap<String, Vec<Line>>,
    ordinal: Ordinal,
    next: i64,
    /// The notes that the text refers to, with their marks, in its order.
    used: Vec<(String, String)>,
}

impl Notes {
    /// Notes that count from `start`.
    pub(super) fn new(by_id: HashMap<String, Vec<Line>>, ordinal: Ordinal, start: i64) -> Self {
        Self { by_id, ordinal, next: start, used: Vec::new() }
    }

    /// The mark of the note that the text refers to here. `custom`: the text itself shows one, and
    /// the automatic numbers go on without it.
    pub(super) fn refer(&mut self, id: &str, custom: Option<&str>) -> String {
        let mark = custom.map_or_else(|| print(self.next, self.ordinal, AfterZ::Repeat), str::to_owned);
        self.next += i64::from(custom.is_none());
        self.used.push((id.to_owned(), mark.clone()));
        mark
    }

    /// The lines of the notes, those first that the text refers to. One that it does not refer to
    /// is not printed by Word, and is no part of the text.
    pub(super) fn into_lines(mut self) -> Vec<Line> {
        let mut lines = Vec::new();
        for (id, mark) in &self.used {
            for line in self.by_id.remove(id).unwrap_or_default() {
                // The automatic mark is no word of the note, but one typed by hand is.
                let words = line.text.strip_prefix(mark.as_str()).unwrap_or(&line.text).trim_start();
                let is_typed = !mark.bytes().all(|byte| byte.is_ascii_alphanumeric());
                let text = if is_typed { words.to_owned() } else { line.text.clone() };
                let role = Role::Footnote { mark: mark.clone() };
                lines.push(Line { text, role, whole: true, ..line });
            }
        }
        lines.retain(|line| !line.text.is_empty());
        lines
    }
}

/// How the notes of a kind (`footnotePr`, `endnotePr`) count, as the settings say.
pub(super) fn counting(settings: &str, kind: &str) -> (Option<Ordinal>, i64) {
    let (mut ordinal, mut start, mut inside) = (None, 1, false);
    let _broken = walk(settings, |node| match node {
        Node::Open(element) if element.name == kind => inside = true,
        Node::Open(element) if inside && element.name == "numFmt" => {
            ordinal = element.value().map(|name| super::numbering::note_ordinal(&name));
        }
        Node::Open(element) if inside && element.name == "numStart" => {
            start = element.number("val").unwrap_or(1);
        }
        Node::Close(name) if name == kind => inside = false,
        _ => {}
    });
    (ordinal, start)
}
