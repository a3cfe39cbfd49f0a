//! The JSON of an answer, the same for the command line and for HTTP.

use std::time::Duration;

use chapeau_query::{Hit, Results};
use serde::Serialize;

/// An answer as programs get it: the results, the time they took, and the id of a batch's query.
#[derive(Debug, Serialize)]
pub struct Answer<'a, H = Hit> {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a str>,
    #[serde(flatten)]
    results: &'a Results<H>,
    /// Milliseconds.
    took_ms: u64,
}

impl<'a, H> Answer<'a, H> {
    /// The answer to a query, which has an `id` in a batch.
    pub fn new(id: Option<&'a str>, results: &'a Results<H>, took: Duration) -> Self {
        Self { id, results, took_ms: u64::try_from(took.as_millis()).unwrap_or(u64::MAX) }
    }
}

/// The names that a search's restrictions have in a URL, which are those of the query language.
pub const FILTERS: [&str; 12] = [
    "kind",
    "status",
    "part",
    "act",
    "obligation",
    "body",
    "party",
    "lang",
    "year",
    "symbol",
    "cites",
    "document",
];
