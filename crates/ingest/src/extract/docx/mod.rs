//! DOCX: the words that Word prints, its automatic numbers among them, with the cues of its styles.

#[cfg(test)]
mod around_tests;
mod core;
mod fields;
#[cfg(test)]
mod fixtures;
mod frames;
mod look;
mod notes;
mod numbering;
mod package;
mod paragraph;
mod story;
mod styles;
mod symbols;
#[cfg(test)]
mod tests;

use std::collections::HashMap;

use crate::extract::ordinal::Ordinal;
use crate::extract::starred;
use crate::{Extracted, ExtractedPage, Failure, Line, Options, Role, Warning};
use frames::Frames;
use notes::Notes;
use numbering::Numbering;
use package::{Package, Relations, damaged, locked, too_large};
use story::{Changes, Shared, Told};
use styles::Styles;

/// First bytes of the container in which Office locks a package (and of its old formats).
const CONTAINER: &[u8] = b"\xD0\xCF\x11\xE0";

/// Reads a package.
///
/// # Errors
/// The package is locked, damaged before its first word, or over a limit.
pub(super) fn extract(bytes: &[u8], options: &Options) -> Result<Extracted, Failure> {
    if bytes.starts_with(CONTAINER) {
        return Err(locked());
    }
    let mut package = Package::open(bytes, options)?;
    let main = package.relations("")?.by_kind.remove("officeDocument");
    let main = main.unwrap_or_else(|| "word/document.xml".to_owned());
    let relations = package.relations(&main)?;
    let Some(xml) = package.part(&main)? else { return Err(damaged(&format!("it has no {main}"))) };
    let mut shared = shared(&mut package, &relations, options)?;
    let mut told = story::read(&xml, &mut shared);
    if let Some(broken) = told.broken.as_ref().filter(|_| told.lines.is_empty()) {
        return Err(damaged(&format!("{main} breaks off: {broken}")));
    }
    let Frames { above, below } = frames::read(&mut package, &relations, &told, &mut shared)?;
    if shared.budget == 0 {
        return Err(too_large());
    }
    let Shared { footnotes, endnotes, changes, .. } = shared;
    let text = std::mem::take(&mut told.lines);
    let notes = footnotes.into_lines().into_iter().chain(endnotes.into_lines());
    let mut lines: Vec<Line> = above.into_iter().chain(text).chain(notes).chain(below).collect();
    starred::settle(&mut lines);
    relate_sizes(&mut lines);
    let core = package.part("docProps/core.xml")?.unwrap_or_default();
    Ok(extracted(lines, &core, &told, changes))
}

fn shared(package: &mut Package<'_>, relations: &Relations, options: &Options) -> Result<Shared, Failure> {
    let mut part = |kind: &str| -> Result<String, Failure> {
        let usual = format!("word/{kind}.xml");
        Ok(package.part(relations.by_kind.get(kind).unwrap_or(&usual))?.unwrap_or_default())
    };
    let settings = part("settings")?;
    let none = || Notes::new(HashMap::new(), Ordinal::Decimal, 1);
    let mut shared = Shared {
        styles: Styles::read(&part("styles")?),
        numbering: Numbering::read(&part("numbering")?),
        footnotes: none(),
        endnotes: none(),
        changes: Changes::default(),
        budget: options.max_text_bytes,
    };
    let footnotes = story::read(&part("footnotes")?, &mut shared).notes;
    let endnotes = story::read(&part("endnotes")?, &mut shared).notes;
    let (ordinal, start) = notes::counting(&settings, "footnotePr");
    shared.footnotes = Notes::new(footnotes, ordinal.unwrap_or(Ordinal::Decimal), start);
    let (ordinal, start) = notes::counting(&settings, "endnotePr");
    shared.endnotes = Notes::new(endnotes, ordinal.unwrap_or(Ordinal::LowerRoman), start);
    Ok(shared)
}

/// Makes sizes relative to that of most letters.
fn relate_sizes(lines: &mut [Line]) {
    let mut letters: HashMap<u32, usize> = HashMap::new();
    for line in lines.iter().filter(|line| line.role == Role::Body) {
        *letters.entry(line.size.round() as u32).or_default() += line.text.len();
    }
    // The smaller of two equally frequent ones: the larger is that of headings.
    let body = letters.iter().max_by_key(|(size, letters)| (**letters, std::cmp::Reverse(**size)));
    let body = body.map_or(paragraph::DEFAULT_SIZE as f32, |(size, _)| *size as f32).max(1.0);
    for line in lines {
        line.size /= body;
    }
}

fn extracted(lines: Vec<Line>, core: &str, told: &Told, changes: Changes) -> Extracted {
    let text = lines.iter().map(|line| line.text.as_str()).take(500).collect::<Vec<_>>().join("\n");
    let embedded = core::metadata(core, &text);
    let n_notes = lines.iter().filter(|line| matches!(line.role, Role::Footnote { .. })).count();
    let explanation = vec![
        "DOCX".to_owned(),
        format!("{} lines, {n_notes} of them notes; {} comments not read", lines.len(), changes.comments),
    ];
    Extracted {
        pages: vec![ExtractedPage { number: 1, label: None, lines }],
        embedded,
        warnings: warnings(told, changes),
        explanation,
        ..Extracted::default()
    }
}

fn warnings(told: &Told, changes: Changes) -> Vec<Warning> {
    let broken =
        told.broken.as_ref().map(|broken| format!("the text breaks off, since its XML is damaged: {broken}"));
    let Changes { inserted, deleted, .. } = changes;
    let tracked = (inserted + deleted > 0).then(|| {
        format!(
            "tracked changes were read as accepted: {inserted} insertions kept, {deleted} deletions dropped"
        )
    });
    let messages = broken.into_iter().chain(tracked);
    messages.map(|message| Warning { page: None, message }).collect()
}
