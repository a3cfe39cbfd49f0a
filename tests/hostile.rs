// Files that break readers: each is named with a reason, and nothing hangs, dies or is left behind.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};

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
    let bomb = fs::read(repository().join("tests/fixtures/bomb.pdf")).expect("the fixture is there");
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
        [("folder.pdf", "a folder"), ("pipe.pdf", "a named pipe"), ("gone.pdf", "there is no such file")]
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
    let locked = fs::Permissions::from_mode(0o000);
    fs::set_permissions(place.path("corpus/locked.txt"), locked).expect("modes can be set");
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

/// A PDF of these objects, numbered from 1; the first is its catalog.
fn pdf_of(objects: &[String]) -> Vec<u8> {
    let mut out = b"%PDF-1.7\n".to_vec();
    let mut offsets = String::new();
    for (object, number) in objects.iter().zip(1..) {
        offsets.push_str(&format!("{:010} 00000 n \n", out.len()));
        out.extend_from_slice(format!("{number} 0 obj\n{object}\nendobj\n").as_bytes());
    }
    let (start, size) = (out.len(), objects.len() + 1);
    let tail =
        format!("xref\n0 {size}\n0000000000 65535 f \n{offsets}trailer\n<< /Size {size} /Root 1 0 R >>\n");
    out.extend_from_slice(format!("{tail}startxref\n{start}\n%%EOF\n").as_bytes());
    out
}

/// A page with the words "Members agree." in a font that is this object, and what else the font needs.
fn pdf_with_font(font: &str, others: &[&str]) -> Vec<u8> {
    let content = "BT /F1 10 Tf 60 400 Td (Members agree.) Tj ET";
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Count 1 /Kids [3 0 R] >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Resources << /Font << /F1 5 0 R >> >> /Contents 4 0 R >>"
            .to_owned(),
        format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len()),
        font.to_owned(),
    ];
    objects.extend(others.iter().map(|object| (*object).to_owned()));
    pdf_of(&objects)
}

/// The run ends by itself, with text or with a reason.
#[track_caller]
fn check_ends(name: &str, content: &[u8]) {
    let place = Place::new();
    place.write(name, content);
    let outcome = place.chapeau(&format!("text {name}"));
    match outcome.code {
        Some(0) => {}
        Some(2) => assert!(outcome.stderr.starts_with(&format!("{name}: ")), "{}", outcome.stderr),
        other => panic!("{other:?}: {}", outcome.stderr),
    }
}

#[test]
fn fonts_that_refer_to_themselves_end() {
    let composite = "/Type /Font /Subtype /Type0 /BaseFont /A /Encoding /Identity-H";
    check_ends("x.pdf", &pdf_with_font(&format!("<< {composite} /DescendantFonts [5 0 R] >>"), &[]));
    check_ends(
        "x.pdf",
        &pdf_with_font(&format!("<< {composite} /DescendantFonts [6 0 R] /ToUnicode 5 0 R >>"), &["5 0 R"]),
    );
    let bitmap = "<< /Type /Font /Subtype /Type3 /FontBBox [0 0 9 9] /FontMatrix [.1 0 0 .1 0 0] /FirstChar 77 /LastChar 77 \
                  /Widths [9] /Encoding << /Differences [77 /M] >> /CharProcs << /M 6 0 R >> \
                  /Resources << /Font << /F1 5 0 R >> >> >>";
    let glyph = "<< /Length 26 >>\nstream\nBT /F1 9 Tf (M) Tj (M) ET \nendstream";
    check_ends("x.pdf", &pdf_with_font(bitmap, &[glyph]));
    let map = "<< /Length 17 /UseCMap 6 0 R >>\nstream\n/A usecmap begin \nendstream";
    check_ends(
        "x.pdf",
        &pdf_with_font(&format!("<< {composite} /Encoding 6 0 R /ToUnicode 6 0 R >>"), &[map]),
    );
}

#[test]
fn trees_of_pages_without_end_are_bounded() {
    let page = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] >>".to_owned();
    let catalog = "<< /Type /Catalog /Pages 2 0 R >>".to_owned();
    let wide = format!("<< /Type /Pages /Count 100000 /Kids [{}] >>", "3 0 R ".repeat(100_000));
    check_ends("x.pdf", &pdf_of(&[catalog.clone(), wide, page.clone()]));
    let own = "<< /Type /Pages /Count 100000 /Kids [2 0 R 2 0 R 3 0 R] >>".to_owned();
    check_ends("x.pdf", &pdf_of(&[catalog.clone(), own, page.clone()]));
    let deep = (3..50_000).map(|next| format!("<< /Type /Pages /Count 1 /Kids [{next} 0 R] >>"));
    check_ends("x.pdf", &pdf_of(&std::iter::once(catalog.clone()).chain(deep).collect::<Vec<_>>()));
    let distinct = format!(
        "<< /Type /Pages /Count 100000 /Kids [{}] >>",
        (3..100_003).map(|number| format!("{number} 0 R ")).collect::<String>()
    );
    let pages = std::iter::repeat_n(page, 100_000);
    let objects: Vec<String> = [catalog, distinct].into_iter().chain(pages).collect();
    check(pdf_of(&objects), "x.pdf: too large: found 100000 pages");
}

#[test]
fn markup_that_nests_without_end_ends() {
    for tag in ["div", "ul><li", "table><tr><td", "b", "blockquote"] {
        check_ends(
            "x.html",
            format!("<!doctype html><p>Members agree.{}", format!("<{tag}>").repeat(50_000)).as_bytes(),
        );
    }
    check_ends("x.md", format!("# Members\n\n{}agree\n", "> ".repeat(100_000)).as_bytes());
    check_ends("x.xml", format!("<?xml version=\"1.0\"?><treaty>{}", "<article>".repeat(100_000)).as_bytes());
}

/// The PDF and DOCX fixtures.
fn fixtures() -> Vec<(String, Vec<u8>)> {
    let folders = ["tests/fixtures/pdf", "tests/fixtures/docx", "tests/fixtures/images"]
        .map(|folder| repository().join(folder));
    let entries = folders.iter().flat_map(|folder| fs::read_dir(folder).expect("fixtures are there"));
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.expect("they can be read").path()).collect();
    files.sort();
    files
        .iter()
        .filter(|file| {
            file.extension().is_some_and(|ending| {
                ["pdf", "docx", "png", "jpg", "tif"].iter().any(|known| ending == *known)
            })
        })
        .map(|file| {
            let name = file.file_name().expect("a file has a name").to_string_lossy().into_owned();
            (name, fs::read(file).expect("fixtures can be read"))
        })
        .collect()
}

/// Indexes the files of a place: the batch ends, and each is a source of the index, or named.
#[track_caller]
fn check_batch(place: &Place, n_files: usize) {
    let outcome = place.chapeau("index --format json");
    assert!(matches!(outcome.code, Some(0 | 3)), "{:?}: {}", outcome.code, outcome.stderr);
    let report: serde_json::Value = serde_json::from_str(&outcome.stdout).expect("it is JSON");
    let skipped = report["skipped"].as_array().expect("a list");
    let n_added = report["added"].as_u64().expect("a count");
    assert_eq!(n_added + skipped.len() as u64, n_files as u64, "{report}");
    for source in skipped {
        assert!(source["reason"].as_str().is_some_and(|reason| !reason.is_empty()), "{source}");
    }
    // What was tried in vain is not tried again.
    assert_eq!(place.chapeau("index").ended(0).split(", ").nth(3), Some(&*format!("{n_files} unchanged")));
}

#[test]
fn a_batch_ends_over_every_file_cut_off() {
    const CUTS: usize = 50;
    let place = Place::new();
    let mut n_files = 0;
    for (at, (name, bytes)) in fixtures().into_iter().enumerate() {
        // Each reader of its own is tried at all places by its unit tests: here each fixture at some.
        for cut in (1..CUTS).skip(at % 7).step_by(7) {
            place.write(&format!("corpus/{cut}-{name}"), &bytes[..bytes.len() * cut / CUTS]);
            n_files += 1;
        }
    }
    check_batch(&place, n_files);
}

/// `CHAPEAU_MUTATIONS=10000` tries as many.
#[test]
fn a_batch_ends_over_every_file_changed_at_random() {
    let n_mutations =
        std::env::var("CHAPEAU_MUTATIONS").ok().and_then(|n| n.parse().ok()).unwrap_or(70_usize);
    let place = Place::new();
    let fixtures = fixtures();
    // The constants are those of Knuth's MMIX generator: the same files every time.
    let mut state = 1_u64;
    let mut random = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    };
    for number in 0..n_mutations {
        let (name, bytes) = &fixtures[number % fixtures.len()];
        let mut bytes = bytes.clone();
        for _ in 0..=random(30) {
            let (at, from) = (random(bytes.len()), random(bytes.len()));
            match random(4) {
                0 => bytes[at] ^= 1 << random(8),
                1 => bytes[at] = b"0 9<>[]()/"[random(10)],
                2 => bytes.truncate(bytes.len().max(200) - random(100)),
                _ => {
                    let length = random(40).min(bytes.len() - at.max(from));
                    bytes.copy_within(from..from + length, at);
                }
            }
        }
        place.write(&format!("corpus/{number:05}-{name}"), bytes);
    }
    check_batch(&place, n_mutations);
}

#[test]
fn a_file_that_changes_while_it_is_read_is_read_or_named() {
    let place = Place::new();
    let (_, bytes) = fixtures().swap_remove(0);
    place.write("corpus/a.txt", "The Council decides to meet.");
    place.write("corpus/b.pdf", &bytes);
    let is_over = AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            for length in (0..bytes.len()).rev().step_by(97).cycle() {
                if is_over.load(Ordering::Relaxed) {
                    break;
                }
                place.write("corpus/b.pdf", &bytes[..length]);
            }
        });
        for _ in 0..3 {
            let outcome = place.chapeau("index");
            assert!(matches!(outcome.code, Some(0 | 3)), "{outcome:?}");
        }
        is_over.store(true, Ordering::Relaxed);
    });
    place.write("corpus/b.pdf", &bytes);
    place.chapeau("index").ended(0);
    assert!(place.chapeau("list").ended(0).lines().count() >= 2);
    let status = place.chapeau("status").ended(0);
    assert!(!status.contains("b.pdf: unreadable"), "{status}");
}
