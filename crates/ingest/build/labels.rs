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
    out.push_str("];\n");
    Ok(out)
}

fn fields(code: &str, words: &BTreeMap<String, String>, names: &[&str]) -> Outcome<String> {
    if !words.keys().map(String::as_str).eq(names.iter().copied()) {
        return Err(format!("labels, {code}: {:?} is not {names:?}", words.keys()).into());
    }
    let spaced = |word: &str| if word.is_empty() { String::new() } else { [word, " "].concat() };
    let fields = words.iter().map(|(name, word)| format!("{name}: {:?}", spaced(word)));
    Ok(fields.collect::<Vec<_>>().join(", "))
}
