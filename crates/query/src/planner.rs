//! How each part of a query becomes leaves and sets of a plan.

use std::ops::Range;

use chapeau_document::Span;
use chapeau_index::{Fields, Language, Searcher};
use tantivy::Term;
use tantivy::schema::Field;

use crate::dictionary::Dictionary;
use crate::lexicon::{self, Sought, Test};
use crate::plan::{Form, Leaf, Node, Places, Plan, Set, wanted};
use crate::rank::{self, Scored};
use crate::stop_words::is_stop_word;
use crate::synonyms::{Added, Synonyms};
use crate::syntax::Restriction;
use crate::syntax::ast::{
    Distance, Filter, Near, Occur, Operand, Query, Reference, TextField, Word, WordForm,
};
use crate::{Error, Expansion, QueryWarning, field, rarity};

/// Makes a plan, part by part.
pub(crate) struct Planner<'a> {
    searcher: &'a Searcher,
    dictionary: Dictionary<'a>,
    languages: Vec<Language>,
    fields: Vec<Scored>,
    negated: bool,
    plan: Plan,
}

impl<'a> Planner<'a> {
    pub(crate) fn new(searcher: &'a Searcher) -> Result<Self, Error> {
        Ok(Self {
            searcher,
            dictionary: Dictionary::new(searcher),
            languages: lexicon::languages(searcher)?,
            fields: rank::scored_fields().to_vec(),
            negated: false,
            plan: Plan::default(),
        })
    }

    pub(crate) fn done(self) -> Plan {
        self.plan
    }

    pub(crate) fn node(&mut self, query: &Query) -> Result<Node, Error> {
        match query {
            Query::Word(word) => self.word(word),
            Query::Phrase(words) => self.phrase(words, query),
            Query::Near(near) => self.near(near, query),
            Query::Within(field, query) => self.within(*field, query),
            Query::Filter(filter) => Ok(self.filter(filter)),
            Query::Symbol(symbol, _) => Ok(self.symbol(symbol)),
            Query::Reference(reference) => self.reference(reference),
            Query::And(queries) => Ok(Node::And(self.nodes(queries)?)),
            Query::Or(queries) => Ok(Node::Or(self.nodes(queries)?)),
            Query::Not(query) => self.not(query).map(|node| Node::Not(Box::new(node))),
            Query::Group(operands) => self.group(operands),
        }
    }

    fn nodes(&mut self, queries: &[Query]) -> Result<Vec<Node>, Error> {
        queries.iter().map(|query| self.node(query)).collect()
    }

    fn not(&mut self, query: &Query) -> Result<Node, Error> {
        let outside = std::mem::replace(&mut self.negated, true);
        let node = self.node(query);
        self.negated = outside;
        node
    }

    fn within(&mut self, field: TextField, query: &Query) -> Result<Node, Error> {
        let outside = self.fields.clone();
        let wanted = field::text_field(field);
        self.fields.retain(|scored| scored.field == wanted);
        let node = self.node(query);
        self.fields = outside;
        node
    }

    fn group(&mut self, operands: &[Operand]) -> Result<Node, Error> {
        let is_stop = |operand: &&Operand| self.is_stop_word(operand);
        let only_stop_words =
            operands.iter().filter(|operand| operand.occur == Occur::Should).all(|operand| is_stop(&operand));
        let kept: Vec<&Operand> =
            operands.iter().filter(|operand| only_stop_words || !is_stop(operand)).collect();
        let (mut should, mut must, mut must_not) = (Vec::new(), Vec::new(), Vec::new());
        for operand in kept {
            match operand.occur {
                Occur::Should => should.push(self.node(&operand.query)?),
                Occur::Must => must.push(self.node(&operand.query)?),
                Occur::MustNot => must_not.push(self.not(&operand.query)?),
            }
        }
        let empty = should.is_empty() && must.is_empty() && must_not.is_empty();
        Ok(if empty { Node::Everything } else { Node::Group { should, must, must_not } })
    }

    /// Puts the leaves of synonyms beside those of the words that they stand for.
    pub(crate) fn add_synonyms(
        &mut self,
        tree: &mut Node,
        query: &Query,
        synonyms: &[Synonyms],
    ) -> Result<(), Error> {
        // From the last to the first, so that the places of those before stay as they are.
        for synonyms in synonyms.iter().rev() {
            let range = self.nodes_of(query, &synonyms.operands);
            let nodes = match &mut *tree {
                Node::Group { should, .. } => should.get_mut(range.clone()),
                node => Some(std::slice::from_mut(node)),
            };
            let Some(typed) = nodes.filter(|nodes| !nodes.is_empty()).map(|nodes| nodes.to_vec()) else {
                continue;
            };
            let Some(leaf) = self.synonyms(synonyms, &typed)? else { continue };
            let node = Node::Synonyms { typed, synonyms: leaf };
            match &mut *tree {
                Node::Group { should, .. } => drop(should.splice(range, [node])),
                tree => *tree = node,
            }
        }
        self.plan.expansions.reverse();
        Ok(())
    }

    /// The nodes of a group that operands became: a loose word became one, a stop word none.
    fn nodes_of(&self, query: &Query, operands: &Range<usize>) -> Range<usize> {
        let Query::Group(all) = query else { return 0..1 };
        let nodes = |operands: &[Operand]| {
            operands
                .iter()
                .filter(|operand| operand.occur == Occur::Should && !self.is_stop_word(operand))
                .count()
        };
        let start = nodes(&all[..operands.start]);
        start..start + nodes(&all[operands.clone()])
    }

    /// The leaf of the synonyms that the index has, if it has any.
    fn synonyms(&mut self, synonyms: &Synonyms, typed: &[Node]) -> Result<Option<usize>, Error> {
        let typed: Vec<usize> = typed.iter().flat_map(wanted).collect();
        let mut there = vec![false; synonyms.added.len()];
        let mut fields = Vec::new();
        for scored in self.fields.clone() {
            let mut any = Vec::new();
            for (added, there) in synonyms.added.iter().zip(&mut there) {
                if let Some(places) = self.synonym(added, scored.field)? {
                    any.push(places);
                    *there = true;
                }
            }
            fields.push((scored, Places::Any(any)));
        }
        let added: Vec<String> = synonyms
            .added
            .iter()
            .zip(&there)
            .filter(|(_, there)| **there)
            .map(|(added, _)| added.text.clone())
            .collect();
        if added.is_empty() {
            return Ok(None);
        }
        let form = Form::Places(fields);
        let of_typed: f32 = typed.iter().map(|leaf| self.plan.leaves[*leaf].idf).sum();
        let idf = rank::SYNONYM * rarity::of(&form, self.searcher)?.min(of_typed);
        let label = synonyms.typed.clone();
        self.plan.leaves.push(Leaf { label, form, idf, count: 1.0, scores: true });
        let leaf = self.plan.leaves.len() - 1;
        self.plan.stand_ins.extend(typed.into_iter().map(|typed| (typed, leaf)));
        self.plan.expansions.push(Expansion { word: synonyms.typed.clone(), added });
        Ok(Some(leaf))
    }

    /// The words of a synonym in a field, unless the field lacks one of them in every form.
    fn synonym(&mut self, added: &Added, field: Field) -> Result<Option<Places>, Error> {
        let mut any = Vec::new();
        for tests in &added.alternatives {
            any.extend(self.run(tests, field)?);
        }
        Ok(if any.len() > 1 { Some(Places::Any(any)) } else { any.pop() })
    }

    fn run(&mut self, tests: &[Test], field: Field) -> Result<Option<Places>, Error> {
        let mut sequence = Vec::new();
        for test in tests {
            let terms = self.terms(&[test], field, Span::new(0, 0))?;
            if rarity::n_having(self.searcher, &terms)? == 0 {
                return Ok(None);
            }
            sequence.push(Places::Terms(terms));
        }
        Ok(Some(if sequence.len() == 1 { sequence.remove(0) } else { Places::Sequence(sequence) }))
    }

    fn is_stop_word(&self, operand: &Operand) -> bool {
        let word = if let Query::Word(word) = &operand.query { Some(word) } else { None };
        operand.occur == Occur::Should
            && word
                .is_some_and(|word| word.form == WordForm::Stem && is_stop_word(&word.text, &self.languages))
    }

    fn word(&mut self, word: &Word) -> Result<Node, Error> {
        let sought = lexicon::sought(word, &self.languages);
        let single = sought.alternatives.iter().all(|tests| tests.len() == 1);
        let form = if single {
            let tests: Vec<&Test> = sought.alternatives.iter().flatten().collect();
            let mut terms = Vec::new();
            for scored in self.fields.clone() {
                terms.push((scored, self.terms(&tests, scored.field, word.span)?));
            }
            Form::Terms(terms)
        } else {
            Form::Places(self.by_field(|planner, field| planner.places_of(&sought, field, word.span))?)
        };
        self.leaf(word.to_string(), form)
    }

    fn phrase(&mut self, words: &[Word], query: &Query) -> Result<Node, Error> {
        let form = Form::Places(self.by_field(|planner, field| planner.sequence(words, field))?);
        self.leaf(query.to_string(), form)
    }

    fn near(&mut self, near: &Near, query: &Query) -> Result<Node, Error> {
        let placeable = near.left.is_placeable() && near.right.is_placeable();
        match near.distance {
            Distance::Words { .. } | Distance::Sentence if placeable => {
                let form = Form::Places(self.by_field(|planner, field| planner.near_in(near, field))?);
                self.leaf(query.to_string(), form)
            }
            distance => {
                if distance != Distance::Clause {
                    let message = format!("{distance} between these is searched as: both in one clause");
                    self.plan.warnings.push(QueryWarning::new(query.span(), message));
                }
                Ok(Node::And(vec![self.node(&near.left)?, self.node(&near.right)?]))
            }
        }
    }

    fn by_field(
        &mut self,
        mut places: impl FnMut(&mut Self, Field) -> Result<Places, Error>,
    ) -> Result<Vec<(Scored, Places)>, Error> {
        self.fields.clone().into_iter().map(|scored| Ok((scored, places(self, scored.field)?))).collect()
    }

    fn places_of(&mut self, sought: &Sought, field: Field, span: Span) -> Result<Places, Error> {
        let (single, several): (Vec<_>, Vec<_>) =
            sought.alternatives.iter().partition(|tests| tests.len() == 1);
        let mut any = Vec::new();
        if !single.is_empty() {
            let tests: Vec<&Test> = single.into_iter().flatten().collect();
            any.push(Places::Terms(self.terms(&tests, field, span)?));
        }
        for tests in several {
            let mut sequence = Vec::new();
            for test in tests {
                sequence.push(Places::Terms(self.terms(&[test], field, span)?));
            }
            any.push(Places::Sequence(sequence));
        }
        Ok(if any.len() == 1 { any.remove(0) } else { Places::Any(any) })
    }

    fn sequence(&mut self, words: &[Word], field: Field) -> Result<Places, Error> {
        let mut sequence = Vec::new();
        for word in words {
            let sought = lexicon::sought(word, &self.languages);
            for test in sought.alternatives.first().into_iter().flatten() {
                sequence.push(Places::Terms(self.terms(&[test], field, word.span)?));
            }
        }
        Ok(Places::Sequence(sequence))
    }

    fn near_in(&mut self, near: &Near, field: Field) -> Result<Places, Error> {
        let pair =
            Box::new((self.operand_places(&near.left, field)?, self.operand_places(&near.right, field)?));
        Ok(match near.distance {
            Distance::Words { at_most, ordered } => Places::Near(pair, at_most, ordered),
            Distance::Sentence | Distance::Clause => Places::Sentence(pair, Fields::sentence_end(field)),
        })
    }

    fn operand_places(&mut self, query: &Query, field: Field) -> Result<Places, Error> {
        match query {
            Query::Word(word) => {
                let sought = lexicon::sought(word, &self.languages);
                self.places_of(&sought, field, word.span)
            }
            Query::Phrase(words) => self.sequence(words, field),
            Query::Near(near) => self.near_in(near, field),
            Query::Or(queries) | Query::And(queries) => self.any_places(queries.iter(), field),
            Query::Group(operands) => self.any_places(operands.iter().map(|operand| &operand.query), field),
            _ => Ok(Places::Terms(Vec::new())),
        }
    }

    fn any_places<'q>(
        &mut self,
        queries: impl Iterator<Item = &'q Query>,
        field: Field,
    ) -> Result<Places, Error> {
        queries.map(|query| self.operand_places(query, field)).collect::<Result<_, _>>().map(Places::Any)
    }

    /// The terms of a field that pass one of the tests. Patterns are looked up in the field's
    /// dictionary.
    fn terms(&mut self, tests: &[&Test], field: Field, span: Span) -> Result<Vec<Term>, Error> {
        let mut terms = Vec::new();
        for test in tests {
            match test {
                Test::Stem(language, stem) => terms.push(Fields::stem(field, *language, stem)),
                Test::Exact(word) => terms.push(Fields::exact(field, word)),
                Test::Pattern(_) | Test::Fuzzy(..) => {
                    let found = self.dictionary.passing(field, test)?;
                    if found.cut {
                        self.warn_cut(span);
                    }
                    terms.extend(found.words.iter().map(|word| Fields::exact(field, word)));
                }
            }
        }
        Ok(terms)
    }

    fn warn_cut(&mut self, span: Span) {
        let message =
            format!("too many words fit: the {} most frequent are searched", crate::dictionary::MAX_WORDS);
        let warning = QueryWarning::new(span, message);
        if !self.plan.warnings.contains(&warning) {
            self.plan.warnings.push(warning);
        }
    }

    /// The clauses of an article stand in for the words that cite it.
    fn reference(&mut self, reference: &Reference) -> Result<Node, Error> {
        let words = self.by_field(|planner, field| planner.operand_places(&reference.cited, field))?;
        let Node::Leaf(typed) = self.leaf(reference.to_string(), Form::Places(words))? else {
            return Ok(Node::Everything);
        };
        let place = Fields::get().place;
        let terms = reference.places.iter().map(|named| Term::from_field_text(place, named));
        let form = Form::Weighted(terms.map(|term| (rank::OWN_PLACE, term)).collect());
        let label = reference.to_string();
        self.plan.leaves.push(Leaf { label, form, idf: 1.0, count: 1.0, scores: !self.negated });
        let synonyms = self.plan.leaves.len() - 1;
        self.plan.stand_ins.push((typed, synonyms));
        Ok(Node::Synonyms { typed: vec![Node::Leaf(typed)], synonyms })
    }

    fn symbol(&mut self, symbol: &str) -> Node {
        let fields = Fields::get();
        let form = Form::Weighted(vec![
            (rank::OWN_SYMBOL, Fields::symbol_term(fields.symbol, symbol)),
            (rank::CITED_SYMBOL, Fields::symbol_term(fields.cites, symbol)),
        ]);
        self.add(Leaf { label: symbol.to_owned(), form, idf: 1.0, count: 1.0, scores: !self.negated })
    }

    fn leaf(&mut self, label: String, form: Form) -> Result<Node, Error> {
        let idf = rarity::of(&form, self.searcher)?;
        Ok(self.add(Leaf { label, form, idf, count: 1.0, scores: !self.negated }))
    }

    /// A leaf that is there already counts once more.
    fn add(&mut self, leaf: Leaf) -> Node {
        let known = |known: &Leaf| known.form == leaf.form && known.scores == leaf.scores;
        if let Some(at) = self.plan.leaves.iter().position(known) {
            self.plan.leaves[at].count += 1.0;
            return Node::Leaf(at);
        }
        self.plan.leaves.push(leaf);
        Node::Leaf(self.plan.leaves.len() - 1)
    }

    pub(crate) fn restriction(&mut self, restriction: &Restriction) -> Node {
        Node::Or(restriction.any_of.iter().map(|filter| self.filter(filter)).collect())
    }

    fn filter(&mut self, filter: &Filter) -> Node {
        let fields = Fields::get();
        let of_term = |term| Set::Terms(vec![term]);
        let set = match filter {
            Filter::Is(field, value) => of_term(field::value_term(*field, value)),
            Filter::OwnSymbol(symbol) => of_term(Fields::symbol_term(fields.symbol, symbol)),
            Filter::Cites(symbol) => of_term(Fields::symbol_term(fields.cites, symbol)),
            Filter::Bracketed(yes) => of_term(Term::from_field_bool(fields.bracketed, *yes)),
            Filter::Range(field, from, to) => Set::Range(*field, *from, *to),
        };
        self.set(set)
    }

    pub(crate) fn set(&mut self, set: Set) -> Node {
        self.plan.sets.push(set);
        Node::Set(self.plan.sets.len() - 1)
    }
}
