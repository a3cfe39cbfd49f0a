//! Lineages of small sets of documents.

use chapeau_document::Unit;

use crate::tests::library::{Library, document};
use crate::{Relation, lineage};

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
fn a_family_is_summed_up_in_a_line() {
    let documents =
        ["a", "b", "c"].map(|id| document(id, id, &[(Unit::Paragraph, REVIEW), (Unit::Paragraph, id)]));
    let searcher = Library::new(&documents, 9).searcher();
    let summary = |id| lineage(&searcher, id, 9).expect("a sound index").expect("a clause").summary();
    assert_eq!(summary("a/1"), "in 2 other documents: 2 identical");
    assert_eq!(summary("b/2"), "only here");
}
