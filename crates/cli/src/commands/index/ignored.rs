//! `.chapeauignore`: what of a folder is not to be indexed, in the manner of `.gitignore`.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use ignore::gitignore::{Gitignore, GitignoreBuilder};
use ignore::{DirEntry, Match};

use crate::opened;

/// The name of the file.
const NAME: &str = ".chapeauignore";
/// Most bytes of one.
const MOST_BYTES: u64 = 1 << 20;

/// The rules of the folders below a root, each read when its first entry is met.
pub(super) struct Ignored {
    root: PathBuf,
    known: Mutex<Known>,
}

#[derive(Default)]
struct Known {
    /// By folder; `None` where it has no rules.
    rules: HashMap<PathBuf, Option<Gitignore>>,
    warnings: Vec<String>,
}

impl Ignored {
    pub(super) fn new(root: &Path) -> Self {
        Self { root: root.to_owned(), known: Mutex::default() }
    }

    /// Whether an entry is not to be indexed: the rules nearest to it count first.
    pub(super) fn holds(&self, entry: &DirEntry) -> bool {
        let is_folder = entry.file_type().is_some_and(|kind| kind.is_dir());
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let above = entry.path().ancestors().skip(1).take_while(|folder| folder.starts_with(&self.root));
        for folder in above {
            let Some(rules) = known.rules_of(&self.root, folder) else { continue };
            match rules.matched(entry.path(), is_folder) {
                Match::Ignore(_) => return true,
                Match::Whitelist(_) => return false,
                Match::None => {}
            }
        }
        false
    }

    /// What was wrong with the files.
    pub(super) fn warnings(&self) -> Vec<String> {
        std::mem::take(&mut self.known.lock().unwrap_or_else(PoisonError::into_inner).warnings)
    }
}

impl Known {
    fn rules_of(&mut self, root: &Path, folder: &Path) -> Option<&Gitignore> {
        if !self.rules.contains_key(folder) {
            let rules = self.read(root, folder);
            self.rules.insert(folder.to_owned(), rules);
        }
        self.rules.get(folder)?.as_ref()
    }

    fn read(&mut self, root: &Path, folder: &Path) -> Option<Gitignore> {
        let file = folder.join(NAME);
        file.symlink_metadata().ok()?;
        let bytes = opened::open_beneath(root, &file).and_then(|opened| opened::read_all(opened, MOST_BYTES));
        let bytes = match bytes {
            Ok(bytes) => bytes,
            Err(failure) => {
                self.warnings.push(format!("{}: it is passed over: {}", file.display(), failure.reason));
                return None;
            }
        };
        let mut rules = GitignoreBuilder::new(folder);
        for (line, number) in String::from_utf8_lossy(&bytes).trim_start_matches('\u{feff}').lines().zip(1..)
        {
            if let Err(error) = rules.add_line(Some(file.clone()), line) {
                self.warnings.push(format!("{}: line {number} is passed over: {error}", file.display()));
            }
        }
        match rules.build() {
            Ok(rules) => Some(rules),
            Err(error) => {
                self.warnings.push(format!("{}: it is passed over: {error}", file.display()));
                None
            }
        }
    }
}
