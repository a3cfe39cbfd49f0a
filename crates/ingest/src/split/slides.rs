//! Decks whose pages are slides: wide pages with few words.

use super::piece::{Form, Piece};
use crate::{Normalized, Role};

/// Fewest pages of a deck.
const FEWEST_PAGES: usize = 3;

/// Most bytes on the median page of a deck. Reports have 2,000 to 4,000.
const MOST_TEXT: usize = 1200;

/// Which pieces are the first of their slides; `None` unless the pages are slides.
pub(super) fn starts(pieces: &[Piece<'_>], normalized: &Normalized) -> Option<Vec<bool>> {
    let pages = &normalized.pages.pages;
    if pages.len() < FEWEST_PAGES || !is_wide(normalized) || is_tabular(pieces) {
        return None;
    }
    let ends = pages.iter().skip(1).map(|page| page.start).chain([normalized.text.len()]);
    let mut lengths: Vec<usize> =
        pages.iter().zip(ends).map(|(page, end)| end.saturating_sub(page.start)).collect();
    lengths.sort_unstable();
    if lengths[lengths.len() / 2] > MOST_TEXT {
        return None;
    }
    let page_of = |piece: &Piece<'_>| pages.partition_point(|page| page.start <= piece.span.start);
    let is_first = |at: usize| at == 0 || page_of(&pieces[at - 1]) != page_of(&pieces[at]);
    Some((0..pieces.len()).map(is_first).collect())
}

/// Whether a text without slides of its own cannot be one: its pages are upright, or its format says what heads
/// what, as that of a guide with many lists does.
pub(super) fn are_ruled_out(pieces: &[Piece<'_>], normalized: &Normalized) -> bool {
    let says_heading = |piece: &Piece<'_>| matches!(piece.block.role, Role::Heading { .. });
    match normalized.pages.lines.is_empty() {
        true => pieces.iter().any(says_heading),
        false => !is_wide(normalized),
    }
}

/// Whether most of a text is tables, which are laid on wide pages too.
fn is_tabular(pieces: &[Piece<'_>]) -> bool {
    2 * pieces.iter().filter(|piece| piece.form == Form::TableRow).count() > pieces.len()
}

/// Whether lines reach further to the right than to the bottom.
fn is_wide(normalized: &Normalized) -> bool {
    let (mut right, mut bottom) = (0.0_f32, 0.0_f32);
    for line in &normalized.pages.lines {
        right = right.max(line.bounds.right);
        bottom = bottom.max(line.bounds.bottom);
    }
    right > bottom
}

#[cfg(test)]
mod tests {
    use chapeau_document::{Bounds, Part, Unit};

    use crate::{Extracted, ExtractedPage, Line, normalize, split};

    fn line(text: &str, top: f32) -> Line {
        let bounds = Bounds { left: 40.0, top, right: 600.0, bottom: top + 20.0 };
        Line { text: text.to_owned(), size: 1.0, space_above: 1.0, bounds: Some(bounds), ..Line::default() }
    }

    #[test]
    fn each_page_of_a_deck_is_a_slide() {
        let pages = [
            ["Control of Markets", "A talk in Geneva", "2008"],
            ["What is traded", "Goods, and services with them.", "• Most are digital"],
            ["• Tariffs are low", "• Rules are many", "Rules"],
        ];
        let page = |(at, lines): (usize, &[&str; 3])| ExtractedPage {
            number: u32::try_from(at + 1).expect("few pages"),
            label: None,
            lines: lines.iter().zip([40.0, 80.0, 120.0]).map(|(text, top)| line(text, top)).collect(),
        };
        let pages = pages.iter().enumerate().map(page).collect();
        let extracted = Extracted { pages, paged: true, ..Extracted::default() };
        let normalized = normalize(&extracted, &crate::Options::default());
        let clauses = split(&normalized, "en");
        let found: Vec<String> = clauses
            .iter()
            .map(|clause| {
                assert_eq!(clause.part, Part::Main);
                let heads = if clause.unit == Unit::Heading { " heads" } else { "" };
                format!("{}{heads}", clause.label.clone().unwrap_or_default())
            })
            .collect();
        assert_eq!(
            found,
            [
                "slide 1 heads",
                "slide 1",
                "slide 1",
                "slide 2 heads",
                "slide 2",
                "slide 2, item 1",
                "slide 3, item 1",
                "slide 3, item 2",
                "slide 3"
            ]
        );
    }
}
