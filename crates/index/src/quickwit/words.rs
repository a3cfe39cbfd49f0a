//! The words that a job writes, and which of them are written down with which run.
//!
//! A word is written down again once the job has had it as often again as it wrote down: what the runs
//! of a job say of a word is its number of records or more than half of it, and is so of all jobs
//! together. So a long job writes each word a few times and not with each run.

use std::collections::HashMap;

use tantivy::TantivyDocument;
use tantivy::schema::Value as _;

use super::mapping::is_words;
use crate::Fields;
use crate::encoded::each_term;
use crate::vocabulary::{List, keyed, lists};

/// Fields of whole values that are completed as they are typed.
const WHOLE: [&str; 2] = ["symbol", "titles"];

/// The words of a job.
#[derive(Debug, Default)]
pub(super) struct Words {
    /// By field and term.
    seen: HashMap<String, Seen>,
    n_records: u64,
}

#[derive(Debug, Default)]
struct Seen {
    /// Records that are written down.
    written: u64,
    /// Records since.
    since: u64,
    /// The last of them, counted from 1: a record counts once.
    last: u64,
}

impl Words {
    /// Notes the words of one more record.
    pub(super) fn note(&mut self, record: &TantivyDocument) {
        self.n_records += 1;
        let mut key = String::new();
        for (field, value) in record.field_values() {
            let name = Fields::schema().get_field_name(field);
            let Some(text) = value.as_str() else { continue };
            if is_words(name) {
                each_term(text, |_, term| {
                    if term.starts_with('=') {
                        self.see(&mut key, name, term);
                    }
                });
            } else if WHOLE.contains(&name) {
                self.see(&mut key, name, text);
            }
        }
    }

    fn see(&mut self, key: &mut String, field: &str, term: &str) {
        if term.contains(['\t', '\n', '\r']) {
            return;
        }
        keyed(key, field, term);
        if !self.seen.contains_key(key.as_str()) {
            self.seen.insert(key.clone(), Seen::default());
        }
        if let Some(seen) = self.seen.get_mut(key.as_str()).filter(|seen| seen.last < self.n_records) {
            seen.last = self.n_records;
            seen.since += 1;
        }
    }

    /// The words to be written down with the run that ends.
    pub(super) fn take(&mut self) -> Vec<List> {
        let is_due = |seen: &Seen| seen.since > 0 && seen.since >= seen.written;
        let mut due: Vec<(&str, u64)> = Vec::new();
        for (key, seen) in self.seen.iter_mut().filter(|(_, seen)| is_due(seen)) {
            due.push((key, seen.since));
            seen.written += std::mem::take(&mut seen.since);
        }
        due.sort_unstable();
        lists(due)
    }
}
