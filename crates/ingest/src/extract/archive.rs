//! What a ZIP archive is: the package of an Office program, told by its own directory and by the
//! content type of its main part.
//!
//! Packages hold packages (a workbook under a chart, a slide in a text), stored as they are, so the
//! names of their parts stand anywhere among the bytes. Only the directory says whose they are.

use std::borrow::Cow;
use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::xml::{Node, walk};

/// What sort of document a package holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Package {
    /// Word, current format.
    Word,
    /// PowerPoint, current format.
    PowerPoint,
    /// Excel, current format.
    Excel,
    /// An OpenDocument text.
    OpenText,
    /// An OpenDocument presentation.
    OpenSlides,
    /// Another OpenDocument file.
    OpenDocument,
}

/// Most bytes read of one part to tell what the package is; content types of a thousand parts
/// need a tenth of it.
const MOST_XML: u64 = 1 << 20;

/// Words in the content type of a main part (ECMA-376, part 1, 11 to 13; macros and templates have
/// their own types with the same words).
const MAIN_PARTS: &[(&str, Package)] = &[
    ("wordprocessingml", Package::Word),
    ("ms-word", Package::Word),
    ("presentationml", Package::PowerPoint),
    ("ms-powerpoint", Package::PowerPoint),
    ("spreadsheetml", Package::Excel),
    ("ms-excel", Package::Excel),
];

/// Folders of the parts of a package.
const FOLDERS: &[(&str, Package)] =
    &[("word/", Package::Word), ("ppt/", Package::PowerPoint), ("xl/", Package::Excel)];

/// What `mimetype` says in an OpenDocument file, the more telling first.
const OPEN_TYPES: &[(&str, Package)] = &[
    ("application/vnd.oasis.opendocument.text", Package::OpenText),
    ("application/vnd.oasis.opendocument.presentation", Package::OpenSlides),
    ("application/vnd.oasis.opendocument", Package::OpenDocument),
];

/// What an archive is; `None` for one that is no package.
pub(super) fn package(bytes: &[u8]) -> Option<Package> {
    match ZipArchive::new(Cursor::new(bytes)) {
        Ok(mut archive) if archive.offset() == 0 => of_directory(&mut archive),
        // Cut off before its directory, so that at best that of a package within is left: its
        // entries still stand in order.
        _ => of_folders(entries(bytes)),
    }
}

fn of_directory(archive: &mut ZipArchive<Cursor<&[u8]>>) -> Option<Package> {
    if let Some(said) = part(archive, "mimetype") {
        let open = OPEN_TYPES.iter().find(|(start, _)| said.trim().starts_with(start));
        if let Some((_, package)) = open {
            return Some(*package);
        }
    }
    let types = part(archive, "[Content_Types].xml").unwrap_or_default();
    let main = main_part(&part(archive, "_rels/.rels").unwrap_or_default());
    of_content_types(&types, main.as_deref()).or_else(|| of_folders(archive.file_names().flatten()))
}

/// The text of a small part.
fn part(archive: &mut ZipArchive<Cursor<&[u8]>>, path: &str) -> Option<String> {
    let mut bytes = Vec::new();
    archive.by_name(path).ok()?.take(MOST_XML).read_to_end(&mut bytes).ok()?;
    Some(String::from_utf8_lossy(&bytes).into_owned())
}

/// The path of the part that the package is there for.
fn main_part(relations: &str) -> Option<String> {
    let mut found = None;
    // What stands before a break in the XML counts.
    let _broken = walk(relations, |node| {
        if let Node::Open(element) = node
            && element.attribute("Type").is_some_and(|kind| kind.ends_with("/officeDocument"))
        {
            found = found.take().or_else(|| element.attribute("Target"));
        }
    });
    found.map(|path| path.trim_start_matches('/').to_owned())
}

/// By the content type of the main part, where it is known; else by the only main part there is.
fn of_content_types(types: &str, main: Option<&str>) -> Option<Package> {
    let (mut named, mut others) = (None, Vec::new());
    let _broken = walk(types, |node| {
        let Node::Open(element) = node else { return };
        let kind = element.attribute("ContentType").unwrap_or_default();
        let Some(package) = of_main_type(&kind) else { return };
        let path = element.attribute("PartName").unwrap_or_default();
        let is_named = main.is_some_and(|main| path.trim_start_matches('/') == main);
        if is_named {
            named = Some(package);
        } else if !others.contains(&package) {
            others.push(package);
        }
    });
    let only = if let [only] = others.as_slice() { Some(*only) } else { None };
    named.or(only)
}

fn of_main_type(kind: &str) -> Option<Package> {
    let is_main = kind.ends_with("main+xml") || kind.ends_with("sheet.binary.macroEnabled.main");
    let found = MAIN_PARTS.iter().find(|(word, _)| kind.contains(word));
    found.filter(|_| is_main).map(|(_, package)| *package)
}

/// By the folder of the first part that stands in one of the three.
fn of_folders<'a>(mut names: impl Iterator<Item = Cow<'a, str>>) -> Option<Package> {
    names.find_map(|name| {
        let folder = FOLDERS.iter().find(|(folder, _)| name.starts_with(folder));
        folder.map(|(_, package)| *package)
    })
}

/// Bytes of the head of an entry before its name (APPNOTE 6.3, 4.3.7), and where in it the length
/// of the name stands.
const HEAD: usize = 30;
const NAME_LENGTH: usize = 26;

/// The names of the entries of an archive without its directory, in their order. What is packed
/// inside an entry comes after that entry's own name.
fn entries(bytes: &[u8]) -> impl Iterator<Item = Cow<'_, str>> {
    memchr::memmem::find_iter(bytes, b"PK\x03\x04").filter_map(|at| {
        let head = bytes.get(at..at + HEAD)?;
        let length = usize::from(u16::from_le_bytes([head[NAME_LENGTH], head[NAME_LENGTH + 1]]));
        std::str::from_utf8(bytes.get(at + HEAD..at + HEAD + length)?).ok().map(Cow::Borrowed)
    })
}

#[cfg(test)]
pub(super) mod tests {
    use std::io::Write;

    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;

    /// An archive of stored parts.
    pub(in crate::extract) fn stored(parts: &[(&str, &[u8])]) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (path, content) in parts {
            let stored = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
            writer.start_file(*path, stored).expect("a new entry");
            writer.write_all(content).expect("memory takes all");
        }
        writer.finish().expect("a whole archive").into_inner()
    }

    fn types(overrides: &[(&str, &str)]) -> String {
        let each = |(path, kind): &(&str, &str)| {
            format!("<Override PartName='{path}' ContentType='application/vnd.{kind}+xml'/>")
        };
        format!("<Types>{}</Types>", overrides.iter().map(each).collect::<String>())
    }

    const WORD: &str = "openxmlformats-officedocument.wordprocessingml.document.main";
    const SLIDES: &str = "openxmlformats-officedocument.presentationml.presentation.main";
    const SHEETS: &str = "openxmlformats-officedocument.spreadsheetml.sheet.main";

    fn workbook() -> Vec<u8> {
        stored(&[
            ("[Content_Types].xml", types(&[("/xl/workbook.xml", SHEETS)]).as_bytes()),
            ("xl/workbook.xml", b"<w/>"),
        ])
    }

    fn check(parts: &[(&str, &[u8])], expected: Option<Package>) {
        assert_eq!(package(&stored(parts)), expected);
    }

    #[test]
    fn a_package_is_what_its_main_part_is() {
        let relations: &[u8] = b"<R><Relationship Type='x/officeDocument' Target='word/document.xml'/></R>";
        let word = types(&[("/word/document.xml", WORD), ("/word/embeddings/a.xlsx", SHEETS)]);
        check(
            &[
                ("[Content_Types].xml", word.as_bytes()),
                ("_rels/.rels", relations),
                ("word/document.xml", b"<d/>"),
                ("word/embeddings/a.xlsx", &workbook()),
            ],
            Some(Package::Word),
        );
        let slides = types(&[("/ppt/presentation.xml", SLIDES)]);
        check(
            &[("[Content_Types].xml", slides.as_bytes()), ("ppt/embeddings/a.xlsx", &workbook())],
            Some(Package::PowerPoint),
        );
        let macros = types(&[("/word/document.xml", "ms-word.document.macroEnabled.main")]);
        check(&[("[Content_Types].xml", macros.as_bytes())], Some(Package::Word));
        assert_eq!(package(&workbook()), Some(Package::Excel));
    }

    #[test]
    fn folders_tell_where_no_type_does() {
        check(&[("word/document.xml", b"<d/>"), ("word/x.xlsx", &workbook())], Some(Package::Word));
        check(&[("a.txt", b"word/document.xml"), ("lamps.xlsx", &workbook())], None);
        check(&[("mimetype", b"application/vnd.oasis.opendocument.text")], Some(Package::OpenText));
        check(&[("mimetype", b"application/epub+zip")], None);
    }

    #[test]
    fn an_archive_cut_off_is_told_by_its_first_part() {
        let whole = stored(&[("[Content_Types].xml", b"<T/>"), ("word/x.xlsx", &workbook())]);
        assert_eq!(package(&whole[..whole.len() - 40]), Some(Package::Word));
        assert_eq!(package(b"PK\x03\x04"), None);
    }
}
