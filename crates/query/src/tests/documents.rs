//! Searches whose hits are documents.

use chapeau_document::{Document, Unit};

use super::few;
use super::library::{Library, document};
use crate::{DocumentHit, Request, Results, Sort, search_documents};

const PARAGRAPH: Unit = Unit::Paragraph;

fn ask(library: &Library, request: &Request) -> Results<DocumentHit> {
    search_documents(&library.searcher(), request).expect("an index that can be read")
}

/// Each hit as its id, what it lacks, and its best clauses.
fn shown(hit: &DocumentHit) -> String {
    let lacks: Vec<String> = hit.missing.iter().map(|word| format!(" -{word}")).collect();
    let best: Vec<&str> = hit.best.iter().map(|best| best.clause.id.as_str()).collect();
    format!("{}{}: {}", hit.document.id, lacks.concat(), best.join(" "))
}

fn check(query: &str, expected: &[&str]) {
    let request = Request { query: query.to_owned(), thesaurus: None, ..Request::default() };
    for at_once in [1, 9] {
        let found = ask(&Library::new(&few(), at_once), &request);
        let shown: Vec<String> = found.hits.iter().map(shown).collect();
        assert_eq!(shown, expected, "of {query}, {at_once} at once");
    }
}

#[test]
fn a_document_matches_with_words_of_several_clauses() {
    check("impose expire", &["a: a/2 a/1"]);
    check("moratorium goods", &["a -goods: a/2", "b -moratorium: b/1", "c -moratorium: c/3"]);
    check("levied AND sea", &["b: b/2 b/1"]);
    check("\"moratorium on duties\" impose", &["a: a/2 a/1"]);
}

#[test]
fn a_document_is_out_where_any_clause_has_what_must_not_be() {
    check("duties -moratorium", &["b: b/1", "c: c/3"]);
}

#[test]
fn restrictions_say_which_clauses_count() {
    check("kind:report", &["c: c/2 c/3"]);
    check("customs status:draft", &["c: c/3"]);
}

#[test]
fn clauses_with_the_same_words_are_shown_once_and_counted_each() {
    let same: Vec<(Unit, &str)> = vec![(PARAGRAPH, "Duties fall."); 9];
    let library = Library::new(&[document("d", "", &same)], 9);
    let request = Request { query: "duties".into(), ..Request::default() };
    let found = ask(&library, &request);
    assert_eq!(found.hits.iter().map(shown).collect::<Vec<_>>(), ["d: d/1"]);
    assert_eq!(found.hits[0].matches, 9);
}

#[test]
fn totals_and_facets_count_documents() {
    let request = Request { query: "customs goods".into(), ..Request::default() };
    let found = ask(&Library::new(&few(), 1), &request);
    assert_eq!((found.total, found.total_any), (2, 3));
    let kinds = &found.facets["kind"];
    assert_eq!(kinds.iter().map(|kind| kind.count).sum::<u64>(), 2, "{kinds:?}");
    assert!(!found.facets.contains_key("part"), "{:?}", found.facets);
}

#[test]
fn pages_follow_each_other() {
    let many: Vec<Document> = (0..130)
        .map(|n| document(&format!("d{n:03}"), "", &[(PARAGRAPH, &"duty ".repeat(n % 7 + 1))]))
        .collect();
    let library = Library::new(&many, 40);
    for sort in [Sort::Relevance, Sort::Date] {
        let page = |offset, limit| {
            let request = Request { query: "duty".into(), offset, limit, sort, ..Request::default() };
            ask(&library, &request).hits.into_iter().map(|hit| hit.document.id).collect::<Vec<_>>()
        };
        let whole = page(0, 130);
        assert_eq!(whole.len(), 130);
        let by_tens: Vec<String> = (0..13).flat_map(|n| page(n * 10, 10)).collect();
        assert_eq!(by_tens, whole, "{sort:?}");
    }
}
