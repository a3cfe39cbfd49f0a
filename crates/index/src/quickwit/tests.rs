//! What is said to a Quickwit, and what is made of its answers and of its silence.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::{Duration, Instant};

use expect_test::{Expect, expect, expect_file};
use serde_json::{Value, json};
use tantivy::Term;

use super::client::Client;
use super::ledger::{LAYOUT, Ledger};
use super::mapping::{body, configuration, line, query};
use super::served::Served;
use super::words::{MOST_RUNS, merged};
use crate::engine::{Ask, Condition, Engine, First};
use crate::record::document_document;
use crate::{DocumentRecord, Error, Fields, Language};

/// A server of few words: one answer to each request, in turn. Gives its host and what was asked.
fn server(answers: Vec<(u16, String)>) -> (String, Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let host = listener.local_addr().expect("an address").to_string();
    let (asked, requests) = mpsc::channel();
    thread::spawn(move || {
        for (status, answer) in answers {
            let Ok((connection, _)) = listener.accept() else { return };
            let _ = asked.send(serve(connection, status, &answer));
        }
    });
    (host, requests)
}

fn serve(connection: TcpStream, status: u16, answer: &str) -> String {
    let mut reader = BufReader::new(connection);
    let (mut first, mut length) = (String::new(), 0);
    reader.read_line(&mut first).expect("a request");
    loop {
        let mut header = String::new();
        reader.read_line(&mut header).expect("a header");
        if let Some(value) = header.to_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().expect("a length");
        }
        if header.trim().is_empty() {
            break;
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).expect("a body");
    let length = answer.len();
    let head = format!("HTTP/1.1 {status} Said\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n");
    let mut connection = reader.into_inner();
    connection.write_all(format!("{head}{answer}").as_bytes()).expect("an answer");
    format!("{}{}", first, String::from_utf8_lossy(&body))
}

fn found(stored: &str) -> String {
    let hits: Vec<Value> = if stored.is_empty() {
        Vec::new()
    } else {
        vec![json!({ "_source": { "stored": stored, "key": 7 } })]
    };
    json!({ "hits": { "total": { "value": hits.len() }, "hits": hits } }).to_string()
}

#[test]
fn addresses() {
    for right in ["quickwit+http://localhost:7280/clauses", "quickwit+http://[::1]:1/a-b_c/"] {
        assert!(Client::of(right).is_ok(), "{right}");
    }
    for wrong in [
        "quickwit+http://host:7280",
        "quickwit+http:///clauses",
        "quickwit+http://host/a/b/c",
        "quickwit+http://user@host/clauses",
        "http://host/clauses",
        "quickwit+http://host/..",
    ] {
        assert!(matches!(Client::of(wrong), Err(Error::Address { .. })), "{wrong}");
    }
}

#[test]
fn nobody_there_is_told_at_once() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let host = listener.local_addr().expect("an address");
    drop(listener);
    let started = Instant::now();
    let error = Served::open(&format!("quickwit+http://{host}/clauses")).expect_err("nobody listens");
    assert!(matches!(error, Error::Away { .. }), "{error}");
    assert!(started.elapsed() < Duration::from_secs(2));
}

fn check(answers: Vec<(u16, String)>, expected: &str) {
    let (host, _requests) = server(answers);
    let error = Served::open(&format!("quickwit+http://{host}/clauses")).expect_err("no index");
    assert_eq!(error.to_string().replace(&host, "HOST"), expected);
}

#[test]
fn refusals_are_told_in_its_words() {
    let address = "quickwit+http://HOST/clauses";
    check(
        vec![(404, json!({ "message": "index `clauses` not found" }).to_string())],
        &format!("no index at {address}, make one with `chapeau index --index {address}`"),
    );
    check(
        vec![(400, json!({ "message": "field\nis not fast" }).to_string())],
        &format!("the engine at {address} refused: 400 Bad Request: field is not fast"),
    );
    check(
        vec![(200, found("")), (200, found(""))],
        &format!("no index at {address}, make one with `chapeau index --index {address}`"),
    );
}

#[test]
fn an_answer_that_is_none_is_refused() {
    let (host, _requests) = server(vec![(200, "<html>".to_owned())]);
    let error = Served::open(&format!("quickwit+http://{host}/clauses")).expect_err("no JSON");
    assert!(matches!(error, Error::Refused { .. }), "{error}");
}

#[test]
fn a_batch_is_sent_again_where_it_is_busy() {
    let busy = json!({ "message": "no shards available" }).to_string();
    let (host, requests) = server(vec![(429, busy.clone()), (503, busy), (200, "{}".to_owned())]);
    let client = Client::of(&format!("quickwit+http://{host}/clauses")).expect("an address").patient();
    client.ingest(b"{}\n", true).expect("patience");
    let asked: Vec<String> = requests.iter().collect();
    assert_eq!(asked.len(), 3);
    assert_eq!(asked[2], "POST /api/v1/clauses/ingest?commit=force HTTP/1.1\r\n{}\n");
}

fn settled(layout: u32) -> String {
    let versions =
        json!({ "layout": layout, "format": crate::FORMAT_VERSION, "analyzer": crate::ANALYZER_VERSION });
    let sums = json!({ "numbers": [1, 2, 1, 2, 40, 0, 0, 0, 0, 2, 6, 0], "languages": { "en": 1 } });
    let settled = json!({
        "versions": versions, "job": 5, "shard": { "number": 1, "of": 1 }, "upto": 5, "open": {},
        "tails": [[4099, 8191]], "replaced": [11], "sums": sums,
    });
    json!({ "settled": settled }).to_string()
}

#[test]
fn what_was_settled_is_in_force() {
    let dates = json!({
        "hits": { "total": { "value": 2 }, "hits": [] },
        "aggregations": { "from": { "value": 19950101.0 }, "to": { "value": 20240229.0 } },
    });
    let (host, requests) = server(vec![
        (200, found(&settled(LAYOUT))),
        (200, found(&settled(LAYOUT))),
        (200, dates.to_string()),
        (200, found("{}")),
    ]);
    let served = Served::open(&format!("quickwit+http://{host}/clauses")).expect("a run in force");
    assert_eq!((served.payload().counts.documents, served.payload().counts.text.tokens), (1, 40));
    assert_eq!(served.dates().expect("dates"), Some((19_950_101, 20_240_229)));
    let answers = served.find(&[Ask::first(Condition::Everything, 1, First::Best)]).expect("an answer");
    assert_eq!(answers[0].records[0].key, 7);
    let asked: Vec<String> = requests.iter().take(4).collect();
    let body = |at: usize| asked[at].split_once("\r\n").expect("a body").1;
    expect![[r#"
        {"query":{"bool":{"must":[{"term":{"record":{"value":"settled"}}}],"filter":[{"range":{"run":{"gte":0}}}]}},"size":1,"sort":[{"run":{"order":"desc"}}]}
        {"query":{"bool":{"must":[{"term":{"record":{"value":"entry"}}}],"filter":[{"range":{"run":{"gte":20480}}}]}},"size":10000,"sort":[{"run":{"order":"asc"}}]}
        {"query":{"bool":{"must":[{"match_all":{}}],"filter":[{"bool":{"must":[{"range":{"run":{"gte":0,"lte":24575}}}],"must_not":[{"range":{"run":{"gte":4099,"lte":8191}}},{"terms":{"put":[11]}}]}}]}},"size":1,"track_total_hits":true,"sort":["_score"]}"#]].assert_eq(&[body(0), body(1), body(3)].join("\n"));
}

#[test]
fn lists_of_many_runs_are_made_one() {
    let lists = |n: usize| {
        let buckets: Vec<Value> = (1..=n).map(|put| json!({ "key": put as f64, "doc_count": 2 })).collect();
        let found = json!({ "hits": { "total": { "value": 2 * n }, "hits": [] }, "aggregations": { "put": { "buckets": buckets } } });
        (200, found.to_string())
    };
    let (host, _requests) =
        server(vec![lists(MOST_RUNS - 1), lists(MOST_RUNS), (200, found("0text:=dutie\t2\n;s\n"))]);
    let client = Client::of(&format!("quickwit+http://{host}/clauses")).expect("an address");
    let served = Served::of(client, Ledger::default());
    assert_eq!(merged(&served).expect("an answer"), None);
    let (puts, words) = merged(&served).expect("an answer").expect("as many as are made one");
    assert_eq!(puts, (1..=MOST_RUNS as u64).collect());
    assert_eq!(words, [("text:=dutie".to_owned(), 2), ("text:=duties".to_owned(), 1)].into());
}

#[test]
fn clauses_are_not_looked_for_among_other_records() {
    let (host, requests) =
        server(vec![(200, found(&settled(LAYOUT))), (200, found(&settled(LAYOUT))), (200, found(""))]);
    let served = Served::open(&format!("quickwit+http://{host}/clauses")).expect("a run in force");
    // The name of a list of words.
    let clauses = crate::remote::clauses_by_ids(&served, &["text:=mo".to_owned()]);
    assert_eq!(clauses.expect("an answer"), []);
    let asked = requests.iter().nth(2).expect("three questions");
    for kind in ["clause", "context"] {
        assert!(asked.contains(&json!({ "record": { "value": kind } }).to_string()), "{asked}");
    }
}

#[test]
fn another_version_is_refused() {
    let (host, _requests) = server(vec![(200, found(&settled(1)))]);
    let error = Served::open(&format!("quickwit+http://{host}/clauses")).expect_err("an older one");
    assert!(matches!(error, Error::Version { what: "layout", found: 1, .. }), "{error}");
}

#[test]
fn the_configuration_is_that_of_the_schema() {
    let configuration = configuration("clauses");
    let fields = configuration["doc_mapping"]["field_mappings"].as_array().expect("fields");
    let field = |name: &str| fields.iter().find(|field| field["name"] == name).expect(name).to_string();
    let shown = ["text", "kind", "body", "body_folded", "date", "bracketed", "stored", "run"];
    let shown: Vec<String> = shown.into_iter().map(field).collect();
    expect![[r#"
        {"name":"text","type":"array<text>","stored":false,"tokenizer":"whitespace","record":"position","fieldnorms":true}
        {"name":"kind","type":"array<text>","stored":false,"tokenizer":"raw","record":"basic","fast":{"normalizer":"raw"}}
        {"name":"body","type":"array<text>","stored":false,"tokenizer":"raw","record":"basic","fast":{"normalizer":"raw"}}
        {"name":"body_folded","type":"array<text>","tokenizer":"raw","stored":false}
        {"name":"date","type":"u64","indexed":true,"fast":true,"stored":false}
        {"name":"bracketed","type":"bool","stored":false}
        {"name":"stored","type":"text","indexed":false,"stored":true}
        {"name":"run","type":"u64","indexed":true,"fast":true,"stored":false}"#]].assert_eq(&shown.join("\n"));
    assert_eq!(fields.len(), Fields::schema().fields().count() + 2 + 3);
}

#[test]
fn the_configuration_lies_with_the_scripts() {
    let text = serde_json::to_string_pretty(&configuration("clauses")).expect("it is JSON");
    expect_file!["../../../../scripts/quickwit/clauses.json"].assert_eq(&format!("{text}\n"));
}

#[test]
fn a_record_is_a_line() {
    let record = DocumentRecord {
        id: "a".to_owned(),
        proposed: "a".to_owned(),
        source: crate::SourceRecord { path: "a.txt".to_owned(), ..crate::SourceRecord::default() },
        metadata: chapeau_document::Metadata::default(),
        pages: Vec::new(),
        furniture: Vec::new(),
        text_bytes: 3,
        counts: crate::Counts::default(),
        clauses_digest: 0,
    };
    let record = document_document(&record).expect("a record");
    let line = line(&record, "{}", (1, 2, 3));
    expect![[r#"{"record":["document"],"class":0,"path":["a.txt"],"id":["a"],"document":["a"],"run":1,"put":2,"key":3,"stored":"{}"}"#]].assert_eq(&line.to_string());
}

fn check_query(condition: &Condition, expected: &Expect) {
    expected.assert_eq(&query(condition).expect("a query").to_string());
}

#[test]
fn conditions_are_queries() {
    let fields = Fields::get();
    let stem = |word: &str| Fields::stem(fields.text, Language::English, word);
    check_query(&Condition::term(stem("duti")), &expect![[r#"{"term":{"text":{"value":"e:duti"}}}"#]]);
    check_query(
        &Condition::Term(stem("duti"), 0.5),
        &expect![[r#"{"term":{"text":{"value":"e:duti","boost":0.5}}}"#]],
    );
    check_query(
        &Condition::Phrase(vec![stem("custom"), stem("duti")], 1.0),
        &expect![[r#"{"match_phrase":{"text":"e:custom e:duti"}}"#]],
    );
    check_query(
        &Condition::Phrase(vec![stem("custom"), stem("du\"ti")], 0.25),
        &expect![[r#"{"query_string":{"query":"text:\"e:custom e:du\\\"ti\"^0.25"}}"#]],
    );
    check_query(
        &Condition::term(Term::from_field_text(fields.body, "general council")),
        &expect![[r#"{"term":{"body_folded":{"value":"general council"}}}"#]],
    );
    check_query(
        &Condition::term(Term::from_field_bool(fields.bracketed, true)),
        &expect![[r#"{"term":{"bracketed":{"value":"true"}}}"#]],
    );
    check_query(
        &Condition::none_of(Condition::Range("year", Some(1995), None)),
        &expect![[r#"{"bool":{"must":[{"match_all":{}}],"must_not":[{"range":{"year":{"gte":1995}}}]}}"#]],
    );
    check_query(&Condition::Any(vec![]), &expect![[r#"{"match_none":null}"#]]);
    let ask = Ask { facets: vec![("kind", 500)], ..Ask::count(Condition::Everything) };
    expect![[r#"{"query":{"bool":{"must":[{"match_all":{}}],"filter":["in force"]}},"size":0,"track_total_hits":true,"aggs":{"kind":{"terms":{"field":"kind","size":500,"shard_size":2000}}}}"#]].assert_eq(&body(&ask, &json!("in force")).expect("a body").to_string());
}
