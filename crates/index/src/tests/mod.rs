//! An index written and read back, in temporary folders.

use std::path::Path;

use chapeau_document::{
    Act, ActOf, Citation, Clause, Date, Document, FileStatus, Level, Metadata, Obligation, Origin, Part,
    Sourced, Span, Symbol, Unit,
};
use tantivy::collector::{Count, TopDocs};
use tantivy::query::{Bm25StatisticsProvider, PhraseQuery, TermQuery};
use tantivy::schema::IndexRecordOption;

use super::*;

mod journal;
mod lasting;
mod meeting;
mod sources;

const TODAY: Date = Date::constant(2026, 11, 21);
const LATER: Date = Date::constant(2026, 12, 1);

/// A document of one paragraph a line; a line that starts with `#` is a heading.
fn document(id: &str, text: &str) -> Document {
    let mut document = Document { id: id.to_owned(), text: text.to_owned(), ..Document::default() };
    let mut start = 0;
    for (number, line) in (1..).zip(text.lines()) {
        let span = Span::new(start, start + line.len());
        start = span.end + 1;
        document.clauses.push(clause(&format!("{id}/p{number}"), span, line));
    }
    document.metadata = Metadata {
        title: Some(Sourced::new(format!("Decision {id}"), Origin::Given)),
        date_adopted: Some(Sourced::new(Date::constant(2013, 12, 7), Origin::Given)),
        language: Some(Sourced::new("en".to_owned(), Origin::Given)),
        parties: vec![Sourced::new("Côte d'Ivoire".to_owned(), Origin::Given)],
        symbols: Symbol::parse("WT/MIN(13)/32")
            .map(|symbol| Sourced::new(symbol, Origin::Given))
            .into_iter()
            .collect(),
        ..Metadata::default()
    };
    document
}

fn clause(id: &str, span: Span, line: &str) -> Clause {
    let cite = |(span, symbol)| Citation { span, symbol: Some(symbol), provision: None, agreement: None };
    Clause {
        path: vec![chapeau_document::Step {
            kind: Level::Article,
            label: Some("Article 5".to_owned()),
            title: Some("Customs Duties".to_owned()),
        }],
        acts: vec![ActOf {
            act: Act::Decide,
            actor: None,
            addressee: None,
            deadline: None,
            deadline_date: None,
        }],
        obligation: Obligation::Duty,
        cites: Symbol::find_all(line).into_iter().map(cite).collect(),
        ..Clause::new(
            id.to_owned(),
            span,
            if line.starts_with('#') { Unit::Heading } else { Unit::Paragraph },
            Part::Operative,
        )
    }
}

fn source(path: &str) -> SourceRecord {
    SourceRecord { path: path.to_owned(), size: 1, digest: path.to_owned(), ..SourceRecord::default() }
}

fn options() -> WriterOptions {
    WriterOptions { threads: 1, heap_bytes: 16 << 20, ..WriterOptions::default() }
}

fn put(writer: &mut Writer, path: &str, text: &str, today: Date) -> Vec<String> {
    let documents = prepare(vec![document(path.trim_end_matches(".txt"), text)]);
    writer.put(source(path), documents, today).expect("put works")
}

fn write(dir: &Path, change: impl FnOnce(&mut Writer)) {
    let mut writer = Writer::open(dir, options()).expect("the index opens for writing");
    change(&mut writer);
    writer.finish().expect("the changes are written");
}

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a folder for the test")
}

fn open(dir: &Path) -> Searcher {
    Searcher::open(dir).expect("the index opens")
}

fn ids(searcher: &Searcher, term: tantivy::Term) -> Vec<String> {
    let query = TermQuery::new(term, IndexRecordOption::Basic);
    let found = searcher
        .tantivy()
        .expect("an index here")
        .search(&query, &TopDocs::with_limit(99).order_by_score())
        .expect("a search");
    let mut ids: Vec<String> =
        found.iter().map(|(_, at)| searcher.clause(*at).expect("a clause").id).collect();
    ids.sort();
    ids
}

fn stem(word: &str) -> tantivy::Term {
    Fields::stem(Fields::get().text, Language::English, word)
}

#[test]
fn what_is_written_is_read_back() {
    let dir = folder();
    write(dir.path(), |writer| {
        put(writer, "a.txt", "# Heading on customs\nCustoms duties, see WT/L/843.\nOther words", TODAY);
    });
    let searcher = open(dir.path());
    assert_eq!(ids(&searcher, stem("custom")), ["a/p2"], "headings are no hits");
    let fields = Fields::get();
    assert_eq!(ids(&searcher, Fields::exact(fields.text, "duties")), ["a/p2"]);
    assert_eq!(ids(&searcher, Fields::symbol_term(fields.cites, "wt/l")), ["a/p2"]);
    assert_eq!(ids(&searcher, Fields::symbol_term(fields.symbol, "WT/MIN(13)")), ["a/p2", "a/p3"]);
    assert_eq!(ids(&searcher, name_term(fields.party, "COTE D'IVOIRE")), ["a/p2", "a/p3"]);
    assert_eq!(ids(&searcher, Fields::stem(fields.heading, Language::English, "duti")), ["a/p2", "a/p3"]);
    let (_, clause) = searcher.clause_by_id("a/p2").expect("no error").expect("a clause");
    assert_eq!((clause.text.as_str(), clause.added), ("Customs duties, see WT/L/843.", Some(TODAY)));
    let clauses = searcher.clauses_of("a").expect("no error");
    assert_eq!(clauses.iter().map(|clause| clause.id.as_str()).collect::<Vec<_>>(), ["a/p1", "a/p2", "a/p3"]);
    let record = searcher.document_by_id("a").expect("no error").expect("a document");
    assert_eq!(record.source.path, "a.txt");
    let totals = searcher.totals().expect("no error");
    assert_eq!((totals.documents, totals.clauses, totals.unreadable), (1, 3, 0));
    assert_eq!((totals.from, totals.languages), (Some(Date::constant(2013, 12, 7)), vec!["en".to_owned()]));
}

#[test]
fn phrases_are_exact() {
    let dir = folder();
    write(dir.path(), |writer| {
        put(writer, "a.txt", "customs duties\ncustoms duty\ncustoms and duties\nanti-dumping duties", TODAY);
    });
    let searcher = open(dir.path());
    let exact = |word: &str| Fields::exact(Fields::get().text, word);
    for (words, expected) in
        [(["customs", "duties"], 1), (["antidumping", "duties"], 1), (["dumping", "duties"], 0)]
    {
        let query = PhraseQuery::new(words.map(exact).to_vec());
        assert_eq!(
            searcher.tantivy().expect("an index here").search(&query, &Count).expect("a search"),
            expected,
            "{words:?}"
        );
    }
}

#[test]
fn a_changed_source_is_replaced_and_keeps_its_dates() {
    let dir = folder();
    write(dir.path(), |writer| {
        put(writer, "a.txt", "one alpha\ntwo beta", TODAY);
        put(writer, "b.txt", "three alpha", TODAY);
    });
    write(dir.path(), |writer| {
        assert_eq!(put(writer, "a.txt", "two beta\nthree gamma", LATER), ["a"]);
        writer.remove("b.txt").expect("removing works");
    });
    let searcher = open(dir.path());
    assert_eq!(ids(&searcher, stem("alpha")), Vec::<String>::new());
    let added: Vec<Option<Date>> =
        searcher.clauses_of("a").expect("no error").iter().map(|clause| clause.added).collect();
    assert_eq!(added, [Some(TODAY), Some(LATER)]);
    let sources = searcher.sources().expect("no error");
    assert_eq!(sources.len(), 1);
    assert_eq!(sources[0].first_seen, Some(TODAY));
    assert_eq!(searcher.totals().expect("no error").documents, 1);
}

#[test]
fn increments_count_as_one_build() {
    let (grown, built) = (folder(), folder());
    let texts =
        [("a.txt", "alpha beta gamma"), ("b.txt", "alpha\ndelta epsilon zeta eta"), ("c.txt", "alpha beta")];
    write(grown.path(), |writer| drop(put(writer, "a.txt", "alpha old words that go", TODAY)));
    write(grown.path(), |writer| drop(put(writer, "x.txt", "alpha alpha", TODAY)));
    for (path, text) in texts {
        write(grown.path(), |writer| drop(put(writer, path, text, TODAY)));
    }
    write(grown.path(), |writer| writer.remove("x.txt").expect("removing works"));
    write(built.path(), |writer| texts.iter().for_each(|(path, text)| drop(put(writer, path, text, TODAY))));
    let (grown, built) = (open(grown.path()), open(built.path()));
    assert_eq!(verify(&grown).expect("it can be read"), Vec::<String>::new());
    assert_eq!(grown.statistics().counts(), built.statistics().counts());
    for word in ["alpha", "beta", "old", "word"] {
        let frequency = |searcher: &Searcher| searcher.statistics().doc_freq(&stem(word)).expect("no error");
        assert_eq!(frequency(&grown), frequency(&built), "{word}");
        assert_eq!(scores(&grown, word), scores(&built, word), "{word}");
    }
}

fn scores(searcher: &Searcher, word: &str) -> Vec<(String, f32)> {
    let query = TermQuery::new(stem(word), IndexRecordOption::WithFreqs);
    let collector = TopDocs::with_limit(99).order_by_score();
    let found = searcher.tantivy().expect("an index here").search_with_statistics_provider(
        &query,
        &collector,
        searcher.statistics(),
    );
    let found = found.expect("a search");
    let mut scores: Vec<(String, f32)> =
        found.iter().map(|(score, at)| (searcher.clause(*at).expect("a clause").id, *score)).collect();
    scores.sort_by(|a, b| a.0.cmp(&b.0));
    scores
}

#[test]
fn what_is_not_committed_never_was() {
    let dir = folder();
    write(dir.path(), |writer| drop(put(writer, "a.txt", "alpha", TODAY)));
    let mut writer = Writer::open(dir.path(), options()).expect("the index opens for writing");
    put(&mut writer, "b.txt", "alpha", TODAY);
    drop(writer);
    assert_eq!(ids(&open(dir.path()), stem("alpha")), ["a/p1"]);
    let fresh = folder();
    let mut writer = Writer::open(fresh.path(), options()).expect("the index opens for writing");
    put(&mut writer, "b.txt", "alpha", TODAY);
    drop(writer);
    assert!(matches!(Searcher::open(fresh.path()), Err(Error::Missing(_))));
}

#[test]
fn a_failed_source_is_in_the_manifest() {
    let dir = folder();
    let scan = SourceRecord {
        status: FileStatus::NoText,
        reason: Some("2 pages without text".to_owned()),
        ..source("scan.pdf")
    };
    write(dir.path(), |writer| {
        writer.put(scan, Prepared::default(), TODAY).expect("put works");
        put(writer, "a.txt", "alpha", TODAY);
    });
    let searcher = open(dir.path());
    assert_eq!(searcher.totals().expect("no error").unreadable, 1);
    let sources = searcher.sources().expect("no error");
    let shown: Vec<(&str, FileStatus)> = sources.iter().map(|one| (one.path.as_str(), one.status)).collect();
    assert_eq!(shown, [("a.txt", FileStatus::Ok), ("scan.pdf", FileStatus::NoText)]);
    write(dir.path(), |writer| drop(put(writer, "scan.pdf", "read now", TODAY)));
    assert_eq!(open(dir.path()).totals().expect("no error").unreadable, 0);
}

#[test]
fn a_rebuild_takes_the_place_when_it_is_done() {
    let dir = folder();
    write(dir.path(), |writer| drop(put(writer, "a.txt", "alpha", TODAY)));
    let before = open(dir.path());
    let mut writer = Writer::rebuild(dir.path(), options()).expect("a rebuild starts");
    assert!(writer.is_anew());
    put(&mut writer, "a.txt", "alpha\nbeta", LATER);
    writer.commit().expect("a stage is written");
    assert!(before.reload().expect("no error").is_none(), "nothing is seen before the end");
    writer.finish().expect("the rebuild is done");
    let after = before.reload().expect("no error").expect("a new state");
    assert_ne!(after.version(), before.version());
    let added = |id: &str| after.clause_by_id(id).expect("no error").expect("a clause").1.added;
    assert_eq!((added("a/p1"), added("a/p2")), (Some(TODAY), Some(LATER)));
    assert_eq!(ids(&before, stem("alpha")), ["a/p1"], "an open state stays readable");
    assert!(after.reload().expect("no error").is_none());
}

#[test]
fn a_second_writer_is_refused() {
    let dir = folder();
    let first = Writer::open(dir.path(), options()).expect("the index opens for writing");
    let error = Writer::open(dir.path(), options()).expect_err("it is locked");
    assert!(matches!(error, Error::Locked { .. }), "{error}");
    drop(first);
    Writer::open(dir.path(), options()).expect("the lock is free");
}

#[test]
fn an_index_of_another_version_says_so_and_is_built_anew() {
    let dir = folder();
    write(dir.path(), |writer| drop(put(writer, "a.txt", "alpha", TODAY)));
    let meta = dir.path().join("gen-1/meta.json");
    let text = std::fs::read_to_string(&meta).expect("the commit is readable");
    let older = text.replace(&format!("\\\"format\\\":{FORMAT_VERSION}"), "\\\"format\\\":0");
    assert_ne!(older, text);
    std::fs::write(&meta, older).expect("the commit can be changed");
    let error = Searcher::open(dir.path()).expect_err("the version is another").to_string();
    let told = format!("has format version 0, want {FORMAT_VERSION}: run `chapeau index --rebuild`");
    assert!(error.ends_with(&told), "{error}");
    write(dir.path(), |writer| {
        assert!(writer.is_anew());
        put(writer, "a.txt", "alpha", LATER);
    });
    let searcher = open(dir.path());
    assert_eq!(searcher.generation().expect("an index here"), "gen-2");
    let clause = searcher.clause_by_id("a/p1").expect("no error").expect("a clause").1;
    assert_eq!(clause.added, Some(TODAY), "dates outlast a change of version");
}

#[test]
fn an_index_of_a_newer_version_is_not_replaced() {
    let dir = folder();
    write(dir.path(), |writer| drop(put(writer, "a.txt", "alpha", TODAY)));
    let meta = dir.path().join("gen-1/meta.json");
    let text = std::fs::read_to_string(&meta).expect("the commit is readable");
    let wanted = format!("\\\"format\\\":{FORMAT_VERSION}");
    std::fs::write(&meta, text.replace(&wanted, "\\\"format\\\":99")).expect("the commit can be changed");
    let error = Writer::open(dir.path(), options()).expect_err("it is not ours to replace").to_string();
    assert!(error.contains("has format version 99"), "{error}");
}

#[test]
fn errors_name_the_place() {
    let dir = folder();
    let missing = dir.path().join("nowhere");
    let error = Searcher::open(&missing).expect_err("there is none").to_string();
    assert!(error.starts_with(&format!("no index at {}", missing.display())), "{error}");
    std::fs::write(dir.path().join("letter.doc"), "Dear Sir").expect("a file for the test");
    let error = Writer::open(dir.path(), options()).expect_err("it is a folder of others").to_string();
    assert!(error.contains("it holds \"letter.doc\""), "{error}");
}

#[test]
fn a_damaged_index_says_so() {
    let dir = folder();
    write(dir.path(), |writer| drop(put(writer, "a.txt", "alpha", TODAY)));
    std::fs::write(dir.path().join("gen-1/meta.json"), "{").expect("a file for the test");
    let error = Searcher::open(dir.path()).expect_err("it is damaged");
    assert!(matches!(error, Error::Corrupt { .. }), "{error}");
}

#[cfg(unix)]
#[test]
fn a_read_only_folder_can_be_searched() {
    use std::fs::{Permissions, set_permissions};
    use std::os::unix::fs::PermissionsExt;

    let dir = folder();
    write(dir.path(), |writer| drop(put(writer, "a.txt", "alpha", TODAY)));
    let inner = dir.path().join("gen-1");
    let mode = |mode| {
        set_permissions(&inner, Permissions::from_mode(mode)).expect("modes can be set");
        set_permissions(dir.path(), Permissions::from_mode(mode)).expect("modes can be set");
    };
    let files = |path: &Path| std::fs::read_dir(path).expect("a folder").count();
    let before = files(&inner);
    mode(0o555);
    let searcher = open(dir.path());
    assert_eq!(ids(&searcher, stem("alpha")), ["a/p1"]);
    assert_eq!(files(&inner), before, "not even a superuser's reader leaves a file");
    mode(0o755);
}

/// Changes bytes of a file of the index that ends so.
fn damage(dir: &Path, ending: &str, change: impl FnOnce(&mut Vec<u8>)) {
    let folder = std::fs::read_dir(dir.join("gen-1")).expect("a folder");
    let mut paths = folder.map(|entry| entry.expect("an entry").path());
    let file = paths.find(|path| path.extension().is_some_and(|end| end == ending)).expect("a file");
    let mut bytes = std::fs::read(&file).expect("the file is readable");
    change(&mut bytes);
    std::fs::write(&file, bytes).expect("the file can be changed");
}

#[test]
fn what_is_damaged_is_not_merged() {
    let dir = folder();
    write(dir.path(), |writer| drop(put(writer, "0.txt", "the levy is 100 per cent", TODAY)));
    damage(dir.path(), "store", |bytes| {
        let at = bytes.windows(3).position(|digits| digits == b"100").expect("stored as it is");
        bytes[at] = b'9';
    });
    let outcomes = (1..8).map(|n| {
        let mut writer = Writer::open(dir.path(), options()).expect("the commit is whole");
        put(&mut writer, &format!("{n}.txt"), "the council meets", TODAY);
        writer.finish()
    });
    let refused = outcomes.filter_map(Result::err).next().expect("it is to be merged at last");
    assert!(refused.to_string().contains("is not as it was written"), "{refused}");
    let faults = verify(&open(dir.path())).expect("it can be read");
    assert!(faults.iter().any(|fault| fault.ends_with(".store is damaged")), "{faults:?}");
}

#[test]
fn verifying_finds_a_damaged_file() {
    let dir = folder();
    write(dir.path(), |writer| drop(put(writer, "a.txt", "alpha", TODAY)));
    damage(dir.path(), "pos", |bytes| bytes[0] ^= 1);
    let faults = verify(&open(dir.path())).expect("it can be read");
    assert!(faults.iter().any(|fault| fault.ends_with(".pos is damaged")), "{faults:?}");
}
