//! `cites` and `cited-by`: the graph of citations, from one text or to it.

use chapeau_query::{Lacking, Reference};

use crate::args::{self, ReportFormat};
use crate::print::{self, Output};
use crate::table::aligned;
use crate::{Exit, commands};

/// `cites`: what a clause or a document cites, or what is cited and missing.
pub(crate) fn cites(args: &args::Cites) -> anyhow::Result<Exit> {
    let searcher = commands::open(&args.index)?;
    let Some(name) = &args.name else {
        return missing(&chapeau_query::lacking(&searcher)?, args.format);
    };
    let found = match args.chain {
        true => chapeau_query::chain(&searcher, name)?,
        false => chapeau_query::cites(&searcher, name)?,
    };
    answer(name, found, args.format)
}

/// `cited-by`: who cites a document.
pub(crate) fn cited_by(args: &args::CitedBy) -> anyhow::Result<Exit> {
    let searcher = commands::open(&args.index)?;
    answer(&args.name, chapeau_query::cited_by(&searcher, &args.name)?, args.format)
}

fn answer(name: &str, found: Option<Vec<Reference>>, format: ReportFormat) -> anyhow::Result<Exit> {
    if found.is_none() {
        print::note(&format!("no clause, document or symbol \"{name}\""));
    }
    let found = found.unwrap_or_default();
    let mut out = Output::stdout();
    match format {
        ReportFormat::Json => out.json(&found)?,
        ReportFormat::Text => {
            let rows: Vec<Vec<String>> = found.iter().map(row).collect();
            let width = out.table_width();
            aligned(&rows, width).iter().try_for_each(|line| out.line(line))?;
        }
    }
    out.finish()?;
    Ok(if found.is_empty() { Exit::NothingFound } else { Exit::Done })
}

fn row(reference: &Reference) -> Vec<String> {
    let date = reference.date.map_or_else(|| "no date".to_owned(), |date| date.to_string());
    let verb = if reference.recalls { "recalls" } else { "cites" };
    let whose = match &reference.document {
        Some(document) if *document != reference.symbol.to_string() => format!("({document})"),
        Some(_) => String::new(),
        None => "(not in the corpus)".to_owned(),
    };
    vec![date, reference.citation.clone(), verb.to_owned(), reference.symbol.to_string(), whose]
}

fn missing(found: &[Lacking], format: ReportFormat) -> anyhow::Result<Exit> {
    let mut out = Output::stdout();
    match format {
        ReportFormat::Json => out.json(&found)?,
        ReportFormat::Text => {
            let count = |n: usize, what: &str| format!("{n} {what}{}", if n == 1 { "" } else { "s" });
            let row = |lacking: &Lacking| {
                let (documents, clauses) =
                    (count(lacking.documents, "document"), count(lacking.clauses, "clause"));
                vec![lacking.symbol.to_string(), format!("cited by {documents}, in {clauses}")]
            };
            let rows: Vec<Vec<String>> = found.iter().map(row).collect();
            let width = out.table_width();
            aligned(&rows, width).iter().try_for_each(|line| out.line(line))?;
        }
    }
    out.finish()?;
    Ok(if found.is_empty() { Exit::NothingFound } else { Exit::Done })
}
