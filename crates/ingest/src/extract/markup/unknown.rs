//! XML of a vocabulary that nobody told us: its words, a line for each element that holds some.

use super::tree::{Element, Part, Tree};
use super::writer::Writer;

/// The words.
pub(super) fn write(tree: &Tree, writer: &mut Writer) {
    if let Some(root) = tree.root() {
        element(root, writer);
    }
}

/// An element that holds words itself is a paragraph, with all that stands in it.
fn element(found: Element<'_>, writer: &mut Writer) {
    let has_words = found.parts().any(|part| matches!(part, Part::Words(words) if !words.trim().is_empty()));
    if has_words {
        writer.flush();
        writer.push(&found.words());
        writer.flush();
    } else {
        found.children().for_each(|child| element(child, writer));
    }
}
