//! No query makes the parser panic, and its canonical form reads as itself.
#![no_main]

use chapeau_query::syntax::parse;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let (query, _warnings) = parse(text);
    let canonical = query.to_string();
    assert_eq!(parse(&canonical).0.to_string(), canonical);
});
