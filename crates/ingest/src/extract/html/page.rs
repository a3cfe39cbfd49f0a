//! The walk over a page: elements open and close, words become lines.
//!
//! A tree is not built. Which element a word stands in is all that counts, so the open elements
//! are kept in a stack of our own and no depth of nesting can exhaust the program's.

use std::collections::HashMap;

use chapeau_document::Level;

use super::attributes::Attributes;
use super::element::{Context, heading_depth, is_furniture, is_in_line, is_inline, is_void};
use super::eurlex::{self, Named};
use super::head::Head;
use super::lists::{Lists, is_numbered};
use super::notes::{Link, Notes};
use super::plain_notes;
use super::words::Words;
use crate::extract::ordinal::raised;
use crate::extract::properties;
use crate::extract::starred;
use crate::extract::tables::{Kind, Tables};
use crate::extract::text::indent;
use crate::{Line, Role};

/// An end tag reaches at most this far up the open elements. Pages that need more are broken,
/// and looking further would let a hostile one cost time by the square of its length.
const REACH: usize = 512;

/// A page as far as it is read.
#[derive(Debug, Default)]
pub(super) struct Page {
    pub(super) lines: Vec<Line>,
    pub(super) head: Head,
    /// Bytes of text so far.
    pub(super) n_bytes: usize,
    open: Vec<Element>,
    /// How many elements of each name are open, so that a stray end tag costs nothing.
    n_open: HashMap<String, usize>,
    words: Words,
    lists: Lists,
    tables: Tables,
    notes: Notes,
    link: Option<Link>,
    n_links: usize,
    /// Bytes of the line before the link that is being read.
    link_start: usize,
    has_heading: bool,
    /// The item that has begun and has no words yet: its marker.
    item: Option<Option<String>>,
    space_above: f32,
    /// White space before a line whose white space counts.
    line_indent: f32,
    /// Whether it is one of the oldest of EUR-Lex, in which notes are only paragraphs.
    pub(super) has_plain_notes: bool,
}

#[derive(Debug)]
struct Element {
    name: String,
    is_inline: bool,
    what: What,
    context: Context,
    /// Place of the innermost element that is not inline, up to and with this one.
    block: Option<usize>,
    /// For the frame around the text: how many lines and links stood before it.
    furniture: Option<(usize, usize)>,
}

/// What ends with an element beside its words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum What {
    #[default]
    Nothing,
    /// The box of a number.
    Number,
    /// A list set as a grid.
    Grid,
    /// A footer within the text: so many lines and links stood before it.
    Footer(usize, usize),
}

impl What {
    fn of(attributes: &Attributes<'_>) -> Self {
        match attributes.get("class") {
            Some(classes) if eurlex::is_number(classes) => Self::Number,
            Some(classes) if eurlex::is_grid(classes) => Self::Grid,
            _ => Self::Nothing,
        }
    }
}

impl Page {
    /// A start tag. `is_closed`: it stands for the end tag too, as in XHTML.
    pub(super) fn start(&mut self, name: &str, attributes: &Attributes<'_>, is_closed: bool) {
        self.head.element(name, attributes);
        if matches!(name, "html" | "head" | "body" | "frameset") {
            return;
        }
        if name == "br" && self.is_in_head() {
            return self.words.end_head();
        }
        self.close_implied(name);
        match name {
            "br" => return self.line_break(),
            "p" | "blockquote" | "pre" | "table" | "hr" => self.parts(1.0),
            _ if heading_depth(name).is_some() => self.parts(1.0),
            _ if !is_in_line(name, attributes) => self.parts(0.0),
            _ => {}
        }
        if is_void(name) {
            return;
        }
        self.push(name, attributes);
        self.begin(name, attributes);
        if is_closed {
            self.close_top();
        }
    }

    fn push(&mut self, name: &str, attributes: &Attributes<'_>) {
        let around = self.context();
        let mut context = around.inside(name, attributes);
        if let Some(note) = self.notes.begins_at(attributes) {
            match is_inline(name) {
                true => self.words.note = note,
                false => context.note = note,
            }
        }
        let is_furniture = !around.furniture && is_furniture(name, attributes, around);
        context.furniture |= is_furniture;
        let furniture = is_furniture.then_some((self.lines.len(), self.n_links));
        let around_text = around.content;
        let around = self.open.last().and_then(|element| element.block);
        let is_inline = is_in_line(name, attributes);
        let block = if is_inline { around } else { Some(self.open.len()) };
        *self.n_open.entry(name.to_owned()).or_default() += 1;
        let what = match name {
            "footer" if around_text => What::Footer(self.lines.len(), self.n_links),
            _ => What::of(attributes),
        };
        let name = name.to_owned();
        self.open.push(Element { name, is_inline, what, context, block, furniture });
    }

    fn begin(&mut self, name: &str, attributes: &Attributes<'_>) {
        match name {
            "ul" | "ol" | "menu" | "dir" => self.lists.open(name, attributes),
            "li" => self.item = Some(self.lists.item(attributes)),
            "table" => self.tables.open(match attributes.get("role") {
                Some("presentation" | "none") => Kind::Layout,
                _ => Kind::Data,
            }),
            "td" | "th" => self.tables.cell(self.lines.len()),
            "a" => {
                self.n_links += usize::from(attributes.get("href").is_some());
                self.link_start = self.words.text.len();
                self.link = Link::of(attributes, self.words.text.len(), self.context().raised);
            }
            _ => self.begin_box(name, attributes),
        }
    }

    fn begin_box(&mut self, name: &str, attributes: &Attributes<'_>) {
        let classes = attributes.get("class").unwrap_or_default();
        if eurlex::is_grid(classes) {
            self.tables.open(Kind::List);
        } else if eurlex::is_column(classes) {
            self.tables.cell(self.lines.len());
        }
        self.has_plain_notes |= name == "txt_te" || attributes.get("id") == Some("TexteOnly");
    }

    /// An end tag.
    pub(super) fn end(&mut self, name: &str) {
        match name {
            "br" => self.line_break(),
            "p" if self.place_of(&["p"], &["table", "td", "th"]).is_none() => self.parts(1.0),
            "tr" | "td" | "th" | "tbody" | "thead" | "tfoot" => self.close_to(&[name], &["table"]),
            "li" => self.close_to(&[name], &["ul", "ol", "table"]),
            "table" => self.close_to(&[name], &[]),
            _ if heading_depth(name).is_some() => {
                self.close_to(&["h1", "h2", "h3", "h4", "h5", "h6"], &["table", "td", "th"]);
            }
            _ => self.close_to(&[name], &["table", "td", "th"]),
        }
    }

    /// Elements that end where another begins, since HTML lets their end tags go.
    fn close_implied(&mut self, name: &str) {
        const CELL: &[&str] = &["table", "td", "th"];
        match name {
            "li" => self.close_to(&["li"], &["ul", "ol", "menu", "dir", "td", "th"]),
            "dt" | "dd" => self.close_to(&["dt", "dd"], &["dl", "td", "th"]),
            "td" | "th" => self.close_to(&["td", "th"], &["table"]),
            "tr" => self.close_to(&["tr"], &["table"]),
            "tbody" | "thead" | "tfoot" => self.close_to(&["tbody", "thead", "tfoot"], &["table"]),
            "a" => self.close_to(&["a"], CELL),
            _ if heading_depth(name).is_some() => {
                self.close_to(
                    &["h1", "h2", "h3", "h4", "h5", "h6"],
                    &["table", "td", "th", "div", "section"],
                );
            }
            _ => {}
        }
        let block = self.open.last().and_then(|element| element.block);
        if let Some(place) = block.filter(|place| !is_inline(name) && self.open[*place].name == "p") {
            self.close_down_to(place);
        }
    }

    fn place_of(&self, names: &[&str], barriers: &[&str]) -> Option<usize> {
        if !names.iter().any(|name| self.n_open.get(*name).is_some_and(|n_open| *n_open > 0)) {
            return None;
        }
        let within = self.open.iter().enumerate().rev().take(REACH);
        let found = within
            .take_while(|(_, element)| {
                !barriers.contains(&element.name.as_str()) || names.contains(&element.name.as_str())
            })
            .find(|(_, element)| names.contains(&element.name.as_str()));
        found.map(|(place, _)| place)
    }

    fn close_to(&mut self, names: &[&str], barriers: &[&str]) {
        if let Some(place) = self.place_of(names, barriers) {
            self.close_down_to(place);
        }
    }

    fn close_down_to(&mut self, place: usize) {
        while self.open.len() > place {
            self.close_top();
        }
    }

    fn close_top(&mut self) {
        let Some(element) = self.open.last() else { return };
        let (name, what, is_inline) = (element.name.clone(), element.what, element.is_inline);
        if name == "a" {
            self.end_link();
        } else if !is_inline {
            self.parts(if heading_depth(&name).is_some() || name == "p" { 1.0 } else { 0.0 });
        }
        match name.as_str() {
            "ul" | "ol" | "menu" | "dir" => self.lists.close(),
            "li" => self.item = None,
            "tr" => self.tables.end_row(&mut self.lines),
            "table" => self.tables.close(&mut self.lines),
            _ => {}
        }
        match what {
            What::Number => self.words.end_number(),
            What::Grid => self.tables.close(&mut self.lines),
            What::Footer(n_lines, n_links) => self.end_footer(n_lines, n_links),
            What::Nothing => {}
        }
        if let Some(n_open) = self.n_open.get_mut(&name) {
            *n_open -= 1;
        }
        let furniture = self.open.pop().and_then(|element| element.furniture);
        if let Some((n_lines, n_links)) = furniture {
            self.end_furniture(n_lines, n_links);
        }
    }

    /// A header without a link that holds the title of the page is its title, not its frame.
    fn end_furniture(&mut self, n_lines: usize, n_links: usize) {
        let Some(lines) = self.lines.get_mut(n_lines..) else { return };
        let has_title = lines.iter().any(|line| matches!(line.role, Role::Heading { depth: 1, .. }));
        if !(has_title && self.n_links == n_links) {
            lines.iter_mut().for_each(|line| line.role = Role::Furniture);
        }
    }

    /// A short footer with links is that of the site, even within the text.
    fn end_footer(&mut self, n_lines: usize, n_links: usize) {
        const MOST_LINES: usize = 6;
        let Some(lines) = self.lines.get_mut(n_lines..) else { return };
        if lines.len() <= MOST_LINES && self.n_links > n_links {
            lines.iter_mut().for_each(|line| line.role = Role::Furniture);
        }
    }

    /// The words of a link have been read: the mark of a note is raised.
    fn end_link(&mut self) {
        self.words.end_link(self.link_start);
        let Some(link) = self.link.take() else { return };
        let Some(shown) = self.words.text.get(link.start..) else { return };
        let note = if self.words.note > 0 { self.words.note } else { self.context().note };
        if note > 0 && link.start == 0 {
            // The note's own mark leads back to the text; it is no word of the note.
            if self.notes.is_mark_of(note, shown) {
                self.words.replace_from(0, "");
            }
        } else if note == 0
            && let Some(mark) = self.notes.mark(&link, shown)
        {
            let mark = raised(mark);
            self.words.replace_from(link.start, &mark);
        }
    }

    fn context(&self) -> Context {
        self.open.last().map(|element| element.context).unwrap_or_default()
    }

    /// Words.
    pub(super) fn words(&mut self, found: &str) {
        let context = self.context();
        // In the text, as in XML of laws that came as a page, a title is a heading.
        let is_head = self.n_bytes == 0;
        if is_head && self.open.last().is_some_and(|element| element.name == "title") {
            return self.head.title_words(found);
        }
        if context.skipped {
            return;
        }
        self.n_bytes += found.len();
        if !context.preformatted {
            return self.words.push(found, context);
        }
        for (place, line) in found.split('\n').enumerate() {
            if place > 0 {
                self.preformatted_line_end();
            }
            if self.words.text.is_empty() {
                self.line_indent = indent(line);
            }
            self.words.push(line, context);
        }
    }

    fn preformatted_line_end(&mut self) {
        if self.words.text.is_empty() {
            self.space_above += 1.0;
        }
        self.end_line(false);
    }

    fn is_in_head(&self) -> bool {
        let context = self.context();
        context.heading > 0 || context.named.is_some_and(Named::is_head)
    }

    /// In a heading a break only shapes the heading; two of them part paragraphs.
    fn line_break(&mut self) {
        if self.is_in_head() {
            self.words.end_head();
        } else if self.words.text.is_empty() {
            self.parts(1.0);
            if let Some(line) = self.lines.last_mut() {
                line.whole = true;
            }
        } else {
            self.end_line(false);
        }
    }

    /// A paragraph ends here, and so much space follows at least.
    fn parts(&mut self, space_above: f32) {
        self.end_line(true);
        self.space_above = self.space_above.max(space_above);
    }

    fn end_line(&mut self, whole: bool) {
        if self.words.is_bare_number() && self.awaits_words() {
            return;
        }
        let words = std::mem::take(&mut self.words);
        self.link = None;
        if words.text.trim().is_empty() {
            // An anchor before a paragraph opens the note that the paragraph is.
            self.words.note = words.note;
            return;
        }
        let Some((role, text)) = self.role(&words) else { return };
        self.has_heading |= matches!(role, Role::Heading { .. });
        let role = if self.leads_elsewhere(&role, &words) { Role::Furniture } else { role };
        let (bold, italic) = (words.is_bold(), words.is_italic());
        let context = words.first;
        self.lines.push(Line {
            text,
            space_above: std::mem::take(&mut self.space_above),
            indent: indent_of(context) + std::mem::take(&mut self.line_indent),
            size: size(&role),
            bold: bold || matches!(role, Role::Heading { .. }),
            role,
            italic,
            centred: context.centred,
            whole,
            block: None,
            bounds: None,
            confidence: None,
            eid: None,
        });
    }

    /// Whether a line above the first heading only leads to other forms of the page: "Français", "pdf".
    fn leads_elsewhere(&self, role: &Role, words: &Words) -> bool {
        const LONGEST: usize = 60;
        const FIRST_LINES: usize = 6;
        let is_top = !self.has_heading && self.lines.len() < FIRST_LINES;
        is_top && *role == Role::Body && words.text.len() <= LONGEST && words.is_links()
    }

    /// Whether a number is followed by the box of its words, which no table parts from it.
    fn awaits_words(&self) -> bool {
        !self.open.is_empty() && !self.tables.is_open_row()
    }

    /// `None`: the heading above has taken the words.
    fn role(&mut self, words: &Words) -> Option<(Role, String)> {
        let (context, text) = (words.first, words.text.trim().to_owned());
        let note = if words.note > 0 { words.note } else { context.note };
        if note > 0 {
            self.item = None;
            let (mark, text) = self.notes.without_mark(note, &text);
            return Some((Role::Footnote { mark }, text));
        }
        if let Some(named) = context.named {
            self.head.named_line(named, &text, self.lines.len());
            return eurlex::settled(named, &text, words.head_end, &mut self.lines);
        }
        if context.heading > 0 && properties::is_celex(&text) {
            return Some((Role::Furniture, text));
        }
        if context.heading > 0 {
            let role =
                Role::Heading { level: Level::Heading, depth: context.heading, label: None, title: None };
            return Some((role, text));
        }
        Some(match self.item.take() {
            Some(marker) => (Role::Item { depth: context.list_depth.max(1) }, with_marker(marker, text)),
            None if context.quotation => (Role::Quotation, text),
            None => (Role::Body, text),
        })
    }

    /// The end of the page: whatever is open closes.
    pub(super) fn finish(&mut self) {
        self.close_down_to(0);
        self.parts(0.0);
        eurlex::without_marks(&mut self.lines);
        starred::settle(&mut self.lines);
        if self.has_plain_notes {
            plain_notes::settle(&mut self.lines);
        }
        self.tables.close_all(&mut self.lines);
    }
}

fn with_marker(marker: Option<String>, text: String) -> String {
    match marker {
        Some(marker) if !is_numbered(&text) => format!("{marker} {text}"),
        _ => text,
    }
}

/// Browsers indent lists and quotations by 40 pixels, which are two and a half ems.
fn indent_of(context: Context) -> f32 {
    f32::from(context.list_depth) * 2.5 + if context.quotation { 2.5 } else { 0.0 }
}

/// The sizes of headings that the HTML standard gives in its rendering section.
fn size(role: &Role) -> f32 {
    match role {
        Role::Heading { depth: 1, .. } => 2.0,
        Role::Heading { depth: 2, .. } => 1.5,
        Role::Heading { depth: 3, .. } => 1.17,
        _ => 1.0,
    }
}
