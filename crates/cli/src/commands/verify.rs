//! `verify`: checks that the index is whole and says what the sources are, and how to repair it.

use std::path::PathBuf;

use chapeau_index::{Error, Searcher};
use serde::Serialize;

use crate::Exit;
use crate::args::{self, ReportFormat};
use crate::print::{Output, harmless_line};

/// What was found; the field names are those of the JSON.
#[derive(Debug, Serialize)]
struct Findings {
    index: String,
    /// What is wrong with the index itself.
    faults: Vec<String>,
    /// What the next run of `index` would do, where the sources were given.
    behind: Vec<String>,
    repair: Option<String>,
}

/// Runs the command.
pub(crate) fn run(args: &args::Verify) -> anyhow::Result<Exit> {
    let dir = args.index.resolved();
    let faults = match Searcher::open(&dir).and_then(|searcher| chapeau_index::verify(&searcher)) {
        Ok(faults) => faults,
        Err(error @ (Error::Corrupt { .. } | Error::Tantivy { .. })) => vec![error.to_string()],
        Err(error) => return Err(error.into()),
    };
    let behind = if faults.is_empty() { behind(&dir, &args.sources)? } else { Vec::new() };
    let repair = repair(&faults, &behind, &dir);
    let failed = !faults.is_empty() || !behind.is_empty();
    print(&Findings { index: dir.to_string_lossy().into_owned(), faults, behind, repair }, args.format)?;
    Ok(if failed { Exit::Failed } else { Exit::Done })
}

/// How the sources differ from what the index says of them; nothing where none are given.
fn behind(dir: &std::path::Path, sources: &[PathBuf]) -> anyhow::Result<Vec<String>> {
    if sources.is_empty() {
        return Ok(Vec::new());
    }
    super::index::differences(dir, sources)
}

fn repair(faults: &[String], behind: &[String], dir: &std::path::Path) -> Option<String> {
    let is_elsewhere = chapeau_index::address(dir).is_some();
    let dir = dir.display();
    if !faults.is_empty() && is_elsewhere {
        return Some(
            "read all sources into another index: chapeau index SOURCE... --engine ADDRESS".to_owned(),
        );
    }
    if !faults.is_empty() {
        return Some(format!("read all sources again: chapeau index SOURCE... --index {dir} --rebuild"));
    }
    (!behind.is_empty()).then(|| format!("bring it up to date: chapeau index SOURCE... --index {dir}"))
}

fn print(findings: &Findings, format: ReportFormat) -> anyhow::Result<()> {
    let mut out = Output::stdout();
    match format {
        ReportFormat::Json => out.json(findings)?,
        ReportFormat::Text => {
            for line in lines(findings) {
                out.line(&harmless_line(&line))?;
            }
        }
    }
    Ok(out.finish()?)
}

fn lines(findings: &Findings) -> Vec<String> {
    let faults = findings.faults.iter().map(|fault| format!("fault: {fault}"));
    let behind = findings.behind.iter().map(|step| format!("behind: {step}"));
    let mut lines: Vec<String> = faults.chain(behind).collect();
    lines.push(
        findings
            .repair
            .as_ref()
            .map_or_else(|| format!("{} is whole", findings.index), |repair| format!("repair: {repair}")),
    );
    lines
}
