//! One pass over an index: which clauses match, how many, and the best of them by their words.
//!
//! Postings are read in windows of record numbers, all words of the query side by side, so that
//! scores, exact totals and the sets for the facets come out of one pass whose working memory
//! fits the processor's cache.

use tantivy::columnar::Column;
use tantivy::postings::BlockSegmentPostings;
use tantivy::query::{EnableScoring, Scorer};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, SegmentReader, TERMINATED, Term};

use crate::Error;
use crate::bits::{Bits, Masks, WINDOW, WORDS, and, set};
use crate::order;
use crate::plan::{Form, Leaf, Places, Plan};
use crate::priors::Priors;
use crate::rank::{self, Bm25, Scored};
use crate::results::Sort;
use crate::spans::Spans;
use chapeau_index::Searcher;

/// What a scan found.
pub(crate) struct Scanned {
    /// The best clauses that have all words, in order.
    pub(crate) best: Vec<Candidate>,
    /// The best of those that lack a word, in order.
    pub(crate) lacking: Vec<Candidate>,
    /// Clauses with all words.
    pub(crate) total: u64,
    /// Clauses with any.
    pub(crate) total_any: u64,
    /// By segment, the clauses with all words.
    pub(crate) all: Vec<Vec<u64>>,
    /// By segment, the clauses with any.
    pub(crate) any: Vec<Vec<u64>>,
}

/// A clause that matches.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Candidate {
    /// What it is ordered by, highest first.
    pub(crate) key: f64,
    /// The sum of its words' scores, without its prior.
    pub(crate) words: f32,
    /// Its prior.
    pub(crate) prior: f32,
    pub(crate) segment: u32,
    pub(crate) doc: DocId,
    /// Which leaves it has, the first 64 of them.
    pub(crate) leaves: u64,
    /// The place of its id among those of its segment: of equals, the lower one comes first.
    pub(crate) id: u64,
}

/// Runs a plan, keeping the `keep` best of each sort.
pub(crate) fn scan(plan: &Plan, searcher: &Searcher, sort: Sort, keep: usize) -> Result<Scanned, Error> {
    let mut scanned = Scanned {
        best: Vec::new(),
        lacking: Vec::new(),
        total: 0,
        total_any: 0,
        all: Vec::new(),
        any: Vec::new(),
    };
    for (ord, segment) in (0_u32..).zip(searcher.tantivy().segment_readers()) {
        let (mut best, mut lacking) = (Best::new(keep), Best::new(keep));
        let mut scan = SegmentScan::open(plan, searcher, segment, sort)?;
        let (mut all, mut any) = (Vec::new(), Vec::new());
        for base in (0..segment.max_doc()).step_by(WINDOW) {
            scan.window(base);
            scan.offer(ord, base, &mut best, &mut lacking);
            all.extend_from_slice(&scan.all);
            any.extend_from_slice(&scan.any);
        }
        scanned.total += count(&all);
        scanned.total_any += count(&any);
        scanned.all.push(all);
        scanned.any.push(any);
        scanned.best.append(&mut best.done());
        scanned.lacking.append(&mut lacking.done());
    }
    for candidates in [&mut scanned.best, &mut scanned.lacking] {
        order::sort(searcher, candidates)?;
        candidates.truncate(keep);
    }
    Ok(scanned)
}

fn count(bits: &[u64]) -> u64 {
    bits.iter().map(|word| u64::from(word.count_ones())).sum()
}

/// One segment under way.
struct SegmentScan<'a> {
    plan: &'a Plan,
    segment: &'a SegmentReader,
    leaves: Vec<OpenLeaf>,
    sets: Vec<Box<dyn Scorer>>,
    priors: Priors,
    ids: Option<Column<u64>>,
    sort: Sort,
    leaf_bits: Vec<Bits>,
    set_bits: Vec<Bits>,
    /// Sum of the words' scores.
    sum: Vec<f32>,
    /// By leaf of synonyms, what the typed words score that it stands in for.
    typed: Vec<Vec<f32>>,
    /// Best field and sum of fields of the word at hand.
    word: Vec<(f32, f32)>,
    all: Bits,
    any: Bits,
}

/// A leaf's postings in one segment.
enum OpenLeaf {
    Terms(Vec<(Bm25, Vec<Cursor>)>),
    Places(Vec<(Bm25, Spans)>),
    Symbol(Vec<(f32, Cursor)>),
}

struct Cursor {
    block: BlockSegmentPostings,
    at: usize,
}

impl<'a> SegmentScan<'a> {
    fn open(
        plan: &'a Plan,
        searcher: &Searcher,
        segment: &'a SegmentReader,
        sort: Sort,
    ) -> Result<Self, Error> {
        let leaves: Result<Vec<OpenLeaf>, Error> =
            plan.leaves.iter().map(|leaf| open_leaf(leaf, searcher, segment)).collect();
        let mut sets = Vec::new();
        for query in &plan.sets {
            let weight = query.weight(EnableScoring::disabled_from_searcher(searcher.tantivy()))?;
            sets.push(weight.scorer(segment, 1.0)?);
        }
        Ok(Self {
            plan,
            segment,
            leaf_bits: vec![[0; WORDS]; plan.leaves.len()],
            set_bits: vec![[0; WORDS]; plan.sets.len()],
            leaves: leaves?,
            sets,
            priors: Priors::open(segment)?,
            ids: segment.fast_fields().str("id")?.map(|ids| ids.ords().clone()),
            sort,
            sum: vec![0.0; WINDOW],
            typed: typed_scores(plan),
            word: vec![(0.0, 0.0); WINDOW],
            all: [0; WORDS],
            any: [0; WORDS],
        })
    }

    /// Scores and bits of the window that starts at `base`.
    fn window(&mut self, base: DocId) {
        self.sum.fill(0.0);
        let end = base.saturating_add(WINDOW as u32).min(self.segment.max_doc());
        self.typed.iter_mut().for_each(|typed| typed.fill(0.0));
        let leaves = self.plan.leaves.iter().zip(self.leaves.iter_mut().zip(&mut self.leaf_bits));
        for (at, (leaf, (open, bits))) in leaves.enumerate() {
            bits.fill(0);
            open.fill(base, end, bits, &mut self.word);
            let weight = if leaf.scores { leaf.idf * leaf.count } else { 0.0 };
            for (_, by) in self.plan.stand_ins.iter().filter(|(typed, _)| *typed == at) {
                note_typed(bits, weight, &self.word, &mut self.typed[*by]);
            }
            subtract_typed(bits, weight, &mut self.word, &self.typed[at]);
            gather(bits, weight, &mut self.word, &mut self.sum);
        }
        for (set, bits) in self.sets.iter_mut().zip(&mut self.set_bits) {
            bits.fill(0);
            fill_set(&mut **set, base, end, bits);
        }
        let live = self.live(base, end);
        let masks = Masks { leaves: &self.leaf_bits, sets: &self.set_bits };
        self.any = and(&masks.any(&self.plan.tree), &live);
        self.all = and(&and(&masks.all(&self.plan.tree), &live), &self.any);
    }

    /// The records of the window that are not deleted.
    fn live(&self, base: DocId, end: DocId) -> Bits {
        let mut bits = [0; WORDS];
        let alive = self.segment.alive_bitset();
        for doc in (base..end).filter(|doc| alive.is_none_or(|alive| alive.is_alive(*doc))) {
            set(&mut bits, doc - base);
        }
        bits
    }

    /// Offers the window's matches to those kept so far.
    fn offer(&mut self, segment: u32, base: DocId, best: &mut Best, lacking: &mut Best) {
        for (word, bits) in self.any.iter().enumerate() {
            let mut rest = *bits;
            while rest != 0 {
                let bit = rest.trailing_zeros() as usize;
                rest &= rest - 1;
                let at = word * 64 + bit;
                let has_all = self.all[word] >> bit & 1 == 1;
                let kept = if has_all { &mut *best } else { &mut *lacking };
                let words = self.sum[at];
                if self.sort == Sort::Relevance && f64::from(words * rank::MOST_PRIOR) < kept.floor {
                    continue;
                }
                let doc = base + at as u32;
                let prior = self.priors.of(doc);
                let key = self.priors.key(self.sort, doc, words * prior);
                if key < kept.floor {
                    continue;
                }
                let id = self.ids.as_ref().and_then(|ids| ids.first(doc)).unwrap_or(u64::MAX);
                if kept.wants(key, id) {
                    let leaves = self.leaves_of(word, bit);
                    kept.push(Candidate { key, words, prior, segment, doc, leaves, id });
                }
            }
        }
    }

    fn leaves_of(&self, word: usize, bit: usize) -> u64 {
        let has = |bits: &Bits| bits[word] >> bit & 1;
        self.leaf_bits.iter().take(64).enumerate().fold(0, |mask, (leaf, bits)| mask | has(bits) << leaf)
    }
}

fn open_leaf(leaf: &Leaf, searcher: &Searcher, segment: &SegmentReader) -> Result<OpenLeaf, Error> {
    let bm25 = |scored: &Scored| {
        let norms = segment.fieldnorms_readers().get_field(scored.field)?;
        Ok::<Bm25, Error>(Bm25::new(*scored, searcher.statistics(), norms))
    };
    Ok(match &leaf.form {
        Form::Terms(fields) => {
            let mut open = Vec::new();
            for (scored, terms) in fields {
                let cursors = cursors(terms, segment)?;
                if !cursors.is_empty() {
                    open.push((bm25(scored)?, cursors));
                }
            }
            OpenLeaf::Terms(open)
        }
        Form::Places(fields) => {
            let open: Result<Vec<_>, Error> = fields
                .iter()
                .map(|(scored, places)| Ok((bm25(scored)?, open_places(places, segment)?)))
                .collect();
            OpenLeaf::Places(open?)
        }
        Form::Symbol(own, cited) => {
            let own = cursors(std::slice::from_ref(own), segment)?;
            let cited = cursors(std::slice::from_ref(cited), segment)?;
            let weighted = |weight: f32| move |cursor| (weight, cursor);
            let own = own.into_iter().map(weighted(rank::OWN_SYMBOL));
            OpenLeaf::Symbol(own.chain(cited.into_iter().map(weighted(rank::CITED_SYMBOL))).collect())
        }
    })
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
pub(crate) fn open_places(places: &Places, segment: &SegmentReader) -> Result<Spans, Error> {
    let all = |parts: &[Places]| {
        parts.iter().map(|part| open_places(part, segment)).collect::<Result<Vec<_>, Error>>()
    };
    let pair = |pair: &(Places, Places)| {
        Ok::<_, Error>(Box::new((open_places(&pair.0, segment)?, open_places(&pair.1, segment)?)))
    };
    Ok(match places {
        Places::Terms(terms) => {
            let mut postings = Vec::new();
            for term in terms {
                let inverted = segment.inverted_index(term.field())?;
                postings.extend(inverted.read_postings(term, IndexRecordOption::WithFreqsAndPositions)?);
            }
            Spans::Terms(postings)
        }
        Places::Any(parts) => Spans::Any(all(parts)?),
        Places::Sequence(parts) => Spans::Sequence(all(parts)?),
        Places::Near(parts, at_most, ordered) => Spans::Near(pair(parts)?, *at_most, *ordered),
        Places::Both(parts) => Spans::Both(pair(parts)?),
    })
}

impl OpenLeaf {
    /// Sets the bits of the records `base..end` that have the leaf, with the best field's score
    /// and the sum of all fields'.
    fn fill(&mut self, base: DocId, end: DocId, bits: &mut Bits, word: &mut [(f32, f32)]) {
        let mut see = |doc: DocId, score: f32| {
            set(bits, doc - base);
            let (best, sum) = &mut word[(doc - base) as usize];
            *best = best.max(score);
            *sum += score;
        };
        match self {
            Self::Terms(fields) => {
                for (bm25, cursors) in fields {
                    for cursor in cursors {
                        cursor.visit(end, |doc, count| see(doc, bm25.score(doc, count)));
                    }
                }
            }
            Self::Places(fields) => {
                for (bm25, spans) in fields {
                    let mut doc = spans.seek(base);
                    while doc < end {
                        let n_places = spans.places(doc).len() as u32;
                        if n_places > 0 {
                            see(doc, bm25.score(doc, n_places));
                        }
                        doc = spans.seek(doc + 1);
                    }
                }
            }
            Self::Symbol(cursors) => {
                for (weight, cursor) in cursors {
                    cursor.visit(end, |doc, _| see(doc, *weight));
                }
            }
        }
    }
}

impl Cursor {
    /// Shows each record below `end` that has not been shown, with its count.
    fn visit(&mut self, end: DocId, mut see: impl FnMut(DocId, u32)) {
        loop {
            let docs = self.block.docs();
            let freqs = self.block.freqs();
            while let Some(doc) = docs.get(self.at) {
                if *doc >= end {
                    return;
                }
                see(*doc, freqs.get(self.at).copied().unwrap_or(1));
                self.at += 1;
            }
            if docs.is_empty() {
                return;
            }
            self.block.advance();
            self.at = 0;
        }
    }
}

fn fill_set(docs: &mut dyn Scorer, base: DocId, end: DocId, bits: &mut Bits) {
    let mut doc = if docs.doc() < base { docs.seek(base) } else { docs.doc() };
    while doc < end && doc != TERMINATED {
        set(bits, doc - base);
        doc = docs.advance();
    }
}

/// Room for a window's scores, for each leaf that stands in for others.
fn typed_scores(plan: &Plan) -> Vec<Vec<f32>> {
    let stands_in = |leaf| plan.stand_ins.iter().any(|(_, by)| *by == leaf);
    (0..plan.leaves.len()).map(|leaf| if stands_in(leaf) { vec![0.0; WINDOW] } else { Vec::new() }).collect()
}

fn each(bits: &Bits, mut see: impl FnMut(usize)) {
    for (at, mut rest) in bits.iter().copied().enumerate() {
        while rest != 0 {
            see(at * 64 + rest.trailing_zeros() as usize);
            rest &= rest - 1;
        }
    }
}

fn joined(fields: (f32, f32)) -> f32 {
    fields.0 + rank::OTHER_FIELDS * (fields.1 - fields.0)
}

/// Notes what a typed word scores, for the leaf that stands in for it.
fn note_typed(bits: &Bits, weight: f32, word: &[(f32, f32)], typed: &mut [f32]) {
    each(bits, |doc| typed[doc] += weight * joined(word[doc]));
}

/// Leaves of synonyms' scores what goes beyond the typed words: a clause that has a word and its
/// synonym says no more than one that has the better of them.
fn subtract_typed(bits: &Bits, weight: f32, word: &mut [(f32, f32)], typed: &[f32]) {
    if typed.is_empty() || weight <= 0.0 {
        return;
    }
    each(bits, |doc| {
        let beyond = (joined(word[doc]) - typed[doc] / weight).max(0.0);
        word[doc] = (beyond, beyond);
    });
}

/// Adds a word's scores to the sums, and clears them for the next word.
fn gather(bits: &Bits, weight: f32, word: &mut [(f32, f32)], sum: &mut [f32]) {
    each(bits, |doc| sum[doc] += weight * joined(std::mem::take(&mut word[doc])));
}

/// The highest candidates of one segment so far.
struct Best {
    keep: usize,
    kept: Vec<Candidate>,
    /// No candidate below this can be among the highest.
    floor: f64,
    /// Nor one that equals it and has this id or a later one.
    floor_id: u64,
}

impl Best {
    fn new(keep: usize) -> Self {
        Self { keep: keep.max(1), kept: Vec::new(), floor: f64::NEG_INFINITY, floor_id: u64::MAX }
    }

    fn wants(&self, key: f64, id: u64) -> bool {
        key > self.floor || id < self.floor_id
    }

    fn push(&mut self, candidate: Candidate) {
        self.kept.push(candidate);
        if self.kept.len() >= 2 * self.keep {
            self.cut();
        }
    }

    fn cut(&mut self) {
        if self.kept.len() > self.keep {
            let (_, last, _) = self.kept.select_nth_unstable_by(self.keep - 1, highest_first);
            (self.floor, self.floor_id) = (last.key, last.id);
            self.kept.truncate(self.keep);
        }
    }

    fn done(mut self) -> Vec<Candidate> {
        self.cut();
        self.kept
    }
}

fn highest_first(a: &Candidate, b: &Candidate) -> std::cmp::Ordering {
    b.key.total_cmp(&a.key).then_with(|| a.id.cmp(&b.id))
}
