//! How many of the clauses found have each value of each facet.

use std::collections::{BTreeMap, HashMap};

use chapeau_index::Searcher;
use tantivy::DocId;
use tantivy::columnar::Column;

use crate::Error;
use crate::results::FacetCount;

/// The facets that are a document's, the same for all its clauses.
const OF_DOCUMENTS: [&str; 6] = ["kind", "status", "body", "language", "party", "document"];
/// The facets that each clause has for itself.
const OF_CLAUSES: [&str; 3] = ["part", "act", "obligation"];
/// A document's facet that is a number.
const YEAR: &str = "year";

/// Most values of a facet that are given, the most frequent ones. Years are given all: they are few,
/// and those left out of a chart of them would look empty.
const MOST_VALUES: usize = 50;

/// Records that are looked up in a column at a time: their values stay in the cache.
const AT_A_TIME: usize = 1_024;

/// Counts by facet and value.
type Counts = BTreeMap<&'static str, HashMap<String, u64>>;

/// Counts over the clauses of `found`, a bit for each record of each segment.
pub(crate) fn count(
    searcher: &Searcher,
    found: &[Vec<u64>],
) -> Result<BTreeMap<&'static str, Vec<FacetCount>>, Error> {
    let mut counts = Counts::new();
    for (segment, bits) in (0..).zip(found) {
        for facet in OF_CLAUSES {
            count_clauses(searcher, segment, facet, bits, &mut counts)?;
        }
        count_of_documents(searcher, segment, &by_document(searcher, segment, bits)?, &mut counts)?;
    }
    Ok(sorted(counts))
}

/// What is asked of an index on other machines: more values than are given, so that of equal ones
/// those are given that come first by name.
pub(crate) fn asked() -> Vec<(&'static str, usize)> {
    let all = OF_CLAUSES.into_iter().chain(OF_DOCUMENTS).chain([YEAR]);
    all.map(|facet| (facet, 10 * MOST_VALUES)).collect()
}

/// What such an index counted, as facets.
pub(crate) fn of_answer(
    counted: BTreeMap<&'static str, Vec<(String, u64)>>,
) -> BTreeMap<&'static str, Vec<FacetCount>> {
    sorted(counted.into_iter().map(|(facet, values)| (facet, values.into_iter().collect())).collect())
}

/// The facets of documents, over `found`: one record of each document.
pub(crate) fn count_documents(
    searcher: &Searcher,
    found: &[Vec<u64>],
) -> Result<BTreeMap<&'static str, Vec<FacetCount>>, Error> {
    let mut counts = Counts::new();
    for (segment, bits) in (0..).zip(found) {
        let each: Vec<(DocId, u64)> = docs(bits).into_iter().map(|doc| (doc, 1)).collect();
        count_of_documents(searcher, segment, &each, &mut counts)?;
    }
    Ok(sorted(counts))
}

/// Clauses are many and their documents few: the clauses are counted by document, and the facets of
/// each document are then looked up once.
fn count_of_documents(
    searcher: &Searcher,
    segment: u32,
    documents: &[(DocId, u64)],
    counts: &mut Counts,
) -> Result<(), Error> {
    for facet in OF_DOCUMENTS {
        count_names(searcher, segment, facet, documents, counts)?;
    }
    let years = searcher.numbers(segment, YEAR)?;
    for (year, n) in totals(&years, documents) {
        *counts.entry(YEAR).or_default().entry(year.to_string()).or_default() += n;
    }
    Ok(())
}

fn sorted(counts: Counts) -> BTreeMap<&'static str, Vec<FacetCount>> {
    let facets = counts.into_iter().map(|(facet, counts)| {
        let most = if facet == YEAR { counts.len() } else { MOST_VALUES };
        (facet, most_frequent(counts, most))
    });
    facets.filter(|(_, values)| !values.is_empty()).collect()
}

/// Adds up the values of a facet that each clause has for itself.
fn count_clauses(
    searcher: &Searcher,
    segment: u32,
    facet: &'static str,
    bits: &[u64],
    counts: &mut Counts,
) -> Result<(), Error> {
    let Some(column) = searcher.names(segment, facet)? else { return Ok(()) };
    let Some(ords) = column.decoded(n_set(bits)) else {
        let each: Vec<(DocId, u64)> = docs(bits).into_iter().map(|doc| (doc, 1)).collect();
        return count_names(searcher, segment, facet, &each, counts);
    };
    let names = column.names()?;
    let mut totals = vec![0_u64; names.len()];
    let mut add = |ord: u32| totals.get_mut(ord as usize).into_iter().for_each(|total| *total += 1);
    each_set(bits, |doc| add(ords.first[doc as usize]));
    let is_set = |doc: DocId| bits[doc as usize / 64] >> (doc % 64) & 1 == 1;
    ords.more.iter().filter(|(doc, _)| is_set(*doc)).for_each(|(_, ord)| add(*ord));
    let counts = counts.entry(facet).or_default();
    for (name, n) in names.iter().zip(totals).filter(|(_, n)| *n > 0) {
        *counts.entry(name.to_string()).or_default() += n;
    }
    Ok(())
}

/// One clause of each document, and how many of those found are of that document.
fn by_document(searcher: &Searcher, segment: u32, bits: &[u64]) -> Result<Vec<(DocId, u64)>, Error> {
    let Some(column) = searcher.names(segment, "document")? else { return Ok(Vec::new()) };
    let mut found: Vec<(DocId, u64)> = Vec::new();
    let mut last = None;
    // The clauses of a document lie side by side.
    let mut see = |doc, document: u64| {
        match found.last_mut().filter(|_| last == Some(document)) {
            Some((_, n)) => *n += 1,
            None => found.push((doc, 1)),
        }
        last = Some(document);
    };
    match column.decoded(n_set(bits)) {
        Some(ords) => each_set(bits, |doc| see(doc, ords.first[doc as usize].into())),
        None => each_value(column.ords(), &docs(bits), see),
    }
    Ok(found)
}

fn n_set(bits: &[u64]) -> usize {
    bits.iter().map(|word| word.count_ones() as usize).sum()
}

fn each_set(bits: &[u64], mut see: impl FnMut(DocId)) {
    for (at, mut rest) in (0_u32..).zip(bits.iter().copied()) {
        while rest != 0 {
            see(at * 64 + rest.trailing_zeros());
            rest &= rest - 1;
        }
    }
}

fn docs(bits: &[u64]) -> Vec<DocId> {
    let mut docs = Vec::new();
    each_set(bits, |doc| docs.push(doc));
    docs
}

/// Adds up, by value of a facet, the numbers that go with records.
fn count_names(
    searcher: &Searcher,
    segment: u32,
    facet: &'static str,
    records: &[(DocId, u64)],
    counts: &mut Counts,
) -> Result<(), Error> {
    let Some(column) = searcher.names(segment, facet)? else { return Ok(()) };
    let names = column.names()?;
    let counts = counts.entry(facet).or_default();
    for (ord, n) in totals(column.ords(), records) {
        if let Some(name) = names.get(ord as usize) {
            *counts.entry(name.to_string()).or_default() += n;
        }
    }
    Ok(())
}

/// The values of a column at these records, each with the sum of the numbers that go with them.
fn totals(column: &Column<u64>, records: &[(DocId, u64)]) -> Vec<(u64, u64)> {
    if records.is_empty() {
        return Vec::new();
    }
    let lowest = column.min_value();
    let n_values = column.max_value().saturating_sub(lowest) as usize + 1;
    let mut totals = vec![0_u64; n_values];
    let docs: Vec<DocId> = records.iter().map(|(doc, _)| *doc).collect();
    let mut at = 0;
    each_value(column, &docs, |doc, value| {
        while records[at].0 != doc {
            at += 1;
        }
        totals[(value - lowest) as usize] += records[at].1;
    });
    (lowest..).zip(totals).filter(|(_, n)| *n > 0).collect()
}

/// Shows each value that records have, in order of the records.
fn each_value(column: &Column<u64>, docs: &[DocId], mut see: impl FnMut(DocId, u64)) {
    let (mut having, mut rows, mut values) = (Vec::new(), Vec::new(), Vec::new());
    for docs in docs.chunks(AT_A_TIME) {
        having.clear();
        rows.clear();
        column.row_ids_for_docs(docs, &mut having, &mut rows);
        values.resize(rows.len(), 0);
        column.values.get_vals(&rows, &mut values);
        for (doc, value) in having.iter().zip(&values) {
            see(*doc, *value);
        }
    }
}

fn most_frequent(counts: HashMap<String, u64>, most: usize) -> Vec<FacetCount> {
    let mut values: Vec<FacetCount> =
        counts.into_iter().map(|(value, count)| FacetCount { value, count }).collect();
    values.sort_unstable_by(|a, b| b.count.cmp(&a.count).then_with(|| a.value.cmp(&b.value)));
    values.truncate(most);
    values
}
