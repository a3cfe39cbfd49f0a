//! What can go wrong with a question: the index, or a restriction that makes no sense.

use chapeau_index::Excess;
use thiserror::Error;

/// Why a question has no answer.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum Error {
    /// A restriction given beside the query names no field, or a value that its field cannot have.
    #[error("{0}")]
    Restriction(String),
    /// What an index on other machines cannot do.
    #[error("an index on other machines does not offer {0}")]
    NotThere(&'static str),
    /// More clauses would have to be looked at than an index on other machines hands out.
    #[error(
        "{what} stands in up to {found} clauses, which is too many to look at from here: name other words besides, or fewer"
    )]
    TooMany {
        /// What is looked for.
        what: String,
        /// Clauses with its words.
        found: u64,
    },
    /// The request costs more than one may.
    #[error("{0}")]
    Excess(#[from] Excess),
    /// The index could not be read.
    #[error(transparent)]
    Index(chapeau_index::Error),
    /// The engine could not read the index.
    #[error("the index could not be read: {0}")]
    Engine(#[from] tantivy::TantivyError),
    /// A file of the index could not be read.
    #[error("the index could not be read: {0}")]
    Io(#[from] std::io::Error),
}

impl From<chapeau_index::Error> for Error {
    fn from(error: chapeau_index::Error) -> Self {
        match error {
            chapeau_index::Error::Excess(excess) => Self::Excess(excess),
            error => Self::Index(error),
        }
    }
}
