//! Running heads, running feet and page numbers of plain texts, found by their repetition.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use chapeau_document::Furniture;

use super::{letters, residue};
use crate::{Extracted, ExtractedPage, Line, Role, recurring};

/// Lines at the top and at the foot of a page that may be furniture.
const DEEP: usize = 3;
/// Furniture is no longer than this, in bytes.
const LONGEST: usize = 120;
/// A line is furniture when it stands on at least this share of the pages, in percent.
const SHARE: usize = 50;

/// For each page, whether each of its lines is furniture: said so by the format, a rule, or standing at
/// the edge of most pages with nothing but a number changed, which counts with the pages.
pub(super) fn furniture(pages: &[ExtractedPage]) -> Vec<Vec<bool>> {
    let mut found: Vec<Vec<bool>> = pages.iter().map(marked).collect();
    let mut heads = running_heads(pages);
    let share = |(page, heads): (&ExtractedPage, &Vec<bool>)| {
        recurring::letters(page.lines.iter().map(|line| line.text.as_str()).zip(heads.iter().copied()))
    };
    if recurring::are_the_text(pages.iter().zip(&heads).map(share)) {
        let lines = pages.iter().flat_map(|page| &page.lines).zip(heads.iter_mut().flatten());
        lines.for_each(|(line, head)| *head &= !line.text.contains(char::is_alphabetic));
    }
    let lines = found.iter_mut().flatten().zip(heads.into_iter().flatten());
    lines.for_each(|(found, head)| *found |= head);
    found
}

/// For each page, whether each of its lines is repeated on most pages.
fn running_heads(pages: &[ExtractedPage]) -> Vec<Vec<bool>> {
    let mut found: Vec<Vec<bool>> = pages.iter().map(|page| vec![false; page.lines.len()]).collect();
    // Two of two pages, two of three, three of six ...
    let enough = (pages.len() * SHARE).div_ceil(100).max(2);
    let mut alike: HashMap<String, Vec<(usize, usize)>> = HashMap::new();
    for (number, page) in pages.iter().enumerate() {
        for at in edges(page).filter(|_| pages.len() > 1) {
            alike.entry(recurring::shape(&page.lines[at].text)).or_default().push((number, at));
        }
    }
    for places in alike.into_values().filter(|places| places.len() >= enough) {
        let line = |&(page, at): &(usize, usize)| (page as u32, pages[page].lines[at].text.as_str());
        let steady = recurring::are_steady(&places.iter().map(line).collect::<Vec<_>>());
        let mut on_pages: Vec<usize> = places.iter().map(|(page, _)| *page).collect();
        on_pages.dedup();
        if on_pages.len() >= enough && steady.contains(&true) {
            places.iter().zip(steady).for_each(|(&(page, at), steady)| found[page][at] |= steady);
        }
    }
    found
}

/// Most entries of the list: a file with more has been read wrongly, and its first tell enough.
const MOST_LISTED: usize = 500;

/// What was found to be furniture, lines that differ only in figures as one, by first page.
pub(super) fn list(extracted: &Extracted, furniture: &[Vec<bool>]) -> Vec<Furniture> {
    let mut listed: Vec<Furniture> = Vec::new();
    // Of each shape its place in the list, and the page that was counted last.
    let mut places: HashMap<String, (usize, u32)> = HashMap::new();
    for (page, found) in extracted.pages.iter().zip(furniture) {
        let lines = page.lines.iter().zip(found).filter(|(_, found)| **found);
        for text in lines.map(|(line, _)| letters::clean(&line.text, false)).filter(|text| !text.is_empty()) {
            match places.entry(recurring::shape(&text)) {
                Entry::Occupied(mut known) => {
                    let (at, last) = *known.get();
                    listed[at].pages += u32::from(last != page.number);
                    known.insert((at, page.number));
                }
                Entry::Vacant(new) if listed.len() < MOST_LISTED => {
                    new.insert((listed.len(), page.number));
                    let first = extracted.paged.then_some(page.number);
                    listed.push(Furniture { text: text.into_owned(), page: first, pages: 1 });
                }
                Entry::Vacant(_) => {}
            }
        }
    }
    listed
}

/// What the format says, and what is plainly no text wherever it stands.
fn marked(page: &ExtractedPage) -> Vec<bool> {
    let is_furniture = |line: &Line| {
        line.role == Role::Furniture
            || line.role == Role::Body && recurring::is_rule(&line.text)
            || residue::is_all(line)
    };
    page.lines.iter().map(is_furniture).collect()
}

/// The lines at the edges of a page that could be furniture. Lines with places were looked at with
/// the page before them: what is repeated in the middle of a page is its text.
fn edges(page: &ExtractedPage) -> impl Iterator<Item = usize> + '_ {
    let length = page.lines.len();
    (0..length).filter(move |at| {
        let line = &page.lines[*at];
        (*at < DEEP || *at + DEEP >= length)
            && line.text.len() <= LONGEST
            && line.role == Role::Body
            && line.bounds.is_none()
            && !recurring::is_numbered_sentence(&line.text)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(lines: &[&str]) -> ExtractedPage {
        let line = |text: &&str| Line { text: (*text).to_owned(), ..Line::default() };
        ExtractedPage { lines: lines.iter().map(line).collect(), ..ExtractedPage::default() }
    }

    #[test]
    fn what_every_page_has_is_furniture() {
        let pages = [
            page(&["Lamps are lit", "at dusk", "Treaty", "- 1 -"]),
            page(&["and put out", "at dawn", "by those", "who lit them", "Treaty", "- 2 -"]),
        ];
        let found = furniture(&pages);
        assert_eq!(found, [vec![false, false, true, true], vec![false, false, false, false, true, true]]);
    }

    #[test]
    fn articles_at_page_tops_are_text_and_rules_are_not() {
        let pages = [
            page(&["Article 1", "Lamps", "a", "b", "c", "d", "- 1 -"]),
            page(&["Article 3", "Wax", "e", "____", "g", "h", "- 2 -"]),
            page(&["Article 4", "Oil", "i", "j", "k", "l", "- 3 -"]),
        ];
        let kept =
            |found: Vec<bool>| found.iter().map(|found| if *found { '-' } else { '+' }).collect::<String>();
        let found: Vec<String> = furniture(&pages).into_iter().map(kept).collect();
        assert_eq!(found, ["++++++-", "+++-++-", "++++++-"]);
    }

    #[test]
    fn lines_with_places_are_left_to_who_saw_the_page() {
        let mut pages = [page(&["Fees are due", "a"]), page(&["Fees are due", "b"])];
        for line in pages.iter_mut().flat_map(|page| &mut page.lines) {
            line.bounds = Some(chapeau_document::Bounds { left: 1.0, top: 300.0, right: 9.0, bottom: 312.0 });
        }
        assert_eq!(furniture(&pages), [vec![false, false], vec![false, false]]);
    }

    #[test]
    fn what_is_all_that_pages_say_is_text() {
        let pages = [page(&["Lamps shall be lit.", "- 1 -"]), page(&["Lamps shall be lit.", "- 2 -"])];
        assert_eq!(furniture(&pages), [vec![false, true], vec![false, true]]);
    }

    #[test]
    fn a_single_page_has_none() {
        assert_eq!(furniture(&[page(&["a", "a"])]), [vec![false, false]]);
    }
}
