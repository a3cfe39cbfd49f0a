//! Documents as hits: a document matches as a whole, and its best clauses are shown.
//!
//! One pass counts, for each document, how many of its clauses have each word; a second one, over
//! the best documents only, finds their best clauses.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use chapeau_index::{Fields, NameColumn, RecordKind, Room, Searcher};
use tantivy::{DocAddress, Term};

use crate::bits::{self, Bits, Masks, WINDOW, WORDS, and, each};
use crate::plan::{Leaf, Node, Plan, Set};
use crate::priors::Priors;
use crate::results::{DocumentHit, Hit, Request, Sort};
use crate::scan::{Candidate, SegmentScan, Tier, scan};
use crate::{Error, nearness, order, rank, search};

/// Clauses of a document that are shown.
const SHOWN: usize = 3;
/// Clauses of a document whose words are compared in place.
const COMPARED: usize = 8;
/// Documents that are compared once more by their best clauses, at a time.
const BLOCK: usize = 50;

/// What was found.
pub(crate) struct Found {
    /// Documents that have all words, each in some clause.
    pub(crate) total: u64,
    /// Documents with any.
    pub(crate) total_any: u64,
    /// One clause of each document of `total`, or of `total_any` where that is none: by segment.
    pub(crate) one_each: Vec<Vec<u64>>,
    /// Clauses with all words, and with any.
    pub(crate) clauses: (u64, u64),
    /// The page of hits that is asked for, without marks.
    pub(crate) hits: Vec<DocumentHit>,
}

/// Finds documents.
pub(crate) fn find(plan: &mut Plan, searcher: &Searcher, request: &Request) -> Result<Found, Error> {
    plan.sets.push(Set::Terms(vec![RecordKind::Clause.term()]));
    let (mut counted, mut clauses) = (Vec::new(), (0, 0));
    for (ord, segment) in (0_u32..).zip(searcher.tantivy()?.segment_readers()) {
        let mut counts = Counts::open(plan, searcher, ord, request.sort)?;
        let mut scan = SegmentScan::open(plan, searcher, ord, request.sort)?;
        for base in (0..segment.max_doc()).step_by(WINDOW) {
            scan.window(base);
            searcher.budget().check()?;
            counts.add(&scan, base, plan);
            let number = |bits: &Bits| bits.iter().map(|word| u64::from(word.count_ones())).sum::<u64>();
            clauses = (clauses.0 + number(&scan.all), clauses.1 + number(&scan.any));
        }
        counted.push(counts);
    }
    let mut found: Vec<Scored> = counted.iter().flat_map(|counts| counts.found(plan)).collect();
    score(&mut found, plan, &counted, request.sort);
    let total = found.iter().filter(|document| document.has_all).count() as u64;
    let total_any = found.len() as u64;
    let one_each = one_each(&found, total > 0, searcher)?;
    let hits = page(found, plan, searcher, request)?;
    Ok(Found { total, total_any, one_each, clauses, hits })
}

/// How many clauses of each document of a segment have what is looked for.
struct Counts<'a> {
    segment: u32,
    names: Vec<Box<str>>,
    /// By leaf, then document.
    leaves: Vec<Vec<u32>>,
    /// By set, a bit for each document.
    sets: Vec<Vec<Bits>>,
    /// Clauses that can be hits.
    length: Vec<u32>,
    /// The first clause that counts, and the highest prior of one.
    first: Vec<u32>,
    prior: Vec<f32>,
    priors: Priors<'a>,
    ords: Option<Arc<NameColumn>>,
    /// What all this takes.
    _room: Room,
}

impl<'a> Counts<'a> {
    fn open(plan: &Plan, searcher: &'a Searcher, segment: u32, sort: Sort) -> Result<Self, Error> {
        let ords = searcher.names(segment, "document")?;
        let names = ords.as_ref().map_or(Ok(Vec::new()), |column| column.names().map(<[_]>::to_vec))?;
        let n_documents = names.len();
        let bytes = n_documents * (size_of::<u32>() * (plan.leaves.len() + 3) + plan.sets.len().div_ceil(8));
        let room = searcher.budget().room(bytes as u64)?;
        Ok(Self {
            segment,
            names,
            leaves: vec![vec![0; n_documents]; plan.leaves.len()],
            sets: vec![vec![[0; WORDS]; n_documents.div_ceil(WINDOW)]; plan.sets.len()],
            length: vec![0; n_documents],
            first: vec![u32::MAX; n_documents],
            prior: vec![0.0; n_documents],
            priors: Priors::open(searcher, segment, sort)?,
            ords,
            _room: room,
        })
    }

    /// Adds a window's clauses. Restrictions say which clauses count: a word that stands only in
    /// others is not there.
    fn add(&mut self, scan: &SegmentScan<'_>, base: u32, plan: &Plan) {
        let Some(ords) = self.ords.clone() else { return };
        let masks = Masks { leaves: &scan.leaf_bits, sets: &scan.set_bits };
        let clauses = scan.set_bits.last().map_or([0; WORDS], |clauses| and(clauses, &scan.live));
        let counted =
            restrictions(&plan.tree).iter().fold(clauses, |bits, node| and(&bits, &masks.all(node)));
        let document = |at: usize| ords.ords().first(base + at as u32).unwrap_or(0) as usize;
        each(&clauses, |at| self.length[document(at)] += 1);
        each(&counted, |at| {
            let (document, record) = (document(at), base + at as u32);
            self.first[document] = self.first[document].min(record);
            self.prior[document] = self.prior[document].max(self.priors.of(record));
        });
        for (leaf, bits) in self.leaves.iter_mut().zip(&scan.leaf_bits) {
            each(&and(bits, &counted), |at| leaf[document(at)] += 1);
        }
        for (set, bits) in self.sets.iter_mut().zip(&scan.set_bits) {
            each(&and(bits, &counted), |at| {
                let document = document(at);
                bits::set(&mut set[document / WINDOW], (document % WINDOW) as u32);
            });
        }
    }

    /// The documents that match as wholes.
    fn found(&self, plan: &Plan) -> Vec<Scored> {
        let mut found = Vec::new();
        for (window, start) in (0..self.names.len()).step_by(WINDOW).enumerate() {
            let documents = start..self.names.len().min(start + WINDOW);
            let leaves: Vec<Bits> =
                self.leaves.iter().map(|counts| having(&counts[documents.clone()])).collect();
            let sets: Vec<Bits> = self.sets.iter().map(|set| set[window]).collect();
            let masks = Masks { leaves: &leaves, sets: &sets };
            let (all, any) = (masks.all(&plan.tree), masks.any(&plan.tree));
            each(&and(&any, &bits::first(documents.len())), |at| {
                let document = start + at;
                if self.first[document] < u32::MAX {
                    found.push(self.scored(document, bits::has(&all, at as u32), plan));
                }
            });
        }
        found
    }

    fn scored(&self, document: usize, has_all: bool, plan: &Plan) -> Scored {
        Scored {
            id: self.names[document].clone(),
            segment: self.segment,
            document,
            first: self.first[document],
            has_all,
            missing: plan.missing(|leaf| self.leaves[leaf][document] > 0),
            prior: self.prior[document],
            score: 0.0,
            key: 0.0,
        }
    }
}

/// A document that matches.
struct Scored {
    id: Box<str>,
    segment: u32,
    /// Its place among the names of its segment.
    document: usize,
    /// A clause of it.
    first: u32,
    has_all: bool,
    /// Words that it lacks.
    missing: Vec<String>,
    prior: f32,
    score: f32,
    /// What it is ordered by, highest first.
    key: f64,
}

fn having(counts: &[u32]) -> Bits {
    let mut bits = [0; WORDS];
    for (at, _) in (0_u32..).zip(counts).filter(|(_, count)| **count > 0) {
        bits::set(&mut bits, at);
    }
    bits
}

/// The parts of a tree that every clause of a hit must hold by itself, and that hold no words.
fn restrictions(tree: &Node) -> Vec<&Node> {
    match tree {
        Node::Group { should, must, .. } => {
            let only = if let [only] = &should[..] { restrictions(only) } else { Vec::new() };
            must.iter().flat_map(restrictions).chain(only).collect()
        }
        Node::And(nodes) => nodes.iter().flat_map(restrictions).collect(),
        node if is_restriction(node) => vec![node],
        _ => Vec::new(),
    }
}

fn is_restriction(node: &Node) -> bool {
    match node {
        Node::Set(_) => true,
        Node::Or(nodes) | Node::And(nodes) => nodes.iter().all(is_restriction),
        Node::Not(node) => is_restriction(node),
        Node::Everything | Node::Leaf(_) | Node::Group { .. } | Node::Synonyms { .. } => false,
    }
}

/// Scores documents as BM25 does, a clause that has a word counting as one occurrence and all
/// clauses as the length: a word that stands throughout says more than one that stands once.
fn score(found: &mut [Scored], plan: &Plan, counted: &[Counts<'_>], sort: Sort) {
    let n_documents: u64 = counted.iter().map(|counts| has_length(&counts.length)).sum();
    let n_clauses: u64 = counted.iter().flat_map(|counts| &counts.length).map(|n| u64::from(*n)).sum();
    let average = (n_clauses as f32 / n_documents.max(1) as f32).max(1.0);
    let n_having = |leaf: usize| counted.iter().map(|counts| has_length(&counts.leaves[leaf])).sum::<u64>();
    let weights: Vec<f32> = (0..plan.leaves.len())
        .map(|leaf| weight(leaf, plan, rank::idf(n_having(leaf), n_documents)))
        .collect();
    for document in found {
        let counts = &counted[document.segment as usize];
        let length = counts.length[document.document] as f32 / average;
        let of_leaf =
            |leaf: usize| weights[leaf] * rank::of_document(counts.leaves[leaf][document.document], length);
        let words: f32 = (0..plan.leaves.len()).map(|leaf| beyond(leaf, plan, &of_leaf)).sum();
        document.score = words * document.prior;
        document.key = counts.priors.key(sort, document.first, document.score);
    }
}

fn has_length(counts: &[u32]) -> u64 {
    counts.iter().filter(|count| **count > 0).count() as u64
}

fn weight(leaf: usize, plan: &Plan, idf: f32) -> f32 {
    let Leaf { count, scores, .. } = plan.leaves[leaf];
    let share = if plan.stand_ins.iter().any(|(_, by)| *by == leaf) { rank::SYNONYM } else { 1.0 };
    if scores { idf * count * share } else { 0.0 }
}

/// What a leaf adds: of one that stands in for others, what goes beyond theirs.
fn beyond(leaf: usize, plan: &Plan, of_leaf: &impl Fn(usize) -> f32) -> f32 {
    let typed: f32 =
        plan.stand_ins.iter().filter(|(_, by)| *by == leaf).map(|(typed, _)| of_leaf(*typed)).sum();
    (of_leaf(leaf) - typed).max(0.0)
}

/// One clause of each document found, as bits by segment.
fn one_each(found: &[Scored], only_all: bool, searcher: &Searcher) -> Result<Vec<Vec<u64>>, Error> {
    let readers = searcher.tantivy()?.segment_readers().iter();
    let mut segments: Vec<Vec<u64>> =
        readers.map(|segment| vec![0; segment.max_doc().div_ceil(64) as usize]).collect();
    for document in found.iter().filter(|document| document.has_all || !only_all) {
        segments[document.segment as usize][document.first as usize / 64] |= 1 << (document.first % 64);
    }
    Ok(segments)
}

/// The hits that are asked for. Documents that are near each other by their counts are
/// compared once more: one whose words meet in a clause says more than one that has them scattered.
fn page(
    mut found: Vec<Scored>,
    plan: &mut Plan,
    searcher: &Searcher,
    request: &Request,
) -> Result<Vec<DocumentHit>, Error> {
    found.sort_unstable_by(highest_first);
    let end = request.offset.saturating_add(request.limit).min(found.len());
    // In whole blocks, so that each page goes on where the one before ended.
    let start = request.offset.min(end) / BLOCK * BLOCK;
    found.truncate(end.next_multiple_of(BLOCK));
    let mut blocks = found.split_off(start);
    let mut clauses = clauses_of(&blocks, plan, searcher)?;
    for document in &mut blocks {
        let best = clauses.get(&document.id).and_then(|clauses| clauses.best.first());
        document.score += best.map_or(0.0, |best| best.words * best.prior);
        if request.sort == Sort::Relevance {
            document.key = document.score.into();
        }
    }
    blocks.chunks_mut(BLOCK).for_each(|block| block.sort_unstable_by(highest_first));
    let page = blocks.into_iter().take(end - start).skip(request.offset - start);
    page.map(|document| {
        let clauses = clauses.remove(&document.id).unwrap_or_default();
        hit(document, &clauses, plan, searcher)
    })
    .collect()
}

/// Those with all words first, whatever the order within.
fn highest_first(a: &Scored, b: &Scored) -> std::cmp::Ordering {
    let by_words = b.has_all.cmp(&a.has_all);
    by_words.then_with(|| b.key.total_cmp(&a.key)).then_with(|| a.id.cmp(&b.id))
}

/// The clauses of a document that match.
#[derive(Default)]
struct Clauses {
    total: u64,
    /// The best of them, those with all words first.
    best: Vec<Candidate>,
}

fn clauses_of(
    found: &[Scored],
    plan: &mut Plan,
    searcher: &Searcher,
) -> Result<HashMap<Box<str>, Clauses>, Error> {
    let document = Fields::get().document;
    let terms = found.iter().map(|scored| Term::from_field_text(document, &scored.id));
    narrow(plan, Set::Terms(terms.collect()));
    let all = u32::MAX as usize;
    let scanned = scan(plan, searcher, Sort::Relevance, Tier::Any, all)?;
    let mut clauses: HashMap<Box<str>, Clauses> = HashMap::new();
    for candidate in in_order(scanned.best, plan) {
        let of_document = clauses.entry(order::document(searcher, &candidate)?).or_default();
        of_document.total += 1;
        if of_document.best.len() < COMPARED {
            of_document.best.push(candidate);
        }
    }
    for Clauses { best, .. } in clauses.values_mut() {
        nearness::add(plan, searcher, best)?;
        *best = in_order(std::mem::take(best), plan);
    }
    Ok(clauses)
}

/// Looks for the clauses of some documents that have anything of what was asked for: that the
/// document matches as a whole is known.
fn narrow(plan: &mut Plan, documents: Set) {
    let should = (0..plan.leaves.len()).filter(|leaf| plan.leaves[*leaf].scores).map(Node::Leaf).collect();
    let mut must: Vec<Node> = restrictions(&plan.tree).into_iter().cloned().collect();
    // The set of all clauses is the last.
    must.push(Node::Set(plan.sets.len() - 1));
    plan.sets.push(documents);
    must.push(Node::Set(plan.sets.len() - 1));
    plan.tree = Node::Group { should, must, must_not: Vec::new() };
}

fn in_order(mut candidates: Vec<Candidate>, plan: &Plan) -> Vec<Candidate> {
    let has_all = |candidate: &Candidate| plan.missing(|leaf| candidate.has(leaf)).is_empty();
    candidates.sort_by(|a, b| {
        let by_words = has_all(b).cmp(&has_all(a));
        by_words.then_with(|| b.key.total_cmp(&a.key)).then_with(|| (a.segment, a.id).cmp(&(b.segment, b.id)))
    });
    candidates
}

fn hit(document: Scored, clauses: &Clauses, plan: &Plan, searcher: &Searcher) -> Result<DocumentHit, Error> {
    let lost = || chapeau_index::Error::Corrupt {
        path: searcher.dir().to_owned(),
        reason: format!("the document {} has clauses and no record", document.id),
    };
    let record = searcher.document_by_id(&document.id)?.ok_or_else(lost)?;
    let mut best: Vec<Hit> = Vec::new();
    let mut texts = HashSet::new();
    for candidate in &clauses.best {
        let clause = searcher.clause(DocAddress::new(candidate.segment, candidate.doc))?;
        if best.len() < SHOWN && texts.insert(clause.text.clone()) {
            best.push(search::hit(candidate, clause, 0, plan));
        }
    }
    let Scored { score, missing, .. } = document;
    Ok(DocumentHit { document: record.summary(), score, missing, matches: clauses.total, best })
}
