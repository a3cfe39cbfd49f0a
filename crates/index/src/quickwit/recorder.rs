//! Writes to a Quickwit in runs: batches of bounded size, counted, and put in force by one record.

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use std::{process, thread};

use serde_json::{Value, json};
use tantivy::schema::Value as _;
use tantivy::{TantivyDocument, Term};

use super::client::{Client, Found};
use super::mapping::{PUT, RUN, STORED, body, line};
use super::served::{RUN_RECORD, Run, Served, ask_puts, numbers, of_run};
use super::words::Words;
use crate::engine::{Ask, Condition, Engine, Recorder};
use crate::generation::{ANALYZER_VERSION, FORMAT_VERSION, Payload};
use crate::record::as_json;
use crate::remote::KEY;
use crate::vocabulary::{List, WORDS_RECORD};
use crate::{Error, Fields, RecordKind};

/// Bytes of a batch: half of what Quickwit takes at most.
const BATCH_BYTES: usize = 5 << 20;
/// Times that a run is counted before it is given up: what was kept by one node is told to the
/// others within seconds.
const COUNTINGS: u32 = 100;
const BETWEEN_COUNTINGS: Duration = Duration::from_millis(300);

/// Writes runs, one after the other.
pub(crate) struct Runs {
    client: Client,
    /// The number of the run under way.
    run: u64,
    batch: Vec<u8>,
    n_records: u64,
    replaced: BTreeSet<u64>,
    /// The sources that this run has put: what is removed of them is not in force yet.
    paths: BTreeSet<String>,
    /// What the index held before this run.
    before: Payload,
    words: Words,
}

impl Runs {
    pub(super) fn start(client: Client, before: Payload) -> Self {
        let mut runs = Self {
            client,
            run: 0,
            batch: Vec::new(),
            n_records: 0,
            replaced: BTreeSet::new(),
            paths: BTreeSet::new(),
            before,
            words: Words::default(),
        };
        runs.next_run();
        runs
    }

    /// Numbers rise with time, and those of two jobs on the same moment differ.
    fn next_run(&mut self) {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_micros());
        let seed = blake3::hash(format!("{now} {}", process::id()).as_bytes());
        let now = u64::try_from(now).unwrap_or(u64::MAX) / 1_000;
        self.run = (now * 1_000 + u64::from(seed.as_bytes()[0]) * 3).max(self.run + 1);
    }

    fn send(&mut self, commit: bool) -> Result<(), Error> {
        if !self.batch.is_empty() {
            self.client.ingest(&self.batch, commit)?;
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

    /// The words of its records, as records of the run like all others.
    fn push_words(&mut self) -> Result<(), Error> {
        for (at, List { names, text }) in (0..).zip(self.words.take()) {
            let key = number_of(&format!("{} {WORDS_RECORD} {at}", self.run));
            let line = json!({ "record": [WORDS_RECORD], "id": names, RUN: self.run, PUT: key, KEY: key, STORED: text });
            self.push(&line)?;
            self.n_records += 1;
        }
        Ok(())
    }

    /// Waits until the records of this run can be found: all, and none twice.
    fn count(&self) -> Result<(), Error> {
        let ask = body(&Ask::count(of_run(self.run)), &json!({ "match_all": {} }))?;
        let mut n_found = 0;
        for _ in 0..COUNTINGS {
            let found: Vec<Found> = self.client.search(std::slice::from_ref(&ask))?;
            n_found = found.first().map_or(0, |found| found.hits.total.value);
            if n_found == self.n_records {
                return Ok(());
            }
            thread::sleep(BETWEEN_COUNTINGS);
        }
        let reason = format!(
            "{n_found} of {} records can be found; nothing of them counts, run again",
            self.n_records
        );
        Err(self.client.refused(reason))
    }

    /// Puts the run in force.
    fn put_in_force(&mut self, payload: &Payload) -> Result<(), Error> {
        let grown =
            |(now, before): (u64, u64)| i64::try_from(i128::from(now) - i128::from(before)).unwrap_or(0);
        let mut languages: BTreeMap<String, i64> = BTreeMap::new();
        for (language, n) in &payload.languages {
            *languages.entry(language.clone()).or_default() += grown((*n, 0));
        }
        for (language, n) in &self.before.languages {
            *languages.entry(language.clone()).or_default() += grown((0, *n));
        }
        languages.retain(|_, grown| *grown != 0);
        let run = Run {
            run: self.run,
            format: FORMAT_VERSION,
            analyzer: ANALYZER_VERSION,
            records: self.n_records,
            replaced: self.replaced.iter().copied().collect(),
            grown: numbers(payload).into_iter().zip(numbers(&self.before)).map(grown).collect(),
            languages,
        };
        let stored =
            serde_json::to_string(&run).map_err(|source| Error::Record { reason: source.to_string() })?;
        let line = json!({ "record": [RUN_RECORD], RUN: run.run, STORED: stored });
        self.push(&line)?;
        self.send(true)
    }

    /// What is replaced goes for good when Quickwit next writes its splits anew.
    fn drop_replaced(&self) {
        if !self.replaced.is_empty() {
            let puts: Vec<String> = self.replaced.iter().map(u64::to_string).collect();
            // What cannot be deleted now stays hidden: it costs room, and no wrong answer.
            let _ = self.client.delete(&format!("put:IN [{}]", puts.join(" ")));
        }
    }
}

impl Recorder for Runs {
    fn add(&mut self, records: Vec<TantivyDocument>) -> Result<(), Error> {
        let fields = Fields::get();
        for record in records {
            let text = |field| {
                record.get_first(field).and_then(|value| value.as_str()).unwrap_or_default().to_owned()
            };
            let (kind, path, id) = (text(fields.record), text(fields.path), text(fields.id));
            let put = put(&path, self.run, kind == RecordKind::Source.as_str());
            let key = number_of(&format!("{put} {kind} {id}"));
            self.paths.insert(path);
            self.words.note(&record);
            self.push(&line(&record, &as_json(&record)?, (self.run, put, key)))?;
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
        let served = Served::open(&self.client.address())?;
        for answer in served.find(&[ask_puts(Condition::All(wanted))])? {
            let puts = answer.facets.values().flatten().filter_map(|(put, _)| put.parse::<u64>().ok());
            self.replaced.extend(puts);
        }
        Ok(())
    }

    fn commit(&mut self, payload: &Payload) -> Result<(), Error> {
        if self.n_records > 0 {
            self.push_words()?;
            self.send(true)?;
            self.count()?;
        }
        self.put_in_force(payload)?;
        self.drop_replaced();
        self.before = payload.clone();
        (self.n_records, self.replaced) = (0, BTreeSet::new());
        self.paths.clear();
        self.next_run();
        Ok(())
    }

    fn finish(&mut self) -> Result<(), Error> {
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
