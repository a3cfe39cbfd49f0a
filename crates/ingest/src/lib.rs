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
