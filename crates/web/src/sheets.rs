//! Images of a source's pages and the places of clauses on them: drawn when somebody looks, a few
//! at a time, and kept while there is room.

use std::collections::{HashMap, VecDeque};
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use chapeau_document::{Bounds, ClauseRecord};
use chapeau_index::DocumentRecord;

use crate::error::Error;
use crate::original;
use crate::state::Shared;

/// Bytes of images that are kept: some hundred pages.
const KEPT_BYTES: usize = 32 << 20;
/// Documents whose lines are kept: what a few people read side by side.
const KEPT_DOCUMENTS: usize = 16;
/// Bytes of an original at most: a larger one takes longer to read than anybody waits.
const LARGEST: u64 = 128 << 20;

/// A page as an image.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// The image, as PNG.
    pub png: Vec<u8>,
    /// Width of the page in points.
    pub width: f32,
    /// Height of the page in points.
    pub height: f32,
}

/// A line of a clause and its place, in points from the top left corner of its page.
#[derive(Clone, Copy, Debug)]
pub struct Line {
    /// The page, from 1.
    pub page: u32,
    /// Where on the page.
    pub bounds: Bounds,
}

/// The lines of each clause, by the clause's id without that of its document, and by its text:
/// what was read in another way since is marked nowhere rather than wrongly.
pub type Lines = HashMap<(String, String), Vec<Line>>;

/// Draws pages and finds lines. Originals are hostile: whoever does this does it in a process that
/// can be ended.
pub trait Draw: Send + Sync {
    /// An image of a page, from 1, of a source with these bytes.
    ///
    /// # Errors
    /// A sentence for people without a final dot.
    fn sheet(&self, bytes: &[u8], page: u32) -> Result<Sheet, String>;

    /// The lines of all clauses of a source with this path and these bytes.
    ///
    /// # Errors
    /// A sentence for people without a final dot.
    fn lines(&self, path: &str, bytes: &[u8]) -> Result<Lines, String>;
}

/// What is kept of a list, the last used at its end.
type Kept<K, V> = Mutex<VecDeque<(K, Arc<V>)>>;

/// The images and lines that are kept, by the digest of their source.
#[derive(Default)]
pub(crate) struct Sheets {
    sheets: Kept<(String, u32), Sheet>,
    lines: Kept<String, Lines>,
}

impl fmt::Debug for Sheets {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Sheets").finish_non_exhaustive()
    }
}

/// An image of a page of a document.
pub(crate) fn sheet(shared: &Shared, document: &DocumentRecord, page: u32) -> Result<Arc<Sheet>, Error> {
    let key = (document.source.digest.clone(), page);
    let draw = drawer(shared)?;
    find(&shared.sheets.sheets, &key, is_within_room, || {
        let bytes = original::bytes_of(shared, document, LARGEST)?;
        draw.sheet(&bytes, page).map_err(Error::Missing)
    })
}

/// The lines of a clause of a document.
pub(crate) fn lines_of(
    shared: &Shared,
    document: &DocumentRecord,
    clause: &ClauseRecord,
) -> Result<Vec<Line>, Error> {
    let draw = drawer(shared)?;
    let few = |kept: &VecDeque<(String, Arc<Lines>)>| kept.len() <= KEPT_DOCUMENTS;
    let lines = find(&shared.sheets.lines, &document.source.digest, few, || {
        let bytes = original::bytes_of(shared, document, LARGEST)?;
        draw.lines(&document.source.path, &bytes).map_err(Error::Missing)
    })?;
    let own = clause.id.strip_prefix(&document.id).unwrap_or(&clause.id).trim_start_matches('/');
    Ok(lines.get(&(own.to_owned(), clause.text.clone())).cloned().unwrap_or_default())
}

fn drawer(shared: &Shared) -> Result<Arc<dyn Draw>, Error> {
    let draw = shared.settings.draw.clone();
    draw.ok_or_else(|| Error::Missing("this server draws no pages".to_owned()))
}

/// What is kept under a key, or else made now; the longest unused goes where there is no room.
fn find<K: PartialEq + Clone, V>(
    kept: &Kept<K, V>,
    key: &K,
    has_room: impl Fn(&VecDeque<(K, Arc<V>)>) -> bool,
    make: impl FnOnce() -> Result<V, Error>,
) -> Result<Arc<V>, Error> {
    let lock = || kept.lock().unwrap_or_else(PoisonError::into_inner);
    let mut known = lock();
    let at = known.iter().position(|(known, _)| known == key);
    let found = at.and_then(|at| known.remove(at));
    // Others find theirs while this one is made.
    drop(known);
    let value = match found {
        Some((_, value)) => value,
        None => Arc::new(make()?),
    };
    let mut known = lock();
    known.push_back((key.clone(), value.clone()));
    while known.len() > 1 && !has_room(&known) {
        known.pop_front();
    }
    Ok(value)
}

fn is_within_room<K>(kept: &VecDeque<(K, Arc<Sheet>)>) -> bool {
    kept.iter().map(|(_, sheet)| sheet.png.len()).sum::<usize>() <= KEPT_BYTES
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_unused_goes_first() {
        let kept = Kept::<u32, u32>::default();
        let get = |key: u32| find(&kept, &key, |kept| kept.len() <= 2, || Ok(key)).map(|value| *value);
        for key in [1, 2, 1, 3] {
            assert_eq!(get(key).ok(), Some(key));
        }
        let left: Vec<u32> = kept.lock().expect("nobody panicked").iter().map(|(key, _)| *key).collect();
        assert_eq!(left, [1, 3]);
    }

    #[test]
    fn what_cannot_be_made_is_not_kept() {
        let kept = Kept::<u32, u32>::default();
        let made = find(&kept, &1, |_| true, || Err(Error::Missing("gone".to_owned())));
        assert!(made.is_err() && kept.lock().expect("nobody panicked").is_empty());
    }
}
