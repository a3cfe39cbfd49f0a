//! The first lines of a source as they stand on the page, its running heads and its last lines:
//! what a person looks at to see what a document is.
//!
//! Lines are taken before they are joined into paragraphs and before furniture goes, since a
//! masthead is set in columns and often is the page head.

use chapeau_document::{Document, Furniture, Part, Unit};

use crate::lists;
use crate::normalize::clean_line;
use crate::{Extracted, Line, Role};

/// A line with its looks.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct SheetLine {
    pub(crate) text: String,
    pub(crate) place: Place,
    /// Size of its letters relative to the body text.
    pub(crate) size: f32,
    pub(crate) bold: bool,
    pub(crate) italic: bool,
    pub(crate) centred: bool,
    pub(crate) indent: f32,
    /// Empty space above it, in line heights.
    pub(crate) space_above: f32,
    /// Index of its page among those that have lines.
    pub(crate) page: usize,
    /// The paragraph that the format says it belongs to.
    pub(crate) block: Option<u32>,
    /// Whether it is a whole paragraph.
    pub(crate) whole: bool,
}

/// Where a line stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Place {
    #[default]
    Text,
    /// A heading of this depth.
    Heading(u8),
    /// A cell of a table.
    Cell,
    Furniture,
    /// A footnote, a quotation, an item of a list.
    Apart,
}

/// What is looked at.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sheet {
    /// The first lines.
    pub(crate) lines: Vec<SheetLine>,
    /// Running heads and feet.
    pub(crate) running: Vec<String>,
    /// The last lines.
    pub(crate) tail: Vec<String>,
}

/// Lines looked at: mastheads, covers and contents lists have no more before the text begins.
const MOST_LINES: usize = 200;
/// Pages looked at.
const MOST_PAGES: usize = 5;
/// A longer line, in bytes, is a paragraph, of which the beginning tells enough.
const LONGEST: usize = 1500;
/// Running heads looked at.
const MOST_RUNNING: usize = 60;
/// Last lines looked at: headers and footers of a Word file saved as text.
const TAIL: usize = 40;

impl Sheet {
    /// The sheet of what was extracted.
    pub(crate) fn of(extracted: &Extracted, furniture: &[Furniture]) -> Self {
        let mut lines = Vec::new();
        let written = extracted.pages.iter().filter(|page| !page.lines.is_empty());
        for (page, content) in written.enumerate().take(MOST_PAGES) {
            let mut lists_changes = false;
            for line in &content.lines {
                if lines.len() >= MOST_LINES {
                    break;
                }
                // The acts that changed a consolidated text are listed above it, and are others.
                lists_changes = announces_changes(&line.text)
                    || lists_changes && (line.role == Role::TableRow || line.text.trim().is_empty());
                if !lists_changes {
                    lines.extend(split(line, page));
                }
            }
        }
        let running = furniture.iter().take(MOST_RUNNING).map(|line| line.text.clone()).collect();
        Self { lines, running, tail: tail(extracted) }
    }

    /// The sheet of a document whose source is not at hand: the front matter of its text.
    pub(crate) fn of_document(document: &Document) -> Self {
        let is_front = |part: Part, unit: Unit| {
            part == Part::FrontMatter || matches!(unit, Unit::Masthead | Unit::Heading | Unit::Chapeau)
        };
        let front = document.clauses.iter().take_while(|clause| is_front(clause.part, clause.unit));
        let mut lines = Vec::new();
        for clause in front {
            for (at, text) in clause.span.of(&document.text).lines().enumerate() {
                let space_above = if at == 0 { 1.0 } else { 0.0 };
                let text = text.trim().to_owned();
                if !text.is_empty() && lines.len() < MOST_LINES {
                    lines.push(SheetLine { text, space_above, size: 1.0, ..SheetLine::default() });
                }
            }
        }
        let running = document.furniture.iter().take(MOST_RUNNING).map(|line| line.text.clone()).collect();
        Self { lines, running, tail: Vec::new() }
    }
}

/// "Amended by:", above the table of the acts that did.
fn announces_changes(text: &str) -> bool {
    text.len() <= 40
        && lists::CHANGED_BY
            .contains(&crate::label::folded(text.trim().trim_end_matches([':', ' '])).as_str())
}

/// A line as one or, where it has cells or breaks, several.
fn split(line: &Line, page: usize) -> Vec<SheetLine> {
    let place = match line.role {
        Role::Body => Place::Text,
        Role::Heading { depth, .. } => Place::Heading(depth),
        Role::TableRow => Place::Cell,
        Role::Furniture => Place::Furniture,
        Role::Footnote { .. } | Role::Quotation | Role::Item { .. } => Place::Apart,
    };
    let whole = &line.text[..line.text.floor_char_boundary(LONGEST)];
    let parts = whole.split(|c| c == '\n' || (c == '\t' && matches!(place, Place::Cell | Place::Furniture)));
    let is_set = place == Place::Text && !line.whole;
    let parts = parts.flat_map(|part| columns(part, is_set));
    let parts = parts.map(|part| clean_line(part).into_owned()).filter(|part| !part.is_empty());
    let mut lines = Vec::new();
    for text in parts {
        let space_above = if lines.is_empty() { line.space_above } else { 0.0 };
        lines.push(SheetLine {
            text,
            place,
            size: if line.size > 0.0 { line.size } else { 1.0 },
            bold: line.bold,
            italic: line.italic,
            centred: line.centred,
            indent: line.indent,
            space_above,
            page,
            block: line.block,
            whole: line.whole,
        });
    }
    lines
}

/// The columns of a line that is set with spaces: "United Nations        A/RES/99/12".
fn columns(part: &str, is_set: bool) -> Vec<&str> {
    if is_set {
        part.trim().split("   ").map(str::trim).filter(|part| !part.is_empty()).collect()
    } else {
        vec![part]
    }
}

fn tail(extracted: &Extracted) -> Vec<String> {
    let lines = extracted.pages.iter().rev().flat_map(|page| page.lines.iter().rev());
    let lines = lines.filter(|line| line.text.len() <= LONGEST).take(TAIL);
    let mut tail: Vec<String> = lines.map(|line| clean_line(&line.text).into_owned()).collect();
    tail.reverse();
    tail
}
