//! No bytes that begin like a PDF make the reader panic.
#![no_main]

use chapeau_ingest::{Options, Source};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let bytes = [b"%PDF-1.7\n", bytes].concat();
    let source = Source { path: "fuzz.pdf", bytes: &bytes, given: &[] };
    let _ = chapeau_ingest::read(&source, &Options::default());
});
