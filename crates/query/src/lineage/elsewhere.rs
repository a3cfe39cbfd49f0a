//! The same from an index on other machines, which hands out the best by its own weighing of the same
//! words. Families of many near versions may be told of in other parts than by an index here.

use chapeau_document::ClauseRecord;
use chapeau_index::{
    Answer, Ask, Condition, Fields, First, Language, MOST_RECORDS, Searcher, date_key, parsed,
};
use tantivy::Term;

use super::align::Words;
use super::candidates::{MOST_CANDIDATES, weighted};
use super::{Versions, as_reworded, is_comparable};
use crate::Error;

/// Clauses whose versions are counted at once.
const AT_ONCE: usize = 20;
/// Questions for the versions of the same words of one clause.
const ASKS: usize = 3;

/// The clauses of the same words, this one included, oldest first, and how many there are.
pub(super) fn of_the_same_words(
    searcher: &Searcher,
    clause: &ClauseRecord,
    limit: usize,
) -> Result<(Vec<ClauseRecord>, usize), Error> {
    asked(searcher, Ask::first(same_words(clause), limit, First::Lowest("date")))
}

/// For each of these clauses, those that share the most with it, but for those of the same words.
pub(super) fn of_shared_words(
    searcher: &Searcher,
    clauses: &[&ClauseRecord],
) -> Result<Vec<Vec<ClauseRecord>>, Error> {
    let gathering = searcher.gathering();
    for clause in clauses {
        weighted(&gathering, clause)?;
    }
    gathering.count_gathered()?;
    let mut asks = Vec::with_capacity(clauses.len());
    for clause in clauses {
        let any = weighted(searcher, clause)?.into_iter().map(|(_, term)| Condition::term(term)).collect();
        let condition = Condition::All(vec![Condition::Any(any), Condition::none_of(same_words(clause))]);
        asks.push(Ask::first(condition, MOST_CANDIDATES, First::Best));
    }
    let found = searcher.ask(&asks)?;
    let read = |answer: &Answer| answer.records.iter().map(|record| Ok(parsed(record)?)).collect();
    found.iter().map(read).collect()
}

/// The versions of each of these clauses, counted.
pub(super) fn versions_of(searcher: &Searcher, clauses: &[&ClauseRecord]) -> Result<Vec<Versions>, Error> {
    let mut counted = Vec::with_capacity(clauses.len());
    for clauses in clauses.chunks(AT_ONCE) {
        let asks: Vec<Ask> = clauses.iter().flat_map(|clause| same_in_others(clause)).collect();
        let same = searcher.ask(&asks)?;
        let shared = of_shared_words(searcher, clauses)?;
        for ((clause, same), shared) in clauses.iter().zip(same.chunks(ASKS)).zip(shared) {
            counted.push(if is_comparable(clause) { count(clause, same, shared) } else { Versions::alone() });
        }
    }
    Ok(counted)
}

/// Questions for the clauses of other documents with the same words: all by document, the earlier ones
/// and the later ones.
fn same_in_others(clause: &ClauseRecord) -> [Ask; ASKS] {
    let document = Term::from_field_text(Fields::get().document, &clause.document);
    let others = || vec![same_words(clause), Condition::none_of(Condition::term(document.clone()))];
    let between = |from: Option<u64>, to: Option<u64>| {
        let range = Condition::Range("date", from, to);
        Ask::count(Condition::All([others(), vec![range]].concat()))
    };
    let all = Ask { facets: vec![("document", MOST_RECORDS)], ..Ask::count(Condition::All(others())) };
    // No date is before or after that of a clause without one.
    let own = clause.date.map_or(0, date_key);
    let after = if clause.date.is_some() { own.saturating_add(1) } else { u64::MAX >> 1 };
    [all, between(None, Some(own.saturating_sub(1))), between(Some(after), None)]
}

fn count(clause: &ClauseRecord, same: &[Answer], shared: Vec<ClauseRecord>) -> Versions {
    let n = |at: usize| same.get(at).map_or(0, |answer| usize::try_from(answer.total).unwrap_or(usize::MAX));
    let (all, earlier, later) = (n(0), n(1), n(2));
    let documents = same.first().and_then(|all| all.facets.get("document")).map_or(0, Vec::len);
    let others = all.saturating_sub(earlier + later);
    let mut versions = Versions { earlier, later, others, copies: documents + 1 };
    let words = Words::of(clause);
    for row in shared.into_iter().filter_map(|other| as_reworded(clause, &words, other)) {
        versions.count(clause.date.map(date_key), row.date.map(date_key));
    }
    versions
}

fn same_words(clause: &ClauseRecord) -> Condition {
    Condition::term(Fields::near_term(&clause.text, Language::of_code(&clause.language)))
}

fn asked(searcher: &Searcher, ask: Ask) -> Result<(Vec<ClauseRecord>, usize), Error> {
    let answer = searcher.ask(&[ask])?.pop().unwrap_or_default();
    let clauses = answer.records.iter().map(parsed).collect::<Result<_, _>>()?;
    Ok((clauses, usize::try_from(answer.total).unwrap_or(usize::MAX)))
}
