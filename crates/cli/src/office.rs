//! Formats that LibreOffice turns into one that is read, where it is installed.

use std::ffi::OsString;
use std::fs;
use std::io;
use std::os::unix::ffi::OsStrExt;
use std::path::Path;

use chapeau_document::FileStatus;
use chapeau_ingest::{Conversion, Failure, MediaType};
use tempfile::TempDir;

use crate::worker::helper::{self, HelperFault};

/// The names that the program goes by.
const PROGRAMS: &[&str] = &["soffice", "libreoffice"];
/// What a source is called in the private folder: nothing that a file is called elsewhere can be
/// taken for an option, or for a place.
const STEM: &str = "source";

/// Turns a source into the format that `conversion` names, on a copy in a private folder.
///
/// # Errors
///
/// `unsupported` where LibreOffice is not installed, `timed out`, and `damaged` where it makes
/// nothing of the source.
pub(crate) fn converted(
    bytes: &[u8],
    media_type: MediaType,
    conversion: Conversion,
) -> Result<Vec<u8>, Failure> {
    let Some(program) = helper::find(PROGRAMS) else {
        return Err(Failure::new(FileStatus::Unsupported, media_type.advice().unwrap_or_default()));
    };
    let folder = private_copy(bytes, conversion).map_err(|error| no_folder(&error))?;
    let folder = folder.path();
    helper::run(&program, &arguments(folder, conversion), folder)
        .map_err(|fault| failed(fault, media_type))?;
    made_in(folder, conversion).ok_or_else(|| {
        let reason = format!(
            "found {media_type}, of which LibreOffice makes nothing: it may be locked by a password; save it as \
             DOCX or PDF"
        );
        Failure::new(FileStatus::Damaged, reason)
    })
}

/// What was made, if it is what was asked for.
fn made_in(folder: &Path, conversion: Conversion) -> Option<Vec<u8>> {
    let made = Path::new("made").join(STEM).with_extension(conversion.into);
    let wanted = if conversion.into == "pdf" { MediaType::Pdf } else { MediaType::Docx };
    helper::made_in(folder, &made).filter(|bytes| MediaType::of(bytes) == wanted)
}

/// How slides become PDF: with a structure tree, that tells their items. Versions that do not know the
/// option (before 7.4) leave it.
const TAGGED_PDF: &str = r#"pdf:impress_pdf_Export:{"UseTaggedPDF":{"type":"boolean","value":"true"}}"#;

/// A folder that nobody else can look into, with the source in it; gone when dropped.
fn private_copy(bytes: &[u8], conversion: Conversion) -> io::Result<TempDir> {
    let folder = tempfile::tempdir()?;
    fs::write(folder.path().join(STEM).with_extension(conversion.from), bytes)?;
    Ok(folder)
}

fn arguments(folder: &Path, conversion: Conversion) -> Vec<OsString> {
    let mut profile = OsString::from("-env:UserInstallation=");
    profile.push(address(&folder.join("profile")));
    let source = Path::new(STEM).with_extension(conversion.from);
    let target = if conversion.into == "pdf" { TAGGED_PDF } else { conversion.into };
    let rest = ["--headless", "--norestore", "--convert-to", target, "--outdir", "made"];
    let rest = rest.into_iter().map(OsString::from);
    std::iter::once(profile).chain(rest).chain([source.into_os_string()]).collect()
}

/// A path as a `file:` address.
fn address(path: &Path) -> String {
    let mut address = "file://".to_owned();
    for &byte in path.as_os_str().as_bytes() {
        if byte.is_ascii_alphanumeric() || b"/-_.".contains(&byte) {
            address.push(char::from(byte));
        } else {
            address.push_str(&format!("%{byte:02X}"));
        }
    }
    address
}

fn no_folder(error: &io::Error) -> Failure {
    Failure::new(FileStatus::Unreadable, format!("no private folder to convert it in: {error}"))
}

fn failed(fault: HelperFault, media_type: MediaType) -> Failure {
    match fault {
        HelperFault::NotStarted => {
            Failure::new(FileStatus::Unreadable, "LibreOffice could not be started".to_owned())
        }
        HelperFault::TimedOut(seconds) => {
            let reason =
                format!("found {media_type}, which LibreOffice did not convert within {seconds} seconds");
            Failure::new(FileStatus::TimedOut, reason)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_names_its_path_and_nothing_else() {
        let check = |path: &str, expected: &str| assert_eq!(address(Path::new(path)), expected);
        check("/tmp/.tmpA1-b_c", "file:///tmp/.tmpA1-b_c");
        check("/tmp/a b?c#d", "file:///tmp/a%20b%3Fc%23d");
        check("/tmp/é", "file:///tmp/%C3%A9");
    }

    #[test]
    fn no_argument_is_made_of_a_sources_name() {
        let conversion = Conversion { from: "rtf", into: "docx" };
        let arguments = arguments(Path::new("/tmp/x"), conversion);
        assert_eq!(
            arguments.join(std::ffi::OsStr::new(" ")),
            "-env:UserInstallation=file:///tmp/x/profile --headless --norestore --convert-to docx --outdir made \
             source.rtf"
        );
    }
}
