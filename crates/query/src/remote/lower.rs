//! From a plan to conditions that an index on other machines can judge.

use chapeau_index::{Condition, Searcher};
use tantivy::Term;

use super::weigh::Scale;
use crate::plan::{Form, Leaf, Node, Places, Plan, Set};
use crate::rank::Scored;
use crate::results::Sort;
use crate::syntax::ast::RangeField;
use crate::{Error, rarity};

/// Phrases that the alternatives of a phrase's words may make: more are looked at one by one.
const MOST_PHRASES: usize = 64;

/// What of the weight of words is left to those that stand in for them: to us they add what goes beyond
/// the words themselves, which is little where those are there; to the engine, all.
const STAND_IN: f32 = 0.1;

/// A plan as conditions.
pub(crate) struct Lowered {
    leaves: Vec<Condition>,
    sets: Vec<Condition>,
}

impl Lowered {
    /// Lowers a plan. What the engine cannot judge, such as words near each other, is looked for
    /// there by its words and judged here: then the clauses that have it are named one by one.
    pub(crate) fn of(plan: &Plan, searcher: &Searcher) -> Result<Self, Error> {
        let mut leaves = Vec::with_capacity(plan.leaves.len());
        for (at, leaf) in plan.leaves.iter().enumerate() {
            let stands_in = plan.stand_ins.iter().any(|(_, by)| *by == at);
            let share = if stands_in { STAND_IN } else { 1.0 };
            let (condition, exact) = Weights { leaf, searcher, share }.of_leaf()?;
            leaves.push(if exact { condition } else { judged(plan, at, condition, searcher)? });
        }
        Ok(Self { leaves, sets: plan.sets.iter().map(of_set).collect::<Result<_, Error>>()? })
    }

    /// Clauses with all words: see [`crate::bits::Masks::all`].
    pub(crate) fn all(&self, node: &Node) -> Condition {
        let all = |nodes: &[Node]| nodes.iter().map(|node| self.all(node)).collect::<Vec<_>>();
        match node {
            Node::Group { should, must, must_not } => {
                let mut wanted = all(should);
                wanted.extend(all(must));
                wanted.extend(self.none_of(must_not));
                Condition::All(wanted)
            }
            Node::And(nodes) => Condition::All(all(nodes)),
            Node::Or(nodes) => Condition::Any(all(nodes)),
            Node::Synonyms { typed, synonyms } => {
                Condition::Any(vec![Condition::All(all(typed)), self.leaves[*synonyms].clone()])
            }
            node => self.simple(node),
        }
    }

    /// Clauses with any word: see [`crate::bits::Masks::any`].
    pub(crate) fn any(&self, node: &Node) -> Condition {
        self.having_any(node, true)
    }

    /// Clauses with any word, whatever they must not have: of that, less is known than can be told.
    fn wide(&self, node: &Node) -> Condition {
        self.having_any(node, false)
    }

    fn having_any(&self, node: &Node, leaves_out: bool) -> Condition {
        let any = |nodes: &[Node]| -> Vec<Condition> {
            nodes.iter().map(|node| self.having_any(node, leaves_out)).collect()
        };
        match node {
            Node::Group { should, must, must_not } => {
                let mut wanted =
                    if should.is_empty() { Vec::new() } else { vec![Condition::Any(any(should))] };
                wanted.extend(any(must));
                if leaves_out {
                    wanted.extend(self.none_of(must_not));
                }
                Condition::All(wanted)
            }
            Node::And(nodes) => Condition::All(any(nodes)),
            Node::Or(nodes) => Condition::Any(any(nodes)),
            Node::Synonyms { typed, synonyms } => {
                let mut either = vec![self.leaves[*synonyms].clone()];
                either.extend(any(typed));
                Condition::Any(either)
            }
            Node::Not(_) if !leaves_out => Condition::Everything,
            node => self.simple(node),
        }
    }

    fn none_of(&self, nodes: &[Node]) -> Vec<Condition> {
        nodes.iter().map(|node| Condition::none_of(self.all(node))).collect()
    }

    fn simple(&self, node: &Node) -> Condition {
        match node {
            Node::Leaf(leaf) => self.leaves[*leaf].clone(),
            Node::Set(set) => self.sets[*set].clone(),
            Node::Not(node) => Condition::none_of(self.all(node)),
            Node::Everything | Node::And(_) | Node::Or(_) | Node::Group { .. } | Node::Synonyms { .. } => {
                Condition::Everything
            }
        }
    }
}

/// A condition that every clause meets which has all words of a plan, and others may: what clauses are
/// looked through for that are then judged one by one.
pub(crate) fn at_least(plan: &Plan, searcher: &Searcher) -> Result<Condition, Error> {
    let leaf = |leaf| Ok::<_, Error>(Weights { leaf, searcher, share: 1.0 }.of_leaf()?.0);
    // How many documents have a clause is no question to the clause.
    let set = |set: &Set| match set {
        Set::Range(RangeField::Copies, ..) => Ok(Condition::Everything),
        set => of_set(set),
    };
    let leaves = plan.leaves.iter().map(leaf).collect::<Result<_, Error>>()?;
    let sets = plan.sets.iter().map(set).collect::<Result<_, Error>>()?;
    Ok(Lowered { leaves, sets }.wide(&plan.tree))
}

/// The clauses with a leaf, one by one.
fn judged(plan: &Plan, leaf: usize, words: Condition, searcher: &Searcher) -> Result<Condition, Error> {
    let what = || plan.leaves[leaf].label.clone();
    let scale = Scale::new(plan, searcher, Sort::Relevance);
    let found = super::all_clauses(searcher, words, what)?;
    let ids = found.into_iter().filter(|clause| scale.holds(leaf, clause)).map(|clause| clause.id);
    Ok(Condition::OneOf("id", ids.collect()))
}

fn of_set(set: &Set) -> Result<Condition, Error> {
    Ok(match set {
        Set::Terms(terms) => any_of(terms.iter().cloned().map(Condition::term).collect()),
        Set::Range(field, from, to) => {
            let field = match field {
                RangeField::Date => "date",
                RangeField::Added => "added",
                RangeField::Year => "year",
                RangeField::Copies => return Err(Error::NotThere("clauses by how usual they are (copies:)")),
            };
            Condition::Range(field, *from, *to)
        }
    })
}

/// A leaf, whose terms are given the weights by which an index here ranks them.
struct Weights<'a> {
    leaf: &'a Leaf,
    searcher: &'a Searcher,
    /// Of the weight that it has here.
    share: f32,
}

impl Weights<'_> {
    /// The condition of the leaf, and whether it says all that the leaf does.
    fn of_leaf(&self) -> Result<(Condition, bool), Error> {
        let mut each = Vec::new();
        let mut exact = true;
        match &self.leaf.form {
            Form::Terms(fields) => {
                for (scored, terms) in fields {
                    each.extend(self.terms(*scored, terms)?);
                }
            }
            Form::Weighted(terms) => {
                each.extend(terms.iter().map(|(weight, term)| Condition::Term(term.clone(), *weight)));
            }
            Form::Places(fields) => {
                for (scored, places) in fields {
                    let (condition, is_exact) = self.places(*scored, places)?;
                    exact &= is_exact;
                    each.push(condition);
                }
            }
        }
        Ok((any_of(each), exact))
    }

    fn terms(&self, scored: Scored, terms: &[Term]) -> Result<Vec<Condition>, Error> {
        terms.iter().map(|term| self.term(scored, term)).collect()
    }

    /// A word is as rare to us as in the field where it is most frequent; to the engine, as it is in
    /// each.
    fn term(&self, scored: Scored, term: &Term) -> Result<Condition, Error> {
        Ok(Condition::Term(term.clone(), self.weight(scored, std::slice::from_ref(term))?))
    }

    /// The weight by which what is as rare to the engine as these terms together is ranked as here.
    fn weight(&self, scored: Scored, terms: &[Term]) -> Result<f32, Error> {
        let mut rarity = 0.0;
        for term in terms {
            let having = rarity::n_having(self.searcher, std::slice::from_ref(term))?;
            rarity += rarity::of_count(self.searcher, having);
        }
        let here = scored.weight() * self.leaf.idf * self.leaf.count * self.share;
        let weight = here / rarity.max(f32::EPSILON);
        Ok(if weight > 0.0 { weight } else { 1.0 })
    }

    /// To the engine a phrase is as rare as its words together.
    fn phrase(&self, scored: Scored, terms: Vec<Term>) -> Result<Condition, Error> {
        let weight = self.weight(scored, &terms)?;
        Ok(Condition::Phrase(terms, weight))
    }

    fn places(&self, scored: Scored, places: &Places) -> Result<(Condition, bool), Error> {
        match places {
            Places::Terms(terms) => Ok((any_of(self.terms(scored, terms)?), true)),
            Places::Any(parts) => {
                let mut exact = true;
                let mut each = Vec::new();
                for part in parts {
                    let (condition, is_exact) = self.places(scored, part)?;
                    exact &= is_exact;
                    each.push(condition);
                }
                Ok((any_of(each), exact))
            }
            Places::Sequence(parts) => match self.phrases(scored, parts)? {
                Some(condition) => Ok((condition, true)),
                None => self.all_of(scored, parts.iter()),
            },
            Places::Near(pair, ..) | Places::Sentence(pair, _) => {
                self.all_of(scored, [&pair.0, &pair.1].into_iter())
            }
        }
    }

    /// Records with all the parts, in whatever places.
    fn all_of<'p>(
        &self,
        scored: Scored,
        parts: impl Iterator<Item = &'p Places>,
    ) -> Result<(Condition, bool), Error> {
        let all = parts.map(|part| Ok(self.places(scored, part)?.0)).collect::<Result<_, Error>>()?;
        Ok((Condition::All(all), false))
    }

    /// The phrases that a sequence of words stands for; none where some cannot be phrases: those that
    /// have an exact form beside a stem. Stems of two languages never stand in one clause.
    fn phrases(&self, scored: Scored, parts: &[Places]) -> Result<Option<Condition>, Error> {
        let mut phrases: Vec<Vec<Term>> = vec![Vec::new()];
        for part in parts {
            let Places::Terms(terms) = part else { return Ok(None) };
            let mut longer = Vec::new();
            for phrase in &phrases {
                for term in terms {
                    match phrase.first().map(|first| (row(first), row(term))) {
                        Some((a, b)) if a != b && (a == "=" || b == "=") => return Ok(None),
                        Some((a, b)) if a != b => {}
                        _ => longer.push(phrase.iter().chain([term]).cloned().collect()),
                    }
                }
            }
            phrases = longer;
            if phrases.len() > MOST_PHRASES {
                return Ok(None);
            }
        }
        let phrase = |terms: Vec<Term>| match &terms[..] {
            [term] => self.term(scored, term),
            _ => self.phrase(scored, terms),
        };
        let phrases = phrases.into_iter().filter(|terms| !terms.is_empty()).map(phrase);
        Ok(Some(any_of(phrases.collect::<Result<_, Error>>()?)))
    }
}

/// The row of a field that a term stands in: `=` or that of a language.
fn row(term: &Term) -> String {
    let word = term.value().as_str().unwrap_or_default().to_owned();
    if word.starts_with('=') { "=".to_owned() } else { word.chars().take(2).collect() }
}

fn any_of(mut any: Vec<Condition>) -> Condition {
    if any.len() == 1 { any.remove(0) } else { Condition::Any(any) }
}
