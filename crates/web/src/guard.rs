//! What stands around every request: the host it names, the token, its length, the headers of its
//! answer, the tag of the index, the log.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Instant;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::LONGEST_BODY;
use crate::asked::LONGEST_QUERY;
use crate::error::{Error, Reason};
use crate::page;
use crate::state::{Logged, Shared};

/// Longest address that is read, in bytes: with the longest query that is allowed, each letter of it
/// four bytes that are escaped, and room for the filters.
const LONGEST_ADDRESS: usize = LONGEST_QUERY * 4 * "%ff".len() + 4_000;

/// Where a monitor knocks, which knows no token.
const OPEN: [&str; 2] = ["/healthz", "/readyz"];

/// The headers that every answer has, besides the content security policy.
const ALWAYS: [(HeaderName, &str); 6] = [
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "no-referrer"),
    (HeaderName::from_static("x-robots-tag"), "noindex, nofollow"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
];

/// Measures and tells of a request.
pub(crate) async fn tell(State(shared): State<Arc<Shared>>, request: Request, next: Next) -> Response {
    let (method, path) = (request.method().clone(), request.uri().path().to_owned());
    let started = Instant::now();
    let mut response = next.run(request).await;
    let reason = response.extensions_mut().remove::<Reason>();
    let logged = Logged {
        method: method.as_str(),
        path: &path,
        status: response.status().as_u16(),
        took: started.elapsed(),
        reason: reason.as_ref().map(|reason| reason.0.as_str()),
    };
    shared.metrics.answered(logged.status, logged.took);
    if let Some(log) = &shared.settings.log {
        log(&logged);
    }
    response
}

/// Lets pass what is meant for us and allowed, and puts the headers on every answer.
pub(crate) async fn watch(State(shared): State<Arc<Shared>>, request: Request, next: Next) -> Response {
    let mut response = match allowed(&shared, &request) {
        Ok(()) => next.run(request).await,
        Err(error) => refused(&request, &error),
    };
    let headers = response.headers_mut();
    for (name, value) in ALWAYS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers.insert(header::CONTENT_SECURITY_POLICY, page::content_security_policy());
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("private, no-cache"));
    response
}

/// The answer where no page is.
pub(crate) async fn nothing_here(request: Request) -> Response {
    refused(&request, &Error::Missing("no page has this address".to_owned()))
}

/// Gives the errors of the router and of its extractors, which are bare words, the form of ours.
pub(crate) async fn name_errors(request: Request, next: Next) -> Response {
    let as_page = wants_page(&request);
    let response = next.run(request).await;
    let kind = response.headers().get(header::CONTENT_TYPE).map(HeaderValue::as_bytes);
    let is_bare = kind.is_none_or(|kind| kind.starts_with(b"text/plain"));
    let Some(error) = Error::of_status(response.status()).filter(|_| is_bare) else { return response };
    let mut named = if as_page { page::error(&error) } else { error.response() };
    if let Some(methods) = response.headers().get(header::ALLOW) {
        named.headers_mut().insert(header::ALLOW, methods.clone());
    }
    named
}

fn refused(request: &Request, error: &Error) -> Response {
    if wants_page(request) { page::error(error) } else { error.response() }
}

fn wants_page(request: &Request) -> bool {
    let accept = request.headers().get(header::ACCEPT).and_then(|value| value.to_str().ok());
    !request.uri().path().starts_with("/api/") && accept.is_some_and(|accept| accept.contains("text/html"))
}

fn allowed(shared: &Shared, request: &Request) -> Result<(), Error> {
    check_host(&shared.settings.hosts, request.headers(), request.uri())?;
    let length = request.uri().path_and_query().map_or(0, |path| path.as_str().len());
    if length > LONGEST_ADDRESS {
        let detail = format!("found an address of {length} bytes, want at most {LONGEST_ADDRESS}");
        return Err(Error::TooLong(detail));
    }
    // Said before the body is waited for.
    let body =
        request.headers().get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok());
    if body.is_some_and(|body: usize| body > LONGEST_BODY) {
        return Err(Error::TooLarge);
    }
    let open = OPEN.contains(&request.uri().path());
    match &shared.settings.token {
        Some(token) if !open && !knows(request.headers(), token) => Err(Error::Token),
        _ => Ok(()),
    }
}

/// A page elsewhere can make a browser ask us under a name of its own that it has pointed at our
/// address (DNS rebinding), and read the answer. Under an address it cannot.
fn check_host(hosts: &[String], headers: &HeaderMap, uri: &Uri) -> Result<(), Error> {
    if headers.get_all(header::HOST).iter().count() > 1 {
        return Err(Error::Asked("found several Host headers, want one (RFC 9112, 3.2)".to_owned()));
    }
    let named = headers.get(header::HOST).and_then(|host| host.to_str().ok());
    let named = named.or_else(|| uri.authority().map(axum::http::uri::Authority::as_str));
    let Some(named) = named else { return Err(Error::Host("found no Host header, want one".to_owned())) };
    let name = host_name(named);
    let is_address = name.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>().is_ok();
    if is_address || name == "localhost" || hosts.iter().any(|host| host.eq_ignore_ascii_case(&name)) {
        return Ok(());
    }
    Err(Error::Host(format!("found Host {name}, want an address, localhost or a name given with --host")))
}

/// The name without the port, in small letters. What is not formed so stays whole, and is no name.
fn host_name(named: &str) -> String {
    let (name, port) = named.rsplit_once(':').filter(|(_, port)| !port.contains(']')).unwrap_or((named, ""));
    let name = if port.bytes().all(|digit| digit.is_ascii_digit()) { name } else { named };
    name.trim_end_matches('.').to_ascii_lowercase()
}

/// Whether the token is there, as a bearer's or as the password that a browser asks for. Digests
/// are compared, since that takes the same time wherever they differ.
fn knows(headers: &HeaderMap, token: &str) -> bool {
    let given = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let same = |given: &[u8]| blake3::hash(given) == blake3::hash(token.as_bytes());
    match given.and_then(|given| given.split_once(' ')) {
        Some((way, given)) if way.eq_ignore_ascii_case("bearer") => same(given.trim().as_bytes()),
        Some((way, given)) if way.eq_ignore_ascii_case("basic") => {
            let pair = crate::base64::decode(given.trim()).unwrap_or_default();
            let at = pair.iter().position(|byte| *byte == b':').map_or(pair.len(), |colon| colon + 1);
            same(&pair[at..])
        }
        _ => false,
    }
}

/// Answers by 304 where the caller has the page as it is: everything served here is made of the
/// index, of the day and of this program as it was started.
pub(crate) async fn tag(State(shared): State<Arc<Shared>>, request: Request, next: Next) -> Response {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return next.run(request).await;
    }
    let tag = format!("W/\"{}\"", shared.edition(&shared.searcher_at_once().await));
    let Ok(value) = HeaderValue::from_str(&tag) else { return next.run(request).await };
    let known = request.headers().get(header::IF_NONE_MATCH).and_then(|known| known.to_str().ok());
    if known.is_some_and(|known| known.split(',').any(|known| known.trim() == tag)) {
        return (StatusCode::NOT_MODIFIED, [(header::ETAG, value)]).into_response();
    }
    let mut response = next.run(request).await;
    if response.status() == StatusCode::OK {
        response.headers_mut().entry(header::ETAG).or_insert(value);
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_host_of(named: Option<&str>, expected: bool) {
        let mut headers = HeaderMap::new();
        if let Some(named) = named {
            headers.insert(header::HOST, HeaderValue::from_str(named).expect("a header"));
        }
        let hosts = ["search.example.org".to_owned()];
        assert_eq!(check_host(&hosts, &headers, &Uri::from_static("/")).is_ok(), expected, "{named:?}");
    }

    #[test]
    fn only_our_own_names_are_answered() {
        for own in ["localhost", "localhost:7878", "127.0.0.1:1", "[::1]:7878", "10.0.0.7", "LOCALHOST."] {
            check_host_of(Some(own), true);
        }
        check_host_of(Some("Search.Example.org:443"), true);
        for other in [
            "evil.example",
            "localhost.evil.example",
            "127.0.0.1.evil.example",
            "",
            ":80",
            "[::1].x",
            "localhost:x",
        ] {
            check_host_of(Some(other), false);
        }
        check_host_of(None, false);
    }

    #[test]
    fn two_hosts_are_none() {
        let mut headers = HeaderMap::new();
        headers.append(header::HOST, HeaderValue::from_static("localhost"));
        headers.append(header::HOST, HeaderValue::from_static("localhost"));
        assert!(matches!(check_host(&[], &headers, &Uri::from_static("/")), Err(Error::Asked(_))));
    }

    #[track_caller]
    fn check_token(given: &str, expected: bool) {
        let mut headers = HeaderMap::new();
        headers.insert(header::AUTHORIZATION, HeaderValue::from_str(given).expect("a header"));
        assert_eq!(knows(&headers, "secret"), expected, "{given}");
    }

    #[test]
    fn the_token_is_a_bearers_or_a_password() {
        check_token("Bearer secret", true);
        check_token("bearer  secret ", true);
        check_token("Basic YW5uOnNlY3JldA==", true); // ann:secret
        check_token("Bearer secre", false);
        check_token("Basic c2VjcmV0eA==", false); // secretx
        check_token("secret", false);
        check_token("Basic !!!", false);
    }
}
