//! What an index says it holds, of whatever version it is.

use std::path::Path;

use crate::{Error, Searcher, SourceRecord};

/// The sources that the index at `dir` holds, and why it is to be built anew, if it is of an older
/// version.
///
/// # Errors
/// As [`Searcher::open`], an older version apart.
pub fn manifest(dir: &Path) -> Result<(Vec<SourceRecord>, Option<&'static str>), Error> {
    match Searcher::open(dir) {
        Ok(searcher) => Ok((searcher.sources()?, None)),
        Err(Error::Version { what, .. }) => {
            let sources = Searcher::open_older(dir)?.sources()?;
            let why =
                if what == "format" { "the format of the index is newer" } else { "words are analysed anew" };
            Ok((sources, Some(why)))
        }
        Err(error) => Err(error),
    }
}
