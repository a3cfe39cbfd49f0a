//! What can go wrong with a question: the index, or a restriction that makes no sense.

use thiserror::Error;

/// Why a question has no answer.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum Error {
    /// A restriction given beside the query names no field, or a value that its field cannot have.
    #[error("{0}")]
    Restriction(String),
    /// The index could not be read.
    #[error(transparent)]
    Index(#[from] chapeau_index::Error),
    /// The engine could not read the index.
    #[error("the index could not be read: {0}")]
    Engine(#[from] tantivy::TantivyError),
    /// A file of the index could not be read.
    #[error("the index could not be read: {0}")]
    Io(#[from] std::io::Error),
}
