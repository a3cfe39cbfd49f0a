//! The clauses of any text cover it without overlapping, and their ids are unique.
#![no_main]

use std::collections::HashSet;

use chapeau_ingest::{Options, Source};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let source = Source { path: "fuzz.txt", bytes, given: &[] };
    let Ok(reading) = chapeau_ingest::read(&source, &Options::default()) else { return };
    for document in &reading.documents {
        assert!(document.uncovered().is_empty(), "{:?}", document.uncovered());
        let ids: HashSet<&str> = document.clauses.iter().map(|clause| clause.id.as_str()).collect();
        assert_eq!(ids.len(), document.clauses.len());
        for clause in &document.clauses {
            // Cuts every span of the clause: panics where one is off a character boundary.
            let _ = document.record(clause);
        }
    }
});
