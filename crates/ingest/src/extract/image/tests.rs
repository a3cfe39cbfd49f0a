//! Images of pages as pages.

use chapeau_document::FileStatus;

use super::{as_pdf, jpeg};
use crate::{Options, Source};

macro_rules! fixture {
    ($name:literal) => {
        include_bytes!(concat!("../../../../../tests/fixtures/images/", $name))
    };
}

/// How many pages there are, and that each is drawn as it is.
#[track_caller]
fn check(name: &str, bytes: &[u8], n_pages: u32) {
    let options = Options { can_recognise: true, ..Options::default() };
    let asked = crate::extract(&Source { path: "scan", bytes, given: &[] }, &options).expect("it has pages");
    assert_eq!(asked.unread, (1..=n_pages).collect::<Vec<_>>(), "{name}");
    for page in asked.unread {
        let pgm = crate::scan(bytes, page, &options).expect("it is drawn");
        let pgm = pgm.pgm.unwrap_or_else(|| panic!("no ink in {name}"));
        let head: Vec<&[u8]> = pgm.splitn(4, |&byte| byte == b'\n').collect();
        let size: Vec<usize> = std::str::from_utf8(head[1])
            .expect("figures")
            .split(' ')
            .map(|figure| figure.parse().expect("a figure"))
            .collect();
        let shade = |(x, y): (f32, f32)| {
            head[3][(y * size[1] as f32) as usize * size[0] + (x * size[0] as f32) as usize]
        };
        assert!(shade(DARK) < 90, "page {page} of {name}: {}", shade(DARK));
        assert!(shade(LIGHT) > 200, "page {page} of {name}: {}", shade(LIGHT));
    }
}

/// Each fixture is white but for a black box in its upper left quarter.
const DARK: (f32, f32) = (0.25, 0.25);
const LIGHT: (f32, f32) = (0.75, 0.75);

#[test]
fn images_of_every_making_are_pages() {
    for (name, bytes) in ALL {
        check(name, bytes, if name == "three.tif" { 3 } else { 1 });
    }
}

const ALL: [(&str, &[u8]); 13] = [
    ("gray.png", fixture!("gray.png")),
    ("clear.png", fixture!("clear.png")),
    ("palette.png", fixture!("palette.png")),
    ("colour.jpg", fixture!("colour.jpg")),
    ("group4.tif", fixture!("group4.tif")),
    ("group3.tif", fixture!("group3.tif")),
    ("lzw.tif", fixture!("lzw.tif")),
    ("deflated.tif", fixture!("deflated.tif")),
    ("packbits.tif", fixture!("packbits.tif")),
    ("plain.tif", fixture!("plain.tif")),
    ("palette.tif", fixture!("palette.tif")),
    ("jpeg.tif", fixture!("jpeg.tif")),
    ("three.tif", fixture!("three.tif")),
];

#[test]
fn without_recognition_it_is_said_how_to_read_them() {
    let source = Source { path: "scan.png", bytes: fixture!("gray.png"), given: &[] };
    let failure = crate::read(&source, &Options::default()).expect_err("nothing is read");
    assert_eq!(failure.status, FileStatus::NoText);
    assert!(failure.reason.contains("--ocr reads what is only drawn"), "{failure}");
}

#[test]
fn sizes_that_no_page_has_are_refused_before_they_are_decoded() {
    let mut png = fixture!("gray.png").to_vec();
    // The width and height of the header, with its checksum.
    png[16..24].copy_from_slice(&[0, 0, 0xFF, 0xFF, 0, 0, 0xFF, 0xFF]);
    assert_eq!(as_pdf(&png).expect_err("its header is damaged").status, FileStatus::Damaged);
    let mut jpeg = fixture!("colour.jpg").to_vec();
    let at = jpeg.windows(2).position(|pair| pair == b"\xFF\xC0").expect("it has a frame");
    jpeg[at + 5..at + 9].copy_from_slice(&[0xFF; 4]);
    assert_eq!(as_pdf(&jpeg).expect_err("it is too large").status, FileStatus::TooLarge);
}

#[test]
fn a_jpeg_tells_its_density() {
    assert_eq!(jpeg::sheet(fixture!("colour.jpg")).expect("it is whole").density, Some(150.0));
}

#[test]
fn an_image_cut_or_changed_anywhere_is_read_or_refused() {
    for (_, bytes) in ALL {
        for step in 0..40 {
            let cut = &bytes[..bytes.len() * step / 40];
            let mut changed = bytes.to_vec();
            changed[bytes.len() * step / 40] ^= 0x55;
            for bytes in [cut, &changed] {
                let _ = crate::read(&Source { path: "scan", bytes, given: &[] }, &Options::default());
            }
        }
    }
}
