//! Clauses by conditions.

use tantivy::Term;

use super::*;

fn searcher(dir: &Path) -> Searcher {
    write(dir, |writer| {
        put(
            writer,
            "a.txt",
            "# Duties\nCustoms duties are bound.\nThe Council shall meet.\nSee WT/L/274.",
            TODAY,
        );
        put(writer, "b.txt", "Duties on customs.\nThe shall of the Council.", TODAY);
    });
    open(dir)
}

fn word(word: &str) -> Condition {
    Condition::term(Fields::exact(Fields::get().text, word))
}

fn phrase(words: &[&str]) -> Condition {
    let terms = words.iter().map(|word| Fields::exact(Fields::get().text, word));
    Condition::Phrase(terms.collect(), 0.5)
}

#[test]
fn conditions_are_met_by_clauses() {
    let dir = folder();
    let searcher = searcher(dir.path());
    let check = |condition: &Condition, expected: &str| {
        let mut ids = Vec::new();
        let shown = searcher.each_clause(condition, |clause| {
            ids.push(clause.id);
            Ok::<(), Error>(())
        });
        shown.expect("a sound index");
        ids.sort_unstable();
        assert_eq!(ids.join(" "), expected, "{condition:?}");
    };
    let of_a = Condition::OneOf("document", vec!["a".to_owned(), "none".to_owned()]);
    check(&word("duties"), "a/p2 b/p1");
    check(&Condition::Any(vec![word("duties"), word("shall")]), "a/p2 a/p3 b/p1 b/p2");
    check(&Condition::All(vec![word("duties"), of_a.clone()]), "a/p2");
    check(&Condition::All(vec![word("duties"), Condition::none_of(of_a)]), "b/p1");
    check(&phrase(&["council", "shall"]), "a/p3");
    check(&phrase(&["council"]), "a/p3 b/p2");
    check(&phrase(&[]), "");
    check(&Condition::Any(vec![]), "");
    check(&Condition::Has("cites"), "a/p4");
    let later = |from| Condition::Range("date", Some(from), None);
    check(&Condition::All(vec![word("duties"), later(20_131_207), Condition::Everything]), "a/p2 b/p1");
    check(&Condition::All(vec![word("duties"), later(20_131_208)]), "");
    check(&Condition::All(vec![word("duties"), Condition::none_of(later(20_131_208))]), "a/p2 b/p1");
    check(&Condition::Preferring(Box::new(word("duties")), Box::new(word("bound"))), "a/p2 b/p1");
}

#[test]
fn clauses_and_documents_come_by_their_names() {
    let dir = folder();
    let searcher = searcher(dir.path());
    let ids = ["b/p1", "none", "a/p2", "b/p1"].map(str::to_owned);
    let found = searcher.clauses_by_ids(&ids).expect("a sound index");
    assert_eq!(found.iter().map(|clause| clause.id.as_str()).collect::<Vec<_>>(), ["b/p1", "a/p2", "b/p1"]);
    let known = searcher.documents_by_ids(["a", "c"].map(str::to_owned).into()).expect("a sound index");
    assert_eq!(known.keys().collect::<Vec<_>>(), ["a"]);
    let symbols = ["WT/MIN(13)/32", "WT/L/274"].map(|symbol| Symbol::parse(symbol).expect("a symbol"));
    let owners = searcher.owners(&symbols.into()).expect("a sound index");
    assert_eq!(owners.into_values().collect::<Vec<_>>(), ["a"]);
    let cites = Fields::symbol_term(Fields::get().cites, "WT/L/274");
    let cites: [Term; 2] = [cites.clone(), cites];
    assert_eq!(searcher.clauses_with(cites).expect("a sound index").len(), 1);
}

#[test]
fn the_newest_documents_come_first() {
    let dir = folder();
    let dated = |id: &str, date: Option<Date>| {
        let mut one = document(id, "Duties.");
        one.metadata.date_adopted = date.map(|date| Sourced::new(date, Origin::Given));
        one
    };
    write(dir.path(), |writer| {
        for (id, date) in [("a", Some(TODAY)), ("b", None), ("c", Some(LATER)), ("d", Some(TODAY))] {
            let prepared = prepare(vec![dated(id, date)]);
            writer.put(source(&format!("{id}.txt")), prepared, TODAY).expect("put works");
        }
    });
    let newest = |offset, limit| {
        let (documents, n) = open(dir.path()).newest_documents(offset, limit).expect("a sound index");
        (documents.into_iter().map(|document| document.id).collect::<String>(), n)
    };
    assert_eq!(newest(0, 9), ("cadb".to_owned(), 4));
    assert_eq!(newest(1, 2), ("ad".to_owned(), 4));
    assert_eq!(newest(4, 2), (String::new(), 4));
}
