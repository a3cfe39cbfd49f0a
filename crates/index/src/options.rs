//! What writing may cost, and Tantivy's writer that is started within it.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use tantivy::indexer::{LogMergePolicy, MergeCandidate, MergePolicy};
use tantivy::{Index, IndexWriter, SegmentMeta};

use crate::shard::Shard;
use crate::verify::damaged_in;

/// What writing may cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WriterOptions {
    /// Indexing threads.
    pub threads: usize,
    /// Memory of them all, in bytes.
    pub heap_bytes: usize,
    /// The share of the sources that is written: others take care of the rest.
    pub shard: Shard,
}

impl Default for WriterOptions {
    fn default() -> Self {
        Self { threads: 2, heap_bytes: 256 << 20, shard: Shard::WHOLE }
    }
}

/// The least memory that Tantivy takes for a thread, and a little more than the most.
const LEAST_HEAP: usize = 16 << 20;
const MOST_HEAP: usize = 4_000_000_000;

/// Segments of like size that are merged into one. Low, since every query visits each segment
/// and corpora are read more often than they change.
const MERGED_AT_ONCE: usize = 4;

/// The share of deleted records at which a segment is written anew.
const MOST_DELETED: f32 = 0.25;

/// Merges only what is as it was written: a merge would give damaged records new checksums, and what
/// they say would pass for what was read.
#[derive(Debug)]
struct Sound {
    inner: LogMergePolicy,
    index: Index,
    damaged: Damaged,
}

/// Files that were found damaged when they were to be merged.
pub(crate) type Damaged = Arc<Mutex<BTreeSet<PathBuf>>>;

impl MergePolicy for Sound {
    fn compute_merge_candidates(&self, segments: &[SegmentMeta]) -> Vec<MergeCandidate> {
        let mut candidates = self.inner.compute_merge_candidates(segments);
        candidates.retain(|candidate| {
            let of_it = segments.iter().filter(|segment| candidate.0.contains(&segment.id()));
            let damaged: Vec<PathBuf> = of_it.flat_map(|segment| damaged_in(&self.index, segment)).collect();
            let is_sound = damaged.is_empty();
            self.damaged.lock().unwrap_or_else(PoisonError::into_inner).extend(damaged);
            is_sound
        });
        candidates
    }
}

/// Starts Tantivy's threads; what is found damaged is noted.
pub(crate) fn start_writing(
    index: &Index,
    options: WriterOptions,
    damaged: &Damaged,
) -> tantivy::Result<IndexWriter> {
    let threads = options.threads.max(1);
    let heap = (options.heap_bytes / threads).clamp(LEAST_HEAP, MOST_HEAP) * threads;
    let inner = index.writer_with_num_threads(threads, heap)?;
    let mut policy = LogMergePolicy::default();
    policy.set_min_num_segments(MERGED_AT_ONCE);
    policy.set_del_docs_ratio_before_merge(MOST_DELETED);
    let sound = Sound { inner: policy, index: index.clone(), damaged: damaged.clone() };
    inner.set_merge_policy(Box::new(sound));
    Ok(inner)
}
