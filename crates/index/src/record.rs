//! Clauses, documents and sources as records, and records as Tantivy documents.

use chapeau_document::{Date, Document, FileStatus, Metadata, Page};
use serde::{Deserialize, Serialize};

/// What is known of one source: the line of the manifest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceRecord {
    /// Its path below the corpus root, with `/`.
    pub path: String,
    /// Its size in bytes.
    pub size: u64,
    /// When it was last modified: nanoseconds since 1970.
    pub modified: i64,
    /// Digest of its bytes, in hex.
    pub digest: String,
    /// Digest of what `metadata.csv` says of it; `None` where it says nothing.
    pub given: Option<String>,
    /// Version of the code that read it.
    pub extractor: u32,
    /// How reading it ended.
    pub status: FileStatus,
    /// Why it could not be read.
    pub reason: Option<String>,
    /// What a reader of its documents should know.
    pub warnings: Vec<Note>,
    /// The day on which it was first indexed; set by the writer.
    pub first_seen: Option<Date>,
}

impl Default for SourceRecord {
    fn default() -> Self {
        Self {
            path: String::new(),
            size: 0,
            modified: 0,
            digest: String::new(),
            given: None,
            extractor: 0,
            status: FileStatus::Ok,
            reason: None,
            warnings: Vec::new(),
            first_seen: None,
        }
    }
}

/// Something that a reader of a document should know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// The page it concerns, from 1.
    pub page: Option<u32>,
    /// One sentence without a final dot.
    pub message: String,
}

/// What is stored of a document as a whole. Its clauses hold its text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DocumentRecord {
    /// Its id in the index.
    pub id: String,
    /// The id that reading it proposed, which another document may have had already.
    pub proposed: String,
    /// The source that it was read from.
    pub source: SourceRecord,
    /// What is known of it.
    pub metadata: Metadata,
    /// Its pages; `start` counts bytes of the document's text, which is not stored.
    pub pages: Vec<Page>,
    /// Length of its text in bytes.
    pub text_bytes: usize,
    /// Its counts, to be taken off when it goes.
    pub counts: Counts,
}

/// Clauses and tokens, of one document or of a whole index.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Documents.
    pub documents: u64,
    /// Clauses that can be hits.
    pub clauses: u64,
    /// Clauses that never are hits.
    pub contexts: u64,
    /// The field `text`.
    pub text: Tally,
    /// The field `lead_in`.
    pub lead_in: Tally,
    /// The field `heading`.
    pub heading: Tally,
    /// The field `title`.
    pub title: Tally,
    /// The field `whole`.
    pub whole: Tally,
}

/// How much of a field there is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// Records that have it.
    pub records: u64,
    /// Tokens in it, of all forms.
    pub tokens: u64,
}

/// Documents of one source, analysed: the costly half of adding them, which needs no index.
#[derive(Clone, Debug, Default)]
pub struct Prepared {
    pub(crate) documents: Vec<Document>,
}

/// Analyses documents. Pure, so that it can be done on many threads.
pub fn prepare(documents: Vec<Document>) -> Prepared {
    Prepared { documents }
}
