//! Hyphens at line ends: which belong to the word, and which only to the line.

use std::collections::HashSet;

use super::{CleanLine, first_word, last_word};
use crate::label::folded;
use crate::lists;

/// What a text has inside its lines, if any line ends in a hyphen at all.
#[derive(Default)]
pub(super) struct Hyphens {
    /// Its hyphenated words.
    known: HashSet<String>,
    /// Words that it has without a hyphen, of those that a line end cuts after a prefix.
    whole: HashSet<String>,
}

const FIRST_OF_PAIR: usize = 4;

// `KEEP_BETWEEN`: first halves that are the first syllables of other words as well ("re-export", "re-quirement"),
// with the beginnings of what follows them in compounds, as they stand in `registry/hyphens.toml`.
include!(concat!(env!("OUT_DIR"), "/hyphens.rs"));

/// Most cut words that are looked for elsewhere in the text; each is a search through all of it.
const MOST_CUT: usize = 200;

impl Hyphens {
    /// The words of these lines that say something of those cut at line ends.
    pub(super) fn of<'l>(lines: impl Iterator<Item = &'l CleanLine<'l>>) -> Self {
        let lines: Vec<&CleanLine<'_>> = lines.collect();
        if !lines.iter().any(|line| line.text.ends_with('-')) {
            return Self::default();
        }
        let cut = cut_words(&lines);
        let mut known = HashSet::new();
        for line in &lines {
            for at in memchr::memchr_iter(b'-', line.text.as_bytes()) {
                known.extend(compound_at(&line.text, at));
            }
        }
        let is_whole = |word: &String| {
            let finder = memchr::memmem::Finder::new(word);
            lines.iter().any(|line| finder.find(line.text.as_bytes()).is_some())
        };
        Self { known, whole: cut.into_iter().filter(is_whole).collect() }
    }

    /// Whether the hyphen that `before` ends with goes when `after` is joined to it.
    pub(super) fn drops(&self, before: &str, after: &str) -> bool {
        let halves = Halves::of(before, after);
        let is_number = halves.first.bytes().any(|byte| byte.is_ascii_digit());
        let starts_low = after.starts_with(char::is_lowercase);
        // "micro-, small" and "EU-wide": a hyphen after a word in capitals belongs to it.
        let is_acronym = before.len() > 2 && !before.bytes().any(|byte| byte.is_ascii_lowercase());
        let compound = format!("{}-{}", folded(&halves.first), folded(&halves.second));
        // "OBJEC-TIVES" in a text about objectives; two acronyms make no word.
        if is_in_capitals(before, after) {
            return self.whole.contains(&halves.joined());
        }
        starts_low
            && !is_number
            && !is_acronym
            && !self.known.contains(&compound)
            && (!halves.are_compound() || self.whole.contains(&halves.joined()))
    }
}

/// Whether both halves are in capitals, and words.
fn is_in_capitals(before: &str, after: &str) -> bool {
    let are_capitals = |half: &str| {
        let mut letters = half.chars().filter(|c| c.is_alphabetic());
        letters.clone().count() > 1 && letters.all(char::is_uppercase)
    };
    are_capitals(before) && are_capitals(after)
}

/// The two parts of a word that a line end cuts, in small letters.
struct Halves {
    first: String,
    second: String,
}

impl Halves {
    fn of(before: &str, after: &str) -> Self {
        let first = before.trim_end_matches('-').trim_start_matches(|c: char| !c.is_alphanumeric());
        let second = after.trim_end_matches(|c: char| !c.is_alphanumeric());
        Self { first: first.to_lowercase(), second: second.to_lowercase() }
    }

    fn joined(&self) -> String {
        [self.first.as_str(), self.second.as_str()].concat()
    }

    /// Whether they make a compound that is written with a hyphen.
    fn are_compound(&self) -> bool {
        let prefix = self.first.rsplit('-').next().unwrap_or(&self.first);
        let of_prefix = KEEP_BETWEEN.iter().find(|(known, _)| *known == prefix);
        lists::COMPOUND_FIRSTS.contains(&prefix)
            || self.first.len() >= FIRST_OF_PAIR && lists::COMPOUND_SECONDS.contains(&self.second.as_str())
            || of_prefix
                .is_some_and(|(_, seconds)| seconds.iter().any(|start| self.second.starts_with(start)))
    }
}

/// The words that line ends cut where a compound may have its hyphen, put together.
fn cut_words(lines: &[&CleanLine<'_>]) -> HashSet<String> {
    let cut = lines.windows(2).filter(|pair| pair[0].text.ends_with('-'));
    let words = cut.map(|pair| (last_word(&pair[0].text), first_word(&pair[1].text)));
    let halves = words.filter_map(|(before, after)| {
        let halves = Halves::of(before, after);
        (is_in_capitals(before, after) || halves.are_compound()).then(|| halves.joined())
    });
    halves.take(MOST_CUT).collect()
}

/// The word around a hyphen inside a line, in small letters.
fn compound_at(line: &str, at: usize) -> Option<String> {
    let first = last_word(&line[..at]).trim_start_matches(|c: char| !c.is_alphanumeric());
    let second = first_word(&line[at + 1..]).trim_end_matches(|c: char| !c.is_alphanumeric());
    (!first.is_empty() && !second.is_empty()).then(|| format!("{}-{}", folded(first), folded(second)))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Joins `before` and `after` in a text that also has `elsewhere`.
    #[track_caller]
    fn check(before: &str, after: &str, elsewhere: &str, expected: &str) {
        let line = crate::Line::default();
        let clean = |text: &str| CleanLine {
            text: text.to_owned().into(),
            cues: &line,
            page: 0,
            space_above: 0.0,
            is_cut: false,
        };
        let lines = [clean(before), clean(after), clean(elsewhere)];
        let hyphens = Hyphens::of(lines.iter());
        let drops = hyphens.drops(last_word(before), first_word(after));
        let joined = if drops { before.trim_end_matches('-') } else { before };
        assert_eq!(format!("{joined}{after}"), expected);
    }

    #[test]
    fn prefixes_keep_their_hyphen_in_compounds_only() {
        check("a re-", "quirement", "", "a requirement");
        check("the re-", "export", "", "the re-export");
        check("in ex-", "ceptional cases", "", "in exceptional cases");
        check("an ex-", "officio member", "", "an ex-officio member");
        check("this sub-", "paragraph", "", "this sub-paragraph");
        check("sub-", "ject to", "", "subject to");
        check("non-", "discriminatory", "", "non-discriminatory");
        check("el co-", "mercio", "", "el comercio");
        check("co-", "operation", "", "co-operation");
        check("multi-", "lateral", "", "multilateral");
        check("invité à ré-", "examiner", "", "invité à réexaminer");
    }

    #[test]
    fn second_halves_keep_the_hyphen_of_a_compound() {
        check("bank-", "advised lamps", "", "bank-advised lamps");
        check("the cor-", "related lamps", "", "the correlated lamps");
        check("the twenty-", "first lamp", "", "the twenty-first lamp");
        check("de celles-", "ci", "", "de celles-ci");
        check("la sous-", "direction", "", "la sous-direction");
        check("la sous-", "cription", "", "la souscription");
    }

    #[test]
    fn capitals_are_one_word_where_the_text_has_it() {
        check("OBJEC-", "TIVES OF THE GUILD", "the objectives of the guild", "OBJECTIVES OF THE GUILD");
        check("LAMP-", "OIL", "oil for a lamp", "LAMP-OIL");
        check("EAC-", "SADC fair", "", "EAC-SADC fair");
    }

    #[test]
    fn the_text_itself_knows_best() {
        check("co-", "operation", "their cooperation is", "cooperation");
        check("inter-", "governmental", "an intergovernmental body", "intergovernmental");
        check("multi-", "lateral", "a multi-lateral body", "multi-lateral");
    }
}
