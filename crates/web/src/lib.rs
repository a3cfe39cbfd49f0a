//! HTTP: the JSON API over the same results as the command line.
//!
//! Knows HTTP and its JSON, and nothing of ranking. [`router`] is a pure function of the index
//! that [`Shared`] holds; [`wire::Answer`] is the JSON of an answer.
//!
//! ```no_run
//! # fn main() -> Result<(), chapeau_index::Error> {
//! let searcher = chapeau_index::Searcher::open(std::path::Path::new("index"))?;
//! let router = chapeau_web::router(chapeau_web::Shared::new(searcher));
//! # let _ = router; Ok(()) }
//! ```

mod api;
mod error;
pub mod wire;

use std::sync::{Arc, Mutex, PoisonError};

use axum::Router;
use axum::routing::get;
use chapeau_index::Searcher;

use crate::error::Error;

/// What all requests share: the index as last seen.
#[derive(Debug)]
pub struct Shared {
    searcher: Mutex<Searcher>,
}

impl Shared {
    /// Serves this index, and each later state of it.
    pub fn new(searcher: Searcher) -> Self {
        Self { searcher: Mutex::new(searcher) }
    }

    /// The index as it is now: a commit made since is picked up here.
    fn searcher(&self) -> Result<Searcher, Error> {
        let mut searcher = self.searcher.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(newer) = searcher.reload()? {
            *searcher = newer;
        }
        Ok(searcher.clone())
    }
}

/// The routes.
pub fn router(shared: Shared) -> Router {
    Router::new()
        .route("/api/search", get(api::search))
        .route("/api/clauses/{*id}", get(api::clause))
        .route("/api/documents/{id}", get(api::document))
        .route("/api/status", get(api::status))
        .route("/healthz", get(async || "ok"))
        .with_state(Arc::new(shared))
}

/// Answers connections until `stopped` ends, then finishes the requests under way.
///
/// # Errors
/// The listener fails.
pub async fn serve(
    listener: tokio::net::TcpListener,
    router: Router,
    stopped: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    axum::serve(listener, router).with_graceful_shutdown(stopped).await
}

/// Runs what reads the index beside the threads that answer connections.
async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Error> + Send + 'static,
) -> Result<T, Error> {
    match tokio::task::spawn_blocking(work).await {
        Ok(done) => done,
        Err(error) => Err(Error::Index(format!("the search broke off: {error}"))),
    }
}
