//! The ledger of an index on a Quickwit: which runs are in force, and what that leaves to be asked.
//!
//! A *job* enters a number into the ledger before its first record is written. Its *runs*, numbered
//! after it, are put in force by an entry each. When it ends it *settles*: one entry then says what
//! all before amounts to, so that a reader reads that and what came since, whatever the age of the
//! index, and asks for ranges of numbers instead of a list of them.
//!
//! A job that was killed leaves records of a run without an entry: its *tail*, which readers leave
//! out. The next job over the same sources *fences* it: nothing that the first one may still enter
//! counts from then on, and its tail is deleted. So two jobs over the same sources, which should not
//! be, cost one of them its work and the index nothing.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::mapping::{PUT, RUN};
use crate::generation::{ANALYZER_VERSION, FORMAT_VERSION, Payload};
use crate::shard::Shard;
use crate::{Counts, Tally};

/// What entries have in the field `record`.
pub(super) const ENTRY: &str = "entry";
/// What those that settle have there besides.
pub(super) const SETTLED: &str = "settled";

/// Version of the ledger and of what Quickwit is told of an index.
pub(super) const LAYOUT: u32 = 2;
/// Numbers that a job has for its runs.
const RUNS_OF_A_JOB: u64 = 1 << 12;
/// The last run of a job.
pub(super) const LAST_RUN: u64 = RUNS_OF_A_JOB - 1;

/// Numbers of runs, from and to, both included.
pub(super) type Numbers = (u64, u64);

/// A line of the ledger.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Entry {
    Job(Job),
    Run(Run),
    /// That a job has ended where it cannot settle: others may yet fence what came before.
    End(u64),
    Settled(Box<Settled>),
}

/// That a job is to write.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Job {
    pub(super) versions: Versions,
    pub(super) job: u64,
    /// What tells it from another that took the same number.
    pub(super) nonce: u64,
    pub(super) shard: Shard,
}

/// That a run is in force.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Run {
    pub(super) run: u64,
    /// Earlier jobs over the same sources, with the last of their runs that count.
    pub(super) fences: BTreeMap<u64, u64>,
    /// What it replaces.
    pub(super) replaced: Vec<u64>,
    /// By how much it made the numbers of the index grow.
    pub(super) grown: Sums,
}

/// What all before amounts to.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Settled {
    pub(super) versions: Versions,
    /// The job that settles, and ends with it.
    pub(super) job: u64,
    pub(super) shard: Shard,
    /// The last job that is taken into account. A job that enters itself later has a higher number.
    pub(super) upto: u64,
    /// The jobs that may still go on, with the last of their runs that is taken into account.
    pub(super) open: BTreeMap<u64, Open>,
    /// Runs that are not in force and may yet be found.
    pub(super) tails: Vec<Numbers>,
    /// What is replaced and may yet be found.
    pub(super) replaced: BTreeSet<u64>,
    pub(super) sums: Sums,
}

/// A job that has not ended.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Open {
    pub(super) shard: Shard,
    /// The last of its runs in force, from 1; 0 for none.
    pub(super) last: u64,
}

/// The versions that must be those of the program.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Versions {
    pub(super) layout: u32,
    pub(super) format: u32,
    pub(super) analyzer: u32,
}

impl Versions {
    pub(super) const OURS: Self = Self { layout: LAYOUT, format: FORMAT_VERSION, analyzer: ANALYZER_VERSION };

    /// The first that differs: its name, what was found and what is wanted.
    pub(super) fn differ(self) -> Option<(&'static str, u32, u32)> {
        let ours = Self::OURS;
        [
            ("layout", self.layout, ours.layout),
            ("format", self.format, ours.format),
            ("analyzer", self.analyzer, ours.analyzer),
        ]
        .into_iter()
        .find(|(_, found, wanted)| found != wanted)
    }
}

impl Entry {
    /// Where it stands in the ledger.
    pub(super) fn number(&self) -> u64 {
        match self {
            Self::Job(Job { job, .. }) => run_of(*job, 0),
            Self::Run(run) => run.run,
            Self::End(job) => run_of(*job, LAST_RUN),
            Self::Settled(settled) => run_of(settled.job, LAST_RUN),
        }
    }

    /// What the field `record` says of it.
    pub(super) fn kinds(&self) -> &'static [&'static str] {
        if matches!(self, Self::Settled(_)) { &[ENTRY, SETTLED] } else { &[ENTRY] }
    }

    pub(super) fn versions(&self) -> Option<Versions> {
        match self {
            Self::Job(job) => Some(job.versions),
            Self::Settled(settled) => Some(settled.versions),
            Self::Run(_) | Self::End(_) => None,
        }
    }
}

/// The number of a job's run.
pub(super) fn run_of(job: u64, run: u64) -> u64 {
    job.saturating_mul(RUNS_OF_A_JOB).saturating_add(run)
}

/// Numbers that runs add up to.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Sums {
    numbers: [i64; 12],
    languages: BTreeMap<String, i64>,
}

impl Sums {
    pub(super) fn of(payload: &Payload) -> Self {
        let Counts { documents, clauses, contexts, text, lead_in, heading, title } = payload.counts;
        let [a, b, c, d] = [text, lead_in, heading, title].map(|tally| [tally.records, tally.tokens]);
        let numbers = [
            documents,
            clauses,
            contexts,
            a[0],
            a[1],
            b[0],
            b[1],
            c[0],
            c[1],
            d[0],
            d[1],
            payload.unreadable,
        ];
        let signed = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
        let languages = payload.languages.iter().map(|(language, n)| (language.clone(), signed(*n)));
        Self { numbers: numbers.map(signed), languages: languages.collect() }
    }

    fn add(&mut self, other: &Self, sign: i64) {
        self.numbers.iter_mut().zip(&other.numbers).for_each(|(sum, n)| *sum += sign * n);
        for (language, n) in &other.languages {
            *self.languages.entry(language.clone()).or_default() += sign * n;
        }
        self.languages.retain(|_, n| *n != 0);
    }

    /// What they grew by since they were as `before`.
    pub(super) fn since(mut self, before: &Self) -> Self {
        self.add(before, -1);
        self
    }

    fn payload(&self) -> Payload {
        let n = self.numbers.map(|sum| u64::try_from(sum).unwrap_or(0));
        let tally = |at: usize| Tally { records: n[at], tokens: n[at + 1] };
        let counts = Counts {
            documents: n[0],
            clauses: n[1],
            contexts: n[2],
            text: tally(3),
            lead_in: tally(5),
            heading: tally(7),
            title: tally(9),
        };
        let languages = self.languages.iter();
        let languages =
            languages.filter_map(|(language, n)| Some((language.clone(), u64::try_from(*n).ok()?)));
        Payload {
            format: FORMAT_VERSION,
            analyzer: ANALYZER_VERSION,
            counts,
            languages: languages.filter(|(_, n)| *n > 0).collect(),
            unreadable: n[11],
            ..Payload::default()
        }
    }
}

/// What the ledger says at one moment.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Ledger {
    base: Settled,
    /// The jobs that may go on.
    open: BTreeMap<u64, Open>,
    /// Those that have fences around them.
    fenced: BTreeMap<u64, Open>,
    /// Those that ended since the base.
    ended: BTreeMap<u64, Open>,
    /// By number, what tells jobs apart that took the same.
    nonces: BTreeMap<u64, BTreeSet<u64>>,
    replaced: BTreeSet<u64>,
    sums: Sums,
    /// Runs in force after the base.
    n_runs: usize,
}

impl Ledger {
    /// Reads entries from where the ledger of a moment before, if there is one, said to begin.
    pub(super) fn read(before: &Settled, entries: Vec<Entry>) -> Self {
        let (mut base, mut ended, mut jobs, mut runs) =
            (before.clone(), BTreeSet::new(), Vec::new(), BTreeMap::new());
        for entry in entries {
            match entry {
                Entry::Job(job) => jobs.push(job),
                // One whose writing was repeated stands twice.
                Entry::Run(run) => drop(runs.insert(run.run, run)),
                Entry::End(job) => drop(ended.insert(job)),
                Entry::Settled(settled) => {
                    ended.insert(settled.job);
                    if settled.job > base.job {
                        base = *settled;
                    }
                }
            }
        }
        Self { open: base.open.clone(), ..Self::default() }.with(base, &ended, jobs, &runs)
    }

    fn with(
        mut self,
        base: Settled,
        ended: &BTreeSet<u64>,
        jobs: Vec<Job>,
        runs: &BTreeMap<u64, Run>,
    ) -> Self {
        (self.replaced, self.sums) = (base.replaced.clone(), base.sums.clone());
        for job in jobs.into_iter().filter(|job| job.job > base.upto) {
            self.open.insert(job.job, Open { shard: job.shard, last: 0 });
            self.nonces.entry(job.job).or_default().insert(job.nonce);
        }
        let mut fences: BTreeMap<u64, u64> = BTreeMap::new();
        // The latest first: what a later job fences is known before it is asked.
        for (job, open) in self.open.iter_mut().rev() {
            let to = fences.get(job).copied().unwrap_or(LAST_RUN);
            let first = run_of(*job, 0);
            for (number, run) in runs.range(first..=run_of(*job, LAST_RUN)) {
                let n = number - first;
                if n <= open.last {
                    continue;
                }
                if n > to {
                    break;
                }
                open.last = n;
                self.n_runs += 1;
                self.sums.add(&run.grown, 1);
                self.replaced.extend(&run.replaced);
                for (earlier, last) in &run.fences {
                    let to = fences.entry(*earlier).or_insert(*last);
                    *to = (*to).min(*last);
                }
            }
        }
        let (open, closed): (BTreeMap<u64, Open>, _) =
            self.open.into_iter().partition(|(job, _)| !ended.contains(job) && !fences.contains_key(job));
        let (fenced, ended) = closed.into_iter().partition(|(job, _)| fences.contains_key(job));
        Self { base, open, fenced, ended, ..self }
    }

    /// What the next reading goes on from.
    pub(super) fn base(&self) -> &Settled {
        &self.base
    }

    /// Whether nothing is in force and nothing ever was.
    pub(super) fn is_empty(&self) -> bool {
        self.base.job == 0 && self.n_runs == 0
    }

    /// The last job there is.
    pub(super) fn last_job(&self) -> u64 {
        self.jobs().map(|(job, _)| job).max().unwrap_or(0).max(self.base.upto)
    }

    /// All jobs since the base and those that it left open.
    fn jobs(&self) -> impl Iterator<Item = (u64, Open)> {
        let all = self.open.iter().chain(&self.fenced).chain(&self.ended);
        all.map(|(job, open)| (*job, *open))
    }

    /// Whether a job has its number to itself, and all that settled know of none so high.
    pub(super) fn is_alone(&self, job: u64, nonce: u64) -> bool {
        self.nonces.get(&job).is_some_and(|nonces| *nonces == BTreeSet::from([nonce]))
    }

    /// What there is in all.
    pub(super) fn payload(&self) -> Payload {
        self.sums.payload()
    }

    /// What is replaced and may yet be found.
    pub(super) fn replaced(&self) -> &BTreeSet<u64> {
        &self.replaced
    }

    /// The jobs other than this one that may have the same sources and have not ended, with the last
    /// of their runs in force.
    pub(super) fn rivals(&self, job: u64, shard: Shard) -> BTreeMap<u64, u64> {
        let rivals = self.open.iter().filter(|(other, open)| **other != job && open.shard.meets(shard));
        rivals.map(|(other, open)| (*other, open.last)).collect()
    }

    /// Numbers of runs that are not in force and never will be, as ranges.
    pub(super) fn tails(&self) -> Vec<Numbers> {
        let fenced = self.fenced.iter().map(|(job, open)| tail(*job, open.last));
        self.base.tails.iter().copied().chain(fenced).filter(|(from, to)| from <= to).collect()
    }

    /// The numbers of the runs in force: ranges that hold them, and ranges within that do not.
    fn ranges(&self) -> (Vec<Numbers>, Vec<Numbers>) {
        let (mut among, mut not) = (Vec::new(), self.base.tails.clone());
        if self.base.upto > 0 {
            among.push((0, run_of(self.base.upto, LAST_RUN)));
        }
        for (job, Open { last, .. }) in self.jobs() {
            if job <= self.base.upto {
                not.push(tail(job, last));
            } else {
                among.push((run_of(job, 1), run_of(job, last)));
            }
        }
        among.retain(|(from, to)| from <= to);
        not.retain(|(from, to)| from <= to);
        (among, not)
    }

    /// The query of the records in force.
    pub(super) fn in_force(&self) -> Value {
        let range = |(from, to): Numbers| json!({ "range": { RUN: { "gte": from, "lte": to } } });
        let (among, not) = self.ranges();
        let among = match &among[..] {
            [] => json!({ "match_none": null }),
            [one] => range(*one),
            _ => {
                let each: Vec<Value> = among.into_iter().map(range).collect();
                json!({ "bool": { "should": each, "minimum_should_match": 1 } })
            }
        };
        let mut not: Vec<Value> = not.into_iter().map(range).collect();
        if !self.replaced.is_empty() {
            not.push(json!({ "terms": { PUT: self.replaced } }));
        }
        if not.is_empty() { among } else { json!({ "bool": { "must": [among], "must_not": not } }) }
    }

    /// Whether a job that has put nothing in force yet may fence runs that others did.
    fn may_be_fenced(&self) -> bool {
        let fencing = self.open.iter().filter(|(_, open)| open.last == 0);
        let mut pairs = fencing.flat_map(|by| self.jobs().map(move |other| (by, other)));
        pairs.any(|((job, open), (earlier, other))| {
            let was = self.base.open.get(&earlier).map_or(0, |open| open.last);
            earlier < *job && other.last > was && open.shard.meets(other.shard)
        })
    }

    /// The entry by which a job ends, summing up the ledger where nothing in it can change. `gone` are
    /// tails and replaced records that nobody will find.
    pub(super) fn settle(
        &self,
        (job, shard): (u64, Shard),
        gone: (&BTreeSet<Numbers>, &BTreeSet<u64>),
    ) -> Entry {
        if self.may_be_fenced() {
            return Entry::End(job);
        }
        let mut open = self.open.clone();
        open.remove(&job);
        Entry::Settled(Box::new(Settled {
            versions: Versions::OURS,
            job,
            shard,
            upto: self.last_job(),
            open,
            tails: self.tails().into_iter().filter(|tail| !gone.0.contains(tail)).collect(),
            replaced: self.replaced.difference(gone.1).copied().collect(),
            sums: self.sums.clone(),
        }))
    }
}

/// The numbers of a job's runs after the last in force.
fn tail(job: u64, last: u64) -> Numbers {
    (run_of(job, last + 1), run_of(job, LAST_RUN))
}

/// Where entries begin that one which settles may not have taken into account.
pub(super) fn begins(base: &Settled) -> u64 {
    run_of(base.open.keys().next().copied().unwrap_or(base.upto).min(base.upto), 0)
}

#[cfg(test)]
mod tests;
