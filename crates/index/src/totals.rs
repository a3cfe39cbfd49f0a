//! What an index holds in all.

use chapeau_document::Date;
use schemars::JsonSchema;
use serde::Serialize;

use crate::{Error, Searcher, date_of_key};

/// What an index holds in all, so that an empty answer can be trusted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(rename = "Searched")]
pub struct Totals {
    /// Documents.
    pub documents: u64,
    /// Clauses, those that never are hits included.
    pub clauses: u64,
    /// The earliest date of a document.
    pub from: Option<Date>,
    /// The latest date of a document.
    pub to: Option<Date>,
    /// Language codes, the most frequent first.
    pub languages: Vec<String>,
    /// Sources that could not be read.
    pub unreadable: u64,
}

impl Searcher {
    /// What the index holds in all.
    ///
    /// # Errors
    /// The index is damaged.
    pub fn totals(&self) -> Result<Totals, Error> {
        let counts = &self.payload().counts;
        let (from, to) =
            self.dates()?.map_or((None, None), |(from, to)| (date_of_key(from), date_of_key(to)));
        let mut languages: Vec<(&String, &u64)> = self.payload().languages.iter().collect();
        languages.sort_by_key(|(_, documents)| std::cmp::Reverse(**documents));
        Ok(Totals {
            documents: counts.documents,
            clauses: counts.clauses + counts.contexts,
            from,
            to,
            languages: languages.into_iter().map(|(language, _)| language.clone()).collect(),
            unreadable: self.payload().unreadable,
        })
    }

    /// The earliest and the latest date.
    fn dates(&self) -> Result<Option<(u64, u64)>, Error> {
        if let Some(engine) = self.engine() {
            return engine.dates();
        }
        let mut range: Option<(u64, u64)> = None;
        for segment in self.tantivy()?.segment_readers() {
            let dates = segment.fast_fields().u64("date").map_err(|source| self.failed(source))?;
            let mut widen = |low: u64, high: u64| {
                range = Some(range.map_or((low, high), |(from, to)| (from.min(low), to.max(high))));
            };
            if segment.has_deletes() {
                segment.doc_ids_alive().filter_map(|doc| dates.first(doc)).for_each(|date| widen(date, date));
            } else if dates.values.num_vals() > 0 {
                widen(dates.min_value(), dates.max_value());
            }
        }
        Ok(range)
    }
}
