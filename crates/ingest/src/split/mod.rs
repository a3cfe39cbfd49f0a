//! Text to clauses: headings, numbering, parts, then a name for each clause.

mod slug;

use chapeau_document::{Clause, Obligation, Part, Unit};

use crate::Normalized;

pub(crate) use slug::slug;

/// Cuts a text into clauses. Their ids begin with `/`, after the id of a document without one.
pub fn split(normalized: &Normalized, _language: &str) -> Vec<Clause> {
    let clause = |(at, block): (usize, &crate::Block)| Clause {
        id: format!("/p{}", at + 1),
        span: block.span,
        unit: Unit::Paragraph,
        part: Part::Main,
        label: None,
        path: Vec::new(),
        lead_in: Vec::new(),
        acts: Vec::new(),
        obligation: Obligation::None,
        obligation_words: None,
        carve_outs: Vec::new(),
        cites: Vec::new(),
        bracketed: Vec::new(),
        ocr_confidence: None,
    };
    normalized.blocks.iter().enumerate().map(clause).collect()
}
