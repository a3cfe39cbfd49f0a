//! Headers and footers: where symbol, session and date stand in many documents.

use std::collections::HashSet;

use super::package::{Package, Relations};
use super::story::{self, Section, Shared, Side, Told};
use crate::{Failure, Line, Role};

/// The lines around the text, each of them once.
#[derive(Debug, Default)]
pub(super) struct Frames {
    /// Those of headers.
    pub(super) above: Vec<Line>,
    /// Those of footers.
    pub(super) below: Vec<Line>,
}

/// Reads the headers and footers that are printed. They are repeated on every page, so they are
/// furniture; but the header of the first page alone is where the masthead often stands, and that
/// is text.
pub(super) fn read(
    package: &mut Package<'_>,
    relations: &Relations,
    told: &Told,
    shared: &mut Shared,
) -> Result<Frames, Failure> {
    let mut frames = Frames::default();
    let (mut known_parts, mut known_lines) = (HashSet::new(), HashSet::new());
    for (at, section) in told.sections.iter().enumerate() {
        for (side, kind, id) in printed(section).filter(|(_, _, id)| known_parts.insert(*id)) {
            let path = relations.by_id.get(id);
            let Some(xml) = path.map(|path| package.part(path)).transpose()?.flatten() else { continue };
            let is_masthead = at == 0 && side == Side::Header && kind == FIRST;
            let mut lines = story::read(&xml, shared).lines;
            for line in &mut lines {
                // A table in a masthead only sets name and symbol side by side.
                line.role = if is_masthead { Role::Body } else { Role::Furniture };
            }
            lines.retain(|line| known_lines.insert(line.text.clone()));
            let place = if side == Side::Header { &mut frames.above } else { &mut frames.below };
            place.extend(lines);
        }
    }
    Ok(frames)
}

/// The kind of frame that only the first page of a section has.
const FIRST: &str = "first";

/// The headers and footers of a section that a reader sees, that of its first page first; one that
/// is kept from before a switch was turned off is not printed.
fn printed(section: &Section) -> impl Iterator<Item = (Side, &str, &String)> {
    let frames = || section.frames.iter().map(|(side, kind, id)| (*side, kind.as_str(), id));
    let first = frames().filter(|(_, kind, _)| *kind == FIRST && section.has_first_page);
    first.chain(frames().filter(|(_, kind, _)| *kind != FIRST))
}
