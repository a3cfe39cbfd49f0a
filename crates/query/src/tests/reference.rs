//! A slow, obvious matcher, against which the marks and the hits of the index are held.
//!
//! It knows nothing of postings or windows: each part of a query is a list of matches (which
//! text, which positions) found by looking at every word.

use std::collections::BTreeSet;

use chapeau_document::{ClauseRecord, Unit};
use chapeau_index::{Budget, Form, Language, Token, analyze, sentences};
use proptest::prelude::*;

use super::library::{Library, document};
use crate::syntax::ast::{Distance, Occur, Operand, Query, Word, WordForm};
use crate::syntax::parse;
use crate::{Fold, Request, lexicon, matcher};

/// Words of one text that match together: text, first and last position, marked bytes.
#[derive(Clone)]
struct Match(usize, u32, u32, BTreeSet<usize>);

struct Reference {
    texts: Vec<Vec<Token>>,
    /// Of each text, where its sentences begin.
    sentences: Vec<Vec<usize>>,
}

impl Reference {
    fn new(clause: &ClauseRecord) -> Self {
        let texts = [clause.text.as_str(), clause.title.as_deref().unwrap_or_default()];
        let starts = |text: &&str| sentences(text).iter().map(|sentence| sentence.start).collect();
        Self {
            texts: texts.iter().map(|text| analyze(text, Language::English)).collect(),
            sentences: texts.iter().map(starts).collect(),
        }
    }

    /// Whether the words at these positions and all between are of one sentence.
    fn is_one_sentence(&self, text: usize, first: u32, last: u32) -> bool {
        let tokens = self.texts[text].iter();
        let between = tokens.filter(|token| token.is_word() && (first..=last).contains(&token.position));
        let sentence =
            |token: &Token| self.sentences[text].iter().filter(|start| **start <= token.span.start).count();
        between.map(sentence).collect::<BTreeSet<_>>().len() == 1
    }

    /// What any operand of the query found; `None` where the clause is no hit at all.
    fn any(&self, query: &Query) -> Option<Vec<Match>> {
        match query {
            Query::And(all) => {
                all.iter().map(|query| self.any(query)).collect::<Option<Vec<_>>>().map(|all| all.concat())
            }
            Query::Or(some) => some.iter().filter_map(|query| self.any(query)).reduce(|a, b| [a, b].concat()),
            Query::Not(query) => (!self.all(query)).then(Vec::new),
            Query::Group(operands) => self.group(&asked(operands)),
            Query::Near(near) if near.distance == Distance::Clause => {
                self.any(&Query::And(vec![near.left.clone(), near.right.clone()]))
            }
            query => Some(self.matches(query)).filter(|found| !found.is_empty()),
        }
    }

    fn group(&self, operands: &[&Operand]) -> Option<Vec<Match>> {
        let of = |occur| operands.iter().filter(move |operand| operand.occur == occur);
        if of(Occur::MustNot).any(|operand| self.all(&operand.query)) {
            return None;
        }
        let must: Option<Vec<_>> = of(Occur::Must).map(|operand| self.any(&operand.query)).collect();
        let should: Vec<_> = of(Occur::Should).filter_map(|operand| self.any(&operand.query)).collect();
        let enough = !should.is_empty() || of(Occur::Should).count() == 0;
        must.filter(|_| enough).map(|must| [must, should].concat().concat())
    }

    fn all(&self, query: &Query) -> bool {
        match query {
            Query::And(all) => all.iter().all(|query| self.all(query)),
            Query::Or(some) => some.iter().any(|query| self.all(query)),
            Query::Not(query) => !self.all(query),
            Query::Group(operands) => asked(operands)
                .iter()
                .all(|operand| self.all(&operand.query) == (operand.occur != Occur::MustNot)),
            Query::Near(near) if near.distance == Distance::Clause => {
                self.all(&near.left) && self.all(&near.right)
            }
            query => !self.matches(query).is_empty(),
        }
    }

    fn matches(&self, query: &Query) -> Vec<Match> {
        match query {
            Query::Word(word) if word.form == WordForm::Stem => self.stemmed(&word.text),
            Query::Word(word) => self.row(&self.words(std::slice::from_ref(word))),
            Query::Phrase(words) => self.row(&self.words(words)),
            Query::Or(some) => some.iter().flat_map(|query| self.matches(query)).collect(),
            Query::Near(near) => self.near(&near.left, &near.right, near.distance),
            _ => Vec::new(),
        }
    }

    fn stemmed(&self, text: &str) -> Vec<Match> {
        let asked = analyze(text, Language::English);
        let words: Vec<Token> = asked.iter().filter(|token| token.is_word()).cloned().collect();
        let mut found = self
            .row(&words.iter().map(|word| Wanted::Stems(vec![word.stem.to_string()])).collect::<Vec<_>>());
        for joined in asked.iter().filter(|token| token.form == Form::Joined) {
            found.extend(self.row(&[Wanted::Stems(vec![joined.stem.to_string()])]));
        }
        if let [word] = &words[..] {
            found.extend(self.row(&[Wanted::Stems(vec![word.exact.to_string()])]));
        }
        found
    }

    fn words(&self, words: &[Word]) -> Vec<Wanted> {
        let one = |word: &Word| match word.form {
            WordForm::Wildcard => vec![Wanted::Pattern(word.text.to_lowercase())],
            WordForm::Fuzzy(edits) => vec![Wanted::Fuzzy(word.text.to_lowercase(), edits)],
            _ => {
                let tokens = analyze(&word.text, Language::English);
                tokens
                    .iter()
                    .filter(|token| token.is_word())
                    .map(|token| Wanted::Exact(token.exact.to_string()))
                    .collect()
            }
        };
        words.iter().flat_map(one).collect()
    }

    /// Tokens at successive positions, each as wanted.
    fn row(&self, wanted: &[Wanted]) -> Vec<Match> {
        let mut found = Vec::new();
        for (text, tokens) in self.texts.iter().enumerate() {
            for first in tokens {
                let mut rows = vec![(first.position, Vec::new())];
                for wanted in wanted {
                    rows = rows
                        .iter()
                        .flat_map(|(at, row): &(u32, Vec<&Token>)| {
                            tokens.iter().filter(move |token| token.position == *at && wanted.is(token)).map(
                                move |token| {
                                    let mut row = row.clone();
                                    row.push(token);
                                    (at + 1, row)
                                },
                            )
                        })
                        .collect();
                }
                for (_, row) in
                    rows.into_iter().filter(|(_, row)| row.first().is_some_and(|token| *token == first))
                {
                    let (Some(start), Some(end)) = (row.first(), row.last()) else { continue };
                    let bytes = (start.span.start..end.span.end).collect();
                    found.push(Match(text, start.position, end.position, bytes));
                }
            }
        }
        found
    }

    fn near(&self, left: &Query, right: &Query, distance: Distance) -> Vec<Match> {
        let (at_most, ordered) = match distance {
            Distance::Words { at_most, ordered } => (at_most, ordered),
            _ => (u32::MAX, false),
        };
        let mut found = Vec::new();
        for a in self.matches(left) {
            for b in self.matches(right) {
                let forwards = a.2 < b.1 && b.1 - a.2 <= at_most;
                let backwards = !ordered && b.2 < a.1 && a.1 - b.2 <= at_most;
                let (first, last) = (a.1.min(b.1), a.2.max(b.2));
                let apart = distance == Distance::Sentence && !self.is_one_sentence(a.0, first, last);
                if a.0 == b.0 && (forwards || backwards) && !apart {
                    found.push(Match(a.0, first, last, a.3.union(&b.3).copied().collect()));
                }
            }
        }
        found
    }
}

enum Wanted {
    Stems(Vec<String>),
    Exact(String),
    Pattern(String),
    Fuzzy(String, u8),
}

impl Wanted {
    fn is(&self, token: &Token) -> bool {
        match self {
            Self::Stems(stems) => stems.iter().any(|stem| **stem == *token.stem),
            Self::Exact(word) => token.is_word() && **word == *token.exact,
            Self::Pattern(pattern) => token.is_word() && lexicon::fits(pattern, &token.exact),
            Self::Fuzzy(word, edits) => token.is_word() && lexicon::within(word, &token.exact, *edits),
        }
    }
}

fn asked(operands: &[Operand]) -> Vec<&Operand> {
    let is_stop = |operand: &&Operand| matcher::is_loose_stop_word(operand, &[Language::English]);
    let all_stop =
        operands.iter().filter(|operand| operand.occur == Occur::Should).all(|operand| is_stop(&operand));
    operands.iter().filter(|operand| all_stop || !is_stop(operand)).collect()
}

/// Words that meet in many ways: forms of one stem, hyphens, acronyms, stop words.
const WORDS: &[&str] = &[
    "duty",
    "duties",
    "customs",
    "Customs",
    "custom",
    "anti-dumping",
    "dumping",
    "policy-makers",
    "policymakers",
    "makers",
    "GATT",
    "the",
    "of",
    "programme",
    "program",
    "goods.",
    "[on]",
    "e-commerce",
    "Noted.",
    "No. 5",
];

/// Clauses of such words, drawn by a simple generator: always the same.
fn clauses(n_clauses: usize) -> Vec<String> {
    let mut state = 12_345_u64;
    let mut next = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).expect("31 bits") % below
    };
    (0..n_clauses)
        .map(|_| {
            let n_words = 1 + next(9);
            (0..n_words).map(|_| WORDS[next(WORDS.len())]).collect::<Vec<_>>().join(" ")
        })
        .collect()
}

fn bytes(marks: &[crate::Mark]) -> BTreeSet<usize> {
    marks.iter().flat_map(|mark| mark.start..mark.end).collect()
}

const QUERY: &str = "((duty|duties|=duties|customs|cust\\*|\\*ties|d?ty|anti-dumping|dumping|\"customs duties\"|\"the duty of\"\
    |policy-makers|policymakers|GATT|the|program|goods|ecommerce|AND|AND|OR|NOT|NEAR/2|NEAR/4|/s|dutis~|\\+1|\\+3|/p|\\+|-|\\(|\\)|title:duty) ?){1,8}";

fn ask(library: &Library, query: &str) -> (u64, u64, BTreeSet<String>, Vec<crate::Hit>) {
    let request = Request { limit: 1_000, fold: Fold::No, ..Request::default_of(query) };
    let results = library.ask(&request);
    let ids = results.hits.iter().map(|hit| hit.clause.id.clone()).collect();
    (results.total, results.total_any, ids, results.hits)
}

/// Queries that are compared, each on every clause: few with each run of the tests, more where
/// `CHAPEAU_CASES` asks for them.
fn n_cases() -> u32 {
    std::env::var("CHAPEAU_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(150)
}

#[test]
fn the_reference_agrees_with_the_index_and_with_the_marks() {
    let clauses = clauses(60);
    let documents: Vec<_> = clauses
        .iter()
        .enumerate()
        .map(|(n, text)| {
            document(&format!("d{n:03}"), ["", "customs duty"][n % 2], &[(Unit::Paragraph, text)])
        })
        .collect();
    let library = Library::new(&documents, 25);
    let everything = ask(&library, "kind:decision").3;
    proptest!(ProptestConfig { cases: n_cases(), ..ProptestConfig::default() }, |(text in QUERY)| {
        let (query, _) = parse(&text);
        if query.is_empty() || text.contains("title:") {
            return Ok(());
        }
        let (total, total_any, ids, hits) = ask(&library, &text);
        let found: Vec<(&ClauseRecord, Vec<Match>)> = everything
            .iter()
            .filter_map(|hit| Some((&hit.clause, Reference::new(&hit.clause).any(&query)?)))
            .collect();
        let expected: BTreeSet<String> = found.iter().map(|(clause, _)| clause.id.clone()).collect();
        prop_assert_eq!(&ids, &expected, "hits of {}", query);
        prop_assert_eq!(total_any, expected.len() as u64);
        let with_all = found.iter().filter(|(clause, _)| Reference::new(clause).all(&query)).count();
        prop_assert_eq!(total, with_all as u64, "all of {}", query);
        for hit in &hits {
            let marked: BTreeSet<usize> = bytes(&hit.passages[0].marks);
            let matches = found.iter().find(|(clause, _)| clause.id == hit.clause.id).map(|(_, matches)| matches);
            let expected: BTreeSet<usize> =
                matches.into_iter().flatten().filter(|found| found.0 == 0).flat_map(|found| found.3.clone()).collect();
            prop_assert_eq!(marked, expected, "marks of {} in {}", query, hit.clause.text);
        }
        for hit in &everything {
            let budget = Budget::unlimited();
            let holds = matcher::holds(&query, &[], &hit.clause, &[Language::English], &budget);
            prop_assert_eq!(holds, Ok(Reference::new(&hit.clause).all(&query)), "{} in {}", query, hit.clause.text);
        }
    });
}
