//! How many versions a clause has, before and after: what stands beside a hit.

use std::collections::HashSet;

use chapeau_document::ClauseRecord;
use chapeau_index::{Searcher, date_key};
use schemars::JsonSchema;
use serde::Serialize;
use tantivy::DocAddress;

use super::{candidates, elsewhere, is_comparable};
use crate::Error;

/// How many clauses of other documents are versions of a clause, and how usual its words are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Versions {
    /// Those of an earlier date.
    pub earlier: usize,
    /// Those of a later date.
    pub later: usize,
    /// Those of the same date, or where one of the two has none.
    pub others: usize,
    /// Documents that have the clause in the same words, its own among them.
    pub copies: usize,
}

impl Versions {
    /// In a line: "2 earlier, 1 later version, the same words in 3 documents"; none where it
    /// stands only here.
    pub fn in_words(&self) -> Option<String> {
        let counts = [(self.earlier, "earlier"), (self.later, "later"), (self.others, "other")];
        let counts: Vec<String> =
            counts.iter().filter(|(n, _)| *n > 0).map(|(n, which)| format!("{n} {which}")).collect();
        if counts.is_empty() {
            return None;
        }
        let last = [self.others, self.later, self.earlier].into_iter().find(|n| *n > 0);
        let many = if last == Some(1) { "" } else { "s" };
        let same = match self.copies {
            0 | 1 => String::new(),
            copies => format!(", the same words in {copies} documents"),
        };
        Some(format!("{} version{many}{same}", counts.join(", ")))
    }

    /// Those of a clause that stands only here.
    pub(super) fn alone() -> Self {
        Self { copies: 1, ..Self::default() }
    }

    pub(super) fn count(&mut self, own: Option<u64>, date: Option<u64>) {
        let n = match own.zip(date) {
            Some((own, date)) if date < own => &mut self.earlier,
            Some((own, date)) if date > own => &mut self.later,
            _ => &mut self.others,
        };
        *n += 1;
    }
}

/// The versions of a clause, counted; `None` where there is no such clause.
///
/// # Errors
/// The index is damaged.
pub fn versions(searcher: &Searcher, id: &str) -> Result<Option<Versions>, Error> {
    let Some((at, clause)) = searcher.clause_by_id(id)? else { return Ok(None) };
    if searcher.is_remote() {
        return Ok(versions_of_clauses(searcher, &[&clause])?.pop());
    }
    versions_of(searcher, at, &clause).map(Some)
}

/// The versions of several clauses, counted, by the ids of those that are there, in the order asked for.
///
/// # Errors
/// The index is damaged.
pub fn versions_of_each(searcher: &Searcher, ids: Vec<String>) -> Result<Vec<(String, Versions)>, Error> {
    if searcher.is_remote() {
        let clauses = searcher.clauses_by_ids(&ids)?;
        let counted = versions_of_clauses(searcher, &clauses.iter().collect::<Vec<_>>())?;
        return Ok(clauses.into_iter().map(|clause| clause.id).zip(counted).collect());
    }
    let mut counted = Vec::new();
    for id in ids {
        counted.extend(versions(searcher, &id)?.map(|versions| (id, versions)));
    }
    Ok(counted)
}

/// The versions of each of these clauses of an index elsewhere, which is asked for all at once.
pub(crate) fn versions_of_clauses(
    searcher: &Searcher,
    clauses: &[&ClauseRecord],
) -> Result<Vec<Versions>, Error> {
    elsewhere::versions_of(searcher, clauses)
}

/// The same for a clause at hand.
pub(crate) fn versions_of(
    searcher: &Searcher,
    at: DocAddress,
    clause: &ClauseRecord,
) -> Result<Versions, Error> {
    let mut versions = Versions::alone();
    if !is_comparable(clause) {
        return Ok(versions);
    }
    let own = clause.date.map(date_key);
    let same = candidates::of_the_same_words(searcher, clause)?;
    let own_document = searcher.document_number(at)?;
    let mut documents = HashSet::from([own_document]);
    for (date, other) in &same {
        let document = searcher.document_number(*other)?;
        if document != own_document {
            versions.count(own, *date);
            documents.insert(document);
        }
    }
    versions.copies = documents.len();
    for row in super::reworded(searcher, at, clause, &super::addresses(&same))? {
        versions.count(own, row.date.map(date_key));
    }
    Ok(versions)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(earlier: usize, later: usize, others: usize, copies: usize, expected: Option<&str>) {
        let versions = Versions { earlier, later, others, copies };
        assert_eq!(versions.in_words().as_deref(), expected);
    }

    #[test]
    fn versions_are_said_in_words() {
        check(0, 0, 0, 1, None);
        check(3, 1, 0, 1, Some("3 earlier, 1 later version"));
        check(1, 2, 0, 1, Some("1 earlier, 2 later versions"));
        check(0, 0, 2, 3, Some("2 other versions, the same words in 3 documents"));
        check(1, 0, 0, 2, Some("1 earlier version, the same words in 2 documents"));
    }
}
