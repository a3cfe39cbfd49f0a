//! What all requests share: the index as last seen, the limits, and what the operator has set.

use std::fmt;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::Duration;

use chapeau_index::Searcher;
use chapeau_query::thesaurus::Thesaurus;
use tokio::sync::Semaphore;

use crate::error::Error;
use crate::metrics::Metrics;

/// Requests that wait for each one that runs. With some milliseconds a search, the last in the line
/// has its answer in a fraction of a second; whoever comes after it is told to come again.
const WAITING_FOR_EACH: usize = 24;
/// How long an answer may take. The work cannot be broken off, but nobody waits for it any more,
/// and it keeps its place in the pool until it is done.
const LONGEST: Duration = Duration::from_secs(10);

/// What the operator has set.
#[derive(Clone, Default)]
pub struct Settings {
    /// Names, besides `localhost` and addresses, under which the server is reached.
    pub hosts: Vec<String>,
    /// What a caller must know, if anything.
    pub token: Option<String>,
    /// The folders and files that were indexed, for whoever asks for an original.
    pub corpus: Vec<PathBuf>,
    /// The concepts that queries are expanded with.
    pub thesaurus: Arc<Thesaurus>,
    /// What is told of each request.
    pub log: Option<Log>,
}

impl fmt::Debug for Settings {
    /// Without the token, which has no place in any output.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Settings").field("hosts", &self.hosts).finish_non_exhaustive()
    }
}

/// Takes a line of the log.
pub type Log = Arc<dyn Fn(&Logged<'_>) + Send + Sync>;

/// A request that was answered. What people search for is theirs: it is not part of this.
#[derive(Clone, Debug, PartialEq)]
pub struct Logged<'a> {
    /// `GET`, `POST` ...
    pub method: &'a str,
    /// The path without what follows `?`.
    pub path: &'a str,
    /// The status of the answer.
    pub status: u16,
    /// From the head of the request to the head of the answer.
    pub took: Duration,
    /// Why it failed, if that was our fault.
    pub reason: Option<&'a str>,
}

/// What all requests share.
#[derive(Debug)]
pub struct Shared {
    searcher: RwLock<Searcher>,
    /// Held by the one request that looks for a newer state of the index.
    looking: Mutex<()>,
    pub(crate) settings: Settings,
    pub(crate) metrics: Metrics,
    /// Places to run, one for each processor.
    running: Arc<Semaphore>,
    /// Places to run or wait.
    waiting: Arc<Semaphore>,
}

impl Shared {
    /// Serves this index, and each later state of it.
    pub fn new(searcher: Searcher, settings: Settings) -> Self {
        let n_processors = std::thread::available_parallelism().map_or(1, usize::from);
        Self {
            searcher: RwLock::new(searcher),
            looking: Mutex::new(()),
            settings,
            metrics: Metrics::default(),
            running: Arc::new(Semaphore::new(n_processors)),
            waiting: Arc::new(Semaphore::new(n_processors * (1 + WAITING_FOR_EACH))),
        }
    }

    /// The index as it is now: a commit made since is picked up here, by one request while the
    /// others go on with what there was. A state that cannot be opened costs no answer.
    pub(crate) fn searcher(&self) -> Searcher {
        let now = self.searcher.read().unwrap_or_else(PoisonError::into_inner).clone();
        let Ok(_looking) = self.looking.try_lock() else { return now };
        match now.reload() {
            Ok(Some(newer)) => {
                *self.searcher.write().unwrap_or_else(PoisonError::into_inner) = newer.clone();
                newer
            }
            Ok(None) => now,
            Err(_) => {
                self.metrics.failed_reload();
                now
            }
        }
    }

    /// Whether the index can be opened as it lies there now.
    pub(crate) fn is_ready(&self) -> bool {
        self.searcher().reload().is_ok()
    }
}

/// Runs what reads the index beside the threads that answer connections: few at a time, a bounded
/// number waiting, the others refused at once.
pub(crate) async fn blocking<T: Send + 'static>(
    shared: &Arc<Shared>,
    work: impl FnOnce(&Shared) -> Result<T, Error> + Send + 'static,
) -> Result<T, Error> {
    let place = shared.waiting.clone().try_acquire_owned().map_err(|_| Error::Busy)?;
    let shared = shared.clone();
    let done = async move {
        let turn = shared.running.clone().acquire_owned().await.map_err(|_| Error::Busy)?;
        let work = move || {
            let _held = (place, turn);
            work(&shared)
        };
        let ended = tokio::task::spawn_blocking(work).await;
        ended.unwrap_or_else(|error| Err(Error::Index(format!("the search broke off: {error}"))))
    };
    tokio::time::timeout(LONGEST, done).await.unwrap_or(Err(Error::Busy))
}
