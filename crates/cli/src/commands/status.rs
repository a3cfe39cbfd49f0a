//! `status`: what the index holds, when it was last changed, and what was skipped and why.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::time::SystemTime;

use chapeau_document::Date;
use chapeau_index::{LastRun, Searcher, Since, SourceRecord};
use serde::Serialize;

use super::index::Skipped;
use crate::Exit;
use crate::args::{self, ReportFormat};
use crate::print::{Output, harmless_line};

/// What there is to say; the field names are those of the JSON.
#[derive(Debug, Serialize)]
struct Status {
    index: String,
    bytes: u64,
    changed: Option<String>,
    last_run: Option<LastRun>,
    last_change: Option<LastChange>,
    sources: usize,
    documents: u64,
    clauses: u64,
    from: Option<Date>,
    to: Option<Date>,
    languages: Vec<String>,
    skipped: Vec<Skipped>,
    repeated: Vec<Repeated>,
    warnings: Vec<String>,
}

/// What the last run did that changed any text.
#[derive(Debug, Serialize)]
struct LastChange {
    run: u64,
    at: String,
    /// Documents that came.
    new: usize,
    /// Documents whose texts changed or went, in part or all.
    changed: usize,
}

impl LastChange {
    /// `None` where none is known, or the journal cannot be read, which `verify` says.
    fn of(searcher: &Searcher) -> Option<Self> {
        let last = searcher.last_run().ok()?;
        let changes = searcher.history(Since::Run(last.saturating_sub(1))).ok()?.changes;
        let (new, others): (Vec<_>, Vec<_>) = changes.iter().partition(|change| change.is_new);
        let at = changes.first()?.at.clone();
        let changed = others.iter().map(|change| &change.document).collect::<BTreeSet<_>>().len();
        Some(Self { run: last, at, new: new.len(), changed })
    }

    fn line(&self) -> String {
        let (before, many) = (self.run.saturating_sub(1), if self.new == 1 { "" } else { "s" });
        format!(
            "run {} of {}: {} document{many} new, {} changed or gone; see chapeau changes --since run:{before}",
            self.run, self.at, self.new, self.changed
        )
    }
}

/// A source with the same text as another: they are one document.
#[derive(Debug, Serialize)]
struct Repeated {
    path: String,
    same_as: String,
}

impl Repeated {
    fn of(source: &SourceRecord) -> Option<Self> {
        source.same_as.clone().map(|same_as| Self { path: source.path.clone(), same_as })
    }
}

/// Runs the command.
pub(crate) fn run(args: &args::Status) -> anyhow::Result<Exit> {
    let dir = args.index.resolved();
    let status = status(&dir, &Searcher::open(&dir)?)?;
    let mut out = Output::stdout();
    match args.format {
        ReportFormat::Json => out.json(&status)?,
        ReportFormat::Text => {
            for line in lines(&status) {
                out.line(&line)?;
            }
        }
    }
    out.finish()?;
    Ok(Exit::Done)
}

fn status(dir: &Path, searcher: &Searcher) -> anyhow::Result<Status> {
    let totals = searcher.totals()?;
    let sources = searcher.sources()?;
    let (bytes, changed) = disk_use(dir);
    let warnings = sources.iter().flat_map(|source| {
        source.warnings.iter().map(|note| {
            let page = note.page.map_or_else(String::new, |page| format!(" page {page}:"));
            format!("{}:{page} {}", source.path, note.message)
        })
    });
    Ok(Status {
        index: dir.to_string_lossy().into_owned(),
        bytes,
        changed: changed
            .and_then(|time| jiff::Timestamp::try_from(time).ok())
            .map(|time| format!("{time:.0}")),
        last_run: LastRun::read(dir),
        last_change: LastChange::of(searcher),
        sources: sources.len(),
        documents: totals.documents,
        clauses: totals.clauses,
        from: totals.from,
        to: totals.to,
        languages: totals.languages,
        skipped: sources.iter().filter_map(Skipped::of).collect(),
        repeated: sources.iter().filter_map(Repeated::of).collect(),
        warnings: warnings.collect(),
    })
}

fn lines(status: &Status) -> Vec<String> {
    let date = |date: Option<Date>| date.map_or_else(|| "?".to_owned(), |date| date.to_string());
    // What lies on other machines is for its engine to tell.
    let mut lines = if chapeau_index::address(Path::new(&status.index)).is_some() {
        vec![line("index", &status.index)]
    } else {
        vec![
            line("index", &format!("{} ({:.1} MB)", status.index, megabytes(status.bytes))),
            line("changed", status.changed.as_deref().unwrap_or("?")),
            line("last run", &status.last_run.as_ref().map_or_else(|| "?".to_owned(), last_run)),
        ]
    };
    lines.extend([
        line("changes", &status.last_change.as_ref().map_or_else(|| "?".to_owned(), LastChange::line)),
        line("sources", &format!("{} ({} skipped)", status.sources, status.skipped.len())),
        line("documents", &format!("{}, {} to {}", status.documents, date(status.from), date(status.to))),
        line("clauses", &status.clauses.to_string()),
        line("languages", &status.languages.join(", ")),
    ]);
    lines.extend(status.skipped.iter().map(|skipped| line("skipped", &skipped.line())));
    let repeated = status.repeated.iter().map(|one| format!("{} (the text of {})", one.path, one.same_as));
    lines.extend(repeated.map(|one| line("repeated", &one)));
    lines.extend(status.warnings.iter().map(|warning| line("warning", warning)));
    lines
}

fn last_run(run: &LastRun) -> String {
    let did = run.failed.as_ref().map_or_else(
        || {
            format!(
                "{} added, {} changed, {} removed, {} unchanged, {} skipped",
                run.added, run.changed, run.removed, run.unchanged, run.skipped
            )
        },
        |why| format!("failed: {why}"),
    );
    format!("{}, {:.1} s: {did}", run.ended, run.seconds)
}

fn line(name: &str, value: &str) -> String {
    format!("{name:<10} {}", harmless_line(value))
}

#[expect(clippy::cast_precision_loss, reason = "one decimal of megabytes is shown")]
fn megabytes(bytes: u64) -> f64 {
    bytes as f64 / f64::from(1 << 20)
}

/// Bytes of all files below a folder, and when the latest commit was written.
fn disk_use(dir: &Path) -> (u64, Option<SystemTime>) {
    let (mut bytes, mut latest) = (0, None);
    for entry in fs::read_dir(dir).into_iter().flatten().flatten() {
        let Ok(metadata) = entry.metadata() else { continue };
        let is_commit = entry.file_name() == "meta.json";
        let (size, time) = if metadata.is_dir() {
            disk_use(&entry.path())
        } else {
            (metadata.len(), metadata.modified().ok().filter(|_| is_commit))
        };
        bytes += size;
        latest = latest.max(time);
    }
    (bytes, latest)
}
