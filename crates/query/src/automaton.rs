//! Automata over the keys of a dictionary, so that only those parts of it are read that may fit.
//!
//! Keys are words as written, after a `=`. What an automaton accepts is checked once more by the
//! rule itself (`lexicon`): it may accept too much, never too little.

use std::sync::LazyLock;

use levenshtein_automata::{DFA, Distance, LevenshteinAutomatonBuilder, SINK_STATE};
use tantivy_fst::Automaton;

/// Before every word as written: see `chapeau_index::Fields::exact`.
const MARK: u8 = b'=';

/// The words that fit a pattern, `*` standing for any letters and `?` for one.
pub(crate) struct Glob(Vec<Piece>);

#[derive(Clone, Copy, PartialEq)]
enum Piece {
    Byte(u8),
    AnyLetter,
    Anything,
}

/// Pieces of a pattern that are followed: a state is a bit for each place in it. What comes after
/// them may be anything.
const MOST_PIECES: usize = 120;

impl Glob {
    pub(crate) fn new(pattern: &str) -> Self {
        let mut pieces = vec![Piece::Byte(MARK)];
        for letter in pattern.chars() {
            match letter {
                '*' => pieces.push(Piece::Anything),
                '?' => pieces.push(Piece::AnyLetter),
                _ => pieces.extend(letter.encode_utf8(&mut [0; 4]).bytes().map(Piece::Byte)),
            }
        }
        if pieces.len() > MOST_PIECES {
            pieces.truncate(MOST_PIECES);
            pieces.push(Piece::Anything);
        }
        Self(pieces)
    }

    /// With the places that are reached without reading anything.
    fn closed(&self, state: u128) -> u128 {
        let skip = |state: u128, (at, piece): (usize, &Piece)| {
            if *piece == Piece::Anything && state >> at & 1 == 1 { state | 1 << (at + 1) } else { state }
        };
        self.0.iter().enumerate().fold(state, skip)
    }
}

impl Automaton for Glob {
    type State = u128;

    fn start(&self) -> u128 {
        self.closed(1)
    }

    fn is_match(&self, state: &u128) -> bool {
        state >> self.0.len() & 1 == 1
    }

    fn can_match(&self, state: &u128) -> bool {
        *state != 0
    }

    fn accept(&self, state: &u128, byte: u8) -> u128 {
        let continues = byte & 0xC0 == 0x80;
        let step = |next: u128, (at, piece): (usize, &Piece)| {
            let here = state >> at & 1;
            // A letter of several bytes is gone on with after its first.
            let within = state >> (at + 1) & u128::from(continues && *piece == Piece::AnyLetter);
            let reached = match piece {
                Piece::Byte(wanted) => (here & u128::from(*wanted == byte)) << (at + 1),
                Piece::AnyLetter => (here & u128::from(!continues) | within) << (at + 1),
                Piece::Anything => here << at,
            };
            next | reached
        };
        self.closed(self.0.iter().enumerate().fold(0, step))
    }
}

/// The words that differ from one in at most so many letters.
pub(crate) struct Fuzzy(DFA);

impl Fuzzy {
    /// For at most two letters, as many as the query language asks for.
    pub(crate) fn new(word: &str, edits: u8) -> Self {
        // Making one takes longer than most queries: they are made once.
        static ONE: LazyLock<LevenshteinAutomatonBuilder> =
            LazyLock::new(|| LevenshteinAutomatonBuilder::new(1, true));
        static TWO: LazyLock<LevenshteinAutomatonBuilder> =
            LazyLock::new(|| LevenshteinAutomatonBuilder::new(2, true));
        Self(if edits < 2 { ONE.build_dfa(word) } else { TWO.build_dfa(word) })
    }
}

impl Automaton for Fuzzy {
    /// `None` before the mark.
    type State = Option<u32>;

    fn start(&self) -> Option<u32> {
        None
    }

    fn is_match(&self, state: &Option<u32>) -> bool {
        state.is_some_and(|state| matches!(self.0.distance(state), Distance::Exact(_)))
    }

    fn can_match(&self, state: &Option<u32>) -> bool {
        *state != Some(SINK_STATE)
    }

    fn accept(&self, state: &Option<u32>, byte: u8) -> Option<u32> {
        Some(match state {
            Some(state) => self.0.transition(*state, byte),
            None if byte == MARK => self.0.initial_state(),
            None => SINK_STATE,
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::lexicon::{fits, within};

    fn accepts<A: Automaton>(automaton: &A, word: &str) -> bool {
        let mut state = automaton.start();
        for byte in format!("={word}").bytes() {
            if !automaton.can_match(&state) {
                return false;
            }
            state = automaton.accept(&state, byte);
        }
        automaton.is_match(&state)
    }

    proptest! {
        #[test]
        fn patterns_are_accepted_as_they_fit(pattern in "[ab\u{e9}\u{1F600}*?]{0,6}", word in "[ab\u{e9}\u{1F600}]{0,6}") {
            prop_assert_eq!(accepts(&Glob::new(&pattern), &word), fits(&pattern, &word));
        }

        #[test]
        fn near_spellings_are_accepted(a in "[ab\u{e9}]{0,5}", b in "[ab\u{e9}]{0,5}", edits in 1_u8..3) {
            prop_assert_eq!(accepts(&Fuzzy::new(&a, edits), &b), within(&a, &b, edits));
        }
    }

    #[test]
    fn of_a_long_pattern_the_rest_may_be_anything() {
        assert!(accepts(&Glob::new(&"a".repeat(200)), &"a".repeat(300)));
        assert!(!accepts(&Glob::new(&"a".repeat(200)), &"b".repeat(300)));
    }
}
