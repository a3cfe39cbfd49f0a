//! `serve`: the same answers over HTTP, and errors that programs can read.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Stdio};

use serde_json::Value;

use crate::drive::samples;

/// A server on the sample corpus, ended when it goes out of scope.
struct Server {
    child: Child,
    address: String,
}

impl Server {
    fn start() -> Self {
        let mut child =
            samples().command("serve --bind 127.0.0.1:0").stderr(Stdio::piped()).spawn().expect("it starts");
        let mut line = String::new();
        let stderr = child.stderr.take().expect("stderr is piped");
        BufReader::new(stderr).read_line(&mut line).expect("it says where it listens");
        let address = line.trim().rsplit("http://").next().expect("an address").to_owned();
        Self { child, address }
    }

    /// The status line's code and the body.
    fn get(&self, path: &str) -> (String, Value) {
        let mut stream = TcpStream::connect(&self.address).expect("it listens");
        write!(stream, "GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            .expect("it reads");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("it answers");
        let (head, body) = answer.split_once("\r\n\r\n").expect("a head and a body");
        let code = head.split(' ').nth(1).unwrap_or_default().to_owned();
        (code, serde_json::from_str(body).unwrap_or(Value::Null))
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
fn what_is_not_there_is_a_problem_with_a_code() {
    let server = Server::start();
    let (code, problem) = server.get("/api/clauses/wt-l-843/op-99");
    assert_eq!((code.as_str(), &problem["code"]), ("404", &Value::from("not-found")));
    let (code, problem) = server.get("/api/search?q=x&kind=novel");
    assert_eq!((code.as_str(), &problem["code"]), ("400", &Value::from("bad-request")));
}
