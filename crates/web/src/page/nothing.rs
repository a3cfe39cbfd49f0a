//! Nothing found: what was searched, which words no clause has, and the nearest queries that find.

use chapeau_query::{Nearest, Results};
use maud::{Markup, html};

use super::hit::Found;
use super::search::{meant, notes, totals};
use super::text::{counted, date, grouped, language_name, shown};
use crate::asked::Asked;

/// What the page says.
pub(super) fn content<H: Found>(asked: &Asked, results: &Results<H>) -> Markup {
    html! {
        h1 { "Nothing found" }
        p.totals { (totals(results)) }
        (meant(asked, results))
        (notes(asked, results))
        @if !results.absent.is_empty() {
            p { "In no clause: " (listed(&results.absent)) "." }
        }
        @if !asked.filters.is_empty() {
            p { "The search is narrowed to " (listed(&filters(asked))) ". " a href=(asked.without_filters().href("/")) { "Search everything" } }
        }
        @if !results.nearest.is_empty() {
            h2 { "The nearest searches that find something" }
            ul.nearest { @for near in &results.nearest { li { (line(asked, near)) } } }
        }
        (searched(results))
        p { a href="/help" { "How queries are written" } " · " a href="/documents" { "Which documents there are" } }
    }
}

fn listed(words: &[String]) -> Markup {
    html! { @for (at, word) in words.iter().enumerate() { @if at > 0 { ", " } strong { (shown(word)) } } }
}

fn filters(asked: &Asked) -> Vec<String> {
    asked.filters.iter().map(|(name, value)| format!("{name}: {value}")).collect()
}

/// A query, or this one without one of its filters, and what it finds.
fn line(asked: &Asked, near: &Nearest) -> Markup {
    let (words, search) = match &near.without {
        Some(name) => (format!("any {name}"), asked.without_all(name)),
        None => (near.query.clone(), asked.with_query(&near.query)),
    };
    html! { a href=(search.href("/")) { (shown(&words)) } ": " (counted(near.total, "clause", "clauses")) }
}

fn searched<H>(results: &Results<H>) -> Markup {
    let searched = &results.searched;
    html! {
        p {
            "Searched " (grouped(searched.clauses)) " clauses of " (counted(searched.documents, "document", "documents"))
            @if let (Some(from), Some(to)) = (searched.from, searched.to) { ", " (date(from)) " to " (date(to)) }
            @if !searched.languages.is_empty() {
                ", in " (searched.languages.iter().map(|code| language_name(code)).collect::<Vec<_>>().join(", "))
            }
            "."
        }
    }
}
