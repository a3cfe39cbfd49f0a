//! Paragraphs that turn out to be notes, whatever says so in each format.

use crate::{Line, Role};

/// Makes a footnote of a paragraph: what follows the mark that takes up so many bytes of it.
pub(super) fn make(line: &mut Line, mark: String, width: usize) {
    let text = line.text.trim_start();
    line.text = text.get(width..).unwrap_or_default().trim_start().to_owned();
    line.role = Role::Footnote { mark };
}

/// Paragraphs of these texts after `settle`, the notes among them shown as such.
#[cfg(test)]
#[track_caller]
pub(super) fn check(settle: fn(&mut [Line]), texts: &[&str], expected: &[&str]) {
    let mut lines: Vec<Line> =
        texts.iter().map(|text| Line { text: (*text).to_owned(), ..Line::default() }).collect();
    settle(&mut lines);
    let shown = |line: &Line| match &line.role {
        Role::Footnote { mark } => format!("note {mark} {}", line.text),
        _ => line.text.clone(),
    };
    assert_eq!(lines.iter().map(shown).collect::<Vec<_>>(), expected);
}
