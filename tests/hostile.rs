// Files that break readers: each is named with a reason, and nothing hangs, dies or is left behind.

use std::os::unix::fs::PermissionsExt;
use std::process::Command;

use crate::drive::{Place, repository};

/// `text` on a file that cannot be read: exit 2, nothing on stdout, the reason on stderr.
#[track_caller]
fn check(content: impl AsRef<[u8]>, expected: &str) {
    let place = Place::new();
    place.write("x.pdf", content);
    let outcome = place.chapeau("text x.pdf");
    assert_eq!((outcome.code, outcome.stdout.as_str()), (Some(2), ""), "{}", outcome.stderr);
    assert!(outcome.stderr.starts_with(expected), "{}", outcome.stderr);
}

#[test]
fn a_truncated_or_garbled_pdf_says_so() {
    check("%PDF-1.7\n", "x.pdf: damaged: ");
    check("%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R", "x.pdf: damaged: ");
    let noise: Vec<u8> = (0..20_000_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    check([b"%PDF-1.5\n", noise.as_slice()].concat(), "x.pdf: damaged: ");
}

#[test]
fn objects_that_nest_without_end_cost_nothing_but_their_file() {
    check(format!("%PDF-1.4\n1 0 obj\n{}", "[".repeat(1 << 20)), "x.pdf: ");
    check(format!("%PDF-1.4\n1 0 obj\n{}", "<</A".repeat(1 << 18)), "x.pdf: ");
}

/// Four gigabytes of spaces, compressed thrice, in 730 bytes.
#[test]
fn a_file_that_unpacks_to_more_than_there_is_memory_costs_itself_only() {
    let bomb = std::fs::read(repository().join("tests/fixtures/bomb.pdf")).expect("the fixture is there");
    check(&bomb, "x.pdf: too large: ");
    let place = Place::with_samples();
    place.write("corpus/bomb.pdf", bomb);
    let report = place.chapeau("index --jobs 1").ended(3);
    assert!(report.starts_with("5 added, 0 changed, 0 removed, 0 unchanged, 1 skipped"), "{report}");
}

#[test]
fn an_empty_or_foreign_file_says_so() {
    check("", "x.pdf: ");
    check(b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0", "x.pdf: unsupported: ");
}

#[test]
fn what_is_no_file_is_never_opened() {
    let place = Place::new();
    place.write("folder.pdf/inside.txt", "x");
    let made = Command::new("mkfifo").arg(place.path("pipe.pdf")).status();
    assert!(made.is_ok_and(|status| status.success()), "a named pipe can be made");
    for (name, what) in
        [("folder.pdf", "a folder"), ("pipe.pdf", "a named pipe"), ("gone.pdf", "the file is gone")]
    {
        let outcome = place.chapeau(&format!("text {name}"));
        assert_eq!(outcome.code, Some(2));
        assert!(outcome.stderr.contains(what), "{}", outcome.stderr);
    }
}

#[test]
fn a_batch_goes_on_over_every_bad_source_and_names_it() {
    let place = Place::with_samples();
    place.write("corpus/cut.pdf", "%PDF-1.7\n");
    place.write("corpus/folder.pdf/inside.txt", "The Council decides to meet.");
    place.write("corpus/locked.txt", "words");
    let locked = std::fs::Permissions::from_mode(0o000);
    std::fs::set_permissions(place.path("corpus/locked.txt"), locked).expect("modes can be set");
    let made = Command::new("mkfifo").arg(place.path("corpus/pipe.txt")).status();
    assert!(made.is_ok_and(|status| status.success()), "a named pipe can be made");
    std::os::unix::fs::symlink("/etc/hosts", place.path("corpus/out.txt")).expect("links can be made");

    let report = place.chapeau("index --format json").ended(3);
    let report: serde_json::Value = serde_json::from_str(&report).expect("it is JSON");
    let skipped: Vec<(&str, &str)> = report["skipped"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|skipped| (skipped["path"].as_str().unwrap_or(""), skipped["status"].as_str().unwrap_or("")))
        .filter(|(path, _)| *path != "locked.txt") // readable after all for root
        .collect();
    let expected = [
        ("cut.pdf", "damaged"),
        ("folder.pdf", "unreadable"),
        ("out.txt", "unreadable"),
        ("pipe.txt", "unreadable"),
    ];
    assert_eq!(skipped, expected);
    assert!(
        place
            .chapeau("status")
            .ended(0)
            .contains("pipe.txt: unreadable: a named pipe, want an ordinary file")
    );
    place.chapeau("index").ended(0);
}

#[test]
fn control_characters_of_a_document_never_reach_the_reader() {
    let place = Place::new();
    place.write(
        "corpus/a.txt",
        "The Council decides to keep the \u{1b}]0;owned\u{7}customs\u{202e} moratorium.\n",
    );
    let shown = place.chapeau("search moratorium").ended(0);
    assert!(!shown.contains(['\u{1b}', '\u{7}', '\u{202e}']), "{shown:?}");
}
