//! `list`: the documents of the index.

use chapeau_document::{Date, Kind, Status, Symbol};
use chapeau_index::DocumentRecord;
use serde::Serialize;

use crate::args::{self, SearchFormat};
use crate::print::{self, Output};
use crate::{Exit, table};

const HEADER: [&str; 10] =
    ["id", "symbols", "title", "date", "kind", "status", "language", "clauses", "pages", "path"];

/// One document, as a line of the list.
#[derive(Debug, Serialize)]
struct Row {
    id: String,
    symbols: Vec<Symbol>,
    title: Option<String>,
    date: Option<Date>,
    kind: Kind,
    status: Status,
    language: String,
    clauses: u64,
    pages: usize,
    path: String,
}

/// Runs the command.
pub(crate) fn run(args: &args::List) -> anyhow::Result<Exit> {
    let searcher = super::open(&args.index)?;
    let rows: Vec<Row> = searcher.documents()?.into_iter().map(row).collect();
    let mut out = Output::stdout();
    match args.format {
        SearchFormat::Json => out.json(&rows)?,
        SearchFormat::Csv => out.bytes(&table::csv(&HEADER, &cells(&rows))?)?,
        SearchFormat::Text | SearchFormat::Trec => {
            for line in table::aligned(&rows.iter().map(short).collect::<Vec<_>>(), out.table_width()) {
                out.line(&line)?;
            }
        }
    }
    out.finish()?;
    let unreadable = searcher.totals()?.unreadable;
    if unreadable > 0 {
        print::note(&format!("{unreadable} sources could not be read: see `chapeau status`"));
    }
    Ok(if rows.is_empty() { Exit::NothingFound } else { Exit::Done })
}

fn row(document: DocumentRecord) -> Row {
    let metadata = document.metadata;
    Row {
        symbols: metadata.symbols.iter().map(|symbol| symbol.value.clone()).collect(),
        date: metadata.date(),
        kind: metadata.kind(),
        status: metadata.status(),
        language: metadata.language().to_owned(),
        title: metadata.title.map(|title| title.value),
        clauses: document.counts.clauses + document.counts.contexts,
        pages: document.pages.len(),
        path: document.source.path,
        id: document.id,
    }
}

fn cells(rows: &[Row]) -> Vec<Vec<String>> {
    let cells = |row: &Row| {
        vec![
            row.id.clone(),
            symbols(row),
            row.title.clone().unwrap_or_default(),
            date(row),
            row.kind.to_string(),
            row.status.to_string(),
            row.language.clone(),
            row.clauses.to_string(),
            row.pages.to_string(),
            row.path.clone(),
        ]
    };
    rows.iter().map(cells).collect()
}

/// What fits a line of a terminal; the title comes last, since it may be cut.
fn short(row: &Row) -> Vec<String> {
    let name = row.symbols.first().map_or_else(|| row.id.clone(), Symbol::to_string);
    let title = row.title.clone().unwrap_or_else(|| row.path.clone());
    vec![
        name,
        date(row),
        row.kind.to_string(),
        row.language.clone(),
        format!("{} clauses", row.clauses),
        row.status.to_string(),
        title,
    ]
}

fn symbols(row: &Row) -> String {
    row.symbols.iter().map(Symbol::as_str).collect::<Vec<_>>().join(";")
}

fn date(row: &Row) -> String {
    row.date.map_or_else(|| "-".to_owned(), |date| date.to_string())
}
