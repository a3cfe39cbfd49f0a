//! Records as older formats stored them, read to take ids and first-seen dates over.

use chapeau_document::{Date, FileStatus, Metadata, Page};
use serde::Deserialize;

use crate::{Counts, DocumentRecord, Note, SourceRecord};

/// A source in format 1, which held every text once for each path.
#[derive(Deserialize)]
pub(crate) struct SourceRecord1 {
    path: String,
    size: u64,
    modified: i64,
    digest: String,
    given: Option<String>,
    extractor: u32,
    status: FileStatus,
    reason: Option<String>,
    warnings: Vec<Note>,
    first_seen: Option<Date>,
}

/// A document in format 1.
#[derive(Deserialize)]
pub(crate) struct DocumentRecord1 {
    id: String,
    proposed: String,
    source: SourceRecord1,
    metadata: Metadata,
    pages: Vec<Page>,
    text_bytes: usize,
    counts: Counts,
}

impl From<SourceRecord1> for SourceRecord {
    fn from(source: SourceRecord1) -> Self {
        Self {
            path: source.path,
            size: source.size,
            modified: source.modified,
            digest: source.digest,
            given: source.given,
            extractor: source.extractor,
            status: source.status,
            reason: source.reason,
            warnings: source.warnings,
            first_seen: source.first_seen,
            same_as: None,
        }
    }
}

impl From<DocumentRecord1> for DocumentRecord {
    fn from(document: DocumentRecord1) -> Self {
        Self {
            id: document.id,
            proposed: document.proposed,
            source: document.source.into(),
            metadata: document.metadata,
            pages: document.pages,
            text_bytes: document.text_bytes,
            counts: document.counts,
        }
    }
}
