//! A question in, ranked clauses with marked passages out.
//!
//! Only reads the index, and makes no markup. The main types are [`Request`] (a question),
//! [`Results`] (plain data, in the words of the public contract) and [`syntax::Query`] (the
//! question as understood); [`search()`] is the entry, and [`search_documents`] where documents are hits.
//!
//! ```
//! let (query, warnings) = chapeau_query::syntax::parse("“customs duties\" AND");
//! assert_eq!(query.to_string(), "\"customs duties\"");
//! assert_eq!(warnings[0].message, "an operator without a word on both sides is left out");
//! ```

mod absent;
mod advice;
mod automaton;
mod bits;
mod changes;
mod citations;
mod compare;
mod copies;
mod dictionary;
mod documents;
mod error;
mod explain;
mod facets;
mod field;
mod lexicon;
mod lineage;
mod mandates;
mod marks;
mod matcher;
mod nearness;
mod offers;
mod order;
mod passage;
mod plan;
mod planner;
mod postings;
mod priors;
mod rank;
mod rarity;
mod redline;
mod remote;
mod restriction;
mod results;
mod scan;
mod search;
mod series;
mod sieve;
mod spans;
mod spelling;
mod stop_words;
mod suggest;
mod synonyms;
pub mod syntax;
pub mod thesaurus;

pub use changes::{
    ChangedClause, ChangedDocument, Changes, Moment, Period, Section, Unknown, Went, changes, changes_by_run,
};
pub use citations::{Lacking, Reference, around, chain, cited_by, cites, lacking};
pub use compare::{Compared, Comparison, Matched, NotComparable, Side, Text, compare};
pub use error::Error;
pub use lineage::{
    Lineage, LineageRow, Relation, Usual, Versions, lineage, usual, versions, versions_of_each,
};
pub use mandates::{Mandate, MandateKind, Renewal, State, Wanted, mandates};
pub use offers::Offers;
pub use redline::{Change, Piece, Redline, redline};
pub use results::{
    By, DocumentHit, Expansion, Explanation, FacetCount, Factor, Fold, Hit, Mark, Nearest, Passage,
    QueryWarning, Request, Results, Share, Sort,
};
pub use search::{marks, search, search_documents};
pub use series::{InSeries, SeriesBy, series};
pub use sieve::Sieve;
pub use suggest::{Suggested, Suggestion, complete};

/// The reference of the query language, in Markdown.
pub const SYNTAX: &str = include_str!("../SYNTAX.md");

#[cfg(test)]
pub(crate) mod tests;
