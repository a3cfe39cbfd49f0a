//! The writer's lock: held by the system, freed by death, and naming its holder.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::thread;
use std::time::Duration;

use rustix::fs::OFlags;

use crate::Error;

/// Name of the lock file in an index folder.
pub(crate) const LOCK: &str = "LOCK";

/// The right to write an index. Dropping it frees the lock; the file stays.
#[derive(Debug)]
pub(crate) struct WriterLock {
    _file: File,
}

impl WriterLock {
    /// Takes the lock of the index at `dir`, or says who has it.
    pub(crate) fn take(dir: &Path) -> Result<Self, Error> {
        let path = dir.join(LOCK);
        // What a link leads to is not ours to write to.
        let no_link = OFlags::NOFOLLOW.bits().cast_signed();
        let mut file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .custom_flags(no_link)
            .open(&path)
            .map_err(|source| Error::writing(&path, source))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(held(dir, &mut file)),
            Err(TryLockError::Error(source)) => return Err(Error::writing(&path, source)),
        }
        file.set_len(0)
            .and_then(|()| writeln!(file, "{}", holder()))
            .map_err(|source| Error::writing(&path, source))?;
        Ok(Self { _file: file })
    }
}

/// Looks at the name of a holder that is just taking the lock, and the pause between: it writes
/// its name in the moment after.
const LOOKS: usize = 20;
const PAUSE: Duration = Duration::from_millis(5);

fn held(dir: &Path, file: &mut File) -> Error {
    let mut holder = String::new();
    for _ in 0..LOOKS {
        // What cannot be read is not said; that the lock is held stays true.
        let _ = file.take(1_000).read_to_string(&mut holder);
        if holder.ends_with('\n') {
            break;
        }
        thread::sleep(PAUSE);
    }
    let holder = if holder.trim().is_empty() { "another process" } else { holder.trim() };
    Error::Locked { path: dir.to_owned(), holder: holder.to_owned() }
}

fn holder() -> String {
    let host = std::fs::read_to_string("/proc/sys/kernel/hostname").unwrap_or_default();
    let host = if host.trim().is_empty() { "an unnamed host" } else { host.trim() };
    let now = jiff::Timestamp::now().strftime("%Y-%m-%d %H:%M:%S UTC");
    format!("process {} on {host} since {now}", std::process::id())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_is_no_lock() {
        let dir = tempfile::tempdir().expect("a folder for the test");
        let other = dir.path().join("other");
        std::fs::write(&other, "words").expect("a file");
        std::os::unix::fs::symlink(&other, dir.path().join(LOCK)).expect("a link");
        assert!(WriterLock::take(dir.path()).is_err());
        assert_eq!(std::fs::read(&other).expect("it is there"), b"words");
    }

    #[test]
    fn a_second_writer_is_told_who_has_it() {
        let dir = tempfile::tempdir().expect("a folder for the test");
        let first = WriterLock::take(dir.path()).expect("the lock is free");
        let error = WriterLock::take(dir.path()).expect_err("the lock is held").to_string();
        assert!(error.contains(&format!("process {} on ", std::process::id())), "{error}");
        drop(first);
        WriterLock::take(dir.path()).expect("the lock is free again");
    }
}
