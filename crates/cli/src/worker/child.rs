//! The worker's side: sets its own limits, then reads what it is sent until its input ends.

use std::any::Any;
use std::io;
use std::os::fd::AsFd;
use std::os::unix::net::UnixStream;
use std::panic::{self, AssertUnwindSafe};
use std::process::ExitCode;
use std::thread;

use chapeau_document::FileStatus;
use chapeau_ingest::{Failure, Options, Reading, Source};
use landlock::{ABI, Access, AccessFs, AccessNet, Ruleset, RulesetAttr};
use rustix::process::{Resource, Rlimit, Signal, getrlimit, set_parent_process_death_signal, setrlimit};
use serde::Serialize;

use super::frame::{Fault, receive, send};
use super::{MAX_ADDRESS_SPACE, MAX_ANSWER_BYTES, Request, STACK_BYTES, Task};
use crate::reading::MAX_SOURCE_BYTES;

/// Runs as a worker until standard input ends.
pub(crate) fn serve() -> ExitCode {
    // The parent waits for every worker; this holds where the parent is killed meanwhile.
    let _ = set_parent_process_death_signal(Some(Signal::KILL));
    let Ok(socket) = io::stdin().as_fd().try_clone_to_owned().map(UnixStream::from) else {
        return ExitCode::FAILURE;
    };
    if confine().is_err() {
        return ExitCode::FAILURE;
    }
    // Panics are caught and reported as the failure of their file.
    panic::set_hook(Box::new(|_| ()));
    let reader = thread::Builder::new().stack_size(STACK_BYTES).spawn(move || answer_all(&socket));
    match reader.map(thread::JoinHandle::join) {
        Ok(Ok(())) => ExitCode::SUCCESS,
        _ => ExitCode::FAILURE,
    }
}

/// Limits memory, forbids core files, and where the kernel can, every file and connection.
pub(super) fn confine() -> rustix::io::Result<()> {
    lower(Resource::As, MAX_ADDRESS_SPACE)?;
    lower(Resource::Core, 0)?;
    // Kernels before 5.13 have no Landlock: the other limits hold there without it.
    let _ = Ruleset::default()
        .handle_access(AccessFs::from_all(ABI::V5))
        .and_then(|rules| rules.handle_access(AccessNet::from_all(ABI::V5)))
        .and_then(Ruleset::create)
        .and_then(landlock::RulesetCreated::restrict_self);
    Ok(())
}

/// Lowers a limit for good; one that is lower already stays.
pub(super) fn lower(resource: Resource, to: u64) -> rustix::io::Result<()> {
    let to = getrlimit(resource).maximum.map_or(to, |maximum| maximum.min(to));
    setrlimit(resource, Rlimit { current: Some(to), maximum: Some(to) })
}

fn answer_all(socket: &UnixStream) {
    while answer_one(socket).is_ok() {}
}

fn answer_one(socket: &UnixStream) -> Result<(), Fault> {
    let head = receive(socket, MAX_ANSWER_BYTES, None)?;
    let longest = usize::try_from(MAX_SOURCE_BYTES).unwrap_or(usize::MAX);
    let bytes = receive(socket, longest, None)?;
    // Parent and worker are the same binary: a head that does not parse means a broken parent.
    let request: Request = postcard::from_bytes(&head).map_err(|_| Fault::Nonsense)?;
    allow_processor_time(request.seconds);
    let source = Source { path: &request.path, bytes: &bytes, given: &request.given };
    let answer = match request.task {
        Task::Read => encoded(&read(&source, &request.options)),
        Task::Draw(page) => encoded(&caught(|| chapeau_ingest::draw(&bytes, page, &request.options))),
        Task::Scan(page) => encoded(&caught(|| chapeau_ingest::scan(&bytes, page, &request.options))),
    };
    drop(bytes);
    send(socket, &answer, None)
}

/// Reads a source; a panic is the failure of the source.
pub(super) fn read(source: &Source<'_>, options: &Options) -> Result<Reading, Failure> {
    caught(|| chapeau_ingest::read(source, options))
}

fn caught<T>(work: impl FnOnce() -> Result<T, Failure>) -> Result<T, Failure> {
    // Nothing that a panic leaves half done outlives the call: the source and what is made of it.
    panic::catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|payload| Err(panicked(payload.as_ref())))
}

fn panicked(payload: &(dyn Any + Send)) -> Failure {
    let words = payload.downcast_ref::<&str>().copied();
    let words = words.or_else(|| payload.downcast_ref::<String>().map(String::as_str));
    let reason = format!("the reader stumbled over it ({})", words.unwrap_or("it did not say why"));
    Failure::new(FileStatus::Damaged, reason)
}

pub(super) fn encoded<T: Serialize>(answer: &Result<T, Failure>) -> Vec<u8> {
    let encode = |answer: &Result<&T, &Failure>| postcard::to_stdvec(answer).unwrap_or_default();
    let bytes = encode(&answer.as_ref());
    if bytes.len() <= MAX_ANSWER_BYTES {
        return bytes;
    }
    let reason =
        format!("{} MB of text and clauses, at most {} MB", bytes.len() >> 20, MAX_ANSWER_BYTES >> 20);
    encode(&Err(&Failure::new(FileStatus::TooLarge, reason)))
}

/// Lets the process use so many seconds more. The limit counts from the start of the process, so
/// it is raised file by file; past it the kernel sends `SIGXCPU`, which ends the process.
pub(super) fn allow_processor_time(seconds: u64) {
    let maximum = getrlimit(Resource::Cpu).maximum;
    let until = processor_seconds().saturating_add(seconds).saturating_add(1);
    let current = Some(maximum.map_or(until, |maximum| maximum.min(until)));
    // The wall time that the parent measures holds where this fails.
    let _ = setrlimit(Resource::Cpu, Rlimit { current, maximum });
}

/// Processor time of this process so far, in whole seconds.
fn processor_seconds() -> u64 {
    let mut time = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    // SAFETY: `time` is a valid place for one `timespec`, which the call fills in.
    unsafe { libc::clock_gettime(libc::CLOCK_PROCESS_CPUTIME_ID, &raw mut time) };
    u64::try_from(time.tv_sec).unwrap_or(0)
}
