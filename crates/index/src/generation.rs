//! The folders of an index: `CURRENT` names the generation in use, `gen-N` beside it.
//!
//! A generation is one Tantivy index. What it was written by stands in its commits, so that an
//! index of another version is recognised before anything is read from it.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use tantivy::tokenizer::{TextAnalyzer, Token, TokenStream, Tokenizer};
use tantivy::{Index, IndexMeta};

use crate::encoded::EncodedTokenizer;
use crate::journal::{self, Mark};
use crate::last_run::LAST_RUN;
use crate::lock::LOCK;
use crate::{Counts, Error, fold, schema};

/// Goes up when stored records or fields change; an older index is built anew.
///
/// 1: the first. 2: a source says whose text it repeats; the fields `class`, `same`, `near`
/// and `place`, none of whole documents. 3: the field `titles`; a
/// clause says which terms it defines. 4: a source says whether recognition could find more in it.
/// 5: what is known of a document says how sure it is, and what was taken away as furniture is kept.
/// 6: a clause says the id of its element in a source that has ids.
pub const FORMAT_VERSION: u32 = 7;

/// Goes up when the same text would be analysed differently; an older index is built anew.
///
/// 1: the first. 2: ends of sentences are indexed. 3: symbols of other bodies than the WTO are one word;
/// tariff codes are found without their dots, and by their subheading.
pub const ANALYZER_VERSION: u32 = 3;

/// Name of the file that names the generation in use.
const CURRENT: &str = "CURRENT";
/// Before the number of a generation.
const PREFIX: &str = "gen-";

/// What each commit says of itself.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Payload {
    pub(crate) format: u32,
    pub(crate) analyzer: u32,
    pub(crate) counts: Counts,
    /// Documents in each language.
    pub(crate) languages: BTreeMap<String, u64>,
    /// Sources without a document because they could not be read.
    pub(crate) unreadable: u64,
    /// What of the journal counts; a commit of before there were journals says nothing of it.
    #[serde(default)]
    pub(crate) journal: Mark,
}

impl Payload {
    /// Reads what a commit says of itself, and refuses another version.
    pub(crate) fn of(dir: &Path, commit: &IndexMeta) -> Result<Self, Error> {
        Self::read(dir, commit, |found, wanted| found == wanted)
    }

    /// The same for an index of this version or an older one.
    pub(crate) fn of_older(dir: &Path, commit: &IndexMeta) -> Result<Self, Error> {
        Self::read(dir, commit, |found, wanted| found <= wanted)
    }

    fn read(dir: &Path, commit: &IndexMeta, is_wanted: fn(u32, u32) -> bool) -> Result<Self, Error> {
        let foreign = |reason: &str| Error::Foreign { path: dir.to_owned(), reason: reason.to_owned() };
        let payload =
            commit.payload.as_ref().ok_or_else(|| foreign("its commit does not say what wrote it"))?;
        let versions: Versions =
            serde_json::from_str(payload).map_err(|_| foreign("its commit was not written by chapeau"))?;
        versions.check(dir, is_wanted)?;
        serde_json::from_str(payload)
            .map_err(|source| Error::Corrupt { path: dir.to_owned(), reason: source.to_string() })
    }
}

/// The part of the payload that every version has.
#[derive(Deserialize)]
struct Versions {
    format: u32,
    analyzer: u32,
}

impl Versions {
    fn check(&self, dir: &Path, is_wanted: fn(u32, u32) -> bool) -> Result<(), Error> {
        for (what, found, wanted) in
            [("format", self.format, FORMAT_VERSION), ("analyzer", self.analyzer, ANALYZER_VERSION)]
        {
            if !is_wanted(found, wanted) {
                return Err(Error::Version { path: dir.to_owned(), what, found, wanted });
            }
        }
        Ok(())
    }
}

/// The generation in use; `None` where there is no index.
pub(crate) fn current(dir: &Path) -> Result<Option<String>, Error> {
    let path = dir.join(CURRENT);
    let name = match fs::read_to_string(&path) {
        Ok(name) => name.trim().to_owned(),
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
            return Ok(None);
        }
        Err(source) => return Err(Error::reading(&path, source)),
    };
    let is_ours = number(&name).is_some() && dir.join(&name).is_dir();
    let reason = format!("CURRENT names \"{name}\", which is no generation here");
    if is_ours { Ok(Some(name)) } else { Err(Error::Corrupt { path: dir.to_owned(), reason }) }
}

/// Makes `name` the generation in use, at once and for good.
pub(crate) fn swap(dir: &Path, name: &str) -> Result<(), Error> {
    let beside = dir.join("CURRENT.new");
    write_through(&beside, name)
        .and_then(|()| fs::rename(&beside, dir.join(CURRENT)))
        .and_then(|()| File::open(dir)?.sync_all())
        .map_err(|source| Error::writing(&dir.join(CURRENT), source))
}

fn write_through(path: &Path, name: &str) -> io::Result<()> {
    let mut file = File::create(path)?;
    writeln!(file, "{name}")?;
    file.sync_all()
}

/// A name for a generation after all that are there, its folder made.
pub(crate) fn create(dir: &Path) -> Result<(String, PathBuf), Error> {
    let last = generations(dir)?.iter().filter_map(|name| number(name)).max().unwrap_or(0);
    let name = format!("{PREFIX}{}", last + 1);
    let path = dir.join(&name);
    fs::create_dir(&path).map_err(|source| Error::writing(&path, source))?;
    Ok((name, path))
}

/// Removes all generations but those named. Readers that have one open keep what they opened.
pub(crate) fn remove_others(dir: &Path, keep: &[&str]) -> Result<(), Error> {
    for name in generations(dir)?.iter().filter(|name| !keep.contains(&name.as_str())) {
        let path = dir.join(name);
        fs::remove_dir_all(&path).map_err(|source| Error::writing(&path, source))?;
    }
    Ok(())
}

/// Removes files that the last commit does not name: what a writer left that was killed or failed.
/// The next one would give some of its files the same names, and Tantivy refuses to write them.
pub(crate) fn remove_strays(folder: &Path, commit: &IndexMeta) -> Result<(), Error> {
    let living = commit.list_segment_files();
    let is_stray = |name: &str| {
        // Hidden files are Tantivy's own: its locks, and what it knows of files.
        !name.starts_with('.') && name != "meta.json" && !living.contains(Path::new(name))
    };
    for name in entries(folder)?.iter().filter(|name| is_stray(name)) {
        let path = folder.join(name);
        fs::remove_file(&path).map_err(|source| Error::writing(&path, source))?;
    }
    Ok(())
}

fn generations(dir: &Path) -> Result<Vec<String>, Error> {
    Ok(entries(dir)?.into_iter().filter(|name| number(name).is_some()).collect())
}

/// Makes the folder if need be; refuses one that holds other things than an index.
pub(crate) fn claim(dir: &Path) -> Result<(), Error> {
    fs::create_dir_all(dir).map_err(|source| Error::writing(dir, source))?;
    let foreign = entries(dir)?.into_iter().find(|name| !is_ours(name));
    foreign.map_or(Ok(()), |name| {
        let reason = format!("it holds \"{name}\", want an empty folder or an index");
        Err(Error::Foreign { path: dir.to_owned(), reason })
    })
}

fn is_ours(name: &str) -> bool {
    let known =
        name.starts_with(CURRENT) || name.starts_with(LAST_RUN) || name == LOCK || number(name).is_some();
    known || journal::number(name).is_some() || name.starts_with('.') || name.starts_with("README")
}

fn entries(dir: &Path) -> Result<Vec<String>, Error> {
    let failed = |source| Error::reading(dir, source);
    let mut names = Vec::new();
    for entry in fs::read_dir(dir).map_err(failed)? {
        names.push(entry.map_err(failed)?.file_name().to_string_lossy().into_owned());
    }
    Ok(names)
}

fn number(name: &str) -> Option<u64> {
    name.strip_prefix(PREFIX)?.parse().ok()
}

/// Gives an index the tokenizers that its schema names.
pub(crate) fn register_tokenizers(index: &Index) {
    let tokenizers = index.tokenizers();
    tokenizers.register(schema::ANALYSED, TextAnalyzer::from(EncodedTokenizer));
    tokenizers.register(schema::FOLDED, TextAnalyzer::from(FoldedTokenizer));
}

/// Keeps a name whole, folded.
#[derive(Clone)]
struct FoldedTokenizer;

impl Tokenizer for FoldedTokenizer {
    type TokenStream<'a> = FoldedStream;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> FoldedStream {
        let token = Token { text: fold(text), position: 0, offset_to: text.len(), ..Token::default() };
        FoldedStream { token, done: false }
    }
}

struct FoldedStream {
    token: Token,
    done: bool,
}

impl TokenStream for FoldedStream {
    fn advance(&mut self) -> bool {
        !std::mem::replace(&mut self.done, true)
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}
