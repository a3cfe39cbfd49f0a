//! The order of candidates: the highest first, equal ones by clause id, however the records lie in
//! the segments of the index.

use chapeau_index::Searcher;
use tantivy::columnar::StrColumn;

use crate::Error;
use crate::scan::Candidate;

/// Sorts candidates of any segments.
pub(crate) fn sort(searcher: &Searcher, candidates: &mut [Candidate]) -> Result<(), Error> {
    candidates.sort_unstable_by(|a, b| {
        b.key.total_cmp(&a.key).then_with(|| (a.segment, a.id).cmp(&(b.segment, b.id)))
    });
    // Within a segment ids are in order already; only equals of several segments need their names.
    let columns = id_columns(searcher)?;
    for equals in candidates.chunk_by_mut(|a, b| a.key == b.key) {
        if equals.first().map(|first| first.segment) != equals.last().map(|last| last.segment) {
            sort_by_name(&columns, equals)?;
        }
    }
    Ok(())
}

fn sort_by_name(columns: &[Option<StrColumn>], equals: &mut [Candidate]) -> Result<(), Error> {
    let mut named = Vec::with_capacity(equals.len());
    for candidate in &*equals {
        let mut name = String::new();
        if let Some(column) = &columns[candidate.segment as usize] {
            column.ord_to_str(candidate.id, &mut name)?;
        }
        named.push((name, *candidate));
    }
    named.sort_unstable_by(|a, b| a.0.cmp(&b.0));
    for (place, (_, candidate)) in equals.iter_mut().zip(named) {
        *place = candidate;
    }
    Ok(())
}

fn id_columns(searcher: &Searcher) -> Result<Vec<Option<StrColumn>>, Error> {
    let segments = searcher.tantivy().segment_readers().iter();
    segments.map(|segment| Ok(segment.fast_fields().str("id")?)).collect()
}
