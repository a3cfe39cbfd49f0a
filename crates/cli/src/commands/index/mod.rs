//! `index`: brings the index up to date with the sources.
//!
//! What is to be done is planned from what the index itself says it holds, so a run that was
//! killed needs no repair: the next one does what is left.

mod given;
mod ignored;
mod in_order;
mod report;
mod sources;
mod stamp;
mod watch;

use std::collections::{HashMap, HashSet};
use std::panic::{self, AssertUnwindSafe};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use chapeau_document::{Date, FileStatus};
use chapeau_index::{
    Change, Error, Found, Note, PlanOptions, Prepared, Retry, Searcher, Shard, SourceRecord, Step, Writer,
    WriterOptions,
};
use chapeau_ingest::{EXTRACTOR_VERSION, Failure, Options, Source};

use self::in_order::in_order;
use self::report::Report;
pub(crate) use self::report::Skipped;
use self::sources::{SourceFile, Sources};
use crate::args::{self, DEFAULT_CORPUS, DEFAULT_INDEX};
use crate::print;
use crate::recognition::{self, Recognition};
use crate::worker::Pool;
use crate::{Exit, reading};

/// Bytes of sources that are read ahead of the one that is being written. Analysed documents
/// take about ten times the bytes of their text; with this the whole stays under 600 MB.
const READ_AHEAD_BYTES: u64 = 8 << 20;
/// A killed run loses at most the work of so long. Each commit makes a segment to be merged.
const COMMIT_EVERY: Duration = Duration::from_secs(15);

/// Why all is read again by `--rebuild`, as a plan says it.
const ASKED_FOR: &str = "the index is built anew, as asked for";

/// What a rebuild of a damaged index costs.
const FORGOTTEN: &str =
    "the index was damaged: ids and the days on which clauses were first seen are given anew";

/// What the arguments come to.
#[derive(Debug)]
struct Job {
    dir: PathBuf,
    found: Sources,
    rebuild: bool,
    retry: Retry,
    reading: Options,
    recognition: Recognition,
    fail_fast: bool,
    allow_removal: bool,
    shard: Shard,
    keep_changes: Option<u16>,
    n_threads: usize,
}

/// Runs the command.
pub(crate) fn run(args: &args::Index) -> anyhow::Result<Exit> {
    let sources =
        if args.sources.is_empty() { vec![PathBuf::from(DEFAULT_CORPUS)] } else { args.sources.clone() };
    let job = Job {
        rebuild: args.rebuild,
        retry: retry(args),
        reading: Options { passwords: reading::passwords(&args.passwords)?, ..Options::default() },
        recognition: recognition(args)?,
        fail_fast: args.fail_fast,
        allow_removal: args.allow_removal,
        keep_changes: args.keep_changes,
        n_threads: job_threads(args),
        ..Job::new(&args.index.resolved(), &sources)?.share(args.shard)
    };
    if args.dry_run {
        let (known, anew) = known(&job.dir, job.rebuild)?;
        let steps = job.plan(&known, anew);
        if let Some(refusal) = refusal(&job, &steps) {
            print::warning(&refusal);
        }
        return report::dry_run(&steps, args.format);
    }
    if args.watch {
        let reading = job.reading.clone();
        let next = || {
            let job = Job::new(&args.index.resolved(), &sources)?.share(args.shard);
            let recognition = recognition(args)?;
            let (reading, keep_changes) = (reading.clone(), args.keep_changes);
            let allow_removal = args.allow_removal;
            Ok(Job { n_threads: job_threads(args), reading, recognition, keep_changes, allow_removal, ..job })
        };
        return watch::watch(job, &sources, next, args.format);
    }
    run_job(&job)?.print(args.format, &job.dir)
}

fn recognition(args: &args::Index) -> anyhow::Result<Recognition> {
    let wanted = Recognition::wanted(args.ocr.ocr, &args.ocr.languages)?;
    Ok(wanted.kept_in(recognised(&args.index.resolved())))
}

/// Where an index keeps what was recognised; its name is hidden, as that of all that is no index.
fn recognised(dir: &Path) -> PathBuf {
    let dir = if chapeau_index::address(dir).is_some() { Path::new(DEFAULT_INDEX) } else { dir };
    dir.join(".recognised")
}

/// Forgets what was recognised of sources that are gone.
fn forget_recognised(dir: &Path) -> anyhow::Result<()> {
    let folder = recognised(dir);
    if !folder.is_dir() {
        return Ok(());
    }
    let (sources, _) = known(dir, false)?;
    let digests: HashSet<&str> = sources.iter().map(|source| source.digest.as_str()).collect();
    // A source that is away for a moment has no digest, and may come back.
    if !digests.contains("") {
        recognition::forget_others(&folder, |digest| digests.contains(digest));
    }
    Ok(())
}

fn job_threads(args: &args::Index) -> usize {
    args.jobs.map_or_else(n_processors, usize::from)
}

/// Carries a job out and leaves on record how it ended.
fn run_job(job: &Job) -> anyhow::Result<Report> {
    let started = Instant::now();
    let outcome = bring_up_to_date(job).map(|mut report| {
        report.seconds = started.elapsed().as_secs_f64();
        report
    });
    let was_refused = outcome.as_ref().is_err_and(|error| {
        matches!(error.downcast_ref(), Some(Error::Locked { .. } | Error::Foreign { .. }))
    });
    if !was_refused && job.dir.is_dir() {
        // A folder that cannot be written to still answers; that is all that was asked of it.
        let _ = report::last_run(&outcome, started.elapsed()).write(&job.dir);
    }
    outcome
}

/// Builds a missing index on the default paths, and says so.
pub(crate) fn build_default(dir: &Path) -> anyhow::Result<()> {
    let corpus = PathBuf::from(DEFAULT_CORPUS);
    print::note(&format!("no index at {} yet: building it from {}", dir.display(), corpus.display()));
    let report = run_job(&Job::new(dir, &[corpus])?)?;
    report.print_to_stderr();
    Ok(())
}

/// What a run over these sources would do, a line each.
pub(crate) fn differences(dir: &Path, sources: &[PathBuf]) -> anyhow::Result<Vec<String>> {
    let job = Job::new(dir, sources)?;
    let (known, anew) = known(dir, false)?;
    Ok(report::to_do(&job.plan(&known, anew)))
}

/// Whoever gives passwords wants the locked files tried again.
fn retry(args: &args::Index) -> Retry {
    match () {
        () if args.retry_failed => Retry::Failed,
        () if args.passwords.password_file.is_some() => Retry::Locked,
        () => Retry::Nothing,
    }
}

fn n_processors() -> usize {
    thread::available_parallelism().map_or(1, usize::from)
}

/// What the index holds already, and why it is to be built anew, if it is.
fn known(dir: &Path, rebuild: bool) -> anyhow::Result<(Vec<SourceRecord>, Option<&'static str>)> {
    match chapeau_index::manifest(dir) {
        Ok((sources, None)) => Ok((sources, rebuild.then_some(ASKED_FOR))),
        Ok((sources, older)) => Ok((sources, older)),
        Err(Error::Missing(_)) => Ok((Vec::new(), None)),
        Err(_) if rebuild => Ok((Vec::new(), Some(ASKED_FOR))),
        Err(error) => Err(error.into()),
    }
}

fn bring_up_to_date(job: &Job) -> anyhow::Result<Report> {
    let mut report = Report { warnings: job.found.warnings.clone(), ..Report::default() };
    if job.is_up_to_date()? {
        report.unchanged = job.found.files.len();
        return report.with_totals(&job.dir);
    }
    let threads = job.n_threads.min(4);
    let options = WriterOptions { threads, shard: job.shard, ..WriterOptions::default() };
    let mut writer =
        if job.rebuild { Writer::rebuild(&job.dir, options)? } else { Writer::open(&job.dir, options)? };
    job.keep_changes.into_iter().for_each(|days| writer.keep_changes(days));
    if writer.has_forgotten() {
        report.warnings.push(FORGOTTEN.to_owned());
    }
    let steps = job.plan(&writer.sources(), writer.is_anew().then_some(ASKED_FOR));
    if let Some(refusal) = refusal(job, &steps) {
        bail!(refusal);
    }
    let outcome = carry_out(job, &steps, &mut writer, &mut report);
    // What was read before a failure is kept: the next run need not read it again.
    if outcome.is_err() && job.rebuild {
        return Err(outcome.expect_err("it is an error"));
    }
    writer.finish().context("cannot finish the index")?;
    outcome?;
    forget_recognised(&job.dir)?;
    report.with_totals(&job.dir)
}

/// Why a plan is not carried out, if it is not: a share that is not mounted looks like a corpus that is gone,
/// and must not empty the index.
fn refusal(job: &Job, steps: &[Step]) -> Option<String> {
    if job.allow_removal || !chapeau_index::takes_most(steps) {
        return None;
    }
    let n_gone = steps.iter().filter(|step| step.change == Change::Gone).count();
    Some(format!(
        "{n_gone} of {} sources are gone, which looks like a folder that is away: nothing is changed (--allow-removal removes them)",
        steps.len()
    ))
}

impl Job {
    /// A plain run over these sources.
    fn new(dir: &Path, sources: &[PathBuf]) -> anyhow::Result<Self> {
        Ok(Self {
            dir: dir.to_owned(),
            found: sources::find(sources, dir)?,
            rebuild: false,
            retry: Retry::Nothing,
            reading: Options::default(),
            recognition: Recognition::default().kept_in(recognised(dir)),
            fail_fast: false,
            allow_removal: false,
            shard: Shard::WHOLE,
            keep_changes: None,
            n_threads: n_processors(),
        })
    }

    /// The same over one share of the sources.
    fn share(mut self, shard: Option<Shard>) -> Self {
        self.shard = shard.unwrap_or_default();
        self.found.files.retain(|file| self.shard.has(&file.path));
        self
    }

    /// Whether an index is there and nothing is to be done; it is then not even opened to write.
    fn is_up_to_date(&self) -> anyhow::Result<bool> {
        let Some(searcher) = Searcher::open(&self.dir).ok().filter(|_| !self.rebuild) else {
            return Ok(false);
        };
        // A journal that is damaged is begun again.
        if !searcher.has_sound_journal() {
            return Ok(false);
        }
        let (known, anew) = known(&self.dir, false)?;
        let steps = self.plan(&known, anew);
        Ok(steps.iter().all(|step| step.change == Change::Unchanged))
    }

    fn plan(&self, known: &[SourceRecord], anew: Option<&'static str>) -> Vec<Step> {
        let found: Vec<Found> = self.found.files.iter().map(as_found).collect();
        let files = self.files_by_path();
        let closed = self.found.closed.clone();
        let options = PlanOptions { extractor: EXTRACTOR_VERSION, retry: self.retry, anew, closed };
        let mut digests: HashMap<String, Option<String>> = HashMap::new();
        // What others take care of is neither gone nor ours to judge.
        let is_ours = |source: &&SourceRecord| self.shard.has(&source.path);
        let ours: Vec<SourceRecord> = known.iter().filter(is_ours).cloned().collect();
        let mut steps = chapeau_index::plan(&found, &ours, options, |path| {
            let of_file = || Some(digest(&files.get(path)?.bytes().ok()?));
            digests.entry(path.to_owned()).or_insert_with(of_file).clone()
        });
        if self.recognition.is_able() {
            plan_recognition(&mut steps, known);
        }
        steps
    }

    /// The files that a plan says are to be read, in its order.
    fn to_read<'a>(&'a self, steps: &'a [Step]) -> Vec<(&'a SourceFile, &'a Step)> {
        let files = self.files_by_path();
        steps
            .iter()
            .filter(|step| step.change != Change::Gone && !step.change.is_none())
            .filter_map(|step| Some((*files.get(step.path.as_str())?, step)))
            .collect()
    }

    fn files_by_path(&self) -> HashMap<&str, &SourceFile> {
        self.found.files.iter().map(|file| (file.path.as_str(), file)).collect()
    }
}

/// Sources are read again whose text was only drawn, now that somebody can recognise it.
fn plan_recognition(steps: &mut [Step], known: &[SourceRecord]) {
    let drawn = known.iter().filter(|record| record.recognisable);
    let drawn: HashSet<&str> = drawn.map(|record| record.path.as_str()).collect();
    for step in steps.iter_mut().filter(|step| step.change.is_none() && drawn.contains(step.path.as_str())) {
        step.change = Change::Retry;
        "some of its text is only drawn, and can be recognised now".clone_into(&mut step.reason);
    }
}

fn as_found(file: &SourceFile) -> Found {
    Found {
        path: file.path.clone(),
        size: file.stamp.size,
        modified: file.stamp.modified,
        given: given_digest(file),
    }
}

fn given_digest(file: &SourceFile) -> Option<String> {
    let said: String = file.given.iter().map(|(field, value)| format!("{field}\0{value}\0")).collect();
    (!said.is_empty()).then(|| digest(said.as_bytes()))
}

fn digest(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex().to_string()
}

/// A source as read, ready for the writer.
struct Ready {
    record: SourceRecord,
    documents: Prepared,
    change: Change,
    from: Option<String>,
}

fn carry_out(job: &Job, steps: &[Step], writer: &mut Writer, report: &mut Report) -> anyhow::Result<()> {
    writer.expect(steps.iter().filter(|step| !step.change.is_none()).map(|step| step.path.as_str()));
    writer.expect(steps.iter().filter_map(|step| step.from.as_deref()));
    for step in steps.iter().filter(|step| step.change == Change::Gone) {
        writer.remove(&step.path)?;
        report.removed += 1;
    }
    report.unchanged = steps.iter().filter(|step| step.change.is_none()).count();
    touch(job, steps, writer)?;
    let to_read = job.to_read(steps);
    let pool = Pool::default();
    let progress = print::Progress::new(to_read.len());
    let mut sink =
        Sink { writer, report, fail_fast: job.fail_fast, today: super::today(), committed: Instant::now() };
    in_order(
        &to_read,
        job.n_threads,
        READ_AHEAD_BYTES,
        |(file, _)| file.stamp.size,
        |(file, step)| read(file, step, job, &pool),
        |ready| {
            progress.step(&ready.record.path);
            sink.take(ready)
        },
    )
}

fn touch(job: &Job, steps: &[Step], writer: &mut Writer) -> anyhow::Result<()> {
    let files = job.files_by_path();
    for step in steps.iter().filter(|step| step.change == Change::Touched) {
        if let Some(file) = files.get(step.path.as_str()) {
            writer.touch(&step.path, file.stamp.modified)?;
        }
    }
    Ok(())
}

/// Where sources go once they are read.
struct Sink<'a> {
    writer: &'a mut Writer,
    report: &'a mut Report,
    fail_fast: bool,
    today: Date,
    committed: Instant,
}

impl Sink<'_> {
    fn take(&mut self, ready: Ready) -> anyhow::Result<()> {
        let failed = self.report.count(&ready.record, ready.change);
        let path = ready.record.path.clone();
        self.put(ready).with_context(|| format!("cannot index {path}"))?;
        if failed && self.fail_fast {
            bail!("stopped at {path}, which could not be read (--fail-fast)");
        }
        if self.committed.elapsed() > COMMIT_EVERY {
            self.writer.commit()?;
            self.committed = Instant::now();
        }
        Ok(())
    }
}

impl Sink<'_> {
    fn put(&mut self, ready: Ready) -> Result<(), Error> {
        if let Some(from) = &ready.from {
            self.writer.rename(from, &ready.record.path)?;
        }
        // A share that is away for a moment must not empty the index. What can be read and makes
        // no document any more (damaged, without text) is another content, and counts.
        let is_away = ready.record.status == FileStatus::Unreadable;
        if is_away && self.writer.keep(ready.record.clone())? {
            return Ok(());
        }
        self.writer.put(ready.record, ready.documents, self.today).map(|_| ())
    }
}

fn read(file: &SourceFile, step: &Step, job: &Job, pool: &Pool) -> Ready {
    let mut record = SourceRecord {
        path: file.path.clone(),
        size: file.stamp.size,
        modified: file.stamp.modified,
        given: given_digest(file),
        extractor: EXTRACTOR_VERSION,
        ..SourceRecord::default()
    };
    // A bug that one source brings to light must not cost the others.
    let outcome = panic::catch_unwind(AssertUnwindSafe(|| read_documents(file, &mut record, job, pool)));
    let documents = outcome.unwrap_or_else(|_| Err(stumbled())).unwrap_or_else(|failure| {
        record.status = failure.status;
        record.reason = Some(failure.reason);
        record.recognisable = failure.recognisable;
        Prepared::default()
    });
    Ready { record, documents, change: step.change, from: step.from.clone() }
}

fn stumbled() -> Failure {
    Failure::new(FileStatus::Damaged, "the reader stumbled over it, which is a fault of the reader")
}

fn read_documents(
    file: &SourceFile,
    record: &mut SourceRecord,
    job: &Job,
    pool: &Pool,
) -> Result<Prepared, Failure> {
    if let Some(failure) = &file.failure {
        return Err(failure.clone());
    }
    // Until it is read whole: what could not be, the next run looks at again.
    record.modified = stamp::UNSETTLED;
    let (bytes, stamp) = stamp::read_whole(file)?;
    (record.size, record.modified) = (stamp.size, stamp.modified);
    record.digest = digest(&bytes);
    let source = Source { path: &file.path, bytes: &bytes, given: &file.given };
    let found = reading::read(&source, &job.reading, &job.recognition, pool)?;
    if found.documents.is_empty() {
        return Err(Failure::new(FileStatus::NoText, "no document was found in it"));
    }
    let note = |warning: chapeau_ingest::Warning| Note { page: warning.page, message: warning.message };
    record.warnings = found.warnings.into_iter().map(note).collect();
    record.recognisable = found.recognisable;
    Ok(chapeau_index::prepare(found.documents))
}
