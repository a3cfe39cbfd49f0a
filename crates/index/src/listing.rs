//! Documents and sources as lists for people: what of an index elsewhere is too much to be read whole.

use chapeau_document::FileStatus;

use crate::{DocumentRecord, Error, Searcher, SourceRecord, remote};

impl Searcher {
    /// Some of the documents, the newest first, those of one day by their ids, those without a date
    /// last; and how many there are in all.
    ///
    /// # Errors
    /// The index is damaged or cannot be reached; or it lies elsewhere, and so many are to be passed
    /// over that it does not hand out the next.
    pub fn newest_documents(
        &self,
        offset: usize,
        limit: usize,
    ) -> Result<(Vec<DocumentRecord>, usize), Error> {
        if let Some(engine) = self.engine() {
            return remote::newest_documents(engine, offset, limit);
        }
        let mut documents = self.documents()?;
        let n_documents = documents.len();
        remote::sort_by_date(&mut documents);
        Ok((documents.into_iter().skip(offset).take(limit).collect(), n_documents))
    }

    /// The sources that could not be read, by path.
    ///
    /// # Errors
    /// The index is damaged or cannot be reached.
    pub fn unread_sources(&self) -> Result<Vec<SourceRecord>, Error> {
        // What was read has documents, which elsewhere may be more than can be read one by one.
        let mut sources = if self.engine().is_some() { self.sources_with(&[])? } else { self.sources()? };
        sources.retain(|source| source.status != FileStatus::Ok);
        Ok(sources)
    }
}
