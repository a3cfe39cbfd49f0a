//! The JSON API: handlers read, call once, convert.

use std::sync::Arc;
use std::time::Instant;

use axum::Json;
use axum::extract::{Path, RawQuery, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use chapeau_document::ClauseRecord;
use chapeau_index::{DocumentRecord, DocumentSummary};

use crate::asked::{Asked, Scope};
use crate::error::Error;
use crate::state::{Shared, blocking};
use crate::wire::{Answer, Answers, DocumentWhole, MarkedClause, MarkedDocument, Status};

/// Completions given.
const COMPLETIONS: usize = 8;

/// `/api/search?q=&limit=&offset=&sort=&scope=` and the filters, which may stand several times.
pub(crate) async fn search(
    State(shared): State<Arc<Shared>>,
    RawQuery(raw): RawQuery,
) -> Result<Response, Error> {
    let asked = Asked::read(raw.as_deref().unwrap_or_default())?;
    blocking(&shared, move |shared| {
        let started = Instant::now();
        let (searcher, request) = (shared.searcher(), asked.request(&shared.settings.thesaurus));
        match asked.scope {
            Scope::Clause => {
                let results = chapeau_query::search(&searcher, &request)?.map(MarkedClause::from);
                json(&Answers::Clauses(Answer::new(None, &results, started.elapsed())))
            }
            Scope::Document => {
                let results = chapeau_query::search_documents(&searcher, &request)?.map(MarkedDocument::from);
                json(&Answers::Documents(Answer::new(None, &results, started.elapsed())))
            }
        }
    })
    .await
}

fn json(value: &impl serde::Serialize) -> Result<Response, Error> {
    let body = serde_json::to_string(value).map_err(|error| Error::Index(error.to_string()))?;
    Ok(([(header::CONTENT_TYPE, "application/json")], body).into_response())
}

/// `/api/clauses/{id}`: the id has slashes.
pub(crate) async fn clause(
    State(shared): State<Arc<Shared>>,
    Path(id): Path<String>,
) -> Result<Json<ClauseRecord>, Error> {
    blocking(&shared, move |shared| {
        let found = shared.searcher().clause_by_id(&id)?;
        found.map(|(_, clause)| Json(clause)).ok_or_else(|| Error::Missing(format!("no clause \"{id}\"")))
    })
    .await
}

/// `/api/documents`: the corpus, as `chapeau list` prints it.
pub(crate) async fn documents(
    State(shared): State<Arc<Shared>>,
) -> Result<Json<Vec<DocumentSummary>>, Error> {
    blocking(&shared, move |shared| {
        Ok(Json(shared.searcher().documents()?.into_iter().map(DocumentRecord::summary).collect()))
    })
    .await
}

/// `/api/documents/{id}`: what is known of a document, and its clauses.
pub(crate) async fn document(
    State(shared): State<Arc<Shared>>,
    Path(id): Path<String>,
) -> Result<Response, Error> {
    blocking(&shared, move |shared| {
        let searcher = shared.searcher();
        let document = crate::page::document::find(&searcher, &id)?;
        let clauses = searcher.clauses_of(&document.id)?;
        Ok(Json(DocumentWhole { document, clauses }).into_response())
    })
    .await
}

/// `/api/suggest?q=`: what completes what was typed.
pub(crate) async fn suggest(
    State(shared): State<Arc<Shared>>,
    RawQuery(raw): RawQuery,
) -> Result<Response, Error> {
    let query = Asked::read_query(raw.as_deref().unwrap_or_default())?;
    blocking(&shared, move |shared| {
        let found = chapeau_query::complete(&shared.searcher(), &query, COMPLETIONS)?;
        Ok(Json(found).into_response())
    })
    .await
}

/// `/api/status`: what was searched.
pub(crate) async fn status(State(shared): State<Arc<Shared>>) -> Result<Response, Error> {
    blocking(&shared, move |shared| {
        let searcher = shared.searcher();
        let searched = searcher.totals()?;
        Ok(Json(Status { searched, version: searcher.version() }).into_response())
    })
    .await
}

/// `/metrics`, for Prometheus.
pub(crate) async fn metrics(State(shared): State<Arc<Shared>>) -> Result<Response, Error> {
    let searcher = shared.searcher_at_once().await;
    let text = shared.metrics.text(&searcher.totals()?, &searcher);
    Ok(([(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], text).into_response())
}

/// `/readyz`: whether searches would be answered.
pub(crate) async fn ready(State(shared): State<Arc<Shared>>) -> Response {
    if shared.is_ready().await {
        return "ready".into_response();
    }
    (StatusCode::SERVICE_UNAVAILABLE, "the index cannot be opened").into_response()
}
