//! The walk over a story (text, note, header): elements become paragraphs, paragraphs lines.

use std::collections::HashMap;

use super::fields::{self, Fields};
use super::look::{ParagraphLook, RunLook};
use super::notes::Notes;
use super::numbering::Numbering;
use super::paragraph::{LINE_HEIGHT, Paragraph};
use super::styles::Styles;
use super::symbols;
use crate::Line;
use crate::extract::ordinal::raised;
use crate::extract::tables::{Kind, Tables};
use crate::extract::xml::{Element, Node, walk};

/// What all stories of a document share.
#[derive(Debug)]
pub(super) struct Shared {
    pub(super) styles: Styles,
    pub(super) numbering: Numbering,
    pub(super) footnotes: Notes,
    pub(super) endnotes: Notes,
    pub(super) changes: Changes,
    /// Bytes of text that may still be read; at 0 it was too much.
    pub(super) budget: usize,
}

/// Tracked changes and comments that were met.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Changes {
    pub(super) inserted: usize,
    pub(super) deleted: usize,
    pub(super) comments: usize,
}

/// What a story holds.
#[derive(Debug, Default)]
pub(super) struct Told {
    pub(super) lines: Vec<Line>,
    /// Lines of each note, where the story is a part of notes.
    pub(super) notes: HashMap<String, Vec<Line>>,
    /// Its sections, in order.
    pub(super) sections: Vec<Section>,
    /// Why the XML breaks off, where it does.
    pub(super) broken: Option<String>,
}

/// What a section says of its pages.
#[derive(Debug, Default)]
pub(super) struct Section {
    /// Headers and footers that it refers to: kind ("first", "default"), relation id.
    pub(super) frames: Vec<(Side, String, String)>,
    /// Whether its first page has its own.
    pub(super) has_first_page: bool,
}

/// On which side of a page a frame stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Header,
    Footer,
}

/// Reads a story.
pub(super) fn read(xml: &str, shared: &mut Shared) -> Told {
    let mut story = Story { shared, told: Told::default(), state: State::default() };
    let broken = walk(xml, |node| match node {
        Node::Open(element) => story.open(&element),
        Node::Close(name) => story.close(name),
        Node::Text(words) => story.text(words),
    });
    // Whatever is open when the XML breaks off has been read so far.
    while !story.state.paragraphs.is_empty() {
        story.end_paragraph();
    }
    story.end_joined();
    story.state.tables.close_all(&mut story.told.lines);
    story.told.broken = broken.err();
    story.told
}

struct Story<'a> {
    shared: &'a mut Shared,
    told: Told,
    state: State,
}

/// Where in a story the walk is.
#[derive(Debug, Default)]
struct State {
    /// The paragraphs that are open: a text box stands inside the paragraph that it is anchored in.
    paragraphs: Vec<Paragraph>,
    /// A paragraph whose end was deleted, for the next to continue.
    joined: Option<Paragraph>,
    /// Lines of text boxes, which follow the paragraph that they are anchored in.
    boxed: Vec<Line>,
    tables: Tables,
    /// Space below the last paragraph, in lines.
    space: f32,
    /// Whether the row being read was deleted, and the lines before it.
    row: Option<(bool, usize)>,
    run: RunLook,
    /// Open elements inside one whose content is not read, with it.
    n_skipped: usize,
    in_paragraph_look: bool,
    in_run_look: bool,
    in_row_look: bool,
    in_text: bool,
    /// Inside the code of a field.
    in_code: bool,
    fields: Fields,
    /// Inside a content control that shows only what to type.
    is_placeholder: bool,
    /// A note whose mark is the text that follows: whether an endnote, and its id.
    custom_mark: Option<(bool, String)>,
    /// The note being read, and the lines before it.
    note: Option<(String, usize)>,
}

impl Story<'_> {
    fn open(&mut self, element: &Element<'_>) {
        let state = &mut self.state;
        if state.n_skipped > 0 {
            state.n_skipped += 1;
            return;
        }
        if state.in_row_look && element.name == "del" {
            state.row = state.row.map(|(_, n_lines)| (true, n_lines));
        }
        let is_look = state.in_paragraph_look || state.in_run_look || state.in_row_look;
        if is_unread(element.name) || (!is_look && is_deleted(element.name)) {
            self.shared.changes.deleted += usize::from(is_deleted(element.name));
            state.n_skipped = 1;
            return;
        }
        match element.name {
            "pPr" => state.in_paragraph_look = true,
            "rPr" => state.in_run_look = true,
            "trPr" => state.in_row_look = true,
            "sectPr" => self.told.sections.push(Section::default()),
            _ if state.in_run_look => self.run_look(element),
            "headerReference" | "footerReference" => self.frame(element),
            "titlePg" => self.section(|section| section.has_first_page = element.is_on()),
            _ if state.in_paragraph_look => {
                if let Some(paragraph) = state.paragraphs.last_mut() {
                    paragraph.look.take(element);
                }
            }
            _ => self.content(element),
        }
    }

    /// The mark of a paragraph's end has a look too, and its deletion joins two paragraphs.
    fn run_look(&mut self, element: &Element<'_>) {
        if !self.state.in_paragraph_look {
            self.state.run.take(element);
        } else if is_deleted(element.name)
            && let Some(paragraph) = self.state.paragraphs.last_mut()
        {
            paragraph.is_joined = true;
            self.shared.changes.deleted += 1;
        } else if element.name == "ins" {
            self.shared.changes.inserted += 1;
        }
    }

    fn frame(&mut self, element: &Element<'_>) {
        let side = if element.name == "headerReference" { Side::Header } else { Side::Footer };
        let kind = element.attribute("type").unwrap_or_default();
        let id = element.attribute("id").unwrap_or_default();
        self.section(|section| section.frames.push((side, kind, id)));
    }

    /// Lets the section that is being read take something.
    fn section(&mut self, take: impl FnOnce(&mut Section)) {
        if let Some(section) = self.told.sections.last_mut() {
            take(section);
        }
    }

    fn content(&mut self, element: &Element<'_>) {
        let n_lines = self.told.lines.len();
        let state = &mut self.state;
        match element.name {
            "p" => {
                // A paragraph that continues a deleted end looks as itself, not as the one before.
                let mut paragraph = state.joined.take().unwrap_or_default();
                paragraph.look = ParagraphLook::default();
                state.paragraphs.push(paragraph);
            }
            "r" => state.run = RunLook::default(),
            "t" => state.in_text = true,
            "tbl" => state.tables.open(Kind::Data),
            "fldChar" => state.fields.mark(&element.attribute("fldCharType").unwrap_or_default()),
            "fldSimple" if fields::is_place(&element.attribute("instr").unwrap_or_default()) => {
                state.n_skipped = 1;
            }
            "instrText" => state.in_code = true,
            "tr" => state.row = Some((false, n_lines)),
            "tc" => state.tables.cell(n_lines),
            "showingPlcHdr" => state.is_placeholder = element.is_on(),
            "sdtContent" if std::mem::take(&mut state.is_placeholder) => state.n_skipped = 1,
            "ins" | "moveTo" => self.shared.changes.inserted += 1,
            "commentReference" => self.shared.changes.comments += 1,
            "footnote" | "endnote" => {
                state.space = 0.0;
                state.note = element.attribute("id").map(|id| (id, n_lines));
            }
            "footnoteReference" | "endnoteReference" => self.refer(element),
            _ => self.letter(element),
        }
    }

    /// Elements that stand for a letter.
    fn letter(&mut self, element: &Element<'_>) {
        match element.name {
            "tab" | "ptab" => self.words("\t"),
            "br" | "cr" => {
                if let Some(paragraph) = self.state.paragraphs.last_mut() {
                    paragraph.text.push('\n');
                }
            }
            "noBreakHyphen" => self.words("\u{2011}"),
            "softHyphen" => self.words("\u{ad}"),
            "sym" => {
                let font = element.attribute("font").unwrap_or_default();
                let letter = symbols::letter(&font, &element.attribute("char").unwrap_or_default());
                self.words(&letter.map(String::from).unwrap_or_default());
            }
            _ => {}
        }
    }

    fn refer(&mut self, element: &Element<'_>) {
        let is_endnote = element.name == "endnoteReference";
        let id = element.attribute("id").unwrap_or_default();
        let is_custom =
            element.attribute("customMarkFollows").is_some_and(|value| value != "0" && value != "false");
        if is_custom {
            self.state.custom_mark = Some((is_endnote, id));
            return;
        }
        let mark = self.notes(is_endnote).refer(&id, None);
        self.words(&raised(&mark));
    }

    fn notes(&mut self, is_endnote: bool) -> &mut Notes {
        if is_endnote { &mut self.shared.endnotes } else { &mut self.shared.footnotes }
    }

    fn text(&mut self, words: &str) {
        if self.state.in_code {
            self.state.fields.code(words);
        }
        if !self.state.in_text || self.state.n_skipped > 0 {
            return;
        }
        if let Some((is_endnote, id)) = self.state.custom_mark.take() {
            let mark = words.trim();
            self.notes(is_endnote).refer(&id, Some(mark));
        }
        self.words(words);
    }

    fn words(&mut self, words: &str) {
        if self.state.fields.is_place() {
            return;
        }
        let Some(paragraph) = self.state.paragraphs.last_mut() else { return };
        let style = self.shared.styles.of(paragraph.look.style.as_deref());
        let run = &self.state.run;
        let look = run.or(&self.shared.styles.run(run.style.as_deref())).or(&style.run);
        paragraph.push(words, &look);
    }

    fn close(&mut self, name: &str) {
        if self.state.n_skipped > 0 {
            self.state.n_skipped -= 1;
            return;
        }
        match name {
            "pPr" => self.state.in_paragraph_look = false,
            "rPr" => self.state.in_run_look = false,
            "trPr" => self.state.in_row_look = false,
            "t" => self.state.in_text = false,
            "instrText" => self.state.in_code = false,
            "p" => self.end_paragraph(),
            // A deleted end has no paragraph to join to beyond its cell, box or note.
            "tc" | "txbxContent" => self.end_joined(),
            "tr" => self.end_row(),
            "tbl" => self.state.tables.close(&mut self.told.lines),
            "footnote" | "endnote" => self.end_note(),
            _ => {}
        }
    }

    fn end_paragraph(&mut self) {
        self.state.fields.end_paragraph();
        let Some(mut paragraph) = self.state.paragraphs.pop() else { return };
        if std::mem::take(&mut paragraph.is_joined) {
            self.state.joined = Some(paragraph);
        } else {
            self.take_paragraph(paragraph);
        }
    }

    fn end_joined(&mut self) {
        if let Some(paragraph) = self.state.joined.take() {
            self.take_paragraph(paragraph);
        }
    }

    fn take_paragraph(&mut self, paragraph: Paragraph) {
        let style = self.shared.styles.of(paragraph.look.style.as_deref());
        let look = paragraph.look.or(&style.paragraph);
        let number = self.shared.numbering.count(&look, &self.shared.styles);
        let mut lines = paragraph.lines(style, number.as_ref());
        // An empty paragraph is the blank line that it is used for.
        let space_after = look.space_after.unwrap_or(0) as f32 / LINE_HEIGHT;
        match lines.first_mut() {
            Some(line) => line.space_above += std::mem::replace(&mut self.state.space, space_after),
            None => self.state.space += 1.0,
        }
        let n_bytes: usize = lines.iter().map(|line| line.text.len()).sum();
        self.shared.budget = self.shared.budget.saturating_sub(n_bytes);
        if self.shared.budget == 0 {
            return;
        }
        if self.state.paragraphs.is_empty() {
            self.told.lines.extend(lines);
            self.told.lines.append(&mut self.state.boxed);
        } else {
            self.state.boxed.extend(lines);
        }
    }

    fn end_row(&mut self) {
        if let Some((true, n_lines)) = self.state.row.take() {
            self.told.lines.truncate(n_lines);
            self.state.tables.drop_row();
            self.shared.changes.deleted += 1;
        } else {
            self.state.tables.end_row(&mut self.told.lines);
        }
    }

    fn end_note(&mut self) {
        self.end_joined();
        if let Some((id, n_lines)) = self.state.note.take()
            && n_lines <= self.told.lines.len()
        {
            self.told.notes.insert(id, self.told.lines.split_off(n_lines));
        }
    }
}

/// Elements whose content is no text, or the same text a second time.
fn is_unread(name: &str) -> bool {
    name.ends_with("Change")
        || matches!(name, "Fallback" | "rt" | "delText" | "delInstrText" | "tblPr" | "tblGrid")
}

/// What a tracked change took away from here.
fn is_deleted(name: &str) -> bool {
    matches!(name, "del" | "moveFrom")
}
