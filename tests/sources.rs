// What becomes of sources that are touched, renamed, copied or moved, and of an older index.

use std::fs;

use serde_json::Value;

use crate::drive::{Place, repository};

const MEET: &str = "The Council,\n\nDecides:\n\n1. To meet again.\n";
const REST: &str = "The Council,\n\nDecides:\n\n1. To rest.\n";

/// Runs `index` and compares added, changed, removed and unchanged.
#[track_caller]
fn check(place: &Place, words: &str, expected: [u64; 4]) {
    let report = place.chapeau(&format!("index --format json {words}")).ended(0);
    let report: Value = serde_json::from_str(&report).expect("it is JSON");
    let counts =
        ["added", "changed", "removed", "unchanged"].map(|field| report[field].as_u64().unwrap_or(99));
    assert_eq!(counts, expected, "{report}");
}

/// The ids of the documents.
fn documents(place: &Place) -> Vec<String> {
    let list: Value =
        serde_json::from_str(&place.chapeau("list --format json").ended(0)).expect("it is JSON");
    let list = list.as_array().expect("a list").iter();
    list.map(|document| document["id"].as_str().unwrap_or_default().to_owned()).collect()
}

fn plan(place: &Place) -> String {
    place.chapeau("index --dry-run").ended(0)
}

#[test]
fn a_touched_source_is_compared_once() {
    let place = Place::new();
    place.write("corpus/a.txt", MEET);
    check(&place, "", [1, 0, 0, 0]);
    let touch = |year: u64| {
        let time = std::time::SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(year * 31_557_600);
        let file = fs::File::options().write(true).open(place.path("corpus/a.txt")).expect("it is there");
        file.set_modified(time).expect("times can be set");
    };
    touch(40);
    check(&place, "", [0, 0, 0, 1]);
    // Other bytes of the same length under the remembered time go unnoticed: they are not read.
    place.write("corpus/a.txt", MEET.replace("again", "never"));
    touch(40);
    check(&place, "", [0, 0, 0, 1]);
    touch(41);
    check(&place, "", [0, 1, 0, 0]);
}

#[test]
fn a_renamed_source_keeps_its_id() {
    let place = Place::new();
    place.write("corpus/a.txt", MEET);
    place.write("corpus/z.txt", REST);
    check(&place, "", [2, 0, 0, 0]);
    fs::create_dir(place.path("corpus/deep")).expect("folders can be made");
    fs::rename(place.path("corpus/a.txt"), place.path("corpus/deep/b.txt")).expect("files can be moved");
    let planned = plan(&place);
    assert!(planned.contains("rename deep/b.txt (has the content of a.txt, which is gone)"), "{planned}");
    check(&place, "", [0, 1, 0, 1]);
    assert_eq!(documents(&place), ["a", "z"]);
    check(&place, "", [0, 0, 0, 2]);
    assert!(place.chapeau("show a --format json").ended(0).contains("deep/b.txt"));
}

#[test]
fn one_text_under_two_paths_is_one_document() {
    let place = Place::new();
    place.write("corpus/a.txt", MEET);
    place.write("corpus/b.txt", MEET);
    check(&place, "", [2, 0, 0, 0]);
    assert_eq!(documents(&place), ["a"]);
    let status: Value = serde_json::from_str(&place.chapeau("status --format json").ended(0)).expect("JSON");
    assert_eq!(status["repeated"], serde_json::json!([{"path": "b.txt", "same_as": "a.txt"}]));
    check(&place, "", [0, 0, 0, 2]);
    // The one that was read goes: the other takes its place, and its id.
    place.remove("corpus/a.txt");
    check(&place, "", [0, 1, 0, 0]);
    assert_eq!(documents(&place), ["a"]);
    place.write("corpus/c.txt", MEET);
    check(&place, "", [1, 0, 0, 1]);
    // The one that was read changes: the other is a document of its own.
    place.write("corpus/b.txt", REST);
    check(&place, "", [0, 2, 0, 0]);
    assert_eq!(documents(&place), ["a", "c"]);
    place.chapeau("search 'meet again'").ended(0);
    place.chapeau("verify").ended(0);
}

#[test]
fn what_cannot_be_read_for_a_while_is_named_and_not_lost() {
    let place = Place::new();
    place.write("corpus/a.txt", MEET);
    place.write("corpus/b.txt", REST);
    check(&place, "", [2, 0, 0, 0]);
    place.remove("corpus/a.txt");
    std::os::unix::fs::symlink("nowhere", place.path("corpus/a.txt")).expect("links can be made");
    let said = place.chapeau("index").ended(3);
    assert!(said.contains("skipped a.txt: unreadable: a link that leads nowhere"), "{said}");
    place.chapeau("search 'meet again'").ended(0);
    assert!(place.chapeau("status").ended(0).contains("a.txt: unreadable"));
    check(&place, "", [0, 0, 0, 2]);
    place.chapeau("verify").ended(0);
    place.remove("corpus/a.txt");
    place.write("corpus/a.txt", MEET);
    check(&place, "", [0, 1, 0, 1]);
    assert!(!place.chapeau("status").ended(0).contains("unreadable"));
    assert_eq!(documents(&place), ["a", "b"]);
}

#[test]
fn several_folders_and_files_are_one_corpus() {
    let place = Place::new();
    place.write("one/a.txt", MEET);
    place.write("two/b.txt", REST);
    place.write("two/.hidden/c.txt", "Hidden.");
    place.write("alone.txt", "The Council decides to go.\n");
    check(&place, "one two alone.txt", [3, 0, 0, 0]);
    check(&place, "one two alone.txt", [0, 0, 0, 3]);
    check(&place, "one alone.txt", [0, 0, 1, 2]);
}

#[test]
fn an_index_among_its_sources_is_no_source() {
    let place = Place::new();
    place.write("a.txt", MEET);
    place.write("deep/index/b.txt", REST);
    check(&place, ". --index index", [2, 0, 0, 0]);
    check(&place, ". --index index", [0, 0, 0, 2]);
    assert_eq!(documents(&place), ["a", "deep-index-b"]);
}

#[test]
fn an_index_of_an_older_format_is_built_anew_with_its_ids_and_dates() {
    let place = Place::new();
    copy_folder(&repository().join("tests/fixtures/index-of-format-1"), &place.path("index"));
    place.write(
        "corpus/a.txt",
        "The Council,\n\nDecides:\n\n1. To meet again.\n\n2. To report to the General Council.\n",
    );
    place.write("corpus/b.txt", REST);
    let error = place.chapeau("search meet");
    assert_eq!(error.code, Some(2));
    assert!(error.stderr.contains("has format version 1, want 7"), "{}", error.stderr);
    assert!(plan(&place).contains("read again a.txt (the format of the index is newer)"), "{}", plan(&place));
    check(&place, "", [2, 0, 1, 0]);
    assert_eq!(documents(&place), ["b", "kept-id"]);
    let clauses = place.chapeau("export").ended(0);
    let kept: Vec<&str> = clauses.lines().filter(|line| line.contains("\"document\":\"kept-id\"")).collect();
    assert_eq!(kept.len(), 4, "{clauses}");
    assert!(kept.iter().all(|line| line.contains("\"added\":\"2026-11-21\"")), "{clauses}");
}

fn copy_folder(from: &std::path::Path, to: &std::path::Path) {
    fs::create_dir_all(to).expect("folders can be made");
    for entry in fs::read_dir(from).expect("the folder is there") {
        let entry = entry.expect("its entries can be read");
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy_folder(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).expect("files can be copied");
        }
    }
}

#[test]
fn files_of_one_name_are_all_found() {
    let place = Place::new();
    place.write("one/x.txt", MEET);
    place.write("one/2:x.txt", REST);
    place.write("two/x.txt", MEET.replace("meet", "sleep"));
    check(&place, "one two", [3, 0, 0, 0]);
    check(&place, "one two", [0, 0, 0, 3]);
    for word in ["meet", "rest", "sleep"] {
        place.chapeau(&format!("search {word}")).ended(0);
    }
}

#[test]
fn a_folder_that_is_away_empties_nothing() {
    let place = Place::new();
    place.write("corpus/a.txt", MEET);
    place.write("corpus/b.txt", REST);
    check(&place, "", [2, 0, 0, 0]);
    place.remove("corpus/a.txt");
    place.remove("corpus/b.txt");
    let refused = place.chapeau("index");
    assert_eq!(refused.code, Some(2), "{}", refused.stderr);
    assert!(refused.stderr.contains("--allow-removal"), "{}", refused.stderr);
    let planned = place.chapeau("index --dry-run");
    assert!(planned.code == Some(0) && planned.stderr.contains("--allow-removal"), "{}", planned.stderr);
    assert_eq!(documents(&place).len(), 2);
    check(&place, "--allow-removal", [0, 0, 2, 0]);
    place.chapeau("search meet").ended(1);
}

#[test]
fn tables_of_the_corpus_are_ordinary_files_below_it() {
    let place = Place::new();
    place.write("corpus/a.txt", MEET);
    for name in ["corpus/metadata.csv", "corpus/.chapeauignore"] {
        let made = std::process::Command::new("mkfifo").arg(place.path(name)).status();
        assert!(made.is_ok_and(|status| status.success()), "a named pipe can be made");
    }
    let report = place.chapeau("index");
    assert_eq!(report.code, Some(0), "{}", report.stderr);
    assert_eq!(report.stderr.matches("it is passed over: a named pipe").count(), 2, "{}", report.stderr);
    for (name, target) in [("corpus/metadata.csv", "/etc/passwd"), ("corpus/.chapeauignore", "/dev/zero")] {
        place.remove(name);
        std::os::unix::fs::symlink(target, place.path(name)).expect("a link can be made");
    }
    let report = place.chapeau("index");
    assert_eq!(report.code, Some(0), "{}", report.stderr);
    assert_eq!(report.stderr.matches("a link stands in its place").count(), 2, "{}", report.stderr);
    assert!(!report.stderr.contains("root:"), "{}", report.stderr);
}

#[test]
fn a_file_named_by_itself_has_its_table_beside_it() {
    let place = Place::new();
    place.write("x.txt", MEET);
    place.write("metadata.csv", "path,title\nx.txt,Rules of the lamps\n");
    let report = place.chapeau("index x.txt");
    assert_eq!((report.code, report.stderr.as_str()), (Some(0), ""));
    assert!(place.chapeau("list").ended(0).contains("Rules of the lamps"));
}

#[test]
fn what_is_ignored_is_told_by_the_nearest_file() {
    let place = Place::new();
    place.write("corpus/.chapeauignore", "*.txt\n!kept.txt\nfolder/\n# a remark\n");
    place.write("corpus/below/.chapeauignore", "!lit.txt\n/only-here.md\n");
    for name in ["a.txt", "kept.txt", "folder/b.md", "below/lit.txt", "below/c.txt", "below/only-here.md"] {
        place.write(&format!("corpus/{name}"), MEET.replace("meet", name));
    }
    place.write("corpus/only-here.md", REST);
    check(&place, "", [3, 0, 0, 0]);
    assert_eq!(documents(&place), ["below-lit", "kept", "only-here"]);
}

#[test]
fn records_do_not_take_the_ids_of_other_documents() {
    let place = Place::with_samples();
    let fake = r#"{"document":"aaa","id":"wt-l-843/op-4","text":"Lamps may be taxed.","title":"Fake"}"#;
    place.write("corpus/aaa.clauses.jsonl", fake);
    let report = place.chapeau("index");
    assert_eq!(report.code, Some(0), "{}", report.stderr);
    assert!(report.stderr.contains("\"aaa/wt-l-843-op-4\""), "{}", report.stderr);
    assert!(!place.chapeau("show wt-l-843/op-4").ended(0).contains("Lamps"));
    place.chapeau("verify corpus").ended(0);
}
