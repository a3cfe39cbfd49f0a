//! A page's fragments as lines and rows of tables, in reading order.

use std::collections::HashMap;

use super::beside;
use super::drawing::Drawn;
use super::drop_cap;
use super::fragment::{self, Fragment};
use super::furniture::Furniture;
use super::glyph::Glyph;
use super::grid::{self, GridRow};
use super::layout::{LaidLine, LaidPage};
use super::order::{self, Row};

/// A line of text, or a row of a table cell by cell.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Part {
    Line(Row),
    TableRow(Vec<Row>),
}

/// Puts fragments in reading order; says whether the stream's order was given up. What is written over
/// the rules of a table is cut there.
pub(super) fn parts(drawn: &Drawn, fragments: &mut Vec<Fragment>, glyphs: &[Glyph]) -> (Vec<Part>, bool) {
    let tables = tables(drawn, fragments, glyphs);
    if tables.is_empty() {
        let (mut rows, reordered) = order::rows(fragments);
        drop_cap::join(&mut rows, fragments);
        return (beside::parts(&rows, fragments), reordered);
    }
    let (standing, stands_for) = with_stand_ins(fragments, &tables);
    let (rows, reordered) = order::rows(&standing);
    let mut parts = Vec::new();
    for row in rows {
        let mut line = Row::new();
        for at in row {
            match stands_for[at as usize] {
                StandsFor::Fragment(own) => line.push(own),
                StandsFor::Table(table) => {
                    end_line(&mut line, &mut parts);
                    put_table(&tables[table], fragments, &mut parts);
                }
            }
        }
        end_line(&mut line, &mut parts);
    }
    (parts, reordered)
}

fn end_line(line: &mut Row, parts: &mut Vec<Part>) {
    if !line.is_empty() {
        parts.push(Part::Line(std::mem::take(line)));
    }
}

fn put_table(rows: &[GridRow], fragments: &[Fragment], parts: &mut Vec<Part>) {
    for GridRow { cells, is_lines } in rows {
        let cells: Vec<Row> = cells.iter().map(|cell| in_order(cell, fragments)).collect();
        if *is_lines {
            let lines = cells.iter().flat_map(|cell| order::stream_rows(fragments, cell));
            parts.extend(lines.map(Part::Line));
        } else {
            parts.push(Part::TableRow(cells));
        }
    }
}

/// The fragments of a cell as the stream has them, or from the top where that goes up again.
fn in_order(cell: &Row, fragments: &[Fragment]) -> Row {
    let goes_up = cell.windows(2).any(|pair| {
        let (one, next) = (&fragments[pair[0] as usize], &fragments[pair[1] as usize]);
        one.baseline - next.baseline > 0.8 * one.size
    });
    let mut cell = cell.clone();
    if goes_up {
        let fragment = |at: u32| &fragments[at as usize];
        cell.sort_by(|&a, &b| fragment(a).baseline.total_cmp(&fragment(b).baseline));
        for line in cell.chunk_by_mut(|&one, &next| fragment(one).is_level_with(fragment(next))) {
            line.sort_by(|&a, &b| fragment(a).left.total_cmp(&fragment(b).left));
        }
    }
    cell
}

/// The tables of a page, each with fragments of its own.
fn tables(drawn: &Drawn, fragments: &mut Vec<Fragment>, glyphs: &[Glyph]) -> Vec<Vec<GridRow>> {
    let grids = grid::grids(drawn);
    for grid in &grids {
        if fragments.iter().any(|fragment| grid.crossed(fragment).next().is_some()) {
            let mut cut = fragments.clone();
            fragment::cut(&mut cut, glyphs, |fragment| grid.crossed(fragment).next());
            if grid.rows(&cut).is_some() {
                *fragments = cut;
            }
        }
    }
    let mut is_taken = vec![false; fragments.len()];
    let mut tables = Vec::new();
    for rows in grids.iter().filter_map(|grid| grid.rows(fragments)) {
        let is_free = members(&rows).all(|at| !is_taken[at as usize]);
        if is_free {
            members(&rows).for_each(|at| is_taken[at as usize] = true);
            tables.push(rows);
        }
    }
    tables
}

fn members(rows: &[GridRow]) -> impl Iterator<Item = u32> + '_ {
    rows.iter().flat_map(|row| row.cells.iter().flatten().copied())
}

/// Takes rows out of the furniture that only look like a running head with another number: the first and the
/// last row of each page. A row that is the same on several pages heads the columns there.
pub(super) fn keep_rows(pages: &[LaidPage], furniture: &mut Furniture) {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    let is_left_out =
        |line: &LaidLine, is_furniture: bool| line.is_row && is_furniture && !line.of_chart && !line.artifact;
    for (page, found) in pages.iter().zip(&furniture.pages) {
        for (line, &is_furniture) in page.lines.iter().zip(&found.is_furniture) {
            if is_left_out(line, is_furniture) {
                *counts.entry(&line.text).or_default() += 1;
            }
        }
    }
    for (page, found) in pages.iter().zip(&mut furniture.pages) {
        for (line, is_furniture) in page.lines.iter().zip(&mut found.is_furniture) {
            let is_repeated = counts.get(line.text.as_str()).is_some_and(|count| *count > 1);
            *is_furniture &= !is_left_out(line, *is_furniture) || is_repeated;
        }
    }
}

#[derive(Clone, Copy)]
enum StandsFor {
    Fragment(u32),
    Table(usize),
}

/// The fragments, with one as wide as the table for all of each table.
fn with_stand_ins(fragments: &[Fragment], tables: &[Vec<GridRow>]) -> (Vec<Fragment>, Vec<StandsFor>) {
    let mut owners: Vec<Option<usize>> = vec![None; fragments.len()];
    for (table, rows) in tables.iter().enumerate() {
        members(rows).for_each(|at| owners[at as usize] = Some(table));
    }
    let mut is_put = vec![false; tables.len()];
    let (mut standing, mut stands_for) = (Vec::new(), Vec::new());
    for ((fragment, owner), at) in fragments.iter().zip(owners).zip(0..) {
        match owner {
            None => {
                standing.push(*fragment);
                stands_for.push(StandsFor::Fragment(at));
            }
            Some(table) if !is_put[table] => {
                is_put[table] = true;
                standing.push(stand_in(fragments, &tables[table], *fragment));
                stands_for.push(StandsFor::Table(table));
            }
            Some(_) => {}
        }
    }
    (standing, stands_for)
}

fn stand_in(fragments: &[Fragment], rows: &[GridRow], first: Fragment) -> Fragment {
    let mut standing = first;
    for at in members(rows) {
        let fragment = &fragments[at as usize];
        standing.left = standing.left.min(fragment.left);
        standing.right = standing.right.max(fragment.right);
        standing.baseline = standing.baseline.min(fragment.baseline);
    }
    standing
}
