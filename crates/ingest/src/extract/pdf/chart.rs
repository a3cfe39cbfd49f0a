//! What is written in charts: figures at axes, at bars and on lines, legends. They are no text of the
//! document, and as clauses they would be noise. Names of figures and sentences stay.

use chapeau_document::Bounds;

use super::drawing::{Area, Drawn, Shape};
use super::layout::{LaidLine, LaidPage};

/// Drawings whose parts are no further apart than this many points are one.
const CELL: f32 = 12.0;
/// No page has more cells on a side.
const MAX_CELLS: usize = 300;
/// A drawing that covers more of a page than this is its ground.
const GROUND: f32 = 0.5;
/// The least size of a chart in points.
const LEAST: f32 = 50.0;
/// A line of so many pieces is a curve of values.
const CURVE: u32 = 12;
/// So many bars, or slices, make a chart.
const FEWEST_BARS: usize = 3;
/// So many slanting lines make a curve of values too.
const FEWEST_SLANTS: usize = 6;
/// A box that is so many times as high as a line's letters at most, and is filled by the line to this part,
/// is the ground of that line.
const LINE_HEIGHT: f32 = 2.2;
const FILLED: f32 = 0.6;
/// Least length of a bar or slice.
const BAR: f32 = 3.0;
const SLICE: f32 = 15.0;
/// So many figures beside a drawing are those of a chart, within so many points.
const FEWEST_FIGURES: usize = 4;
const AXIS: f32 = 25.0;
/// A label has at most so many words and letters.
const LABEL_WORDS: usize = 5;
const LABEL_LETTERS: u32 = 32;
/// So many rows in a drawing are those of a table.
const TABLE_ROWS: usize = 3;

/// Marks the lines of a page that are labels in its charts; says how many.
pub(super) fn mark(page: &mut LaidPage, drawn: &Drawn) -> usize {
    let LaidPage { width, height, ref mut lines, .. } = *page;
    if lines.iter().map(n_figures).sum::<usize>() < FEWEST_FIGURES || !shows_values(&drawn.shapes) {
        return 0;
    }
    let mut n_marked = 0;
    let shapes = drawn.shapes.iter().filter(|shape| !lines.iter().any(|line| is_ground_of(shape, line)));
    let drawn = Drawn { shapes: shapes.copied().collect(), ..drawn.clone() };
    for chart in drawings(&drawn, width, height).iter().filter(|drawing| drawing.is_chart()) {
        let inside: Vec<usize> = (0..lines.len()).filter(|&at| is_at(&lines[at], chart.area, AXIS)).collect();
        let n_rows = inside.iter().filter(|&&at| is_row(&lines[at])).count();
        let n_figures: usize = inside.iter().map(|&at| n_figures(&lines[at])).sum();
        if n_rows >= TABLE_ROWS || n_figures < FEWEST_FIGURES {
            continue;
        }
        for at in inside {
            let line = &mut lines[at];
            let is_label = !line.of_chart && is_label(line, chart.area);
            line.of_chart |= is_label;
            n_marked += usize::from(is_label);
        }
    }
    n_marked
}

/// Whether a box is drawn behind the words of a line, as a text editor does.
fn is_ground_of(shape: &Shape, line: &LaidLine) -> bool {
    let (area, bounds) = (shape.area, line.bounds);
    let shared = area.right.min(bounds.right) - area.left.max(bounds.left);
    let middle = f32::midpoint(bounds.top, bounds.bottom);
    shape.is_box
        && area.top < middle
        && middle < area.bottom
        && area.height() < LINE_HEIGHT * line.size
        && shared > FILLED * area.width()
}

/// Takes the labels of charts out of the text.
pub(super) fn leave_out(page: &LaidPage, is_furniture: &mut [bool]) {
    for (line, is_furniture) in page.lines.iter().zip(is_furniture) {
        *is_furniture |= line.of_chart;
    }
}

/// Parts of a page's drawing that hang together.
struct Drawing {
    area: Area,
    shapes: Vec<Shape>,
}

impl Drawing {
    fn is_chart(&self) -> bool {
        self.area.width() > LEAST && self.area.height() > LEAST && shows_values(&self.shapes)
    }
}

/// Whether shapes show values: by a curve, by bars from one line, or by slices.
fn shows_values(shapes: &[Shape]) -> bool {
    let n_slices = shapes.iter().filter(|shape| is_slice(shape)).count();
    let n_slants = shapes.iter().filter(|shape| is_slant(shape)).count();
    let has_curve = n_slants >= FEWEST_SLANTS || shapes.iter().any(is_curve);
    has_curve || n_slices >= FEWEST_BARS || has_bars(shapes)
}

fn has_bars(shapes: &[Shape]) -> bool {
    let boxes = shapes.iter().filter(|shape| shape.is_box).map(|shape| shape.area);
    let boxes: Vec<Area> = boxes.filter(|area| area.width() > BAR && area.height() > BAR).collect();
    // Bars stand side by side on a line, or hang from one, or start at one.
    let standing = |area: &Area| (area.bottom, area.width(), area.height(), area.left);
    let hanging = |area: &Area| (area.top, area.width(), area.height(), area.left);
    let lying = |area: &Area| (area.left, area.height(), area.width(), area.top);
    are_bars(boxes.iter().map(standing))
        || are_bars(boxes.iter().map(hanging))
        || are_bars(boxes.iter().map(lying))
}

/// Whether some boxes with one edge in common are equally thick, unequally long, and apart.
fn are_bars(boxes: impl Iterator<Item = (f32, f32, f32, f32)>) -> bool {
    let mut boxes: Vec<(f32, f32, f32, f32)> = boxes.collect();
    boxes.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)).then(a.3.total_cmp(&b.3)));
    boxes.chunk_by(|a, b| b.0 - a.0 < 1.0 && (b.1 - a.1).abs() < 1.0).any(|bars| {
        let lengths = bars.iter().map(|bar| bar.2);
        let (least, most) = lengths.fold((f32::INFINITY, 0.0_f32), |(a, b), n| (a.min(n), b.max(n)));
        let n_apart = 1 + bars.windows(2).filter(|pair| pair[1].3 - pair[0].3 > pair[0].1).count();
        n_apart >= FEWEST_BARS && most - least > BAR
    })
}

fn is_curve(shape: &Shape) -> bool {
    !shape.is_box && shape.n_pieces >= CURVE && shape.area.width().max(shape.area.height()) > LEAST
}

/// A piece of a curve whose pieces are drawn one by one.
fn is_slant(shape: &Shape) -> bool {
    !shape.is_box && shape.n_pieces < 3 && shape.area.width() > SLICE
}

fn is_slice(shape: &Shape) -> bool {
    !shape.is_box && shape.area.width().min(shape.area.height()) > SLICE
}

/// The drawings of a page, by squares of it that hang together.
fn drawings(drawn: &Drawn, width: f32, height: f32) -> Vec<Drawing> {
    let n_cells = |length: f32| ((length / CELL).ceil().max(1.0) as usize).min(MAX_CELLS);
    let (n_columns, n_rows) = (n_cells(width), n_cells(height));
    let is_ground = |area: &Area| area.width() * area.height() > GROUND * width * height;
    let cells_of = |area: &Area| {
        let cell = |place: f32, n: usize| ((place / CELL).max(0.0) as usize).min(n - 1);
        let columns = cell(area.left, n_columns)..=cell(area.right, n_columns);
        (cell(area.top, n_rows)..=cell(area.bottom, n_rows))
            .flat_map(move |row| columns.clone().map(move |column| row * n_columns + column))
    };
    let rules = drawn.across.iter().chain(&drawn.down);
    let areas =
        || drawn.shapes.iter().map(|shape| &shape.area).chain(rules.clone()).filter(|area| !is_ground(area));
    let mut is_covered = vec![false; n_columns * n_rows];
    // No more work than some pages full.
    let budget = 40 * is_covered.len();
    areas().flat_map(&cells_of).take(budget).for_each(|cell| is_covered[cell] = true);
    let regions = regions(&is_covered, n_columns);
    let n_regions = regions.iter().copied().max().unwrap_or(0);
    let mut found: Vec<Drawing> =
        (0..n_regions).map(|_| Drawing { area: Area::NOTHING, shapes: Vec::new() }).collect();
    let region_of = |area: &Area| cells_of(area).next().and_then(|cell| regions[cell].checked_sub(1));
    for area in areas() {
        if let Some(drawing) = region_of(area).and_then(|at| found.get_mut(at)) {
            drawing.area = drawing.area.with(*area);
        }
    }
    for shape in drawn.shapes.iter().filter(|shape| !is_ground(&shape.area)) {
        if let Some(drawing) = region_of(&shape.area).and_then(|at| found.get_mut(at)) {
            drawing.shapes.push(*shape);
        }
    }
    found
}

/// The number of the region that each cell belongs to, from 1; 0 for cells that are not covered.
fn regions(is_covered: &[bool], n_columns: usize) -> Vec<usize> {
    let mut regions = vec![0; is_covered.len()];
    let mut n_regions = 0;
    let mut open = Vec::new();
    for start in 0..is_covered.len() {
        if !is_covered[start] || regions[start] != 0 {
            continue;
        }
        n_regions += 1;
        regions[start] = n_regions;
        open.push(start);
        while let Some(cell) = open.pop() {
            for next in around(cell, n_columns, is_covered.len()) {
                if is_covered[next] && regions[next] == 0 {
                    regions[next] = n_regions;
                    open.push(next);
                }
            }
        }
    }
    regions
}

/// The cells beside a cell, above, below and across its corners.
fn around(cell: usize, n_columns: usize, n_cells: usize) -> impl Iterator<Item = usize> {
    let (row, column) = (cell / n_columns, cell % n_columns);
    let columns = column.saturating_sub(1)..(column + 2).min(n_columns);
    (row.saturating_sub(1)..row + 2)
        .flat_map(move |row| columns.clone().map(move |column| row * n_columns + column))
        .filter(move |at| *at < n_cells && *at != cell)
}

/// Whether the middle of a line is within an area, or not further outside than `margin`.
fn is_at(line: &LaidLine, area: Area, margin: f32) -> bool {
    let Bounds { left, top, right, bottom } = line.bounds;
    let (x, y) = (f32::midpoint(left, right), f32::midpoint(top, bottom));
    area.left - margin < x && x < area.right + margin && area.top - margin < y && y < area.bottom + margin
}

/// Whether a line is the row of a table, and more than figures on an axis.
fn is_row(line: &LaidLine) -> bool {
    line.is_row && line.text.chars().filter(|c| c.is_alphabetic()).count() > 2
}

fn n_figures(line: &LaidLine) -> usize {
    line.text.split(['\t', ' ']).filter(|piece| is_figure(piece)).count()
}

/// "12", "7,5%", "2014/15", "US$40", "-3".
fn is_figure(piece: &str) -> bool {
    let n_digits = piece.chars().filter(char::is_ascii_digit).count();
    let n_letters = piece.chars().filter(|c| c.is_alphabetic()).count();
    n_digits > 0 && n_digits >= n_letters
}

fn is_label(line: &LaidLine, area: Area) -> bool {
    let pieces = line.text.split(['\t', ' ']).filter(|piece| !piece.is_empty());
    let (n_words, n_figures) = (pieces.clone().count(), pieces.filter(|piece| is_figure(piece)).count());
    if n_figures == n_words || line.angle != 0 {
        return true;
    }
    let longest = line.text.split('\t').map(|cell| cell.split(' ').count()).max().unwrap_or(0);
    let is_short = longest <= LABEL_WORDS && line.n_letters <= LABEL_LETTERS * line.cells.len().max(1) as u32;
    let ends = line.text.trim_end().ends_with(['.', ':', ';']);
    is_short && !ends && (is_at(line, area, 0.0) || line.cells.len() > 2)
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::super::tests::{read, shown_pages};
    use super::super::writer::{Sheet, pdf};

    #[track_caller]
    fn check(sheet: Sheet, is_said: bool, expected: &Expect) {
        let sheet = sheet
            .text(60.0, 620.0, "Figure 1: Lanterns sold by the guild, by year of the fair")
            .text(60.0, 300.0, "Source: books of the guild.");
        let extracted = read(&pdf(&[sheet])).expect("the page has text");
        expected.assert_eq(&shown_pages(&extracted));
        assert_eq!(extracted.explanation.iter().any(|said| said.contains("charts")), is_said);
    }

    /// Figures at both axes, and a legend.
    fn axes() -> Sheet {
        let mut sheet = Sheet::default().raw("80 340 m 400 340 l S 80 340 m 80 600 l S");
        for (at, year) in (0u8..).zip(["2040", "2041", "2042", "2043"]) {
            sheet = sheet.text(100.0 + 80.0 * f32::from(at), 326.0, year);
            sheet = sheet.text(60.0, 340.0 + 60.0 * f32::from(at), &format!("{at}0"));
        }
        sheet.text(200.0, 590.0, "Large lamps")
    }

    #[test]
    fn labels_of_bars_are_left_out_but_not_the_name_of_the_figure() {
        let bars = "100 340 20 100 re f 180 340 20 140 re f 260 340 20 60 re f 340 340 20 220 re f";
        check(
            axes().raw(bars),
            true,
            &expect![[r#"
            -- page 1
            ~ 10
            ~ 20
            ~ 30
            ~ Large lamps
            Figure 1: Lanterns sold by the guild, by year of the fair
            Source: books of the guild.
            ~ 2040
            ~ 00
            ~ 2041
            ~ 2042
            ~ 2043
        "#]],
        );
    }

    #[test]
    fn labels_of_a_curve_are_left_out() {
        let points: String = (0..20u8)
            .map(|at| format!("{} {} l ", 84 + 16 * u16::from(at), 350 + 9 * u16::from(at % 7)))
            .collect();
        check(
            axes().raw(&format!("80 340 m {points} S")),
            true,
            &expect![[r#"
            -- page 1
            ~ 10
            ~ 20
            ~ 30
            ~ Large lamps
            Figure 1: Lanterns sold by the guild, by year of the fair
            Source: books of the guild.
            ~ 2040
            ~ 00
            ~ 2041
            ~ 2042
            ~ 2043
        "#]],
        );
    }

    #[test]
    fn a_table_on_shaded_ground_is_no_chart() {
        let mut sheet = Sheet::default();
        for (at, (name, figure)) in (0u8..).zip([
            ("Lanterns sold", "120"),
            ("Kettles", "45"),
            ("Glass and oil", "7"),
            ("Wicks", "12"),
        ]) {
            let y = 500.0 - 20.0 * f32::from(at);
            let width = 5.0 * name.len() as f32;
            sheet = sheet.raw(&format!("60 {} {width} 14 re f 300 {} 60 14 re f", y - 4.0, y - 4.0));
            sheet = sheet.text(60.0, y, name).text(310.0, y, figure).text(400.0, y, figure);
        }
        check(
            sheet,
            false,
            &expect![[r#"
            -- page 1
            # Lanterns sold | 120 | 120
            # Kettles | 45 | 45
            # Glass and oil | 7 | 7
            # Wicks | 12 | 12
            Figure 1: Lanterns sold by the guild, by year of the fair
            Source: books of the guild.
        "#]],
        );
    }
}
