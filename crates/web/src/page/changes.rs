//! What changed, as a page of its own to be sent or kept, and as a page of the server: a section for
//! each query, `ins` and `del` for what came and went.

use std::sync::Arc;

use axum::extract::{RawQuery, State};
use axum::response::Response;
use chapeau_query::{ChangedClause, ChangedDocument, Section, Went};
use maud::{DOCTYPE, Markup, html};

use super::text::{anchor, counted, date, language, shown};
use super::{Page, answered};
use crate::asked::path_step;
use crate::error::Error;
use crate::news::{News, Of};
use crate::state::{Shared, Work, blocking};

/// The page of the server.
pub(crate) async fn changes(State(shared): State<Arc<Shared>>, RawQuery(raw): RawQuery) -> Response {
    answered(match News::read(raw.as_deref().unwrap_or_default(), Of::Changes, true) {
        Ok(news) => blocking(&shared, move |shared| page(shared, &news)).await,
        Err(error) => Err(error),
    })
}

fn page(shared: &Work, news: &News) -> Result<Markup, Error> {
    let section = news.changes(shared)?;
    let n_beyond = section.changes.beyond as u64;
    let value = |given: &Option<String>| given.clone().unwrap_or_default();
    let content = html! {
        h1 { "What changed" }
        form.ways action="/changes" method="get" {
            span { label for="words" { "Words " } input id="words" name="q" value=(shown(&news.asked.query)) maxlength="2000"; }
            @for (name, value) in &news.asked.filters { input type="hidden" name=(name) value=(shown(value)); }
            span { label for="since" { "Since " } input id="since" name="since" value=(shown(&value(&news.since))) placeholder="7d, 2026-11-21, run:12"; }
            span { label for="until" { "Until " } input id="until" name="until" value=(shown(&value(&news.until))); }
            button type="submit" { "Show" }
        }
        @for warning in &section.warnings { p.quiet { (shown(&warning.message)) } }
        (changed(std::slice::from_ref(&section), Some("")))
        @if n_beyond > 0 { p.quiet { (counted(n_beyond, "earlier document", "earlier documents")) " more: ask for a shorter time." } }
    };
    Ok(Page { title: "What changed - Chapeau", asked: &news.asked, content }.markup())
}

/// Changes as a page of its own; its links lead to `site`, if that is given.
pub fn changes_page(sections: &[Section], site: Option<&str>) -> String {
    let site = site.map(|site| site.trim_end_matches('/'));
    let markup = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { "What changed" }
                style { "body{font:1.05rem/1.5 serif;max-width:45rem;margin:2rem auto;padding:0 1rem}.quiet,.facts{color:#555}" }
            }
            body { main { h1 { "What changed" } (changed(sections, site)) } }
        }
    };
    markup.into_string()
}

/// The sections, without those of saved queries that found nothing.
pub(crate) fn changed(sections: &[Section], site: Option<&str>) -> Markup {
    let is_only = sections.len() == 1;
    html! {
        @for section in sections.iter().filter(|section| is_only || !section.changes.is_empty()) {
            section {
                h2 { (shown(section.title())) }
                (facts(section))
                @for document in &section.changes.documents { (of_document(document, site)) }
            }
        }
    }
}

fn facts(section: &Section) -> Markup {
    let changes = &section.changes;
    html! {
        p {
            "Since " (section.since) @if let Some(until) = &section.until { " until " (until) }
            @if section.name.is_some() { " for " q { (shown(&section.query)) } }
            ": " (changes.summary()) "."
        }
        @if let Some(said) = changes.passed_over() { p.quiet { (said) "." } }
        @if let Some(unknown) = &changes.unknown {
            p.quiet { "What changed up to " (date(unknown.day)) " is not all known." }
        }
    }
}

fn of_document(document: &ChangedDocument, site: Option<&str>) -> Markup {
    let title = document.title.as_deref().filter(|title| *title != document.citation);
    let link = site.filter(|_| document.change != Went::Removed);
    let clauses = html! {
        @for row in &document.clauses { (of_clause(row, site)) }
        @if document.more > 0 { p.quiet { "And " (document.more) " more." } }
    };
    html! {
        h3 {
            @if let Some(site) = link {
                a href={ (site) "/documents/" (path_step(&document.id)) } { (shown(&document.citation)) }
            } @else { (shown(&document.citation)) }
            @if let Some(title) = title { ", " (shown(title)) }
            @if let Some(day) = document.date { ", " (date(day)) }
        }
        p.facts { "Document " (document.change.as_str()) ", run " (document.run) " of " (document.at) }
        // A new document would hide what changed in others; a mail has no room for what is folded.
        @if document.change == Went::New && site.is_some() {
            details { summary { "Its clauses" } (clauses) }
        } @else { (clauses) }
    }
}

fn of_clause(row: &ChangedClause, site: Option<&str>) -> Markup {
    let Some(clause) = row.clause() else { return Markup::default() };
    let label = clause.label.as_deref().unwrap_or(&clause.id);
    let link = site.filter(|_| row.change != Went::Removed).map(|site| {
        format!("{site}/documents/{}#{}", path_step(&clause.document), anchor(&clause.document, &clause.id))
    });
    html! {
        p.facts {
            (row.change.as_str()) @if row.read_anew { ", only read anew" } " · "
            @if let Some(link) = link { a href=(link) { (shown(label)) } } @else { (shown(label)) }
        }
        div.passage lang=[language(&clause.language)] dir="auto" { p { (words(row)) } }
    }
}

/// The words of a clause that changed, with what came and what went; of a new one as they are.
pub(crate) fn words(row: &ChangedClause) -> Markup {
    let before = row.before.as_ref().map(|clause| clause.text.as_str());
    let after = row.after.as_ref().map(|clause| clause.text.as_str());
    match (before, after) {
        (None, Some(after)) => html! { (shown(after)) },
        _ => super::compare::words(before, after, row.redline.as_ref()),
    }
}
