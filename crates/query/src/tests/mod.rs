//! Whole searches on small indexes.

mod budget;
mod documents;
mod explain;
pub(crate) mod library;
mod reference;
mod suggest;

use chapeau_document::{Document, Kind, Origin, Sourced, Status, Unit};

use self::library::{Library, document, step};
use expect_test::{Expect, expect};

use crate::{Fold, Request, Sort};

const PARAGRAPH: Unit = Unit::Paragraph;

fn few() -> Vec<Document> {
    let mut third = document(
        "c",
        "Trade in services",
        &[
            (Unit::Heading, "Customs duties on electronic transmissions"),
            (PARAGRAPH, "To examine the scope."),
            (
                PARAGRAPH,
                "Duties on goods. Customs offices shall open early. Electronic forms and other transmissions.",
            ),
        ],
    );
    third.clauses[1].path = vec![step("Electronic"), step("commerce")];
    third.metadata.status = Some(Sourced::new(Status::Draft, Origin::Given));
    third.metadata.kind = Some(Sourced::new(Kind::Report, Origin::Given));
    vec![
        document(
            "a",
            "Work programme",
            &[
                (PARAGRAPH, "Members will not impose customs duties on electronic transmissions."),
                (PARAGRAPH, "The moratorium on duties shall expire."),
            ],
        ),
        document(
            "b",
            "",
            &[(PARAGRAPH, "Customs duties are levied on goods."), (PARAGRAPH, "A custom of the sea.")],
        ),
        third,
    ]
}

fn check(query: &str, expected: &[&str]) {
    assert_eq!(Library::new(&few(), 9).ids(query), expected, "of {query}");
}

#[test]
fn clauses_with_all_words_come_first_and_the_others_say_what_they_lack() {
    check(
        "electronic transmissions duties",
        &[
            "a/1",
            "c/3",
            "c/2 -transmissions -duties",
            "a/2 -electronic -transmissions",
            "b/1 -electronic -transmissions",
        ],
    );
}

#[test]
fn a_phrase_is_as_written_and_a_word_in_any_form() {
    check("\"customs duties\"", &["b/1", "a/1"]);
    check("=custom", &["b/2"]);
    check("moratoriums", &["a/2"]);
}

#[test]
fn operators_are_exact() {
    check("customs AND NOT goods", &["b/2", "a/1"]);
    check("moratorium OR sea", &["b/2", "a/2"]);
    check("+customs -duties", &["b/2"]);
    check("customs NEAR/1 duties", &["b/1", "a/1"]);
}

#[test]
fn a_sentence_is_a_bound_of_nearness() {
    check("customs /s duties", &["b/1", "a/1"]);
    check("customs /s early", &["c/3"]);
    check("goods /s early", &[]);
    check("\"customs offices\" /s (late OR early)", &["c/3"]);
    check("(customs /s early) NEAR/3 goods", &["c/3"]);
    check("(customs AND shall) /s early", &["c/3"]);
    check("(duties AND customs) /s early", &[]);
}

#[test]
fn a_negation_finds_clauses_and_no_other_records() {
    check("sea OR (NOT duties)", &["b/2", "c/2"]);
    check("NOT duties", &["b/2", "c/2"]);
    check("document:c", &["c/2", "c/3"]);
}

#[test]
fn headings_are_found_through_the_clauses_under_them() {
    check("heading:commerce", &["c/2"]);
    check("\"electronic commerce\"", &["c/2"]);
    check("title:services", &["c/2", "c/3"]);
}

#[test]
fn restrictions_alone_order_by_id() {
    let same: Vec<Document> =
        (0..40).rev().map(|n| document(&format!("d{n:02}"), "", &[(PARAGRAPH, "It so decides.")])).collect();
    for at_once in [14, 20, 40] {
        let library = Library::new(&same, at_once);
        let request =
            Request { query: "kind:decision".into(), limit: 3, fold: Fold::No, ..Request::default() };
        let ids: Vec<String> = library.ask(&request).hits.into_iter().map(|hit| hit.clause.id).collect();
        assert_eq!(ids, ["d00/1", "d01/1", "d02/1"], "{at_once} at once");
    }
}

#[test]
fn an_index_grown_step_by_step_ranks_as_one_built_at_once() {
    let at_once = Library::new(&few(), 9);
    let by_steps = Library::new(&few(), 1);
    for query in
        ["customs duties", "goods", "\"customs duties\" transmissions", "duties NEAR/4 transmissions"]
    {
        let scores = |library: &Library| -> Vec<(String, f32)> {
            let request = Request { query: query.into(), ..Request::default() };
            library.ask(&request).hits.into_iter().map(|hit| (hit.clause.id, hit.score)).collect()
        };
        assert_eq!(scores(&at_once), scores(&by_steps), "of {query}");
    }
}

#[test]
fn identical_texts_are_folded_and_totals_stay_exact() {
    let mut documents: Vec<Document> =
        (0..300).map(|n| document(&format!("d{n:03}"), "", &[(PARAGRAPH, "Duties shall fall.")])).collect();
    documents.push(document(
        "z",
        "",
        &[(PARAGRAPH, "Members shall see to it that all their customs duties fall at once.")],
    ));
    let library = Library::new(&documents, 400);
    let results = library.ask(&Request { query: "duties fall".into(), limit: 2, ..Request::default() });
    let ids: Vec<&str> = results.hits.iter().map(|hit| hit.clause.id.as_str()).collect();
    assert_eq!((ids, results.total), (vec!["d000/1", "z/1"], 301));
}

#[test]
fn near_texts_are_folded_when_asked_and_no_renewal_is() {
    let texts = ["Duties shall fall by 2013.", "duties shall fall, by 2013", "Duties shall fall by 2015."];
    let documents: Vec<Document> =
        texts.iter().map(|text| document(&text[..1], text, &[(PARAGRAPH, text)])).collect();
    let documents: Vec<Document> =
        (0..).zip(documents).map(|(n, made)| Document { id: format!("d{n}"), ..made }).collect();
    let library = Library::new(&documents, 2);
    let folded = |fold| {
        let results = library.ask(&Request { fold, ..Request::default_of("duties fall") });
        results.hits.iter().map(|hit| hit.folded).collect::<Vec<_>>()
    };
    assert_eq!(folded(Fold::Same), [0, 0, 0]);
    assert_eq!(folded(Fold::Near), [1, 0]);
    assert_eq!(folded(Fold::No), [0, 0, 0]);
}

#[test]
fn totals_and_facets_count_all_matches() {
    let results = Library::new(&few(), 9).ask(&Request::default_of("customs duties goods"));
    assert_eq!((results.total, results.total_any), (2, 5));
    let kinds: Vec<(&str, u64)> =
        results.facets["kind"].iter().map(|value| (value.value.as_str(), value.count)).collect();
    assert_eq!(kinds, [("decision", 1), ("report", 1)]);
}

#[test]
fn dates_order_where_asked() {
    let mut documents = few();
    for (document, year) in documents.iter_mut().zip([2011, 2013]) {
        let date = chapeau_document::Date::constant(year, 12, 7);
        document.metadata.date_adopted = Some(Sourced::new(date, Origin::Given));
    }
    let library = Library::new(&documents, 9);
    let first = |sort: Sort| {
        let request = Request { query: "customs".into(), sort, ..Request::default() };
        library.ask(&request).hits.into_iter().map(|hit| hit.clause.id).next()
    };
    assert_eq!(first(Sort::Date).as_deref(), Some("a/1"));
    assert_eq!(first(Sort::DateDescending).as_deref(), Some("b/1"));
}

/// The hits of `query` with their marks in brackets.
fn check_marks(query: &str, id: &str, expected: &str) {
    let results = Library::new(&few(), 9).ask(&Request::default_of(query));
    let hit = results.hits.iter().find(|hit| hit.clause.id == id);
    let text =
        hit.map(|hit| marked(&hit.clause.text, hit.passages.iter().flat_map(|passage| &passage.marks)));
    assert_eq!(text.as_deref(), Some(expected), "of {query}");
}

fn marked<'a>(text: &str, marks: impl Iterator<Item = &'a crate::Mark>) -> String {
    let mut shown = text.to_owned();
    let marks: Vec<_> = marks.collect();
    for mark in marks.into_iter().rev() {
        shown.insert(mark.end, ']');
        shown.insert(mark.start, '[');
    }
    shown
}

#[test]
fn what_is_marked_is_what_matched() {
    let members = "Members will not impose customs duties on electronic transmissions.";
    let with = |words: &str| {
        words.split('|').fold(members.to_owned(), |text, word| text.replace(word, &format!("[{word}]")))
    };
    check_marks("transmission of duty", "a/1", &with("duties|transmissions"));
    check_marks("\"customs duties\"", "a/1", &with("customs duties"));
    check_marks("impose AND NOT status:draft", "a/1", &with("impose"));
    check_marks("impose NOT goods", "a/1", &with("impose"));
    check_marks("(impose AND goods) OR electronic", "a/1", &with("electronic"));
    check_marks("trans*ons imose~", "a/1", &with("impose|transmissions"));
    check_marks("customs NEAR/2 (duties OR electronic)", "a/1", &with("customs|duties"));
    check_marks("title:work impose", "a/1", &with("impose"));
}

#[test]
fn a_match_in_the_heading_is_marked_there() {
    let results = Library::new(&few(), 9).ask(&Request::default_of("\"electronic commerce\""));
    let marks: Vec<Vec<(usize, usize)>> = results.hits[0]
        .path_marks
        .iter()
        .map(|marks| marks.iter().map(|mark| (mark.start, mark.end)).collect())
        .collect();
    assert_eq!(marks, [vec![(0, 10)], vec![(0, 8)]]);
    assert!(results.hits[0].passages[0].marks.is_empty());
}

impl Request {
    fn default_of(query: &str) -> Self {
        Self { query: query.to_owned(), thesaurus: None, ..Self::default() }
    }
}

fn check_advice(query: &str, expected: &Expect) {
    let library = Library::new(&few(), 9);
    let request = Request { query: query.to_owned(), thesaurus: None, ..Request::default() };
    let results = library.ask(&request);
    let nearest = results.nearest.iter().map(|near| format!("{} ({})", near.query, near.total));
    let meant = results.did_you_mean.map(|meant| format!("{} ({})", meant.query, meant.total));
    let lines = [
        format!("found {} {}", results.total, results.total_any),
        format!("absent {}", results.absent.join(", ")),
        format!("meant {}", meant.unwrap_or_default()),
        format!("nearest {}", nearest.collect::<Vec<_>>().join(", ")),
    ];
    expected.assert_eq(&(lines.join("\n") + "\n"));
}

#[test]
fn a_likelier_spelling_and_the_nearest_queries_are_offered() {
    check_advice(
        "moratorum",
        &expect![[r#"
        found 0 0
        absent moratorum
        meant moratorium (1)
        nearest 
    "#]],
    );
    check_advice(
        "electronc transmision duties",
        &expect![[r#"
        found 0 4
        absent electronc, transmision
        meant electronic transmissions duties (2)
        nearest 
    "#]],
    );
    check_advice(
        "customs zebra",
        &expect![[r#"
        found 0 4
        absent zebra
        meant 
        nearest 
    "#]],
    );
    check_advice(
        "moratorium AND goods",
        &expect![[r#"
        found 0 0
        absent 
        meant 
        nearest goods (2), moratorium (1)
    "#]],
    );
    check_advice(
        "\"duties customs\"",
        &expect![[r#"
            found 0 0
            absent 
            meant 
            nearest duties customs (3)
        "#]],
    );
    check_advice(
        "moratorium status:draft",
        &expect![[r#"
        found 0 0
        absent 
        meant 
        nearest status:draft (2), moratorium (1)
    "#]],
    );
    check_advice(
        "zebra",
        &expect![[r#"
        found 0 0
        absent zebra
        meant 
        nearest 
    "#]],
    );
    check_advice(
        "moratorium",
        &expect![[r#"
        found 1 1
        absent 
        meant 
        nearest 
    "#]],
    );
}

#[test]
fn a_filter_that_leaves_nothing_is_named() {
    let library = Library::new(&few(), 9);
    let filters = vec![("kind".to_owned(), "minutes".to_owned())];
    let request = Request { query: "customs".to_owned(), filters, ..Request::default() };
    let nearest = library.ask(&request).nearest;
    assert_eq!(nearest.len(), 1);
    assert_eq!((nearest[0].without.as_deref(), nearest[0].total), (Some("kind"), 4));
}

#[test]
fn a_name_is_found_in_texts_of_another_language() {
    let mut treaty = document(
        "uemoa",
        "West African Economic and Monetary Union",
        &[(PARAGRAPH, "Le tarif extérieur commun.")],
    );
    treaty.metadata.language = Some(Sourced::new("fr".to_owned(), Origin::Given));
    let decision = document("a", "", &[(PARAGRAPH, "The common tariff of the Union.")]);
    let library = Library::new(&[treaty, decision], 2);
    let request = Request { query: "UEMOA tarif".into(), ..Request::default() };
    let hits: Vec<_> =
        library.ask(&request).hits.into_iter().map(|hit| (hit.clause.id, hit.missing)).collect();
    assert_eq!(hits.first(), Some(&("uemoa/1".to_owned(), Vec::new())), "{hits:?}");
}
