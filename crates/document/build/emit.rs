//! Writes the tables as Rust.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use crate::compile::{Body, Series};
use crate::firsts::{First, firsts};
use crate::registry::pattern::{Choice, Element, Piece, key};

/// So many keys do three letters make.
const KEYS: usize = 27 * 27 * 27;

/// All tables. `vocabulary` is the source of the closed lists, which says what kinds there are.
pub(crate) fn tables(series: &[Series], bodies: &[Body], vocabulary: &str) -> Result<String, String> {
    let mut out = String::new();
    let kinds = values_of(vocabulary, "Kind");
    let statuses = values_of(vocabulary, "Status");
    bodies_table(&mut out, bodies, &kinds)?;
    names_table(&mut out, bodies)?;
    series_table(&mut out, series, &kinds, &statuses)?;
    forms_table(&mut out, series)?;
    examples_table(&mut out, series);
    Ok(out)
}

/// For tests: each example as written, its canonical form, and whether it must stand alone.
fn examples_table(out: &mut String, series: &[Series]) {
    let _ = writeln!(out, "#[cfg(test)]\npub(crate) static EXAMPLES: &[(&str, &str, bool)] = &[");
    for one in series {
        for (written, canonical) in &one.examples {
            let _ = writeln!(out, "    ({written:?}, {canonical:?}, {}),", one.alone);
        }
    }
    let _ = writeln!(out, "];");
}

/// The words of a closed list with the names of their values.
fn values_of(vocabulary: &str, list: &str) -> BTreeMap<String, String> {
    let head = format!("    {list}, \"");
    let body = vocabulary.split_once(&head).map_or("", |(_, after)| after);
    let body = body.split_once("\n}").map_or(body, |(inside, _)| inside);
    let value = |line: &str| {
        let (name, word) = line.trim().strip_suffix("\",")?.split_once(" = \"")?;
        Some((word.to_owned(), format!("{list}::{name}")))
    };
    body.lines().filter_map(value).collect()
}

fn value(values: &BTreeMap<String, String>, word: &str) -> Result<String, String> {
    values.get(word).cloned().ok_or_else(|| format!("\"{word}\" is none of {:?}", values.keys()))
}

fn optional(values: &BTreeMap<String, String>, word: Option<&String>) -> Result<String, String> {
    word.map_or(Ok("None".to_owned()), |word| Ok(format!("Some({})", value(values, word)?)))
}

fn bodies_table(out: &mut String, bodies: &[Body], kinds: &BTreeMap<String, String>) -> Result<(), String> {
    let mut rows = String::new();
    for body in bodies {
        let issues: Result<Vec<String>, String> = body.issues.iter().map(|kind| value(kinds, kind)).collect();
        let issues = issues.map_err(|error| format!("registry/bodies.toml: {}: {error}", body.name))?;
        let _ = writeln!(
            rows,
            "    Body {{ name: {:?}, organization: {:?}, issues: &[{}] }},",
            body.name,
            body.of,
            issues.join(", ")
        );
    }
    let _ = writeln!(out, "static BODIES: [Body; {}] = [\n{rows}];", bodies.len());
    Ok(())
}

fn names_table(out: &mut String, bodies: &[Body]) -> Result<(), String> {
    let mut rows = String::new();
    let mut keys: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    let names =
        bodies.iter().enumerate().flat_map(|(body, entry)| entry.names.iter().map(move |name| (body, name)));
    for (at, (body, name)) in names.enumerate() {
        let _ = writeln!(rows, "    Name {{ elements: {}, body: {body} }},", elements(name));
        for first in firsts(name)? {
            keys.entry(key_of(&first)?).or_default().insert(at);
        }
    }
    let _ = writeln!(out, "static NAMES: &[Name] = &[\n{rows}];");
    keys_table(out, "NAME_KEYS", &keys);
    Ok(())
}

fn keys_table(out: &mut String, name: &str, keys: &BTreeMap<usize, BTreeSet<usize>>) {
    let _ = writeln!(out, "static {name}: &[(u16, &[u16])] = &[");
    for (key, numbers) in keys {
        let _ = writeln!(out, "    ({key}, &{:?}),", numbers.iter().collect::<Vec<_>>());
    }
    let _ = writeln!(out, "];");
}

fn series_table(
    out: &mut String,
    series: &[Series],
    kinds: &BTreeMap<String, String>,
    statuses: &BTreeMap<String, String>,
) -> Result<(), String> {
    let _ = writeln!(out, "static SERIES: &[Series] = &[");
    for one in series {
        let error = |error: String| format!("registry/series.toml: {}: {error}", one.name);
        let sureness = match one.sureness.as_deref() {
            None | Some("sure") => "Sure",
            Some("likely") => "Likely",
            Some("doubtful") => "Doubtful",
            Some(other) => return Err(error(format!("\"{other}\" is no sureness"))),
        };
        let _ = writeln!(
            out,
            "    Series {{ name: {:?}, body: {}, kind: {}, status: {}, sureness: Sureness::{sureness}, alone: {}, \
             canonical: {}, values: &{:?}, list: {} }},",
            one.name,
            one.body.map_or("None".to_owned(), |body| format!("Some(&BODIES[{body}])")),
            optional(kinds, one.kind.as_ref()).map_err(error)?,
            optional(statuses, one.status.as_ref()).map_err(error)?,
            one.alone,
            pieces(one.canonical),
            one.values,
            elements(one.list),
        );
    }
    let _ = writeln!(out, "];");
    Ok(())
}

fn forms_table(out: &mut String, series: &[Series]) -> Result<(), String> {
    let mut rows = String::new();
    let mut words: BTreeMap<usize, BTreeMap<(String, bool), Vec<String>>> = BTreeMap::new();
    let mut numbers: Vec<String> = Vec::new();
    let mut any_number: Option<First> = None;
    let mut openers = BTreeSet::new();
    let forms = series.iter().enumerate().flat_map(|(at, one)| one.forms.iter().map(move |form| (at, form)));
    for (at, (one, form)) in forms.enumerate() {
        let _ = writeln!(
            rows,
            "    Form {{ elements: {}, series: {one}, weight: {}, compact: {} }},",
            elements(form.elements),
            form.weight,
            form.compact
        );
        for first in firsts(form.elements)? {
            let next = next(at, &first);
            if first.word.is_empty() {
                numbers.push(next);
                let behind = any_number.map_or(first.behind, |any| any.behind.or(first.behind));
                any_number = Some(First { behind, ..first });
            } else {
                let of_key = words.entry(key_of(&first)?).or_default();
                of_key.entry((first.word, first.exact)).or_default().push(next);
            }
        }
        if let [Element::Exact(opener), Element::Slash, ..] = form.elements {
            openers.insert(*opener);
        }
    }
    let _ = writeln!(out, "static FORMS: &[Form] = &[\n{rows}];");
    words_table(out, &words);
    let _ = writeln!(out, "static FIRST_NUMBERS: &[Next] = &[{}];", numbers.join(", "));
    let any_number = any_number.ok_or("no series begins with a number")?;
    let _ = writeln!(
        out,
        "/// What may stand behind one of them.\nstatic ANY_NUMBER: Next = {};",
        next(0, &any_number)
    );
    let _ = writeln!(out, "static OPENERS: &[&str] = &{:?};", openers.iter().collect::<Vec<_>>());
    Ok(())
}

fn key_of(first: &First) -> Result<usize, String> {
    key(&first.word).ok_or_else(|| format!("\"{}\" does not begin with a letter from A to Z", first.word))
}

fn next(form: usize, first: &First) -> String {
    let behind = first.behind;
    format!(
        "Next {{ form: {form}, spaced: {}, joined: {}, characters: {:#x} }}",
        behind.spaced, behind.joined, behind.characters
    )
}

/// First words by their keys, with the forms that they begin.
fn words_table(out: &mut String, words: &BTreeMap<usize, BTreeMap<(String, bool), Vec<String>>>) {
    let mut any = vec![0_u64; KEYS.div_ceil(64)];
    let mut exact = any.clone();
    let _ = writeln!(out, "static FIRST_WORDS: &[(u16, &[First])] = &[");
    for (key, of_key) in words {
        let _ = write!(out, "    ({key}, &[");
        for ((word, is_exact), nexts) in of_key {
            let bits = if *is_exact { &mut exact } else { &mut any };
            bits[key / 64] |= 1 << (key % 64);
            let nexts = nexts.join(", ");
            let _ = write!(out, "First {{ word: {word:?}, exact: {is_exact}, nexts: &[{nexts}] }}, ");
        }
        let _ = writeln!(out, "]),");
    }
    let _ = writeln!(out, "];");
    for (name, bits) in [("IN_ANY_CASE", any), ("IN_CAPITALS", exact)] {
        let _ = writeln!(out, "/// A bit for each key.\nstatic {name}: [u64; {}] = {bits:?};", bits.len());
    }
}

fn elements(elements: &[Element]) -> String {
    let all: Vec<String> = elements.iter().map(element).collect();
    format!("&[{}]", all.join(", "))
}

fn element(one: &Element) -> String {
    match one {
        Element::Field(field, place) => format!("Element::Field(pattern::Field::{field:?}, {place})"),
        Element::Word(choices, place) => {
            let all: Vec<String> = choices.iter().map(choice).collect();
            format!("Element::Word(&[{}], {place})", all.join(", "))
        }
        Element::Optional(inner) => format!("Element::Optional({})", elements(inner)),
        Element::Either(ways) => {
            let all: Vec<String> = ways.iter().map(|way| elements(way)).collect();
            format!("Element::Either(&[{}])", all.join(", "))
        }
        simple => format!("Element::{simple:?}"),
    }
}

fn choice(one: &Choice) -> String {
    format!("pattern::Choice {{ canonical: {:?}, written: {} }}", one.canonical, elements(one.written))
}

fn pieces(all: &[Piece]) -> String {
    let piece = |piece: &Piece| match piece {
        Piece::If(inner) => format!("Piece::If({})", pieces(inner)),
        simple => format!("Piece::{simple:?}"),
    };
    format!("&[{}]", all.iter().map(piece).collect::<Vec<_>>().join(", "))
}
