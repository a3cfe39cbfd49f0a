//! Writes to a Quickwit in runs: batches of bounded size, counted, and put in force by one record.

use std::collections::hash_map::RandomState;
use std::collections::{BTreeMap, BTreeSet};
use std::hash::{BuildHasher, Hasher};
use std::thread;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde_json::{Value, json};
use tantivy::schema::Value as _;
use tantivy::{TantivyDocument, Term};

use super::client::Client;
use super::ledger::{ENTRY, Entry, Job, LAST_RUN, Run, Sums, Versions, run_of};
use super::mapping::{PUT, RUN, STORED, line};
use super::served::{Served, ask_puts, ledger};
use super::words::{Words, merged};
use crate::engine::{Condition, Engine, Recorder};
use crate::generation::Payload;
use crate::record::as_json;
use crate::remote::KEY;
use crate::shard::Shard;
use crate::vocabulary::{List, WORDS_RECORD, add, lists};
use crate::{Error, Fields, RecordKind};

/// Bytes of a batch: half of what Quickwit takes at most.
const BATCH_BYTES: usize = 5 << 20;
/// Times that a run is counted before it is given up: what was kept by one node is told to the
/// others within seconds.
const COUNTINGS: u32 = 100;
const BETWEEN_COUNTINGS: Duration = Duration::from_millis(300);

/// Times that a job enters a number into the ledger that another job took at the same moment.
const ENTERINGS: u32 = 20;
/// When a job's tail is taken to come no longer, in milliseconds: what a killed job handed in may
/// still be kept by Quickwit, but not for days.
const SETTLED_AFTER: u64 = 2 * 24 * 60 * 60 * 1_000;
/// What jobs are numbered from: 2020-01-01, in milliseconds since 1970. Numbers of runs then fit
/// into 53 bits until 2089, which is what JSON keeps of a number.
const EPOCH: u64 = 1_577_836_800_000;

/// Writes the runs of a job, one after the other.
pub(crate) struct Runs {
    /// The index as this job knows it.
    served: Served,
    shard: Shard,
    job: u64,
    /// The run under way, from 1.
    run: u64,
    batch: Vec<u8>,
    n_records: u64,
    replaced: BTreeSet<u64>,
    /// The sources that this run has put: what is removed of them is not in force yet.
    paths: BTreeSet<String>,
    /// What the index held before this run, as far as this job counts.
    before: Payload,
    /// The jobs that this one takes over from, until its first run says so.
    fences: BTreeMap<u64, u64>,
    words: Words,
}

impl Runs {
    /// Starts a job over a share of the sources; the index is made where there is none.
    pub(super) fn start(address: &str, shard: Shard) -> Result<Self, Error> {
        let client = Client::of(address)?.patient();
        if !client.has_index()? {
            let made = client.create(&super::configuration(client.index()));
            // Another job may have made it in this moment.
            made.or_else(|error| if client.has_index()? { Ok(()) } else { Err(error) })?;
        }
        let served = Served::of(client.clone(), ledger(&client, None)?);
        let mut runs = Self {
            before: Payload::default(),
            served,
            shard,
            job: 0,
            run: 1,
            batch: Vec::new(),
            n_records: 0,
            replaced: BTreeSet::new(),
            paths: BTreeSet::new(),
            fences: BTreeMap::new(),
            words: Words::default(),
        };
        runs.enter()?;
        runs.before = runs.served.payload().clone();
        Ok(runs)
    }

    /// The index as it was when the job began.
    pub(super) fn served(&self) -> Served {
        Served::of(self.client().clone(), self.served.ledger().clone())
    }

    fn client(&self) -> &Client {
        self.served.client()
    }

    /// Enters the job into the ledger under a number that is its alone and higher than all that were
    /// settled: what has a lower one is taken by readers to be known to them.
    fn enter(&mut self) -> Result<(), Error> {
        for _ in 0..ENTERINGS {
            let (job, nonce) = (now().max(self.served.ledger().last_job() + 1), nonce());
            self.write(&Entry::Job(Job { versions: Versions::OURS, job, nonce, shard: self.shard }), nonce)?;
            self.await_records(1, &Condition::OneOf(KEY, vec![nonce.to_string()]))?;
            self.look_again()?;
            if self.served.ledger().is_alone(job, nonce) {
                (self.job, self.run) = (job, 1);
                self.fences = self.rivals()?;
                return Ok(());
            }
            // By chance, so that two jobs part.
            thread::sleep(Duration::from_millis(nonce % 500));
        }
        Err(self.client().refused("other jobs keep taking this job's number".to_owned()))
    }

    /// The jobs before this one over the same sources. There may be none after it.
    fn rivals(&self) -> Result<BTreeMap<u64, u64>, Error> {
        let rivals = self.served.ledger().rivals(self.job, self.shard);
        if rivals.keys().any(|rival| *rival > self.job) {
            return Err(Error::Overtaken { address: self.client().address() });
        }
        Ok(rivals)
    }

    fn look_again(&mut self) -> Result<(), Error> {
        let ledger = self.served.now()?;
        self.served = Served::of(self.client().clone(), ledger);
        Ok(())
    }

    /// Writes an entry of the ledger, and waits until it is committed.
    fn write(&mut self, entry: &Entry, key: u64) -> Result<(), Error> {
        let stored =
            serde_json::to_string(entry).map_err(|source| Error::Record { reason: source.to_string() })?;
        let line = json!({ "record": entry.kinds(), RUN: entry.number(), KEY: key, STORED: stored });
        self.push(&line)?;
        self.send(true)
    }

    fn send(&mut self, commit: bool) -> Result<(), Error> {
        if !self.batch.is_empty() {
            self.client().ingest(&self.batch, commit)?;
            self.batch.clear();
        }
        Ok(())
    }

    /// Puts a line into the batch, which is sent before it grows too large.
    fn push(&mut self, line: &Value) -> Result<(), Error> {
        let line = line.to_string();
        // Before and not after: the last batch of a run is never empty, and has the rest committed.
        if self.batch.len() + line.len() > BATCH_BYTES {
            self.send(false)?;
        }
        self.batch.extend_from_slice(line.as_bytes());
        self.batch.push(b'\n');
        Ok(())
    }

    /// Waits until so many records can be found: all, and none twice.
    fn await_records(&self, wanted: u64, condition: &Condition) -> Result<(), Error> {
        let mut n_found = 0;
        for _ in 0..COUNTINGS {
            n_found = self.served.count_of_all(condition)?;
            if n_found == wanted {
                return Ok(());
            }
            thread::sleep(BETWEEN_COUNTINGS);
        }
        let reason = format!("{n_found} of {wanted} records can be found; nothing of them counts, run again");
        Err(self.client().refused(reason))
    }

    /// The words of its records, as records of the run like all others.
    fn push_words(&mut self) -> Result<(), Error> {
        let run = run_of(self.job, self.run);
        let put = number_of(&format!("{run} {WORDS_RECORD}"));
        let mut words = self.words.take();
        // Of jobs over several shares one does it, or what they all sum up would count for each.
        if self.shard.is_first()
            && let Some((puts, others)) = merged(&self.served)?
        {
            self.replaced.extend(puts);
            others.iter().for_each(|(key, n)| add(&mut words, key, *n));
        }
        let words = words.iter().map(|(key, n)| (key.as_str(), *n));
        for (at, List { names, text }) in (0..).zip(lists(words)) {
            let key = number_of(&format!("{put} {at}"));
            let line =
                json!({ "record": [WORDS_RECORD], "id": names, RUN: run, PUT: put, KEY: key, STORED: text });
            self.push(&line)?;
            self.n_records += 1;
        }
        Ok(())
    }

    /// Puts the run in force.
    fn put_in_force(&mut self, payload: &Payload) -> Result<(), Error> {
        let run = Run {
            run: run_of(self.job, self.run),
            fences: std::mem::take(&mut self.fences),
            replaced: self.replaced.iter().copied().collect(),
            grown: Sums::of(payload).since(&Sums::of(&self.before)),
        };
        let key = run.run;
        self.write(&Entry::Run(run), key)
    }

    /// What is no longer in force goes for good when Quickwit next writes its splits anew. What cannot
    /// be deleted now stays hidden: it costs room, and no wrong answer.
    fn drop_hidden(&self) {
        let mut queries: Vec<String> = Vec::new();
        if !self.replaced.is_empty() {
            let puts: Vec<String> = self.replaced.iter().map(u64::to_string).collect();
            queries.push(format!("{PUT}:IN [{}]", puts.join(" ")));
        }
        if self.run == 1 {
            let tails = self.served.ledger().tails().into_iter();
            queries.extend(tails.map(|(from, to)| format!("{RUN}:[{from} TO {to}] AND NOT record:{ENTRY}")));
        }
        for query in queries {
            let _ = self.client().delete(&query);
        }
    }

    /// Ends the job with an entry that sums up the ledger.
    fn settle(&mut self) -> Result<(), Error> {
        self.look_again()?;
        let ledger = self.served.ledger();
        let mut gone = BTreeSet::new();
        for (from, to) in ledger.tails() {
            let of_tail = Condition::Range(RUN, Some(from), Some(to));
            let records = Condition::All(vec![of_tail, Condition::none_of(of_entries())]);
            let is_old = run_of(now().saturating_sub(SETTLED_AFTER), 0) > to;
            if is_old && self.served.count_of_all(&records)? == 0 {
                gone.insert((from, to));
            }
        }
        let replaced = ledger.replaced();
        let found = if replaced.is_empty() { BTreeSet::new() } else { self.served.found_puts(replaced)? };
        let forgotten = replaced.difference(&found).copied().collect();
        let entry = ledger.settle((self.job, self.shard), (&gone, &forgotten));
        self.write(&entry, 0)
    }
}

fn of_entries() -> Condition {
    Condition::term(Term::from_field_text(Fields::get().record, ENTRY))
}

/// Milliseconds since [`EPOCH`].
fn now() -> u64 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_millis());
    u64::try_from(now).unwrap_or(u64::MAX).saturating_sub(EPOCH)
}

/// A number by chance.
fn nonce() -> u64 {
    RandomState::new().build_hasher().finish() >> 11
}

impl Recorder for Runs {
    fn add(&mut self, records: Vec<TantivyDocument>) -> Result<(), Error> {
        let fields = Fields::get();
        for record in records {
            let text = |field| {
                record.get_first(field).and_then(|value| value.as_str()).unwrap_or_default().to_owned()
            };
            let (kind, path, id) = (text(fields.record), text(fields.path), text(fields.id));
            let run = run_of(self.job, self.run);
            let put = put(&path, run, kind == RecordKind::Source.as_str());
            let key = number_of(&format!("{put} {kind} {id}"));
            self.paths.insert(path);
            self.words.note(&record);
            self.push(&line(&record, &as_json(&record)?, (run, put, key)))?;
            self.n_records += 1;
        }
        Ok(())
    }

    fn remove(&mut self, path: &str, only: Option<RecordKind>) -> Result<(), Error> {
        if self.paths.contains(path) {
            // What this run put cannot be removed before it is in force.
            let payload = self.before.clone();
            self.commit(&payload)?;
        }
        let of_path = Condition::term(Term::from_field_text(Fields::get().path, path));
        let mut wanted = vec![of_path];
        wanted.extend(only.map(|kind| Condition::term(kind.term())));
        for answer in self.served.find(&[ask_puts(Condition::All(wanted))])? {
            let puts = answer.facets.values().flatten().filter_map(|(put, _)| put.parse::<u64>().ok());
            self.replaced.extend(puts);
        }
        Ok(())
    }

    fn commit(&mut self, payload: &Payload) -> Result<(), Error> {
        let run = run_of(self.job, self.run);
        if self.n_records > 0 {
            self.push_words()?;
            self.send(true)?;
            let of_run = Condition::OneOf(RUN, vec![run.to_string()]);
            self.await_records(self.n_records, &of_run)?;
        }
        self.look_again()?;
        self.rivals()?;
        self.put_in_force(payload)?;
        self.await_records(1, &Condition::OneOf(KEY, vec![run.to_string()]))?;
        self.look_again()?;
        self.drop_hidden();
        self.before = payload.clone();
        (self.n_records, self.replaced) = (0, BTreeSet::new());
        self.paths.clear();
        self.run += 1;
        if self.run == LAST_RUN { self.enter() } else { Ok(()) }
    }

    fn finish(&mut self) -> Result<(), Error> {
        // What is in force is so without; the next job takes over what this one left open.
        let _ = self.settle();
        Ok(())
    }

    fn is_anew(&self) -> bool {
        false
    }
}

/// What the records of a source carry that came with one run. A record of the source itself is
/// replaced alone.
fn put(path: &str, run: u64, alone: bool) -> u64 {
    number_of(&format!("{run} {alone} {path}"))
}

/// A number of 53 bits: counts by value come back as floating numbers.
fn number_of(text: &str) -> u64 {
    crate::digest::digest(text) >> 11
}
