//! `lineage`: the same clause in other documents, by date.

use chapeau_document::Span;
use chapeau_query::{Lineage, LineageRow};

use crate::args::{self, ReportFormat};
use crate::print::{self, Output, harmless_line};
use crate::wrap::{passage, wrapped};
use crate::{Exit, commands};

/// Runs the command.
pub(crate) fn run(args: &args::Lineage) -> anyhow::Result<Exit> {
    let searcher = commands::open(&args.index)?;
    let Some(mut found) = chapeau_query::lineage(&searcher, &args.id, args.limit)? else {
        print::note(&format!(
            "no clause \"{}\": `chapeau show DOCUMENT` shows a document's clauses",
            args.id
        ));
        if args.format == ReportFormat::Json {
            let mut out = Output::stdout();
            out.json(&Vec::<LineageRow>::new())?;
            out.finish()?;
        }
        return Ok(Exit::NothingFound);
    };
    let is_wanted = |row: &LineageRow| {
        f64::from(row.similarity) >= args.least
            && (args.relation.is_empty() || args.relation.iter().any(|relation| relation.is(row.relation)))
    };
    found.rows.retain(is_wanted);
    let mut out = Output::stdout();
    match args.format {
        ReportFormat::Json => out.json(&found.rows)?,
        ReportFormat::Text => in_words(&mut out, &found, args.full)?,
    }
    out.finish()?;
    if found.n_more > 0 {
        print::note(&format!("{} more have the same words: --limit shows more", found.n_more));
    }
    Ok(if found.rows.is_empty() { Exit::NothingFound } else { Exit::Done })
}

/// A line for each version, the clause itself among them at its date, then its words where they
/// are others than those of the clause.
fn in_words(out: &mut Output, found: &Lineage, full: bool) -> anyhow::Result<()> {
    let style = out.style;
    let clause = &found.clause;
    if found.rows.is_empty() {
        print::note(&format!("{}: {}", harmless_line(&clause.citation), found.summary()));
        return Ok(());
    }
    out.line(&style.dim(&found.summary()))?;
    let (earlier, later) = found.rows.split_at(found.n_earlier());
    earlier.iter().try_for_each(|row| version(out, row, full))?;
    let date = clause.date.map_or_else(|| "no date".to_owned(), |date| date.to_string());
    out.line(&style.bold(&format!("{date:10}  asked for       {}", harmless_line(&clause.citation))))?;
    text(out, &clause.id, &clause.text)?;
    later.iter().try_for_each(|row| version(out, row, full))
}

fn version(out: &mut Output, row: &LineageRow, full: bool) -> anyhow::Result<()> {
    let date = row.date.map_or_else(|| "no date".to_owned(), |date| date.to_string());
    let percent = (row.similarity * 100.0).round();
    let how = match row.relation {
        chapeau_query::Relation::Identical => "identical".to_owned(),
        relation => format!("{} {percent} %", relation.as_str()),
    };
    let title = row.title.as_deref().filter(|title| !row.citation.starts_with(title));
    let title = title.map_or_else(String::new, |title| format!(", {title}"));
    out.line(&format!("{date:10}  {how:14}  {}{}", harmless_line(&row.citation), harmless_line(&title)))?;
    let is_same = row.relation == chapeau_query::Relation::Identical;
    if is_same && !full {
        return words(out, &row.id);
    }
    words(out, &row.id)?;
    // Of the same words all are shared, which says nothing.
    let shared = if row.relation == chapeau_query::Relation::Reworded { &row.shared[..] } else { &[] };
    let width = out.style.width.saturating_sub(4);
    for line in passage(&row.text, Span::new(0, row.text.len()), shared, width, out.style) {
        out.line(&format!("    {line}"))?;
    }
    Ok(())
}

fn words(out: &mut Output, id: &str) -> anyhow::Result<()> {
    let line = out.style.dim(&format!("    {}", harmless_line(id)));
    Ok(out.line(&line)?)
}

fn text(out: &mut Output, id: &str, text: &str) -> anyhow::Result<()> {
    words(out, id)?;
    for line in wrapped(&harmless_line(text), out.style.width.saturating_sub(4)) {
        out.line(&format!("    {line}"))?;
    }
    Ok(())
}
