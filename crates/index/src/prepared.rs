//! Documents, analysed: the costly half of adding them, which needs no index.

use chapeau_document::{Clause, Document};

use crate::digest::WordsDigest;
use crate::encoded::Encoded;
use crate::{Counts, Language, heading_of};

/// The documents of one source, analysed.
#[derive(Clone, Debug, Default)]
pub struct Prepared {
    pub(crate) documents: Vec<PreparedDocument>,
}

/// One document, analysed. Which id it gets is not known yet.
#[derive(Clone, Debug)]
pub(crate) struct PreparedDocument {
    pub(crate) document: Document,
    /// One for each clause; `None` for those that never are hits.
    pub(crate) clauses: Vec<Option<AnalysedClause>>,
    pub(crate) title: Encoded,
    pub(crate) counts: Counts,
}

/// The words of a clause, encoded.
#[derive(Clone, Debug, Default)]
pub(crate) struct AnalysedClause {
    pub(crate) text: Encoded,
    pub(crate) lead_in: Encoded,
    pub(crate) heading: Encoded,
    /// Of the words of the text.
    pub(crate) digest: u64,
}

/// Analyses documents. Pure, so that it can be done on many threads.
pub fn prepare(documents: Vec<Document>) -> Prepared {
    Prepared { documents: documents.into_iter().map(prepare_document).collect() }
}

fn prepare_document(document: Document) -> PreparedDocument {
    let language = Language::of_code(document.metadata.language());
    let title = document.metadata.title.as_ref().map_or("", |title| &title.value);
    let title = Encoded::text(title, language, |_| {});
    let clauses = document.clauses.iter();
    let clauses: Vec<_> = clauses.map(|clause| prepare_clause(&document, clause, language)).collect();
    let counts = count(&clauses, &title);
    PreparedDocument { document, clauses, title, counts }
}

fn prepare_clause(document: &Document, clause: &Clause, language: Language) -> Option<AnalysedClause> {
    if !clause.unit.is_hit() {
        return None;
    }
    let mut words = WordsDigest::default();
    let text = Encoded::text(document.text_of(clause), language, |token| words.see(token));
    let encode = |text: &str| Encoded::text(text, language, |_| {});
    Some(AnalysedClause {
        text,
        lead_in: encode(&document.lead_in_of(clause).unwrap_or_default()),
        heading: encode(&heading_of(&clause.path)),
        digest: words.done(),
    })
}

fn count(clauses: &[Option<AnalysedClause>], title: &Encoded) -> Counts {
    let mut counts = Counts { documents: 1, ..Counts::default() };
    for clause in clauses {
        let Some(clause) = clause else {
            counts.contexts += 1;
            continue;
        };
        counts.clauses += 1;
        counts.text.count(clause.text.n_tokens);
        counts.lead_in.count(clause.lead_in.n_tokens);
        counts.heading.count(clause.heading.n_tokens);
        counts.title.count(title.n_tokens);
    }
    counts
}
