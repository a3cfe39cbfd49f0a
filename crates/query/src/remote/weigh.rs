//! The score of one clause, by the same sums in the same order as a scan of an index makes them.

use chapeau_document::ClauseRecord;
use chapeau_index::{Searcher, date_key};

use super::judge::Judge;
use super::words::{Sought, Words};
use crate::nearness::{self, text_places};
use crate::plan::{Form, Leaf, Places, Plan};
use crate::priors::prior;
use crate::rank::{self, Bm25};
use crate::results::Sort;

/// A clause that was brought back, weighed.
pub(crate) struct Weighed {
    pub(crate) clause: ClauseRecord,
    /// What it is ordered by, highest first.
    pub(crate) key: f64,
    /// The sum of its words' scores, without its prior.
    pub(crate) words: f32,
    pub(crate) prior: f32,
    /// What each leaf adds.
    pub(crate) shares: Vec<(usize, f32)>,
    has: Vec<bool>,
    nearness: f32,
}

impl Weighed {
    /// Whether it has a leaf.
    pub(crate) fn has(&self, leaf: usize) -> bool {
        self.has.get(leaf).copied().unwrap_or(true)
    }

    /// Whether it has all words of a plan.
    pub(crate) fn has_all(&self, plan: &Plan) -> bool {
        Judge { leaves: &self.has }.has_all(&plan.tree)
    }

    /// Adds the part for words that stand near each other.
    pub(crate) fn add_nearness(&mut self) {
        self.words += self.nearness;
        self.key = f64::from(self.words * self.prior);
    }
}

/// Weighs clauses.
pub(crate) struct Scale<'a> {
    plan: &'a Plan,
    sought: Sought,
    sort: Sort,
    /// By leaf, a table for each of its fields.
    tables: Vec<Vec<Bm25>>,
    pairs: Vec<(usize, usize)>,
    in_text: Vec<Option<Places>>,
}

impl<'a> Scale<'a> {
    pub(crate) fn new(plan: &'a Plan, searcher: &Searcher, sort: Sort) -> Self {
        let table = |scored| Bm25::new(scored, searcher.statistics(), None);
        let of_leaf = |leaf: &Leaf| match &leaf.form {
            Form::Terms(all) => all.iter().map(|(scored, _)| table(*scored)).collect(),
            Form::Places(all) => all.iter().map(|(scored, _)| table(*scored)).collect(),
            Form::Weighted(all) => all.iter().map(|(weight, _)| Bm25::constant(*weight)).collect(),
        };
        Self {
            plan,
            sought: Sought::of(plan),
            sort,
            tables: plan.leaves.iter().map(of_leaf).collect(),
            pairs: nearness::pairs(plan),
            in_text: plan.leaves.iter().map(text_places).collect(),
        }
    }

    /// Whether a clause has a leaf.
    pub(crate) fn holds(&self, leaf: usize, clause: &ClauseRecord) -> bool {
        self.word(leaf, &Words::of(&self.sought, clause)).is_some()
    }

    pub(crate) fn weigh(&self, clause: ClauseRecord) -> Weighed {
        let words = Words::of(&self.sought, &clause);
        let (sum, shares, has) = self.sum(&words);
        let prior = prior(clause.kind, clause.status, clause.part, clause.unit);
        let date = clause.date.map(date_key);
        #[expect(clippy::cast_precision_loss, reason = "a date of eight digits")]
        let key = match self.sort {
            Sort::Relevance | Sort::Copies | Sort::CopiesDescending => f64::from(sum * prior),
            Sort::Date => date.map_or(f64::MIN, |date| -(date as f64)),
            Sort::DateDescending => date.map_or(f64::MIN, |date| date as f64),
        };
        let nearness = self.nearness(&words, &has);
        Weighed { clause, key, words: sum, prior, shares, has, nearness }
    }

    fn sum(&self, words: &Words<'_>) -> (f32, Vec<(usize, f32)>, Vec<bool>) {
        let n_leaves = self.plan.leaves.len();
        let (mut sum, mut shares, mut has) = (0.0_f32, Vec::new(), vec![false; n_leaves]);
        let mut typed = vec![0.0_f32; n_leaves];
        for (at, leaf) in self.plan.leaves.iter().enumerate() {
            let Some(mut word) = self.word(at, words) else { continue };
            has[at] = true;
            if !leaf.scores {
                continue;
            }
            let weight = leaf.idf * leaf.count;
            for (_, by) in self.plan.stand_ins.iter().filter(|(typed, _)| *typed == at) {
                typed[*by] += weight * rank::joined(word);
            }
            let stands_in = self.plan.stand_ins.iter().any(|(_, by)| *by == at);
            if stands_in && weight > 0.0 {
                let beyond = (rank::joined(word) - typed[at] / weight).max(0.0);
                word = (beyond, beyond);
            }
            let before = sum;
            sum += weight * rank::joined(word);
            shares.push((at, sum - before));
        }
        (sum, shares, has)
    }

    /// The best field's score of a leaf, and the sum of all fields'; none where it is not there.
    fn word(&self, at: usize, words: &Words<'_>) -> Option<(f32, f32)> {
        let (mut best, mut sum, mut there) = (0.0_f32, 0.0_f32, false);
        let mut add = |table: &Bm25, length: u8, count: u32| {
            if count > 0 {
                let score = table.score_in(length, count);
                (best, sum, there) = (best.max(score), sum + score, true);
            }
        };
        let tables = &self.tables[at];
        match &self.plan.leaves[at].form {
            Form::Terms(all) => {
                for ((scored, terms), table) in all.iter().zip(tables) {
                    for term in terms {
                        add(table, words.length(scored.field), words.count(term));
                    }
                }
            }
            Form::Places(all) => {
                for ((scored, places), table) in all.iter().zip(tables) {
                    add(table, words.length(scored.field), words.places(places).len() as u32);
                }
            }
            Form::Weighted(all) => {
                for ((_, term), table) in all.iter().zip(tables) {
                    add(table, 0, words.count(term));
                }
            }
        }
        there.then_some((best, sum))
    }

    fn nearness(&self, words: &Words<'_>, has: &[bool]) -> f32 {
        let there = self.pairs.iter().filter(|(a, b)| has[*a] && has[*b]);
        let part = |(a, b): &(usize, usize)| {
            let (Some(left), Some(right)) = (&self.in_text[*a], &self.in_text[*b]) else { return 0.0 };
            let (left, right) = (words.places(left), words.places(right));
            if left.is_empty() || right.is_empty() {
                return 0.0;
            }
            nearness::part(self.plan, (*a, *b), &left, &right)
        };
        there.map(part).sum()
    }
}
