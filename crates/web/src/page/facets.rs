//! What an answer can be narrowed by: links with counts, which work without script.

use std::collections::BTreeMap;

use chapeau_index::Searcher;
use chapeau_query::FacetCount;
use maud::{Markup, html};

use super::search::Facets;
use super::text::{counted, grouped, language_name, shown};
use crate::asked::{Asked, Scope};
use crate::error::Error;

/// Each facet with the name of the filter that sets it.
pub(super) const FILTERS: [(&str, &str); 10] = [
    ("kind", "kind"),
    ("status", "status"),
    ("part", "part"),
    ("act", "act"),
    ("obligation", "obligation"),
    ("body", "body"),
    ("year", "year"),
    ("language", "lang"),
    ("party", "party"),
    ("document", "document"),
];
/// The facets of the panel, in order, with their headings; years have a form of their own.
const GROUPS: [(&str, &str); 9] = [
    ("kind", "Kind"),
    ("status", "Status"),
    ("part", "Part"),
    ("obligation", "Obligation"),
    ("act", "Act"),
    ("body", "Body"),
    ("party", "Party"),
    ("language", "Language"),
    ("document", "Document"),
];
/// Values that are shown at once; the others wait behind a button.
const AT_ONCE: usize = 6;
/// Values that are shown at all.
const MOST: usize = 30;
/// Years in the chart: more bars are thinner than a finger, and than a pixel in the end.
const MOST_YEARS: i64 = 90;
/// Heights that a bar can have; the style has a class for each.
const HEIGHTS: u64 = 10;

/// The panel beside the hits.
pub(super) fn panel(searcher: &Searcher, asked: &Asked, facets: &Facets) -> Result<Markup, Error> {
    let years = facets.get("year").map(Vec::as_slice).unwrap_or_default();
    let names = names(searcher, asked, facets)?;
    Ok(html! {
        nav.facets aria-label="Narrow the search" {
            (chosen(&names, asked))
            // Open without script; the script closes it on a narrow screen.
            details.all open {
                summary { "Filters" }
                (year_chart(asked, years))
                // Of documents, each has one.
                @for (facet, heading) in GROUPS.iter().filter(|(facet, _)| asked.scope == Scope::Clause || *facet != "document") {
                    @let values = facets.get(facet).map(Vec::as_slice).unwrap_or_default();
                    (group(&names, asked, facet, heading, values))
                }
            }
        }
    })
}

fn filter_of(facet: &str) -> &'static str {
    FILTERS.iter().find(|(name, _)| *name == facet).map_or("kind", |(_, filter)| filter)
}

/// The names of documents by their ids.
type Names = BTreeMap<String, String>;

/// The names of the documents that the panel shows.
fn names(searcher: &Searcher, asked: &Asked, facets: &Facets) -> Result<Names, Error> {
    let counted = facets.get("document").filter(|_| asked.scope == Scope::Clause).into_iter().flatten();
    let counted = counted.take(MOST + asked.filters.len()).map(|counted| &counted.value);
    let set = asked.filters.iter().filter(|(name, _)| name == "document").map(|(_, value)| value);
    let documents = searcher.documents_by_ids(counted.chain(set).cloned().collect())?;
    Ok(documents.into_iter().map(|(id, document)| (id, super::document::name(&document))).collect())
}

/// What is set, on top, each to be taken off.
fn chosen(names: &Names, asked: &Asked) -> Markup {
    let chip = |(name, value): &(String, String)| {
        let words = format!("{name}: {}", value_name(names, name, value));
        (words, asked.without(name, value).href("/"))
    };
    let chips: Vec<(String, String)> = asked.filters.iter().map(chip).collect();
    html! {
        @if !chips.is_empty() {
            ul.chosen aria-label="Filters set" {
                @for (words, href) in &chips {
                    li.chip { (shown(words)) a.remove href=(href) aria-label={ "remove the filter " (shown(words)) } { "×" } }
                }
                @if chips.len() > 1 {
                    li { a href=(asked.without_filters().href("/")) { "remove all" } }
                }
            }
        }
    }
}

fn group(names: &Names, asked: &Asked, facet: &str, heading: &str, values: &[FacetCount]) -> Markup {
    let filter = filter_of(facet);
    let others = values.iter().filter(|value| !asked.has(filter, &value.value)).take(MOST);
    let mut links: Vec<Markup> = others.map(|counted| value_link(names, asked, filter, counted)).collect();
    let rest = links.split_off(links.len().min(AT_ONCE));
    // A single value that all clauses have narrows nothing.
    let useless = values.len() < 2 && asked.values(filter).next().is_none();
    html! {
        @if !useless && !links.is_empty() {
            h2 { (heading) }
            ul { @for link in &links { li { (link) } } }
            @if !rest.is_empty() {
                details { summary { (rest.len()) " more" } ul { @for link in &rest { li { (link) } } } }
            }
        }
    }
}

fn value_link(names: &Names, asked: &Asked, filter: &str, value: &FacetCount) -> Markup {
    let name = value_name(names, filter, &value.value);
    html! {
        a href=(asked.with(filter, &value.value).href("/")) {
            span.value dir="auto" { (shown(name)) } " " span.n { (grouped(value.count)) }
        }
    }
}

/// A value as people know it.
fn value_name<'a>(names: &'a Names, filter: &str, value: &'a str) -> &'a str {
    match filter {
        "lang" => language_name(value),
        "document" => names.get(value).map_or(value, String::as_str),
        _ => value,
    }
}

/// A bar for each year; each is a link, and its words are in it for those who do not see the bar.
fn year_chart(asked: &Asked, years: &[FacetCount]) -> Markup {
    let mut counts: Vec<(i64, u64)> =
        years.iter().filter_map(|year| Some((year.value.parse().ok()?, year.count))).collect();
    counts.sort_unstable();
    let (Some(first), Some(last)) =
        (counts.first().map(|(year, _)| *year), counts.last().map(|(year, _)| *year))
    else {
        return html! {};
    };
    let most = counts.iter().map(|(_, n)| *n).max().unwrap_or(1).max(1);
    let shown_from = first.max(last - MOST_YEARS);
    let bar = |year: i64| counts.iter().find(|(counted, _)| *counted == year).map_or(0, |(_, n)| *n);
    html! {
        @if first != last || asked.values("year").next().is_some() {
            h2 { "Year" }
            ol.years {
                @for year in shown_from..=last {
                    @let n = bar(year);
                    li { @if n > 0 { (year_bar(asked, year, n, most)) } }
                }
            }
            p.ends aria-hidden="true" { span { (shown_from) } span { (last) } }
        }
    }
}

fn year_bar(asked: &Asked, year: i64, n: u64, most: u64) -> Markup {
    let value = year.to_string();
    let is_set = asked.has("year", &value);
    let to = if is_set { asked.without("year", &value) } else { asked.with("year", &value) };
    let words = format!("{year}: {}", counted(n, "clause", "clauses"));
    let height = (n * HEIGHTS).div_ceil(most);
    html! {
        a href=(to.href("/")) title=(words) class={ "h" (height) @if is_set { " set" } } {
            span.aside { (words) @if is_set { ", set; remove" } }
        }
    }
}
