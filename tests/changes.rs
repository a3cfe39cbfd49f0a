// What changed since a day or a run: the journal of the batch job, its digest, and its kills.

use std::fs;
use std::process::Stdio;
use std::thread;
use std::time::Duration;

use expect_test::expect_file;
use serde_json::Value;

use crate::drive::Place;

/// The sample corpus, indexed, then with a decision changed, a text renumbered, one gone, one new.
fn changed() -> Place {
    let place = Place::with_samples();
    place.chapeau("index").ended(0);
    let bali = "corpus/bali-work-programme-2013.txt";
    let text = fs::read_to_string(place.path(bali)).expect("a sample");
    place.write(bali, text.replace("which we have decided to hold in 2015", "to be held in 2017"));
    place.remove("corpus/recommendations-work-programme.txt");
    place
        .write("corpus/note.txt", "Decision on Duties\n\n1. Members shall report on duties by 1 May 2027.\n");
    place.chapeau("index").ended(0);
    place
}

/// Without what is another in every run.
fn dated(text: &str) -> String {
    let mut words: Vec<String> = text.split(' ').map(str::to_owned).collect();
    for word in &mut words {
        let is_moment = word.len() >= 20 && word.as_bytes()[10] == b'T' && word.contains('Z');
        if is_moment {
            word.replace_range(..20, "MOMENT");
        }
    }
    words.join(" ")
}

fn golden(name: &str) -> String {
    format!("{}/../../tests/golden/changes/{name}", env!("CARGO_MANIFEST_DIR"))
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).expect("it is JSON")
}

#[test]
fn new_changed_and_removed_clauses_are_told() {
    let place = changed();
    let shown = place.chapeau("changes --since run:1").ended(0);
    expect_file![golden("samples.txt")].assert_eq(&dated(&shown));
    let since_today = json(&place.chapeau("changes --since 0d --format json").ended(0));
    assert_eq!(since_today["changed"], 0, "since before the first run, all is new");
    let between = json(&place.chapeau("changes --since run:0 --until run:1 --format json").ended(0));
    assert_eq!((&between["removed"], &between["changed"]), (&0.into(), &0.into()));
    assert!(between["new"].as_u64() > Some(80), "{}", between["new"]);
    let rows = json(&place.chapeau("changes --since run:1 --format json moratorium OR duties").ended(0));
    assert_eq!((&rows["new"], &rows["changed"]), (&1.into(), &1.into()), "{rows}");
    let filtered =
        json(&place.chapeau("changes --since run:1 --format json --symbol 'WT/MIN(13)/32'").ended(0));
    assert_eq!((&filtered["changed"], &filtered["removed"]), (&1.into(), &0.into()));
    place.chapeau("changes --since run:2").ended(1);
    assert!(place.chapeau("status").ended(0).contains("1 document new, 2 changed or gone"));
}

#[test]
fn what_is_no_change_is_not_told() {
    let place = Place::with_samples();
    place.chapeau("index").ended(0);
    place.chapeau("index").ended(0);
    place.chapeau("index --rebuild").ended(0);
    place.chapeau("changes --since run:1").ended(1);
    let bali = "corpus/bali-work-programme-2013.txt";
    fs::rename(place.path(bali), place.path("corpus/renamed.txt")).expect("it can be renamed");
    place.chapeau("index").ended(0);
    place.chapeau("changes --since run:1").ended(1);
}

#[test]
fn a_moment_that_makes_no_sense_is_named() {
    let place = changed();
    for (given, said) in [("12", "run:12"), ("run:x", "want a date"), ("tomorrow", "days (7d)")] {
        let outcome = place.chapeau(&format!("changes --since {given}"));
        assert_eq!(outcome.code, Some(2));
        assert!(outcome.stderr.contains(said), "{}", outcome.stderr);
    }
}

#[test]
fn a_digest_of_saved_queries_is_told_once() {
    let place = changed();
    place.write("watched.tsv", "# what we watch\nDuties\tcustoms duties\nFish\tfisheries subsidies\n");
    place.write("told", "run:1\n");
    let line = "changes --queries watched.tsv --bookmark told --output digest/ --site https://s.example.org";
    place.chapeau(line).ended(0);
    let read = |name: &str| fs::read_to_string(place.path(&format!("digest/{name}"))).expect("it is written");
    expect_file![golden("digest.txt")].assert_eq(&dated(&read("changes.txt")));
    assert!(
        read("changes.html").contains("<h2>Duties</h2>") && !read("changes.html").contains("<h2>Fish</h2>")
    );
    assert!(read("changes.html").contains("<del>2015</del><ins>2017</ins>"));
    assert_eq!(json(&read("changes.json"))[1]["changed"], 0);
    let feed = read("changes.atom");
    assert!(feed.contains("WT/MIN(13)/32, operative para. 5 (changed)"), "{feed}");
    assert!(feed.contains("https://s.example.org/documents/wt-min-13-32#"), "{feed}");
    assert_eq!(fs::read_to_string(place.path("told")).expect("a bookmark"), "run:2\n");
    fs::remove_dir_all(place.path("digest")).expect("it is there");
    place.chapeau(line).ended(1);
    assert!(!place.path("digest").exists(), "nothing new writes nothing");
    place.write("watched.tsv", "Duties customs duties\n");
    let outcome = place.chapeau(line);
    assert_eq!(outcome.code, Some(2));
    assert!(outcome.stderr.contains("watched.tsv, line 1 has no tab"), "{}", outcome.stderr);
}

#[test]
fn a_new_bookmark_begins_now() {
    let place = changed();
    place.chapeau("changes --bookmark told").ended(1);
    assert_eq!(fs::read_to_string(place.path("told")).expect("a bookmark"), "run:2\n");
    place.write("corpus/other.txt", "1. Members shall meet.\n");
    place.chapeau("index").ended(0);
    let told = json(&place.chapeau("changes --bookmark told --format json").ended(0));
    assert_eq!((&told["new"], &told["removed"]), (&1.into(), &0.into()));
    place.write("other", "no bookmark\n");
    assert_eq!(place.chapeau("changes --bookmark other").code, Some(2));
}

/// What `changes` lists, without the runs that did it.
fn told(place: &Place, since: &str) -> Vec<String> {
    let outcome = place.chapeau(&format!("changes --since {since} --format json"));
    assert!(matches!(outcome.code, Some(0 | 1)), "{}", outcome.stderr);
    let changes = json(&outcome.stdout);
    let documents = changes["documents"].as_array().expect("a list");
    let rows = documents.iter().flat_map(|document| document["clauses"].as_array().expect("a list"));
    let text = |clause: &Value| clause["text"].as_str().unwrap_or_default().to_owned();
    let mut told: Vec<String> =
        rows.map(|row| format!("{} > {}", text(&row["before"]), text(&row["after"]))).collect();
    told.sort();
    told
}

fn agreement(number: u64, version: u64) -> String {
    let paragraphs = (1..30).map(|n| {
        let version = if n % 7 == 0 { version } else { 0 };
        format!("{n}. Party {number} shall consider matter {n} of series {version}.\n\n")
    });
    paragraphs.collect()
}

#[test]
fn killed_runs_tell_all_that_changed_and_nothing_else() {
    let n_kills: u64 = std::env::var("CHAPEAU_KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(8);
    let (killed, whole) = (Place::new(), Place::new());
    let write = |number: u64, version: u64| {
        for place in [&killed, &whole] {
            place.write(&format!("corpus/agreement-{number}.txt"), agreement(number, version));
        }
    };
    (0..40).for_each(|number| write(number, 0));
    killed.chapeau("index").ended(0);
    whole.chapeau("index").ended(0);
    for round in 1..=n_kills {
        (0..8).for_each(|n| write((round * 5 + n) % 40, round));
        if round % 3 == 0 {
            let gone = format!("corpus/agreement-{}.txt", round % 40);
            killed.remove(&gone);
            whole.remove(&gone);
        }
        let line = if round % 4 == 0 { "index --rebuild" } else { "index" };
        let mut job =
            killed.command(line).stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("it starts");
        thread::sleep(Duration::from_micros((round * 7_919) % 90_000));
        job.kill().expect("it can be killed");
        job.wait().expect("it can be waited for");
        assert!(killed.chapeau("verify").ended(0).contains("is whole"), "after kill {round} of {line}");
        if round % 2 == 0 {
            killed.chapeau("index").ended(0);
        }
    }
    killed.chapeau("index").ended(0);
    whole.chapeau("index").ended(0);
    assert_eq!(told(&killed, "run:1"), told(&whole, "run:1"));
}

#[test]
fn the_batch_job_sends_a_digest_once() {
    let place = Place::with_samples();
    place.write("watched.tsv", "Duties\tcustoms duties\n");
    let job = || {
        let mut command = std::process::Command::new("sh");
        let script = crate::drive::repository().join("scripts/index-job");
        command.arg(script).current_dir(place.path("")).env("CHAPEAU", env!("CARGO_BIN_EXE_chapeau"));
        for (name, value) in [
            ("CHAPEAU_CORPUS", "corpus"),
            ("CHAPEAU_INDEX", "index"),
            ("CHAPEAU_QUERIES", "watched.tsv"),
            ("CHAPEAU_DIGEST", "digest"),
            ("CHAPEAU_MAIL", "cat >> sent"),
        ] {
            command.env(name, value);
        }
        let outcome: crate::drive::Outcome = command.output().expect("sh is there").into();
        outcome.ended(0);
        fs::read_to_string(place.path("sent")).unwrap_or_default()
    };
    assert_eq!(job(), "", "the first run begins");
    place.write("corpus/note.txt", "1. Members shall report on customs duties.\n");
    let sent = job();
    assert!(sent.contains("Members shall report on customs duties"), "{sent}");
    assert_eq!(job(), sent, "what was told is not told again");
}

#[test]
fn the_page_and_the_feed_tell_what_changed() {
    let place = changed();
    let server = crate::http::Server::on(&place, "");
    let page = |path: &str| server.check(&format!("GET {path} HTTP/1.1\r\nHost: localhost\r\n"), "200");
    let last = page("/changes");
    assert!(last.contains("Since run 1: 1 clause new, 1 changed, 14 removed."), "{last}");
    assert!(last.contains("<del>2015</del><ins>2017</ins>"), "{last}");
    assert!(page("/changes?since=run:2").contains("0 clauses new, 0 changed, 0 removed."));
    assert!(page("/changes?since=run:1&q=report+duties").contains("1 clause new, 0 changed, 0 removed."));
    server.check("GET /changes?since=soon HTTP/1.1\r\nHost: localhost\r\n", "400");
    let feed = page("/feed.atom?q=customs+duties");
    assert!(feed.contains("<title>WT/MIN(13)/32, operative para. 5 (changed)</title>"), "{feed}");
    assert!(feed.contains("&lt;del&gt;2015&lt;/del&gt;&lt;ins&gt;2017&lt;/ins&gt;"), "{feed}");
    assert_eq!(feed.matches("<title>WT/MIN(13)/32, operative para. 5").count(), 1, "{feed}");
    assert!(page("/feed.atom?q=fragmentation").contains("(removed)</title>"));
    assert!(!page("/feed.atom?q=fisheries").contains("<entry>"));
    let mandates = page("/mandates?at=2026-01-01&state=open");
    assert!(mandates.contains("31 March 2026") && mandates.contains("2 mandates"), "{mandates}");
    server.check("GET /mandates?at=soon HTTP/1.1\r\nHost: localhost\r\n", "400");
}
