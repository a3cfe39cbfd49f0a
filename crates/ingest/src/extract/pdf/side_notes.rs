//! Side notes: the titles of sections that statutes print small in the margin, beside the first line of each.
//!
//! They are drawn after a page's text, so that they would stand between the halves of a paragraph that runs
//! over the page's end. Each is put before the section that it stands beside, as a heading; what stands beside
//! no section ("Act No. 4, 2014.") is a reference, and is read as a note.

use super::layout::{self, LaidLine, LaidPage};
use super::structure::Kind;
use super::tagged::LineBlock;
use crate::label::folded;
use crate::lists;

/// Side notes are smaller than this part of the text, and narrower than this part of the page.
const SMALLER: f32 = 0.92;
const NARROW: f32 = 0.22;
/// A note stands beside a line if their baselines differ by no more than so many points.
const BESIDE: f32 = 4.0;
/// A note that begins below the first line of its section does so within so many ems of the text.
const BELOW: f32 = 2.6;
/// Lines of one note are no more than so many ems apart.
const PITCH: f32 = 1.6;
/// Fewest notes of a document, and how many of them, in percent, stand beside the beginning of a section.
const FEWEST: usize = 4;
const BESIDE_PERCENT: usize = 70;
/// Their blocks have numbers that no structure tree reaches.
const FIRST_BLOCK: u32 = 1 << 31;
/// Their depth among the headings of a document.
const DEPTH: u8 = 6;

/// Puts the side notes of a document where they belong, if it has any.
pub(super) fn place(pages: &mut [LaidPage]) {
    let notes: Vec<Vec<Note>> = pages.iter().map(notes_of).collect();
    let all = || notes.iter().flatten();
    let n_beside = all().filter(|note| note.is_beside).count();
    if n_beside < FEWEST || n_beside * 100 < all().count() * BESIDE_PERCENT {
        return;
    }
    let mut number = FIRST_BLOCK;
    for page in pages {
        cut_off(page);
        let notes = notes_of(page);
        put(page, &notes, &mut number);
    }
}

/// Cuts notes off the lines that they stand beside, where they are on one line with them.
fn cut_off(page: &mut LaidPage) {
    let Some(column) = Column::of(page) else { return };
    let mut lines = Vec::with_capacity(page.lines.len());
    for mut line in std::mem::take(&mut page.lines) {
        let cell = line.cells.last().copied().filter(|cell| line.cells.len() > 1 && cell.left > column.right);
        let is_section = begins_section(&line.text) && !line.is_row;
        let cut = cell.filter(|cell| is_section && cell.right - cell.left < NARROW * page.width);
        let note = cut.zip(line.text.rfind('\t')).map(|(cell, at)| {
            let mut note = LaidLine { text: line.text.split_off(at).trim().to_owned(), ..line.clone() };
            (note.left, note.right, note.cells) = (cell.left, cell.right, vec![cell]);
            note.size = line.size.min(column.size * SMALLER);
            note.n_letters = note.text.chars().count() as u32;
            line.n_letters = line.n_letters.saturating_sub(note.n_letters);
            note.bounds = layout::bounds(&note);
            note
        });
        if note.is_some() {
            line.cells.pop();
            line.right = line.cells.last().map_or(line.right, |cell| cell.right);
            line.bounds = layout::bounds(&line);
        }
        lines.push(line);
        lines.extend(note);
    }
    page.lines = lines;
}

/// A note of a page.
#[derive(Debug)]
struct Note {
    /// Its lines.
    lines: Vec<usize>,
    /// The line that it is put before.
    before: usize,
    /// Whether that line begins a section and stands beside it.
    is_beside: bool,
}

fn notes_of(page: &LaidPage) -> Vec<Note> {
    let Some(column) = Column::of(page) else { return Vec::new() };
    let mut small: Vec<usize> = (0..page.lines.len()).filter(|&at| column.has_beside(page, at)).collect();
    small.sort_by(|&one, &other| page.lines[one].baseline.total_cmp(&page.lines[other].baseline));
    let step = |one: usize, other: usize| page.lines[other].baseline - page.lines[one].baseline;
    let groups = small.chunk_by(|&one, &other| step(one, other) < PITCH * page.lines[one].size);
    // "2014." may be the last line of a note; figures alone are none.
    let has_words =
        |lines: &&[usize]| lines.iter().any(|&at| page.lines[at].text.contains(char::is_alphabetic));
    groups.filter(has_words).filter_map(|lines| column.note(page, lines)).collect()
}

/// The column of a page's text.
struct Column {
    size: f32,
    left: f32,
    right: f32,
    /// Lines that begin with a number or a letter in brackets, from the top.
    starts: Vec<usize>,
}

impl Column {
    fn of(page: &LaidPage) -> Option<Self> {
        let upright = || page.lines.iter().filter(|line| line.angle == 0);
        let largest = upright().max_by_key(|line| line.n_letters).filter(|_| !page.tagged)?;
        let size = largest.size;
        let is_text = |line: &&LaidLine| line.size > SMALLER * size;
        let mut rights: Vec<f32> = upright().filter(is_text).map(|line| line.right).collect();
        let mut lefts: Vec<f32> = upright().filter(is_text).map(|line| line.left).collect();
        rights.sort_by(f32::total_cmp);
        lefts.sort_by(f32::total_cmp);
        // Running heads may reach further out than the text.
        let (left, right) = (lefts[lefts.len() / 10], rights[rights.len() * 9 / 10]);
        let is_start = |&at: &usize| {
            let line = &page.lines[at];
            is_text(&line)
                && line.left < right
                && line.text.starts_with(|first: char| first.is_ascii_digit() || first == '(')
        };
        let mut starts: Vec<usize> = (0..page.lines.len()).filter(is_start).collect();
        starts.sort_by(|&one, &other| page.lines[one].baseline.total_cmp(&page.lines[other].baseline));
        Some(Self { size, left, right, starts })
    }

    fn has_beside(&self, page: &LaidPage, at: usize) -> bool {
        let line = &page.lines[at];
        let is_outside = line.left > self.right || line.right < self.left;
        let is_small = line.size <= SMALLER * self.size && line.right - line.left < NARROW * page.width;
        line.angle == 0 && !line.is_row && !line.artifact && !line.is_marginal && is_outside && is_small
    }

    fn note(&self, page: &LaidPage, lines: &[usize]) -> Option<Note> {
        let top = page.lines[*lines.first()?].baseline;
        let below = self.starts.partition_point(|&at| page.lines[at].baseline < top - BESIDE);
        let nearest = self.starts.get(below).copied();
        let is_beside = |at: usize| (page.lines[at].baseline - top).abs() <= BESIDE;
        let is_section = |at: usize| begins_section(&page.lines[at].text);
        if let Some(before) = nearest.filter(|&at| is_beside(at) && is_section(at)) {
            return Some(Note { lines: lines.to_vec(), before, is_beside: true });
        }
        // A note that is longer than the first line of its section may begin a line below it.
        let reach = top - BELOW * self.size;
        let just_above =
            self.starts[..below].iter().rev().take_while(|&&at| page.lines[at].baseline >= reach);
        if let Some(&before) = just_above.into_iter().find(|&&at| is_section(at)) {
            return Some(Note { lines: lines.to_vec(), before, is_beside: true });
        }
        if let Some(before) = nearest.filter(|&at| is_beside(at)) {
            return Some(Note { lines: lines.to_vec(), before, is_beside: false });
        }
        let above = below.checked_sub(1).and_then(|above| self.starts.get(above).copied());
        let before = above.or(nearest)?;
        Some(Note { lines: lines.to_vec(), before, is_beside: false })
    }
}

/// "19. The proceeds", "20.—(1) The Service".
fn begins_section(text: &str) -> bool {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    rest.len() < text.len() && rest.trim_start_matches(|c: char| c.is_ascii_uppercase()).starts_with('.')
}

/// Whether a note names another text, by its number or year or as a schedule, and not the section that it heads.
fn is_reference(page: &LaidPage, note: &Note) -> bool {
    let words = || note.lines.iter().map(|&at| page.lines[at].text.as_str());
    let has_figure = || words().any(|words| words.contains(|c: char| c.is_ascii_digit()));
    let last = words().next_back().and_then(|words| words.rsplit(' ').next()).unwrap_or_default();
    let names_part = || lists::REFERRED_PARTS.contains(&folded(last.trim_end_matches('.')).as_str());
    !note.is_beside && (has_figure() || names_part())
}

/// Puts the notes of a page before their lines, as headings.
fn put(page: &mut LaidPage, notes: &[Note], number: &mut u32) {
    let mut place: Vec<(usize, bool, usize)> = (0..page.lines.len()).map(|at| (at, true, at)).collect();
    for note in notes {
        *number += 1;
        let kind = if is_reference(page, note) { Kind::Reference } else { Kind::Heading(DEPTH) };
        let block = LineBlock { number: *number, kind, is_row: false };
        for &at in &note.lines {
            page.lines[at].block = Some(block);
            place[at] = (note.before, false, at);
        }
    }
    place.sort_unstable();
    let mut lines: Vec<Option<LaidLine>> = std::mem::take(&mut page.lines).into_iter().map(Some).collect();
    page.lines = place.into_iter().filter_map(|(_, _, at)| lines[at].take()).collect();
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str, left: f32, size: f32, baseline: f32) -> LaidLine {
        let (n_letters, right) = (text.len() as u32, left + 0.5 * size * text.len() as f32);
        LaidLine { text: text.into(), left, right, size, baseline, n_letters, ..LaidLine::default() }
    }

    fn page(first: u32) -> LaidPage {
        let text = "shall oil every lamp that is brought to its yard before the market";
        let lines = vec![
            line(text, 100.0, 10.0, 100.0),
            line(&format!("{first}. A keeper {}", &text[10..]), 120.0, 10.0, 120.0),
            line(text, 100.0, 10.0, 132.0),
            line(&format!("{}. A maker {}", first + 1, &text[10..]), 120.0, 10.0, 150.0),
            line(text, 100.0, 10.0, 162.0),
            line("Oil of", 470.0, 8.0, 121.0),
            line("lamps.", 470.0, 8.0, 130.0),
            line("Makers.", 470.0, 8.0, 151.0),
        ];
        LaidPage { number: first, width: 600.0, height: 800.0, lines, ..LaidPage::default() }
    }

    #[test]
    fn side_notes_head_their_sections() {
        let mut pages = [page(3), page(5)];
        place(&mut pages);
        let firsts: Vec<&str> = pages[0].lines.iter().map(|line| &line.text[..5]).collect();
        assert_eq!(firsts, ["shall", "Oil o", "lamps", "3. A ", "shall", "Maker", "4. A ", "shall"]);
        assert_eq!(pages[0].lines[1].block, pages[0].lines[2].block);
    }

    #[test]
    fn side_notes_beside_no_section_are_references() {
        let mut pages = [page(3), page(5)];
        for (text, below) in [("Act No. 7,", 194.0), ("2051.", 203.0)] {
            pages[0].lines.push(line(text, 470.0, 8.0, below));
        }
        place(&mut pages);
        let references = pages[0]
            .lines
            .iter()
            .filter(|line| line.block.is_some_and(|block| block.kind == Kind::Reference));
        assert_eq!(references.map(|line| &*line.text).collect::<Vec<_>>(), ["Act No. 7,", "2051."]);
    }

    #[test]
    fn small_words_beside_no_section_stay() {
        let mut pages = [page(3)];
        pages[0].lines[1].text = "no section".into();
        let before = pages[0].lines.clone();
        place(&mut pages);
        assert_eq!(pages[0].lines, before);
    }
}
