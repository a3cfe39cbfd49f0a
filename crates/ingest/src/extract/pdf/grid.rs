//! Tables whose cells are parted by rules: which fragments stand in which row and cell, however many
//! lines a cell has.

use super::band;
use super::drawing::{Area, Drawn};
use super::fragment::Fragment;
use super::order::Row;

/// Pieces of a rule lie within this many points of one line, and of each other.
const SAME_LINE: f32 = 1.5;
const JOINT: f32 = 3.0;
/// A rule that parts rows covers at least this part of the table's width: shorter ones part a few of its
/// cells, or underline words.
const PARTING: f32 = 0.5;
/// Rows are higher, and columns wider, than this.
const LOWEST_ROW: f32 = 5.0;
const NARROWEST_COLUMN: f32 = 6.0;
/// Most tables looked for on a page, and most meetings of rules.
const MAX_GRIDS: usize = 40;
const MAX_MEETINGS: usize = 2_000_000;
/// Two cells side by side of more lines than this are columns of text in a frame, if their lines are as
/// long as those of a text.
const CELL_LINES: usize = 15;
const PROSE_LETTERS: u32 = 25;
/// At least one row in so many has two cells or more.
const ROWS_WITH_CELLS: usize = 3;
/// How far above its baseline the middle of a line lies, in ems.
const MIDDLE: f32 = 0.3;

/// A rule put together of its pieces.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Rule {
    /// Where it lies across its direction.
    at: f32,
    start: f32,
    end: f32,
}

impl Rule {
    fn covers(&self, place: f32) -> bool {
        self.start - JOINT <= place && place <= self.end + JOINT
    }
}

/// The rules of one table.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Grid {
    left: f32,
    right: f32,
    /// Between which heights its rows lie, from the top.
    heights: Vec<f32>,
    /// The rules between its columns, from the left.
    uprights: Vec<Rule>,
}

/// A row of a table.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct GridRow {
    /// The fragments of its cells that are not empty, from left to right.
    pub(super) cells: Vec<Row>,
    /// Whether it is one cell, as wide as the table, or several rows that no rule parts: lines of text.
    pub(super) is_lines: bool,
}

/// Finds what rules may part the cells of tables.
pub(super) fn grids(drawn: &Drawn) -> Vec<Grid> {
    let level = |area: &Area| (f32::midpoint(area.top, area.bottom), area.left, area.right);
    let upright = |area: &Area| (f32::midpoint(area.left, area.right), area.top, area.bottom);
    let across = joined(drawn.across.iter().map(level));
    let down = joined(drawn.down.iter().map(upright));
    if across.is_empty() || across.len().saturating_mul(down.len()) > MAX_MEETINGS {
        return Vec::new();
    }
    let mut grids: Vec<Grid> =
        meeting(&across, &down).iter().filter_map(|(across, down)| grid(across, down)).collect();
    grids.truncate(MAX_GRIDS);
    grids
}

/// Puts the pieces of each rule together.
fn joined(pieces: impl Iterator<Item = (f32, f32, f32)>) -> Vec<Rule> {
    let mut pieces: Vec<Rule> = pieces.map(|(at, start, end)| Rule { at, start, end }).collect();
    pieces.sort_by(|a, b| a.at.total_cmp(&b.at));
    let mut rules: Vec<Rule> = Vec::new();
    for line in pieces.chunk_by_mut(|one, next| next.at - one.at < SAME_LINE) {
        line.sort_by(|a, b| a.start.total_cmp(&b.start));
        let first = rules.len();
        for piece in line {
            match rules[first..].last_mut() {
                Some(rule) if piece.start <= rule.end + JOINT => rule.end = rule.end.max(piece.end),
                _ => rules.push(*piece),
            }
        }
    }
    rules
}

/// Groups of rules that meet.
fn meeting(across: &[Rule], down: &[Rule]) -> Vec<(Vec<Rule>, Vec<Rule>)> {
    let mut groups: Vec<usize> = (0..across.len()).collect();
    let mut members: Vec<Option<usize>> = vec![None; down.len()];
    for (upright, member) in down.iter().zip(&mut members) {
        let meets = |level: &Rule| upright.covers(level.at) && level.covers(upright.at);
        for at in (0..across.len()).filter(|at| meets(&across[*at])) {
            let group = root(&groups, at);
            match *member {
                Some(other) => {
                    let other = root(&groups, other);
                    groups[group.max(other)] = group.min(other);
                }
                None => *member = Some(group),
            }
        }
    }
    let mut found: Vec<(Vec<Rule>, Vec<Rule>)> = vec![Default::default(); across.len()];
    for (at, rule) in across.iter().enumerate() {
        found[root(&groups, at)].0.push(*rule);
    }
    for (member, rule) in members.iter().zip(down) {
        if let Some(member) = member {
            found[root(&groups, *member)].1.push(*rule);
        }
    }
    found.retain(|(across, down)| !across.is_empty() && !down.is_empty());
    found
}

fn root(groups: &[usize], mut at: usize) -> usize {
    while groups[at] != at {
        at = groups[at];
    }
    at
}

/// The table that some rules part, if they part at least two rows of two cells.
fn grid(across: &[Rule], down: &[Rule]) -> Option<Grid> {
    let left = across.iter().map(|rule| rule.start).fold(f32::INFINITY, f32::min);
    let right = across.iter().map(|rule| rule.end).fold(f32::NEG_INFINITY, f32::max);
    let is_inside = |rule: &&Rule| left + NARROWEST_COLUMN < rule.at && rule.at < right - NARROWEST_COLUMN;
    let uprights: Vec<Rule> = down.iter().filter(is_inside).copied().collect();
    let mut heights: Vec<f32> = Vec::new();
    for line in across.chunk_by(|one, next| next.at - one.at < SAME_LINE) {
        let covered: f32 = line.iter().map(|rule| rule.end - rule.start).sum();
        heights.extend((covered > PARTING * (right - left)).then_some(line[0].at));
    }
    // A table that runs on over the page's end may lack its last rule.
    let ends = down.iter().map(|rule| rule.end).fold(f32::NEG_INFINITY, f32::max);
    let starts = down.iter().map(|rule| rule.start).fold(f32::INFINITY, f32::min);
    heights.extend([starts, ends]);
    heights.sort_by(f32::total_cmp);
    heights.dedup_by(|next, one| *next - *one < LOWEST_ROW);
    (!uprights.is_empty() && heights.len() > 2).then_some(Grid { left, right, heights, uprights })
}

impl Grid {
    /// Whether a place is inside, and in which row.
    fn row_of(&self, x: f32, y: f32) -> Option<usize> {
        let row = self.heights.partition_point(|height| *height < y).checked_sub(1)?;
        (row + 1 < self.heights.len() && self.left - JOINT < x && x < self.right + JOINT).then_some(row)
    }

    fn column_of(&self, x: f32, y: f32) -> usize {
        self.uprights.iter().filter(|rule| rule.at < x && rule.start < y && y < rule.end).count()
    }

    /// The rules that a fragment is written across, from the left.
    pub(super) fn crossed(&self, fragment: &Fragment) -> impl Iterator<Item = f32> + '_ {
        let (left, right, y) = (fragment.left, fragment.right, middle(fragment));
        let is_crossed =
            move |rule: &&Rule| left < rule.at && rule.at < right && rule.start < y && y < rule.end;
        self.uprights.iter().filter(is_crossed).map(|rule| rule.at)
    }

    /// Whether what stands between two of its rules is a list of codes.
    pub(super) fn holds_codes(&self, fragments: &[Fragment]) -> bool {
        let is_list = |band: &Vec<(usize, Row)>| {
            holds_several(band, fragments) && band::rows(band, fragments).is_some()
        };
        self.bands(fragments).iter().any(is_list)
    }

    /// The rows of the table, if it is one.
    pub(super) fn rows(&self, fragments: &[Fragment]) -> Option<Vec<GridRow>> {
        let bands = self.bands(fragments);
        let is_text = bands.iter().any(|band| are_columns_of_text(band, fragments));
        let n_rows = bands.iter().filter(|band| !band.is_empty()).count();
        let n_full = bands.iter().filter(|band| band.len() > 1).count();
        // Below heads of three columns, a page may have nothing but the rest of one cell.
        let is_headed =
            n_full == 1 && bands.iter().find(|band| !band.is_empty()).is_some_and(|first| first.len() > 2);
        if is_text || n_full < 2 && !is_headed || ROWS_WITH_CELLS * n_full < n_rows {
            return None;
        }
        let rows = bands.into_iter().enumerate().filter(|(_, band)| !band.is_empty());
        Some(rows.flat_map(|(at, band)| self.rows_of(at, band, fragments)).collect())
    }

    /// What stands between the rules that part rows: the fragments of each column, from the left.
    fn bands(&self, fragments: &[Fragment]) -> Vec<Vec<(usize, Row)>> {
        let mut bands: Vec<Vec<(usize, Row)>> = vec![Vec::new(); self.heights.len()];
        let (upright, turned): (Vec<u32>, Vec<u32>) =
            (0..fragments.len() as u32).partition(|&at| fragments[at as usize].angle == 0);
        for at in upright.into_iter().chain(turned) {
            let (x, y) = centre(&fragments[at as usize]);
            let Some(row) = self.row_of(x, y) else { continue };
            // Heads of narrow columns are turned beside those of wide ones; a turned table is none of ours.
            if fragments[at as usize].angle != 0 && bands[row].is_empty() {
                continue;
            }
            let column = self.column_of(x, y);
            match bands[row].iter_mut().find(|(known, _)| *known == column) {
                Some((_, cell)) => cell.push(at),
                None => bands[row].push((column, vec![at])),
            }
        }
        bands.iter_mut().for_each(|band| band.sort_by_key(|(column, _)| *column));
        bands
    }

    fn rows_of(&self, at: usize, band: Vec<(usize, Row)>, fragments: &[Fragment]) -> Vec<GridRow> {
        let y = f32::midpoint(self.heights[at], self.heights[at + 1]);
        let is_one_cell = !self.uprights.iter().any(|rule| rule.start < y && y < rule.end);
        let is_several = holds_several(&band, fragments);
        if let Some(rows) = is_several.then(|| band::rows(&band, fragments)).flatten() {
            return rows;
        }
        let mut cells: Vec<Row> = band.into_iter().map(|(_, cell)| cell).collect();
        if is_several {
            let mut all = cells.concat();
            all.sort_unstable();
            cells = vec![all];
        }
        vec![GridRow { cells, is_lines: is_one_cell || is_several }]
    }
}

/// Whether a band holds several rows that no rule parts: figures under each other, level with those of
/// another column or with the lines of the first.
fn holds_several(band: &[(usize, Row)], fragments: &[Fragment]) -> bool {
    let lines = |cell: &Row| {
        let mut lines: Vec<i32> =
            cell.iter().map(|&at| fragments[at as usize].baseline.round() as i32).collect();
        lines.sort_unstable();
        lines.dedup();
        lines
    };
    let is_of_figures = |cell: &Row| {
        let n_figures = cell.iter().filter(|&&at| is_figure(&fragments[at as usize])).count();
        3 * n_figures >= 2 * cell.len() && lines(cell).len() > 1
    };
    let heads = band.iter().take(1).map(|(_, cell)| lines(cell));
    let figures = band.iter().skip(1).filter(|(_, cell)| is_of_figures(cell)).map(|(_, cell)| lines(cell));
    let columns: Vec<Vec<i32>> = heads.chain(figures).collect();
    let are_level = |one: &[i32], other: &[i32]| one.iter().filter(|line| other.contains(line)).count() > 1;
    (1..columns.len()).any(|at| columns[..at].iter().any(|other| are_level(other, &columns[at])))
}

/// Whether a fragment looks like a figure: "12", "(1,204)", "7.5%".
pub(super) fn is_figure(fragment: &Fragment) -> bool {
    let first = fragment.first.single().is_some_and(|c| c.is_ascii_digit() || "(-–+$€£.".contains(c));
    let last = fragment.last.single().is_some_and(|c| c.is_ascii_digit() || "%)".contains(c));
    first && last && fragment.n_letters < 15
}

/// The middle of a fragment on the page as shown.
fn centre(fragment: &Fragment) -> (f32, f32) {
    let (sine, cosine) = f32::from(fragment.angle).to_radians().sin_cos();
    let (along, across) = (f32::midpoint(fragment.left, fragment.right), middle(fragment));
    (along * cosine - across * sine, along * sine + across * cosine)
}

fn middle(fragment: &Fragment) -> f32 {
    fragment.baseline - MIDDLE * fragment.size
}

/// Whether two cells of a band are long enough to be columns of a page.
fn are_columns_of_text(band: &[(usize, Row)], fragments: &[Fragment]) -> bool {
    let is_text = |(_, cell): &&(usize, Row)| {
        let letters: u32 = cell.iter().map(|&at| fragments[at as usize].n_letters).sum();
        let mut lines: Vec<i32> =
            cell.iter().map(|&at| fragments[at as usize].baseline.round() as i32).collect();
        lines.sort_unstable();
        lines.dedup();
        lines.len() > CELL_LINES && letters > PROSE_LETTERS * lines.len() as u32
    };
    band.iter().filter(is_text).count() > 1
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::super::tests::{read, shown_pages};
    use super::super::writer::{Sheet, pdf};

    /// A page with a table of three columns: rules at these heights, and the text of its cells.
    #[track_caller]
    fn check(heights: &[f32], uprights: &[f32], cells: &[(f32, f32, &str)], expected: &Expect) {
        let (top, foot) = (heights[0], heights[heights.len() - 1]);
        let mut sheet = Sheet::default().text(60.0, 760.0, "Schedule of the lamp makers");
        for y in heights {
            sheet = sheet.raw(&format!("60 {y} m 500 {y} l S"));
        }
        for x in uprights {
            sheet = sheet.raw(&format!("{x} {top} 0.5 {} re f", foot - top));
        }
        for (x, y, text) in cells {
            sheet = sheet.text(*x, *y, text);
        }
        let extracted = read(&pdf(&[sheet.text(60.0, 300.0, "Done in spring.")])).expect("the page has text");
        expected.assert_eq(&shown_pages(&extracted));
    }

    #[test]
    fn a_row_is_what_stands_between_two_rules() {
        check(
            &[740.0, 710.0, 668.0, 640.0],
            &[60.0, 120.0, 300.0, 500.0],
            &[
                (64.0, 728.0, "Heading or"),
                (64.0, 716.0, "chapter"),
                (124.0, 722.0, "Description"),
                (304.0, 722.0, "Rule"),
                (64.0, 684.0, "Chapter 3"),
                (124.0, 696.0, "Lamps that burn oil,"),
                (124.0, 684.0, "and their"),
                (124.0, 672.0, "wicks"),
                (304.0, 696.0, "Made of parts"),
                (304.0, 684.0, "of any heading"),
                (64.0, 648.0, "0405.10"),
                (124.0, 648.0, "Shades"),
                (304.0, 656.0, "Wholly"),
                (304.0, 644.0, "obtained"),
            ],
            &expect![[r#"
            -- page 1
            Schedule of the lamp makers
            # Heading or chapter | Description | Rule
            # Chapter 3 | Lamps that burn oil, and their wicks | Made of parts of any heading
            # 0405.10 | Shades | Wholly obtained
            Done in spring.
        "#]],
        );
    }

    #[test]
    fn rows_that_no_rule_parts_stay_apart() {
        check(
            &[740.0, 720.0, 680.0, 660.0],
            &[200.0],
            &[
                (64.0, 726.0, "Correct answers"),
                (210.0, 726.0, "Makers"),
                (300.0, 726.0, "Percent"),
                (64.0, 708.0, "none"),
                (210.0, 708.0, "138"),
                (300.0, 708.0, "6.9"),
                (64.0, 694.0, "one"),
                (210.0, 694.0, "178"),
                (300.0, 694.0, "8.8"),
                (64.0, 666.0, "Total"),
                (210.0, 666.0, "316"),
                (300.0, 666.0, "15.7"),
            ],
            &expect![[r#"
            -- page 1
            Schedule of the lamp makers
            # Correct answers | Makers | Percent
            # none | 138 | 6.9
            # one | 178 | 8.8
            # Total | 316 | 15.7
            Done in spring.
        "#]],
        );
    }

    #[test]
    fn cells_written_without_a_gap_are_cut_at_the_rule() {
        check(
            &[740.0, 720.0, 700.0],
            &[60.0, 100.0, 140.0, 500.0],
            &[(64.0, 726.0, "0405.10 Shades"), (64.0, 706.0, "0405.20 Wicks")],
            &expect![[r#"
            -- page 1
            Schedule of the lamp makers
            # 0405.10 | Shades
            # 0405.20 | Wicks
            Done in spring.
        "#]],
        );
    }

    #[test]
    fn a_frame_around_text_is_no_table() {
        check(
            &[740.0, 660.0],
            &[60.0, 500.0],
            &[(64.0, 726.0, "Makers keep a book of lamps."), (64.0, 714.0, "They show it in spring.")],
            &expect![[r#"
            -- page 1
            Schedule of the lamp makers
            Makers keep a book of lamps.
            They show it in spring.
            Done in spring.
        "#]],
        );
    }
}
