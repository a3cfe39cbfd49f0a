//! How far apart the lines of a paragraph stand, in ems: what is more is space between paragraphs.
//!
//! Told by lines that go on with a sentence, not by the usual distance: on a page of short paragraphs most
//! lines begin one, and the usual distance is that between paragraphs.

use super::layout::{LaidLine, LaidPage};

/// Ordinary distance of baselines, in ems, where a document has too few lines to tell.
const USUAL: f32 = 1.2;
/// Lines of one text stand so far apart.
const PLAUSIBLE: std::ops::Range<f32> = 0.8..2.6;
/// Fewest lines that tell the pitch of a page, and of a document, by their words; and by nothing else.
const FEWEST_ON_PAGE: usize = 3;
const FEWEST: usize = 1;
const FEWEST_STEPS: usize = 8;

/// The distances of a document.
#[derive(Debug, Default)]
pub(super) struct Pitch {
    usual: Option<f32>,
}

impl Pitch {
    /// The pitch of most of a document's sentences.
    pub(super) fn of(pages: &[LaidPage]) -> Self {
        let mut steps: Vec<f32> = pages.iter().flat_map(going_on).collect();
        Self { usual: middle(&mut steps, FEWEST) }
    }

    /// The pitch of a page, in ems.
    pub(super) fn of_page(&self, page: &LaidPage) -> f32 {
        let mut own: Vec<f32> = going_on(page).collect();
        let own = middle(&mut own, FEWEST_ON_PAGE).or(self.usual);
        own.or_else(|| lower_quartile(page)).unwrap_or(USUAL)
    }
}

/// The steps to lines that begin in the middle of a sentence.
fn going_on(page: &LaidPage) -> impl Iterator<Item = f32> + '_ {
    pairs(page)
        .filter(|(above, below)| {
            let ends = above.text.trim_end().ends_with(['.', ';', ':', '!', '?']);
            !ends && below.text.starts_with(char::is_lowercase)
        })
        .filter_map(step)
}

fn pairs(page: &LaidPage) -> impl Iterator<Item = (&LaidLine, &LaidLine)> {
    let lines = || page.lines.iter().filter(|line| !line.is_marginal);
    lines().zip(lines().skip(1))
}

fn step((above, below): (&LaidLine, &LaidLine)) -> Option<f32> {
    let is_same = above.angle == below.angle && above.size == below.size;
    let step = (below.baseline - above.baseline) / below.size;
    (is_same && PLAUSIBLE.contains(&step)).then_some(step)
}

fn middle(steps: &mut [f32], fewest: usize) -> Option<f32> {
    steps.sort_by(f32::total_cmp);
    steps.get(steps.len() / 2).copied().filter(|_| steps.len() >= fewest)
}

/// More than half of the lines of a text of short paragraphs start one.
fn lower_quartile(page: &LaidPage) -> Option<f32> {
    let mut steps: Vec<f32> = pairs(page).filter_map(step).collect();
    steps.sort_by(f32::total_cmp);
    steps.get(steps.len() / 4).copied().filter(|_| steps.len() >= FEWEST_STEPS)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(lines: &[(&str, f32)], expected: f32) {
        let line = |&(text, baseline): &(&str, f32)| LaidLine {
            text: text.into(),
            baseline,
            size: 10.0,
            ..LaidLine::default()
        };
        let page = LaidPage { lines: lines.iter().map(line).collect(), ..LaidPage::default() };
        assert_eq!(Pitch::of(std::slice::from_ref(&page)).of_page(&page), expected);
    }

    #[test]
    fn lines_that_go_on_tell_it() {
        check(
            &[
                ("The Guild,", 100.0),
                ("Recalling its rules,", 118.0),
                ("1. Notes the lamps;", 136.0),
                ("2. Asks all members to oil", 154.0),
                ("their lamps before the first", 166.0),
                ("bell of the day;", 178.0),
                ("3. Decides to meet.", 196.0),
            ],
            1.2,
        );
    }

    #[test]
    fn wide_pitch_is_no_space() {
        check(
            &[("Each Member", 100.0), ("shall oil", 118.0), ("its lamps.", 136.0), ("No lamp", 160.0)],
            1.8,
        );
    }

    #[test]
    fn a_page_that_does_not_tell_has_the_usual() {
        check(&[("Lamps", 100.0), ("1. Members oil them.", 120.0)], USUAL);
    }
}
