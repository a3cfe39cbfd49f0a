//! One paragraph: its words while it is read, and the lines it becomes.

use chapeau_document::Level;

use super::look::{ParagraphLook, RunLook};
use super::numbering::Number;
use super::styles::Style;
use crate::extract::ordinal::raised;
use crate::{Line, Role};

/// A paragraph that is being read.
#[derive(Debug, Default)]
pub(super) struct Paragraph {
    pub(super) look: ParagraphLook,
    /// Its words; a line feed where a line breaks.
    pub(super) text: String,
    /// Whether its end was deleted, so that the next one continues it.
    pub(super) is_joined: bool,
    letters: i64,
    bold: i64,
    italic: i64,
    /// Half points times letters.
    size: i64,
}

/// Twentieths of a point, in which the format measures, in a line of twelve points.
pub(super) const LINE_HEIGHT: f32 = 280.0;
/// A quarter of a page: no longer heading is one, whatever its style. Legal texts give whole
/// numbered paragraphs a heading's style for the sake of its number.
const LONGEST_HEADING: usize = 300;
/// A heading this long that ends like a sentence is a sentence.
const LONGEST_SENTENCE: usize = 80;

impl Paragraph {
    /// Adds words in a look that is fully resolved.
    pub(super) fn push(&mut self, found: &str, look: &RunLook) {
        if look.hidden == Some(true) {
            return;
        }
        let is_figure = look.raised == Some(true) && found.trim().bytes().all(|byte| byte.is_ascii_digit());
        if is_figure {
            self.text.push_str(&raised(found));
        } else {
            // A line feed in the XML is a space; only a break element breaks a line.
            self.text.push_str(&found.replace(['\n', '\r'], " "));
        }
        let letters = found.chars().filter(|letter| !letter.is_whitespace()).count() as i64;
        self.letters += letters;
        self.bold += if look.bold == Some(true) { letters } else { 0 };
        self.italic += if look.italic == Some(true) { letters } else { 0 };
        self.size += look.size.unwrap_or(DEFAULT_SIZE) * letters;
    }

    /// The lines of the paragraph: one, or more where it breaks within. Sizes are in half points
    /// until the size of the document's body is known.
    pub(super) fn lines(self, style: &Style, number: Option<&Number>) -> Vec<Line> {
        let look = self.look.or(&style.paragraph);
        let role = self.role(&look, style, number);
        let text = if matches!(role, Role::Heading { .. }) {
            self.text.replace('\n', " ")
        } else {
            self.text.clone()
        };
        let parts: Vec<&str> = text.split('\n').map(str::trim).filter(|part| !part.is_empty()).collect();
        let size =
            if self.letters > 0 { self.size as f32 / self.letters as f32 } else { DEFAULT_SIZE as f32 };
        let mut lines: Vec<Line> = Vec::new();
        for (place, part) in parts.iter().enumerate() {
            let is_first = place == 0;
            lines.push(Line {
                text: if is_first { with_label(number, part) } else { (*part).to_owned() },
                role: if is_first { role.clone() } else { Role::Body },
                space_above: if is_first { look.space_before.unwrap_or(0) as f32 / LINE_HEIGHT } else { 0.0 },
                indent: indent(&look, number, is_first, size),
                size,
                bold: self.bold * 2 > self.letters,
                italic: self.italic * 2 > self.letters,
                centred: look.centred == Some(true),
                whole: place + 1 == parts.len(),
                block: None,
                bounds: None,
                confidence: None,
                eid: None,
            });
        }
        lines
    }

    fn role(&self, look: &ParagraphLook, style: &Style, number: Option<&Number>) -> Role {
        let is_bullet = number.is_some_and(|number| number.label.is_empty());
        if style.is_contents {
            return Role::Furniture;
        }
        match self.heading_depth(look, style) {
            Some(depth) if !is_bullet => {
                let label =
                    number.map(|number| number.label.trim_end_matches([' ', '–', '—', ':']).to_owned());
                let words = self.text.split_whitespace().collect::<Vec<_>>().join(" ");
                let title = label.is_some().then_some(words);
                Role::Heading { level: Level::Heading, depth, label, title }
            }
            _ if is_bullet => Role::Item { depth: number.map_or(1, |number| number.level as u8 + 1) },
            _ if style.is_quotation => Role::Quotation,
            _ => Role::Body,
        }
    }

    fn heading_depth(&self, look: &ParagraphLook, style: &Style) -> Option<u8> {
        let words = self.text.trim();
        let ends_sentence = words.ends_with(['.', ';', ':', ',']) && words.len() > LONGEST_SENTENCE;
        if ends_sentence || words.len() > LONGEST_HEADING {
            return None;
        }
        let by_outline = look.outline.map(|level| (level < 9).then_some(level + 1));
        by_outline.unwrap_or(style.heading)
    }
}

/// Half points: ten points, where the document says nothing (ECMA-376, part 1, 17.3.2.38).
pub(super) const DEFAULT_SIZE: i64 = 20;

/// A list may put nothing between number and words, for the eye to part them by a margin; a space
/// does that in a text.
fn with_label(number: Option<&Number>, words: &str) -> String {
    match number {
        Some(number) if number.label.is_empty() => words.to_owned(),
        Some(number) => format!("{} {words}", number.label),
        None => words.to_owned(),
    }
}

/// In ems. What the paragraph says wins over its list, and its list over its style: here the style
/// has been asked already, so that the list is asked only where neither says anything.
fn indent(look: &ParagraphLook, number: Option<&Number>, is_first: bool, size: f32) -> f32 {
    let left = look.left.or(number.and_then(|number| number.left)).unwrap_or(0);
    let first_line = look.first_line.or(number.and_then(|number| number.first_line)).unwrap_or(0);
    let twentieths = if is_first { left + first_line } else { left };
    // A half point is ten twentieths.
    (twentieths as f32 / (size * 10.0)).max(0.0)
}
