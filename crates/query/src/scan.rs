//! One pass over an index: which clauses match, how many, and the best of them by their words.
//!
//! Postings are read in windows of record numbers, all words of the query side by side, so that
//! scores, exact totals and the sets for the facets come out of one pass whose working memory
//! fits the processor's cache.

use std::rc::Rc;
use std::sync::Arc;

use chapeau_index::{Meter, NameColumn, Searcher};
use tantivy::query::{EnableScoring, Scorer};
use tantivy::{DocAddress, DocId, SegmentReader, TERMINATED};

use crate::bits::{self, Bits, Masks, WINDOW, WORDS, and, each, not, or, set};
use crate::order;
use crate::plan::{Leaf, Plan};
use crate::postings::Postings;
use crate::priors::Priors;
use crate::rank;
use crate::results::Sort;
use crate::{Error, field};

/// What a scan found.
#[derive(Default)]
pub(crate) struct Scanned {
    /// The best clauses of the tier asked for, in order.
    pub(crate) best: Vec<Candidate>,
    /// Clauses with all words.
    pub(crate) total: u64,
    /// Clauses with any.
    pub(crate) total_any: u64,
    /// By segment, the clauses with all words.
    pub(crate) all: Vec<Vec<u64>>,
    /// By segment, the clauses with any.
    pub(crate) any: Vec<Vec<u64>>,
}

impl Scanned {
    /// Whether a record is among those found.
    pub(crate) fn found(&self, at: DocAddress) -> bool {
        let word = self.any.get(at.segment_ord as usize).and_then(|any| any.get(at.doc_id as usize / 64));
        word.is_some_and(|word| word >> (at.doc_id % 64) & 1 == 1)
    }
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

impl Candidate {
    /// Whether it has a leaf. Those beyond the 64th it is taken to have.
    pub(crate) fn has(&self, leaf: usize) -> bool {
        leaf >= 64 || self.leaves >> leaf & 1 == 1
    }
}

/// Runs a plan, keeping the `keep` best clauses of a tier: only they are scored.
pub(crate) fn scan(
    plan: &Plan,
    searcher: &Searcher,
    sort: Sort,
    tier: Tier,
    keep: usize,
) -> Result<Scanned, Error> {
    let mut scanned = Scanned::default();
    for (ord, segment) in (0_u32..).zip(searcher.tantivy()?.segment_readers()) {
        let mut best = Best::new(keep);
        let mut scan = SegmentScan::open(plan, searcher, ord, sort)?;
        let (mut all, mut any) = (Vec::new(), Vec::new());
        for base in (0..segment.max_doc()).step_by(WINDOW) {
            scan.window(base);
            searcher.budget().check()?;
            scan.offer(ord, base, tier, &mut best);
            all.extend_from_slice(&scan.all);
            any.extend_from_slice(&scan.any);
        }
        scanned.total += count(&all);
        scanned.total_any += count(&any);
        scanned.all.push(all);
        scanned.any.push(any);
        scanned.best.append(&mut best.done());
    }
    order::by_key(&mut scanned.best);
    order::cut(searcher, &mut scanned.best, keep)?;
    Ok(scanned)
}

fn count(bits: &[u64]) -> u64 {
    bits.iter().map(|word| u64::from(word.count_ones())).sum()
}

/// Which of the clauses found are scored and kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tier {
    /// Those with all words.
    All,
    /// Those that lack a word.
    Lacking,
    /// Both, side by side.
    Any,
}

/// Steps that the bits of a leaf or a set cost in a window, the tree over them included.
const WINDOW_OF_A_LEAF: u64 = 60;

/// One segment under way.
pub(crate) struct SegmentScan<'a> {
    plan: &'a Plan,
    segment: &'a SegmentReader,
    leaves: Vec<Postings>,
    sets: Vec<Box<dyn Scorer>>,
    priors: Priors<'a>,
    ids: Option<Arc<NameColumn>>,
    sort: Sort,
    meter: Rc<Meter>,
    /// Leaves and the most that each adds to a score, the least first.
    most: Vec<(f32, usize)>,
    pub(crate) leaf_bits: Vec<Bits>,
    pub(crate) set_bits: Vec<Bits>,
    /// Sum of the words' scores.
    sum: Vec<f32>,
    /// By leaf of synonyms, what the typed words score that it stands in for.
    typed: Vec<Vec<f32>>,
    /// Best field and sum of fields of the word at hand.
    word: Vec<(f32, f32)>,
    /// What the window has: records that are not deleted, with all words, with any.
    pub(crate) live: Bits,
    pub(crate) all: Bits,
    pub(crate) any: Bits,
}

impl<'a> SegmentScan<'a> {
    pub(crate) fn open(plan: &'a Plan, searcher: &'a Searcher, ord: u32, sort: Sort) -> Result<Self, Error> {
        let segment = searcher.tantivy()?.segment_reader(ord);
        let meter = Rc::new(searcher.budget().meter());
        let leaves: Result<Vec<Postings>, Error> =
            plan.leaves.iter().map(|leaf| Postings::open(leaf, searcher, segment, &meter)).collect();
        let leaves = leaves?;
        let mut sets = Vec::new();
        for set in &plan.sets {
            let weight = field::query(searcher, set)
                .weight(EnableScoring::disabled_from_searcher(searcher.tantivy()?))?;
            sets.push(weight.scorer(segment, 1.0)?);
        }
        Ok(Self {
            plan,
            segment,
            most: most(plan, &leaves),
            leaf_bits: vec![[0; WORDS]; plan.leaves.len()],
            set_bits: vec![[0; WORDS]; plan.sets.len()],
            leaves,
            sets,
            priors: Priors::open(searcher, ord, sort)?,
            ids: searcher.names(ord, "id")?,
            sort,
            meter,
            sum: vec![0.0; WINDOW],
            typed: typed_scores(plan),
            word: vec![(0.0, 0.0); WINDOW],
            live: [0; WORDS],
            all: [0; WORDS],
            any: [0; WORDS],
        })
    }

    /// What the window that starts at `base` has.
    pub(crate) fn window(&mut self, base: DocId) {
        let end = base.saturating_add(WINDOW as u32).min(self.segment.max_doc());
        self.meter.spend((self.leaves.len() + self.sets.len()) as u64 * WINDOW_OF_A_LEAF);
        for (leaf, bits) in self.leaves.iter_mut().zip(&mut self.leaf_bits) {
            bits.fill(0);
            leaf.read(base, end, bits);
        }
        for (set, bits) in self.sets.iter_mut().zip(&mut self.set_bits) {
            bits.fill(0);
            fill_set(&mut **set, base, end, bits);
        }
        self.live = self.not_deleted(base, end);
        let live = self.live;
        let masks = Masks { leaves: &self.leaf_bits, sets: &self.set_bits };
        self.any = and(&masks.any(&self.plan.tree), &live);
        self.all = and(&and(&masks.all(&self.plan.tree), &live), &self.any);
    }

    /// The records of the window that are not deleted.
    fn not_deleted(&self, base: DocId, end: DocId) -> Bits {
        let mut bits = bits::first((end - base) as usize);
        if let Some(alive) = self.segment.alive_bitset() {
            each(&bits.clone(), |at| {
                let is_dead = u64::from(!alive.is_alive(base + at as u32));
                bits[at / 64] &= !(is_dead << (at % 64));
            });
        }
        bits
    }

    /// Sums up the scores of the wanted records.
    fn score(&mut self, base: DocId, wanted: &Bits) {
        self.sum.fill(0.0);
        self.typed.iter_mut().for_each(|typed| typed.fill(0.0));
        for leaf in 0..self.plan.leaves.len() {
            self.score_leaf(leaf, base, wanted);
        }
    }

    /// Adds the scores of a leaf. Leaves come in the order of the plan: those of synonyms follow the
    /// words that they stand in for.
    fn score_leaf(&mut self, at: usize, base: DocId, wanted: &Bits) {
        let leaf = &self.plan.leaves[at];
        if !leaf.scores {
            return;
        }
        let bits = and(&self.leaf_bits[at], wanted);
        self.leaves[at].score(base, wanted, &mut self.word);
        let weight = leaf.idf * leaf.count;
        for (_, by) in self.plan.stand_ins.iter().filter(|(typed, _)| *typed == at) {
            note_typed(&bits, weight, &self.word, &mut self.typed[*by]);
        }
        subtract_typed(&bits, weight, &mut self.word, &self.typed[at]);
        gather(&bits, weight, &mut self.word, &mut self.sum);
    }

    /// What each leaf adds to the score of one record. Reads all windows up to its own.
    pub(crate) fn shares(&mut self, doc: DocId) -> Vec<(usize, f32)> {
        let base = doc / WINDOW as u32 * WINDOW as u32;
        for base in (0..=base).step_by(WINDOW) {
            self.window(base);
        }
        let mut wanted = [0; WORDS];
        set(&mut wanted, doc - base);
        self.sum.fill(0.0);
        self.typed.iter_mut().for_each(|typed| typed.fill(0.0));
        let (at, n_leaves) = ((doc - base) as usize, self.plan.leaves.len());
        let share = |leaf| {
            let before = self.sum[at];
            self.score_leaf(leaf, base, &wanted);
            (leaf, self.sum[at] - before)
        };
        (0..n_leaves).map(share).collect()
    }

    /// Offers the window's matches of a tier to those kept so far.
    fn offer(&mut self, segment: u32, base: DocId, tier: Tier, best: &mut Best) {
        let wanted = match tier {
            Tier::All => self.all,
            Tier::Any => and(&self.any, &self.promising(best.floor)),
            Tier::Lacking => and(&and(&self.any, &not(&self.all)), &self.promising(best.floor)),
        };
        if wanted == [0; WORDS] {
            return;
        }
        self.score(base, &wanted);
        each(&wanted, |at| {
            let words = self.sum[at];
            if self.sort == Sort::Relevance && f64::from(words * rank::MOST_PRIOR) < best.floor {
                return;
            }
            let doc = base + at as u32;
            let prior = self.priors.of(doc);
            let key = self.priors.key(self.sort, doc, words * prior);
            if key < best.floor {
                return;
            }
            let id = self.ids.as_ref().and_then(|ids| ids.ords().first(doc)).unwrap_or(u64::MAX);
            if best.wants(key, id) {
                let leaves = self.leaves_of(at);
                best.push(Candidate { key, words, prior, segment, doc, leaves, id });
            }
        });
    }

    /// The records that may reach a score: those that have a leaf besides such as cannot reach it
    /// even together (the principle of MaxScore: Turtle and Flood, "Query Evaluation: Strategies
    /// and Optimizations", 1995).
    fn promising(&self, floor: f64) -> Bits {
        if self.sort != Sort::Relevance || floor <= 0.0 {
            return [!0; WORDS];
        }
        let mut reached = 0.0;
        self.most.iter().fold([0; WORDS], |bits, (most, leaf)| {
            reached += most;
            let too_low = f64::from(reached * rank::MOST_PRIOR * ROUNDING) < floor;
            if too_low { bits } else { or(&bits, &self.leaf_bits[*leaf]) }
        })
    }

    fn leaves_of(&self, at: usize) -> u64 {
        let has = |bits: &Bits| bits[at / 64] >> (at % 64) & 1;
        self.leaf_bits.iter().take(64).enumerate().fold(0, |mask, (leaf, bits)| mask | has(bits) << leaf)
    }
}

/// Sums in another order differ in the last digits: bounds are raised by more than that.
const ROUNDING: f32 = 1.000_1;

fn most(plan: &Plan, leaves: &[Postings]) -> Vec<(f32, usize)> {
    let weight = |leaf: &Leaf| if leaf.scores { leaf.idf * leaf.count } else { 0.0 };
    let each = plan.leaves.iter().zip(leaves).map(|(leaf, postings)| weight(leaf) * postings.most());
    let mut most: Vec<(f32, usize)> = each.zip(0..).collect();
    most.sort_unstable_by(|a, b| a.0.total_cmp(&b.0));
    most
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

/// Notes what a typed word scores, for the leaf that stands in for it.
fn note_typed(bits: &Bits, weight: f32, word: &[(f32, f32)], typed: &mut [f32]) {
    each(bits, |doc| typed[doc] += weight * rank::joined(word[doc]));
}

/// Leaves of synonyms' scores what goes beyond the typed words: a clause that has a word and its
/// synonym says no more than one that has the better of them.
fn subtract_typed(bits: &Bits, weight: f32, word: &mut [(f32, f32)], typed: &[f32]) {
    if typed.is_empty() || weight <= 0.0 {
        return;
    }
    each(bits, |doc| {
        let beyond = (rank::joined(word[doc]) - typed[doc] / weight).max(0.0);
        word[doc] = (beyond, beyond);
    });
}

/// Adds a word's scores to the sums, and clears them for the next word.
fn gather(bits: &Bits, weight: f32, word: &mut [(f32, f32)], sum: &mut [f32]) {
    each(bits, |doc| sum[doc] += weight * rank::joined(std::mem::take(&mut word[doc])));
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
