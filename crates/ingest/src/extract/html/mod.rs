//! HTML: what a browser would show, as lines with the cues that the elements give.

mod attributes;
mod element;
mod encoding;
mod eurlex;
#[cfg(test)]
mod eurlex_tests;
mod head;
mod lists;
mod notes;
mod page;
mod plain_notes;

#[cfg(test)]
mod tests;
mod words;

use chapeau_document::FileStatus;
use html5gum::{State, Token, Tokenizer};

use crate::{Extracted, ExtractedPage, Failure, Line, Options, Role};
use attributes::Attributes;
use page::Page;

/// Reads a page. HTML has no errors: whatever the bytes are, a browser shows something.
///
/// # Errors
/// The page holds more text than `options` allow.
pub(super) fn extract(bytes: &[u8], options: &Options) -> Result<Extracted, Failure> {
    let decoded = encoding::decode(bytes);
    let page = read(&decoded.text, options)?;
    let heading = page.lines.iter().find(|line| matches!(line.role, Role::Heading { .. }));
    let embedded = page.head.metadata(heading.map(|line| line.text.as_str()), &sample(&page.lines));
    let n_notes = page.lines.iter().filter(|line| matches!(line.role, Role::Footnote { .. })).count();
    let explanation = vec![
        format!("HTML, {}", decoded.encoding),
        format!("{} lines, {n_notes} of them footnotes", page.lines.len()),
    ];
    Ok(Extracted {
        pages: vec![ExtractedPage { number: 1, label: None, lines: page.lines }],
        embedded,
        warnings: decoded.warnings,
        explanation,
        ..Extracted::default()
    })
}

fn read(text: &str, options: &Options) -> Result<Page, Failure> {
    let is_xhtml = text.trim_start_matches('\u{feff}').starts_with("<?xml");
    let mut page = Page::default();
    let mut tokenizer = Tokenizer::new(text);
    while let Some(Ok(token)) = tokenizer.next() {
        match token {
            Token::StartTag(tag) => {
                let name = String::from_utf8_lossy(&tag.name);
                let is_closed = is_xhtml && tag.self_closing;
                page.start(&name, &Attributes::of(&tag.attributes), is_closed);
                if let Some(state) = state_inside(&name).filter(|_| !is_closed) {
                    tokenizer.set_state(state);
                }
            }
            Token::EndTag(tag) => page.end(&String::from_utf8_lossy(&tag.name)),
            Token::String(words) => page.words(&String::from_utf8_lossy(&words.value)),
            Token::Comment(_) | Token::Doctype(_) | Token::Error(_) => {}
        }
        if page.n_bytes > options.max_text_bytes {
            let wanted = options.max_text_bytes;
            let reason = format!("found more than {wanted} bytes of text; split the file");
            return Err(Failure::new(FileStatus::TooLarge, reason));
        }
    }
    page.finish();
    Ok(page)
}

/// Elements in which tags are no tags (HTML standard, "parsing elements that contain only text").
fn state_inside(name: &str) -> Option<State> {
    match name {
        "script" => Some(State::ScriptData),
        "title" | "textarea" => Some(State::RcData),
        "style" | "xmp" | "iframe" | "noembed" | "noframes" | "noscript" => Some(State::RawText),
        "plaintext" => Some(State::PlainText),
        _ => None,
    }
}

/// The first of the text, to tell its language.
fn sample(lines: &[Line]) -> String {
    let body = lines.iter().filter(|line| line.role != Role::Furniture).take(200);
    body.map(|line| line.text.as_str()).collect::<Vec<_>>().join("\n")
}
