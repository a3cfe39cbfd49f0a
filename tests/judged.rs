// What the sample corpus must answer: the questions that the texts were chosen for.

mod lineage;
mod report;
mod score;
mod set;

use expect_test::expect;
use serde_json::Value;

use crate::drive::{samples, search};

#[test]
fn the_moratorium_clauses_come_first_each_citable() {
    let answer = search("customs duties on electronic transmissions");
    let hits = answer["hits"].as_array().expect("a list");
    let mut years: Vec<&str> = hits.iter().take(3).filter_map(|hit| hit["date"].as_str()?.get(..4)).collect();
    years.sort_unstable();
    assert_eq!(years, ["2011", "2013", "2024"]);
    for hit in hits.iter().take(3) {
        assert!(hit["label"].as_str().is_some_and(|label| label.starts_with("operative para")), "{hit}");
        assert!(hit["passages"][0]["marks"].as_array().is_some_and(|marks| !marks.is_empty()), "{hit}");
    }
}

#[test]
fn exactly_three_clauses_cite_the_work_programme() {
    let answer = search("cites:WT/L/274");
    assert_eq!(answer["total"], 3, "{answer}");
}

#[test]
fn a_symbol_that_is_only_cited_is_said_to_be() {
    let outcome = samples().chapeau("search symbol:WT/L/274");
    let said = format!("{}{}", outcome.stdout, outcome.stderr);
    assert!(said.contains("WT/L/274") && said.contains("not in the corpus") && said.contains('3'), "{said}");
}

#[test]
fn there_are_exactly_two_recitals() {
    let answer = search("part:preambular");
    assert_eq!(answer["total"], 2, "{answer}");
}

#[test]
fn hits_in_the_deck_cite_slide_and_heading() {
    let outcome = samples().chapeau("search 'temporary moratorium' --kind presentation").ended(0);
    assert!(outcome.contains("slide"), "{outcome}");
}

#[test]
fn nothing_found_says_what_was_searched() {
    let outcome = samples().chapeau("search zzyzx");
    assert_eq!(outcome.code, Some(1));
    assert!(outcome.stdout.contains("of 5 documents, 2011-12-17 to 2024-03-01, in en"), "{}", outcome.stdout);
}

#[test]
fn filters_of_one_name_are_alternatives_and_of_two_are_not() {
    let total = |filters: &str| {
        let answer =
            samples().chapeau(&format!("search 'electronic commerce' --format json {filters}")).stdout;
        serde_json::from_str::<Value>(&answer).expect("it is JSON")["total"].as_u64().expect("a number")
    };
    let (decisions, decks) = (total("--kind decision"), total("--kind presentation"));
    assert!(decisions > 0 && decks > 0);
    assert_eq!(total("--kind decision --kind presentation"), decisions + decks);
    assert_eq!(total("--kind presentation --part operative"), 0);
}

#[test]
fn show_and_list_know_documents_by_symbol() {
    let shown = samples().chapeau("show WT/L/843").ended(0);
    assert!(shown.contains("date_adopted: 2011-12-17"), "{shown}");
    assert!(samples().chapeau("list").ended(0).contains("WT/MIN(13)/32"));
    assert_eq!(samples().chapeau("show nothing-like-it").code, Some(1));
}

#[test]
fn a_hit_for_people_is_cited_placed_and_marked() {
    let shown = samples().chapeau("search 'customs duties on electronic transmissions' --limit 2").ended(0);
    expect![[r#"
        9 clauses with all words, 37 with any, in 5 documents, 2011-2024

         1. WT/MIN(13)/32, operative para. 5 · 2013-12-07 · decision · adopted · commitment
            Work Programme on Electronic Commerce > MINISTERIAL DECISION OF 7 DECEMBER 2013
            The Ministerial Conference, ... Decides:
            That Members will maintain the current practice of not imposing {customs} {duties} on
            {electronic} {transmissions} until our next session, which we have decided to hold in 2015.
            1 earlier, 1 later version
            wt-min-13-32/op-5 · less sure: title

         2. WT/L/843, operative para. 4 · 2011-12-17 · decision · adopted · commitment
            Work Programme on Electronic Commerce > Decision of 17 December 2011
            The Ministerial Conference, ... Decides:
            We decide that Members will maintain the current practice of not imposing {customs} {duties}
            on {electronic} {transmissions} until our next session, which we have decided to hold in 2013.
            2 later versions
            wt-l-843/op-4 · less sure: title, body
    "#]]
    .assert_eq(&shown);
}

#[test]
fn a_document_for_people_shows_its_best_clauses() {
    let outcome =
        samples().chapeau("search --scope document 'moratorium expire recommendations' --limit 1").ended(0);
    expect![[r#"
        1 document with all words, 5 with any, in 5 documents, 2011-2024

         1. Work Programme on Electronic Commerce · 2024-03-01 · decision · draft
            DRAFT MINISTERIAL DECISION OF 1 MARCH 2024 > operative para. 5
                We agree to maintain the current {practice of not imposing customs duties on electronic
                transmissions} until the 14th Session of the Ministerial Conference or 31st March 2026,
                whichever is earlier. The {moratorium} and the Work Programme will {expire} on that date.
                mc13-draft-work-programme-2024/op-5 · less sure: title
            DRAFT MINISTERIAL DECISION OF 1 MARCH 2024 > operative para. 2
                … We agree to hold further discussions and examine additional empirical evidence on the
                scope, definition, and the impact that a {moratorium} on {customs duties on electronic
                transmissions} might have on development, and how to level the playing field for
                developing and least-developed country Members to advance their digital industrialization.
                mc13-draft-work-programme-2024/op-2 · less sure: title
            DRAFT MINISTERIAL DECISION OF 1 MARCH 2024 > operative para. 4
                We instruct the General Council to hold periodic reviews on the Work Programme, including
                based on reports that may be submitted by the relevant WTO bodies, with a view to
                presenting {recommendations} for action to the next Session of the Ministerial Conference.
                mc13-draft-work-programme-2024/op-4 · less sure: title
            3 clauses match · mc13-draft-work-programme-2024
    "#]]
    .assert_eq(&outcome);
}

#[test]
fn documents_for_programs_hold_their_best_clauses() {
    let outcome = samples().chapeau("search moratorium --scope document --format json").ended(0);
    let answer: Value = serde_json::from_str(&outcome).expect("it is JSON");
    let hit = &answer["hits"][0];
    assert_eq!(hit["id"], hit["best"][0]["document"], "{answer}");
    assert!(hit["best"][0]["passages"][0]["marks"][0]["by"].is_string(), "{hit}");
    assert_eq!(answer["hits"].as_array().map(Vec::len), Some(4), "{answer}");
    assert_eq!(answer["total"], 4, "{answer}");
    let csv = samples().chapeau("search moratorium --scope document --format csv").ended(0);
    assert!(csv.starts_with("rank,score,id,symbols,title"), "{csv}");
}
