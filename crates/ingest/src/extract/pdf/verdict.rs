//! Whether what was read is a text, and what a reader should know of it.

use chapeau_document::FileStatus;

use crate::{Failure, Warning};

use super::glyph::{GlyphPage, Legibility};
use super::layout::LaidPage;
use super::unpack::Refusal;

/// From this share of meaningless glyphs on, in percent, a whole file is garbled ...
const GARBLED_PERCENT: usize = 40;
/// ... and from this share on, a page is warned of.
const DOUBTFUL_PERCENT: usize = 10;
/// A page with an image and fewer letters than this may carry a stamp or a scanner's mark, but
/// not its text.
const SCAN_LETTERS: usize = 12;

/// What to do about letters that are only drawn.
const RECOGNISE: &str = "put a copy with recognised text in its place, as ocrmypdf makes it";

/// What is said of pages that were refused.
const TOO_LARGE: &str =
    "left out, as the content unpacks to more than any real page's: get another copy of the file";

/// What was found while the pages were read.
#[derive(Debug, Default)]
pub(super) struct Findings {
    /// Bytes of text so far.
    pub(super) n_bytes: usize,
    /// How the file was read, one finding a line.
    pub(super) explanation: Vec<String>,
    legibility: Legibility,
    n_pages: usize,
    /// Pages that are an image without text.
    scans: Vec<u32>,
    damaged: Vec<u32>,
    /// Pages whose content would unpack to more than allowed.
    too_large: Vec<u32>,
    cut: Vec<u32>,
    garbled: Vec<u32>,
    reordered: Vec<u32>,
    missing: Option<(usize, usize)>,
}

impl Findings {
    /// Takes down what a page shows.
    pub(super) fn note(&mut self, glyphs: &GlyphPage, page: &LaidPage) {
        let legibility = glyphs.legibility();
        let lists = [
            (glyphs.has_image && legibility.known < SCAN_LETTERS, &mut self.scans),
            (glyphs.missing == Some(Refusal::Damaged), &mut self.damaged),
            (glyphs.missing == Some(Refusal::TooLarge), &mut self.too_large),
            (glyphs.cut, &mut self.cut),
            (legibility.is_garbled(DOUBTFUL_PERCENT), &mut self.garbled),
            (page.reordered, &mut self.reordered),
        ];
        for (_, list) in lists.into_iter().filter(|(holds, _)| *holds) {
            list.push(page.number);
        }
        self.n_pages += 1;
        self.legibility = self.legibility.plus(legibility);
        self.n_bytes += page.lines.iter().map(|line| line.text.len()).sum::<usize>();
    }

    /// Takes down how the file was read.
    pub(super) fn explain(&mut self, finding: String) {
        self.explanation.push(finding);
    }

    /// Takes down that the file says to have `said` pages and only `found` can be.
    pub(super) fn missing(&mut self, said: usize, found: usize) {
        self.missing = Some((said, found));
    }

    /// # Errors
    ///
    /// Says why there is no text, or none that can be used.
    pub(super) fn verdict(&self) -> Result<(), Failure> {
        let failure = |status, reason: String| Err(Failure::new(status, reason));
        if self.legibility == Legibility::default() {
            if !self.too_large.is_empty() {
                let pages = page_list(&self.too_large);
                return failure(FileStatus::TooLarge, format!("{pages} {TOO_LARGE}"));
            }
            return match (self.damaged.is_empty(), self.scans.is_empty()) {
                (false, true) => failure(
                    FileStatus::Damaged,
                    "found pages whose content cannot be decoded; get a new copy".to_owned(),
                ),
                (_, false) => failure(
                    FileStatus::NoText,
                    format!("found {}, all images without text; {RECOGNISE}", count(self.n_pages)),
                ),
                (true, true) => failure(
                    FileStatus::NoText,
                    format!("found {} without text; nothing to index", count(self.n_pages)),
                ),
            };
        }
        if self.legibility.is_garbled(GARBLED_PERCENT) {
            let Legibility { known, unknown } = self.legibility;
            let all = known + unknown;
            let reason = format!(
                "{unknown} of {all} letters have no meaning, as the fonts do not say what they draw; {RECOGNISE}"
            );
            return failure(FileStatus::Garbled, reason);
        }
        Ok(())
    }

    /// What a reader should know of a text that could be read.
    pub(super) fn warnings(&self) -> Vec<Warning> {
        let mut warnings = Vec::new();
        let mut warn = |pages: &[u32], what: &str| {
            if let Some(&first) = pages.first() {
                warnings.push(Warning { page: Some(first), message: format!("{} {what}", page_list(pages)) });
            }
        };
        warn(&self.scans, "without text, only an image: put a recognised copy in its place");
        warn(&self.damaged, "could not be decoded, or only in part: get a new copy of the file");
        warn(&self.too_large, TOO_LARGE);
        warn(&self.cut, "cut short: more content than any real page has");
        warn(&self.garbled, "with letters whose meaning the fonts do not tell");
        if let Some((said, found)) = self.missing {
            let message = format!("the file says that it has {said} pages, found {found}: get a new copy");
            warnings.push(Warning { page: None, message });
        }
        warnings
    }

    /// How the file was read.
    pub(super) fn into_explanation(mut self) -> Vec<String> {
        if !self.reordered.is_empty() {
            let pages = page_list(&self.reordered);
            self.explanation.push(format!("{pages} put in order by place, as the stream jumps about"));
        }
        self.explanation
    }
}

fn count(n_pages: usize) -> String {
    if n_pages == 1 { "1 page".to_owned() } else { format!("{n_pages} pages") }
}

/// "page 3", "pages 3, 5-7 and 12".
fn page_list(pages: &[u32]) -> String {
    let mut ranges: Vec<(u32, u32)> = Vec::new();
    for &page in pages {
        match ranges.last_mut() {
            Some((_, last)) if *last + 1 == page => *last = page,
            _ => ranges.push((page, page)),
        }
    }
    let range = |(first, last): &(u32, u32)| {
        if first == last { first.to_string() } else { format!("{first}-{last}") }
    };
    let noun = if pages.len() == 1 { "page" } else { "pages" };
    match ranges.as_slice() {
        [] => noun.to_owned(),
        [only] => format!("{noun} {}", range(only)),
        [most @ .., last] => {
            let most: Vec<String> = most.iter().map(range).collect();
            format!("{noun} {} and {}", most.join(", "), range(last))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_listed_by_ranges() {
        assert_eq!(page_list(&[3]), "page 3");
        assert_eq!(page_list(&[3, 4]), "pages 3-4");
        assert_eq!(page_list(&[1, 3, 5, 6, 7]), "pages 1, 3 and 5-7");
    }

    #[test]
    fn a_scan_is_told_from_an_empty_file() {
        let status = |has_image| {
            let mut findings = Findings::default();
            findings.note(&GlyphPage { has_image, ..GlyphPage::default() }, &LaidPage::default());
            findings.verdict().expect_err("a page without text").reason
        };
        assert_eq!(
            status(true),
            "found 1 page, all images without text; put a copy with recognised text in its place, as ocrmypdf makes it"
        );
        assert_eq!(status(false), "found 1 page without text; nothing to index");
    }
}
