//! The package: a ZIP archive of XML parts, opened with every size bounded.

use std::collections::HashMap;
use std::io::{Cursor, Read};

use chapeau_document::FileStatus;
use encoding_rs::{Encoding, UTF_8};
use zip::ZipArchive;
use zip::result::ZipError;

use crate::extract::xml::{Node, walk};
use crate::{Failure, Options};

/// Most bytes of XML read of one package. The longest agreements in Word have some 30 MB; a
/// decompression bomb grows a thousandfold, so the sum is bounded and not the parts.
const MOST_XML: u64 = 128 << 20;
/// Most entries that an archive may list. Word writes a few dozen, and one for each picture.
const MOST_ENTRIES: usize = 100_000;

/// An open package.
pub(super) struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    /// Bytes that may still be read.
    budget: u64,
}

/// A part that another one refers to.
#[derive(Clone, Debug, Default)]
pub(super) struct Relations {
    /// Path by relation id.
    pub(super) by_id: HashMap<String, String>,
    /// Path by kind, the last word of its address: "styles", "footnotes".
    pub(super) by_kind: HashMap<String, String>,
}

impl<'a> Package<'a> {
    /// Opens a package.
    pub(super) fn open(bytes: &'a [u8], options: &Options) -> Result<Self, Failure> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| failure(&error))?;
        if archive.len() > MOST_ENTRIES {
            let reason =
                format!("found {} entries in the archive, want at most {MOST_ENTRIES}", archive.len());
            return Err(Failure::new(FileStatus::TooLarge, reason));
        }
        Ok(Self { archive, budget: MOST_XML.min(options.max_text_bytes as u64) })
    }

    /// The text of a part; `None` if there is none of that name.
    pub(super) fn part(&mut self, path: &str) -> Result<Option<String>, Failure> {
        let entry = match self.archive.by_name(path) {
            Ok(entry) => entry,
            Err(ZipError::FileNotFound) => return Ok(None),
            Err(error) => return Err(failure(&error)),
        };
        if entry.size() > self.budget {
            return Err(too_large());
        }
        // What an entry declares and what it holds may differ: only reading tells.
        let mut bytes = Vec::new();
        let read = entry.take(self.budget + 1).read_to_end(&mut bytes);
        if bytes.len() as u64 > self.budget {
            return Err(too_large());
        }
        self.budget -= bytes.len() as u64;
        match read {
            Ok(_) => Ok(Some(decode(&bytes))),
            Err(error) => Err(damaged(&format!("{path} cannot be unpacked: {error}"))),
        }
    }

    /// What a part refers to; empty where nothing says so.
    pub(super) fn relations(&mut self, path: &str) -> Result<Relations, Failure> {
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        let separator = if folder.is_empty() { "" } else { "/" };
        let xml = self.part(&format!("{folder}{separator}_rels/{name}.rels"))?;
        let mut relations = Relations::default();
        // A broken list of relations leaves the usual names, which are tried then.
        let _broken = walk(&xml.unwrap_or_default(), |node| {
            if let Node::Open(element) = node
                && element.name == "Relationship"
                && let Some(target) = element.attribute("Target")
            {
                let path = resolve(folder, &target);
                let kind = element.attribute("Type").unwrap_or_default();
                let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
                relations.by_kind.entry(kind).or_insert_with(|| path.clone());
                relations.by_id.insert(element.attribute("Id").unwrap_or_default(), path);
            }
        });
        Ok(relations)
    }
}

/// Word writes UTF-8; other writers may write UTF-16 with its mark.
fn decode(bytes: &[u8]) -> String {
    let (encoding, length) = Encoding::for_bom(bytes).unwrap_or((UTF_8, 0));
    encoding.decode_without_bom_handling(&bytes[length..]).0.into_owned()
}

/// The path of a target, which is relative to the folder of its part or to the root.
fn resolve(folder: &str, target: &str) -> String {
    if let Some(absolute) = target.strip_prefix('/') {
        return absolute.to_owned();
    }
    let mut steps: Vec<&str> = folder.split('/').filter(|step| !step.is_empty()).collect();
    for step in target.split('/') {
        match step {
            ".." => drop(steps.pop()),
            "." | "" => {}
            _ => steps.push(step),
        }
    }
    steps.join("/")
}

/// A package that cannot be read, in the words of the user.
pub(super) fn damaged(what: &str) -> Failure {
    let reason = format!("found a damaged DOCX ({what}); open it in Word or LibreOffice and save it anew");
    Failure::new(FileStatus::Damaged, reason)
}

/// A package locked by a password.
pub(super) fn locked() -> Failure {
    let reason = "found an Office file locked by a password; open it and save it without one";
    Failure::new(FileStatus::Password, reason)
}

/// A package over a limit.
pub(super) fn too_large() -> Failure {
    let reason =
        "found more XML or text in the DOCX than its limit, as a decompression bomb has; split the file";
    Failure::new(FileStatus::TooLarge, reason)
}

fn failure(error: &ZipError) -> Failure {
    match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => locked(),
        _ => damaged(&error.to_string()),
    }
}
