//! A half-open range of bytes in one named text.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Bytes `start..end` of one UTF-8 text; both ends lie on character boundaries.
///
/// Which text is meant is said by the field that holds the span: the document's text for a
/// clause, the clause's text for a mark.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// The span `start..end`.
    pub fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        self.end.saturating_sub(self.start)
    }

    /// Whether the span holds no byte.
    pub fn is_empty(self) -> bool {
        self.end <= self.start
    }

    /// The words that the span covers; empty where it does not fit `text`.
    pub fn of(self, text: &str) -> &str {
        text.get(self.start..self.end).unwrap_or_default()
    }

    /// Whether `other` lies within this span.
    pub fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share at least one byte.
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The same bytes counted from `origin` instead of from the start of the text.
    pub fn relative_to(self, origin: usize) -> Self {
        Self::new(self.start.saturating_sub(origin), self.end.saturating_sub(origin))
    }

    /// The span without white space at its ends.
    pub fn trimmed(self, text: &str) -> Self {
        let words = self.of(text);
        let start = self.start + (words.len() - words.trim_start().len());
        Self::new(start, start + words.trim().len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trims_to_the_words() {
        let text = "a  b c  ";
        assert_eq!(Span::new(1, 8).trimmed(text), Span::new(3, 6));
        assert_eq!(Span::new(1, 3).trimmed(text).of(text), "");
    }

    #[test]
    fn a_span_that_does_not_fit_covers_nothing() {
        assert_eq!(Span::new(1, 9).of("é"), "");
        assert_eq!(Span::new(0, 1).of("é"), "");
    }
}
