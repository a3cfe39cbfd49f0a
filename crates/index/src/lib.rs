//! Documents in and out of Tantivy: analysis, schema, records, statistics, writing, reading.
//!
//! Knows no question and no markup. The main types are [`Writer`] (the one that changes an
//! index), [`Searcher`] (one state of it, as committed) and [`Statistics`] (exact counts for
//! scoring); [`for_each_token`] is the one analysis of all text.
//!
//! ```
//! use chapeau_index::{Language, analyze};
//!
//! let tokens = analyze("Anti-dumping duties", Language::English);
//! let stems: Vec<&str> = tokens.iter().filter(|token| token.is_word()).map(|token| &*token.stem).collect();
//! assert_eq!(stems, ["antidump", "duti"]);
//! ```

pub mod analyzer;
mod budget;
mod class;
mod columns;
mod copies;
mod digest;
mod encoded;
mod engine;
mod error;
mod files;
mod generation;
mod guarded;
mod held;
mod identity;
mod journal;
mod last_run;
mod listing;
mod lock;
mod manifest;
mod meeting;
mod naming;
mod older;
mod options;
mod place;
mod plan;
mod prepared;
mod quickwit;
mod ran;
mod read_only;
mod record;
mod remote;
mod schema;
mod searcher;
mod shard;
mod state;
mod statistics;
mod summary;
mod terms;
mod titles;
mod totals;
mod verify;
mod vocabulary;
mod writer;

pub use analyzer::{
    Form, Language, Token, TokenRef, analyze, fold, for_each_token, sentence_ends, sentences,
};
pub use budget::{Budget, Excess, Meter, Room};
pub use class::classes;
pub use columns::{NameColumn, Ords};
pub use copies::Copies;
pub use engine::{Answer, Ask, Condition, First, MOST_RECORDS, Record};
pub use error::Error;
pub use generation::{ANALYZER_VERSION, FORMAT_VERSION};
pub use journal::{Cause, DocumentChange, Forgotten, History, Since, text_digest};
pub use last_run::LastRun;
pub use manifest::manifest;
pub use options::WriterOptions;
pub use place::{named_places, own_places};
pub use plan::{Change, Found, PlanOptions, Retry, Step, plan, takes_most};
pub use prepared::{Prepared, prepare};
pub use quickwit::{address, configuration};
pub use record::{Counts, DocumentRecord, Note, SourceRecord, Tally, heading_of, name_term};
pub use remote::parsed;
pub use schema::{Fields, RecordKind, date_key, date_of_key};
pub use searcher::Searcher;
pub use shard::{NoShard, Shard};
pub use statistics::Statistics;
pub use summary::DocumentSummary;
pub use titles::{TitleOf, title_of_term};
pub use totals::Totals;
pub use verify::verify;
pub use writer::Writer;

#[cfg(test)]
mod tests;
