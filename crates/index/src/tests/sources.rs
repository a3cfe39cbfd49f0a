//! Sources that are touched, renamed or repeated.

use super::*;

fn texts(searcher: &Searcher) -> Vec<(String, Option<String>)> {
    let sources = searcher.sources().expect("no error");
    sources.into_iter().map(|source| (source.path, source.same_as)).collect()
}

/// A source whose bytes are those of `digest`.
fn put_text(writer: &mut Writer, path: &str, digest: &str, today: Date) {
    let documents = prepare(vec![document(path.trim_end_matches(".txt"), digest)]);
    let source = SourceRecord { digest: digest.to_owned(), ..source(path) };
    writer.put(source, documents, today).expect("put works");
}

#[test]
fn a_touched_source_gets_its_new_time_and_nothing_else() {
    let dir = folder();
    write(dir.path(), |writer| drop(put(writer, "a.txt", "alpha", TODAY)));
    for time in [7, 9] {
        write(dir.path(), |writer| writer.touch("a.txt", time).expect("touching works"));
        let searcher = open(dir.path());
        let sources = searcher.sources().expect("no error");
        assert_eq!((sources.len(), sources[0].modified), (1, time));
        assert_eq!(searcher.n_records(RecordKind::Source).expect("no error"), 1, "the older one goes");
        assert_eq!(ids(&searcher, stem("alpha")), ["a/p1"]);
    }
    write(dir.path(), |writer| {
        assert_eq!(writer.sources()[0].modified, 9);
        put(writer, "a.txt", "beta", LATER);
    });
    let searcher = open(dir.path());
    assert_eq!(searcher.n_records(RecordKind::Source).expect("no error"), 0);
    assert_eq!(verify(&searcher).expect("it can be read"), Vec::<String>::new());
}

#[test]
fn a_renamed_source_keeps_its_ids_and_dates() {
    let dir = folder();
    write(dir.path(), |writer| drop(put(writer, "a.txt", "alpha", TODAY)));
    write(dir.path(), |writer| {
        writer.rename("a.txt", "b.txt").expect("renaming works");
        assert_eq!(put(writer, "b.txt", "alpha", LATER), ["a"]);
    });
    let searcher = open(dir.path());
    assert_eq!(texts(&searcher), [("b.txt".to_owned(), None)]);
    assert_eq!(searcher.sources().expect("no error")[0].first_seen, Some(TODAY));
    assert_eq!(searcher.clause_by_id("a/p1").expect("no error").expect("a clause").1.added, Some(TODAY));
    assert_eq!(verify(&searcher).expect("it can be read"), Vec::<String>::new());
}

#[test]
fn one_text_under_two_paths_is_one_document() {
    let dir = folder();
    write(dir.path(), |writer| {
        put_text(writer, "a.txt", "alpha", TODAY);
        put_text(writer, "b.txt", "alpha", TODAY);
    });
    write(dir.path(), |writer| put_text(writer, "c.txt", "alpha", TODAY));
    let searcher = open(dir.path());
    let copy = |path: &str| (path.to_owned(), Some("a.txt".to_owned()));
    assert_eq!(texts(&searcher), [("a.txt".to_owned(), None), copy("b.txt"), copy("c.txt")]);
    assert_eq!(searcher.totals().expect("no error").documents, 1);
    assert_eq!(ids(&searcher, stem("alpha")), ["a/p1"]);

    // The one that was read changes; the others are read, and keep the date of the text.
    write(dir.path(), |writer| {
        writer.expect(["a.txt", "b.txt", "c.txt"]);
        put_text(writer, "a.txt", "beta", LATER);
        put_text(writer, "b.txt", "alpha", LATER);
        put_text(writer, "c.txt", "alpha", LATER);
    });
    let searcher = open(dir.path());
    let own = |path: &str| (path.to_owned(), None);
    assert_eq!(
        texts(&searcher),
        [own("a.txt"), own("b.txt"), ("c.txt".to_owned(), Some("b.txt".to_owned()))]
    );
    let added = |id: &str| searcher.clause_by_id(id).expect("no error").expect("a clause").1.added;
    assert_eq!((added("a/p1"), added("b/p1")), (Some(LATER), Some(TODAY)));
    assert_eq!(verify(&searcher).expect("it can be read"), Vec::<String>::new());
}
