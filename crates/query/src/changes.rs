//! What changed in the corpus between two moments: clauses that are new, changed or removed.
//!
//! The index holds the corpus as it is, and its journal what each run changed. Undoing the runs one
//! by one, the latest first, gives every document as it was at either moment; the two states are then
//! compared, so that what changed twice is one change and what came and went again is none.

mod states;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use chapeau_document::{ClauseRecord, Date};
use chapeau_index::{Budget, DocumentChange, Forgotten, History, Searcher, Since};
use jiff::ToSpan;
use schemars::JsonSchema;
use serde::Serialize;

use self::states::{Compared, States};
use crate::redline::Redline;
use crate::{Error, QueryWarning, Sieve};

/// A moment between two runs of the batch job.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// A day: as a beginning its first moment, as an end its last.
    Day(Date),
    /// The end of the run of this number.
    Run(u64),
}

impl fmt::Display for Moment {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Day(day) => write!(out, "{day}"),
            Self::Run(run) => write!(out, "run {run}"),
        }
    }
}

impl From<Moment> for Since {
    fn from(moment: Moment) -> Self {
        match moment {
            Moment::Day(day) => Self::Day(day),
            Moment::Run(run) => Self::Run(run),
        }
    }
}

impl Moment {
    /// Reads `2026-11-21`, `7d` for a week before `today`, or `run:12`; the error says what was wanted.
    ///
    /// # Errors
    /// It is none of these.
    pub fn parse(given: &str, today: Date) -> Result<Self, String> {
        let wanted = || format!("found \"{given}\", want a date (2013-12-07), days (7d) or a run (run:12)");
        let days = |days: &str| today.checked_sub(i64::from(days.parse::<u16>().ok()?).days()).ok();
        if let Some(run) = given.strip_prefix("run:") {
            return run.parse().map(Self::Run).map_err(|_| wanted());
        }
        let day = given.strip_suffix('d').and_then(days).or_else(|| given.parse().ok());
        day.map(Self::Day).ok_or_else(wanted)
    }

    /// Whether a run came after this moment, where the moment is a beginning.
    fn is_before(self, run: u64, day: Date) -> bool {
        Since::from(self).wants(run, day)
    }

    /// Whether a run came after this moment, where the moment is an end.
    fn is_over_at(self, run: u64, day: Date) -> bool {
        match self {
            Self::Day(until) => day > until,
            Self::Run(until) => run > until,
        }
    }
}

/// What changed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
pub struct Changes {
    /// The last run that changed anything in the index, whenever that was.
    pub last_run: u64,
    /// Up to when changes are not known, if that is later than what was asked for.
    pub unknown: Option<Unknown>,
    /// Clauses that came.
    pub new: usize,
    /// Clauses whose words are others.
    pub changed: usize,
    /// Clauses that are gone.
    pub removed: usize,
    /// Clauses that only were read in another way: their source is the same.
    pub read_anew: usize,
    /// Clauses that differ in case, quotation marks or the number in front only.
    pub quiet: usize,
    /// Documents that were not looked at, since enough is listed.
    pub beyond: usize,
    /// The documents with such clauses, the latest first.
    pub documents: Vec<ChangedDocument>,
}

/// What changed among the clauses that a query finds: a section of a digest.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
pub struct Section {
    /// The name of the query, if it was saved under one.
    pub name: Option<String>,
    /// The query as typed.
    pub query: String,
    /// What of it could not be honoured.
    pub warnings: Vec<QueryWarning>,
    /// The beginning that was asked for, in words.
    pub since: String,
    /// The end that was asked for, in words.
    pub until: Option<String>,
    /// What changed.
    #[serde(flatten)]
    pub changes: Changes,
}

impl Section {
    /// What it is called: its name, else its query.
    pub fn title(&self) -> &str {
        match &self.name {
            Some(name) => name,
            None if self.query.is_empty() => "All changes",
            None => &self.query,
        }
    }
}

/// A time of which changes are not known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Unknown {
    /// Its last run.
    pub run: u64,
    /// Its last day.
    pub day: Date,
}

/// A document in which something changed.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct ChangedDocument {
    /// Its id.
    pub id: String,
    /// Its first symbol, else its title, else its id.
    pub citation: String,
    /// Its title.
    pub title: Option<String>,
    /// Its date.
    pub date: Option<Date>,
    /// What became of it as a whole.
    pub change: Went,
    /// The last run that changed it.
    pub run: u64,
    /// When that run began, in universal time.
    pub at: String,
    /// Its clauses that changed, in order; those that are gone at the end.
    pub clauses: Vec<ChangedClause>,
    /// Further ones, beyond the limit.
    pub more: usize,
}

/// A clause that changed.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct ChangedClause {
    /// What became of it.
    pub change: Went,
    /// The run that did it, or the last of them.
    pub run: u64,
    /// When that run began, in universal time.
    pub at: String,
    /// Whether its source is the same, and was read in another way.
    pub read_anew: bool,
    /// The clause as it was.
    pub before: Option<ClauseRecord>,
    /// The clause as it is, or was at the end.
    pub after: Option<ClauseRecord>,
    /// How the one became the other.
    pub redline: Option<Redline>,
}

impl ChangedClause {
    /// Whether a sieve lets it through, as it was or as it is.
    fn passes(&self, sieve: &Sieve) -> Result<bool, Error> {
        for one in [&self.before, &self.after].into_iter().flatten() {
            if sieve.passes(one)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The clause as it is, or as it was if it is gone.
    pub fn clause(&self) -> Option<&ClauseRecord> {
        self.after.as_ref().or(self.before.as_ref())
    }
}

/// What became of a clause or a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Went {
    /// Its words are others.
    Changed,
    /// It was not there.
    New,
    /// It is gone.
    Removed,
}

impl Went {
    /// Its name in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Changed => "changed",
            Self::Removed => "removed",
        }
    }
}

impl Changes {
    /// Whether no clause is listed.
    pub fn is_empty(&self) -> bool {
        self.documents.is_empty()
    }

    /// The counts in a line: "3 clauses new, 1 changed, 0 removed".
    pub fn summary(&self) -> String {
        let many = if self.new == 1 { "" } else { "s" };
        format!("{} clause{many} new, {} changed, {} removed", self.new, self.changed, self.removed)
    }

    /// What is counted and not listed, in a line.
    pub fn passed_over(&self) -> Option<String> {
        let said = [
            (self.read_anew, "only read anew from the same source"),
            (self.quiet, "only differing in case, quotation marks or numbers"),
        ];
        let said: Vec<String> =
            said.iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!("{n} {what}")).collect();
        (!said.is_empty()).then(|| format!("not listed: {}", said.join(", ")))
    }

    /// Takes out what a sieve does not let through, as it was or as it is.
    ///
    /// # Errors
    /// It takes too long to tell.
    pub fn through(&self, sieve: &Sieve) -> Result<Self, Error> {
        let mut documents = Vec::new();
        for document in &self.documents {
            let clauses = sifted(document.clauses.iter().cloned(), Some(sieve))?;
            if !clauses.is_empty() {
                documents.push(ChangedDocument { clauses, ..document.clone() });
            }
        }
        let mut changes = Self { documents, ..self.clone() };
        changes.count();
        Ok(changes)
    }

    /// Leaves at most so many clauses of each document, and says how many it took out.
    #[must_use]
    pub fn cut(mut self, limit: usize) -> Self {
        for document in &mut self.documents {
            document.more += document.clauses.len().saturating_sub(limit);
            document.clauses.truncate(limit);
        }
        self
    }

    fn count(&mut self) {
        let of = |change: Went| {
            let rows = self.documents.iter().flat_map(|document| &document.clauses);
            rows.filter(|row| row.change == change).count()
        };
        (self.new, self.changed, self.removed) = (of(Went::New), of(Went::Changed), of(Went::Removed));
    }
}

/// Which changes are wanted.
#[derive(Clone, Debug)]
pub struct Period {
    /// Changes after this moment.
    pub since: Moment,
    /// Changes up to this one; up to now if there is none.
    pub until: Option<Moment>,
    /// Whether clauses are listed too that were only read in another way.
    pub read_anew: bool,
    /// Whether documents are passed over that were not there at the beginning.
    pub without_new: bool,
    /// Most clauses that are listed, of the latest documents.
    pub most: usize,
    /// Most clauses that are looked at, of the latest documents: a query may find none of them.
    pub most_read: usize,
}

impl Period {
    /// All that changed since a moment.
    pub fn since(since: Moment) -> Self {
        Self {
            since,
            until: None,
            read_anew: false,
            without_new: false,
            most: usize::MAX,
            most_read: usize::MAX,
        }
    }

    fn is_later(&self, change: &DocumentChange) -> bool {
        self.until.is_some_and(|until| until.is_over_at(change.run, change.day))
    }
}

/// What changed in a period among the clauses that a sieve lets through, as they were or as they are.
///
/// # Errors
/// The index or its journal cannot be read.
pub fn changes(searcher: &Searcher, period: &Period, sieve: Option<&Sieve>) -> Result<Changes, Error> {
    let history = searcher.history(period.since.into())?;
    of_history(searcher, &history, period, sieve)
}

/// The same for each of the latest runs by itself, at most `most_runs` of those after `since`: what
/// changed twice is told twice, as a feed tells it. Documents that a run added are passed over.
///
/// # Errors
/// As [`changes`].
pub fn changes_by_run(
    searcher: &Searcher,
    since: Moment,
    most_runs: usize,
    sieve: Option<&Sieve>,
) -> Result<Vec<Changes>, Error> {
    let history = searcher.history(since.into())?;
    let changed = history.changes.iter().filter(|change| !change.is_new);
    let runs: BTreeSet<u64> = changed.map(|change| change.run).collect();
    let of_run = |run: u64| {
        let (since, until) = (Moment::Run(run.saturating_sub(1)), Some(Moment::Run(run)));
        of_history(searcher, &history, &Period { until, without_new: true, ..Period::since(since) }, sieve)
    };
    runs.into_iter().rev().take(most_runs).map(of_run).collect()
}

/// Steps that a clause takes which is read from the index, undone or compared.
const STEPS_A_CLAUSE: u64 = 2_000;

fn of_history(
    searcher: &Searcher,
    history: &History,
    period: &Period,
    sieve: Option<&Sieve>,
) -> Result<Changes, Error> {
    let unknown = history.forgotten.as_ref().filter(|forgotten| is_wanted(period.since, forgotten));
    let mut found = Changes {
        last_run: history.last_run,
        unknown: unknown.map(|forgotten| Unknown { run: forgotten.run, day: forgotten.day }),
        ..Changes::default()
    };
    let (mut n_listed, mut n_read) = (0, 0);
    for (document, latest_first) in by_document(&history.changes, period) {
        if n_listed >= period.most || n_read >= period.most_read {
            found.beyond += 1;
            continue;
        }
        let states =
            States::of(searcher.clauses_of(document)?, &latest_first, |change| period.is_later(change));
        n_read += states.since.len() + states.until.len();
        searcher.budget().spend(STEPS_A_CLAUSE * (states.since.len() + states.until.len()) as u64)?;
        if let Some(document) = listed(&mut found, (document, &states), period, sieve, searcher.budget())? {
            n_listed += document.clauses.len();
            found.documents.push(document);
        }
    }
    found.documents.sort_by(|a, b| (b.run, a.change, &a.id).cmp(&(a.run, b.change, &b.id)));
    found.count();
    Ok(found)
}

/// The changes of each document that changed in a period, the latest first; the latest documents first.
fn by_document<'a>(
    changes: &'a [DocumentChange],
    period: &Period,
) -> Vec<(&'a str, Vec<&'a DocumentChange>)> {
    let mut by_document: BTreeMap<&str, Vec<&DocumentChange>> = BTreeMap::new();
    let after = changes.iter().rev().filter(|change| period.since.is_before(change.run, change.day));
    for change in after {
        by_document.entry(&change.document).or_default().push(change);
    }
    let mut of_period: Vec<_> = by_document.into_iter().collect();
    of_period.retain(|(_, latest_first)| {
        let mut within = latest_first.iter().filter(|change| !period.is_later(change));
        let is_any = within.clone().next().is_some();
        is_any && !(period.without_new && within.next_back().is_some_and(|first| first.is_new))
    });
    of_period
        .sort_by_key(|(_, latest_first)| std::cmp::Reverse(latest_first.first().map(|change| change.run)));
    of_period
}

/// What is listed of a document; what is not is counted.
fn listed(
    found: &mut Changes,
    (document, states): (&str, &States),
    period: &Period,
    sieve: Option<&Sieve>,
    budget: &Budget,
) -> Result<Option<ChangedDocument>, Error> {
    let compared = Compared::of(states, budget)?;
    found.quiet += compared.n_quiet;
    let (anew, rows): (Vec<_>, Vec<_>) =
        compared.rows.into_iter().partition(|row| row.read_anew && !period.read_anew);
    found.read_anew += anew.len();
    Ok(changed_document(document, sifted(rows.into_iter(), sieve)?, states))
}

/// The rows that a sieve lets through.
fn sifted(
    rows: impl Iterator<Item = ChangedClause>,
    sieve: Option<&Sieve>,
) -> Result<Vec<ChangedClause>, Error> {
    let mut passed = Vec::new();
    for row in rows {
        if sieve.map_or(Ok(true), |sieve| row.passes(sieve))? {
            passed.push(row);
        }
    }
    Ok(passed)
}

/// Whether something is asked for that is not known.
fn is_wanted(since: Moment, forgotten: &Forgotten) -> bool {
    match since {
        Moment::Day(since) => since <= forgotten.day,
        Moment::Run(since) => since < forgotten.run,
    }
}

/// A document with these rows; none where it has no rows.
fn changed_document(id: &str, clauses: Vec<ChangedClause>, states: &States) -> Option<ChangedDocument> {
    let last = clauses.iter().max_by_key(|row| row.run)?;
    let of_it = states.until.first().or(states.since.first())?;
    let change = match (states.since.is_empty(), states.until.is_empty()) {
        (true, _) => Went::New,
        (_, true) => Went::Removed,
        _ => Went::Changed,
    };
    let symbol = of_it.symbols.first().map(ToString::to_string);
    Some(ChangedDocument {
        id: id.to_owned(),
        citation: symbol.or_else(|| of_it.title.clone()).unwrap_or_else(|| id.to_owned()),
        title: of_it.title.clone(),
        date: of_it.date,
        change,
        run: last.run,
        at: last.at.clone(),
        clauses,
        more: 0,
    })
}

#[cfg(test)]
mod tests;
