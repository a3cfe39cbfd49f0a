// Formats that LibreOffice converts, with a stand-in for it: what it is given, and what comes back.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use landlock::{ABI, Access, AccessFs, Ruleset, RulesetAttr, RulesetStatus};

use crate::drive::{Outcome, Place, repository};

/// Makes what LibreOffice would: the DOCX that lies beside the script.
const CONVERTS: &str = "mkdir made && cp \"${0%/*}/made.docx\" made/source.docx";

/// A place with an RTF file and a LibreOffice that is this script.
fn place(script: &str) -> Place {
    let place = Place::new();
    place.write("corpus/a.rtf", r"{\rtf1\ansi Anything}");
    place.write("bin/made.docx", fixture());
    place.write("bin/soffice", format!("#!/bin/sh\n{script}\n"));
    let all_may_run = fs::Permissions::from_mode(0o755);
    fs::set_permissions(place.path("bin/soffice"), all_may_run).expect("modes can be set");
    place
}

fn fixture() -> Vec<u8> {
    fs::read(repository().join("tests/fixtures/docx/libreoffice-treaty.docx")).expect("the fixture is there")
}

/// Runs `chapeau` with the stand-in on its search path, or with none.
fn run(place: &Place, line: &str, has_office: bool) -> Outcome {
    let path = place.path(if has_office { "bin" } else { "none" });
    place.command(line).env("PATH", path).output().expect("the binary can be started").into()
}

#[track_caller]
fn check_failure(script: &str, has_office: bool, expected: &str) {
    let outcome = run(&place(script), "text corpus/a.rtf", has_office);
    assert_eq!((outcome.code, outcome.stdout.as_str()), (Some(2), ""), "{}", outcome.stderr);
    assert!(outcome.stderr.contains(expected), "{}", outcome.stderr);
}

/// The stand-in's DOCX is read; nothing is, where the script fails before it makes one.
#[track_caller]
fn check_converted(script: &str, name: &str) {
    let place = place(&format!("{script}\n{CONVERTS}"));
    place.write(name, r"{\rtf1\ansi Anything}");
    let expected = run(&place, "text bin/made.docx", true).ended(0);
    assert!(expected.contains("Article"), "{expected}");
    assert_eq!(run(&place, &format!("text -- {name}"), true).ended(0), expected);
}

#[test]
fn what_libreoffice_makes_of_a_file_is_read() {
    check_converted("", "corpus/a.rtf");
    let explained = run(&place(CONVERTS), "text --explain corpus/a.rtf", true);
    assert!(explained.stderr.contains("LibreOffice made DOCX of RTF"), "{}", explained.stderr);
}

#[test]
fn no_name_is_taken_for_an_option() {
    let is_plain = "for word; do case $word in *outdir=*) exit 1;; esac; done; test -f source.rtf || exit 1";
    check_converted(is_plain, "--outdir=x.rtf");
}

#[test]
fn without_libreoffice_it_is_said_how_to_get_it() {
    check_failure(CONVERTS, false, "a.rtf: unsupported: found RTF, which LibreOffice makes readable");
    check_failure(CONVERTS, false, "apt install libreoffice-writer-nogui");
}

#[test]
fn a_libreoffice_that_fails_costs_its_file_only() {
    let check = |script| check_failure(script, true, "a.rtf: damaged: found RTF, of which LibreOffice makes");
    check("exit 1");
    check("kill -SEGV $$");
    check("mkdir made && echo words > made/source.docx");
    check("mkdir made made/source.docx");
    check("mkdir made && ln -s \"${0%/*}/made.docx\" made/source.docx");
    check("ln -s \"${0%/*}\" made && cp made/made.docx made/source.docx");
}

#[test]
#[expect(clippy::print_stderr, reason = "what a test leaves out must be said where its outcome is read")]
fn a_conversion_reads_and_writes_in_its_own_folder_only() {
    if !has_landlock() {
        eprintln!("LEFT OUT: this kernel has no Landlock");
        return;
    }
    let corpus = "cat \"${0%/*}/../corpus/a.rtf\" > stolen && exit 1";
    check_converted(corpus, "corpus/a.rtf");
    check_converted("echo x > \"${0%/*}/../left\" && exit 1", "corpus/a.rtf");
}

/// Whether the kernel can keep a program in a folder. It is tried in a thread of its own, which stays
/// kept there.
fn has_landlock() -> bool {
    let tried = std::thread::spawn(|| {
        let rules = Ruleset::default().handle_access(AccessFs::from_all(ABI::V1))?.create()?;
        rules.restrict_self()
    });
    let tried = tried.join().expect("it ends");
    tried.is_ok_and(|kept| kept.ruleset != RulesetStatus::NotEnforced)
}

#[test]
fn the_batch_reads_them_once_libreoffice_is_there() {
    let place = place(CONVERTS);
    run(&place, "index", false).ended(3);
    assert!(run(&place, "status", false).ended(0).contains("a.rtf: unsupported: found RTF"));
    run(&place, "index --retry-failed", true).ended(0);
    assert!(!run(&place, "status", true).ended(0).contains("unsupported"));
}
