//! The one that changes an index: adds and removes sources, and commits.

mod opening;

use std::collections::{BTreeMap, HashMap};
use std::path::PathBuf;

use chapeau_document::{ClauseRecord, Date, FileStatus};

use crate::digest::clauses_digest;
use crate::engine::Recorder;
use crate::generation::Payload;
use crate::held::{Known, KnownDocument};
use crate::identity::{FirstSeen, Ids, foreign_ids, own_clause_ids};
use crate::prepared::PreparedDocument;
use crate::ran::Ran;
use crate::record::{change_document, clause_document, document_document, source_document};
use crate::{DocumentRecord, Error, Prepared, RecordKind, Searcher, SourceRecord};

/// The writer of an index; there is one at a time. Nothing is seen by readers before a commit,
/// and what is dropped uncommitted is as if it had never been.
pub struct Writer {
    dir: PathBuf,
    records: Box<dyn Recorder>,
    has_forgotten: bool,
    changed: bool,
    /// The state before, for ids and first-seen dates.
    previous: Option<Searcher>,
    first_seen: BTreeMap<String, Option<Date>>,
    /// What the state before held, where this one is built anew.
    replaced: Vec<SourceRecord>,
    /// By path: the documents that the state before had of its text under another path.
    elsewhere: BTreeMap<String, Vec<String>>,
    /// Which source each text was read from, as far as it stays.
    owners: HashMap<String, String>,
    known: BTreeMap<String, Known>,
    ids: Ids,
    payload: Payload,
    /// What changed, for the journal.
    ran: Ran,
}

impl std::fmt::Debug for Writer {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Writer").field("dir", &self.dir).finish_non_exhaustive()
    }
}

impl Writer {
    fn know(&mut self, record: &DocumentRecord) {
        let source = &record.source;
        let known = self.known.entry(source.path.clone()).or_insert_with(|| Known::of(source.clone()));
        known.documents.push(KnownDocument {
            id: record.id.clone(),
            language: record.metadata.language().to_owned(),
            counts: record.counts,
        });
    }

    /// The sources that the index holds, changes included; in a rebuild those of the index that
    /// is replaced.
    pub fn sources(&self) -> Vec<SourceRecord> {
        if self.is_anew() {
            return self.replaced.clone();
        }
        self.known.values().map(|known| known.source.clone()).collect()
    }

    /// Whether all is to be put in again, since the index is started or replaced.
    pub fn is_anew(&self) -> bool {
        self.records.is_anew()
    }

    /// Whether ids and first-seen dates could not be taken over from the index that is replaced,
    /// which is damaged or of a newer version.
    pub fn has_forgotten(&self) -> bool {
        self.has_forgotten
    }

    /// For how many days what this run and others changed is kept, instead of 400.
    pub fn keep_changes(&mut self, days: u16) {
        self.ran.keep(days);
    }

    /// Says which sources will be put again or removed: until then, no other source can be held
    /// to repeat the text that they had.
    pub fn expect<'a>(&mut self, paths: impl IntoIterator<Item = &'a str>) {
        for path in paths {
            let digest = self.known.get(path).map(|known| &known.source.digest);
            if let Some(digest) =
                digest.filter(|digest| self.owners.get(*digest).is_some_and(|of| of == path))
            {
                self.owners.remove(digest);
            }
        }
    }

    /// Remembers another time of a source whose bytes are the same.
    ///
    /// # Errors
    /// The files cannot be written.
    pub fn touch(&mut self, path: &str, modified: i64) -> Result<(), Error> {
        let Some(known) = self.known.get(path) else { return Ok(()) };
        self.replace_record(SourceRecord { modified, ..known.source.clone() })
    }

    /// Remembers that a source cannot be read just now, and keeps the documents that were read
    /// from it before; says whether there are any.
    ///
    /// # Errors
    /// The files cannot be written.
    pub fn keep(&mut self, source: SourceRecord) -> Result<bool, Error> {
        let Some(known) = self.known.get(&source.path).filter(|known| !known.documents.is_empty()) else {
            return Ok(false);
        };
        let first_seen = known.source.first_seen;
        // Without a digest it is read as soon as it looks different.
        self.replace_record(SourceRecord { digest: String::new(), first_seen, same_as: None, ..source })?;
        Ok(true)
    }

    /// Puts a record of the source itself beside what its documents say of it.
    fn replace_record(&mut self, source: SourceRecord) -> Result<(), Error> {
        let Some(known) = self.known.get_mut(&source.path) else { return Ok(()) };
        let record = source_document(&source)?;
        let path = source.path.clone();
        known.source = source;
        if std::mem::replace(&mut known.has_record, true) {
            self.records.remove(&path, Some(RecordKind::Source))?;
        }
        self.add(vec![record])
    }

    /// Gives a source the ids and dates of one that is gone, and removes that one. The source is
    /// to be put next, before a commit.
    ///
    /// # Errors
    /// The files cannot be written.
    pub fn rename(&mut self, from: &str, to: &str) -> Result<(), Error> {
        self.ids.rename(from, to);
        let first_seen = [self.first_seen.get(from), self.first_seen.get(to)].into_iter().flatten().flatten();
        if let Some(first_seen) = first_seen.min().copied() {
            self.first_seen.insert(to.to_owned(), Some(first_seen));
        }
        self.take_out(from)
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
        if let Some(owner) = self.owner_of(&source, &documents) {
            source.same_as = Some(owner);
            self.ids.forget(&source.path);
            self.put_record(source)?;
            return Ok(Vec::new());
        }
        let proposed: Vec<&str> = documents.documents.iter().map(|one| one.document.id.as_str()).collect();
        let languages = documents.documents.iter().map(|one| one.document.metadata.language());
        let ids = self.ids.give(&source.path, &proposed, &languages.collect::<Vec<_>>());
        if documents.documents.is_empty() {
            self.payload.unreadable += u64::from(source.status != FileStatus::Ok);
            self.put_record(source)?;
            return Ok(ids);
        }
        self.known.insert(source.path.clone(), Known::of(source.clone()));
        for (prepared, id) in documents.documents.into_iter().zip(&ids) {
            self.put_document(&source, prepared, id, today)?;
        }
        if !source.digest.is_empty() {
            self.owners.insert(source.digest, source.path);
        }
        Ok(ids)
    }

    /// The other source that the same text was read from; `None` where more is said of this one.
    fn owner_of(&self, source: &SourceRecord, documents: &Prepared) -> Option<String> {
        let owner = self.owners.get(&source.digest).filter(|_| !documents.documents.is_empty())?;
        let said = self.known.get(owner)?.source.given.as_ref();
        (source.given.is_none() || source.given.as_ref() == said).then(|| owner.clone())
    }

    /// Adds a source that has no documents of its own.
    fn put_record(&mut self, source: SourceRecord) -> Result<(), Error> {
        let record = source_document(&source)?;
        let known = Known { has_record: true, ..Known::of(source.clone()) };
        self.known.insert(source.path, known);
        self.add(vec![record])
    }

    fn put_document(
        &mut self,
        source: &SourceRecord,
        prepared: PreparedDocument,
        id: &str,
        today: Date,
    ) -> Result<(), Error> {
        let mut record = DocumentRecord {
            id: id.to_owned(),
            proposed: prepared.document.id.clone(),
            source: source.clone(),
            metadata: prepared.document.metadata.clone(),
            pages: prepared.document.pages.pages.clone(),
            furniture: prepared.document.furniture.clone(),
            text_bytes: prepared.document.text.len(),
            counts: prepared.counts,
            clauses_digest: 0,
        };
        let previous = self.previous.as_ref();
        let foreign = foreign_ids(&prepared.document, id);
        let before = documents_of(previous, &foreign.iter().cloned().collect::<Vec<_>>())?;
        let ids = &mut self.ids;
        let document = own_clause_ids(prepared.document, id, |clause| {
            // Those that were numbered just now are asked for one by one.
            let asked = if foreign.contains(clause) {
                None
            } else {
                Some(documents_of(previous, &[clause.to_owned()])?)
            };
            let before = asked.as_ref().unwrap_or(&before).get(clause);
            Ok(ids.take_clause(clause, &record.id, before.map(String::as_str)))
        })?;
        let clauses = document.clauses.iter();
        record.clauses_digest =
            clauses_digest(clauses.map(|clause| (clause.id.as_str(), document.text_of(clause))));
        let before = self.clauses_before(id)?;
        let mut elsewhere = Vec::new();
        for document in self.elsewhere.get(&source.path).into_iter().flatten() {
            elsewhere.extend(self.clauses_before(document)?);
        }
        let first_seen = FirstSeen::of(before.iter().chain(&elsewhere));
        let texts = document.clauses.iter().map(|clause| document.text_of(clause));
        self.ran.put(id, source, &before, texts);
        let mut batch = Vec::with_capacity(document.clauses.len() + 1);
        for ((seq, clause), words) in (0..).zip(&document.clauses).zip(&prepared.clauses) {
            let mut stored = document.record(clause);
            stored.added = Some(first_seen.date(&stored.text).unwrap_or(today));
            batch.push(clause_document(&stored, words.as_ref(), &prepared.title.value, &source.path, seq)?);
        }
        batch.push(document_document(&record)?);
        self.payload.counts.add(&record.counts);
        *self.payload.languages.entry(record.metadata.language().to_owned()).or_default() += 1;
        self.know(&record);
        self.add(batch)
    }

    fn clauses_before(&self, document: &str) -> Result<Vec<ClauseRecord>, Error> {
        self.previous.as_ref().map_or(Ok(Vec::new()), |previous| previous.clauses_of(document))
    }

    /// Adds records that belong together: one segment holds them, in this order.
    fn add(&mut self, batch: Vec<tantivy::TantivyDocument>) -> Result<(), Error> {
        self.changed = true;
        self.records.add(batch)
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
        self.expect([path]);
        let Some(known) = self.known.remove(path) else { return Ok(()) };
        self.changed = true;
        let unread = known.documents.is_empty() && known.source.status != FileStatus::Ok;
        self.payload.unreadable -= u64::from(unread && self.payload.unreadable > 0);
        for document in &known.documents {
            self.payload.counts.take_off(&document.counts);
            self.forget_language(&document.language);
            self.ran.gone(&document.id);
        }
        self.records.remove(path, None)
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
        // Before the commit that vouches for it, and synced.
        let (mark, told) = self.ran.tell(self.previous.as_ref())?;
        self.payload.journal = mark;
        if !told.is_empty() {
            self.records.add(told.iter().map(change_document).collect::<Result<_, Error>>()?)?;
        }
        self.records.commit(&self.payload)?;
        self.changed = false;
        Ok(())
    }

    /// Commits, waits for merges, puts a rebuilt index in the old one's place and frees the lock.
    ///
    /// # Errors
    /// As [`Writer::commit`].
    pub fn finish(mut self) -> Result<(), Error> {
        self.changed |= self.is_anew() && self.ran.all_is_put();
        self.commit()?;
        self.records.finish()
    }
}

/// The documents that had clauses of these ids in the state before.
fn documents_of(previous: Option<&Searcher>, clauses: &[String]) -> Result<HashMap<String, String>, Error> {
    let found = previous.map_or_else(|| Ok(Vec::new()), |previous| previous.clauses_by_ids(clauses))?;
    Ok(found.into_iter().map(|clause| (clause.id, clause.document)).collect())
}
