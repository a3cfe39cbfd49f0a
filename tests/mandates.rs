// Who was asked to do what by when, in the sample corpus.

use expect_test::expect_file;
use serde_json::Value;

use crate::drive::samples;

fn mandates(line: &str) -> Vec<Value> {
    let outcome = samples().chapeau(&format!("mandates --format json {line}"));
    assert!(matches!(outcome.code, Some(0 | 1)), "{}", outcome.stderr);
    let answer: Value = serde_json::from_str(&outcome.stdout).expect("it is JSON");
    answer["mandates"].as_array().expect("a list").clone()
}

#[track_caller]
fn check(line: &str, clauses: &[&str]) {
    let found = mandates(line);
    let found: Vec<&str> = found.iter().filter_map(|mandate| mandate["clause"].as_str()).collect();
    assert_eq!(found, clauses, "{line}");
}

#[test]
fn the_periodic_reviews_and_the_moratorium() {
    for (name, at) in [("2012", "2012-09-01"), ("2024", "2024-06-01"), ("2026", "2026-11-21")] {
        let shown = samples().chapeau(&format!("mandates --at {at} --open --lapsed")).ended(0);
        let all =
            samples().chapeau(&format!("mandates --at {at} --what task periodic reviews --no-synonyms"));
        let file = format!("{}/../../tests/golden/mandates/samples-{name}.txt", env!("CARGO_MANIFEST_DIR"));
        expect_file![file].assert_eq(&format!("{shown}\n{}", all.ended(0)));
    }
}

#[test]
fn the_moratorium_expires_at_the_earlier_of_two_moments() {
    let found = mandates("--at 2026-01-01 --open");
    assert_eq!(found.len(), 2, "{found:?}");
    for mandate in &found {
        assert_eq!(mandate["kind"], "expiry");
        assert_eq!(mandate["due"], "2026-03-31");
        assert_eq!(mandate["state"], "open");
    }
    let deadline =
        "until the 14th Session of the Ministerial Conference or 31st March 2026, whichever is earlier";
    assert_eq!(found[0]["deadline"], deadline);
    check("--at 2026-03-31 --open", &["mc13-draft-work-programme-2024/op-5"; 2]);
    check("--at 2026-04-01 --open", &[]);
}

#[test]
fn a_day_a_state_and_restrictions_choose() {
    check("--at 2014-09-01 --open", &["wt-min-13-32/op-4", "wt-min-13-32/op-5"]);
    check("--at 2014-09-01 --lapsed", &["wt-l-843/op-3", "wt-l-843/op-4"]);
    check("--at 2014-09-01 --lapsed --what expiry", &["wt-l-843/op-4"]);
    check("--at 2014-09-01 --lapsed moratorium customs duties", &["wt-l-843/op-4"]);
    check("--at 2011-01-01 --what task --symbol WT/L/843", &[]);
    let reviews = &mandates("--at 2014-09-01 --open")[0];
    assert_eq!((&reviews["next"], &reviews["due"]), (&"2014-12-31".into(), &"2015-07-31".into()));
    assert_eq!(reviews["recurring"], "periodic reviews");
    assert_eq!(mandates("--at 2014-09-01 --lapsed")[0]["renewed_by"][0]["clause"], "wt-min-13-32/op-4");
    assert_eq!(samples().chapeau("mandates --at 2011-01-01 xyzzy").code, Some(1));
    assert_eq!(samples().chapeau("mandates --at soon").code, Some(2));
    assert_eq!(samples().chapeau("mandates --kind letter").code, Some(2));
}

#[test]
fn a_table_has_a_line_for_each() {
    let table = samples().chapeau("mandates --at 2014-09-01 --lapsed --format csv").ended(0);
    let first = table.lines().nth(1).expect("a row");
    assert!(first.starts_with("2013-07-31,lapsed,task,General Council,\"hold periodic reviews"), "{first}");
    assert!(table.starts_with("due,state,kind,asked,task,deadline"), "{table}");
    assert_eq!(table.lines().count(), 3);
}
