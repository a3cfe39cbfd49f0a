//! Whether one clause has all that a query asks for, or any of it, as far as its words tell.

use crate::plan::Node;

/// The words of one clause.
pub(crate) struct Judge<'a> {
    /// By leaf, whether the clause has it.
    pub(crate) leaves: &'a [bool],
}

impl Judge<'_> {
    /// Whether it has all: see [`crate::bits::Masks::all`]. What only the engine can tell, such as
    /// the kind of its document, is taken to be as wanted: the engine found it.
    pub(crate) fn has_all(&self, node: &Node) -> bool {
        self.all(node).unwrap_or(true)
    }

    /// The same; `None` where its words do not tell.
    fn all(&self, node: &Node) -> Option<bool> {
        let all = |nodes: &[Node]| every(nodes.iter().map(|node| self.all(node)));
        match node {
            Node::Everything => Some(true),
            Node::Leaf(leaf) => Some(self.leaves.get(*leaf).copied().unwrap_or(true)),
            Node::Set(_) => None,
            Node::And(nodes) => all(nodes),
            Node::Or(nodes) => some(nodes.iter().map(|node| self.all(node))),
            Node::Not(node) => not(self.all(node)),
            Node::Group { should, must, must_not } => {
                let none = must_not.iter().map(|node| not(self.all(node)));
                every([all(should), all(must)].into_iter().chain(none))
            }
            Node::Synonyms { typed, synonyms } => {
                some([all(typed), self.leaves.get(*synonyms).copied()].into_iter())
            }
        }
    }
}

fn not(it: Option<bool>) -> Option<bool> {
    it.map(|it| !it)
}

fn every(all: impl Iterator<Item = Option<bool>>) -> Option<bool> {
    let mut told = Some(true);
    for next in all {
        match next {
            Some(true) => {}
            Some(false) => return next,
            None => told = None,
        }
    }
    told
}

fn some(any: impl Iterator<Item = Option<bool>>) -> Option<bool> {
    not(every(any.map(not)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(node: &Node, expected: Option<bool>) {
        assert_eq!(Judge { leaves: &[true, false] }.all(node), expected, "{node:?}");
    }

    #[test]
    fn words_tell_what_they_can() {
        let (there, lacking, set) = (|| Node::Leaf(0), || Node::Leaf(1), || Node::Set(0));
        let group = |should, must, must_not| Node::Group { should, must, must_not };
        check(&there(), Some(true));
        check(&set(), None);
        check(&Node::And(vec![there(), set()]), None);
        check(&Node::And(vec![lacking(), set()]), Some(false));
        check(&Node::Or(vec![there(), set()]), Some(true));
        check(&Node::Or(vec![lacking(), set()]), None);
        check(&Node::Not(Box::new(lacking())), Some(true));
        check(&group(vec![there()], vec![set()], vec![]), None);
        check(&group(vec![there(), lacking()], vec![], vec![]), Some(false));
        check(&group(vec![there()], vec![], vec![there()]), Some(false));
        check(&group(vec![there()], vec![], vec![set()]), None);
        check(&Node::Synonyms { typed: vec![lacking()], synonyms: 0 }, Some(true));
        check(&Node::Synonyms { typed: vec![lacking()], synonyms: 1 }, Some(false));
    }
}
