//! What runs changed, in a file beside the index: the texts that came, and the clauses that went.
//!
//! The one thing besides ids and days that sources cannot tell again. Each commit says which file
//! counts and how many of its bytes, so the two cannot disagree: lines are appended and synced before
//! the commit that vouches for them, and what a killed run left behind them is cut off by the next
//! writer. Lines are of JSON, one for each document that a run changed.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};

use chapeau_document::{ClauseRecord, Date};
use serde::{Deserialize, Serialize};

use crate::digest::digest;
use crate::{Error, Searcher};

/// What the names of journals begin with; a number and `.jsonl` follow.
pub(crate) const JOURNAL: &str = "CHANGES-";

/// Most bytes that are kept: about 30,000 clauses that went or changed.
const MOST_BYTES: u64 = 64 << 20;
/// What is left of them when the oldest runs are forgotten, so that not every run forgets.
const LEFT_BYTES: u64 = 48 << 20;

/// What a run did to a document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DocumentChange {
    /// The run: they count from 1.
    pub run: u64,
    /// The day of the run, in universal time.
    pub day: Date,
    /// When the run began, in universal time.
    pub at: String,
    /// Id of the document.
    pub document: String,
    /// What led to it.
    pub cause: Cause,
    /// Whether the document was not there before: all of its texts came.
    pub is_new: bool,
    /// Digests of the texts that came, each as often as it did: see [`text_digest`].
    pub came: Vec<u64>,
    /// The clauses whose texts went, as they were.
    pub gone: Vec<ClauseRecord>,
    /// Where each of them stood among the clauses of the document, from 0.
    pub places: Vec<usize>,
}

/// A change as it is told by a record of its own, in an index elsewhere.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Told {
    /// Its place among what its job told.
    pub(crate) place: u64,
    pub(crate) change: DocumentChange,
}

/// From when on changes are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Since {
    /// Those of the runs after this one.
    Run(u64),
    /// Those of this day and later.
    Day(Date),
}

impl Since {
    /// Whether it wants the changes of a run of this day.
    pub fn wants(self, run: u64, day: Date) -> bool {
        match self {
            Self::Run(since) => run > since,
            Self::Day(since) => day >= since,
        }
    }
}

/// What led to a change of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Cause {
    /// Its source came, went, or has other bytes.
    Source,
    /// The same bytes were read in another way: by a newer reader, or with recognition.
    Reading,
    /// What is said of it beside its source.
    Metadata,
}

/// The digest under which a journal names a text.
pub fn text_digest(text: &str) -> u64 {
    digest(text)
}

/// What is still known of what runs changed, oldest first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct History {
    /// A line for each document that a run changed.
    pub changes: Vec<DocumentChange>,
    /// The last run that changed anything; 0 where none is known.
    pub last_run: u64,
    /// Up to which run, and until which day, changes are not known: the journal began later, or has
    /// forgotten.
    pub forgotten: Option<Forgotten>,
}

impl History {
    /// A line is of a version that wrote clauses in another way: nothing can be undone beyond it.
    fn forget(&mut self, when: &When) {
        self.changes.clear();
        self.forgotten = Some(Forgotten { run: when.run, day: when.day });
    }
}

/// What a journal does not know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Forgotten {
    /// The last run of which something is not known.
    pub run: u64,
    /// Its day.
    pub day: Date,
}

/// What a commit says of the journal: what follows these bytes does not count.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Mark {
    /// Number of the file, which is there from the first line on.
    pub(crate) number: u64,
    pub(crate) bytes: u64,
    /// Checksum (CRC-32) of these bytes; none in a commit of before there were checksums.
    pub(crate) crc: Option<u32>,
    /// 0 in a commit of before there were journals.
    pub(crate) last_run: u64,
    pub(crate) forgotten: Option<Forgotten>,
}

impl Mark {
    pub(crate) fn path(&self, dir: &Path) -> PathBuf {
        dir.join(format!("{JOURNAL}{}.jsonl", self.number))
    }

    /// What it vouches for, from a moment on.
    pub(crate) fn history(&self, dir: &Path, since: Since) -> Result<History, Error> {
        let mut history =
            History { last_run: self.last_run, forgotten: self.forgotten.clone(), ..History::default() };
        if self.bytes == 0 {
            return Ok(history);
        }
        let path = self.path(dir);
        let damaged = |reason: String| Error::Corrupt { path: dir.to_owned(), reason };
        let file = File::open(&path).map_err(|source| Error::reading(&path, source))?;
        let mut n_bytes = 0;
        let mut crc = crc32fast::Hasher::new();
        for line in BufReader::new(file.take(self.bytes)).split(b'\n') {
            let line = line.map_err(|source| Error::reading(&path, source))?;
            n_bytes += line.len() as u64 + 1;
            crc.update(&line);
            crc.update(b"\n");
            let bad = |source: serde_json::Error| damaged(format!("{}: {source}", path.display()));
            let when: When = serde_json::from_slice(&line).map_err(bad)?;
            if since.wants(when.run, when.day) {
                match serde_json::from_slice(&line) {
                    Ok(change) => history.changes.push(change),
                    Err(error) if error.is_data() => history.forget(&when),
                    Err(error) => return Err(bad(error)),
                }
            }
        }
        if n_bytes < self.bytes {
            return Err(damaged(format!("{} has lost its end", path.display())));
        }
        if self.crc.is_some_and(|wanted| wanted != crc.finalize()) {
            return Err(damaged(format!("{} is not as it was written", path.display())));
        }
        Ok(history)
    }

    /// Whether what it vouches for can be read as it was written: by its checksum, where there is one, which
    /// takes no look at the lines.
    pub(crate) fn is_sound(&self, dir: &Path) -> bool {
        match self.crc {
            Some(wanted) => crc_of(&self.path(dir), self.bytes).is_ok_and(|found| found == wanted),
            None => self.history(dir, Since::Run(u64::MAX)).is_ok(),
        }
    }
}

impl Searcher {
    /// Whether the journal is as it was written; that of an index elsewhere is its engine's to check.
    pub fn has_sound_journal(&self) -> bool {
        self.is_remote() || self.payload().journal.is_sound(self.dir())
    }
}

/// The beginning of every line.
#[derive(Deserialize)]
struct When {
    run: u64,
    day: Date,
}

/// The journal of a writer.
#[derive(Debug)]
pub(crate) struct Journal {
    dir: PathBuf,
    mark: Mark,
    file: Option<File>,
}

impl Journal {
    /// Goes on behind what a commit vouches for. Where it is not there, or damaged, all is forgotten: a
    /// journal that was lost must not keep an index from being brought up to date.
    pub(crate) fn behind(dir: &Path, mark: &Mark, today: Date) -> Result<Self, Error> {
        if mark.last_run == 0 || !mark.is_sound(dir) {
            return Self::begin(dir, Some(Forgotten { run: mark.last_run, day: today }));
        }
        Ok(Self { dir: dir.to_owned(), mark: mark.clone(), file: None })
    }

    /// Begins a journal of its own; `forgotten` is what it will never know.
    pub(crate) fn begin(dir: &Path, forgotten: Option<Forgotten>) -> Result<Self, Error> {
        let last_run = forgotten.as_ref().map_or(0, |forgotten| forgotten.run);
        let number = numbers(dir)?.into_iter().max().unwrap_or(0) + 1;
        Ok(Self {
            dir: dir.to_owned(),
            mark: Mark { number, last_run, forgotten, ..Mark::default() },
            file: None,
        })
    }

    /// Begins a journal where the index that knew of the one before is damaged: the numbers of the
    /// runs go on, and all is forgotten.
    pub(crate) fn begin_anew(dir: &Path, today: Date) -> Result<Self, Error> {
        let last = numbers(dir)?.into_iter().max().unwrap_or(0);
        let old = fs::read(Mark { number: last, ..Mark::default() }.path(dir)).unwrap_or_default();
        let runs =
            old.split(|byte| *byte == b'\n').filter_map(|line| serde_json::from_slice::<When>(line).ok());
        let run = runs.map(|when| when.run).max().unwrap_or(0) + 1;
        Self::begin(dir, Some(Forgotten { run, day: today }))
    }

    /// Whether it takes the place of the one that a commit names, which was lost or damaged.
    pub(crate) fn replaces(&self, mark: &Mark) -> bool {
        mark.last_run > 0 && self.mark.number != mark.number
    }

    pub(crate) fn last_run(&self) -> u64 {
        self.mark.last_run
    }

    /// Appends lines, and forgets those of days before `oldest`, and the oldest of too many. Gives
    /// what the next commit is to say.
    pub(crate) fn append(&mut self, lines: &[u8], run: u64, oldest: Option<Date>) -> Result<Mark, Error> {
        self.write(lines, oldest).map_err(|source| Error::writing(&self.mark.path(&self.dir), source))?;
        self.mark.last_run = run;
        Ok(self.mark.clone())
    }

    fn write(&mut self, lines: &[u8], oldest: Option<Date>) -> io::Result<()> {
        if lines.is_empty() {
            return Ok(());
        }
        if self.is_to_forget(lines.len() as u64, oldest) {
            self.forget(lines.len() as u64, oldest)?;
        }
        let path = self.mark.path(&self.dir);
        let mut file = match self.file.take() {
            Some(file) => file,
            None => open_behind(&path, self.mark.bytes)?,
        };
        file.write_all(lines)?;
        file.sync_all()?;
        self.mark.crc = match self.mark.crc {
            Some(crc) => Some(crc_on(crc, lines)),
            None if self.mark.bytes == 0 => Some(crc_on(0, lines)),
            None => None,
        };
        self.mark.bytes += lines.len() as u64;
        self.file = Some(file);
        Ok(())
    }

    fn is_to_forget(&self, n_more: u64, oldest: Option<Date>) -> bool {
        let is_old = || oldest.is_some_and(|oldest| self.first_day().is_some_and(|day| day < oldest));
        self.mark.bytes > 0 && (self.mark.bytes + n_more > MOST_BYTES || is_old())
    }

    fn first_day(&self) -> Option<Date> {
        let mut line = String::new();
        let file = File::open(self.mark.path(&self.dir)).ok()?;
        BufReader::new(file).read_line(&mut line).ok()?;
        serde_json::from_str::<When>(&line).ok().map(|when| when.day)
    }

    /// Goes on in a new file, which the next commit names; the last commit still names the old one.
    fn forget(&mut self, n_more: u64, oldest: Option<Date>) -> io::Result<()> {
        let old = File::open(self.mark.path(&self.dir))?.take(self.mark.bytes);
        let most = LEFT_BYTES.saturating_sub(n_more);
        let mut n_left = self.mark.bytes;
        let next = Mark { number: self.mark.number + 1, bytes: 0, crc: None, ..self.mark.clone() };
        let mut crc = 0;
        let mut file = File::create(next.path(&self.dir))?;
        let too_many = self.mark.bytes + n_more > MOST_BYTES;
        self.mark = next;
        for line in BufReader::new(old).split(b'\n') {
            let line = line?;
            let when = serde_json::from_slice::<When>(&line).map_err(io::Error::other)?;
            let is_old = oldest.is_some_and(|oldest| when.day < oldest);
            if is_old || (too_many && n_left > most) {
                n_left -= line.len() as u64 + 1;
                self.mark.forgotten = Some(Forgotten { run: when.run, day: when.day });
                continue;
            }
            file.write_all(&line)?;
            file.write_all(b"\n")?;
            crc = crc_on(crc_on(crc, &line), b"\n");
            self.mark.bytes += line.len() as u64 + 1;
        }
        self.mark.crc = Some(crc);
        self.file = Some(file);
        Ok(())
    }
}

/// The checksum of what had one, and these bytes behind it.
pub(crate) fn crc_on(crc: u32, bytes: &[u8]) -> u32 {
    let mut hasher = crc32fast::Hasher::new_with_initial(crc);
    hasher.update(bytes);
    hasher.finalize()
}

/// The checksum of the first so many bytes of a file.
fn crc_of(path: &Path, n_bytes: u64) -> io::Result<u32> {
    let mut hasher = crc32fast::Hasher::new();
    let mut part = vec![0; 1 << 16];
    let mut file = File::open(path)?.take(n_bytes);
    loop {
        match file.read(&mut part)? {
            0 => break,
            n_read => hasher.update(&part[..n_read]),
        }
    }
    if file.limit() > 0 { Err(io::ErrorKind::UnexpectedEof.into()) } else { Ok(hasher.finalize()) }
}

/// The journal to append to, without what nobody vouched for.
fn open_behind(path: &Path, n_bytes: u64) -> io::Result<File> {
    let file = OpenOptions::new().append(true).create(true).open(path)?;
    file.set_len(n_bytes)?;
    Ok(file)
}

/// Removes the journals that the last commit does not name.
pub(crate) fn remove_others(dir: &Path, mark: &Mark) -> Result<(), Error> {
    for number in numbers(dir)?.into_iter().filter(|number| *number != mark.number) {
        let path = Mark { number, ..Mark::default() }.path(dir);
        fs::remove_file(&path).map_err(|source| Error::writing(&path, source))?;
    }
    Ok(())
}

/// Whether a file of this name is a journal.
pub(crate) fn number(name: &str) -> Option<u64> {
    name.strip_prefix(JOURNAL)?.strip_suffix(".jsonl")?.parse().ok()
}

fn numbers(dir: &Path) -> Result<Vec<u64>, Error> {
    let failed = |source| Error::reading(dir, source);
    let mut numbers = Vec::new();
    for entry in fs::read_dir(dir).map_err(failed)? {
        numbers.extend(number(&entry.map_err(failed)?.file_name().to_string_lossy()));
    }
    Ok(numbers)
}
