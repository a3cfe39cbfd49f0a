//! `show`: a clause with its neighbours, or a document with its metadata and outline.

use std::fmt;

use chapeau_document::{ClauseRecord, Furniture, Metadata, Symbol, Unit};
use chapeau_index::{DocumentRecord, Searcher};
use chapeau_query::Versions;
use serde::Serialize;
use serde_json::Value;

use crate::args::{self, ReportFormat};
use crate::print::{self, Output, harmless_line};
use crate::wrap::wrapped;
use crate::{Exit, table};

/// Clauses shown before and after the one asked for.
const N_NEIGHBOURS: usize = 2;

/// Runs the command.
pub(crate) fn run(args: &args::Show) -> anyhow::Result<Exit> {
    let searcher = super::open(&args.index)?;
    let mut out = Output::stdout();
    if let Some(clause) = find_clause(&searcher, &args.id)? {
        show_clause(&mut out, &clause, args.format)?;
    } else if let Some(document) = searcher.document_named(&args.id)? {
        show_document(&mut out, &searcher, &document, args.format)?;
    } else {
        print::note(&format!("no clause or document \"{}\": `chapeau list` shows the documents", args.id));
        return Ok(Exit::NothingFound);
    }
    out.finish()?;
    Ok(Exit::Done)
}

/// A clause among its neighbours.
#[derive(Debug, Serialize)]
struct InContext {
    clause: ClauseRecord,
    before: Vec<ClauseRecord>,
    after: Vec<ClauseRecord>,
    /// How many versions other documents have of it.
    versions: Versions,
}

fn find_clause(searcher: &Searcher, id: &str) -> anyhow::Result<Option<InContext>> {
    let Some((_, clause)) = searcher.clause_by_id(id)? else { return Ok(None) };
    let all = searcher.clauses_of(&clause.document)?;
    let at = all.iter().position(|other| other.id == clause.id).unwrap_or(0);
    let before = all[at.saturating_sub(N_NEIGHBOURS)..at].to_vec();
    let after = all.iter().skip(at + 1).take(N_NEIGHBOURS).cloned().collect();
    let versions = chapeau_query::versions(searcher, id)?.unwrap_or_default();
    Ok(Some(InContext { clause, before, after, versions }))
}

fn show_clause(out: &mut Output, found: &InContext, format: ReportFormat) -> anyhow::Result<()> {
    if format == ReportFormat::Json {
        return out.json(found);
    }
    let style = out.style;
    let clause = &found.clause;
    out.line(&style.bold(&harmless_line(&clause.citation)))?;
    for line in facts_of(clause) {
        out.line(&format!("  {}", harmless_line(&line)))?;
    }
    if clause.unit.is_hit() {
        let versions = found.versions.in_words().unwrap_or_else(|| "only here".to_owned());
        out.line(&format!("  versions: {versions}"))?;
    }
    for (clause, asked_for) in neighbours(found) {
        out.line("")?;
        out.line(&style.dim(&harmless_line(&clause.id)))?;
        for line in wrapped(&harmless_line(&clause.text), style.width.saturating_sub(2)) {
            out.line(&format!("  {}", if asked_for { line } else { style.dim(&line) }))?;
        }
    }
    Ok(())
}

fn neighbours(found: &InContext) -> impl Iterator<Item = (&ClauseRecord, bool)> {
    let before = found.before.iter().map(|clause| (clause, false));
    let after = found.after.iter().map(|clause| (clause, false));
    before.chain([(&found.clause, true)]).chain(after)
}

/// What is known of a clause, one line each, what is not known left out.
fn facts_of(clause: &ClauseRecord) -> Vec<String> {
    let words = |words: Vec<&str>| (!words.is_empty()).then(|| words.join("; "));
    let facts = [
        ("title", clause.title.clone()),
        ("symbols", words(clause.symbols.iter().map(Symbol::as_str).collect())),
        ("date", clause.date.map(|date| date.to_string())),
        ("kind", Some(format!("{}, {}", clause.kind, clause.status))),
        ("body", clause.body.clone()),
        ("part", Some(format!("{}, {}", clause.part, clause.unit))),
        ("path", super::path_line(&clause.path)),
        ("acts", words(clause.acts.iter().map(|act| act.act.as_str()).collect()).map(recognised)),
        ("obligation", Some(recognised(clause.obligation))),
        ("cites", words(clause.cites.iter().map(|cite| cite.span.of(&clause.text)).collect())),
        ("page", clause.page.map(|page| page.to_string())),
        ("eId", clause.eid.clone()),
        ("lead-in", clause.lead_in.clone()),
        ("less sure", words(clause.less_sure.iter().map(String::as_str).collect())),
    ];
    let lines = facts.into_iter().filter_map(|(name, value)| Some(format!("{name}: {}", value?)));
    lines.collect()
}

/// What the wording says, and no official has said.
fn recognised(value: impl fmt::Display) -> String {
    format!("{value} (recognised, not official)")
}

/// One line of a document's outline.
#[derive(Debug, Serialize)]
struct OutlineLine {
    id: String,
    depth: usize,
    unit: Unit,
    label: Option<String>,
    page: Option<u32>,
    text: String,
}

/// A document as it is shown.
#[derive(Debug, Serialize)]
struct ShownDocument<'a> {
    id: &'a str,
    metadata: &'a Metadata,
    path: &'a str,
    pages: usize,
    clauses: usize,
    warnings: Vec<&'a str>,
    furniture: &'a [Furniture],
    outline: Vec<OutlineLine>,
}

fn show_document(
    out: &mut Output,
    searcher: &Searcher,
    document: &DocumentRecord,
    format: ReportFormat,
) -> anyhow::Result<()> {
    let clauses = searcher.clauses_of(&document.id)?;
    let shown = ShownDocument {
        id: &document.id,
        metadata: &document.metadata,
        path: &document.source.path,
        pages: document.pages.len(),
        clauses: clauses.len(),
        warnings: document.source.warnings.iter().map(|note| note.message.as_str()).collect(),
        furniture: &document.furniture,
        outline: clauses.iter().map(outline_line).collect(),
    };
    if format == ReportFormat::Json {
        return out.json(&shown);
    }
    let style = out.style;
    out.line(&style.bold(&harmless_line(&document.id)))?;
    for line in facts_of_document(&shown)? {
        out.line(&format!("  {}", harmless_line(&line)))?;
    }
    out.line("")?;
    for line in &shown.outline {
        let indent = "  ".repeat(line.depth.min(8));
        let words = line.label.as_ref().map_or_else(String::new, |label| format!("{label}: "));
        let words = harmless_line(&format!("{words}{}", line.text));
        out.line(&table::cut(&format!("{indent}{words}"), style.width))?;
    }
    Ok(())
}

/// The beginning of a clause is enough to find one's way.
fn outline_line(clause: &ClauseRecord) -> OutlineLine {
    OutlineLine {
        id: clause.id.clone(),
        depth: clause.path.len(),
        unit: clause.unit,
        label: clause.label.clone(),
        page: clause.page,
        text: table::cut(&harmless_line(&clause.text), 80),
    }
}

/// Each piece of metadata with where it came from.
fn facts_of_document(shown: &ShownDocument<'_>) -> anyhow::Result<Vec<String>> {
    let mut lines = Vec::new();
    if let Value::Object(fields) = serde_json::to_value(shown.metadata)? {
        for (name, value) in fields {
            let values = if let Value::Array(values) = value { values } else { vec![value] };
            lines.extend(values.iter().filter_map(|value| Some(format!("{name}: {}", sourced(value)?))));
        }
    }
    lines.push(format!("path: {}", shown.path));
    lines.push(format!("{} pages, {} clauses", shown.pages, shown.clauses));
    lines.extend(shown.warnings.iter().map(|warning| format!("warning: {warning}")));
    lines.extend(shown.furniture.iter().map(|line| format!("left out: {}", super::furniture_line(line))));
    Ok(lines)
}

fn sourced(value: &Value) -> Option<String> {
    let text = |key: &str| value.get(key)?.as_str();
    let sureness = text("sureness").filter(|sureness| *sureness != "sure");
    let sureness = sureness.map_or_else(String::new, |sureness| format!(", {sureness}"));
    Some(format!("{} ({}{sureness})", text("value")?, text("origin")?))
}
