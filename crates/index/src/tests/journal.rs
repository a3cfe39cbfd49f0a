//! What runs changed is told once, whatever happens to the run that tells it.

use std::fs;

use super::*;
use crate::journal::crc_on;
use crate::ran::{MOST_GONE, in_parts};

/// A source of other bytes at each version.
fn put_version(writer: &mut Writer, version: &str, text: &str) {
    let source = SourceRecord { digest: version.to_owned(), ..source("a.txt") };
    writer.put(source, prepare(vec![document("a", text)]), TODAY).expect("put works");
}

/// The lines of the journal: run, document, what came, what went.
fn told(dir: &Path) -> Vec<String> {
    let history = open(dir).history(Since::Run(0)).expect("a sound journal");
    let line = |change: &DocumentChange| {
        let gone: Vec<&str> = change.gone.iter().map(|clause| clause.text.as_str()).collect();
        let new = if change.is_new { " new" } else { "" };
        format!(
            "{} {}{new} {:?}: {} came, gone {gone:?}",
            change.run,
            change.document,
            change.cause,
            change.came.len()
        )
    };
    history.changes.iter().map(line).collect()
}

/// Writes the journal anew, as many bytes as before, and lets the commit vouch for it.
fn rewrite(dir: &Path, change: impl Fn(&str) -> String) {
    let (path, commit) = (dir.join("CHANGES-1.jsonl"), dir.join("gen-1/meta.json"));
    let before = fs::read_to_string(&path).expect("a journal");
    let after = change(&before);
    fs::write(&path, &after).expect("it can be written");
    let said = |journal: &str| format!("\\\"crc\\\":{}", crc_on(0, journal.as_bytes()));
    let vouched = fs::read_to_string(&commit).expect("a commit").replace(&said(&before), &said(&after));
    fs::write(&commit, vouched).expect("it can be written");
}

#[test]
fn a_run_tells_what_came_and_what_went() {
    let dir = folder();
    write(dir.path(), |writer| put_version(writer, "1", "One\nTwo\nThree\nThree"));
    write(dir.path(), |writer| put_version(writer, "2", "Three\nZero\nOne"));
    write(dir.path(), |writer| put_version(writer, "3", "Zero\nThree\nOne"));
    write(dir.path(), |writer| put_version(writer, "3", "Zero\nThree\nOne more"));
    write(dir.path(), |writer| writer.remove("a.txt").expect("it goes"));
    assert_eq!(
        told(dir.path()),
        [
            "1 a new Source: 0 came, gone []",
            "2 a Source: 1 came, gone [\"Two\", \"Three\"]",
            "4 a Reading: 1 came, gone [\"One\"]",
            "5 a Source: 0 came, gone [\"Zero\", \"Three\", \"One more\"]",
        ]
    );
}

#[test]
fn a_rebuild_tells_only_what_changed() {
    let dir = folder();
    write(dir.path(), |writer| {
        put(writer, "a.txt", "One", TODAY);
        put(writer, "b.txt", "Two", TODAY);
    });
    let mut writer = Writer::rebuild(dir.path(), options()).expect("it begins");
    put(&mut writer, "a.txt", "One", TODAY);
    writer.finish().expect("it ends");
    assert_eq!(told(dir.path())[2..], ["2 b Source: 0 came, gone [\"Two\"]"]);
}

#[test]
fn what_no_commit_vouches_for_is_cut_off() {
    let dir = folder();
    write(dir.path(), |writer| put_version(writer, "1", "One"));
    let mut journal =
        fs::OpenOptions::new().append(true).open(dir.path().join("CHANGES-1.jsonl")).expect("it is there");
    std::io::Write::write_all(&mut journal, b"{\"run\": 2, half a li").expect("it can be written");
    assert_eq!(told(dir.path()).len(), 1);
    write(dir.path(), |writer| put_version(writer, "2", "Two"));
    assert_eq!(told(dir.path()).len(), 2);
    assert_eq!(verify(&open(dir.path())).expect("a sound index"), Vec::<String>::new());
}

#[test]
fn a_lost_journal_is_said_and_begun_again() {
    let dir = folder();
    write(dir.path(), |writer| put_version(writer, "1", "One"));
    fs::remove_file(dir.path().join("CHANGES-1.jsonl")).expect("it is there");
    assert_eq!(verify(&open(dir.path())).expect("a sound index").len(), 1);
    write(dir.path(), |writer| put_version(writer, "2", "Two"));
    assert_eq!(told(dir.path()), ["2 a Source: 1 came, gone [\"One\"]"]);
    let history = open(dir.path()).history(Since::Run(0)).expect("a sound journal");
    assert_eq!(history.forgotten.map(|forgotten| forgotten.run), Some(1));
}

#[test]
fn a_damaged_journal_is_said_and_begun_again() {
    let dir = folder();
    write(dir.path(), |writer| put_version(writer, "1", "One"));
    let path = dir.path().join("CHANGES-1.jsonl");
    let line = fs::read_to_string(&path).expect("a journal");
    fs::write(&path, line.replace("\"a\"", "\"b\"")).expect("it can be written");
    let faults = verify(&open(dir.path())).expect("it can be read");
    assert!(
        faults.len() == 1 && faults[0].contains("CHANGES-1.jsonl is not as it was written"),
        "{faults:?}"
    );
    // A run that finds nothing else to do repairs it too.
    write(dir.path(), |_| {});
    assert_eq!(verify(&open(dir.path())).expect("a sound index"), Vec::<String>::new());
    assert_eq!(told(dir.path()), Vec::<String>::new());
    let history = open(dir.path()).history(Since::Run(0)).expect("a sound journal");
    assert_eq!(history.forgotten.map(|forgotten| forgotten.run), Some(1));
    write(dir.path(), |writer| put_version(writer, "2", "Two"));
    assert_eq!(told(dir.path()), ["3 a Source: 1 came, gone [\"One\"]"]);
}

#[test]
fn old_changes_are_forgotten_and_that_is_said() {
    let dir = folder();
    write(dir.path(), |writer| put_version(writer, "1", "One"));
    let path = dir.path().join("CHANGES-1.jsonl");
    let today = open(dir.path()).history(Since::Run(0)).expect("a journal").changes[0].day;
    rewrite(dir.path(), |line| line.replace(&today.to_string(), "2020-01-02"));
    write(dir.path(), |writer| put_version(writer, "2", "Two"));
    assert_eq!(told(dir.path()), ["2 a Source: 1 came, gone [\"One\"]"]);
    let history = open(dir.path()).history(Since::Run(0)).expect("a journal");
    assert_eq!(history.forgotten, Some(Forgotten { run: 1, day: Date::constant(2020, 1, 2) }));
    write(dir.path(), |writer| put_version(writer, "3", "Three"));
    assert!(!path.exists(), "the old journal is gone once nobody can be reading it");
}

#[test]
fn a_line_of_another_version_is_forgotten_and_a_broken_one_is_damage() {
    let dir = folder();
    write(dir.path(), |writer| put_version(writer, "1", "One"));
    write(dir.path(), |writer| put_version(writer, "2", "Two"));
    write(dir.path(), |writer| put_version(writer, "3", "Three"));
    let path = dir.path().join("CHANGES-1.jsonl");
    let journal = fs::read_to_string(&path).expect("a journal");
    rewrite(dir.path(), |journal| journal.replacen("\"text\":\"One\"", "\"tuxt\":\"One\"", 1));
    assert_eq!(told(dir.path()), ["3 a Source: 1 came, gone [\"Two\"]"]);
    let history = open(dir.path()).history(Since::Run(0)).expect("a sound journal");
    assert_eq!(history.forgotten.map(|forgotten| forgotten.run), Some(2));
    fs::write(&path, journal.replacen("\"gone\":[", "\"gone\":]", 1)).expect("it can be written");
    assert!(open(dir.path()).history(Since::Run(0)).is_err());
}

#[test]
fn many_clauses_that_went_are_told_in_parts() {
    let dir = folder();
    write(dir.path(), |writer| put_version(writer, "1", "It rests."));
    write(dir.path(), |writer| put_version(writer, "2", "It runs."));
    let changes = open(dir.path()).history(Since::Run(1)).expect("a sound journal").changes;
    let check = |n_gone: usize, expected: &[(usize, usize)]| {
        let (gone, places) = (vec![changes[0].gone[0].clone(); n_gone], (0..n_gone).collect());
        let parts = in_parts(DocumentChange { gone, places, ..changes[0].clone() });
        let first = |part: &DocumentChange| (part.places.first().copied().unwrap_or(0), part.gone.len());
        assert_eq!(parts.iter().map(first).collect::<Vec<_>>(), expected);
        let came = parts.iter().map(|part| part.came.len()).collect::<Vec<_>>();
        assert_eq!((came.last(), came.iter().sum::<usize>()), (Some(&1), 1));
    };
    check(0, &[(0, 0)]);
    check(MOST_GONE, &[(0, MOST_GONE)]);
    check(2 * MOST_GONE + 1, &[(2 * MOST_GONE, 1), (MOST_GONE, MOST_GONE), (0, MOST_GONE)]);
}
