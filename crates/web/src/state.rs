//! What all requests share: the index as last seen, the limits, and what the operator has set.

use std::fmt;
use std::ops::Deref;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::Duration;

use chapeau_index::{Budget, Searcher};
use chapeau_query::thesaurus::Thesaurus;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::Instant;

use crate::answers::Answers;
use crate::error::Error;
use crate::metrics::Metrics;
use crate::sheets::{Draw, Sheets};

/// Requests that wait for each one that runs, at most: whoever comes after them is told to come
/// again.
const WAITING_FOR_EACH: usize = 24;
/// Requests that draw or wait for it: whoever is last has waited some seconds at worst.
const WAITING_TO_DRAW: usize = 16;
/// How long a request waits in a line that has formed just now: one slow search is no reason to
/// send the next person away.
const PATIENCE: Duration = Duration::from_secs(5);
/// How long it waits in a line that has stood for [`STANDING`]: then more comes than can be done,
/// all would only wait longer, and the answers that are given are to be quick ones. To bound the
/// time in a line that does not empty, rather than its length, is the idea of `CoDel` (RFC 8289).
const PATIENCE_IN_A_STANDING_LINE: Duration = Duration::from_millis(100);
/// Searches for each processor where an engine elsewhere does most of the work: they mostly wait.
const FOR_EACH_ELSEWHERE: usize = 4;
/// When a line counts as stuck: so long nobody got a place, though none is free and none should have
/// been held for longer than [`LONGEST`].
const STUCK: Duration = Duration::from_secs(20);
/// When a line counts as standing: so long nobody came who had not to wait.
const STANDING: Duration = Duration::from_secs(1);
/// How long an answer may take. Then, as when whoever asked goes away, the work for it is broken off.
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
    /// Draws the pages of originals; without it there are no images.
    pub draw: Option<Arc<dyn Draw>>,
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
    /// What the answers depend on that was set when the server was started.
    started_with: String,
    /// Held by the one request that looks for a newer state of the index.
    looking: Mutex<()>,
    pub(crate) settings: Settings,
    pub(crate) metrics: Metrics,
    pub(crate) sheets: Sheets,
    pub(crate) answers: Answers,
    /// One place to draw, so that searches always have the other processors.
    drawing: Line,
    /// A place to search for each processor, and more where others search.
    searching: Line,
}

/// Places to work, and a bounded line before them.
#[derive(Debug)]
struct Line {
    places: Arc<Semaphore>,
    /// Places to work or wait.
    length: Arc<Semaphore>,
    /// When somebody last came who had not to wait.
    free_at: Mutex<Instant>,
    /// When somebody last got a place.
    moved_at: Mutex<Instant>,
    patience_when_standing: Duration,
}

impl Line {
    fn new(n_places: usize, n_waiting: usize, patience_when_standing: Duration) -> Self {
        Self {
            places: Arc::new(Semaphore::new(n_places)),
            length: Arc::new(Semaphore::new(n_places + n_waiting)),
            free_at: Mutex::new(Instant::now()),
            moved_at: Mutex::new(Instant::now()),
            patience_when_standing,
        }
    }

    /// A place in the line, which is given up with what this gives.
    fn enter(&self) -> Result<OwnedSemaphorePermit, Error> {
        self.length.clone().try_acquire_owned().map_err(|_| Error::Busy)
    }

    /// Waits for a place to work.
    async fn turn(&self) -> Result<OwnedSemaphorePermit, Error> {
        // Those who wait are served first: a place is free only where nobody does.
        if let Ok(turn) = self.places.clone().try_acquire_owned() {
            now(&self.free_at);
            now(&self.moved_at);
            return Ok(turn);
        }
        let turn = tokio::time::timeout(self.patience(), self.places.clone().acquire_owned()).await;
        let turn = turn.map_err(|_| Error::Busy)?.map_err(|_| Error::Busy)?;
        now(&self.moved_at);
        Ok(turn)
    }

    /// Whether no place has come free for longer than any may be held.
    fn is_stuck(&self) -> bool {
        let moved_at = *self.moved_at.lock().unwrap_or_else(PoisonError::into_inner);
        self.places.available_permits() == 0 && moved_at.elapsed() > STUCK
    }

    fn patience(&self) -> Duration {
        let free_at = *self.free_at.lock().unwrap_or_else(PoisonError::into_inner);
        if free_at.elapsed() < STANDING { PATIENCE } else { self.patience_when_standing }
    }
}

/// Notes that it is now.
fn now(moment: &Mutex<Instant>) {
    *moment.lock().unwrap_or_else(PoisonError::into_inner) = Instant::now();
}

/// One request at work: all that requests share, and what this one may cost.
pub(crate) struct Work {
    shared: Arc<Shared>,
    budget: Budget,
}

impl Deref for Work {
    type Target = Shared;

    fn deref(&self) -> &Shared {
        &self.shared
    }
}

impl Work {
    /// The index as it is now, for what this request may cost.
    pub(crate) fn searcher(&self) -> Searcher {
        self.shared.searcher().within(self.budget.clone())
    }
}

/// Breaks the work off when nobody waits for it any more.
struct Waiting(Budget);

impl Drop for Waiting {
    fn drop(&mut self) {
        self.0.cancel();
    }
}

impl Shared {
    /// Serves this index, and each later state of it.
    pub fn new(searcher: Searcher, settings: Settings) -> Self {
        let n_processors = std::thread::available_parallelism().map_or(1, usize::from);
        let n_places = if searcher.is_remote() { n_processors * FOR_EACH_ELSEWHERE } else { n_processors };
        Self {
            searcher: RwLock::new(searcher),
            started_with: settings.thesaurus.digest(),
            looking: Mutex::new(()),
            settings,
            metrics: Metrics::default(),
            sheets: Sheets::default(),
            answers: Answers::default(),
            // To draw takes longer than the patience of a search.
            drawing: Line::new(1, WAITING_TO_DRAW, PATIENCE),
            searching: Line::new(n_places, n_processors * WAITING_FOR_EACH, PATIENCE_IN_A_STANDING_LINE),
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

    /// The same for those who must not wait where they are, since others would wait with them: to
    /// look at an index elsewhere takes until it answers.
    pub(crate) async fn searcher_at_once(self: &Arc<Self>) -> Searcher {
        let now = self.searcher.read().unwrap_or_else(PoisonError::into_inner).clone();
        if !now.is_remote() {
            return self.searcher();
        }
        let shared = self.clone();
        tokio::task::spawn_blocking(move || shared.searcher()).await.unwrap_or(now)
    }

    /// What an answer is made of besides its address: this program, the state of the index, the day, which
    /// tells what is open and what is recent, and the words that queries are expanded with.
    pub(crate) fn edition(&self, searcher: &Searcher) -> String {
        let (program, index, day) = (env!("CARGO_PKG_VERSION"), searcher.version(), crate::news::today());
        format!("{program}-{index}-{day}-{}", self.started_with)
    }

    /// What one request may cost.
    fn budget(&self) -> Budget {
        let now = self.searcher.read().unwrap_or_else(PoisonError::into_inner);
        Budget::of_request(now.statistics().counts().clauses)
    }

    /// What is said where no answer came in time.
    fn too_late(&self) -> Error {
        let is_remote = self.searcher.read().unwrap_or_else(PoisonError::into_inner).is_remote();
        let reason = || format!("no answer within {} seconds", LONGEST.as_secs());
        if is_remote { Error::Away(reason()) } else { Error::Busy }
    }

    /// Whether the index can be opened as it lies there now, and somebody can search it.
    pub(crate) async fn is_ready(self: &Arc<Self>) -> bool {
        if self.searching.is_stuck() {
            return false;
        }
        let now = self.searcher.read().unwrap_or_else(PoisonError::into_inner).clone();
        if !now.is_remote() {
            return self.searcher().reload().is_ok();
        }
        tokio::task::spawn_blocking(move || now.reload().is_ok()).await.unwrap_or(false)
    }
}

/// Runs what reads the index beside the threads that answer connections: few at a time, a bounded
/// number waiting, the others refused at once.
pub(crate) async fn blocking<T: Send + 'static>(
    shared: &Arc<Shared>,
    work: impl FnOnce(&Work) -> Result<T, Error> + Send + 'static,
) -> Result<T, Error> {
    in_turn(shared, |shared| &shared.searching, work).await
}

/// The same for what draws: it takes as long as many searches, and must not stand in their way.
pub(crate) async fn drawing<T: Send + 'static>(
    shared: &Arc<Shared>,
    work: impl FnOnce(&Work) -> Result<T, Error> + Send + 'static,
) -> Result<T, Error> {
    in_turn(shared, |shared| &shared.drawing, work).await
}

async fn in_turn<T: Send + 'static>(
    shared: &Arc<Shared>,
    line: fn(&Shared) -> &Line,
    work: impl FnOnce(&Work) -> Result<T, Error> + Send + 'static,
) -> Result<T, Error> {
    let place = line(shared).enter()?;
    let shared = shared.clone();
    let too_late = shared.too_late();
    let budget = shared.budget();
    let _waiting = Waiting(budget.clone());
    let done = async move {
        let turn = line(&shared).turn().await?;
        let work = move || {
            let _held = (place, turn);
            work(&Work { shared, budget })
        };
        let ended = tokio::task::spawn_blocking(work).await;
        ended.unwrap_or_else(|error| Err(Error::Index(format!("the search broke off: {error}"))))
    };
    tokio::time::timeout(LONGEST, done).await.unwrap_or(Err(too_late))
}

#[cfg(test)]
mod tests {
    use chapeau_index::Excess;

    use super::*;

    /// Runs with a clock that goes on where nothing else is to do.
    fn run(test: impl Future<Output = ()>) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build();
        runtime.expect("a runtime").block_on(test);
    }

    #[test]
    fn a_line_that_formed_just_now_is_patient() {
        run(async {
            let line = Line::new(1, 1, Duration::from_millis(100));
            let first = line.turn().await.expect("a free place");
            assert_eq!(line.patience(), PATIENCE);
            drop(first);
            assert!(line.turn().await.is_ok());
        });
    }

    #[test]
    fn a_standing_line_refuses_soon() {
        run(async {
            let line = Line::new(1, 1, Duration::from_millis(100));
            let _held = line.turn().await.expect("a free place");
            tokio::time::advance(STANDING).await;
            assert_eq!(line.patience(), Duration::from_millis(100));
            assert!(matches!(line.turn().await, Err(Error::Busy)));
        });
    }

    #[test]
    fn a_line_whose_places_are_never_given_back_is_stuck() {
        run(async {
            let line = Line::new(1, 1, PATIENCE);
            tokio::time::advance(STUCK * 2).await;
            assert!(!line.is_stuck(), "nobody is there");
            let held = line.turn().await.expect("a free place");
            assert!(!line.is_stuck());
            tokio::time::advance(STUCK * 2).await;
            assert!(line.is_stuck());
            drop(held);
            assert!(!line.is_stuck());
        });
    }

    #[test]
    fn work_is_broken_off_when_nobody_waits() {
        let budget = Budget::of(10, 10);
        drop(Waiting(budget.clone()));
        assert_eq!(budget.check(), Err(Excess::Cancelled));
    }

    #[test]
    fn a_line_has_an_end() {
        let line = Line::new(1, 1, PATIENCE);
        let _two = (line.enter().expect("a place"), line.enter().expect("a place"));
        assert!(matches!(line.enter(), Err(Error::Busy)));
    }
}
