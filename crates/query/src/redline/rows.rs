//! A redline cut into rows that begin with the same sentence in both texts: for two columns.

use std::collections::HashSet;

use chapeau_document::Span;
use chapeau_index::sentence_ends;

use super::{Change, Piece, Redline};

impl Redline {
    /// The pieces, in rows: a row ends where both texts end a sentence at a place that was kept.
    pub fn rows(&self, before: &str, after: &str) -> Vec<Vec<Piece>> {
        let old: HashSet<usize> = sentence_ends(before).collect();
        let new: HashSet<usize> = sentence_ends(after).collect();
        let mut rows = vec![Vec::new()];
        for piece in &self.pieces {
            let mut rest = piece.clone();
            let mut from = 0;
            for at in ends(piece, before, after, &old, &new) {
                let (first, second) = cut(&rest, at - from);
                push(&mut rows, first);
                rows.push(Vec::new());
                (rest, from) = (second, at);
            }
            push(&mut rows, rest);
        }
        rows.retain(|row| !row.is_empty());
        rows
    }
}

/// How many bytes into a piece both texts end a sentence.
fn ends(piece: &Piece, before: &str, after: &str, old: &HashSet<usize>, new: &HashSet<usize>) -> Vec<usize> {
    let (Some(a), Some(b)) = (piece.before, piece.after) else { return Vec::new() };
    if piece.change != Change::Kept || a.of(before) != b.of(after) {
        return Vec::new();
    }
    let both =
        (1..=b.end - b.start).filter(|at| old.contains(&(a.start + at)) && new.contains(&(b.start + at)));
    both.collect()
}

/// A kept piece in two, so many bytes from its beginning.
fn cut(piece: &Piece, at: usize) -> (Piece, Piece) {
    let halves = |span: Option<Span>, at: usize| match span {
        Some(span) => {
            (Some(Span::new(span.start, span.start + at)), Some(Span::new(span.start + at, span.end)))
        }
        None => (None, None),
    };
    let ((a, rest_a), (b, rest_b)) = (halves(piece.before, at), halves(piece.after, at));
    let first = Piece { before: a, after: b, ..piece.clone() };
    (first, Piece { before: rest_a, after: rest_b, ..piece.clone() })
}

fn push(rows: &mut [Vec<Piece>], piece: Piece) {
    let is_empty = |span: Option<Span>| span.is_none_or(|span| span.start == span.end);
    if let Some(row) = rows.last_mut().filter(|_| !(is_empty(piece.before) && is_empty(piece.after))) {
        row.push(piece);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use crate::redline;

    /// Each row as "old | new".
    #[track_caller]
    fn check(before: &str, after: &str, expected: &[&str]) {
        let row = |row: &Vec<super::Piece>| {
            let old: String = row.iter().filter_map(|piece| Some(piece.before?.of(before))).collect();
            let new: String = row.iter().filter_map(|piece| Some(piece.after?.of(after))).collect();
            format!("{} | {}", old.trim(), new.trim())
        };
        assert_eq!(redline(before, after).rows(before, after).iter().map(row).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn rows_begin_where_both_texts_begin_a_sentence() {
        check(
            "Members shall meet. They may agree on more. Nothing else changes.",
            "Members shall meet. They shall agree. Nothing else changes.",
            &[
                "Members shall meet. | Members shall meet.",
                "They may agree on more. | They shall agree.",
                "Nothing else changes. | Nothing else changes.",
            ],
        );
        check("One sentence only", "One sentence", &["One sentence only | One sentence"]);
        check("", "", &[]);
    }

    proptest! {
        #[test]
        fn rows_lose_nothing(a in "[abA. ]{0,60}", b in "[abA. ]{0,60}") {
            let rows = redline(&a, &b).rows(&a, &b);
            let old: String = rows.iter().flatten().filter_map(|piece| Some(piece.before?.of(&a))).collect();
            let new: String = rows.iter().flatten().filter_map(|piece| Some(piece.after?.of(&b))).collect();
            prop_assert_eq!((old, new), (a, b));
        }
    }
}
