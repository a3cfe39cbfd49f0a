//! The JSON of an answer, the same for the command line and for HTTP.

use std::time::Duration;

use chapeau_document::{ClauseRecord, Span};
use chapeau_index::{DocumentRecord, Totals};
use chapeau_query::{DocumentHit, Hit, Passage, Results};
use schemars::JsonSchema;
use serde::Serialize;

use crate::page::text::marked;

/// An answer as programs get it: the results, the time they took, and the id of a batch's query.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Answer")]
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

/// An answer over HTTP, with clauses or documents as its hits.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(untagged)]
pub(crate) enum Answers<'a> {
    /// `scope=clause`.
    Clauses(Answer<'a, MarkedClause>),
    /// `scope=document`.
    Documents(Answer<'a, MarkedDocument>),
}

/// A clause that matches, with its passages ready to be shown.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct MarkedClause {
    #[serde(flatten)]
    hit: Hit,
    /// Each passage as HTML: escaped, with every match in a `<mark>`, whose class is `synonym`
    /// where the word is one.
    marked: Vec<String>,
}

/// A document that matches, with the passages of its clauses ready to be shown.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct MarkedDocument {
    #[serde(flatten)]
    hit: DocumentHit,
    /// Of each clause of `best` its passages, as HTML.
    marked: Vec<Vec<String>>,
}

impl From<Hit> for MarkedClause {
    fn from(hit: Hit) -> Self {
        Self { marked: marked_passages(&hit), hit }
    }
}

impl From<DocumentHit> for MarkedDocument {
    fn from(hit: DocumentHit) -> Self {
        Self { marked: hit.best.iter().map(marked_passages).collect(), hit }
    }
}

fn marked_passages(hit: &Hit) -> Vec<String> {
    let passage = |found: &Passage| {
        marked(&hit.clause.text, Span::new(found.start, found.end), &found.marks).into_string()
    };
    hit.passages.iter().map(passage).collect()
}

/// A document with all its clauses, in order.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct DocumentWhole {
    /// What is known of it.
    pub(crate) document: DocumentRecord,
    /// Its clauses.
    pub(crate) clauses: Vec<ClauseRecord>,
}

/// What is searched.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Status {
    #[serde(flatten)]
    pub(crate) searched: Totals,
    /// Another one for each state of the index.
    pub(crate) version: String,
}

/// The names that a search's restrictions have in a URL, which are those of the query language.
pub const FILTERS: [&str; 13] = [
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
    "copies",
];
