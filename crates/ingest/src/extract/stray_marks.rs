//! Marks of Markdown that open or close nothing, as converters leave them.

use std::borrow::Cow;

use super::ordinal;

/// A line without such marks, the marks of its notes raised.
pub(super) fn cleaned(text: &str) -> String {
    raised(&without_stray_bold(without_stray_marks(text)))
}

/// A line with the marks of its notes raised: "lamps<sup>1</sup>".
fn raised(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once("<sup>") {
        let Some((mark, after)) = behind.split_once("</sup>") else { break };
        out.push_str(before);
        out.push_str(&ordinal::raised(mark.trim()));
        out.push_str(if mark.ends_with(' ') { " " } else { "" });
        rest = after;
    }
    out.push_str(rest);
    out
}

/// A line without the mark of an emphasis that another paragraph closes or opens, as converters
/// leave it.
fn without_stray_marks(text: &str) -> &str {
    let words = text.trim();
    let is_mark = |letter: char| letter == '_';
    if words.chars().all(is_mark) {
        return "";
    }
    let bare = words.trim_start_matches(is_mark);
    // Asterisks are left: they are marks of notes as well.
    let opens = bare.len() < words.len() && !bare.starts_with(' ') && !bare.contains(is_mark);
    if opens { bare } else { text }
}

/// A line without marks of bold letters that open or close nothing, as converters leave them: "**Lamps", "oil: ** wax".
/// Those behind a word are left: they are marks of notes as well.
fn without_stray_bold(text: &str) -> Cow<'_, str> {
    const BOLD: &str = "**";
    if !text.contains(BOLD) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    // "5 ** 2" is no letter in bold.
    let is_alone = text.matches(BOLD).count() == 1 && text.contains(" ** ");
    for (number, piece) in text.split(BOLD).enumerate() {
        let is_behind_a_word = out.ends_with(|before: char| !before.is_whitespace());
        if number > 0 && (is_behind_a_word || is_alone) {
            out.push_str(BOLD);
        }
        let goes_on = !out.is_empty() && !out.ends_with(' ') || is_alone;
        let piece = if goes_on { piece } else { piece.trim_start() };
        out.push_str(piece);
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_that_mark_nothing_go() {
        let check = |text: &str, expected: &str| assert_eq!(cleaned(text), expected);
        check("**Lamps for the mill", "Lamps for the mill");
        check("Lamps **and wicks", "Lamps and wicks");
        check("- **Oil: ** of the mill", "- Oil: of the mill");
        check("**", "");
        check("12.5** and 7*", "12.5** and 7*");
        check("5 ** 2", "5 ** 2");
        check("_Lamps", "Lamps");
        check("lamps<sup>1</sup>", "lamps¹");
    }
}
