//! Normalising any text twice changes nothing more than normalising it once.
#![no_main]

use chapeau_ingest::{Options, Source};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Some(once) = text_of(bytes) else { return };
    let twice = text_of(once.as_bytes()).unwrap_or_default();
    assert_eq!(once, twice);
});

fn text_of(bytes: &[u8]) -> Option<String> {
    let source = Source { path: "fuzz.txt", bytes, given: &[] };
    let reading = chapeau_ingest::read(&source, &Options::default()).ok()?;
    Some(reading.documents.first()?.text.clone())
}
