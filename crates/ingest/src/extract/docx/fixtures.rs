//! Files of two writers beside what is read of them. Their sources lie beside them: a flat ODT
//! saved as DOCX by LibreOffice 7.4, and Markdown turned into DOCX by Pandoc 2.17.

use expect_test::{ExpectFile, expect_file};
use proptest::prelude::*;

use super::extract;
use crate::Options;
use crate::extract::display;

const LIBREOFFICE: &[u8] = include_bytes!("../../../../../tests/fixtures/docx/libreoffice-treaty.docx");
const PANDOC: &[u8] = include_bytes!("../../../../../tests/fixtures/docx/pandoc-agreement.docx");

fn check(bytes: &[u8], expected: &ExpectFile) {
    let extracted = extract(bytes, &Options::default()).expect("a whole file");
    expected.assert_eq(&display(&extracted));
}

#[test]
fn two_writers() {
    check(LIBREOFFICE, &expect_file!["../../../../../tests/fixtures/docx/libreoffice-treaty.expected"]);
    check(PANDOC, &expect_file!["../../../../../tests/fixtures/docx/pandoc-agreement.expected"]);
}

#[test]
fn a_file_cut_off_anywhere_is_named() {
    for bytes in [LIBREOFFICE, PANDOC] {
        for part in 0..50 {
            let cut = &bytes[..bytes.len() * part / 50];
            let failure = extract(cut, &Options::default()).expect_err("it has no directory");
            assert_eq!(failure.status, chapeau_document::FileStatus::Damaged, "{failure}");
        }
    }
}

proptest! {
    #[test]
    fn no_mutation_panics(places in proptest::collection::vec((0..20_000_usize, any::<u8>()), 1..8)) {
        for bytes in [LIBREOFFICE, PANDOC] {
            let mut mutated = bytes.to_vec();
            for (place, byte) in &places {
                mutated[place % bytes.len()] = *byte;
            }
            let _read = extract(&mutated, &Options::default());
        }
    }
}
