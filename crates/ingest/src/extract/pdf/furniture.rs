//! Running heads, running feet and page numbers: what is printed on page after page and is no
//! part of the text.

use std::collections::HashMap;

use super::layout::{LaidLine, LaidPage};
use super::page_number::{Numbering, PrintedNumber, printed_number};
use super::{imprint, sequence};
use crate::label;
use crate::recurring;

/// Furniture stands in this part of the page's height, from its upper or lower edge.
const EDGE_ZONE: f32 = 0.14;
/// The outermost line may stand further in where margins are wide, and a page number further still.
const OUTERMOST_ZONE: f32 = 0.19;
const NUMBER_ZONE: f32 = 0.25;
/// At most this many lines at an edge can be furniture.
const EDGE_LINES: usize = 6;
/// Directions that are looked at; a drawing may have many.
const MAX_ANGLES: usize = 8;
/// A line is repeated if so many pages have it; of a long document, one page in ten.
const REPEATS: usize = 3;
const REPEAT_SHARE: usize = 10;
/// Two pages are enough for a line that stands in the very same place on all pages there are.
const SHORT_DOCUMENT: usize = 3;
/// Lines stand in one place, and are of one size, if they differ by no more than so many points.
const PLACE_STEP: f32 = 6.0;
const SIZE_STEP: f32 = 0.75;
/// A part of a running head has so many letters at least, and the whole no more than so many times as many.
const SHORTEST_PART: usize = 8;
const MOST_OF_PART: usize = 3;
/// Below a heading, its first paragraph is one of so many lines.
const LINES_BELOW: usize = 3;
/// A title is larger than the text by this much, unless it is bold.
const TITLE_SIZE: f32 = 1.05;

/// What furniture a document has.
#[derive(Debug, Default)]
pub(super) struct Furniture {
    /// Per page: which of its lines are furniture, and the number printed on it.
    pub(super) pages: Vec<PageFurniture>,
}

/// The furniture of one page.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct PageFurniture {
    /// Whether each line is furniture.
    pub(super) is_furniture: Vec<bool>,
    /// The page number as printed.
    pub(super) label: Option<String>,
}

/// Finds the furniture of a document.
pub(super) fn find(pages: &[LaidPage]) -> Furniture {
    let edges: Vec<Vec<usize>> = pages.iter().map(edge_lines).collect();
    let mut heads = running_heads(pages, &edges);
    sequence::leave_provisions(pages, &mut heads);
    let share = |(page, heads): (&LaidPage, &Vec<bool>)| {
        recurring::letters(page.lines.iter().map(|line| line.text.as_str()).zip(heads.iter().copied()))
    };
    if recurring::are_the_text(pages.iter().zip(&heads).map(share)) {
        heads.iter_mut().for_each(|heads| heads.fill(false));
    }
    let numbering = Numbering::of(pages, &edges);
    let found = pages.iter().zip(&edges).zip(heads);
    Furniture {
        pages: found.map(|((page, edges), heads)| of_page(page, edges, &heads, &numbering)).collect(),
    }
}

fn of_page(page: &LaidPage, edges: &[usize], heads: &[bool], numbering: &Numbering) -> PageFurniture {
    let mut found = PageFurniture { is_furniture: vec![false; page.lines.len()], label: None };
    let numbers = page_numbers(page, edges, numbering);
    for (&at, number) in edges.iter().zip(numbers) {
        let line = &page.lines[at];
        let is_number = number.as_ref().is_some_and(|number| number.is_all);
        let is_imprint = line.baseline > page.height / 2.0 && imprint::is_imprint(&line.text);
        found.is_furniture[at] = line.artifact || heads[at] || is_number || is_imprint;
        if found.label.is_none() {
            found.label = number.filter(|number| number.is_all || heads[at]).map(|number| number.text);
        }
    }
    for (at, line) in page.lines.iter().enumerate() {
        found.is_furniture[at] |= line.is_marginal || recurring::is_rule(&line.text);
    }
    found
}

/// The page number that each of the lines at the edges prints, if it prints one. A page has one number: a
/// capital Roman one beside an Arabic one is the heading of a section.
fn page_numbers(page: &LaidPage, edges: &[usize], numbering: &Numbering) -> Vec<Option<PrintedNumber>> {
    let mut numbers: Vec<Option<PrintedNumber>> = edges
        .iter()
        .map(|&at| {
            let is_number = |number: &PrintedNumber| {
                let is_alone = page.lines[at].artifact || number.is_named;
                number.is_all && is_alone || numbering.holds(page.number, number)
            };
            printed_number(&page.lines[at].text).filter(is_number)
        })
        .collect();
    let is_arabic = |number: &PrintedNumber| number.is_all && !number.is_roman;
    if numbers.iter().flatten().any(is_arabic) {
        for (number, &at) in numbers.iter_mut().zip(edges) {
            let is_capital = page.lines[at].text.contains(char::is_uppercase);
            number
                .take_if(|number| number.is_roman && number.is_all && is_capital && !page.lines[at].artifact);
        }
    }
    numbers
}

/// The lines near the edges of a page: for each direction that lines are written in, those of the head
/// and foot as it has them, since a page may be turned within its frame, and a mark stand in a margin.
fn edge_lines(page: &LaidPage) -> Vec<usize> {
    let mut angles: Vec<u16> = page.lines.iter().map(|line| line.angle).collect();
    angles.sort_unstable();
    angles.dedup();
    angles.truncate(MAX_ANGLES);
    let mut edges: Vec<usize> = angles.into_iter().flat_map(|angle| edge_lines_at(page, angle)).collect();
    edges.sort_unstable();
    edges.dedup();
    edges
}

/// The lines of one direction near the edges that they run along, from the edges inwards.
fn edge_lines_at(page: &LaidPage, angle: u16) -> Vec<usize> {
    let mut lines: Vec<usize> = (0..page.lines.len()).filter(|&at| page.lines[at].angle == angle).collect();
    lines.sort_by(|&a, &b| page.lines[a].baseline.total_cmp(&page.lines[b].baseline));
    let (sine, cosine) = f32::from(angle).to_radians().sin_cos();
    let corners = [(0.0, 0.0), (page.width, 0.0), (0.0, page.height), (page.width, page.height)];
    let across = corners.map(|(x, y)| y * cosine - x * sine);
    let start = across.into_iter().fold(f32::INFINITY, f32::min);
    let end = across.into_iter().fold(f32::NEG_INFINITY, f32::max);
    let depth = end - start;
    let is_at_edge = |place: usize, at: usize, from_edge: f32| {
        let is_number = || printed_number(&page.lines[at].text).is_some_and(|number| number.is_all);
        let outermost =
            || from_edge < depth * OUTERMOST_ZONE || from_edge < depth * NUMBER_ZONE && is_number();
        from_edge < depth * EDGE_ZONE || place == 0 && outermost()
    };
    let top = lines.iter().take(EDGE_LINES).enumerate();
    let top = top.filter(|&(place, &at)| is_at_edge(place, at, page.lines[at].baseline - start));
    let bottom = lines.iter().rev().take(EDGE_LINES).enumerate();
    let bottom = bottom.filter(|&(place, &at)| is_at_edge(place, at, end - page.lines[at].baseline));
    top.chain(bottom).map(|(_, &at)| at).collect()
}

/// A line at the edge of a page: the place of its page among the pages, and its own on the page.
type Place = (usize, usize);

/// Which lines of each page are running heads or feet: lines that differ in nothing but figures, in one
/// place on enough pages, whose figures stay or count with the pages.
fn running_heads(pages: &[LaidPage], edges: &[Vec<usize>]) -> Vec<Vec<bool>> {
    let mut heads: Vec<Vec<bool>> = pages.iter().map(|page| vec![false; page.lines.len()]).collect();
    let needed = if pages.len() <= SHORT_DOCUMENT {
        pages.len().max(2)
    } else {
        REPEATS.max(pages.len() / REPEAT_SHARE)
    };
    let mut wholes: Vec<Place> = Vec::new();
    for alike in lines_alike(pages, edges) {
        let lines: Vec<(u32, &str)> = alike
            .iter()
            .map(|&(page, at)| (pages[page].number, pages[page].lines[at].text.as_str()))
            .collect();
        let steady = recurring::are_steady(&lines);
        let n_steady = steady.iter().filter(|steady| **steady).count();
        if n_steady < needed || open_provisions(pages, &alike) {
            continue;
        }
        for (&(page, at), steady) in alike.iter().zip(steady) {
            heads[page][at] |= steady;
        }
        wholes.extend(alike.first());
        leave_title(pages, &alike, &mut heads);
    }
    mark_parts(pages, edges, &wholes, &mut heads);
    mark_by_cells(pages, edges, needed, &mut heads);
    heads
}

/// Marks lines whose cells are all running heads: on left and right pages they stand in another order, and
/// now on one line, now on two.
fn mark_by_cells(pages: &[LaidPage], edges: &[Vec<usize>], needed: usize, heads: &mut [Vec<bool>]) {
    let mut shapes: HashMap<(String, u16), Vec<(Place, &str)>> = HashMap::new();
    for (page, edges) in edges.iter().enumerate() {
        for &at in edges {
            let line = &pages[page].lines[at];
            for cell in line.text.split('\t') {
                shapes.entry((recurring::shape(cell), line.angle)).or_default().push(((page, at), cell));
            }
        }
    }
    shapes.retain(|(shape, _), cells| shape != "#" && cells.len() >= needed);
    let line = |(page, at): Place| &pages[page].lines[at];
    let mut n_heads: HashMap<Place, usize> = HashMap::new();
    let groups =
        shapes.into_values().flat_map(|cells| parted(cells, |cell| line(cell.0).baseline, PLACE_STEP));
    for mut cells in groups {
        cells.sort_unstable();
        let is_once_a_page = cells.windows(2).all(|pair| pair[0].0.0 != pair[1].0.0);
        let is_on_lines = cells.iter().any(|cell| line(cell.0).text.contains('\t'));
        let lines: Vec<(u32, &str)> = cells.iter().map(|cell| (pages[cell.0.0].number, cell.1)).collect();
        let steady = recurring::are_steady(&lines);
        if is_once_a_page && is_on_lines && steady.iter().filter(|steady| **steady).count() >= needed {
            for (cell, _) in cells.iter().zip(steady).filter(|(_, steady)| *steady) {
                *n_heads.entry(cell.0).or_default() += 1;
            }
        }
    }
    for ((page, at), n_cells) in n_heads {
        heads[page][at] |= pages[page].lines[at].text.split('\t').count() == n_cells;
    }
}

/// Marks parts of running heads that stand in their place: on some pages one half or the number is missing.
fn mark_parts(pages: &[LaidPage], edges: &[Vec<usize>], wholes: &[Place], heads: &mut [Vec<bool>]) {
    let line = |&(page, at): &Place| &pages[page].lines[at];
    let wholes: Vec<(String, &LaidLine)> =
        wholes.iter().map(|place| (recurring::shape(&line(place).text), line(place))).collect();
    let is_part = |part: &LaidLine| {
        let shape = recurring::shape(&part.text);
        let is_in_place = |whole: &LaidLine| {
            whole.angle == part.angle
                && (whole.baseline - part.baseline).abs() <= PLACE_STEP
                && (whole.size - part.size).abs() <= SIZE_STEP
        };
        let is_within = |whole: &str| {
            whole.len() > shape.len() && whole.len() <= MOST_OF_PART * shape.len() && whole.contains(&shape)
        };
        shape.len() >= SHORTEST_PART
            && label::division(&part.text).is_none()
            && wholes.iter().any(|(whole, line)| is_within(whole) && is_in_place(line))
    };
    for (page, edges) in edges.iter().enumerate().skip(1) {
        for &at in edges {
            heads[page][at] = heads[page][at] || is_part(&pages[page].lines[at]);
        }
    }
}

/// The lines at edges that have one shape, one size and one place, in the order of their pages. A lone number is
/// left to the numbering.
fn lines_alike(pages: &[LaidPage], edges: &[Vec<usize>]) -> Vec<Vec<Place>> {
    let mut shapes: HashMap<(String, u16), Vec<Place>> = HashMap::new();
    for (page, edges) in edges.iter().enumerate() {
        for &at in edges {
            let line = &pages[page].lines[at];
            if !recurring::is_numbered_sentence(&line.text) {
                shapes.entry((recurring::shape(&line.text), line.angle)).or_default().push((page, at));
            }
        }
    }
    shapes.retain(|(shape, _), places| shape != "#" && places.len() > 1);
    let line = |(page, at): Place| &pages[page].lines[at];
    let mut alike: Vec<Vec<Place>> = shapes
        .into_values()
        .flat_map(|places| parted(places, |place| line(place).baseline, PLACE_STEP))
        .collect();
    alike =
        alike.into_iter().flat_map(|places| parted(places, |place| line(place).size, SIZE_STEP)).collect();
    alike.iter_mut().for_each(|places| places.sort_unstable());
    alike.sort_unstable();
    alike
}

/// Places in groups whose neighbours differ by no more than `step`.
fn parted<T: Copy>(mut places: Vec<T>, measure: impl Fn(T) -> f32, step: f32) -> Vec<Vec<T>> {
    places.sort_by(|one, other| measure(*one).total_cmp(&measure(*other)));
    let parts = places.chunk_by(|one, other| measure(*other) - measure(*one) <= step);
    parts.map(<[T]>::to_vec).collect()
}

/// Whether lines whose figures vary head the first paragraphs of provisions: "Rule 4", its title, and "1.".
fn open_provisions(pages: &[LaidPage], alike: &[Place]) -> bool {
    let text = |(page, at): Place| pages[page].lines[at].text.as_str();
    if alike.iter().all(|place| text(*place) == text(alike[0])) {
        return false;
    }
    let opens = |&&(page, at): &&Place| {
        let below = pages[page].lines.iter().skip(at + 1).take(LINES_BELOW);
        below
            .filter_map(|line| label::marker(&line.text))
            .any(|marker| marker.value == 1 && !marker.is_item())
    };
    alike.iter().filter(opens).count() * 2 > alike.len()
}

/// In a file of two or three pages, a title that is the running head as well stays where it stands first.
fn leave_title(pages: &[LaidPage], alike: &[Place], heads: &mut [Vec<bool>]) {
    let Some(&(page, at)) = alike.first().filter(|_| pages.len() <= SHORT_DOCUMENT) else { return };
    let (page_of, line) = (&pages[page], &pages[page].lines[at]);
    if is_title(page_of, line, pages.len() == 2) {
        heads[page][at] = false;
    }
}

fn is_title(page: &LaidPage, line: &LaidLine, is_of_two: bool) -> bool {
    let mut sizes: Vec<f32> = page.lines.iter().map(|line| line.size).collect();
    sizes.sort_by(f32::total_cmp);
    let usual = sizes.get(sizes.len() / 2).copied().unwrap_or(line.size);
    let is_upright = |line: &LaidLine| line.angle == 0 && !line.artifact;
    let stands_out = |line: &LaidLine| line.bold || line.size > usual * TITLE_SIZE;
    // The first line of a page that has no other title; over more pages, it would be a running head.
    let is_first = || {
        let is_above = |other: &LaidLine| other.baseline < line.baseline - line.size / 2.0;
        let is_plain = |other: &LaidLine| other.baseline > page.height / 2.0 || !stands_out(other);
        let mut others = page.lines.iter().filter(|other| is_upright(other));
        line.size * TITLE_SIZE > usual && others.all(|other| !is_above(other) && is_plain(other))
    };
    let is_words = line.text.split_whitespace().count() > 1 && !line.text.contains(char::is_numeric);
    line.baseline < page.height / 2.0
        && is_upright(line)
        && is_words
        && (stands_out(line) || is_of_two && is_first())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str, baseline: f32) -> LaidLine {
        LaidLine { text: text.into(), baseline, size: 10.0, ..LaidLine::default() }
    }

    fn check(pages: &[&[(&str, f32)]], expected: &[(&str, Option<&str>)]) {
        let laid: Vec<LaidPage> = pages
            .iter()
            .zip(1..)
            .map(|(lines, number)| {
                let lines = lines.iter().map(|(text, baseline)| line(text, *baseline)).collect();
                LaidPage { number, height: 800.0, lines, ..LaidPage::default() }
            })
            .collect();
        let found = find(&laid);
        let kept: Vec<(String, Option<&str>)> = laid
            .iter()
            .zip(&found.pages)
            .map(|(page, found)| {
                let kept =
                    page.lines.iter().zip(&found.is_furniture).filter(|(_, is_furniture)| !**is_furniture);
                let kept: Vec<&str> = kept.map(|(line, _)| line.text.as_str()).collect();
                (kept.join("|"), found.label.as_deref())
            })
            .collect();
        let expected: Vec<(String, Option<&str>)> =
            expected.iter().map(|(text, label)| ((*text).into(), *label)).collect();
        assert_eq!(kept, expected);
    }

    #[test]
    fn a_head_with_its_page_number_is_furniture_and_gives_the_label() {
        let pages: [&[(&str, f32)]; 4] = [
            &[("Title of the work", 200.0), ("1", 780.0)],
            &[("WT/L/843\tPage 2", 40.0), ("Members agree.", 100.0)],
            &[("WT/L/843\tPage 3", 40.0), ("They note it.", 100.0)],
            &[("WT/L/843\tPage 4", 40.0), ("And so on.", 100.0)],
        ];
        check(
            &pages,
            &[
                ("Title of the work", Some("1")),
                ("Members agree.", Some("2")),
                ("They note it.", Some("3")),
                ("And so on.", Some("4")),
            ],
        );
    }

    #[test]
    fn a_part_of_a_head_in_its_place_is_furniture() {
        let pages: [&[(&str, f32)]; 4] = [
            &[("1 Back to the list Lamps", 40.0), ("Oil.", 200.0)],
            &[("2 Back to the list Lamps", 40.0), ("Wax.", 200.0)],
            &[("3 Back to the list Lamps", 40.0), ("Glass.", 200.0)],
            &[("Back to the list", 40.0), ("Back to the list", 200.0)],
        ];
        let left =
            [("Oil.", Some("1")), ("Wax.", Some("2")), ("Glass.", Some("3")), ("Back to the list", None)];
        check(&pages, &left);
    }

    #[test]
    fn heads_that_change_sides_are_furniture() {
        let pages: [&[(&str, f32)]; 5] = [
            &[("Guild of Lamps, second part of the report", 300.0), ("LO/12", 780.0)],
            &[("LO/12", 40.0), ("Lamps and oil", 42.0), ("Oil.", 200.0), ("2/5\tLO-7", 780.0)],
            &[("Lamps and oil\tLO/12", 40.0), ("Wax.", 200.0), ("LO-7\t3/5", 780.0)],
            &[("LO/12", 40.0), ("Lamps and oil", 42.0), ("Glass.", 200.0), ("4/5\tLO-7", 780.0)],
            &[("Lamps and oil\tLO/12", 40.0), ("Brass.", 200.0), ("LO-7\t5/5", 780.0)],
        ];
        let first = "Guild of Lamps, second part of the report|LO/12";
        let left = [("Oil.", Some("2")), ("Wax.", Some("3")), ("Glass.", Some("4")), ("Brass.", Some("5"))];
        check(&pages, &[[(first, None)].as_slice(), &left].concat());
    }

    #[test]
    fn lone_numbers_that_count_on_are_page_numbers() {
        let pages: [&[(&str, f32)]; 3] = [
            &[("One.", 100.0), ("- 11 -", 780.0)],
            &[("Two.", 100.0), ("- 12 -", 780.0)],
            &[("1995", 50.0), ("Three.", 100.0)],
        ];
        check(&pages, &[("One.", Some("11")), ("Two.", Some("12")), ("1995|Three.", None)]);
    }

    #[test]
    fn page_numbers_may_stand_further_in_and_name_their_chapter() {
        let pages: [&[(&str, f32)]; 3] = [
            &[("One.", 100.0), ("5-15", 660.0)],
            &[("Two.", 100.0), ("5-16", 660.0)],
            &[("17", 640.0), ("Three.", 660.0)],
        ];
        check(&pages, &[("One.", Some("5-15")), ("Two.", Some("5-16")), ("17|Three.", None)]);
    }

    #[test]
    fn a_mark_in_the_margin_is_furniture_whichever_way_it_is_written() {
        let turned = |number: u32| {
            let mark = LaidLine { angle: 270, ..line("read by the keeper", 20.0) };
            let lines = vec![line(&format!("Clause {number}."), 400.0), mark];
            LaidPage { number, width: 600.0, height: 800.0, lines, ..LaidPage::default() }
        };
        let found = find(&[turned(1), turned(2), turned(3)]);
        assert!(found.pages.iter().all(|page| page.is_furniture == [false, true]));
    }

    #[test]
    fn the_same_words_in_the_body_stay() {
        let body: &[(&str, f32)] = &[("Each Party shall:", 400.0)];
        check(&[body, body, body], &[("Each Party shall:", None); 3]);
    }
}
