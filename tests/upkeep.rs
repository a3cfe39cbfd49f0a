// Looking after an index: export, verify, status, and what a run leaves on record.

use std::fs;
use std::io::{BufRead, BufReader};
use std::process::Stdio;

use serde_json::Value;

use crate::drive::{Place, samples};

fn json(text: &str) -> Value {
    serde_json::from_str(text).expect("it is JSON")
}

/// The hits of a query without what a move changes: the day on which they were first seen.
fn answer(place: &Place, query: &str) -> Value {
    let mut answer = json(&place.chapeau(&format!("search '{query}' --format json --limit 50")).ended(0));
    answer["took_ms"] = Value::Null;
    answer
}

#[test]
fn an_export_indexed_again_gives_the_same_answers() {
    let place = Place::new();
    let exported = samples().chapeau("export").ended(0);
    place.write("corpus/all.clauses.jsonl", &exported);
    place.chapeau("index").ended(0);
    assert_eq!(place.chapeau("export").ended(0), exported);
    for query in
        ["customs duties on electronic transmissions", "part:operative", "\"Work Programme\" NOT moratorium"]
    {
        assert_eq!(answer(&place, query), answer(samples(), query), "{query}");
    }
}

#[test]
fn an_export_for_a_spreadsheet_has_a_row_for_each_clause() {
    let table = samples().chapeau("export --format csv").ended(0);
    assert!(table.starts_with("id,document,citation,title,"), "{}", &table[..80]);
    let clauses = samples().chapeau("export").ended(0).lines().count();
    let mut rows = csv::Reader::from_reader(table.as_bytes());
    let rows: Vec<_> = rows.records().map(|row| row.expect("a row")).collect();
    assert_eq!(rows.len(), clauses);
}

#[test]
fn a_whole_index_is_said_to_be_whole() {
    assert!(samples().chapeau("verify").ended(0).contains("is whole"));
    assert_eq!(samples().chapeau("verify corpus").ended(0).lines().count(), 1);
    let found = json(&samples().chapeau("verify --format json").ended(0));
    assert_eq!((&found["faults"], &found["repair"]), (&serde_json::json!([]), &Value::Null));
}

#[test]
fn an_index_that_is_behind_its_sources_says_so() {
    let place = Place::with_samples();
    place.chapeau("index").ended(0);
    place.write("corpus/new.txt", "The Council decides to meet.\n");
    place.chapeau("verify").ended(0);
    let said = place.chapeau("verify corpus").ended(2);
    assert!(said.contains("behind: add new.txt (not indexed yet)"), "{said}");
    assert!(said.contains("repair: bring it up to date: chapeau index"), "{said}");
}

#[test]
fn a_damaged_index_is_named_and_can_be_repaired() {
    for ending in ["store", "idx", "term", "fast"] {
        let place = Place::with_samples();
        place.chapeau("index").ended(0);
        let files = fs::read_dir(place.path("index/gen-1")).expect("a folder");
        let mut paths = files.map(|entry| entry.expect("an entry").path());
        let file = paths.find(|path| path.extension().is_some_and(|end| end == ending)).expect("such a file");
        let mut bytes = fs::read(&file).expect("it can be read");
        let at = bytes.len() / 3;
        bytes[at] ^= 0x55;
        fs::write(&file, bytes).expect("it can be written");
        let said = place.chapeau("verify").ended(2);
        assert!(said.contains("repair: read all sources again"), "{ending}: {said}");
        place.chapeau("index --rebuild").ended(0);
        place.chapeau("verify corpus").ended(0);
    }
}

#[test]
fn what_came_in_lately_can_be_asked_for() {
    for words in ["--since 7d", "--since 2020-01-01", "'added:>=2020-01-01'"] {
        samples().chapeau(&format!("search moratorium {words}")).ended(0);
    }
    for words in ["--since 2999-01-01", "'added:>=2999-01-01'", "'added:2020'"] {
        samples().chapeau(&format!("search moratorium {words}")).ended(1);
    }
    samples().chapeau("search moratorium --since soon").ended(2);
}

#[test]
fn status_tells_of_the_last_run() {
    let place = Place::with_samples();
    place.write("corpus/cut.pdf", "%PDF-1.7\n");
    place.chapeau("index").ended(3);
    let last_run = |place: &Place| json(&place.chapeau("status --format json").ended(0))["last_run"].clone();
    let first = last_run(&place);
    assert_eq!((&first["added"], &first["skipped"], &first["failed"]), (&5.into(), &1.into(), &Value::Null));
    place.chapeau("index").ended(0);
    assert_eq!(last_run(&place)["unchanged"], 6);
    place.write("corpus/another.pdf", "%PDF-1.7\n");
    place.chapeau("index --fail-fast").ended(2);
    let failed = last_run(&place)["failed"].as_str().unwrap_or_default().to_owned();
    assert!(failed.starts_with("stopped at another.pdf"), "{failed}");
    assert!(place.chapeau("status").ended(0).contains("failed: stopped at another.pdf"));
}

#[test]
fn a_watched_folder_is_indexed_as_it_changes() {
    let place = Place::with_samples();
    let mut command = place.command("index --watch --format json");
    let mut job = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("it starts");
    let mut reports = BufReader::new(job.stdout.take().expect("it is piped"));
    let mut next = || {
        let mut line = String::new();
        reports.read_line(&mut line).expect("it can be read");
        json(&line)
    };
    assert_eq!(next()["added"], 5);
    place.write("corpus/deep/new.txt", "The Council decides to meet.\n");
    assert_eq!(next()["added"], 1);
    // As editors save: beside, and then in place of the file.
    place.write("corpus/deep/.new.txt.swp", "The Council decides to meet no more.\n");
    fs::rename(place.path("corpus/deep/.new.txt.swp"), place.path("corpus/deep/new.txt")).expect("a rename");
    assert_eq!(next()["changed"], 1);
    fs::remove_dir_all(place.path("corpus/deep")).expect("folders can be removed");
    assert_eq!(next()["removed"], 1);
    job.kill().expect("it can be killed");
    job.wait().expect("it can be waited for");
    place.chapeau("verify corpus").ended(0);
}
