// What a list of hits is worth: rank of the first right one, recall, MRR and nDCG@10.

use super::set::Answer;

/// Hits that are looked at; nobody pages further before asking anew.
pub(crate) const DEPTH: usize = 10;
/// From this grade on a hit is right: it answers, at least in good part.
const RIGHT: u8 = 2;

/// How one query did.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Score {
    /// Rank of the first right hit, from 1; none among the first ten.
    pub(crate) first: Option<usize>,
    pub(crate) ndcg: f64,
    /// How many of the first ten someone has judged. The others count as wrong, which they need not be.
    pub(crate) n_judged: usize,
}

/// Figures of a whole set, each between 0 and 1.
pub(crate) struct Totals {
    pub(crate) recall_1: f64,
    pub(crate) recall_5: f64,
    pub(crate) mrr: f64,
    pub(crate) ndcg: f64,
}

impl Score {
    pub(crate) fn is_found_within(&self, rank: usize) -> bool {
        self.first.is_some_and(|first| first <= rank)
    }
}

/// The answer that a clause is or belongs to: the nearest, where one lies beneath another.
pub(crate) fn answer<'set>(answers: &'set [Answer], clause: &str) -> Option<&'set Answer> {
    answers.iter().filter(|answer| answer.covers(clause)).max_by_key(|answer| answer.id.len())
}

/// An answer is worth something once: the next paragraph of the same article tells little more.
pub(crate) fn score(hits: &[String], answers: &[Answer]) -> Score {
    let found: Vec<Option<&Answer>> = hits.iter().take(DEPTH).map(|hit| answer(answers, hit)).collect();
    let is_right = |answer: &Option<&Answer>| answer.is_some_and(|answer| answer.grade >= RIGHT);
    let mut seen: Vec<&str> = Vec::new();
    let gains = found.iter().map(|answer| match answer {
        Some(answer) if !seen.contains(&answer.id.as_str()) => {
            seen.push(&answer.id);
            gain(answer.grade)
        }
        _ => 0.0,
    });
    let mut best: Vec<f64> = answers.iter().map(|answer| gain(answer.grade)).collect();
    best.sort_by(|left, right| right.total_cmp(left));
    Score {
        first: found.iter().position(is_right).map(|at| at + 1),
        ndcg: discounted(gains) / discounted(best.into_iter()),
        n_judged: found.iter().flatten().count(),
    }
}

pub(crate) fn totals(scores: &[Score]) -> Totals {
    let mean = |value: &dyn Fn(&Score) -> f64| scores.iter().map(value).sum::<f64>() / scores.len() as f64;
    Totals {
        recall_1: mean(&|score| f64::from(u8::from(score.is_found_within(1)))),
        recall_5: mean(&|score| f64::from(u8::from(score.is_found_within(5)))),
        mrr: mean(&|score| score.first.map_or(0.0, |first| 1.0 / first as f64)),
        ndcg: mean(&|score| score.ndcg),
    }
}

/// The grade itself, as our other ranking figures have it, so that they can be set side by side.
fn gain(grade: u8) -> f64 {
    f64::from(grade)
}

fn discounted(gains: impl Iterator<Item = f64>) -> f64 {
    // Not `sum`, whose zero is negative and would be written so.
    gains.take(DEPTH).zip(2_u32..).fold(0.0, |sum, (gain, place)| sum + gain / f64::from(place).log2())
}

#[test]
fn hits_are_worth_their_grades_and_places() {
    #[track_caller]
    fn check(hits: &str, first: Option<usize>, ndcg: f64, n_judged: usize) {
        let set = "query: q\nwhy: w\n3 x/1 : r\n1 x : r\n2 y : r\n";
        let queries = super::set::parse(set).expect("the set is well formed");
        let hits: Vec<String> = hits.split_whitespace().map(str::to_owned).collect();
        let score = score(&hits, &queries[0].answers);
        assert_eq!((score.first, score.n_judged), (first, n_judged), "{score:?}");
        assert!((score.ndcg - ndcg).abs() < 0.0005, "{score:?}");
    }
    // The best there is: 3 + 2 / log2 3 + 1 / log2 4 = 4.762.
    check("x/1 y x/2", Some(1), 1.0, 3);
    check("", None, 0.0, 0);
    check("other x/12 x/1/a", Some(3), (0.631 + 1.5) / 4.762, 2);
    check("y/1 y/2", Some(1), 2.0 / 4.762, 2);
    check("a b c d e f g h i j x/1", None, 0.0, 0);
}

#[test]
fn totals_are_means_over_the_queries() {
    let score = |first, ndcg| Score { first, ndcg, n_judged: 0 };
    let totals = totals(&[score(Some(1), 1.0), score(Some(4), 0.5), score(Some(8), 0.25), score(None, 0.0)]);
    assert_eq!((totals.recall_1, totals.recall_5), (0.25, 0.5));
    assert_eq!((totals.mrr, totals.ndcg), ((1.0 + 0.25 + 0.125) / 4.0, 1.75 / 4.0));
}
