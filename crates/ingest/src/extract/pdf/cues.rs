//! Laid-out lines -> the lines of the document, with cues measured against its body text:
//! relative size, indent, space above, centring, table rows, footnotes.

use chapeau_document::Level;

use crate::line::{Line, Role};

use super::footnotes::{self, Notes};
use super::furniture::PageFurniture;
use super::layout::{Cell, LaidLine, LaidPage};
use super::pitch::Pitch;
use super::structure::Kind;
use super::tagged::{self, LineBlock};
use super::wrapped;

/// Sizes are compared in steps of this many points.
const SIZE_STEP: f32 = 0.25;
/// A footnote is printed smaller than this part of the body text.
pub(super) const NOTE_SIZE: f32 = 0.93;
/// Lines whose boxes share this part of the narrower one stand in one column.
const SHARED_COLUMN: f32 = 0.5;
/// How many neighbours before and after a line show how wide its column is.
const NEIGHBOURS: usize = 60;
/// A line is centred if its margins differ by less than this many ems, and each is wider.
const CENTRE_SLACK: f32 = 1.5;
/// Cells of a table stand above each other within this many points, at one of their edges.
const CELL_EDGE: f32 = 4.0;

/// Size of the document's body text: that of most letters, unless those are the letters of long notes
/// under a text of larger ones.
pub(super) fn body_size(pages: &[LaidPage]) -> f32 {
    let mut letters: Vec<u32> = Vec::new();
    for line in pages.iter().flat_map(|page| &page.lines) {
        let step = (line.size / SIZE_STEP).round().clamp(0.0, 1000.0) as usize;
        if letters.len() <= step {
            letters.resize(step + 1, 0);
        }
        letters[step] = letters[step].saturating_add(line.n_letters);
    }
    let Some((most, &n_most)) = letters.iter().enumerate().max_by_key(|(_, n_letters)| **n_letters) else {
        return 1.0;
    };
    let over_notes = letters.iter().rposition(|n_letters| n_letters.saturating_mul(2) > n_most);
    let body = over_notes.filter(|larger| *larger as f32 * NOTE_SIZE > most as f32).unwrap_or(most);
    (body as f32 * SIZE_STEP).max(SIZE_STEP)
}

/// What is measured over the whole document.
#[derive(Debug)]
pub(super) struct Measures {
    /// Size of its body text.
    pub(super) body_size: f32,
    /// How far apart its lines stand.
    pub(super) pitch: Pitch,
}

impl Measures {
    /// Measures all pages.
    pub(super) fn of(pages: &[LaidPage]) -> Self {
        Self { body_size: body_size(pages), pitch: Pitch::of(pages) }
    }
}

/// The lines of a page, with their cues.
pub(super) fn lines(
    page: &LaidPage,
    furniture: &PageFurniture,
    measures: &Measures,
    notes: &mut Notes,
    keeps_furniture: bool,
) -> Vec<Line> {
    let is_furniture = |at: usize| furniture.is_furniture.get(at).copied().unwrap_or(false);
    let columns: Vec<(f32, f32)> = (0..page.lines.len()).map(|at| column(page, at, &is_furniture)).collect();
    let body_size = measures.body_size;
    let leading = measures.pitch.of_page(page);
    let in_table = table_rows(page);
    let notes = notes.of_page(page, &is_furniture, &in_table, body_size);
    let tagged = tagged_roles(page);
    let mut lines = Vec::with_capacity(page.lines.len());
    let mut above: Option<&LaidLine> = None;
    for (at, laid) in page.lines.iter().enumerate() {
        let role = if is_furniture(at) {
            Role::Furniture
        } else if let Some(role) = tagged[at].clone() {
            role
        } else if let Some(mark) = notes.get(at).cloned().flatten() {
            Role::Footnote { mark }
        } else if in_table[at] {
            Role::TableRow
        } else {
            Role::Body
        };
        lines.push(line(laid, above, columns[at], leading, body_size, role));
        above = if laid.is_marginal { above } else { Some(laid) };
    }
    // Who asks for the furniture asks for the page as it is drawn.
    if !keeps_furniture {
        sort_parts(&mut lines, page.height);
    }
    lines
}

/// What the structure tree says of each line, where it says more than that it is text.
fn tagged_roles(page: &LaidPage) -> Vec<Option<Role>> {
    let mut before: Option<LineBlock> = None;
    let mut mark = String::new();
    let mut roles = Vec::with_capacity(page.lines.len());
    for line in &page.lines {
        let goes_on = before.zip(line.block).is_some_and(|(before, block)| before.number == block.number);
        roles.push(match line.block {
            Some(LineBlock { is_row: true, .. }) => Some(Role::TableRow),
            Some(LineBlock { kind: Kind::Heading(depth), .. }) => {
                Some(Role::Heading { level: Level::Heading, depth, label: None, title: None })
            }
            Some(LineBlock { kind: Kind::Item(depth), .. }) if !goes_on => Some(Role::Item { depth }),
            Some(LineBlock { kind: Kind::Reference, .. }) => Some(Role::Footnote { mark: String::new() }),
            Some(LineBlock { kind: Kind::Note(number), .. }) => {
                let is_same =
                    matches!(before, Some(LineBlock { kind: Kind::Note(last), .. }) if last == number);
                // Some writers put all notes of a page into one.
                if let Some(own) = footnotes::mark(line).filter(|own| !is_same || follows(&mark, own, line)) {
                    mark = own;
                } else if !is_same {
                    mark.clear();
                }
                // What has no mark is called a note by programs that do not know what it is.
                (!mark.is_empty()).then(|| Role::Footnote { mark: mark.clone() })
            }
            Some(_) | None => None,
        });
        before = line.block;
    }
    roles
}

/// Whether the mark that a line begins with is that of the note after another: "4" after "3", or a raised one.
fn follows(last: &str, mark: &str, line: &LaidLine) -> bool {
    let number = |mark: &str| mark.parse::<u32>().ok();
    let is_next = number(mark).is_some() && number(mark) == number(last).and_then(|last| last.checked_add(1));
    is_next || mark != last && footnotes::begins_raised(line)
}

/// Running heads first, then the text, its footnotes and running feet, wherever the stream draws
/// them: a sentence that goes on in the next column is then not cut by a note.
fn sort_parts(lines: &mut [Line], height: f32) {
    lines.sort_by_key(|line| match (&line.role, line.bounds) {
        (Role::Furniture, Some(bounds)) if bounds.top > height / 2.0 => 3,
        (Role::Furniture, _) => 0,
        (Role::Footnote { .. }, _) => 2,
        _ => 1,
    });
}

fn line(
    laid: &LaidLine,
    above: Option<&LaidLine>,
    column: (f32, f32),
    leading: f32,
    body_size: f32,
    role: Role,
) -> Line {
    let text = match &role {
        Role::TableRow => laid.text.clone(),
        Role::Footnote { .. } => footnotes::spaced_after_mark(&laid.text.replace('\t', " ")),
        _ => laid.text.replace('\t', " "),
    };
    let (left, right) = (laid.left - column.0, column.1 - laid.right);
    let slack = CENTRE_SLACK * laid.size;
    Line {
        text,
        space_above: above.map_or(0.0, |above| space_above(laid, above, leading)),
        indent: left.max(0.0) / laid.size,
        size: laid.size / body_size,
        bold: laid.bold,
        italic: laid.italic,
        centred: (left - right).abs() < slack && left > slack && right > slack,
        whole: false,
        block: tagged::paragraph(laid),
        bounds: Some(laid.bounds),
        confidence: laid.confidence,
        eid: None,
        role,
    }
}

/// Empty space between two lines, in line heights; none at the top of a column.
fn space_above(laid: &LaidLine, above: &LaidLine, leading: f32) -> f32 {
    let step = laid.baseline - above.baseline;
    if step <= 0.0 || laid.angle != above.angle {
        return 0.0;
    }
    let height = leading * laid.size.max(above.size);
    ((step / height - 1.0) * 10.0).round().max(0.0) / 10.0
}

/// Left and right edge of the column that a line stands in.
fn column(page: &LaidPage, at: usize, is_furniture: &impl Fn(usize) -> bool) -> (f32, f32) {
    let line = &page.lines[at];
    let (mut left, mut right) = (line.left, line.right);
    let range = at.saturating_sub(NEIGHBOURS)..(at + NEIGHBOURS + 1).min(page.lines.len());
    for (other, neighbour) in range.clone().zip(&page.lines[range]) {
        let shared = line.right.min(neighbour.right) - line.left.max(neighbour.left);
        let narrower = (line.right - line.left).min(neighbour.right - neighbour.left);
        // Pieces far apart on one line show no column that text runs through.
        let is_apart = other != at && neighbour.cells.iter().any(|cell| cell.is_wide);
        if neighbour.angle == line.angle
            && shared >= SHARED_COLUMN * narrower
            && !is_furniture(other)
            && !is_apart
        {
            left = left.min(neighbour.left);
            right = right.max(neighbour.right);
        }
    }
    (left, right)
}

/// Which lines are rows of a table: neighbours with cells above each other, and the row of
/// headings above them, whose words need not stand over the figures.
fn table_rows(page: &LaidPage) -> Vec<bool> {
    let mut rows: Vec<bool> = page.lines.iter().map(|line| line.is_row).collect();
    for at in 1..page.lines.len() {
        if are_rows(&page.lines[at - 1], &page.lines[at]) {
            rows[at - 1] = true;
            rows[at] = true;
        }
    }
    for at in 1..rows.len() {
        let (above, n_cells) = (&page.lines[at - 1], page.lines[at].cells.len());
        // A numbered paragraph right above the foot of a page heads no table.
        let is_numbered = n_cells == 2
            && above
                .text
                .split('\t')
                .next()
                .is_some_and(|cell| cell.ends_with(['.', ')']) && is_list_mark(cell));
        rows[at - 1] |= rows[at] && n_cells > 1 && above.cells.len() == n_cells && !is_numbered;
    }
    rows
}

fn are_rows(above: &LaidLine, below: &LaidLine) -> bool {
    // "1." and "(a)" with their text are a list, whatever the gap.
    let is_list =
        |line: &LaidLine| line.cells.len() == 2 && line.text.split('\t').next().is_some_and(is_list_mark);
    let is_near = |one: f32, other: f32| (one - other).abs() < CELL_EDGE;
    let is_aligned = |cell: &&Cell| {
        let mut others = below.cells.iter().skip(1);
        others.any(|other| is_near(cell.left, other.left) || is_near(cell.right, other.right))
    };
    let n_aligned = above.cells.iter().skip(1).filter(is_aligned).count();
    let is_wide = |line: &LaidLine| line.cells.iter().any(|cell| cell.is_wide);
    let n_cells = above.cells.len().max(below.cells.len());
    // Narrow gaps may be those of badly justified prose, which all stand above each other by
    // no chance.
    let enough = if is_wide(above) && is_wide(below) {
        n_aligned > 0
    } else {
        n_aligned > 0 && n_aligned + 1 == n_cells
    };
    let is_prose = |line: &LaidLine| is_list(line) || wrapped::is_stretched(line);
    above.angle == below.angle && enough && !is_prose(above) && !is_prose(below)
}

fn is_list_mark(cell: &str) -> bool {
    let bare = cell.trim_matches(|character: char| !character.is_alphanumeric());
    bare.chars().count() <= 4
        || cell.chars().filter(|character| character.is_alphanumeric()).count() == 0
        || bare.split('.').all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::super::layout::laid;
    use super::*;

    #[test]
    fn the_body_is_the_size_of_most_letters() {
        let lines = vec![laid("Heading", 16.0, 100.0), laid("The Parties agree as follows.", 10.1, 120.0)];
        let page = LaidPage { number: 1, height: 800.0, lines, ..LaidPage::default() };
        assert_eq!(body_size(&[page]), 10.0);
        assert_eq!(body_size(&[]), 1.0);
    }
}
