//! Laid-out lines -> the lines of the document, with cues measured against its body text:
//! relative size, indent, space above, centring, table rows, footnotes.

use chapeau_document::Level;

use crate::line::{Line, Role};

use super::furniture::PageFurniture;
use super::layout::{Cell, LaidLine, LaidPage};
use super::structure::Kind;
use super::tagged::{self, LineBlock};

/// Sizes are compared in steps of this many points.
const SIZE_STEP: f32 = 0.25;
/// A footnote is printed smaller than this part of the body text.
const NOTE_SIZE: f32 = 0.93;
/// Footnotes stand in this lower part of the page.
const NOTE_ZONE: f32 = 0.45;
/// Lines whose boxes share this part of the narrower one stand in one column.
const SHARED_COLUMN: f32 = 0.5;
/// How many neighbours before and after a line show how wide its column is.
const NEIGHBOURS: usize = 60;
/// A line is centred if its margins differ by less than this many ems, and each is wider.
const CENTRE_SLACK: f32 = 1.5;
/// Cells of a table stand above each other within this many points, at one of their edges.
const CELL_EDGE: f32 = 4.0;
/// Ordinary distance of baselines, in ems, where a page has too few lines to tell.
const USUAL_LEADING: f32 = 1.2;

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

/// A footnote's mark and the size of its letters, in points.
pub(super) type OpenNote = Option<(String, f32)>;

/// The lines of a page, with their cues. `carried` is the note that the page before left in mid-sentence,
/// and becomes the one that this page leaves so.
pub(super) fn lines(
    page: &LaidPage,
    furniture: &PageFurniture,
    body_size: f32,
    carried: &mut OpenNote,
    keeps_furniture: bool,
) -> Vec<Line> {
    let is_furniture = |at: usize| furniture.is_furniture.get(at).copied().unwrap_or(false);
    let columns: Vec<(f32, f32)> = (0..page.lines.len()).map(|at| column(page, at, &is_furniture)).collect();
    let leading = leading(page);
    let in_table = table_rows(page);
    let notes = footnotes(page, &is_furniture, &in_table, body_size, carried);
    let tagged = tagged_roles(page);
    let mut lines = Vec::with_capacity(page.lines.len());
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
        let above = at.checked_sub(1).map(|above| &page.lines[above]);
        lines.push(line(laid, above, columns[at], leading, body_size, role));
    }
    sort_parts(&mut lines, page.height, keeps_furniture);
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
            Some(LineBlock { kind: Kind::Note(number), .. }) => {
                if !matches!(before, Some(LineBlock { kind: Kind::Note(last), .. }) if last == number) {
                    mark = note_mark(line).unwrap_or_default();
                }
                Some(Role::Footnote { mark: mark.clone() })
            }
            Some(_) | None => None,
        });
        before = line.block;
    }
    roles
}

/// Running heads first, then the text, its footnotes and running feet, wherever the stream draws
/// them: a sentence that goes on in the next column is then not cut by a note.
/// Furniture that is to be shown stays where it was drawn.
fn sort_parts(lines: &mut [Line], height: f32, keeps_furniture: bool) {
    lines.sort_by_key(|line| match (&line.role, line.bounds) {
        (Role::Furniture, _) if keeps_furniture => 1,
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
        Role::Footnote { .. } => spaced_after_mark(&laid.text.replace('\t', " ")),
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
        role,
    }
}

/// A note's text with a space between its raised mark and its first word.
fn spaced_after_mark(text: &str) -> String {
    let raised = text.trim_start_matches(is_raised);
    let is_raised = raised.len() < text.len() && raised.starts_with(char::is_alphabetic);
    let Some(after) = is_raised.then_some(raised).or_else(|| glued_mark(text)) else {
        return text.to_owned();
    };
    format!("{} {after}", &text[..text.len() - after.len()])
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

/// The usual distance of baselines in ems.
fn leading(page: &LaidPage) -> f32 {
    let mut steps: Vec<f32> = page
        .lines
        .windows(2)
        .filter(|pair| pair[0].angle == pair[1].angle && pair[0].size == pair[1].size)
        .map(|pair| (pair[1].baseline - pair[0].baseline) / pair[0].size)
        .filter(|step| (0.8..2.6).contains(step))
        .collect();
    steps.sort_by(f32::total_cmp);
    // The lower quartile: more than half of the lines of a text of short paragraphs start one.
    steps.get(steps.len() / 4).copied().unwrap_or(USUAL_LEADING)
}

/// Left and right edge of the column that a line stands in.
fn column(page: &LaidPage, at: usize, is_furniture: &impl Fn(usize) -> bool) -> (f32, f32) {
    let line = &page.lines[at];
    let (mut left, mut right) = (line.left, line.right);
    let range = at.saturating_sub(NEIGHBOURS)..(at + NEIGHBOURS + 1).min(page.lines.len());
    for (other, neighbour) in range.clone().zip(&page.lines[range]) {
        let shared = line.right.min(neighbour.right) - line.left.max(neighbour.left);
        let narrower = (line.right - line.left).min(neighbour.right - neighbour.left);
        if neighbour.angle == line.angle && shared >= SHARED_COLUMN * narrower && !is_furniture(other) {
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
        let n_cells = page.lines[at].cells.len();
        rows[at - 1] |= rows[at] && n_cells > 1 && page.lines[at - 1].cells.len() == n_cells;
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
    above.angle == below.angle && enough && !is_list(above) && !is_list(below)
}

fn is_list_mark(cell: &str) -> bool {
    let bare = cell.trim_matches(|character: char| !character.is_alphanumeric());
    bare.chars().count() <= 4
        || cell.chars().filter(|character| character.is_alphanumeric()).count() == 0
        || bare.split('.').all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()))
}

/// The mark of the footnote that each line belongs to, where it belongs to one.
fn footnotes(
    page: &LaidPage,
    is_furniture: &impl Fn(usize) -> bool,
    in_table: &[bool],
    body_size: f32,
    carried: &mut OpenNote,
) -> Vec<Option<String>> {
    let mut marks: Vec<Option<String>> = vec![None; page.lines.len()];
    let floor = page.height * (1.0 - NOTE_ZONE);
    let mut open: OpenNote = None;
    let mut left = None;
    for (at, line) in page.lines.iter().enumerate() {
        if is_furniture(at) {
            continue;
        }
        // A number begins a row as it does a note; notes are not set in three columns.
        let is_row = in_table[at] && line.cells.len() > 2 && !line.raised_start && open.is_none();
        let small = !is_row && line.angle == 0 && line.size < NOTE_SIZE * body_size && line.baseline > floor;
        if !small {
            open = None;
        } else if let Some(mark) = note_mark(line) {
            open = Some((mark, line.size));
        } else if open.is_none() {
            open = carried.take();
        }
        let is_other = |(_, size): &(String, f32)| (size - line.size).abs() > 1.0;
        if open.as_ref().is_some_and(is_other) {
            open = None;
        }
        let ends = line.text.trim_end().ends_with(['.', '!', '?', ';', ')', '”', '»']);
        left = if open.is_some() && !ends { open.clone() } else { None };
        marks[at] = open.as_ref().map(|(mark, _)| mark.clone());
    }
    *carried = left;
    marks
}

/// The mark that begins a note: raised figures, a star or dagger, or a number with space after it.
fn note_mark(line: &LaidLine) -> Option<String> {
    let first = line.text.split_whitespace().next()?;
    let is_sign = |character: char| "*†‡§".contains(character);
    let mark: String =
        first.chars().take_while(|&character| is_raised(character) || is_sign(character)).collect();
    if !mark.is_empty() {
        return Some(mark.chars().map(plain_figure).collect());
    }
    if let Some(after) = glued_mark(first) {
        return Some(first[..first.len() - after.len()].to_owned());
    }
    let first = first.trim_end_matches(['.', ')']);
    let is_number = (1..=3).contains(&first.len()) && first.bytes().all(|byte| byte.is_ascii_digit());
    let raised = line.raised_start && first.chars().count() <= 2;
    (is_number || raised).then(|| first.to_owned())
}

/// What follows a number that stands right before a sentence: some fonts have raised figures of their
/// own, which are as large as others and on the baseline for all that a PDF says.
fn glued_mark(text: &str) -> Option<&str> {
    let after = text.trim_start_matches(|character: char| character.is_ascii_digit());
    let mut letters = after.chars();
    let is_sentence = letters.next().is_some_and(char::is_uppercase)
        && letters.next().is_some_and(|second| second.is_lowercase() || second == '’' || second == ' ');
    ((1..=3).contains(&(text.len() - after.len())) && is_sentence).then_some(after)
}

fn is_raised(character: char) -> bool {
    "⁰¹²³⁴⁵⁶⁷⁸⁹".contains(character)
}

fn plain_figure(character: char) -> char {
    match character {
        '¹' => '1',
        '²' => '2',
        '³' => '3',
        '⁰'..='⁹' => char::from_digit(character as u32 - '⁰' as u32, 10).unwrap_or(character),
        _ => character,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn laid(text: &str, size: f32, baseline: f32) -> LaidLine {
        LaidLine {
            text: text.into(),
            size,
            baseline,
            right: 100.0,
            n_letters: text.len() as u32,
            ..LaidLine::default()
        }
    }

    #[test]
    fn small_lines_at_the_foot_that_begin_with_a_mark_are_footnotes() {
        let lines = vec![
            laid("Members agree.¹", 10.0, 100.0),
            laid("1 is a number of the body.", 10.0, 600.0),
            laid("¹ See document", 8.0, 700.0),
            laid("WT/L/843.", 8.0, 710.0),
            laid("² Ibid.", 8.0, 720.0),
        ];
        let page = LaidPage { number: 1, height: 800.0, lines, ..LaidPage::default() };
        let marks = footnotes(&page, &|_| false, &[false; 9], 10.0, &mut None);
        let marks: Vec<Option<&str>> = marks.iter().map(Option::as_deref).collect();
        assert_eq!(marks, [None, None, Some("1"), Some("1"), Some("2")]);
    }

    #[test]
    fn a_note_goes_on_at_the_foot_of_the_next_page() {
        let mut carried = None;
        let mut marks_of = |lines: Vec<LaidLine>| {
            let page = LaidPage { number: 1, height: 800.0, lines, ..LaidPage::default() };
            footnotes(&page, &|_| false, &[false; 9], 10.0, &mut carried)
        };
        let some = |mark: &str| Some(mark.to_owned());
        let first = vec![laid("Members agree.", 10.0, 100.0), laid("3The keepers of locks", 8.0, 700.0)];
        assert_eq!(marks_of(first), [None, some("3")]);
        let second = vec![laid("5. No fee.", 10.0, 100.0), laid("and of weirs.", 8.0, 700.0)];
        assert_eq!(marks_of(second), [None, some("3")]);
        assert_eq!(marks_of(vec![laid("small print", 8.0, 700.0)]), [None]);
    }

    #[test]
    fn the_body_is_the_size_of_most_letters() {
        let lines = vec![laid("Heading", 16.0, 100.0), laid("The Parties agree as follows.", 10.1, 120.0)];
        let page = LaidPage { number: 1, height: 800.0, lines, ..LaidPage::default() };
        assert_eq!(body_size(&[page]), 10.0);
        assert_eq!(body_size(&[]), 1.0);
    }
}
