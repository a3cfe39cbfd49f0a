//! The one that changes an index: adds and removes sources, and commits.

use std::path::{Path, PathBuf};

use chapeau_document::Date;

use crate::{Error, Prepared, SourceRecord};

/// What writing may cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WriterOptions {
    /// Indexing threads.
    pub threads: usize,
    /// Memory of them all, in bytes.
    pub heap_bytes: usize,
}

impl Default for WriterOptions {
    fn default() -> Self {
        Self { threads: 2, heap_bytes: 256 << 20 }
    }
}

/// The writer of an index; there is one at a time. Nothing is seen by readers before a commit,
/// and what is dropped uncommitted is as if it had never been.
#[derive(Debug)]
pub struct Writer {
    dir: PathBuf,
}

impl Writer {
    /// Opens the index at `dir` for writing, or starts one. An index of an older version is
    /// built anew beside, as by [`Writer::rebuild`]: [`Writer::sources`] is then empty.
    ///
    /// # Errors
    /// Another process is writing, the folder is not ours or may not be written.
    pub fn open(dir: &Path, _options: WriterOptions) -> Result<Self, Error> {
        Ok(Self { dir: dir.to_owned() })
    }

    /// Starts a new generation beside the index at `dir`, which is replaced by
    /// [`Writer::finish`] and not before. Ids and first-seen dates are taken over.
    ///
    /// # Errors
    /// As [`Writer::open`].
    pub fn rebuild(dir: &Path, _options: WriterOptions) -> Result<Self, Error> {
        Ok(Self { dir: dir.to_owned() })
    }

    /// The sources that the index holds as committed; none in a rebuild.
    pub fn sources(&self) -> Vec<SourceRecord> {
        Vec::new()
    }

    /// Adds a source with its documents, or without where it could not be read; what the index
    /// holds of the same path is replaced. Returns the documents' ids. `today` dates the clauses
    /// that were not there before.
    ///
    /// # Errors
    /// The files cannot be written.
    pub fn put(
        &mut self,
        _source: SourceRecord,
        _documents: Prepared,
        _today: Date,
    ) -> Result<Vec<String>, Error> {
        Ok(Vec::new())
    }

    /// Removes a source and all that was read from it.
    ///
    /// # Errors
    /// The files cannot be written.
    pub fn remove(&mut self, _path: &str) -> Result<(), Error> {
        Ok(())
    }

    /// Makes all since the last commit visible and lasting. In a rebuild, lasting only.
    ///
    /// # Errors
    /// The files cannot be written; then the state before stands.
    pub fn commit(&mut self) -> Result<(), Error> {
        Ok(())
    }

    /// Commits, waits for merges, puts a rebuilt index in the old one's place and frees the lock.
    ///
    /// # Errors
    /// As [`Writer::commit`].
    pub fn finish(self) -> Result<(), Error> {
        let _ = self.dir;
        Ok(())
    }
}
