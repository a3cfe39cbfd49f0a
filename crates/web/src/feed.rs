//! `/feed.atom`: the newest clauses of a search, and `/opensearch.xml`: the search for browsers.

use std::sync::Arc;

use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use chapeau_document::{ClauseRecord, Date};
use chapeau_query::Sort;
use maud::{Markup, PreEscaped, html};

use crate::asked::{Asked, path_step};
use crate::error::Error;
use crate::page::text::{anchor, shown};
use crate::state::{Shared, blocking};

/// Entries of a feed.
const ENTRIES: usize = 50;
/// The date of what has none: the feed's format wants one.
const NO_DATE: Date = Date::constant(1970, 1, 1);
const XML: PreEscaped<&str> = PreEscaped("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");

/// The newest clauses of a search as an Atom feed.
pub(crate) async fn feed(
    State(shared): State<Arc<Shared>>,
    headers: HeaderMap,
    RawQuery(raw): RawQuery,
) -> Result<Response, Error> {
    let asked = Asked::read_page(raw.as_deref().unwrap_or_default())?;
    asked.wants_clauses("a feed")?;
    let root = root(&headers);
    let feed = blocking(&shared, move |shared| {
        let newest = Asked { sort: Sort::DateDescending, limit: ENTRIES, offset: 0, ..asked.clone() };
        let request = chapeau_query::Request { facets: false, ..newest.request(&shared.settings.thesaurus) };
        let results = chapeau_query::search(&shared.searcher(), &request)?;
        let clauses: Vec<ClauseRecord> = results.hits.into_iter().map(|hit| hit.clause).collect();
        Ok(atom(&root, &asked, &clauses))
    });
    Ok(([(header::CONTENT_TYPE, "application/atom+xml; charset=utf-8")], feed.await?.into_string())
        .into_response())
}

/// Where we are reached, as the caller says it. The host was checked before.
fn root(headers: &HeaderMap) -> String {
    let value = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let scheme = if value("x-forwarded-proto") == Some("https") { "https" } else { "http" };
    format!("{scheme}://{}", value("host").unwrap_or("localhost"))
}

fn atom(root: &str, asked: &Asked, clauses: &[ClauseRecord]) -> Markup {
    let updated = clauses.iter().map(changed).max().unwrap_or(NO_DATE);
    let title =
        if asked.query.is_empty() { "Chapeau: newest clauses" } else { &format!("Chapeau: {}", asked.query) };
    html! {
        (XML)
        feed xmlns="http://www.w3.org/2005/Atom" {
            title { (shown(title)) }
            id { (root) (shown(&asked.href("/feed.atom"))) }
            updated { (moment(updated)) }
            author { name { "Chapeau" } }
            (link("self", &format!("{root}{}", asked.href("/feed.atom"))))
            (link("alternate", &format!("{root}{}", asked.href("/"))))
            @for clause in clauses { (entry(root, clause)) }
        }
    }
}

/// `<link>` is an empty element in HTML, so it is written here as XML wants it.
fn link(rel: &str, href: &str) -> Markup {
    let mut escaped = String::new();
    let _ = std::fmt::Write::write_str(&mut maud::Escaper::new(&mut escaped), href);
    PreEscaped(format!("<link rel=\"{rel}\" href=\"{escaped}\"/>"))
}

/// An entry. Its id is of the clause's id and text: a clause that was changed is a new entry.
fn entry(root: &str, clause: &ClauseRecord) -> Markup {
    let digest = blake3::hash(format!("{}\n{}", clause.id, clause.text).as_bytes()).to_hex();
    let place =
        format!("{root}/documents/{}#{}", path_step(&clause.document), anchor(&clause.document, &clause.id));
    html! {
        entry {
            title { (shown(&clause.citation)) }
            id { "urn:chapeau:" (&digest[..40]) }
            updated { (moment(changed(clause))) }
            (link("alternate", &place))
            content type="text" { (shown(&clause.text).replace('\u{C}', " ")) }
        }
    }
}

fn changed(clause: &ClauseRecord) -> Date {
    clause.added.or(clause.date).unwrap_or(NO_DATE)
}

fn moment(date: Date) -> String {
    format!("{date}T00:00:00Z")
}

/// The search for the address bar of a browser.
pub(crate) async fn opensearch(headers: HeaderMap) -> Response {
    let root = root(&headers);
    let mut escaped = String::new();
    let _ = std::fmt::Write::write_str(&mut maud::Escaper::new(&mut escaped), &root);
    let description = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n\
         <OpenSearchDescription xmlns=\"http://a9.com/-/spec/opensearch/1.1/\">\
         <ShortName>Chapeau</ShortName><Description>Trade-policy documents, clause by clause</Description>\
         <InputEncoding>UTF-8</InputEncoding>\
         <Url type=\"text/html\" template=\"{escaped}/?q={{searchTerms}}\"/>\
         <Url type=\"application/atom+xml\" template=\"{escaped}/feed.atom?q={{searchTerms}}\"/>\
         </OpenSearchDescription>"
    );
    ([(header::CONTENT_TYPE, "application/opensearchdescription+xml")], description).into_response()
}
