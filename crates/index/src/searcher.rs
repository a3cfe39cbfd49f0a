//! One committed state of an index, open for reading.

use std::path::{Path, PathBuf};

use chapeau_document::{ClauseRecord, Date};
use tantivy::DocAddress;

use crate::{DocumentRecord, Error, SourceRecord, Statistics};

/// One state of an index. Cheap to clone; it stays readable while the index changes.
#[derive(Clone)]
pub struct Searcher {
    dir: PathBuf,
    inner: tantivy::Searcher,
    statistics: Statistics,
}

impl std::fmt::Debug for Searcher {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Searcher").field("dir", &self.dir).finish_non_exhaustive()
    }
}

/// What an index holds in all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// Documents.
    pub documents: u64,
    /// Clauses, those that never are hits included.
    pub clauses: u64,
    /// The earliest date of a document.
    pub from: Option<Date>,
    /// The latest date of a document.
    pub to: Option<Date>,
    /// Language codes, the most frequent first.
    pub languages: Vec<String>,
    /// Sources that could not be read.
    pub unreadable: u64,
}

impl Searcher {
    /// Opens the index at `dir` as last committed. Works on a read-only folder.
    ///
    /// # Errors
    /// There is none, it is no index of ours, of another version, damaged, or not readable.
    pub fn open(dir: &Path) -> Result<Self, Error> {
        Err(Error::Missing(dir.to_owned()))
    }

    /// The state committed since, if there is a newer one.
    ///
    /// # Errors
    /// As [`Searcher::open`].
    pub fn reload(&self) -> Result<Option<Self>, Error> {
        Ok(None)
    }

    /// A name of this state, another after every commit: for caches and HTTP tags.
    pub fn version(&self) -> String {
        String::new()
    }

    /// The folder it was opened from.
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// Tantivy's searcher: fields are [`crate::Fields::get`].
    pub fn tantivy(&self) -> &tantivy::Searcher {
        &self.inner
    }

    /// Exact counts for scoring.
    pub fn statistics(&self) -> &Statistics {
        &self.statistics
    }

    /// A clause by its address.
    ///
    /// # Errors
    /// The address holds no clause, or the index is damaged.
    pub fn clause(&self, _at: DocAddress) -> Result<ClauseRecord, Error> {
        Err(Error::Missing(self.dir.clone()))
    }

    /// A clause by its id, with its address.
    ///
    /// # Errors
    /// The index is damaged.
    pub fn clause_by_id(&self, _id: &str) -> Result<Option<(DocAddress, ClauseRecord)>, Error> {
        Ok(None)
    }

    /// The clauses of a document, headings and chapeaux included, in order.
    ///
    /// # Errors
    /// The index is damaged.
    pub fn clauses_of(&self, _document: &str) -> Result<Vec<ClauseRecord>, Error> {
        Ok(Vec::new())
    }

    /// A document by its address.
    ///
    /// # Errors
    /// The address holds no document, or the index is damaged.
    pub fn document(&self, _at: DocAddress) -> Result<DocumentRecord, Error> {
        Err(Error::Missing(self.dir.clone()))
    }

    /// A document by its id.
    ///
    /// # Errors
    /// The index is damaged.
    pub fn document_by_id(&self, _id: &str) -> Result<Option<DocumentRecord>, Error> {
        Ok(None)
    }

    /// All documents, by id.
    ///
    /// # Errors
    /// The index is damaged.
    pub fn documents(&self) -> Result<Vec<DocumentRecord>, Error> {
        Ok(Vec::new())
    }

    /// All sources, read or not, by path.
    ///
    /// # Errors
    /// The index is damaged.
    pub fn sources(&self) -> Result<Vec<SourceRecord>, Error> {
        Ok(Vec::new())
    }

    /// What the index holds in all.
    ///
    /// # Errors
    /// The index is damaged.
    pub fn totals(&self) -> Result<Totals, Error> {
        Ok(Totals::default())
    }
}
