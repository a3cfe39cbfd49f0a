//! `/compare?a=&b=`: two clauses or two documents in one text or side by side; `/compare?usual=`: a
//! clause and the usual wording of its family; and the timeline of a clause's versions. `ins` and `del` say what came and what went, to readers of the screen too.

use std::sync::Arc;

use axum::extract::{RawQuery, State};
use axum::response::Response;
use chapeau_query::{
    Change, Compared, Comparison, Lineage, LineageRow, Matched, Piece, Redline, Relation, Side, Text,
};
use form_urlencoded::Serializer;
use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::text::{date, language, shown};
use super::{Page, answered};
use crate::asked::{Asked, path_step};
use crate::error::Error;
use crate::state::{Shared, Work, blocking};
use crate::versions::{asked, compared, short};

/// The page.
pub(crate) async fn compare(State(shared): State<Arc<Shared>>, RawQuery(raw): RawQuery) -> Response {
    let wanted = wanted(raw.as_deref().unwrap_or_default());
    answered(match wanted {
        Ok((pair, view)) => blocking(&shared, move |shared| page(shared, &pair, view)).await,
        Err(error) => Err(error),
    })
}

/// What is to be compared.
enum Pair {
    /// Two clauses or two documents.
    Two(String, String),
    /// A clause with the usual wording of its family.
    Usual(String),
}

/// How a comparison is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum View {
    /// Both texts in one.
    InLine,
    /// Both texts side by side, sentence by sentence.
    Columns,
}

impl View {
    fn name(self) -> &'static str {
        match self {
            Self::InLine => "in-line",
            Self::Columns => "columns",
        }
    }
}

/// Reads `a=&b=` or `usual=`, and `view=`.
fn wanted(raw: &str) -> Result<(Pair, View), Error> {
    let (mut rest, mut usual, mut view) = (Serializer::new(String::new()), None, View::InLine);
    for (name, value) in form_urlencoded::parse(raw.as_bytes()) {
        match &*name {
            "usual" => usual = Some(short(&name, value.into_owned())?),
            "view" => {
                let known = [View::InLine, View::Columns].into_iter().find(|view| view.name() == value);
                view = known
                    .ok_or_else(|| Error::Asked(format!("found view={value}, want in-line or columns")))?;
            }
            _ => drop(rest.append_pair(&name, &value)),
        }
    }
    let rest = rest.finish();
    let pair = match usual {
        Some(id) if rest.is_empty() => Pair::Usual(id),
        Some(_) => return Err(Error::Asked("found usual= with others, want it alone".to_owned())),
        None => asked(&rest).map(|(a, b)| Pair::Two(a, b))?,
    };
    Ok((pair, view))
}

fn page(shared: &Work, pair: &Pair, view: View) -> Result<Markup, Error> {
    let (found, said) = match pair {
        Pair::Two(a, b) => (compared(shared, a, b)?, None),
        Pair::Usual(id) => {
            let missing = || Error::Missing(format!("no clause \"{id}\" that other documents have too"));
            let usual = chapeau_query::usual(&shared.searcher(), id)?.ok_or_else(missing)?;
            (compared(shared, &usual.id, id)?, Some(usual.in_words(id)))
        }
    };
    let title = format!("{} and {} compared - Chapeau", found.a.citation, found.b.citation);
    let other_way = compare_href(&found.b.id, &found.a.id);
    let content = html! {
        h1 { "Compared" }
        p.ways {
            @match view {
                View::InLine => { strong { "in line" } " " a href=(viewed(&found, View::Columns)) { "side by side" } }
                View::Columns => { a href=(viewed(&found, View::InLine)) { "in line" } " " strong { "side by side" } }
            }
            " " a href=(other_way) { "the other way round" }
        }
        @if let Some(said) = said { p { (said) } }
        (comparison(&found, view, true))
    };
    Ok(Page { title: &title, asked: &Asked::default(), content }.markup())
}

fn viewed(found: &Comparison, view: View) -> String {
    format!("{}&view={}", compare_href(&found.a.id, &found.b.id), view.name())
}

/// A comparison as a page of its own, without addresses, to be kept or sent.
pub fn comparison_page(found: &Comparison, view: View) -> String {
    let markup = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (shown(&found.a.citation)) " and " (shown(&found.b.citation)) " compared" }
                style { (PreEscaped(ALONE)) }
            }
            body { main { h1 { "Compared" } (comparison(found, view, false)) } }
        }
    };
    markup.into_string()
}

/// The style of a comparison that is kept by itself.
const ALONE: &str = "body{font:1.05rem/1.5 serif;max-width:60rem;margin:2rem auto;padding:0 1rem}\
    .quiet,.facts{color:#555}.passage{max-width:45rem}table{border-collapse:collapse;width:100%}\
    th,td{width:50%;text-align:left;vertical-align:top;padding:.3rem 1rem .3rem 0;border-bottom:1px solid #ccc}";

fn comparison(found: &Comparison, view: View, linked: bool) -> Markup {
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
                    @for row in run { (clause(row, view, is_one)) } }
            } @else {
                @for row in run { (clause(row, view, is_one)) }
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

fn clause(row: &Compared, view: View, is_one: bool) -> Markup {
    let Some(text) = row.after.as_ref().or(row.before.as_ref()) else { return Markup::default() };
    html! {
        p.facts {
            (row.matched.as_str()) @if row.moved { ", moved" }
            @if let Some(label) = &text.label { " · " (shown(label)) }
        }
        @if view == View::Columns { (columns(row, text, is_one)) } @else {
        div.passage lang=[language(&text.language)] dir="auto" { p {
            (words(text_of(row.before.as_ref()), text_of(row.after.as_ref()), row.redline.as_ref()))
        } }
        }
    }
}

fn text_of(text: Option<&Text>) -> Option<&str> {
    text.map(|text| text.text.as_str())
}

/// The words of a clause in two texts, with what went and what came.
pub(super) fn words(before: Option<&str>, after: Option<&str>, redline: Option<&Redline>) -> Markup {
    html! {
        @match (before, after, redline) {
            (Some(before), Some(after), Some(redline)) => {
                @for piece in &redline.pieces { (redlined(piece, before, after)) }
            }
            (_, Some(after), _) => ins { (shown(after)) },
            (Some(before), ..) => del { (shown(before)) },
            (None, None, _) => {}
        }
    }
}

/// Both texts, a row for each stretch of sentences that begins alike.
fn columns(row: &Compared, text: &Text, is_one: bool) -> Markup {
    let rows: Vec<(Markup, Markup)> = match (&row.before, &row.after, &row.redline) {
        (Some(before), Some(after), Some(redline)) => {
            let (old, new) = (&before.text, &after.text);
            let of =
                |row: Vec<Piece>| (one_side(&row, old, Change::Removed), one_side(&row, new, Change::Added));
            redline.rows(old, new).into_iter().map(of).collect()
        }
        (None, Some(after), _) => vec![(html! {}, html! { ins { (shown(&after.text)) } })],
        (Some(before), ..) => vec![(html! { del { (shown(&before.text)) } }, html! {})],
        (None, None, _) => Vec::new(),
    };
    html! {
        div.wide tabindex="0" role="group" aria-label={ "Both texts" @if let Some(label) = &text.label { " of " (shown(label)) } } {
            table.columns-of-text lang=[language(&text.language)] {
                thead class=[(!is_one).then_some("aside")] { tr { th scope="col" { "A" } th scope="col" { "B" } } }
                tbody { @for (old, new) in rows { tr { td dir="auto" { (old) } td dir="auto" { (new) } } } }
            }
        }
    }
}

/// What one text has of a row: all but what only the other has.
fn one_side(row: &[Piece], text: &str, only: Change) -> Markup {
    html! {
        @for piece in row {
            @let span = if only == Change::Removed { piece.before } else { piece.after };
            @if let Some(words) = span.map(|span| span.of(text)) {
                @if piece.change != only { (shown(words)) }
                @else if only == Change::Removed { (gone(piece, words)) }
                @else { (come(piece, words)) }
            }
        }
    }
}

/// A piece of a redline.
fn redlined(piece: &Piece, before: &str, after: &str) -> Markup {
    let old = piece.before.map_or("", |span| span.of(before));
    let new = piece.after.map_or("", |span| span.of(after));
    match piece.change {
        Change::Kept | Change::Quiet => html! { (shown(new)) },
        Change::Removed => gone(piece, old),
        Change::Added => come(piece, new),
    }
}

fn gone(piece: &Piece, words: &str) -> Markup {
    let (words, space) = words.split_at(words.trim_end().len());
    let note = piece.moved.map(|number| format!("move {number}: from here"));
    html! { del title=[note] { (moved(piece)) (shown(words)) } (space) }
}

fn come(piece: &Piece, words: &str) -> Markup {
    let (words, space) = words.split_at(words.trim_end().len());
    let note = piece.moved.map(|number| format!("move {number}: to here"));
    html! { ins title=[note] { (moved(piece)) (shown(words)) } (space) }
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
        p.quiet {
            "Found " (found.summary()) ". "
            a href={ "/compare?usual=" (path_step(&clause.id)) } { "Compare with the usual wording" }
        }
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
