//! From a byte of the text to the page, and to the place on the page, that it came from.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Span;

/// The pages of a document's text, in order. Empty where the source has no pages.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PageMap {
    /// The pages, by rising start.
    pub pages: Vec<Page>,
    /// Where each line of the source stands; by rising start, and only for sources that say.
    pub lines: Vec<LineBox>,
}

/// One page of the source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Page {
    /// First byte of the page in the document's text.
    pub start: usize,
    /// The page's place in the source, from 1.
    pub number: u32,
    /// The number printed on it, where there is one ("iv", "12").
    pub label: Option<String>,
}

/// A line of the source and its place on the page.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct LineBox {
    /// Bytes of the document's text.
    pub span: Span,
    /// The page, from 1.
    pub page: u32,
    /// Where on the page.
    pub bounds: Bounds,
}

/// A rectangle on a page, in points (1/72 inch) from its top left corner.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Bounds {
    /// Left edge.
    pub left: f32,
    /// Upper edge.
    pub top: f32,
    /// Right edge.
    pub right: f32,
    /// Lower edge.
    pub bottom: f32,
}

impl PageMap {
    /// The page on which byte `at` of the text stands.
    pub fn page_at(&self, at: usize) -> Option<&Page> {
        let after = self.pages.partition_point(|page| page.start <= at);
        self.pages.get(after.checked_sub(1)?)
    }

    /// The source lines that share a byte with `span`.
    pub fn lines_of(&self, span: Span) -> impl Iterator<Item = &LineBox> {
        let first = self.lines.partition_point(|line| line.span.end <= span.start);
        self.lines[first..].iter().take_while(move |line| line.span.start < span.end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byte_belongs_to_the_last_page_that_starts_before_it() {
        let page = |start, number| Page { start, number, label: None };
        let map = PageMap { pages: vec![page(0, 1), page(10, 2), page(10, 3)], lines: Vec::new() };
        assert_eq!(map.page_at(9).map(|page| page.number), Some(1));
        assert_eq!(map.page_at(10).map(|page| page.number), Some(3));
        assert_eq!(PageMap::default().page_at(3), None);
    }
}
