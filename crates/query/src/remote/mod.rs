//! Searching an index on other machines: candidates from there, the ranking from here.
//!
//! The engine judges which clauses match, counts them and their facets, and hands out the ones that
//! it takes for the best. They are weighed here by the very sums of an index on this machine, with the
//! counts of the whole index, and marked by the same tree. What the engine's own order left out
//! cannot be made good here: so many more are asked for than a page shows.

mod judge;
mod lower;
#[cfg(test)]
mod tests;
mod weigh;
mod words;

use std::collections::{BTreeMap, HashMap, HashSet};

use chapeau_document::ClauseRecord;
use chapeau_index::{
    Answer, Ask, Condition, Fields, First, Language, MOST_RECORDS, Record, Searcher, date_key, parsed,
};
use rayon::prelude::*;

use self::lower::Lowered;
pub(crate) use self::lower::at_least;
use self::weigh::{Scale, Weighed};
use crate::lineage::versions_of_clauses;
use crate::plan::Plan;
use crate::results::{FacetCount, Fold, Hit, Request, Sort};
use crate::search::{MORE_CANDIDATES, Question, is_question};
use crate::{Error, explain, facets, rank};

/// Clauses of one day that are looked at for the first of them by their ids: some 0.2 s.
const MOST_OF_A_DAY: usize = 2_000;

/// Candidates that are asked for at least. Of 300 queries on 35,479 articles the first ten hits stood among
/// the first 13 candidates in half of them, among 40 in 95 of 100, and among 164 in all but one; of 74 on
/// 231,414 clauses, among 296 in all.
const FEWEST_CANDIDATES: usize = 300;
/// Candidates that are asked for by hit, where many are to be shown.
const CANDIDATES_A_HIT: usize = 8;

/// What was found.
pub(crate) struct Found {
    /// Clauses with all words, and with any.
    pub(crate) totals: (u64, u64),
    pub(crate) hits: Vec<Hit>,
    pub(crate) facets: BTreeMap<&'static str, Vec<FacetCount>>,
}

/// Answers a question.
pub(crate) fn find(searcher: &Searcher, question: &Question<'_>) -> Result<Found, Error> {
    let Question { request, plan, .. } = question;
    if matches!(request.sort, Sort::Copies | Sort::CopiesDescending) {
        return Err(Error::NotThere("sorting by how usual clauses are"));
    }
    let lowered = Lowered::of(plan, searcher)?;
    let search = Search {
        searcher,
        request,
        plan,
        all: lowered.all(&plan.tree),
        any: lowered.any(&plan.tree),
        scale: Scale::new(plan, searcher, request.sort),
    };
    let mut keep = rank::CANDIDATES.max((request.offset + request.limit) * 2);
    loop {
        if let Some(mut found) = search.run(keep)? {
            if request.versions {
                add_versions(searcher, &mut found.hits)?;
            }
            if request.passages {
                found.hits.iter_mut().for_each(|hit| question.mark(hit));
            }
            return Ok(found);
        }
        keep *= MORE_CANDIDATES;
    }
}

fn add_versions(searcher: &Searcher, hits: &mut [Hit]) -> Result<(), Error> {
    let clauses: Vec<&ClauseRecord> = hits.iter().map(|hit| &hit.clause).collect();
    let counted = versions_of_clauses(searcher, &clauses)?;
    hits.iter_mut().zip(counted).for_each(|(hit, versions)| hit.versions = Some(versions));
    Ok(())
}

/// How many clauses have all words of a plan, or any where none has all.
pub(crate) fn count(searcher: &Searcher, plan: &Plan) -> Result<u64, Error> {
    let lowered = Lowered::of(plan, searcher)?;
    let both = [lowered.all(&plan.tree), lowered.any(&plan.tree)].map(Ask::count);
    let totals: Vec<u64> = searcher.ask(&both)?.into_iter().map(|answer| answer.total).collect();
    Ok(totals.into_iter().find(|total| *total > 0).unwrap_or(0))
}

/// All clauses that meet a condition, as far as an engine hands them out.
fn all_clauses(
    searcher: &Searcher,
    condition: Condition,
    what: impl Fn() -> String,
) -> Result<Vec<ClauseRecord>, Error> {
    let answer = one(searcher, Ask::first(condition, MOST_RECORDS, First::Lowest("seq")))?;
    if answer.total > MOST_RECORDS as u64 {
        return Err(Error::TooMany { what: what(), found: answer.total });
    }
    answer.records.iter().map(|record| Ok(parsed(record)?)).collect()
}

fn one(searcher: &Searcher, ask: Ask) -> Result<Answer, Error> {
    Ok(searcher.ask(&[ask])?.pop().unwrap_or_default())
}

/// A question, ready to be asked.
struct Search<'a> {
    searcher: &'a Searcher,
    request: &'a Request,
    plan: &'a Plan,
    all: Condition,
    any: Condition,
    scale: Scale<'a>,
}

impl Search<'_> {
    /// The page and what goes with it; `None` where candidates ran out before the page was full,
    /// though the index has more.
    fn run(&self, keep: usize) -> Result<Option<Found>, Error> {
        let mut answers = self.searcher.ask(&self.asks(keep))?.into_iter();
        let mut answer = || answers.next().unwrap_or_default();
        let (mut candidates, all) = (answer(), answer());
        self.add_equals(&self.candidates(), &mut candidates)?;
        let n_any = if self.all == self.any { all.total } else { answer().total };
        let totals = (all.total, n_any);
        let weighed = self.weighed(&candidates.records)?;
        let (first, lacking): (Vec<Weighed>, Vec<Weighed>) =
            weighed.into_iter().partition(|weighed| is_question(self.plan) || weighed.has_all(self.plan));
        let n_first = if is_question(self.plan) { totals.1 } else { totals.0 };
        let was_all = candidates.records.len() >= MOST_RECORDS;
        let mut page = Page::new(self.request);
        let mut is_enough = was_all || first.len().min(keep) as u64 >= n_first;
        page.fill(self.best(first, keep));
        let n_lacking = totals.1.saturating_sub(n_first);
        if is_enough && n_lacking > 0 && !page.is_full() {
            let lacking = if self.is_by_date() { self.lacking(keep)? } else { lacking };
            is_enough = was_all || lacking.len().min(keep) as u64 >= n_lacking;
            page.fill(self.best(lacking, keep));
        }
        if !is_enough && !page.is_full() {
            return Ok(None);
        }
        let counts_any = self.request.facets && totals.0 == 0 && totals.1 > 0;
        let facets = if counts_any { self.counted_any()?.facets } else { all.facets };
        let hits = self.hits(page.taken)?;
        Ok(Some(Found { totals, hits, facets: facets::of_answer(facets) }))
    }

    /// What is asked at once: for candidates, for the number and the facets of those with all words,
    /// and for the number of those with any. Apart, since Quickwit 0.9 has been seen to count a record
    /// too many where it scores phrases among alternatives, and none where it only counts.
    fn asks(&self, keep: usize) -> Vec<Ask> {
        let candidates = Ask::first(self.candidates(), self.asked_for(keep), self.order());
        let all = Ask { facets: self.facets(), ..Ask::count(self.all.clone()) };
        let any = (self.all != self.any).then(|| Ask::count(self.any.clone()));
        [candidates, all].into_iter().chain(any).collect()
    }

    /// So many candidates are asked for that those of the page are among them, though the engine weighs
    /// words otherwise and takes the better of equal ones as it finds them.
    fn asked_for(&self, keep: usize) -> usize {
        let shown = self.request.offset + self.request.limit;
        keep.max(FEWEST_CANDIDATES).max(shown * CANDIDATES_A_HIT).min(MOST_RECORDS)
    }

    fn candidates(&self) -> Condition {
        match (self.all == self.any || is_question(self.plan), self.is_by_date()) {
            (true, _) => self.any.clone(),
            (false, true) => self.all.clone(),
            (false, false) => Condition::Preferring(Box::new(self.any.clone()), Box::new(self.all.clone())),
        }
    }

    fn is_by_date(&self) -> bool {
        matches!(self.request.sort, Sort::Date | Sort::DateDescending)
    }

    /// The first clauses that have some words and not all.
    fn lacking(&self, keep: usize) -> Result<Vec<Weighed>, Error> {
        let lacking = Condition::All(vec![self.any.clone(), Condition::none_of(self.all.clone())]);
        let ask = Ask::first(lacking.clone(), self.asked_for(keep), self.order());
        let mut answer = one(self.searcher, ask)?;
        self.add_equals(&lacking, &mut answer)?;
        self.weighed(&answer.records)
    }

    fn counted_any(&self) -> Result<Answer, Error> {
        one(self.searcher, Ask { facets: self.facets(), ..Ask::count(self.any.clone()) })
    }

    /// Of the clauses of one day the engine gives any where it cannot give all, and they are to stand by
    /// their ids: those of the last day given are asked for, if that are not too many.
    fn add_equals(&self, condition: &Condition, answer: &mut Answer) -> Result<(), Error> {
        if !self.is_by_date() || answer.total <= answer.records.len() as u64 {
            return Ok(());
        }
        let day = |record: &Record| Ok::<_, Error>(parsed::<ClauseRecord>(record)?.date.map(date_key));
        let Some(last) = answer.records.last().map(day).transpose()? else { return Ok(()) };
        let of_day = match last {
            Some(_) => Condition::Range("date", last, last),
            None => Condition::none_of(Condition::Range("date", Some(0), None)),
        };
        let of_day = Condition::All(vec![condition.clone(), of_day]);
        let equals = one(self.searcher, Ask::first(of_day, MOST_OF_A_DAY, First::Best))?;
        if equals.total > MOST_OF_A_DAY as u64 {
            return Ok(());
        }
        let mut n_before = answer.records.len();
        while n_before > 0 && day(&answer.records[n_before - 1])? == last {
            n_before -= 1;
        }
        answer.records.truncate(n_before);
        answer.records.extend(equals.records);
        Ok(())
    }

    fn order(&self) -> First {
        match self.request.sort {
            Sort::Relevance | Sort::Copies | Sort::CopiesDescending => First::Best,
            Sort::Date => First::Lowest("date"),
            Sort::DateDescending => First::Highest("date"),
        }
    }

    fn facets(&self) -> Vec<(&'static str, usize)> {
        if self.request.facets { facets::asked() } else { Vec::new() }
    }

    /// Candidates, weighed by their words.
    fn weighed(&self, records: &[Record]) -> Result<Vec<Weighed>, Error> {
        records.par_iter().map(|record| Ok(self.scale.weigh(parsed(record)?))).collect()
    }

    /// The best candidates in order, as many as an index here would keep.
    fn best(&self, mut weighed: Vec<Weighed>, keep: usize) -> Vec<Weighed> {
        weighed.sort_unstable_by(in_order);
        weighed.truncate(keep);
        if self.request.sort == Sort::Relevance {
            weighed.iter_mut().for_each(Weighed::add_nearness);
            weighed.sort_unstable_by(in_order);
        }
        weighed
    }

    /// The clauses of the page as hits, without marks.
    fn hits(&self, taken: Vec<Weighed>) -> Result<Vec<Hit>, Error> {
        let folded = self.folded(&taken)?;
        let hit = |(weighed, folded): (Weighed, u64)| {
            let explain =
                || explain::told(&weighed.shares, weighed.words, &weighed.clause, self.plan, self.searcher);
            let explanation = self.request.explain.then(explain).transpose()?;
            let missing = self.plan.missing(|leaf| weighed.has(leaf));
            let score = weighed.words * weighed.prior;
            Ok(Hit::plain(weighed.clause, score, missing, folded, explanation))
        };
        taken.into_iter().zip(folded).map(hit).collect()
    }

    /// How many further clauses found say the same as each of these.
    fn folded(&self, taken: &[Weighed]) -> Result<Vec<u64>, Error> {
        let field = match self.request.fold {
            Fold::Same => "same",
            Fold::Near => "near",
            Fold::No => return Ok(vec![0; taken.len()]),
        };
        if taken.is_empty() {
            return Ok(Vec::new());
        }
        let said: Vec<String> = taken.iter().map(|weighed| self.said(&weighed.clause).to_string()).collect();
        let same = Condition::All(vec![Condition::OneOf(field, said.clone()), self.any.clone()]);
        let ask = Ask { facets: vec![(field, said.len())], ..Ask::count(same) };
        let counted = one(self.searcher, ask)?.facets.remove(field).unwrap_or_default();
        let counted: HashMap<String, u64> = counted.into_iter().collect();
        let others = |said: &String| counted.get(said).map_or(0, |n| n.saturating_sub(1));
        Ok(said.iter().map(others).collect())
    }

    /// A digest of what a clause says.
    fn said(&self, clause: &ClauseRecord) -> u64 {
        said(self.request.fold, clause).unwrap_or(0)
    }
}

/// The highest first; equal ones as [`crate::order`] has them, by document and within it by id.
fn in_order(a: &Weighed, b: &Weighed) -> std::cmp::Ordering {
    let (mine, other) = (&a.clause, &b.clause);
    let document = |clause: &ClauseRecord| clause.document.bytes().chain([b'/']).collect::<Vec<_>>();
    b.key.total_cmp(&a.key).then_with(|| {
        let by_document = || document(mine).cmp(&document(other));
        if mine.document == other.document { mine.id.cmp(&other.id) } else { by_document() }
    })
}

/// The page of hits that is asked for, filled in order.
struct Page<'a> {
    request: &'a Request,
    /// Hits before and on the page so far.
    seen: usize,
    /// What was seen of clauses that say the same.
    same: HashSet<u64>,
    taken: Vec<Weighed>,
}

impl<'a> Page<'a> {
    fn new(request: &'a Request) -> Self {
        Self { request, seen: 0, same: HashSet::new(), taken: Vec::new() }
    }

    fn is_full(&self) -> bool {
        self.seen >= self.request.offset + self.request.limit
    }

    fn fill(&mut self, candidates: Vec<Weighed>) {
        for candidate in candidates {
            if self.is_full() {
                return;
            }
            if !self.is_new(&candidate.clause) {
                continue;
            }
            if self.seen >= self.request.offset {
                self.taken.push(candidate);
            }
            self.seen += 1;
        }
    }

    fn is_new(&mut self, clause: &ClauseRecord) -> bool {
        said(self.request.fold, clause).is_none_or(|said| self.same.insert(said))
    }
}

/// A digest of what a clause says; none where clauses that say the same are not one hit.
fn said(fold: Fold, clause: &ClauseRecord) -> Option<u64> {
    let term = match fold {
        Fold::Same => Fields::same_term(&clause.text),
        Fold::Near => Fields::near_term(&clause.text, Language::of_code(&clause.language)),
        Fold::No => return None,
    };
    term.value().as_u64()
}
