//! What sort of clause a record is, and its date, from the fast fields of one segment.

use std::str::FromStr;

use tantivy::columnar::{Column, StrColumn};
use tantivy::{DocId, SegmentReader};

use crate::results::Sort;
use crate::{Error, rank};

/// The columns that decide a record's prior and its place by date.
pub(crate) struct Priors {
    columns: Vec<(Column<u64>, Vec<f32>)>,
    date: Column<u64>,
}

impl Priors {
    pub(crate) fn open(segment: &SegmentReader) -> Result<Self, Error> {
        let mut columns = Vec::new();
        push(&mut columns, segment, "kind", rank::of_kind)?;
        push(&mut columns, segment, "status", rank::of_status)?;
        push(&mut columns, segment, "part", rank::of_part)?;
        push(&mut columns, segment, "unit", rank::of_unit)?;
        Ok(Self { columns, date: segment.fast_fields().u64("date")? })
    }

    /// The prior of a record.
    pub(crate) fn of(&self, doc: DocId) -> f32 {
        let factor = |(column, factors): &(Column<u64>, Vec<f32>)| {
            column.first(doc).and_then(|ord| factors.get(ord as usize)).copied().unwrap_or(1.0)
        };
        self.columns.iter().map(factor).product::<f32>().min(rank::MOST_PRIOR)
    }

    /// What a record is ordered by, highest first. Records without a date come last.
    pub(crate) fn key(&self, sort: Sort, doc: DocId, score: f32) -> f64 {
        let date = || self.date.first(doc).map(|date| date as f64);
        match sort {
            Sort::Relevance => score.into(),
            Sort::Date => date().map_or(f64::MIN, |date| -date),
            Sort::DateDescending => date().unwrap_or(f64::MIN),
        }
    }
}

/// A column of a closed list with the factor of each of its values.
fn push<T: FromStr>(
    columns: &mut Vec<(Column<u64>, Vec<f32>)>,
    segment: &SegmentReader,
    field: &str,
    factor: fn(T) -> f32,
) -> Result<(), Error> {
    let Some(column) = segment.fast_fields().str(field)? else { return Ok(()) };
    let factors = values(&column)?.iter().map(|value| value.parse().map_or(1.0, factor)).collect();
    columns.push((column.ords().clone(), factors));
    Ok(())
}

/// All values of a column, by ordinal.
pub(crate) fn values(column: &StrColumn) -> Result<Vec<String>, Error> {
    let mut values = Vec::with_capacity(column.num_terms());
    let mut value = String::new();
    for ord in 0..column.num_terms() as u64 {
        value.clear();
        column.ord_to_str(ord, &mut value)?;
        values.push(value.clone());
    }
    Ok(values)
}
