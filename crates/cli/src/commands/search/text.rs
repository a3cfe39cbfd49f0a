//! Hits for people: how it is cited first, then the words that matched in their place.

use chapeau_document::{Date, Obligation, Span, Symbol};
use chapeau_query::{DocumentHit, Explanation, Factor, Hit, Results, Share};

use super::found::Found;
use crate::commands::path_line;
use crate::print::{Output, Style, harmless_line};
use crate::table::cut;
use crate::wrap::{passage, wrapped};

/// Columns that the body of a hit is set in.
const INDENT: usize = 4;
/// Lines of a lead-in that are shown: a long preamble would hide the passage.
const LEAD_IN_LINES: usize = 2;

/// Writes an answer.
pub(super) fn write<H: Found>(out: &mut Output, results: &Results<H>, explain: bool) -> anyhow::Result<()> {
    let style = out.style;
    if explain {
        for line in explanation(results) {
            out.line(&style.dim(&harmless_line(&line)))?;
        }
    }
    if results.total_any == 0 {
        for line in nothing_found(results) {
            out.line(&line)?;
        }
        return Ok(());
    }
    out.line(&totals(results))?;
    for line in spelling(results) {
        out.line(&line)?;
    }
    for (n, hit) in (1..).zip(&results.hits) {
        out.line("")?;
        for line in hit.lines(results.offset + n, style, explain) {
            out.line(&line)?;
        }
    }
    Ok(())
}

/// "12 clauses with all words, 843 with any, in 5 documents, 2011-2024".
fn totals<H: Found>(results: &Results<H>) -> String {
    let named = |n: u64| counted(n, H::NAME);
    // Where the two counts are the same, as for filters alone, one says it.
    let found = if results.total == results.total_any {
        named(results.total)
    } else {
        format!("{} with all words, {} with any", named(results.total), results.total_any)
    };
    format!("{found}, in {}", searched(results))
}

fn counted(n: u64, name: &str) -> String {
    format!("{n} {name}{}", if n == 1 { "" } else { "s" })
}

/// "5 documents, 2011-2024": what was searched.
fn searched<H>(results: &Results<H>) -> String {
    let searched = &results.searched;
    let years = match (searched.from, searched.to) {
        (Some(from), Some(to)) if from.year() == to.year() => format!(", {}", from.year()),
        (Some(from), Some(to)) => format!(", {}-{}", from.year(), to.year()),
        _ => String::new(),
    };
    format!("{}{years}", counted(searched.documents, "document"))
}

/// What to say where nothing was found: an empty answer is worth only what was searched.
fn nothing_found<H>(results: &Results<H>) -> Vec<String> {
    let searched = &results.searched;
    let date = |date: Option<Date>| date.map_or_else(|| "no date".to_owned(), |date| date.to_string());
    let mut lines = vec!["nothing found".to_owned()];
    lines.extend(spelling(results));
    for nearest in &results.nearest {
        let query = match &nearest.without {
            Some(filter) => format!("without the filter {filter}"),
            None => nearest.query.clone(),
        };
        lines.push(harmless_line(&format!("nearest: {query} ({} clauses)", nearest.total)));
    }
    lines.push(format!(
        "searched {} clauses of {} documents, {} to {}, in {}",
        searched.clauses,
        searched.documents,
        date(searched.from),
        date(searched.to),
        if searched.languages.is_empty() { "no language".to_owned() } else { searched.languages.join(", ") }
    ));
    if searched.unreadable > 0 {
        lines.push(format!("{} sources could not be read: see `chapeau status`", searched.unreadable));
    }
    lines
}

/// Words that are nowhere, and a likelier spelling.
fn spelling<H>(results: &Results<H>) -> Vec<String> {
    let mut lines = Vec::new();
    if !results.absent.is_empty() {
        lines.push(harmless_line(&format!("in no clause: {}", results.absent.join(", "))));
    }
    if let Some(meant) = &results.did_you_mean {
        lines.push(harmless_line(&format!("did you mean: {} ({} clauses)", meant.query, meant.total)));
    }
    lines
}

fn explanation<H>(results: &Results<H>) -> Vec<String> {
    let mut lines = vec![format!("understood as: {}", results.parsed)];
    let expansions = results.expansions.iter();
    lines.extend(
        expansions.map(|expansion| format!("{} also finds {}", expansion.word, expansion.added.join(", "))),
    );
    lines
}

/// The lines of a clause.
pub(super) fn clause(hit: &Hit, rank: usize, style: Style, explain: bool) -> Vec<String> {
    let width = style.width.saturating_sub(INDENT);
    let mut body = wrapped(&place(hit), width);
    body.extend(lead_in(hit, width).into_iter().map(|line| style.dim(&line)));
    body.extend(passages(hit, width, style));
    body.extend(remarks(hit));
    body.push(style.dim(&foot(hit, explain)));
    let explained = hit.explanation.iter().flat_map(|explanation| wrapped(&score_line(explanation), width));
    body.extend(explained.map(|line| style.dim(&line)));
    under(&heading(hit, style), rank, body)
}

/// The lines of a document: what it is, then its best clauses.
pub(super) fn document(hit: &DocumentHit, rank: usize, style: Style, explain: bool) -> Vec<String> {
    let document = &hit.document;
    let width = style.width.saturating_sub(INDENT);
    let title = document.title.as_deref().unwrap_or(&document.path);
    let name = document.symbols.first().map_or_else(|| title.to_owned(), Symbol::to_string);
    let mut facts = Vec::new();
    facts.extend(document.date.map(|date| date.to_string()));
    facts.extend([document.kind.to_string(), document.status.to_string()]);
    let heading = format!("{} · {}", style.bold(&harmless_line(&name)), facts.join(" · "));
    let mut body = if name == title { Vec::new() } else { wrapped(&harmless_line(title), width) };
    body.extend(without(&hit.missing));
    for best in &hit.best {
        let steps: Vec<String> =
            path_line(&best.clause.path).into_iter().chain(best.clause.label.clone()).collect();
        body.extend(wrapped(&harmless_line(&steps.join(" > ")), width));
        let mut lines = passages(best, width.saturating_sub(INDENT), style);
        lines.push(style.dim(&foot(best, explain)));
        body.extend(lines.into_iter().map(|line| format!("{}{line}", " ".repeat(INDENT))));
    }
    let score = if explain { format!(" · score {:.3}", hit.score) } else { String::new() };
    let foot = format!("{} match · {}{score}", counted(hit.matches, "clause"), document.id);
    body.push(style.dim(&harmless_line(&foot)));
    under(&heading, rank, body)
}

fn under(heading: &str, rank: usize, body: Vec<String>) -> Vec<String> {
    let indent = " ".repeat(INDENT);
    let mut lines = vec![format!("{rank:>2}. {heading}")];
    lines.extend(body.into_iter().map(|line| format!("{indent}{line}")));
    lines
}

/// Citation, date, kind, status, obligation: what a reader needs to judge the hit.
fn heading(hit: &Hit, style: Style) -> String {
    let clause = &hit.clause;
    let mut facts = Vec::new();
    facts.extend(clause.date.map(|date| date.to_string()));
    facts.push(clause.kind.to_string());
    facts.push(clause.status.to_string());
    if clause.obligation != Obligation::None {
        facts.push(clause.obligation.to_string());
    }
    facts.extend(clause.ocr_confidence.map(recognised));
    format!("{} · {}", style.bold(&harmless_line(&clause.citation)), facts.join(" · "))
}

/// "recognised from a scan, 87 % sure".
fn recognised(confidence: f32) -> String {
    format!("recognised from a scan, {:.0} % sure", 100.0 * confidence)
}

/// Title of the document, where the citation has a symbol instead, and path of the clause in it.
fn place(hit: &Hit) -> String {
    let title = hit.clause.title.clone().filter(|title| !hit.clause.citation.starts_with(title.as_str()));
    let steps: Vec<String> = title.into_iter().chain(path_line(&hit.clause.path)).collect();
    harmless_line(&steps.join(" > "))
}

/// The end of the lead-in, since that is what the clause completes.
fn lead_in(hit: &Hit, width: usize) -> Vec<String> {
    let words = harmless_line(hit.clause.lead_in.as_deref().unwrap_or_default());
    let lines = wrapped(&words, width);
    if lines.len() <= LEAD_IN_LINES {
        return lines;
    }
    let mut kept = lines[lines.len() - LEAD_IN_LINES..].to_vec();
    kept[0] = cut(&format!("… {}", kept[0]), width);
    kept
}

fn passages(hit: &Hit, width: usize, style: Style) -> Vec<String> {
    let text = &hit.clause.text;
    let mut lines = Vec::new();
    for found in &hit.passages {
        let span = Span::new(found.start, found.end);
        let marks: Vec<Span> = found.marks.iter().map(|mark| Span::new(mark.start, mark.end)).collect();
        let mut part = passage(text, span, &marks, width.saturating_sub(2), style);
        if let Some(first) = part.first_mut().filter(|_| span.start > 0) {
            first.insert_str(0, "… ");
        }
        if let Some(last) = part.last_mut().filter(|_| span.end < text.trim_end().len()) {
            last.push_str(" …");
        }
        lines.extend(part);
    }
    lines
}

fn without(missing: &[String]) -> Option<String> {
    (!missing.is_empty()).then(|| harmless_line(&format!("without: {}", missing.join(", "))))
}

fn remarks(hit: &Hit) -> Vec<String> {
    let mut remarks: Vec<String> = without(&hit.missing).into_iter().collect();
    match hit.folded {
        0 => {}
        1 => remarks.push("and 1 more clause with the same words (--fold no shows it)".to_owned()),
        n => remarks.push(format!("and {n} more clauses with the same words (--fold no shows them)")),
    }
    remarks.extend(hit.versions.and_then(|versions| versions.in_words()));
    remarks
}

/// "customs 1.20 (in 9 clauses) + near each other 0.40, times 1.05 (adopted)".
fn score_line(explanation: &Explanation) -> String {
    let share = |share: &Share| {
        let what = if share.synonym { " by a synonym" } else { "" };
        let clauses = share.clauses.map(|n| format!(" (in {})", counted(n, "clause"))).unwrap_or_default();
        format!("{}{what} {:.2}{clauses}", share.word, share.score)
    };
    let mut parts: Vec<String> = explanation.words.iter().map(share).collect();
    if explanation.nearness > 0.0 {
        parts.push(format!("near each other {:.2}", explanation.nearness));
    }
    let factor = |factor: &Factor| format!(", times {:.2} ({})", factor.factor, factor.name);
    let factors: Vec<String> = explanation.factors.iter().map(factor).collect();
    harmless_line(&format!("{}{}", parts.join(" + "), factors.concat()))
}

fn foot(hit: &Hit, explain: bool) -> String {
    let page = hit.clause.page.map_or_else(String::new, |page| format!("page {page} · "));
    let score = if explain { format!(" · score {:.3}", hit.score) } else { String::new() };
    let less_sure = match hit.clause.less_sure.as_slice() {
        [] => String::new(),
        fields => format!(" · less sure: {}", fields.join(", ")),
    };
    harmless_line(&format!("{page}{}{less_sure}{score}", hit.clause.id))
}
