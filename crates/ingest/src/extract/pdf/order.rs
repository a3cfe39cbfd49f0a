//! Fragments -> rows in the order in which a person reads them.
//!
//! The order of the content stream is right far more often than geometry, so it stands unless
//! the page shows that it cannot be: text that jumps back up again and again, or lines that run
//! across a gutter with prose on both sides.

use super::drawn_apart;
use super::fragment::Fragment;

/// A gap of this many ems sets cells apart: wider than the spaces of justified text.
pub(super) const WIDE_GAP: f32 = 1.5;
/// A step up by this many ems is a step to another line, not to an exponent.
const STEP_UP: f32 = 0.8;
/// A step up by so many goes further than any formula.
const FAR_UP: f32 = 2.0;
/// A page is scrambled if this part of its steps go where no reader would ...
const WRONG_SHARE: f32 = 0.12;
/// ... or this part go up at all, and few lines keep their neighbours when put in order by place.
const UP_SHARE: f32 = 0.25;
const KEPT_NEIGHBOURS: f32 = 0.4;
/// So many such steps in the middle of a sentence are enough by themselves.
const BROKEN_SENTENCES: usize = 2;
/// Running heads drawn last, or a box, give one or two steps of the kind.
const FEWEST_STEPS: usize = 4;
/// Pieces of a row nearer than this many ems belong to one column.
const COLUMN_GAP: f32 = 0.9;
/// Fewest rows on either side of a gutter.
const COLUMN_ROWS: usize = 4;
/// Fewest letters in the average row of a column: less is a column of a table.
const PROSE_LETTERS: u32 = 18;
/// Fewest letters in the average piece of such a row; badly justified lines fall to pieces.
const PIECE_LETTERS: u32 = 10;
/// One in this many rows may cross a gutter (headings over both columns, figures).
const CROSSING_SHARE: usize = 4;
/// A gutter may be looked for this far, in points, left of a column's edge.
const EDGE: f32 = 3.0;
/// Deepest splitting of a page into columns.
const MAX_SPLITS: usize = 6;
/// Pages of more rows are left in stream order: no page that is read has so many.
const MAX_ROWS: usize = 5_000;

/// Fragments of one line, from left to right, as numbers into the page's fragments.
pub(super) type Row = Vec<u32>;

/// Puts the fragments of a page into rows, in reading order; says whether the stream's order was
/// given up.
pub(super) fn rows(fragments: &[Fragment]) -> (Vec<Row>, bool) {
    let (rows, is_placed) = read_rows(fragments);
    if !is_placed && drawn_apart::has_numbers(&rows, fragments) {
        return (by_place(fragments), true);
    }
    (rows, is_placed)
}

fn read_rows(fragments: &[Fragment]) -> (Vec<Row>, bool) {
    let order: Vec<u32> = (0..fragments.len() as u32).collect();
    let rows = stream_rows(fragments, &order);
    if rows.len() > MAX_ROWS {
        return (rows, false);
    }
    let steps = Steps::of(fragments, &rows);
    let is_suspect = (steps.are_wrong() || steps.are_doubtful()) && is_prose(fragments);
    if !is_suspect && !runs_across_gutter(fragments, &rows) {
        return (rows, false);
    }
    let placed = by_place(fragments);
    if is_suspect && !steps.are_wrong() && kept_neighbours(fragments.len(), &placed) > KEPT_NEIGHBOURS {
        return (rows, false);
    }
    (placed, true)
}

/// Whether the page, put in order by place, has lines of prose; the labels of a diagram are in
/// no order that place could tell.
fn is_prose(fragments: &[Fragment]) -> bool {
    let placed = place_rows(fragments, main_angle(fragments));
    let mut side = Side::default();
    for row in &placed {
        side.add(row.pieces.iter());
    }
    side.is_prose()
}

/// Which part of the fragments are followed by the same fragment in the stream and by place.
fn kept_neighbours(n_fragments: usize, placed: &[Row]) -> f32 {
    let order: Vec<u32> = placed.iter().flatten().copied().collect();
    let kept = order.windows(2).filter(|pair| pair[0] + 1 == pair[1]).count();
    kept as f32 / n_fragments.saturating_sub(1).max(1) as f32
}

/// Joins neighbours of an order that stand on one line.
pub(super) fn stream_rows(fragments: &[Fragment], order: &[u32]) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    for &at in order {
        let slack = fragments[at as usize].size / 2.0;
        match rows.last_mut() {
            Some(row) if stands_beside(fragments, row, &[at], slack) => row.push(at),
            Some(row) if stands_beside(fragments, &[at], row, slack) => row.insert(0, at),
            _ => rows.push(vec![at]),
        }
    }
    rows
}

/// Whether `right` goes on to the right of `left`, on one line. They may overlap by `slack` points.
pub(super) fn stands_beside(fragments: &[Fragment], left: &[u32], right: &[u32], slack: f32) -> bool {
    left.last().zip(right.first()).is_some_and(|(&last, &first)| {
        let (last, first) = (&fragments[last as usize], &fragments[first as usize]);
        last.is_level_with(first) && last.right < first.left + slack
    })
}

/// Whether a reader could go from row to row so.
pub(super) fn is_readable(fragments: &[Fragment], rows: &[Row]) -> bool {
    !Steps::of(fragments, rows).are_wrong()
}

/// How the stream steps from row to row.
#[derive(Debug, Default)]
struct Steps {
    all: usize,
    /// Up, wherever to.
    up: usize,
    /// Up to the left, or far up and not to the next column.
    wrong: usize,
    /// Wrong ones between small letters, as in the middle of a sentence.
    broken: usize,
}

impl Steps {
    fn of(fragments: &[Fragment], rows: &[Row]) -> Self {
        let end = |at: Option<&u32>| at.and_then(|&at| fragments.get(at as usize));
        let mut steps = Self { all: rows.len(), ..Self::default() };
        for pair in rows.windows(2) {
            let (Some(last), Some(next)) = (end(pair[0].last()), end(pair[1].first())) else { continue };
            let up = (last.baseline - next.baseline) / last.size;
            if last.angle != next.angle || up < STEP_UP {
                continue;
            }
            steps.up += 1;
            if next.right < last.left || up > FAR_UP && next.left < last.right {
                steps.wrong += 1;
                steps.broken += usize::from(last.ends_small() && next.starts_small());
            }
        }
        steps
    }

    fn are_wrong(&self) -> bool {
        self.broken >= BROKEN_SENTENCES
            || self.wrong >= FEWEST_STEPS && self.wrong as f32 > WRONG_SHARE * self.all as f32
    }

    fn are_doubtful(&self) -> bool {
        self.up >= FEWEST_STEPS && self.up as f32 > UP_SHARE * self.all as f32
    }
}

/// Whether the stream draws two columns line by line across the gutter.
fn runs_across_gutter(fragments: &[Fragment], rows: &[Row]) -> bool {
    let wide = rows.iter().filter(|row| row.len() > 1).count();
    if wide < COLUMN_ROWS {
        return false;
    }
    let angle = main_angle(fragments);
    let placed = place_rows(fragments, angle);
    let Some(gutter) = gutter(&placed) else { return false };
    let across = rows.iter().filter(|row| {
        let sides = |row: &Row| {
            let left = row.iter().any(|&at| fragments[at as usize].right <= gutter);
            let right = row.iter().any(|&at| fragments[at as usize].left >= gutter);
            left && right
        };
        row.first().is_some_and(|&at| fragments[at as usize].angle == angle) && sides(row)
    });
    let both = placed.iter().filter(|row| row.is_on_both_sides(gutter)).count();
    2 * across.count() > both
}

fn main_angle(fragments: &[Fragment]) -> u16 {
    let mut letters: Vec<(u16, u32)> = Vec::new();
    for fragment in fragments {
        match letters.iter_mut().find(|(angle, _)| *angle == fragment.angle) {
            Some((_, n_letters)) => *n_letters += fragment.n_letters,
            None => letters.push((fragment.angle, fragment.n_letters)),
        }
    }
    letters.into_iter().max_by_key(|(_, n_letters)| *n_letters).map_or(0, |(angle, _)| angle)
}

/// A stretch of a row without a column gap.
#[derive(Clone, Debug)]
struct Piece {
    left: f32,
    right: f32,
    size: f32,
    n_letters: u32,
    fragments: Row,
}

/// A row by place, whatever the stream says.
#[derive(Clone, Debug, Default)]
struct PlacedRow {
    pieces: Vec<Piece>,
}

impl PlacedRow {
    fn crosses(&self, gutter: f32) -> bool {
        self.pieces.iter().any(|piece| piece.left < gutter && piece.right > gutter)
    }

    fn is_on_both_sides(&self, gutter: f32) -> bool {
        !self.crosses(gutter)
            && self.pieces.first().is_some_and(|piece| piece.right <= gutter)
            && self.pieces.last().is_some_and(|piece| piece.left >= gutter)
    }

    /// The pieces left and right of the gutter.
    fn split(self, gutter: f32) -> (Self, Self) {
        let (left, right) = self.pieces.into_iter().partition(|piece| piece.right <= gutter);
        (Self { pieces: left }, Self { pieces: right })
    }
}

/// All fragments by place: the main direction first, others after it.
fn by_place(fragments: &[Fragment]) -> Vec<Row> {
    let mut angles: Vec<u16> = fragments.iter().map(|fragment| fragment.angle).collect();
    angles.sort_unstable();
    angles.dedup();
    let main = main_angle(fragments);
    angles.sort_by_key(|angle| *angle != main);
    let mut out = Vec::new();
    for angle in angles {
        read_columns(place_rows(fragments, angle), &mut out, 0);
    }
    out
}

/// Rows from top to bottom, pieces from left to right.
fn place_rows(fragments: &[Fragment], angle: u16) -> Vec<PlacedRow> {
    let mut order: Vec<u32> =
        (0..fragments.len() as u32).filter(|&at| fragments[at as usize].angle == angle).collect();
    order.sort_by(|&a, &b| fragments[a as usize].baseline.total_cmp(&fragments[b as usize].baseline));
    let mut rows: Vec<Row> = Vec::new();
    for at in order {
        let level = rows
            .last()
            .and_then(|row| row.first())
            .is_some_and(|&first| fragments[first as usize].is_level_with(&fragments[at as usize]));
        match rows.last_mut() {
            Some(row) if level => row.push(at),
            _ => rows.push(vec![at]),
        }
    }
    rows.into_iter().map(|row| pieces(fragments, row)).collect()
}

fn pieces(fragments: &[Fragment], mut row: Row) -> PlacedRow {
    row.sort_by(|&a, &b| fragments[a as usize].left.total_cmp(&fragments[b as usize].left));
    let mut placed = PlacedRow::default();
    for at in row {
        let fragment = &fragments[at as usize];
        match placed.pieces.last_mut() {
            Some(piece) if fragment.left - piece.right < COLUMN_GAP * piece.size.max(fragment.size) => {
                piece.right = piece.right.max(fragment.right);
                piece.size = piece.size.max(fragment.size);
                piece.n_letters += fragment.n_letters;
                piece.fragments.push(at);
            }
            _ => placed.pieces.push(Piece {
                left: fragment.left,
                right: fragment.right,
                size: fragment.size,
                n_letters: fragment.n_letters,
                fragments: vec![at],
            }),
        }
    }
    placed
}

/// Reads rows that may stand in columns.
fn read_columns(rows: Vec<PlacedRow>, out: &mut Vec<Row>, depth: usize) {
    let Some(gutter) = gutter(&rows).filter(|_| depth < MAX_SPLITS) else {
        out.extend(
            rows.into_iter().map(|row| row.pieces.into_iter().flat_map(|piece| piece.fragments).collect()),
        );
        return;
    };
    let (mut left, mut right) = (Vec::new(), Vec::new());
    for row in rows {
        if row.crosses(gutter) {
            // A line over both columns ends them: what stands above it is read first.
            read_columns(std::mem::take(&mut left), out, depth + 1);
            read_columns(std::mem::take(&mut right), out, depth + 1);
            out.push(row.pieces.into_iter().flat_map(|piece| piece.fragments).collect());
            continue;
        }
        let (one, other) = row.split(gutter);
        left.extend((!one.pieces.is_empty()).then_some(one));
        right.extend((!other.pieces.is_empty()).then_some(other));
    }
    read_columns(left, out, depth + 1);
    read_columns(right, out, depth + 1);
}

/// The middle of the best gutter: a strip that few rows cross, with prose on both sides.
fn gutter(rows: &[PlacedRow]) -> Option<f32> {
    if rows.len() < COLUMN_ROWS {
        return None;
    }
    let mut candidates: Vec<f32> = Vec::new();
    for row in rows {
        // Columns need not share baselines, so the left edge of a piece may be all that shows.
        candidates.extend(row.pieces.iter().map(|piece| piece.left - EDGE));
        candidates.extend(row.pieces.windows(2).map(|pair| f32::midpoint(pair[0].right, pair[1].left)));
    }
    candidates.sort_by(f32::total_cmp);
    candidates.dedup_by(|a, b| (*a - *b).abs() < 2.0);
    let scored = candidates.into_iter().filter_map(|x| Some((gutter_score(rows, x)?, x)));
    scored.max_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1))).map(|(_, x)| x)
}

/// How many rows speak for a gutter at `x`; `None` if it is none.
fn gutter_score(rows: &[PlacedRow], x: f32) -> Option<usize> {
    let (mut left, mut right, mut crossing) = (Side::default(), Side::default(), 0);
    for row in rows {
        if row.crosses(x) {
            crossing += 1;
            continue;
        }
        left.add(row.pieces.iter().filter(|piece| piece.right <= x));
        right.add(row.pieces.iter().filter(|piece| piece.left >= x));
    }
    let is_gutter = left.is_prose() && right.is_prose() && crossing * CROSSING_SHARE <= rows.len();
    is_gutter.then_some(left.n_rows.min(right.n_rows))
}

#[derive(Default)]
struct Side {
    n_rows: usize,
    n_pieces: usize,
    n_letters: u32,
}

impl Side {
    fn add<'p>(&mut self, pieces: impl Iterator<Item = &'p Piece>) {
        let before = self.n_pieces;
        for piece in pieces {
            self.n_pieces += 1;
            self.n_letters += piece.n_letters;
        }
        self.n_rows += usize::from(self.n_pieces > before);
    }

    fn is_prose(&self) -> bool {
        self.n_rows >= COLUMN_ROWS
            && self.n_letters >= PROSE_LETTERS * self.n_rows as u32
            && self.n_letters >= PIECE_LETTERS * self.n_pieces as u32
    }
}

/// The gap between two neighbours of a row, in ems.
pub(super) fn gap(left: &Fragment, right: &Fragment) -> f32 {
    (right.left - left.right) / left.size.max(right.size)
}
