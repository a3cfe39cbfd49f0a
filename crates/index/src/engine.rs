//! What an index on other machines must be able to do: find records by conditions, and keep new
//! ones. The words of a condition are Tantivy's terms, which are the same wherever an index lies.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use tantivy::{TantivyDocument, Term};

use crate::generation::Payload;
use crate::{Error, RecordKind};

/// Records that one question may bring back: what Quickwit and Elasticsearch give at most.
pub const MOST_RECORDS: usize = 10_000;

/// An index that another program serves, as seen at one moment. What is asked of it is answered
/// from that state, or from a later one where it cannot be told apart.
pub(crate) trait Engine: fmt::Debug + Send + Sync {
    /// A name of this state, another after every commit.
    fn version(&self) -> String;

    /// What the index says of itself.
    fn payload(&self) -> &Payload;

    /// The earliest and the latest date of a clause, as [`crate::date_key`].
    fn dates(&self) -> Result<Option<(u64, u64)>, Error>;

    /// The state committed since, if there is a newer one.
    fn reload(&self) -> Result<Option<Arc<dyn Engine>>, Error>;

    /// Answers questions together, in order.
    fn find(&self, asks: &[Ask]) -> Result<Vec<Answer>, Error>;
}

/// Changes an index, here or elsewhere. Nothing is seen before a commit.
pub(crate) trait Recorder: Send {
    /// Adds records that belong together.
    fn add(&mut self, records: Vec<TantivyDocument>) -> Result<(), Error>;

    /// Removes the records of a source: all, or the one of the source itself.
    fn remove(&mut self, path: &str, only: Option<RecordKind>) -> Result<(), Error>;

    /// Makes all since the last commit lasting and visible; `payload` is what the index holds then.
    fn commit(&mut self, payload: &Payload) -> Result<(), Error>;

    /// Ends writing, after the last commit.
    fn finish(&mut self) -> Result<(), Error>;

    /// Whether nothing of the index before is gone on with.
    fn is_anew(&self) -> bool;
}

/// Which records are wanted.
#[derive(Clone, Debug, PartialEq)]
pub enum Condition {
    /// All.
    Everything,
    /// Those with a term; the number weighs it where the best are wanted.
    Term(Term, f32),
    /// Those with one of these values in a field.
    OneOf(&'static str, Vec<String>),
    /// Those that have anything in a field of whole values.
    Has(&'static str),
    /// Those whose number in a field lies between these, both included.
    Range(&'static str, Option<u64>, Option<u64>),
    /// Those with these terms of one field, one directly after the other: all exact forms, or all
    /// stems; the number weighs as that of a term.
    Phrase(Vec<Term>, f32),
    /// Those that meet all of these.
    All(Vec<Condition>),
    /// Those that meet one of these.
    Any(Vec<Condition>),
    /// Those that do not meet this.
    Not(Box<Condition>),
    /// Those that meet the first; those that meet the second as well come before the others, where the
    /// best are wanted.
    Preferring(Box<Condition>, Box<Condition>),
}

/// Which records come first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum First {
    /// Those that the engine takes to meet the condition best.
    #[default]
    Best,
    /// Those with the lowest number in a field.
    Lowest(&'static str),
    /// Those with the highest number in a field.
    Highest(&'static str),
}

/// A question.
#[derive(Clone, Debug, PartialEq)]
pub struct Ask {
    /// Which records.
    pub condition: Condition,
    /// How many of them are to come back, up to [`MOST_RECORDS`].
    pub limit: usize,
    /// Which of them.
    pub first: First,
    /// The fields whose values are to be counted, and how many of each, the most frequent ones.
    pub facets: Vec<(&'static str, usize)>,
}

impl Ask {
    /// How many records meet a condition.
    pub fn count(condition: Condition) -> Self {
        Self { condition, limit: 0, first: First::Best, facets: Vec::new() }
    }

    /// The first records that meet a condition.
    pub fn first(condition: Condition, limit: usize, first: First) -> Self {
        Self { limit, first, ..Self::count(condition) }
    }
}

/// What was found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Answer {
    /// All records that meet the condition.
    pub total: u64,
    /// Those asked for.
    pub records: Vec<Record>,
    /// By field, the values with their numbers of records.
    pub facets: BTreeMap<&'static str, Vec<(String, u64)>>,
}

/// A record as stored.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Record {
    /// The record as JSON.
    pub stored: String,
    /// A number that hardly another record has, by which all can be read in turn.
    pub key: u64,
}

impl Condition {
    /// The same with alternatives of alternatives as one list, and so with what all must meet: an
    /// engine answers it sooner, and Quickwit has been seen to lose records of nested alternatives.
    #[must_use]
    pub fn flat(&self) -> Self {
        match self {
            Self::All(all) => {
                let parts = all.iter().map(Self::flat);
                let inner = |part| match part {
                    Self::All(inner) => inner,
                    Self::Everything => Vec::new(),
                    part => vec![part],
                };
                alone(parts.flat_map(inner).collect(), Self::All)
            }
            Self::Any(any) => {
                let parts = any.iter().map(Self::flat);
                let inner = |part| if let Self::Any(inner) = part { inner } else { vec![part] };
                let mut parts: Vec<Self> = parts.flat_map(inner).collect();
                // Twice the same would weigh twice.
                let mut at = 0;
                while at < parts.len() {
                    if parts[..at].contains(&parts[at]) { drop(parts.remove(at)) } else { at += 1 }
                }
                alone(parts, Self::Any)
            }
            Self::Not(not) => Self::none_of(not.flat()),
            Self::Preferring(of, first) => Self::Preferring(Box::new(of.flat()), Box::new(first.flat())),
            other => other.clone(),
        }
    }

    /// The same where nobody asks which meet it best.
    #[must_use]
    pub(crate) fn unweighted(&self) -> Self {
        let each = |all: &[Self]| all.iter().map(Self::unweighted).collect();
        match self {
            Self::Term(term, _) => Self::Term(term.clone(), 1.0),
            Self::Phrase(terms, _) if terms.len() > 1 => counted_phrase(terms),
            Self::All(all) => Self::All(each(all)),
            Self::Any(any) => Self::Any(each(any)),
            Self::Not(not) => Self::none_of(not.unweighted()),
            Self::Preferring(of, _) => of.unweighted(),
            other => other.clone(),
        }
    }

    /// Those with a term.
    pub fn term(term: Term) -> Self {
        Self::Term(term, 1.0)
    }

    /// Those that do not meet a condition.
    pub fn none_of(condition: Self) -> Self {
        Self::Not(Box::new(condition))
    }
}

/// A phrase, as those that have its words and not that they have not the phrase: of alternatives among
/// which are phrases, Quickwit 0.9 has been seen to count a record that has none of them, and not so
/// where a phrase only leaves out.
fn counted_phrase(terms: &[Term]) -> Condition {
    let words = || terms.iter().cloned().map(Condition::term);
    let phrase = Condition::Phrase(terms.to_vec(), 1.0);
    let without = Condition::All(words().chain([Condition::none_of(phrase)]).collect());
    Condition::All(words().chain([Condition::none_of(without)]).collect())
}

/// One part as it is, several together.
fn alone(mut parts: Vec<Condition>, together: impl Fn(Vec<Condition>) -> Condition) -> Condition {
    if parts.len() == 1 { parts.remove(0) } else { together(parts) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Fields;

    #[test]
    fn alternatives_of_alternatives_are_one_list() {
        let year = |from| Condition::Range("year", Some(from), None);
        let nested = Condition::All(vec![
            Condition::All(vec![year(1), Condition::Everything]),
            Condition::Any(vec![Condition::Any(vec![year(2), Condition::Any(vec![year(3)])]), year(3)]),
        ]);
        let flat = Condition::All(vec![year(1), Condition::Any(vec![year(2), year(3)])]);
        assert_eq!(nested.flat(), flat);
        assert_eq!(Condition::Any(vec![Condition::All(vec![year(1)])]).flat(), year(1));
        assert_eq!(Condition::Any(vec![]).flat(), Condition::Any(vec![]));
    }

    #[test]
    fn a_phrase_that_is_counted_leaves_out_what_has_only_its_words() {
        let word = |word| Fields::exact(Fields::get().text, word);
        let (one, two) = (word("one"), word("two"));
        let phrase = Condition::Phrase(vec![one.clone(), two.clone()], 0.5);
        let words = vec![Condition::term(one.clone()), Condition::term(two)];
        let plain = Condition::Phrase(vec![word("one"), word("two")], 1.0);
        let without = Condition::All([words.clone(), vec![Condition::none_of(plain)]].concat());
        let expected = Condition::All([words, vec![Condition::none_of(without)]].concat());
        assert_eq!(Condition::Any(vec![phrase]).unweighted().flat(), expected);
        assert_eq!(Condition::Term(one.clone(), 0.5).unweighted(), Condition::term(one));
    }
}
