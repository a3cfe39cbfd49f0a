// Running `index` again: only what changed is touched, and what is gone is removed.

use std::fs;

use serde_json::Value;

use crate::drive::Place;

/// Runs `index` with these words and compares added, changed, removed and unchanged.
#[track_caller]
fn check(place: &Place, words: &str, code: i32, expected: [u64; 4]) -> Value {
    let report = place.chapeau(&format!("index --format json {words}")).ended(code);
    let report: Value = serde_json::from_str(&report).expect("it is JSON");
    let counts =
        ["added", "changed", "removed", "unchanged"].map(|field| report[field].as_u64().unwrap_or(99));
    assert_eq!(counts, expected, "{report}");
    report
}

#[test]
fn only_what_changed_is_touched() {
    let place = Place::with_samples();
    check(&place, "", 0, [5, 0, 0, 0]);
    check(&place, "", 0, [0, 0, 0, 5]);
    place.write("corpus/new.txt", "The Council decides to meet again.\n");
    check(&place, "", 0, [1, 0, 0, 5]);
    place.write("corpus/new.txt", "The Council decides to meet no more.\n");
    check(&place, "", 0, [0, 1, 0, 5]);
    place.chapeau("search 'meet no more'").ended(0);
    place.chapeau("search 'meet again' AND =again --kind decision").ended(1);
    place.remove("corpus/new.txt");
    check(&place, "", 0, [0, 0, 1, 5]);
    place.chapeau("search path:new.txt").ended(1);
}

#[test]
fn a_file_written_again_with_the_same_words_is_unchanged() {
    let place = Place::new();
    place.write("corpus/a.txt", "The Council decides to meet.\n");
    check(&place, "", 0, [1, 0, 0, 0]);
    place.write("corpus/a.txt", "The Council decides to meet.\n");
    check(&place, "", 0, [0, 0, 0, 1]);
}

#[test]
fn what_metadata_says_anew_is_read_anew() {
    let place = Place::new();
    place.write("corpus/a.txt", "The Council decides to meet.\n");
    place.write("corpus/b.txt", "The Council decides to rest.\n");
    check(&place, "", 0, [2, 0, 0, 0]);
    place.write("corpus/metadata.csv", "path,title\na.txt,Meetings\n");
    check(&place, "", 0, [0, 1, 0, 1]);
    assert!(place.chapeau("list").ended(0).contains("Meetings"));
    place.write("corpus/metadata.csv", "path,title\na.txt,Meetings\nc.txt,Nothing\n");
    let report = check(&place, "", 0, [0, 0, 0, 2]);
    assert!(report["warnings"].to_string().contains("line 3 speaks of c.txt"), "{report}");
}

#[test]
fn a_dry_run_says_why_and_does_nothing() {
    let place = Place::with_samples();
    let plan = place.chapeau("index --dry-run").ended(0);
    assert!(plan.contains("add bali-work-programme-2013.txt (not indexed yet)"), "{plan}");
    assert!(!place.path("index").exists());
}

#[test]
fn skipped_sources_are_tried_again_only_when_asked() {
    let place = Place::with_samples();
    place.write("corpus/cut.pdf", "%PDF-1.7\n");
    check(&place, "", 3, [5, 0, 0, 0]);
    check(&place, "", 0, [0, 0, 0, 6]);
    check(&place, "--retry-failed", 3, [0, 0, 0, 5]);
    check(&place, "--rebuild", 3, [5, 0, 0, 0]);
}

#[test]
fn pages_about_the_corpus_and_hidden_or_ignored_files_are_no_documents() {
    let place = Place::new();
    for name in ["a.txt", "README.md", "deep/readme.md", ".hidden.txt", "drafts/b.txt", "deep/c.txt"] {
        place.write(&format!("corpus/{name}"), "The Council decides to meet.\n");
    }
    place.write("corpus/.chapeauignore", "drafts/\n");
    check(&place, "", 0, [2, 0, 0, 0]);
}

#[test]
fn a_source_that_is_not_there_empties_no_index() {
    let place = Place::with_samples();
    check(&place, "", 0, [5, 0, 0, 0]);
    let outcome = place.chapeau("index nowhere");
    assert_eq!(outcome.code, Some(2));
    assert!(outcome.stderr.contains("cannot read source nowhere"), "{}", outcome.stderr);
    check(&place, "", 0, [0, 0, 0, 5]);
}

/// The ids and scores of the hits, in order.
fn ranking(place: &Place, query: &str) -> Vec<(String, String)> {
    let answer = place.chapeau(&format!("search '{query}' --format json --limit 50")).ended(0);
    let answer: Value = serde_json::from_str(&answer).expect("it is JSON");
    let hits = answer["hits"].as_array().expect("a list");
    hits.iter().map(|hit| (hit["id"].to_string(), hit["score"].to_string())).collect()
}

#[test]
fn an_index_grown_by_steps_answers_as_one_built_at_once() {
    let (grown, whole) = (Place::new(), Place::with_samples());
    whole.chapeau("index").ended(0);
    let copy = |name: &str| {
        let path = format!("corpus/{name}");
        grown.write(&path, fs::read(whole.path(&path)).expect("it is there"));
    };
    // Ids are fixed at first indexing, so what is said of a source must be there from the start.
    copy("metadata.csv");
    for name in [
        "wto-ecommerce-jsi-slides.txt",
        "bali-work-programme-2013.txt",
        "wt-l-843-work-programme-2011.txt",
        "recommendations-work-programme.txt",
        "mc13-draft-work-programme-2024.txt",
    ] {
        copy(name);
        grown.write("corpus/passing.txt", format!("Customs duties and {name}.\n"));
        grown.chapeau("index").ended(0);
    }
    grown.remove("corpus/passing.txt");
    grown.chapeau("index").ended(0);
    for query in ["customs duties on electronic transmissions", "moratorium", "developing countries"] {
        assert_eq!(ranking(&grown, query), ranking(&whole, query), "{query}");
    }
}
