//! What changed, as a page of its own to be sent or kept, and as a page of the server: a section for
//! each query, `ins` and `del` for what came and went.

use chapeau_query::{ChangedClause, ChangedDocument, Section, Went};
use maud::{DOCTYPE, Markup, html};

use super::compare::redlined;
use super::text::{anchor, date, language, shown};
use crate::asked::path_step;

/// Changes as a page of its own; its links lead to `site`, if that is given.
pub fn changes_page(sections: &[Section], site: Option<&str>) -> String {
    let site = site.map(|site| site.trim_end_matches('/'));
    let markup = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { "What changed" }
                style { "body{font:1.05rem/1.5 serif;max-width:45rem;margin:2rem auto;padding:0 1rem}.quiet,.facts{color:#555}" }
            }
            body { main { h1 { "What changed" } (changed(sections, site)) } }
        }
    };
    markup.into_string()
}

/// The sections, without those of saved queries that found nothing.
pub(crate) fn changed(sections: &[Section], site: Option<&str>) -> Markup {
    let is_only = sections.len() == 1;
    html! {
        @for section in sections.iter().filter(|section| is_only || !section.changes.is_empty()) {
            section {
                @if section.name.is_some() || !section.query.is_empty() { h2 { (shown(section.title())) } }
                (facts(section))
                @for document in &section.changes.documents { (of_document(document, site)) }
            }
        }
    }
}

fn facts(section: &Section) -> Markup {
    let changes = &section.changes;
    html! {
        p {
            "Since " (section.since) @if let Some(until) = &section.until { " until " (until) }
            @if section.name.is_some() { " for " q { (shown(&section.query)) } }
            ": " (changes.summary()) "."
        }
        @if let Some(said) = changes.passed_over() { p.quiet { (said) "." } }
        @if let Some(unknown) = &changes.unknown {
            p.quiet { "What changed up to " (date(unknown.day)) " is not all known." }
        }
    }
}

fn of_document(document: &ChangedDocument, site: Option<&str>) -> Markup {
    let title = document.title.as_deref().filter(|title| *title != document.citation);
    let link = site.filter(|_| document.change != Went::Removed);
    html! {
        h3 {
            @if let Some(site) = link {
                a href={ (site) "/documents/" (path_step(&document.id)) } { (shown(&document.citation)) }
            } @else { (shown(&document.citation)) }
            @if let Some(title) = title { ", " (shown(title)) }
            @if let Some(day) = document.date { ", " (date(day)) }
        }
        p.facts { "Document " (document.change.as_str()) ", run " (document.run) " of " (document.at) }
        @for row in &document.clauses { (of_clause(row, site)) }
        @if document.more > 0 { p.quiet { "And " (document.more) " more." } }
    }
}

fn of_clause(row: &ChangedClause, site: Option<&str>) -> Markup {
    let Some(clause) = row.clause() else { return Markup::default() };
    let label = clause.label.as_deref().unwrap_or(&clause.id);
    let link = site.filter(|_| row.change != Went::Removed).map(|site| {
        format!("{site}/documents/{}#{}", path_step(&clause.document), anchor(&clause.document, &clause.id))
    });
    html! {
        p.facts {
            (row.change.as_str()) @if row.read_anew { ", only read anew" } " · "
            @if let Some(link) = link { a href=(link) { (shown(label)) } } @else { (shown(label)) }
        }
        div.passage lang=[language(&clause.language)] dir="auto" { p { (words(row)) } }
    }
}

/// The words of a clause that changed, with what came and what went.
pub(crate) fn words(row: &ChangedClause) -> Markup {
    html! {
        @match (&row.before, &row.after, &row.redline) {
            (Some(before), Some(after), Some(redline)) => {
                @for piece in &redline.pieces { (redlined(piece, &before.text, &after.text)) }
            }
            (_, Some(after), _) => ins { (shown(&after.text)) },
            (Some(before), ..) => del { (shown(&before.text)) },
            (None, None, _) => {}
        }
    }
}
