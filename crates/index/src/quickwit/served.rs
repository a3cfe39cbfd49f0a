//! One state of an index on a Quickwit: which runs are in force, and what they hold together.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::client::{Client, Found};
use super::mapping::{PUT, RUN, body};
use super::recorder::Runs;
use crate::engine::{Answer, Ask, Condition, Engine, First, MOST_RECORDS, Record, Recorder};
use crate::generation::{ANALYZER_VERSION, FORMAT_VERSION, Payload};
use crate::{Counts, Error, Tally};

/// What the record of a run has in the field `record`.
pub(super) const RUN_RECORD: &str = "run";

/// How old a state may be before the next is asked for: a server answers many questions a second.
const FRESH: Duration = Duration::from_secs(1);

/// The last record of a run.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Run {
    pub(super) run: u64,
    pub(super) format: u32,
    pub(super) analyzer: u32,
    /// Records that came with it, this one apart.
    pub(super) records: u64,
    /// What it replaces.
    pub(super) replaced: Vec<u64>,
    /// By how much each number of [`numbers`] grew with it.
    pub(super) grown: Vec<i64>,
    /// The same for the documents in each language.
    pub(super) languages: BTreeMap<String, i64>,
}

/// The numbers of a payload that runs add up to.
pub(super) fn numbers(payload: &Payload) -> [u64; 12] {
    let Counts { documents, clauses, contexts, text, lead_in, heading, title } = payload.counts;
    let [a, b, c, d] = [text, lead_in, heading, title].map(|tally| [tally.records, tally.tokens]);
    [documents, clauses, contexts, a[0], a[1], b[0], b[1], c[0], c[1], d[0], d[1], payload.unreadable]
}

fn payload(runs: &[Run]) -> Payload {
    let mut sums = [0_i64; 12];
    let mut languages: BTreeMap<String, i64> = BTreeMap::new();
    for run in runs {
        sums.iter_mut().zip(&run.grown).for_each(|(sum, grown)| *sum += grown);
        for (language, grown) in &run.languages {
            *languages.entry(language.clone()).or_default() += grown;
        }
    }
    let n = sums.map(|sum| u64::try_from(sum).unwrap_or(0));
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
    let languages =
        languages.into_iter().filter_map(|(language, n)| Some((language, u64::try_from(n).ok()?)));
    Payload {
        format: FORMAT_VERSION,
        analyzer: ANALYZER_VERSION,
        counts,
        languages: languages.filter(|(_, n)| *n > 0).collect(),
        unreadable: n[11],
        ..Payload::default()
    }
}

/// One state of an index.
#[derive(Debug)]
pub(crate) struct Served {
    client: Client,
    runs: Vec<Run>,
    /// The query of the records in force.
    in_force: Value,
    payload: Payload,
    dates: Option<(u64, u64)>,
    seen: Mutex<Instant>,
}

impl Served {
    /// The index at an address, as it is now. One without a run in force is not there yet.
    pub(crate) fn open(address: &str) -> Result<Self, Error> {
        Self::open_by(Client::of(address)?.patient())
    }

    /// The same for somebody who waits for each answer.
    pub(crate) fn open_to_read(address: &str) -> Result<Self, Error> {
        Self::open_by(Client::of(address)?)
    }

    fn open_by(client: Client) -> Result<Self, Error> {
        let runs = runs(&client)?;
        if runs.is_empty() {
            return Err(Error::Missing(client.address().into()));
        }
        Self::of(client, runs)
    }

    /// The same for whoever is to write: the index is made where there is none.
    pub(crate) fn open_or_make(address: &str) -> Result<Self, Error> {
        let client = Client::of(address)?.patient();
        if !client.has_index()? {
            client.create(&super::configuration(client.index()))?;
        }
        let runs = runs(&client)?;
        Self::of(client, runs)
    }

    fn of(client: Client, runs: Vec<Run>) -> Result<Self, Error> {
        let in_force = in_force(&runs);
        let payload = payload(&runs);
        let mut served =
            Self { client, runs, in_force, payload, dates: None, seen: Mutex::new(Instant::now()) };
        served.dates = served.range_of_dates()?;
        Ok(served)
    }

    fn range_of_dates(&self) -> Result<Option<(u64, u64)>, Error> {
        if self.runs.is_empty() {
            return Ok(None);
        }
        let query = json!({ "bool": { "filter": [self.in_force] } });
        let aggregations =
            json!({ "from": { "min": { "field": "date" } }, "to": { "max": { "field": "date" } } });
        let body = json!({ "query": query, "size": 0, "aggs": aggregations });
        let found: Vec<Found> = self.client.search(&[body])?;
        let of = |name: &str| {
            let value = found.first()?.aggregations.get(name)?.get("value")?.as_f64()?;
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "a date of eight digits"
            )]
            (value > 0.0).then_some(value as u64)
        };
        Ok(of("from").zip(of("to")))
    }
}

/// The runs in force, in order of their numbers; none where there is no index.
fn runs(client: &Client) -> Result<Vec<Run>, Error> {
    let of_runs = json!({ "term": { "record": { "value": RUN_RECORD } } });
    let body = json!({ "query": of_runs, "size": MOST_RECORDS, "sort": [{ RUN: { "order": "asc" } }] });
    let found: Vec<Found> = client.search(&[body])?;
    let mut runs = Vec::new();
    for found in found {
        for hit in found.hits.hits {
            let run: Run = serde_json::from_str(&hit.source.stored)
                .map_err(|source| Error::Record { reason: source.to_string() })?;
            for (what, found, wanted) in
                [("format", run.format, FORMAT_VERSION), ("analyzer", run.analyzer, ANALYZER_VERSION)]
            {
                if found != wanted {
                    return Err(Error::Version { path: client.address().into(), what, found, wanted });
                }
            }
            runs.push(run);
        }
    }
    // One whose writing was repeated stands twice.
    runs.dedup_by_key(|run| run.run);
    Ok(runs)
}

/// The records of runs in force that no run replaced.
fn in_force(runs: &[Run]) -> Value {
    let numbers: Vec<u64> = runs.iter().map(|run| run.run).collect();
    let replaced: BTreeSet<u64> = runs.iter().flat_map(|run| run.replaced.iter().copied()).collect();
    let of_runs = json!({ "terms": { RUN: numbers } });
    if replaced.is_empty() {
        return of_runs;
    }
    json!({ "bool": { "must": [of_runs], "must_not": [{ "terms": { PUT: replaced } }] } })
}

impl Engine for Served {
    fn version(&self) -> String {
        let last = self.runs.last().map_or(0, |run| run.run);
        format!("{}.{last}", self.runs.len())
    }

    fn payload(&self) -> &Payload {
        &self.payload
    }

    fn dates(&self) -> Option<(u64, u64)> {
        self.dates
    }

    fn reload(&self) -> Result<Option<Arc<dyn Engine>>, Error> {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        if seen.elapsed() < FRESH {
            return self.client.is_there().map(|()| None);
        }
        let found = runs(&self.client.hurried());
        // Whether or not there was an answer: nobody else is to wait for the same.
        *seen = Instant::now();
        let runs = found?;
        if runs == self.runs {
            return Ok(None);
        }
        Ok(Some(Arc::new(Self::of(self.client.clone(), runs)?)))
    }

    fn find(&self, asks: &[Ask]) -> Result<Vec<Answer>, Error> {
        if asks.is_empty() {
            return Ok(Vec::new());
        }
        let bodies =
            asks.iter().map(|ask| body(ask, &self.in_force)).collect::<Result<Vec<Value>, Error>>()?;
        let found: Vec<Found> = self.client.search(&bodies)?;
        if found.len() != asks.len() {
            return Err(self.client.refused(format!("{} answers to {} questions", found.len(), asks.len())));
        }
        Ok(found.into_iter().zip(asks).map(|(found, ask)| answer(found, ask)).collect())
    }

    fn recorder(&self) -> Result<Box<dyn Recorder>, Error> {
        Ok(Box::new(Runs::start(self.client.clone(), self.payload.clone())))
    }
}

/// What was found, as an answer to a question.
fn answer(found: Found, ask: &Ask) -> Answer {
    let hits = found.hits.hits.into_iter();
    let records = hits.map(|hit| Record { stored: hit.source.stored, key: hit.source.key });
    let facets = ask.facets.iter().map(|(field, _)| (*field, counted(found.aggregations.get(*field))));
    Answer { total: found.hits.total.value, facets: facets.collect(), records: records.collect() }
}

fn counted(aggregation: Option<&Value>) -> Vec<(String, u64)> {
    let buckets = aggregation.and_then(|found| found.get("buckets")).and_then(Value::as_array);
    let count = |bucket: &Value| {
        let value = match bucket.get("key")? {
            Value::String(text) => text.clone(),
            Value::Number(number) => number
                .as_u64()
                .map_or_else(|| format!("{:.0}", number.as_f64().unwrap_or(0.0)), |n| n.to_string()),
            _ => return None,
        };
        Some((value, bucket.get("doc_count")?.as_u64()?))
    };
    buckets.into_iter().flatten().filter_map(count).collect()
}

/// The condition that finds what was put with these numbers.
pub(super) fn of_run(run: u64) -> Condition {
    Condition::OneOf(RUN, vec![run.to_string()])
}

/// The question for the putting of a source's records.
pub(super) fn ask_puts(condition: Condition) -> Ask {
    Ask { facets: vec![(PUT, MOST_RECORDS)], first: First::Best, ..Ask::count(condition) }
}
