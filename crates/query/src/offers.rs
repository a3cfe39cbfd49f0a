//! What an index offers beside clauses for words: one on other machines does not offer all, and nobody
//! should be led to a refusal.

use chapeau_index::Searcher;

/// What an index offers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Offers {
    /// Documents as hits: [`crate::search_documents`].
    pub documents: bool,
    /// Sorting by how usual clauses are.
    pub copies: bool,
}

impl Offers {
    /// What this index offers.
    pub fn of(searcher: &Searcher) -> Self {
        let is_here = !searcher.is_remote();
        Self { documents: is_here, copies: is_here }
    }
}
