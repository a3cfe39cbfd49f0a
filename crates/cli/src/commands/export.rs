//! `export`: all clauses of the index, as a source that can be indexed again or as a table.

use chapeau_document::{ClauseRecord, Symbol};
use chapeau_index::Searcher;

use super::path_line;
use crate::args::{self, ExportFormat};
use crate::print::Output;
use crate::{Exit, table};

const HEADER: [&str; 20] = [
    "id",
    "document",
    "citation",
    "title",
    "symbols",
    "kind",
    "status",
    "date",
    "language",
    "body",
    "parties",
    "unit",
    "part",
    "label",
    "path",
    "acts",
    "obligation",
    "added",
    "lead_in",
    "text",
];

/// Runs the command. One document is in memory at a time, however large the index.
pub(crate) fn run(args: &args::Export) -> anyhow::Result<Exit> {
    let searcher = Searcher::open(&args.index.resolved())?;
    let mut out = Output::stdout();
    if args.format == ExportFormat::Csv {
        out.bytes(&table::csv(&HEADER, &[])?)?;
    }
    for id in searcher.document_ids()? {
        let clauses = searcher.clauses_of(&id)?;
        match args.format {
            ExportFormat::Clauses => clauses.iter().try_for_each(|clause| out.json(clause))?,
            ExportFormat::Csv => {
                let rows: Vec<Vec<String>> = clauses.iter().map(row).collect();
                out.bytes(&table::csv_rows(&rows)?)?;
            }
        }
    }
    out.finish()?;
    Ok(Exit::Done)
}

fn row(clause: &ClauseRecord) -> Vec<String> {
    let date = |date: Option<chapeau_document::Date>| date.map_or_else(String::new, |date| date.to_string());
    let symbols: Vec<&str> = clause.symbols.iter().map(Symbol::as_str).collect();
    let acts: Vec<&str> = clause.acts.iter().map(|act| act.act.as_str()).collect();
    let said = |value: &Option<String>| value.clone().unwrap_or_default();
    vec![
        clause.id.clone(),
        clause.document.clone(),
        clause.citation.clone(),
        said(&clause.title),
        symbols.join(";"),
        clause.kind.to_string(),
        clause.status.to_string(),
        date(clause.date),
        clause.language.clone(),
        said(&clause.body),
        clause.parties.join(";"),
        clause.unit.to_string(),
        clause.part.to_string(),
        said(&clause.label),
        path_line(&clause.path).unwrap_or_default(),
        acts.join(";"),
        clause.obligation.to_string(),
        date(clause.added),
        said(&clause.lead_in),
        clause.text.clone(),
    ]
}
