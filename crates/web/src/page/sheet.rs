//! `/documents/{id}/pages/{n}`: a page of the original as an image, a clause's lines marked on it,
//! beside the text that was read of it.

use std::sync::Arc;

use axum::extract::{Path, RawQuery, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use chapeau_document::ClauseRecord;
use chapeau_index::DocumentRecord;
use maud::{Markup, html};

use super::document::{find, href, name, whole};
use super::text::{anchor, language, shown};
use super::{Page, answered};
use crate::asked::{Asked, path_step};
use crate::error::Error;
use crate::sheets::{self, Line, Sheet};
use crate::state::{Shared, Work, drawing};

/// Points beside a marked line, so that the mark does not cut its letters. Above and below there is
/// no room for any: the next line may be marked too.
const BESIDE: f32 = 2.0;

/// The page.
pub(crate) async fn page(
    State(shared): State<Arc<Shared>>,
    Path((id, number)): Path<(String, u32)>,
    RawQuery(raw): RawQuery,
) -> Response {
    let clause = form_urlencoded::parse(raw.as_deref().unwrap_or_default().as_bytes())
        .find(|(name, _)| name == "clause")
        .map(|(_, id)| id.into_owned());
    answered(drawing(&shared, move |shared| content(shared, &id, number, clause.as_deref())).await)
}

/// Its image.
pub(crate) async fn image(
    State(shared): State<Arc<Shared>>,
    Path((id, number)): Path<(String, u32)>,
) -> Response {
    let drawn = drawing(&shared, move |shared| {
        let document = find(&shared.searcher(), &id)?;
        sheets::sheet(shared, &document, number)
    });
    match drawn.await {
        Ok(sheet) => ([(header::CONTENT_TYPE, "image/png")], sheet.png.clone()).into_response(),
        Err(error) => super::error(&error),
    }
}

/// The address of the page that a clause stands on.
pub(super) fn clause_href(clause: &ClauseRecord) -> Option<String> {
    let id = path_step(&clause.id);
    clause.page.map(|page| format!("{}?clause={id}", page_href(&clause.document, page)))
}

fn page_href(document: &str, page: u32) -> String {
    format!("{}/pages/{page}", href(document))
}

fn content(shared: &Work, id: &str, number: u32, chosen: Option<&str>) -> Result<Markup, Error> {
    let searcher = shared.searcher();
    let document = find(&searcher, id)?;
    if !document.pages.iter().any(|page| page.number == number) {
        return Err(Error::Missing(format!("\"{id}\" has no page {number}")));
    }
    let clauses = searcher.clauses_of(&document.id)?;
    let chosen = chosen.and_then(|id| clauses.iter().find(|clause| clause.id == id));
    let content = html! {
        h1 dir="auto" { a href=(href(&document.id)) { (shown(&name(&document))) } ", page " (number) }
        (turns(&document, number, "Pages"))
        div.leaf {
            figure.sheet-image { (figure(shared, &document, number, chosen)) }
            section.beside aria-label="Text of the page" lang=[language(document.metadata.language())] {
                @let here = clauses.iter().filter(|clause| clause.page == Some(number));
                @for clause in here { (beside(clause, chosen)) }
            }
        }
        (turns(&document, number, "Pages, once more"))
    };
    let title = format!("{}, page {number} - Chapeau", name(&document));
    Ok(Page { title: &title, asked: &Asked::default(), content }.markup())
}

fn turns(document: &DocumentRecord, number: u32, name: &str) -> Markup {
    let has = |page: u32| document.pages.iter().any(|known| known.number == page);
    html! {
        nav.paging aria-label=(name) {
            @if has(number.saturating_sub(1)) { a rel="prev" href=(page_href(&document.id, number - 1)) { "← Page " (number - 1) } }
            @if has(number + 1) { a rel="next" href=(page_href(&document.id, number + 1)) { "Page " (number + 1) " →" } }
        }
    }
}

fn beside(clause: &ClauseRecord, chosen: Option<&ClauseRecord>) -> Markup {
    let is_chosen = chosen.is_some_and(|chosen| chosen.id == clause.id);
    let label = clause.label.as_deref().unwrap_or(clause.unit.as_str());
    html! {
        div.clause.set[is_chosen] id=(anchor(&clause.document, &clause.id)) {
            p.margin lang="en" { a href=[clause_href(clause)] aria-current=[is_chosen.then_some("true")] { (shown(label)) } }
            p dir="auto" { (whole(clause)) }
        }
    }
}

/// The image with the lines of the clause marked, or why there is none.
fn figure(shared: &Shared, document: &DocumentRecord, number: u32, chosen: Option<&ClauseRecord>) -> Markup {
    let sheet = match sheets::sheet(shared, document, number) {
        Ok(sheet) => sheet,
        Err(error) => {
            return html! { p.quiet { "There is no image of this page: " (shown(&error.detail())) "." } };
        }
    };
    let lines = chosen.map(|clause| sheets::lines_of(shared, document, clause));
    let lines = lines.and_then(Result::ok).unwrap_or_default();
    html! {
        (drawn(document, number, &sheet, &lines))
        @if let Some(clause) = chosen {
            figcaption {
                @if lines.iter().any(|line| line.page == number) { "Marked: " (shown(&clause.citation)) } @else {
                    "The lines of " (shown(&clause.citation)) " were not found on this page"
                }
            }
        }
    }
}

fn drawn(document: &DocumentRecord, number: u32, sheet: &Sheet, lines: &[Line]) -> Markup {
    let (width, height) = (sheet.width, sheet.height);
    let label = format!("Page {number} of the original");
    html! {
        svg role="img" aria-label=(label) viewBox={ "0 0 " (width) " " (height) } {
            image href={ (page_href(&document.id, number)) "/image" } width=(width) height=(height) {}
            @for line in lines.iter().filter(|line| line.page == number) {
                @let bounds = line.bounds;
                rect.line x=(bounds.left - BESIDE) y=(bounds.top)
                    width=((bounds.right - bounds.left).max(0.0) + 2.0 * BESIDE)
                    height=((bounds.bottom - bounds.top).max(0.0)) {}
            }
        }
    }
}
