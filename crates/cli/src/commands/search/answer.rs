//! An answer as programs get it: the results, with the time they took and the id of a batch.

use std::time::{Duration, Instant};

use chapeau_index::Searcher;
use chapeau_query::{Request, Results};
use chapeau_web::wire;

use super::found::Found;
use crate::table;

/// The results of one query and how long they took.
#[derive(Debug)]
pub(super) struct Answer<H> {
    /// What was found.
    pub(super) results: Results<H>,
    /// From the query to the results.
    pub(super) took: Duration,
}

impl<H: Found> Answer<H> {
    /// Answers one question and takes the time.
    pub(super) fn to(searcher: &Searcher, request: &Request) -> anyhow::Result<Self> {
        let started = Instant::now();
        let results = H::search(searcher, request)?;
        Ok(Self { results, took: started.elapsed() })
    }

    /// As JSON.
    pub(super) fn wire<'a>(&'a self, id: Option<&'a str>) -> wire::Answer<'a, H> {
        wire::Answer::new(id, &self.results, self.took)
    }

    /// As CSV, one line for each hit.
    pub(super) fn csv(&self) -> anyhow::Result<Vec<u8>> {
        let hits = (1..).zip(&self.results.hits);
        let rows: Vec<Vec<String>> = hits.map(|(n, hit)| hit.row(self.results.offset + n)).collect();
        table::csv(H::HEADER, &rows)
    }
}
