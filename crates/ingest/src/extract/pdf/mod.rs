//! PDF: not read yet.

use chapeau_document::FileStatus;

use crate::{Extracted, Failure, Options, Source};

/// Reads a PDF.
pub(crate) fn extract(_source: &Source<'_>, _options: &Options) -> Result<Extracted, Failure> {
    Err(Failure::new(FileStatus::Unsupported, "found PDF, which is not read yet"))
}
