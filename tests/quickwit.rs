// An index on a Quickwit cluster: the same commands with the same answers. What needs a real one runs
// where CHAPEAU_QUICKWIT names its address (http://127.0.0.1:7280) and says when it is left out.

use std::net::TcpListener;
use std::process;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use serde_json::Value;

use crate::drive::{Outcome, Place, samples};
use crate::http::Server;

/// Nobody listens at this address.
fn nobody() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    format!("quickwit+http://{}/clauses", listener.local_addr().expect("an address"))
}

#[test]
fn a_quickwit_that_is_down_is_named_within_two_seconds() {
    let (place, engine) = (Place::new(), nobody());
    place.write("corpus/a.txt", "The Council decides to meet.\n");
    for command in
        ["index", "search duties", "show a/1", "status", "list", "export", "lineage a/1", "suggest du"]
    {
        let started = Instant::now();
        let outcome = place.chapeau(&format!("{command} --engine {engine}"));
        assert!(started.elapsed() < Duration::from_secs(2), "{command}");
        assert_eq!(outcome.code, Some(2), "{command}: {}", outcome.stdout);
        assert!(outcome.stderr.contains("does not answer"), "{command}: {}", outcome.stderr);
    }
    assert!(!place.path("index").exists());
}

#[test]
fn an_address_that_is_none_is_told() {
    let outcome = Place::new().chapeau("search duties --engine quickwit+http://host");
    assert_eq!(outcome.code, Some(2));
    assert!(outcome.stderr.contains("want quickwit+http://host:port/index"), "{}", outcome.stderr);
}

#[test]
fn shares_together_are_the_whole() {
    let place = Place::with_samples();
    let report = |words: &str| -> Value {
        serde_json::from_str(&place.chapeau(&format!("index --format json {words}")).ended(0)).expect("JSON")
    };
    let added = |words: &str| report(words)["added"].as_u64().expect("a number");
    assert_eq!(added("--shard 1/3") + added("--shard 2/3") + added("--shard 3/3"), 5);
    assert_eq!(report("--shard 2/3")["removed"], 0);
    let (whole, shares) =
        (samples().chapeau("list --format json").ended(0), place.chapeau("list --format json").ended(0));
    assert_eq!(whole, shares);
}

/// A fresh index on the real Quickwit; none where there is no Quickwit.
fn fresh(test: &str) -> Option<String> {
    static NUMBER: AtomicU32 = AtomicU32::new(0);
    let Some(host) = std::env::var("CHAPEAU_QUICKWIT").ok().filter(|host| !host.is_empty()) else {
        left_out(test);
        return None;
    };
    let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_millis());
    let number = NUMBER.fetch_add(1, Ordering::Relaxed);
    Some(format!("quickwit+{}/test-{now}-{}-{number}", host.trim_end_matches('/'), process::id()))
}

#[expect(clippy::print_stderr, reason = "a test that was left out must not look as one that passed")]
fn left_out(test: &str) {
    eprintln!("LEFT OUT: {test}, since CHAPEAU_QUICKWIT names no Quickwit");
}

/// An answer without what differs from one run to the next.
fn answer(outcome: &Outcome) -> Value {
    assert!(outcome.code < Some(2), "{}", outcome.stderr);
    let mut answer: Value = serde_json::from_str(&outcome.stdout).expect("it is JSON");
    if let Value::Object(fields) = &mut answer {
        fields.remove("took_ms");
    }
    answer
}

const QUESTIONS: [&str; 22] = [
    "customs duties on electronic transmissions",
    "'\"electronic transmissions\" NOT moratorium'",
    "duties NEAR/3 transmissions",
    "moratorium SENTENCE duties",
    "'\"electronic =commerce\"'",
    "cites:WT/L/274",
    "moratorium --kind decision --kind declaration",
    "moratorium --sort -date",
    "developing countries --since 2012-01-01 --fold no",
    "part:preambular",
    "title:commerce work OR programme --explain",
    "zzyzx moratorium",
    "transm*",
    "*mission*",
    "d?ties",
    "moratroium~",
    "electronik~ transmisions~2",
    "'\"electronic trans*\"'",
    "'title:com* -dut*'",
    "moratroium",
    "custums dutys",
    "*",
];

#[test]
fn the_same_questions_have_the_same_answers() {
    let Some(engine) = fresh("the same questions have the same answers") else { return };
    let place = Place::with_samples();
    place.chapeau(&format!("index --engine {engine}")).ended(0);
    for question in QUESTIONS {
        let there = place.chapeau(&format!("search {question} --format json --engine {engine}"));
        let here = samples().chapeau(&format!("search {question} --format json"));
        assert_eq!(answer(&there), answer(&here), "{question}");
    }
    for command in [
        "list --format json",
        "show wt-l-843/op-2 --format json",
        "show wt-l-843 --format json",
        "export",
        "suggest mora --format json",
        "suggest work --format json",
        "suggest 'work pro' --format json",
        "suggest WT/L --format json",
        "suggest e --limit 50 --format json",
    ] {
        let there = place.chapeau(&format!("{command} --engine {engine}")).ended(0);
        assert_eq!(there, samples().chapeau(command).ended(0), "{command}");
    }
    let none = place.chapeau(&format!("show text:=mo --engine {engine}"));
    assert_eq!(none.code, samples().chapeau("show text:=mo").code, "{}", none.stderr);
}

#[test]
fn changes_and_removals_are_seen_at_once() {
    let Some(engine) = fresh("changes and removals are seen at once") else { return };
    let place = Place::new();
    let index = |expected: [u64; 4]| {
        let report = place.chapeau(&format!("index --format json --engine {engine}")).ended(0);
        let report: Value = serde_json::from_str(&report).expect("it is JSON");
        let counts = ["added", "changed", "removed", "unchanged"].map(|field| report[field].as_u64());
        assert_eq!(counts, expected.map(Some), "{report}");
        (report["documents"].as_u64(), report["clauses"].as_u64())
    };
    let total = |words: &str| {
        answer(&place.chapeau(&format!("search {words} --format json --engine {engine}")))["total"].as_u64()
    };
    place.write("corpus/a.txt", "The Council decides to meet again.\n");
    place.write("corpus/b.txt", "The Council decides to rest.\n");
    let before = index([2, 0, 0, 0]);
    assert_eq!(index([0, 0, 0, 2]), before);
    assert_eq!((total("again"), total("council")), (Some(1), Some(2)));
    place.write("corpus/a.txt", "The Council decides to meet no more, or so.\n");
    index([0, 1, 0, 1]);
    assert_eq!((total("again"), total("council"), total("meet")), (Some(0), Some(2), Some(1)));
    place.remove("corpus/b.txt");
    index([0, 0, 1, 1]);
    assert_eq!((total("rest"), total("council")), (Some(0), Some(1)));
}

#[test]
fn machines_share_the_work() {
    let Some(engine) = fresh("machines share the work") else { return };
    let place = Place::with_samples();
    let index = |words: &str| {
        let report = place.chapeau(&format!("index --format json --engine {engine} {words}")).ended(0);
        serde_json::from_str::<Value>(&report).expect("it is JSON")
    };
    thread::scope(|scope| {
        let jobs = [1, 2, 3].map(|n| scope.spawn(move || index(&format!("--shard {n}/3"))));
        let added = jobs.map(|job| job.join().expect("a report")["added"].as_u64().unwrap_or(0));
        assert_eq!(added.iter().sum::<u64>(), 5, "{added:?}");
    });
    let whole = index("");
    assert_eq!((whole["unchanged"].as_u64(), whole["documents"].as_u64()), (Some(5), Some(5)), "{whole}");
    let there = place.chapeau(&format!("export --engine {engine}")).ended(0);
    assert_eq!(there, samples().chapeau("export").ended(0));
}

#[test]
fn a_server_knows_the_words_of_each_run_once() {
    let Some(engine) = fresh("a server knows the words of each run once") else { return };
    let place = Place::new();
    let put = |name: &str, words: &str| {
        place.write(&format!("corpus/{name}.txt"), format!("The Council decides on {words}.\n"));
        place.chapeau(&format!("index --engine {engine}")).ended(0);
        place.chapeau("index").ended(0);
    };
    put("a", "tariffs");
    let server = Server::on(&place, &format!("--engine {engine}"));
    for (name, words) in [("b", "tariffs and tarif5"), ("c", "tariffication, and tariffs again")] {
        put(name, words);
        let here = place.chapeau("suggest tari --limit 8 --format json").ended(0);
        let here: Value = serde_json::from_str(&here).expect("it is JSON");
        // A server looks for what is new once a second.
        let started = Instant::now();
        while server.get("/api/suggest?q=tari").1 != here {
            assert!(started.elapsed() < Duration::from_secs(20), "{here}");
            thread::sleep(Duration::from_millis(200));
        }
        let found = server.get("/api/search?q=tarif*").1;
        let total = place.chapeau("search tarif* --format json");
        assert_eq!(found["total"], answer(&total)["total"]);
    }
}
