//! No query makes the parser panic, and its canonical form reads as itself.
#![no_main]

use chapeau_query::syntax::parse;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let (query, _warnings) = parse(text);
    let canonical = query.to_string();
    let (again, warnings) = parse(&canonical);
    // The brackets that it adds may be one too many. Then that is said.
    if !warnings.iter().any(|warning| warning.message.starts_with("brackets deeper")) {
        assert_eq!(again.to_string(), canonical);
    }
});
