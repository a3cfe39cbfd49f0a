//! HTTP to a Quickwit: one address, JSON in and out, every wait bounded.
//!
//! `ureq` blocks, as all of our reading does, and keeps connections. Without TLS: Quickwit stands on
//! the same machine, in an intranet or behind a proxy.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use ureq::http::StatusCode;
use ureq::{Agent, Body, Timeout};

use crate::Error;

/// What an address begins with.
pub(crate) const SCHEME: &str = "quickwit+http://";

/// How long a connection may take: whoever asks is told within two seconds that nobody is there.
const TIME_TO_CONNECT: Duration = Duration::from_millis(1_500);
/// How long an answer may take.
const TIME_TO_ANSWER: Duration = Duration::from_secs(30);
/// How long it may take where somebody waits for it.
const TIME_TO_READ: Duration = Duration::from_secs(10);
/// How long a look for a newer state may take, for which somebody waits before the question is asked.
const TIME_TO_LOOK: Duration = Duration::from_millis(1_800);
/// How long a batch may take to be kept and committed: Quickwit's own default is a minute.
const TIME_TO_KEEP: Duration = Duration::from_secs(180);
/// The longest answer that is read.
const LONGEST_ANSWER: u64 = 1 << 30;
/// How long nobody asks again after no answer came: a page puts several questions, and each would wait
/// for a connection as long as the first.
const AWAY: Duration = Duration::from_secs(1);
/// How long a batch is sent again and again where Quickwit asks for patience.
const TIME_TO_WAIT: Duration = Duration::from_secs(120);
/// How long a question is, where somebody waits for the answer.
const TIME_TO_WAIT_TO_READ: Duration = Duration::from_secs(1);
/// The longest wait between. Short, since what Quickwit mostly lacks is a part of a second: it takes
/// five megabytes a second for each shard of its own, and opens more when they are wanted.
const LONGEST_WAIT: Duration = Duration::from_secs(1);
/// Times that a question is asked of which parts went unanswered.
const ASKINGS: u32 = 4;
/// The first wait; the next are longer.
const FIRST_WAIT: Duration = Duration::from_millis(250);

/// An index of a Quickwit.
#[derive(Clone)]
pub(crate) struct Client {
    /// Without the scheme's first part and the index: `http://host:7280`.
    base: String,
    index: String,
    agent: Agent,
    /// How long a body is sent again and again.
    waiting: Duration,
    /// How long an answer to a question may take.
    patience: Duration,
    /// When no answer came last, and why.
    away: Arc<Mutex<Option<(Instant, String)>>>,
}

impl fmt::Debug for Client {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Client({})", self.address())
    }
}

impl Client {
    /// The index that an address names: `quickwit+http://host:7280/clauses`.
    pub(crate) fn of(address: &str) -> Result<Self, Error> {
        let wrong = || Error::Address { address: address.to_owned() };
        let rest = address.strip_prefix(SCHEME).ok_or_else(wrong)?;
        let (host, index) = rest.trim_end_matches('/').split_once('/').ok_or_else(wrong)?;
        let is_name =
            |name: &str| name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
        let is_host = |byte: u8| byte.is_ascii_alphanumeric() || b".-:[]".contains(&byte);
        if index.len() < 3 || !is_name(index) || host.is_empty() || !host.bytes().all(is_host) {
            return Err(wrong());
        }
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .timeout_connect(Some(TIME_TO_CONNECT))
            .timeout_resolve(Some(TIME_TO_CONNECT))
            .proxy(None)
            .build();
        Ok(Self {
            base: format!("http://{host}"),
            index: index.to_owned(),
            agent: config.into(),
            waiting: TIME_TO_WAIT_TO_READ,
            patience: TIME_TO_READ,
            away: Arc::default(),
        })
    }

    /// The same for a job, which may wait where Quickwit has more to do than it can.
    #[must_use]
    pub(crate) fn patient(self) -> Self {
        Self { waiting: TIME_TO_WAIT, patience: TIME_TO_ANSWER, ..self }
    }

    /// The same for a look that can be done without.
    #[must_use]
    pub(crate) fn hurried(&self) -> Self {
        Self { waiting: Duration::ZERO, patience: TIME_TO_LOOK, ..self.clone() }
    }

    /// The address, as people give it.
    pub(crate) fn address(&self) -> String {
        format!("quickwit+{}/{}", self.base, self.index)
    }

    /// The name of the index.
    pub(crate) fn index(&self) -> &str {
        &self.index
    }

    /// Whether the index is there.
    pub(crate) fn has_index(&self) -> Result<bool, Error> {
        let answer = self.agent.get(format!("{}/api/v1/indexes/{}", self.base, self.index));
        let answer = self.answered(|| answer.config().timeout_global(Some(TIME_TO_ANSWER)).build().call());
        match answer? {
            answer if answer.status() == StatusCode::NOT_FOUND => Ok(false),
            answer => self.read::<Value>(answer).map(|_| true),
        }
    }

    /// Makes the index.
    pub(crate) fn create(&self, configuration: &Value) -> Result<(), Error> {
        let path = format!("{}/api/v1/indexes", self.base);
        self.post::<Value>(&path, configuration.to_string().as_bytes(), TIME_TO_KEEP).map(|_| ())
    }

    /// Asks several questions at once; each is a body of `_search`. An answer from part of the index
    /// is a wrong one: where a node left, others are asked.
    pub(crate) fn search(&self, bodies: &[Value]) -> Result<Vec<Found>, Error> {
        let mut wait = FIRST_WAIT;
        for _ in 1..ASKINGS {
            let answers = self.search_once(bodies)?;
            if answers.iter().all(|found| found.fault().is_none()) {
                return Ok(answers);
            }
            thread::sleep(wait);
            wait *= 2;
        }
        let answers = self.search_once(bodies)?;
        match answers.iter().find_map(Found::fault) {
            Some(fault) => Err(self.refused(fault)),
            None => Ok(answers),
        }
    }

    fn search_once(&self, bodies: &[Value]) -> Result<Vec<Found>, Error> {
        if let [body] = bodies {
            let path = format!("{}/api/v1/_elastic/{}/_search", self.base, self.index);
            return Ok(vec![self.post(&path, body.to_string().as_bytes(), self.patience)?]);
        }
        let header = serde_json::json!({ "index": self.index });
        let lines: String = bodies.iter().map(|body| format!("{header}\n{body}\n")).collect();
        let path = format!("{}/api/v1/_elastic/_msearch", self.base);
        let answers: Several = self.post(&path, lines.as_bytes(), self.patience)?;
        Ok(answers.responses)
    }

    /// Hands in records, a line of JSON each; `commit`: until they can be found.
    pub(crate) fn ingest(&self, lines: &[u8], commit: bool) -> Result<(), Error> {
        let commit = if commit { "force" } else { "auto" };
        let path = format!("{}/api/v1/{}/ingest?commit={commit}", self.base, self.index);
        self.post::<Value>(&path, lines, TIME_TO_KEEP).map(|_| ())
    }

    /// Has Quickwit drop records when it next writes their splits anew.
    pub(crate) fn delete(&self, query: &str) -> Result<(), Error> {
        let path = format!("{}/api/v1/{}/delete-tasks", self.base, self.index);
        let task = serde_json::json!({ "query": query });
        self.post::<Value>(&path, task.to_string().as_bytes(), TIME_TO_ANSWER).map(|_| ())
    }

    /// Sends a body, again and again where Quickwit is busy.
    fn post<T: DeserializeOwned>(&self, path: &str, body: &[u8], patience: Duration) -> Result<T, Error> {
        let (started, mut wait) = (Instant::now(), FIRST_WAIT);
        loop {
            let answer = self.send(path, body, patience)?;
            if !is_busy(answer.status()) || started.elapsed() >= self.waiting {
                return self.read(answer);
            }
            thread::sleep(wait);
            wait = (wait * 2).min(LONGEST_WAIT);
        }
    }

    fn send(&self, path: &str, body: &[u8], patience: Duration) -> Result<ureq::http::Response<Body>, Error> {
        let request = self.agent.post(path).config().timeout_global(Some(patience)).build();
        self.answered(|| request.content_type("application/json").send(body))
    }

    /// Fails where no answer came just now.
    pub(crate) fn is_there(&self) -> Result<(), Error> {
        let known = self.away.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let known = known.filter(|(since, _)| since.elapsed() < AWAY);
        known.map_or(Ok(()), |(_, reason)| Err(self.away(reason)))
    }

    /// The answer to a request, which is not made where none came just now.
    fn answered<T>(&self, ask: impl FnOnce() -> Result<T, ureq::Error>) -> Result<T, Error> {
        self.is_there()?;
        ask().map_err(|error| {
            let reason = error.to_string();
            // One that takes long is there, and may answer the next.
            if !matches!(error, ureq::Error::Timeout(Timeout::Global)) {
                let mut away = self.away.lock().unwrap_or_else(PoisonError::into_inner);
                *away = Some((Instant::now(), reason.clone()));
            }
            self.away(reason)
        })
    }

    fn read<T: DeserializeOwned>(&self, mut answer: ureq::http::Response<Body>) -> Result<T, Error> {
        let status = answer.status();
        let body = answer.body_mut().with_config().limit(LONGEST_ANSWER).read_to_vec();
        let body = body.map_err(|error| self.away(error.to_string()))?;
        if is_busy(status) {
            return Err(self.away(format!("{status}: {}", told(&body))));
        }
        if status == StatusCode::NOT_FOUND {
            return Err(Error::Missing(self.address().into()));
        }
        if !status.is_success() {
            return Err(self.refused(format!("{status}: {}", told(&body))));
        }
        serde_json::from_slice(&body).map_err(|error| self.refused(error.to_string()))
    }

    fn away(&self, reason: String) -> Error {
        Error::Away { address: self.address(), reason }
    }

    pub(crate) fn refused(&self, reason: String) -> Error {
        Error::Refused { address: self.address(), reason }
    }
}

#[derive(Deserialize)]
struct Several {
    responses: Vec<Found>,
}

/// An answer of Quickwit's.
#[derive(Debug, Deserialize)]
pub(crate) struct Found {
    #[serde(default)]
    pub(crate) hits: Hits,
    #[serde(default)]
    pub(crate) aggregations: BTreeMap<String, Value>,
    #[serde(default)]
    error: Option<Value>,
    #[serde(default, rename = "_shards")]
    shards: Shards,
}

#[derive(Debug, Default, Deserialize)]
pub(crate) struct Hits {
    pub(crate) total: Total,
    pub(crate) hits: Vec<Hit>,
}

#[derive(Debug, Default, Deserialize)]
pub(crate) struct Total {
    pub(crate) value: u64,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Hit {
    #[serde(rename = "_source")]
    pub(crate) source: Source,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Source {
    pub(crate) stored: String,
    #[serde(default)]
    pub(crate) key: u64,
}

/// How many parts of the index were not searched.
#[derive(Debug, Default, Deserialize)]
struct Shards {
    #[serde(default)]
    failed: u64,
}

impl Found {
    /// Why it is no answer.
    fn fault(&self) -> Option<String> {
        let missed = || format!("{} parts of the index could not be searched", self.shards.failed);
        let said = |error: &Value| {
            error.get("reason").and_then(Value::as_str).map_or_else(|| error.to_string(), str::to_owned)
        };
        self.error.as_ref().map(said).or_else(|| (self.shards.failed > 0).then(missed))
    }
}

/// Whether Quickwit asks for patience: it has more to do than it can keep, or a node just left.
fn is_busy(status: StatusCode) -> bool {
    matches!(status, StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE)
}

/// What an answer says went wrong, a line at most.
fn told(body: &[u8]) -> String {
    let message = serde_json::from_slice::<Value>(body).ok().and_then(|answer| {
        let said = answer.get("message").or_else(|| answer.pointer("/error/reason"))?.as_str()?;
        Some(said.to_owned())
    });
    let said = message.unwrap_or_else(|| String::from_utf8_lossy(body).into_owned());
    said.chars().take(300).map(|letter| if letter.is_control() { ' ' } else { letter }).collect()
}
