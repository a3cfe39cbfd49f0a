//! Phrases of which any may stand in a text, each with a searcher that is made once.

use std::sync::LazyLock;

use memchr::memmem::Finder;

/// Phrases that are looked for together.
pub(crate) struct AnyOf(Vec<Finder<'static>>);

/// Phrases made ready at their first use.
pub(crate) type Made = LazyLock<AnyOf>;

impl AnyOf {
    pub(crate) fn new(phrases: &[&'static str]) -> Self {
        Self(phrases.iter().map(|phrase| Finder::new(*phrase)).collect())
    }

    /// Whether one of them stands in the text, as it is written.
    pub(crate) fn is_in(&self, text: &str) -> bool {
        self.0.iter().any(|finder| finder.find(text.as_bytes()).is_some())
    }
}
