//! A source: one file of the corpus as found, and what its bytes are.

use chapeau_document::FileStatus;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::Recognised;

/// One file of the corpus as found.
#[derive(Clone, Copy, Debug)]
pub struct Source<'a> {
    /// Its path below the corpus root, with `/`; only a name here, never opened.
    pub path: &'a str,
    /// Its content.
    pub bytes: &'a [u8],
    /// What `metadata.csv` says of it: (field, value) pairs, in the order of the columns.
    pub given: &'a [(String, String)],
}

/// Bounds on what one source may cost, and how to read it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Options {
    /// Passwords to try on a locked file, after the empty one.
    pub passwords: Vec<String>,
    /// Most pages read of one source.
    pub max_pages: usize,
    /// Most bytes of text taken from one source.
    pub max_text_bytes: usize,
    /// Keep running heads, running feet and page numbers in the text.
    pub keep_furniture: bool,
    /// Stop at the text and its pages: no clauses, no metadata.
    pub text_only: bool,
    /// Whether somebody recognises the pages whose text is only drawn: they are then named in
    /// [`crate::Reading::unread`], and nothing is read until they come.
    pub can_recognise: bool,
    /// Pages as recognised, for those whose text is only drawn.
    pub recognised: Vec<Recognised>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            passwords: Vec::new(),
            max_pages: 20_000,
            max_text_bytes: 256 << 20,
            keep_furniture: false,
            text_only: false,
            can_recognise: false,
            recognised: Vec::new(),
        }
    }
}

/// Why a source could not be read. The whole file is given up; what can be read of a damaged
/// file is no failure but a reading with warnings.
#[derive(Clone, Debug, PartialEq, Eq, Error, Serialize, Deserialize)]
#[error("{status}: {reason}")]
pub struct Failure {
    /// The kind of failure; never [`FileStatus::Ok`].
    pub status: FileStatus,
    /// What was found, what was wanted, and what to do, in one sentence without a final dot.
    pub reason: String,
    /// Whether recognition (OCR) could find text in it.
    pub recognisable: bool,
}

impl Failure {
    /// A failure of this kind, for this reason.
    pub fn new(status: FileStatus, reason: impl Into<String>) -> Self {
        Self { status, reason: reason.into(), recognisable: false }
    }
}

/// Something that a reader of the document should know: a page that could not be read, a guess.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Warning {
    /// The page it concerns, from 1.
    pub page: Option<u32>,
    /// One sentence without a final dot.
    pub message: String,
}
