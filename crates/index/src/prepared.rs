//! Documents, analysed: the costly half of adding them, which needs no index.

use std::collections::HashMap;
use std::sync::Arc;

use chapeau_document::{Clause, Document};

use crate::encoded::Encoded;
use crate::{Counts, Language, Token, heading_of};

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
    pub(crate) whole: Encoded,
    pub(crate) counts: Counts,
}

/// The words of a clause, encoded.
#[derive(Clone, Debug, Default)]
pub(crate) struct AnalysedClause {
    pub(crate) text: Encoded,
    pub(crate) lead_in: Encoded,
    pub(crate) heading: Encoded,
}

/// Above this, one more clause with a term says nothing more of its document: BM25 is saturated.
const MOST_COUNTED: u32 = 60;

/// Analyses documents. Pure, so that it can be done on many threads.
pub fn prepare(documents: Vec<Document>) -> Prepared {
    Prepared { documents: documents.into_iter().map(prepare_document).collect() }
}

fn prepare_document(document: Document) -> PreparedDocument {
    let language = Language::of_code(document.metadata.language());
    let mut stems = Stems::default();
    let title = document.metadata.title.as_ref().map_or("", |title| &title.value);
    let title = Encoded::text(title, language, |token| stems.see(token, 0));
    let clauses: Vec<Option<AnalysedClause>> = (1..)
        .zip(&document.clauses)
        .map(|(number, clause)| prepare_clause(&document, clause, language, |token| stems.see(token, number)))
        .collect();
    let whole = stems.encode(language);
    let counts = count(&clauses, &title, &whole);
    PreparedDocument { document, clauses, title, whole, counts }
}

fn prepare_clause(
    document: &Document,
    clause: &Clause,
    language: Language,
    see: impl FnMut(&Token),
) -> Option<AnalysedClause> {
    let text = Encoded::text(document.text_of(clause), language, see);
    let encode = |text: &str| Encoded::text(text, language, |_| {});
    clause.unit.is_hit().then(|| AnalysedClause {
        text,
        lead_in: encode(&document.lead_in_of(clause).unwrap_or_default()),
        heading: encode(&heading_of(&clause.path)),
    })
}

fn count(clauses: &[Option<AnalysedClause>], title: &Encoded, whole: &Encoded) -> Counts {
    let mut counts = Counts { documents: 1, ..Counts::default() };
    counts.whole.count(whole.n_tokens);
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

/// In how many clauses of a document each stem stands.
#[derive(Default)]
struct Stems {
    /// The last clause that has it, and their number.
    counts: HashMap<Arc<str>, (u32, u32)>,
}

impl Stems {
    fn see(&mut self, token: &Token, clause: u32) {
        match self.counts.get_mut(&token.stem) {
            Some((last, _)) if *last == clause => {}
            Some((last, count)) => (*last, *count) = (clause, *count + 1),
            None => {
                self.counts.insert(token.stem.clone(), (clause, 1));
            }
        }
    }

    fn encode(self, language: Language) -> Encoded {
        let mut encoded = Encoded::default();
        let mut counts: Vec<_> = self.counts.into_iter().collect();
        counts.sort_unstable();
        for (stem, (_, count)) in counts {
            encoded.push_stem(language, &stem, count.min(MOST_COUNTED));
        }
        encoded
    }
}
