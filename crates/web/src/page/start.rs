//! The first page: what the corpus holds, its newest documents, three queries to begin with.

use chapeau_index::{DocumentRecord, Searcher};
use maud::{Markup, html};

use super::Page;
use super::document::{facts, href, name};
use super::text::{counted, date, grouped, language_name};
use crate::asked::Asked;
use crate::error::Error;

/// Documents listed.
const NEWEST: usize = 8;

/// One query of each kind that people need first: words, a phrase with a field, a symbol.
const EXAMPLES: [(&str, &str); 3] = [
    ("customs duties on electronic transmissions", "all the words, in any form"),
    ("\"electronic commerce\" part:operative", "a phrase, in operative clauses"),
    ("cites:WT/L/274", "clauses that cite a document"),
];

/// The page.
pub(super) fn page(searcher: &Searcher) -> Result<Markup, Error> {
    let totals = searcher.totals()?;
    let languages: Vec<&str> = totals.languages.iter().map(|code| language_name(code)).collect();
    let content = html! {
        h1 { "Search trade-policy documents, clause by clause" }
        p.totals {
            (grouped(totals.clauses)) " clauses of " (counted(totals.documents, "document", "documents"))
            @if let (Some(from), Some(to)) = (totals.from, totals.to) { ", " (date(from)) " to " (date(to)) }
            @if !languages.is_empty() { ", in " (languages.join(", ")) }
            ". "
            @if totals.unreadable > 0 {
                a href="/documents#unreadable" { (counted(totals.unreadable, "source", "sources")) " could not be read" } "."
            } @else { "All sources could be read." }
        }
        div.halves {
            section {
                h2 { "Try" }
                ul.examples {
                    @for (query, what) in EXAMPLES {
                        li { a href=(Asked::default().with_query(query).href("/")) { (query) } br; span.quiet { (what) } }
                    }
                }
                p { a href="/help" { "The whole query language" } }
            }
            section {
                h2 { "Newest documents" }
                ul.documents { @for document in &searcher.newest_documents(0, NEWEST)?.0 { li { (entry(document)) } } }
                p { a href="/documents" { "All documents" } }
            }
        }
    };
    Ok(Page { title: "Chapeau", asked: &Asked::default(), content }.markup())
}

/// A document as a line of a list.
pub(super) fn entry(document: &DocumentRecord) -> Markup {
    html! {
        a href=(href(&document.id)) dir="auto" { (super::text::shown(&name(document))) }
        br;
        span.quiet { (facts(document)) }
    }
}
