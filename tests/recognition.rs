// Pages whose text is only drawn, with a stand-in for Tesseract: what it is given, and what becomes
// of what it finds.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use crate::drive::{Outcome, Place, repository};

/// Finds what Tesseract found on the scanned page of the fixture.
const FINDS: &str = "test -s page.pgm && cat \"${0%/*}/table.tsv\" > page.tsv";
/// What is only on the scanned page.
const ON_SCAN: &str = "Mill Bridge\t8.00\tfree";
/// What is said of pages that Tesseract could read.
const HINT: &str = "page 2 without text, only an image; --ocr reads what is only drawn";

fn fixture(name: &str) -> Vec<u8> {
    fs::read(repository().join("tests/fixtures/pdf").join(name)).expect("the fixture is there")
}

/// A place with a PDF whose second page is a scan, and a Tesseract that is this script.
fn place(script: &str) -> Place {
    let place = Place::new();
    place.write("corpus/a.pdf", fixture("scanned-annex.pdf"));
    place.write("bin/table.tsv", fixture("scanned-annex.tsv"));
    let languages = "test \"$1\" = --list-langs && printf 'List:\\neng\\nfra\\nosd\\n' && exit";
    place.write("bin/tesseract", format!("#!/bin/sh\n{languages}\n{script}\n"));
    let all_may_run = fs::Permissions::from_mode(0o755);
    fs::set_permissions(place.path("bin/tesseract"), all_may_run).expect("modes can be set");
    place
}

/// Runs `chapeau` with the stand-in on its search path.
fn run(place: &Place, line: &str) -> Outcome {
    let path = format!("{}:/usr/bin:/bin", place.path("bin").display());
    place.command(line).env("PATH", path).output().expect("the binary can be started").into()
}

/// Runs it where there is no Tesseract.
fn run_without(place: &Place, line: &str) -> Outcome {
    place.command(line).env("PATH", place.path("none")).output().expect("the binary can be started").into()
}

#[test]
fn a_scanned_page_is_read_among_others() {
    let place = place(FINDS);
    let outcome = run(&place, "text --ocr --explain corpus/a.pdf");
    assert!(outcome.stderr.contains("page 2 recognised by Tesseract"), "{}", outcome.stderr);
    let text = outcome.ended(0);
    let (first, second) = text.split_once("Annex: Fees").expect("the scan comes second");
    assert!(first.contains("print them in English") && second.contains(ON_SCAN), "{text}");

    let boxes = run(&place, "text --ocr --boxes corpus/a.pdf").ended(0);
    assert!(boxes.lines().any(|line| line.starts_with("2\t") && line.contains("Upper Lock")), "{boxes}");
}

#[test]
fn without_ocr_or_tesseract_it_is_said_how_to_read_it() {
    let place = place(FINDS);
    let outcome = run(&place, "text corpus/a.pdf");
    assert!(outcome.stderr.contains(HINT), "{}", outcome.stderr);
    assert!(!outcome.ended(0).contains(ON_SCAN));

    let outcome = run_without(&place, "text --ocr corpus/a.pdf");
    assert!(outcome.stderr.contains("Tesseract is not installed"), "{}", outcome.stderr);
    assert!(outcome.stderr.contains(HINT), "{}", outcome.stderr);
    assert!(!outcome.ended(0).contains(ON_SCAN));
}

#[test]
fn an_image_of_a_page_is_read_as_a_scan() {
    let place = place(FINDS);
    let image =
        fs::read(repository().join("tests/fixtures/images/group4.tif")).expect("the fixture is there");
    place.write("corpus/a.pdf", image);
    let outcome = run(&place, "text --ocr --explain corpus/a.pdf");
    assert!(outcome.stderr.contains("a TIFF image, put on pages as a scan in a PDF"), "{}", outcome.stderr);
    assert!(outcome.ended(0).contains("Mill Bridge"));
    let outcome = run(&place, "index --format json");
    assert!(outcome.stdout.contains("all images without text; --ocr reads"), "{}", outcome.stdout);
    assert_eq!(outcome.code, Some(3));
    run(&place, "index --ocr").ended(0);
    run(&place, "search bridge").ended(0);
}

#[test]
fn languages_are_those_asked_for() {
    let only_in = |languages: &str| place(&format!("case \"$*\" in *'-l {languages} --'*) {FINDS};; esac"));
    for (languages, asked) in
        [("eng+fra", ""), ("fra+eng", " --ocr-lang fra,eng"), ("fra", " --ocr-lang fra")]
    {
        let line = format!("text --ocr{asked} corpus/a.pdf");
        assert!(run(&only_in(languages), &line).ended(0).contains(ON_SCAN), "{languages}");
    }
    let place = only_in("eng");
    let outcome = run(&place, "text --ocr --ocr-lang deu corpus/a.pdf");
    assert!(outcome.stderr.contains("no language \"deu\", want one of eng, fra, osd"), "{}", outcome.stderr);
    assert_eq!((outcome.code, outcome.stdout.as_str()), (Some(2), ""));
}

/// A page is read again in the one language that its words are in, and stays so if that goes well.
#[test]
fn one_language_is_read_for_itself() {
    let place = place(&format!(
        "case \"$*\" in *'-l eng --'*) cat \"${{0%/*}}/eng.tsv\" > page.tsv;; *) {FINDS};; esac"
    ));
    let better = String::from_utf8(fixture("scanned-annex.tsv")).expect("a table of text");
    place.write("bin/eng.tsv", better.replace("Quay", "Key"));
    assert!(run(&place, "text --ocr corpus/a.pdf").ended(0).contains("Old Key"));
}

#[test]
fn a_clause_says_how_sure_it_is() {
    let place = place(FINDS);
    let clauses = run(&place, "clauses --ocr corpus/a.pdf").ended(0);
    for line in clauses.lines() {
        let clause: serde_json::Value = serde_json::from_str(line).expect("it is JSON");
        let sure = clause["ocr_confidence"].as_f64();
        assert_eq!(sure.is_some(), clause["page"] == 2, "{clause}");
        assert!(sure.is_none_or(|sure| (0.9..=1.0).contains(&sure)), "{clause}");
    }
}

#[test]
fn words_that_are_not_sure_are_warned_of() {
    let place = place(FINDS);
    let unsure = String::from_utf8(fixture("scanned-annex.tsv")).expect("a table of text");
    place.write("bin/table.tsv", unsure.replace("\t96.", "\t41."));
    let outcome = run(&place, "text --ocr corpus/a.pdf");
    assert!(outcome.stderr.contains("page 2: recognised from an image, 58 "), "{}", outcome.stderr);
    assert!(outcome.stderr.contains("% sure: compare it with the original"), "{}", outcome.stderr);
}

#[test]
fn a_tesseract_that_fails_costs_its_page_only() {
    for script in [
        "exit 1",
        "kill -SEGV $$",
        "mkdir page.tsv",
        "ln -s \"${0%/*}/table.tsv\" page.tsv",
        "printf '\\377\\376' > page.tsv",
    ] {
        let outcome = run(&place(script), "text --ocr corpus/a.pdf");
        let expected = "page 2: without text, and not recognised: Tesseract makes nothing of its image";
        assert!(outcome.stderr.contains(expected), "{script}: {}", outcome.stderr);
        assert!(outcome.ended(0).contains("print them in English"));
    }
    let outcome = run(&place("echo > page.tsv"), "text --ocr corpus/a.pdf");
    assert!(outcome.stderr.contains("no word was recognised"), "{}", outcome.stderr);
}

#[test]
fn the_batch_recognises_a_page_once() {
    let place = place(FINDS);
    assert!(run(&place, "index").ended(0).contains("1 added"));
    assert!(run(&place, "index").ended(0).contains("1 unchanged"));
    assert!(run_without(&place, "index --ocr").ended(0).contains("1 unchanged"));
    let planned = run(&place, "index --ocr --dry-run").ended(0);
    assert!(planned.contains("try again a.pdf (some of its text is only drawn"), "{planned}");
    assert!(run(&place, "index --ocr").ended(0).contains("1 changed"));
    assert!(run(&place, "index --ocr").ended(0).contains("1 unchanged"));
    let hit = run(&place, "search 'Mill Bridge'").ended(0);
    assert!(hit.contains("recognised from a scan, 96 % sure"), "{hit}");

    // What was recognised stays, whoever reads the file again.
    place.write("corpus/metadata.csv", "path,title\na.pdf,Fees\n");
    for again in ["index", "index --rebuild"] {
        assert!(run_without(&place, again).ended(0).contains(", 0 skipped"));
        assert!(run_without(&place, "search 'Mill Bridge'").ended(0).contains("recognised from a scan"));
    }

    place.write("corpus/b.txt", "The Council decides to meet.");
    place.remove("corpus/a.pdf");
    run_without(&place, "index").ended(0);
    let kept = fs::read_dir(place.path("index/.recognised")).expect("the folder is there");
    assert_eq!(kept.count(), 0, "what belongs to no source is forgotten");
}

/// The same with the real one, where it is installed.
#[test]
#[expect(clippy::print_stderr, reason = "what a test leaves out must be said where its outcome is read")]
fn the_tesseract_of_this_machine_reads_it() {
    let place = place("");
    let outcome = place.chapeau("text --ocr corpus/a.pdf");
    if outcome.stderr.contains("Tesseract is not installed")
        || outcome.stderr.contains("none of the languages")
    {
        eprintln!("LEFT OUT: Tesseract is not installed here");
        return;
    }
    assert!(outcome.stdout.contains("Mill Bridge"), "{}\n{}", outcome.stdout, outcome.stderr);
}
