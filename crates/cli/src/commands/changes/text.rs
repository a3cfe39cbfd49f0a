//! Changes in words: a section for each query, a paragraph for each document.

use chapeau_query::{ChangedClause, ChangedDocument, Section, Went};

use crate::commands::compare::{coloured, redlined};
use crate::print::{Style, harmless_line};
use crate::wrap::wrapped;

/// Columns before the words of a clause.
const INDENT: usize = 4;

/// A section as lines.
pub(super) fn lines(section: &Section, style: Style) -> Vec<String> {
    let changes = &section.changes;
    let until = section.until.as_ref().map_or_else(String::new, |until| format!(" until {until}"));
    let mut lines = Vec::new();
    if section.name.is_some() || !section.query.is_empty() {
        lines.push(style.bold(&harmless_line(&titled(section))));
    }
    lines.push(format!("since {}{until}: {}", section.since, changes.summary()));
    lines.extend(changes.passed_over());
    if let Some(unknown) = &changes.unknown {
        lines.push(format!("what changed up to {} is not all known", unknown.day));
    }
    lines.extend(changes.documents.iter().flat_map(|of| document(of, style)));
    lines
}

/// The name, and the query where the name is another.
fn titled(section: &Section) -> String {
    match &section.name {
        Some(name) if *name != section.query => format!("{name}: {}", section.query),
        _ => section.title().to_owned(),
    }
}

fn document(document: &ChangedDocument, style: Style) -> Vec<String> {
    let title = document.title.as_deref().filter(|title| *title != document.citation);
    let title = title.map_or_else(String::new, |title| format!(", {title}"));
    let date = document.date.map_or_else(String::new, |date| format!(", {date}"));
    let what = format!("document {}, run {} of {}", document.change.as_str(), document.run, document.at);
    let mut lines = vec![
        String::new(),
        style.bold(&harmless_line(&format!("{}{title}{date}", document.citation))),
        style.dim(&what),
    ];
    lines.extend(document.clauses.iter().flat_map(|row| clause(row, style)));
    if document.more > 0 {
        lines.push(format!("  and {} more: `--limit` lists more", document.more));
    }
    lines
}

fn clause(row: &ChangedClause, style: Style) -> Vec<String> {
    let Some(clause) = row.clause() else { return Vec::new() };
    let anew = if row.read_anew { ", only read anew" } else { "" };
    let alike = row
        .redline
        .as_ref()
        .map_or_else(String::new, |redline| format!(", {:.0} % alike", redline.similarity * 100.0));
    let was = row.before.as_ref().filter(|before| row.change == Went::Changed && before.id != clause.id);
    let was = was.map_or_else(String::new, |before| format!(", was {}", before.id));
    let label = clause.label.as_ref().map_or_else(String::new, |label| format!("{label}, "));
    let head = format!("  {}{alike}{anew}: {label}{}{was}", row.change.as_str(), clause.id);
    let words = match (&row.redline, &row.before) {
        (Some(redline), Some(before)) => redlined(redline, &before.text, &clause.text),
        _ => clause.text.clone(),
    };
    let words = wrapped(&harmless_line(&words), style.width.saturating_sub(INDENT));
    let words = if row.redline.is_some() { coloured(&words, style) } else { words };
    let indented = words.into_iter().map(|line| format!("{:INDENT$}{line}", ""));
    std::iter::once(style.dim(&harmless_head(&head))).chain(indented).collect()
}

/// A head keeps the blanks in front of it.
fn harmless_head(head: &str) -> String {
    format!("  {}", harmless_line(head))
}
