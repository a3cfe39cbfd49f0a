//! The parent's side: workers that wait for work, and what becomes of one that fails.

use std::os::fd::OwnedFd;
use std::os::unix::net::UnixStream;
use std::os::unix::process::ExitStatusExt;
use std::process::{Command, ExitStatus, Stdio};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use chapeau_document::FileStatus;
use chapeau_ingest::{Drawing, Failure, Options, Reading, Scan, Source};
use rustix::process::Pid;
use serde::de::DeserializeOwned;

use super::frame::{Fault, receive, send};
use super::process::Process;
use super::{MAX_ADDRESS_SPACE, MAX_ANSWER_BYTES, Request, SUBCOMMAND, Task, time_for};

/// This very binary, even where the file has been replaced since it was started.
pub(super) const OURSELVES: &str = "/proc/self/exe";

/// Workers that wait for work. As many exist as threads ask at once; all end with the pool.
#[derive(Debug)]
pub(crate) struct Pool {
    /// The program of a worker, with its arguments.
    command: &'static [&'static str],
    /// The time that a source of so many bytes may take.
    time_for: fn(usize) -> Duration,
    idle: Mutex<Vec<Worker>>,
}

impl Default for Pool {
    fn default() -> Self {
        Self { command: &[OURSELVES, SUBCOMMAND], time_for, idle: Mutex::default() }
    }
}

/// One child process and the socket to it.
#[derive(Debug)]
struct Worker {
    process: Process,
    socket: UnixStream,
    used: bool,
}

impl Pool {
    /// Workers that have this time for any source: somebody waits for the answer.
    pub(crate) fn within(time_for: fn(usize) -> Duration) -> Self {
        Self { time_for, ..Self::default() }
    }

    /// Reads a source in a worker. A worker that dies or hangs costs this source only.
    pub(crate) fn read(&self, source: &Source<'_>, options: &Options) -> Result<Reading, Failure> {
        self.ask(Task::Read, source, options)
    }

    /// Draws a page of a source in a worker.
    pub(crate) fn draw(&self, source: &Source<'_>, page: u32) -> Result<Drawing, Failure> {
        self.ask(Task::Draw(page), source, &Options::default())
    }

    /// Draws a page of a source for recognition in a worker.
    pub(crate) fn scan(&self, source: &Source<'_>, page: u32, options: &Options) -> Result<Scan, Failure> {
        self.ask(Task::Scan(page), source, options)
    }

    fn ask<T: DeserializeOwned>(
        &self,
        task: Task,
        source: &Source<'_>,
        options: &Options,
    ) -> Result<T, Failure> {
        let time = (self.time_for)(source.bytes.len());
        let mut worker = self.idle_worker().map_or_else(|| Worker::start(self.command), Ok)?;
        let outcome = worker.ask(task, source, options, time);
        // A worker may have died while it waited, or of the files before: not this one's fault.
        let again = worker.used && matches!(outcome, Err(Fault::Closed | Fault::Io(_)));
        if again {
            worker = Worker::start(self.command)?;
        }
        match if again { worker.ask(task, source, options, time) } else { outcome } {
            Ok(answer) => {
                worker.used = true;
                self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(worker);
                answer
            }
            Err(fault) => Err(post_mortem(&mut worker.process, &fault, time)),
        }
    }

    fn idle_worker(&self) -> Option<Worker> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop()
    }
}

impl Worker {
    fn start(command: &[&str]) -> Result<Self, Failure> {
        let (socket, its_end) = UnixStream::pair().map_err(|error| no_worker(&error))?;
        let child = Command::new(command[0])
            .args(&command[1..])
            .env_clear()
            .current_dir("/")
            .stdin(Stdio::from(OwnedFd::from(its_end)))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| no_worker(&error))?;
        Ok(Self { process: Process::new(Pid::from_child(&child)), socket, used: false })
    }

    fn ask<T: DeserializeOwned>(
        &mut self,
        task: Task,
        source: &Source<'_>,
        options: &Options,
        time: Duration,
    ) -> Result<Result<T, Failure>, Fault> {
        let deadline = Some(Instant::now() + time);
        let request = Request {
            task,
            path: source.path.to_owned(),
            given: source.given.to_vec(),
            options: options.clone(),
            seconds: time.as_secs(),
        };
        let head = postcard::to_stdvec(&request).map_err(|_| Fault::Nonsense)?;
        send(&self.socket, &head, deadline)?;
        send(&self.socket, source.bytes, deadline)?;
        let answer = receive(&self.socket, MAX_ANSWER_BYTES, deadline)?;
        postcard::from_bytes(&answer).map_err(|_| Fault::Nonsense)
    }
}

/// Why there is no worker.
pub(super) fn no_worker(error: &std::io::Error) -> Failure {
    Failure::new(FileStatus::Unreadable, format!("no worker process could be started: {error}"))
}

/// Why a worker failed on a source.
pub(super) fn post_mortem(process: &mut Process, fault: &Fault, time: Duration) -> Failure {
    let seconds = time.as_secs();
    match fault {
        Fault::TimedOut => Failure::new(FileStatus::TimedOut, format!("not read within {seconds} seconds")),
        Fault::TooLong => Failure::new(
            FileStatus::TooLarge,
            format!("more than {} MB of text and clauses", MAX_ANSWER_BYTES >> 20),
        ),
        Fault::Io(error) => Failure::new(FileStatus::Damaged, format!("the worker was lost: {error}")),
        Fault::Nonsense => Failure::new(FileStatus::Damaged, "the worker's answer made no sense"),
        // Its socket is closed, so it is ending by itself: its own end is the one to report.
        Fault::Closed => process.end().map_or_else(
            || Failure::new(FileStatus::Damaged, "the worker stopped answering"),
            |status| death(status, seconds),
        ),
    }
}

fn death(status: ExitStatus, seconds: u64) -> Failure {
    let megabytes = MAX_ADDRESS_SPACE >> 20;
    match status.signal() {
        Some(libc::SIGXCPU) => {
            Failure::new(FileStatus::TimedOut, format!("more than {seconds} seconds of processor time"))
        }
        // Panics are caught in the worker; what is left to abort it is memory, or the stack.
        Some(libc::SIGABRT) => Failure::new(
            FileStatus::TooLarge,
            format!("needs more than the {megabytes} MB that a worker may use, or nests too deeply"),
        ),
        Some(libc::SIGKILL) => Failure::new(
            FileStatus::TooLarge,
            "the system ended the worker, most likely for want of memory".to_owned(),
        ),
        Some(signal) => Failure::new(FileStatus::Damaged, format!("the worker died of signal {signal}")),
        None => Failure::new(FileStatus::Damaged, format!("the worker ended with {status}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A worker that is this shell script instead, with two seconds for every source.
    fn check(command: &'static [&'static str], expected: &str) {
        let pool = Pool { command, time_for: |_| Duration::from_secs(2), idle: Mutex::default() };
        let source = Source { path: "a.pdf", bytes: b"%PDF", given: &[] };
        let failure = pool.read(&source, &Options::default()).expect_err("no script can read");
        assert_eq!(failure.to_string(), expected);
        assert!(pool.idle_worker().is_none(), "a worker that failed is not used again");
    }

    #[test]
    fn a_worker_that_dies_costs_its_file_only() {
        check(&["/bin/sh", "-c", "exit 3"], "damaged: the worker ended with exit status: 3");
        check(&["/bin/sh", "-c", "kill -SEGV $$"], "damaged: the worker died of signal 11");
    }

    #[test]
    fn its_limits_have_a_status_of_their_own() {
        check(&["/bin/sh", "-c", "kill -XCPU $$"], "timed out: more than 2 seconds of processor time");
        check(
            &["/bin/sh", "-c", "kill -ABRT $$"],
            "too large: needs more than the 1536 MB that a worker may use, or nests too deeply",
        );
    }

    #[test]
    fn a_worker_that_hangs_is_ended() {
        check(&["/bin/sh", "-c", "exec /bin/sleep 600"], "timed out: not read within 2 seconds");
    }

    #[test]
    fn an_answer_that_makes_no_sense_is_none() {
        check(
            &["/bin/sh", "-c", "printf '\\003\\000\\000\\000\\377\\377\\377' >&0; exec /bin/sleep 600"],
            "damaged: the worker's answer made no sense",
        );
        check(
            &["/bin/sh", "-c", "printf '\\377\\377\\377\\377' >&0; exec /bin/sleep 600"],
            "too large: more than 256 MB of text and clauses",
        );
    }

    #[test]
    fn a_program_that_cannot_be_started_is_named_as_the_cause() {
        check(
            &["/nowhere/chapeau"],
            "unreadable: no worker process could be started: No such file or directory (os error 2)",
        );
    }
}
