//! The nouns of Chapeau: what a document is, what a clause is, and the closed lists of values.
//!
//! Plain data, no I/O. The main types are [`Document`] (metadata, one text, its clauses),
//! [`Clause`] (a span of that text with its place and its force) and [`ClauseRecord`] (a clause
//! that can be stored, shown and cited by itself).
//!
//! ```
//! use chapeau_document::{Part, Span};
//!
//! let text = "Decides: To continue the work.";
//! assert_eq!(Span::new(9, 20).of(text), "To continue");
//! assert_eq!("front-matter".parse::<Part>(), Ok(Part::FrontMatter));
//! ```

mod clause;
mod document;
mod furniture;
mod harmless;
mod metadata;
mod page;
mod record;
pub mod registry;
mod span;
mod symbol;
mod vocabulary;

pub use clause::{ActOf, Citation, Clause, Level, Step};
pub use document::Document;
pub use furniture::Furniture;
pub use harmless::{harmless, is_control, is_hidden};
pub use jiff::civil::Date;
pub use metadata::{Metadata, Origin, Sourced, Sureness};
pub use page::{Bounds, LineBox, Page, PageMap};
pub use record::ClauseRecord;
pub use span::Span;
pub use symbol::Symbol;
pub use vocabulary::{Act, FileStatus, Kind, Obligation, Part, Status, Unit, UnknownValue};
