//! The clauses that so many documents have: a set, made of the counts of one state of an index.

use chapeau_index::Searcher;
use tantivy::query::{BitSetDocSet, ConstScorer, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::{BitSet, DocId, DocSet, Score, SegmentReader, TantivyError};

/// The records with counts between two bounds, both included.
#[derive(Clone, Debug)]
pub(crate) struct CopiesQuery {
    searcher: Searcher,
    least: u64,
    most: u64,
}

impl CopiesQuery {
    pub(crate) fn new(searcher: &Searcher, least: Option<u64>, most: Option<u64>) -> Self {
        let (least, most) = (least.unwrap_or(0), most.unwrap_or(u64::MAX));
        Self { searcher: searcher.clone(), least, most }
    }
}

impl Query for CopiesQuery {
    fn weight(&self, _: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(self.clone()))
    }
}

impl Weight for CopiesQuery {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let failed = |error: chapeau_index::Error| TantivyError::InternalError(error.to_string());
        let copies = self.searcher.copies().map_err(failed)?;
        let all = self.searcher.tantivy().map_err(failed)?.segment_readers();
        let segment = (0..).zip(all).find(|(_, own)| own.segment_id() == reader.segment_id());
        let counts = segment.map_or(&[][..], |(segment, _)| copies.of_segment(segment));
        let wanted = self.least..=self.most;
        let mut found = BitSet::with_max_value(reader.max_doc());
        for (doc, _) in (0..).zip(counts).filter(|(_, count)| wanted.contains(&u64::from(**count))) {
            found.insert(doc);
        }
        Ok(Box::new(ConstScorer::new(BitSetDocSet::from(found), boost)))
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        let is_in = self.scorer(reader, 1.0)?.seek(doc) == doc;
        Ok(Explanation::new("documents with the same words", if is_in { 1.0 } else { 0.0 }))
    }
}
