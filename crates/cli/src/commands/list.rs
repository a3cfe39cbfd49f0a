//! `list`: the documents of the index.

use chapeau_document::Symbol;
use chapeau_index::{DocumentRecord, DocumentSummary};

use crate::args::{self, SearchFormat};
use crate::print::{self, Output};
use crate::{Exit, table};

const HEADER: [&str; 10] =
    ["id", "symbols", "title", "date", "kind", "status", "language", "clauses", "pages", "path"];

/// Runs the command.
pub(crate) fn run(args: &args::List) -> anyhow::Result<Exit> {
    let searcher = super::open(&args.index)?;
    let rows: Vec<DocumentSummary> = searcher.documents()?.into_iter().map(DocumentRecord::summary).collect();
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

fn cells(rows: &[DocumentSummary]) -> Vec<Vec<String>> {
    let cells = |row: &DocumentSummary| {
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
fn short(row: &DocumentSummary) -> Vec<String> {
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

fn symbols(row: &DocumentSummary) -> String {
    row.symbols.iter().map(Symbol::as_str).collect::<Vec<_>>().join(";")
}

fn date(row: &DocumentSummary) -> String {
    row.date.map_or_else(|| "-".to_owned(), |date| date.to_string())
}
