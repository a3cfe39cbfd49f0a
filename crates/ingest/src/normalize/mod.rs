//! One text of all lines: letters in one form, lines joined into paragraphs, furniture gone.

mod furniture;
mod hyphens;
mod joining;
mod letters;
mod notes;
mod residue;

use std::borrow::Cow;

use chapeau_document::{Furniture, LineBox, Page, PageMap, Span};

use crate::{Extracted, ExtractedPage, Line, Options, Role};
use hyphens::Hyphens;
use joining::Join;

/// A source as one text with the cues of each paragraph.
#[derive(Clone, Debug, Default)]
pub struct Normalized {
    /// The text; a blank line parts its blocks.
    pub text: String,
    /// Where the text stood in the source.
    pub pages: PageMap,
    /// Its paragraphs, headings, list items, in order; they cover the text but for white space.
    pub blocks: Vec<Block>,
    /// Lines that were recognised from an image, in order, with how sure their words are, 0..=1.
    pub recognised: Vec<(Span, f32)>,
    /// What was left out as furniture, by first page.
    pub furniture: Vec<Furniture>,
}

/// One paragraph, heading or list item, with the cues of its first line.
#[derive(Clone, Debug, PartialEq)]
pub struct Block {
    /// Where in the text.
    pub span: Span,
    /// What the format says that it is.
    pub role: Role,
    /// Empty space above it, in line heights.
    pub space_above: f32,
    /// Distance of its first line from the left edge, in ems.
    pub indent: f32,
    /// Size of its letters relative to the body text.
    pub size: f32,
    /// Whether all its lines are mostly bold.
    pub bold: bool,
    /// Whether all its lines are mostly italic.
    pub italic: bool,
    /// Whether all its lines are centred.
    pub centred: bool,
    /// The id of the element that begins with it, in a format that has ids.
    pub eid: Option<String>,
}

/// A line that is no row of a table, in its one form.
pub(crate) fn clean_line(line: &str) -> Cow<'_, str> {
    letters::clean(line, false)
}

/// Whether the hyphen at the end of a line of a cell goes when the next line is joined to it, for all that
/// these two say.
pub(crate) fn drops_hyphen(line: &str, next: &str) -> bool {
    Hyphens::default().drops(last_word(line), first_word(next))
}

/// What parts two blocks of the text.
const BLOCK_BREAK: &str = "\n\n";

/// Makes one text of what was extracted. Normalising a normalised text changes nothing.
pub fn normalize(extracted: &Extracted, options: &Options) -> Normalized {
    let furniture = furniture::furniture(&extracted.pages);
    let listed = furniture::list(extracted, &furniture);
    let is_kept = |page: usize, line: usize| options.keep_furniture || !furniture[page][line];
    let lines = notes::joined(cleaned(&extracted.pages, is_kept));
    let hyphens = Hyphens::of(lines.iter().map(|(line, _)| line));
    let mut builder = Builder { done: Normalized { furniture: listed, ..Normalized::default() }, page: 0 };
    for (line, join) in &lines {
        let page = &extracted.pages[line.page];
        builder.push(line, *join, &hyphens);
        if extracted.paged {
            builder.place(line, page);
        }
    }
    builder.done
}

/// A line with its words in their one form.
pub(super) struct CleanLine<'a> {
    pub(super) text: Cow<'a, str>,
    pub(super) cues: &'a Line,
    /// Index of its page.
    pub(super) page: usize,
    /// Empty space above, where lines that went are no space.
    pub(super) space_above: f32,
    /// Whether it ends within a word, at a soft hyphen.
    pub(super) is_cut: bool,
}

fn cleaned(pages: &[ExtractedPage], is_kept: impl Fn(usize, usize) -> bool) -> Vec<CleanLine<'_>> {
    let mut kept: Vec<CleanLine<'_>> = Vec::with_capacity(pages.iter().map(|page| page.lines.len()).sum());
    for (page, content) in pages.iter().enumerate() {
        for (at, cues) in content.lines.iter().enumerate() {
            if !is_kept(page, at) {
                continue;
            }
            let text = cleaned_text(cues);
            if !text.is_empty() {
                let is_cut = cues.text.trim_end().ends_with('\u{ad}');
                let is_counted = cues.bounds.is_none() && residue::is_counted(&cues.text);
                let space_above = if is_counted { cues.space_above.max(1.0) } else { cues.space_above };
                kept.push(CleanLine { text, cues, page, space_above, is_cut });
            }
        }
    }
    kept
}

/// The words of a line in their one form; a text without places may have been converted by an old program.
fn cleaned_text(line: &Line) -> Cow<'_, str> {
    let keeps_tabs = line.role == Role::TableRow;
    if line.bounds.is_some() {
        return letters::clean(&line.text, keeps_tabs);
    }
    match residue::without_codes(&line.text) {
        Cow::Borrowed(text) => letters::clean(text, keeps_tabs),
        Cow::Owned(text) => Cow::Owned(letters::clean(&text, keeps_tabs).into_owned()),
    }
}

struct Builder {
    done: Normalized,
    /// Index of the page that the last line stood on, plus one.
    page: usize,
}

impl Builder {
    fn push(&mut self, line: &CleanLine<'_>, join: Join, hyphens: &Hyphens) {
        let text = &mut self.done.text;
        let Some(block) = self.done.blocks.last_mut().filter(|_| join != Join::Break) else {
            return self.start_block(line);
        };
        match join {
            Join::Space => text.push(' '),
            Join::Hyphen if hyphens.drops(last_word(text), first_word(&line.text)) => {
                text.pop();
                let end = text.len();
                self.done
                    .pages
                    .lines
                    .last_mut()
                    .into_iter()
                    .for_each(|line| line.span.end = line.span.end.min(end));
                self.done
                    .recognised
                    .last_mut()
                    .into_iter()
                    .for_each(|(span, _)| span.end = span.end.min(end));
            }
            Join::Hyphen | Join::Word | Join::Break => {}
        }
        text.push_str(&line.text);
        block.span.end = text.len();
        block.bold &= line.cues.bold;
        block.italic &= line.cues.italic;
        block.centred &= line.cues.centred;
    }

    fn start_block(&mut self, line: &CleanLine<'_>) {
        let text = &mut self.done.text;
        if !text.is_empty() {
            text.push_str(BLOCK_BREAK);
        }
        let start = text.len();
        text.push_str(&line.text);
        let Line { role, indent, size, bold, italic, centred, eid, .. } = line.cues;
        self.done.blocks.push(Block {
            span: Span::new(start, text.len()),
            role: role.clone(),
            space_above: line.space_above,
            indent: *indent,
            size: *size,
            bold: *bold,
            italic: *italic,
            centred: *centred,
            eid: eid.clone(),
        });
    }

    /// Notes the page and the box of the line just pushed.
    fn place(&mut self, line: &CleanLine<'_>, page: &ExtractedPage) {
        let end = self.done.text.len();
        let start = end - line.text.len();
        if self.page != line.page + 1 {
            self.page = line.page + 1;
            let label = page.label.clone();
            self.done.pages.pages.push(Page { start, number: page.number, label });
        }
        let span = Span::new(start, end);
        self.done.recognised.extend(line.cues.confidence.map(|confidence| (span, confidence)));
        if let Some(bounds) = line.cues.bounds {
            self.done.pages.lines.push(LineBox { span, page: page.number, bounds });
        }
    }
}

fn last_word(text: &str) -> &str {
    let start = text.rfind(|c: char| c.is_whitespace()).map_or(0, |at| at + 1);
    text.get(start..).unwrap_or_default()
}

fn first_word(text: &str) -> &str {
    text.split(' ').next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_cut_at_a_soft_hyphen_is_put_together() {
        let line = |text: &str| Line { text: text.to_owned(), ..Line::default() };
        let lines = vec![line("los compro\u{ad}"), line("misos con\u{ad}signados en su lista")];
        let page = ExtractedPage { number: 1, label: None, lines };
        let extracted = Extracted { pages: vec![page], ..Extracted::default() };
        assert_eq!(
            normalize(&extracted, &Options::default()).text,
            "los compromisos consignados en su lista"
        );
    }
}
