//! How a writer comes to be: on an index as it is, or on a new generation beside it.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;
use std::sync::Arc;

use super::Writer;
use crate::engine::Recorder;
use crate::files::Files;
use crate::generation::{self, ANALYZER_VERSION, FORMAT_VERSION, Payload};
use crate::held::Known;
use crate::identity::Ids;
use crate::journal::{self, Journal};
use crate::lock::WriterLock;
use crate::quickwit;
use crate::ran::{Ran, today};
use crate::verify::damaged_files;
use crate::{DocumentRecord, Error, Searcher, SourceRecord, WriterOptions};

impl Writer {
    /// Opens the index at `dir` for writing, or starts one. An index of an older version is
    /// built anew beside, as by [`Writer::rebuild`]: see [`Writer::is_anew`].
    ///
    /// # Errors
    /// Another process is writing, the folder is not ours or may not be written, or the index is
    /// of a newer version, which is not ours to replace.
    pub fn open(dir: &Path, options: WriterOptions) -> Result<Self, Error> {
        if let Some(address) = quickwit::address(dir) {
            return Self::elsewhere(dir, address, options);
        }
        let lock = Self::enter(dir)?;
        match Searcher::open(dir) {
            Ok(searcher) => Self::resume(dir, options, lock, searcher),
            Err(Error::Missing(_)) => Self::start(dir, options, lock, None, false),
            Err(Error::Version { .. }) => {
                Self::start(dir, options, lock, Some(Searcher::open_older(dir)?), true)
            }
            Err(error) => Err(error),
        }
    }

    /// Starts a new generation beside the index at `dir`, which is replaced by
    /// [`Writer::finish`] and not before. Ids and first-seen dates are taken over, but from an
    /// index that is damaged or of a newer version.
    ///
    /// # Errors
    /// As [`Writer::open`].
    pub fn rebuild(dir: &Path, options: WriterOptions) -> Result<Self, Error> {
        if quickwit::address(dir).is_some() {
            return Err(Error::Unsupported { what: "building it anew: name another index and fill that" });
        }
        let lock = Self::enter(dir)?;
        let opened = Searcher::open_older(dir);
        // Its files are summed up first: a record that cannot be read would end the rebuild that
        // is to repair it.
        let previous =
            opened.ok().filter(|previous| damaged_files(previous).is_ok_and(|files| files.is_empty()));
        let replaces = previous.is_some() || generation::current(dir).map_or(true, |name| name.is_some());
        let has_forgotten = replaces && previous.is_none();
        let mut writer = Self::start(dir, options, lock, previous, replaces)?;
        writer.has_forgotten = has_forgotten;
        Ok(writer)
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

    /// Writes to an index on other machines.
    fn elsewhere(place: &Path, address: &str, options: WriterOptions) -> Result<Self, Error> {
        let (served, recorder) = quickwit::open_to_write(address, options.shard)?;
        let previous = Searcher::elsewhere(place, Arc::new(served));
        let mut writer = Self::with(place, recorder, Ran::after(previous.last_run()?));
        writer.know_all(previous, options)?;
        Ok(writer)
    }

    /// Goes on with the generation in use.
    fn resume(
        dir: &Path,
        options: WriterOptions,
        lock: WriterLock,
        previous: Searcher,
    ) -> Result<Self, Error> {
        let records = Files::resume(dir, options, lock, previous.generation()?.to_owned())?;
        let (ran, is_repaired) = Self::go_on(dir, &previous)?;
        let mut writer = Self::with(dir, Box::new(records), ran);
        // The next commit names the journal that was begun.
        writer.changed = is_repaired;
        writer.know_all(previous, options)?;
        Ok(writer)
    }

    /// Takes over all that the state before says, which is gone on with.
    fn know_all(&mut self, previous: Searcher, options: WriterOptions) -> Result<(), Error> {
        self.payload = previous.payload().clone();
        let (documents, sources) = self.remember(previous)?;
        documents.iter().for_each(|record| self.know(record));
        for source in sources {
            let known = self.known.entry(source.path.clone()).or_insert_with(|| Known::of(source.clone()));
            // What its documents say of it is older than a record of its own.
            known.has_record = known.documents.is_empty() || known.source != source;
            known.source = source;
            // No source repeats the text of one that others take care of: they may change it.
            let is_ours = options.shard.has(&known.source.path);
            if is_ours && !known.documents.is_empty() && !known.source.digest.is_empty() {
                self.owners.insert(known.source.digest.clone(), known.source.path.clone());
            }
        }
        Ok(())
    }

    /// Starts a generation.
    fn start(
        dir: &Path,
        options: WriterOptions,
        lock: WriterLock,
        previous: Option<Searcher>,
        rebuilding: bool,
    ) -> Result<Self, Error> {
        let records = Files::start(dir, options, lock, rebuilding)?;
        let ran = match &previous {
            Some(previous) => Self::go_on(dir, previous)?.0,
            None if rebuilding => Ran::silent(Journal::begin_anew(dir, today())?),
            None => Ran::new(Journal::begin(dir, None)?),
        };
        let mut writer = Self::with(dir, Box::new(records), ran);
        writer.changed = true;
        if let Some(previous) = previous {
            writer.replaced = writer.remember(previous)?.1;
        }
        Ok(writer)
    }

    /// The journal of the state before, without those that it does not name; and whether it was lost or
    /// damaged, and is begun again.
    fn go_on(dir: &Path, previous: &Searcher) -> Result<(Ran, bool), Error> {
        let mark = &previous.payload().journal;
        journal::remove_others(dir, mark)?;
        let journal = Journal::behind(dir, mark, today())?;
        let is_repaired = journal.replaces(mark);
        Ok((Ran::new(journal), is_repaired))
    }

    fn with(dir: &Path, records: Box<dyn Recorder>, ran: Ran) -> Self {
        let payload = Payload { format: FORMAT_VERSION, analyzer: ANALYZER_VERSION, ..Payload::default() };
        Self {
            dir: dir.to_owned(),
            records,
            has_forgotten: false,
            changed: false,
            previous: None,
            first_seen: BTreeMap::new(),
            replaced: Vec::new(),
            elsewhere: BTreeMap::new(),
            owners: HashMap::new(),
            known: BTreeMap::new(),
            ids: Ids::default(),
            payload,
            ran,
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
        for source in &sources {
            let Some(owner) = &source.same_as else { continue };
            let theirs = documents.iter().filter(|record| record.source.path == *owner);
            self.elsewhere.insert(source.path.clone(), theirs.map(|record| record.id.clone()).collect());
        }
        let is_anew = self.is_anew();
        self.ran.remember(&documents, is_anew);
        self.previous = Some(previous);
        Ok((documents, sources))
    }
}
