// The habits of the repository that a machine can hold: edges between crates, sizes, first lines.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::drive::repository;

/// Who may depend on whom among our own crates. A new edge changes ARCHITECTURE.md too.
const EDGES: &[(&str, &[&str])] = &[
    ("cli", &["document", "index", "ingest", "query", "web"]),
    ("document", &[]),
    ("index", &["document"]),
    ("ingest", &["document"]),
    ("query", &["document", "index"]),
    ("web", &["document", "index", "query"]),
];
const LONGEST_FILE: usize = 500;
const LONGEST_ARCHITECTURE: usize = 150;

/// Our own Rust files, with their text, by path below the root.
fn rust_files() -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    let mut folders = vec![repository().join("crates"), repository().join("tests")];
    while let Some(folder) = folders.pop() {
        for path in entries(&folder) {
            if path.is_dir() {
                if path.file_name().is_some_and(|name| name != "target") {
                    folders.push(path);
                }
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                files.insert(below_root(&path), read(&path));
            }
        }
    }
    assert!(files.len() > 20, "found only {} files of our own", files.len());
    files
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("the folder is there");
    entries.map(|entry| entry.expect("its entries can be read").path()).collect()
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn below_root(path: &Path) -> String {
    path.strip_prefix(repository()).expect("it was found below the root").to_string_lossy().into_owned()
}

/// What each file is blamed for must be nothing.
#[track_caller]
fn check_files(blame: impl Fn(&str, &str) -> Option<String>) {
    let blamed: Vec<String> = rust_files()
        .iter()
        .filter_map(|(path, text)| blame(path, text).map(|why| format!("{path}: {why}")))
        .collect();
    assert!(blamed.is_empty(), "\n{}", blamed.join("\n"));
}

#[test]
fn crates_depend_one_way() {
    let mut found: Vec<(String, Vec<String>)> = Vec::new();
    for folder in entries(&repository().join("crates")) {
        let manifest = read(&folder.join("Cargo.toml"));
        let before_tests = manifest.split("[dev-dependencies]").next().unwrap_or_default();
        let mut needs: Vec<String> = before_tests
            .lines()
            .filter_map(|line| line.strip_prefix("chapeau-"))
            .filter_map(|rest| rest.split(['.', ' ', '=']).next().map(str::to_owned))
            .collect();
        needs.sort();
        let name = folder.file_name().expect("a crate has a name").to_string_lossy().into_owned();
        found.push((name, needs));
    }
    found.sort();
    let wanted: Vec<(String, Vec<String>)> = EDGES
        .iter()
        .map(|(name, needs)| ((*name).to_owned(), needs.iter().map(|need| (*need).to_owned()).collect()))
        .collect();
    assert_eq!(found, wanted);
}

#[test]
fn only_index_and_query_know_tantivy() {
    for (name, _) in EDGES.iter().filter(|(name, _)| !matches!(*name, "index" | "query")) {
        let manifest = read(&repository().join("crates").join(name).join("Cargo.toml"));
        assert!(!manifest.lines().any(|line| line.starts_with("tantivy")), "{name} depends on tantivy");
    }
}

#[test]
fn the_architecture_page_is_short_and_names_what_exists() {
    let page = read(&repository().join("ARCHITECTURE.md"));
    let n_lines = page.lines().count();
    assert!(n_lines <= LONGEST_ARCHITECTURE, "{n_lines} lines, at most {LONGEST_ARCHITECTURE}");
    for name in page.split('`').skip(1).step_by(2).filter(|name| is_path(name)) {
        assert!(repository().join(name).exists(), "names {name}, which is not there");
    }
}

/// A path from the root, as that page writes them.
fn is_path(name: &str) -> bool {
    let folders = ["crates/", "tests/", "scripts/", "corpus/", "index/"];
    !name.contains(['*', ' ', '<']) && folders.iter().any(|folder| name.starts_with(folder))
}

#[test]
fn every_file_is_short() {
    check_files(|_, text| {
        let n_lines = text.lines().count();
        (n_lines > LONGEST_FILE).then(|| format!("{n_lines} lines, split it"))
    });
}

#[test]
fn every_file_says_first_what_it_is_for() {
    check_files(|path, text| {
        let first = text.lines().next().unwrap_or_default();
        let marks: &[&str] = if path.contains("/src/") { &["//! "] } else { &["// ", "//! "] };
        (!marks.iter().any(|mark| first.starts_with(mark))).then(|| format!("begins with {first:?}"))
    });
}

#[test]
fn index_and_query_hold_no_markup() {
    check_files(|path, text| {
        let concerned = path.starts_with("crates/index/") || path.starts_with("crates/query/");
        let markup = ["<b>", "<em>", "<mark>", "</", "\\x1b["];
        let found = markup.iter().find(|mark| concerned && text.contains(**mark));
        found.map(|mark| format!("holds {mark}"))
    });
}

#[test]
fn only_one_file_prints() {
    check_files(|path, text| {
        let concerned = path.contains("/src/") && path != "crates/cli/src/print.rs";
        let ways = ["println!", "print!(", "io::stdout()", "io::stderr()"];
        let found = ways.iter().find(|way| concerned && text.lines().any(|line| prints(line, way)));
        found.map(|way| format!("uses {way}"))
    });
}

fn prints(line: &str, way: &str) -> bool {
    !line.trim_start().starts_with("//") && line.contains(way)
}

#[test]
fn nothing_is_switched_off() {
    check_files(|path, text| {
        let marks = [concat!("#[", "ignore"), concat!("#[", "should_panic")];
        let found = marks.iter().find(|mark| path != "tests/tidy.rs" && text.contains(**mark));
        found.map(|mark| format!("holds {mark}"))
    });
}

/// The same list that `cargo deny` holds, for machines that do not have it.
#[test]
fn licences() {
    let rules = read(&repository().join("deny.toml"));
    let allowed: Vec<&str> =
        rules.lines().filter_map(|line| line.trim().strip_prefix('"')?.split('"').next()).collect();
    let listing = Command::new(env!("CARGO"))
        .args(["tree", "--offline", "--workspace", "--edges", "normal,build", "--prefix", "none"])
        .args(["--format", "{p}\t{l}"])
        .current_dir(repository())
        .output()
        .expect("cargo can be started");
    let listing = String::from_utf8_lossy(&listing.stdout).into_owned();
    let mut blamed: Vec<&str> =
        listing.lines().filter(|line| !line.is_empty() && !is_allowed(licence_of(line), &allowed)).collect();
    blamed.dedup();
    assert!(listing.lines().count() > 50, "cargo lists no dependencies");
    assert!(blamed.is_empty(), "\n{}", blamed.join("\n"));
}

fn licence_of(line: &str) -> &str {
    let licence = line.split('\t').nth(1).unwrap_or_default();
    licence.trim_end_matches(" (*)")
}

/// Whether one way through an SPDX expression needs only allowed licences. Our dependencies nest
/// at most `(A OR B) AND C`, which this reads; `/` is an old way to write OR.
fn is_allowed(expression: &str, allowed: &[&str]) -> bool {
    let plain = |word: &str| allowed.contains(&word.trim_matches(['(', ')', ' ']));
    let any = |words: &str| words.replace('/', " OR ").split(" OR ").any(plain);
    let grouped = expression.contains('(');
    if grouped { expression.split(" AND ").all(any) } else { any_of_all(expression, plain) }
}

fn any_of_all(expression: &str, plain: impl Fn(&str) -> bool) -> bool {
    expression.replace('/', " OR ").split(" OR ").any(|way| way.split(" AND ").all(&plain))
}
