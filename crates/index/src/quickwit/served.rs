//! One state of an index on a Quickwit: which runs are in force, and what they hold together.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::client::{Client, Found};
use super::ledger::{ENTRY, Entry, Ledger, SETTLED, Settled, Versions, begins};
use super::mapping::{PUT, RUN, body};
use crate::Error;
use crate::digest::digest;
use crate::engine::{Answer, Ask, Condition, Engine, First, MOST_RECORDS, Record};
use crate::generation::Payload;

/// How old a state may be before the next is asked for: a server answers many questions a second.
const FRESH: Duration = Duration::from_secs(1);

/// One state of an index.
#[derive(Debug)]
pub(crate) struct Served {
    client: Client,
    ledger: Ledger,
    /// The query of the records in force.
    in_force: Value,
    version: String,
    payload: Payload,
    dates: OnceLock<Option<(u64, u64)>>,
    seen: Mutex<Instant>,
}

impl Served {
    /// The index at an address, as it is now. One with nothing in force is not there yet.
    pub(crate) fn open(address: &str) -> Result<Self, Error> {
        let client = Client::of(address)?;
        let ledger = ledger(&client, None)?;
        if ledger.is_empty() {
            return Err(Error::Missing(client.address().into()));
        }
        Ok(Self::of(client, ledger))
    }

    /// A state that was read.
    pub(super) fn of(client: Client, ledger: Ledger) -> Self {
        let in_force = ledger.in_force();
        let version = format!("{:016x}", digest(&in_force.to_string()));
        let payload = ledger.payload();
        let seen = Mutex::new(Instant::now());
        Self { client, ledger, in_force, version, payload, dates: OnceLock::new(), seen }
    }

    /// The state now.
    pub(super) fn now(&self) -> Result<Ledger, Error> {
        ledger(&self.client, Some(self.ledger.base()))
    }

    pub(super) fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    pub(super) fn client(&self) -> &Client {
        &self.client
    }

    /// How many records a condition finds that are not in force as well.
    pub(super) fn count_of_all(&self, condition: &Condition) -> Result<u64, Error> {
        let ask = body(&Ask::count(condition.clone()), &json!({ "match_all": {} }))?;
        let found = self.client.search(&[ask])?;
        Ok(found.first().map_or(0, |found| found.hits.total.value))
    }

    /// Which numbers of puts there still are records of, in force or not.
    pub(super) fn found_puts(&self, puts: &BTreeSet<u64>) -> Result<BTreeSet<u64>, Error> {
        let of_puts = Condition::OneOf(PUT, puts.iter().map(u64::to_string).collect());
        let ask = Ask { facets: vec![(PUT, MOST_RECORDS)], ..Ask::count(of_puts) };
        let found = self.client.search(&[body(&ask, &json!({ "match_all": {} }))?])?;
        let found = found.first().map(|found| counted(found.aggregations.get(PUT))).unwrap_or_default();
        Ok(found.into_iter().filter_map(|(put, _)| put.parse().ok()).collect())
    }

    fn range_of_dates(&self) -> Result<Option<(u64, u64)>, Error> {
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

/// The ledger as it is, gone on with from the entry that settled what was before; nothing where there
/// is no index.
pub(super) fn ledger(client: &Client, base: Option<&Settled>) -> Result<Ledger, Error> {
    let base = match base {
        Some(base) => base.clone(),
        None => match entries(client, SETTLED, 0, ("desc", 1))?.pop() {
            Some(Entry::Settled(settled)) => *settled,
            _ => Settled::default(),
        },
    };
    let mut all: Vec<Entry> = Vec::new();
    loop {
        // What stands at the same number is the same, or was void from the start.
        let from = all.last().map_or_else(|| begins(&base), |last| last.number() + 1);
        let read = entries(client, ENTRY, from, ("asc", MOST_RECORDS))?;
        let is_all = read.len() < MOST_RECORDS;
        all.extend(read);
        if is_all {
            return Ok(Ledger::read(&base, all));
        }
    }
}

/// Entries of a kind from a number on.
fn entries(
    client: &Client,
    kind: &str,
    from: u64,
    (order, limit): (&str, usize),
) -> Result<Vec<Entry>, Error> {
    let of_kind = json!({ "term": { "record": { "value": kind } } });
    let later = json!({ "range": { RUN: { "gte": from } } });
    let query = json!({ "bool": { "must": [of_kind], "filter": [later] } });
    let body = json!({ "query": query, "size": limit, "sort": [{ RUN: { "order": order } }] });
    let mut entries = Vec::new();
    for hit in client.search(&[body])?.into_iter().flat_map(|found| found.hits.hits) {
        let entry: Entry = serde_json::from_str(&hit.source.stored)
            .map_err(|source| Error::Record { reason: source.to_string() })?;
        if let Some((what, found, wanted)) = entry.versions().and_then(Versions::differ) {
            return Err(Error::Version { path: client.address().into(), what, found, wanted });
        }
        entries.push(entry);
    }
    Ok(entries)
}

impl Engine for Served {
    fn version(&self) -> String {
        self.version.clone()
    }

    fn payload(&self) -> &Payload {
        &self.payload
    }

    fn dates(&self) -> Result<Option<(u64, u64)>, Error> {
        if let Some(dates) = self.dates.get() {
            return Ok(*dates);
        }
        let dates = self.range_of_dates()?;
        Ok(*self.dates.get_or_init(|| dates))
    }

    fn reload(&self) -> Result<Option<Arc<dyn Engine>>, Error> {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        if seen.elapsed() < FRESH {
            return self.client.is_there().map(|()| None);
        }
        let found = ledger(&self.client.hurried(), Some(self.ledger.base()));
        // Whether or not there was an answer: nobody else is to wait for the same.
        *seen = Instant::now();
        let now = found?;
        if now == self.ledger {
            return Ok(None);
        }
        Ok(Some(Arc::new(Self::of(self.client.clone(), now))))
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

/// The question for the putting of a source's records.
pub(super) fn ask_puts(condition: Condition) -> Ask {
    Ask { facets: vec![(PUT, MOST_RECORDS)], first: First::Best, ..Ask::count(condition) }
}
