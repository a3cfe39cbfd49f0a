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

/// Prefixes with the beginnings of what may follow them.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Hyphens {
    source: String,
    keep: BTreeMap<String, Vec<String>>,
}

/// The prefixes as code.
pub(crate) fn hyphens(found: &Hyphens) -> Outcome<String> {
    crate::sourced("hyphens.toml", &found.source)?;
    let mut out = String::from("const KEEP_BETWEEN: &[(&str, &[&str])] = &[\n");
    for (prefix, beginnings) in &found.keep {
        let distinct: HashSet<&String> = beginnings.iter().collect();
        if distinct.len() != beginnings.len() {
            return Err(format!("hyphens.toml: what follows {prefix:?} has an entry twice").into());
        }
        writeln!(out, "    ({prefix:?}, &{beginnings:?}),")?;
    }
    out.push_str("];\n");
    Ok(out)
}
