//! `/mandates`: who was asked to do what by when.

use std::sync::Arc;

use axum::extract::{RawQuery, State};
use axum::response::Response;
use chapeau_query::Mandate;
use maud::{Markup, html};

use super::text::{counted, date, language, shown};
use super::{Page, answered};
use crate::asked::path_step;
use crate::error::Error;
use crate::news::{KINDS, Mandates, News, Of, STATES};
use crate::state::{Shared, Work, blocking};

/// Mandates on a page.
const SHOWN: usize = 200;

/// The page.
pub(crate) async fn mandates(State(shared): State<Arc<Shared>>, RawQuery(raw): RawQuery) -> Response {
    let raw = raw.unwrap_or_default();
    answered(match News::read(&raw, Of::Mandates, true) {
        Ok(news) => blocking(&shared, move |shared| page(shared, &news, &raw)).await,
        Err(error) => Err(error),
    })
}

fn page(shared: &Work, news: &News, raw: &str) -> Result<Markup, Error> {
    let found = news.mandates(shared)?;
    let content = html! {
        h1 { "Mandates" }
        (form(news, &found))
        p.totals {
            (counted(found.total as u64, "mandate", "mandates")) " at " (date(found.at)) ": "
            (found.open) " open, " (found.undated) " without a day, " (found.lapsed) " lapsed."
        }
        @if found.mandates.is_empty() { p { "Nobody is asked to do anything here." } } @else {
            @for mandate in found.mandates.iter().take(SHOWN) { (one(mandate)) }
        }
        @if found.total > SHOWN { p.quiet { "The first " (SHOWN) " of them. " a href={ "/api/mandates?" (raw) } { "More as JSON" } } }
    };
    Ok(Page { title: "Mandates - Chapeau", asked: &news.asked, content }.markup())
}

fn form(news: &News, found: &Mandates) -> Markup {
    html! {
        form.ways action="/mandates" method="get" {
            span { label for="words" { "Words " } input id="words" name="q" value=(shown(&news.asked.query)) maxlength="2000"; }
            @for (name, value) in &news.asked.filters { input type="hidden" name=(name) value=(shown(value)); }
            span { label for="at" { "At " } input id="at" name="at" type="date" value=(found.at); }
            span { label for="state" { "State " }
                select id="state" name="state" {
                    option value="" { "all" }
                    @for state in STATES {
                        option value=(state.as_str()) selected[news.states.iter().any(|asked| asked == state.as_str())] { (state.as_str()) }
                    }
                }
            }
            span { label for="what" { "Kind " }
                select id="what" name="what" {
                    option value="" { "all" }
                    @for kind in KINDS {
                        option value=(kind.as_str()) selected[news.kinds.iter().any(|asked| asked == kind.as_str())] { (kind.as_str()) }
                    }
                }
            }
            button type="submit" { "Show" }
        }
    }
}

fn one(mandate: &Mandate) -> Markup {
    let next = mandate.next.filter(|next| Some(*next) != mandate.due);
    html! {
        h2 {
            @if let Some(due) = mandate.due { (date(due)) } @else { "No day" }
            ": " bdi { (shown(mandate.asked.as_deref().unwrap_or("nobody named"))) }
        }
        p.facts {
            (mandate.state.as_str()) " " (mandate.kind.as_str())
            @if let Some(deadline) = &mandate.deadline { " · " (shown(deadline)) }
            @if let Some(next) = next { " · next " (date(next)) }
            @if let Some(recurring) = &mandate.recurring { " · recurring: " (shown(recurring)) }
        }
        div.passage lang=[language(&mandate.language)] dir="auto" { p { (shown(&mandate.task)) } }
        p.facts {
            @if let Some(by) = &mandate.asked_by { (shown(by)) ", " }
            @if let Some(act) = mandate.act { (act) ": " }
            (clause(&mandate.clause, &mandate.citation))
            @if let Some(page) = mandate.page { ", p. " (page) }
            @if let Some(day) = mandate.date { ", " (date(day)) }
            @for (n, renewal) in mandate.renewed_by.iter().enumerate() {
                @if n == 0 { " · renewed by " } @else { "; " }
                (clause(&renewal.clause, &renewal.citation))
                @if let Some(day) = renewal.date { ", " (date(day)) } ", " (renewal.status)
            }
        }
    }
}

fn clause(id: &str, citation: &str) -> Markup {
    html! { a href={ "/clauses/" (path_step(id)) } { (shown(citation)) } }
}
