//! `export`: the clauses of the index, as a source that can be indexed again or as a table; one
//! document as Akoma Ntoso.

mod akn;
mod identification;
mod tree;

use chapeau_document::{ClauseRecord, Symbol};
use chapeau_index::Searcher;

use super::path_line;
use crate::args::{self, ExportFormat};
use crate::print::{self, Output};
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
    let mut documents = Vec::new();
    for name in &args.documents {
        let Some(document) = searcher.document_named(name)? else {
            print::note(&format!("no document \"{name}\": `chapeau list` shows the documents"));
            return Ok(Exit::NothingFound);
        };
        documents.push(document);
    }
    let mut out = Output::stdout();
    if args.format == ExportFormat::Akn {
        let [document] = documents.as_slice() else {
            let found = documents.len();
            anyhow::bail!("found {found} documents, want one: `chapeau export --format akn DOCUMENT`");
        };
        out.bytes(&akn::akn(document, &searcher.clauses_of(&document.id)?)?)?;
        out.finish()?;
        return Ok(Exit::Done);
    }
    if args.format == ExportFormat::Csv {
        out.bytes(&table::csv(&HEADER, &[])?)?;
    }
    let ids = if documents.is_empty() {
        searcher.document_ids()?
    } else {
        documents.into_iter().map(|document| document.id).collect()
    };
    for id in ids {
        let clauses = searcher.clauses_of(&id)?;
        if args.format == ExportFormat::Csv {
            let rows: Vec<Vec<String>> = clauses.iter().map(row).collect();
            out.bytes(&table::csv_rows(&rows)?)?;
        } else {
            clauses.iter().try_for_each(|clause| out.json(clause))?;
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
