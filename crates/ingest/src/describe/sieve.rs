//! A sieve of words: most words of a text belong to no list, and are told so by one look at a bit.

use std::sync::LazyLock;

/// Bits of the sieve. With the longest list, of some eighty words, one word in thirteen passes by
/// chance and is then compared.
const BITS: usize = 1024;

/// The words of a list, as bits of their keys.
#[derive(Clone, Debug, Default)]
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

    /// The words of both lists.
    pub(super) fn or(&self, other: &Self) -> Self {
        let mut bits = self.0;
        bits.iter_mut().zip(other.0).for_each(|(bits, more)| *bits |= more);
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
    /// By the keys of their first words; of one key in the order of their list.
    by_key: Vec<Phrase>,
}

/// A phrase, with the keys of its first word and of its second, if it has one.
struct Phrase {
    first: u16,
    second: Option<u16>,
    words: &'static str,
}

impl Phrases {
    pub(super) fn new(list: &'static [&'static str]) -> Self {
        let of = |words: &'static str| {
            let mut keys = words.split(' ').map(|word| key(word.as_bytes()));
            Phrase { first: keys.next().unwrap_or_default(), second: keys.next(), words }
        };
        let mut by_key: Vec<Phrase> = list.iter().map(|words| of(words)).collect();
        by_key.sort_by_key(|phrase| phrase.first);
        Self { first: Sieve::of(list.iter().filter_map(|phrase| phrase.split(' ').next())), by_key }
    }

    /// The first words of all of them.
    pub(super) fn first(&self) -> &Sieve {
        &self.first
    }

    /// Whether a word of this key may begin one of them.
    pub(super) fn may_begin(&self, key: u16) -> bool {
        self.first.passes(key)
    }

    /// The phrases whose first word may be one of this key, and whose second one of that.
    pub(super) fn beginning(
        &self,
        first: u16,
        second: Option<u16>,
    ) -> impl Iterator<Item = &'static str> + '_ {
        let from = self.by_key.partition_point(|phrase| phrase.first < first);
        let alike = self.by_key[from..].iter().take_while(move |phrase| phrase.first == first);
        alike
            .filter(move |phrase| phrase.second.is_none() || phrase.second == second)
            .map(|phrase| phrase.words)
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
