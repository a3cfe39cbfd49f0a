//! What is to be taken away as running heads, held against the numbering that would be left: a line that
//! fills a gap in it is the heading itself and stays.

use std::collections::HashSet;

use super::layout::{LaidLine, LaidPage};
use crate::label;

/// A division by its level and number: an article and 4.
type Provision = (chapeau_document::Level, u32);

/// Takes the first line of each division out of the running heads, if no other line has its number, and
/// others have the numbers before or after it.
pub(super) fn leave_provisions(pages: &[LaidPage], heads: &mut [Vec<bool>]) {
    let mut known = HashSet::new();
    let mut taken: Vec<(Provision, (usize, usize))> = Vec::new();
    for (page, content) in pages.iter().enumerate() {
        for (at, line) in content.lines.iter().enumerate() {
            let Some(provision) = provision(line) else { continue };
            if heads[page][at] && !line.artifact {
                taken.push((provision, (page, at)));
            } else {
                known.insert(provision);
            }
        }
    }
    for ((level, number), (page, at)) in taken {
        let has = |number: Option<u32>| number.is_some_and(|number| known.contains(&(level, number)));
        if !has(Some(number)) && (has(number.checked_sub(1)) || has(number.checked_add(1))) {
            heads[page][at] = false;
            known.insert((level, number));
        }
    }
}

fn provision(line: &LaidLine) -> Option<Provision> {
    // An entry of a contents list is no heading.
    let division = label::division(&line.text).filter(|division| !division.rest.contains("...."))?;
    Some((division.level, ordinal(division.number)?))
}

/// The value of a number in digits, as a Roman numeral or as one letter.
fn ordinal(number: &str) -> Option<u32> {
    let letters = number.as_bytes();
    number.parse().ok().or_else(|| label::roman(letters)).or(match letters {
        [letter @ b'A'..=b'Z'] => Some(u32::from(letter - b'A') + 1),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(lines: &[&str]) -> LaidPage {
        let line = |text: &&str| LaidLine { text: (*text).into(), ..LaidLine::default() };
        LaidPage { lines: lines.iter().map(line).collect(), ..LaidPage::default() }
    }

    #[test]
    fn a_head_that_fills_a_gap_stays_once() {
        let pages = [page(&["Annex I", "a"]), page(&["Annex II", "b"]), page(&["Annex II", "c"])];
        let mut heads = vec![vec![false, false], vec![true, false], vec![true, false]];
        leave_provisions(&pages, &mut heads);
        assert_eq!(heads, [[false, false], [false, false], [true, false]]);
    }

    #[test]
    fn a_head_whose_heading_stands_elsewhere_goes() {
        let pages = [page(&["Annex I", "Annex II"]), page(&["Annex II", "b"])];
        let mut heads = vec![vec![false, false], vec![true, false]];
        leave_provisions(&pages, &mut heads);
        assert_eq!(heads[1], [true, false]);
    }
}
