//! What can go wrong with an index, each with the path it concerns.

use std::io;
use std::path::{Path, PathBuf};

use tantivy::TantivyError;
use tantivy::directory::error::{OpenDirectoryError, OpenReadError, OpenWriteError};
use thiserror::Error;

use crate::Excess;

/// Why an index could not be read or written.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum Error {
    /// There is no index in this folder.
    #[error("no index at {}, make one with `chapeau index --index {}`", .0.display(), .0.display())]
    Missing(PathBuf),
    /// The folder holds files, but no index of ours.
    #[error("{} is no chapeau index: {reason}", .path.display())]
    Foreign {
        /// The folder.
        path: PathBuf,
        /// What was found instead.
        reason: String,
    },
    /// The index was written by another version.
    #[error(
        "the index at {} has {what} version {found}, want {wanted}: run `chapeau index --rebuild`",
        .path.display()
    )]
    Version {
        /// The folder.
        path: PathBuf,
        /// `format` or `analyzer`.
        what: &'static str,
        /// As found.
        found: u32,
        /// As this program writes it.
        wanted: u32,
    },
    /// Another process is writing.
    #[error("the index at {} is being written by {holder}", .path.display())]
    Locked {
        /// The folder.
        path: PathBuf,
        /// Process, host and start time, as its lock file says.
        holder: String,
    },
    /// Files of the index are damaged.
    #[error("the index at {} is damaged ({reason}): run `chapeau index --rebuild`", .path.display())]
    Corrupt {
        /// The folder.
        path: PathBuf,
        /// What was found.
        reason: String,
    },
    /// The disk is full.
    #[error("no space left on the disk of {}", .0.display())]
    DiskFull(PathBuf),
    /// The files may not be read or written by this user.
    #[error("no permission to {what} {}", .path.display())]
    Permission {
        /// `read` or `write`.
        what: &'static str,
        /// The file or folder.
        path: PathBuf,
    },
    /// Another failure of the file system.
    #[error("cannot {what} {}: {cause}", .path.display())]
    Io {
        /// `read` or `write`.
        what: &'static str,
        /// The file or folder.
        path: PathBuf,
        /// The system's word. It stands in the message, so it is no source to be told after it.
        cause: io::Error,
    },
    /// An address that names no index elsewhere.
    #[error("\"{address}\" names no index, want quickwit+http://host:port/index")]
    Address {
        /// As given.
        address: String,
    },
    /// The engine that serves the index does not answer.
    #[error("the engine at {address} does not answer: {reason}")]
    Away {
        /// Its address.
        address: String,
        /// What was tried and failed.
        reason: String,
    },
    /// Another job over the same sources has begun.
    #[error("another job has begun to write to {address}, and takes over: run this one again after it")]
    Overtaken {
        /// The address of the index.
        address: String,
    },
    /// The engine that serves the index refused what was asked.
    #[error("the engine at {address} refused: {reason}")]
    Refused {
        /// Its address.
        address: String,
        /// Its word.
        reason: String,
    },
    /// What only an index on this machine can do, or only one elsewhere.
    #[error("this index does not offer {what}")]
    Unsupported {
        /// What was asked.
        what: &'static str,
    },
    /// More than one request may cost.
    #[error("{0}")]
    Excess(Excess),
    /// A record that cannot be written down.
    #[error("cannot store a record: {reason}")]
    Record {
        /// What was found.
        reason: String,
    },
    /// A query that Tantivy refused, or a failure of its own.
    #[error("search library at {}: {cause}", .path.display())]
    Tantivy {
        /// The folder.
        path: PathBuf,
        /// Its word, which stands in the message.
        cause: Box<TantivyError>,
    },
}

impl From<Excess> for Error {
    fn from(excess: Excess) -> Self {
        Self::Excess(excess)
    }
}

impl Error {
    pub(crate) fn reading(path: &Path, source: io::Error) -> Self {
        Self::io("read", path, source)
    }

    pub(crate) fn writing(path: &Path, source: io::Error) -> Self {
        Self::io("write", path, source)
    }

    /// A failure of Tantivy's, told by its cause where that is known.
    pub(crate) fn tantivy(dir: &Path, source: TantivyError) -> Self {
        let path = dir.to_owned();
        if is_disk_full(&source.to_string()) {
            return Self::DiskFull(path);
        }
        match source {
            TantivyError::IoError(source) => Self::writing(dir, again(&source)),
            TantivyError::OpenWriteError(OpenWriteError::IoError { io_error, filepath }) => {
                Self::writing(&dir.join(filepath), again(&io_error))
            }
            TantivyError::OpenReadError(OpenReadError::IoError { io_error, filepath }) => {
                Self::reading(&dir.join(filepath), again(&io_error))
            }
            TantivyError::OpenDirectoryError(OpenDirectoryError::IoError { io_error, directory_path }) => {
                Self::reading(&directory_path, again(&io_error))
            }
            TantivyError::OpenReadError(_)
            | TantivyError::DataCorruption(_)
            | TantivyError::OpenDirectoryError(_)
            | TantivyError::IncompatibleIndex(_) => Self::Corrupt { path, reason: source.to_string() },
            _ => Self::Tantivy { path, cause: Box::new(source) },
        }
    }

    fn io(what: &'static str, path: &Path, source: io::Error) -> Self {
        let path = path.to_owned();
        match source.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::DiskFull(path),
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
                Self::Permission { what, path }
            }
            _ => Self::Io { what, path, cause: source },
        }
    }
}

/// Whether Tantivy speaks of a full disk: on its way through threads an error loses its kind and
/// keeps its words.
fn is_disk_full(words: &str) -> bool {
    ["StorageFull", "No space left on device", "QuotaExceeded", "Disk quota exceeded"]
        .iter()
        .any(|sign| words.contains(sign))
}

/// The same error once more: Tantivy shares its own.
fn again(error: &io::Error) -> io::Error {
    error
        .raw_os_error()
        .map_or_else(|| io::Error::new(error.kind(), error.to_string()), io::Error::from_raw_os_error)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(source: TantivyError, expected: &str) {
        assert_eq!(Error::tantivy(Path::new("/index"), source).to_string(), expected);
    }

    #[test]
    fn a_full_disk_is_told_however_it_was_noticed() {
        let full = "no space left on the disk of /index";
        check(TantivyError::InternalError("No space left on device (os error 28)".to_owned()), full);
        check(TantivyError::ErrorInThread("Kind(StorageFull)".to_owned()), full);
        check(io::Error::from_raw_os_error(28).into(), full);
        check(io::Error::other("no luck").into(), "cannot write /index: no luck");
    }
}
