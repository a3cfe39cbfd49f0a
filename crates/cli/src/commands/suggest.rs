//! `suggest`: what begins as was typed.

use crate::args::{ReportFormat, Suggest};
use crate::print::{Output, harmless_line};
use crate::{Exit, commands};

/// Prints what completes what was typed, a line each or as JSON.
pub(crate) fn run(args: &Suggest) -> anyhow::Result<Exit> {
    let searcher = commands::open(&args.index)?;
    let found = chapeau_query::complete(&searcher, &args.prefix, args.limit)?;
    let mut out = Output::stdout();
    match args.format {
        ReportFormat::Json => out.json(&found)?,
        ReportFormat::Text => {
            for suggestion in &found {
                out.text(&format!("{}\t{}\n", harmless_line(&suggestion.text), suggestion.count))?;
            }
        }
    }
    out.finish()?;
    Ok(if found.is_empty() { Exit::NothingFound } else { Exit::Done })
}
