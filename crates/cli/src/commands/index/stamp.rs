//! Reading a file whole, and noticing that it changed meanwhile.

use std::fs::Metadata;
use std::path::Path;
use std::thread;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use chapeau_document::FileStatus;
use chapeau_ingest::Failure;

use super::sources::SourceFile;

/// Times that a file is read which changes meanwhile, and the pause between: enough for an editor
/// that saves, not for a copy under way, which the next run reads.
const READINGS: usize = 3;
const PAUSE: Duration = Duration::from_millis(100);

/// How near to now a time of change can lie and yet stand for two contents: the clock of a file
/// system ticks every few milliseconds, of some shares every two seconds.
const TICK: Duration = Duration::from_millis(20);
const COARSE_TICK: Duration = Duration::from_secs(2);

/// A time of change that no file has: the next run compares contents.
pub(super) const UNSETTLED: i64 = 0;

/// What tells one content of a file from another without reading it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Stamp {
    /// Its length in bytes.
    pub(crate) size: u64,
    /// When it was last changed, in nanoseconds since 1970; 0 where the file system does not say.
    pub(crate) modified: i64,
}

impl Stamp {
    pub(crate) fn of(metadata: &Metadata) -> Self {
        let time = metadata.modified().ok();
        Self { size: metadata.len(), modified: time.map_or(UNSETTLED, nanoseconds) }
    }

    /// The same, unsettled where the file could still change within the tick of its clock.
    fn settled(self, now: i64) -> Self {
        let coarse = self.modified % 1_000_000_000 == 0;
        let tick = if coarse { COARSE_TICK } else { TICK };
        let age = u128::try_from(now.saturating_sub(self.modified)).unwrap_or(0);
        Self { modified: if age < tick.as_nanos() { UNSETTLED } else { self.modified }, ..self }
    }
}

/// Times before 1970, as archives give them, are below zero. The one moment that stands for none is told by
/// the one after it.
fn nanoseconds(time: SystemTime) -> i64 {
    let nanoseconds = match time.duration_since(UNIX_EPOCH) {
        Ok(since) => i64::try_from(since.as_nanos()).ok(),
        Err(before) => i64::try_from(before.duration().as_nanos()).ok().map(|before| -before),
    };
    nanoseconds.map_or(UNSETTLED, |time| if time == UNSETTLED { UNSETTLED + 1 } else { time })
}

/// The bytes of a source with the stamp that they had.
pub(super) fn read_whole(source: &SourceFile) -> Result<(Vec<u8>, Stamp), Failure> {
    for reading in 1..=READINGS {
        let now = nanoseconds(SystemTime::now());
        if let Some((bytes, stamp)) = read_if_still(|| stamp_of(&source.file), || source.bytes())? {
            return Ok((bytes, stamp.settled(now)));
        }
        if reading < READINGS {
            thread::sleep(PAUSE);
        }
    }
    let reason = "it changed while it was read, and is tried again by the next run";
    Err(Failure::new(FileStatus::Unreadable, reason))
}

/// `None` where the stamp is another after reading, or the bytes are not as many as it says.
fn read_if_still(
    mut stamp: impl FnMut() -> Option<Stamp>,
    read: impl FnOnce() -> Result<Vec<u8>, Failure>,
) -> Result<Option<(Vec<u8>, Stamp)>, Failure> {
    let before = stamp();
    let bytes = read()?;
    let still = before.filter(|before| stamp() == Some(*before) && before.size == bytes.len() as u64);
    Ok(still.map(|stamp| (bytes, stamp)))
}

fn stamp_of(file: &Path) -> Option<Stamp> {
    std::fs::metadata(file).ok().as_ref().map(Stamp::of)
}

#[cfg(test)]
mod tests {
    use super::*;

    const STAMP: Stamp = Stamp { size: 2, modified: 5 };

    fn check(after: Option<Stamp>, bytes: &[u8], is_still: bool) {
        let mut stamps = [Some(STAMP), after].into_iter();
        let read = read_if_still(|| stamps.next().flatten(), || Ok(bytes.to_vec()));
        assert_eq!(read.expect("it can be read").is_some(), is_still);
    }

    #[test]
    fn a_change_meanwhile_is_noticed() {
        check(Some(STAMP), b"ab", true);
        check(Some(Stamp { modified: 6, ..STAMP }), b"ab", false);
        check(Some(Stamp { size: 3, ..STAMP }), b"ab", false);
        check(Some(STAMP), b"abc", false);
        check(None, b"ab", false);
    }

    #[test]
    fn the_beginning_of_time_is_a_time() {
        let second = Duration::from_secs(1);
        assert_eq!(nanoseconds(UNIX_EPOCH), UNSETTLED + 1);
        assert_eq!(nanoseconds(UNIX_EPOCH + second), 1_000_000_000);
        assert_eq!(nanoseconds(UNIX_EPOCH - second), -1_000_000_000);
    }

    #[test]
    fn a_time_that_just_passed_is_not_relied_on() {
        let second = 1_000_000_000;
        let settled = |modified, now| Stamp { size: 2, modified }.settled(now).modified;
        assert_eq!(settled(second + 1, second + 2), UNSETTLED);
        assert_eq!(settled(second + 1, 2 * second), second + 1);
        assert_eq!(settled(second, 2 * second), UNSETTLED, "whole seconds tick slower");
        assert_eq!(settled(second, 9 * second), second);
        assert_eq!(settled(9 * second, second), UNSETTLED, "a time to come");
    }
}
