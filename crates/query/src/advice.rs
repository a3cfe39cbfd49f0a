//! What may help where little or nothing was found: which word finds nothing, what was likely meant,
//! and the nearest queries that find something.

use chapeau_index::Searcher;

use crate::plan::{self, Plan};
use crate::results::{Nearest, Request, Sort};
use crate::scan::{Tier, scan};
use crate::syntax::ast::{Occur, Operand, Word, WordForm};
use crate::syntax::{self, Query, Restriction};
use crate::{Error, rarity, remote, spelling};

/// Parts of a query that are left out in turn; each costs a search.
const MOST_PARTS: usize = 8;

/// What may help where little or nothing was found.
#[derive(Default)]
pub(crate) struct Advice {
    pub(crate) did_you_mean: Option<Nearest>,
    pub(crate) nearest: Vec<Nearest>,
    pub(crate) absent: Vec<String>,
}

/// By how much more another spelling must find to be offered.
const FAR_MORE: u64 = 10;

impl Advice {
    /// On a query that so many clauses have all words of, and so many any.
    pub(crate) fn of(
        query: &Query,
        restrictions: &[Restriction],
        request: &Request,
        searcher: &Searcher,
        plan: &Plan,
        (all, any): (u64, u64),
    ) -> Result<Self, Error> {
        let mut did_you_mean = None;
        if let Some(respelled) = spelling::likelier(query, &request.query, searcher)? {
            let total = count(&syntax::parse(&respelled).0, restrictions, searcher)?;
            if total > all * FAR_MORE {
                did_you_mean = Some(Nearest { query: respelled, without: None, total });
            }
        }
        let found = any > 0;
        let nearest = if found { Vec::new() } else { nearest(query, restrictions, request, searcher)? };
        Ok(Self { did_you_mean, nearest, absent: absent(plan, searcher)? })
    }
}

/// The words of a plan that no clause has, as typed.
fn absent(plan: &Plan, searcher: &Searcher) -> Result<Vec<String>, Error> {
    let mut absent = Vec::new();
    for leaf in plan.leaves.iter().filter(|leaf| leaf.scores) {
        if !absent.contains(&leaf.label) && rarity::is_absent(&leaf.form, searcher)? {
            absent.push(leaf.label.clone());
        }
    }
    Ok(absent)
}

/// The queries that are one part shorter and find something, the fullest first.
fn nearest(
    query: &Query,
    restrictions: &[Restriction],
    request: &Request,
    searcher: &Searcher,
) -> Result<Vec<Nearest>, Error> {
    let mut found = Vec::new();
    for shorter in shorter(query) {
        found.push(Nearest {
            query: shorter.to_string(),
            without: None,
            total: count(&shorter, restrictions, searcher)?,
        });
    }
    for (left_out, restriction) in restrictions.iter().enumerate() {
        let mut kept = restrictions.to_vec();
        kept.remove(left_out);
        let without = Some(restriction.name.clone());
        found.push(Nearest { query: request.query.clone(), without, total: count(query, &kept, searcher)? });
    }
    found.retain(|nearest| nearest.total > 0);
    found.sort_by_key(|nearest| std::cmp::Reverse(nearest.total));
    Ok(found)
}

/// How many clauses have all words of a query, or any where none has all.
fn count(query: &Query, restrictions: &[Restriction], searcher: &Searcher) -> Result<u64, Error> {
    if searcher.is_remote() {
        // Without scores nobody asks how rare a word is.
        let plan = plan::plan(query, &[], restrictions, &searcher.gathering())?;
        return remote::count(searcher, &plan);
    }
    let plan = plan::plan(query, &[], restrictions, searcher)?;
    let scanned = scan(&plan, searcher, Sort::Relevance, Tier::All, 1)?;
    Ok(if scanned.total > 0 { scanned.total } else { scanned.total_any })
}

/// The query without each of its parts.
fn shorter(query: &Query) -> Vec<Query> {
    match query {
        Query::Group(operands) => {
            let each = without_each(operands);
            each.map(syntax::simplest).filter(|query| !query.is_empty()).collect()
        }
        Query::And(queries) => {
            let each = without_each(queries);
            each.map(|mut kept| if kept.len() == 1 { kept.remove(0) } else { Query::And(kept) }).collect()
        }
        Query::Phrase(words) => vec![Query::Group(words.iter().map(loose).collect())],
        Query::Near(near) => vec![Query::And(vec![near.left.clone(), near.right.clone()])],
        _ => Vec::new(),
    }
}

/// A word of a phrase as one typed loosely.
fn loose(word: &Word) -> Operand {
    let form = if word.form == WordForm::Exact { WordForm::Stem } else { word.form };
    Operand { occur: Occur::Should, query: Query::Word(Word { form, ..word.clone() }) }
}

fn without_each<T: Clone>(parts: &[T]) -> impl Iterator<Item = Vec<T>> {
    let n_parts = if parts.len() > 1 { parts.len().min(MOST_PARTS) } else { 0 };
    (0..n_parts).map(|left_out| {
        let mut kept = parts.to_vec();
        kept.remove(left_out);
        kept
    })
}
