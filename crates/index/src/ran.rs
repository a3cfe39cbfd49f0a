//! What a run has done to documents so far, gathered for the journal.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use chapeau_document::{ClauseRecord, Date};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

use crate::digest::digest;
use crate::journal::{Cause, DocumentChange, Journal, Mark, Told};
use crate::{DocumentRecord, Error, Searcher, SourceRecord};

/// Days for which changes are kept, if nobody says otherwise: a year, and the month in which
/// somebody asks for it.
const KEPT_DAYS: u16 = 400;

/// Clauses that went that one record tells of: some megabyte of what Quickwit takes ten of.
pub(crate) const MOST_GONE: usize = 500;

/// The doings of one writer.
#[derive(Debug)]
pub(crate) struct Ran {
    /// The file; none of an index elsewhere, which has records instead.
    journal: Option<Journal>,
    run: u64,
    /// Changes told so far.
    n_told: u64,
    at: Timestamp,
    kept_days: u16,
    /// Whether nothing is told: what was there before is not known.
    is_silent: bool,
    /// By document of the state before: the bytes that it was read from, and what was said of them.
    read_from: HashMap<String, (String, Option<String>)>,
    /// Where all is put in again: the documents of the state before that were not, so far.
    left: BTreeSet<String>,
    pending: BTreeMap<String, Pending>,
    /// Documents whose going was told by an earlier commit of this run.
    told_gone: HashSet<String>,
}

#[derive(Debug)]
enum Pending {
    Gone,
    Put(Box<DocumentChange>),
}

/// The day in universal time.
pub(crate) fn today() -> Date {
    day(Timestamp::now())
}

fn day(at: Timestamp) -> Date {
    at.to_zoned(TimeZone::UTC).date()
}

impl Ran {
    pub(crate) fn new(journal: Journal) -> Self {
        let after = Self::after(journal.last_run());
        Self { journal: Some(journal), ..after }
    }

    /// The doings of the writer of an index elsewhere, after the last run that is known.
    pub(crate) fn after(last_run: u64) -> Self {
        Self {
            run: last_run + 1,
            n_told: 0,
            journal: None,
            at: Timestamp::now(),
            kept_days: KEPT_DAYS,
            is_silent: false,
            read_from: HashMap::new(),
            left: BTreeSet::new(),
            pending: BTreeMap::new(),
            told_gone: HashSet::new(),
        }
    }

    /// A run of which nothing can be told.
    pub(crate) fn silent(journal: Journal) -> Self {
        // It is itself the last one of which something is not known.
        Self { run: journal.last_run(), is_silent: true, ..Self::new(journal) }
    }

    pub(crate) fn keep(&mut self, days: u16) {
        self.kept_days = days;
    }

    /// Takes in the documents of the state before; `all_anew` if every one will be put again.
    pub(crate) fn remember(&mut self, documents: &[DocumentRecord], all_anew: bool) {
        for record in documents {
            let source = &record.source;
            self.read_from.insert(record.id.clone(), (source.digest.clone(), source.given.clone()));
        }
        if all_anew {
            self.left = documents.iter().map(|record| record.id.clone()).collect();
        }
    }

    /// A document is no longer there, unless it is put again.
    pub(crate) fn gone(&mut self, document: &str) {
        if self.read_from.contains_key(document) && !self.told_gone.contains(document) {
            self.pending.insert(document.to_owned(), Pending::Gone);
        } else {
            self.pending.remove(document);
        }
    }

    /// All has been put in again: what was not is gone. Whether there is any.
    pub(crate) fn all_is_put(&mut self) -> bool {
        let left = std::mem::take(&mut self.left);
        left.iter().for_each(|document| self.gone(document));
        !left.is_empty()
    }

    /// A document is there: with these clauses before, and these now.
    pub(crate) fn put<'a>(
        &mut self,
        document: &str,
        source: &SourceRecord,
        before: &[ClauseRecord],
        now: impl Iterator<Item = &'a str>,
    ) {
        self.left.remove(document);
        self.pending.remove(document);
        let known = self.read_from.get(document).filter(|_| !self.told_gone.contains(document));
        let is_new = known.is_none();
        let before = if is_new { &[] } else { before };
        let (came, gone) = if is_new { Default::default() } else { difference(before, now) };
        if self.is_silent || !is_new && came.is_empty() && gone.is_empty() {
            return;
        }
        let cause = known.map_or(Cause::Source, |known| cause(known, source));
        let change = DocumentChange { cause, is_new, came, ..self.line(document, gone) };
        self.pending.insert(document.to_owned(), Pending::Put(Box::new(change)));
    }

    /// What is said of a document from which these clauses went.
    fn line(&self, document: &str, gone: Vec<(usize, ClauseRecord)>) -> DocumentChange {
        let (places, gone) = gone.into_iter().unzip();
        DocumentChange {
            run: self.run,
            day: day(self.at),
            at: format!("{:.0}", self.at),
            document: document.to_owned(),
            cause: Cause::Source,
            is_new: false,
            came: Vec::new(),
            gone,
            places,
        }
    }

    /// What was done since the last time.
    fn changes(&mut self, previous: Option<&Searcher>) -> Result<Vec<DocumentChange>, Error> {
        let mut changes = Vec::new();
        for (document, pending) in std::mem::take(&mut self.pending) {
            changes.push(match pending {
                Pending::Put(change) => *change,
                Pending::Gone => {
                    let clauses = previous.map(|previous| previous.clauses_of(&document)).transpose()?;
                    self.told_gone.insert(document.clone());
                    self.line(&document, clauses.unwrap_or_default().into_iter().enumerate().collect())
                }
            });
        }
        Ok(changes)
    }

    /// Tells what was done since the last time: in the file, with what the next commit is to say of it;
    /// or in records that are to come with it.
    pub(crate) fn tell(&mut self, previous: Option<&Searcher>) -> Result<(Mark, Vec<Told>), Error> {
        let changes = self.changes(previous)?;
        let Some(journal) = &mut self.journal else {
            let told = changes.into_iter().flat_map(in_parts).map(|change| {
                self.n_told += 1;
                Told { place: self.n_told, change }
            });
            return Ok((Mark::default(), told.collect()));
        };
        let mut lines = Vec::new();
        for change in changes {
            serde_json::to_writer(&mut lines, &change)
                .map_err(|source| Error::Record { reason: source.to_string() })?;
            lines.push(b'\n');
        }
        let oldest = day(self.at).checked_sub(i64::from(self.kept_days).days()).ok();
        Ok((journal.append(&lines, self.run, oldest)?, Vec::new()))
    }
}

/// A change in parts that are small enough to be handed in. The last one is undone first: it has what
/// came, and the first of what went.
pub(crate) fn in_parts(mut change: DocumentChange) -> Vec<DocumentChange> {
    let mut parts = Vec::new();
    while change.gone.len() > MOST_GONE {
        let at = (change.gone.len() - 1) / MOST_GONE * MOST_GONE;
        let (gone, places) = (change.gone.split_off(at), change.places.split_off(at));
        parts.push(DocumentChange { came: Vec::new(), gone, places, ..change.clone() });
    }
    parts.push(change);
    parts
}

fn cause((digest, given): &(String, Option<String>), source: &SourceRecord) -> Cause {
    match () {
        () if *digest != source.digest || digest.is_empty() => Cause::Source,
        () if *given != source.given => Cause::Metadata,
        () => Cause::Reading,
    }
}

/// The texts that came, and the clauses that went, with their places. One that only moved, or has another number, is
/// neither.
fn difference<'a>(
    before: &[ClauseRecord],
    now: impl Iterator<Item = &'a str>,
) -> (Vec<u64>, Vec<(usize, ClauseRecord)>) {
    let mut had: HashMap<u64, usize> = HashMap::new();
    before.iter().for_each(|clause| *had.entry(digest(&clause.text)).or_default() += 1);
    let mut came = Vec::new();
    for text in now {
        let digest = digest(text);
        match had.get_mut(&digest).filter(|n_left| **n_left > 0) {
            Some(n_left) => *n_left -= 1,
            None => came.push(digest),
        }
    }
    // Of a text that stood several times, the last ones went.
    let went = before.iter().enumerate().rev().filter(|(_, clause)| {
        let n_left = had.get_mut(&digest(&clause.text)).filter(|n_left| **n_left > 0);
        n_left.map(|n_left| *n_left -= 1).is_some()
    });
    let mut gone: Vec<(usize, ClauseRecord)> = went.map(|(place, clause)| (place, clause.clone())).collect();
    gone.reverse();
    (came, gone)
}
