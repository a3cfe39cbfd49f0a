//! Makes static tables of the registry of what documents say they are, so that no reading pays for
//! it, and refuses to build with an entry that is not understood.

use std::error::Error;
use std::fmt::Write as _;
use std::path::PathBuf;
use std::{env, fs};

use serde::Deserialize;

// The library folds the words of lines with the same code.
#[allow(dead_code, unreachable_pub)]
#[path = "src/describe/metadata/fold.rs"]
mod fold;
use fold::folded;
#[path = "build/labels.rs"]
mod labels;
#[path = "build/lists.rs"]
mod lists;
#[path = "build/openers.rs"]
mod openers;

#[path = "build/described.rs"]
mod described;

type Outcome<T> = Result<T, Box<dyn Error>>;

/// The values of the contract, as the variants of the library's lists.
const KINDS: &[&str] = &[
    "decision",
    "resolution",
    "declaration",
    "agreement",
    "protocol",
    "law",
    "schedule",
    "communication",
    "proposal",
    "report",
    "minutes",
    "notification",
    "recommendation",
    "guidance",
    "statement",
    "presentation",
    "other",
];
const STATUSES: &[&str] = &["adopted", "draft", "in force", "superseded"];
const DATES: &[&str] = &["adopted", "issued", "meeting", "force"];
const TITLES: &[&str] = &["act", "line", "else", "rest", "never"];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Formulas {
    formula: Vec<Formula>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Formula {
    is: Vec<String>,
    kind: Option<String>,
    status: Option<String>,
    date: Option<String>,
    title: Option<String>,
    #[serde(default)]
    agenda: bool,
    #[serde(default)]
    closing: bool,
    source: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Never {
    letterhead: Vec<Lines>,
    never: Vec<Lines>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Lines {
    is: Vec<String>,
    source: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Kinds {
    kind: Vec<KindNouns>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct KindNouns {
    kind: String,
    nouns: Vec<String>,
    source: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    ordinals: Numbers,
    cardinals: Numbers,
    bodies: Nouns,
    beside: List,
    openings: List,
    drafts: List,
    reports: List,
    labels: List,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Numbers {
    source: String,
    en: Vec<String>,
    fr: Vec<String>,
    es: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Nouns {
    nouns: Vec<String>,
    source: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct List {
    words: Vec<String>,
    source: String,
}

fn main() -> Outcome<()> {
    println!("cargo::rerun-if-changed=registry");
    println!("cargo::rerun-if-changed=src/describe/metadata/fold.rs");
    println!("cargo::rerun-if-changed=build");
    let mut out = String::new();
    formulas(&mut out, &read::<Formulas>("formulas")?)?;
    never(&mut out, &read::<Never>("never")?)?;
    kinds(&mut out, &read::<Kinds>("kinds")?)?;
    words(&mut out, &read::<Words>("words")?)?;
    let folder = PathBuf::from(env::var_os("OUT_DIR").ok_or("no OUT_DIR")?);
    fs::write(folder.join("what_documents_say.rs"), out)?;
    fs::write(folder.join("openers.rs"), openers::code(&read("openers")?)?)?;
    fs::write(folder.join("lists.rs"), lists::code(&read("lists")?)?)?;
    fs::write(folder.join("obligation.rs"), lists::code(&read("obligation")?)?)?;
    fs::write(folder.join("hyphens.rs"), lists::hyphens(&read("hyphens")?)?)?;
    fs::write(folder.join("labels.rs"), labels::code(&read("labels")?)?)?;
    described::write(&folder)
}

fn read<T: serde::de::DeserializeOwned>(name: &str) -> Outcome<T> {
    let path = format!("registry/{name}.toml");
    let text = fs::read_to_string(&path)?;
    toml::from_str(&text).map_err(|error| format!("{path}: {error}").into())
}

fn sourced(what: &str, source: &str) -> Outcome<()> {
    if source.trim().is_empty() { Err(format!("{what}: says no source").into()) } else { Ok(()) }
}

fn formulas(out: &mut String, found: &Formulas) -> Outcome<()> {
    out.push_str("pub(super) static FORMULAS: &[Formula] = &[\n");
    let mut seen = std::collections::HashSet::new();
    for formula in &found.formula {
        let first = formula.is.first().ok_or("a formula without patterns")?;
        sourced(first, &formula.source)?;
        let rest = format!(
            "kind: {}, status: {}, date: {}, title: Title::{}, agenda: {}, closing: {}",
            choice("Kind", &formula.kind, KINDS, first)?,
            choice("Status", &formula.status, STATUSES, first)?,
            choice("Dated", &formula.date, DATES, first)?,
            camel(one_of(formula.title.as_deref().unwrap_or("never"), TITLES, first)?),
            formula.agenda,
            formula.closing,
        );
        for pattern in &formula.is {
            if !seen.insert(pattern) {
                return Err(format!("\"{pattern}\" stands twice").into());
            }
            writeln!(out, "    Formula {{ tokens: {}, {rest} }},", tokens(pattern)?)?;
        }
    }
    out.push_str("];\n");
    Ok(())
}

fn choice(list: &str, value: &Option<String>, values: &[&str], what: &str) -> Outcome<String> {
    let Some(value) = value else { return Ok("None".to_owned()) };
    Ok(format!("Some({list}::{})", camel(one_of(value, values, what)?)))
}

fn one_of<'a>(value: &'a str, values: &[&str], what: &str) -> Outcome<&'a str> {
    let known = values.contains(&value);
    known.then_some(value).ok_or_else(|| format!("\"{what}\": {value:?} is none of {values:?}").into())
}

/// "in force" as `InForce`.
fn camel(value: &str) -> String {
    let capital = |word: &str| word[..1].to_uppercase() + &word[1..];
    value.split(' ').map(capital).collect()
}

fn never(out: &mut String, found: &Never) -> Outcome<()> {
    for (name, lists) in [("LETTERHEADS", &found.letterhead), ("NEVER", &found.never)] {
        writeln!(out, "pub(super) static {name}: &[&[Token]] = &[")?;
        for lines in lists {
            sourced(name, &lines.source)?;
            for pattern in &lines.is {
                writeln!(out, "    {},", tokens(pattern)?)?;
            }
        }
        out.push_str("];\n");
    }
    Ok(())
}

fn kinds(out: &mut String, found: &Kinds) -> Outcome<()> {
    out.push_str("pub(super) static KIND_NOUNS: &[(&[&str], Kind)] = &[\n");
    for kind in &found.kind {
        sourced(&kind.kind, &kind.source)?;
        let variant = camel(one_of(&kind.kind, KINDS, "kinds")?);
        for noun in &kind.nouns {
            writeln!(out, "    ({}, Kind::{variant}),", phrase(noun)?)?;
        }
    }
    out.push_str("];\n");
    Ok(())
}

fn words(out: &mut String, found: &Words) -> Outcome<()> {
    for (name, numbers) in [("ORDINALS", &found.ordinals), ("CARDINALS", &found.cardinals)] {
        sourced(name, &numbers.source)?;
        writeln!(out, "pub(super) static {name}: &[(&str, u16)] = &[")?;
        for entry in numbers.en.iter().chain(&numbers.fr).chain(&numbers.es) {
            let (word, value) = entry.rsplit_once(' ').ok_or_else(|| format!("\"{entry}\": no value"))?;
            writeln!(out, "    ({:?}, {}),", folded(word), value.parse::<u16>()?)?;
        }
        out.push_str("];\n");
    }
    let lists = [
        ("BODY_NOUNS", &found.bodies.nouns, &found.bodies.source),
        ("BESIDE", &found.beside.words, &found.beside.source),
        ("OPENINGS", &found.openings.words, &found.openings.source),
        ("DRAFTS", &found.drafts.words, &found.drafts.source),
        ("REPORTS", &found.reports.words, &found.reports.source),
        ("LABELS", &found.labels.words, &found.labels.source),
    ];
    for (name, words, source) in lists {
        sourced(name, source)?;
        writeln!(out, "pub(super) static {name}: &[&[&str]] = &[")?;
        for word in words {
            writeln!(out, "    {},", phrase(word)?)?;
        }
        out.push_str("];\n");
    }
    Ok(())
}

/// Words parted by spaces, folded, as a slice.
fn phrase(words: &str) -> Outcome<String> {
    let words: Vec<String> = words.split(' ').map(|word| plain(word, words)).collect::<Outcome<_>>()?;
    Ok(format!("&{words:?}"))
}

/// A word of a pattern, folded: letters and figures only.
fn plain(word: &str, pattern: &str) -> Outcome<String> {
    let folded = folded(word);
    let is_word = !folded.is_empty() && folded.chars().all(char::is_alphanumeric);
    if is_word { Ok(folded) } else { Err(format!("\"{pattern}\": {word:?} is no word").into()) }
}

/// A pattern as the slice of its tokens.
fn tokens(pattern: &str) -> Outcome<String> {
    let mut out = String::from("&[");
    let mut in_group = false;
    for word in pattern.split(' ') {
        let opened = word.strip_prefix('[');
        if opened.is_some() {
            if std::mem::replace(&mut in_group, true) {
                return Err(format!("\"{pattern}\": a group within a group").into());
            }
            out.push_str("Token::Maybe(&[");
        }
        let word = opened.unwrap_or(word);
        let closed = word.strip_suffix(']');
        let word = closed.unwrap_or(word);
        write!(out, "{}, ", token(word, pattern)?)?;
        if closed.is_some() {
            if !std::mem::replace(&mut in_group, false) {
                return Err(format!("\"{pattern}\": a group that was not opened").into());
            }
            out.push_str("]), ");
        }
    }
    if in_group {
        return Err(format!("\"{pattern}\": a group that is not closed").into());
    }
    out.push(']');
    Ok(out)
}

fn token(word: &str, pattern: &str) -> Outcome<String> {
    let slot = match word {
        "$" => return Ok("Token::End".to_owned()),
        "{date}" => "Date",
        "{body}" => "Body",
        "{ordinal}" => "Ordinal",
        "{number}" => "Number",
        "{any}" => "Any",
        _ if word.starts_with('{') => return Err(format!("\"{pattern}\": {word} is no slot").into()),
        _ => {
            let words: Vec<String> =
                word.split('|').map(|word| plain(word, pattern)).collect::<Outcome<_>>()?;
            return Ok(format!("Token::Words(&{words:?})"));
        }
    };
    Ok(format!("Token::Slot(Slot::{slot})"))
}
