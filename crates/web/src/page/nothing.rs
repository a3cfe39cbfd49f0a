//! Nothing found: what was searched, which word finds nothing, and the nearest queries that find.

use chapeau_document::Span;
use chapeau_index::Searcher;
use chapeau_query::{Request, Results, similar, syntax};
use maud::{Markup, html};

use super::search::{notes, totals};
use super::text::{counted, date, grouped, language_name, shown};
use crate::asked::Asked;
use crate::error::Error;

/// Words of a query that are looked at one by one.
const MOST_WORDS: usize = 8;
/// Words offered for one that finds nothing.
const MOST_NEIGHBOURS: usize = 3;

/// A word of the query, and what it finds alone.
struct Word {
    text: String,
    span: Span,
    clauses: u64,
    neighbours: Vec<String>,
}

/// What the page says.
pub(super) fn content(
    searcher: &Searcher,
    asked: &Asked,
    request: &Request,
    results: &Results,
) -> Result<Markup, Error> {
    let words = words(searcher, asked, request)?;
    let without_filters = unfiltered(searcher, asked, request)?;
    Ok(html! {
        h1 { "Nothing found" }
        p.totals { (totals(results)) }
        (notes(asked, results))
        @if !asked.filters.is_empty() {
            @let free = asked.without_filters();
            p {
                "The search is narrowed to "
                @for (at, (name, value)) in asked.filters.iter().enumerate() {
                    @if at > 0 { ", " } (name) " " strong { (shown(value)) }
                }
                ". "
                @if without_filters > 0 {
                    a href=(free.href("/")) { "Without that, " (counted(without_filters, "clause has", "clauses have")) " some of the words" } "."
                }
            }
        }
        @if !words.is_empty() {
            h2 { "Word by word, without filters" }
            ul { @for word in &words { li { (line(asked, word)) } } }
        }
        (searched(results))
        p { a href="/help" { "How queries are written" } " · " a href="/documents" { "Which documents there are" } }
    })
}

fn line(asked: &Asked, word: &Word) -> Markup {
    html! {
        @if word.clauses > 0 {
            a href=(asked.with_query(&word.text).without_filters().href("/")) { (shown(&word.text)) }
            ": " (counted(word.clauses, "clause", "clauses"))
        } @else {
            s { (shown(&word.text)) } ": in no clause"
            @if !word.neighbours.is_empty() {
                ". Did you mean "
                @for (at, neighbour) in word.neighbours.iter().enumerate() {
                    @if at > 0 { " or " }
                    a href=(replaced(asked, word.span, neighbour).href("/")) { (shown(neighbour)) }
                }
                "?"
            }
        }
    }
}

/// The query with another word in the place of one.
fn replaced(asked: &Asked, span: Span, word: &str) -> Asked {
    let query = &asked.query;
    match (query.get(..span.start), query.get(span.end..)) {
        (Some(before), Some(after)) => asked.with_query(&format!("{before}{word}{after}")),
        _ => asked.with_query(word),
    }
}

fn words(searcher: &Searcher, asked: &Asked, request: &Request) -> Result<Vec<Word>, Error> {
    let (query, _) = syntax::parse(&asked.query);
    let mut words: Vec<Word> = Vec::new();
    for word in query.words() {
        if words.len() == MOST_WORDS || words.iter().any(|known| known.text == word.text) {
            continue;
        }
        let clauses =
            count(searcher, &Request { query: word.to_string(), filters: Vec::new(), ..request.clone() })?;
        let neighbours =
            if clauses == 0 { similar(searcher, &word.text, MOST_NEIGHBOURS)? } else { Vec::new() };
        let neighbours = neighbours.into_iter().map(|neighbour| neighbour.text).collect();
        words.push(Word { text: word.text.clone(), span: word.span, clauses, neighbours });
    }
    Ok(words)
}

fn unfiltered(searcher: &Searcher, asked: &Asked, request: &Request) -> Result<u64, Error> {
    if asked.filters.is_empty() {
        return Ok(0);
    }
    count(searcher, &Request { filters: Vec::new(), ..request.clone() })
}

/// Clauses that have any of the words.
fn count(searcher: &Searcher, request: &Request) -> Result<u64, Error> {
    let request = Request { limit: 0, offset: 0, facets: false, passages: false, ..request.clone() };
    Ok(chapeau_query::search(searcher, &request)?.total_any)
}

fn searched(results: &Results) -> Markup {
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
