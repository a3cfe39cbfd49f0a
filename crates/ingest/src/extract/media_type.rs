//! What the bytes of a source are. Names lie (a PDF called `.txt`), so only content counts.

use std::fmt;

use super::archive::{self, Package};
use super::markup::{self, Vocabulary};
use super::{front_matter, markdown, records, text};

/// What the bytes of a source are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MediaType {
    /// A PDF.
    Pdf,
    /// An agreement in the XML of the Texts of Trade Agreements collection.
    Tota,
    /// Any other XML.
    Xml(Vocabulary),
    /// One clause object a line.
    ClauseRecords,
    /// Text with the marks of Markdown.
    Markdown,
    /// Text.
    PlainText,
    /// HTML.
    Html,
    /// Word, current format.
    Docx,
    /// An image of a page, or of several.
    Image(Picture),
    /// Something that is not read; the words name it.
    Other(&'static str),
}

/// A format of images.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Picture {
    /// PNG.
    Png,
    /// JPEG.
    Jpeg,
    /// TIFF, which may have many pages.
    Tiff,
}

/// First bytes of images that are read.
const PICTURES: &[(&[u8], Picture)] = &[
    (b"\x89PNG", Picture::Png),
    (b"\xFF\xD8\xFF", Picture::Jpeg),
    (b"II*\0", Picture::Tiff),
    (b"MM\0*", Picture::Tiff),
];

/// How far into a file its beginning reaches, in bytes: a PDF may have rubbish before its mark
/// (the specification's own tolerance is 1024), and binary data shows within 64 KiB.
const PDF_MARK_WITHIN: usize = 1024;
const SAMPLE: usize = 64 << 10;

/// Tags that say HTML near the beginning, comments and declarations before them, and tags that
/// say it as the very first: those of a page whose frame was cut off.
const HTML_WITHIN: usize = 2048;
const HTML_TAGS: &[&str] = &["<!doctype html", "<html>", "<html ", "<head>", "<body"];
const HTML_STARTS: &[&str] = &[
    "<p>",
    "<p ",
    "<div>",
    "<div ",
    "<table",
    "<meta ",
    "<title>",
    "<h1",
    "<h2",
    "<ul>",
    "<ol>",
    "<article>",
    "<main>",
    "<section",
    "<span ",
    "<center>",
    "<font ",
];

/// First bytes of the formats that people mix in with texts, from the formats' own descriptions.
const MARKS: &[(&[u8], &str)] = &[
    (b"{\\rtf", RTF),
    (b"GIF8", "a GIF image"),
    (b"BM", "a BMP image"),
    (b"%!PS", "PostScript"),
    (b"\x1F\x8B", "a gzip archive"),
    (b"7z\xBC\xAF\x27\x1C", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"\x7FELF", "a program"),
    (b"MZ", "a program"),
    (b"SQLite format 3", "a SQLite database"),
    (b"ID3", "sound"),
];

const RTF: &str = "RTF";
const OLD_WORD: &str = "Word of the old format (.doc)";
const OLD_POWERPOINT: &str = "PowerPoint of the old format (.ppt)";
const OLD_OFFICE: &str = "an Office file of the old format (.doc, .xls, .ppt)";
const OPEN_TEXT: &str = "an OpenDocument text (.odt)";
const OPEN_SLIDES: &str = "an OpenDocument presentation (.odp)";
const OPEN_DOCUMENT: &str = "an OpenDocument file (.ods, .odg)";
const POWERPOINT: &str = "PowerPoint (.pptx)";
const EXCEL: &str = "Excel (.xlsx)";
/// What LibreOffice turns into a format that is read, with the endings of both.
///
/// Texts become DOCX, which keeps their headings, lists and footnotes; slides become PDF, which
/// keeps their pages. Sheets are left to people: what of one is text, and where its pages end, no
/// converter knows.
const CONVERSIONS: &[(&str, Conversion)] = &[
    (RTF, Conversion { from: "rtf", into: "docx" }),
    (OLD_WORD, Conversion { from: "doc", into: "docx" }),
    (OPEN_TEXT, Conversion { from: "odt", into: "docx" }),
    (OLD_POWERPOINT, Conversion { from: "ppt", into: "pdf" }),
    (OPEN_SLIDES, Conversion { from: "odp", into: "pdf" }),
    (POWERPOINT, Conversion { from: "pptx", into: "pdf" }),
];
/// Other formats that LibreOffice opens.
const OFFICE: &[&str] = &[OLD_OFFICE, OPEN_DOCUMENT, EXCEL];

/// How a format that is not read becomes one that is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Conversion {
    /// The usual ending of its files' names, without the dot.
    pub from: &'static str,
    /// The ending of what it is turned into.
    pub into: &'static str,
}

/// The entry of a container that holds a package locked by a password, in UTF-16 as it stands there
/// (MS-OFFCRYPTO, 2.3.4.4).
const LOCKED_PACKAGE: &[u8] = b"E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0";
/// The entries that tell the old formats apart, in UTF-16 likewise (MS-DOC, 2.1.1; MS-PPT, 2.1.2).
/// Word stands first: its files hold the entries of the slides that are pasted into them.
const OLD_STREAMS: &[(&[u8], &str)] = &[
    (b"W\0o\0r\0d\0D\0o\0c\0u\0m\0e\0n\0t\0", OLD_WORD),
    (b"P\0o\0w\0e\0r\0P\0o\0i\0n\0t\0 \0D\0o\0c\0u\0m\0e\0n\0t\0", OLD_POWERPOINT),
];

impl MediaType {
    /// What `bytes` are.
    pub fn of(bytes: &[u8]) -> Self {
        let head = &bytes[..bytes.len().min(PDF_MARK_WITHIN)];
        if memchr::memmem::find(head, b"%PDF-").is_some() {
            return Self::Pdf;
        }
        if let Some(binary) = binary(bytes) {
            return binary;
        }
        let sample = text::decode(&bytes[..bytes.len().min(SAMPLE)]);
        of_text(&sample.text, bytes)
    }

    /// How LibreOffice makes a format that is read of this one; `None` where it need not or cannot.
    pub fn conversion(self) -> Option<Conversion> {
        let Self::Other(found) = self else { return None };
        CONVERSIONS.iter().find(|(name, _)| *name == found).map(|(_, conversion)| *conversion)
    }

    /// What to do about a format that is not read; `None` for those that are.
    pub fn advice(self) -> Option<String> {
        match self {
            Self::Pdf | Self::Tota | Self::Xml(_) | Self::ClauseRecords | Self::Markdown => None,
            Self::PlainText | Self::Html | Self::Docx | Self::Image(_) => None,
            Self::Other(name) if name.contains("image") => {
                Some(format!("found {name}, want PDF, PNG, JPEG or TIFF; save it as one of them"))
            }
            Self::Other(name) if name.contains("archive") => {
                Some(format!("found {name}, want PDF or text; unpack it into the corpus folder"))
            }
            Self::Other(name) if self.conversion().is_some() => Some(format!(
                "found {name}, which LibreOffice makes readable; install it (Debian: apt install \
                 libreoffice-writer-nogui libreoffice-impress-nogui) and try again with --retry-failed"
            )),
            Self::Other(name) if OFFICE.contains(&name) => Some(format!(
                "found {name}, which is not read; convert it with LibreOffice: soffice --headless --convert-to pdf"
            )),
            Self::Other(name) => Some(format!(
                "found {name}, want PDF, DOCX, HTML, plain text, Markdown, XML or clause records; convert it"
            )),
        }
    }
}

impl fmt::Display for MediaType {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.pad(match self {
            Self::Pdf => "PDF",
            Self::Tota => "ToTA XML",
            Self::Xml(vocabulary) => vocabulary.name(),
            Self::ClauseRecords => "clause records",
            Self::Markdown => "Markdown",
            Self::PlainText => "plain text",
            Self::Html => "HTML",
            Self::Docx => "DOCX",
            Self::Image(Picture::Png) => "a PNG image",
            Self::Image(Picture::Jpeg) => "a JPEG image",
            Self::Image(Picture::Tiff) => "a TIFF image",
            Self::Other(name) => name,
        })
    }
}

/// Formats that are no text, by their first bytes or by what no text holds.
fn binary(bytes: &[u8]) -> Option<MediaType> {
    let holds = |name: &[u8]| memchr::memmem::find(bytes, name).is_some();
    if let Some((_, picture)) = PICTURES.iter().find(|(mark, _)| bytes.starts_with(mark)) {
        return Some(MediaType::Image(*picture));
    }
    if bytes.starts_with(b"PK\x03\x04") {
        return Some(of_archive(archive::package(bytes)));
    }
    if bytes.starts_with(b"\xD0\xCF\x11\xE0") && holds(LOCKED_PACKAGE) {
        return Some(MediaType::Docx);
    }
    if bytes.starts_with(b"\xD0\xCF\x11\xE0") {
        let stream = OLD_STREAMS.iter().find(|(name, _)| holds(name));
        return Some(MediaType::Other(stream.map_or(OLD_OFFICE, |(_, name)| name)));
    }
    let marked = MARKS.iter().find(|(mark, name)| bytes.starts_with(mark) && is_certain(bytes, mark, name));
    if let Some((_, name)) = marked {
        return Some(MediaType::Other(name));
    }
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    (!text::is_utf16(sample) && is_binary(sample)).then_some(MediaType::Other("binary data"))
}

fn of_archive(package: Option<Package>) -> MediaType {
    MediaType::Other(match package {
        Some(Package::Word) => return MediaType::Docx,
        Some(Package::PowerPoint) => POWERPOINT,
        Some(Package::Excel) => EXCEL,
        Some(Package::OpenText) => OPEN_TEXT,
        Some(Package::OpenSlides) => OPEN_SLIDES,
        Some(Package::OpenDocument) => OPEN_DOCUMENT,
        None => "a ZIP archive",
    })
}

/// A mark of two or three letters may also begin a sentence ("BM is ..."): then only with
/// binary data behind it.
fn is_certain(bytes: &[u8], mark: &[u8], name: &str) -> bool {
    let readable = mark.iter().all(u8::is_ascii_alphanumeric) && mark.len() < 4;
    !readable || is_binary(&bytes[..bytes.len().min(SAMPLE)]) || name.is_empty()
}

/// Texts hold hardly any control characters; one in fifty is far more than a stray NUL.
fn is_binary(sample: &[u8]) -> bool {
    let is_control = |byte: &&u8| matches!(byte, 0..=8 | 14..=26 | 28..=31 | 127);
    sample.iter().filter(is_control).count() * 50 > sample.len()
}

fn of_text(sample: &str, bytes: &[u8]) -> MediaType {
    let start = sample.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    let lower = start[..start.floor_char_boundary(HTML_WITHIN)].to_ascii_lowercase();
    if start.starts_with('{') && records::is_record(first_line(bytes)) {
        return MediaType::ClauseRecords;
    }
    if start.starts_with('<') {
        return of_tags(start, &lower, bytes);
    }
    let is_json = (start.starts_with('{') || start.starts_with("[{")) && lower.contains("\":");
    if is_json { MediaType::Other("JSON without clause objects") } else { plain_or_markdown(sample) }
}

/// By the first tag, where it is that of a vocabulary; else by the tags of a page. Laws have a
/// `<body>` too.
fn of_tags(start: &str, lower: &str, bytes: &[u8]) -> MediaType {
    let known = markup::vocabulary(start, bytes);
    let is_page = || {
        HTML_TAGS.iter().any(|tag| lower.contains(tag))
            || HTML_STARTS.iter().any(|tag| lower.starts_with(tag))
    };
    match (markup::root(start), known) {
        (Some("treaty"), _) => MediaType::Tota,
        _ if heads_markdown(start, lower) => MediaType::Markdown,
        (_, Some(known)) if known != Vocabulary::Unknown => MediaType::Xml(known),
        _ if is_page() => MediaType::Html,
        (_, Some(unknown)) => MediaType::Xml(unknown),
        _ => plain_or_markdown(start),
    }
}

/// Whether one tag of a page's head stands above Markdown, as some converters of codes leave it.
fn heads_markdown(start: &str, lower: &str) -> bool {
    let Some(end) = lower.find('>').filter(|_| lower.starts_with("<meta ")) else { return false };
    let has_tag = lower[end..]
        .match_indices('<')
        .any(|(at, _)| lower[end + at + 1..].starts_with(|c: char| c.is_ascii_lowercase() || c == '!'));
    !has_tag && markdown::has_marks(&start[end + 1..])
}

fn plain_or_markdown(sample: &str) -> MediaType {
    if front_matter::split(sample).is_some() || markdown::has_marks(sample) {
        MediaType::Markdown
    } else {
        MediaType::PlainText
    }
}

/// The first line that is not blank, however long: a clause record may exceed the sample.
fn first_line(bytes: &[u8]) -> &[u8] {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes).trim_ascii_start();
    let end = memchr::memchr2(b'\n', b'\r', bytes).unwrap_or(bytes.len());
    &bytes[..end]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::archive::tests::stored;

    fn check(bytes: &[u8], expected: MediaType) {
        assert_eq!(MediaType::of(bytes), expected, "of {:?}", String::from_utf8_lossy(bytes));
    }

    #[test]
    fn content_says_what_a_source_is() {
        check(b"%PDF-1.7\n", MediaType::Pdf);
        check(b"\nrubbish\n%PDF-1.4", MediaType::Pdf);
        check(b"The Ministerial Conference,\n", MediaType::PlainText);
        check(b"<?xml version=\"1.0\"?><treaty><meta/><body><chapter>", MediaType::Tota);
        check(b"", MediaType::PlainText);
        check(b"# Title\n\nwords", MediaType::Markdown);
        check(b"<meta charset='utf-8' />\n\n## Lamps\n\nwords", MediaType::Markdown);
        check(b"<meta charset='utf-8' />\n<p>## 2 lamps</p>", MediaType::Html);
        check(b"see [WT/L/274](#), and", MediaType::Markdown);
        check(b"<?xml version=\"1.0\"?>\n<treaty>\n<meta/></treaty>", MediaType::Tota);
        check(
            b"\xEF\xBB\xBF{\"id\":\"a/1\",\"document\":\"a\",\"text\":\"x\"}\r\n",
            MediaType::ClauseRecords,
        );
        check(b"<!DOCTYPE html><html>", MediaType::Html);
        check(b"<?xml version='1.0'?><!-- x --><html xmlns='x'>", MediaType::Html);
        check(b"<p>The Ministerial Conference</p>", MediaType::Html);
        check(b"<Draft> of the <working party", MediaType::PlainText);
        check(b"<?xml version=\"1.0\"?><rss/>", MediaType::Xml(Vocabulary::Unknown));
        check(b"<akomaNtoso><act><body>", MediaType::Xml(Vocabulary::AkomaNtoso));
        check(b"<LEXP.ROOT> <ACT>", MediaType::Xml(Vocabulary::Formex));
        check(b"---\ntitle: Lamps\n---\nLamps shine.", MediaType::Markdown);
        check(b"{\"a\": 1}", MediaType::Other("JSON without clause objects"));
        check(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1....", MediaType::Other(OLD_OFFICE));
        for (stream, name) in OLD_STREAMS {
            check(&[b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1...", *stream].concat(), MediaType::Other(name));
        }
        check(&[b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1...", LOCKED_PACKAGE].concat(), MediaType::Docx);
        check(b"{\\rtf1 x}", MediaType::Other(RTF));
        check(b"\x89PNG\r\n", MediaType::Image(Picture::Png));
        check(b"MM\0*....", MediaType::Image(Picture::Tiff));
        check(b"BM is a short word", MediaType::PlainText);
        check(b"\0\x01\x02\x03abc\0\0\0", MediaType::Other("binary data"));
        check(
            b"words with one stray \0 among many more words, as some converters leave",
            MediaType::PlainText,
        );
        check(b"[Draft] The Members agree {that}", MediaType::PlainText);
        check(b"T\0h\0e\0 \0P\0a\0r\0t\0y\0", MediaType::PlainText);
    }

    #[test]
    fn archives_are_told_by_what_they_hold() {
        let holding = |path, content: &[u8]| stored(&[(path, content)]);
        check(&holding("word/document.xml", b"<d/>"), MediaType::Docx);
        check(&holding("ppt/presentation.xml", b"<p/>"), MediaType::Other(POWERPOINT));
        check(&holding("xl/workbook.xml", b"<w/>"), MediaType::Other(EXCEL));
        let open =
            |kind: &str| holding("mimetype", format!("application/vnd.oasis.opendocument.{kind}").as_bytes());
        check(&open("text"), MediaType::Other(OPEN_TEXT));
        check(&open("presentation"), MediaType::Other(OPEN_SLIDES));
        check(&open("spreadsheet"), MediaType::Other(OPEN_DOCUMENT));
        check(&holding("a.txt", b"word/"), MediaType::Other("a ZIP archive"));
    }

    #[test]
    fn what_is_not_read_comes_with_advice() {
        assert_eq!(MediaType::PlainText.advice(), None);
        let advice = MediaType::Other("a GIF image").advice().expect("it is not read");
        assert!(advice.contains("save it as one of them"), "{advice}");
        let advice = MediaType::Other(RTF).advice().expect("RTF is not read");
        assert!(advice.contains("apt install libreoffice"), "{advice}");
        let advice = MediaType::Other(EXCEL).advice().expect("a sheet is not read");
        assert!(advice.contains("soffice"), "{advice}");
    }

    #[test]
    fn texts_become_docx_and_slides_become_pdf() {
        let check = |name, expected: Option<(&str, &str)>| {
            let found = MediaType::Other(name).conversion();
            assert_eq!(found.map(|conversion| (conversion.from, conversion.into)), expected, "{name}");
        };
        check(RTF, Some(("rtf", "docx")));
        check(OLD_WORD, Some(("doc", "docx")));
        check(POWERPOINT, Some(("pptx", "pdf")));
        check(EXCEL, None);
        assert_eq!(MediaType::Docx.conversion(), None);
    }
}
