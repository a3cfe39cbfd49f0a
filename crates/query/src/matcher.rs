//! What of a clause matched: the query's own tree, evaluated on the analysed words of the clause.
//!
//! What is marked is what matched: a phrase as a phrase, the words of a proximity only where they
//! are near, nothing of a NOT, nothing of an AND that does not hold.

use chapeau_document::{ClauseRecord, Span, Step, Symbol};
use chapeau_index::{Language, Token, analyze, fold, heading_of, sentence_ends};

use crate::lexicon::{self, Test};
use crate::restriction;
use crate::results::{By, Mark};
use crate::spans::{is_in_one_sentence, is_near};
use crate::stop_words::is_stop_word;
use crate::synonyms::{Added, Synonyms};
use crate::syntax::ast::{
    Distance, Filter, Near, Occur, Operand, Query, Reference, TextField, Word, WordForm,
};

/// The marks of a clause, each in the text it belongs to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Marks {
    pub(crate) text: Vec<Mark>,
    pub(crate) title: Vec<Mark>,
    pub(crate) lead_in: Vec<Mark>,
    pub(crate) path: Vec<Vec<Mark>>,
    pub(crate) symbols: Vec<Vec<Mark>>,
}

/// Marks a clause that is a hit of `query` and these synonyms of its words, in a corpus of these
/// languages.
pub(crate) fn marks(
    query: &Query,
    synonyms: &[Synonyms],
    clause: &ClauseRecord,
    languages: &[Language],
) -> Marks {
    let heading = heading_of(&clause.path);
    let texts = texts(clause, &heading);
    let matcher = Matcher { texts: &texts, languages, within: None, clause };
    let mut by_text = vec![Vec::new(); texts.len()];
    for (text, mark) in matcher.query(query).marks.into_iter().chain(matcher.synonyms(synonyms)) {
        by_text[text].push(mark);
    }
    let mut by_text = by_text.into_iter().zip(&texts).map(|(marks, text)| merged(marks, text.text));
    let mut next = || by_text.next().unwrap_or_default();
    Marks {
        text: next(),
        title: next(),
        lead_in: next(),
        path: by_step(&clause.path, &next()),
        symbols: clause.symbols.iter().map(|symbol| symbol_marks(query, symbol)).collect(),
    }
}

/// Whether a clause has all that `query` asks for, or these synonyms in its place: what [`marks`]
/// takes for granted.
pub(crate) fn holds(
    query: &Query,
    synonyms: &[Synonyms],
    clause: &ClauseRecord,
    languages: &[Language],
) -> bool {
    let heading = heading_of(&clause.path);
    let texts = texts(clause, &heading);
    let matcher = Matcher { texts: &texts, languages, within: None, clause };
    matcher.has_all(query) || matcher.has_all_with(synonyms, query)
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

/// The marks of the joined headings, step by step; one that goes on into the next step is cut.
fn by_step(path: &[Step], marks: &[Mark]) -> Vec<Vec<Mark>> {
    let mut start = 0;
    let mut steps = Vec::with_capacity(path.len());
    for step in path {
        let end = start + step.words().len();
        let inside = marks.iter().filter(|mark| mark.start < end && start < mark.end);
        let here = |mark: &Mark| Mark {
            start: mark.start.max(start) - start,
            end: mark.end.min(end) - start,
            by: mark.by,
        };
        steps.push(inside.map(here).collect());
        // Steps without words leave no line behind.
        start = if end > start { end + 1 } else { end };
    }
    steps
}

/// Marks in order, those that overlap made one. A synonym all of whose words were typed is not told
/// of: the words typed are.
fn merged(mut marks: Vec<Mark>, text: &str) -> Vec<Mark> {
    let typed: Vec<Mark> = marks.iter().filter(|mark| mark.by != By::Synonym).copied().collect();
    marks.retain(|mark| mark.by != By::Synonym || !is_covered(mark, &typed, text));
    marks.sort_unstable_by_key(|mark| (mark.start, std::cmp::Reverse(mark.end), mark.by));
    let mut merged: Vec<Mark> = Vec::with_capacity(marks.len());
    for mark in marks {
        match merged.last_mut() {
            Some(last) if mark.start < last.end => last.end = last.end.max(mark.end),
            _ => merged.push(mark),
        }
    }
    merged
}

/// Whether no letter of a mark is outside of these others.
fn is_covered(mark: &Mark, others: &[Mark], text: &str) -> bool {
    let inside = |at: usize| others.iter().any(|other| (other.start..other.end).contains(&at));
    let letters = text.get(mark.start..mark.end).unwrap_or_default().char_indices();
    letters.filter(|(_, letter)| letter.is_alphanumeric()).all(|(at, _)| inside(mark.start + at))
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
            let places = alternatives.flat_map(|tests| runs(tests, "", &text.tokens, text.language));
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
        let asked = self.asked(operands);
        let holds = |operand: &&&Operand| match operand.occur {
            Occur::Should => true,
            Occur::Must => self.query(&operand.query).holds,
            Occur::MustNot => !self.has_all(&operand.query),
        };
        if asked.iter().filter(holds).count() < asked.len() {
            return Found::default();
        }
        let some = |occur: Occur| {
            any(asked
                .iter()
                .filter(|operand| operand.occur == occur)
                .map(|operand| self.query(&operand.query)))
        };
        let (should, must) = (some(Occur::Should), some(Occur::Must));
        let needs_some = asked.iter().any(|operand| operand.occur == Occur::Should);
        if needs_some && !should.holds {
            return Found::default();
        }
        Found { holds: true, marks: should.marks.into_iter().chain(must.marks).collect() }
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
                let (left, right) = (self.places(&near.left, text), self.places(&near.right, text));
                near_places(&left, &right, near.distance, text)
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
        let runs =
            sought.alternatives.iter().flat_map(|tests| runs(tests, &typed, &text.tokens, text.language));
        runs.collect()
    }

    fn phrase(&self, words: &[Word], text: &Text<'_>) -> Vec<Place> {
        let tests: Vec<Test> = words
            .iter()
            .flat_map(|word| {
                lexicon::sought(word, self.languages).alternatives.into_iter().next().unwrap_or_default()
            })
            .collect();
        runs(&tests, "", &text.tokens, text.language)
    }
}

/// Whether an operand is a stop word among other words: neither asked for nor marked.
pub(crate) fn is_loose_stop_word(operand: &Operand, languages: &[Language]) -> bool {
    let word = if let Query::Word(word) = &operand.query { Some(word) } else { None };
    operand.occur == Occur::Should
        && word.is_some_and(|word| word.form == WordForm::Stem && is_stop_word(&word.text, languages))
}

fn any(found: impl Iterator<Item = Found>) -> Found {
    found.filter(|found| found.holds).fold(Found::default(), |mut all, found| {
        all.holds = true;
        all.marks.extend(found.marks);
        all
    })
}

/// Runs of tokens at successive positions that pass the tests one after the other, each run one
/// mark.
fn runs(tests: &[Test], typed: &str, tokens: &[Token], language: Language) -> Vec<Place> {
    let Some((first, rest)) = tests.split_first() else { return Vec::new() };
    let mut places = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        let Some(by) = first.passes(token, language) else { continue };
        let by = if token.is_word() && *token.exact == *typed { By::Typed } else { by };
        if let Some((end, by)) = continued(rest, &tokens[at..], by, language) {
            let mark = Mark { start: token.span.start, end: end.span.end, by };
            places.push(Place { first: token.position, last: end.position, marks: vec![mark] });
        }
    }
    places
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

fn near_places(left: &[Place], right: &[Place], distance: Distance, text: &Text<'_>) -> Vec<Place> {
    let ends = if distance == Distance::Sentence { text.sentence_ends() } else { Vec::new() };
    let holds = |a: &Place, b: &Place| match distance {
        Distance::Words { at_most, ordered } => {
            is_near((a.first, a.last), (b.first, b.last), at_most, ordered)
        }
        Distance::Sentence | Distance::Clause => {
            is_in_one_sentence((a.first, a.last), (b.first, b.last), &ends)
        }
    };
    let pairs = left.iter().flat_map(|a| right.iter().map(move |b| (a, b))).filter(|(a, b)| holds(a, b));
    let place = |(a, b): (&Place, &Place)| Place {
        first: a.first.min(b.first),
        last: a.last.max(b.last),
        marks: a.marks.iter().chain(&b.marks).copied().collect(),
    };
    pairs.map(place).collect()
}
