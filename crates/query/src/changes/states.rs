//! A document as it was at two moments, and how the one state became the other.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use chapeau_document::ClauseRecord;
use chapeau_index::{Budget, Cause, DocumentChange, Excess, text_digest};

use super::{ChangedClause, Went};
use crate::compare::pairs;
use crate::redline::{self, redline};

/// The clauses of a document at two moments. Ids and labels are those of when a text was last
/// changed or of today: a clause that only has another number has not changed.
pub(super) struct States {
    pub(super) since: Vec<Arc<ClauseRecord>>,
    pub(super) until: Vec<Arc<ClauseRecord>>,
    /// By the digests of texts that came or went between: by which run.
    came: HashMap<u64, Tag>,
    went: HashMap<u64, Tag>,
}

/// Which run did something, and whether it only read in another way.
#[derive(Clone, Debug)]
struct Tag {
    run: u64,
    at: String,
    read_anew: bool,
}

impl Tag {
    fn of(change: &DocumentChange) -> Self {
        Self { run: change.run, at: change.at.clone(), read_anew: change.cause == Cause::Reading }
    }
}

impl States {
    /// Undoes what runs did, from `now` on back; `is_later` tells which of them came after the end.
    pub(super) fn of(
        now: Vec<ClauseRecord>,
        latest_first: &[&DocumentChange],
        is_later: impl Fn(&DocumentChange) -> bool,
    ) -> Self {
        let mut state: Vec<Arc<ClauseRecord>> = now.into_iter().map(Arc::new).collect();
        let (later, between): (Vec<&DocumentChange>, Vec<&DocumentChange>) =
            latest_first.iter().copied().partition(|change| is_later(change));
        later.iter().for_each(|change| undo(&mut state, change));
        let until = state.clone();
        let (mut came, mut went) = (HashMap::new(), HashMap::new());
        for change in between {
            let new = if change.is_new {
                state.iter().map(|clause| text_digest(&clause.text)).collect()
            } else {
                Vec::new()
            };
            for digest in change.came.iter().chain(&new) {
                came.entry(*digest).or_insert_with(|| Tag::of(change));
            }
            for clause in &change.gone {
                went.entry(text_digest(&clause.text)).or_insert_with(|| Tag::of(change));
            }
            undo(&mut state, change);
        }
        Self { since: state, until, came, went }
    }

    /// The texts of `until` that `since` has not, each as often as it has them more.
    fn come(&self) -> Vec<&ClauseRecord> {
        missing_from(&self.since, &self.until)
    }

    fn gone(&self) -> Vec<&ClauseRecord> {
        missing_from(&self.until, &self.since)
    }
}

fn undo(state: &mut Vec<Arc<ClauseRecord>>, change: &DocumentChange) {
    if change.is_new {
        state.clear();
    }
    let mut came: HashMap<u64, usize> = HashMap::new();
    change.came.iter().for_each(|digest| *came.entry(*digest).or_default() += 1);
    if !came.is_empty() {
        state.retain(|clause| {
            let n_left = came.get_mut(&text_digest(&clause.text)).filter(|n_left| **n_left > 0);
            n_left.map(|n_left| *n_left -= 1).is_none()
        });
    }
    for (clause, place) in change.gone.iter().zip(&change.places) {
        state.insert((*place).min(state.len()), Arc::new(clause.clone()));
    }
}

fn missing_from<'a>(a: &[Arc<ClauseRecord>], b: &'a [Arc<ClauseRecord>]) -> Vec<&'a ClauseRecord> {
    let mut has: HashMap<u64, usize> = HashMap::new();
    a.iter().for_each(|clause| *has.entry(text_digest(&clause.text)).or_default() += 1);
    let is_missing = |clause: &&Arc<ClauseRecord>| {
        let n_left = has.get_mut(&text_digest(&clause.text)).filter(|n_left| **n_left > 0);
        n_left.map(|n_left| *n_left -= 1).is_none()
    };
    let missing = b.iter().filter(is_missing).map(Arc::as_ref);
    missing.filter(|clause| !clause.text.trim().is_empty()).collect()
}

/// How one state became the other.
#[derive(Default)]
pub(super) struct Compared {
    pub(super) rows: Vec<ChangedClause>,
    /// Clauses whose words are the same.
    pub(super) n_quiet: usize,
}

impl Compared {
    pub(super) fn of(states: &States, budget: &Budget) -> Result<Self, Excess> {
        let (gone, come) = (states.gone(), states.come());
        let pairs =
            if gone.is_empty() || come.is_empty() { Vec::new() } else { pairs(&gone, &come, budget)? };
        let became: HashMap<usize, usize> = pairs.iter().map(|(i, j)| (*j, *i)).collect();
        // Of a document that is new or gone as a whole, headings are told by their clauses.
        let is_whole = states.since.is_empty() || states.until.is_empty();
        let is_told = |clause: &ClauseRecord| !is_whole || clause.unit.is_hit();
        let mut compared = Self::default();
        for (j, after) in come.iter().enumerate().filter(|(_, clause)| is_told(clause)) {
            let before = became.get(&j).map(|i| gone[*i]);
            budget.spend(before.map_or(0, |before| redline::steps(&before.text, &after.text)))?;
            compared.push(before, Some(after), states);
        }
        let is_paired: HashSet<usize> = pairs.iter().map(|(old, _)| *old).collect();
        let is_left = |(i, _): &(usize, &&ClauseRecord)| !is_paired.contains(i);
        for (_, before) in gone.iter().enumerate().filter(is_left).filter(|(_, clause)| is_told(clause)) {
            compared.push(Some(before), None, states);
        }
        Ok(compared)
    }

    fn push(&mut self, before: Option<&ClauseRecord>, after: Option<&ClauseRecord>, states: &States) {
        let redline = before.zip(after).map(|(before, after)| redline(&before.text, &after.text));
        if redline.as_ref().is_some_and(crate::Redline::is_quiet) {
            self.n_quiet += 1;
            return;
        }
        let came = after.and_then(|clause| states.came.get(&text_digest(&clause.text)));
        let went = before.and_then(|clause| states.went.get(&text_digest(&clause.text)));
        // What is compared differs between the states, so some run did it.
        let Some(tag) = came.into_iter().chain(went).max_by_key(|tag| tag.run) else { return };
        let change = match (before, after) {
            (None, _) => Went::New,
            (_, None) => Went::Removed,
            _ => Went::Changed,
        };
        self.rows.push(ChangedClause {
            change,
            run: tag.run,
            at: tag.at.clone(),
            read_anew: came.into_iter().chain(went).all(|tag| tag.read_anew),
            before: before.cloned(),
            after: after.cloned(),
            redline,
        });
    }
}
