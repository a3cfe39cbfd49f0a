// The same clause in other documents of the sample corpus, as the command line shows it.

use expect_test::expect_file;
use serde_json::Value;

use crate::drive::samples;

/// The ids of a clause's versions, in the order shown.
fn versions(id: &str) -> Vec<String> {
    let outcome = samples().chapeau(&format!("lineage {id} --format json"));
    let rows: Vec<Value> = serde_json::from_str(&outcome.stdout).expect("an array of rows");
    assert_eq!(outcome.code, Some(i32::from(rows.is_empty())), "{}", outcome.stderr);
    rows.iter().map(|row| row["id"].as_str().expect("an id").to_owned()).collect()
}

/// Each of these clauses has the others as its versions, and nothing else.
#[track_caller]
fn check(family: &[&str]) {
    for id in family {
        let others: Vec<&str> = family.iter().copied().filter(|other| other != id).collect();
        assert_eq!(versions(id), others, "of {id}");
    }
}

#[test]
fn the_moratorium_clauses_are_versions_of_each_other_and_of_nothing_else() {
    check(&["wt-l-843/op-4", "wt-min-13-32/op-5", "mc13-draft-work-programme-2024/op-5"]);
}

#[test]
fn so_are_the_periodic_reviews_and_the_recitals() {
    check(&["wt-l-843/op-3", "wt-min-13-32/op-4", "mc13-draft-work-programme-2024/op-4"]);
    check(&["wt-l-843/pre-1", "wt-min-13-32/pre-1"]);
}

#[test]
fn no_line_of_the_deck_or_of_the_recommendations_is_a_version_of_anything() {
    for document in ["wto-ecommerce-jsi-slides", "recommendations-work-programme"] {
        let shown = samples().chapeau(&format!("show {document} --format json")).ended(0);
        let shown: Value = serde_json::from_str(&shown).expect("a document");
        for line in shown["outline"].as_array().expect("its clauses") {
            let id = line["id"].as_str().expect("an id");
            assert_eq!(versions(id), Vec::<String>::new(), "of {id}");
        }
    }
}

#[test]
fn a_family_reads_as_a_timeline() {
    for (file, id) in [
        ("moratorium", "wt-l-843/op-4"),
        ("reviews", "wt-min-13-32/op-4"),
        ("recitals", "wt-min-13-32/pre-1"),
    ] {
        let shown = samples().chapeau(&format!("lineage {id}")).ended(0);
        expect_file![format!("{}/../../tests/golden/lineage/{file}.txt", env!("CARGO_MANIFEST_DIR"))]
            .assert_eq(&shown);
    }
}

#[test]
fn what_is_wanted_can_be_narrowed() {
    let ids = |flags: &str| {
        let shown = samples().chapeau(&format!("lineage wt-l-843/op-4 --format json {flags}"));
        let rows: Vec<Value> = serde_json::from_str(&shown.stdout).expect("an array of rows");
        rows.len()
    };
    assert_eq!(ids("--least 0.8"), 1);
    assert_eq!(ids("--relation reworded"), 1);
    assert_eq!(ids("--relation identical"), 0);
    assert_eq!(ids("--relation near --relation reworded"), 2);
}

#[test]
fn a_clause_that_is_not_there_is_named() {
    let outcome = samples().chapeau("lineage wt-l-843/op-99");
    assert_eq!(outcome.code, Some(1));
    assert!(outcome.stderr.contains("no clause \"wt-l-843/op-99\""), "{}", outcome.stderr);
}
