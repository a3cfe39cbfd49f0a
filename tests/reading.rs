// What `text`, `clauses` and `index` read of PDFs: passwords, places, explanations.

use std::fs;

use crate::drive::{Place, repository};

/// A folder with a locked file (its password is "barge") and two password files.
fn locked() -> Place {
    let place = Place::new();
    place.write("corpus/locked.pdf", fixture("qpdf-locked"));
    place.write("wrong", "canal\nquay\n");
    place.write("right", "\u{feff}canal\r\n\r\nbarge\r\n");
    place
}

fn fixture(name: &str) -> Vec<u8> {
    fs::read(repository().join(format!("tests/fixtures/pdf/{name}.pdf"))).expect("the fixture is there")
}

#[track_caller]
fn check_failure(line: &str, expected: &str) {
    let outcome = locked().chapeau(line);
    assert_eq!((outcome.code, outcome.stdout.as_str()), (Some(2), ""), "{}", outcome.stderr);
    assert!(outcome.stderr.contains(expected), "{}", outcome.stderr);
}

#[test]
fn a_locked_file_says_what_opens_it() {
    check_failure("text corpus/locked.pdf", "password: the file is locked by a password; give it with");
    check_failure("text --password-file wrong corpus/locked.pdf", "none of 2 passwords opens it");
    check_failure("text --password-file none corpus/locked.pdf", "cannot read the password file none");
    check_failure("text --password-file corpus/locked.pdf corpus/locked.pdf", "locked.pdf as UTF-8");
}

#[test]
fn a_password_file_opens_it() {
    let place = locked();
    let text = place.chapeau("text --password-file right corpus/locked.pdf").ended(0);
    assert!(!text.trim().is_empty());
    let clauses = place.chapeau("clauses --password-file right corpus/locked.pdf").ended(0);
    assert!(clauses.starts_with('{'), "{clauses}");
}

#[test]
fn passwords_make_the_batch_try_locked_files_again() {
    let place = locked();
    place.chapeau("index").ended(3);
    assert!(place.chapeau("status").ended(0).contains("locked.pdf: password: "));
    place.chapeau("index --password-file wrong").ended(3);
    place.chapeau("index --password-file right").ended(0);
    assert!(!place.chapeau("status").ended(0).contains("locked.pdf: password: "));
}

#[test]
fn each_line_is_printed_with_its_place() {
    let place = Place::new();
    place.write("a.pdf", fixture("libreoffice-note"));
    let printed = place.chapeau("text --boxes a.pdf").ended(0);
    assert!(printed.lines().count() > 3, "{printed}");
    for line in printed.lines() {
        let fields: Vec<&str> = line.split('\t').collect();
        let [page, left, top, right, bottom, words] = fields[..] else { panic!("six fields: {line:?}") };
        let number = |field: &str| field.parse::<f32>().expect("a number");
        assert!(number(page) >= 1.0 && number(left) < number(right) && number(top) < number(bottom));
        assert!(!words.is_empty(), "{line:?}");
    }
}

#[test]
fn pages_are_headed_by_their_numbers() {
    let place = Place::new();
    place.write("a.pdf", fixture("weasyprint-decision"));
    let pages = place.chapeau("text --pages a.pdf").ended(0);
    assert!(pages.starts_with("[page 1, printed 1]\n\nDecision on Fees"), "{pages}");
    let (_, second) = pages.split_once("\n\n[page 2, printed 2]\n\n").expect("a second page");
    assert!(second.starts_with("Annex: Fees"), "{pages}");
}

#[test]
fn what_a_format_cannot_tell_is_said() {
    let place = Place::new();
    place.write("a.txt", "The Council decides to meet.");
    place.write("a.html", "<!doctype html><p>The Council decides to meet.");
    for name in ["a.txt", "a.html"] {
        let pages = place.chapeau(&format!("text --pages {name}"));
        assert!(pages.stderr.contains("this format has no pages"), "{}", pages.stderr);
        assert!(pages.ended(0).contains("decides to meet."));
        let boxes = place.chapeau(&format!("text --boxes {name}"));
        assert!(boxes.stderr.contains("have no places on a page"), "{}", boxes.stderr);
        assert_eq!(boxes.ended(0), "");
        let explained = place.chapeau(&format!("text --explain {name}"));
        assert!(!explained.stderr.is_empty(), "each reader says how it read");
    }
}

#[test]
fn how_it_was_read_is_told_apart_from_the_text() {
    let place = Place::new();
    place.write("a.pdf", fixture("libreoffice-note"));
    let plain = place.chapeau("text a.pdf");
    let explained = place.chapeau("text --explain a.pdf");
    assert_eq!(explained.stdout, plain.stdout);
    assert!(explained.stderr.contains("hayro read "), "{}", explained.stderr);
    assert_eq!(plain.stderr, "");
}
