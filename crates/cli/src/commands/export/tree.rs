//! The clauses of a document as a tree: what each heading and numbered unit holds, in order.

use chapeau_document::{ClauseRecord, Level, Step, Unit};

/// A heading or numbered unit with what stands in it.
#[derive(Debug)]
pub(super) struct Node<'a> {
    /// How it is headed.
    pub(super) step: &'a Step,
    /// The id of its element in the source, if that has ids.
    pub(super) eid: Option<&'a str>,
    /// What stands in it, in order of the text.
    pub(super) content: Vec<Content<'a>>,
}

/// Words, or a unit within.
#[derive(Debug)]
pub(super) enum Content<'a> {
    /// The words of a clause.
    Words(&'a ClauseRecord),
    /// A unit one level deeper.
    Node(Node<'a>),
}

impl<'a> Content<'a> {
    /// Whether it is words.
    pub(super) fn is_words(&self) -> bool {
        self.words().is_some()
    }

    /// The clause whose words it is.
    pub(super) fn words(&self) -> Option<&'a ClauseRecord> {
        match self {
            Self::Words(clause) => Some(clause),
            Self::Node(_) => None,
        }
    }
}

/// What clauses hold, whose paths begin below `depth` steps.
pub(super) fn tree<'a>(clauses: &[&'a ClauseRecord], depth: usize) -> Vec<Content<'a>> {
    let mut content = Vec::new();
    for clause in clauses {
        put(&mut content, clause.path.get(depth..).unwrap_or_default(), clause);
    }
    content
}

fn put<'a>(content: &mut Vec<Content<'a>>, path: &'a [Step], clause: &'a ClauseRecord) {
    let Some((first, rest)) = path.split_first() else { return content.push(Content::Words(clause)) };
    let begins = rest.is_empty() && is_head(clause, first);
    let is_open = matches!(content.last(), Some(Content::Node(node)) if node.step == first);
    if begins || !is_open {
        let eid = clause.eid.as_deref().filter(|_| rest.is_empty());
        content.push(Content::Node(Node { step: first, eid, content: Vec::new() }));
    }
    if let Some(Content::Node(node)) = content.last_mut().filter(|_| !begins) {
        put(&mut node.content, rest, clause);
    }
}

/// Whether a clause is no more than the number and title of its unit, which say it already.
pub(super) fn is_head(clause: &ClauseRecord, step: &Step) -> bool {
    clause.unit == Unit::Heading && letters(&step.words()).eq(letters(&clause.text))
}

fn letters(text: &str) -> impl Iterator<Item = char> + '_ {
    text.chars().filter(|c| c.is_alphanumeric())
}

/// The element of Akoma Ntoso for a level, and how its `eId` begins by the naming convention.
pub(super) fn element(level: Level) -> (&'static str, &'static str) {
    match level {
        Level::Part => ("part", "part"),
        Level::Chapter => ("chapter", "chp"),
        Level::Section => ("section", "sec"),
        Level::Article => ("article", "art"),
        Level::Paragraph => ("paragraph", "para"),
        Level::SubParagraph => ("point", "point"),
        Level::Item => ("indent", "indent"),
        Level::Annex | Level::Slide | Level::Heading => ("hcontainer", "hcontainer"),
    }
}
