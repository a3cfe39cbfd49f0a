//! A second decoder for pages that the first cannot read, and the choice between the two.
//!
//! `pdf-extract` glues words and panics on some files, but knows fonts that the first decoder
//! does not. It is asked page by page, gives glyphs like the first, and is laid out the same way.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

use pdf_extract::{Dictionary, Document, MediaBox, Object, ObjectId, OutputDev, OutputError, Transform};

use super::content::MAX_GLYPHS;
use super::glyph::{Alphabet, Glyph, GlyphPage, Legibility, Letters, NO_BLOCK, Traits};

/// From this share of meaningless glyphs on, in percent, the other decoder is asked.
const DOUBTFUL_PERCENT: usize = 5;
/// Deepest nesting of page tree nodes and of form objects that is followed. The other decoder
/// follows cycles until its stack ends, which nothing can catch.
const MAX_DEPTH: usize = 16;
/// Most form objects looked at for one page.
const MAX_FORMS: usize = 2_000;

/// Whether another decoder should be asked about a page.
pub(super) fn is_wanted(page: &GlyphPage) -> bool {
    let legibility = page.legibility();
    let is_blank = legibility == Legibility::default();
    legibility.is_garbled(DOUBTFUL_PERCENT) || is_blank && page.has_content && !page.has_image
}

/// Whether the second reading of a page is the better one.
pub(super) fn is_better(second: Legibility, first: Legibility) -> bool {
    let lost = first.known.saturating_sub(second.known);
    second.known > first.known && second.unknown <= first.unknown
        || second.unknown < first.unknown && lost < first.unknown - second.unknown
}

/// A file opened by the second decoder.
pub(super) struct SecondDecoder {
    document: Document,
    pages: BTreeMap<u32, ObjectId>,
}

impl SecondDecoder {
    /// Opens a file; `None` where this decoder cannot either.
    pub(super) fn open(bytes: &[u8], passwords: &[String]) -> Option<Self> {
        let opened = catch_unwind(AssertUnwindSafe(|| {
            let mut document = Document::load_mem(bytes).ok()?;
            if document.is_encrypted() {
                let mut passwords = std::iter::once("").chain(passwords.iter().map(String::as_str));
                passwords.find(|password| document.decrypt(password).is_ok())?;
            }
            let pages = document.get_pages();
            Some(Self { document, pages })
        }));
        opened.ok().flatten()
    }

    /// How many pages it finds.
    pub(super) fn n_pages(&self) -> usize {
        self.pages.len()
    }

    /// The glyphs of a page; what came before an error is kept.
    pub(super) fn page(&self, number: u32, alphabet: &mut Alphabet) -> Option<GlyphPage> {
        let id = *self.pages.get(&number)?;
        if !self.is_safe(id) {
            return None;
        }
        let mut collector =
            Collector { page: GlyphPage { number, ..GlyphPage::default() }, left: 0.0, top: 0.0, alphabet };
        // Its panics are the reason why it is only asked second; the page's glyphs up to there stand.
        let _ = catch_unwind(AssertUnwindSafe(|| {
            pdf_extract::output_doc_page(&self.document, &mut collector, number)
        }));
        Some(collector.page)
    }

    /// Whether neither the page's ancestors nor its form objects go round in a circle.
    fn is_safe(&self, page: ObjectId) -> bool {
        let mut node = self.document.get_dictionary(page).ok();
        for _ in 0..MAX_DEPTH {
            let Some(dict) = node else { break };
            node = dict
                .get(b"Parent")
                .and_then(Object::as_reference)
                .and_then(|id| self.document.get_dictionary(id))
                .ok();
        }
        let mut seen = 0;
        node.is_none()
            && self.document.get_dictionary(page).is_ok_and(|page| self.forms_end(page, &mut seen, 0))
    }

    fn forms_end(&self, holder: &Dictionary, seen: &mut usize, depth: usize) -> bool {
        *seen += 1;
        if depth > MAX_DEPTH || *seen > MAX_FORMS {
            return false;
        }
        let inner = |dict: &Dictionary, key: &[u8]| self.document.get_dict_in_dict(dict, key).ok().cloned();
        let Some(objects) = inner(holder, b"Resources").and_then(|resources| inner(&resources, b"XObject"))
        else {
            return true;
        };
        objects.iter().all(|(_, object)| match self.document.dereference(object) {
            Ok((_, Object::Stream(stream))) if is_form(&stream.dict) => {
                self.forms_end(&stream.dict, seen, depth + 1)
            }
            _ => true,
        })
    }
}

fn is_form(dict: &Dictionary) -> bool {
    dict.get(b"Subtype").and_then(Object::as_name).is_ok_and(|name| name == b"Form")
}

/// Keeps the glyphs that the second decoder puts out.
struct Collector<'a> {
    page: GlyphPage,
    left: f64,
    top: f64,
    alphabet: &'a mut Alphabet,
}

impl OutputDev for Collector<'_> {
    fn begin_page(
        &mut self,
        _: u32,
        media: &MediaBox,
        _: Option<(f64, f64, f64, f64)>,
    ) -> Result<(), OutputError> {
        (self.left, self.top) = (media.llx, media.ury);
        self.page.width = (media.urx - media.llx) as f32;
        self.page.height = (media.ury - media.lly) as f32;
        Ok(())
    }

    fn end_page(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn output_character(
        &mut self,
        place: &Transform,
        width: f64,
        _: f64,
        size: f64,
        text: &str,
    ) -> Result<(), OutputError> {
        if self.page.glyphs.len() > MAX_GLYPHS {
            self.page.cut = true;
            return Err(OutputError::FormatError(std::fmt::Error));
        }
        // This decoder's reading of rotated text is not worth telling directions apart.
        let (along, across) = (place.m31 - self.left, self.top - place.m32);
        let em = size.abs() * place.m21.hypot(place.m22);
        let advance = width * size.abs() * place.m11.hypot(place.m12);
        if [along, across, em, advance].iter().all(|number| number.is_finite()) && em > 0.0 {
            self.page.glyphs.push(Glyph {
                letters: if text.is_empty() { Letters::UNKNOWN } else { self.alphabet.letters(text) },
                along: along as f32,
                across: across as f32,
                advance: advance.max(0.0) as f32,
                size: em as f32,
                angle: 0,
                traits: Traits::default(),
                block: NO_BLOCK,
            });
        }
        Ok(())
    }

    fn begin_word(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_word(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_line(&mut self) -> Result<(), OutputError> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_reading_with_more_meaning_wins() {
        let count = |known, unknown| Legibility { known, unknown };
        assert!(is_better(count(100, 0), count(0, 100)));
        assert!(is_better(count(100, 0), count(0, 0)));
        assert!(!is_better(count(40, 0), count(100, 10)));
        assert!(!is_better(count(100, 0), count(100, 0)));
    }
}
