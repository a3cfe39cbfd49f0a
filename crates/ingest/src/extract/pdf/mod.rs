//! PDF: from bytes to pages of lines in reading order, with cues.
//!
//! `open` finds the pages, `unpack` bounds what their streams may come to, `content` and `font` run them for their glyphs, `second_opinion` asks
//! another decoder where that fails, `fragment`, `words`, `order` and `layout` make lines of the
//! glyphs, `furniture` and `cues` say what the lines are, `verdict` says whether it is text at all.

mod annotation;
mod band;
mod beside;
mod bitmap_font;
mod chart;
mod coded;
mod collection;
mod content;
mod cues;
mod doubled;
mod draw;
mod drawing;
mod drawn_apart;
mod drop_cap;
#[cfg(test)]
mod fixtures;
mod font;
mod font_program;
mod footnotes;
mod fragment;
mod frame;
mod furniture;
mod glyph;
mod grid;
mod imprint;
mod information;
mod layout;
mod margin;
mod matrix;
mod note_marks;
mod open;
mod order;
mod page_number;
mod pitch;
mod quality;
mod recognised;
#[cfg(test)]
mod running_text;
mod second_opinion;
mod sequence;
mod side_notes;
mod specks;
mod stragglers;
mod strings;
mod structure;
mod table;
mod tagged;
#[cfg(test)]
mod tests;
mod turned;
mod unpack;
mod verdict;
mod visibility;
#[cfg(test)]
mod whole_tests;
mod words;
mod wrapped;
#[cfg(test)]
mod writer;

use chapeau_document::FileStatus;
pub use draw::{Drawing, Scan, draw, scan};
use hayro_syntax::Pdf;
pub use recognised::Recognised;

use crate::line::ExtractedPage;
use crate::{Extracted, Failure, Options, Source};

use glyph::{Alphabet, GlyphPage};
use layout::{LaidPage, Legend};
use open::PageReader;
use second_opinion::SecondDecoder;
use unpack::Refusal;
use verdict::Findings;

/// Reads a PDF.
///
/// # Errors
///
/// A [`Failure`] where nothing can be read: a password, damage, pages without text, text without
/// meaning, or a limit.
pub(crate) fn extract(source: &Source<'_>, options: &Options) -> Result<Extracted, Failure> {
    match open::open(source.bytes, options) {
        Ok(pdf) => read(&pdf, source.bytes, options),
        Err(failure) if failure.status == FileStatus::Damaged => {
            read_by_second(source.bytes, options).unwrap_or(Err(failure))
        }
        Err(failure) => Err(failure),
    }
}

fn read(pdf: &Pdf, bytes: &[u8], options: &Options) -> Result<Extracted, Failure> {
    let mut reader = PageReader::new(pdf);
    let mut second = LazySecond { bytes, options, decoder: None };
    let mut pages = Vec::new();
    let mut findings = Findings::default();
    for number in (1..).take(pdf.pages().len()) {
        let Some(mut glyphs) = reader.page(number) else { break };
        // The other decoder unpacks without bounds.
        if glyphs.missing != Some(Refusal::TooLarge) && second_opinion::is_wanted(&glyphs) {
            ask_second(&mut glyphs, &mut second, reader.alphabet(), &mut findings);
        }
        take_page(glyphs, reader.legend(), &mut pages, &mut findings, options)?;
    }
    if let Some((said, found)) = open::missing_pages(pdf) {
        findings.missing(said, found);
    }
    findings.explain(format!("hayro read {}", verdict::count(pages.len())));
    let mut extracted = finish(pages, findings, options)?;
    extracted.embedded = information::read(pdf, &extracted.pages);
    Ok(extracted)
}

/// Reads a file that only the second decoder opens.
fn read_by_second(bytes: &[u8], options: &Options) -> Option<Result<Extracted, Failure>> {
    let second = SecondDecoder::open(bytes, &options.passwords).filter(|second| second.n_pages() > 0)?;
    Some(read_all_by_second(&second, options))
}

fn read_all_by_second(second: &SecondDecoder, options: &Options) -> Result<Extracted, Failure> {
    let mut alphabet = Alphabet::default();
    let mut pages = Vec::new();
    let mut findings = Findings::default();
    findings.explain("hayro found no pages; pdf-extract read the file".to_owned());
    for number in (1..).take(second.n_pages().min(options.max_pages)) {
        let glyphs = second.page(number, &mut alphabet).unwrap_or_else(|| GlyphPage {
            number,
            missing: Some(Refusal::Damaged),
            ..GlyphPage::default()
        });
        let legend = Legend { alphabet: &alphabet, structure: None };
        take_page(glyphs, legend, &mut pages, &mut findings, options)?;
    }
    finish(pages, findings, options)
}

/// The second decoder, opened when it is first needed.
struct LazySecond<'a> {
    bytes: &'a [u8],
    options: &'a Options,
    decoder: Option<Option<SecondDecoder>>,
}

impl LazySecond<'_> {
    fn page(&mut self, number: u32, alphabet: &mut Alphabet) -> Option<GlyphPage> {
        let (bytes, options) = (self.bytes, self.options);
        let decoder = self.decoder.get_or_insert_with(|| SecondDecoder::open(bytes, &options.passwords));
        decoder.as_ref()?.page(number, alphabet)
    }
}

/// Puts the second decoder's reading of a page in the place of the first's, if it is better.
fn ask_second(
    glyphs: &mut GlyphPage,
    second: &mut LazySecond<'_>,
    alphabet: &mut Alphabet,
    findings: &mut Findings,
) {
    let first = glyphs.legibility();
    let Some(other) = second.page(glyphs.number, alphabet) else { return };
    let counts = other.legibility();
    let is_better = second_opinion::is_better(counts, first);
    let which = if is_better { "taken" } else { "left" };
    findings.explain(format!(
        "page {}: hayro read {} letters and {} without meaning, pdf-extract {} and {}: {which}",
        glyphs.number, first.known, first.unknown, counts.known, counts.unknown
    ));
    if is_better {
        let drawn = std::mem::take(&mut glyphs.drawn);
        *glyphs = GlyphPage { has_image: glyphs.has_image, has_content: true, drawn, ..other };
    }
}

fn take_page(
    mut glyphs: GlyphPage,
    legend: Legend<'_>,
    pages: &mut Vec<LaidPage>,
    findings: &mut Findings,
    options: &Options,
) -> Result<(), Failure> {
    let recognised = options.recognised.iter().find(|recognised| recognised.page == glyphs.number);
    let page = match recognised.filter(|_| verdict::is_only_drawn(&glyphs)) {
        Some(recognised) => take_recognised(recognised, &mut glyphs, legend, findings),
        None => {
            findings.doubled.extend(doubled::leave_one(&mut glyphs).then_some(glyphs.number));
            let mut page = layout::lay_out(&mut glyphs, legend);
            findings.note_labels(page.number, chart::mark(&mut page, &glyphs.drawn));
            take_own(page, &glyphs, recognised, findings)
        }
    };
    pages.push(page);
    if findings.n_bytes > options.max_text_bytes {
        let reason = format!("found more than {} bytes of text; split the file", options.max_text_bytes);
        return Err(Failure::new(FileStatus::TooLarge, reason));
    }
    Ok(())
}

/// A page's own text; where that is a poor layer under a scan and its image was recognised, the better of
/// the two.
fn take_own(
    mut own: LaidPage,
    glyphs: &GlyphPage,
    recognised: Option<&Recognised>,
    findings: &mut Findings,
) -> LaidPage {
    if !(verdict::is_layer_of_scan(glyphs) && own.soundness().is_poor()) {
        findings.note(glyphs, &own);
        return own;
    }
    let page = recognised.map(|recognised| LaidPage { width: own.width, ..recognised.laid_out(own.height) });
    if let Some((recognised, page)) =
        recognised.zip(page).filter(|(_, page)| recognised::is_better(page, &own))
    {
        findings.note_recognised(recognised, &page);
        return page;
    }
    findings.note(glyphs, &own);
    findings.note_poor(own.number, recognised.is_some());
    specks::take_out(&mut own);
    own
}

/// What was recognised, unless the page has more letters of its own.
fn take_recognised(
    recognised: &Recognised,
    glyphs: &mut GlyphPage,
    legend: Legend<'_>,
    findings: &mut Findings,
) -> LaidPage {
    let page = LaidPage { width: glyphs.width, ..recognised.laid_out(glyphs.height) };
    let own = glyphs.legibility().known;
    let found: u32 = page.lines.iter().map(|line| line.n_letters).sum();
    let page = if found as usize > own { page } else { layout::lay_out(glyphs, legend) };
    findings.note_recognised(recognised, &page);
    page
}

fn finish(mut pages: Vec<LaidPage>, mut findings: Findings, options: &Options) -> Result<Extracted, Failure> {
    if options.can_recognise && !findings.unread.is_empty() {
        return Ok(Extracted { unread: findings.unread, ..Extracted::default() });
    }
    let recognisable = !findings.unread.is_empty();
    findings.verdict().map_err(|failure| Failure { recognisable, ..failure })?;
    findings.structure = tagged::settle(&mut pages);
    side_notes::place(&mut pages);
    pages.iter_mut().for_each(stragglers::put_in_place);
    pages.iter_mut().for_each(note_marks::join);
    let mut furniture = furniture::find(&pages);
    for (page, furniture) in pages.iter().zip(&mut furniture.pages) {
        chart::leave_out(page, &mut furniture.is_furniture);
    }
    table::keep_rows(&pages, &mut furniture);
    turned::settle(&mut pages, &mut furniture);
    let measures = cues::Measures::of(&pages);
    let mut notes = footnotes::Notes::default();
    let pages = pages.iter().zip(furniture.pages).map(|(page, furniture)| ExtractedPage {
        number: page.number,
        lines: cues::lines(page, &furniture, &measures, &mut notes, options.keep_furniture),
        label: furniture.label,
    });
    Ok(Extracted {
        recognisable,
        pages: pages.collect(),
        paged: true,
        warnings: findings.warnings(),
        explanation: findings.into_explanation(),
        ..Extracted::default()
    })
}
