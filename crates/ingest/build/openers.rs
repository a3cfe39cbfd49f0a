//! Makes static lists of the words that clauses open with.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use serde::Deserialize;

use crate::Outcome;
use crate::fold::folded;

/// The lists of `registry/openers.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Openers {
    recital: Words,
    operative: Words,
    opens_operative: Words,
    testimonium: Words,
    makers: Words,
    agreement: Words,
    adverbs: Words,
    adoption: Words,
    citation: Words,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    source: String,
    en: Vec<String>,
    fr: Vec<String>,
    es: Vec<String>,
    /// German, of which acts of the European Union alone are known.
    #[serde(default)]
    de: Vec<String>,
}

/// The lists as code: sorted, folded, each opener once.
pub(crate) fn code(found: &Openers) -> Outcome<String> {
    let lists = [
        ("RECITAL", &found.recital),
        ("OPERATIVE", &found.operative),
        ("OPENS_OPERATIVE", &found.opens_operative),
        ("TESTIMONIUM", &found.testimonium),
        ("MAKERS", &found.makers),
        ("AGREEMENT", &found.agreement),
        ("ADVERBS", &found.adverbs),
        ("ADOPTION", &found.adoption),
        ("CITATION", &found.citation),
    ];
    let mut out = String::new();
    for (name, words) in lists {
        crate::sourced(name, &words.source)?;
        let mut sorted = BTreeSet::new();
        for opener in words.en.iter().chain(&words.fr).chain(&words.es).chain(&words.de) {
            sorted.insert(checked(name, opener)?);
        }
        writeln!(out, "pub(super) static {name}: &[&str] = &{:?};", sorted.iter().collect::<Vec<_>>())?;
    }
    Ok(out)
}

/// The longest opener that the reader looks at, in bytes.
const LONGEST: usize = 48;

fn checked(list: &str, opener: &str) -> Outcome<String> {
    let plain = folded(opener);
    let is_words = plain.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '\''))
        && plain.starts_with(|c: char| c.is_alphabetic())
        && plain.trim_end() == plain
        && plain == plain.to_lowercase();
    match () {
        () if !is_words => Err(format!("{list}: {opener:?} is not words in small letters").into()),
        () if plain.len() > LONGEST => {
            Err(format!("{list}: {opener:?} is longer than {LONGEST} bytes").into())
        }
        () => Ok(plain),
    }
}
