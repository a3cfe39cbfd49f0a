//! What sort of clause a record is, its date and how usual it is, from the fast fields of one segment.

use std::sync::LazyLock;

use chapeau_document::{Kind, Part, Status, Unit};
use chapeau_index::{Searcher, classes};
use tantivy::DocId;
use tantivy::columnar::Column;

use crate::results::Sort;
use crate::{Error, rank};

/// The columns that decide a record's prior and its place by date or by copies.
pub(crate) struct Priors<'a> {
    class: Column<u64>,
    date: Column<u64>,
    copies: &'a [u32],
}

/// The prior of each sort of clause.
static OF_CLASS: LazyLock<Vec<f32>> =
    LazyLock::new(|| classes().map(|(kind, status, part, unit)| prior(kind, status, part, unit)).collect());

/// The prior of a sort of clause of a sort of document.
pub(crate) fn prior(kind: Kind, status: Status, part: Part, unit: Unit) -> f32 {
    let factors = [rank::of_kind(kind), rank::of_status(status), rank::of_part(part), rank::of_unit(unit)];
    factors.iter().product::<f32>().min(rank::MOST_PRIOR)
}

impl<'a> Priors<'a> {
    pub(crate) fn open(searcher: &'a Searcher, segment: u32, sort: Sort) -> Result<Self, Error> {
        let copies = match sort {
            Sort::Copies | Sort::CopiesDescending => searcher.copies()?.of_segment(segment),
            _ => &[],
        };
        let (class, date) = (searcher.numbers(segment, "class")?, searcher.numbers(segment, "date")?);
        Ok(Self { class, date, copies })
    }

    /// The prior of a record.
    pub(crate) fn of(&self, doc: DocId) -> f32 {
        self.class.first(doc).and_then(|class| OF_CLASS.get(class as usize)).copied().unwrap_or(1.0)
    }

    /// What a record is ordered by, highest first. Records without a date come last.
    pub(crate) fn key(&self, sort: Sort, doc: DocId, score: f32) -> f64 {
        let copies = || self.copies.get(doc as usize).copied().map_or(1.0, f64::from);
        let date = || self.date.first(doc).map(|date| date as f64);
        match sort {
            Sort::Relevance => score.into(),
            Sort::Date => date().map_or(f64::MIN, |date| -date),
            Sort::DateDescending => date().unwrap_or(f64::MIN),
            Sort::Copies => -copies(),
            Sort::CopiesDescending => copies(),
        }
    }
}
