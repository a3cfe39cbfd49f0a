//! Which later clauses say what a mandate says, for another time.
//!
//! Only of what bodies decide: that treaties have the same clause renews nothing.

use std::collections::HashMap;

use chapeau_document::{Date, Kind, Status};
use chapeau_index::{DocumentRecord, Searcher, fold};

use super::{Mandate, Renewal};
use crate::lineage::{LineageRow, lineage};
use crate::{Error, Relation};

/// Versions of the same words that are read of each clause.
const MOST_VERSIONS: usize = 50;

/// Fills in what renews each mandate, up to a day.
pub(super) fn find(searcher: &Searcher, at: Date, mandates: &mut [Mandate]) -> Result<(), Error> {
    let known =
        searcher.documents_by_ids(mandates.iter().map(|mandate| mandate.document.clone()).collect())?;
    let known = known.into_iter().map(|(id, record)| (id, Some(kind_and_status(&record))));
    let mut documents: HashMap<String, Option<(Kind, Status)>> = known.collect();
    let mut renewals: HashMap<String, Vec<Renewal>> = HashMap::new();
    for mandate in mandates {
        let mut of = |id: &str| of_document(searcher, id, &mut documents);
        if mandate.date.is_none() || of(&mandate.document)?.is_none_or(|(kind, _)| is_treaty(kind)) {
            continue;
        }
        if !renewals.contains_key(&mandate.clause) {
            let found = lineage(searcher, &mandate.clause, MOST_VERSIONS)?;
            let rows = found.map_or_else(Vec::new, |found| found.rows);
            let mut later = Vec::new();
            for row in rows.iter().filter(|row| is_later(row, mandate, at)) {
                let of_row = of(&row.document)?.filter(|(kind, _)| !is_treaty(*kind));
                later.extend(of_row.map(|(_, status)| renewal(row, status)));
            }
            renewals.insert(mandate.clause.clone(), later);
        }
        mandate.renewed_by = renewals.get(&mandate.clause).cloned().unwrap_or_default();
    }
    Ok(())
}

fn is_treaty(kind: Kind) -> bool {
    matches!(kind, Kind::Agreement | Kind::Protocol)
}

fn of_document(
    searcher: &Searcher,
    id: &str,
    known: &mut HashMap<String, Option<(Kind, Status)>>,
) -> Result<Option<(Kind, Status)>, Error> {
    if let Some(found) = known.get(id) {
        return Ok(*found);
    }
    let found = searcher.document_by_id(id)?.as_ref().map(kind_and_status);
    known.insert(id.to_owned(), found);
    Ok(found)
}

fn kind_and_status(document: &DocumentRecord) -> (Kind, Status) {
    (document.metadata.kind(), document.metadata.status())
}

/// Whether a version is of the same series, or nearly word for word, and came after the mandate.
fn is_later(row: &LineageRow, mandate: &Mandate, at: Date) -> bool {
    let is_between = row.date.zip(mandate.date).is_some_and(|(row, own)| own < row && row <= at);
    let same_title = match (&row.title, &mandate.title) {
        (Some(row), Some(own)) => fold(row) == fold(own),
        _ => false,
    };
    is_between && (same_title || row.relation != Relation::Reworded)
}

fn renewal(row: &LineageRow, status: Status) -> Renewal {
    Renewal { clause: row.id.clone(), citation: row.citation.clone(), date: row.date, status }
}
