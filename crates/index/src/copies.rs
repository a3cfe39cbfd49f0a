//! In how many documents each clause stands in the same words: how usual it is in the corpus.

use std::collections::HashSet;

use tantivy::schema::IndexRecordOption;
use tantivy::termdict::TermMerger;
use tantivy::{DocAddress, DocId, DocSet, TERMINATED};

use crate::{Error, Fields, Searcher};

/// For each record of each segment, the documents that have its words (see [`Fields::near_term`]).
/// 4 bytes a record.
#[derive(Debug)]
pub struct Copies {
    by_segment: Vec<Vec<u32>>,
}

impl Searcher {
    /// In how many documents each clause stands: counted when first asked for, once for all clones
    /// of this state.
    ///
    /// # Errors
    /// The index is damaged.
    pub fn copies(&self) -> Result<&Copies, Error> {
        if let Some(known) = self.copies.get() {
            return Ok(known);
        }
        let counted = Copies::count(self)?;
        Ok(self.copies.get_or_init(|| counted))
    }
}

impl Copies {
    /// Documents that have the words of a clause, its own among them.
    pub fn of(&self, at: DocAddress) -> u32 {
        self.of_segment(at.segment_ord).get(at.doc_id as usize).copied().unwrap_or(1)
    }

    /// The same for all records of a segment; what is said of those that are no clauses means
    /// nothing.
    pub fn of_segment(&self, segment: u32) -> &[u32] {
        self.by_segment.get(segment as usize).map_or(&[], Vec::as_slice)
    }

    /// Counts them all. Most clauses stand nowhere else and cost a look at the dictionary only.
    pub(crate) fn count(searcher: &Searcher) -> Result<Self, Error> {
        let failed = |source| Error::tantivy(searcher.dir(), source);
        let segments = searcher.tantivy()?.segment_readers();
        let mut having = Vec::with_capacity(segments.len());
        for segment in segments {
            having.push(segment.inverted_index(Fields::get().near).map_err(failed)?);
        }
        let streams: Result<Vec<_>, _> = having.iter().map(|inverted| inverted.terms().stream()).collect();
        let mut terms = TermMerger::new(streams.map_err(|source| failed(source.into()))?);
        let alone = segments.iter().map(|segment| vec![1; segment.max_doc() as usize]);
        let mut copies = Self { by_segment: alone.collect() };
        let mut found = Vec::new();
        while terms.advance() {
            let infos: Vec<_> = terms.current_segment_ords_and_term_infos().collect();
            if infos.iter().map(|(_, info)| info.doc_freq).sum::<u32>() < 2 {
                continue;
            }
            found.clear();
            for (segment, info) in infos {
                let postings = having[segment].read_postings_from_terminfo(&info, IndexRecordOption::Basic);
                let mut postings = postings.map_err(|source| failed(source.into()))?;
                while postings.doc() != TERMINATED {
                    if !segments[segment].is_deleted(postings.doc()) {
                        found.push((segment, postings.doc()));
                    }
                    postings.advance();
                }
            }
            copies.note(searcher, &found)?;
        }
        Ok(copies)
    }

    /// Notes that these records have the same words.
    fn note(&mut self, searcher: &Searcher, found: &[(usize, DocId)]) -> Result<(), Error> {
        let mut documents = HashSet::new();
        for (segment, doc) in found {
            let segment = u32::try_from(*segment).unwrap_or(u32::MAX);
            documents.extend(searcher.document_number(DocAddress::new(segment, *doc))?);
        }
        let n_documents = u32::try_from(documents.len()).unwrap_or(u32::MAX);
        for (segment, doc) in found {
            self.by_segment[*segment][*doc as usize] = n_documents;
        }
        Ok(())
    }
}
