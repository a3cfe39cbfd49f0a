//! Work done on many threads whose results come out in order, with a bound on what waits.
//!
//! Ids of documents that would be the same are told apart in the order in which documents are
//! added, so that order must not depend on which thread was faster.

use std::collections::BTreeMap;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

/// Runs `work` on each of `jobs` on `n_threads` threads and hands the results to `take`, in order,
/// on the calling thread; stops early when `take` says so by an error.
///
/// `weight` is what a result costs while it waits. A job starts only while the results that wait
/// and those under way weigh less than `bound`, or when it is the next to come out.
pub(super) fn in_order<J: Sync, R: Send, E>(
    jobs: &[J],
    n_threads: usize,
    bound: u64,
    weight: impl Fn(&J) -> u64 + Sync,
    work: impl Fn(&J) -> R + Sync,
    mut take: impl FnMut(R) -> Result<(), E>,
) -> Result<(), E> {
    let line = Line { jobs, bound, state: Mutex::new(State::default()), changed: Condvar::new() };
    thread::scope(|scope| {
        for _ in 0..n_threads.min(jobs.len()) {
            scope.spawn(|| {
                // A panic in `work` must not leave the others waiting for its result.
                let stop = StopOnPanic(&line);
                while let Some(at) = line.start(&weight) {
                    line.hand_in(at, work(&jobs[at]));
                }
                drop(stop);
            });
        }
        while let Some((at, result)) = line.next_result() {
            if let Err(error) = take(result) {
                line.stop();
                return Err(error);
            }
            line.taken(weight(&jobs[at]));
        }
        Ok(())
    })
}

struct Line<'a, J, R> {
    jobs: &'a [J],
    bound: u64,
    state: Mutex<State<R>>,
    changed: Condvar,
}

struct State<R> {
    n_started: usize,
    n_taken: usize,
    /// Weight of what is under way or waits.
    weight: u64,
    waiting: BTreeMap<usize, R>,
    stopped: bool,
}

impl<R> Default for State<R> {
    fn default() -> Self {
        Self { n_started: 0, n_taken: 0, weight: 0, waiting: BTreeMap::new(), stopped: false }
    }
}

impl<J, R> Line<'_, J, R> {
    fn lock(&self) -> MutexGuard<'_, State<R>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn wait<'s>(&self, state: MutexGuard<'s, State<R>>) -> MutexGuard<'s, State<R>> {
        self.changed.wait(state).unwrap_or_else(PoisonError::into_inner)
    }

    /// The next job, once there is room for its result.
    fn start(&self, weight: impl Fn(&J) -> u64) -> Option<usize> {
        let mut state = self.lock();
        loop {
            let at = state.n_started;
            if state.stopped || at == self.jobs.len() {
                return None;
            }
            let weight = weight(&self.jobs[at]);
            if at == state.n_taken || state.weight.saturating_add(weight) <= self.bound {
                state.n_started += 1;
                state.weight = state.weight.saturating_add(weight);
                return Some(at);
            }
            state = self.wait(state);
        }
    }

    fn hand_in(&self, at: usize, result: R) {
        self.lock().waiting.insert(at, result);
        self.changed.notify_all();
    }

    /// The next result in order; `None` after the last, or when all has stopped.
    fn next_result(&self) -> Option<(usize, R)> {
        let mut state = self.lock();
        loop {
            let at = state.n_taken;
            if let Some(result) = state.waiting.remove(&at) {
                return Some((at, result));
            }
            if state.stopped || at == self.jobs.len() {
                return None;
            }
            state = self.wait(state);
        }
    }

    fn taken(&self, weight: u64) {
        let mut state = self.lock();
        state.n_taken += 1;
        state.weight = state.weight.saturating_sub(weight);
        drop(state);
        self.changed.notify_all();
    }

    fn stop(&self) {
        self.lock().stopped = true;
        self.changed.notify_all();
    }
}

struct StopOnPanic<'a, 'l, J, R>(&'a Line<'l, J, R>);

impl<J, R> Drop for StopOnPanic<'_, '_, J, R> {
    fn drop(&mut self) {
        if thread::panicking() {
            self.0.stop();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;
    use std::sync::atomic::{AtomicU64, Ordering};
    use std::time::Duration;

    use super::*;

    #[test]
    fn results_come_in_order_whoever_is_faster() {
        let jobs: Vec<u64> = (0..100).collect();
        let mut taken = Vec::new();
        let work = |job: &u64| {
            thread::sleep(Duration::from_micros(job * 37 % 11 * 50));
            *job
        };
        let take = |result| {
            taken.push(result);
            Ok::<(), Infallible>(())
        };
        let Ok(()) = in_order(&jobs, 4, 10, |_| 1, work, take);
        assert_eq!(taken, jobs);
    }

    #[test]
    fn what_waits_is_bounded_and_a_heavy_job_still_runs() {
        let (under_way, most) = (AtomicU64::new(0), AtomicU64::new(0));
        let work = |job: &u64| {
            most.fetch_max(under_way.fetch_add(*job, Ordering::SeqCst) + job, Ordering::SeqCst);
            *job
        };
        let take = |job| {
            under_way.fetch_sub(job, Ordering::SeqCst);
            Ok::<(), Infallible>(())
        };
        let Ok(()) = in_order(&[3, 3, 3, 50, 3, 3, 3, 3], 4, 6, |job| *job, work, take);
        assert!(most.into_inner() <= 50 + 6);
    }

    #[test]
    fn an_error_stops_the_rest() {
        let n_done = AtomicU64::new(0);
        let work = |_: &u32| n_done.fetch_add(1, Ordering::SeqCst);
        let outcome = in_order(&[0; 1000], 2, 4, |_| 1, work, |_| Err("stop"));
        assert_eq!(outcome, Err("stop"));
        assert!(n_done.into_inner() <= 6);
    }
}
