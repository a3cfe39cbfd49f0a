// An index on a Quickwit cluster: the same commands with the same answers. What needs a real one runs
// where CHAPEAU_QUICKWIT names its address (http://127.0.0.1:7280) and says when it is left out.

use std::fmt;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::process;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use serde_json::{Value, json};

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

/// The address of an index on the real Quickwit, which is deleted when the test ends.
struct Fresh(String);

impl fmt::Display for Fresh {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl Drop for Fresh {
    fn drop(&mut self) {
        let address = self.0.strip_prefix("quickwit+http://").unwrap_or_default();
        let (host, index) = address.split_once('/').unwrap_or_default();
        let head =
            format!("DELETE /api/v1/indexes/{index} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
        let Ok(mut connection) = TcpStream::connect(host) else { return };
        let _ = connection.write_all(head.as_bytes());
        let _ = connection.read_to_end(&mut Vec::new());
    }
}

/// A fresh index on the real Quickwit; none where there is no Quickwit.
fn fresh(test: &str) -> Option<Fresh> {
    static NUMBER: AtomicU32 = AtomicU32::new(0);
    let Some(host) = std::env::var("CHAPEAU_QUICKWIT").ok().filter(|host| !host.is_empty()) else {
        left_out(test);
        return None;
    };
    let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_millis());
    let number = NUMBER.fetch_add(1, Ordering::Relaxed);
    let host = host.trim_end_matches('/');
    Some(Fresh(format!("quickwit+{host}/test-{now}-{}-{number}", process::id())))
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

const QUESTIONS: [&str; 24] = [
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
    "customs duties --versions",
    "work programme --versions --fold no --limit 50",
];

/// Commands other than searches, all with JSON.
const COMMANDS: [&str; 21] = [
    "list",
    "show wt-l-843/op-2",
    "show wt-l-843",
    "lineage wt-l-843/op-4",
    "compare wt-l-843 wt-min-13-32",
    "cites wt-min-13-32",
    "cites wt-l-843 --chain",
    "cites WT/L/274 --chain",
    "cites --missing",
    "cited-by WT/L/274",
    "cited-by wt-l-843",
    "mandates",
    "mandates --at 2014-01-01 --lapsed",
    "mandates '\"work programme\" OR fisheries' --kind decision --kind declaration",
    "mandates 'programme NOT electronic'",
    "mandates copies:1",
    "suggest mora",
    "suggest work",
    "suggest 'work pro'",
    "suggest WT/L",
    "suggest e --limit 50",
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
    let all = COMMANDS.map(|command| format!("{command} --format json"));
    for command in all.iter().map(String::as_str).chain(["export"]) {
        let there = place.chapeau(&format!("{command} --engine {engine}"));
        let here = samples().chapeau(command);
        assert!(here.code < Some(2), "{command}: {}", here.stderr);
        assert_eq!((there.code, there.stdout), (here.code, here.stdout), "{command}: {}", there.stderr);
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

/// An engine of few words, which has an index of one run and nothing in it, until it is dropped.
struct Stub {
    address: SocketAddr,
    stopped: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Stub {
    fn at(address: &str) -> Self {
        let listener = TcpListener::bind(address).expect("a free port");
        let address = listener.local_addr().expect("an address");
        let stopped = Arc::new(AtomicBool::new(false));
        let stop = stopped.clone();
        let thread = thread::spawn(move || {
            for connection in listener.incoming().map_while(Result::ok) {
                if stop.load(Ordering::SeqCst) {
                    return;
                }
                let _ = answer_as_engine(connection);
            }
        });
        Self { address, stopped, thread: Some(thread) }
    }

    fn engine(&self) -> String {
        format!("quickwit+http://{}/clauses", self.address)
    }
}

impl Drop for Stub {
    fn drop(&mut self) {
        self.stopped.store(true, Ordering::SeqCst);
        let _ = TcpStream::connect(self.address);
        let _ = self.thread.take().map(JoinHandle::join);
    }
}

fn answer_as_engine(connection: TcpStream) -> std::io::Result<()> {
    let mut reader = BufReader::new(connection);
    let (mut head, mut length) = (String::new(), 0);
    while reader.read_line(&mut head)? > 2 {
        let last = head.lines().last().unwrap_or_default().to_lowercase();
        length = last.strip_prefix("content-length:").map_or(length, |n| n.trim().parse().unwrap_or(0));
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    let body = String::from_utf8_lossy(&body);
    // Of this layout, which is raised with the ledger's.
    let versions = json!({
        "layout": 3, "format": chapeau_index::FORMAT_VERSION, "analyzer": chapeau_index::ANALYZER_VERSION,
    });
    let settled = json!({ "settled": {
        "versions": versions, "job": 1, "shard": { "number": 1, "of": 1 }, "upto": 1, "open": {},
        "tails": [], "replaced": [], "sums": { "numbers": vec![0; 12], "languages": {} },
    } });
    let found = |body: &str| {
        let asks_for_it = body.contains(r#"{"record":{"value":"settled"}}"#);
        let hits =
            if asks_for_it { vec![json!({ "_source": { "stored": settled.to_string() } })] } else { vec![] };
        json!({ "hits": { "total": { "value": hits.len() }, "hits": hits } })
    };
    let answer = if head.contains("_msearch") {
        let all: Vec<Value> = body.lines().skip(1).step_by(2).map(found).collect();
        json!({ "responses": all })
    } else {
        found(&body)
    };
    let answer = answer.to_string();
    let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\nconnection: close\r\n\r\n", answer.len());
    reader.into_inner().write_all(format!("{head}{answer}").as_bytes())
}

const PAGE: &str = "GET /?q=duties HTTP/1.1\r\nHost: localhost\r\nAccept: text/html\r\n";

#[test]
fn a_server_says_that_its_engine_is_away_and_comes_back_with_it() {
    let stub = Stub::at("127.0.0.1:0");
    let address = stub.address.to_string();
    let server = Server::on(&Place::new(), &format!("--engine {}", stub.engine()));
    server.check(PAGE, "200");
    assert_eq!(server.get("/readyz").0, "200");
    drop(stub);
    for turn in ["1", "2"] {
        let started = Instant::now();
        let (code, problem) = server.get(&format!("/api/search?q=transmissions{turn}"));
        assert_eq!((code.as_str(), &problem["code"]), ("503", &Value::from("engine-away")));
        let page = server.check(&PAGE.replace("duties", &format!("meeting{turn}")), "503");
        assert!(page.contains("The search engine does not answer"), "{page}");
        assert!(page.to_lowercase().contains("retry-after: 1"), "{page}");
        assert_eq!((server.get("/readyz").0.as_str(), server.get("/healthz").0.as_str()), ("503", "200"));
        assert!(started.elapsed() < Duration::from_secs(2));
    }
    let _again = Stub::at(&address);
    let back = |_: &u32| server.ask(PAGE).starts_with("HTTP/1.1 200") && server.get("/readyz").0 == "200";
    let wait = |_: &u32| thread::sleep(Duration::from_millis(200));
    assert!((0..25).inspect(wait).any(|turn| back(&turn)));
}

#[test]
fn what_an_engine_elsewhere_does_not_offer_is_said_so() {
    let stub = Stub::at("127.0.0.1:0");
    let server = Server::on(&Place::new(), &format!("--engine {}", stub.engine()));
    for path in ["/api/search?q=duties&sort=copies", "/api/search?q=copies:2"] {
        let (code, problem) = server.get(path);
        assert_eq!((code.as_str(), &problem["code"]), ("501", &Value::from("not-offered")), "{path}");
    }
    // Nor does a page lead there.
    let page = server.check(PAGE, "200");
    assert!(!page.contains("sort=copies"), "{page}");
}

/// Pages and operations of the server, each the same wherever the index lies.
const ADDRESSES: [&str; 23] = [
    "/",
    "/documents",
    "/documents/wt-l-843",
    "/documents/WT%2FL%2F843?q=customs+duties",
    "/documents/wt-min-13-32",
    "/clauses/wt-l-843%2Fop-4",
    "/clauses/wt-l-843%2Fop-99",
    "/compare?a=wt-l-843&b=wt-min-13-32",
    "/compare?a=wt-l-843%2Fop-4&b=wt-min-13-32%2Fop-5",
    "/mandates?at=2014-01-01",
    "/mandates?at=2014-01-01&state=open&q=programme",
    "/export?q=moratorium&format=md",
    "/export?q=moratorium&format=csv",
    "/feed.atom?q=zzyzx+NOT+duties",
    "/openapi.json",
    "/api/documents",
    "/api/documents/wt-l-843",
    "/api/clauses/wt-l-843%2Fop-4",
    "/api/lineage/wt-l-843%2Fop-4",
    "/api/versions?id=wt-l-843%2Fop-4&id=none&id=wt-min-13-32%2Fop-5",
    "/api/mandates?at=2014-01-01",
    "/api/cites/wt-l-843",
    "/api/cited-by/WT%2FL%2F274",
];

#[test]
fn a_server_has_the_same_pages() {
    let Some(engine) = fresh("a server has the same pages") else { return };
    // The same files, since their times stand in the records.
    samples().chapeau(&format!("index --engine {engine}")).ended(0);
    let (there, here) = (Server::on(samples(), &format!("--engine {engine}")), Server::start());
    let page = |server: &Server, address: &str| {
        let head = format!("GET {address} HTTP/1.1\r\nHost: localhost\r\nAccept: text/html\r\n");
        let answer = server.ask(&head);
        let (head, body) = answer.split_once("\r\n\r\n").expect("a head and a body");
        (head.lines().next().unwrap_or_default().to_owned(), body.to_owned())
    };
    for address in ADDRESSES {
        assert_eq!(page(&there, address), page(&here, address), "{address}");
    }
    for path in ["/readyz", "/healthz", "/metrics", "/api/status"] {
        there.check(&format!("GET {path} HTTP/1.1\r\nHost: localhost\r\n"), "200");
    }
}

#[test]
fn an_answer_is_kept_until_the_next_run() {
    let Some(engine) = fresh("an answer is kept until the next run") else { return };
    let place = Place::new();
    let index = || place.chapeau(&format!("index --engine {engine}")).ended(0);
    place.write("corpus/a.txt", "The Council decides to meet again.\n");
    index();
    let server = Server::on(&place, &format!("--engine {engine}"));
    let head = "GET /api/search?q=council HTTP/1.1\r\nHost: localhost\r\n";
    let first = server.check(head, "200");
    let tag = first.lines().find_map(|line| line.strip_prefix("etag: ")).expect("a tag").to_owned();
    let again = format!("{head}If-None-Match: {tag}\r\n");
    server.check(&again, "304");
    place.write("corpus/b.txt", "The Council decides to rest.\n");
    index();
    // The look for new runs is a second old at most.
    thread::sleep(Duration::from_millis(1_100));
    assert!(server.check(&again, "200").contains("decides to rest"));
}

#[test]
fn what_runs_changed_is_told_there_too() {
    let Some(engine) = fresh("what runs changed is told there too") else { return };
    let place = Place::new();
    let both = |command: &str| {
        [String::new(), format!("--engine {engine}")].map(|where_| {
            let outcome = place.chapeau(&format!("{command} {where_}"));
            assert!(outcome.code < Some(2), "{command} {where_}: {}", outcome.stderr);
            outcome.stdout
        })
    };
    let long: String =
        (0..1_200).map(|n| format!("The Council decides on the matter number {n}.\n\n")).collect();
    let runs = [
        ("a.txt", Some("The Council decides to meet again.\n\nIt rests.\n")),
        ("b.txt", Some("The Council decides to wait.\n")),
        ("a.txt", Some("The Council decides to meet no more.\n\nIt rests.\n")),
        ("long.txt", Some(long.as_str())),
        ("b.txt", None),
        ("long.txt", Some("The Council decides on nothing.\n")),
        ("long.txt", Some(long.as_str())),
    ];
    for (name, text) in runs {
        match text {
            Some(text) => place.write(&format!("corpus/{name}"), text),
            None => place.remove(&format!("corpus/{name}")),
        }
        both("index");
    }
    for since in ["run:0", "run:1", "run:2", "run:4", "run:5", "run:6", "run:7", "7d", "2020-01-01"] {
        for rest in ["", "council", "--until run:4"] {
            let told = both(&format!("changes {rest} --since {since} --format json"));
            let [here, there] = told.map(|told| {
                let told: Value = serde_json::from_str(&told).expect("it is JSON");
                without_times(told)
            });
            assert_eq!(there, here, "{since} {rest}");
        }
    }
}

/// What was told, but for the moments of the runs.
fn without_times(mut told: Value) -> Value {
    match &mut told {
        Value::Object(fields) => {
            fields.remove("at");
            fields.values_mut().for_each(|value| *value = without_times(value.take()));
        }
        Value::Array(all) => all.iter_mut().for_each(|value| *value = without_times(value.take())),
        _ => {}
    }
    told
}
