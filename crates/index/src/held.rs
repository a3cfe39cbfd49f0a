//! What a writer knows of the sources that are in the index.

use crate::{Counts, SourceRecord};

/// What the index holds of one source.
#[derive(Debug)]
pub(crate) struct Known {
    pub(crate) source: SourceRecord,
    pub(crate) documents: Vec<KnownDocument>,
    /// Whether a record of the source itself stands in the index, besides its documents'.
    pub(crate) has_record: bool,
}

impl Known {
    pub(crate) fn of(source: SourceRecord) -> Self {
        Self { source, documents: Vec::new(), has_record: false }
    }
}

#[derive(Debug)]
pub(crate) struct KnownDocument {
    pub(crate) id: String,
    pub(crate) language: String,
    pub(crate) counts: Counts,
}
