//! Extracted lines as text, one a line with its cues, for the tests of the formats.

use std::fmt::Write;

use crate::{Extracted, Line, Role};

/// The lines with role, cues and text: `item1 [i2 bold] "a. words"`. Lines that are no whole
/// paragraph end in `+`.
pub(super) fn display(extracted: &Extracted) -> String {
    let mut out = String::new();
    for line in extracted.pages.iter().flat_map(|page| &page.lines) {
        let end = if line.whole { "" } else { " +" };
        writeln!(out, "{}{}{:?}{end}", role(&line.role), cues(line), line.text).expect("a string takes all");
    }
    out
}

fn role(role: &Role) -> String {
    match role {
        Role::Body => String::new(),
        Role::Heading { depth, .. } => format!("h{depth} "),
        Role::Item { depth } => format!("item{depth} "),
        Role::Footnote { mark } => format!("note {mark} "),
        Role::Quotation => "quotation ".to_owned(),
        Role::TableRow => "row ".to_owned(),
        Role::Furniture => "furniture ".to_owned(),
    }
}

fn cues(line: &Line) -> String {
    let is_heading = matches!(line.role, Role::Heading { .. });
    let mut cues: Vec<String> = Vec::new();
    cues.extend((line.indent > 0.0).then(|| format!("i{}", line.indent)));
    cues.extend((line.size != 1.0 && !is_heading).then(|| format!("s{:.2}", line.size)));
    cues.extend((line.bold && !is_heading).then(|| "bold".to_owned()));
    cues.extend(line.italic.then(|| "italic".to_owned()));
    cues.extend(line.centred.then(|| "centred".to_owned()));
    if cues.is_empty() { String::new() } else { format!("[{}] ", cues.join(" ")) }
}
