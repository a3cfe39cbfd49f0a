//! Writes the files of an index on this machine: Tantivy's writer, its generation and its lock.

use std::path::{Path, PathBuf};
use std::sync::PoisonError;

use tantivy::indexer::UserOperation;
use tantivy::query::{BooleanQuery, Query, TermQuery};
use tantivy::schema::IndexRecordOption;
use tantivy::{Index, IndexSettings, IndexWriter, TantivyDocument, TantivyError, Term};

use crate::engine::Recorder;
use crate::generation::{self, Payload};
use crate::guarded::{Gate, Guarded};
use crate::lock::WriterLock;
use crate::options::{Damaged, start_writing};
use crate::{Error, Fields, RecordKind, WriterOptions};

/// A generation that is written to.
pub(crate) struct Files {
    dir: PathBuf,
    options: WriterOptions,
    index: Index,
    gate: Gate,
    /// Started by the first change: a run that finds nothing to do starts no thread.
    inner: Option<IndexWriter>,
    generation: String,
    /// Whether `CURRENT` names the generation.
    in_use: bool,
    /// Whether it takes the place of another only when all is in.
    rebuilding: bool,
    damaged: Damaged,
    _lock: WriterLock,
}

impl Files {
    /// Goes on with the generation in use.
    pub(crate) fn resume(
        dir: &Path,
        options: WriterOptions,
        lock: WriterLock,
        generation: String,
    ) -> Result<Self, Error> {
        let gate = Gate::default();
        let folder = dir.join(&generation);
        let failed = |source| Error::tantivy(dir, source);
        let index = Index::open(Guarded::open(&folder, &gate)?).map_err(failed)?;
        generation::remove_strays(&folder, &index.load_metas().map_err(failed)?)?;
        let mut files = Self::with(dir, options, lock, (index, gate), generation);
        files.in_use = true;
        Ok(files)
    }

    /// Starts a generation.
    pub(crate) fn start(
        dir: &Path,
        options: WriterOptions,
        lock: WriterLock,
        rebuilding: bool,
    ) -> Result<Self, Error> {
        let gate = Gate::default();
        let (generation, folder) = generation::create(dir)?;
        let folder = Guarded::open(&folder, &gate)?;
        let index = Index::create(folder, Fields::schema().clone(), IndexSettings::default())
            .map_err(|source| Error::tantivy(dir, source))?;
        let mut files = Self::with(dir, options, lock, (index, gate), generation);
        files.rebuilding = rebuilding;
        Ok(files)
    }

    fn with(
        dir: &Path,
        options: WriterOptions,
        lock: WriterLock,
        (index, gate): (Index, Gate),
        generation: String,
    ) -> Self {
        generation::register_tokenizers(&index);
        let dir = dir.to_owned();
        Self {
            dir,
            options,
            index,
            gate,
            inner: None,
            generation,
            in_use: false,
            rebuilding: false,
            damaged: Damaged::default(),
            _lock: lock,
        }
    }

    fn take_place(&mut self) -> Result<(), Error> {
        generation::swap(&self.dir, &self.generation)?;
        self.in_use = true;
        Ok(())
    }

    fn inner(&mut self) -> Result<&mut IndexWriter, Error> {
        let inner = match self.inner.take() {
            Some(inner) => inner,
            None => {
                let started = start_writing(&self.index, self.options, &self.damaged);
                started.map_err(|source| self.failed(source))?
            }
        };
        Ok(self.inner.insert(inner))
    }

    /// Whether all that was to be merged was as it was written.
    fn check_merged(&self) -> Result<(), Error> {
        let damaged = self.damaged.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(first) = damaged.first() else { return Ok(()) };
        let reason =
            format!("{} is not as it was written", Path::new(&self.generation).join(first).display());
        Err(Error::Corrupt { path: self.dir.clone(), reason })
    }

    fn failed(&self, source: TantivyError) -> Error {
        Error::tantivy(&self.dir, source)
    }
}

impl Recorder for Files {
    /// One segment holds records that belong together, in this order.
    fn add(&mut self, records: Vec<TantivyDocument>) -> Result<(), Error> {
        let done = self.inner()?.run(records.into_iter().map(UserOperation::Add));
        done.map(|_| ()).map_err(|source| self.failed(source))
    }

    fn remove(&mut self, path: &str, only: Option<RecordKind>) -> Result<(), Error> {
        let of_path = Term::from_field_text(Fields::get().path, path);
        let Some(kind) = only else {
            self.inner()?.delete_term(of_path);
            return Ok(());
        };
        let terms = [of_path, kind.term()];
        let both =
            terms.map(|term| -> Box<dyn Query> { Box::new(TermQuery::new(term, IndexRecordOption::Basic)) });
        let deleted = self.inner()?.delete_query(Box::new(BooleanQuery::intersection(both.into())));
        deleted.map(|_| ()).map_err(|source| self.failed(source))
    }

    fn commit(&mut self, payload: &Payload) -> Result<(), Error> {
        let payload =
            serde_json::to_string(payload).map_err(|source| Error::Record { reason: source.to_string() })?;
        let inner = self.inner()?;
        let committed = inner.prepare_commit().and_then(|mut commit| {
            commit.set_payload(&payload);
            commit.commit()
        });
        // What follows a commit that failed must not be written under the one before.
        committed.inspect_err(|_| self.gate.shut()).map_err(|source| self.failed(source))?;
        if !self.in_use && !self.rebuilding {
            self.take_place()?;
        }
        Ok(())
    }

    /// Waits for merges and puts a rebuilt index in the old one's place.
    fn finish(&mut self) -> Result<(), Error> {
        if let Some(inner) = self.inner.take() {
            inner.wait_merging_threads().map_err(|source| self.failed(source))?;
        }
        self.check_merged()?;
        if !self.in_use {
            self.take_place()?;
        }
        generation::remove_others(&self.dir, &[&self.generation])
    }

    fn is_anew(&self) -> bool {
        !self.in_use
    }
}

impl Drop for Files {
    /// Before the fields go, and with them the lock: what still runs may change nothing more.
    fn drop(&mut self) {
        self.gate.shut();
    }
}
