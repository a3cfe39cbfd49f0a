//! `/feed.atom`: the newest clauses of a search, and what of it changed or went; `/opensearch.xml`: the
//! search for browsers.

use std::collections::HashSet;
use std::sync::Arc;

use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use chapeau_document::{ClauseRecord, Date};
use chapeau_index::{Searcher, Since};
use chapeau_query::{ChangedClause, Moment, Request, Section, Sieve, Sort, Went};
use jiff::ToSpan;
use maud::{Markup, PreEscaped, html};

use crate::asked::{Asked, path_step};
use crate::error::Error;
use crate::page::changes::words;
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
        let request = Request { facets: false, ..newest.request(&shared.settings.thesaurus) };
        let searcher = shared.searcher();
        let results = chapeau_query::search(&searcher, &request)?;
        let clauses: Vec<ClauseRecord> = results.hits.into_iter().map(|hit| hit.clause).collect();
        Ok(atom(&root, &asked, &changed_rows(&searcher, &request)?, &clauses))
    });
    Ok(([(header::CONTENT_TYPE, "application/atom+xml; charset=utf-8")], feed.await?.into_string())
        .into_response())
}

/// Days before the last change of which a feed tells what changed and went, and runs at most.
const DAYS: i64 = 30;
const RUNS: usize = 20;

/// The clauses of a search that changed or went of late, the latest first. A journal that cannot be
/// read leaves a feed without them: `chapeau verify` says so.
fn changed_rows(searcher: &Searcher, request: &Request) -> Result<Vec<ChangedClause>, Error> {
    let Ok(last_run) = searcher.last_run() else { return Ok(Vec::new()) };
    let last = searcher.history(Since::Run(last_run.saturating_sub(1)));
    let Ok(last) = last.map(|mut history| history.changes.pop()) else { return Ok(Vec::new()) };
    let since = last.and_then(|last| last.day.checked_sub(DAYS.days()).ok());
    let since = since.map_or(Moment::Run(0), Moment::Day);
    let sieve = Sieve::of(searcher, request)?;
    let runs = chapeau_query::changes_by_run(searcher, since, RUNS, Some(&sieve))?;
    let documents = runs.into_iter().flat_map(|changes| changes.documents);
    let rows = documents.flat_map(|document| document.clauses);
    Ok(rows.filter(|row| row.change != Went::New).take(ENTRIES).collect())
}

/// Where we are reached, as the caller says it. The host was checked before.
fn root(headers: &HeaderMap) -> String {
    let value = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let scheme = if value("x-forwarded-proto") == Some("https") { "https" } else { "http" };
    format!("{scheme}://{}", value("host").unwrap_or("localhost"))
}

/// Text of others for XML, which HTML allows one letter more: the form feed.
fn of_xml(text: &str) -> String {
    shown(text).replace('\u{C}', " ")
}

fn atom(root: &str, asked: &Asked, rows: &[ChangedClause], clauses: &[ClauseRecord]) -> Markup {
    let updated =
        clauses.iter().map(|clause| moment(changed(clause))).chain(rows.iter().map(|row| row.at.clone()));
    let updated = updated.max().unwrap_or_else(|| moment(NO_DATE));
    let told: HashSet<String> = rows.iter().map(changed_id).collect();
    let title =
        if asked.query.is_empty() { "Chapeau: newest clauses" } else { &format!("Chapeau: {}", asked.query) };
    html! {
        (XML)
        feed xmlns="http://www.w3.org/2005/Atom" {
            title { (of_xml(title)) }
            id { (root) (shown(&asked.href("/feed.atom"))) }
            updated { (updated) }
            author { name { "Chapeau" } }
            (link("self", &format!("{root}{}", asked.href("/feed.atom"))))
            (link("alternate", &format!("{root}{}", asked.href("/"))))
            @for row in rows { (changed_entry(Some(root), row)) }
            @for clause in clauses.iter().filter(|clause| !told.contains(&entry_id(clause))) { (entry(root, clause)) }
        }
    }
}

/// `<link>` is an empty element in HTML, so it is written here as XML wants it.
fn link(rel: &str, href: &str) -> Markup {
    let mut escaped = String::new();
    let _ = std::fmt::Write::write_str(&mut maud::Escaper::new(&mut escaped), href);
    PreEscaped(format!("<link rel=\"{rel}\" href=\"{escaped}\"/>"))
}

/// The id of an entry is of the clause's id and text: a clause that was changed is a new entry.
fn entry_id(clause: &ClauseRecord) -> String {
    urn(&format!("{}\n{}", clause.id, clause.text))
}

fn urn(words: &str) -> String {
    format!("urn:chapeau:{}", &blake3::hash(words.as_bytes()).to_hex()[..40])
}

fn place(root: &str, clause: &ClauseRecord) -> String {
    format!("{root}/documents/{}#{}", path_step(&clause.document), anchor(&clause.document, &clause.id))
}

fn entry(root: &str, clause: &ClauseRecord) -> Markup {
    html! {
        entry {
            title { (of_xml(&clause.citation)) }
            id { (entry_id(clause)) }
            updated { (moment(changed(clause))) }
            (link("alternate", &place(root, clause)))
            content type="text" { (of_xml(&clause.text)) }
        }
    }
}

fn changed(clause: &ClauseRecord) -> Date {
    clause.added.or(clause.date).unwrap_or(NO_DATE)
}

fn moment(date: Date) -> String {
    format!("{date}T00:00:00Z")
}

/// Changes as an Atom feed of its own; its links lead to `site`, if that is given.
pub fn changes_feed(sections: &[Section], site: Option<&str>) -> String {
    let site = site.map(|site| site.trim_end_matches('/'));
    let rows = || {
        let documents = sections.iter().flat_map(|section| &section.changes.documents);
        documents.flat_map(|document| &document.clauses)
    };
    let updated = rows().map(|row| row.at.as_str()).max();
    let names: Vec<&str> = sections.iter().map(Section::title).collect();
    let digest = blake3::hash(names.join("\n").as_bytes()).to_hex();
    // A clause that several queries find is one entry.
    let mut told = HashSet::new();
    let is_first = |row: &&ChangedClause| told.insert(changed_id(row));
    let markup = html! {
        (XML)
        feed xmlns="http://www.w3.org/2005/Atom" {
            title { "Chapeau: what changed" }
            id { @if let Some(site) = site { (shown(site)) "/#changes-" } @else { "urn:chapeau:changes:" } (&digest[..40]) }
            updated { @if let Some(updated) = updated { (updated) } @else { (moment(NO_DATE)) } }
            author { name { "Chapeau" } }
            @if let Some(site) = site { (link("alternate", &format!("{site}/"))) }
            @for row in rows().filter(is_first) { (changed_entry(site, row)) }
        }
    };
    markup.into_string()
}

/// The id of an entry. A clause that came has the same in the feed of a search.
fn changed_id(row: &ChangedClause) -> String {
    match (&row.after, &row.before) {
        (Some(after), _) => entry_id(after),
        (None, Some(before)) => urn(&format!("removed {}\n{}\n{}", row.run, before.id, before.text)),
        (None, None) => urn(""),
    }
}

/// An entry for a clause that changed, with its words before and after.
pub(crate) fn changed_entry(site: Option<&str>, row: &ChangedClause) -> Markup {
    let Some(clause) = row.clause() else { return Markup::default() };
    let place = site.filter(|_| row.after.is_some()).map(|site| place(site, clause));
    html! {
        entry {
            title { (of_xml(&clause.citation)) " (" (row.change.as_str()) ")" }
            id { (changed_id(row)) }
            updated { (row.at) }
            @if let Some(place) = place { (link("alternate", &place)) }
            content type="html" { (of_xml(&format!("<p>{}</p>", words(row).into_string()))) }
        }
    }
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
