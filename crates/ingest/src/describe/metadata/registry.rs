//! What `registry/*.toml` says of the lines of mastheads, as tables that `build.rs` made, and how
//! its patterns are matched.

use chapeau_document::{Date, Kind, Status};

use super::fold::is_folded;
use super::{bodies, when};
use crate::describe::words::Words;

/// What a word of a pattern wants.
#[derive(Clone, Copy, Debug)]
pub(super) enum Token {
    /// One of these words, folded.
    Words(&'static [&'static str]),
    /// These, or none of them.
    Maybe(&'static [Token]),
    Slot(Slot),
    /// The end of a line.
    End,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Slot {
    Date,
    Body,
    Ordinal,
    Number,
    Any,
}

/// What the date of a formula is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Dated {
    Adopted,
    Issued,
    /// The day of a meeting that minutes are of.
    Meeting,
    Force,
}

/// Whether a formula has the title.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Title {
    /// It begins the title, which goes on over the next lines whatever they look like.
    Act,
    /// It begins the title.
    Line,
    /// It is the title where there is no other.
    Else,
    /// What follows it is the title.
    Rest,
    Never,
}

/// A line by which a text says what it is.
#[derive(Debug)]
pub(super) struct Formula {
    pub(super) tokens: &'static [Token],
    pub(super) kind: Option<Kind>,
    pub(super) status: Option<Status>,
    pub(super) date: Option<Dated>,
    pub(super) title: Title,
    pub(super) agenda: bool,
    pub(super) closing: bool,
}

include!(concat!(env!("OUT_DIR"), "/what_documents_say.rs"));

/// Lines joined for matching, and the place of the last word of each.
pub(super) struct Lines<'a> {
    pub(super) words: &'a Words<'a>,
    /// One past the last word of each line, in order.
    pub(super) ends: &'a [usize],
}

/// What stands in a line that matches.
#[derive(Clone, Debug, Default)]
pub(super) struct Match {
    /// One past its last word.
    pub(super) end: usize,
    /// How many of its words the pattern names; those that may be any do not count.
    pub(super) named: usize,
    pub(super) date: Option<Date>,
    pub(super) body: Option<String>,
}

/// Most words that `{any}` stands for.
const MOST_ANY: usize = 8;

impl Lines<'_> {
    /// Whether the lines begin with the pattern.
    pub(super) fn matched(&self, tokens: &[Token]) -> Option<Match> {
        let may_begin = match tokens.first()? {
            Token::Words(words) => words.iter().any(|word| is_folded(self.words.at(0), word)),
            _ => true,
        };
        if may_begin { self.at(tokens, Match::default()) } else { None }
    }

    fn at(&self, tokens: &[Token], found: Match) -> Option<Match> {
        let Some((token, rest)) = tokens.split_first() else { return Some(found) };
        match token {
            Token::Words(words) => {
                let word = self.words.at(found.end);
                let fits = !word.is_empty() && words.iter().any(|wanted| is_folded(word, wanted));
                if fits {
                    self.at(rest, Match { end: found.end + 1, named: found.named + 1, ..found })
                } else {
                    None
                }
            }
            Token::Maybe(group) => {
                let with = self.at(group, found.clone()).and_then(|found| self.at(rest, found));
                with.or_else(|| self.at(rest, found))
            }
            Token::End => {
                if self.ends.contains(&found.end) {
                    self.at(rest, found)
                } else {
                    None
                }
            }
            Token::Slot(Slot::Any) => self.any(rest, &found),
            Token::Slot(slot) => self.slot(*slot, rest, found),
        }
    }

    /// Any words on the same line: as many as let most of the rest match, the fewest of these.
    fn any(&self, rest: &[Token], found: &Match) -> Option<Match> {
        let end = self.ends.iter().find(|end| **end >= found.end).copied().unwrap_or(found.end);
        let end = if found.end == 0 { self.ends.first().copied().unwrap_or(0) } else { end };
        let most = end.saturating_sub(found.end);
        if let [Token::End] = rest {
            return (most <= MOST_ANY * 2).then(|| Match { end, ..found.clone() });
        }
        let mut best: Option<Match> = None;
        for n in 0..=most.min(MOST_ANY) {
            let Some(fits) = self.at(rest, Match { end: found.end + n, ..found.clone() }) else { continue };
            if best.as_ref().is_none_or(|best| fits.named > best.named) {
                best = Some(fits);
            }
        }
        best
    }

    fn slot(&self, slot: Slot, rest: &[Token], found: Match) -> Option<Match> {
        let (length, date, body) = match slot {
            Slot::Date => {
                let printed = when::date_at(self.words, found.end)?;
                (printed.n_words, Some(printed.date), None)
            }
            Slot::Body => {
                let end = self.ends.iter().find(|end| **end > found.end).copied().unwrap_or(found.end);
                let (name, length) = bodies::at(self.words, found.end, end)?;
                (length, None, Some(name))
            }
            Slot::Ordinal => (when::ordinal_at(self.words, found.end)?.1, None, None),
            Slot::Number | Slot::Any => (usize::from(is_number(self.words.at(found.end))), None, None),
        };
        let found = Match {
            end: found.end + length,
            named: found.named + length,
            date: date.or(found.date),
            body: body.or(found.body),
        };
        if length > 0 { self.at(rest, found) } else { None }
    }
}

/// Figures, a letter, a Roman number, or figures with a letter; "one" to "five".
fn is_number(word: &str) -> bool {
    let is_roman = !word.is_empty() && word.bytes().all(|byte| b"ivxlcdm".contains(&byte));
    let is_spelt = ["one", "two", "three", "four", "five"].contains(&word);
    word.starts_with(|c: char| c.is_ascii_digit()) || is_roman || word.len() == 1 || is_spelt
}

/// Whether one of the phrases stands at a place, and how many words it has.
pub(super) fn phrase_at(words: &Words<'_>, place: usize, phrases: &[&[&str]]) -> Option<usize> {
    let stands =
        |phrase: &&&[&str]| phrase.iter().zip(place..).all(|(word, place)| is_folded(words.at(place), word));
    phrases.iter().filter(stands).map(|phrase| phrase.len()).max()
}

/// The best of the formulas that the lines begin with: the one that names most words.
pub(super) fn formula(lines: &Lines<'_>, closing: bool) -> Option<(&'static Formula, Match)> {
    let mut best: Option<(&Formula, Match)> = None;
    for formula in FORMULAS.iter().filter(|formula| formula.closing == closing) {
        let Some(found) = lines.matched(formula.tokens) else { continue };
        if best.as_ref().is_none_or(|(_, before)| before.named < found.named) {
            best = Some((formula, found));
        }
    }
    best
}

/// Whether the lines begin with one of these patterns; how many words it takes.
pub(super) fn begins(lines: &Lines<'_>, patterns: &[&'static [Token]]) -> Option<usize> {
    patterns.iter().filter_map(|pattern| lines.matched(pattern)).map(|found| found.end).max()
}
