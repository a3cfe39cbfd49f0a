//! What is said of a document in one line.

use chapeau_document::{Date, Kind, Status, Symbol};
use serde::Serialize;

use crate::DocumentRecord;

/// A document, as a line of a list or as a hit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DocumentSummary {
    /// Its id.
    pub id: String,
    /// Its symbols, the main one first.
    pub symbols: Vec<Symbol>,
    /// Its title.
    pub title: Option<String>,
    /// When it was adopted, or else issued.
    pub date: Option<Date>,
    /// What sort of document it is.
    pub kind: Kind,
    /// How far it got.
    pub status: Status,
    /// Code of its language.
    pub language: String,
    /// Its clauses, headings and chapeaux included.
    pub clauses: u64,
    /// Its pages, 0 where its source has none.
    pub pages: usize,
    /// The source that it was read from, below the corpus root.
    pub path: String,
}

impl DocumentRecord {
    /// What is said of it in one line.
    pub fn summary(self) -> DocumentSummary {
        let metadata = self.metadata;
        DocumentSummary {
            symbols: metadata.symbols.iter().map(|symbol| symbol.value.clone()).collect(),
            date: metadata.date(),
            kind: metadata.kind(),
            status: metadata.status(),
            language: metadata.language().to_owned(),
            title: metadata.title.map(|title| title.value),
            clauses: self.counts.clauses + self.counts.contexts,
            pages: self.pages.len(),
            path: self.source.path,
            id: self.id,
        }
    }
}
