// Pairs of clauses that people judged to be versions of one clause, or not, against the program.

use std::collections::{BTreeMap, HashSet};
use std::fmt::Write as _;

use serde_json::Value;

use crate::drive::Place;

/// Lines of `lineage.tsv`: judgement, sort, and two ids, each with the digest of the words judged.
fn pairs() -> Vec<[&'static str; 6]> {
    let lines = include_str!("lineage.tsv").lines().filter(|line| !line.starts_with('#'));
    let pair = |line: &'static str| {
        let cells: Vec<&str> = line.split('\t').collect();
        <[&str; 6]>::try_from(cells).expect("a line has six cells")
    };
    lines.map(pair).collect()
}

#[test]
fn the_pairs_are_well_formed() {
    let pairs = pairs();
    assert!(pairs.iter().all(|[judgement, ..]| ["same", "other", "doubtful"].contains(judgement)));
    assert!(pairs.iter().filter(|[judgement, ..]| *judgement != "doubtful").count() >= 100);
}

/// The digest of a clause's letters and digits, so that an id which passed to another clause is
/// noticed without copying the text.
fn digest_of(place: &Place, id: &str, options: &str) -> String {
    let shown = place.chapeau(&format!("show {id} --format json {options}")).ended(0);
    let clause: Value = serde_json::from_str(&shown).expect("a clause");
    let letters =
        clause["clause"]["text"].as_str().expect("its text").chars().filter(|c| c.is_alphanumeric());
    let letters: String = letters.flat_map(char::to_lowercase).collect();
    blake3::hash(letters.as_bytes()).to_hex()[..8].to_owned()
}

/// How the program answers, one line a judgement, then where it differs.
pub(super) fn figures(place: &Place, options: &str) -> String {
    let mut shares: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    let mut differing = String::new();
    for [judgement, sort, a, digest_a, b, digest_b] in pairs() {
        for (id, digest) in [(a, digest_a), (b, digest_b)] {
            assert_eq!(digest_of(place, id, options), digest, "{id} has other words than were judged");
        }
        let outcome = place.chapeau(&format!("lineage {a} --format json --limit 5000 {options}"));
        let rows: Vec<Value> = serde_json::from_str(&outcome.stdout).expect("an array of rows");
        assert!(!outcome.stderr.contains("no clause"), "{a}: {}", outcome.stderr);
        let ids: HashSet<&str> = rows.iter().filter_map(|row| row["id"].as_str()).collect();
        let share = shares.entry(judgement).or_default();
        share.0 += usize::from(ids.contains(b));
        share.1 += 1;
        if judgement != "doubtful" && ids.contains(b) != (judgement == "same") {
            writeln!(differing, "{judgement}\t{sort}\t{a}\t{b}").expect("a string takes all");
        }
    }
    let mut report = String::from("taken as versions\n");
    for (judgement, (taken, all)) in shares {
        writeln!(report, "{judgement}\t{taken} of {all}").expect("a string takes all");
    }
    report + "\nnot as judged\n" + &differing
}
