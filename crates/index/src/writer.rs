//! The one that changes an index: adds and removes sources, and commits.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use chapeau_document::{Date, FileStatus};
use tantivy::directory::MmapDirectory;
use tantivy::indexer::{LogMergePolicy, UserOperation};
use tantivy::{Index, IndexSettings, IndexWriter, TantivyError, Term};

use crate::generation::{self, ANALYZER_VERSION, FORMAT_VERSION, Payload};
use crate::identity::{FirstSeen, Ids, own_clause_ids};
use crate::lock::WriterLock;
use crate::prepared::PreparedDocument;
use crate::record::{clause_document, document_document, source_document};
use crate::{Counts, DocumentRecord, Error, Fields, Prepared, Searcher, SourceRecord};

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

/// The least memory that Tantivy takes for a thread, and a little more than the most.
const LEAST_HEAP: usize = 16 << 20;
const MOST_HEAP: usize = 4_000_000_000;

/// Segments of like size that are merged into one. Low, since every query visits each segment
/// and corpora are read more often than they change.
const MERGED_AT_ONCE: usize = 4;

/// The share of deleted records at which a segment is written anew.
const MOST_DELETED: f32 = 0.25;

/// The writer of an index; there is one at a time. Nothing is seen by readers before a commit,
/// and what is dropped uncommitted is as if it had never been.
pub struct Writer {
    dir: PathBuf,
    options: WriterOptions,
    index: Index,
    /// Started by the first change: a run that finds nothing to do starts no thread.
    inner: Option<IndexWriter>,
    generation: String,
    /// Whether `CURRENT` names the generation.
    in_use: bool,
    /// Whether it takes the place of another only when all is in.
    rebuilding: bool,
    changed: bool,
    /// The state before, for ids and first-seen dates.
    previous: Option<Searcher>,
    first_seen: BTreeMap<String, Option<Date>>,
    known: BTreeMap<String, Known>,
    ids: Ids,
    payload: Payload,
    _lock: WriterLock,
}

/// What the index holds of one source.
#[derive(Debug)]
struct Known {
    source: SourceRecord,
    documents: Vec<KnownDocument>,
}

#[derive(Debug)]
struct KnownDocument {
    language: String,
    counts: Counts,
}

impl std::fmt::Debug for Writer {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Writer").field("dir", &self.dir).finish_non_exhaustive()
    }
}

impl Writer {
    /// Opens the index at `dir` for writing, or starts one. An index of an older version is
    /// built anew beside, as by [`Writer::rebuild`]: [`Writer::sources`] is then empty.
    ///
    /// # Errors
    /// Another process is writing, the folder is not ours or may not be written.
    pub fn open(dir: &Path, options: WriterOptions) -> Result<Self, Error> {
        let lock = Self::enter(dir)?;
        match Searcher::open(dir) {
            Ok(searcher) => Self::resume(dir, options, lock, searcher),
            Err(Error::Missing(_)) => Self::start(dir, options, lock, None, false),
            Err(Error::Version { .. }) => Self::start(dir, options, lock, None, true),
            Err(error) => Err(error),
        }
    }

    /// Starts a new generation beside the index at `dir`, which is replaced by
    /// [`Writer::finish`] and not before. Ids and first-seen dates are taken over from an index
    /// of this version.
    ///
    /// # Errors
    /// As [`Writer::open`].
    pub fn rebuild(dir: &Path, options: WriterOptions) -> Result<Self, Error> {
        let lock = Self::enter(dir)?;
        let previous = Searcher::open(dir).ok();
        let replaces = previous.is_some() || generation::current(dir).is_ok_and(|name| name.is_some());
        Self::start(dir, options, lock, previous, replaces)
    }

    /// Takes the lock and removes what a killed writer left.
    fn enter(dir: &Path) -> Result<WriterLock, Error> {
        generation::claim(dir)?;
        let lock = WriterLock::take(dir)?;
        if let Ok(current) = generation::current(dir) {
            generation::remove_others(dir, current.as_deref().as_slice())?;
        }
        Ok(lock)
    }

    /// Goes on with the generation in use.
    fn resume(
        dir: &Path,
        options: WriterOptions,
        lock: WriterLock,
        previous: Searcher,
    ) -> Result<Self, Error> {
        let generation = previous.generation().to_owned();
        let failed = |source| Error::tantivy(dir, source);
        let directory = MmapDirectory::open(dir.join(&generation)).map_err(|source| failed(source.into()))?;
        let index = Index::open(directory).map_err(failed)?;
        let mut writer = Self::with(dir, options, lock, index, generation);
        writer.payload = previous.payload().clone();
        writer.in_use = true;
        let (documents, sources) = writer.remember(previous)?;
        documents.iter().for_each(|record| writer.know(record));
        for source in sources {
            let documents = Vec::new();
            writer.known.entry(source.path.clone()).or_insert(Known { source, documents });
        }
        Ok(writer)
    }

    /// Starts a generation.
    fn start(
        dir: &Path,
        options: WriterOptions,
        lock: WriterLock,
        previous: Option<Searcher>,
        rebuilding: bool,
    ) -> Result<Self, Error> {
        let failed = |source| Error::tantivy(dir, source);
        let (generation, folder) = generation::create(dir)?;
        let directory = MmapDirectory::open(&folder).map_err(|source| failed(source.into()))?;
        let settings = IndexSettings::default();
        let index = Index::create(directory, Fields::schema().clone(), settings).map_err(failed)?;
        let mut writer = Self::with(dir, options, lock, index, generation);
        writer.rebuilding = rebuilding;
        writer.changed = true;
        if let Some(previous) = previous {
            writer.remember(previous)?;
        }
        Ok(writer)
    }

    fn with(dir: &Path, options: WriterOptions, lock: WriterLock, index: Index, generation: String) -> Self {
        generation::register_tokenizers(&index);
        let payload = Payload { format: FORMAT_VERSION, analyzer: ANALYZER_VERSION, ..Payload::default() };
        Self {
            dir: dir.to_owned(),
            options,
            index,
            inner: None,
            generation,
            in_use: false,
            rebuilding: false,
            changed: false,
            previous: None,
            first_seen: BTreeMap::new(),
            known: BTreeMap::new(),
            ids: Ids::default(),
            payload,
            _lock: lock,
        }
    }

    /// Takes over from the state before what is to outlast it; gives its manifest.
    fn remember(&mut self, previous: Searcher) -> Result<(Vec<DocumentRecord>, Vec<SourceRecord>), Error> {
        let documents = previous.documents()?;
        let sources = previous.sources_with(&documents)?;
        for record in &documents {
            self.ids.remember(&record.source.path, &record.proposed, &record.id);
        }
        self.first_seen = sources.iter().map(|source| (source.path.clone(), source.first_seen)).collect();
        self.previous = Some(previous);
        Ok((documents, sources))
    }

    fn know(&mut self, record: &DocumentRecord) {
        let source = &record.source;
        let documents = Vec::new();
        let known =
            self.known.entry(source.path.clone()).or_insert(Known { source: source.clone(), documents });
        known
            .documents
            .push(KnownDocument { language: record.metadata.language().to_owned(), counts: record.counts });
    }

    /// The sources that the index holds, changes included; none at the start of a rebuild.
    pub fn sources(&self) -> Vec<SourceRecord> {
        self.known.values().map(|known| known.source.clone()).collect()
    }

    /// Adds a source with its documents, or without where it could not be read; what the index
    /// holds of the same path is replaced. Returns the documents' ids. `today` dates the clauses
    /// that were not there before.
    ///
    /// # Errors
    /// The files cannot be written.
    pub fn put(
        &mut self,
        mut source: SourceRecord,
        documents: Prepared,
        today: Date,
    ) -> Result<Vec<String>, Error> {
        self.take_out(&source.path)?;
        source.first_seen = self.first_seen.get(&source.path).copied().flatten().or(Some(today));
        let proposed: Vec<&str> = documents.documents.iter().map(|one| one.document.id.as_str()).collect();
        let languages = documents.documents.iter().map(|one| one.document.metadata.language());
        let ids = self.ids.give(&source.path, &proposed, &languages.collect::<Vec<_>>());
        if documents.documents.is_empty() {
            self.payload.unreadable += u64::from(source.status != FileStatus::Ok);
            self.add(vec![source_document(&source)?])?;
        }
        self.known.insert(source.path.clone(), Known { source: source.clone(), documents: Vec::new() });
        for (prepared, id) in documents.documents.into_iter().zip(&ids) {
            self.put_document(&source, prepared, id, today)?;
        }
        Ok(ids)
    }

    fn put_document(
        &mut self,
        source: &SourceRecord,
        prepared: PreparedDocument,
        id: &str,
        today: Date,
    ) -> Result<(), Error> {
        let record = DocumentRecord {
            id: id.to_owned(),
            proposed: prepared.document.id.clone(),
            source: source.clone(),
            metadata: prepared.document.metadata.clone(),
            pages: prepared.document.pages.pages.clone(),
            text_bytes: prepared.document.text.len(),
            counts: prepared.counts,
        };
        let previous = self.previous.as_ref();
        let ids = &mut self.ids;
        let document =
            own_clause_ids(prepared.document, id, |clause| ids.take_clause(clause, &record.id, previous))?;
        let first_seen = FirstSeen::of(self.previous.as_ref(), id)?;
        let mut batch = Vec::with_capacity(document.clauses.len() + 1);
        for ((seq, clause), words) in (0..).zip(&document.clauses).zip(&prepared.clauses) {
            let mut stored = document.record(clause);
            stored.added = Some(first_seen.date(&stored.text).unwrap_or(today));
            batch.push(clause_document(&stored, words.as_ref(), &prepared.title.value, &source.path, seq)?);
        }
        batch.push(document_document(&record, &prepared.whole.value)?);
        self.payload.counts.add(&record.counts);
        *self.payload.languages.entry(record.metadata.language().to_owned()).or_default() += 1;
        self.know(&record);
        self.add(batch)
    }

    /// Adds records that belong together: one segment holds them, in this order.
    fn add(&mut self, batch: Vec<tantivy::TantivyDocument>) -> Result<(), Error> {
        self.changed = true;
        let done = self.inner()?.run(batch.into_iter().map(UserOperation::Add));
        done.map(|_| ()).map_err(|source| self.failed(source))
    }

    /// Removes a source and all that was read from it; its documents' ids are free for others.
    ///
    /// # Errors
    /// The files cannot be written.
    pub fn remove(&mut self, path: &str) -> Result<(), Error> {
        self.ids.forget(path);
        self.take_out(path)
    }

    fn take_out(&mut self, path: &str) -> Result<(), Error> {
        let Some(known) = self.known.remove(path) else { return Ok(()) };
        self.changed = true;
        let unread = known.documents.is_empty() && known.source.status != FileStatus::Ok;
        self.payload.unreadable -= u64::from(unread && self.payload.unreadable > 0);
        for document in &known.documents {
            self.payload.counts.take_off(&document.counts);
            self.forget_language(&document.language);
        }
        let term = Term::from_field_text(Fields::get().path, path);
        self.inner()?.delete_term(term);
        Ok(())
    }

    fn forget_language(&mut self, language: &str) {
        let languages = &mut self.payload.languages;
        if let Some(documents) = languages.get_mut(language) {
            *documents -= 1;
        }
        languages.retain(|_, documents| *documents > 0);
    }

    /// Makes all since the last commit lasting, and visible but in a rebuild. Does nothing where
    /// nothing changed.
    ///
    /// # Errors
    /// The files cannot be written; then the state before stands.
    pub fn commit(&mut self) -> Result<(), Error> {
        if !self.changed {
            return Ok(());
        }
        let payload = serde_json::to_string(&self.payload)
            .map_err(|source| Error::Record { reason: source.to_string() })?;
        let inner = self.inner()?;
        let committed = inner.prepare_commit().and_then(|mut commit| {
            commit.set_payload(&payload);
            commit.commit()
        });
        committed.map_err(|source| self.failed(source))?;
        self.changed = false;
        if !self.in_use && !self.rebuilding {
            self.take_place()?;
        }
        Ok(())
    }

    /// Commits, waits for merges, puts a rebuilt index in the old one's place and frees the lock.
    ///
    /// # Errors
    /// As [`Writer::commit`].
    pub fn finish(mut self) -> Result<(), Error> {
        self.commit()?;
        if let Some(inner) = self.inner.take() {
            inner.wait_merging_threads().map_err(|source| self.failed(source))?;
        }
        if !self.in_use {
            self.take_place()?;
        }
        generation::remove_others(&self.dir, &[&self.generation])
    }

    fn take_place(&mut self) -> Result<(), Error> {
        generation::swap(&self.dir, &self.generation)?;
        self.in_use = true;
        Ok(())
    }

    fn inner(&mut self) -> Result<&mut IndexWriter, Error> {
        let inner = match self.inner.take() {
            Some(inner) => inner,
            None => start_writing(&self.index, self.options).map_err(|source| self.failed(source))?,
        };
        Ok(self.inner.insert(inner))
    }

    fn failed(&self, source: TantivyError) -> Error {
        Error::tantivy(&self.dir, source)
    }
}

fn start_writing(index: &Index, options: WriterOptions) -> tantivy::Result<IndexWriter> {
    let threads = options.threads.max(1);
    let heap = (options.heap_bytes / threads).clamp(LEAST_HEAP, MOST_HEAP) * threads;
    let inner = index.writer_with_num_threads(threads, heap)?;
    let mut policy = LogMergePolicy::default();
    policy.set_min_num_segments(MERGED_AT_ONCE);
    policy.set_del_docs_ratio_before_merge(MOST_DELETED);
    inner.set_merge_policy(Box::new(policy));
    Ok(inner)
}
