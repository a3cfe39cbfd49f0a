//! From bytes to documents: extract, normalise, split, describe.
//!
//! Pure: values in, values out. No file is opened, no clock is read, and no input panics. The
//! main types are [`Source`] (bytes with a name), [`Reading`] (the documents found, and what a
//! reader should know of them) and [`Failure`] (why there is none).

mod accents;
mod any_of;
mod confidence;
mod describe;
mod extract;
mod label;
mod letter_case;
mod letter_spacing;
mod line;
mod lists;
mod normalize;
mod recommendations;
mod recurring;
mod source;
mod split;

use chapeau_document::{Document, Metadata};
use serde::{Deserialize, Serialize};

pub use extract::{Conversion, Drawing, MediaType, Picture, Recognised, Scan, Vocabulary, draw, scan};
pub use line::{Extracted, ExtractedPage, Line, Role};
pub use normalize::{Block, Normalized, normalize};
pub use source::{Failure, Options, Source, Warning};
pub use split::split;

/// Goes up when the same bytes would be read differently; sources read by an older version are
/// read again.
///
/// 1: the first. 2: French duties in the present tense, chapters after annexes, more deadlines;
/// texts and slides that LibreOffice converts. 3: pages that are only drawn say that `--ocr` reads
/// them; footnotes in treaties, dashes without a space, who makes a treaty, citations cut before
/// their number, passives that command in French. 4: paragraphs, headings, tables and notes of tagged
/// PDFs are those of their structure tree; images are pages to recognise; lists without marks, numbers
/// in brackets, French ordinals and degrees as numbers, options of drafts, what is due at a meeting,
/// names that citations keep whole, articles told by their chapter where numbers begin anew, more of
/// what binds and what does not. 5: what a document is, from mastheads, page heads and title blocks by
/// a registry of series and bodies; the language by the text; acts in capitals, of those who are asked and
/// of meetings, what is forbidden, foretold or said by others. 6: German labels, lists that begin anew, numbers put
/// in later, rows over the ends of pages and beside each other, ids of elements, bodies from imprints. 7: guidance
/// under its rule, codes with several instruments, quoted provisions, preambles in one run, tariffs without rules,
/// notes without marks and references in margins, powers that are granted.
pub const EXTRACTOR_VERSION: u32 = 8;

/// What was read from one source.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Reading {
    /// One document for most formats, many for clause records.
    pub documents: Vec<Document>,
    /// What a reader should know.
    pub warnings: Vec<Warning>,
    /// How the source was read, one finding each: which decoder, what was put in order.
    pub explanation: Vec<String>,
    /// Pages that must be recognised before the source can be read, from 1; there are no documents
    /// then. Only with [`Options::can_recognise`].
    pub unread: Vec<u32>,
    /// Whether recognition (OCR) could find more text in it.
    pub recognisable: bool,
}

/// Reads a source by what its bytes are, into pages of lines.
///
/// # Errors
///
/// A [`Failure`] says why the whole source was given up.
pub fn extract(source: &Source<'_>, options: &Options) -> Result<Extracted, Failure> {
    extract::extract(source, options)
}

/// Reads a source: its documents with their clauses and metadata.
///
/// # Errors
///
/// A [`Failure`] says why the whole source was given up.
///
/// ```
/// use chapeau_ingest::{Options, Source, read};
///
/// let bytes = b"The Ministerial Conference,\n\nDecides:\n\nTo continue the work.";
/// let source = Source { path: "decision.txt", bytes, given: &[] };
/// let reading = read(&source, &Options::default()).expect("a plain text");
/// assert_eq!(reading.documents[0].clauses.len(), 3);
/// ```
pub fn read(source: &Source<'_>, options: &Options) -> Result<Reading, Failure> {
    let mut extracted = extract(source, options)?;
    if !extracted.unread.is_empty() {
        return Ok(Reading { unread: extracted.unread, ..Reading::default() });
    }
    let mut warnings = std::mem::take(&mut extracted.warnings);
    let mut documents = std::mem::take(&mut extracted.documents);
    for document in &mut documents {
        warnings.extend(describe::complete(document, source.given));
    }
    if documents.is_empty() {
        documents.push(read_document(source, &extracted, options, &mut warnings));
    }
    let Extracted { explanation, recognisable, .. } = extracted;
    Ok(Reading { documents, warnings, explanation, unread: Vec::new(), recognisable })
}

fn read_document(
    source: &Source<'_>,
    extracted: &Extracted,
    options: &Options,
    warnings: &mut Vec<Warning>,
) -> Document {
    let normalized = normalize(extracted, options);
    if options.text_only {
        let Normalized { text, pages, furniture, .. } = normalized;
        return Document { text, pages, furniture, ..Document::default() };
    }
    let mut embedded = extracted.embedded.clone();
    describe::settle_language(&mut embedded, &normalized.text);
    let mut clauses = split(&normalized, language(&embedded, source.given));
    let Normalized { text, pages, recognised, furniture, .. } = normalized;
    confidence::mark(&mut clauses, &recognised);
    let sheet = describe::Sheet::of(extracted, &furniture);
    let mut document = Document { text, pages, clauses, furniture, ..Document::default() };
    warnings.extend(describe::describe(&mut document, embedded, &sheet, source.given));
    warnings.extend(split::gaps(&document));
    let id = document_id(source, &document.metadata);
    document.with_id(&id)
}

/// The language that most words of a text are in: "en", "fr", "es"; "en" where nothing tells.
pub fn language_of(text: &str) -> String {
    describe::language_of(text)
}

/// The language that labels are written in: as given, else as settled.
fn language<'a>(settled: &'a Metadata, given: &'a [(String, String)]) -> &'a str {
    let given = given.iter().find(|(field, value)| field == "language" && !value.is_empty());
    given.map_or_else(|| settled.language(), |(_, value)| value)
}

/// The id given, else the first own symbol, else the path, as a slug.
fn document_id(source: &Source<'_>, metadata: &Metadata) -> String {
    let given = source.given.iter().find(|(field, value)| field == "id" && !value.is_empty());
    let symbol = || metadata.symbols.first().map(|symbol| split::slug(symbol.value.as_str()));
    let stem = || source.path.rsplit_once('.').map_or(source.path, |(stem, _)| stem);
    let id =
        given.map(|(_, value)| split::slug(value)).or_else(symbol).unwrap_or_else(|| split::slug(stem()));
    if id.is_empty() { "document".to_owned() } else { id }
}
