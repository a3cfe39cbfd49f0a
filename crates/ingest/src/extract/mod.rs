//! From bytes to pages of lines: one file per format, chosen by content, never by name.

mod archive;
mod dialects;
#[cfg(test)]
mod display;
mod docx;
mod endnotes;
mod entities;
mod field_codes;
mod front_matter;
mod html;
mod image;
mod inline;
mod markdown;
mod markup;
mod media_type;
mod note_paragraphs;
mod ordinal;
mod pdf;
mod properties;
mod records;
mod starred;
mod stray_marks;
mod tables;
mod text;
mod tota;
#[cfg(test)]
mod whole_tests;
mod xml;

use chapeau_document::FileStatus;

#[cfg(test)]
use display::display;
pub use markup::Vocabulary;
pub use media_type::{Conversion, MediaType, Picture};
pub use pdf::{Drawing, Recognised, Scan, draw, scan};

use crate::{Extracted, Failure, Options, Source};

/// Reads a source by what its bytes are.
pub(crate) fn extract(source: &Source<'_>, options: &Options) -> Result<Extracted, Failure> {
    let media_type = MediaType::of(source.bytes);
    if media_type == MediaType::Pdf {
        return pdf::extract(source, options);
    }
    if let MediaType::Image(_) = media_type {
        let bytes = image::as_pdf(source.bytes)?;
        let mut extracted = pdf::extract(&Source { bytes: &bytes, ..*source }, options)?;
        extracted.explanation.insert(0, format!("{media_type}, put on pages as a scan in a PDF"));
        return Ok(extracted);
    }
    if let Some(advice) = media_type.advice() {
        return Err(Failure::new(FileStatus::Unsupported, advice));
    }
    if media_type != MediaType::Docx && source.bytes.len() > options.max_text_bytes {
        let (found, wanted) = (source.bytes.len(), options.max_text_bytes);
        let reason = format!("found {found} bytes of text, want at most {wanted}; split the file");
        return Err(Failure::new(FileStatus::TooLarge, reason));
    }
    let extracted = match media_type {
        MediaType::Docx => docx::extract(source.bytes, options)?,
        MediaType::Html => html::extract(source.bytes, options)?,
        _ => extract_text(source.bytes, media_type),
    };
    if source.bytes.is_empty() {
        return Err(Failure::new(FileStatus::NoText, "the file is empty; get a new copy"));
    }
    if is_blank(&extracted) {
        return Err(Failure::new(FileStatus::NoText, no_text(media_type)));
    }
    Ok(extracted)
}

fn extract_text(bytes: &[u8], media_type: MediaType) -> Extracted {
    let decoded = text::decode(bytes);
    let mut extracted = match media_type {
        MediaType::Tota => tota::extract(&decoded.text),
        MediaType::Xml(vocabulary) => markup::extract(&decoded.text, vocabulary),
        MediaType::ClauseRecords => records::extract(&decoded.text),
        MediaType::Markdown => markdown::extract(&decoded.text),
        _ => text::extract(&decoded.text),
    };
    extracted.explanation.insert(0, format!("{media_type}, {}", decoded.encoding));
    extracted.warnings.splice(0..0, decoded.warnings);
    extracted
}

fn is_blank(extracted: &Extracted) -> bool {
    let words = |page: &crate::ExtractedPage| page.lines.iter().any(|line| !line.text.trim().is_empty());
    extracted.documents.is_empty() && !extracted.pages.iter().any(words)
}

fn no_text(media_type: MediaType) -> String {
    match media_type {
        MediaType::ClauseRecords => {
            "found no line that is a clause object with document, id and text".to_owned()
        }
        _ => format!("found {media_type} without a single word"),
    }
}
