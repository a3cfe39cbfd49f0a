//! From the tree of a query to what is looked for in an index: leaves that score, sets that
//! restrict, and how they join.

use chapeau_index::{RecordKind, Searcher};
use tantivy::Term;

use crate::planner::Planner;
use crate::rank::Scored;
use crate::synonyms::Synonyms;
use crate::syntax::ast::RangeField;
use crate::syntax::{Query, Restriction};
use crate::{Error, Expansion, QueryWarning};

/// What is looked for.
#[derive(Default)]
pub(crate) struct Plan {
    /// What scores.
    pub(crate) leaves: Vec<Leaf>,
    /// What restricts.
    pub(crate) sets: Vec<Set>,
    /// How they join.
    pub(crate) tree: Node,
    /// The leaves that a clause with all words has, in the order of the query.
    pub(crate) wanted: Vec<usize>,
    /// A wanted leaf, and the leaf of its synonyms, which stands in for it.
    pub(crate) stand_ins: Vec<(usize, usize)>,
    /// Words with what was looked for besides them.
    pub(crate) expansions: Vec<Expansion>,
    /// What could not be honoured.
    pub(crate) warnings: Vec<QueryWarning>,
}

impl Plan {
    /// The wanted words that are not there, nor a synonym in their place.
    pub(crate) fn missing(&self, has: impl Fn(usize) -> bool) -> Vec<String> {
        let stood_in = |leaf: usize| self.stand_ins.iter().any(|(typed, by)| *typed == leaf && has(*by));
        let lacking = self.wanted.iter().filter(|leaf| !has(**leaf) && !stood_in(**leaf));
        lacking.map(|leaf| self.leaves[*leaf].label.clone()).collect()
    }
}

/// What restricts.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Set {
    /// Records with one of these terms of one field.
    Terms(Vec<Term>),
    /// Records whose number lies between these, both included.
    Range(RangeField, Option<u64>, Option<u64>),
}

/// A word, phrase or symbol.
#[derive(PartialEq)]
pub(crate) struct Leaf {
    /// As typed.
    pub(crate) label: String,
    pub(crate) form: Form,
    /// Its rarity.
    pub(crate) idf: f32,
    /// How often the query has it.
    pub(crate) count: f32,
    /// Whether it counts for the score: what stands under a NOT does not.
    pub(crate) scores: bool,
}

/// How a leaf is looked for.
#[derive(PartialEq)]
pub(crate) enum Form {
    /// Any of these terms, by field.
    Terms(Vec<(Scored, Vec<Term>)>),
    /// Words at places, by field.
    Places(Vec<(Scored, Places)>),
    /// Any of these terms, each worth what it is worth wherever it stands: symbols, places.
    Weighted(Vec<(f32, Term)>),
}

impl Form {
    /// Terms that are looked for.
    pub(crate) fn n_terms(&self) -> u64 {
        match self {
            Self::Terms(fields) => fields.iter().map(|(_, terms)| terms.len() as u64).sum(),
            Self::Places(fields) => fields.iter().map(|(_, places)| places.n_terms()).sum(),
            Self::Weighted(terms) => terms.len() as u64,
        }
    }
}

/// Words at places of one field.
#[derive(Clone, PartialEq)]
pub(crate) enum Places {
    Terms(Vec<Term>),
    Any(Vec<Places>),
    Sequence(Vec<Places>),
    Near(Box<(Places, Places)>, u32, bool),
    /// Both in one sentence; the term stands where sentences end.
    Sentence(Box<(Places, Places)>, Term),
}

impl Places {
    fn n_terms(&self) -> u64 {
        match self {
            Self::Terms(terms) => terms.len() as u64,
            Self::Any(parts) | Self::Sequence(parts) => parts.iter().map(Self::n_terms).sum(),
            Self::Near(pair, ..) => pair.0.n_terms() + pair.1.n_terms(),
            Self::Sentence(pair, _) => pair.0.n_terms() + pair.1.n_terms() + 1,
        }
    }
}

/// How leaves and sets join.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) enum Node {
    #[default]
    Everything,
    Leaf(usize),
    Set(usize),
    And(Vec<Node>),
    Or(Vec<Node>),
    Not(Box<Node>),
    Group {
        should: Vec<Node>,
        must: Vec<Node>,
        must_not: Vec<Node>,
    },
    /// Words typed one after the other, or the leaf of their synonyms.
    Synonyms {
        typed: Vec<Node>,
        synonyms: usize,
    },
}

/// Plans a query, its synonyms, and the restrictions given beside it.
pub(crate) fn plan(
    query: &Query,
    synonyms: &[Synonyms],
    restrictions: &[Restriction],
    searcher: &Searcher,
) -> Result<Plan, Error> {
    let mut planner = Planner::new(searcher)?;
    let mut tree = planner.node(query)?;
    planner.add_synonyms(&mut tree, query, synonyms)?;
    let mut all = vec![tree];
    all.extend(restrictions.iter().map(|restriction| planner.restriction(restriction)));
    if !finds_clauses_only(&all[0]) {
        all.push(planner.set(Set::Terms(vec![RecordKind::Clause.term()])));
    }
    let mut plan = planner.done();
    plan.wanted = wanted(&all[0]);
    plan.tree = if all.len() == 1 {
        all.remove(0)
    } else {
        Node::Group { should: vec![all.remove(0)], must: all, must_not: Vec::new() }
    };
    Ok(plan)
}

/// Whether the tree alone keeps other records out. Words and symbols stand on clauses only; a
/// negation, or a set such as those of one document, lets others in.
fn finds_clauses_only(tree: &Node) -> bool {
    match tree {
        Node::Leaf(_) | Node::Synonyms { .. } => true,
        Node::Everything | Node::Set(_) | Node::Not(_) => false,
        Node::And(nodes) => nodes.iter().any(finds_clauses_only),
        Node::Or(nodes) => nodes.iter().all(finds_clauses_only),
        Node::Group { should, must, .. } => {
            let some = !should.is_empty() && should.iter().all(finds_clauses_only);
            some || must.iter().any(finds_clauses_only)
        }
    }
}

/// The leaves that clauses with all words have.
pub(crate) fn wanted(tree: &Node) -> Vec<usize> {
    let leaf = |node: &Node| match node {
        Node::Leaf(leaf) => vec![*leaf],
        Node::Synonyms { typed, .. } => typed.iter().flat_map(wanted).collect(),
        _ => Vec::new(),
    };
    let mut wanted: Vec<usize> = match tree {
        Node::Group { should, .. } => should.iter().flat_map(leaf).collect(),
        node => leaf(node),
    };
    let mut seen = Vec::new();
    wanted.retain(|leaf| {
        !seen.contains(leaf) && {
            seen.push(*leaf);
            true
        }
    });
    wanted
}
