//! Refuses a registry whose entries contradict one another or their own examples.

use std::collections::BTreeSet;
use std::fmt::Write;

use crate::compile::{Body, Series};
use crate::registry::path;
use crate::registry::pattern::MOST_VALUES;
use crate::registry::reader::{Reader, canonical};

/// Checks what the compiler does not see.
pub(crate) fn all(series: &[Series], bodies: &[Body]) -> Result<(), String> {
    let mut names = BTreeSet::new();
    for body in bodies {
        if let Some(of) = &body.of
            && !bodies.iter().any(|other| other.name == *of)
        {
            return Err(format!("registry/bodies.toml: {}: there is no \"{of}\"", body.name));
        }
    }
    let mut wrong = String::new();
    for one in series {
        if !names.insert(&one.name) {
            return Err(format!("registry/series.toml: two series are called \"{}\"", one.name));
        }
        for (written, expected) in &one.examples {
            let found = read(one, written);
            if !found.contains(expected) {
                let name = &one.name;
                let _ = writeln!(wrong, "{name}: \"{written}\" is read as {found:?}, want \"{expected}\"");
            }
        }
    }
    if wrong.is_empty() { Ok(()) } else { Err(format!("registry/series.toml:\n{wrong}")) }
}

/// What the forms of a series make of a text, those that read all of it.
fn read(series: &Series, text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for form in &series.forms {
        let reader = Reader { text, any_case: false, suffixed: form.compact, openers: &[] };
        let Some((end, values)) = reader.read(form.elements, 0, [None; MOST_VALUES]) else { continue };
        let whole = if form.compact { path::suffixes(&reader, end) } else { end };
        let mut normal = canonical(series.canonical, &values, &reader);
        if whole > end {
            normal.push('/');
            path::write(&reader, path::slash(text, end).unwrap_or(end), whole, &mut normal);
        }
        if whole == text.len() {
            found.push(normal);
        }
    }
    found
}
