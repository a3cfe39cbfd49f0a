//! Hyphens at line ends: which belong to the word, and which only to the line.

use std::collections::HashSet;

use super::{CleanLine, first_word, last_word};
use crate::label::folded;

/// The hyphenated words that a text has inside its lines, if any line ends in a hyphen at all.
#[derive(Default)]
pub(super) struct Hyphens {
    known: HashSet<String>,
}

/// First halves that keep their hyphen. Domain facts: compounds of trade texts.
const KEEP_AFTER: &[&str] = &[
    "non",
    "co",
    "e",
    "cross",
    "self",
    "anti",
    "pre",
    "post",
    "sub",
    "inter",
    "multi",
    "semi",
    "quasi",
    "ex",
    "vice",
    "least",
    "trade",
    "non-tariff",
    "third",
    "long",
    "short",
    "medium",
    "high",
    "low",
    "duty",
    "tariff",
    "well",
    "most",
    "half",
    "by",
    "in",
    "on",
    "all",
    "counter",
    "mid",
    "re",
    "so",
];

impl Hyphens {
    /// The hyphenated words of these lines.
    pub(super) fn of(lines: &[CleanLine<'_>]) -> Self {
        let ends_open = |line: &CleanLine<'_>| line.text.ends_with('-');
        if !lines.iter().any(ends_open) {
            return Self::default();
        }
        let mut known = HashSet::new();
        for line in lines {
            for at in memchr::memchr_iter(b'-', line.text.as_bytes()) {
                known.extend(compound_at(&line.text, at));
            }
        }
        Self { known }
    }

    /// Whether the hyphen that `before` ends with goes when `after` is joined to it.
    pub(super) fn drops(&self, before: &str, after: &str) -> bool {
        let first = folded(before.trim_end_matches('-'));
        let first = first.trim_start_matches(|c: char| !c.is_alphanumeric());
        let second = folded(after);
        let second = second.trim_end_matches(|c: char| !c.is_alphanumeric());
        let is_number = first.bytes().any(|byte| byte.is_ascii_digit());
        let starts_low = after.starts_with(char::is_lowercase);
        // "micro-, small" and "EU-wide": a hyphen after a word in capitals belongs to it.
        let is_acronym = before.len() > 2 && !before.bytes().any(|byte| byte.is_ascii_lowercase());
        let last_part = first.rsplit('-').next().unwrap_or(first);
        starts_low
            && !is_number
            && !is_acronym
            && !KEEP_AFTER.contains(&last_part)
            && !self.known.contains(&format!("{first}-{second}"))
    }
}

/// The word around a hyphen inside a line, in small letters.
fn compound_at(line: &str, at: usize) -> Option<String> {
    let first = last_word(&line[..at]).trim_start_matches(|c: char| !c.is_alphanumeric());
    let second = first_word(&line[at + 1..]).trim_end_matches(|c: char| !c.is_alphanumeric());
    (!first.is_empty() && !second.is_empty()).then(|| format!("{}-{}", folded(first), folded(second)))
}
