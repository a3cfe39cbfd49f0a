//! HTTP: pages for people and a JSON API, over the same results as the command line.
//!
//! Knows HTTP, HTML and its JSON, and nothing of ranking. [`router`] is a pure function of the
//! index that [`Shared`] holds; [`wire::Answer`] is the JSON of an answer.
//!
//! ```no_run
//! # fn main() -> Result<(), chapeau_index::Error> {
//! use chapeau_web::{Settings, Shared};
//! let searcher = chapeau_index::Searcher::open(std::path::Path::new("index"))?;
//! let router = chapeau_web::router(Shared::new(searcher, Settings::default()));
//! # let _ = router; Ok(()) }
//! ```

mod answers;
mod api;
mod asked;
mod base64;
mod docx;
mod error;
mod export;
mod feed;
mod guard;
mod metrics;
mod news;
mod openapi;
mod original;
mod page;
mod server;
mod sheets;
mod state;
mod versions;
pub mod wire;

use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::{HeaderName, header};
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use tower_http::compression::CompressionLayer;

pub use crate::export::without_formula;
pub use crate::feed::changes_feed;
pub use crate::page::changes::changes_page;
pub use crate::page::compare::{View, comparison_page};
pub use crate::server::serve;
pub use crate::sheets::{Draw, Line, Lines, Sheet};
pub use crate::state::{Log, Logged, Settings, Shared};

/// Bytes of a body at most: a basket of five hundred long ids.
const LONGEST_BODY: usize = 128 << 10;

/// The routes.
pub fn router(shared: Shared) -> Router {
    let shared = Arc::new(shared);
    let operations = openapi::operations();
    let description = openapi::description(&operations, shared.settings.token.is_some());
    let kept = Router::new()
        .merge(openapi::routes(operations))
        .route("/", get(page::search::search))
        .layer(from_fn_with_state(shared.clone(), answers::keep));
    let tagged = Router::new()
        .merge(kept)
        .route("/openapi.json", get(async || axum::Json(description)))
        .merge(pages())
        .merge(feeds())
        .layer(CompressionLayer::new())
        .layer(from_fn_with_state(shared.clone(), guard::tag));
    Router::new()
        .merge(tagged)
        .route("/export", get(export::of_search).post(export::of_basket))
        .route("/documents/{id}/source", get(original::source))
        .route("/healthz", get(async || "ok"))
        .route("/readyz", get(api::ready))
        .route("/metrics", get(api::metrics))
        .fallback(guard::nothing_here)
        .layer(from_fn(guard::name_errors))
        .layer(DefaultBodyLimit::max(LONGEST_BODY))
        .layer(from_fn_with_state(shared.clone(), guard::watch))
        .layer(from_fn_with_state(shared.clone(), guard::tell))
        .with_state(shared)
}

fn pages() -> Router<Arc<Shared>> {
    Router::new()
        .route("/documents", get(page::corpus::documents))
        .route("/documents/{id}", get(page::document::document))
        .route("/documents/{id}/pages/{number}", get(page::sheet::page))
        .route("/documents/{id}/pages/{number}/image", get(page::sheet::image))
        .route("/clauses/{*id}", get(page::clause::clause))
        .route("/compare", get(page::compare::compare))
        .route("/changes", get(page::changes::changes))
        .route("/mandates", get(page::mandates::mandates))
        .route("/help", get(page::help::help))
        .route("/basket", get(page::basket::basket))
        .route("/script.js", get(async || asset("text/javascript; charset=utf-8", page::SCRIPT)))
        .route("/icon.svg", get(async || asset("image/svg+xml", page::ICON)))
        .route("/robots.txt", get(async || "User-agent: *\nDisallow: /\n"))
}

fn feeds() -> Router<Arc<Shared>> {
    Router::new().route("/feed.atom", get(feed::feed)).route("/opensearch.xml", get(feed::opensearch))
}

/// A file that is a part of this program. Its address changes with it where that matters.
fn asset(kind: &'static str, content: &'static str) -> Response {
    let headers: [(HeaderName, &str); 2] =
        [(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, "private, max-age=86400")];
    (headers, content).into_response()
}
