//! Makes a static table of the words by which clauses are cited.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::Deserialize;

use crate::Outcome;

/// The languages of `registry/labels.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Labels {
    source: String,
    /// How the word of an article is printed where it is not written out.
    printed: Vec<String>,
    en: Language,
    fr: Language,
    es: Language,
    de: Language,
}

#[derive(Deserialize)]
struct Language {
    joins: String,
    levels: Option<BTreeMap<String, String>>,
    #[serde(default)]
    nths: Vec<String>,
    #[serde(default)]
    subparagraphs: Vec<String>,
    #[serde(flatten)]
    words: BTreeMap<String, String>,
}

const WORDS: &[&str] = &[
    "article",
    "endnote",
    "footnote",
    "item",
    "list",
    "nth",
    "operative",
    "paragraph",
    "point",
    "preambular",
    "recital",
    "section",
    "slide",
    "unnumbered",
];
const LEVELS: &[&str] = &["letter", "letters", "number", "numeral", "paragraph", "subparagraph"];

/// The words of each language as code; each is written with the space behind it.
pub(crate) fn code(found: &Labels) -> Outcome<String> {
    crate::sourced("labels", &found.source)?;
    let mut out = String::from("static WORDS: &[(&str, Words)] = &[\n");
    for (code, language) in [("en", &found.en), ("fr", &found.fr), ("es", &found.es), ("de", &found.de)] {
        let levels = match &language.levels {
            Some(levels) => format!("Some(Levels {{ {} }})", fields(code, levels, LEVELS)?),
            None => "None".to_owned(),
        };
        let words = fields(code, &language.words, WORDS)?;
        let Language { joins, nths, subparagraphs, .. } = language;
        let lists = format!("nths: &{nths:?}, subparagraphs: &{subparagraphs:?}");
        writeln!(out, "    ({code:?}, Words {{ joins: {joins:?}, levels: {levels}, {lists}, {words} }}),")?;
    }
    let printed: Vec<String> = found.printed.iter().map(|word| spaced(word)).collect();
    writeln!(out, "];\npub(super) const PRINTED: &[&str] = &{printed:?};")?;
    Ok(out)
}

fn fields(code: &str, words: &BTreeMap<String, String>, names: &[&str]) -> Outcome<String> {
    if !words.keys().map(String::as_str).eq(names.iter().copied()) {
        return Err(format!("labels, {code}: {:?} is not {names:?}", words.keys()).into());
    }
    let fields = words.iter().map(|(name, word)| format!("{name}: {:?}", spaced(word)));
    Ok(fields.collect::<Vec<_>>().join(", "))
}

/// A word with the space behind it.
fn spaced(word: &str) -> String {
    if word.is_empty() { String::new() } else { [word, " "].concat() }
}
