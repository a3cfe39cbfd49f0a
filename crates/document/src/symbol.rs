//! WTO-style document symbols: `WT/L/843`, `WT/MIN(13)/32`, `INF/ECOM/62/Rev.5`.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::Span;

/// An official identifier in its one normal form: capitals except for `Add.`, `Rev.`, `Corr.`
/// and `Suppl.`, no spaces, the dot always there.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Symbol(String);

impl Symbol {
    /// Reads a symbol in any of the forms that people write; `None` if it is none.
    pub fn parse(text: &str) -> Option<Self> {
        let (span, symbol) = Self::find_all(text).into_iter().next()?;
        (span == Span::new(0, text.len()).trimmed(text)).then_some(symbol)
    }

    /// The symbols in a running text, with their places in it.
    pub fn find_all(_text: &str) -> Vec<(Span, Self)> {
        Vec::new()
    }

    /// The normal form.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The symbol's prefixes at its slashes, itself included, and at a bracketed year:
    /// `WT`, `WT/MIN`, `WT/MIN(13)`, `WT/MIN(13)/32`.
    pub fn prefixes(&self) -> Vec<&str> {
        vec![&self.0]
    }
}

impl fmt::Display for Symbol {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.pad(&self.0)
    }
}
