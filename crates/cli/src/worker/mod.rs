//! Reading and drawing in child processes of our own binary: no file can end the batch, whatever is in it.
//!
//! A worker is reused from file to file. It answers over one socket, which is its standard input:
//! a library that prints cannot disturb the answers, and a worker whose parent is gone reads the
//! end of its input and ends. Its limits are set by itself before it sees a byte of any file.

mod child;
mod fork;
mod frame;
pub(crate) mod helper;
mod pool;
mod process;

use std::time::Duration;

use chapeau_ingest::Options;
use serde::{Deserialize, Serialize};

pub(crate) use child::serve;
pub(crate) use fork::read_once;
pub(crate) use pool::Pool;

/// The hidden subcommand that makes a process a worker.
pub(crate) const SUBCOMMAND: &str = "worker";

/// Address space of a worker, in bytes. The largest agreement at hand (249 pages) needs 120 MB.
const MAX_ADDRESS_SPACE: u64 = 1536 << 20;
/// Stack of the thread that reads: object trees of PDFs can be deep. Reserved, not used.
const STACK_BYTES: usize = 64 << 20;
/// Longest answer, in bytes: text, clauses and line boxes of one file.
const MAX_ANSWER_BYTES: usize = 256 << 20;
/// Wall time for any file. A thousand pages take about three seconds.
const TIME_PER_FILE: Duration = Duration::from_secs(60);
/// Wall time on top for each megabyte.
const TIME_PER_MEGABYTE: Duration = Duration::from_secs(2);

/// What a worker is asked: the head of a request. The bytes of the source follow in a frame of
/// their own, so that they are copied once only.
#[derive(Debug, Serialize, Deserialize)]
struct Request {
    task: Task,
    path: String,
    given: Vec<(String, String)>,
    options: Options,
    /// Processor time that it may use for this file, in seconds.
    seconds: u64,
}

/// What is wanted of a source.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
enum Task {
    /// Its documents.
    Read,
    /// An image of its page of this number, for people.
    Draw(u32),
    /// The same for recognition.
    Scan(u32),
}

/// The time that a file of this many bytes may take.
fn time_for(bytes: usize) -> Duration {
    let megabytes = u32::try_from(bytes >> 20).unwrap_or(u32::MAX);
    TIME_PER_FILE.saturating_add(TIME_PER_MEGABYTE.saturating_mul(megabytes))
}
