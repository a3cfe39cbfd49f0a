//! Redlines: what was kept, left out, added and moved between two texts, word by word.

pub(crate) mod align;
mod rows;
#[cfg(test)]
mod tests;
mod tokens;

use chapeau_document::Span;
use schemars::JsonSchema;
use serde::Serialize;

use self::align::Step;
use self::tokens::{Token, tokens};

/// How one text became another. The pieces' spans cover both texts, each in its order, but that a
/// text which moved stands twice: where it was and where it is.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Redline {
    /// The pieces, in the order in which they are read.
    pub pieces: Vec<Piece>,
    /// 0..=1: twice the words and marks that were kept, over those of both texts.
    pub similarity: f32,
}

/// A stretch of one text or of both.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Piece {
    /// What became of it.
    pub change: Change,
    /// Its bytes in the earlier text; none where it is new.
    pub before: Option<Span>,
    /// Its bytes in the later text; none where it is gone.
    pub after: Option<Span>,
    /// Which move it is a part of, from 1: the same number stands where the words were and where
    /// they are.
    pub moved: Option<usize>,
}

/// What became of a stretch of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Change {
    /// It is as it was.
    Kept,
    /// It differs in case, quotation marks or the number in front of the clause only.
    Quiet,
    /// It is gone, or has moved away.
    Removed,
    /// It is new, or has moved here.
    Added,
}

impl Change {
    /// Its name in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Kept => "kept",
            Self::Quiet => "quiet",
            Self::Removed => "removed",
            Self::Added => "added",
        }
    }
}

impl Redline {
    /// Whether no word differs.
    pub fn is_quiet(&self) -> bool {
        self.pieces.iter().all(|piece| matches!(piece.change, Change::Kept | Change::Quiet))
    }

    /// The later text, put together from the pieces.
    pub fn after<'a>(&'a self, after: &'a str) -> impl Iterator<Item = &'a str> {
        self.pieces.iter().filter_map(|piece| Some(piece.after?.of(after)))
    }
}

/// Words that a stretch has at least for its going here and coming there to be one move.
const FEWEST_MOVED: usize = 4;

/// Bytes of a word, roughly.
const BYTES_A_WORD: u64 = 6;

/// Steps that it takes at most to find how one text became another.
pub(crate) fn steps(before: &str, after: &str) -> u64 {
    let (old, new) = (before.len() as u64, after.len() as u64);
    // What is the same is passed over.
    let table = if before == after { 0 } else { (old / BYTES_A_WORD).saturating_mul(new / BYTES_A_WORD) };
    old + new + table.min(align::MOST_CELLS as u64)
}

/// How `before` became `after`.
pub fn redline(before: &str, after: &str) -> Redline {
    let (old, new) = (tokens(before), tokens(after));
    let steps = align::align(&old, &new);
    let n_kept = steps.iter().filter(|step| matches!(step, Step::Both(..))).count();
    let mut pieces: Vec<Piece> = Vec::new();
    let moves = align::moves(&steps, &old, &new, FEWEST_MOVED);
    for step in in_reading_order(&steps) {
        push(&mut pieces, piece(step, &old, &new, &moves), before, after);
    }
    Redline { pieces, similarity: share(2 * n_kept, old.len() + new.len()) }
}

#[expect(clippy::cast_precision_loss, reason = "a share of some hundreds of words")]
fn share(part: usize, whole: usize) -> f32 {
    if whole == 0 { 1.0 } else { part as f32 / whole as f32 }
}

/// Between two kept words, first all that went and then all that came: one phrase for another.
fn in_reading_order(steps: &[Step]) -> Vec<Step> {
    let mut ordered = Vec::with_capacity(steps.len());
    for run in steps.chunk_by(|a, b| !matches!(a, Step::Both(..)) && !matches!(b, Step::Both(..))) {
        ordered.extend(run.iter().filter(|step| !matches!(step, Step::New(_))));
        ordered.extend(run.iter().filter(|step| matches!(step, Step::New(_))));
    }
    ordered
}

fn piece(step: Step, old: &[Token], new: &[Token], moves: &align::Moves) -> Piece {
    let quiet_if = |quiet: bool, change| if quiet { Change::Quiet } else { change };
    match step {
        Step::Both(a, b) => {
            let change = quiet_if(old[a].letters != new[b].letters, Change::Kept);
            Piece { change, before: Some(old[a].span), after: Some(new[b].span), moved: None }
        }
        Step::Old(a) => {
            let change = quiet_if(old[a].is_number, Change::Removed);
            Piece { change, before: Some(old[a].span), after: None, moved: moves.of_old(a) }
        }
        Step::New(b) => {
            let change = quiet_if(new[b].is_number, Change::Added);
            Piece { change, before: None, after: Some(new[b].span), moved: moves.of_new(b) }
        }
    }
}

/// Adds a piece, to the last one if it goes on in the same way.
fn push(pieces: &mut Vec<Piece>, piece: Piece, before: &str, after: &str) {
    if let Some(last) = pieces.last_mut() {
        let is_alike = last.change == piece.change
            && last.moved == piece.moved
            && last.before.is_some() == piece.before.is_some()
            && last.after.is_some() == piece.after.is_some();
        if is_alike {
            last.before = joined(last.before, piece.before, before.len());
            last.after = joined(last.after, piece.after, after.len());
            return;
        }
    }
    pieces.push(piece);
}

fn joined(first: Option<Span>, second: Option<Span>, end: usize) -> Option<Span> {
    let (first, second) = (first?, second?);
    Some(Span::new(first.start, second.end.min(end)))
}
