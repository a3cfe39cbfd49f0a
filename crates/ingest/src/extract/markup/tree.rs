//! A document's XML as a tree of bounded depth.
//!
//! Entities of a document's own are never expanded, so that no text grows; what is nested deeper
//! than any law is, is taken as words of the element that it stands in.

use crate::extract::xml::{Node, walk};

/// Elements nested deeper than this are not told apart. The deepest laws nest some thirty.
const DEEPEST: usize = 200;

/// A tree; the first element is its root.
#[derive(Debug, Default)]
pub(super) struct Tree {
    elements: Vec<Data>,
    /// Why the XML breaks off, where it does.
    pub(super) broken: Option<String>,
}

#[derive(Debug, Default)]
struct Data {
    name: String,
    attributes: Vec<(String, String)>,
    content: Vec<Content>,
}

#[derive(Debug)]
enum Content {
    Element(usize),
    Words(String),
}

/// What stands in an element.
pub(super) enum Part<'t> {
    Element(Element<'t>),
    Words(&'t str),
}

/// An element of a tree.
#[derive(Clone, Copy, Debug)]
pub(super) struct Element<'t> {
    tree: &'t Tree,
    at: usize,
}

impl Tree {
    /// Reads XML; what stands before a break is kept.
    pub(super) fn read(xml: &str) -> Self {
        let mut tree = Self::default();
        let mut open: Vec<usize> = Vec::new();
        let mut too_deep = 0_usize;
        let broken = walk(xml, |node| match node {
            Node::Open(_) if open.len() >= DEEPEST => too_deep += 1,
            Node::Open(element) => {
                let data = Data {
                    name: element.name.to_owned(),
                    attributes: element.attributes(),
                    content: Vec::new(),
                };
                open.push(tree.add(data, open.last().copied()));
            }
            Node::Close(_) if too_deep > 0 => too_deep -= 1,
            Node::Close(_) => drop(open.pop()),
            Node::Text(words) => tree.words(words, open.last().copied()),
        });
        tree.broken = broken.err();
        tree
    }

    fn add(&mut self, data: Data, parent: Option<usize>) -> usize {
        let at = self.elements.len();
        self.elements.push(data);
        if let Some(parent) = parent.and_then(|parent| self.elements.get_mut(parent)) {
            parent.content.push(Content::Element(at));
        }
        at
    }

    fn words(&mut self, words: &str, parent: Option<usize>) {
        let Some(parent) = parent.and_then(|parent| self.elements.get_mut(parent)) else { return };
        if let Some(Content::Words(before)) = parent.content.last_mut() {
            before.push_str(words);
        } else {
            parent.content.push(Content::Words(words.to_owned()));
        }
    }

    /// The root.
    pub(super) fn root(&self) -> Option<Element<'_>> {
        (!self.elements.is_empty()).then_some(Element { tree: self, at: 0 })
    }

    /// The first element of a name, wherever it stands.
    pub(super) fn find(&self, name: &str) -> Option<Element<'_>> {
        let at = self.elements.iter().position(|data| data.name == name)?;
        Some(Element { tree: self, at })
    }
}

impl<'t> Element<'t> {
    fn data(self) -> &'t Data {
        &self.tree.elements[self.at]
    }

    /// Its name without prefix.
    pub(super) fn name(self) -> &'t str {
        &self.data().name
    }

    /// The value of an attribute, by its name without prefix.
    pub(super) fn attribute(self, name: &str) -> Option<&'t str> {
        self.data().attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// What stands in it, in order.
    pub(super) fn parts(self) -> impl Iterator<Item = Part<'t>> {
        self.data().content.iter().map(move |content| match content {
            Content::Element(at) => Part::Element(Element { tree: self.tree, at: *at }),
            Content::Words(words) => Part::Words(words),
        })
    }

    /// The elements right in it.
    pub(super) fn children(self) -> impl Iterator<Item = Element<'t>> {
        self.parts().filter_map(|part| match part {
            Part::Element(element) => Some(element),
            Part::Words(_) => None,
        })
    }

    /// The first element of a name right in it.
    pub(super) fn child(self, name: &str) -> Option<Element<'t>> {
        self.children().find(|child| child.name() == name)
    }

    /// The first element of a name anywhere in it.
    pub(super) fn find(self, name: &str) -> Option<Element<'t>> {
        self.children().find_map(|child| if child.name() == name { Some(child) } else { child.find(name) })
    }

    /// Whether it holds an element of a name.
    pub(super) fn holds(self, name: &str) -> bool {
        self.find(name).is_some()
    }

    /// Its words in one line, but for those of the elements that `skips` names.
    pub(super) fn words_but(self, skips: &[&str]) -> String {
        let mut words = String::new();
        self.gather(skips, &mut words);
        words.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Its words in one line.
    pub(super) fn words(self) -> String {
        self.words_but(&[])
    }

    fn gather(self, skips: &[&str], words: &mut String) {
        for part in self.parts() {
            match part {
                Part::Words(found) => words.push_str(found),
                Part::Element(element) if skips.contains(&element.name()) => {}
                Part::Element(element) => {
                    element.gather(skips, words);
                    if matches!(element.name(), "P" | "p" | "br" | "eol") {
                        words.push(' ');
                    }
                }
            }
        }
    }
}
