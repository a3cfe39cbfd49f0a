//! What a [`Searcher`] reads from an index on other machines, by questions instead of addresses.

use chapeau_document::ClauseRecord;
use serde::de::DeserializeOwned;
use tantivy::Term;

use crate::engine::{Answer, Ask, Condition, Engine, First, MOST_RECORDS, Record};
use crate::{DocumentRecord, Error, Fields, Language, RecordKind, Searcher, analyze};

/// The number by which all records can be read in turn.
pub(crate) const KEY: &str = "key";

impl Searcher {
    /// Whether the index lies on other machines: then it is asked by [`Searcher::ask`].
    pub fn is_remote(&self) -> bool {
        self.engine().is_some()
    }

    /// Counts at once the terms that [`Searcher::gathering`] noted.
    ///
    /// # Errors
    /// The index cannot be reached.
    pub fn count_gathered(&self) -> Result<(), Error> {
        self.statistics().count_gathered()
    }

    /// Puts questions to an index on other machines, all at once.
    ///
    /// # Errors
    /// The index lies here, or cannot be reached.
    pub fn ask(&self, asks: &[Ask]) -> Result<Vec<Answer>, Error> {
        let engine = self.engine().ok_or(Error::Unsupported { what: "asking an index on this machine" })?;
        engine.find(asks)
    }
}

/// A record as it is stored elsewhere.
///
/// # Errors
/// It is none of that kind.
pub fn parsed<T: DeserializeOwned>(record: &Record) -> Result<T, Error> {
    let failed = |source: serde_json::Error| Error::Record { reason: source.to_string() };
    serde_json::from_str(&record.stored).map_err(failed)
}

/// A clause by its id.
pub(crate) fn clause_by_id(engine: &dyn Engine, id: &str) -> Result<Option<ClauseRecord>, Error> {
    // Documents have ids too, and so have lists of words.
    let kinds = [RecordKind::Clause, RecordKind::Context].map(|kind| Condition::term(kind.term()));
    first(engine, vec![of_id(id), Condition::Any(kinds.into())])
}

/// A document by its id.
pub(crate) fn document_by_id(engine: &dyn Engine, id: &str) -> Result<Option<DocumentRecord>, Error> {
    first(engine, vec![of_id(id), Condition::term(RecordKind::Document.term())])
}

/// The ids of the documents that have clauses with a term, in order.
pub(crate) fn documents_with(engine: &dyn Engine, term: &Term) -> Result<Vec<String>, Error> {
    documents_of(engine, Condition::term(term.clone()))
}

/// The ids of the documents that have the words of a title in theirs, in order.
pub(crate) fn documents_with_title(engine: &dyn Engine, title: &str) -> Result<Vec<String>, Error> {
    let words = analyze(title, Language::English);
    let words = words.iter().filter(|token| token.is_word());
    let terms: Vec<Term> = words.map(|word| Fields::exact(Fields::get().title, &word.exact)).collect();
    documents_of(engine, Condition::Phrase(terms, 1.0))
}

fn documents_of(engine: &dyn Engine, condition: Condition) -> Result<Vec<String>, Error> {
    let facets = vec![("document", MOST_RECORDS)];
    let found = one(engine, Ask { facets, ..Ask::count(condition) })?;
    let mut ids: Vec<String> = found.facets.into_values().flatten().map(|(id, _)| id).collect();
    ids.sort_unstable();
    Ok(ids)
}

/// The clauses of a document, in order.
pub(crate) fn clauses_of(engine: &dyn Engine, document: &str) -> Result<Vec<ClauseRecord>, Error> {
    let of_document = Condition::term(Term::from_field_text(Fields::get().document, document));
    let mut clauses = Vec::new();
    loop {
        // A document record has no place among the clauses.
        let rest = Condition::Range("seq", Some(clauses.len() as u64), None);
        let condition = Condition::All(vec![of_document.clone(), rest]);
        let found = one(engine, Ask::first(condition, MOST_RECORDS, First::Lowest("seq")))?;
        for record in &found.records {
            clauses.push(parsed(record)?);
        }
        if found.records.len() < MOST_RECORDS {
            return Ok(clauses);
        }
    }
}

/// All records of a kind.
pub(crate) fn all<T: DeserializeOwned>(engine: &dyn Engine, kind: RecordKind) -> Result<Vec<T>, Error> {
    let of_kind = Condition::term(kind.term());
    let (mut all, mut from) = (Vec::new(), 0);
    loop {
        let condition = Condition::All(vec![of_kind.clone(), Condition::Range(KEY, Some(from), None)]);
        let found = one(engine, Ask::first(condition, MOST_RECORDS, First::Lowest(KEY)))?;
        for record in &found.records {
            all.push(parsed(record)?);
        }
        match found.records.last() {
            Some(last) if found.records.len() == MOST_RECORDS => from = last.key.saturating_add(1),
            _ => return Ok(all),
        }
    }
}

/// How many records have each term.
pub(crate) fn frequencies(engine: &dyn Engine, terms: &[Term]) -> Result<Vec<u64>, Error> {
    let asks: Vec<Ask> = terms.iter().map(|term| Ask::count(Condition::term(term.clone()))).collect();
    Ok(engine.find(&asks)?.into_iter().map(|answer| answer.total).collect())
}

fn of_id(id: &str) -> Condition {
    Condition::term(Term::from_field_text(Fields::get().id, id))
}

fn first<T: DeserializeOwned>(engine: &dyn Engine, all: Vec<Condition>) -> Result<Option<T>, Error> {
    let found = one(engine, Ask::first(Condition::All(all), 1, First::Lowest(KEY)))?;
    found.records.first().map(parsed).transpose()
}

fn one(engine: &dyn Engine, ask: Ask) -> Result<Answer, Error> {
    Ok(engine.find(&[ask])?.pop().unwrap_or_default())
}
