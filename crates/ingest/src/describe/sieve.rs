//! A sieve of words: most words of a text belong to no list, and are told so by one look at a bit.

use std::sync::LazyLock;

/// Bits of the sieve. With the longest list, of some eighty words, one word in thirteen passes by
/// chance and is then compared.
const BITS: usize = 1024;

/// The words of a list, as bits of their keys.
#[derive(Clone, Debug)]
pub(super) struct Sieve([u64; BITS / 64]);

impl Sieve {
    pub(super) fn of<'a>(words: impl IntoIterator<Item = &'a str>) -> Self {
        let mut bits = [0; BITS / 64];
        for word in words {
            let key = usize::from(key(word.as_bytes())) % BITS;
            bits[key / 64] |= 1 << (key % 64);
        }
        Self(bits)
    }

    /// Whether a word of this key may be in the list.
    pub(super) fn passes(&self, key: u16) -> bool {
        let key = usize::from(key) % BITS;
        self.0[key / 64] & (1 << (key % 64)) != 0
    }
}

/// A number that equal words share: made of the length, the first two letters and the last two.
pub(super) fn key(word: &[u8]) -> u16 {
    let at = |index: usize| u32::from(word.get(index).copied().unwrap_or_default());
    let length = u32::try_from(word.len()).unwrap_or(u32::MAX);
    let last = |back: usize| word.len().checked_sub(back).map_or(0, at);
    let mixed = (at(0) << 16 ^ at(1) << 11 ^ last(1) << 5 ^ last(2) ^ length << 20).wrapping_mul(0x9E37_79B1);
    u16::try_from(mixed >> 16).unwrap_or_default()
}

/// Phrases that are looked up by their first words.
pub(super) struct Phrases {
    first: Sieve,
    /// Each phrase with the key of its first word, by key; of one key in the order of their list.
    by_key: Vec<(u16, &'static str)>,
}

impl Phrases {
    pub(super) fn new(list: &'static [&'static str]) -> Self {
        let first = |phrase: &'static str| phrase.split(' ').next().unwrap_or_default();
        let mut by_key: Vec<(u16, &'static str)> =
            list.iter().map(|phrase| (key(first(phrase).as_bytes()), *phrase)).collect();
        by_key.sort_by_key(|(key, _)| *key);
        Self { first: Sieve::of(list.iter().map(|phrase| first(phrase))), by_key }
    }

    /// Whether a word of this key may begin one of them.
    pub(super) fn may_begin(&self, key: u16) -> bool {
        self.first.passes(key)
    }

    /// The phrases whose first word may be one of this key.
    pub(super) fn beginning(&self, key: u16) -> impl Iterator<Item = &'static str> + '_ {
        let from = self.by_key.partition_point(|(known, _)| *known < key);
        let alike = self.by_key[from..].iter().take_while(move |(known, _)| *known == key);
        alike.map(|(_, phrase)| *phrase)
    }
}

/// Phrases made once.
pub(super) type Made = LazyLock<Phrases>;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_a_list_pass() {
        let words = ["shall", "may", "a", "", "être", "notwithstanding"];
        let sieve = Sieve::of(words);
        assert!(words.iter().all(|word| sieve.passes(key(word.as_bytes()))));
        let others = ["the", "of", "party", "territory", "goods", "customs", "article", "originating"];
        assert!(others.iter().filter(|word| sieve.passes(key(word.as_bytes()))).count() < 2);
    }
}
