//! Frames on the worker's socket: four bytes of length, little-endian, then as many bytes.

use std::io::{self, ErrorKind, Read, Write};
use std::os::unix::net::UnixStream;
use std::time::Instant;

/// Bytes asked for at a time, so that a length alone makes nobody reserve memory.
const CHUNK: usize = 1 << 20;

/// Why a frame did not come or go.
#[derive(Debug)]
pub(super) enum Fault {
    /// The other side is gone.
    Closed,
    /// The deadline passed.
    TimedOut,
    /// The frame is longer than allowed.
    TooLong,
    /// A frame came that cannot be understood.
    Nonsense,
    /// The system said otherwise.
    Io(io::Error),
}

/// Sends one frame; without a deadline, waits as long as it takes.
pub(super) fn send(mut stream: &UnixStream, bytes: &[u8], deadline: Option<Instant>) -> Result<(), Fault> {
    let length = u32::try_from(bytes.len()).map_err(|_| Fault::TooLong)?.to_le_bytes();
    for mut rest in [&length[..], bytes] {
        while !rest.is_empty() {
            stream.set_write_timeout(left(deadline)?).map_err(Fault::Io)?;
            match stream.write(rest) {
                Ok(written) => rest = &rest[written..],
                Err(error) => retry_or_give_up(error)?,
            }
        }
    }
    Ok(())
}

/// Receives one frame of at most `longest` bytes.
pub(super) fn receive(
    stream: &UnixStream,
    longest: usize,
    deadline: Option<Instant>,
) -> Result<Vec<u8>, Fault> {
    let mut length = [0; 4];
    fill(stream, &mut length, deadline)?;
    let length = u32::from_le_bytes(length) as usize;
    if length > longest {
        return Err(Fault::TooLong);
    }
    let mut bytes = Vec::new();
    while bytes.len() < length {
        let start = bytes.len();
        bytes.resize(length.min(start + CHUNK), 0);
        fill(stream, &mut bytes[start..], deadline)?;
    }
    Ok(bytes)
}

fn fill(mut stream: &UnixStream, mut rest: &mut [u8], deadline: Option<Instant>) -> Result<(), Fault> {
    while !rest.is_empty() {
        stream.set_read_timeout(left(deadline)?).map_err(Fault::Io)?;
        match stream.read(rest) {
            Ok(0) => return Err(Fault::Closed),
            Ok(read) => rest = &mut rest[read..],
            Err(error) => retry_or_give_up(error)?,
        }
    }
    Ok(())
}

/// The time left, `None` where there is no deadline.
fn left(deadline: Option<Instant>) -> Result<Option<std::time::Duration>, Fault> {
    let Some(deadline) = deadline else { return Ok(None) };
    let left = deadline.saturating_duration_since(Instant::now());
    if left.is_zero() { Err(Fault::TimedOut) } else { Ok(Some(left)) }
}

fn retry_or_give_up(error: io::Error) -> Result<(), Fault> {
    match error.kind() {
        // A time-out of the socket comes as `WouldBlock`; the caller's loop looks at the clock.
        ErrorKind::WouldBlock | ErrorKind::TimedOut | ErrorKind::Interrupted => Ok(()),
        ErrorKind::BrokenPipe | ErrorKind::ConnectionReset => Err(Fault::Closed),
        _ => Err(Fault::Io(error)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    fn pair() -> (UnixStream, UnixStream) {
        UnixStream::pair().expect("a socket pair is always to be had")
    }

    #[test]
    fn a_frame_arrives_as_sent() {
        let (here, there) = pair();
        let sent = vec![7; 3 << 20];
        let received = std::thread::scope(|scope| {
            scope.spawn(|| send(&here, &sent, None));
            receive(&there, 4 << 20, None)
        });
        assert_eq!(received.expect("both sides live"), sent);
    }

    #[test]
    fn a_silent_other_side_costs_no_more_than_the_deadline() {
        let (_here, there) = pair();
        let deadline = Instant::now() + Duration::from_millis(20);
        assert!(matches!(receive(&there, 10, Some(deadline)), Err(Fault::TimedOut)));
    }

    #[test]
    fn a_side_that_is_gone_is_noticed() {
        let (here, there) = pair();
        drop(here);
        assert!(matches!(receive(&there, 10, None), Err(Fault::Closed)));
        assert!(matches!(send(&there, b"word", None), Err(Fault::Closed)));
    }

    #[test]
    fn a_frame_over_the_limit_is_refused() {
        let (here, there) = pair();
        send(&here, b"eleven bytes", None).expect("it fits the socket's buffer");
        assert!(matches!(receive(&there, 10, None), Err(Fault::TooLong)));
    }
}
