//! The parent's side: workers that wait for work, and what becomes of one that fails.

use std::os::fd::OwnedFd;
use std::os::unix::net::UnixStream;
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use chapeau_document::FileStatus;
use chapeau_ingest::{Failure, Options, Reading, Source};

use super::frame::{Fault, receive, send};
use super::{MAX_ADDRESS_SPACE, MAX_ANSWER_BYTES, Request, SUBCOMMAND, time_for};

/// This very binary, even where the file has been replaced since it was started.
const OURSELVES: &str = "/proc/self/exe";

/// Workers that wait for work. As many exist as threads ask at once; all end with the pool.
#[derive(Debug, Default)]
pub(crate) struct Pool {
    idle: Mutex<Vec<Worker>>,
}

/// One child process and the socket to it. Killed and waited for when dropped.
#[derive(Debug)]
struct Worker {
    child: Child,
    socket: UnixStream,
    used: bool,
}

impl Pool {
    /// Reads a source in a worker. A worker that dies or hangs costs this source only.
    pub(crate) fn read(&self, source: &Source<'_>, options: &Options) -> Result<Reading, Failure> {
        let mut worker = self.idle_worker().map_or_else(Worker::start, Ok)?;
        let outcome = worker.read(source, options);
        // A worker may have died while it waited, or of the files before: not this one's fault.
        let again = worker.used && matches!(outcome, Err(Fault::Closed | Fault::Io(_)));
        if again {
            worker = Worker::start()?;
        }
        match if again { worker.read(source, options) } else { outcome } {
            Ok(answer) => {
                worker.used = true;
                self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(worker);
                answer
            }
            Err(fault) => Err(worker.post_mortem(&fault, source)),
        }
    }

    fn idle_worker(&self) -> Option<Worker> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop()
    }
}

impl Worker {
    fn start() -> Result<Self, Failure> {
        let no_worker = |error: std::io::Error| {
            Failure::new(FileStatus::Unreadable, format!("no worker process could be started: {error}"))
        };
        let (socket, its_end) = UnixStream::pair().map_err(no_worker)?;
        let child = Command::new(OURSELVES)
            .arg0("chapeau")
            .arg(SUBCOMMAND)
            .env_clear()
            .current_dir("/")
            .stdin(Stdio::from(OwnedFd::from(its_end)))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .map_err(no_worker)?;
        Ok(Self { child, socket, used: false })
    }

    fn read(&mut self, source: &Source<'_>, options: &Options) -> Result<Result<Reading, Failure>, Fault> {
        let time = time_for(source.bytes.len());
        let deadline = Some(Instant::now() + time);
        let request = Request {
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

    /// Ends a worker that failed on a source, and says why it did.
    fn post_mortem(mut self, fault: &Fault, source: &Source<'_>) -> Failure {
        let seconds = time_for(source.bytes.len()).as_secs();
        match fault {
            Fault::TimedOut => {
                Failure::new(FileStatus::TimedOut, format!("not read within {seconds} seconds"))
            }
            Fault::TooLong => Failure::new(
                FileStatus::TooLarge,
                format!("more than {} MB of text and clauses", MAX_ANSWER_BYTES >> 20),
            ),
            Fault::Io(error) => Failure::new(FileStatus::Damaged, format!("the worker was lost: {error}")),
            Fault::Nonsense => Failure::new(FileStatus::Damaged, "the worker's answer made no sense"),
            // Its socket is closed, so it is ending by itself: its own end is the one to report.
            Fault::Closed => self.end().map_or_else(
                || Failure::new(FileStatus::Damaged, "the worker stopped answering"),
                |status| death(status, seconds),
            ),
        }
    }

    /// How it ended; `None` if it does not end within a second although its socket is closed.
    fn end(&mut self) -> Option<ExitStatus> {
        (0..100).find_map(|_| {
            thread::sleep(Duration::from_millis(10));
            self.child.try_wait().ok().flatten()
        })
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        // Both fail only where the process has been waited for already.
        let _ = self.child.kill();
        let _ = self.child.wait();
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
