//! Files of six writers: each reads as its known text says, and none can be broken so as to panic.

use std::collections::{HashMap, HashSet};

use chapeau_document::FileStatus;
use expect_test::expect_file;
use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;

use crate::{Options, Role, Source};

use super::tests::{read, shown_pages};
use super::writer::{Sheet, pdf};

macro_rules! fixture {
    ($name:literal) => {
        include_bytes!(concat!("../../../../../tests/fixtures/pdf/", $name, ".pdf"))
    };
}

/// Words in order, with words cut at a line end put together and raised figures as figures.
fn words(text: &str) -> Vec<String> {
    let joined = text.replace("-\n", "").replace("\u{ad}\n", "");
    let plain: String =
        joined.chars().map(|character| if character == '¹' { '1' } else { character }).collect();
    plain.split_whitespace().map(str::to_owned).collect()
}

macro_rules! check {
    ($name:literal) => {
        check!($name, read(fixture!($name)));
    };
    ($name:literal, $read:expr) => {
        let extracted = $read.expect("the file has text");
        expect_file![concat!("../../../../../tests/fixtures/pdf/", $name, ".expected")]
            .assert_eq(&shown_pages(&extracted));
        let lines = extracted.pages.iter().flat_map(|page| &page.lines);
        let text: Vec<&str> =
            lines.filter(|line| line.role != Role::Furniture).map(|line| line.text.as_str()).collect();
        let known = include_str!(concat!("../../../../../tests/fixtures/pdf/", $name, ".txt"));
        assert_eq!(words(&text.join("\n")), words(known));
    };
}

#[test]
fn weasyprint() {
    check!("weasyprint-decision");
}

#[test]
fn typst() {
    check!("typst-columns");
}

#[test]
fn latex() {
    check!("latex-report");
}

#[test]
fn libreoffice() {
    check!("libreoffice-note");
}

/// Tagged, with a box that the stream draws first, beside the text.
#[test]
fn chromium_with_a_box() {
    check!("chromium-box");
}

/// Tagged, with headings that look like text, cells of several lines and a note amid a paragraph.
#[test]
fn libreoffice_tagged() {
    check!("office-tagged");
}

#[test]
fn reportlab_in_no_order() {
    check!("reportlab-words");
}

/// Pairs of neighbouring words, each as often as it comes.
fn pairs<'t>(lines: impl Iterator<Item = &'t [String]>) -> HashMap<(&'t str, &'t str), usize> {
    let mut pairs = HashMap::new();
    for pair in lines.flat_map(|words| words.windows(2)) {
        *pairs.entry((pair[0].as_str(), pair[1].as_str())).or_default() += 1;
    }
    pairs
}

/// How much of a known text is read, word by word in order: the harmonic mean of the share of its pairs of
/// neighbouring words that were read, and of the share of read words that are its own.
fn score(known: &str, read: &str) -> f64 {
    let words = |text: &str| -> Vec<String> {
        text.nfkc().collect::<String>().unicode_words().map(str::to_lowercase).collect()
    };
    let (lines, read): (Vec<Vec<String>>, Vec<String>) = (known.lines().map(words).collect(), words(read));
    let (wanted, found) = (pairs(lines.iter().map(Vec::as_slice)), pairs(std::iter::once(read.as_slice())));
    let n_found: usize = wanted.iter().map(|(pair, n)| found.get(pair).copied().unwrap_or(0).min(*n)).sum();
    let own: HashSet<&str> = lines.iter().flatten().map(String::as_str).collect();
    let n_own = read.iter().filter(|word| own.contains(word.as_str())).count();
    let recall = n_found as f64 / wanted.values().sum::<usize>() as f64;
    let precision = n_own as f64 / read.len() as f64;
    2.0 * recall * precision / (recall + precision)
}

macro_rules! check_score {
    ($name:literal, $least:literal) => {
        let source = Source { path: "known.pdf", bytes: fixture!($name), given: &[] };
        let options = Options { text_only: true, ..Options::default() };
        let reading = crate::read(&source, &options).expect("the file has text");
        let known = include_str!(concat!("../../../../../tests/fixtures/pdf/", $name, ".txt"));
        let score = score(known, &reading.documents[0].text);
        assert!(score >= $least, "{}: {score:.4}\n{}", $name, reading.documents[0].text);
    };
}

/// Pages of several makers with running heads, notes that go on on the next page, hyphenation, columns,
/// bitmap fonts, turned pages. `scripts/known-pdfs` makes them, and larger ones.
#[test]
fn known_texts_are_read_word_by_word_in_order() {
    check_score!("small-office-notes", 0.999);
    check_score!("small-typst-notes", 0.999);
    check_score!("small-chromium-two", 0.999);
    check_score!("small-latex-bitmaps", 0.995);
    check_score!("small-weasy-turned", 0.995);
}

#[test]
fn a_page_recognised_by_tesseract() {
    let bytes = fixture!("scanned-annex");
    let extract =
        |options: Options| super::extract(&Source { path: "scan.pdf", bytes, given: &[] }, &options);
    let asked = extract(Options { can_recognise: true, ..Options::default() }).expect("it has pages");
    assert_eq!((asked.unread, asked.pages.len()), (vec![2], 0));

    let table = include_str!("../../../../../tests/fixtures/pdf/scanned-annex.tsv").to_owned();
    let pixels_per_point = super::scan(bytes, 2, &Options::default()).expect("it is drawn").pixels_per_point;
    let recognised = vec![super::Recognised { page: 2, pixels_per_point, table, fault: None }];
    check!("scanned-annex", extract(Options { recognised, ..Options::default() }));
}

#[test]
fn what_is_drawn_for_recognition_is_grey_and_nothing_where_nothing_is() {
    let scan = |sheet: Sheet| super::scan(&pdf(&[sheet]), 1, &Options::default()).expect("it is drawn");
    let drawn = scan(Sheet::default().text(60.0, 400.0, "A Treaty")).pgm.expect("there is ink");
    assert!(drawn.starts_with(b"P5\n2500 3333\n255\n"), "300 dots to the inch");
    assert_eq!(drawn.len(), 17 + 2500 * 3333);
    assert_eq!(scan(Sheet::default()).pgm, None);
}

#[test]
fn an_empty_password_opens_a_restricted_file() {
    check!("qpdf-restricted");
}

#[test]
fn a_locked_file_asks_for_its_password() {
    let bytes = fixture!("qpdf-locked");
    let open = |passwords: &[&str]| {
        let options = Options {
            passwords: passwords.iter().map(|password| (*password).to_owned()).collect(),
            ..Options::default()
        };
        super::extract(&Source { path: "locked.pdf", bytes, given: &[] }, &options)
    };
    assert_eq!(open(&[]).expect_err("no password").status, FileStatus::Password);
    let failure = open(&["canal", "quay"]).expect_err("wrong passwords");
    assert_eq!(
        failure.to_string(),
        "password: the file is locked, and none of 2 passwords opens it; add its own to the password file"
    );
    assert!(open(&["canal", "barge"]).is_ok());
}

const ALL: [&[u8]; 14] = [
    fixture!("chromium-box"),
    fixture!("office-tagged"),
    fixture!("weasyprint-decision"),
    fixture!("typst-columns"),
    fixture!("latex-report"),
    fixture!("libreoffice-note"),
    fixture!("reportlab-words"),
    fixture!("qpdf-restricted"),
    fixture!("scanned-annex"),
    fixture!("small-office-notes"),
    fixture!("small-typst-notes"),
    fixture!("small-chromium-two"),
    fixture!("small-latex-bitmaps"),
    fixture!("small-weasy-turned"),
];

#[test]
fn a_file_cut_anywhere_is_read_or_refused() {
    const CUTS: usize = 50;
    for bytes in ALL {
        for cut in 0..CUTS {
            let _ = read(&bytes[..bytes.len() * cut / CUTS]);
        }
    }
}

#[test]
fn a_file_changed_anywhere_is_read_or_refused() {
    const CHANGES: u64 = 60;
    for bytes in ALL {
        for seed in 0..CHANGES {
            let _ = read(&changed(bytes, seed));
        }
    }
}

/// A copy with some bytes replaced, by a generator that gives the same bytes every time.
fn changed(bytes: &[u8], seed: u64) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    // The constants are those of Knuth's MMIX generator.
    let mut state = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    for _ in 0..1 + seed % 12 {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let at = (state >> 33) as usize % bytes.len();
        bytes[at] = (state >> 24) as u8;
    }
    bytes
}

#[test]
fn a_cut_file_gives_the_pages_that_are_left() {
    let sheets: Vec<Sheet> = (1..=4)
        .map(|number| Sheet::default().text(60.0, 400.0, &format!("Page {number} of the treaty")))
        .collect();
    let bytes = pdf(&sheets);
    let third = bytes.windows(6).position(|window| window == b"Page 3").expect("the page is there");
    let extracted = read(&bytes[..third]).expect("two pages are left");
    assert!(extracted.pages.len() >= 2);
    assert_eq!(extracted.pages[0].lines[0].text, "Page 1 of the treaty");
    assert!(!extracted.warnings.is_empty(), "what is missing is said");
}
