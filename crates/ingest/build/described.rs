//! Makes static tables of the words by which clauses are described: verbs of acts, verbs that command in
//! the present, words of speech and small words of languages.

use std::collections::{BTreeMap, HashSet};
use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use serde::Deserialize;

type Outcome<T> = Result<T, Box<dyn Error>>;
/// Words by language.
type Lists = BTreeMap<String, Vec<String>>;

/// The acts of the contract.
const ACTS: &[&str] = &[
    "recall",
    "note",
    "recognize",
    "reaffirm",
    "reiterate",
    "welcome",
    "consider",
    "express",
    "emphasize",
    "desire",
    "resolve",
    "decide",
    "agree",
    "adopt",
    "approve",
    "establish",
    "extend",
    "instruct",
    "request",
    "invite",
    "encourage",
    "call on",
    "urge",
    "recommend",
    "authorize",
    "declare",
    "undertake",
    "take note",
    "commend",
    "condemn",
    "support",
    "other",
];

/// Languages whose clauses are described.
const LANGUAGES: &[&str] = &["en", "fr", "es"];

#[derive(Deserialize)]
struct Verbs {
    nouns: Lists,
    #[serde(flatten)]
    acts: BTreeMap<String, BTreeMap<String, Forms>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Forms {
    #[serde(default)]
    base: Vec<String>,
    #[serde(default)]
    third: Vec<String>,
    #[serde(default)]
    first: Vec<String>,
    #[serde(default)]
    participle: Vec<String>,
    #[serde(default)]
    past: Vec<String>,
    #[serde(default)]
    passive: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Speech {
    speakers: Vec<String>,
    said: Vec<String>,
    that: Vec<String>,
    impersonal: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Grammar {
    adverbs: Vec<String>,
    to: Vec<String>,
    we: Vec<String>,
    and: Vec<String>,
    articles: Vec<String>,
    heads: Vec<String>,
    subordinators: Vec<String>,
    conditions: Vec<String>,
    hereby: String,
    objects: Vec<String>,
}

/// Writes all tables into the folder of what is generated.
pub(crate) fn write(folder: &Path) -> Outcome<()> {
    println!("cargo::rerun-if-changed=registry");
    fs::write(folder.join("verbs.rs"), verbs(&read("verbs")?)?)?;
    fs::write(folder.join("present.rs"), present(&read("present")?)?)?;
    fs::write(folder.join("speech.rs"), speech(&read("speech")?)?)?;
    fs::write(folder.join("grammar.rs"), grammars(&read("grammar")?)?)?;
    fs::write(folder.join("foresight.rs"), named_lists("foresight")?)?;
    fs::write(folder.join("languages.rs"), languages(&read("languages")?)?)?;
    Ok(())
}

fn read<T: serde::de::DeserializeOwned>(name: &str) -> Outcome<T> {
    let path = format!("registry/{name}.toml");
    toml::from_str(&fs::read_to_string(&path)?).map_err(|error| format!("{path}: {error}").into())
}

/// Whether the words are as texts are compared: small letters parted by one space.
fn check(what: &str, phrases: &[String]) -> Outcome<()> {
    let is_plain = |phrase: &&String| {
        let words = phrase.split(' ').all(|word| !word.is_empty() && word.chars().all(char::is_alphanumeric));
        words && **phrase == phrase.to_lowercase()
    };
    match phrases.iter().find(|phrase| !is_plain(phrase)) {
        Some(phrase) => {
            Err(format!("{what}: \"{phrase}\" is not small words parted by single spaces").into())
        }
        None => Ok(()),
    }
}

fn verbs(found: &Verbs) -> Outcome<String> {
    let mut out = String::new();
    for language in LANGUAGES {
        let mut seen = HashSet::new();
        writeln!(out, "static {}: &[(&str, Act, Form)] = &[", language.to_uppercase())?;
        for (act, languages) in &found.acts {
            if !ACTS.contains(&act.as_str()) {
                return Err(format!("verbs.toml: {act:?} is no act").into());
            }
            let variant: String = act.split(' ').map(capital).collect();
            for (form, phrases) in languages.get(*language).map(forms).into_iter().flatten() {
                check(&format!("verbs.toml, {act}.{language}"), phrases)?;
                for phrase in phrases {
                    if !seen.insert((form, phrase)) {
                        return Err(format!("verbs.toml: {form} \"{phrase}\" stands twice").into());
                    }
                    writeln!(out, "    ({phrase:?}, Act::{variant}, Form::{form}),")?;
                }
            }
        }
        out.push_str("];\n");
    }
    lists(&mut out, "NOUNS", &found.nouns)?;
    Ok(out)
}

fn forms(forms: &Forms) -> [(&'static str, &Vec<String>); 6] {
    [
        ("Base", &forms.base),
        ("Third", &forms.third),
        ("First", &forms.first),
        ("Participle", &forms.participle),
        ("Past", &forms.past),
        ("Passive", &forms.passive),
    ]
}

fn capital(word: &str) -> String {
    word[..1].to_uppercase() + &word[1..]
}

/// The longer phrase first, so that it is found first.
fn present(found: &Lists) -> Outcome<String> {
    let mut out = String::new();
    for (language, phrases) in found {
        check("present.toml", phrases)?;
        let mut phrases: Vec<&String> = phrases.iter().collect();
        phrases.sort_by_key(|phrase| std::cmp::Reverse(phrase.split(' ').count()));
        writeln!(out, "static {}: &[&str] = &{phrases:?};", language.to_uppercase())?;
    }
    Ok(out)
}

fn speech(found: &BTreeMap<String, Speech>) -> Outcome<String> {
    let mut out = String::from("static SPEECH: &[Speech] = &[\n");
    for (language, speech) in found {
        let Speech { speakers, said, that, impersonal } = speech;
        for list in [speakers, said, that, impersonal] {
            check(&format!("speech.toml, {language}"), list)?;
        }
        writeln!(
            out,
            "    Speech {{ language: {language:?}, speakers: &{speakers:?}, said: &{said:?}, that: &{that:?}, \
             impersonal: &{impersonal:?} }},"
        )?;
    }
    out.push_str("];\n");
    Ok(out)
}

fn grammars(found: &BTreeMap<String, Grammar>) -> Outcome<String> {
    let mut out = String::from("static GRAMMARS: &[Grammar] = &[\n");
    for (language, grammar) in found {
        let Grammar { adverbs, to, we, and, articles, heads, subordinators, conditions, hereby, objects } =
            grammar;
        let lists = [
            ("adverbs", adverbs),
            ("to", to),
            ("we", we),
            ("and", and),
            ("articles", articles),
            ("heads", heads),
            ("subordinators", subordinators),
            ("conditions", conditions),
            ("objects", objects),
        ];
        write!(out, "    Grammar {{ language: {language:?}, hereby: {hereby:?}, ")?;
        for (name, list) in lists {
            check(&format!("grammar.toml, {language}"), list)?;
            write!(out, "{name}: &{list:?}, ")?;
        }
        out.push_str("},\n");
    }
    out.push_str("];\n");
    Ok(out)
}

fn languages(found: &Lists) -> Outcome<String> {
    if found.len() > 8 {
        return Err("languages.toml: more languages than bits".into());
    }
    let mut out = String::new();
    lists(&mut out, "SMALL", found)?;
    Ok(out)
}

/// A file of lists, each as a table of its name.
fn named_lists(name: &str) -> Outcome<String> {
    let mut out = String::new();
    for (list, phrases) in read::<Lists>(name)? {
        check(&format!("{name}.toml, {list}"), &phrases)?;
        writeln!(out, "static {}: &[&str] = &{phrases:?};", list.to_uppercase())?;
    }
    Ok(out)
}

fn lists(out: &mut String, name: &str, lists: &Lists) -> Outcome<()> {
    writeln!(out, "static {name}: &[(&str, &[&str])] = &[")?;
    for (language, words) in lists {
        check(name, words)?;
        writeln!(out, "    ({language:?}, &{words:?}),")?;
    }
    out.push_str("];\n");
    Ok(())
}
