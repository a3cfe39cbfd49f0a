//! `/`: the search and its hits.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::{RawQuery, State};
use axum::response::Response;
use chapeau_index::Searcher;
use chapeau_query::{FacetCount, Fold, Request, Results, Sort};
use maud::{Markup, html};

use super::text::{counted, grouped, shown};
use super::{Page, answered, facets, hit, nothing, start};
use crate::asked::{Asked, sort_name};
use crate::error::Error;
use crate::state::{Shared, blocking};

/// Counts by facet.
pub(super) type Facets = BTreeMap<&'static str, Vec<FacetCount>>;

/// The search page, or the first page where nothing is asked yet.
pub(crate) async fn search(State(shared): State<Arc<Shared>>, RawQuery(raw): RawQuery) -> Response {
    let asked = match Asked::read_page(raw.as_deref().unwrap_or_default()) {
        Ok(asked) => asked,
        Err(error) => return super::error(&error),
    };
    answered(blocking(&shared, move |shared| page(shared, &asked)).await)
}

fn page(shared: &Shared, asked: &Asked) -> Result<Markup, Error> {
    let searcher = shared.searcher();
    if asked.is_empty() {
        return start::page(&searcher);
    }
    let request = asked.request(&shared.settings.thesaurus);
    let results = chapeau_query::search(&searcher, &request)?;
    let facets = facets_of(&searcher, &request, &results)?;
    let content = html! {
        @if results.total_any == 0 {
            (nothing::content(&searcher, asked, &request, &results)?)
        } @else {
            (found(&searcher, asked, &results, &facets)?)
        }
    };
    let title =
        format!("{} - Chapeau", if asked.query.is_empty() { "Filtered clauses" } else { &asked.query });
    Ok(Page { title: &title, asked, content }.markup())
}

/// The counts of a field that is filtered by are those without its filter: its other values would
/// not be there to choose else.
fn facets_of(searcher: &Searcher, request: &Request, results: &Results) -> Result<Facets, Error> {
    let mut facets = results.facets.clone();
    for (facet, filter) in facets::FILTERS {
        if !request.filters.iter().any(|(name, _)| name == filter) {
            continue;
        }
        let mut others = Request { limit: 0, offset: 0, passages: false, ..request.clone() };
        others.filters.retain(|(name, _)| name != filter);
        let counts = chapeau_query::search(searcher, &others)?.facets.remove(facet);
        facets.insert(facet, counts.unwrap_or_default());
    }
    Ok(facets)
}

fn found(searcher: &Searcher, asked: &Asked, results: &Results, facets: &Facets) -> Result<Markup, Error> {
    Ok(html! {
        h1.aside { "Search results" }
        div.bar {
            p.totals { (totals(results)) }
            (ways(asked))
        }
        (notes(asked, results))
        div.columns {
            (facets::panel(searcher, asked, facets)?)
            section.hits aria-label="Clauses found" {
                @for (n, found) in (1..).zip(&results.hits) {
                    (hit::article(asked, results.offset + n, found))
                }
                (paging(asked, results))
            }
        }
    })
}

/// "12 clauses with all words · 843 with any · searched 5 documents, 2011-2024, all readable".
pub(super) fn totals(results: &Results) -> Markup {
    let searched = &results.searched;
    html! {
        strong { (counted(results.total, "clause", "clauses")) }
        @if results.total != results.total_any {
            " with all words · " (grouped(results.total_any)) " with any"
        }
        " · searched " (counted(searched.documents, "document", "documents"))
        @if let (Some(from), Some(to)) = (searched.from, searched.to) {
            ", " (from.year()) @if from.year() != to.year() { "–" (to.year()) }
        }
        ", "
        @if searched.unreadable == 0 { "all readable" } @else {
            a href="/documents#unreadable" { (grouped(searched.unreadable)) " unreadable" }
        }
    }
}

/// What can be done with the answer as a whole.
fn ways(asked: &Asked) -> Markup {
    let sorts = [(Sort::Relevance, "relevance"), (Sort::DateDescending, "newest"), (Sort::Date, "oldest")];
    html! {
        nav.ways aria-label="Order and export" {
            span { "Sort: "
                @for (sort, name) in sorts {
                    @if sort == asked.sort { strong aria-current="true" { (name) } " " } @else {
                        a href=(Asked { sort, ..asked.at_first() }.href("/")) { (name) } " "
                    }
                }
            }
            span { "Export: "
                @for (format, name) in [("docx", "Word"), ("md", "Markdown"), ("csv", "CSV"), ("json", "JSON")] {
                    a href=(asked.at_first().href_with("/export", &[("format", format)])) { (name) } " "
                }
            }
            a href=(asked.at_first().href("/feed.atom")) { "Feed" }
        }
    }
}

/// What the engine made of the query, said where it matters.
pub(super) fn notes(asked: &Asked, results: &Results) -> Markup {
    let nothing = results.warnings.is_empty() && results.expansions.is_empty();
    let quiet = nothing
        && asked.as_typed.is_empty()
        && asked.synonyms
        && (results.total > 0 || results.total_any == 0);
    html! {
        @if !quiet {
            ul.notes aria-label="How the query was understood" {
                @if results.total == 0 && results.total_any > 0 {
                    li { "No clause has all the words; these have some of them." }
                }
                @for warning in &results.warnings { li.warning { (shown(&warning.message)) } }
                @for expansion in &results.expansions {
                    li.chip {
                        "also searched: " (shown(&expansion.word)) " → " (shown(&expansion.added.join(", ")))
                        @let plain = as_typed(asked, &expansion.word);
                        a.remove href=(plain.href("/")) aria-label={ "search " (shown(&expansion.word)) " without synonyms" } { "×" }
                    }
                }
                @if !results.expansions.is_empty() {
                    li { a href=(Asked { synonyms: false, ..asked.at_first() }.href("/")) { "only the words as typed" } }
                }
                @if !asked.synonyms || !asked.as_typed.is_empty() {
                    @let with = Asked { synonyms: true, as_typed: Vec::new(), ..asked.at_first() };
                    li { "Synonyms are left out. " a href=(with.href("/")) { "Search them too" } }
                }
                @if asked.fold == Fold::No {
                    @let folded = Asked { fold: Fold::Same, ..asked.at_first() };
                    li { "Every clause with the same words is shown. " a href=(folded.href("/")) { "Show them once" } }
                }
            }
        }
    }
}

fn as_typed(asked: &Asked, word: &str) -> Asked {
    let mut plain = asked.at_first();
    plain.as_typed.push(word.to_owned());
    plain
}

fn paging(asked: &Asked, results: &Results) -> Markup {
    let at = |offset: usize| Asked { offset, ..asked.clone() }.href("/");
    let (limit, offset) = (asked.limit.max(1), asked.offset);
    // Folding makes the hits fewer than the clauses, so that a full page is what tells of a next.
    let more = results.hits.len() == asked.limit && (offset + limit) as u64 <= results.total_any;
    html! {
        @if results.hits.is_empty() { p { "There are no further hits." } }
        @if offset > 0 || more {
            nav.paging aria-label="Pages" {
                @if offset > 0 { a rel="prev" href=(at(offset.saturating_sub(limit))) { "← Previous" } }
                span { "Page " (offset / limit + 1) }
                @if more { a rel="next" href=(at(offset + limit)) { "Next →" } }
            }
        }
        @if asked.sort != Sort::Relevance {
            p.quiet { "Sorted by date (" (sort_name(asked.sort)) "): clauses with all words come first." }
        }
    }
}
