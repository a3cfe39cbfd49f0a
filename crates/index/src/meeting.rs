//! The clauses that meet a condition, wherever the index lies: by Tantivy's own queries here, by pages
//! of records there.

use std::ops::Bound;

use chapeau_document::ClauseRecord;
use tantivy::collector::DocSetCollector;
use tantivy::query::{
    AllQuery, BooleanQuery, EmptyQuery, Occur, PhraseQuery, Query, RangeQuery, RegexQuery, TermQuery,
    TermSetQuery,
};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, TantivyError, Term};

use crate::engine::Condition;
use crate::{Error, Fields, Searcher, remote};

impl Searcher {
    /// Shows each clause that meets a condition, in no order that means anything. The condition is to
    /// be one that only clauses meet: they alone have words, acts, citations and what else is asked for.
    ///
    /// # Errors
    /// The index is damaged or cannot be reached, or `see` fails.
    pub fn each_clause<E: From<Error>>(
        &self,
        condition: &Condition,
        mut see: impl FnMut(ClauseRecord) -> Result<(), E>,
    ) -> Result<(), E> {
        if let Some(engine) = self.engine() {
            return remote::each(engine, condition, see);
        }
        let failed = |source| self.failed(source);
        let query = query(&condition.flat()).map_err(failed)?;
        let found = self.tantivy()?.search(&*query, &DocSetCollector).map_err(failed)?;
        let mut found: Vec<DocAddress> = found.into_iter().collect();
        found.sort_unstable();
        found.into_iter().try_for_each(|at| see(self.clause(at)?))
    }

    /// The clauses with one of these terms, as [`Searcher::each_clause`] shows them.
    ///
    /// # Errors
    /// The index is damaged or cannot be reached.
    pub fn clauses_with(&self, terms: impl IntoIterator<Item = Term>) -> Result<Vec<ClauseRecord>, Error> {
        let any = Condition::Any(terms.into_iter().map(Condition::term).collect());
        let mut clauses = Vec::new();
        self.each_clause(&any, |clause| {
            clauses.push(clause);
            Ok::<(), Error>(())
        })?;
        Ok(clauses)
    }
}

/// A condition as a query, which is not to score.
fn query(condition: &Condition) -> Result<Box<dyn Query>, TantivyError> {
    Ok(match condition {
        Condition::Everything => Box::new(AllQuery),
        Condition::Term(term, _) => Box::new(TermQuery::new(term.clone(), IndexRecordOption::Basic)),
        Condition::OneOf(field, values) => {
            let field = Fields::schema().get_field(field)?;
            Box::new(TermSetQuery::new(values.iter().map(|value| Term::from_field_text(field, value))))
        }
        Condition::Has(field) => {
            Box::new(RegexQuery::from_pattern(".*", Fields::schema().get_field(field)?)?)
        }
        Condition::Range(field, from, to) => {
            let field = Fields::schema().get_field(field)?;
            let bound = |key: &Option<u64>| {
                key.map_or(Bound::Unbounded, |key| Bound::Included(Term::from_field_u64(field, key)))
            };
            match (from, to) {
                (None, None) => Box::new(AllQuery),
                _ => Box::new(RangeQuery::new(bound(from), bound(to))),
            }
        }
        Condition::Phrase(terms, _) => match &terms[..] {
            [] => Box::new(EmptyQuery),
            [term] => Box::new(TermQuery::new(term.clone(), IndexRecordOption::Basic)),
            terms => Box::new(PhraseQuery::new(terms.to_vec())),
        },
        Condition::All(all) => Box::new(BooleanQuery::new(operands(all)?)),
        Condition::Any(any) => {
            Box::new(BooleanQuery::union(any.iter().map(query).collect::<Result<_, _>>()?))
        }
        // Which come first is nothing to those who want all.
        Condition::Preferring(of, _) => query(of)?,
        Condition::Not(_) => Box::new(BooleanQuery::new(operands(std::slice::from_ref(condition))?)),
    })
}

type Operand = (Occur, Box<dyn Query>);

fn operands(all: &[Condition]) -> Result<Vec<Operand>, TantivyError> {
    let mut operands = Vec::with_capacity(all.len() + 1);
    for condition in all {
        operands.push(match condition {
            Condition::Not(not) => (Occur::MustNot, query(not)?),
            condition => (Occur::Must, query(condition)?),
        });
    }
    // What is only to be left out is left out of all.
    if operands.iter().all(|(occur, _)| *occur == Occur::MustNot) {
        operands.push((Occur::Must, Box::new(AllQuery)));
    }
    Ok(operands)
}
