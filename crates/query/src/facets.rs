//! How many of the clauses found have each value of each facet.

use std::collections::{BTreeMap, HashMap};

use chapeau_index::Searcher;
use tantivy::columnar::Column;
use tantivy::{DocId, SegmentReader};

use crate::Error;
use crate::results::FacetCount;

/// The facets: the fields that people narrow a search by.
const FACETS: &[&str] =
    &["kind", "status", "part", "act", "obligation", "body", "year", "language", "party", "document"];

/// Most values of a facet that are given, the most frequent ones.
const MOST_VALUES: usize = 50;

/// Counts over the clauses of `found`, a bit for each record of each segment.
pub(crate) fn count(
    searcher: &Searcher,
    found: &[Vec<u64>],
) -> Result<BTreeMap<&'static str, Vec<FacetCount>>, Error> {
    let mut facets = BTreeMap::new();
    let docs: Vec<Vec<DocId>> = found.iter().map(|bits| docs(bits)).collect();
    for facet in FACETS {
        let mut counts: HashMap<String, u64> = HashMap::new();
        for (segment, docs) in searcher.tantivy().segment_readers().iter().zip(&docs) {
            count_in(segment, facet, docs, &mut counts)?;
        }
        let values = most_frequent(counts);
        if !values.is_empty() {
            facets.insert(*facet, values);
        }
    }
    Ok(facets)
}

fn docs(bits: &[u64]) -> Vec<DocId> {
    let mut docs = Vec::new();
    for (at, mut rest) in bits.iter().copied().enumerate() {
        while rest != 0 {
            docs.push(at as u32 * 64 + rest.trailing_zeros());
            rest &= rest - 1;
        }
    }
    docs
}

fn count_in(
    segment: &SegmentReader,
    facet: &str,
    docs: &[DocId],
    counts: &mut HashMap<String, u64>,
) -> Result<(), Error> {
    if facet == "year" {
        let column = segment.fast_fields().u64(facet)?;
        for (year, n) in count_values(&column, docs) {
            *counts.entry(year.to_string()).or_default() += n;
        }
        return Ok(());
    }
    let Some(column) = segment.fast_fields().str(facet)? else { return Ok(()) };
    let by_ord = count_values(column.ords(), docs);
    let mut value = String::new();
    for (ord, n) in by_ord {
        value.clear();
        column.ord_to_str(ord, &mut value)?;
        *counts.entry(value.clone()).or_default() += n;
    }
    Ok(())
}

/// How often each value stands in the column at these records.
fn count_values(column: &Column<u64>, docs: &[DocId]) -> Vec<(u64, u64)> {
    let lowest = column.min_value();
    let n_values = column.max_value().saturating_sub(lowest) as usize + 1;
    let mut counts = vec![0_u64; if docs.is_empty() { 0 } else { n_values }];
    for doc in docs {
        for value in column.values_for_doc(*doc) {
            counts[(value - lowest) as usize] += 1;
        }
    }
    (lowest..).zip(counts).filter(|(_, n)| *n > 0).collect()
}

fn most_frequent(counts: HashMap<String, u64>) -> Vec<FacetCount> {
    let mut values: Vec<FacetCount> =
        counts.into_iter().map(|(value, count)| FacetCount { value, count }).collect();
    values.sort_unstable_by(|a, b| b.count.cmp(&a.count).then_with(|| a.value.cmp(&b.value)));
    values.truncate(MOST_VALUES);
    values
}
