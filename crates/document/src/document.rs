//! The document: metadata, one text, its clauses.

use serde::{Deserialize, Serialize};

use crate::{Clause, ClauseRecord, Furniture, Metadata, PageMap, Span};

/// One decision, agreement, communication, report or deck, normalised.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Document {
    /// A short name made from the symbol or the path; part of every clause id.
    pub id: String,
    /// What is known of it as a whole.
    pub metadata: Metadata,
    /// The text that is searched and shown; all spans of the clauses are in it.
    pub text: String,
    /// Where the text stood in the source.
    pub pages: PageMap,
    /// The clauses, in order of the text.
    pub clauses: Vec<Clause>,
    /// What of the source is not in the text, by first page.
    pub furniture: Vec<Furniture>,
}

impl Document {
    /// The words of one of its clauses.
    pub fn text_of(&self, clause: &Clause) -> &str {
        clause.span.of(&self.text)
    }

    /// The lead-in of a clause as one line, its pieces joined by an ellipsis.
    pub fn lead_in_of(&self, clause: &Clause) -> Option<String> {
        let words: Vec<&str> = clause
            .lead_in
            .iter()
            .map(|span| span.of(&self.text).trim())
            .filter(|words| !words.is_empty())
            .collect();
        (!words.is_empty()).then(|| words.join(" ... "))
    }

    /// The same document under another id; its clauses follow.
    #[must_use]
    pub fn with_id(mut self, id: &str) -> Self {
        for clause in &mut self.clauses {
            if let Some(local) = clause.id.strip_prefix(&self.id).filter(|local| local.starts_with('/')) {
                clause.id = format!("{id}{local}");
            }
        }
        id.clone_into(&mut self.id);
        self
    }

    /// A clause with all that is needed to show and cite it by itself.
    pub fn record(&self, clause: &Clause) -> ClauseRecord {
        ClauseRecord::new(self, clause)
    }

    /// Spans of text that are neither white space nor part of a clause, and spans shared by
    /// two clauses: empty for every document that `ingest` makes.
    pub fn uncovered(&self) -> Vec<Span> {
        let mut faults = Vec::new();
        let mut covered = 0;
        for clause in &self.clauses {
            let gap =
                Span::new(covered.min(clause.span.start), clause.span.start.max(covered)).trimmed(&self.text);
            if !gap.is_empty() {
                faults.push(gap);
            }
            covered = covered.max(clause.span.end);
        }
        let rest = Span::new(covered, self.text.len()).trimmed(&self.text);
        faults.extend((!rest.is_empty()).then_some(rest));
        faults
    }
}
