//! Makes static lists of words and names that are looked for by themselves.

use std::collections::{BTreeMap, HashSet};
use std::fmt::Write as _;

use serde::Deserialize;

use crate::Outcome;

/// The lists of `registry/lists.toml` by name.
pub(crate) type Lists = BTreeMap<String, List>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct List {
    source: String,
    words: Vec<String>,
}

/// Each list as code, under its name in capitals.
pub(crate) fn code(found: &Lists) -> Outcome<String> {
    let mut out = String::new();
    for (name, list) in found {
        crate::sourced(name, &list.source)?;
        let mut seen = HashSet::new();
        if let Some(word) = list.words.iter().find(|word| word.trim() != word.as_str() || !seen.insert(*word))
        {
            return Err(format!("{name}: {word:?} stands twice, or has white space around it").into());
        }
        let name = name.to_uppercase();
        writeln!(out, "pub(crate) const {name}: &[&str] = &{:?};", list.words)?;
    }
    Ok(out)
}
