//! What is asked and what comes back: plain data, in the words of the public contract.

use std::collections::BTreeMap;
use std::sync::Arc;

use chapeau_document::{ClauseRecord, Span};
use chapeau_index::{DocumentSummary, Totals};
use schemars::JsonSchema;
use serde::Serialize;

use crate::lineage::Versions;
use crate::thesaurus::Thesaurus;

/// A question.
#[derive(Clone, Debug)]
pub struct Request {
    /// The query as typed.
    pub query: String,
    /// Restrictions given beside the query: (field, value); values of one field are OR-ed.
    pub filters: Vec<(String, String)>,
    /// Most hits to return.
    pub limit: usize,
    /// Hits to leave out first.
    pub offset: usize,
    /// The order of the hits.
    pub sort: Sort,
    /// What becomes of clauses with the same text.
    pub fold: Fold,
    /// Count the values of each facet.
    pub facets: bool,
    /// Say of each hit how its score came about; costs a look at the index for each.
    pub explain: bool,
    /// Count the versions of each clause; costs some milliseconds a hit.
    pub versions: bool,
    /// Cut passages and mark them; a run that needs ids and scores alone goes without.
    pub passages: bool,
    /// Where synonyms of loose words come from; with none, only what is typed is looked for.
    pub thesaurus: Option<Arc<Thesaurus>>,
    /// Words, as [`Expansion::word`] gives them, that are to be looked for without synonyms.
    pub as_typed: Vec<String>,
}

impl Default for Request {
    fn default() -> Self {
        Self {
            query: String::new(),
            filters: Vec::new(),
            limit: 10,
            offset: 0,
            sort: Sort::Relevance,
            fold: Fold::Same,
            facets: true,
            explain: false,
            versions: false,
            passages: true,
            thesaurus: Some(Arc::new(Thesaurus::built_in())),
            as_typed: Vec::new(),
        }
    }
}

/// The order of hits. Equal ones stand by clause id.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// The best first.
    #[default]
    Relevance,
    /// The oldest first.
    Date,
    /// The newest first.
    DateDescending,
    /// Clauses that few documents have first, in the same words.
    Copies,
    /// Those that many have first.
    CopiesDescending,
}

/// What becomes of hits whose clauses have the same text. Numbers, dates and names are part of it:
/// a renewal for another year is never folded away.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Fold {
    /// They are folded under the best of them, which says how many.
    #[default]
    Same,
    /// So are those that differ in case, punctuation, spelling or endings only.
    Near,
    /// Each is a hit.
    No,
}

/// An answer, whose hits are clauses or, in document scope, documents.
#[derive(Clone, Debug, Default, Serialize, JsonSchema)]
pub struct Results<H = Hit> {
    /// The query as typed.
    pub query: String,
    /// The query as understood, in canonical form.
    pub parsed: String,
    /// What could not be honoured, and what was done instead.
    pub warnings: Vec<QueryWarning>,
    /// Words that were searched besides those typed.
    pub expansions: Vec<Expansion>,
    /// Clauses, or documents, with all words.
    pub total: u64,
    /// The same with any word.
    pub total_any: u64,
    /// As asked.
    pub limit: usize,
    /// As asked.
    pub offset: usize,
    /// The hits, in order.
    pub hits: Vec<H>,
    /// Counts by field, then value, the most frequent first; of the clauses of `total`, or of
    /// `total_any` where no clause has all words. In document scope of documents, and of what is
    /// said of documents.
    pub facets: BTreeMap<&'static str, Vec<FacetCount>>,
    /// A likelier spelling of the query, where it finds far more.
    pub did_you_mean: Option<Nearest>,
    /// Where nothing was found: the queries nearest to this one that find something.
    pub nearest: Vec<Nearest>,
    /// Words of the query that no clause has.
    pub absent: Vec<String>,
    /// What was searched.
    pub searched: Totals,
}

impl<H> Results<H> {
    /// The same answer with each hit written in another way.
    pub fn map<T>(self, change: impl FnMut(H) -> T) -> Results<T> {
        Results {
            hits: self.hits.into_iter().map(change).collect(),
            query: self.query,
            parsed: self.parsed,
            warnings: self.warnings,
            expansions: self.expansions,
            total: self.total,
            total_any: self.total_any,
            limit: self.limit,
            offset: self.offset,
            facets: self.facets,
            did_you_mean: self.did_you_mean,
            nearest: self.nearest,
            absent: self.absent,
            searched: self.searched,
        }
    }
}

/// Another query, and what it finds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Nearest {
    /// The query.
    pub query: String,
    /// The restriction given beside the query that is left out, if it is one: `kind` ...
    pub without: Option<String>,
    /// Clauses with all its words, or with any where none has all.
    pub total: u64,
}

/// Something in the query that could not be honoured.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct QueryWarning {
    /// First byte of the query that it concerns.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// What was found and what was done instead.
    pub message: String,
}

impl QueryWarning {
    /// A warning about `span` of the query.
    pub fn new(span: Span, message: impl Into<String>) -> Self {
        Self { start: span.start, end: span.end, message: message.into() }
    }
}

/// A word of the query and what was searched besides it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Expansion {
    /// The word or words as typed.
    pub word: String,
    /// What was added.
    pub added: Vec<String>,
}

/// A clause that matches.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Hit {
    /// The clause.
    #[serde(flatten)]
    pub clause: ClauseRecord,
    /// How well it matches; comparable within one answer only.
    pub score: f32,
    /// How the score came about, where that was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub explanation: Option<Explanation>,
    /// Words of the query that it lacks.
    pub missing: Vec<String>,
    /// Further clauses with the same text, folded under this one.
    pub folded: u64,
    /// Its versions in other documents, where they were asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub versions: Option<Versions>,
    /// What to show of its text.
    pub passages: Vec<Passage>,
    /// Matches in the document's title.
    pub title_marks: Vec<Mark>,
    /// Matches in the lead-in.
    pub lead_in_marks: Vec<Mark>,
    /// Matches in each step of the path: in the step's label and title, joined by a space.
    pub path_marks: Vec<Vec<Mark>>,
    /// Matches in each of the document's symbols.
    pub symbol_marks: Vec<Vec<Mark>>,
}

impl Hit {
    /// A hit without marks.
    pub(crate) fn plain(
        clause: ClauseRecord,
        score: f32,
        missing: Vec<String>,
        folded: u64,
        explanation: Option<Explanation>,
    ) -> Self {
        Self {
            clause,
            score,
            explanation,
            missing,
            folded,
            versions: None,
            passages: Vec::new(),
            title_marks: Vec::new(),
            lead_in_marks: Vec::new(),
            path_marks: Vec::new(),
            symbol_marks: Vec::new(),
        }
    }
}

/// How a score came about: the sum of the words' shares and of that for nearness, times the factors.
/// (The factors together count for at most 1.1.)
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Explanation {
    /// What each word of the query adds.
    pub words: Vec<Share>,
    /// What is added for neighbouring words of the query that stand near each other.
    pub nearness: f32,
    /// What the clause is, where that raises or lowers the score.
    pub factors: Vec<Factor>,
}

/// What a word adds to a score.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Share {
    /// As typed.
    pub word: String,
    /// What it adds.
    pub score: f32,
    /// In how many clauses it stands, the fewer the more it counts; `None` where that was not
    /// counted, as for phrases.
    pub clauses: Option<u64>,
    /// Whether it is not the word but a synonym that adds it.
    pub synonym: bool,
}

/// Something that a clause is, and what its score is multiplied by for it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Factor {
    /// Its kind, status, part or unit.
    pub name: &'static str,
    /// The factor.
    pub factor: f32,
}

/// A document that matches as a whole: its words may stand in several clauses.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct DocumentHit {
    /// The document.
    #[serde(flatten)]
    pub document: DocumentSummary,
    /// How well it matches; comparable within one answer only.
    pub score: f32,
    /// Words of the query that none of its clauses has.
    pub missing: Vec<String>,
    /// Its clauses that have any of the words.
    pub matches: u64,
    /// The best of them, at most three, those with all words first.
    pub best: Vec<Hit>,
}

/// A stretch of a clause's text that is shown.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Passage {
    /// First byte, in the clause's text.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// The matches within, in the clause's text.
    pub marks: Vec<Mark>,
}

/// A match.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
pub struct Mark {
    /// First byte, in the text that the mark belongs to.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// How it came to match.
    pub by: By,
}

/// How a word of a text came to match a word of the query.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum By {
    /// It is the word typed, but for case and accents.
    Typed,
    /// It has the same stem.
    Stem,
    /// It fits a wildcard.
    Wildcard,
    /// It is spelled nearly so.
    Fuzzy,
    /// It is a synonym.
    Synonym,
}

/// How often a facet has a value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct FacetCount {
    /// The value.
    pub value: String,
    /// Clauses that have it.
    pub count: u64,
}
