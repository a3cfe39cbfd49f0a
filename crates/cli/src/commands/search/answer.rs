//! An answer as programs get it: the results, with the time they took and the id of a batch.

use std::time::Duration;

use chapeau_document::Symbol;
use chapeau_query::Results;
use chapeau_web::wire;

use crate::commands::path_line;
use crate::table;

/// The columns of the CSV.
const HEADER: [&str; 17] = [
    "rank",
    "score",
    "citation",
    "date",
    "kind",
    "status",
    "part",
    "obligation",
    "label",
    "page",
    "id",
    "symbols",
    "title",
    "path",
    "lead_in",
    "text",
    "missing",
];

/// The results of one query and how long they took.
#[derive(Debug)]
pub(super) struct Answer {
    /// What was found.
    pub(super) results: Results,
    /// From the query to the results.
    pub(super) took: Duration,
}

impl Answer {
    /// As JSON.
    pub(super) fn wire<'a>(&'a self, id: Option<&'a str>) -> wire::Answer<'a> {
        wire::Answer::new(id, &self.results, self.took)
    }

    /// As CSV, one line for each hit.
    pub(super) fn csv(&self) -> anyhow::Result<Vec<u8>> {
        let rows: Vec<Vec<String>> =
            (1..).zip(&self.results.hits).map(|(n, hit)| row(self.results.offset + n, hit)).collect();
        table::csv(&HEADER, &rows)
    }
}

fn row(rank: usize, hit: &chapeau_query::Hit) -> Vec<String> {
    let clause = &hit.clause;
    let symbols: Vec<&str> = clause.symbols.iter().map(Symbol::as_str).collect();
    vec![
        rank.to_string(),
        format!("{:.4}", hit.score),
        clause.citation.clone(),
        clause.date.map_or_else(String::new, |date| date.to_string()),
        clause.kind.to_string(),
        clause.status.to_string(),
        clause.part.to_string(),
        clause.obligation.to_string(),
        clause.label.clone().unwrap_or_default(),
        clause.page.map_or_else(String::new, |page| page.to_string()),
        clause.id.clone(),
        symbols.join(";"),
        clause.title.clone().unwrap_or_default(),
        path_line(&clause.path).unwrap_or_default(),
        clause.lead_in.clone().unwrap_or_default(),
        clause.text.clone(),
        hit.missing.join(";"),
    ]
}
