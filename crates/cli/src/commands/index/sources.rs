//! What there is to index: the files below the given sources, each with what is said of it.
//!
//! A folder is walked without its hidden files and what a `.chapeauignore` (in the manner of
//! `.gitignore`) names. Its `README.md` and `metadata.csv` speak about the corpus and are no
//! documents of it. Links are not followed: what a link inside the folder leads to is a source
//! already, and one that leads out of it is named as skipped.

use std::collections::{HashMap, HashSet};
use std::ffi::OsStr;
use std::fs::{self, Metadata};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Context;
use chapeau_document::FileStatus;
use chapeau_ingest::Failure;
use ignore::{DirEntry, WalkBuilder};

use super::given::{Given, TABLE};
use super::ignored::Ignored;
use super::stamp::Stamp;
use crate::opened;
use crate::reading::{self, MAX_SOURCE_BYTES, not_a_file};

/// Endings after which a folder is most likely not meant as one.
const FILE_ENDINGS: &[&str] = &["pdf", "docx", "txt", "md", "html", "xml", "jsonl"];

/// One file to index.
#[derive(Clone, Debug)]
pub(crate) struct SourceFile {
    /// Its path below the source it was found in, with `/`. The index knows it by this name.
    pub(crate) path: String,
    /// Where it is.
    pub(crate) file: PathBuf,
    /// The folder that it was found below; links below it are not followed.
    pub(crate) root: Option<PathBuf>,
    /// Its length and time of change.
    pub(crate) stamp: Stamp,
    /// What `metadata.csv` says of it.
    pub(crate) given: Vec<(String, String)>,
    /// Why it cannot even be opened.
    pub(crate) failure: Option<Failure>,
}

impl SourceFile {
    /// Its bytes.
    pub(crate) fn bytes(&self) -> Result<Vec<u8>, Failure> {
        let opened = match &self.root {
            Some(root) => opened::open_beneath(root, &self.file),
            None => opened::open(&self.file),
        };
        opened::read_all(opened?, MAX_SOURCE_BYTES)
    }
}

/// All that was found.
#[derive(Debug, Default)]
pub(crate) struct Sources {
    /// The files to index, by path, and what stands among them but is no file.
    pub(crate) files: Vec<SourceFile>,
    /// Folders that could not be read, by path: what the index has below them is no less there.
    pub(crate) closed: Vec<String>,
    /// What the user should know of the corpus itself.
    pub(crate) warnings: Vec<String>,
}

/// Finds the files of the given sources. A source that does not exist is an error: it may be a
/// typing mistake or a disk that is not mounted, and must not empty the index. The folder of the
/// index is passed over where it lies among the sources.
pub(crate) fn find(sources: &[PathBuf], index: &Path) -> anyhow::Result<Sources> {
    let index = index.canonicalize().ok();
    let mut found = Sources::default();
    for source in sources {
        let metadata =
            fs::metadata(source).with_context(|| format!("cannot read source {}", source.display()))?;
        if metadata.is_dir() {
            walk(source, index.clone(), &mut found);
        } else {
            add_single(source, &metadata, &mut found);
        }
    }
    found.files.sort_by(|a, b| (&a.path, &a.file).cmp(&(&b.path, &b.file)));
    name_apart(&mut found.files, &mut found.warnings);
    Ok(found)
}

fn walk(root: &Path, index: Option<PathBuf>, found: &mut Sources) {
    let mut given = Given::default();
    let mut entries = Vec::new();
    let ignored = Arc::new(Ignored::new(root));
    let ignoring = ignored.clone();
    let walker = WalkBuilder::new(root)
        .standard_filters(false)
        .hidden(true)
        .filter_entry(move |entry| !is_folder(entry, index.as_deref()) && !ignoring.holds(entry))
        .build();
    for entry in walker {
        match entry {
            Ok(entry) if entry.file_name() == TABLE => given.read(root, entry.path(), &mut found.warnings),
            Ok(entry) => entries.push(entry),
            Err(error) => {
                let failed = walk_failure(root, &error);
                found.closed.push(failed.path.clone());
                found.files.push(failed);
            }
        }
    }
    for entry in entries {
        add_entry(root, &entry, &mut given, found);
    }
    found.warnings.append(&mut ignored.warnings());
    found.warnings.extend(given.unmatched());
}

/// Whether an entry is this folder. Its name is compared first: asking the system for the true
/// path of every folder would cost more than the walk.
fn is_folder(entry: &DirEntry, folder: Option<&Path>) -> bool {
    let Some(folder) = folder.filter(|folder| folder.file_name() == Some(entry.file_name())) else {
        return false;
    };
    entry.depth() > 0 && entry.path().canonicalize().is_ok_and(|path| path == folder)
}

fn add_entry(root: &Path, entry: &DirEntry, given: &mut Given, found: &mut Sources) {
    let path = path_below(root, entry.path());
    let Some(kind) = entry.file_type() else { return };
    if kind.is_dir() {
        if entry.depth() > 0 && looks_like_a_file(entry.path()) {
            found.files.push(failed(path, entry.path(), "a folder, want an ordinary file"));
        }
    } else if kind.is_symlink() {
        found.files.extend(link_fault(root, entry.path()).map(|reason| failed(path, entry.path(), reason)));
    } else if kind.is_file() {
        if !speaks_of_the_corpus(entry.file_name()) {
            match entry.metadata() {
                Ok(metadata) => {
                    let given = given.take(entry.path());
                    found.files.push(source_file(path, (entry.path(), Some(root)), &metadata, given));
                }
                Err(error) => found.files.push(failed(path, entry.path(), error.to_string())),
            }
        }
    } else {
        let reason =
            entry.metadata().map_or_else(|error| error.to_string(), |metadata| not_a_file(&metadata));
        found.files.push(failed(path, entry.path(), reason));
    }
}

fn add_single(file: &Path, metadata: &Metadata, found: &mut Sources) {
    let path = file.file_name().unwrap_or(file.as_os_str()).to_string_lossy().into_owned();
    if !metadata.is_file() {
        found.files.push(failed(path, file, not_a_file(metadata)));
        return;
    }
    let mut given = Given::default();
    let table = file.with_file_name(TABLE);
    if table.symlink_metadata().is_ok() {
        given.read(table.parent().unwrap_or(file), &table, &mut found.warnings);
    }
    let given = given.take(file);
    found.files.push(source_file(path, (file, None), metadata, given));
}

fn source_file(
    path: String,
    (file, root): (&Path, Option<&Path>),
    metadata: &Metadata,
    given: Vec<(String, String)>,
) -> SourceFile {
    // An index outlives the folder in which a command was given.
    let absolute = |path: &Path| std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    SourceFile {
        path,
        file: absolute(file),
        root: root.map(absolute),
        stamp: Stamp::of(metadata),
        given,
        failure: None,
    }
}

/// What stands where a file is wanted, and is none.
fn failed(path: String, file: &Path, reason: impl Into<String>) -> SourceFile {
    let failure = Some(Failure::new(FileStatus::Unreadable, reason));
    let stamp = Stamp { size: 0, modified: 0 };
    SourceFile { path, file: file.to_owned(), root: None, stamp, given: Vec::new(), failure }
}

/// Two sources may hold the same path; the later ones get the name of their source in front, a number that
/// no other has.
fn name_apart(files: &mut [SourceFile], warnings: &mut Vec<String>) {
    let mut taken: HashSet<String> = files.iter().map(|file| file.path.clone()).collect();
    let mut seen: HashMap<String, usize> = HashMap::new();
    for file in files.iter_mut() {
        let n_before = seen.entry(file.path.clone()).or_default();
        *n_before += 1;
        if *n_before == 1 {
            continue;
        }
        let mut named = format!("{n_before}:{}", file.path);
        while !taken.insert(named.clone()) {
            *n_before += 1;
            named = format!("{n_before}:{}", file.path);
        }
        warnings.push(format!(
            "two sources hold a file {}: {} is called {named} in the index",
            file.path,
            file.file.display()
        ));
        file.path = named;
    }
}

fn path_below(root: &Path, path: &Path) -> String {
    let below = path.strip_prefix(root).unwrap_or(path);
    let parts: Vec<_> = below.iter().map(OsStr::to_string_lossy).collect();
    parts.join("/")
}

fn speaks_of_the_corpus(name: &OsStr) -> bool {
    name.eq_ignore_ascii_case("readme.md")
}

fn looks_like_a_file(path: &Path) -> bool {
    let ending = path.extension().and_then(OsStr::to_str).unwrap_or_default();
    FILE_ENDINGS.iter().any(|known| known.eq_ignore_ascii_case(ending))
}

/// Why a link is no source; `None` for one that leads to what is found anyway.
fn link_fault(root: &Path, link: &Path) -> Option<String> {
    let Ok(target) = link.canonicalize() else { return Some("a link that leads nowhere".to_owned()) };
    let inside = root.canonicalize().is_ok_and(|root| target.starts_with(root));
    (!inside).then(|| format!("a link that leads out of the corpus, to {}", target.display()))
}

fn walk_failure(root: &Path, error: &ignore::Error) -> SourceFile {
    let path = path_of(error).unwrap_or(root);
    let reason = error.io_error().map_or_else(|| error.to_string(), reading::fault);
    failed(path_below(root, path), path, reason)
}

fn path_of(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => path_of(err),
        ignore::Error::Loop { child, .. } => Some(child),
        _ => None,
    }
}
