//! Text in lines of a given width, and marked words within it.

use chapeau_document::Span;

use crate::print::{Style, harmless_line};
use crate::table::columns;

/// What stands around marked words where letters cannot be bold. Braces are the one pair that
/// trade texts do not use: square brackets there mean dispute, angled quotes are quotes.
const MARKS: [char; 2] = ['{', '}'];

/// Words in lines of at most `width` columns; a longer word has a line of its own.
pub(crate) fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if columns(line) + 1 + columns(word) <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// A piece of text in lines, with its marked words bold, or in braces where nothing can be bold.
/// `marks` are spans of the same text as `span`, in order.
pub(crate) fn passage(text: &str, span: Span, marks: &[Span], width: usize, style: Style) -> Vec<String> {
    let mut pieces = String::new();
    let mut at = span.start;
    for mark in marks.iter().filter(|mark| mark.start >= span.start && mark.end <= span.end) {
        if mark.start < at {
            continue;
        }
        push_text(&mut pieces, &text[at..mark.start]);
        pieces.push(OPEN);
        push_text(&mut pieces, &text[mark.start..mark.end]);
        pieces.push(CLOSE);
        at = mark.end;
    }
    push_text(&mut pieces, &text[at..span.end]);
    dressed(&pieces, width, style)
}

/// A text that holds our own marks all the same must not forge any.
fn push_text(pieces: &mut String, text: &str) {
    pieces.extend(text.chars().filter(|letter| ![OPEN, CLOSE].contains(letter)));
}

/// Marks while text is being wrapped: noncharacters, which no text should hold.
const OPEN: char = '\u{FDD0}';
const CLOSE: char = '\u{FDD1}';

fn dressed(pieces: &str, width: usize, style: Style) -> Vec<String> {
    let harmless = harmless_line(pieces);
    // Codes for bold letters take no width, braces do.
    let plain = if style.colour { harmless.clone() } else { with_marks(&harmless, MARKS.map(String::from)) };
    let lines = wrapped(&plain, width);
    if !style.colour {
        return lines;
    }
    let mut bold = false;
    lines.iter().map(|line| bold_line(line, &mut bold)).collect()
}

fn with_marks(text: &str, [open, close]: [String; 2]) -> String {
    text.replace(OPEN, &open).replace(CLOSE, &close)
}

/// Bold that goes over a line end is taken up again on the next line.
fn bold_line(line: &str, bold: &mut bool) -> String {
    let mut out = if *bold { "\x1b[1m".to_owned() } else { String::new() };
    *bold = line.rfind([OPEN, CLOSE]).map_or(*bold, |last| line[last..].starts_with(OPEN));
    out.push_str(&with_marks(line, ["\x1b[1m".to_owned(), "\x1b[0m".to_owned()]));
    if *bold {
        out.push_str("\x1b[0m");
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(colour: bool, width: usize, expected: &[&str]) {
        let text = "not imposing customs duties on electronic transmissions";
        let marks = [Span::new(13, 27), Span::new(31, 41)];
        assert_eq!(passage(text, Span::new(4, text.len()), &marks, width, Style::new(colour, 80)), expected);
    }

    #[test]
    fn marked_words_stand_in_braces() {
        check(false, 80, &["imposing {customs duties} on {electronic} transmissions"]);
    }

    #[test]
    fn or_are_bold_over_line_ends() {
        let (on, off) = ("\x1b[1m", "\x1b[0m");
        check(
            true,
            18,
            &[
                &format!("imposing {on}customs{off}"),
                &format!("{on}duties{off} on"),
                &format!("{on}electronic{off}"),
                "transmissions",
            ],
        );
    }
}
