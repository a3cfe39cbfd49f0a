//! How well a clause answers: every constant of the ranking, with its origin.
//!
//! A clause's score is the sum, over the words of the query, of the word's best field (BM25 with
//! exact live counts), plus a part for neighbouring words that stand near each other, times a
//! prior for what sort of clause of what sort of document it is.

use chapeau_document::{Kind, Part, Status, Unit};
use chapeau_index::{Fields, Statistics};
use tantivy::fieldnorm::FieldNormReader;
use tantivy::schema::Field;

/// Saturation of term frequency. The usual values are 1.2 and 0.9 (Robertson and Zaragoza, "The
/// Probabilistic Relevance Framework: BM25 and Beyond", 2009; Lucene's and Anserini's defaults):
/// clauses are short, and the lower one was better on five of six collections.
pub(crate) const K1: f32 = 0.9;

/// A field that words are looked for in.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Scored {
    pub(crate) field: Field,
    /// Its weight against the clause's own words.
    weight: f32,
    /// How much length matters, 0..=1.
    b: f32,
}

impl Scored {
    /// Its weight against the clause's own words.
    pub(crate) fn weight(self) -> f32 {
        self.weight
    }
}

/// The fields, the clause's own words first. One set of values for all collections, tried one by
/// one and then together. nDCG@10 with them: passages of regulation .706, Cranfield .421, CISI
/// .383, NPL .433, treaty articles by heading and party .952, by words of the body and party .867.
pub(crate) fn scored_fields() -> [Scored; 4] {
    let fields = Fields::get();
    [
        Scored { field: fields.text, weight: 1.0, b: 0.65 },
        Scored { field: fields.lead_in, weight: 0.4, b: 0.75 },
        Scored { field: fields.heading, weight: 1.3, b: 0.5 },
        Scored { field: fields.title, weight: 1.3, b: 0.0 },
    ]
}

/// How much of the other fields is added to a word's best one: a word that stands in the
/// heading as well says more than one that does not.
const OTHER_FIELDS: f32 = 0.5;

/// A word's score from that of its best field and the sum of all fields'.
pub(crate) fn joined((best, sum): (f32, f32)) -> f32 {
    best + OTHER_FIELDS * (sum - best)
}

/// The shortest length, as a share of the average, that length normalisation takes for real.
/// Without it three bare slide bullets stand above the decisions that they quote.
const SHORTEST: f32 = 0.2;

/// Weight of a synonym against the word typed. Below 1, since a synonym is often wider or narrower
/// than the word. The clause scores the better of the two: their sum lost .028 on known-item search.
pub(crate) const SYNONYM: f32 = 0.5;

/// Weight of a document's own symbol, and of one that the clause cites, in places of idf.
pub(crate) const OWN_SYMBOL: f32 = 12.0;
/// See [`OWN_SYMBOL`].
pub(crate) const CITED_SYMBOL: f32 = 6.0;

/// Weight of the clauses of an article that is asked for: above those that cite it, whose words
/// reach at most 1.9 times the rarity of two words.
pub(crate) const OWN_PLACE: f32 = 30.0;

/// Up to so many words, clauses with all of them come first; a longer query is a question, answered
/// in order of score alone. With all words first throughout, passages of regulation fall from .706
/// to .676; without it from three words on, treaty articles by heading fall from .952 to .82.
pub(crate) const MOST_WANTED: usize = 9;

/// Candidates whose words are compared in place. Proximity moves a clause by some places, not
/// by hundreds.
pub(crate) const CANDIDATES: usize = 200;

/// Weight of the proximity part.
pub(crate) const PROXIMITY: f32 = 0.5;

/// BM25 of one field, as a table by length.
pub(crate) struct Bm25 {
    norms: Option<FieldNormReader>,
    lengths: [f32; 256],
    weight: f32,
}

impl Bm25 {
    /// The table of a field, for one segment's lengths.
    pub(crate) fn new(scored: Scored, statistics: &Statistics, norms: Option<FieldNormReader>) -> Self {
        let tally = statistics.tally(scored.field);
        let average = (tally.tokens as f32 / tally.records.max(1) as f32).max(1.0);
        let length = |id: u8| (FieldNormReader::id_to_fieldnorm(id) as f32 / average).max(SHORTEST);
        let lengths = std::array::from_fn(|id| K1 * (1.0 - scored.b + scored.b * length(id as u8)));
        Self { norms, lengths, weight: scored.weight * (K1 + 1.0) }
    }

    /// The same score for every record, however often and in whatever length.
    pub(crate) fn constant(weight: f32) -> Self {
        Self { norms: None, lengths: [0.0; 256], weight }
    }

    /// The score of a word of weight 1 that stands `count` times in record `doc`.
    pub(crate) fn score(&self, doc: u32, count: u32) -> f32 {
        self.score_in(self.norms.as_ref().map_or(0, |norms| norms.fieldnorm_id(doc)), count)
    }

    /// The same in a field of this length, as Tantivy writes lengths down.
    pub(crate) fn score_in(&self, id: u8, count: u32) -> f32 {
        let count = count as f32;
        self.weight * count / (count + self.lengths[usize::from(id)])
    }

    /// What the score of such a word stays below, however often it stands in however short a record.
    pub(crate) fn most(&self) -> f32 {
        self.weight
    }
}

/// How much the length of a document matters where documents are hits, and its clauses are what is
/// counted: the usual value (Robertson and Zaragoza, as above).
const DOCUMENT_B: f32 = 0.75;

/// The score of a word of weight 1 that `count` clauses have, of a document so many times as long as
/// the average one.
pub(crate) fn of_document(count: u32, length: f32) -> f32 {
    let count = count as f32;
    count * (K1 + 1.0) / (count + K1 * (1.0 - DOCUMENT_B + DOCUMENT_B * length))
}

/// The weight of a word that `n_having` of `n_records` have.
pub(crate) fn idf(n_having: u64, n_records: u64) -> f32 {
    let (having, all) = (n_having.min(n_records) as f32, n_records as f32);
    (1.0 + (all - having + 0.5) / (having + 0.5)).ln()
}

/// The part for two neighbouring words of the query: full where they stand side by side as typed,
/// fading with the square of their distance.
pub(crate) fn proximity(distance: u32, in_order: bool, idf: f32) -> f32 {
    let distance = distance.max(1) as f32 + if in_order { 0.0 } else { 1.0 };
    PROXIMITY * idf / (distance * distance)
}

/// The most that the factors below make together.
pub(crate) const MOST_PRIOR: f32 = 1.1;

/// Factor for what carries more weight with those who cite. Small steps: they settle near ties.
pub(crate) fn of_kind(kind: Kind) -> f32 {
    match kind {
        Kind::Decision
        | Kind::Resolution
        | Kind::Declaration
        | Kind::Agreement
        | Kind::Protocol
        | Kind::Law
        | Kind::Schedule => 1.0,
        Kind::Report | Kind::Minutes | Kind::Notification | Kind::Guidance | Kind::Other => 0.95,
        Kind::Communication | Kind::Proposal | Kind::Recommendation | Kind::Statement => 0.9,
        Kind::Presentation => 0.7,
    }
}

/// Adopted texts over drafts over others.
pub(crate) fn of_status(status: Status) -> f32 {
    match status {
        Status::Adopted | Status::InForce => 1.05,
        Status::Unknown => 1.0,
        Status::Draft | Status::Superseded => 0.97,
    }
}

/// What is decided over what stands around it.
pub(crate) fn of_part(part: Part) -> f32 {
    match part {
        Part::Operative => 1.04,
        Part::Main | Part::Annex | Part::Preambular => 1.0,
        Part::Footnote | Part::FrontMatter | Part::Closing => 0.9,
    }
}

/// Paragraphs over list items.
pub(crate) fn of_unit(unit: Unit) -> f32 {
    if matches!(unit, Unit::Item | Unit::TableRow) { 0.92 } else { 1.0 }
}
