//! What the last run of the batch job did, in a file beside the index. An index that nothing
//! changed has no commit that could hold it.

use std::fs::{self, File};
use std::io::Write;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::Error;

/// Name of the file.
pub(crate) const LAST_RUN: &str = "LAST_RUN.json";

/// One run of the batch job, over.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct LastRun {
    /// When it ended, in universal time.
    pub ended: String,
    /// How long it took.
    pub seconds: f64,
    /// Sources that were not there before.
    pub added: usize,
    /// Sources that were read again.
    pub changed: usize,
    /// Sources that were gone.
    pub removed: usize,
    /// Sources left as they were.
    pub unchanged: usize,
    /// Sources that it could not read.
    pub skipped: usize,
    /// Why it failed, if it did.
    pub failed: Option<String>,
}

impl LastRun {
    /// The last run that wrote here; `None` where none did, or what it wrote is not understood.
    pub fn read(dir: &Path) -> Option<Self> {
        serde_json::from_slice(&fs::read(dir.join(LAST_RUN)).ok()?).ok()
    }

    /// Writes it down in place of the one before.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn write(&self, dir: &Path) -> Result<(), Error> {
        let path = dir.join(LAST_RUN);
        let beside = dir.join(format!("{LAST_RUN}.new"));
        let text =
            serde_json::to_string(self).map_err(|source| Error::Record { reason: source.to_string() })?;
        File::create(&beside)
            .and_then(|mut file| writeln!(file, "{text}"))
            .and_then(|()| fs::rename(&beside, &path))
            .map_err(|source| Error::writing(&path, source))
    }
}
