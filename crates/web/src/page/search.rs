//! `/`: the search and its hits.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::{RawQuery, State};
use axum::response::Response;
use chapeau_index::Searcher;
use chapeau_query::{DocumentHit, FacetCount, Fold, Hit, Offers, Request, Results, Sort};
use maud::{Markup, html};

use super::hit::Found;
use super::text::{counted, grouped, shown};
use super::{Page, answered, facets, nothing, start};
use crate::asked::{Asked, Scope};
use crate::error::Error;
use crate::state::{Shared, Work, blocking};

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

fn page(shared: &Work, asked: &Asked) -> Result<Markup, Error> {
    let searcher = shared.searcher();
    if asked.is_empty() {
        return start::page(&searcher);
    }
    match asked.scope {
        Scope::Clause => hits::<Hit>(shared, &searcher, asked),
        Scope::Document => hits::<DocumentHit>(shared, &searcher, asked),
    }
}

fn hits<H: Found>(shared: &Work, searcher: &Searcher, asked: &Asked) -> Result<Markup, Error> {
    let request = asked.request(&shared.settings.thesaurus);
    let results = H::search(searcher, &request)?;
    let facets = facets_of(searcher, &request, &results)?;
    let content = html! {
        @if results.total_any == 0 {
            (nothing::content(asked, &results))
        } @else {
            (found(searcher, asked, &results, &facets)?)
        }
    };
    let filtered = format!("Filtered {}", H::MANY);
    let title = format!("{} - Chapeau", if asked.query.is_empty() { &filtered } else { &asked.query });
    Ok(Page { title: &title, asked, content }.markup())
}

/// The counts of a field that is filtered by are those without its filter: its other values would
/// not be there to choose else.
fn facets_of<H: Found>(
    searcher: &Searcher,
    request: &Request,
    results: &Results<H>,
) -> Result<Facets, Error> {
    let mut facets = results.facets.clone();
    for (facet, filter) in facets::FILTERS {
        if !request.filters.iter().any(|(name, _)| name == filter) {
            continue;
        }
        let mut others = Request { limit: 0, offset: 0, passages: false, ..request.clone() };
        others.filters.retain(|(name, _)| name != filter);
        let counts = H::search(searcher, &others)?.facets.remove(facet);
        facets.insert(facet, counts.unwrap_or_default());
    }
    Ok(facets)
}

fn found<H: Found>(
    searcher: &Searcher,
    asked: &Asked,
    results: &Results<H>,
    facets: &Facets,
) -> Result<Markup, Error> {
    Ok(html! {
        h1.aside { "Search results" }
        div.bar {
            p.totals { (totals(results)) }
            (ways(asked, Offers::of(searcher)))
        }
        (meant(asked, results))
        (notes(asked, results))
        div.columns {
            (facets::panel(searcher, asked, facets)?)
            section.hits aria-label={ "The " (H::MANY) " found" } {
                @for (n, hit) in (1..).zip(&results.hits) {
                    (hit.article(asked, results.offset + n))
                }
                (paging(asked, results))
            }
        }
    })
}

/// "12 clauses with all words · 843 with any · searched 5 documents, 2011-2024, all readable".
pub(super) fn totals<H: Found>(results: &Results<H>) -> Markup {
    let searched = &results.searched;
    html! {
        strong { (counted(results.total, H::ONE, H::MANY)) }
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

/// What can be done with the answer as a whole. What is exported and fed are clauses.
fn ways(asked: &Asked, offers: Offers) -> Markup {
    let mut scopes = vec![(Scope::Clause, "clauses")];
    if offers.documents {
        scopes.push((Scope::Document, "documents"));
    }
    let mut sorts =
        vec![(Sort::Relevance, "relevance"), (Sort::DateDescending, "newest"), (Sort::Date, "oldest")];
    if asked.scope == Scope::Clause && offers.copies {
        sorts.extend([(Sort::Copies, "rarest"), (Sort::CopiesDescending, "most usual")]);
    }
    let folds = [(Fold::Same, "folded"), (Fold::Near, "folded loosely"), (Fold::No, "shown")];
    let first = asked.at_first();
    html! {
        nav.ways aria-label="Scope, order and export" {
            @if scopes.len() > 1 { (choice("Find", &scopes, asked.scope, |scope| Asked { scope, ..first.clone() })) }
            (choice("Sort", &sorts, asked.sort, |sort| Asked { sort, ..first.clone() }))
            @if asked.scope == Scope::Clause {
                (choice("Repeats", &folds, asked.fold, |fold| Asked { fold, ..first.clone() }))
                span { "Export: "
                    @for (format, name) in [("docx", "Word"), ("md", "Markdown"), ("csv", "CSV"), ("json", "JSON")] {
                        a href=(first.href_with("/export", &[("format", format)])) { (name) } " "
                    }
                }
                a href=(first.href("/feed.atom")) { "Feed" }
            }
        }
    }
}

/// Ways to go on, of which one is taken.
fn choice<T: Copy + PartialEq>(
    name: &str,
    choices: &[(T, &str)],
    taken: T,
    with: impl Fn(T) -> Asked,
) -> Markup {
    html! {
        span { (name) ": "
            @for (choice, words) in choices {
                @if *choice == taken { strong aria-current="true" { (words) } " " } @else {
                    a href=(with(*choice).href("/")) { (words) } " "
                }
            }
        }
    }
}

/// A likelier spelling, where there is one.
pub(super) fn meant<H>(asked: &Asked, results: &Results<H>) -> Markup {
    html! {
        @if let Some(meant) = &results.did_you_mean {
            p.meant {
                "Did you mean " a href=(asked.with_query(&meant.query).href("/")) { (shown(&meant.query)) } "? "
                span.quiet { (counted(meant.total, "clause", "clauses")) }
            }
        }
    }
}

/// What the engine made of the query, said where it matters.
pub(super) fn notes<H: Found>(asked: &Asked, results: &Results<H>) -> Markup {
    let nothing = results.warnings.is_empty() && results.expansions.is_empty();
    let quiet = nothing
        && asked.as_typed.is_empty()
        && asked.synonyms
        && (results.total > 0 || results.total_any == 0);
    html! {
        @if !quiet {
            ul.notes aria-label="How the query was understood" {
                @if results.total == 0 && results.total_any > 0 {
                    li { "No " (H::ONE) " has all the words; these have some of them." }
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
            }
        }
    }
}

fn as_typed(asked: &Asked, word: &str) -> Asked {
    let mut plain = asked.at_first();
    plain.as_typed.push(word.to_owned());
    plain
}

fn paging<H: Found>(asked: &Asked, results: &Results<H>) -> Markup {
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
            p.quiet { "Sorted " (sorted(asked.sort)) ": " (H::MANY) " with all words come first." }
        }
    }
}

fn sorted(sort: Sort) -> &'static str {
    match sort {
        Sort::Relevance => "by relevance",
        Sort::Date => "by date, the oldest first",
        Sort::DateDescending => "by date, the newest first",
        Sort::Copies => "by the documents that have the same words, the fewest first",
        Sort::CopiesDescending => "by the documents that have the same words, the most first",
    }
}
