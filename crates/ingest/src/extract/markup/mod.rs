//! XML: the vocabularies of laws that are read by their elements, and the words of any other.
//!
//! To add a vocabulary: its roots in [`ROOTS`], a file that writes its lines, one that reads what it
//! says of itself.

mod akoma_ntoso;
mod formex;
mod hierarchy;
#[cfg(test)]
mod tests;
mod tree;
mod unknown;
mod uslm;
mod writer;

use chapeau_document::Metadata;

use crate::{Extracted, ExtractedPage, Line, Role, Warning};
use tree::Tree;
use writer::Writer;

/// A vocabulary of XML.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Vocabulary {
    /// Formex 4, of the Publications Office of the EU.
    Formex,
    /// Akoma Ntoso 3.
    AkomaNtoso,
    /// United States Legislative Markup.
    Uslm,
    /// Any other: its words are read.
    Unknown,
}

impl Vocabulary {
    /// Its name, for people.
    pub fn name(self) -> &'static str {
        match self {
            Self::Formex => "Formex XML",
            Self::AkomaNtoso => "Akoma Ntoso XML",
            Self::Uslm => "USLM XML",
            Self::Unknown => "XML of a vocabulary that is not known",
        }
    }
}

/// Roots that tell a vocabulary by themselves.
const ROOTS: &[(&str, Vocabulary)] = &[
    ("akomaNtoso", Vocabulary::AkomaNtoso),
    ("ACT", Vocabulary::Formex),
    ("CONS.ACT", Vocabulary::Formex),
    ("CONS.DOC", Vocabulary::Formex),
    ("CONS.ANNEX", Vocabulary::Formex),
    ("ANNEX", Vocabulary::Formex),
    ("AGR", Vocabulary::Formex),
    ("CORR", Vocabulary::Formex),
    ("GENERAL", Vocabulary::Formex),
    ("LEXP.ROOT", Vocabulary::Formex),
    ("LEXP.COMBINED", Vocabulary::Formex),
    ("PROPOSAL", Vocabulary::Formex),
    ("uscDoc", Vocabulary::Uslm),
    ("lawDoc", Vocabulary::Uslm),
    ("pLaw", Vocabulary::Uslm),
    ("statutesAtLarge", Vocabulary::Uslm),
    ("statuteCompilation", Vocabulary::Uslm),
    ("cfrDoc", Vocabulary::Uslm),
    ("bill", Vocabulary::Uslm),
    ("resolution", Vocabulary::Uslm),
];

/// The name of the root of XML, past its declaration, comments and document type.
pub(super) fn root(start: &str) -> Option<&str> {
    let mut rest = start.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    loop {
        let inner = rest.strip_prefix('<')?;
        let end = match inner.as_bytes().first()? {
            b'?' => inner.find("?>")? + 2,
            b'!' if inner.starts_with("!--") => inner.find("-->")? + 3,
            // A document type may hold declarations of its own in brackets.
            b'!' => match (inner.find('['), inner.find('>')?) {
                (Some(open), end) if open < end => open + inner[open..].find("]>")? + 2,
                (_, end) => end + 1,
            },
            _ => break Some(name(inner)).filter(|name| !name.is_empty()),
        };
        rest = inner[end..].trim_start();
    }
}

/// The name that a tag begins with, without prefix.
fn name(tag: &str) -> &str {
    let end = tag.find(|c: char| c.is_whitespace() || matches!(c, '>' | '/')).unwrap_or(tag.len());
    let name = &tag[..end];
    let is_name = name.starts_with(|c: char| c.is_alphabetic() || c == '_')
        && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | ':'));
    if is_name { name.rsplit(':').next().unwrap_or_default() } else { "" }
}

/// The vocabulary of XML: by its root, and where there is none known, if it is XML at all: it says
/// so, or ends as it begins.
pub(super) fn vocabulary(start: &str, bytes: &[u8]) -> Option<Vocabulary> {
    let root = root(start)?;
    let known = ROOTS.iter().find(|(name, _)| *name == root).map(|(_, vocabulary)| *vocabulary);
    if let Some(known) = known.filter(|known| bears_out(start, root, *known)) {
        return Some(known);
    }
    let end = bytes.trim_ascii_end();
    let closed = end.strip_suffix(b">").map(<[u8]>::trim_ascii_end);
    let is_closed = closed.is_some_and(|end| end.ends_with(root.as_bytes()) && holds_end(end, root));
    (start.starts_with("<?xml") || is_closed).then_some(Vocabulary::Unknown)
}

/// Roots that other vocabularies have too, and what shows that it is this one.
const COMMON_ROOTS: &[&str] = &["ACT", "ANNEX", "AGR", "CORR", "GENERAL", "PROPOSAL", "bill", "resolution"];
const SIGNS: &[(Vocabulary, &[&str])] = &[
    (Vocabulary::Formex, &["formex", "<BIB.INSTANCE", "<TITLE>", "<ENACTING.TERMS", "<TI.ART", "<P>"]),
    (Vocabulary::Uslm, &["uslm", "<legis-body"]),
];

fn bears_out(start: &str, root: &str, known: Vocabulary) -> bool {
    let signs = SIGNS.iter().find(|(vocabulary, _)| *vocabulary == known).map_or(&[][..], |(_, signs)| signs);
    !COMMON_ROOTS.contains(&root) || signs.iter().any(|sign| start.contains(sign))
}

/// Whether the last name is that of an end tag, with or without prefix.
fn holds_end(end: &[u8], root: &str) -> bool {
    let before = &end[..end.len() - root.len()];
    let tag = before.rsplit(|byte| *byte == b'<').next().unwrap_or_default();
    tag.starts_with(b"/") && (tag.len() == 1 || tag.ends_with(b":"))
}

/// Reads XML; what breaks off gives what stood before the break, and a warning.
pub(super) fn extract(xml: &str, vocabulary: Vocabulary) -> Extracted {
    let tree = Tree::read(xml);
    let embedded = match vocabulary {
        Vocabulary::Formex => formex::metadata(&tree),
        Vocabulary::AkomaNtoso => akoma_ntoso::metadata(&tree),
        Vocabulary::Uslm => uslm::metadata(&tree),
        Vocabulary::Unknown => Metadata::default(),
    };
    let mut writer = Writer::default();
    match vocabulary {
        Vocabulary::Formex => formex::write(&tree, &mut writer),
        Vocabulary::AkomaNtoso | Vocabulary::Uslm => {
            hierarchy::write(&tree, &mut writer, embedded.language());
        }
        Vocabulary::Unknown => unknown::write(&tree, &mut writer),
    }
    let lines = writer.finish();
    let warnings = warnings(&tree, vocabulary);
    let explanation = vec![format!("{} lines, {} of them footnotes", lines.len(), n_notes(&lines))];
    let page = ExtractedPage { number: 1, label: None, lines };
    Extracted { pages: vec![page], embedded, warnings, explanation, ..Extracted::default() }
}

fn n_notes(lines: &[Line]) -> usize {
    lines.iter().filter(|line| matches!(line.role, Role::Footnote { .. })).count()
}

fn warnings(tree: &Tree, vocabulary: Vocabulary) -> Vec<Warning> {
    let broken = tree.broken.as_ref().map(|broken| format!("the XML breaks off {broken}"));
    let unknown = "only the words of this XML were read, since its vocabulary is not known".to_owned();
    let unknown = (vocabulary == Vocabulary::Unknown).then_some(unknown);
    broken.into_iter().chain(unknown).map(|message| Warning { page: None, message }).collect()
}
