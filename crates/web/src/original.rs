//! `/documents/{id}/source`: the file that a document was read from.
//!
//! Only of a document that the index has, only from below what was indexed, and only as an
//! attachment: a browser must not run what somebody has put among the sources.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::Read;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use axum::extract::{Path as PathParameter, State};
use axum::http::{HeaderName, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use chapeau_index::{DocumentRecord, SourceRecord};

use crate::error::Error;
use crate::page;
use crate::state::{Shared, blocking};

/// Bytes of an original at most: more than any source may have.
const LARGEST: u64 = 512 << 20;

/// The file.
pub(crate) async fn source(
    State(shared): State<Arc<Shared>>,
    PathParameter(id): PathParameter<String>,
) -> Response {
    let read = blocking(&shared, move |shared| {
        let document = page::document::find(&shared.searcher(), &id)?;
        Ok((file_name(&document.source.path), bytes_of(shared, &document, LARGEST)?))
    });
    match read.await {
        Ok((name, bytes)) => attachment(&name, bytes),
        Err(error) => page::error(&error),
    }
}

/// The bytes of a document's original, if they still are those that were indexed: what a search says and what
/// the file says are to be the same.
///
/// At most so many bytes are read.
pub(crate) fn bytes_of(shared: &Shared, document: &DocumentRecord, most: u64) -> Result<Vec<u8>, Error> {
    let is_not = |what: &str| Error::Missing(format!("the original of \"{}\" is not {what}", document.id));
    let gone = || is_not("where it was indexed from");
    let path = find(&shared.settings.corpus, &document.source).ok_or_else(gone)?;
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(|_| gone())?;
    file.take(most).read_to_end(&mut bytes).map_err(|_| gone())?;
    let is_same = blake3::hash(&bytes).to_hex().as_str() == document.source.digest;
    if is_same { Ok(bytes) } else { Err(is_not("as it was indexed: it was changed since")) }
}

/// Where the file of a record lies: below one of the folders that were indexed, and of the size it
/// had then. A link is not followed out of its folder.
pub(crate) fn find(corpus: &[PathBuf], record: &SourceRecord) -> Option<PathBuf> {
    let below = Path::new(&record.path);
    if !below.components().all(|part| matches!(part, Component::Normal(_))) {
        return None;
    }
    corpus.iter().find_map(|root| {
        let is_itself = !root.is_dir() && root.file_name() == Some(OsStr::new(&record.path));
        let path = if is_itself { root.clone() } else { root.join(below) };
        let (root, path) = (root.canonicalize().ok()?, path.canonicalize().ok()?);
        let same = fs::metadata(&path).is_ok_and(|found| found.is_file() && found.len() == record.size);
        (path.starts_with(root) && same).then_some(path)
    })
}

fn file_name(path: &str) -> String {
    path.rsplit('/').next().unwrap_or(path).to_owned()
}

fn attachment(name: &str, bytes: Vec<u8>) -> Response {
    let sandbox =
        (HeaderName::from_static("content-type"), HeaderValue::from_static("application/octet-stream"));
    ([sandbox, (header::CONTENT_DISPOSITION, disposition(name))], bytes).into_response()
}

/// The name in the two ways of RFC 6266: plain letters for all, every letter for those who can.
fn disposition(name: &str) -> HeaderValue {
    let plain: String = name
        .chars()
        .map(|letter| if letter.is_ascii_alphanumeric() || "-_.".contains(letter) { letter } else { '_' })
        .collect();
    let full = crate::asked::path_step(name).replace('*', "%2A");
    let value = format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{full}");
    HeaderValue::try_from(value).unwrap_or(HeaderValue::from_static("attachment"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_path(path: &str, expected: bool) {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let size = fs::metadata(root.join("Cargo.toml")).expect("the manifest is there").len();
        let record = SourceRecord { path: path.to_owned(), size, ..SourceRecord::default() };
        assert_eq!(find(&[root.to_owned()], &record).is_some(), expected, "{path}");
    }

    #[test]
    fn only_files_below_the_sources_are_found() {
        check_path("Cargo.toml", true);
        for path in
            ["../web/Cargo.toml", "src/../Cargo.toml", "/etc/passwd", "./Cargo.toml", "", "src", "none"]
        {
            check_path(path, false);
        }
    }

    #[test]
    fn a_hostile_name_stays_in_its_header() {
        let value = disposition("a\"; x=\r\né.pdf");
        assert_eq!(
            value.to_str().ok(),
            Some("attachment; filename=\"a___x____.pdf\"; filename*=UTF-8''a%22%3B%20x%3D%0D%0A%C3%A9.pdf")
        );
    }
}
