//! What outlasts a change of a source: the ids of its documents, and when clauses were first seen.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use chapeau_document::{ClauseRecord, Date, Document};

use crate::Error;

/// The ids given to documents. None is given twice, and a source keeps those that it had.
#[derive(Debug, Default)]
pub(crate) struct Ids {
    taken: HashSet<String>,
    /// By path: what was proposed, and what was given.
    given: BTreeMap<String, Vec<(String, String)>>,
    /// Documents of the clauses whose ids do not begin with their document's, as far as they
    /// were added by this writer.
    clauses: HashMap<String, String>,
}

impl Ids {
    /// Takes over an id from the state before: kept for its source, given to no other.
    pub(crate) fn remember(&mut self, path: &str, proposed: &str, id: &str) {
        self.taken.insert(id.to_owned());
        self.given.entry(path.to_owned()).or_default().push((proposed.to_owned(), id.to_owned()));
    }

    /// Ids for all documents of a source: the one it had, else the one proposed, else that with
    /// the language, else that with a number.
    pub(crate) fn give(&mut self, path: &str, proposed: &[&str], languages: &[&str]) -> Vec<String> {
        let mut before = self.given.remove(path).unwrap_or_default();
        for (_, id) in &before {
            self.taken.remove(id);
        }
        let only = before.len() == 1 && proposed.len() == 1;
        let mut ids = Vec::with_capacity(proposed.len());
        for (proposed, language) in proposed.iter().zip(languages) {
            let known =
                before.iter().position(|(was, _)| only || was == proposed).map(|at| before.swap_remove(at).1);
            let id = known
                .filter(|id| !self.taken.contains(id))
                .unwrap_or_else(|| self.free_id(proposed, language));
            self.taken.insert(id.clone());
            ids.push(id);
        }
        let pairs = proposed.iter().map(|proposed| (*proposed).to_owned()).zip(ids.iter().cloned());
        self.given.insert(path.to_owned(), pairs.collect());
        ids
    }

    /// Whether a clause of another document than `document` has this id; if none, it has now. `before`
    /// is the document of the clause that had it in the state before.
    pub(crate) fn take_clause(&mut self, clause: &str, document: &str, before: Option<&str>) -> bool {
        let owner = self.clauses.get(clause).map(String::as_str);
        let is_taken = [before, owner].into_iter().flatten().any(|owner| owner != document);
        if !is_taken {
            self.clauses.insert(clause.to_owned(), document.to_owned());
        }
        is_taken
    }

    /// Lets a source have the ids of one that is gone.
    pub(crate) fn rename(&mut self, from: &str, to: &str) {
        if let Some(ids) = self.given.remove(from) {
            self.forget(to);
            self.given.insert(to.to_owned(), ids);
        }
    }

    /// Frees the ids of a source that is gone.
    pub(crate) fn forget(&mut self, path: &str) {
        for (_, id) in self.given.remove(path).unwrap_or_default() {
            self.taken.remove(&id);
        }
    }

    fn free_id(&self, proposed: &str, language: &str) -> String {
        let numbered = (2..).map(|number| format!("{proposed}-{number}"));
        [proposed.to_owned(), format!("{proposed}-{language}")]
            .into_iter()
            .chain(numbered)
            .find(|id| !self.taken.contains(id))
            .expect("one of endlessly many ids is free")
    }
}

/// A document under the id it was given, each of its clauses with an id of its own. Ids that do
/// not begin with the document's come from clause records and may stand in another document
/// too: `is_taken` tells.
pub(crate) fn own_clause_ids(
    mut document: Document,
    id: &str,
    mut is_taken: impl FnMut(&str) -> Result<bool, Error>,
) -> Result<Document, Error> {
    let renamed = document.id != id;
    let before = format!("{}/", document.id);
    let after = format!("{id}/");
    let mut seen = HashSet::new();
    for clause in &mut document.clauses {
        if renamed {
            let local = clause.id.strip_prefix(&before).unwrap_or(&clause.id);
            clause.id = format!("{id}/{local}");
        }
        let mut number = 1;
        let base = clause.id.clone();
        while seen.contains(&clause.id) || (!clause.id.starts_with(&after) && is_taken(&clause.id)?) {
            number += 1;
            clause.id = format!("{base}-{number}");
        }
        seen.insert(clause.id.clone());
    }
    id.clone_into(&mut document.id);
    Ok(document)
}

/// The ids of clauses that do not tell their document, which may be those of other clauses.
pub(crate) fn foreign_ids(document: &Document, id: &str) -> HashSet<String> {
    if document.id != id {
        return HashSet::new();
    }
    let own = format!("{id}/");
    let ids = document.clauses.iter().map(|clause| &clause.id);
    ids.filter(|clause| !clause.starts_with(&own)).cloned().collect()
}

/// When the clauses of a document were first seen, by their text.
#[derive(Debug, Default)]
pub(crate) struct FirstSeen(HashMap<u64, Date>);

impl FirstSeen {
    /// The dates that these clauses of the state before have.
    pub(crate) fn of<'a>(before: impl Iterator<Item = &'a ClauseRecord>) -> Self {
        let mut dates = HashMap::new();
        for clause in before {
            let Some(added) = clause.added else { continue };
            let date = dates.entry(hash(&clause.text)).or_insert(added);
            *date = added.min(*date);
        }
        Self(dates)
    }

    /// When this text was first seen in the document.
    pub(crate) fn date(&self, text: &str) -> Option<Date> {
        self.0.get(&hash(text)).copied()
    }
}

/// Of this process only, and never stored.
fn hash(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use chapeau_document::{Clause, Part, Span, Unit};

    use super::*;

    fn check(ids: &mut Ids, path: &str, proposed: &[&str], expected: &[&str]) {
        let languages = vec!["fr"; proposed.len()];
        assert_eq!(ids.give(path, proposed, &languages), expected);
    }

    #[test]
    fn an_id_is_given_once() {
        let mut ids = Ids::default();
        check(&mut ids, "a", &["x"], &["x"]);
        check(&mut ids, "b", &["x"], &["x-fr"]);
        check(&mut ids, "c", &["x", "x"], &["x-2", "x-3"]);
    }

    #[test]
    fn a_source_keeps_its_id() {
        let mut ids = Ids::default();
        check(&mut ids, "a", &["x"], &["x"]);
        check(&mut ids, "b", &["x"], &["x-fr"]);
        check(&mut ids, "b", &["x"], &["x-fr"]);
        check(&mut ids, "b", &["now-with-a-symbol"], &["x-fr"]);
        check(&mut ids, "c", &["p", "q"], &["p", "q"]);
        check(&mut ids, "c", &["q", "r"], &["q", "r"]);
    }

    #[test]
    fn clauses_follow_their_document() {
        let clause = |id: &str| Clause::new(id.to_owned(), Span::default(), Unit::Paragraph, Part::Main);
        let clauses = ["x/p1", "x/p1", "y_2"].map(clause).to_vec();
        let document = Document { id: "x".to_owned(), clauses, ..Document::default() };
        let ids = |id: &str, taken: &str| {
            let document = own_clause_ids(document.clone(), id, |clause| Ok(clause == taken));
            document.expect("no error").clauses.into_iter().map(|clause| clause.id).collect::<Vec<_>>()
        };
        assert_eq!(ids("x", ""), ["x/p1", "x/p1-2", "y_2"]);
        assert_eq!(ids("x-fr", ""), ["x-fr/p1", "x-fr/p1-2", "x-fr/y_2"]);
        assert_eq!(ids("x", "y_2"), ["x/p1", "x/p1-2", "y_2-2"]);
    }
}
