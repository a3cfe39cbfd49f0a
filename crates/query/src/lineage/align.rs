//! How much two clauses have in common, word by word.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use chapeau_document::{ClauseRecord, Span};

/// The words of a clause, folded, in order.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Words(Vec<Arc<str>>);

impl Words {
    pub(crate) fn of(clause: &ClauseRecord) -> Self {
        Self::of_text(&clause.text, &clause.language)
    }

    pub(crate) fn of_text(text: &str, language: &str) -> Self {
        Self(super::words_of(text, language))
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    /// Its words, each once, in a fixed order.
    pub(crate) fn distinct(&self) -> BTreeSet<Arc<str>> {
        self.0.iter().cloned().collect()
    }

    /// Twice the words that both have in the same order, over the words of both.
    pub(crate) fn similarity(&self, other: &Self) -> f32 {
        share(2 * common(&self.0, &other.0), self.len() + other.len())
    }

    /// Of the runs of three words that either has, the share that both have.
    pub(crate) fn shared_runs(&self, other: &Self) -> f32 {
        let (mine, others) = (runs(&self.0), runs(&other.0));
        let n_both = mine.intersection(&others).count();
        share(n_both, mine.len() + others.len() - n_both)
    }

    /// The stretches of another text whose words stand in runs of three that this one has too.
    pub(crate) fn shared_with(&self, text: &str, language: &str) -> Vec<Span> {
        let (mine, tokens) = (runs(&self.0), super::word_tokens(text, language));
        let mut shared: Vec<Span> = Vec::new();
        for run in tokens.windows(3) {
            if mine.contains(&[&*run[0].exact, &*run[1].exact, &*run[2].exact]) {
                let span = Span::new(run[0].span.start, run[2].span.end);
                match shared.last_mut().filter(|last| span.start <= last.end) {
                    Some(last) => last.end = span.end,
                    None => shared.push(span),
                }
            }
        }
        shared
    }

    /// Words of the longest run that both have.
    pub(crate) fn longest_run(&self, other: &Self) -> usize {
        let mut longest = 0;
        let mut before = vec![0; other.len() + 1];
        for mine in &self.0 {
            let mut here = vec![0; other.len() + 1];
            for (at, others) in other.0.iter().enumerate() {
                if mine == others {
                    here[at + 1] = before[at] + 1;
                    longest = longest.max(here[at + 1]);
                }
            }
            before = here;
        }
        longest
    }
}

#[expect(clippy::cast_precision_loss, reason = "a share of some hundreds of words")]
fn share(part: usize, whole: usize) -> f32 {
    part as f32 / whole.max(1) as f32
}

fn runs(words: &[Arc<str>]) -> HashSet<[&str; 3]> {
    words.windows(3).map(|run| [&*run[0], &*run[1], &*run[2]]).collect()
}

/// Length of the longest common subsequence, with one bit for each word of `a` (Crochemore and
/// others, 2001): 100 words against 100 cost some 200 steps.
fn common(a: &[Arc<str>], b: &[Arc<str>]) -> usize {
    let n_blocks = a.len().div_ceil(64);
    let mut places: HashMap<&str, Vec<u64>> = HashMap::new();
    for (at, word) in a.iter().enumerate() {
        places.entry(word).or_insert_with(|| vec![0; n_blocks])[at / 64] |= 1 << (at % 64);
    }
    // A zero marks a word of `a` with which the subsequence grows.
    let mut state = vec![u64::MAX; n_blocks];
    for places in b.iter().filter_map(|word| places.get(&**word)) {
        let mut carry = false;
        for (bits, places) in state.iter_mut().zip(places) {
            let met = *bits & places;
            let (sum, first) = bits.overflowing_add(met);
            let (sum, second) = sum.overflowing_add(u64::from(carry));
            carry = first || second;
            *bits = sum | (*bits & !places);
        }
    }
    let n_after = n_blocks * 64 - a.len();
    let n_ones: usize = state.iter().map(|bits| bits.count_ones() as usize).sum();
    // Bits beyond the last word stay ones, since no word is there and a carry falls on a one.
    a.len() + n_after - n_ones.min(a.len() + n_after)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn words(text: &str) -> Words {
        Words(text.split_whitespace().map(Arc::from).collect())
    }

    #[track_caller]
    fn check(a: &str, b: &str, similarity: f32, longest: usize) {
        let (a, b) = (words(a), words(b));
        assert!((a.similarity(&b) - similarity).abs() < 1e-6, "{}", a.similarity(&b));
        assert_eq!(a.longest_run(&b), longest);
    }

    #[test]
    fn words_in_the_same_order_are_common() {
        check("a b c d", "a b c d", 1.0, 4);
        check("a b c d", "d c b a", 0.25, 1);
        check("a b c d", "x y", 0.0, 0);
        check("", "", 0.0, 0);
        check("a x b y c", "a b c", 0.75, 1);
    }

    #[test]
    fn runs_count_once() {
        assert!((words("a b c d").shared_runs(&words("a b c e")) - 1.0 / 3.0).abs() < 1e-6);
        assert!(words("a b").shared_runs(&words("a b")) < 1e-6);
    }

    /// The same by the book.
    fn common_slowly(a: &[Arc<str>], b: &[Arc<str>]) -> usize {
        let mut before = vec![0; b.len() + 1];
        for mine in a {
            let mut here = vec![0; b.len() + 1];
            for (at, others) in b.iter().enumerate() {
                here[at + 1] = if mine == others { before[at] + 1 } else { here[at].max(before[at + 1]) };
            }
            before = here;
        }
        before[b.len()]
    }

    proptest! {
        #[test]
        fn bits_count_as_the_book_does(a in "([abcde] ){0,150}", b in "([abcde] ){0,150}") {
            let (a, b) = (words(&a), words(&b));
            prop_assert_eq!(common(&a.0, &b.0), common_slowly(&a.0, &b.0));
        }
    }
}
