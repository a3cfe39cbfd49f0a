//! The JSON API: handlers read, call once, convert.

use std::sync::Arc;
use std::time::Instant;

use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use chapeau_document::ClauseRecord;
use chapeau_query::thesaurus::Thesaurus;
use chapeau_query::{Request, Sort};
use serde_json::json;

use crate::error::Error;
use crate::wire::{Answer, FILTERS};
use crate::{Shared, blocking};

/// Most hits of one answer: a page that nobody reads to its end costs the others time.
const MOST_HITS: usize = 100;

/// `/api/search?q=&limit=&offset=&sort=` and the filters, which may stand several times.
pub(crate) async fn search(
    State(shared): State<Arc<Shared>>,
    Query(parameters): Query<Vec<(String, String)>>,
) -> Result<Response, Error> {
    let request = request(&parameters)?;
    blocking(move || {
        let searcher = shared.searcher()?;
        let started = Instant::now();
        let results = chapeau_query::search(&searcher, &request)?;
        let answer = Answer::new(None, &results, started.elapsed());
        let body = serde_json::to_string(&answer).map_err(|error| Error::Index(error.to_string()))?;
        Ok(([(header::CONTENT_TYPE, "application/json")], body).into_response())
    })
    .await
}

fn request(parameters: &[(String, String)]) -> Result<Request, Error> {
    let mut request = Request { thesaurus: Some(Arc::new(Thesaurus::built_in())), ..Request::default() };
    for (name, value) in parameters {
        match name.as_str() {
            "q" => value.clone_into(&mut request.query),
            "limit" => request.limit = number(name, value)?.min(MOST_HITS),
            "offset" => request.offset = number(name, value)?,
            "sort" => request.sort = sort(value)?,
            name if FILTERS.contains(&name) => request.filters.push((name.to_owned(), value.clone())),
            name => return Err(Error::Asked(format!("unknown parameter \"{name}\""))),
        }
    }
    Ok(request)
}

fn number(name: &str, value: &str) -> Result<usize, Error> {
    value.parse().map_err(|_| Error::Asked(format!("found {name}={value}, want a whole number")))
}

fn sort(value: &str) -> Result<Sort, Error> {
    match value {
        "relevance" => Ok(Sort::Relevance),
        "date" => Ok(Sort::Date),
        "-date" => Ok(Sort::DateDescending),
        _ => Err(Error::Asked(format!("found sort={value}, want relevance, date or -date"))),
    }
}

/// `/api/clauses/{id}`: the id has slashes.
pub(crate) async fn clause(
    State(shared): State<Arc<Shared>>,
    Path(id): Path<String>,
) -> Result<Json<ClauseRecord>, Error> {
    blocking(move || {
        let found = shared.searcher()?.clause_by_id(&id)?;
        found.map(|(_, clause)| Json(clause)).ok_or_else(|| Error::Missing(format!("no clause \"{id}\"")))
    })
    .await
}

/// `/api/documents/{id}`: what is known of a document, and its clauses.
pub(crate) async fn document(
    State(shared): State<Arc<Shared>>,
    Path(id): Path<String>,
) -> Result<Response, Error> {
    blocking(move || {
        let searcher = shared.searcher()?;
        let document = searcher.document_by_id(&id)?;
        let document = document.ok_or_else(|| Error::Missing(format!("no document \"{id}\"")))?;
        let clauses = searcher.clauses_of(&id)?;
        Ok(Json(json!({ "document": document, "clauses": clauses })).into_response())
    })
    .await
}

/// `/api/status`: what was searched.
pub(crate) async fn status(State(shared): State<Arc<Shared>>) -> Result<Response, Error> {
    blocking(move || {
        let searcher = shared.searcher()?;
        let totals = searcher.totals()?;
        let status = json!({
            "documents": totals.documents, "clauses": totals.clauses, "from": totals.from, "to": totals.to,
            "languages": totals.languages, "unreadable": totals.unreadable, "version": searcher.version(),
        });
        Ok(Json(status).into_response())
    })
    .await
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(parameters: &[(&str, &str)]) -> Result<Request, String> {
        let owned: Vec<(String, String)> =
            parameters.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        request(&owned).map_err(|error| format!("{error:?}"))
    }

    #[test]
    fn parameters_make_a_request() {
        let request =
            check(&[("q", "duties"), ("kind", "decision"), ("kind", "agreement"), ("limit", "5000")]);
        let request = request.expect("all are known");
        assert_eq!((request.query.as_str(), request.filters.len(), request.limit), ("duties", 2, MOST_HITS));
    }

    #[test]
    fn what_is_unknown_is_said() {
        assert_eq!(
            check(&[("sort", "up")]).err().as_deref(),
            Some("Asked(\"found sort=up, want relevance, date or -date\")")
        );
        assert_eq!(check(&[("x", "1")]).err().as_deref(), Some("Asked(\"unknown parameter \\\"x\\\"\")"));
        assert!(check(&[("limit", "many")]).is_err());
    }
}
