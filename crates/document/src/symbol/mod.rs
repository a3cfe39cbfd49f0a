//! Official identifiers: `WT/L/843`, `A/RES/78/134`, `Regulation (EU) 2016/679`, `Loi n° 2019-01`.
//!
//! Which series there are, how they are written and what they mean stands in `registry/`; here it is
//! looked up, at the start of each word by the word's first three letters, so that a text without
//! symbols costs one pass over its bytes.

mod alone;
mod find;

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::registry::look_up;
use crate::{Span, Sureness};

/// An official identifier in its one canonical form, which is the English one where its body has one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct Symbol(String);

impl Symbol {
    /// Reads a symbol of a known series in any of the forms that people write, small letters
    /// included; `None` if it is none.
    pub fn parse(text: &str) -> Option<Self> {
        look_up::whole(text.trim(), true).map(|found| Self(found.normal))
    }

    /// The symbols of known series in a running text, with their places in it, and the references
    /// that mean one ("resolution 70/1"). Capitals are wanted here: small letters with a slash are
    /// far more often words ("and/or") than symbols.
    pub fn find_all(text: &str) -> Vec<(Span, Self)> {
        find::running(text)
    }

    /// Those among [`Symbol::find_all`] that are written as one word, so that no part of one is a
    /// word of the text.
    pub fn find_compact(text: &str) -> Vec<(Span, Self)> {
        find::compact(text)
    }

    /// The symbol in a line that has nothing else to say, as in a masthead, and how sure it is: of a
    /// known series, or of the general shape of symbols. `None` where words stand beside it.
    pub fn standing_alone(line: &str) -> Option<(Span, Self, Sureness)> {
        alone::symbol(line)
    }

    /// The symbols in a line of a masthead, also of series that running text cannot be believed to
    /// name ("2023 No. 35"), each with how sure it is.
    pub fn in_masthead(line: &str) -> Vec<(Span, Self, Sureness)> {
        find::in_masthead(line)
    }

    /// The longest symbol at the start of what is typed, perhaps of several words, and its length.
    pub fn typed(text: &str) -> Option<(usize, Self)> {
        find::typed(text)
    }

    /// The normal form.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The symbol's prefixes at its slashes, itself included, and at its brackets: `WT`, `WT/MIN`,
    /// `WT/MIN(13)`, `WT/MIN(13)/32`.
    pub fn prefixes(&self) -> Vec<&str> {
        let ends = self.0.bytes().enumerate().filter(|(_, byte)| matches!(byte, b'/' | b'('));
        ends.map(|(at, _)| self.0[..at].trim_end()).chain([self.as_str()]).collect()
    }
}

impl fmt::Display for Symbol {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.pad(self.as_str())
    }
}

#[cfg(test)]
mod tests;
