//! From bytes to documents: extract, normalise, split, describe.
//!
//! Pure: values in, values out. No file is opened, no clock is read, and no input panics. The
//! main types are [`Source`] (bytes with a name), [`Reading`] (the documents found, and what a
//! reader should know of them) and [`Failure`] (why there is none).

mod describe;
mod extract;
mod line;
mod source;

use chapeau_document::Document;
use serde::{Deserialize, Serialize};

pub use extract::MediaType;
pub use line::{Extracted, ExtractedPage, Line, Role};
pub use source::{Failure, Options, Source, Warning};

/// Goes up when the same bytes would be read differently; sources read by an older version are
/// read again.
///
/// 1: the first.
pub const EXTRACTOR_VERSION: u32 = 1;

/// What was read from one source.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Reading {
    /// One document for most formats, many for clause records.
    pub documents: Vec<Document>,
    /// What a reader should know.
    pub warnings: Vec<Warning>,
}

/// Reads a source: extraction only for now, its lines joined as they stand and without clauses.
///
/// # Errors
/// The source is of a format that is not read, or is locked, broken, empty or over a limit.
pub fn read(source: &Source<'_>, options: &Options) -> Result<Reading, Failure> {
    let extracted = extract::extract(source, options)?;
    let mut documents = extracted.documents;
    if documents.is_empty() {
        documents.push(as_lines(source, &extracted.pages, extracted.paged, options));
    }
    Ok(Reading { documents, warnings: extracted.warnings })
}

fn as_lines(source: &Source<'_>, pages: &[ExtractedPage], paged: bool, options: &Options) -> Document {
    let mut document = Document { id: source.path.to_owned(), ..Document::default() };
    for page in pages {
        if paged {
            let (start, number, label) = (document.text.len(), page.number, page.label.clone());
            document.pages.pages.push(chapeau_document::Page { start, number, label });
        }
        for line in &page.lines {
            if options.keep_furniture || line.role != Role::Furniture {
                document.text.push_str(&line.text);
                document.text.push('\n');
            }
        }
    }
    document
}
