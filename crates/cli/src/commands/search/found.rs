//! What a search may find, and how each is written.

use chapeau_document::Symbol;
use chapeau_index::Searcher;
use chapeau_query::{DocumentHit, Error, Hit, Request, Results};
use serde::Serialize;

use super::text;
use crate::commands::path_line;
use crate::print::Style;

/// A hit of one scope.
pub(super) trait Found: Serialize + Send + Sized {
    /// What one is called.
    const NAME: &str;
    /// The columns of the CSV.
    const HEADER: &[&str];

    /// Answers a question with such hits.
    fn search(searcher: &Searcher, request: &Request) -> Result<Results<Self>, Error>;
    /// The id that a run names it by.
    fn id(&self) -> &str;
    /// The cells of the CSV.
    fn row(&self, rank: usize) -> Vec<String>;
    /// The lines for people.
    fn lines(&self, rank: usize, style: Style, explain: bool) -> Vec<String>;
}

impl Found for Hit {
    const NAME: &str = "clause";
    const HEADER: &[&str] = &[
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
        "versions",
    ];

    fn search(searcher: &Searcher, request: &Request) -> Result<Results, Error> {
        chapeau_query::search(&searcher.at_terminal(), request)
    }

    fn id(&self) -> &str {
        &self.clause.id
    }

    fn row(&self, rank: usize) -> Vec<String> {
        let clause = &self.clause;
        vec![
            rank.to_string(),
            format!("{:.4}", self.score),
            clause.citation.clone(),
            clause.date.map_or_else(String::new, |date| date.to_string()),
            clause.kind.to_string(),
            clause.status.to_string(),
            clause.part.to_string(),
            clause.obligation.to_string(),
            clause.label.clone().unwrap_or_default(),
            clause.page.map_or_else(String::new, |page| page.to_string()),
            clause.id.clone(),
            joined(&clause.symbols),
            clause.title.clone().unwrap_or_default(),
            path_line(&clause.path).unwrap_or_default(),
            clause.lead_in.clone().unwrap_or_default(),
            clause.text.clone(),
            self.missing.join(";"),
            self.versions.and_then(|versions| versions.in_words()).unwrap_or_default(),
        ]
    }

    fn lines(&self, rank: usize, style: Style, explain: bool) -> Vec<String> {
        text::clause(self, rank, style, explain)
    }
}

impl Found for DocumentHit {
    const NAME: &str = "document";
    const HEADER: &[&str] = &[
        "rank", "score", "id", "symbols", "title", "date", "kind", "status", "language", "clauses",
        "matches", "best", "path", "missing",
    ];

    fn search(searcher: &Searcher, request: &Request) -> Result<Results<Self>, Error> {
        chapeau_query::search_documents(&searcher.at_terminal(), request)
    }

    fn id(&self) -> &str {
        &self.document.id
    }

    fn row(&self, rank: usize) -> Vec<String> {
        let document = &self.document;
        let best: Vec<&str> = self.best.iter().map(|hit| hit.clause.id.as_str()).collect();
        vec![
            rank.to_string(),
            format!("{:.4}", self.score),
            document.id.clone(),
            joined(&document.symbols),
            document.title.clone().unwrap_or_default(),
            document.date.map_or_else(String::new, |date| date.to_string()),
            document.kind.to_string(),
            document.status.to_string(),
            document.language.clone(),
            document.clauses.to_string(),
            self.matches.to_string(),
            best.join(";"),
            document.path.clone(),
            self.missing.join(";"),
        ]
    }

    fn lines(&self, rank: usize, style: Style, explain: bool) -> Vec<String> {
        text::document(self, rank, style, explain)
    }
}

fn joined(symbols: &[Symbol]) -> String {
    symbols.iter().map(Symbol::as_str).collect::<Vec<_>>().join(";")
}
