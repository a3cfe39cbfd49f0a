//! `/clauses/{id}`: one clause, ready to be cited, between its neighbours.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::response::Response;
use chapeau_document::ClauseRecord;
use maud::{Markup, html};

use super::compare::timeline;
use super::document::{href, whole};
use super::text::{anchor, date, language, shown};
use super::{Page, answered, sheet};
use crate::asked::{Asked, path_step};
use crate::error::Error;
use crate::state::{Shared, Work, blocking};
use crate::versions::MOST_VERSIONS;

/// The page.
pub(crate) async fn clause(State(shared): State<Arc<Shared>>, Path(id): Path<String>) -> Response {
    answered(blocking(&shared, move |shared| page(shared, &id)).await)
}

fn page(shared: &Work, id: &str) -> Result<Markup, Error> {
    let searcher = shared.searcher();
    let found = searcher.clause_by_id(id)?;
    let (_, clause) = found.ok_or_else(|| Error::Missing(format!("no clause \"{id}\"")))?;
    let all = searcher.clauses_of(&clause.document)?;
    let at = all.iter().position(|other| other.id == clause.id);
    let versions = chapeau_query::lineage(&searcher, id, MOST_VERSIONS)?;
    let versions = versions.ok_or_else(|| Error::Missing(format!("no clause \"{id}\"")))?;
    let before = at.and_then(|at| at.checked_sub(1)).and_then(|at| all.get(at));
    let after = at.and_then(|at| all.get(at + 1));
    let place = format!("{}#{}", href(&clause.document), anchor(&clause.document, &clause.id));
    let content = html! {
        h1 dir="auto" { (shown(&clause.citation)) }
        p.facts { (clause.kind) " · " (clause.status) @if let Some(day) = clause.date { " · " (date(day)) } }
        @if let Some(lead_in) = &clause.lead_in { p.lead lang=[language(&clause.language)] dir="auto" { (shown(lead_in)) } }
        div.passage lang=[language(&clause.language)] dir="auto" { p { (whole(&clause)) } }
        h2 { "To cite it" }
        p { output.citation id="citation" { (shown(&cited(&clause))) } }
        p {
            button.copy type="button" hidden data-copy="citation" { "Copy the citation" } " "
            a href=(place) { "In its document" } " · "
            @if let (Some(page), Some(to)) = (clause.page, sheet::clause_href(&clause)) { a href=(to) { "On its page " (page) } " · " }
            a href={ "/api/clauses/" (path_step(&clause.id)) } { "As JSON" }
        }
        (timeline(&versions))
        nav.paging aria-label="Neighbours" {
            @if let Some(before) = before { (neighbour(before, "←", "prev")) }
            @if let Some(after) = after { (neighbour(after, "→", "next")) }
        }
    };
    Ok(Page { title: &format!("{} - Chapeau", clause.citation), asked: &Asked::default(), content }.markup())
}

fn neighbour(clause: &ClauseRecord, arrow: &str, rel: &str) -> Markup {
    let label = clause.label.as_deref().unwrap_or(clause.unit.as_str());
    html! { a href={ "/clauses/" (path_step(&clause.id)) } rel=(rel) { (arrow) " " (shown(label)) } }
}

/// A citation with its date and page.
pub(crate) fn cited(clause: &ClauseRecord) -> String {
    let title = clause.title.as_deref().filter(|title| !clause.citation.starts_with(title));
    let mut parts = vec![clause.citation.clone()];
    parts.extend(title.map(|title| format!("“{title}”")));
    parts.extend(clause.date.map(date));
    parts.extend(
        clause
            .page
            .map(|page| format!("p. {}", clause.page_label.clone().unwrap_or_else(|| page.to_string()))),
    );
    parts.join(", ")
}
