//! The words that a job writes, and which of them are written down with which run.
//!
//! A word is written down again once the job has had it as often again as it wrote down: what the runs
//! of a job say of a word is its number of records or more than half of it, and is so of all jobs
//! together. So a long job writes each word a few times and not with each run; and when many runs
//! have written lists, one run writes the sum of them in their place.

use std::collections::{BTreeSet, HashMap};

use tantivy::TantivyDocument;
use tantivy::schema::Value as _;

use super::mapping::is_words;
use super::served::{Served, ask_puts};
use crate::encoded::each_term;
use crate::engine::Engine as _;
use crate::vocabulary::{Numbers, all, keyed, of_words};
use crate::{Error, Fields};

/// Fields of whole values that are completed as they are typed.
const WHOLE: [&str; 2] = ["symbol", "titles"];

/// Runs that have written lists before these are made one: a command reads a list of each run.
pub(super) const MOST_RUNS: usize = 64;

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
    pub(super) fn take(&mut self) -> Numbers {
        let is_due = |seen: &Seen| seen.since > 0 && seen.since >= seen.written;
        let mut due = Numbers::new();
        for (key, seen) in self.seen.iter_mut().filter(|(_, seen)| is_due(seen)) {
            due.insert(key.clone(), seen.since);
            seen.written += std::mem::take(&mut seen.since);
        }
        due
    }
}

/// What the lists of all runs are found by, and what they say together, where there are so many that
/// they are to be made one.
pub(super) fn merged(served: &Served) -> Result<Option<(BTreeSet<u64>, Numbers)>, Error> {
    let found = served.find(&[ask_puts(of_words())])?;
    let puts = found.iter().flat_map(|answer| answer.facets.values().flatten());
    let puts: BTreeSet<u64> = puts.filter_map(|(put, _)| put.parse().ok()).collect();
    if puts.len() < MOST_RUNS { Ok(None) } else { Ok(Some((puts, all(served)?))) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::vocabulary::add;

    /// A record with these words in its text and this title above it.
    fn record(words: &[&str], title: &str) -> TantivyDocument {
        let fields = Fields::get();
        let text: String = words.iter().map(|word| format!("\u{1}={word}\u{2}e:{word}")).collect();
        let mut record = TantivyDocument::default();
        record.add_text(fields.text, text);
        record.add_text(fields.titles, title);
        record.add_text(fields.path, "a.txt");
        record
    }

    fn written(words: &mut Words, into: &mut Numbers) {
        words.take().iter().for_each(|(key, n)| add(into, key, *n));
    }

    #[test]
    fn a_record_counts_once_for_a_word() {
        let (mut words, mut found) = (Words::default(), Numbers::new());
        words.note(&record(&["duties", "duties", "of"], "dtitle"));
        words.note(&record(&["duties"], "a\ttitle that no list can hold"));
        written(&mut words, &mut found);
        let expected = [("text:=duties", 2), ("text:=of", 1), ("titles:dtitle", 1)];
        assert_eq!(found, expected.map(|(key, n)| (key.to_owned(), n)).into());
    }

    proptest! {
        #[test]
        fn what_is_written_is_right_to_a_factor_of_two(
            runs in prop::collection::vec(prop::collection::vec("[abc]{1,2}", 0..30), 1..20),
        ) {
            let (mut words, mut found, mut all) = (Words::default(), Numbers::new(), Numbers::new());
            for run in &runs {
                for word in run {
                    words.note(&record(&[word], ""));
                    *all.entry(format!("text:={word}")).or_insert(0) += 1;
                }
                written(&mut words, &mut found);
                for (key, n) in &all {
                    prop_assert!(found[key] <= *n && found[key] * 2 > *n, "{}: {} of {}", key, found[key], n);
                }
            }
        }

        #[test]
        fn a_word_is_written_no_more_often_than_it_doubles(n_runs in 1_u32..200) {
            let (mut words, mut n_written) = (Words::default(), 0);
            for _ in 0..n_runs {
                words.note(&record(&["duties"], ""));
                n_written += u32::from(words.take().contains_key("text:=duties"));
            }
            prop_assert!(n_written <= n_runs.ilog2() + 1);
        }
    }
}
