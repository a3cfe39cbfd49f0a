//! What extraction yields: pages of lines, each line with the cues that its format gives.
//!
//! Every extractor ends here and every later step begins here, so that clause splitting never
//! asks which format a text came in.

use chapeau_document::{Bounds, Document, Level, Metadata};

use crate::source::Warning;

/// A source as extracted.
#[derive(Clone, Debug, Default)]
pub struct Extracted {
    /// The pages, in order; one page for formats that have none.
    pub pages: Vec<ExtractedPage>,
    /// Whether the pages are those of the source (`false`: the format has no pages).
    pub paged: bool,
    /// Metadata that the file itself carries.
    pub embedded: Metadata,
    /// What a reader should know.
    pub warnings: Vec<Warning>,
    /// How it was read, for `text --explain`: one finding a line.
    pub explanation: Vec<String>,
    /// Documents that came ready-made (clause records); then `pages` is empty.
    pub documents: Vec<Document>,
    /// Pages whose text is only drawn, where it was asked for them.
    pub unread: Vec<u32>,
    /// Whether recognition (OCR) could find more text in it.
    pub recognisable: bool,
}

/// One page.
#[derive(Clone, Debug, Default)]
pub struct ExtractedPage {
    /// Place in the source, from 1.
    pub number: u32,
    /// The number printed on it.
    pub label: Option<String>,
    /// Its lines, in the order in which a person reads them.
    pub lines: Vec<Line>,
}

/// One line, or one whole paragraph where the format marks paragraphs.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Line {
    /// Its words, as the format gives them: not yet normalised.
    pub text: String,
    /// What the format says that it is.
    pub role: Role,
    /// Empty space above it, in line heights: 0.0 for ordinary leading, 1.0 for a blank line.
    pub space_above: f32,
    /// Distance of its first glyph from the left edge of the text, in ems (characters for plain text).
    pub indent: f32,
    /// Size of its letters relative to the body text of the document; 1.0 where unknown.
    pub size: f32,
    /// Whether most of it is bold.
    pub bold: bool,
    /// Whether most of it is italic.
    pub italic: bool,
    /// Whether it stands in the middle of its column.
    pub centred: bool,
    /// Whether the format says that this is a whole paragraph, never to be joined with the next.
    pub whole: bool,
    /// The paragraph, heading or item that the format says it belongs to: lines of one number, one
    /// after the other, run on.
    pub block: Option<u32>,
    /// Where it stands on its page.
    pub bounds: Option<Bounds>,
    /// How sure its words are, 0..=1, where they were recognised from an image.
    pub confidence: Option<f32>,
    /// The id of the element that begins with it, in a format that has ids.
    pub eid: Option<String>,
}

/// What the format itself says that a line is.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Role {
    /// Nothing said: the splitter decides.
    #[default]
    Body,
    /// A heading. `label` and `title` where the format keeps them apart.
    Heading {
        /// The level, where the format names it (an XML `<article>`); [`Level::Heading`] otherwise.
        level: Level,
        /// Nesting among the format's headings, from 1 (`<h1>`, `#`).
        depth: u8,
        /// The number, as printed: "ARTICLE 14.3".
        label: Option<String>,
        /// The words.
        title: Option<String>,
    },
    /// A list item; its marker is in the text if the source prints one.
    Item {
        /// Nesting of lists, from 1.
        depth: u8,
    },
    /// A quotation set apart.
    Quotation,
    /// A row of a table, its cells separated by tabs.
    TableRow,
    /// A footnote, with its mark.
    Footnote {
        /// "1", "*".
        mark: String,
    },
    /// A running head, running foot or page number.
    Furniture,
}
