//! `/compare?a=&b=`: two clauses or two documents side by side in one text; and the timeline of a
//! clause's versions. `ins` and `del` say what came and what went, to readers of the screen too.

use std::sync::Arc;

use axum::extract::{RawQuery, State};
use axum::response::Response;
use chapeau_query::{Change, Compared, Comparison, Lineage, LineageRow, Matched, Piece, Relation, Side};
use form_urlencoded::Serializer;
use maud::{DOCTYPE, Markup, html};

use super::text::{date, language, shown};
use super::{Page, answered};
use crate::asked::{Asked, path_step};
use crate::error::Error;
use crate::state::{Shared, blocking};
use crate::versions::{asked, compared};

/// The page.
pub(crate) async fn compare(State(shared): State<Arc<Shared>>, RawQuery(raw): RawQuery) -> Response {
    let names = asked(raw.as_deref().unwrap_or_default());
    answered(match names {
        Ok((a, b)) => blocking(&shared, move |shared| page(shared, &a, &b)).await,
        Err(error) => Err(error),
    })
}

fn page(shared: &Shared, a: &str, b: &str) -> Result<Markup, Error> {
    let found = compared(shared, a, b)?;
    let title = format!("{} and {} compared - Chapeau", found.a.citation, found.b.citation);
    let other_way = compare_href(&found.b.id, &found.a.id);
    let content = html! {
        h1 { "Compared" }
        (comparison(&found, true))
        p.ways { a href=(other_way) { "The other way round" } }
    };
    Ok(Page { title: &title, asked: &Asked::default(), content }.markup())
}

/// A comparison as a page of its own, without addresses, to be kept or sent.
pub fn comparison_page(found: &Comparison) -> String {
    let markup = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (shown(&found.a.citation)) " and " (shown(&found.b.citation)) " compared" }
                style { "body{font:1.05rem/1.5 serif;max-width:45rem;margin:2rem auto;padding:0 1rem}.quiet,.facts{color:#555}" }
            }
            body { main { h1 { "Compared" } (comparison(found, false)) } }
        }
    };
    markup.into_string()
}

fn comparison(found: &Comparison, linked: bool) -> Markup {
    let is_one = found.clauses.len() == 1;
    html! {
        dl {
            div { dt { "A" } dd { (side(&found.a, linked)) } }
            div { dt { "B" } dd { (side(&found.b, linked)) } }
        }
        p.quiet { "Struck through: only in A. Underlined: only in B. Case, quotation marks and the number in front of a clause are passed over." }
        @if !is_one { p { (found.summary()) } }
        @for run in found.clauses.chunk_by(|a, b| is_folded(a) && is_folded(b)) {
            @if !is_one && run.first().is_some_and(is_folded) {
                details { summary { (run.len()) @if run.len() == 1 { " clause" } @else { " clauses" } " the same" }
                    @for row in run { (clause(row)) } }
            } @else {
                @for row in run { (clause(row)) }
            }
        }
    }
}

/// Whether a clause tells nothing in a comparison of documents.
fn is_folded(row: &Compared) -> bool {
    row.matched == Matched::Same && !row.moved
}

fn side(side: &Side, linked: bool) -> Markup {
    let folder = if side.id.contains('/') { "/clauses/" } else { "/documents/" };
    let title = side.title.as_deref().filter(|title| !side.citation.starts_with(title));
    html! {
        @if linked { a href={ (folder) (path_step(&side.id)) } { (shown(&side.citation)) } } @else { (shown(&side.citation)) }
        @if let Some(title) = title { ", " (shown(title)) }
        @if let Some(day) = side.date { ", " (date(day)) }
    }
}

fn clause(row: &Compared) -> Markup {
    let Some(text) = row.after.as_ref().or(row.before.as_ref()) else { return Markup::default() };
    html! {
        p.facts {
            (row.matched.as_str()) @if row.moved { ", moved" }
            @if let Some(label) = &text.label { " · " (shown(label)) }
        }
        div.passage lang=[language(&text.language)] dir="auto" { p {
            @match (&row.before, &row.after, &row.redline) {
                (Some(before), Some(after), Some(redline)) => {
                    @for piece in &redline.pieces { (redlined(piece, &before.text, &after.text)) }
                }
                (None, Some(after), _) => ins { (shown(&after.text)) },
                (Some(before), ..) => del { (shown(&before.text)) },
                (None, None, _) => {}
            }
        } }
    }
}

fn redlined(piece: &Piece, before: &str, after: &str) -> Markup {
    let old = piece.before.map_or("", |span| span.of(before));
    let new = piece.after.map_or("", |span| span.of(after));
    let note = |way: &str| piece.moved.map(|number| format!("move {number}: {way}"));
    html! {
        @match piece.change {
            Change::Kept | Change::Quiet => (shown(new)),
            Change::Removed => del title=[note("from here")] { (moved(piece)) (shown(old)) },
            Change::Added => ins title=[note("to here")] { (moved(piece)) (shown(new)) },
        }
    }
}

fn moved(piece: &Piece) -> Markup {
    html! { @if let Some(number) = piece.moved { small { "[moved " (number) "] " } } }
}

/// Where two clauses or documents are compared.
pub(crate) fn compare_href(a: &str, b: &str) -> String {
    format!("/compare?{}", Serializer::new(String::new()).append_pair("a", a).append_pair("b", b).finish())
}

/// The versions of a clause by date, the clause itself among them; nothing where it has none.
pub(crate) fn timeline(found: &Lineage) -> Markup {
    if found.rows.is_empty() {
        return html! { h2 id="versions" { "Versions" } p.quiet { "Only here: no other document has this clause." } };
    }
    let clause = &found.clause;
    let (earlier, later) = found.rows.split_at(found.n_earlier());
    html! {
        h2 id="versions" { "Versions" }
        p.quiet { "Found " (found.summary()) "." }
        ol {
            @for row in earlier { (version(row, &row.id, &clause.id)) }
            li aria-current="true" { @if let Some(day) = clause.date { (date(day)) ": " } "this clause" }
            @for row in later { (version(row, &clause.id, &row.id)) }
        }
        @if found.n_more > 0 { p.quiet { (found.n_more) " more have the same words." } }
    }
}

fn version(row: &LineageRow, a: &str, b: &str) -> Markup {
    let percent = (row.similarity * 100.0).round();
    html! {
        li {
            @if let Some(day) = row.date { (date(day)) ": " }
            a href={ "/clauses/" (path_step(&row.id)) } { (shown(&row.citation)) } ", "
            @if row.relation == Relation::Identical { "identical" } @else {
                (row.relation.as_str()) " (" (percent) " %), " a href=(compare_href(a, b)) { "compare" }
            }
        }
    }
}
