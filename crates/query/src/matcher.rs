//! What of a clause matched: the query's own tree, evaluated on the analysed words of the clause.
//!
//! What is marked is what matched: a phrase as a phrase, the words of a proximity only where they
//! are near, nothing of a NOT, nothing of an AND that does not hold.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::ops::ControlFlow;

use chapeau_document::{ClauseRecord, Span, Symbol};
use chapeau_index::{Budget, Excess, Language, Meter, Token, analyze, fold, heading_of, sentence_ends};

use crate::lexicon::{self, Test};
use crate::marks::{Marks, by_step, merged};
use crate::restriction;
use crate::results::{By, Mark};
use crate::spans::{Reach, each_near};
use crate::stop_words::is_stop_word;
use crate::synonyms::{Added, Synonyms};
use crate::syntax::ast::{
    Distance, Filter, Near, Occur, Operand, Query, Reference, TextField, Word, WordForm,
};

/// Steps that the marks of one clause may take: some hundredths of a second.
const MOST_STEPS: u64 = 4_000_000;
/// Places of a proximity that are marked: more than any clause of the 390 agreements has letters.
const MOST_PLACES: usize = 20_000;

/// Marks a clause that is a hit of `query` and these synonyms of its words, in a corpus of these
/// languages, as far as a budget goes.
pub(crate) fn marks(
    query: &Query,
    synonyms: &[Synonyms],
    clause: &ClauseRecord,
    languages: &[Language],
    budget: &Budget,
) -> Marks {
    let heading = heading_of(&clause.path);
    let texts = texts(clause, &heading);
    let effort = Effort::within(budget);
    let matcher = Matcher { texts: &texts, languages, within: None, clause, effort: &effort };
    let mut by_text = vec![Vec::new(); texts.len()];
    for (text, mark) in matcher.query(query).marks.into_iter().chain(matcher.synonyms(synonyms)) {
        by_text[text].push(mark);
    }
    let is_cut = effort.is_cut();
    effort.settle(budget);
    let mut by_text = by_text.into_iter().zip(&texts).map(|(marks, text)| merged(marks, text.text));
    let mut next = || by_text.next().unwrap_or_default();
    Marks {
        text: next(),
        title: next(),
        lead_in: next(),
        path: by_step(&clause.path, &next()),
        symbols: clause.symbols.iter().map(|symbol| symbol_marks(query, symbol)).collect(),
        is_cut,
    }
}

/// Whether a clause has all that `query` asks for, or these synonyms in its place: what [`marks`]
/// takes for granted.
///
/// # Errors
/// It takes too long to tell.
pub(crate) fn holds(
    query: &Query,
    synonyms: &[Synonyms],
    clause: &ClauseRecord,
    languages: &[Language],
    budget: &Budget,
) -> Result<bool, Excess> {
    let heading = heading_of(&clause.path);
    let texts = texts(clause, &heading);
    let effort = Effort::within(budget);
    let matcher = Matcher { texts: &texts, languages, within: None, clause, effort: &effort };
    let holds = matcher.has_all(query) || matcher.has_all_with(synonyms, query);
    let is_known = !effort.meter.is_spent();
    effort.settle(budget);
    budget.check()?;
    if is_known { Ok(holds) } else { Err(Excess::Steps) }
}

/// What is done for one clause.
struct Effort {
    budget: Budget,
    meter: Meter,
    /// Whether places were left out.
    is_cut: Cell<bool>,
}

impl Effort {
    fn within(budget: &Budget) -> Self {
        let budget = budget.part(MOST_STEPS);
        let meter = budget.meter();
        Self { budget, meter, is_cut: Cell::new(false) }
    }

    fn settle(self, whole: &Budget) {
        drop(self.meter);
        whole.settle(&self.budget);
    }

    fn is_cut(&self) -> bool {
        self.is_cut.get() || self.meter.is_spent()
    }
}

/// The texts of a clause as they are indexed, the headings as one: a phrase may go on from one
/// to the next.
fn texts<'a>(clause: &'a ClauseRecord, heading: &'a str) -> [Text<'a>; 4] {
    let language = Language::of_code(&clause.language);
    [
        Text::new(TextField::Text, &clause.text, language),
        Text::new(TextField::Title, clause.title.as_deref().unwrap_or_default(), language),
        Text::new(TextField::LeadIn, clause.lead_in.as_deref().unwrap_or_default(), language),
        Text::new(TextField::Heading, heading, language),
    ]
}

/// The whole symbol, where the query asks for it or for what it begins with.
fn symbol_marks(query: &Query, symbol: &Symbol) -> Vec<Mark> {
    let asked = match query {
        Query::Symbol(asked, _) | Query::Filter(Filter::OwnSymbol(asked)) => {
            symbol.prefixes().contains(&asked.as_str())
        }
        Query::And(queries) | Query::Or(queries) => {
            return queries
                .iter()
                .map(|query| symbol_marks(query, symbol))
                .find(|marks| !marks.is_empty())
                .unwrap_or_default();
        }
        Query::Group(operands) => {
            let wanted = operands.iter().filter(|operand| operand.occur != Occur::MustNot);
            let mut marks = wanted.map(|operand| symbol_marks(&operand.query, symbol));
            return marks.find(|marks| !marks.is_empty()).unwrap_or_default();
        }
        _ => false,
    };
    if asked { vec![Mark { start: 0, end: symbol.as_str().len(), by: By::Typed }] } else { Vec::new() }
}

/// One of a clause's texts.
struct Text<'a> {
    field: TextField,
    text: &'a str,
    language: Language,
    tokens: Vec<Token>,
}

impl<'a> Text<'a> {
    fn new(field: TextField, text: &'a str, language: Language) -> Self {
        Self { field, text, language, tokens: analyze(text, language) }
    }

    /// Positions of the last words of sentences.
    fn sentence_ends(&self) -> Vec<u32> {
        let last_before = |end: usize| {
            let after = self.tokens.partition_point(|token| token.span.start < end);
            self.tokens[..after].last().map(|token| token.position)
        };
        sentence_ends(self.text).filter_map(last_before).collect()
    }
}

struct Matcher<'a> {
    texts: &'a [Text<'a>],
    languages: &'a [Language],
    /// The field that is looked into, if only one is.
    within: Option<TextField>,
    clause: &'a ClauseRecord,
    effort: &'a Effort,
}

/// What a part of a query found.
#[derive(Default)]
struct Found {
    holds: bool,
    /// With the number of the text that each is in.
    marks: Vec<(usize, Mark)>,
}

impl Found {
    fn of(marks: Vec<(usize, Mark)>) -> Self {
        Self { holds: !marks.is_empty(), marks }
    }
}

/// A match of words at places: positions and marks.
#[derive(Clone)]
struct Place {
    first: u32,
    last: u32,
    marks: Vec<Mark>,
}

impl Matcher<'_> {
    fn query(&self, query: &Query) -> Found {
        match query {
            Query::Word(_) | Query::Phrase(_) => Found::of(self.everywhere(query)),
            Query::Near(near) => self.near(near, query),
            Query::Within(field, query) => Matcher { within: Some(*field), ..*self }.query(query),
            Query::Symbol(symbol, _) => self.symbol(symbol),
            Query::Reference(reference) => self.reference(reference),
            Query::Filter(filter) => self.filter(filter),
            Query::And(queries) => self.and(queries),
            Query::Or(queries) => any(queries.iter().map(|query| self.query(query))),
            Query::Not(query) => Found { holds: !self.has_all(query), marks: Vec::new() },
            Query::Group(operands) => self.group(operands),
        }
    }

    fn synonyms(&self, synonyms: &[Synonyms]) -> Vec<(usize, Mark)> {
        let added: Vec<&Added> = synonyms.iter().flat_map(|synonyms| &synonyms.added).collect();
        let in_text = |(at, text): (usize, &Text<'_>)| {
            let alternatives = added.iter().flat_map(|added| &added.alternatives);
            let places = alternatives.flat_map(|tests| self.runs(tests, "", text));
            let marks = places.flat_map(|place| place.marks);
            marks.map(|mark| (at, Mark { by: By::Synonym, ..mark })).collect::<Vec<_>>()
        };
        self.texts.iter().enumerate().flat_map(in_text).collect()
    }

    /// The clauses of an article are found by their place, and marked where they name it.
    fn reference(&self, reference: &Reference) -> Found {
        let own = chapeau_index::own_places(&self.clause.id);
        let cited = self.query(&reference.cited);
        Found { holds: cited.holds || own.iter().any(|own| reference.places.contains(own)), ..cited }
    }

    fn and(&self, queries: &[Query]) -> Found {
        let found: Vec<Found> = queries.iter().map(|query| self.query(query)).collect();
        if !found.iter().all(|found| found.holds) {
            return Found::default();
        }
        Found { holds: true, marks: found.into_iter().flat_map(|found| found.marks).collect() }
    }

    /// Any operand of a group will do; what must not hold takes the whole group with it.
    fn group(&self, operands: &[Operand]) -> Found {
        let (mut needs_some, mut has_some) = (false, false);
        let mut marks = [Vec::new(), Vec::new()];
        for operand in self.asked(operands) {
            if operand.occur == Occur::MustNot {
                if self.has_all(&operand.query) {
                    return Found::default();
                }
                continue;
            }
            let found = self.query(&operand.query);
            let is_must = operand.occur == Occur::Must;
            if is_must && !found.holds {
                return Found::default();
            }
            needs_some |= !is_must;
            has_some |= !is_must && found.holds;
            if found.holds {
                marks[usize::from(is_must)].extend(found.marks);
            }
        }
        if needs_some && !has_some {
            return Found::default();
        }
        Found { holds: true, marks: marks.concat() }
    }

    /// The operands of a group without its stop words, unless it has no others.
    fn asked<'q>(&self, operands: &'q [Operand]) -> Vec<&'q Operand> {
        let is_stop = |operand: &&Operand| is_loose_stop_word(operand, self.languages);
        let should = operands.iter().filter(|operand| operand.occur == Occur::Should);
        let only_stop_words = should.clone().all(|operand| is_stop(&operand));
        operands.iter().filter(|operand| only_stop_words || !is_stop(operand)).collect()
    }

    /// Whether the clause has all that is asked for, not only some of it.
    fn has_all(&self, query: &Query) -> bool {
        match query {
            Query::And(queries) => queries.iter().all(|query| self.has_all(query)),
            Query::Or(queries) => queries.iter().any(|query| self.has_all(query)),
            Query::Not(query) => !self.has_all(query),
            Query::Within(field, query) => Matcher { within: Some(*field), ..*self }.has_all(query),
            Query::Group(operands) => self
                .asked(operands)
                .iter()
                .all(|operand| self.has_all(&operand.query) != (operand.occur == Occur::MustNot)),
            query => self.query(query).holds,
        }
    }

    /// The same where words of the query may be stood in for by their synonyms.
    fn has_all_with(&self, synonyms: &[Synonyms], query: &Query) -> bool {
        let stand_in = |one: &&Synonyms| !self.synonyms(std::slice::from_ref(*one)).is_empty();
        let standing: Vec<&Synonyms> = synonyms.iter().filter(stand_in).collect();
        let Query::Group(operands) = query else { return !standing.is_empty() };
        if standing.is_empty() {
            return false;
        }
        let is_stood_in = |at: usize| standing.iter().any(|one| one.operands.contains(&at));
        operands.iter().enumerate().all(|(at, operand)| {
            is_stood_in(at)
                || is_loose_stop_word(operand, self.languages)
                || self.has_all(&operand.query) != (operand.occur == Occur::MustNot)
        })
    }

    fn filter(&self, filter: &Filter) -> Found {
        let marks = match filter {
            Filter::Cites(symbol) => self.symbols_in_text(symbol),
            _ => Vec::new(),
        };
        Found { holds: restriction::holds(filter, self.clause), marks }
    }

    fn near(&self, near: &Near, query: &Query) -> Found {
        match near.distance {
            Distance::Words { .. } | Distance::Sentence if query.is_placeable() => {
                Found::of(self.everywhere(query))
            }
            _ => self.and(&[near.left.clone(), near.right.clone()]),
        }
    }

    fn symbol(&self, symbol: &str) -> Found {
        let given = |filter: Filter| restriction::holds(&filter, self.clause);
        let holds = given(Filter::OwnSymbol(symbol.to_owned())) || given(Filter::Cites(symbol.to_owned()));
        Found { holds, marks: if holds { self.symbols_in_text(symbol) } else { Vec::new() } }
    }

    /// Where the clause itself names the symbol, or one that begins with it.
    fn symbols_in_text(&self, symbol: &str) -> Vec<(usize, Mark)> {
        let named = |(span, found): (Span, Symbol)| {
            found
                .prefixes()
                .contains(&symbol)
                .then_some((0, Mark { start: span.start, end: span.end, by: By::Typed }))
        };
        Symbol::find_all(self.texts[0].text).into_iter().filter_map(named).collect()
    }

    /// The marks of words at places, in all texts that are looked into.
    fn everywhere(&self, query: &Query) -> Vec<(usize, Mark)> {
        let open = |text: &&(usize, &Text<'_>)| self.within.is_none_or(|field| field == text.1.field);
        let texts: Vec<(usize, &Text<'_>)> = self.texts.iter().enumerate().collect();
        let marks = |(at, text): &(usize, &Text<'_>)| {
            let places = self.places(query, text);
            let at = *at;
            places
                .into_iter()
                .flat_map(move |place| place.marks.into_iter().map(move |mark| (at, mark)))
                .collect::<Vec<_>>()
        };
        texts.iter().filter(open).flat_map(marks).collect()
    }

    /// Where in one text the words of a query stand.
    fn places(&self, query: &Query, text: &Text<'_>) -> Vec<Place> {
        match query {
            Query::Word(word) => self.word(word, text),
            Query::Phrase(words) => self.phrase(words, text),
            Query::Near(near) => {
                let (left, right) =
                    (in_order(self.places(&near.left, text)), in_order(self.places(&near.right, text)));
                self.near_places(&left, &right, near.distance, text)
            }
            Query::Or(queries) | Query::And(queries) => {
                queries.iter().flat_map(|query| self.places(query, text)).collect()
            }
            Query::Group(operands) => {
                operands.iter().flat_map(|operand| self.places(&operand.query, text)).collect()
            }
            Query::Within(..)
            | Query::Filter(_)
            | Query::Symbol(..)
            | Query::Reference(_)
            | Query::Not(_) => Vec::new(),
        }
    }

    fn word(&self, word: &Word, text: &Text<'_>) -> Vec<Place> {
        let typed = fold(&word.text);
        let sought = lexicon::sought(word, self.languages);
        sought.alternatives.iter().flat_map(|tests| self.runs(tests, &typed, text)).collect()
    }

    fn phrase(&self, words: &[Word], text: &Text<'_>) -> Vec<Place> {
        let tests: Vec<Test> = words
            .iter()
            .flat_map(|word| {
                lexicon::sought(word, self.languages).alternatives.into_iter().next().unwrap_or_default()
            })
            .collect();
        self.runs(&tests, "", text)
    }

    /// Runs of tokens at successive positions that pass the tests one after the other, each run one
    /// mark.
    fn runs(&self, tests: &[Test], typed: &str, text: &Text<'_>) -> Vec<Place> {
        let Some((first, rest)) = tests.split_first() else { return Vec::new() };
        let steps = first.steps();
        let mut places = Vec::new();
        for (at, token) in text.tokens.iter().enumerate() {
            if !self.effort.meter.spend(steps) {
                break;
            }
            let Some(by) = first.passes(token, text.language) else { continue };
            let by = if token.is_word() && *token.exact == *typed { By::Typed } else { by };
            self.effort.meter.spend(rest.len() as u64);
            if let Some((end, by)) = continued(rest, &text.tokens[at..], by, text.language) {
                let mark = Mark { start: token.span.start, end: end.span.end, by };
                places.push(Place { first: token.position, last: end.position, marks: vec![mark] });
            }
        }
        places
    }

    /// The places of two operands that are near each other.
    fn near_places(
        &self,
        left: &[Place],
        right: &[Place],
        distance: Distance,
        text: &Text<'_>,
    ) -> Vec<Place> {
        let ends = if distance == Distance::Sentence { text.sentence_ends() } else { Vec::new() };
        let reach = match distance {
            Distance::Words { at_most, ordered } => Reach::Words { at_most, ordered },
            Distance::Sentence | Distance::Clause => Reach::Sentence(&ends),
        };
        let spans =
            |places: &[Place]| places.iter().map(|place| (place.first, place.last)).collect::<Vec<_>>();
        let mut found: BTreeMap<(u32, u32), Vec<Mark>> = BTreeMap::new();
        each_near(&spans(left), &spans(right), reach, &self.effort.meter, |a, b| {
            let (a, b) = (&left[a], &right[b]);
            let place = (a.first.min(b.first), a.last.max(b.last));
            if found.len() == MOST_PLACES && !found.contains_key(&place) {
                self.effort.is_cut.set(true);
                return ControlFlow::Break(());
            }
            let marks = found.entry(place).or_default();
            for mark in a.marks.iter().chain(&b.marks) {
                if let Err(at) = marks.binary_search(mark) {
                    marks.insert(at, *mark);
                }
            }
            self.effort.meter.spend((a.marks.len() + b.marks.len()) as u64);
            ControlFlow::Continue(())
        });
        found.into_iter().map(|((first, last), marks)| Place { first, last, marks }).collect()
    }
}

/// Whether an operand is a stop word among other words: neither asked for nor marked.
pub(crate) fn is_loose_stop_word(operand: &Operand, languages: &[Language]) -> bool {
    let word = if let Query::Word(word) = &operand.query { Some(word) } else { None };
    operand.occur == Occur::Should
        && word.is_some_and(|word| word.form == WordForm::Stem && is_stop_word(&word.text, languages))
}

/// Places in order, each once with the marks of all that match there.
fn in_order(mut places: Vec<Place>) -> Vec<Place> {
    places.sort_by_key(|place| (place.first, place.last));
    places.dedup_by(|again, first| {
        let is_same = (again.first, again.last) == (first.first, first.last);
        if is_same {
            first.marks.append(&mut again.marks);
            first.marks.sort_unstable();
            first.marks.dedup();
        }
        is_same
    });
    places
}

fn any(found: impl Iterator<Item = Found>) -> Found {
    found.filter(|found| found.holds).fold(Found::default(), |mut all, found| {
        all.holds = true;
        all.marks.extend(found.marks);
        all
    })
}

/// The token that ends a run whose first token is `tokens[0]`, and the loosest way in which one
/// of the run passed.
fn continued<'t>(rest: &[Test], tokens: &'t [Token], by: By, language: Language) -> Option<(&'t Token, By)> {
    let mut last = tokens.first()?;
    let mut by = by;
    for test in rest {
        let next = tokens.iter().skip_while(|token| token.position <= last.position);
        let mut next = next.take_while(|token| token.position == last.position + 1);
        let (token, passed) = next.find_map(|token| Some((token, test.passes(token, language)?)))?;
        last = token;
        by = by.max(passed);
    }
    Some((last, by))
}
