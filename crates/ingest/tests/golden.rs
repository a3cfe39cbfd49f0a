//! All clauses of the sample documents, as golden files that people read.
//!
//! `UPDATE_GOLDEN=1 cargo test -p chapeau-ingest --test golden` writes them anew.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use chapeau_document::{Clause, Document, Obligation, Span};
use chapeau_ingest::{Options, Source, read};

const SAMPLES: &[&str] = &[
    "bali-work-programme-2013",
    "mc13-draft-work-programme-2024",
    "recommendations-work-programme",
    "wt-l-843-work-programme-2011",
    "wto-ecommerce-jsi-slides",
];

#[test]
fn samples_are_cut_as_their_readers_would() {
    for name in SAMPLES {
        let document = sample(name);
        assert_eq!(document.uncovered(), [], "{name}: every word is in a clause");
        let mut found = String::new();
        for clause in &document.clauses {
            found.push_str(&written(&document, clause));
        }
        check(name, &found);
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn sample(name: &str) -> Document {
    let path = format!("{name}.txt");
    let bytes = std::fs::read(root().join("corpus").join(&path)).expect("the sample is in the repository");
    let source = Source { path: &path, bytes: &bytes, given: &[] };
    let mut reading = read(&source, &Options::default()).expect("the sample is a text");
    reading.documents.pop().expect("one document a text")
}

/// Id, unit, part, label, then path, lead-in, the words and what they do, each on its line.
fn written(document: &Document, clause: &Clause) -> String {
    let local = clause.id.strip_prefix(&document.id).unwrap_or(&clause.id).trim_start_matches('/');
    let label = clause.label.as_deref().unwrap_or("no label");
    let mut out = format!("{local} | {} | {} | {label}\n", clause.unit, clause.part);
    let step = |step: &chapeau_document::Step| {
        let names = [step.label.as_deref(), step.title.as_deref()];
        names.into_iter().flatten().collect::<Vec<_>>().join(" ")
    };
    let path: Vec<String> = clause.path.iter().map(step).collect();
    if !path.is_empty() {
        writeln!(out, "  in {}", path.join(" > ")).expect("a string takes all");
    }
    if let Some(lead_in) = document.lead_in_of(clause) {
        writeln!(out, "  after {lead_in}").expect("a string takes all");
    }
    writeln!(out, "  {}", document.text_of(clause)).expect("a string takes all");
    for said in does(document, clause) {
        writeln!(out, "  = {said}").expect("a string takes all");
    }
    out.push('\n');
    out
}

/// What the clause does: acts, obligation with its words, carve-outs, citations, brackets.
fn does(document: &Document, clause: &Clause) -> Vec<String> {
    let words = |span: &Span| span.of(&document.text).replace('\n', " ");
    let named = |name: &str, words: &Option<String>| {
        words.as_ref().map(|words| format!(" {name}: {words}")).unwrap_or_default()
    };
    let mut lines: Vec<String> = Vec::new();
    for act in &clause.acts {
        let date = act.deadline_date.map(|date| format!(" ({date})")).unwrap_or_default();
        let who =
            [named("by", &act.actor), named("to", &act.addressee), named("when", &act.deadline)].concat();
        lines.push(format!("{}{who}{date}", act.act));
    }
    if clause.obligation != Obligation::None {
        let by = clause.obligation_words.as_ref().map(words).unwrap_or_default();
        lines.push(format!("{}: {by}", clause.obligation));
    }
    lines.extend(clause.carve_outs.iter().map(|span| format!("carve-out: {}", words(span))));
    lines.extend(clause.defined_terms.iter().map(|span| format!("defines: {}", words(span))));
    lines.extend(clause.cites.iter().map(|cite| {
        let what = cite.symbol.as_ref().map(ToString::to_string).or(cite.provision.clone());
        format!("cites {}{}", what.unwrap_or_default(), named("of", &cite.agreement))
    }));
    lines.extend(clause.bracketed.iter().map(|span| format!("disputed: {}", words(span))));
    lines
}

fn check(name: &str, found: &str) {
    let file = root().join("tests/golden/clauses").join(format!("{name}.txt"));
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::create_dir_all(file.parent().expect("a file has a folder")).expect("the folder can be made");
        std::fs::write(&file, found).expect("the golden file can be written");
    }
    let expected = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(expected == found, "{name} is cut anew: {}", first_difference(&expected, found));
}

fn first_difference(expected: &str, found: &str) -> String {
    let differs = expected.lines().zip(found.lines()).find(|(expected, found)| expected != found);
    differs.map_or_else(
        || "one is longer than the other".to_owned(),
        |(expected, found)| format!("want {expected:?}, found {found:?}"),
    )
}
