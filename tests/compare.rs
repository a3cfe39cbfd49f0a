// Redlines of the sample corpus, as a delegate would mark them by hand.

use expect_test::expect_file;
use serde_json::Value;

use crate::drive::samples;

#[test]
fn the_moratorium_from_2011_to_2013_to_2024() {
    let steps = [
        ("2011-2013", "wt-l-843/op-4 wt-min-13-32/op-5"),
        ("2013-2024", "wt-min-13-32/op-5 mc13-draft-work-programme-2024/op-5"),
    ];
    for (name, ids) in steps {
        for format in ["text", "html"] {
            let shown = samples().chapeau(&format!("compare {ids} --format {format}")).ended(0);
            let extension = if format == "text" { "txt" } else { "html" };
            let file = format!(
                "{}/../../tests/golden/compare/moratorium-{name}.{extension}",
                env!("CARGO_MANIFEST_DIR")
            );
            expect_file![file].assert_eq(&shown);
        }
    }
}

#[test]
fn two_documents_are_compared_clause_by_clause() {
    let shown = samples().chapeau("compare WT/L/843 WT/MIN(13)/32").ended(0);
    let file = format!("{}/../../tests/golden/compare/documents.txt", env!("CARGO_MANIFEST_DIR"));
    expect_file![file].assert_eq(&shown);
    let json = samples().chapeau("compare WT/L/843 WT/MIN(13)/32 --format json").ended(0);
    let json: Value = serde_json::from_str(&json).expect("it is JSON");
    let n_changed = json["clauses"].as_array().expect("a list").iter();
    assert_eq!(n_changed.filter(|row| row["matched"] == "changed").count(), 4);
}

#[test]
fn what_cannot_be_compared_is_named() {
    for (ids, said) in [
        ("wt-l-843 wt-l-843/op-1", "compare two clauses or two documents"),
        ("wt-l-843 nothing", "no clause or document \"nothing\""),
    ] {
        let outcome = samples().chapeau(&format!("compare {ids}"));
        assert_eq!(outcome.code, Some(2));
        assert!(outcome.stderr.contains(said), "{}", outcome.stderr);
    }
}

#[test]
fn pages_show_versions_and_redlines_without_script() {
    let server = crate::http::Server::start();
    let page = server.ask("GET /clauses/wt-min-13-32/op-5 HTTP/1.1\r\nHost: localhost\r\n");
    assert!(page.contains("/compare?a=wt-l-843%2Fop-4&amp;b=wt-min-13-32%2Fop-5"), "{page}");
    assert!(page.contains("1 March 2024") && page.contains("aria-current=\"true\""), "{page}");
    let page =
        server.ask("GET /compare?a=wt-l-843%2Fop-4&b=wt-min-13-32%2Fop-5 HTTP/1.1\r\nHost: localhost\r\n");
    assert!(page.contains("<del>2013</del><ins>2015</ins>"), "{page}");
    let page = server.ask("GET /compare?a=wt-l-843&b=none HTTP/1.1\r\nHost: localhost\r\n");
    assert!(page.starts_with("HTTP/1.1 404") && page.contains("<h1>"), "{page}");
}

#[test]
fn a_clause_is_compared_with_the_usual_wording_of_its_family() {
    let place = samples();
    let outcome = place.chapeau("compare mc13-draft-work-programme-2024/op-5 --usual");
    let said = outcome.stderr.clone();
    assert!(outcome.ended(0).contains("A  WT/"));
    assert!(said.contains("No two of the 3 clauses of this family have the same words."), "{said}");
    let outcome = place.chapeau("compare wt-l-843/op-2 --usual");
    assert!(outcome.stderr.contains("no clause \"wt-l-843/op-2\" that other documents have too"));
    assert_eq!(outcome.code, Some(1));
    assert_eq!(place.chapeau("compare wt-l-843/op-2").code, Some(2), "one clause alone");
}

#[test]
fn texts_stand_side_by_side_in_html() {
    let place = samples();
    let pair = "compare wt-l-843/op-4 mc13-draft-work-programme-2024/op-5";
    let page = place.chapeau(&format!("{pair} --format html --side-by-side")).ended(0);
    assert!(page.contains("<td dir=\"auto\">We <ins>agree to</ins> maintain"), "{page}");
    assert!(page.contains("<td dir=\"auto\">We <del>decide that Members will</del> maintain"), "{page}");
    let outcome = place.chapeau(&format!("{pair} --side-by-side"));
    assert_eq!(outcome.code, Some(2));
    assert!(outcome.stderr.contains("--side-by-side is for html"), "{}", outcome.stderr);
}
