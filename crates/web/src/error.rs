//! The one place where errors become responses: problem+json with a stable code, or a page.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use chapeau_index::Excess;
use schemars::JsonSchema;
use serde::Serialize;

use crate::LONGEST_BODY;

/// Why a request has no answer.
#[derive(Debug)]
pub(crate) enum Error {
    /// The caller asked for what makes no sense.
    Asked(String),
    /// There is no such document or clause.
    Missing(String),
    /// The request names a host that is not ours.
    Host(String),
    /// The token is missing or wrong.
    Token,
    /// The address or the body is longer than is read.
    TooLong(String),
    /// The body is longer than is read.
    TooLarge,
    /// What is there cannot be asked in this way.
    Method,
    /// What this index, which lies on other machines, cannot do.
    NotOffered(String),
    /// The request costs more than one may.
    TooCostly(String),
    /// More requests at once than can be answered in time.
    Busy,
    /// What serves the index does not answer: nobody's fault here, and it may pass.
    Away(String),
    /// The index could not be read: our fault, or that of the disk.
    Index(String),
}

/// An error as programs get it (RFC 9457).
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Problem {
    /// Always `about:blank`: `code` tells the problems apart.
    r#type: &'static str,
    /// The problem in general.
    title: &'static str,
    /// The status of the answer.
    status: u16,
    /// What was found and wanted in this case.
    detail: String,
    /// The problem in general, for programs; it stays when the words change.
    code: &'static str,
}

impl Error {
    /// What a status says that was given before any code of ours ran.
    pub(crate) fn of_status(status: StatusCode) -> Option<Self> {
        match status {
            StatusCode::NOT_FOUND => Some(Self::Missing("no page has this address".to_owned())),
            StatusCode::METHOD_NOT_ALLOWED => Some(Self::Method),
            StatusCode::PAYLOAD_TOO_LARGE => Some(Self::TooLarge),
            status if status.is_client_error() => {
                Some(Self::Asked("the address or the body cannot be read".to_owned()))
            }
            _ => None,
        }
    }

    /// Status, title and code.
    pub(crate) fn kind(&self) -> (StatusCode, &'static str, &'static str) {
        match self {
            Self::Asked(_) => (StatusCode::BAD_REQUEST, "the request makes no sense", "bad-request"),
            Self::Missing(_) => (StatusCode::NOT_FOUND, "there is nothing here", "not-found"),
            Self::Host(_) => (StatusCode::MISDIRECTED_REQUEST, "the host is not served here", "wrong-host"),
            Self::Token => (StatusCode::UNAUTHORIZED, "a token is needed", "no-token"),
            Self::TooLong(_) => (StatusCode::URI_TOO_LONG, "the request is too long", "too-long"),
            Self::TooLarge => (StatusCode::PAYLOAD_TOO_LARGE, "the body is too large", "too-large"),
            Self::Method => {
                (StatusCode::METHOD_NOT_ALLOWED, "this cannot be asked in that way", "method-not-allowed")
            }
            Self::NotOffered(_) => {
                (StatusCode::NOT_IMPLEMENTED, "this index does not offer that", "not-offered")
            }
            Self::TooCostly(_) => {
                (StatusCode::UNPROCESSABLE_ENTITY, "the request takes too much work", "too-costly")
            }
            Self::Busy => (StatusCode::SERVICE_UNAVAILABLE, "too many requests at once", "busy"),
            Self::Away(_) => {
                (StatusCode::SERVICE_UNAVAILABLE, "the search engine does not answer", "engine-away")
            }
            Self::Index(_) => (StatusCode::INTERNAL_SERVER_ERROR, "the index could not be read", "index"),
        }
    }

    /// What was found and wanted.
    pub(crate) fn detail(&self) -> String {
        match self {
            Self::Asked(detail) | Self::Missing(detail) | Self::Host(detail) => detail.clone(),
            Self::TooLong(detail) | Self::NotOffered(detail) | Self::TooCostly(detail) => detail.clone(),
            Self::Token => "send the header Authorization: Bearer with the token".to_owned(),
            Self::TooLarge => format!("want at most {LONGEST_BODY} bytes"),
            Self::Method => "the header Allow names the methods".to_owned(),
            Self::Busy => "try again in a second".to_owned(),
            Self::Away(_) => {
                "the engine that holds the index does not answer just now: try again in a minute".to_owned()
            }
            // Paths of the machine are for its log, not for whoever asks.
            Self::Index(_) => "the administrator finds the reason in the server's log".to_owned(),
        }
    }

    /// The headers that go with it.
    pub(crate) fn with_headers(&self, mut response: Response) -> Response {
        let headers = response.headers_mut();
        match self {
            Self::Token => {
                let ways = HeaderValue::from_static("Basic realm=\"chapeau\", charset=\"UTF-8\", Bearer");
                headers.insert(header::WWW_AUTHENTICATE, ways);
            }
            Self::Busy | Self::Away(_) => {
                headers.insert(header::RETRY_AFTER, HeaderValue::from_static("1"));
            }
            _ => {}
        }
        if let Self::Index(reason) | Self::Away(reason) = self {
            response.extensions_mut().insert(Reason(reason.clone()));
        }
        response
    }
}

/// Why a response is a failure of ours, for the log.
#[derive(Clone, Debug)]
pub(crate) struct Reason(pub(crate) String);

impl Error {
    /// The error as problem+json.
    pub(crate) fn response(&self) -> Response {
        let (status, title, code) = self.kind();
        let problem =
            Problem { r#type: "about:blank", title, status: status.as_u16(), detail: self.detail(), code };
        let body = serde_json::to_string(&problem).unwrap_or_default();
        self.with_headers(
            (status, [(header::CONTENT_TYPE, "application/problem+json")], body).into_response(),
        )
    }
}

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        self.response()
    }
}

impl From<Excess> for Error {
    fn from(excess: Excess) -> Self {
        match excess {
            Excess::Steps | Excess::Bytes => Self::TooCostly(excess.to_string()),
            // It was broken off since nobody waited: somebody who does after all may ask again.
            Excess::Cancelled => Self::Busy,
        }
    }
}

impl From<chapeau_index::Error> for Error {
    fn from(error: chapeau_index::Error) -> Self {
        match error {
            chapeau_index::Error::Excess(excess) => excess.into(),
            chapeau_index::Error::Away { .. } => Self::Away(error.to_string()),
            chapeau_index::Error::Unsupported { .. } => Self::NotOffered(error.to_string()),
            error => Self::Index(error.to_string()),
        }
    }
}

impl From<chapeau_query::Error> for Error {
    fn from(error: chapeau_query::Error) -> Self {
        match error {
            chapeau_query::Error::Restriction(detail) => Self::Asked(detail),
            chapeau_query::Error::NotThere(_) => Self::NotOffered(error.to_string()),
            chapeau_query::Error::TooMany { .. } => Self::Asked(error.to_string()),
            chapeau_query::Error::Excess(excess) => excess.into(),
            chapeau_query::Error::Index(error) => error.into(),
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
        assert_eq!(status(Excess::Steps.into()), StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(status(Excess::Cancelled.into()), StatusCode::SERVICE_UNAVAILABLE);
        assert_eq!(status(Error::Busy), StatusCode::SERVICE_UNAVAILABLE);
        assert_eq!(status(chapeau_query::Error::NotThere("x").into()), StatusCode::NOT_IMPLEMENTED);
    }

    #[test]
    fn an_answer_does_not_tell_paths_of_the_machine() {
        assert!(!Error::Index("/srv/secret".to_owned()).detail().contains("secret"));
    }
}
