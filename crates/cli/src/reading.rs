//! From a path to what was read: opens the file, and lets a worker read the formats that may hurt.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Read};
use std::path::Path;

use anyhow::{Context, bail};
use chapeau_document::FileStatus;
use chapeau_ingest::{Failure, MediaType, Options, Reading, Source};

use crate::args::Passwords;
use crate::recognition::Recognition;
use crate::worker::{self, Pool};
use crate::{office, opened};

/// Most bytes of one source. The largest treaty texts with all schedules are near 100 MB as PDF.
pub(crate) const MAX_SOURCE_BYTES: u64 = 512 << 20;

/// The bytes of an ordinary file. What is no file (a folder, a pipe, a device) is named as such.
pub(crate) fn bytes_of(file: &Path) -> Result<Vec<u8>, Failure> {
    opened::read_all(opened::open(file)?, MAX_SOURCE_BYTES)
}

/// Most bytes of a password file: each password costs a try at each locked source.
const MAX_PASSWORD_BYTES: u64 = 64 << 10;

/// The passwords that the arguments name, one a line. It may be a pipe, so that a password store
/// can hand them over without a file.
pub(crate) fn passwords(named: &Passwords) -> anyhow::Result<Vec<String>> {
    let Some(file) = &named.password_file else { return Ok(Vec::new()) };
    let mut bytes = Vec::new();
    File::open(file)
        .and_then(|open| open.take(MAX_PASSWORD_BYTES + 1).read_to_end(&mut bytes))
        .with_context(|| format!("cannot read the password file {}", file.display()))?;
    if bytes.len() as u64 > MAX_PASSWORD_BYTES {
        bail!("{} holds more than {MAX_PASSWORD_BYTES} bytes, want passwords, one a line", file.display());
    }
    let text = std::str::from_utf8(&bytes)
        .with_context(|| format!("cannot read the password file {} as UTF-8", file.display()))?;
    // Spaces are part of a password; the mark that some editors put first is not.
    let lines = text.trim_start_matches('\u{feff}').lines().filter(|line| !line.is_empty());
    Ok(lines.map(str::to_owned).collect())
}

/// Reads a source, in a worker where its format needs one.
pub(crate) fn read(
    source: &Source<'_>,
    options: &Options,
    recognition: &Recognition,
    pool: &Pool,
) -> Result<Reading, Failure> {
    read_with(source, options, recognition, |source, options| pool.read(source, options))
}

/// Reads the one source of a command that reads no other.
pub(crate) fn read_alone(
    source: &Source<'_>,
    options: &Options,
    recognition: &Recognition,
) -> Result<Reading, Failure> {
    read_with(source, options, recognition, worker::read_once)
}

fn read_with(
    source: &Source<'_>,
    options: &Options,
    recognition: &Recognition,
    in_worker: impl Fn(&Source<'_>, &Options) -> Result<Reading, Failure>,
) -> Result<Reading, Failure> {
    let media_type = MediaType::of(source.bytes);
    let Some(conversion) = media_type.conversion() else {
        return match media_type {
            MediaType::Pdf | MediaType::Image(_) => {
                recognition.read(source, source.bytes, options, |options| in_worker(source, options))
            }
            _ if is_risky(media_type) => in_worker(source, options),
            _ => chapeau_ingest::read(source, options),
        };
    };
    let bytes = office::converted(source.bytes, media_type, conversion)?;
    let converted = Source { bytes: &bytes, ..*source };
    // Converting it again gives other bytes: what is recognised in them is kept for those found.
    let read = |options: &Options| in_worker(&converted, options);
    let mut reading = recognition.read(&converted, source.bytes, options, read)?;
    let finding = format!("LibreOffice made {} of {media_type}", conversion.into.to_uppercase());
    reading.explanation.insert(0, finding);
    Ok(reading)
}

/// Whether reading a format without pages takes code that a file can lead to crash, loop or fill the memory:
/// what is packed, and what nests. Lines of text do neither, and the agreements in XML are read
/// tag by tag, in constant depth.
fn is_risky(media_type: MediaType) -> bool {
    matches!(media_type, MediaType::Docx | MediaType::Html)
}

pub(crate) fn unreadable(error: &io::Error) -> Failure {
    Failure::new(FileStatus::Unreadable, fault(error))
}

/// Why the system did not let us read a file.
pub(crate) fn fault(error: &io::Error) -> String {
    match error.kind() {
        ErrorKind::NotFound => "there is no such file".to_owned(),
        ErrorKind::PermissionDenied => "no permission to read it".to_owned(),
        _ => error.to_string().to_lowercase(),
    }
}

/// A file of so many bytes, of which at most so many are read.
pub(crate) fn too_large(bytes: u64, most: u64) -> Failure {
    let reason = format!("{} MB, at most {} MB are read of one file", bytes >> 20, most >> 20);
    Failure::new(FileStatus::TooLarge, reason)
}

/// What it is, if it is no ordinary file.
pub(crate) fn not_a_file(metadata: &fs::Metadata) -> String {
    use std::os::unix::fs::FileTypeExt;
    let kind = metadata.file_type();
    let what = match () {
        () if kind.is_dir() => "a folder",
        () if kind.is_fifo() => "a named pipe",
        () if kind.is_socket() => "a socket",
        () if kind.is_block_device() || kind.is_char_device() => "a device",
        () => "something unknown",
    };
    format!("{what}, want an ordinary file")
}
