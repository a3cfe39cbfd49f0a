//! How a clause's score came about, in words and numbers that a reader can follow.

use chapeau_document::ClauseRecord;
use chapeau_index::Searcher;

use crate::plan::Plan;
use crate::results::{Explanation, Factor, Share, Sort};
use crate::scan::{Candidate, SegmentScan};
use crate::{Error, rank, rarity};

/// Explains a candidate's score: the same scan once more, up to the candidate, leaf by leaf.
pub(crate) fn explain(
    candidate: &Candidate,
    clause: &ClauseRecord,
    plan: &Plan,
    searcher: &Searcher,
) -> Result<Explanation, Error> {
    let mut scan = SegmentScan::open(plan, searcher, candidate.segment, Sort::Relevance)?;
    told(&scan.shares(candidate.doc), candidate.words, clause, plan, searcher)
}

/// What leaves add to the score `whole` of a clause, in words.
pub(crate) fn told(
    shares: &[(usize, f32)],
    whole: f32,
    clause: &ClauseRecord,
    plan: &Plan,
    searcher: &Searcher,
) -> Result<Explanation, Error> {
    let words: f32 = shares.iter().map(|(_, share)| share).sum();
    let mut explained = Vec::new();
    for (leaf, score) in shares.iter().copied().filter(|(_, share)| *share > 0.0) {
        let stands_in = plan.stand_ins.iter().any(|(_, by)| *by == leaf);
        let leaf = &plan.leaves[leaf];
        explained.push(Share {
            word: leaf.label.clone(),
            score,
            clauses: rarity::clauses(&leaf.form, searcher)?,
            synonym: stands_in,
        });
    }
    Ok(Explanation { words: explained, nearness: (whole - words).max(0.0), factors: factors(clause) })
}

/// What makes the prior of a clause, but for what makes no difference.
fn factors(clause: &ClauseRecord) -> Vec<Factor> {
    let all = [
        (clause.kind.as_str(), rank::of_kind(clause.kind)),
        (clause.status.as_str(), rank::of_status(clause.status)),
        (clause.part.as_str(), rank::of_part(clause.part)),
        (clause.unit.as_str(), rank::of_unit(clause.unit)),
    ];
    let telling = all.into_iter().filter(|(_, factor)| (factor - 1.0).abs() > f32::EPSILON);
    telling.map(|(name, factor)| Factor { name, factor }).collect()
}
