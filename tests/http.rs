//! `serve`: the same answers over HTTP, and errors that programs can read.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, ChildStderr, Stdio};

use serde_json::Value;

use crate::drive::{Place, samples};

/// A server on the sample corpus, ended when it goes out of scope.
pub(crate) struct Server {
    child: Child,
    pub(crate) address: String,
    /// What follows on stderr.
    log: BufReader<ChildStderr>,
}

impl Server {
    pub(crate) fn start() -> Self {
        Self::on(samples(), "")
    }

    /// A server on the index of a place.
    pub(crate) fn on(place: &Place, arguments: &str) -> Self {
        let mut child = place
            .command(&format!("serve --bind 127.0.0.1:0 {arguments}"))
            .stderr(Stdio::piped())
            .spawn()
            .expect("it starts");
        let mut line = String::new();
        let mut log = BufReader::new(child.stderr.take().expect("stderr is piped"));
        log.read_line(&mut line).expect("it says where it listens");
        let address = line.trim().rsplit("http://").next().expect("an address").to_owned();
        Self { child, address, log }
    }

    /// The status line's code and the body.
    pub(crate) fn get(&self, path: &str) -> (String, Value) {
        let answer = self.ask(&format!("GET {path} HTTP/1.1\r\nHost: localhost\r\n"));
        let (head, body) = answer.split_once("\r\n\r\n").expect("a head and a body");
        let code = head.split(' ').nth(1).unwrap_or_default().to_owned();
        (code, serde_json::from_str(body).unwrap_or(Value::Null))
    }

    /// The whole answer to a request whose head begins so.
    pub(crate) fn ask(&self, head: &str) -> String {
        let mut stream = TcpStream::connect(&self.address).expect("it listens");
        // A server that has read enough answers and closes: neither the rest of the request nor the
        // end of the connection need come through, so that only the answer is looked at.
        let _ = write!(stream, "{head}Connection: close\r\n\r\n");
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        String::from_utf8_lossy(&answer).into_owned()
    }

    /// The code of the answer to a request whose head begins so.
    #[track_caller]
    pub(crate) fn check(&self, head: &str, code: &str) -> String {
        let answer = self.ask(head);
        assert_eq!(answer.split(' ').nth(1), Some(code), "{head}\n{answer}");
        answer
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn answers_are_those_of_the_command_line() {
    let (code, answer) = Server::start().get("/api/search?q=cites:WT/L/274");
    assert_eq!((code.as_str(), &answer["total"]), ("200", &Value::from(3)));
    let ids = |answer: &Value| {
        answer["hits"].as_array().map(|hits| hits.iter().map(|hit| hit["id"].clone()).collect())
    };
    let typed: Option<Vec<Value>> = ids(&crate::drive::search("cites:WT/L/274"));
    assert_eq!(ids(&answer), typed);
}

#[test]
fn documents_are_hits_of_their_own_scope() {
    let server = Server::start();
    let (code, answer) = server.get("/api/search?q=moratorium+OR+transmissions&scope=document");
    assert_eq!(code, "200", "{answer}");
    let first = &answer["hits"][0];
    assert!(first["symbols"].is_array() && first["matches"].as_u64() > Some(0), "{first}");
    let marked = first["marked"][0][0].as_str().unwrap_or_default();
    assert!(marked.contains("<mark"), "{marked}");
    let page = server.check("GET /?q=transmissions&scope=document HTTP/1.1\r\nHost: localhost\r\n", "200");
    assert!(page.contains("data-document="), "{page}");
    // What is made of clauses is not made of documents unasked.
    server.check("GET /export?q=x&format=csv&scope=document HTTP/1.1\r\nHost: localhost\r\n", "400");
    server.check("GET /feed.atom?q=x&scope=document HTTP/1.1\r\nHost: localhost\r\n", "400");
}

#[test]
fn a_document_is_found_by_its_symbol_too() {
    let server = Server::start();
    let (code, by_symbol) = server.get("/api/documents/WT%2FL%2F843");
    assert_eq!(code, "200", "{by_symbol}");
    assert_eq!(by_symbol, server.get("/api/documents/wt-l-843").1);
    server.check("GET /documents/WT%2FL%2F843 HTTP/1.1\r\nHost: localhost\r\n", "200");
    server.check("GET /documents/WT%2FL%2F999 HTTP/1.1\r\nHost: localhost\r\n", "404");
}

#[test]
fn a_passage_comes_ready_to_be_shown() {
    let (_, answer) = Server::start().get("/api/search?q=%22customs+duties%22&limit=1");
    let marked = answer["hits"][0]["marked"][0].as_str().unwrap_or_default();
    assert!(marked.contains("<mark>customs duties</mark>"), "{marked}");
}

#[test]
fn what_is_not_there_is_a_problem_with_a_code() {
    let server = Server::start();
    let (code, problem) = server.get("/api/clauses/wt-l-843/op-99");
    assert_eq!((code.as_str(), &problem["code"]), ("404", &Value::from("not-found")));
    let (code, problem) = server.get("/api/search?q=x&kind=novel");
    assert_eq!((code.as_str(), &problem["code"]), ("400", &Value::from("bad-request")));
}

#[test]
fn only_our_own_names_are_answered() {
    let server = Server::start();
    server.check("GET / HTTP/1.1\r\nHost: 127.0.0.1:1\r\n", "200");
    let answer = server.check("GET /api/status HTTP/1.1\r\nHost: evil.example\r\n", "421");
    assert!(answer.contains("\"code\":\"wrong-host\""), "{answer}");
    let named = Server::on(samples(), "--host search.example.org");
    named.check("GET / HTTP/1.1\r\nHost: search.example.org\r\n", "200");
}

#[test]
fn an_original_that_was_changed_since_is_not_given() {
    let place = Place::new();
    place.write("corpus/a.txt", "The levy is 100 per cent.");
    place.chapeau("index").ended(0);
    let server = Server::on(&place, "--corpus corpus");
    let ask = "GET /documents/a/source HTTP/1.1\r\nHost: localhost\r\n";
    assert!(server.check(ask, "200").ends_with("100 per cent."));
    place.write("corpus/a.txt", "The levy is 900 per cent.");
    let refused = server.check(ask, "404");
    assert!(refused.contains("it was changed since") && !refused.contains("900 per cent"), "{refused}");
}

/// Each of these once held the server for itself: the work for it grew with a power of its length.
#[test]
fn a_query_of_any_cost_is_answered_or_refused_at_once() {
    let server = Server::start();
    let nested = (0..30).fold("duties".to_owned(), |query, _| format!("duties +({query})"));
    let any = format!("({})", ["the"; 40].join(" OR "));
    let check = |query: &str, code: &str| {
        let escaped = query.replace('+', "%2B").replace(' ', "+").replace('"', "%22");
        let (found, answer) = server.get(&format!("/api/search?q={escaped}"));
        assert_eq!(found, code, "{query}");
        if code == "422" {
            assert_eq!(answer["code"], "too-costly", "{answer}");
        }
        assert_eq!(server.get("/api/search?q=duties").0, "200", "after {query}");
    };
    check(&nested, "200");
    check(&["the"; 6].join(" NEAR/500 "), "200");
    check(&["the"; 6].join(" /s "), "200");
    check(&[any.as_str(); 3].join(" NEAR/500 "), "200");
    check(&format!("\"{}\"", ["t*"; 480].join(" ")), "200");
    let misspelled = |n: u8| format!("quay{}{}~2", char::from(b'a' + n / 20), char::from(b'a' + n % 20));
    check(&(0..200).map(misspelled).collect::<Vec<_>>().join(" "), "422");
}

#[test]
fn people_get_a_page_where_nothing_is_and_programs_a_problem() {
    let server = Server::start();
    let head = "GET /nope HTTP/1.1\r\nHost: localhost\r\n";
    assert!(server.check(head, "404").contains("\"code\":\"not-found\""));
    assert!(server.check(&format!("{head}Accept: text/html\r\n"), "404").contains("<h1>"));
}

#[test]
fn every_answer_has_the_headers_that_keep_it_harmless() {
    let server = Server::start();
    for path in ["/", "/?q=duties", "/nope", "/api/status", "/documents/wt-l-843/source", "/script.js"] {
        let answer = server.ask(&format!("GET {path} HTTP/1.1\r\nHost: localhost\r\n"));
        for header in [
            "content-security-policy: default-src 'none'",
            "x-content-type-options: nosniff",
            "referrer-policy: no-referrer",
            "x-robots-tag: noindex",
        ] {
            assert!(answer.contains(header), "{path} lacks {header}");
        }
    }
}

#[test]
fn an_address_that_others_reach_asks_for_a_token() {
    let refused = samples().chapeau("serve --bind 0.0.0.0:0");
    assert_eq!(refused.code, Some(2));
    assert!(refused.stderr.contains("--token-file"), "{}", refused.stderr);
    let place = Place::with_samples();
    place.chapeau("index").ended(0);
    place.write("token", "0123456789abcdef\n");
    let server = Server::on(&place, "--token-file token");
    server.check("GET / HTTP/1.1\r\nHost: localhost\r\n", "401");
    server.check("GET /healthz HTTP/1.1\r\nHost: localhost\r\n", "200");
    server.check("GET / HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer 0123456789abcdef\r\n", "200");
    place.write("token", "short\n");
    assert_eq!(place.chapeau("serve --bind 127.0.0.1:0 --token-file token").code, Some(2));
}

#[test]
fn what_the_caller_has_is_not_sent_again_until_the_index_changes() {
    let place = Place::with_samples();
    place.chapeau("index").ended(0);
    let server = Server::on(&place, "");
    let get = "GET /?q=moratorium HTTP/1.1\r\nHost: localhost\r\n";
    let first = server.check(get, "200");
    let tag = first.lines().find_map(|line| line.strip_prefix("etag: ")).expect("a tag").to_owned();
    let again = format!("{get}If-None-Match: {tag}\r\n");
    server.check(&again, "304");
    place.write("corpus/new.txt", "1. The moratorium on zebras shall end.\n");
    place.chapeau("index").ended(0);
    assert!(server.check(&again, "200").contains("zebras"));
}

#[test]
fn the_original_is_that_of_a_document_or_none() {
    let server = Server::start();
    let original = server.check("GET /documents/wt-l-843/source HTTP/1.1\r\nHost: localhost\r\n", "200");
    assert!(original.contains("attachment; filename=\"wt-l-843-work-programme-2011.txt\""), "{original}");
    for path in
        ["/documents/README.md/source", "/documents/..%2F..%2Fetc%2Fpasswd/source", "/documents/../corpus/x"]
    {
        server.check(&format!("GET {path} HTTP/1.1\r\nHost: localhost\r\n"), "404");
    }
}

#[test]
fn a_page_offers_the_likelier_spelling_and_the_nearest_search() {
    let server = Server::start();
    let page = |query: &str| server.check(&format!("GET /?{query} HTTP/1.1\r\nHost: localhost\r\n"), "200");
    let misspelled = page("q=moratorum");
    assert!(misspelled.contains("Did you mean <a href=\"/?q=moratorium\">moratorium</a>"), "{misspelled}");
    assert!(misspelled.contains("In no clause: <strong>moratorum</strong>"), "{misspelled}");
    let narrowed = page("q=moratorium&kind=protocol");
    assert!(narrowed.contains("<a href=\"/?q=moratorium\">any kind</a>: "), "{narrowed}");
}

/// A place with the PDF fixture of this name indexed.
pub(crate) fn with_pdf(name: &str) -> Place {
    let place = Place::new();
    let file = crate::drive::repository().join(format!("tests/fixtures/pdf/{name}.pdf"));
    place.write(&format!("corpus/{name}.pdf"), std::fs::read(file).expect("fixtures can be read"));
    place.chapeau("index").ended(0);
    place
}

#[test]
fn a_page_of_a_pdf_has_an_image_with_the_lines_of_the_clause() {
    let place = with_pdf("reportlab-words");
    let server = Server::on(&place, "");
    let get = |path: &str, code: &str| {
        let path = format!("/documents/reportlab-words/pages/{path}");
        server.check(&format!("GET {path} HTTP/1.1\r\nHost: localhost\r\n"), code)
    };
    let image = get("1/image", "200");
    assert!(image.contains("content-type: image/png") && image.contains("PNG\r\n"), "{}", image.len());
    let n_marked = |page: &str| page.matches("<rect class=\"line\"").count();
    assert_eq!(n_marked(&get("1", "200")), 0);
    let marked = get("1?clause=reportlab-words%2Fpre-1", "200");
    assert!(n_marked(&marked) > 0, "{marked}");
    assert!(marked.contains("Marked: "), "{marked}");
    for path in ["0", "99", "99/image", "-1/image", "x"] {
        let code = if path.starts_with(char::is_numeric) { "404" } else { "400" };
        get(path, code);
    }
    // What lies there now is not what was indexed.
    let changed = std::fs::read(place.path("corpus/reportlab-words.pdf")).expect("it can be read");
    place.write("corpus/reportlab-words.pdf", vec![b'%'; changed.len()]);
    let server = Server::on(&place, "");
    server.check("GET /documents/reportlab-words/pages/1/image HTTP/1.1\r\nHost: localhost\r\n", "404");
    server.check("GET /documents/reportlab-words/pages/1 HTTP/1.1\r\nHost: localhost\r\n", "200");
}

#[test]
fn an_export_holds_the_hits_with_their_citations() {
    let server = Server::start();
    let get = |format: &str| {
        format!("GET /export?q=cites:WT/L/274&format={format} HTTP/1.1\r\nHost: localhost\r\n")
    };
    assert!(server.check(&get("md"), "200").contains("WT/L/843"));
    assert!(server.check(&get("csv"), "200").contains("citation,title,date"));
    assert!(server.check(&get("docx"), "200").contains("word/document.xml"));
    server.check(&get("exe"), "400");
}

#[test]
fn a_request_that_is_too_long_is_refused() {
    let server = Server::start();
    server.check(&format!("GET /?q={} HTTP/1.1\r\nHost: localhost\r\n", "a".repeat(30_000)), "414");
    server.check(&format!("GET / HTTP/1.1\r\nHost: localhost\r\nX: {}\r\n", "a".repeat(60_000)), "431");
}

#[test]
fn the_log_does_not_say_what_was_searched() {
    let mut server = Server::on(samples(), "--log json");
    server.check("GET /?q=confidential HTTP/1.1\r\nHost: localhost\r\n", "200");
    let mut line = String::new();
    server.log.read_line(&mut line).expect("a line for the request");
    let logged: Value = serde_json::from_str(&line).expect("an object a line");
    assert_eq!((&logged["path"], &logged["status"]), (&Value::from("/"), &Value::from(200)));
    assert!(!line.contains("confidential"));
}

#[test]
fn a_server_that_is_told_to_stop_ends_well() {
    let mut server = Server::start();
    server.check("GET /readyz HTTP/1.1\r\nHost: localhost\r\n", "200");
    let pid = rustix::process::Pid::from_child(&server.child);
    rustix::process::kill_process(pid, rustix::process::Signal::TERM).expect("it runs");
    assert_eq!(server.child.wait().expect("it ends").code(), Some(0));
}
