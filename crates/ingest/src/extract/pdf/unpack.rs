//! Unpacks streams within bounds: a megabyte of packed bytes can stand for gigabytes.
//!
//! The decoder unpacks a stream whole, whatever its size. So a stream that could pass the bound is
//! run through first without keeping what comes out; most are too short for that and cost nothing.
//! Only the deflate method is counted: the others reach such sizes from a megabyte on, and for
//! them the memory limit of the worker holds.

use std::borrow::Cow;
use std::collections::HashMap;
use std::io::{self, Read};

use flate2::read::ZlibDecoder;
use hayro_syntax::Filter;
use hayro_syntax::object::{Array, Dict, Object, Stream};
use hayro_syntax::page::Page;
use memchr::memmem;

/// Most bytes that a stream, or the content of a page, may unpack to. The densest map at hand has
/// 30 MB.
pub(super) const MAX_STREAM_BYTES: usize = 256 << 20;
/// Most bytes that the content of all pages may unpack to, forms counted as often as drawn.
const MAX_DOCUMENT_BYTES: usize = 4 << 30;
/// Deflate makes at most 1032 bytes of one.
const DEFLATE_RATIO: usize = 1032;
/// Most methods one on the other; no writer uses more than two.
const MAX_FILTERS: usize = 4;

/// Why there is nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    /// It would unpack to more than allowed.
    TooLarge,
    /// It cannot be unpacked.
    Damaged,
}

/// What a page's content unpacks to.
#[derive(Debug, Default)]
pub(super) struct Content {
    pub(super) bytes: Vec<u8>,
    /// Why some of it is missing.
    pub(super) missing: Option<Refusal>,
}

/// Unpacks the streams of one file, and keeps count.
#[derive(Debug)]
pub(super) struct Unpacker {
    /// How much may still come out of this file.
    left: usize,
}

impl Default for Unpacker {
    fn default() -> Self {
        Self { left: MAX_DOCUMENT_BYTES }
    }
}

impl Unpacker {
    /// The content of a page: its streams one after the other.
    pub(super) fn content(&mut self, page: &Page<'_>) -> Content {
        let mut content = Content::default();
        if let Some(stream) = page.raw().get::<Stream<'_>>("Contents") {
            self.append(&stream, &mut content);
        } else if let Some(streams) = page.raw().get::<Array<'_>>("Contents") {
            for part in streams.iter::<Object<'_>>() {
                match part {
                    Object::Stream(stream) => self.append(&stream, &mut content),
                    _ => content.missing = content.missing.or(Some(Refusal::Damaged)),
                }
            }
        } else if page.raw().contains_key("Contents") {
            content.missing = Some(Refusal::Damaged);
        }
        content
    }

    fn append(&mut self, stream: &Stream<'_>, content: &mut Content) {
        let room = MAX_STREAM_BYTES.saturating_sub(content.bytes.len());
        match self.stream(stream, room) {
            Ok(bytes) => {
                content.bytes.extend_from_slice(&bytes);
                // An operator may not go over from one stream to the next.
                content.bytes.push(b' ');
            }
            Err(refusal) => content.missing = Some(refusal),
        }
    }

    /// A stream unpacked, if that gives at most `most` bytes.
    pub(super) fn stream<'a>(&mut self, stream: &Stream<'a>, most: usize) -> Result<Cow<'a, [u8]>, Refusal> {
        let most = most.min(self.left);
        if !is_within(stream, most) {
            return Err(Refusal::TooLarge);
        }
        let bytes = stream.decoded_data().map_err(|_| Refusal::Damaged)?;
        self.left = self.left.saturating_sub(bytes.len());
        if bytes.len() > most { Err(Refusal::TooLarge) } else { Ok(bytes) }
    }
}

/// Whether a stream unpacks to at most `most` bytes.
pub(super) fn is_within(stream: &Stream<'_>, most: usize) -> bool {
    let filters = stream.filters();
    let n_deflated = filters.iter().filter(|filter| **filter == Filter::FlateDecode).count();
    filters.len() <= MAX_FILTERS && (n_deflated == 0 || deflated_within(&stream.raw_data(), n_deflated, most))
}

/// Whether bytes deflated so many times unpack to at most `most`, at every step.
fn deflated_within(packed: &[u8], times: usize, most: usize) -> bool {
    let ratio = DEFLATE_RATIO.saturating_pow(u32::try_from(times).unwrap_or(u32::MAX));
    if packed.len().saturating_mul(ratio) <= most {
        return true;
    }
    // What is broken ends here as it does in the decoder, so the count up to there is what tells.
    (1..=times).all(|steps| unpacked_len(packed, steps, most) <= most as u64)
}

/// How many bytes come out after so many steps, counted no further than one past `most`.
fn unpacked_len(packed: &[u8], steps: usize, most: usize) -> u64 {
    let mut reader: Box<dyn Read + '_> = Box::new(packed);
    for _ in 0..steps {
        reader = Box::new(ZlibDecoder::new(reader));
    }
    let mut counted = Counted(0);
    // An error ends the stream; what came before it has been counted.
    let _ = io::copy(&mut reader.take(most as u64 + 1), &mut counted);
    counted.0
}

/// Counts what is written to it.
struct Counted(u64);

impl io::Write for Counted {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 += bytes.len() as u64;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// How much of a stream's dictionary is looked at before the stream begins.
const DICTIONARY_BYTES: usize = 2048;

/// Whether the streams that the decoder unpacks when it opens a file, those of objects and of
/// their places, stay within the bound. They are found by their type name, as nothing is parsed
/// yet; in an encrypted file they cannot be unpacked, and the worker's memory limit holds.
pub(super) fn opens_within(file: &[u8]) -> bool {
    [b"/ObjStm".as_slice(), b"/XRef"].iter().all(|kind| {
        memmem::find_iter(file, kind).all(|at| {
            packed_after(file, at)
                .is_none_or(|(packed, times)| deflated_within(packed, times, MAX_STREAM_BYTES))
        })
    })
}

/// The stream whose dictionary is around `at`, and how many times it is deflated.
fn packed_after(file: &[u8], at: usize) -> Option<(&[u8], usize)> {
    let before = &file[..at];
    let start = memmem::rfind(&before[at.saturating_sub(DICTIONARY_BYTES)..], b"obj")
        .map_or(at, |found| at.saturating_sub(DICTIONARY_BYTES) + found);
    let near = &file[at..file.len().min(at + DICTIONARY_BYTES)];
    let begin = at + memmem::find(near, b"stream")?;
    let times = memmem::find_iter(&file[start..begin], b"/Fl").count();
    let data = file[begin + b"stream".len()..].trim_ascii_start();
    let end = memmem::find(data, b"endstream").unwrap_or(data.len());
    (times > 0).then_some((&data[..end], times.min(MAX_FILTERS)))
}

/// Most glyphs whose widths a font may give by ranges: sixteen times what a font can have, as
/// ranges may overlap.
const MAX_WIDTHS: u64 = 1 << 20;

/// Whether the ranges of a font's widths stay within the bound: the decoder writes each range out
/// glyph by glyph, and a few figures can ask for four thousand million of them.
fn widths_within(font: &Dict<'_>) -> bool {
    ranges_len(font, "W", 1) <= MAX_WIDTHS && ranges_len(font, "W2", 3) <= MAX_WIDTHS
}

/// How many glyphs the ranges under `key` stand for. Each is its first and last glyph with
/// `n_figures` after them, or its first glyph with a list.
fn ranges_len(font: &Dict<'_>, key: &str, n_figures: usize) -> u64 {
    let Some(widths) = font.get::<Array<'_>>(key) else { return 0 };
    let mut entries = widths.flex_iter();
    let mut len = 0_u64;
    loop {
        if entries.next::<(u32, Array<'_>)>().is_some() {
            continue;
        }
        let Some((first, last)) = entries.next::<(u32, u32)>() else { return len };
        len = len.saturating_add(u64::from(last.saturating_sub(first)));
        for _ in 0..n_figures {
            entries.next::<f32>();
        }
    }
}

/// Checks fonts, each of their streams once: some writers describe one font program by thousands of
/// dictionaries.
#[derive(Debug, Default)]
pub(super) struct FontCheck {
    /// What was found of a stream, by where its packed bytes lie in memory.
    known: HashMap<(usize, usize), bool>,
}

impl FontCheck {
    /// Whether what a font is made of stays within the bounds.
    pub(super) fn is_within(&mut self, font: &Dict<'_>) -> bool {
        let descendant =
            font.get::<Array<'_>>("DescendantFonts").and_then(|fonts| fonts.iter::<Dict<'_>>().next());
        let parts = [Some(font), descendant.as_ref()];
        parts.into_iter().flatten().all(|part| {
            let descriptor = part.get::<Dict<'_>>("FontDescriptor");
            widths_within(part)
                && self.streams_within(part, &["ToUnicode", "Encoding", "CIDToGIDMap"])
                && descriptor.is_none_or(|descriptor| {
                    self.streams_within(&descriptor, &["FontFile", "FontFile2", "FontFile3"])
                })
        })
    }

    fn streams_within(&mut self, dict: &Dict<'_>, keys: &[&str]) -> bool {
        let streams = keys.iter().filter_map(|key| dict.get::<Stream<'_>>(*key));
        streams.into_iter().all(|stream| match stream.raw_data() {
            // Bytes of the file itself stay where they are; decrypted ones do not.
            Cow::Borrowed(packed) => *self
                .known
                .entry((packed.as_ptr() as usize, packed.len()))
                .or_insert_with(|| is_within(&stream, MAX_STREAM_BYTES)),
            Cow::Owned(_) => is_within(&stream, MAX_STREAM_BYTES),
        })
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::ZlibEncoder;

    use super::*;

    fn packed(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(bytes).expect("a vector takes all");
        encoder.finish().expect("a vector takes all")
    }

    #[track_caller]
    fn check(packed: &[u8], times: usize, most: usize, expected: bool) {
        assert_eq!(deflated_within(packed, times, most), expected);
    }

    #[test]
    fn what_comes_out_is_counted_at_every_step() {
        let once = packed(&[b' '; 1 << 20]);
        check(&once, 1, 1 << 20, true);
        check(&once, 1, (1 << 20) - 1, false);
        check(&packed(&once), 2, 1 << 20, true);
        check(&packed(&once), 2, 1 << 19, false);
        // Few bytes at the end do not excuse many on the way.
        let mut hidden = packed(b"words");
        hidden.resize(1 << 20, 0);
        check(&packed(&hidden), 2, 1 << 19, false);
    }

    #[test]
    fn what_is_broken_counts_up_to_there() {
        let whole = packed(&[b' '; 1 << 20]);
        check(&whole[..whole.len() / 2], 1, 1 << 16, false);
        check(b"no deflated stream at all", 1, 10, true);
    }

    #[test]
    fn streams_of_objects_are_bounded_before_the_file_is_opened() {
        let bomb = packed(&vec![b' '; MAX_STREAM_BYTES + 1]);
        let file = |kind: &str, filters: &str| {
            let head = format!("1 0 obj\n<< /Type /{kind} /Filter {filters} >>\nstream\n");
            [head.as_bytes(), &bomb, b"\nendstream\nendobj\n"].concat()
        };
        assert!(!opens_within(&file("ObjStm", "/FlateDecode")));
        assert!(!opens_within(&file("XRef", "[ /Fl ]")));
        assert!(opens_within(&file("ObjStm", "/LZWDecode")));
        assert!(opens_within(&file("Metadata", "/FlateDecode")));
        assert!(opens_within(b"/ObjStm"));
    }

    #[test]
    fn widths_of_more_glyphs_than_fonts_have_are_not_written_out() {
        let check = |widths: &str, expected: bool| {
            let file = format!(
                "%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R {widths} >>\nendobj\n\
                 2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n\
                 3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] >>\nendobj\n\
                 trailer\n<< /Root 1 0 R >>\n"
            );
            let pdf = hayro_syntax::Pdf::new(file.into_bytes()).expect("the file has a page");
            let dict = super::super::open::catalog(&pdf).expect("the file has a catalog");
            assert_eq!(widths_within(&dict), expected, "{widths}");
        };
        check("/W [0 [500 600] 2 65535 500]", true);
        check("/W [0 [500 600] 2 2147483647 500]", false);
        check("/W2 [0 65535 1 2 3 7 [1 2 3]]", true);
        check("/W2 [0 65535 1 2 3 0 4000000000 1 2 3]", false);
        check("/W [/Name 0 4000000000 500]", true);
    }

    #[test]
    fn a_page_that_unpacks_to_too_much_is_left_out_and_named() {
        let head = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n\
            2 0 obj\n<< /Type /Pages /Kids [3 0 R 4 0 R] /Count 2 >>\nendobj\n\
            3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 5 0 R >>\nendobj\n\
            4 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 6 0 R >>\nendobj\n";
        let stream = |number: u32, content: &[u8]| {
            let (packed, filter) = (packed(content), "/Filter /FlateDecode");
            let head = format!("{number} 0 obj\n<< /Length {} {filter} >>\nstream\n", packed.len());
            [head.as_bytes(), &packed, b"\nendstream\nendobj\n"].concat()
        };
        let bomb = stream(5, &vec![b' '; MAX_STREAM_BYTES + 1]);
        let page = stream(6, b"BT /F1 10 Tf 60 700 Td (Members agree.) Tj ET");
        let file = [head.as_slice(), &bomb, &page, b"trailer\n<< /Root 1 0 R >>\n"].concat();
        let source = crate::Source { path: "test.pdf", bytes: &file, given: &[] };
        let extracted = crate::extract(&source, &crate::Options::default()).expect("a page is left");
        assert_eq!(extracted.pages[1].lines[0].text, "Members agree.");
        assert!(extracted.warnings[0].message.starts_with("page 1 left out, as the content unpacks"));
    }
}
