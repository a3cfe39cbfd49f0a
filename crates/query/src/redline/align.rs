//! Which tokens of two texts are the same: as many as possible, in runs as long as possible.

use std::collections::HashMap;

use super::tokens::Token;

/// One step through two texts; numbers count tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// A token of both.
    Both(usize, usize),
    /// A token of the old text only.
    Old(usize),
    /// A token of the new text only.
    New(usize),
}

/// Cells of the largest table: 16 MB. Larger texts are first cut at words that both have once.
pub(super) const MOST_CELLS: usize = 2_000_000;

/// The steps from one text to the other.
pub(super) fn align(old: &[Token], new: &[Token]) -> Vec<Step> {
    let mut names = HashMap::new();
    let old = named(old, &mut names);
    let new = named(new, &mut names);
    let mut steps = Vec::with_capacity(old.len().max(new.len()));
    align_part((&old, 0), (&new, 0), &mut steps);
    steps
}

/// Each token's key as a number.
fn named<'a>(tokens: &'a [Token], names: &mut HashMap<&'a str, usize>) -> Vec<usize> {
    let name = |token: &'a Token| {
        let next = names.len();
        *names.entry(&token.key).or_insert(next)
    };
    tokens.iter().map(name).collect()
}

/// A stretch of tokens, and the place of its first in the text.
type Part<'a> = (&'a [usize], usize);

fn align_part(old: Part, new: Part, steps: &mut Vec<Step>) {
    let n_first = old.0.iter().zip(new.0).take_while(|(a, b)| a == b).count();
    let (a, b) = (&old.0[n_first..], &new.0[n_first..]);
    let n_last = a.iter().rev().zip(b.iter().rev()).take_while(|(a, b)| a == b).count();
    let (a, b) = (&a[..a.len() - n_last], &b[..b.len() - n_last]);
    let (from_a, from_b) = (old.1 + n_first, new.1 + n_first);
    steps.extend((0..n_first).map(|at| Step::Both(old.1 + at, new.1 + at)));
    if a.is_empty() || b.is_empty() {
        only(a.len(), b.len(), from_a, from_b, steps);
    } else if (a.len() + 1).saturating_mul(b.len() + 1) <= MOST_CELLS {
        by_table((a, from_a), (b, from_b), steps);
    } else {
        by_anchors((a, from_a), (b, from_b), steps);
    }
    steps.extend((0..n_last).map(|at| Step::Both(from_a + a.len() + at, from_b + b.len() + at)));
}

fn only(n_old: usize, n_new: usize, from_a: usize, from_b: usize, steps: &mut Vec<Step>) {
    steps.extend((0..n_old).map(|at| Step::Old(from_a + at)));
    steps.extend((0..n_new).map(|at| Step::New(from_b + at)));
}

/// What one common token is worth beside the one that it follows directly: no number of runs ever
/// outweighs a token, so that the distance is the least.
const TOKEN: u32 = 1 << 12;

/// The longest common subsequence by a table; among those, one of the fewest runs.
fn by_table(old: Part, new: Part, steps: &mut Vec<Step>) {
    let (a, b) = (old.0, new.0);
    let width = b.len() + 1;
    // From each place to the end: the best, and the best where the two tokens there are paired.
    let mut best = vec![0_u32; (a.len() + 1) * width];
    let mut paired = vec![0_u32; (a.len() + 1) * width];
    for i in (0..a.len()).rev() {
        for j in (0..b.len()).rev() {
            let (here, next) = (i * width + j, (i + 1) * width + j + 1);
            if a[i] == b[j] {
                paired[here] =
                    TOKEN + best[next].max(paired[next].saturating_add(u32::from(paired[next] > 0)));
            }
            best[here] = paired[here].max(best[here + 1]).max(best[here + width]);
        }
    }
    let (mut i, mut j) = (0, 0);
    let mut follows = false;
    while i < a.len() && j < b.len() {
        let here = i * width + j;
        let is_best = paired[here] > 0 && paired[here] == best[here];
        // A run goes on wherever that costs nothing.
        let goes_on = follows && paired[here] > 0 && paired[here] + 1 > best[here];
        if is_best || goes_on {
            steps.push(Step::Both(old.1 + i, new.1 + j));
            (i, j, follows) = (i + 1, j + 1, true);
        } else if best[here + width] >= best[here + 1] {
            steps.push(Step::Old(old.1 + i));
            (i, follows) = (i + 1, false);
        } else {
            steps.push(Step::New(new.1 + j));
            (j, follows) = (j + 1, false);
        }
    }
    only(a.len() - i, b.len() - j, old.1 + i, new.1 + j, steps);
}

/// Large texts are cut at the tokens that stand once in each, in the same order in both; what lies
/// between is aligned by itself. What has none and is too large counts as replaced.
fn by_anchors(old: Part, new: Part, steps: &mut Vec<Step>) {
    let anchors = anchors(old.0, new.0);
    if anchors.is_empty() {
        return only(old.0.len(), new.0.len(), old.1, new.1, steps);
    }
    let (mut i, mut j) = (0, 0);
    for (a, b) in anchors {
        align_part((&old.0[i..a], old.1 + i), (&new.0[j..b], new.1 + j), steps);
        steps.push(Step::Both(old.1 + a, new.1 + b));
        (i, j) = (a + 1, b + 1);
    }
    align_part((&old.0[i..], old.1 + i), (&new.0[j..], new.1 + j), steps);
}

fn anchors(a: &[usize], b: &[usize]) -> Vec<(usize, usize)> {
    let once_in_new = once(b);
    let mut pairs: Vec<(usize, usize)> =
        once(a).into_iter().filter_map(|(name, at)| Some((at, *once_in_new.get(&name)?))).collect();
    pairs.sort_unstable();
    in_order(&pairs)
}

/// Where the names are that stand only once.
fn once(names: &[usize]) -> HashMap<usize, usize> {
    let mut places: HashMap<usize, Option<usize>> = HashMap::new();
    for (at, name) in names.iter().enumerate() {
        places.entry(*name).and_modify(|place| *place = None).or_insert(Some(at));
    }
    places.into_iter().filter_map(|(name, place)| Some((name, place?))).collect()
}

/// The most pairs that are in order in both texts, of pairs that are in order in the first.
pub(crate) fn in_order(pairs: &[(usize, usize)]) -> Vec<(usize, usize)> {
    // For each length, the row of pairs that ends the earliest; and each pair's forerunner.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(pairs.len());
    for (at, (_, place)) in pairs.iter().enumerate() {
        let length = ends.partition_point(|end| pairs[*end].1 < *place);
        before.push(length.checked_sub(1).map(|shorter| ends[shorter]));
        if length == ends.len() {
            ends.push(at);
        } else {
            ends[length] = at;
        }
    }
    let mut row = Vec::with_capacity(ends.len());
    let mut at = ends.last().copied();
    while let Some(pair) = at {
        row.push(pairs[pair]);
        at = before[pair];
    }
    row.reverse();
    row
}

/// Which tokens moved, by number of the move.
#[derive(Debug, Default)]
pub(super) struct Moves {
    old: HashMap<usize, usize>,
    new: HashMap<usize, usize>,
}

impl Moves {
    pub(super) fn of_old(&self, at: usize) -> Option<usize> {
        self.old.get(&at).copied()
    }

    pub(super) fn of_new(&self, at: usize) -> Option<usize> {
        self.new.get(&at).copied()
    }
}

/// Tokens compared for moves at most: a text replaced as a whole has none worth the time.
const MOST_COMPARED: usize = 4_000_000;

/// Runs of at least `fewest` tokens that went in one place and came in another, the longest first.
pub(super) fn moves(steps: &[Step], old: &[Token], new: &[Token], fewest: usize) -> Moves {
    let gone: Vec<usize> =
        steps.iter().filter_map(|step| if let Step::Old(a) = step { Some(*a) } else { None }).collect();
    let come: Vec<usize> =
        steps.iter().filter_map(|step| if let Step::New(b) = step { Some(*b) } else { None }).collect();
    let mut moves = Moves::default();
    if gone.len().saturating_mul(come.len()) > MOST_COMPARED {
        return moves;
    }
    let mut runs = common_runs(&gone, &come, old, new, fewest);
    runs.sort_unstable_by_key(|(length, a, b)| (std::cmp::Reverse(*length), *a, *b));
    let mut n_moves = 0;
    for (length, a, b) in runs {
        let is_free =
            (0..length).all(|at| !moves.old.contains_key(&(a + at)) && !moves.new.contains_key(&(b + at)));
        if is_free {
            n_moves += 1;
            moves.old.extend((0..length).map(|at| (a + at, n_moves)));
            moves.new.extend((0..length).map(|at| (b + at, n_moves)));
        }
    }
    moves
}

/// Length and places of the runs of the same tokens in what went and in what came.
fn common_runs(
    gone: &[usize],
    come: &[usize],
    old: &[Token],
    new: &[Token],
    fewest: usize,
) -> Vec<(usize, usize, usize)> {
    let mut runs = Vec::new();
    let mut before: Vec<usize> = vec![0; come.len() + 1];
    for (i, a) in gone.iter().enumerate() {
        let mut here = vec![0; come.len() + 1];
        for (j, b) in come.iter().enumerate() {
            if old[*a].key != new[*b].key {
                continue;
            }
            let goes_on = i > 0 && j > 0 && gone[i - 1] + 1 == *a && come[j - 1] + 1 == *b;
            let length = if goes_on { before[j] + 1 } else { 1 };
            here[j + 1] = length;
            let ends = !is_followed(gone, come, i, j, old, new);
            if length >= fewest && ends {
                runs.push((length, a + 1 - length, b + 1 - length));
            }
        }
        before = here;
    }
    runs
}

fn is_followed(gone: &[usize], come: &[usize], i: usize, j: usize, old: &[Token], new: &[Token]) -> bool {
    let (Some(a), Some(b)) = (gone.get(i + 1), come.get(j + 1)) else { return false };
    *a == gone[i] + 1 && *b == come[j] + 1 && old[*a].key == new[*b].key
}
