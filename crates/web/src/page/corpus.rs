//! `/documents`: what the corpus holds, and what of it could not be read.

use std::sync::Arc;

use axum::extract::{RawQuery, State};
use axum::response::Response;
use chapeau_index::DocumentRecord;
use maud::{Markup, html};

use super::document::{href, name};
use super::text::{counted, date, grouped, language_name, shown};
use super::{Page, answered};
use crate::asked::Asked;
use crate::error::Error;
use crate::state::{Shared, Work, blocking};

/// Documents on a page.
const AT_ONCE: usize = 200;

/// The page.
pub(crate) async fn documents(State(shared): State<Arc<Shared>>, RawQuery(raw): RawQuery) -> Response {
    let asked = match Asked::read_page(raw.as_deref().unwrap_or_default()) {
        Ok(asked) => asked,
        Err(error) => return super::error(&error),
    };
    answered(blocking(&shared, move |shared| page(shared, asked.offset)).await)
}

fn page(shared: &Work, offset: usize) -> Result<Markup, Error> {
    let searcher = shared.searcher();
    let (documents, n_documents) = searcher.newest_documents(offset, AT_ONCE)?;
    let unread = searcher.unread_sources()?;
    let content = html! {
        h1 { "Documents" }
        p.totals {
            (counted(n_documents as u64, "document", "documents")) ", newest first. "
            @if unread.is_empty() { "All sources could be read." } @else {
                a href="#unreadable" { (counted(unread.len() as u64, "source", "sources")) " could not be read" } "."
            }
        }
        div.wide tabindex="0" role="region" aria-label="Documents" {
            table {
                thead { tr { th scope="col" { "Document" } th scope="col" { "Date" } th scope="col" { "Kind" } th scope="col" { "Status" } th scope="col" { "Language" } th.n scope="col" { "Clauses" } } }
                tbody { @for document in &documents { (row(document)) } }
            }
        }
        nav.paging aria-label="Pages" {
            @if offset > 0 { a rel="prev" href={ "/documents?offset=" (offset.saturating_sub(AT_ONCE)) } { "← Newer" } }
            @if offset + AT_ONCE < n_documents { a rel="next" href={ "/documents?offset=" (offset + AT_ONCE) } { "Older →" } }
        }
        h2 id="unreadable" { "Could not be read" }
        @if unread.is_empty() { p { "Nothing: every source is in the index." } } @else {
            ul { @for source in &unread {
                li { bdi { (shown(&source.path)) } ": " (source.status) @if let Some(reason) = &source.reason { ", " (shown(reason)) } }
            } }
        }
    };
    Ok(Page { title: "Documents - Chapeau", asked: &Asked::default(), content }.markup())
}

fn row(document: &DocumentRecord) -> Markup {
    let metadata = &document.metadata;
    html! {
        tr {
            th scope="row" { a href=(href(&document.id)) dir="auto" { (shown(&name(document))) } }
            td { @if let Some(day) = metadata.date() { (date(day)) } @else { "no date" } }
            td { (metadata.kind()) }
            td { (metadata.status()) }
            td { (shown(language_name(metadata.language()))) }
            td.n { (grouped(document.counts.clauses + document.counts.contexts)) }
        }
    }
}
