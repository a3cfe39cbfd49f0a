//! What must outlast a writer that is dropped, fails or runs beside readers.

use super::*;

/// Merges of a writer that is dropped go on for a moment in Tantivy's threads. They once deleted
/// the segments that they had merged after the commit that names those was the last word.
#[test]
fn a_writer_dropped_amid_merges_leaves_a_whole_index() {
    let dir = folder();
    for number in 0..120 {
        let mut writer = Writer::open(dir.path(), options())
            .unwrap_or_else(|error| panic!("opening for document {number}: {error}"));
        put(&mut writer, &format!("{number}.txt"), "alpha beta\ngamma", TODAY);
        writer.commit().expect("a commit");
        drop(writer);
    }
    let searcher = open(dir.path());
    assert_eq!(searcher.totals().expect("no error").documents, 120);
    assert_eq!(verify(&searcher).expect("it can be read"), Vec::<String>::new());
}

#[test]
fn readers_open_at_any_moment_of_many_commits() {
    let dir = folder();
    write(dir.path(), |writer| drop(put(writer, "0.txt", "alpha", TODAY)));
    let done = std::sync::atomic::AtomicBool::new(false);
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while !done.load(std::sync::atomic::Ordering::Relaxed) {
                    let searcher = open(dir.path());
                    let documents = searcher.documents().expect("all can be read").len() as u64;
                    assert_eq!(documents, searcher.totals().expect("no error").documents);
                }
            });
        }
        for round in 1..40 {
            write(dir.path(), |writer| {
                put(writer, &format!("{round}.txt"), "alpha beta", TODAY);
                writer.commit().expect("a commit");
                put(writer, "0.txt", &format!("alpha {round}"), TODAY);
            });
        }
        done.store(true, std::sync::atomic::Ordering::Relaxed);
    });
}
