//! What writing may cost, and Tantivy's writer that is started within it.

use tantivy::indexer::LogMergePolicy;
use tantivy::{Index, IndexWriter};

use crate::shard::Shard;

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

/// Starts Tantivy's threads.
pub(crate) fn start_writing(index: &Index, options: WriterOptions) -> tantivy::Result<IndexWriter> {
    let threads = options.threads.max(1);
    let heap = (options.heap_bytes / threads).clamp(LEAST_HEAP, MOST_HEAP) * threads;
    let inner = index.writer_with_num_threads(threads, heap)?;
    let mut policy = LogMergePolicy::default();
    policy.set_min_num_segments(MERGED_AT_ONCE);
    policy.set_del_docs_ratio_before_merge(MOST_DELETED);
    inner.set_merge_policy(Box::new(policy));
    Ok(inner)
}
