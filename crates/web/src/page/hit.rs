//! A hit: how it is cited first, then the words that matched in their place.

use chapeau_document::{ClauseRecord, Obligation, Span, Status, Symbol};
use chapeau_index::Searcher;
use chapeau_query::{DocumentHit, Fold, Hit, Mark, Request, Results};
use maud::{Markup, html};

use super::document::{called, facts_of};
use super::sheet;
use super::text::{all_marked, anchor, counted, date, language, marked, shown};
use crate::asked::{Asked, path_step};
use crate::error::Error;

/// Letters of a lead-in that are shown: a long preamble would hide the passage. What the clause
/// completes is its end.
const LEAD_IN: usize = 220;
/// What is said of an obligation and an act where a pointer rests on it.
pub(super) const RECOGNISED: &str = "Recognised from the wording, not official";
/// The same of what was recognised less surely.
const LESS_SURE: &str = "Recognised by a general shape or a property of the file: look at the original";
/// Words recognised from an image with less than this are worth a second look.
const SURE: f32 = 0.995;

/// What a search finds, and how one of it is shown.
pub(super) trait Found: Sized {
    /// What one is called.
    const ONE: &str;
    /// What several are called.
    const MANY: &str;

    /// Answers a question.
    fn search(searcher: &Searcher, request: &Request) -> Result<Results<Self>, Error>;
    /// The hit as an article; `rank` counts from 1.
    fn article(&self, asked: &Asked, rank: usize) -> Markup;
}

impl Found for Hit {
    const ONE: &str = "clause";
    const MANY: &str = "clauses";

    fn search(searcher: &Searcher, request: &Request) -> Result<Results, Error> {
        Ok(chapeau_query::search(searcher, request)?)
    }

    fn article(&self, asked: &Asked, rank: usize) -> Markup {
        clause(asked, rank, self)
    }
}

impl Found for DocumentHit {
    const ONE: &str = "document";
    const MANY: &str = "documents";

    fn search(searcher: &Searcher, request: &Request) -> Result<Results<Self>, Error> {
        Ok(chapeau_query::search_documents(searcher, request)?)
    }

    fn article(&self, asked: &Asked, rank: usize) -> Markup {
        document(asked, rank, self)
    }
}

fn document(asked: &Asked, rank: usize, hit: &DocumentHit) -> Markup {
    let document = &hit.document;
    let name = called(document.symbols.first().map(Symbol::as_str), document.title.as_deref(), &document.id);
    html! {
        article.hit data-document=(shown(&document.id)) {
            h2 { a href=(document_href(asked, &document.id, None)) id={ "hit-" (rank) } dir="auto" { (shown(&name)) } }
            p.facts { (facts_of(document.date, document.kind, document.status, &document.language)) }
            (without(&hit.missing))
            ul.best {
                @for best in &hit.best {
                    li {
                        p.path dir="auto" {
                            a href=(document_href(asked, &document.id, Some(&best.clause.id))) { (shown(&label(&best.clause))) }
                            @if let Some(place) = path(best) { " · " (place) }
                        }
                        div.passage lang=[language(&best.clause.language)] dir="auto" { (passages(best)) }
                    }
                }
            }
            p.foot {
                a href=(asked.in_document(&document.id).href("/")) { (counted(hit.matches, "clause matches", "clauses match")) }
            }
        }
    }
}

/// How a clause is called within its document.
fn label(clause: &ClauseRecord) -> String {
    clause.label.clone().unwrap_or_else(|| clause.unit.to_string())
}

fn clause(asked: &Asked, rank: usize, hit: &Hit) -> Markup {
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
                a.copy href=(&permanent) { "citation" }
                " · " a href=(open) { "in its document" }
                " · " a href={ (permanent) "#versions" } data-versions=(shown(&clause.id)) { "versions" }
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
    html! {
        (facts.join(" · "))
        @if clause.obligation != Obligation::None {
            " · " span title=(RECOGNISED) { (clause.obligation) }
        }
        @if !clause.less_sure.is_empty() {
            " · " span.quiet title=(LESS_SURE) { "less sure: " (clause.less_sure.join(", ")) }
        }
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
    let title = title.map(|title| all_marked(title, &hit.title_marks));
    let steps: Vec<Markup> = title.into_iter().chain(path(hit)).collect();
    one_below_another(&steps)
}

/// Path of the clause in its document.
fn path(hit: &Hit) -> Option<Markup> {
    let none: &[Mark] = &[];
    let marks = |at: usize| hit.path_marks.get(at).map_or(none, Vec::as_slice);
    let steps = hit.clause.path.iter().enumerate();
    let steps: Vec<Markup> = steps.map(|(at, step)| all_marked(&step.words(), marks(at))).collect();
    one_below_another(&steps)
}

fn one_below_another(steps: &[Markup]) -> Option<Markup> {
    (!steps.is_empty())
        .then(|| html! { @for (at, step) in steps.iter().enumerate() { @if at > 0 { " › " } (step) } })
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

fn without(missing: &[String]) -> Markup {
    html! {
        @if !missing.is_empty() {
            p.remark { "without: " @for (at, word) in missing.iter().enumerate() { @if at > 0 { ", " } s { (shown(word)) } } }
        }
    }
}

fn remarks(asked: &Asked, hit: &Hit) -> Markup {
    html! {
        (without(&hit.missing))
        @if hit.folded > 0 {
            @let all = Asked { fold: Fold::No, ..asked.at_first() };
            p.remark {
                "same text in " a href=(all.href("/")) { (counted(hit.folded, "further clause", "further clauses")) }
            }
        }
    }
}
