//! The attributes of one tag, and the few style declarations that matter.

use std::collections::BTreeMap;

use html5gum::{HtmlString, Spanned};

/// The attributes of one tag.
#[derive(Debug, Default)]
pub(super) struct Attributes<'a> {
    values: Vec<(&'a str, &'a str)>,
}

impl<'a> Attributes<'a> {
    /// Those of a tag as the tokenizer gives it; names are in small letters there.
    pub(super) fn of(found: &'a BTreeMap<HtmlString, Spanned<HtmlString, ()>>) -> Self {
        let text = |bytes: &'a HtmlString| std::str::from_utf8(bytes).unwrap_or_default();
        Self { values: found.iter().map(|(name, value)| (text(name), text(&value.value).trim())).collect() }
    }

    /// The value of an attribute.
    pub(super) fn get(&self, name: &str) -> Option<&'a str> {
        self.values.iter().find(|(known, _)| *known == name).map(|(_, value)| *value)
    }

    /// The value that the `style` attribute gives to a property.
    pub(super) fn style(&self, property: &str) -> Option<&'a str> {
        let declarations = self.get("style")?.split(';');
        let value = declarations
            .filter_map(|declaration| declaration.split_once(':'))
            .find_map(|(name, value)| name.trim().eq_ignore_ascii_case(property).then_some(value.trim()))?;
        Some(value.trim_end_matches("!important").trim_end())
    }

    /// Whether one of the words of an attribute is one of `words`.
    pub(super) fn has_word(&self, name: &str, words: &[&str]) -> bool {
        self.get(name).is_some_and(|value| value.split_whitespace().any(|word| words.contains(&word)))
    }
}
