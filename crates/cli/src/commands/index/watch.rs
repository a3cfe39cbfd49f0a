//! `index --watch`: runs the job again whenever the sources change, once they are quiet.
//!
//! The system's word that something changed only wakes the job, which then looks at all sources
//! as any other run does: an event that is lost or doubled costs time, never a document.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use notify::event::{AccessKind, AccessMode};
use notify::{Config, Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use super::{Job, run_job};
use crate::args::ReportFormat;
use crate::{Exit, print};

/// Without events for so long, whoever writes has ended: an editor that saves writes, renames and
/// touches within milliseconds, a copy writes all the time.
const QUIET: Duration = Duration::from_secs(1);
/// Changes that never pause are looked at after so long.
const MOST_PATIENCE: Duration = Duration::from_secs(30);
/// Shares tell nothing of what other machines change: all is looked at this often in any case.
const RESCAN_EVERY: Duration = Duration::from_secs(300);
/// After a run that failed, which another job may have caused.
const RETRY_AFTER: Duration = Duration::from_secs(10);

/// Runs a first job, and then `next` ones for as long as the process lives.
pub(super) fn watch(
    first: Job,
    sources: &[PathBuf],
    next: impl Fn() -> anyhow::Result<Job>,
    format: ReportFormat,
) -> anyhow::Result<Exit> {
    // Before the first run: what changes during it is seen.
    let (_watcher, events) = start(sources, &first.dir)?;
    run_job(&first)?.print(format, &first.dir)?;
    drop(first);
    print::note("watching for changes");
    let mut wait = RESCAN_EVERY;
    loop {
        wait_for_changes(&events, wait)?;
        wait = match next().and_then(|job| Ok((run_job(&job)?, job))) {
            Ok((report, job)) => {
                if report.is_worth_telling() {
                    report.print(format, &job.dir)?;
                }
                RESCAN_EVERY
            }
            Err(error) => {
                print::error(&error);
                RETRY_AFTER
            }
        };
    }
}

fn start(sources: &[PathBuf], index: &Path) -> anyhow::Result<(RecommendedWatcher, Receiver<()>)> {
    let index = std::path::absolute(index).unwrap_or_else(|_| index.to_owned());
    let (changed, events) = mpsc::channel();
    let tell = move |event: notify::Result<Event>| {
        // An error may hide an event. Nobody is there to be told once the receiver is gone.
        if event.map_or(true, |event| concerns_sources(&event, &index)) {
            let _ = changed.send(());
        }
    };
    let config = Config::default().with_follow_symlinks(false);
    let mut watcher = RecommendedWatcher::new(tell, config).context("cannot watch folders here")?;
    for source in sources {
        // A file that an editor replaces is another one: its folder is watched.
        let (place, mode) = if source.is_dir() {
            (source.as_path(), RecursiveMode::Recursive)
        } else {
            (folder_of(source), RecursiveMode::NonRecursive)
        };
        let place = std::path::absolute(place).context("cannot tell the working folder")?;
        watcher.watch(&place, mode).with_context(|| format!("cannot watch {}", place.display()))?;
    }
    Ok((watcher, events))
}

fn folder_of(file: &Path) -> &Path {
    file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Reading is no change, and what the job itself writes must not wake it.
fn concerns_sources(event: &Event, index: &Path) -> bool {
    let is_reading = matches!(event.kind, EventKind::Access(_))
        && event.kind != EventKind::Access(AccessKind::Close(AccessMode::Write));
    let of_index = !event.paths.is_empty() && event.paths.iter().all(|path| path.starts_with(index));
    !is_reading && !of_index
}

/// Returns once something changed and then was quiet, or when it is time to look anyway.
fn wait_for_changes(events: &Receiver<()>, wait: Duration) -> anyhow::Result<()> {
    match events.recv_timeout(wait) {
        Ok(()) => {}
        Err(RecvTimeoutError::Timeout) => return Ok(()),
        Err(RecvTimeoutError::Disconnected) => bail!("the system no longer tells of changes"),
    }
    let started = Instant::now();
    while started.elapsed() < MOST_PATIENCE && events.recv_timeout(QUIET).is_ok() {}
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(kind: EventKind, paths: &[&str], expected: bool) {
        let event = paths.iter().fold(Event::new(kind), |event, path| event.add_path(PathBuf::from(path)));
        assert_eq!(concerns_sources(&event, Path::new("/index")), expected, "{event:?}");
    }

    #[test]
    fn only_changes_of_sources_wake_the_job() {
        let written = EventKind::Access(AccessKind::Close(AccessMode::Write));
        check(written, &["/corpus/a.txt"], true);
        check(EventKind::Access(AccessKind::Open(AccessMode::Read)), &["/corpus/a.txt"], false);
        check(EventKind::Modify(notify::event::ModifyKind::Any), &["/corpus/a.txt"], true);
        check(written, &["/index/gen-1/meta.json"], false);
        check(written, &["/index/gen-1/meta.json", "/corpus/a.txt"], true);
        check(EventKind::Other, &[], true);
    }
}
