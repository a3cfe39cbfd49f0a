//! The boolean half of a query over one window of records: a bit for each record.

use crate::plan::Node;

/// Records in a window: scores and bits of one window stay in the first-level cache.
pub(crate) const WINDOW: usize = 4_096;
/// Words of 64 bits in a window.
pub(crate) const WORDS: usize = WINDOW / 64;

/// A bit for each record of a window.
pub(crate) type Bits = [u64; WORDS];

pub(crate) fn set(bits: &mut Bits, at: u32) {
    bits[at as usize / 64] |= 1 << (at % 64);
}

pub(crate) fn has(bits: &Bits, at: u32) -> bool {
    bits[at as usize / 64] >> (at % 64) & 1 == 1
}

/// The bits of the first `n` records.
pub(crate) fn first(n: usize) -> Bits {
    std::array::from_fn(|word| match n.saturating_sub(word * 64) {
        0 => 0,
        rest @ 1..=63 => (1 << rest) - 1,
        _ => !0,
    })
}

pub(crate) fn and(a: &Bits, b: &Bits) -> Bits {
    std::array::from_fn(|at| a[at] & b[at])
}

pub(crate) fn or(a: &Bits, b: &Bits) -> Bits {
    std::array::from_fn(|at| a[at] | b[at])
}

pub(crate) fn not(a: &Bits) -> Bits {
    std::array::from_fn(|at| !a[at])
}

/// Shows each record that has its bit set.
pub(crate) fn each(bits: &Bits, mut see: impl FnMut(usize)) {
    for (at, mut rest) in bits.iter().copied().enumerate() {
        while rest != 0 {
            see(at * 64 + rest.trailing_zeros() as usize);
            rest &= rest - 1;
        }
    }
}

/// The tree over one window's bits.
pub(crate) struct Masks<'a> {
    pub(crate) leaves: &'a [Bits],
    pub(crate) sets: &'a [Bits],
}

impl Masks<'_> {
    /// Records with all words.
    pub(crate) fn all(&self, node: &Node) -> Bits {
        match node {
            Node::Group { should, must, must_not } => {
                let wanted =
                    should.iter().chain(must).fold([!0; WORDS], |bits, node| and(&bits, &self.all(node)));
                self.without(wanted, must_not)
            }
            Node::And(nodes) => nodes.iter().fold([!0; WORDS], |bits, node| and(&bits, &self.all(node))),
            Node::Synonyms { typed, synonyms } => {
                let typed = typed.iter().fold([!0; WORDS], |bits, node| and(&bits, &self.all(node)));
                or(&typed, &self.leaves[*synonyms])
            }
            Node::Or(nodes) => nodes.iter().fold([0; WORDS], |bits, node| or(&bits, &self.all(node))),
            node => self.simple(node),
        }
    }

    /// Records with any word.
    pub(crate) fn any(&self, node: &Node) -> Bits {
        match node {
            Node::Group { should, must, must_not } => {
                let some = should.iter().fold([0; WORDS], |bits, node| or(&bits, &self.any(node)));
                let some = if should.is_empty() { [!0; WORDS] } else { some };
                let wanted = must.iter().fold(some, |bits, node| and(&bits, &self.any(node)));
                self.without(wanted, must_not)
            }
            Node::And(nodes) => nodes.iter().fold([!0; WORDS], |bits, node| and(&bits, &self.any(node))),
            Node::Or(nodes) => nodes.iter().fold([0; WORDS], |bits, node| or(&bits, &self.any(node))),
            Node::Synonyms { typed, synonyms } => {
                typed.iter().fold(self.leaves[*synonyms], |bits, node| or(&bits, &self.any(node)))
            }
            node => self.simple(node),
        }
    }

    fn simple(&self, node: &Node) -> Bits {
        match node {
            Node::Leaf(leaf) => self.leaves[*leaf],
            Node::Set(set) => self.sets[*set],
            Node::Not(node) => not(&self.all(node)),
            Node::Everything | Node::And(_) | Node::Or(_) | Node::Group { .. } | Node::Synonyms { .. } => {
                [!0; WORDS]
            }
        }
    }

    fn without(&self, wanted: Bits, must_not: &[Node]) -> Bits {
        must_not.iter().fold(wanted, |bits, node| and(&bits, &not(&self.all(node))))
    }
}
