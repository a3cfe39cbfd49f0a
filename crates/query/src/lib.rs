//! A question in, ranked clauses with marked passages out.

mod results;
pub mod syntax;

pub use results::{
    By, Expansion, FacetCount, Fold, Hit, Mark, Passage, QueryWarning, Request, Results, Searched, Sort,
};
