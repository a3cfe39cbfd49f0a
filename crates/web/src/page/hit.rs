//! A hit: how it is cited first, then the words that matched in their place.

use chapeau_document::{Obligation, Span, Status, Step};
use chapeau_query::{Fold, Hit, Mark};
use maud::{Markup, html};

use super::sheet;
use super::text::{all_marked, anchor, counted, date, language, marked, shown};
use crate::asked::{Asked, path_step};

/// Letters of a lead-in that are shown: a long preamble would hide the passage. What the clause
/// completes is its end.
const LEAD_IN: usize = 220;
/// Words recognised from an image with less than this are worth a second look.
const SURE: f32 = 0.995;

/// A hit as an article; `rank` counts from 1.
pub(super) fn article(asked: &Asked, rank: usize, hit: &Hit) -> Markup {
    let clause = &hit.clause;
    let open = document_href(asked, &clause.document, Some(&clause.id));
    let permanent = format!("/clauses/{}", path_step(&clause.id));
    html! {
        article.hit data-clause=(shown(&clause.id)) data-citation=(shown(&clause.citation)) {
            h2 { a href=(open) id={ "hit-" (rank) } { (shown(&clause.citation)) } }
            p.facts { (facts(hit)) }
            @if let Some(place) = place(hit) { p.path dir="auto" { (place) } }
            @if let Some(lead_in) = lead_in(hit) { p.lead lang=[language(&clause.language)] dir="auto" { (lead_in) } }
            div.passage lang=[language(&clause.language)] dir="auto" { (passages(hit)) }
            (remarks(asked, hit))
            p.foot {
                @if let (Some(page), Some(to)) = (clause.page, sheet::clause_href(clause)) {
                    a href=(to) { "p. " (clause.page_label.as_deref().map_or_else(|| page.to_string(), |label| shown(label).into_owned())) } " · "
                }
                a.copy href=(permanent) { "citation" }
                " · " a href=(open) { "in its document" }
                button.choose type="button" hidden data-choose=(shown(&clause.id)) { "add to basket" }
            }
        }
    }
}

/// The address of a document, of a clause in it, with the query that is marked there.
pub(super) fn document_href(asked: &Asked, document: &str, clause: Option<&str>) -> String {
    let marking = Asked {
        query: asked.query.clone(),
        synonyms: asked.synonyms,
        as_typed: asked.as_typed.clone(),
        ..Asked::default()
    };
    let href = marking.href(&format!("/documents/{}", path_step(document)));
    clause.map_or_else(|| href.clone(), |clause| format!("{href}#{}", anchor(document, clause)))
}

fn facts(hit: &Hit) -> Markup {
    let clause = &hit.clause;
    let mut facts: Vec<String> = clause.date.map(date).into_iter().collect();
    facts.push(clause.kind.to_string());
    if !matches!(clause.status, Status::Draft | Status::Unknown) {
        facts.push(clause.status.to_string());
    }
    if clause.obligation != Obligation::None {
        facts.push(clause.obligation.to_string());
    }
    html! {
        (facts.join(" · "))
        @if clause.status == Status::Draft { " " span.badge { "draft" } }
        @if !clause.bracketed.is_empty() { " " span.badge { "text in brackets" } }
        @if let Some(sure) = clause.ocr_confidence.filter(|sure| *sure < SURE) {
            " " span.badge { "recognised from a scan, " (percent(sure)) " % sure" }
        }
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share is within 0..=1")]
pub(super) fn percent(share: f32) -> u32 {
    (share.clamp(0.0, 1.0) * 100.0).round() as u32
}

/// Title of the document, where the citation has a symbol instead, and path of the clause in it.
fn place(hit: &Hit) -> Option<Markup> {
    let clause = &hit.clause;
    let title = clause.title.as_deref().filter(|title| !clause.citation.starts_with(*title));
    let mut steps: Vec<Markup> = title.map(|title| all_marked(title, &hit.title_marks)).into_iter().collect();
    let none: &[Mark] = &[];
    for (at, step) in clause.path.iter().enumerate() {
        let marks = hit.path_marks.get(at).map_or(none, Vec::as_slice);
        steps.push(all_marked(&step_text(step), marks));
    }
    (!steps.is_empty()).then(|| {
        html! {
            @for (at, step) in steps.iter().enumerate() { @if at > 0 { " › " } (step) }
        }
    })
}

/// Label and title of a step, as its marks count them.
pub(super) fn step_text(step: &Step) -> String {
    step.label.iter().chain(&step.title).map(String::as_str).collect::<Vec<_>>().join(" ")
}

fn lead_in(hit: &Hit) -> Option<Markup> {
    let words = hit.clause.lead_in.as_deref().filter(|words| !words.trim().is_empty())?;
    let mut start = words.len().saturating_sub(LEAD_IN);
    if start > 0 {
        start = (start..words.len()).find(|at| words.is_char_boundary(*at)).unwrap_or(words.len());
        start += words[start..].find(' ').map_or(0, |space| space + 1);
    }
    Some(html! {
        @if start > 0 { "… " }
        (marked(words, Span::new(start, words.len()), &hit.lead_in_marks))
    })
}

fn passages(hit: &Hit) -> Markup {
    let text = &hit.clause.text;
    html! {
        @for found in &hit.passages {
            p {
                @if found.start > 0 { "… " }
                (marked(text, Span::new(found.start, found.end), &found.marks))
                @if found.end < text.trim_end().len() { " …" }
            }
        }
    }
}

fn remarks(asked: &Asked, hit: &Hit) -> Markup {
    html! {
        @if !hit.missing.is_empty() {
            p.remark { "without: " @for (at, word) in hit.missing.iter().enumerate() { @if at > 0 { ", " } s { (shown(word)) } } }
        }
        @if hit.folded > 0 {
            @let all = Asked { fold: Fold::No, ..asked.at_first() };
            p.remark {
                "same text in " a href=(all.href("/")) { (counted(hit.folded, "further clause", "further clauses")) }
            }
        }
    }
}
