//! What a law in USLM (United States Legislative Markup) says of itself, in Dublin Core.

use chapeau_document::{Kind, Metadata};

use super::tree::{Element, Tree};
use crate::extract::properties::embedded;

/// Kinds by the root (USLM user guide, 3.1).
const KINDS: &[(&str, Kind)] = &[
    ("uscDoc", Kind::Law),
    ("lawDoc", Kind::Law),
    ("pLaw", Kind::Law),
    ("statutesAtLarge", Kind::Law),
    ("statuteCompilation", Kind::Law),
    ("cfrDoc", Kind::Law),
    ("bill", Kind::Proposal),
    ("resolution", Kind::Resolution),
];

/// Its metadata.
pub(super) fn metadata(tree: &Tree) -> Metadata {
    let Some(root) = tree.root() else { return Metadata::default() };
    let meta = root.find("meta").unwrap_or(root);
    let said = |name: &str| meta.child(name).map(Element::words).filter(|words| !words.is_empty());
    let date = said("approvedDate").or_else(|| said("date")).and_then(|date| date.get(..10)?.parse().ok());
    let kind = KINDS.iter().find(|(name, _)| *name == root.name()).map(|(_, kind)| *kind);
    Metadata {
        title: root.find("officialTitle").and_then(official).or_else(|| said("title")).and_then(embedded),
        document_number: said("docNumber").and_then(embedded),
        date_adopted: date.and_then(embedded),
        kind: kind.and_then(embedded),
        language: said("language").filter(|code| code.len() == 2).and_then(embedded),
        ..Metadata::default()
    }
}

/// The long title, without the notes in its margin.
fn official(title: Element<'_>) -> Option<String> {
    Some(title.words_but(&["sidenote"])).filter(|words| !words.is_empty())
}
