//! Normalising any plain text twice changes nothing more than normalising it once. Markdown is
//! left out: its marks are read once, and are then gone.
#![no_main]

use chapeau_ingest::{MediaType, Options, Source};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Some(once) = text_of(bytes) else { return };
    let Some(twice) = text_of(once.as_bytes()) else { return };
    assert_eq!(once, twice);
});

fn text_of(bytes: &[u8]) -> Option<String> {
    if MediaType::of(bytes) != MediaType::PlainText {
        return None;
    }
    let source = Source { path: "fuzz.txt", bytes, given: &[] };
    let reading = chapeau_ingest::read(&source, &Options::default()).ok()?;
    Some(reading.documents.first()?.text.clone())
}
