//! `/documents/{id}`: a document whole, with its outline, its metadata and the query's matches.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::{Path, RawQuery, State};
use axum::response::Response;
use chapeau_document::{ClauseRecord, Date, Furniture, Kind, Span, Status, Symbol, Unit};
use chapeau_index::{DocumentRecord, Searcher};
use chapeau_query::Mark;
use maud::{Markup, html};
use serde_json::Value;

use super::sheet::clause_href;
use super::text::{all_marked, anchor, counted, date, grouped, language, language_name, marked, shown};
use super::{Page, answered};
use crate::asked::{Asked, path_step};
use crate::error::Error;
use crate::original;
use crate::state::{Shared, Work, blocking};

/// Letters of a heading in the outline.
const OUTLINE: usize = 90;

/// The page.
pub(crate) async fn document(
    State(shared): State<Arc<Shared>>,
    Path(id): Path<String>,
    RawQuery(raw): RawQuery,
) -> Response {
    let asked = match Asked::read_page(raw.as_deref().unwrap_or_default()) {
        Ok(asked) => asked,
        Err(error) => return super::error(&error),
    };
    answered(blocking(&shared, move |shared| page(shared, &id, &asked)).await)
}

/// A clause on the page, with its marks and its place among the clauses that have some.
struct Shown {
    clause: ClauseRecord,
    marks: Vec<Mark>,
    match_number: Option<usize>,
}

fn page(shared: &Work, id: &str, asked: &Asked) -> Result<Markup, Error> {
    let searcher = shared.searcher();
    let document = find(&searcher, id)?;
    let clauses = shown_clauses(&searcher, shared, &document.id, asked)?;
    let n_matches = clauses.iter().filter(|shown| shown.match_number.is_some()).count();
    let title = name(&document);
    let links = known_symbols(&searcher, &clauses)?;
    let code = document.metadata.language();
    let content = html! {
        div.sheet {
            nav.outline aria-label="Outline" { (outline(&document.id, &clauses)) }
            article.text {
                h1 dir="auto" { (shown(&title)) }
                p.facts { (facts(&document)) @if document.metadata.status() == Status::Draft { " " span.badge { "draft" } } }
                @if !asked.query.is_empty() { (matches(asked, n_matches)) }
                (about(shared, &document)?)
                (super::graph::record(&searcher, &document)?)
                div.clauses lang=[language(code)] {
                    @for shown in &clauses { (clause_block(&document.id, shown, n_matches, &links)) }
                }
                p.printed { (shown(&document.id)) ", " (href(&document.id)) }
            }
            @if n_matches > 0 { (map(&clauses)) }
        }
    };
    Ok(Page { title: &format!("{title} - Chapeau"), asked, content }.markup())
}

/// The document of an id, or of a symbol, which people type into addresses.
pub(crate) fn find(searcher: &Searcher, id: &str) -> Result<DocumentRecord, Error> {
    let missing = || Error::Missing(format!("no document \"{id}\""));
    searcher.document_named(id)?.ok_or_else(missing)
}

fn shown_clauses(searcher: &Searcher, shared: &Work, id: &str, asked: &Asked) -> Result<Vec<Shown>, Error> {
    let clauses = searcher.clauses_of(id)?;
    let marks = if asked.query.is_empty() {
        vec![Vec::new(); clauses.len()]
    } else {
        chapeau_query::marks(searcher, &asked.request(&shared.settings.thesaurus), &clauses)?
    };
    let mut n_matches = 0;
    let number = |(clause, marks): (ClauseRecord, Vec<Mark>)| {
        let match_number = (!marks.is_empty()).then(|| {
            n_matches += 1;
            n_matches
        });
        Shown { clause, marks, match_number }
    };
    Ok(clauses.into_iter().zip(marks).map(number).collect())
}

/// Where the symbols that its clauses cite lead to, for those that the corpus has.
fn known_symbols(searcher: &Searcher, clauses: &[Shown]) -> Result<BTreeMap<Symbol, String>, Error> {
    let cited = clauses.iter().flat_map(|shown| &shown.clause.cites).filter_map(|cite| cite.symbol.clone());
    Ok(searcher.owners(&cited.collect())?)
}

fn matches(asked: &Asked, n_matches: usize) -> Markup {
    html! {
        p.matches {
            @if n_matches == 0 { "No clause here has words of " strong { (shown(&asked.query)) } "." } @else {
                (counted(n_matches as u64, "clause", "clauses")) " with words of " strong { (shown(&asked.query)) } ": "
                a href="#match-1" { "first match ↓" }
            }
        }
    }
}

fn outline(document: &str, clauses: &[Shown]) -> Markup {
    let headings: Vec<&ClauseRecord> =
        clauses.iter().map(|shown| &shown.clause).filter(|clause| clause.unit == Unit::Heading).collect();
    html! {
        details open {
            summary { "Outline" }
            @if headings.is_empty() { p.quiet { "The text has no headings." } }
            ol {
                @for clause in headings {
                    li class={ "d" (clause.path.len().min(5)) } {
                        a href={ "#" (anchor(document, &clause.id)) } dir="auto" { (shown(&heading(clause))) }
                    }
                }
            }
        }
    }
}

fn heading(clause: &ClauseRecord) -> String {
    let words = clause.text.split_whitespace().collect::<Vec<_>>().join(" ");
    if words.chars().count() <= OUTLINE {
        return words;
    }
    let cut: String = words.chars().take(OUTLINE).collect();
    format!("{}…", cut.trim_end())
}

fn clause_block(
    document: &str,
    shown_clause: &Shown,
    n_matches: usize,
    links: &BTreeMap<Symbol, String>,
) -> Markup {
    let Shown { clause, marks, match_number } = shown_clause;
    let id = anchor(document, &clause.id);
    let unit = clause.unit.as_str().replace(' ', "-");
    html! {
        div id=(id) class={ "clause " (unit) " d" (clause.path.len().min(6)) } {
            div.margin lang="en" {
                a href={ "/clauses/" (path_step(&clause.id)) } title={ "cite " (shown(&clause.citation)) } {
                    @if let Some(label) = &clause.label { (shown(label)) } @else { "¶" }
                }
                @if let (Some(page), Some(to)) = (clause.page, clause_href(clause)) { " " a.leaf-link href=(to) { "p. " (page) } }
                @if let Some(n) = match_number { (steps(*n, n_matches)) }
            }
            div.words dir="auto" id=[match_number.map(|n| format!("match-{n}"))] tabindex=[match_number.map(|_| "-1")] {
                (words(clause, marks))
                (cited(clause, links))
            }
        }
    }
}

/// A clause's words. Lines of the source are kept: in treaties and tables they mean something.
fn words(clause: &ClauseRecord, marks: &[Mark]) -> Markup {
    if clause.unit != Unit::Heading {
        return html! { p { (all_marked(&clause.text, marks)) } };
    }
    html! {
        @match clause.path.len() {
            0 | 1 => h2 { (all_marked(&clause.text, marks)) },
            2 => h3 { (all_marked(&clause.text, marks)) },
            _ => h4 { (all_marked(&clause.text, marks)) },
        }
    }
}

fn steps(n: usize, n_matches: usize) -> Markup {
    html! {
        span.steps {
            @if n > 1 { a href={ "#match-" (n - 1) } aria-label="previous match" { "↑" } }
            span { (n) "/" (n_matches) }
            @if n < n_matches { a href={ "#match-" (n + 1) } aria-label="next match" { "↓" } }
        }
    }
}

fn cited(clause: &ClauseRecord, links: &BTreeMap<Symbol, String>) -> Markup {
    let mut found: Vec<(&str, &str)> = Vec::new();
    for cite in &clause.cites {
        let Some(symbol) = cite.symbol.as_ref() else { continue };
        let Some(document) = links.get(symbol).filter(|document| **document != clause.document) else {
            continue;
        };
        if !found.iter().any(|(known, _)| *known == symbol.as_str()) {
            found.push((symbol.as_str(), document));
        }
    }
    html! {
        @if !found.is_empty() {
            p.cites lang="en" { "cites " @for (symbol, document) in found { a href=(href(document)) { (shown(symbol)) } " " } }
        }
    }
}

/// A bar at the edge that shows where the matches lie. Drawn, since its places are not known to
/// the style; its links are those of the margin, which everybody can reach.
fn map(clauses: &[Shown]) -> Markup {
    let total: usize = clauses.iter().map(|shown| shown.clause.text.len() + 1).sum();
    let mut at = 0;
    let mut places = Vec::new();
    for shown in clauses {
        if let Some(n) = shown.match_number {
            places.push((n, at * 1_000 / total.max(1)));
        }
        at += shown.clause.text.len() + 1;
    }
    html! {
        div.map aria-hidden="true" {
            svg viewBox="0 0 10 1000" preserveAspectRatio="none" {
                @for (n, at) in places {
                    a href={ "#match-" (n) } tabindex="-1" { rect x="0" y=(at) width="10" height="5" {} }
                }
            }
        }
    }
}

/// What is known of the document, and where it came from.
fn about(shared: &Shared, document: &DocumentRecord) -> Result<Markup, Error> {
    let has_original = original::find(&shared.settings.corpus, &document.source).is_some();
    Ok(html! {
        details.about {
            summary { "About this document" }
            dl {
                @for (name, value, origin) in metadata(document)? {
                    div { dt { (name) } dd { bdi { (shown(&value)) } " " span.quiet { (origin) } } }
                }
                div { dt { "source" } dd { bdi { (shown(&document.source.path)) } } }
                div { dt { "extent" } dd {
                    @if !document.pages.is_empty() { (counted(document.pages.len() as u64, "page", "pages")) ", " }
                    (counted(document.counts.clauses + document.counts.contexts, "clause", "clauses"))
                } }
                @for note in &document.source.warnings {
                    div { dt { "note" } dd { @if let Some(page) = note.page { "page " (page) ": " } (shown(&note.message)) } }
                }
            }
            (left_out(&document.furniture))
            p {
                @if has_original { a href={ (href(&document.id)) "/source" } { "Original file" } " (" (size(document.source.size)) ") · " }
                a href={ "/api/documents/" (path_step(&document.id)) } { "As JSON" }
            }
        }
    })
}

/// What stands on the pages of the original and not in the text, so that nothing is left out unnamed.
fn left_out(furniture: &[Furniture]) -> Markup {
    html! {
        @if !furniture.is_empty() {
            details {
                summary { "Left out of the text: " (counted(furniture.len() as u64, "running head, foot or number", "running heads, feet and numbers")) }
                ul {
                    @for line in furniture {
                        li {
                            bdi { (shown(&line.text)) } " "
                            span.quiet {
                                @if let Some(page) = line.page { "p. " (page) ", " }
                                "on " (counted(u64::from(line.pages), "page", "pages"))
                            }
                        }
                    }
                }
            }
        }
    }
}

fn size(bytes: u64) -> String {
    if bytes < 10_000 {
        format!("{} bytes", grouped(bytes))
    } else {
        format!("{} kB", grouped(bytes / 1_000))
    }
}

/// Each piece of metadata: name, value, where it came from.
fn metadata(document: &DocumentRecord) -> Result<Vec<(String, String, String)>, Error> {
    let value = serde_json::to_value(&document.metadata).map_err(|error| Error::Index(error.to_string()))?;
    let Value::Object(fields) = value else { return Ok(Vec::new()) };
    let mut rows = Vec::new();
    for (name, value) in fields {
        let values = if let Value::Array(values) = value { values } else { vec![value] };
        for value in &values {
            let text = |key: &str| value.get(key).and_then(Value::as_str).map(str::to_owned);
            if let (Some(value), Some(origin), Some(sureness)) =
                (text("value"), text("origin"), text("sureness"))
            {
                let origin = if sureness == "sure" { origin } else { format!("{origin}, {sureness}") };
                rows.push((name.replace('_', " "), value, origin));
            }
        }
    }
    Ok(rows)
}

/// How a document is called: by its symbol and title, or what there is of them.
pub(super) fn name(document: &DocumentRecord) -> String {
    let metadata = &document.metadata;
    let symbol = metadata.symbols.first().map(|symbol| symbol.value.as_str());
    called(symbol, metadata.title.as_ref().map(|title| title.value.as_str()), &document.id)
}

/// The same from its parts.
pub(super) fn called(symbol: Option<&str>, title: Option<&str>, id: &str) -> String {
    match (symbol, title) {
        (Some(symbol), Some(title)) => format!("{symbol}, {title}"),
        (Some(one), None) | (None, Some(one)) => one.to_owned(),
        (None, None) => id.to_owned(),
    }
}

/// The address of a document's page.
pub(super) fn href(id: &str) -> String {
    format!("/documents/{}", path_step(id))
}

/// Date, kind, status, language.
pub(super) fn facts(document: &DocumentRecord) -> String {
    let metadata = &document.metadata;
    facts_of(metadata.date(), metadata.kind(), metadata.status(), metadata.language())
}

/// The same from its parts.
pub(super) fn facts_of(day: Option<Date>, kind: Kind, status: Status, language: &str) -> String {
    let mut facts: Vec<String> = day.map(date).into_iter().collect();
    facts.push(kind.to_string());
    if status != Status::Unknown {
        facts.push(status.to_string());
    }
    facts.push(shown(language_name(language)).into_owned());
    facts.join(" · ")
}

/// The words of a clause around its beginning, for a page that shows it by itself.
pub(super) fn whole(clause: &ClauseRecord) -> Markup {
    marked(&clause.text, Span::new(0, clause.text.len()), &[])
}
