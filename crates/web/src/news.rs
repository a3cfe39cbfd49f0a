//! What an address asks of changes and of mandates, and `/api/changes` and `/api/mandates`.

use std::sync::Arc;

use axum::Json;
use axum::extract::{RawQuery, State as Shared_};
use chapeau_document::Date;
use chapeau_query::{Changes, Mandate, MandateKind, Moment, Period, Request, Section, Sieve, State, Wanted};
use schemars::JsonSchema;
use serde::Serialize;

use crate::asked::Asked;
use crate::error::Error;
use crate::state::{Shared, Work, blocking};

/// Clauses that an answer lists at most: more have no reader.
pub(crate) const MOST_LISTED: usize = 1_000;
/// Clauses that are looked at for an answer at most: a first run may have added all of the corpus.
const MOST_READ: usize = 20_000;
/// Clauses of one document that a page lists.
pub(crate) const OF_DOCUMENT: usize = 20;
/// Mandates that an answer lists at most.
pub(crate) const MOST_MANDATES: usize = 1_000;

/// The states of mandates, as addresses name them.
pub(crate) const STATES: [State; 3] = [State::Open, State::Undated, State::Lapsed];
/// The kinds of mandates, as addresses name them.
pub(crate) const KINDS: [MandateKind; 3] = [MandateKind::Task, MandateKind::Commitment, MandateKind::Expiry];

/// What is new is asked for by words and restrictions, and by these.
#[derive(Clone, Debug, Default)]
pub(crate) struct News {
    pub(crate) asked: Asked,
    pub(crate) since: Option<String>,
    pub(crate) until: Option<String>,
    pub(crate) at: Option<String>,
    pub(crate) states: Vec<String>,
    pub(crate) kinds: Vec<String>,
}

/// Which of the two an address is of.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Of {
    Changes,
    Mandates,
}

impl News {
    /// Reads an address; what is not known is an error, but for pages.
    pub(crate) fn read(raw: &str, of: Of, is_page: bool) -> Result<Self, Error> {
        let mut news = Self::default();
        let mut rest = form_urlencoded::Serializer::new(String::new());
        for (name, value) in form_urlencoded::parse(raw.as_bytes()) {
            let one = match (&*name, of) {
                ("since", Of::Changes) => &mut news.since,
                ("until", Of::Changes) => &mut news.until,
                ("at", Of::Mandates) => &mut news.at,
                ("state", Of::Mandates) => {
                    news.states.push(value.into_owned());
                    continue;
                }
                ("what", Of::Mandates) => {
                    news.kinds.push(value.into_owned());
                    continue;
                }
                ("limit" | "offset" | "scope" | "sort" | "fold" | "copies", _) if !is_page => {
                    return Err(Error::Asked(format!("unknown parameter \"{name}\"")));
                }
                ("copies", _) => continue,
                _ => {
                    rest.append_pair(&name, &value);
                    continue;
                }
            };
            *one = Some(value.trim().to_owned()).filter(|value| !value.is_empty());
        }
        let rest = rest.finish();
        news.asked = if is_page { Asked::read_page(&rest)? } else { Asked::read(&rest)? };
        news.states.retain(|value| !value.is_empty());
        news.kinds.retain(|value| !value.is_empty());
        Ok(news)
    }

    fn request(&self, shared: &Shared) -> Request {
        self.asked.request(&shared.settings.thesaurus)
    }

    /// The changes that are asked for: those of the last run, if no beginning is given.
    pub(crate) fn changes(&self, shared: &Work) -> Result<Section, Error> {
        let searcher = shared.searcher();
        let moment = |given: &String| Moment::parse(given, today()).map_err(Error::Asked);
        let since = match &self.since {
            Some(since) => moment(since)?,
            None => Moment::Run(searcher.last_run()?.saturating_sub(1)),
        };
        let until = self.until.as_ref().map(moment).transpose()?;
        let sieve = Sieve::of(&searcher, &self.request(shared))?;
        let period = Period { until, most: MOST_LISTED, most_read: MOST_READ, ..Period::since(since) };
        let changes: Changes =
            chapeau_query::changes(&searcher, &period, Some(&sieve).filter(|sieve| !sieve.is_open()))?;
        Ok(Section {
            name: None,
            query: self.asked.query.clone(),
            warnings: sieve.warnings,
            since: since.to_string(),
            until: until.map(|until| until.to_string()),
            changes: changes.cut(OF_DOCUMENT),
        })
    }

    /// The mandates that are asked for.
    pub(crate) fn mandates(&self, shared: &Work) -> Result<Mandates, Error> {
        let at = match &self.at {
            Some(at) => {
                at.parse().map_err(|_| Error::Asked(format!("found at={at}, want a date: 2013-12-07")))?
            }
            None => today(),
        };
        let states = named(&self.states, "state", &STATES, State::as_str)?;
        let kinds = named(&self.kinds, "what", &KINDS, MandateKind::as_str)?;
        let wanted = Wanted { at, states, kinds };
        let mut mandates = chapeau_query::mandates(&shared.searcher(), &self.request(shared), &wanted)?;
        let of = |state: State| mandates.iter().filter(|mandate| mandate.state == state).count();
        let (open, undated, lapsed) = (of(State::Open), of(State::Undated), of(State::Lapsed));
        let total = mandates.len();
        mandates.truncate(MOST_MANDATES);
        Ok(Mandates { at, total, open, undated, lapsed, mandates })
    }
}

/// The values of a closed list by their names.
fn named<T: Copy>(
    given: &[String],
    name: &str,
    all: &[T],
    spelled: fn(T) -> &'static str,
) -> Result<Vec<T>, Error> {
    let one = |given: &String| {
        let found = all.iter().copied().find(|value| spelled(*value) == given);
        let wanted: Vec<&str> = all.iter().map(|value| spelled(*value)).collect();
        found.ok_or_else(|| Error::Asked(format!("unknown {name} \"{given}\", want {}", wanted.join(", "))))
    };
    given.iter().map(one).collect()
}

/// The day in universal time.
pub(crate) fn today() -> Date {
    jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date()
}

/// The mandates that a question finds, by their last day.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Mandates {
    /// The day for which states are told.
    pub(crate) at: Date,
    /// How many there are; the list may have fewer.
    pub(crate) total: usize,
    /// How many are open.
    pub(crate) open: usize,
    /// How many name no day.
    pub(crate) undated: usize,
    /// How many have lapsed.
    pub(crate) lapsed: usize,
    /// The mandates.
    pub(crate) mandates: Vec<Mandate>,
}

/// `/api/changes`.
pub(crate) async fn changes(
    Shared_(shared): Shared_<Arc<Shared>>,
    RawQuery(raw): RawQuery,
) -> Result<Json<Section>, Error> {
    let news = News::read(raw.as_deref().unwrap_or_default(), Of::Changes, false)?;
    blocking(&shared, move |shared| news.changes(shared).map(Json)).await
}

/// `/api/mandates`.
pub(crate) async fn mandates(
    Shared_(shared): Shared_<Arc<Shared>>,
    RawQuery(raw): RawQuery,
) -> Result<Json<Mandates>, Error> {
    let news = News::read(raw.as_deref().unwrap_or_default(), Of::Mandates, false)?;
    blocking(&shared, move |shared| news.mandates(shared).map(Json)).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_read() {
        let news = News::read("since=7d&q=duties&kind=decision", Of::Changes, false).expect("it is one");
        assert_eq!((news.since.as_deref(), news.asked.query.as_str()), (Some("7d"), "duties"));
        let news = News::read("at=&state=open&what=", Of::Mandates, false).expect("it is one");
        assert_eq!((news.at, news.states, news.kinds), (None, vec!["open".to_owned()], Vec::new()));
        for (raw, of) in
            [("at=2013-01-01", Of::Changes), ("since=7d", Of::Mandates), ("sort=date", Of::Changes)]
        {
            assert!(News::read(raw, of, false).is_err(), "{raw}");
            assert!(News::read(raw, of, true).is_ok(), "{raw}");
        }
        assert!(named(&["gone".to_owned()], "state", &STATES, State::as_str).is_err());
    }
}
