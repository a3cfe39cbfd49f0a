//! What a run of `index` did, for people and for programs.

use std::path::Path;
use std::time::Duration;

use chapeau_document::FileStatus;
use chapeau_index::{Change, LastRun, Searcher, SourceRecord, Step};
use serde::Serialize;

use crate::Exit;
use crate::args::ReportFormat;
use crate::print::{self, Output};

/// The counts of one run. The field names are part of the contract.
#[derive(Debug, Default, Serialize)]
pub(super) struct Report {
    /// Sources that were not there before, and were read.
    pub(super) added: usize,
    /// Sources that were read again.
    pub(super) changed: usize,
    /// Sources that are gone.
    pub(super) removed: usize,
    /// Sources left as they were, those skipped by an earlier run included.
    pub(super) unchanged: usize,
    /// Sources that this run could not read.
    pub(super) skipped: Vec<Skipped>,
    /// What else the user should know.
    pub(super) warnings: Vec<String>,
    /// Documents in the index.
    pub(super) documents: u64,
    /// Clauses in the index.
    pub(super) clauses: u64,
    /// Sources in the index that could not be read, now or earlier.
    pub(super) unreadable: u64,
    /// Wall time of the run.
    pub(super) seconds: f64,
}

/// A source that could not be read.
#[derive(Debug, Serialize)]
pub(crate) struct Skipped {
    pub(crate) path: String,
    pub(crate) status: FileStatus,
    pub(crate) reason: String,
}

impl Skipped {
    /// `None` for a source that was read.
    pub(crate) fn of(record: &SourceRecord) -> Option<Self> {
        (record.status != FileStatus::Ok).then(|| Self {
            path: record.path.clone(),
            status: record.status,
            reason: record.reason.clone().unwrap_or_default(),
        })
    }

    /// One line for people.
    pub(crate) fn line(&self) -> String {
        print::harmless_line(&format!("{}: {}: {}", self.path, self.status, self.reason))
    }
}

impl Report {
    /// Counts a source; says whether it was skipped.
    pub(super) fn count(&mut self, record: &SourceRecord, change: Change) -> bool {
        let skipped = Skipped::of(record);
        let failed = skipped.is_some();
        match skipped {
            Some(skipped) => self.skipped.push(skipped),
            None if matches!(change, Change::New | Change::Anew) => self.added += 1,
            None => self.changed += 1,
        }
        let page = |page: Option<u32>| page.map_or_else(String::new, |page| format!(" page {page}:"));
        let warnings = record.warnings.iter();
        self.warnings
            .extend(warnings.map(|note| format!("{}:{} {}", record.path, page(note.page), note.message)));
        failed
    }

    /// Adds what the index holds after the run.
    pub(super) fn with_totals(mut self, dir: &Path) -> anyhow::Result<Self> {
        let totals = Searcher::open(dir)?.totals()?;
        self.documents = totals.documents;
        self.clauses = totals.clauses;
        self.unreadable = totals.unreadable;
        Ok(self)
    }

    /// Whether the run did anything.
    pub(super) fn is_worth_telling(&self) -> bool {
        self.added + self.changed + self.removed + self.skipped.len() > 0
    }

    /// Prints it; says how the command ends.
    pub(super) fn print(&self, format: ReportFormat, dir: &Path) -> anyhow::Result<Exit> {
        let mut out = Output::stdout();
        match format {
            ReportFormat::Json => out.json(self)?,
            ReportFormat::Text => {
                for warning in &self.warnings {
                    print::warning(warning);
                }
                for line in self.lines(dir) {
                    out.line(&line)?;
                }
            }
        }
        out.finish()?;
        Ok(if self.skipped.is_empty() { Exit::Done } else { Exit::Skipped })
    }

    /// The short form, for an index that is built on the way to something else.
    pub(super) fn print_to_stderr(&self) {
        print::note(&format!("indexed {} documents, {} clauses", self.documents, self.clauses));
        for skipped in &self.skipped {
            print::warning(&format!("skipped {}", skipped.line()));
        }
    }

    fn lines(&self, dir: &Path) -> Vec<String> {
        let mut lines = vec![format!(
            "{} added, {} changed, {} removed, {} unchanged, {} skipped, in {:.1} s",
            self.added,
            self.changed,
            self.removed,
            self.unchanged,
            self.skipped.len(),
            self.seconds
        )];
        lines.extend(self.skipped.iter().map(|skipped| format!("skipped {}", skipped.line())));
        let before = self.unreadable.saturating_sub(self.skipped.len() as u64);
        if before > 0 {
            lines.push(format!("{before} more could not be read by earlier runs: see `chapeau status`"));
        }
        let dir = print::harmless_line(&dir.to_string_lossy());
        lines.push(format!("{} documents, {} clauses in {dir}", self.documents, self.clauses));
        lines
    }
}

/// How a run ended, for the record.
pub(super) fn last_run(outcome: &anyhow::Result<Report>, took: Duration) -> LastRun {
    let ended = format!("{:.0}", jiff::Timestamp::now());
    let run = LastRun { ended, seconds: took.as_secs_f64(), ..LastRun::default() };
    match outcome {
        Ok(report) => LastRun {
            added: report.added,
            changed: report.changed,
            removed: report.removed,
            unchanged: report.unchanged,
            skipped: report.skipped.len(),
            ..run
        },
        Err(error) => LastRun { failed: Some(format!("{error:#}")), ..run },
    }
}

/// What is to be done, a line each.
pub(super) fn to_do(steps: &[Step]) -> Vec<String> {
    let other = steps.iter().filter(|step| !step.change.is_none());
    other.map(|step| format!("{} {} ({})", verb(step.change), step.path, step.reason)).collect()
}

/// Says what would be done, without doing it.
pub(super) fn dry_run(steps: &[Step], format: ReportFormat) -> anyhow::Result<Exit> {
    let mut out = Output::stdout();
    let (same, other): (Vec<&Step>, Vec<&Step>) = steps.iter().partition(|step| step.change.is_none());
    match format {
        ReportFormat::Json => {
            let steps: Vec<_> = other.iter().map(|step| Planned::of(step)).collect();
            out.json(&steps)?;
        }
        ReportFormat::Text => {
            for line in to_do(steps) {
                out.line(&print::harmless_line(&line))?;
            }
            out.line(&format!("{} to do, {} unchanged", other.len(), same.len()))?;
        }
    }
    out.finish()?;
    Ok(Exit::Done)
}

#[derive(Serialize)]
struct Planned<'a> {
    path: &'a str,
    action: &'static str,
    reason: &'a str,
}

impl<'a> Planned<'a> {
    fn of(step: &'a Step) -> Self {
        Self { path: &step.path, action: verb(step.change), reason: &step.reason }
    }
}

fn verb(change: Change) -> &'static str {
    match change {
        Change::Unchanged | Change::Touched => "keep",
        Change::New => "add",
        Change::Renamed => "rename",
        Change::Changed
        | Change::MetadataChanged
        | Change::ExtractorNewer
        | Change::Anew
        | Change::Parted => "read again",
        Change::Retry => "try again",
        Change::Gone => "remove",
    }
}
