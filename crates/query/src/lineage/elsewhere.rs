//! The same from an index on other machines, which hands out the best by its own weighing of the same
//! words. Families of many near versions may be told of in other parts than by an index here.

use chapeau_document::ClauseRecord;
use chapeau_index::{Ask, Condition, Fields, First, Language, Searcher, parsed};

use super::candidates::{MOST_CANDIDATES, weighted};
use crate::Error;

/// The clauses of the same words, this one included, oldest first, and how many there are.
pub(super) fn of_the_same_words(
    searcher: &Searcher,
    clause: &ClauseRecord,
    limit: usize,
) -> Result<(Vec<ClauseRecord>, usize), Error> {
    let term = Fields::near_term(&clause.text, Language::of_code(&clause.language));
    asked(searcher, Ask::first(Condition::term(term), limit, First::Lowest("date")))
}

/// The clauses that share the most with a clause, but for those of the same words.
pub(super) fn of_shared_words(
    searcher: &Searcher,
    clause: &ClauseRecord,
) -> Result<Vec<ClauseRecord>, Error> {
    let gathering = searcher.gathering();
    weighted(&gathering, clause)?;
    gathering.count_gathered()?;
    let terms = weighted(searcher, clause)?;
    let any = terms.into_iter().map(|(_, term)| Condition::term(term)).collect();
    let same = Fields::near_term(&clause.text, Language::of_code(&clause.language));
    let condition = Condition::All(vec![Condition::Any(any), Condition::none_of(Condition::term(same))]);
    Ok(asked(searcher, Ask::first(condition, MOST_CANDIDATES, First::Best))?.0)
}

fn asked(searcher: &Searcher, ask: Ask) -> Result<(Vec<ClauseRecord>, usize), Error> {
    let answer = searcher.ask(&[ask])?.pop().unwrap_or_default();
    let clauses = answer.records.iter().map(parsed).collect::<Result<_, _>>()?;
    Ok((clauses, usize::try_from(answer.total).unwrap_or(usize::MAX)))
}
