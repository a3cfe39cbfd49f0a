//! Completions, synonyms left out, and the marks of a whole document.

use chapeau_document::{Level, Origin, Sourced, Step, Symbol, Unit};

use super::library::{Library, document};
use crate::{By, Request, Suggested, Suggestion, complete, marks};

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
    check_complete("customs and du", &["duties", "dumping", "duty"]);
    check_complete("two ", &[]);
}

#[test]
fn headings_and_titles_complete_all_that_was_typed() {
    let under = |title: &str| Step { kind: Level::Article, label: None, title: Some(title.to_owned()) };
    let clauses =
        [(Unit::Paragraph, "One of rules."), (Unit::Paragraph, "Two."), (Unit::Paragraph, "Three.")];
    let mut document = document("a", "Rules and Procedures", &clauses);
    for (clause, title) in
        document.clauses.iter_mut().zip(["Rules of Origin", "RULES OF ORIGIN", "Règlement"])
    {
        clause.path = vec![under(title)];
    }
    let library = Library::new(&[document], 1);
    let check = |typed: &str, expected: &[&str]| {
        assert_eq!(
            texts(complete(&library.searcher(), typed, 5).expect("a sound index")),
            expected,
            "{typed}"
        );
    };
    check("rul", &["rules", "Rules and Procedures", "RULES OF ORIGIN"]);
    check("rules of", &["RULES OF ORIGIN", "of"]);
    check("regle", &["Règlement"]);
    check("ru", &["rules"]);
    check("origin", &[]);
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

#[test]
fn words_as_typed_are_no_synonym_of_each_other() {
    // Each of the two concepts has the other's name among its synonyms.
    let clauses = [(Unit::Paragraph, "The transaction value, or else the customs value of a good.")];
    let library = Library::new(&[document("a", "", &clauses)], 1);
    let results = library.ask(&Request { query: "transaction value".to_owned(), ..Request::default() });
    let marks = results.hits[0].passages.iter().flat_map(|passage| &passage.marks);
    let text = &results.hits[0].clause.text;
    let marks: Vec<_> = marks.map(|mark| (&text[mark.start..mark.end], mark.by)).collect();
    let expected = [("transaction", By::Typed), ("value", By::Typed), ("customs value", By::Synonym)];
    assert_eq!(marks, expected);
}
