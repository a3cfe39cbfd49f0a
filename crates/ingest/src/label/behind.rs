//! What may stand right behind a marker.

use super::{Class, DEGREE, Style};

/// Conversions lose the space after a marker: "(a)to promote", "1.The Parties".
pub(super) fn may_touch(style: Style, after: &str) -> bool {
    let next = after.chars().next().unwrap_or(' ');
    match style.close {
        b')' => next.is_alphabetic() || matches!(next, '"' | '“') || opens_list(after),
        b'.' => style.class == Class::Number && (next.is_uppercase() || opens_subsection(after)),
        DEGREE => matches!(next, '-' | '–'),
        _ => false,
    }
}

/// "(b)(1) Each": the first item of the list within "(b)".
fn opens_list(after: &str) -> bool {
    ["(1) ", "(i) ", "(a) ", "(A) "].iter().any(|first| after.starts_with(first))
}

/// "7.—(1) There is": the number of a section, then that of its first part.
fn opens_subsection(after: &str) -> bool {
    after.trim_start_matches(['—', '–', '-', '―', ' ']).starts_with("(1)")
}

/// "1 to report", "2 that the Council": what a head such as "resolves" asks for. "5 to 10" is a range.
pub(super) fn completes_an_act(words: &str) -> bool {
    let rest =
        ["to ", "in ", "that ", "that, ", "que ", "que, "].iter().find_map(|start| words.strip_prefix(start));
    rest.is_some_and(|rest| rest.starts_with(char::is_alphabetic))
}
