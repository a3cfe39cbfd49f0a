//! What a [`Searcher`] reads from an index on other machines, by questions instead of addresses.

use chapeau_document::ClauseRecord;
use serde::de::DeserializeOwned;
use tantivy::Term;

use crate::engine::{Answer, Ask, Condition, Engine, First, MOST_RECORDS, Record};
use crate::journal::Told;
use crate::{
    DocumentRecord, Error, Fields, History, Language, RecordKind, Searcher, Since, analyze, date_key,
};

/// Ids that one question names at most.
const AT_ONCE: usize = 1_000;

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
    first(engine, vec![of_id(id), any_clause()])
}

/// All clauses: documents have ids too, and so have lists of words.
fn any_clause() -> Condition {
    Condition::Any([RecordKind::Clause, RecordKind::Context].map(|kind| Condition::term(kind.term())).into())
}

/// A document by its id.
pub(crate) fn document_by_id(engine: &dyn Engine, id: &str) -> Result<Option<DocumentRecord>, Error> {
    first(engine, vec![of_id(id), Condition::term(RecordKind::Document.term())])
}

/// Documents by their ids, those that are there.
pub(crate) fn documents_by_ids(engine: &dyn Engine, ids: &[String]) -> Result<Vec<DocumentRecord>, Error> {
    by_ids(engine, ids, &Condition::term(RecordKind::Document.term()))
}

/// Clauses by their ids, those that are there.
pub(crate) fn clauses_by_ids(engine: &dyn Engine, ids: &[String]) -> Result<Vec<ClauseRecord>, Error> {
    by_ids(engine, ids, &any_clause())
}

fn by_ids<T: DeserializeOwned>(
    engine: &dyn Engine,
    ids: &[String],
    of_kind: &Condition,
) -> Result<Vec<T>, Error> {
    let ask = |ids: &[String]| {
        let condition = Condition::All(vec![Condition::OneOf("id", ids.to_vec()), of_kind.clone()]);
        Ask::first(condition, ids.len(), First::Lowest(KEY))
    };
    let asks: Vec<Ask> = ids.chunks(AT_ONCE).map(ask).collect();
    let found = engine.find(&asks)?;
    found.iter().flat_map(|answer| &answer.records).map(parsed).collect()
}

/// Some of the documents, the newest first, and how many there are: see [`Searcher::newest_documents`].
/// Of those of one day the engine gives any, so that all of the last day are asked for once more.
pub(crate) fn newest_documents(
    engine: &dyn Engine,
    offset: usize,
    limit: usize,
) -> Result<(Vec<DocumentRecord>, usize), Error> {
    let end = offset.saturating_add(limit);
    if end > MOST_RECORDS {
        return Err(Error::Unsupported { what: "the documents after the newest 10,000 in order" });
    }
    let of_kind = Condition::term(RecordKind::Document.term());
    let found = one(engine, Ask::first(of_kind.clone(), end.max(1), First::Highest("date")))?;
    let mut documents: Vec<DocumentRecord> =
        found.records.iter().map(parsed).collect::<Result<_, Error>>()?;
    if let Some(last) = documents.last().filter(|_| found.total > documents.len() as u64) {
        let day = last.metadata.date().map(date_key);
        let of_day = match day {
            Some(day) => Condition::Range("date", Some(day), Some(day)),
            None => Condition::none_of(Condition::Range("date", Some(0), None)),
        };
        documents.retain(|document| document.metadata.date().map(date_key) != day);
        let of_day = Condition::All(vec![of_kind, of_day]);
        let others = one(engine, Ask::first(of_day, MOST_RECORDS, First::Lowest(KEY)))?;
        for record in &others.records {
            documents.push(parsed(record)?);
        }
    }
    sort_by_date(&mut documents);
    let n_documents = usize::try_from(found.total).unwrap_or(usize::MAX);
    Ok((documents.into_iter().skip(offset).take(limit).collect(), n_documents))
}

/// The newest first, those of one day by their ids.
pub(crate) fn sort_by_date(documents: &mut [DocumentRecord]) {
    documents.sort_by(|a, b| (b.metadata.date(), &a.id).cmp(&(a.metadata.date(), &b.id)));
}

/// By term, the ids of the documents that have clauses with it, in order.
pub(crate) fn documents_with(engine: &dyn Engine, terms: &[Term]) -> Result<Vec<Vec<String>>, Error> {
    let asks: Vec<Ask> = terms.iter().map(|term| ask_documents(Condition::term(term.clone()))).collect();
    Ok(engine.find(&asks)?.into_iter().map(ids_of).collect())
}

/// The ids of the documents that have the words of a title in theirs, in order.
pub(crate) fn documents_with_title(engine: &dyn Engine, title: &str) -> Result<Vec<String>, Error> {
    let words = analyze(title, Language::English);
    let words = words.iter().filter(|token| token.is_word());
    let terms: Vec<Term> = words.map(|word| Fields::exact(Fields::get().title, &word.exact)).collect();
    Ok(ids_of(one(engine, ask_documents(Condition::Phrase(terms, 1.0)))?))
}

fn ask_documents(condition: Condition) -> Ask {
    Ask { facets: vec![("document", MOST_RECORDS)], ..Ask::count(condition) }
}

fn ids_of(found: Answer) -> Vec<String> {
    let mut ids: Vec<String> = found.facets.into_values().flatten().map(|(id, _)| id).collect();
    ids.sort_unstable();
    ids
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
    let mut all = Vec::new();
    each(engine, &Condition::term(kind.term()), |record| {
        all.push(record);
        Ok::<(), Error>(())
    })?;
    Ok(all)
}

/// Shows each record that meets a condition, a page of them in memory at a time.
pub(crate) fn each<T: DeserializeOwned, E: From<Error>>(
    engine: &dyn Engine,
    condition: &Condition,
    mut see: impl FnMut(T) -> Result<(), E>,
) -> Result<(), E> {
    each_record(engine, condition, |record| see(parsed(record)?))
}

/// The same, as they are stored.
pub(crate) fn each_record<E: From<Error>>(
    engine: &dyn Engine,
    condition: &Condition,
    mut see: impl FnMut(&Record) -> Result<(), E>,
) -> Result<(), E> {
    let mut from = 0;
    loop {
        let rest = Condition::All(vec![condition.clone(), Condition::Range(KEY, Some(from), None)]);
        let found = one(engine, Ask::first(rest, MOST_RECORDS, First::Lowest(KEY)))?;
        found.records.iter().try_for_each(&mut see)?;
        match found.records.last() {
            Some(last) if found.records.len() == MOST_RECORDS => from = last.key.saturating_add(1),
            _ => return Ok(()),
        }
    }
}

/// What runs changed from a moment on, oldest first. Nothing of it is ever forgotten there.
pub(crate) fn history(engine: &dyn Engine, since: Since) -> Result<History, Error> {
    let wanted = match since {
        Since::Run(run) => Condition::Range("seq", Some(run.saturating_add(1)), None),
        Since::Day(day) => Condition::Range("added", Some(date_key(day)), None),
    };
    let mut told: Vec<Told> = Vec::new();
    each(engine, &Condition::All(vec![Condition::term(RecordKind::Change.term()), wanted]), |one| {
        told.push(one);
        Ok::<(), Error>(())
    })?;
    told.sort_by(|a, b| {
        let place = |told: &Told| (told.change.run, told.place);
        place(a).cmp(&place(b)).then_with(|| a.change.document.cmp(&b.change.document))
    });
    let changes: Vec<_> = told.into_iter().map(|told| told.change).collect();
    let last_run = match changes.last() {
        Some(change) => change.run,
        None => last_run(engine)?,
    };
    Ok(History { changes, last_run, forgotten: None })
}

/// The last run of which something is told; 0 where nothing is.
pub(crate) fn last_run(engine: &dyn Engine) -> Result<u64, Error> {
    let ask = Ask::first(Condition::term(RecordKind::Change.term()), 1, First::Highest("seq"));
    let last: Option<Told> = one(engine, ask)?.records.first().map(parsed).transpose()?;
    Ok(last.map_or(0, |told| told.change.run))
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
