//! Lineages of small sets of documents.

use chapeau_document::{Date, Origin, Sourced, Unit};

use crate::tests::library::{Library, document};
use crate::{Fold, LineageRow, Relation, Request, Sort, Usual, lineage, usual, versions};

const REVIEW: &str = "The Parties shall review the operation of this Agreement every two years.";

/// The versions of the first clause of `a` among those of other documents.
#[track_caller]
fn check(clause: &str, others: &[&str], expected: &[(&str, Relation)]) {
    let mut documents = vec![document("a", "Treaty A", &[(Unit::Paragraph, clause)])];
    for (name, other) in ["b", "c", "d"].iter().zip(others) {
        documents.push(document(name, &format!("Treaty {name}"), &[(Unit::Paragraph, other)]));
    }
    let library = Library::new(&documents, 9);
    let found = lineage(&library.searcher(), "a/1", 9).expect("a sound index").expect("a clause");
    let found: Vec<(&str, Relation)> =
        found.rows.iter().map(|row| (row.document.as_str(), row.relation)).collect();
    assert_eq!(found, expected);
}

#[test]
fn relations_go_from_the_same_letters_to_the_same_core() {
    check(
        REVIEW,
        &[
            REVIEW,
            "the Parties shall review the operation of this agreement every two years",
            "The Parties shall review the operation of this Agreement at least once a year.",
        ],
        &[("b", Relation::Identical), ("c", Relation::Near), ("d", Relation::Reworded)],
    );
}

#[test]
fn what_shares_only_words_is_no_version() {
    check(
        REVIEW,
        &["Every two years this Agreement shall operate under review of the Parties.", "Review", ""],
        &[],
    );
    check("", &["", REVIEW], &[]);
}

#[test]
fn a_clause_whose_words_stand_nowhere_else_is_only_here() {
    check(REVIEW, &[], &[]);
    check(REVIEW, &["Quite another matter altogether"], &[]);
}

#[test]
fn a_family_is_summed_up_in_a_line() {
    let documents =
        ["a", "b", "c"].map(|id| document(id, id, &[(Unit::Paragraph, REVIEW), (Unit::Paragraph, id)]));
    let searcher = Library::new(&documents, 9).searcher();
    let summary = |id| lineage(&searcher, id, 9).expect("a sound index").expect("a clause").summary();
    assert_eq!(summary("a/1"), "in 2 other documents: 2 identical");
    assert_eq!(summary("b/2"), "only here");
}

/// Three dated versions of a clause, the middle one twice in the same words.
fn dated() -> Library {
    let of = |id: &str, year: i16, words: &'static str| {
        let mut one = document(id, id, &[(Unit::Paragraph, words)]);
        one.metadata.date_adopted = Some(Sourced::new(Date::constant(year, 1, 1), Origin::Given));
        one
    };
    let documents = [
        of("a", 2001, "The Parties shall review the operation of this Agreement once a year."),
        of("b", 2005, REVIEW),
        of("c", 2005, "The parties shall review the operation of this agreement every two years"),
        of("d", 2010, REVIEW),
        of("e", 2010, "Nothing of this kind stands in another treaty."),
    ];
    Library::new(&documents, 2)
}

#[test]
fn versions_are_counted_before_and_after() {
    let searcher = dated().searcher();
    let of = |id| versions(&searcher, id).expect("a sound index").and_then(|versions| versions.in_words());
    assert_eq!(
        of("b/1").as_deref(),
        Some("1 earlier, 1 later, 1 other version, the same words in 3 documents")
    );
    assert_eq!(of("a/1").as_deref(), Some("3 later versions"));
    assert_eq!(of("e/1"), None);
    assert_eq!(of("z/1"), None);
}

#[test]
fn a_clause_is_asked_for_by_the_documents_that_have_it() {
    let library = dated();
    let found = |query: &str, sort| {
        let request = Request { query: query.to_owned(), sort, fold: Fold::No, ..Request::default() };
        let ids = library.ask(&request).hits.into_iter().map(|hit| hit.clause.id);
        ids.collect::<Vec<_>>().join(" ")
    };
    assert_eq!(found("copies:3", Sort::Relevance), "b/1 c/1 d/1");
    assert_eq!(found("copies:1", Sort::Relevance), "a/1 e/1");
    assert_eq!(found("parties copies:>1", Sort::Relevance), "b/1 c/1 d/1");
    assert_eq!(found("copies:4..", Sort::Relevance), "");
    assert_eq!(found("-copies:3", Sort::Copies), "a/1 e/1");
    assert_eq!(found("copies:>=1", Sort::CopiesDescending), "b/1 c/1 d/1 a/1 e/1");
    assert_eq!(found("copies:>=1", Sort::Copies), "a/1 e/1 b/1 c/1 d/1");
}

#[test]
fn the_usual_wording_is_that_of_most() {
    let searcher = dated().searcher();
    let of = |id| usual(&searcher, id).expect("a sound index");
    // Case and a full stop make no other wording.
    let expected = |id: &str| Some(Usual { id: id.to_owned(), n_having: 3, n_family: 4 });
    assert_eq!(of("a/1"), expected("b/1"));
    assert_eq!(of("d/1"), expected("d/1"));
    assert_eq!(of("e/1"), None);
    assert_eq!(of("z/1"), None);
}

#[test]
fn shared_words_are_runs_of_three() {
    let searcher = dated().searcher();
    let found = lineage(&searcher, "b/1", 9).expect("a sound index").expect("a clause");
    let shared = |row: &LineageRow| row.shared.iter().map(|span| span.of(&row.text).to_owned()).collect();
    let shared: Vec<Vec<String>> = found.rows.iter().map(shared).collect();
    assert_eq!(shared[0], ["The Parties shall review the operation of this Agreement"]);
    assert_eq!(shared[1], ["The parties shall review the operation of this agreement every two years"]);
    assert_eq!(shared[2], [REVIEW]);
}
