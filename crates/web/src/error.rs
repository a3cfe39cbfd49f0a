//! The one place where errors become responses: problem+json with a stable code.

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

/// Why a request has no answer.
#[derive(Debug)]
pub(crate) enum Error {
    /// The caller asked for what makes no sense.
    Asked(String),
    /// There is no such document or clause.
    Missing(String),
    /// The index could not be read: our fault, or that of the disk.
    Index(String),
}

#[derive(Serialize)]
struct Problem {
    r#type: &'static str,
    title: &'static str,
    status: u16,
    detail: String,
    code: &'static str,
}

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        let (status, title, code, detail) = match self {
            Self::Asked(detail) => {
                (StatusCode::BAD_REQUEST, "the request makes no sense", "bad-request", detail)
            }
            Self::Missing(detail) => (StatusCode::NOT_FOUND, "nothing has this id", "not-found", detail),
            Self::Index(detail) => {
                (StatusCode::INTERNAL_SERVER_ERROR, "the index could not be read", "index", detail)
            }
        };
        let problem = Problem { r#type: "about:blank", title, status: status.as_u16(), detail, code };
        let body = serde_json::to_string(&problem).unwrap_or_default();
        (status, [(header::CONTENT_TYPE, "application/problem+json")], body).into_response()
    }
}

impl From<chapeau_index::Error> for Error {
    fn from(error: chapeau_index::Error) -> Self {
        Self::Index(error.to_string())
    }
}

impl From<chapeau_query::Error> for Error {
    fn from(error: chapeau_query::Error) -> Self {
        match error {
            chapeau_query::Error::Restriction(detail) => Self::Asked(detail),
            error => Self::Index(error.to_string()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_error_has_its_status() {
        let status = |error: Error| error.into_response().status();
        assert_eq!(status(Error::Asked(String::new())), StatusCode::BAD_REQUEST);
        assert_eq!(status(Error::Missing(String::new())), StatusCode::NOT_FOUND);
        assert_eq!(status(Error::Index(String::new())), StatusCode::INTERNAL_SERVER_ERROR);
    }
}
