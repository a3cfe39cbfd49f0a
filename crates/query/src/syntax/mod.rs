//! The query language: from text to a tree and back. `SYNTAX.md` is its reference.

pub mod ast;
mod date;
mod fields;
mod parse;
mod reference;
mod token;

pub use ast::Query;
pub(crate) use parse::simplest;
pub use parse::{MAX_QUERY_BYTES, Restriction, filters, parse};

#[cfg(test)]
mod tests;
