//! What conversions leave in a text that is none of its words: codes of Word's fields, page numbers without a
//! page, marks of numbers that were counted by the program, separators of dumps.

use std::borrow::Cow;

use crate::{Line, Role};

/// Fields whose instructions old converters print before their results.
const FIELDS: &[&str] = &[
    "DATE",
    "DOCPROPERTY",
    "DOCVARIABLE",
    "FILENAME",
    "HYPERLINK",
    "INCLUDEPICTURE",
    "MERGEFIELD",
    "NOTEREF",
    "NUMPAGES",
    "PAGE",
    "PAGEREF",
    "REF",
    "SAVEDATE",
    "SECTIONPAGES",
    "SEQ",
    "STYLEREF",
    "TIME",
    "TITLE",
    "TOC",
];
/// Those whose instruction may have nothing but a quoted argument.
const QUOTING: &[&str] = &["DOCVARIABLE", "HYPERLINK", "INCLUDEPICTURE"];
/// How Word's own bookmarks begin, in small letters.
const BOOKMARKS: &[&str] = &["_toc", "_ref", "_hlk"];
/// A number that the program counted, as some converters print it.
const COUNTED: &str = "&&";

/// A line without codes of fields.
pub(super) fn without_codes(text: &str) -> Cow<'_, str> {
    let text = text.trim_start();
    let (number, rest) = if has_mark(text) { counted(text) } else { (String::new(), text) };
    if rest.len() < text.len() {
        let rest = codes_out(rest);
        return if number.is_empty() { rest } else { Cow::Owned(format!("{number} {rest}")) };
    }
    codes_out(text)
}

/// Whether a line may have the mark of a counted paragraph.
fn has_mark(text: &str) -> bool {
    memchr::memchr(b'&', text.as_bytes()).is_some()
}

/// What is left of the number of a counted paragraph, and its words.
fn counted(text: &str) -> (String, &str) {
    let (mut number, mut rest) = (String::new(), text);
    while let Some((before, after)) = rest.split_once(COUNTED).filter(|(before, _)| is_number(before)) {
        number.push_str(before.trim());
        rest = after.trim_start();
    }
    (number, rest)
}

fn codes_out(text: &str) -> Cow<'_, str> {
    if memchr::memchr3(b'\\', b'"', b'_', text.as_bytes()).is_none() {
        return Cow::Borrowed(text);
    }
    let mut kept = String::new();
    let mut rest = text;
    while let Some((start, end)) = next_field(rest) {
        kept.push_str(&rest[..start]);
        rest = &rest[end..];
    }
    if rest.len() == text.len() {
        return Cow::Borrowed(text);
    }
    kept.push_str(rest);
    Cow::Owned(kept)
}

/// Whether a line begins a paragraph that the program counted.
pub(super) fn is_counted(text: &str) -> bool {
    has_mark(text) && text.trim_start().split_once(COUNTED).is_some_and(|(number, _)| is_number(number))
}

/// "", "12.", "5: ": what is left of a number before its mark.
fn is_number(text: &str) -> bool {
    text.len() <= 6 && text.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ':' | ')' | ' ' | '\t'))
}

/// Where the next instruction of a field begins and ends.
fn next_field(text: &str) -> Option<(usize, usize)> {
    let is_start = |at: usize| at == 0 || !text.as_bytes()[at - 1].is_ascii_alphanumeric();
    let capitals = text.bytes().enumerate().filter(|(at, byte)| byte.is_ascii_uppercase() && is_start(*at));
    capitals.map(|(at, _)| at).find_map(|at| {
        let name = FIELDS.iter().find(|name| {
            let after = text[at..].strip_prefix(**name);
            after.is_some_and(|after| after.starts_with([' ', '\t', '\u{a0}']))
        })?;
        let length = instruction(&text[at + name.len()..], QUOTING.contains(name))?;
        Some((at, at + name.len() + length))
    })
}

/// Length of the arguments of a field: switches, bookmarks, words in quotes; `None` if they are words of a text.
fn instruction(text: &str, may_quote: bool) -> Option<usize> {
    let mut rest = text;
    let mut is_field = false;
    loop {
        let next = rest.trim_start();
        if let Some(switch) = next.strip_prefix('\\') {
            let letter = switch
                .chars()
                .next()
                .filter(|letter| letter.is_ascii_alphanumeric() || "*#@!".contains(*letter))?;
            rest = &switch[letter.len_utf8()..];
            if letter == '*' {
                let word = rest.trim_start();
                rest = word.trim_start_matches(|c: char| c.is_ascii_alphabetic());
            }
            is_field = true;
        } else if let Some(quoted) = next.strip_prefix('"').filter(|_| is_field || may_quote) {
            rest = &quoted[quoted.find('"')? + 1..];
            is_field = true;
        } else if is_bookmark(next) {
            rest = next.trim_start_matches(|c: char| !c.is_whitespace());
            is_field = true;
        } else {
            return is_field.then(|| text.len() - rest.len());
        }
    }
}

fn is_bookmark(text: &str) -> bool {
    text.get(..4).is_some_and(|start| BOOKMARKS.contains(&start.to_ascii_lowercase().as_str()))
}

/// Whether a line of a text without places is nothing but a page's number, or parts the documents of a dump.
pub(super) fn is_all(line: &Line) -> bool {
    if line.role != Role::Body || line.bounds.is_some() {
        return false;
    }
    let text = without_codes(&line.text);
    let is_code = text.trim().is_empty() && !line.text.trim().is_empty();
    is_code || is_page(&text) || is_separator(line)
}

/// "- PAGE 2 -", "Page: 1/ 2", "Page 3 of 7".
fn is_page(text: &str) -> bool {
    const LONGEST: usize = 40;
    if text.len() > LONGEST {
        return false;
    }
    let lowered = text.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let Some(rest) = lowered.strip_prefix("page").or_else(|| lowered.strip_prefix("página")) else {
        return false;
    };
    let mut words =
        rest.split(|c: char| c.is_whitespace() || ":/|".contains(c)).filter(|word| !word.is_empty());
    let is_number = |word: &str| word.bytes().all(|byte| byte.is_ascii_digit());
    words.next().is_some_and(is_number)
        && words.all(|word| is_number(word) || matches!(word, "of" | "sur" | "de"))
}

/// "document 12" alone between blank lines: what parts the documents of some dumps.
fn is_separator(line: &Line) -> bool {
    let number = line.text.trim().strip_prefix("document ").filter(|_| line.space_above >= 1.0);
    number.is_some_and(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_go_and_their_results_stay() {
        let check = |text: &str, expected: &str| {
            let bare = without_codes(text).split_whitespace().collect::<Vec<_>>().join(" ");
            assert_eq!(bare, expected);
        };
        check("A.\tLAMPS\t PAGEREF _TOC4850 \\H 1", "A. LAMPS 1");
        check(" TOC \\O \"1-3\" \\Z \\U \\T \"TITLE\" A.\tLAMPS", "A. LAMPS");
        check("see  HYPERLINK \"http://lamps.example\" the lamp page", "see the lamp page");
        check("Page:  PAGE  \\* Arabic  \\* MERGEFORMAT 1/ NUMPAGES  \\* MERGEFORMAT 2", "Page: 1/ 2");
        check("&& The Office spoke.", "The Office spoke.");
        check("12.&& The Office spoke.", "12. The Office spoke.");
        check("lamps && wax", "lamps && wax");
        check("the DATE \"of oiling\" and PAGE 3", "the DATE \"of oiling\" and PAGE 3");
        check("C:\\LAMPS \"and\" wax_oil", "C:\\LAMPS \"and\" wax_oil");
    }

    #[test]
    fn lone_page_numbers_and_separators_are_no_text() {
        let is_all = |text: &str| is_all(&Line { text: text.into(), space_above: 1.0, ..Line::default() });
        for text in
            ["-  PAGE 2 -", "Page: 1/ 2", "Página 3 de 7", "document 12", "&&", " PAGE \\* MERGEFORMAT "]
        {
            assert!(is_all(text), "{text}");
        }
        for text in ["Page", "Pages 3 and 4", "Document 12", "document 12.", "1/2", ""] {
            assert!(!is_all(text), "{text}");
        }
    }
}
