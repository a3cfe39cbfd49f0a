//! Completions, synonyms left out, and the marks of a whole document.

use chapeau_document::{Origin, Sourced, Symbol, Unit};

use super::library::{Library, document};
use crate::{Request, Suggested, Suggestion, complete, marks};

fn library() -> Library {
    let clauses = [
        (Unit::Paragraph, "Duties of customs; dumping duties."),
        (Unit::Heading, "Dumping"),
        (Unit::Paragraph, "The duty and Décisions of an LDC."),
        (Unit::Paragraph, "Duties on a least-developed country."),
    ];
    Library::new(&[document("a", "", &clauses)], 1)
}

fn texts(found: Vec<Suggestion>) -> Vec<String> {
    found.into_iter().map(|found| found.text).collect()
}

#[track_caller]
fn check_complete(prefix: &str, expected: &[&str]) {
    assert_eq!(texts(complete(&library().searcher(), prefix, 5).expect("a sound index")), expected);
}

#[test]
fn words_of_clauses_complete_a_prefix() {
    check_complete("DU", &["duties", "dumping", "duty"]);
    check_complete("déc", &["decisions"]);
    check_complete("zz", &[]);
    check_complete("", &[]);
    check_complete("two words", &[]);
}

#[test]
fn whole_symbols_complete_a_prefix() {
    let mut with_symbol = document("b", "", &[(Unit::Paragraph, "See WT/L/843."), (Unit::Paragraph, "Two.")]);
    let symbol = Symbol::parse("WT/MIN(13)/W/2/Rev.1").expect("a symbol");
    with_symbol.metadata.symbols = vec![Sourced::new(symbol, Origin::Embedded)];
    let library = Library::new(&[with_symbol], 1);
    for prefix in ["wt/m", "WT/MIN(13)", "W"] {
        let found = complete(&library.searcher(), prefix, 5).expect("a sound index");
        assert!(found.iter().any(|found| found.text == "WT/MIN(13)/W/2/Rev.1"), "{found:?}");
        assert!(found.iter().all(|found| found.of == Suggested::Symbol), "{found:?}");
    }
    let cited = complete(&library.searcher(), "WT/L", 5).expect("a sound index");
    assert_eq!(texts(cited), ["WT/L/843"]);
}

#[test]
fn a_word_taken_as_typed_has_no_synonyms() {
    let library = library();
    let request = Request { query: "LDC".to_owned(), ..Request::default() };
    assert_eq!(library.ask(&request).total, 2);
    let request = Request { as_typed: vec!["LDC".to_owned()], ..request };
    let results = library.ask(&request);
    assert_eq!((results.total, results.expansions), (1, Vec::new()));
}

#[test]
fn a_whole_document_is_marked_clause_by_clause() {
    let searcher = library().searcher();
    let request = Request { query: "duty AND customs".to_owned(), ..Request::default() };
    let clauses = searcher.clauses_of("a").expect("a sound index");
    let counts: Vec<usize> =
        marks(&searcher, &request, &clauses).expect("a sound index").iter().map(Vec::len).collect();
    assert_eq!(counts, [3, 0, 0, 0]);
}
