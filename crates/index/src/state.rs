//! What tells one state of an index on disk from another.

use std::fs;
use std::path::Path;
use std::time::SystemTime;

use tantivy::IndexMeta;

use crate::generation::current;

/// What tells one state of an index from another, without opening it.
#[derive(Clone, PartialEq)]
pub(crate) struct State {
    pub(crate) generation: String,
    modified: Option<SystemTime>,
    size: u64,
    pub(crate) opstamp: u64,
}

/// Whether the segments that were opened are those of the commit, with the same deletions.
pub(crate) fn is_of_commit(searcher: &tantivy::Searcher, commit: &IndexMeta) -> bool {
    let opened = searcher.segment_readers().iter();
    let mut opened: Vec<_> = opened.map(|segment| (segment.segment_id(), segment.delete_opstamp())).collect();
    let said = commit.segments.iter();
    let mut said: Vec<_> = said.map(|segment| (segment.id(), segment.delete_opstamp())).collect();
    opened.sort_unstable();
    said.sort_unstable();
    opened == said
}

/// Whether two looks at the last commit found the same segments.
pub(crate) fn is_same(a: &IndexMeta, b: &IndexMeta) -> bool {
    let segments = |commit: &IndexMeta| {
        let segments = commit.segments.iter();
        segments.map(|segment| (segment.id(), segment.delete_opstamp())).collect::<Vec<_>>()
    };
    a.opstamp == b.opstamp && segments(a) == segments(b)
}

impl State {
    /// The state on disk as far as it can be told; `None` where there is no index.
    pub(crate) fn on_disk(dir: &Path) -> Option<Self> {
        let generation = current(dir).ok()??;
        Some(Self::of(&dir.join(&generation), generation))
    }

    /// The state on disk, all but the opstamp, which only the opened index tells.
    pub(crate) fn of(folder: &Path, generation: String) -> Self {
        let found = fs::metadata(folder.join("meta.json"));
        let modified = found.as_ref().ok().and_then(|found| found.modified().ok());
        Self { generation, modified, size: found.map_or(0, |found| found.len()), opstamp: 0 }
    }
}
