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
    let warnings = complete(document, given);
    clauses(document);
    warnings
}

/// The metadata alone, for documents whose clauses came ready-made: what was `given` wins over
/// what is there, and what is still open is recognised.
pub(crate) fn complete(_document: &mut Document, _given: &[(String, String)]) -> Vec<Warning> {
    Vec::new()
}

/// Describes every clause of a document whose metadata is known.
pub(crate) fn clauses(_document: &mut Document) {}
