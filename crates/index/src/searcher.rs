//! One committed state of an index, open for reading.

use std::borrow::Cow;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use chapeau_document::ClauseRecord;
use serde::de::DeserializeOwned;
use tantivy::columnar::Column;
use tantivy::directory::MmapDirectory;
use tantivy::schema::{IndexRecordOption, Value};
use tantivy::{
    DocAddress, DocSet, Index, IndexMeta, ReloadPolicy, SegmentReader, TERMINATED, TantivyDocument,
    TantivyError, Term,
};

use crate::columns::{Columns, NameColumn};
use crate::copies::Copies;
use crate::engine::Engine;
use crate::generation::{Payload, current, register_tokenizers};
use crate::older::{
    ClauseRecord2, LACKED_BY_CLAUSES_4, LACKED_BY_CLAUSES_5, LACKED_BY_DOCUMENTS_6, OlderDocument,
    SourceRecord1, SourceRecord2,
};
use crate::quickwit::{self, Served};
use crate::read_only::ReadOnly;
use crate::remote;
use crate::state::{State, is_of_commit, is_same};
use crate::vocabulary::Vocabulary;
use crate::{
    Budget, DocumentRecord, Error, Fields, History, Language, RecordKind, Since, SourceRecord, Statistics,
};

/// Times that opening is tried where the index stays as it is: a writer may remove files in the
/// moment between reading which there are and opening them, which looks like damage.
const OPENINGS: usize = 5;
/// Times that it is tried in all. Each means a commit in the moment of opening; a writer does not
/// commit so often in so short a time.
const MOST_OPENINGS: usize = 100;

/// In place of the address of a record on another machine.
const ELSEWHERE: DocAddress = DocAddress { segment_ord: u32::MAX, doc_id: u32::MAX };

/// One state of an index. Cheap to clone; it stays readable while the index changes.
#[derive(Clone)]
pub struct Searcher {
    dir: PathBuf,
    statistics: Statistics,
    payload: Payload,
    records: Records,
    pub(crate) copies: Arc<OnceLock<Copies>>,
    pub(crate) vocabulary: Arc<Vocabulary>,
    pub(crate) budget: Budget,
}

/// Where the records lie.
#[derive(Clone)]
enum Records {
    Here(Files),
    Elsewhere(Arc<dyn Engine>),
}

/// An index on this machine.
#[derive(Clone)]
struct Files {
    inner: tantivy::Searcher,
    state: State,
    columns: Arc<Columns>,
}

impl fmt::Debug for Searcher {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Searcher").field("dir", &self.dir).finish_non_exhaustive()
    }
}

impl Searcher {
    /// Opens the index at `dir` as last committed. Works on a read-only folder, and on the address of
    /// an index on other machines: `quickwit+http://host:7280/clauses`.
    ///
    /// # Errors
    /// There is none, it is no index of ours, of another version, damaged, or not readable.
    pub fn open(dir: &Path) -> Result<Self, Error> {
        if let Some(address) = quickwit::address(dir) {
            return Ok(Self::elsewhere(dir, Arc::new(Served::open(address)?)));
        }
        let mut n_failed = 0;
        for _ in 0..MOST_OPENINGS {
            let before = State::on_disk(dir);
            match Self::open_once(dir, Payload::of) {
                Ok(Some(searcher)) => return Ok(searcher),
                Ok(None) => {}
                Err(error @ Error::Corrupt { .. }) => {
                    n_failed = if State::on_disk(dir) == before { n_failed + 1 } else { 0 };
                    if n_failed == OPENINGS {
                        return Err(error);
                    }
                }
                Err(error) => return Err(error),
            }
        }
        Err(Error::Corrupt { path: dir.to_owned(), reason: "it changes whenever it is opened".to_owned() })
    }

    /// Opens an index of any version up to this one, to take over what outlasts a rebuild.
    /// Records of another format are read as far as they are known.
    ///
    /// # Errors
    /// As [`Searcher::open`], and where it was written by a newer program.
    pub(crate) fn open_older(dir: &Path) -> Result<Self, Error> {
        let opened = Self::open_once(dir, Payload::of_older)?;
        // Only writers call this, which hold the lock: nobody commits meanwhile.
        let torn = || Error::Corrupt { path: dir.to_owned(), reason: "it changes while it is opened".into() };
        opened.ok_or_else(torn)
    }

    /// `None` where a commit fell between the two looks that opening takes: what the commit says
    /// of itself, and its segments.
    fn open_once(
        dir: &Path,
        read_payload: fn(&Path, &IndexMeta) -> Result<Payload, Error>,
    ) -> Result<Option<Self>, Error> {
        let failed = |source: TantivyError| Error::tantivy(dir, source);
        let generation = current(dir)?.ok_or_else(|| Error::Missing(dir.to_owned()))?;
        let folder = dir.join(&generation);
        let mut state = State::of(&folder, generation);
        let directory = MmapDirectory::open(&folder).map_err(|source| failed(source.into()))?;
        let index = Index::open(ReadOnly(directory)).map_err(failed)?;
        register_tokenizers(&index);
        let commit = index.load_metas().map_err(failed)?;
        let payload = read_payload(dir, &commit)?;
        state.opstamp = commit.opstamp;
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into().map_err(failed)?;
        let inner: tantivy::Searcher = reader.searcher();
        // Tantivy takes a file that goes in the moment of opening for one that is empty. Files of
        // the commit go only after the next one is written down.
        let is_last = index.load_metas().is_ok_and(|last| is_same(&last, &commit));
        if !is_last || !is_of_commit(&inner, &commit) {
            return Ok(None);
        }
        let statistics = Statistics::new(inner.clone(), payload.counts);
        let (columns, copies, vocabulary) = (Arc::default(), Arc::default(), Arc::default());
        let records = Records::Here(Files { inner, state, columns });
        let budget = Budget::unlimited();
        Ok(Some(Self { dir: dir.to_owned(), statistics, payload, records, copies, vocabulary, budget }))
    }

    /// An index on other machines.
    pub(crate) fn elsewhere(place: &Path, engine: Arc<dyn Engine>) -> Self {
        let payload = engine.payload().clone();
        let statistics = Statistics::elsewhere(engine.clone(), payload.counts);
        let (records, copies, vocabulary) = (Records::Elsewhere(engine), Arc::default(), Arc::default());
        let (dir, budget) = (place.to_owned(), Budget::unlimited());
        Self { dir, statistics, payload, records, copies, vocabulary, budget }
    }

    /// The same, but that its statistics are only noted: [`Searcher::count_gathered`].
    #[must_use]
    pub fn gathering(&self) -> Self {
        Self { statistics: self.statistics.gathering(), ..self.clone() }
    }

    pub(crate) fn engine(&self) -> Option<&dyn Engine> {
        if let Records::Elsewhere(engine) = &self.records { Some(&**engine) } else { None }
    }

    fn files(&self) -> Result<&Files, Error> {
        match &self.records {
            Records::Here(files) => Ok(files),
            Records::Elsewhere(_) => Err(Error::Unsupported { what: "that: it lies on other machines" }),
        }
    }

    /// The state committed since, if there is a newer one. Costs two looks at the file system
    /// where there is none.
    ///
    /// # Errors
    /// As [`Searcher::open`].
    pub fn reload(&self) -> Result<Option<Self>, Error> {
        let files = match &self.records {
            Records::Here(files) => files,
            Records::Elsewhere(engine) => {
                let Some(newer) = engine.reload()? else { return Ok(None) };
                let vocabulary = Arc::new(self.vocabulary.next());
                return Ok(Some(Self { vocabulary, ..Self::elsewhere(&self.dir, newer) }));
            }
        };
        let generation = current(&self.dir)?.ok_or_else(|| Error::Missing(self.dir.clone()))?;
        let mut now = State::of(&self.dir.join(&generation), generation);
        now.opstamp = files.state.opstamp;
        if now == files.state { Ok(None) } else { Self::open(&self.dir).map(Some) }
    }

    /// A name of this state, another after every commit: for caches and HTTP tags.
    pub fn version(&self) -> String {
        match &self.records {
            Records::Here(Files { state, .. }) => format!("{}.{}", state.generation, state.opstamp),
            Records::Elsewhere(engine) => engine.version(),
        }
    }

    /// The folder it was opened from.
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// Tantivy's searcher: fields are [`crate::Fields::get`].
    ///
    /// # Errors
    /// The index lies on other machines: see [`Searcher::is_remote`].
    pub fn tantivy(&self) -> Result<&tantivy::Searcher, Error> {
        Ok(&self.files()?.inner)
    }

    /// Exact counts for scoring.
    pub fn statistics(&self) -> &Statistics {
        &self.statistics
    }

    /// The names that the records of a segment have in a field; none where no record has one.
    /// Opened once for all clones of this state.
    ///
    /// # Errors
    /// The index is damaged.
    pub fn names(&self, segment: u32, field: &'static str) -> Result<Option<Arc<NameColumn>>, Error> {
        let files = self.files()?;
        let reader = files.inner.segment_reader(segment);
        files.columns.names(segment, reader, field).map_err(|source| self.failed(source))
    }

    /// The numbers that the records of a segment have in a field, opened as [`Searcher::names`] are.
    ///
    /// # Errors
    /// The index is damaged.
    pub fn numbers(&self, segment: u32, field: &'static str) -> Result<Column<u64>, Error> {
        let files = self.files()?;
        let reader = files.inner.segment_reader(segment);
        files.columns.numbers(segment, reader, field).map_err(|source| self.failed(source))
    }

    /// A clause by its address.
    ///
    /// # Errors
    /// The address holds no clause, or the index is damaged.
    pub fn clause(&self, at: DocAddress) -> Result<ClauseRecord, Error> {
        self.stored_clause(at)
    }

    /// A clause by its id, with its address; one that says nothing where the index lies on other
    /// machines.
    ///
    /// # Errors
    /// The index is damaged.
    pub fn clause_by_id(&self, id: &str) -> Result<Option<(DocAddress, ClauseRecord)>, Error> {
        if let Some(engine) = self.engine() {
            return Ok(remote::clause_by_id(engine, id)?.map(|clause| (ELSEWHERE, clause)));
        }
        let term = Term::from_field_text(Fields::get().id, id);
        for at in self.addresses(&term)? {
            if !self.is(at, RecordKind::Document)? {
                return Ok(Some((at, self.stored_clause(at)?)));
            }
        }
        Ok(None)
    }

    /// Where the clauses are whose text is `text`, of those that can be hits.
    ///
    /// # Errors
    /// The index is damaged.
    pub fn same_text(&self, text: &str) -> Result<Vec<DocAddress>, Error> {
        self.addresses(&Fields::same_term(text))
    }

    /// Where the clauses are whose text has the same words as `text`: see [`Fields::near_term`].
    ///
    /// # Errors
    /// The index is damaged.
    pub fn same_words(&self, text: &str, language: Language) -> Result<Vec<DocAddress>, Error> {
        self.addresses(&Fields::near_term(text, language))
    }

    /// The clauses of a document, headings and chapeaux included, in order.
    ///
    /// # Errors
    /// The index is damaged.
    pub fn clauses_of(&self, document: &str) -> Result<Vec<ClauseRecord>, Error> {
        if let Some(engine) = self.engine() {
            return remote::clauses_of(engine, document);
        }
        let term = Term::from_field_text(Fields::get().document, document);
        let mut found = Vec::new();
        for at in self.addresses(&term)? {
            let segment = self.tantivy()?.segment_reader(at.segment_ord);
            let seq =
                segment.fast_fields().u64("seq").map_err(|source| self.failed(source))?.first(at.doc_id);
            // A document record has no place among the clauses.
            found.extend(seq.map(|seq| (seq, at)));
        }
        found.sort_unstable();
        found.into_iter().map(|(_, at)| self.stored_clause(at)).collect()
    }

    /// A document by its address.
    ///
    /// # Errors
    /// The address holds no document, or the index is damaged.
    pub fn document(&self, at: DocAddress) -> Result<DocumentRecord, Error> {
        self.stored_document(at)
    }

    /// A document by its id.
    ///
    /// # Errors
    /// The index is damaged.
    pub fn document_by_id(&self, id: &str) -> Result<Option<DocumentRecord>, Error> {
        if let Some(engine) = self.engine() {
            return remote::document_by_id(engine, id);
        }
        let term = Term::from_field_text(Fields::get().id, id);
        for at in self.addresses(&term)? {
            if self.is(at, RecordKind::Document)? {
                return self.stored_document(at).map(Some);
            }
        }
        Ok(None)
    }

    /// All documents, by id.
    ///
    /// # Errors
    /// The index is damaged.
    pub fn documents(&self) -> Result<Vec<DocumentRecord>, Error> {
        let mut documents = self.unsorted_documents()?;
        documents.sort_by(|a, b| a.id.cmp(&b.id));
        Ok(documents)
    }

    /// The ids of all documents, in order.
    ///
    /// # Errors
    /// The index is damaged.
    pub fn document_ids(&self) -> Result<Vec<String>, Error> {
        Ok(self.documents()?.into_iter().map(|record| record.id).collect())
    }

    /// All sources, read or not, by path.
    ///
    /// # Errors
    /// The index is damaged.
    pub fn sources(&self) -> Result<Vec<SourceRecord>, Error> {
        self.sources_with(&self.unsorted_documents()?)
    }

    /// The same, for a caller who has the documents already.
    pub(crate) fn sources_with(&self, documents: &[DocumentRecord]) -> Result<Vec<SourceRecord>, Error> {
        // A record of its own comes first, and counts: it is newer than what the documents hold.
        let mut sources: Vec<SourceRecord> = match self.payload.format {
            1 => self.all::<SourceRecord1>(RecordKind::Source)?.into_iter().map(SourceRecord::from).collect(),
            2 | 3 => {
                self.all::<SourceRecord2>(RecordKind::Source)?.into_iter().map(SourceRecord::from).collect()
            }
            _ => self.all(RecordKind::Source)?,
        };
        sources.extend(documents.iter().map(|record| record.source.clone()));
        sources.sort_by(|a, b| a.path.cmp(&b.path));
        sources.dedup_by(|a, b| a.path == b.path);
        Ok(sources)
    }

    /// What runs changed from a moment on.
    ///
    /// # Errors
    /// The journal is damaged or cannot be read.
    pub fn history(&self, since: Since) -> Result<History, Error> {
        match self.engine() {
            Some(engine) => remote::history(engine, since),
            None => self.payload.journal.history(&self.dir, since),
        }
    }

    /// The last run that changed anything; 0 where none is known.
    ///
    /// # Errors
    /// The index cannot be reached.
    pub fn last_run(&self) -> Result<u64, Error> {
        self.engine().map_or(Ok(self.payload.journal.last_run), remote::last_run)
    }

    pub(crate) fn payload(&self) -> &Payload {
        &self.payload
    }

    pub(crate) fn generation(&self) -> Result<&str, Error> {
        Ok(&self.files()?.state.generation)
    }

    /// Live records of a kind, counted one by one.
    pub(crate) fn n_records(&self, kind: RecordKind) -> Result<u64, Error> {
        if let Some(engine) = self.engine() {
            return Ok(remote::frequencies(engine, &[kind.term()])?.into_iter().sum());
        }
        Ok(self.addresses(&kind.term())?.len() as u64)
    }

    fn unsorted_documents(&self) -> Result<Vec<DocumentRecord>, Error> {
        if let Some(engine) = self.engine() {
            return remote::all(engine, RecordKind::Document);
        }
        let places = self.addresses(&RecordKind::Document.term())?;
        places.into_iter().map(|at| self.stored_document(at)).collect()
    }

    fn stored_document(&self, at: DocAddress) -> Result<DocumentRecord, Error> {
        match self.payload.format {
            1 => self.stored::<OlderDocument<SourceRecord1>>(at).map(DocumentRecord::from),
            2 | 3 => self.stored::<OlderDocument<SourceRecord2>>(at).map(DocumentRecord::from),
            4 => self.stored::<OlderDocument<SourceRecord>>(at).map(DocumentRecord::from),
            5 | 6 => self.stored_with(at, LACKED_BY_DOCUMENTS_6),
            _ => self.stored(at),
        }
    }

    fn stored_clause(&self, at: DocAddress) -> Result<ClauseRecord, Error> {
        // Whatever reads many clauses ends here once nobody waits for it.
        self.budget.check()?;
        match self.payload.format {
            1 | 2 => self.stored::<ClauseRecord2>(at).map(ClauseRecord::from),
            3 | 4 => self.stored_with(at, LACKED_BY_CLAUSES_4),
            5 => self.stored_with(at, LACKED_BY_CLAUSES_5),
            _ => self.stored(at),
        }
    }

    /// All live records of a kind.
    fn all<T: DeserializeOwned>(&self, kind: RecordKind) -> Result<Vec<T>, Error> {
        if let Some(engine) = self.engine() {
            return remote::all(engine, kind);
        }
        self.addresses(&kind.term())?.into_iter().map(|at| self.stored(at)).collect()
    }

    fn is(&self, at: DocAddress, kind: RecordKind) -> Result<bool, Error> {
        let segment = self.tantivy()?.segment_reader(at.segment_ord);
        let postings = self.postings(segment, &kind.term())?;
        // Seeking backwards is forbidden.
        Ok(postings
            .is_some_and(|mut postings| postings.doc() <= at.doc_id && postings.seek(at.doc_id) == at.doc_id))
    }

    /// Where the live records with a term are, in order.
    ///
    /// # Errors
    /// The index is damaged.
    pub fn addresses(&self, term: &Term) -> Result<Vec<DocAddress>, Error> {
        let mut found = Vec::new();
        for (segment_ord, segment) in (0..).zip(self.tantivy()?.segment_readers()) {
            let Some(mut postings) = self.postings(segment, term)? else { continue };
            while postings.doc() != TERMINATED {
                if !segment.is_deleted(postings.doc()) {
                    found.push(DocAddress::new(segment_ord, postings.doc()));
                }
                postings.advance();
            }
        }
        Ok(found)
    }

    fn postings(&self, segment: &SegmentReader, term: &Term) -> Result<Option<impl DocSet + use<>>, Error> {
        let inverted = segment.inverted_index(term.field()).map_err(|source| self.failed(source))?;
        let postings = inverted.read_postings(term, IndexRecordOption::Basic);
        postings.map_err(|source| self.failed(source.into()))
    }

    /// The record at an address.
    fn stored<T: DeserializeOwned>(&self, at: DocAddress) -> Result<T, Error> {
        self.stored_with(at, &[])
    }

    /// The same with bytes after it that its format did not store yet.
    fn stored_with<T: DeserializeOwned>(&self, at: DocAddress, lacking: &[u8]) -> Result<T, Error> {
        let corrupt = |reason: String| Error::Corrupt { path: self.dir.clone(), reason };
        let doc: TantivyDocument = self.tantivy()?.doc(at).map_err(|source| self.failed(source))?;
        let value = doc.get_first(Fields::get().stored);
        let bytes = value.as_ref().and_then(Value::as_bytes);
        let bytes = bytes.ok_or_else(|| corrupt(format!("record {at:?} holds nothing")))?;
        let whole = if lacking.is_empty() { Cow::Borrowed(bytes) } else { [bytes, lacking].concat().into() };
        postcard::from_bytes(&whole).map_err(|source| corrupt(format!("record {at:?}: {source}")))
    }

    pub(crate) fn failed(&self, source: TantivyError) -> Error {
        Error::tantivy(&self.dir, source)
    }
}
