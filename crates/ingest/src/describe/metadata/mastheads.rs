//! Mastheads and title blocks as the houses that people read print them, each with what it says of its
//! document: `mastheads.txt`.

use std::fmt::Write;

use chapeau_document::{Metadata, Sourced};

use crate::{Options, Source, read};

const CASES: &str = include_str!("mastheads.txt");

#[test]
fn mastheads_of_many_houses_are_read() {
    let mut faults = String::new();
    for case in CASES.split("#### ").skip(1) {
        let (name, rest) = case.split_once('\n').expect("a name");
        let wanted: Vec<(&str, &str)> = rest
            .lines()
            .map_while(|line| line.strip_prefix("= "))
            .map(|line| line.split_once(": ").expect("a key and its value"))
            .collect();
        let text: Vec<&str> = rest.lines().skip(wanted.len()).collect();
        let metadata = metadata_of(&text.join("\n"));
        for (key, value) in wanted {
            let found = told(&metadata, key);
            if found != value {
                writeln!(faults, "{name}: {key} is {found:?}, not {value:?}").expect("a string takes all");
            }
        }
    }
    assert!(faults.is_empty(), "\n{faults}");
}

fn metadata_of(text: &str) -> Metadata {
    let source = Source { path: "x.txt", bytes: text.as_bytes(), given: &[] };
    let mut reading = read(&source, &Options::default()).expect("a text");
    reading.documents.swap_remove(0).metadata
}

/// A value as the cases write it, "-" for none.
fn told(metadata: &Metadata, key: &str) -> String {
    fn one<T: ToString>(value: Option<&Sourced<T>>) -> String {
        value.map_or_else(|| "-".to_owned(), |value| value.value.to_string())
    }
    match key {
        "title" => one(metadata.title.as_ref()),
        "date" => one(metadata.date_adopted.as_ref().or(metadata.date_issued.as_ref())),
        "kind" => one(metadata.kind.as_ref()),
        "status" => one(metadata.status.as_ref()),
        "body" => one(metadata.body.as_ref()),
        "symbols" => {
            let symbols: Vec<String> =
                metadata.symbols.iter().map(|symbol| symbol.value.to_string()).collect();
            if symbols.is_empty() { "-".to_owned() } else { symbols.join("; ") }
        }
        _ => panic!("{key} is no key"),
    }
}
