//! Answers that are kept: people page back and forth, and programs ask the same again and again.
//!
//! An answer is made of the index, of the day and of the address, so it stands until the next commit or
//! midnight.
//! `took_ms` is what the search took, not what it took to hand its answer out once more.

use std::sync::Arc;

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use quick_cache::Weighter;
use quick_cache::sync::Cache;

use crate::error::Error;
use crate::state::Shared;

/// Bytes that are kept: some two thousand answers of ten hits.
const KEPT_BYTES: u64 = 64 << 20;
/// Answers that are expected to be kept.
const EXPECTED: usize = 2_000;

/// Edition (see [`Shared::edition`]) and address.
type Key = (String, String);

/// Kind of the content, and content.
type Answer = (HeaderValue, Bytes);

/// The answers that are kept.
#[derive(Debug)]
pub(crate) struct Answers(Cache<Key, Answer, Bulk>);

#[derive(Clone, Debug)]
struct Bulk;

impl Weighter<Key, Answer> for Bulk {
    fn weight(&self, (version, address): &Key, (kind, content): &Answer) -> u64 {
        (version.len() + address.len() + kind.len() + content.len()) as u64
    }
}

impl Default for Answers {
    fn default() -> Self {
        Self(Cache::with_weighter(EXPECTED, KEPT_BYTES, Bulk))
    }
}

/// Gives the answer that is kept to a GET, or else keeps the one that is found.
pub(crate) async fn keep(State(shared): State<Arc<Shared>>, request: Request, next: Next) -> Response {
    let address = request.uri().path_and_query().map(|address| address.as_str().to_owned());
    let Some(address) = address.filter(|_| *request.method() == Method::GET) else {
        return next.run(request).await;
    };
    let key = (shared.edition(&shared.searcher_at_once().await), address);
    if let Some(answer) = shared.answers.0.get(&key) {
        return response(answer);
    }
    match content(next.run(request).await).await {
        Ok(answer) => {
            shared.answers.0.insert(key, answer.clone());
            response(answer)
        }
        Err(other) => other,
    }
}

fn response((kind, content): Answer) -> Response {
    ([(header::CONTENT_TYPE, kind)], content).into_response()
}

/// What can be kept of a response, or the response that cannot be.
async fn content(response: Response) -> Result<Answer, Response> {
    let kind = response.headers().get(header::CONTENT_TYPE).cloned();
    let Some(kind) = kind.filter(|_| response.status() == StatusCode::OK) else { return Err(response) };
    let (_, body): (_, Body) = response.into_parts();
    // It was written whole into memory before.
    let content = to_bytes(body, usize::MAX).await;
    let failed = |error: axum::Error| Error::Index(error.to_string()).response();
    content.map(|content| (kind, content)).map_err(failed)
}
