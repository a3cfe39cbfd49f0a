//! The records of a leaf, read window by window, and what it scores in them.

use std::rc::Rc;

use chapeau_index::{Meter, Room, Searcher};
use tantivy::postings::BlockSegmentPostings;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, SegmentReader, Term};

use crate::Error;
use crate::bits::{Bits, has, set};
use crate::plan::{Form, Leaf, Places};
use crate::rank::{self, Bm25, Scored};
use crate::spans::Spans;

/// A leaf's postings in one segment: first the records of a window are read, then those are
/// scored that still matter.
pub(crate) struct Postings {
    fields: Vec<FieldPostings>,
    meter: Rc<Meter>,
    /// What the lists take.
    _room: Room,
}

/// Bytes that the list of one term takes while it is read: what is decoded of it at a time, and where.
pub(crate) const LIST_BYTES: u64 = 2_000;
/// Steps that it takes to open it.
const OPENING: u64 = 80;

/// Steps that a record of a list takes.
const READING: u64 = 3;

/// The postings of one field.
struct FieldPostings {
    bm25: Bm25,
    cursors: Vec<Cursor>,
    /// What stands at places is looked up as it is read.
    spans: Option<Spans>,
    /// The records of the window: place in it, and how often they have the leaf.
    read: Vec<(u32, u32)>,
}

struct Cursor {
    block: BlockSegmentPostings,
    at: usize,
}

impl Postings {
    pub(crate) fn open(
        leaf: &Leaf,
        searcher: &Searcher,
        segment: &SegmentReader,
        meter: &Rc<Meter>,
    ) -> Result<Self, Error> {
        let n_terms = leaf.form.n_terms();
        searcher.budget().spend(n_terms * OPENING)?;
        let room = searcher.budget().room(n_terms * LIST_BYTES)?;
        let bm25 = |scored: &Scored| {
            let norms = segment.fieldnorms_readers().get_field(scored.field)?;
            Ok::<_, Error>(Bm25::new(*scored, searcher.statistics(), norms))
        };
        let mut fields = Vec::new();
        match &leaf.form {
            Form::Terms(all) => {
                for (scored, terms) in all {
                    let cursors = cursors(terms, segment)?;
                    if !cursors.is_empty() {
                        fields.push(FieldPostings::of_cursors(bm25(scored)?, cursors));
                    }
                }
            }
            Form::Places(all) => {
                for (scored, places) in all {
                    let spans = Some(open_places(places, segment, meter)?);
                    let (bm25, cursors, read) = (bm25(scored)?, Vec::new(), Vec::new());
                    fields.push(FieldPostings { bm25, cursors, spans, read });
                }
            }
            Form::Weighted(terms) => {
                for (weight, term) in terms {
                    let cursors = cursors(std::slice::from_ref(term), segment)?;
                    fields.push(FieldPostings::of_cursors(Bm25::constant(*weight), cursors));
                }
            }
        }
        Ok(Self { fields, meter: meter.clone(), _room: room })
    }

    /// Reads the records `base..end`, which follow those read before, and sets their bits.
    pub(crate) fn read(&mut self, base: DocId, end: DocId, bits: &mut Bits) {
        for field in &mut self.fields {
            if !self.meter.spend(field.cursors.len() as u64) {
                return;
            }
            field.read(base, end);
            // Each is read, has its bit set and is scored.
            self.meter.spend(READING * field.read.len() as u64);
            for (at, _) in &field.read {
                set(bits, *at);
            }
        }
    }

    /// For those records just read that are among `wanted`: the best field's score, and the sum of
    /// all fields'.
    pub(crate) fn score(&self, base: DocId, wanted: &Bits, word: &mut [(f32, f32)]) {
        for field in &self.fields {
            for (at, count) in field.read.iter().filter(|(at, _)| has(wanted, *at)) {
                let score = field.bm25.score(base + at, *count);
                let (best, sum) = &mut word[*at as usize];
                *best = best.max(score);
                *sum += score;
            }
        }
    }

    /// A bound on what [`Postings::score`] comes to, as fields are joined.
    pub(crate) fn most(&self) -> f32 {
        let (best, sum) = self.fields.iter().fold((0.0_f32, 0.0), |(best, sum), field| {
            let most = field.bm25.most();
            (best.max(most), sum + most)
        });
        rank::joined((best, sum))
    }
}

impl FieldPostings {
    fn of_cursors(bm25: Bm25, cursors: Vec<Cursor>) -> Self {
        Self { bm25, cursors, spans: None, read: Vec::new() }
    }

    fn read(&mut self, base: DocId, end: DocId) {
        self.read.clear();
        for cursor in &mut self.cursors {
            cursor.read(base, end, &mut self.read);
        }
        let Some(spans) = &mut self.spans else { return };
        let mut doc = spans.seek(base);
        while doc < end {
            let n_places = spans.places(doc).len() as u32;
            if n_places > 0 {
                self.read.push((doc - base, n_places));
            }
            doc = spans.seek(doc + 1);
        }
    }
}

impl Cursor {
    /// Reads each record below `end` that has not been read, with its count.
    fn read(&mut self, base: DocId, end: DocId, read: &mut Vec<(u32, u32)>) {
        loop {
            let docs = self.block.docs().get(self.at..).unwrap_or_default();
            let n_below = docs.partition_point(|doc| *doc < end);
            let docs = docs[..n_below].iter().map(|doc| doc - base);
            // Fields without frequencies say nothing of them.
            match self.block.freqs().get(self.at..) {
                Some(freqs) if freqs.len() >= n_below => read.extend(docs.zip(freqs.iter().copied())),
                _ => read.extend(docs.map(|doc| (doc, 1))),
            }
            self.at += n_below;
            if n_below == 0 || self.at < self.block.docs().len() {
                return;
            }
            self.block.advance();
            self.at = 0;
        }
    }
}

fn cursors(terms: &[Term], segment: &SegmentReader) -> Result<Vec<Cursor>, Error> {
    let mut cursors = Vec::new();
    for term in terms {
        let inverted = segment.inverted_index(term.field())?;
        let block = inverted.read_block_postings(term, IndexRecordOption::WithFreqs)?;
        cursors.extend(block.map(|block| Cursor { block, at: 0 }));
    }
    Ok(cursors)
}

/// The postings, with positions, of words at places.
pub(crate) fn open_places(
    places: &Places,
    segment: &SegmentReader,
    meter: &Rc<Meter>,
) -> Result<Spans, Error> {
    let all = |parts: &[Places]| {
        parts.iter().map(|part| open_places(part, segment, meter)).collect::<Result<Vec<_>, Error>>()
    };
    let pair = |pair: &(Places, Places)| {
        Ok::<_, Error>((open_places(&pair.0, segment, meter)?, open_places(&pair.1, segment, meter)?))
    };
    let metered = meter.clone();
    Ok(match places {
        Places::Terms(terms) => {
            let mut postings = Vec::new();
            for term in terms {
                let inverted = segment.inverted_index(term.field())?;
                postings.extend(inverted.read_postings(term, IndexRecordOption::WithFreqsAndPositions)?);
            }
            Spans::terms(postings, metered)
        }
        Places::Any(parts) => Spans::any(all(parts)?, metered),
        Places::Sequence(parts) => Spans::sequence(all(parts)?, metered),
        Places::Near(parts, at_most, ordered) => Spans::near(pair(parts)?, *at_most, *ordered, metered),
        Places::Sentence(parts, end) => {
            let end = Places::Terms(vec![end.clone()]);
            Spans::sentence(pair(parts)?, open_places(&end, segment, meter)?, metered)
        }
    })
}
