//! A page of glyphs -> its lines, with the cues that only a page shows: place, size, weight.

use chapeau_document::Bounds;

use super::coded;
use super::fragment::{self, Fragment};
use super::glyph::{Alphabet, Glyph, GlyphPage, Traits};
use super::grid;
use super::margin;
use super::order::{self, Row};
use super::quality::Soundness;
use super::structure::Structure;
use super::table::{self, Part};
use super::tagged::{self, LineBlock};
use super::{words, wrapped};

/// A line as laid out, before the document as a whole says what is body and what is furniture.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct LaidLine {
    /// Its words; a tab where a gap stands between two pieces.
    pub(super) text: String,
    /// Where it starts along its direction, in points.
    pub(super) left: f32,
    /// Where it ends.
    pub(super) right: f32,
    /// Its baseline; grows downwards for upright text.
    pub(super) baseline: f32,
    /// Writing direction in degrees.
    pub(super) angle: u16,
    /// Size of its letters in points.
    pub(super) size: f32,
    /// Letters other than spaces.
    pub(super) n_letters: u32,
    /// Whether most of it is bold.
    pub(super) bold: bool,
    /// Whether most of it is italic.
    pub(super) italic: bool,
    /// Whether the file calls it an artifact.
    pub(super) artifact: bool,
    /// Its pieces, where gaps set them apart.
    pub(super) cells: Vec<Cell>,
    /// Whether it begins with a raised mark.
    pub(super) raised_start: bool,
    /// Where it stands on the page as shown.
    pub(super) bounds: Bounds,
    /// How sure its words are, 0..=1, where they were recognised from an image.
    pub(super) confidence: Option<f32>,
    /// What the structure tree says of it.
    pub(super) block: Option<LineBlock>,
    /// Whether it is the row of a table, its cells put side by side.
    pub(super) is_row: bool,
    /// Whether it stands in the margin, beside the text.
    pub(super) is_marginal: bool,
    /// Whether it is a label in a chart.
    pub(super) of_chart: bool,
}

/// A piece of a line that may be a cell of a table.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Cell {
    /// Where it starts along the line.
    pub(super) left: f32,
    /// Where it ends.
    pub(super) right: f32,
    /// Whether the gap before it is wider than any space.
    pub(super) is_wide: bool,
}

/// A page as laid out.
#[derive(Clone, Debug, Default)]
pub(super) struct LaidPage {
    /// Place in the file, from 1.
    pub(super) number: u32,
    /// Width and height as shown, in points.
    pub(super) width: f32,
    pub(super) height: f32,
    /// Its lines in reading order.
    pub(super) lines: Vec<LaidLine>,
    /// Whether geometry overruled the order of the content stream.
    pub(super) reordered: bool,
    /// Whether its lines come in the order of the structure tree.
    pub(super) tagged: bool,
}

impl LaidPage {
    /// How sound its words are.
    pub(super) fn soundness(&self) -> Soundness {
        Soundness::of(self.lines.iter().map(|line| line.text.as_str()))
    }

    /// How many letters it has.
    pub(super) fn n_letters(&self) -> usize {
        self.lines.iter().map(|line| line.n_letters as usize).sum()
    }
}

/// What the glyphs of a file stand for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Legend<'a> {
    /// Their letters.
    pub(super) alphabet: &'a Alphabet,
    /// Their blocks.
    pub(super) structure: Option<&'a Structure>,
}

/// How far letters reach above and below their baseline, in ems, near enough for a box.
const ASCENT: f32 = 0.8;
const DESCENT: f32 = 0.22;

/// Lays out one page.
pub(super) fn lay_out(page: &mut GlyphPage, legend: Legend<'_>) -> LaidPage {
    fragment::clean(&mut page.glyphs, page.width, page.height);
    let GlyphPage { number, width, height, .. } = *page;
    let laid = LaidPage { number, width, height, ..LaidPage::default() };
    if let Some(structure) = legend.structure {
        if let Some(lines) = tagged_lines(page, structure, legend.alphabet) {
            return LaidPage { lines: margin::set_apart(lines), tagged: true, ..laid };
        }
        tagged::forget(page);
    }
    let mut fragments = fragment::fragments(&page.glyphs);
    let (parts, reordered) = table::parts(&page.drawn, &mut fragments, &page.glyphs);
    let lines = parts.iter().filter_map(|part| match part {
        Part::Line(row) => line(row, &fragments, &page.glyphs, legend.alphabet),
        Part::TableRow(cells) => table_row(cells, &fragments, &page.glyphs, legend.alphabet),
    });
    let lines = coded::put_together(margin::set_apart(lines.collect()));
    LaidPage { lines: wrapped::take_in(lines), reordered, ..laid }
}

/// The lines as the structure tree has them, if it is to be believed.
fn tagged_lines(page: &GlyphPage, structure: &Structure, alphabet: &Alphabet) -> Option<Vec<LaidLine>> {
    if !tagged::covers(page) {
        return None;
    }
    let fragments = fragment::fragments(&page.glyphs);
    // Some writers tag a whole column of a tariff as one cell.
    if grid::grids(&page.drawn).iter().any(|grid| grid.holds_codes(&fragments)) {
        return None;
    }
    let rows = tagged::rows(&fragments, structure)?;
    let lines = rows.iter().filter_map(|row| {
        let is_row = row.block.is_some_and(|block| block.is_row);
        let line = if is_row {
            let cells = tagged::cells(&row.fragments, &fragments, structure);
            table_row(&cells, &fragments, &page.glyphs, alphabet)
        } else {
            line(&row.fragments, &fragments, &page.glyphs, alphabet)
        };
        line.map(|line| tagged::unless_numbered(LaidLine { block: row.block, ..line }))
    });
    Some(lines.collect())
}

/// The row of a table whose cells may have several lines each.
fn table_row(
    cells: &[Row],
    fragments: &[Fragment],
    glyphs: &[Glyph],
    alphabet: &Alphabet,
) -> Option<LaidLine> {
    let mut row: Option<LaidLine> = None;
    for cell in cells {
        let lines = order::stream_rows(fragments, cell);
        let lines: Vec<LaidLine> =
            lines.iter().filter_map(|row| line(row, fragments, glyphs, alphabet)).collect();
        let is_one_line = lines.len() == 1;
        for (at, line) in lines.into_iter().enumerate() {
            let mut line = as_cell(line);
            // Columns that no rule parts may still show in a single line.
            if !is_one_line {
                line.text = line.text.replace('\t', " ");
                line.cells = vec![Cell { left: line.left, right: line.right, is_wide: true }];
            }
            let Some(row) = &mut row else {
                row = Some(line);
                continue;
            };
            match at {
                0 => row.text.push('\t'),
                _ => end_cell_line(&mut row.text, &line.text),
            }
            row.take(line, at > 0);
        }
    }
    row.map(|row| LaidLine { is_row: true, text: without_leaders(row.text), ..row })
}

/// Makes a row that ends with a line of a cell ready for the next line of that cell.
pub(super) fn end_cell_line(row: &mut String, next: &str) {
    let cell = row.rsplit('\t').next().unwrap_or_default();
    if cell.ends_with('-') && crate::normalize::drops_hyphen(cell, next) {
        row.pop();
    } else if !row.ends_with(['-', '\u{ad}', '/']) {
        row.push(' ');
    }
}

/// A line of a cell, upright whichever way it is written: heads of narrow columns are turned.
fn as_cell(line: LaidLine) -> LaidLine {
    if line.angle == 0 {
        return line;
    }
    let Bounds { left, right, bottom, .. } = line.bounds;
    let cells = vec![Cell { left, right, is_wide: true }];
    LaidLine { angle: 0, left, right, baseline: bottom, cells, text: line.text.replace('\t', " "), ..line }
}

/// A row without the dots that lead from the words of a cell to the next one.
fn without_leaders(row: String) -> String {
    const FEWEST_DOTS: &str = ".....";
    if !row.contains(FEWEST_DOTS) || row.split('\t').count() < 3 {
        return row;
    }
    let cell = |cell: &str| -> String {
        let words = cell.trim_end_matches(['.', ' ']);
        if cell[words.len()..].contains(FEWEST_DOTS) { words.to_owned() } else { cell.to_owned() }
    };
    row.split('\t').map(cell).collect::<Vec<_>>().join("\t")
}

impl LaidLine {
    /// Takes the text of another line at the end of this one, within one box: a further line of the last cell
    /// (`goes_on`), or the next cell.
    fn take(&mut self, other: Self, goes_on: bool) {
        self.text.push_str(&other.text);
        self.n_letters += other.n_letters;
        self.left = self.left.min(other.left);
        self.right = self.right.max(other.right);
        self.bold &= other.bold;
        self.italic &= other.italic;
        self.artifact &= other.artifact;
        self.bounds = self.bounds_with(&other);
        match self.cells.last_mut().filter(|_| goes_on) {
            Some(last) => {
                (last.left, last.right) = (last.left.min(other.left), last.right.max(other.right));
            }
            None => self.cells.extend(other.cells),
        }
    }

    /// The box around both.
    pub(super) fn bounds_with(&self, other: &Self) -> Bounds {
        Bounds {
            left: self.bounds.left.min(other.bounds.left),
            top: self.bounds.top.min(other.bounds.top),
            right: self.bounds.right.max(other.bounds.right),
            bottom: self.bounds.bottom.max(other.bounds.bottom),
        }
    }
}

fn line(row: &[u32], fragments: &[Fragment], glyphs: &[Glyph], alphabet: &Alphabet) -> Option<LaidLine> {
    let pieces: Vec<&Fragment> = row.iter().filter_map(|&at| fragments.get(at as usize)).collect();
    let largest = pieces.iter().max_by_key(|piece| piece.n_letters)?;
    let mut line = LaidLine {
        left: pieces.iter().map(|piece| piece.left).fold(f32::INFINITY, f32::min),
        right: pieces.iter().map(|piece| piece.right).fold(f32::NEG_INFINITY, f32::max),
        baseline: largest.baseline,
        angle: largest.angle,
        size: largest.size,
        n_letters: pieces.iter().map(|piece| piece.n_letters).sum(),
        ..LaidLine::default()
    };
    write(&mut line, &pieces, glyphs, alphabet);
    let most = largest.glyphs(glyphs);
    line.bold = fragment::nearly_all(most, Traits::BOLD);
    line.italic = fragment::mostly(most, Traits::ITALIC);
    line.artifact = fragment::mostly(most, Traits::ARTIFACT);
    line.raised_start = starts_raised(pieces.first()?, glyphs);
    line.bounds = bounds(&line);
    (!line.text.is_empty()).then_some(line)
}

fn write(line: &mut LaidLine, pieces: &[&Fragment], glyphs: &[Glyph], alphabet: &Alphabet) {
    let mut last: Option<&Fragment> = None;
    for piece in pieces {
        let gap = last.map(|last| order::gap(last, piece));
        let is_cell = gap.is_none_or(|gap| gap >= fragment::END_GAP);
        if is_cell {
            let is_wide = gap.is_some_and(|gap| gap >= order::WIDE_GAP);
            line.cells.push(Cell { left: piece.left, right: piece.right, is_wide });
        }
        if let Some(last) = last {
            let is_word = words::is_space_between(last, piece) || ends_in_space(last, glyphs);
            line.text.push_str(if is_cell {
                "\t"
            } else if is_word {
                " "
            } else {
                ""
            });
        }
        words::write(piece, glyphs, alphabet, &mut line.text);
        if let Some(cell) = line.cells.last_mut() {
            cell.right = cell.right.max(piece.right);
        }
        last = Some(piece);
    }
}

/// Whether the glyph after a fragment is a space, which fragments leave out.
fn ends_in_space(fragment: &Fragment, glyphs: &[Glyph]) -> bool {
    glyphs.get(fragment.end as usize).is_some_and(|glyph| glyph.letters.is_space())
}

fn starts_raised(piece: &Fragment, glyphs: &[Glyph]) -> bool {
    piece.glyphs(glyphs).first().is_some_and(|glyph| words::is_mark(piece, glyph))
}

/// The box of a line on the page as shown, whatever its direction.
pub(super) fn bounds(line: &LaidLine) -> Bounds {
    let (sine, cosine) = f32::from(line.angle).to_radians().sin_cos();
    let (above, below) = (line.baseline - ASCENT * line.size, line.baseline + DESCENT * line.size);
    let corners = [(line.left, above), (line.right, above), (line.left, below), (line.right, below)];
    let xs = corners.map(|(along, across)| along * cosine - across * sine);
    let ys = corners.map(|(along, across)| along * sine + across * cosine);
    let least = |values: [f32; 4]| values.into_iter().fold(f32::INFINITY, f32::min);
    let most = |values: [f32; 4]| values.into_iter().fold(f32::NEG_INFINITY, f32::max);
    Bounds { left: least(xs), top: least(ys), right: most(xs), bottom: most(ys) }
}

/// A line of these letters, with its size and its place on the page.
#[cfg(test)]
pub(super) fn laid(text: &str, size: f32, baseline: f32) -> LaidLine {
    LaidLine {
        text: text.into(),
        size,
        baseline,
        right: 100.0,
        n_letters: text.len() as u32,
        ..LaidLine::default()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::glyph::{Letters, NO_BLOCK};
    use super::*;

    fn glyph() -> impl Strategy<Value = Glyph> {
        let place = (-50.0f32..700.0, -50.0f32..900.0);
        let angle = prop_oneof![8 => Just(0u16), 1 => Just(90), 1 => 0u16..360];
        let letter = prop_oneof![6 => proptest::char::range('a', 'z'), 2 => Just(' '), 1 => any::<char>()];
        (letter, place, 0.0f32..30.0, 0.1f32..40.0, angle).prop_map(
            |(letter, (along, across), advance, size, angle)| Glyph {
                letters: Letters::one(letter),
                along,
                across,
                advance,
                size,
                angle,
                traits: Traits::default(),
                block: NO_BLOCK,
            },
        )
    }

    proptest! {
        #[test]
        fn every_fragment_is_read_once(glyphs in prop::collection::vec(glyph(), 0..300)) {
            let fragments = fragment::fragments(&glyphs);
            let (rows, _) = order::rows(&fragments);
            let mut read: Vec<u32> = rows.into_iter().flatten().collect();
            read.sort_unstable();
            prop_assert_eq!(read, (0..fragments.len() as u32).collect::<Vec<_>>());
        }

        #[test]
        fn lines_of_any_glyphs_have_places_and_words(glyphs in prop::collection::vec(glyph(), 0..300)) {
            let mut page = GlyphPage { width: 600.0, height: 800.0, glyphs, ..GlyphPage::default() };
            for line in lay_out(&mut page, Legend { alphabet: &Alphabet::default(), structure: None }).lines {
                prop_assert!(!line.text.is_empty());
                prop_assert!(line.bounds.left <= line.bounds.right && line.bounds.top <= line.bounds.bottom);
                prop_assert!(line.left.is_finite() && line.right.is_finite());
            }
        }
    }
}
