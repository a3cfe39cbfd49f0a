//! Whether what was read is a text, and what a reader should know of it.

use chapeau_document::FileStatus;

use crate::{Failure, Warning};

use super::glyph::{GlyphPage, Legibility, Traits};
use super::layout::LaidPage;
use super::recognised::{self, Recognised};
use super::unpack::Refusal;

/// From this share of meaningless glyphs on, in percent, a whole file is garbled ...
const GARBLED_PERCENT: usize = 40;
/// ... and from this share on, a page is warned of.
const DOUBTFUL_PERCENT: usize = 10;
/// A page with an image and fewer letters than this may carry a stamp or a scanner's mark, but
/// not its text.
const SCAN_LETTERS: usize = 12;

/// A page whose letters are hidden, but for so many in a hundred, is a scan with a layer of text.
const HIDDEN_PERCENT: usize = 90;

/// Words that are less sure than this are to be compared with their image: about one in ten of them
/// is wrong.
const DOUBTFUL: f32 = 0.8;

/// What to do about letters that are only drawn.
pub(super) const OCR_HINT: &str = "--ocr reads what is only drawn, with Tesseract (apt install \
     tesseract-ocr-eng tesseract-ocr-fra tesseract-ocr-spa)";

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
    /// Pages in the order of the structure tree, and what else was taken from it.
    tagged: Vec<u32>,
    pub(super) structure: Option<&'static str>,
    missing: Option<(usize, usize)>,
    /// Pages whose text is only drawn.
    pub(super) unread: Vec<u32>,
    recognised: Vec<u32>,
    /// Recognised pages on which no word was found.
    wordless: Vec<u32>,
    /// Recognised pages whose words are not sure.
    doubtful: Vec<(u32, f32)>,
    /// Pages that could not be recognised, with why.
    unrecognised: Vec<(u32, String)>,
    /// Pages with a poor layer of text under a scan, and those of which nothing better was recognised.
    poor: Vec<u32>,
    poor_for_good: Vec<u32>,
    /// Pages with labels of charts that were left out, and how many.
    charts: Vec<u32>,
    n_labels: usize,
    /// Pages of whose two layers of text one was left out.
    pub(super) doubled: Vec<u32>,
}

/// Whether the text of a page can only be had by recognising it: a scan, letters without meaning, or
/// letters drawn as lines.
pub(super) fn is_only_drawn(glyphs: &GlyphPage) -> bool {
    let legibility = glyphs.legibility();
    let is_drawing = glyphs.has_content && legibility == Legibility::default();
    is_scan(glyphs, legibility) || is_drawing || legibility.is_garbled(GARBLED_PERCENT)
}

fn is_scan(glyphs: &GlyphPage, legibility: Legibility) -> bool {
    glyphs.has_image && legibility.known < SCAN_LETTERS
}

/// Whether the text of a page is a hidden layer under an image.
pub(super) fn is_layer_of_scan(glyphs: &GlyphPage) -> bool {
    if !glyphs.has_image {
        return false;
    }
    let letters = glyphs.glyphs.iter().filter(|glyph| !glyph.letters.is_space());
    let (hidden, all) = letters.fold((0, 0), |(hidden, all), glyph| {
        (hidden + usize::from(glyph.traits.has(Traits::INVISIBLE)), all + 1)
    });
    100 * hidden >= HIDDEN_PERCENT * all && all > 0
}

impl Findings {
    /// Takes down how many lines of a page are labels in its charts.
    pub(super) fn note_labels(&mut self, page: u32, n_labels: usize) {
        self.charts.extend((n_labels > 0).then_some(page));
        self.n_labels += n_labels;
    }

    /// Takes down that a page has a poor layer of text, and whether it was recognised in vain.
    pub(super) fn note_poor(&mut self, page: u32, in_vain: bool) {
        if in_vain {
            self.poor_for_good.push(page);
        } else {
            self.poor.push(page);
            self.unread.push(page);
        }
    }

    /// Takes down what a page shows.
    pub(super) fn note(&mut self, glyphs: &GlyphPage, page: &LaidPage) {
        let legibility = glyphs.legibility();
        let lists = [
            (is_scan(glyphs, legibility), &mut self.scans),
            (is_only_drawn(glyphs), &mut self.unread),
            (glyphs.missing == Some(Refusal::Damaged), &mut self.damaged),
            (glyphs.missing == Some(Refusal::TooLarge), &mut self.too_large),
            (glyphs.cut, &mut self.cut),
            (legibility.is_garbled(DOUBTFUL_PERCENT), &mut self.garbled),
            (page.reordered, &mut self.reordered),
            (page.tagged, &mut self.tagged),
        ];
        for (_, list) in lists.into_iter().filter(|(holds, _)| *holds) {
            list.push(page.number);
        }
        self.count(page, legibility);
    }

    /// Takes down what a recognised page came to.
    pub(super) fn note_recognised(&mut self, recognised: &Recognised, page: &LaidPage) {
        let known = page.lines.iter().map(|line| line.n_letters as usize).sum();
        let number = page.number;
        if let Some(fault) = &recognised.fault {
            self.unrecognised.push((number, fault.clone()));
        } else if known == 0 {
            self.wordless.push(number);
        } else {
            self.recognised.push(number);
        }
        let sure = recognised::confidence(page).filter(|sure| *sure < DOUBTFUL);
        self.doubtful.extend(sure.map(|sure| (number, sure)));
        self.count(page, Legibility { known, unknown: 0 });
    }

    fn count(&mut self, page: &LaidPage, legibility: Legibility) {
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
        if self.n_pages == 0 {
            let reason = "found no page at all; get a new copy";
            return failure(FileStatus::Damaged, reason.to_owned());
        }
        if self.legibility == Legibility::default() {
            if !self.too_large.is_empty() {
                let pages = page_list(&self.too_large);
                return failure(FileStatus::TooLarge, format!("{pages} {TOO_LARGE}"));
            }
            let tried = self.wordless.len() + self.unrecognised.len();
            if tried > 0 && self.unread.is_empty() {
                let fault =
                    self.unrecognised.first().map_or("no word was found", |(_, fault)| fault.as_str());
                let reason = format!("found {} without text, recognised in vain: {fault}", count(tried));
                return failure(FileStatus::NoText, reason);
            }
            return match (self.damaged.is_empty(), self.scans.is_empty()) {
                (false, true) => failure(
                    FileStatus::Damaged,
                    "found pages whose content cannot be decoded; get a new copy".to_owned(),
                ),
                (_, false) => failure(
                    FileStatus::NoText,
                    format!("found {}, all images without text; {OCR_HINT}", count(self.n_pages)),
                ),
                (true, true) if !self.unread.is_empty() => failure(
                    FileStatus::NoText,
                    format!("found {} without text; {OCR_HINT}", count(self.n_pages)),
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
                "{unknown} of {all} letters have no meaning, as the fonts do not say what they draw; {OCR_HINT}"
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
        warn(&self.scans, &format!("without text, only an image; {OCR_HINT}"));
        warn(
            &self.poor,
            "with a poor layer of text under the scan: compare it with the original; --ocr reads the image \
             anew and takes the better text",
        );
        warn(
            &self.poor_for_good,
            "with a poor layer of text under the scan, and nothing better was recognised: compare it with \
             the original",
        );
        warn(&self.wordless, "without text, and no word was recognised in what is drawn");
        warn(&self.damaged, "could not be decoded, or only in part: get a new copy of the file");
        warn(&self.too_large, TOO_LARGE);
        warn(&self.cut, "cut short: more content than any real page has");
        warn(&self.garbled, "with letters whose meaning the fonts do not tell");
        warnings.extend(self.unrecognised.iter().map(|(page, fault)| Warning {
            page: Some(*page),
            message: format!("without text, and not recognised: {fault}"),
        }));
        warnings.extend(self.doubtful.iter().map(|(page, sure)| Warning {
            page: Some(*page),
            message: format!(
                "recognised from an image, {:.0} % sure: compare it with the original",
                100.0 * sure
            ),
        }));
        if let Some((said, found)) = self.missing {
            let message = format!("the file says that it has {said} pages, found {found}: get a new copy");
            warnings.push(Warning { page: None, message });
        }
        warnings
    }

    /// How the file was read.
    pub(super) fn into_explanation(mut self) -> Vec<String> {
        if !self.recognised.is_empty() {
            self.explanation.push(format!("{} recognised by Tesseract", page_list(&self.recognised)));
        }
        if !self.charts.is_empty() {
            let (pages, n) = (page_list(&self.charts), self.n_labels);
            self.explanation
                .push(format!("{pages} with charts, whose labels ({n} lines) are left out as furniture"));
        }
        if !self.doubled.is_empty() {
            let pages = page_list(&self.doubled);
            self.explanation.push(format!("{pages} with the same text twice, hidden and drawn: read once"));
        }
        if !self.reordered.is_empty() {
            let pages = page_list(&self.reordered);
            self.explanation.push(format!("{pages} put in order by place, as the stream jumps about"));
        }
        if !self.tagged.is_empty() {
            let (pages, said) = (page_list(&self.tagged), self.structure.unwrap_or("there is no text in it"));
            self.explanation.push(format!("{pages} read in the order of the file's structure tree; {said}"));
        }
        self.explanation
    }
}

/// "1 page", "3 pages".
pub(super) fn count(n_pages: usize) -> String {
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
        assert_eq!(status(true), format!("found 1 page, all images without text; {OCR_HINT}"));
        assert_eq!(status(false), "found 1 page without text; nothing to index");
        let none = Findings::default().verdict().expect_err("a file without pages");
        assert_eq!(
            (none.status, none.reason.as_str()),
            (FileStatus::Damaged, "found no page at all; get a new copy")
        );
    }
}
