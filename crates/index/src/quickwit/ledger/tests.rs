//! Readers of every moment see the runs in force, whatever jobs do to one another.

use proptest::prelude::*;

use super::*;

/// What jobs do, by their place among those that began.
#[derive(Clone, Copy, Debug)]
enum Step {
    Begin(usize),
    Run(usize),
    /// A run whose job looked for rivals before they came.
    LateRun(usize),
    End(usize),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        (0..3_usize).prop_map(Step::Begin),
        (0..6_usize).prop_map(Step::Run),
        (0..6_usize).prop_map(Step::LateRun),
        (0..6_usize).prop_map(Step::End),
    ]
}

#[derive(Clone, Default)]
struct Working {
    job: u64,
    shard: Shard,
    n_runs: u64,
    fences: BTreeMap<u64, u64>,
    is_over: bool,
}

/// The ledger of an index, with what it should amount to.
#[derive(Default)]
struct Model {
    entries: Vec<Entry>,
    jobs: Vec<Working>,
    /// What each run fences.
    runs: BTreeMap<u64, BTreeMap<u64, u64>>,
}

impl Model {
    fn read(&self, base: &Settled) -> Ledger {
        let read = self.entries.iter().filter(|entry| entry.number() >= begins(base));
        Ledger::read(base, read.cloned().collect())
    }

    fn fresh(&self) -> Ledger {
        let settled = self.entries.iter().filter_map(|entry| match entry {
            Entry::Settled(settled) => Some((**settled).clone()),
            _ => None,
        });
        self.read(&settled.max_by_key(|settled| settled.job).unwrap_or_default())
    }

    fn take(&mut self, step: Step) {
        match step {
            Step::Begin(shard) => self.begin(["1/2", "2/2", "1/1"][shard].parse().expect("a share")),
            Step::Run(at) => self.run(at, false),
            Step::LateRun(at) => self.run(at, true),
            Step::End(at) => self.end(at),
        }
    }

    fn begin(&mut self, shard: Shard) {
        let job = self.fresh().last_job() + 1;
        self.entries.push(Entry::Job(Job { versions: Versions::OURS, job, nonce: 1, shard }));
        let fences = self.fresh().rivals(job, shard);
        self.jobs.push(Working { job, shard, fences, ..Working::default() });
    }

    fn run(&mut self, at: usize, is_late: bool) {
        let Some(Working { job, shard, n_runs, fences, is_over }) = self.jobs.get(at).cloned() else {
            return;
        };
        let overtaken = self.fresh().rivals(job, shard).keys().any(|rival| *rival > job);
        if is_over || overtaken && !is_late {
            return;
        }
        let grown = Sums { numbers: [1; 12], languages: BTreeMap::new() };
        let run = run_of(job, n_runs + 1);
        self.entries.push(Entry::Run(Run { run, fences: fences.clone(), replaced: vec![], grown }));
        self.jobs[at].fences.clear();
        self.jobs[at].n_runs += 1;
        self.runs.insert(run, fences);
    }

    /// What should be in force, by all runs that there ever were.
    fn in_force(&self) -> BTreeSet<u64> {
        let (mut in_force, mut limits) = (BTreeSet::new(), BTreeMap::new());
        for job in self.jobs.iter().rev().map(|job| job.job) {
            let limit = limits.get(&job).copied().unwrap_or(LAST_RUN);
            for (run, fences) in self.runs.range(run_of(job, 0)..=run_of(job, limit)) {
                in_force.insert(*run);
                for (earlier, last) in fences {
                    let limit = limits.entry(*earlier).or_insert(*last);
                    *limit = (*limit).min(*last);
                }
            }
        }
        in_force
    }

    fn end(&mut self, at: usize) {
        let Some(Working { job, shard, is_over, .. }) = self.jobs.get(at).cloned() else { return };
        let ledger = self.fresh();
        if is_over || !ledger.open.contains_key(&job) {
            return;
        }
        self.entries.push(ledger.settle((job, shard), (&BTreeSet::new(), &BTreeSet::new())));
        self.jobs[at].is_over = true;
    }

    fn check(&self, ledger: &Ledger) {
        let in_force = self.in_force();
        let (among, not) = ledger.ranges();
        let within =
            |ranges: &[Numbers], run: u64| ranges.iter().any(|(from, to)| (*from..=*to).contains(&run));
        for job in &self.jobs {
            // Of a run without an entry there are records only where a job was killed.
            for n in 1..=job.n_runs + u64::from(!job.is_over) {
                let run = run_of(job.job, n);
                let shown = within(&among, run) && !within(&not, run);
                assert_eq!(shown, in_force.contains(&run), "run {n} of {}: {ledger:?}", job.job);
            }
        }
        assert_eq!(ledger.payload().counts.documents, in_force.len() as u64);
    }
}

proptest! {
    #[test]
    fn readers_see_the_runs_in_force(steps in prop::collection::vec(step(), 0..60)) {
        let mut model = Model::default();
        let mut kept = Settled::default();
        for (n, step) in steps.into_iter().enumerate() {
            model.take(step);
            model.check(&model.fresh());
            let going_on = model.read(&kept);
            model.check(&going_on);
            if n % 7 == 0 {
                kept = going_on.base().clone();
            }
        }
    }
}

#[test]
fn what_jobs_leave_open_is_settled_by_the_next() {
    let mut model = Model::default();
    let whole = Step::Begin(2);
    for step in [whole, Step::Run(0), Step::Run(0), whole, Step::Run(1), Step::End(1)] {
        model.take(step);
    }
    let ledger = model.fresh();
    assert_eq!(ledger.tails(), [(run_of(1, 3), run_of(1, LAST_RUN))]);
    assert_eq!(begins(ledger.base()), run_of(2, 0));
    assert!(ledger.open.is_empty());
}
