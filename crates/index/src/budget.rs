//! What one request may cost: steps of work, bytes of memory, and whether anybody still waits for it.
//!
//! A step is what takes about ten nanoseconds: a record of a posting list, a position, a byte of a term that
//! is compared with a pattern. Whoever works for a request spends its steps as they are taken and ends
//! once they are spent, so that no query holds a processor or the memory of the machine for itself.

use std::cell::Cell;
use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use crate::Searcher;

/// What a request may cost whatever the size of the index: some 150 ms.
const STEPS: u64 = 15_000_000;
/// What it may cost besides for each clause: of 232,000 clauses a quarter of a second in all. A query of
/// twenty plain words costs five.
const STEPS_A_CLAUSE: u64 = 40;
/// Bytes that a request may hold at once.
const BYTES: u64 = 64 << 20;
/// How much more somebody may ask at a terminal, who waits for nobody else and can break it off.
const PATIENCE: u64 = 40;
/// Steps that a [`Meter`] counts by itself before it looks at the budget that others share.
const AT_A_TIME: u64 = 4_096;

/// What is left for one request. Clones share it, so that all who work for the request spend the same.
#[derive(Clone, Debug, Default)]
pub struct Budget(Option<Arc<Account>>);

#[derive(Debug)]
struct Account {
    steps: AtomicU64,
    most_steps: u64,
    bytes: AtomicU64,
    most_bytes: u64,
    is_cancelled: AtomicBool,
}

/// Why a request is not gone on with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Excess {
    /// It took more steps than one request may.
    Steps,
    /// It would have held more memory than one request may.
    Bytes,
    /// Nobody waits for it any more.
    Cancelled,
}

impl fmt::Display for Excess {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Steps => {
                "this takes more work than one request may cost: ask for fewer words or patterns, longer beginnings before *, or words nearer to each other"
            }
            Self::Bytes => {
                "this takes more memory than one request may hold: ask for fewer words or patterns, or longer beginnings before *"
            }
            Self::Cancelled => "nobody waits for the answer any more",
        })
    }
}

impl std::error::Error for Excess {}

impl Budget {
    /// Without any bound: for work that is ours, such as the batch job's.
    pub fn unlimited() -> Self {
        Self(None)
    }

    /// So many steps and bytes.
    pub fn of(steps: u64, bytes: u64) -> Self {
        Self(Some(Arc::new(Account {
            steps: AtomicU64::new(0),
            most_steps: steps,
            bytes: AtomicU64::new(0),
            most_bytes: bytes,
            is_cancelled: AtomicBool::new(false),
        })))
    }

    /// What one of many who share a server may ask of an index of so many clauses.
    pub fn of_request(n_clauses: u64) -> Self {
        Self::of(steps_of_request(n_clauses), BYTES)
    }

    /// What somebody at a terminal may ask of it.
    pub fn at_terminal(n_clauses: u64) -> Self {
        let steps = steps_of_request(n_clauses).saturating_mul(PATIENCE);
        Self::of(steps, BYTES.saturating_mul(PATIENCE))
    }

    /// Ends the work: nobody waits for it any more.
    pub fn cancel(&self) {
        if let Some(account) = &self.0 {
            account.is_cancelled.store(true, Ordering::Relaxed);
        }
    }

    /// Takes steps out of the budget.
    ///
    /// # Errors
    /// They were not left, or nobody waits any more.
    pub fn spend(&self, steps: u64) -> Result<(), Excess> {
        if let Some(account) = &self.0 {
            account.steps.fetch_add(steps, Ordering::Relaxed);
        }
        self.check()
    }

    /// Whether the work may go on.
    ///
    /// # Errors
    /// The steps are spent, or nobody waits any more.
    pub fn check(&self) -> Result<(), Excess> {
        match &self.0 {
            Some(account) if account.is_cancelled.load(Ordering::Relaxed) => Err(Excess::Cancelled),
            Some(account) if account.steps.load(Ordering::Relaxed) > account.most_steps => Err(Excess::Steps),
            _ => Ok(()),
        }
    }

    /// Room for so many bytes, which is given back with what this gives.
    ///
    /// # Errors
    /// There is not so much left.
    pub fn room(&self, bytes: u64) -> Result<Room, Excess> {
        if let Some(account) = &self.0 {
            let held = account.bytes.fetch_add(bytes, Ordering::Relaxed).saturating_add(bytes);
            if held > account.most_bytes {
                account.bytes.fetch_sub(bytes, Ordering::Relaxed);
                return Err(Excess::Bytes);
            }
        }
        Ok(Room { budget: self.clone(), bytes })
    }

    /// Steps spent so far; none are counted without a bound.
    pub fn spent(&self) -> u64 {
        self.0.as_ref().map_or(0, |account| account.steps.load(Ordering::Relaxed))
    }

    /// A part of what is left, at most so many steps. What is spent of it is spent of this once it is
    /// settled: [`Budget::settle`].
    pub fn part(&self, steps: u64) -> Self {
        let left = self.0.as_ref().map_or(u64::MAX, |account| {
            let left = account.most_steps.saturating_sub(account.steps.load(Ordering::Relaxed));
            if account.is_cancelled.load(Ordering::Relaxed) { 0 } else { left }
        });
        Self::of(steps.min(left), u64::MAX)
    }

    /// Takes out what was spent of a part.
    pub fn settle(&self, part: &Self) {
        // Whoever works on finds out by itself.
        let _ = self.spend(part.spent());
    }

    /// Counts steps for this budget in a loop that must be quick.
    pub fn meter(&self) -> Meter {
        Meter { budget: self.clone(), counted: Cell::new(0), is_spent: Cell::new(self.check().is_err()) }
    }
}

fn steps_of_request(n_clauses: u64) -> u64 {
    STEPS.saturating_add(STEPS_A_CLAUSE.saturating_mul(n_clauses))
}

/// Bytes that a request holds until this is dropped.
#[derive(Debug)]
#[must_use = "the bytes are given back when this is dropped"]
pub struct Room {
    budget: Budget,
    bytes: u64,
}

impl Drop for Room {
    fn drop(&mut self) {
        if let Some(account) = &self.budget.0 {
            account.bytes.fetch_sub(self.bytes, Ordering::Relaxed);
        }
    }
}

/// Counts steps for a budget, and looks at it now and then only.
#[derive(Debug)]
pub struct Meter {
    budget: Budget,
    counted: Cell<u64>,
    is_spent: Cell<bool>,
}

impl Meter {
    /// Takes steps; `false` once the budget is spent: then the work is to end, and whoever asked for it
    /// finds the reason with [`Budget::check`].
    pub fn spend(&self, steps: u64) -> bool {
        let counted = self.counted.get().saturating_add(steps);
        if counted < AT_A_TIME {
            self.counted.set(counted);
            return !self.is_spent.get();
        }
        self.counted.set(0);
        self.is_spent.set(self.budget.spend(counted).is_err());
        !self.is_spent.get()
    }

    /// Whether nothing is left.
    pub fn is_spent(&self) -> bool {
        self.is_spent.get()
    }
}

impl Drop for Meter {
    fn drop(&mut self) {
        let _ = self.budget.spend(self.counted.get());
    }
}

impl Searcher {
    /// The same, for a request that may cost so much: see [`Searcher::budget`].
    #[must_use]
    pub fn within(&self, budget: Budget) -> Self {
        let mut within = self.clone();
        within.budget = budget;
        within
    }

    /// The same, for somebody at a terminal: see [`Budget::at_terminal`].
    #[must_use]
    pub fn at_terminal(&self) -> Self {
        self.within(Budget::at_terminal(self.statistics().counts().clauses))
    }

    /// What the work that is done with this may still cost. Without a bound, unless [`Searcher::within`]
    /// gave one.
    pub fn budget(&self) -> &Budget {
        &self.budget
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_end_the_work() {
        let budget = Budget::of(10, 0);
        assert_eq!(budget.spend(10), Ok(()));
        assert_eq!(budget.clone().spend(1), Err(Excess::Steps));
        assert_eq!(budget.check(), Err(Excess::Steps));
        assert_eq!(Budget::unlimited().spend(u64::MAX), Ok(()));
    }

    #[test]
    fn cancelled_work_ends() {
        let budget = Budget::of(10, 0);
        budget.clone().cancel();
        assert_eq!(budget.check(), Err(Excess::Cancelled));
        assert!(!budget.meter().spend(1));
    }

    #[test]
    fn room_is_given_back() {
        let budget = Budget::of(0, 10);
        let held = budget.room(6).expect("room");
        assert_eq!(budget.room(6).map(drop), Err(Excess::Bytes));
        drop(held);
        assert!(budget.room(10).is_ok());
    }

    #[test]
    fn a_meter_stops_within_what_it_counts_by_itself() {
        let budget = Budget::of(AT_A_TIME, 0);
        let meter = budget.meter();
        let n_spent = (0..10 * AT_A_TIME).take_while(|_| meter.spend(1)).count() as u64;
        assert!((AT_A_TIME..=2 * AT_A_TIME).contains(&n_spent), "{n_spent}");
        drop(meter);
        assert_eq!(budget.check(), Err(Excess::Steps));
    }

    #[test]
    fn a_part_is_no_more_than_what_is_left() {
        let budget = Budget::of(10, 0);
        let part = budget.part(4);
        assert_eq!(part.spend(5), Err(Excess::Steps));
        budget.settle(&part);
        assert_eq!(budget.spent(), 5);
        assert_eq!(budget.part(100).spend(6), Err(Excess::Steps));
    }

    #[test]
    fn a_meter_pays_what_it_counted() {
        let budget = Budget::of(100, 0);
        assert!(budget.meter().spend(7));
        assert_eq!(budget.spent(), 7);
    }
}
