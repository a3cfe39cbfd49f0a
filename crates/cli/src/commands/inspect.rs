//! `text` and `clauses`: what is read of one file, without an index.

use std::path::Path;

use chapeau_document::{Bounds, Document, Page};
use chapeau_ingest::{Options, Reading, Source, Warning};

use crate::args::{Clauses, Text};
use crate::print::{self, Output};
use crate::recognition::Recognition;
use crate::{Exit, reading};

/// Prints a file's normalised text, a form feed between pages, or its lines with their places.
pub(crate) fn text(args: &Text) -> anyhow::Result<Exit> {
    let options = Options {
        keep_furniture: args.furniture,
        text_only: true,
        passwords: reading::passwords(&args.passwords)?,
        ..Options::default()
    };
    let recognition = Recognition::wanted(args.ocr.ocr, &args.ocr.languages)?;
    let Some(found) = read_or_say_why(&args.file, &options, &recognition) else { return Ok(Exit::Failed) };
    if args.explain {
        found.explanation.iter().for_each(|finding| print::note(finding));
    }
    let mut out = Output::stdout();
    for document in &found.documents {
        if args.explain {
            document.furniture.iter().for_each(|line| {
                print::note(&format!("left out as furniture: {}", super::furniture_line(line)));
            });
        }
        if let Some(what) = what_is_not_there(args, document) {
            print::note(&format!("{}: {what}", args.file.to_string_lossy()));
        }
        match () {
            () if args.boxes => boxes(document, &mut out)?,
            () if args.pages => out.text(&(in_pages(document, page_head) + "\n"))?,
            () => out.text(&(in_pages(document, page_break) + "\n"))?,
        }
    }
    out.finish()?;
    Ok(Exit::Done)
}

/// What is asked for, and this file cannot tell.
fn what_is_not_there(args: &Text, document: &Document) -> Option<&'static str> {
    match () {
        () if args.boxes && document.pages.lines.is_empty() => {
            Some("lines of this format have no places on a page; only those of PDFs have")
        }
        () if args.pages && document.pages.pages.is_empty() => Some("this format has no pages"),
        () => None,
    }
}

/// One line of the source a line: page, left, top, right, bottom, text, with tabs between.
fn boxes(document: &Document, out: &mut Output) -> anyhow::Result<()> {
    for line in &document.pages.lines {
        let Bounds { left, top, right, bottom } = line.bounds;
        let text = document.text.get(line.span.start..line.span.end).unwrap_or_default();
        let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
        out.text(&format!("{}\t{left:.1}\t{top:.1}\t{right:.1}\t{bottom:.1}\t{words}\n", line.page))?;
    }
    Ok(())
}

/// Prints a file's clauses, all of them, one record a line.
pub(crate) fn clauses(args: &Clauses) -> anyhow::Result<Exit> {
    let options = Options { passwords: reading::passwords(&args.passwords)?, ..Options::default() };
    let recognition = Recognition::wanted(args.ocr.ocr, &args.ocr.languages)?;
    let Some(found) = read_or_say_why(&args.file, &options, &recognition) else { return Ok(Exit::Failed) };
    let mut out = Output::stdout();
    for document in &found.documents {
        for clause in &document.clauses {
            out.json(&document.record(clause))?;
        }
    }
    out.finish()?;
    Ok(Exit::Done)
}

/// What was read; `None` once stderr says why there is nothing.
fn read_or_say_why(file: &Path, options: &Options, recognition: &Recognition) -> Option<Reading> {
    let name = file.to_string_lossy();
    let given = [];
    let found = reading::bytes_of(file).and_then(|bytes| {
        let source = Source { path: file_name(file), bytes: &bytes, given: &given };
        reading::read_alone(&source, options, recognition)
    });
    match found {
        Ok(found) => {
            found.warnings.iter().for_each(|warning| print::warning(&format!("{name}: {}", worded(warning))));
            Some(found)
        }
        Err(failure) => {
            print::note(&format!("{name}: {failure}"));
            None
        }
    }
}

/// The name is all that a reader of one file needs of its path: ids are made of it.
fn file_name(file: &Path) -> &str {
    file.file_name().and_then(|name| name.to_str()).unwrap_or("file")
}

/// A warning with its page, as one line.
pub(crate) fn worded(warning: &Warning) -> String {
    match warning.page {
        Some(page) => format!("page {page}: {}", warning.message),
        None => warning.message.clone(),
    }
}

/// The text with something before each page.
fn in_pages(document: &Document, before: fn(usize, &Page) -> String) -> String {
    let mut text = String::with_capacity(document.text.len() + document.pages.pages.len());
    let mut written = 0;
    for (at, page) in document.pages.pages.iter().enumerate() {
        let start = after_word(&document.text, page.start);
        text.push_str(&document.text[written..start]);
        let head = before(at, page);
        if head.starts_with('\n') {
            text.truncate(text.trim_end().len());
        }
        text.push_str(&head);
        written = start;
    }
    text.push_str(&document.text[written..]);
    text
}

fn page_break(at: usize, _: &Page) -> String {
    if at == 0 { String::new() } else { "\u{C}".to_owned() }
}

/// "[page 12, printed iv]", on a line of its own.
fn page_head(at: usize, page: &Page) -> String {
    let printed = page.label.as_ref().map(|label| format!(", printed {label}")).unwrap_or_default();
    format!("{}[page {}{printed}]\n\n", if at == 0 { "" } else { "\n\n" }, page.number)
}

/// The place of a page break: where the page starts, or after the word that both pages share.
fn after_word(text: &str, start: usize) -> usize {
    let is_within = text.get(..start).unwrap_or_default().ends_with(|before: char| !before.is_whitespace());
    let rest = text.get(start..).filter(|_| is_within).unwrap_or_default();
    start.min(text.len()) + rest.find(char::is_whitespace).unwrap_or(rest.len())
}
