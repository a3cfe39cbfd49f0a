//! Running heads, running feet and page numbers: what is printed on page after page and is no
//! part of the text.

use std::collections::HashMap;

use super::layout::{LaidLine, LaidPage};

/// Furniture stands in this part of the page's height, from its upper or lower edge.
const EDGE_ZONE: f32 = 0.14;
/// A page number that is the outermost line may stand further in, where margins are wide.
const NUMBER_ZONE: f32 = 0.25;
/// At most this many lines at an edge can be furniture.
const EDGE_LINES: usize = 4;
/// Directions that are looked at; a drawing may have many.
const MAX_ANGLES: usize = 8;
/// A line is repeated if so many pages have it; of a long document, one page in ten.
const REPEATS: usize = 3;
const REPEAT_SHARE: usize = 10;
/// Two pages are enough for a line that stands in the very same place on all pages there are.
const SHORT_DOCUMENT: usize = 3;
/// Places are compared in steps of this many points.
const PLACE_STEP: f32 = 6.0;
/// Page numbers count on from the page's place in the file; this many pages must agree on the
/// difference.
const AGREEING_NUMBERS: usize = 2;

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
    let repeated = repeated_shapes(pages, &edges);
    let numbering = numbering(pages, &edges);
    let found = pages.iter().zip(&edges).map(|(page, edges)| {
        let mut found = PageFurniture { is_furniture: vec![false; page.lines.len()], label: None };
        for &at in edges {
            let line = &page.lines[at];
            let number = printed_number(&line.text)
                .filter(|number| line.artifact && number.is_all || numbering.holds(page.number, number));
            let is_repeated = repeated.contains_key(&shape(line));
            found.is_furniture[at] =
                line.artifact || is_repeated || number.as_ref().is_some_and(|number| number.is_all);
            if found.label.is_none() {
                found.label = number.filter(|number| number.is_all || is_repeated).map(|number| number.text);
            }
        }
        found
    });
    Furniture { pages: found.collect() }
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
    let (zone, number_zone) = ((end - start) * EDGE_ZONE, (end - start) * NUMBER_ZONE);
    let is_at_edge = |place: usize, at: usize, from_edge: f32| {
        let is_number = || printed_number(&page.lines[at].text).is_some_and(|number| number.is_all);
        from_edge < zone || place == 0 && from_edge < number_zone && is_number()
    };
    let top = lines.iter().take(EDGE_LINES).enumerate();
    let top = top.filter(|&(place, &at)| is_at_edge(place, at, page.lines[at].baseline - start));
    let bottom = lines.iter().rev().take(EDGE_LINES).enumerate();
    let bottom = bottom.filter(|&(place, &at)| is_at_edge(place, at, end - page.lines[at].baseline));
    top.chain(bottom).map(|(_, &at)| at).collect()
}

/// A line without its figures, and its rough place: what stays the same from page to page.
fn shape(line: &LaidLine) -> (String, i32) {
    let mut text = String::with_capacity(line.text.len());
    for character in line.text.chars().filter(|character| !character.is_whitespace()) {
        let is_figure = character.is_numeric();
        if !(is_figure && text.ends_with('#')) {
            text.push(if is_figure { '#' } else { character });
        }
    }
    (text, (line.baseline / PLACE_STEP).round() as i32)
}

/// Shapes on enough pages to be furniture. A lone number is left to the numbering.
fn repeated_shapes(pages: &[LaidPage], edges: &[Vec<usize>]) -> HashMap<(String, i32), usize> {
    let mut counts: HashMap<(String, i32), usize> = HashMap::new();
    for (page, edges) in pages.iter().zip(edges) {
        let mut shapes: Vec<(String, i32)> = edges.iter().map(|&at| shape(&page.lines[at])).collect();
        shapes.sort();
        shapes.dedup();
        for shape in shapes.into_iter().filter(|(text, _)| text != "#") {
            *counts.entry(shape).or_default() += 1;
        }
    }
    let needed = if pages.len() <= SHORT_DOCUMENT {
        pages.len().max(2)
    } else {
        REPEATS.max(pages.len() / REPEAT_SHARE)
    };
    counts.retain(|_, count| *count >= needed);
    counts
}

/// A number found in a line at the edge of a page.
#[derive(Clone, Debug, PartialEq)]
struct PrintedNumber {
    text: String,
    value: i64,
    is_roman: bool,
    /// Whether the line is nothing but the number, with what usually surrounds it.
    is_all: bool,
}

/// The page number that a line prints: alone ("- 12 -", "Page 12 of 30", "xii"), or as the first
/// or last word of a running head.
fn printed_number(text: &str) -> Option<PrintedNumber> {
    let is_frame = |character: char| !character.is_alphanumeric();
    let lowered = text.trim_matches(is_frame).to_lowercase();
    let bare = lowered.strip_prefix("page").or_else(|| lowered.strip_prefix("página")).unwrap_or(&lowered);
    let bare = bare.trim_matches(is_frame);
    if let Some((value, is_roman)) = number_value(of_chapter(first_of_count(bare))) {
        let number = first_of_count(bare);
        let text = if text.contains(number) { number.to_owned() } else { number.to_uppercase() };
        return Some(PrintedNumber { text, value, is_roman, is_all: true });
    }
    let mut words = text.split_whitespace();
    let (first, last) = (words.next()?, words.next_back()?);
    let word = [last, first].into_iter().find(|word| word.bytes().all(|byte| byte.is_ascii_digit()))?;
    let (value, is_roman) = number_value(word)?;
    Some(PrintedNumber { text: word.to_owned(), value, is_roman, is_all: false })
}

/// "12" of "12 of 30", "12/30", "12 sur 30", "12 de 30".
fn first_of_count(text: &str) -> &str {
    let split = [" of ", " / ", "/", " sur ", " de "].iter().find_map(|between| text.split_once(between));
    let is_count = |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit());
    split.filter(|(first, count)| is_count(first) && is_count(count)).map_or(text, |(first, _)| first)
}

/// "15" of "5-15" and "ES-15", the fifteenth page of a chapter.
fn of_chapter(text: &str) -> &str {
    let is_number = |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit());
    let split = text.split_once(['-', '–']).filter(|(chapter, page)| {
        let is_chapter =
            (1..=3).contains(&chapter.len()) && chapter.bytes().all(|byte| byte.is_ascii_alphanumeric());
        is_chapter && is_number(page)
    });
    split.map_or(text, |(_, page)| page)
}

/// The value of an Arabic or small Roman number, and whether it is Roman.
fn number_value(word: &str) -> Option<(i64, bool)> {
    if !word.is_empty() && word.len() <= 5 && word.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some((word.parse().ok()?, false));
    }
    roman_value(word).map(|value| (value, true))
}

fn roman_value(word: &str) -> Option<i64> {
    let mut total = 0;
    let mut last = 0;
    if word.is_empty() || word.len() > 8 {
        return None;
    }
    for letter in word.chars().rev() {
        let value = match letter.to_ascii_lowercase() {
            'i' => 1,
            'v' => 5,
            'x' => 10,
            'l' => 50,
            'c' => 100,
            _ => return None,
        };
        total += if value < last { -value } else { value };
        last = last.max(value);
    }
    Some(total)
}

/// How printed page numbers run: their difference to the page's place in the file, for Arabic
/// and Roman numbers apart.
#[derive(Debug, Default)]
struct Numbering {
    differences: HashMap<(bool, i64), usize>,
}

impl Numbering {
    fn holds(&self, page: u32, number: &PrintedNumber) -> bool {
        let difference = number.value - i64::from(page);
        // The page's very place in the file needs no second witness: many files have one page.
        let agreeing =
            if difference == 0 && number.is_all && !number.is_roman { 1 } else { AGREEING_NUMBERS };
        self.differences.get(&(number.is_roman, difference)).is_some_and(|count| *count >= agreeing)
    }
}

fn numbering(pages: &[LaidPage], edges: &[Vec<usize>]) -> Numbering {
    let mut numbering = Numbering::default();
    for (page, edges) in pages.iter().zip(edges) {
        let mut keys: Vec<(bool, i64)> = edges
            .iter()
            .filter_map(|&at| printed_number(&page.lines[at].text))
            .map(|number| (number.is_roman, number.value - i64::from(page.number)))
            .collect();
        keys.sort_unstable();
        keys.dedup();
        for key in keys {
            *numbering.differences.entry(key).or_default() += 1;
        }
    }
    numbering
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

    #[test]
    fn roman_numbers_have_a_value() {
        assert_eq!(roman_value("xiv"), Some(14));
        assert_eq!(roman_value("IX"), Some(9));
        assert_eq!(roman_value("mix"), None);
    }

    #[test]
    fn numbers_are_read_in_their_usual_frames() {
        let number = |text: &str| printed_number(text).map(|number| number.text);
        assert_eq!(number("Page 3 of 12"), Some("3".into()));
        assert_eq!(number("- 7 -"), Some("7".into()));
        assert_eq!(number("12/30"), Some("12".into()));
        assert_eq!(number("World Trade Organization 14"), Some("14".into()));
        assert_eq!(number("A-3"), Some("A-3".into()));
        assert_eq!(number("World Trade Organization"), None);
    }
}
