//! A worker for one file only: a copy of this process instead of a new one.
//!
//! Starting our own binary afresh costs two milliseconds, half of what a usual file takes to
//! read, and the file must go through a socket. A copy has the file already. It is bounded like
//! any worker; what it answers, and what becomes of one that dies, is the same.

use std::fs::{self, File};
use std::os::fd::AsRawFd;
use std::os::unix::net::UnixStream;
use std::panic::{self, AssertUnwindSafe};
use std::thread;
use std::time::{Duration, Instant};

use chapeau_ingest::{Failure, Options, Reading, Source};
use rustix::process::Pid;

use super::process::Process;
use super::{MAX_ANSWER_BYTES, Pool, STACK_BYTES, child, frame, pool, time_for};

/// Reads one source in a copy of this process, or in a new one where a copy cannot be made.
pub(crate) fn read_once(source: &Source<'_>, options: &Options) -> Result<Reading, Failure> {
    if !is_single_threaded() {
        return Pool::default().read(source, options);
    }
    let time = time_for(source.bytes.len());
    let (socket, its_end) = UnixStream::pair().map_err(|error| pool::no_worker(&error))?;
    // SAFETY: this is the only thread, so no lock is held that the copy would wait for.
    match unsafe { libc::fork() } {
        0 => {
            drop(socket);
            answer(&its_end, source, options, time)
        }
        pid => {
            drop(its_end);
            let pid = Pid::from_raw(pid.max(0));
            let pid = pid.ok_or_else(|| pool::no_worker(&std::io::Error::last_os_error()))?;
            take(&socket, Process::new(pid), time)
        }
    }
}

/// Whether nothing else runs in this process. A copy has the calling thread only, and whatever
/// lock another thread held would stay locked in it for ever.
fn is_single_threaded() -> bool {
    fs::read_dir("/proc/self/task").is_ok_and(|threads| threads.count() == 1)
}

fn take(socket: &UnixStream, mut process: Process, time: Duration) -> Result<Reading, Failure> {
    frame::receive(socket, MAX_ANSWER_BYTES, Some(Instant::now() + time))
        .and_then(|answer| postcard::from_bytes(&answer).map_err(|_| frame::Fault::Nonsense))
        .unwrap_or_else(|fault| Err(pool::post_mortem(&mut process, &fault, time)))
}

/// The copy's side.
fn answer(socket: &UnixStream, source: &Source<'_>, options: &Options, time: Duration) -> ! {
    let answered = panic::catch_unwind(AssertUnwindSafe(|| {
        silence().ok()?;
        child::confine().ok()?;
        child::allow_processor_time(time.as_secs());
        let answer = thread::scope(|scope| {
            let reader = thread::Builder::new().stack_size(STACK_BYTES);
            reader.spawn_scoped(scope, || child::read(source, options)).ok()?.join().ok()
        })?;
        frame::send(socket, &child::encoded(&answer), None).ok()
    }));
    let code = i32::from(!matches!(answered, Ok(Some(()))));
    // SAFETY: ends the process. Unlike `exit` it runs nothing that the parent has registered.
    unsafe { libc::_exit(code) }
}

/// Turns the standard streams away: what a library prints is no part of our output, and what is
/// confined has no use for our caller's terminal.
fn silence() -> std::io::Result<()> {
    panic::set_hook(Box::new(|_| ()));
    let nowhere = File::options().read(true).write(true).open("/dev/null")?;
    for stream in 0..=2 {
        // SAFETY: both are open descriptors of this process, and no Rust object owns the second.
        if unsafe { libc::dup2(nowhere.as_raw_fd(), stream) } < 0 {
            return Err(std::io::Error::last_os_error());
        }
    }
    Ok(())
}
