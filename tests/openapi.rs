// The description of the API, held against what is served.

use serde_json::Value;

use crate::http::Server;

/// Where a served value is not as its schema says: keys that are not described, keys that are
/// promised and missing, values of another type.
fn differences(served: &Value, schema: &Value, whole: &Value, at: &str, found: &mut Vec<String>) {
    if let Some(name) = schema["$ref"].as_str() {
        let schema = whole.pointer(name.trim_start_matches('#')).unwrap_or(&Value::Null);
        return differences(served, schema, whole, at, found);
    }
    if let Some(choices) = schema["anyOf"].as_array().or(schema["oneOf"].as_array()) {
        let fits = |schema: &Value| {
            let mut found = Vec::new();
            differences(served, schema, whole, at, &mut found);
            found.is_empty()
        };
        if !choices.iter().any(fits) {
            found.push(format!("{at} fits no choice"));
        }
        return;
    }
    let types: Vec<&str> = match &schema["type"] {
        Value::Array(types) => types.iter().filter_map(Value::as_str).collect(),
        one => one.as_str().into_iter().collect(),
    };
    let is = match served {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.is_f64() => "number",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    let fits = types.contains(&is) || (is == "integer" && types.contains(&"number"));
    if !types.is_empty() && !fits {
        found.push(format!("{at} is of type {is}, described as {types:?}"));
    }
    for (n, item) in served.as_array().into_iter().flatten().enumerate() {
        differences(item, &schema["items"], whole, &format!("{at}[{n}]"), found);
    }
    let Some(fields) = served.as_object() else { return };
    for (name, value) in fields {
        match schema["properties"].get(name).or(schema.get("additionalProperties")) {
            Some(described) => differences(value, described, whole, &format!("{at}.{name}"), found),
            None => found.push(format!("{at}.{name} is not described")),
        }
    }
    for name in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        if !fields.contains_key(name) {
            found.push(format!("{at}.{name} is missing"));
        }
    }
}

/// Asks for `path` and holds the answer against what is said of `described`.
#[track_caller]
fn check(server: &Server, whole: &Value, described: &str, path: &str) {
    let (code, served) = server.get(path);
    let responses = &whole["paths"][described]["get"]["responses"];
    let (response, kind) = match code.as_str() {
        "200" => (&responses["200"], "application/json"),
        _ => (&responses["default"], "application/problem+json"),
    };
    let schema = &response["content"][kind]["schema"];
    assert!(schema.is_object(), "{described} is not described for {code}");
    let mut found = Vec::new();
    differences(&served, schema, whole, path, &mut found);
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn what_is_served_is_as_described() {
    let server = Server::start();
    let (_, whole) = server.get("/openapi.json");
    for (described, path) in [
        ("/api/search", "/api/search?q=electronic+commerce&limit=50"),
        ("/api/search", "/api/search?q=electronic+commerce&scope=document"),
        ("/api/search", "/api/search?q=moratorum+LDC"),
        ("/api/search", "/api/search?q=%28%22"),
        ("/api/search", "/api/search?limit=many"),
        ("/api/clauses/{id}", "/api/clauses/wt-l-843/op-2"),
        ("/api/clauses/{id}", "/api/clauses/wt-l-843%2Fop-2"),
        ("/api/clauses/{id}", "/api/clauses/none"),
        ("/api/documents", "/api/documents"),
        ("/api/documents/{id}", "/api/documents/wt-l-843"),
        ("/api/documents/{id}", "/api/documents/none"),
        ("/api/lineage/{id}", "/api/lineage/wt-l-843/op-4"),
        ("/api/lineage/{id}", "/api/lineage/none"),
        ("/api/versions", "/api/versions?id=wt-l-843/op-4&id=none&id=wt-l-843/op-1"),
        ("/api/versions", "/api/versions?clause=wt-l-843/op-4"),
        ("/api/compare", "/api/compare?a=wt-l-843/op-4&b=wt-min-13-32/op-5"),
        ("/api/compare", "/api/compare?a=wt-l-843&b=wt-min-13-32"),
        ("/api/compare", "/api/compare?a=wt-l-843&b=wt-l-843/op-1"),
        ("/api/compare", "/api/compare?a=none&b=wt-l-843"),
        ("/api/compare", "/api/compare?a=wt-l-843"),
        ("/api/changes", "/api/changes?since=run:0&q=duties"),
        ("/api/changes", "/api/changes?since=soon"),
        ("/api/mandates", "/api/mandates?at=2014-09-01&state=open&what=task"),
        ("/api/mandates", "/api/mandates?at=2025-01-01"),
        ("/api/mandates", "/api/mandates?state=gone"),
        ("/api/cites/{id}", "/api/cites/wt-l-843/pre-1"),
        ("/api/cites/{id}", "/api/cites/none"),
        ("/api/cited-by/{id}", "/api/cited-by/WT/L/274"),
        ("/api/cited-by/{id}", "/api/cited-by/none"),
        ("/api/suggest", "/api/suggest?q=work"),
        ("/api/status", "/api/status"),
    ] {
        check(&server, &whole, described, path);
    }
    let described: Vec<&str> =
        whole["paths"].as_object().into_iter().flatten().map(|(path, _)| path.as_str()).collect();
    assert_eq!(described.len(), 13, "one that is not asked for above: {described:?}");
}

#[test]
fn a_difference_is_found() {
    let schema = serde_json::json!({ "type": "object", "required": ["b"],
        "properties": { "a": { "type": ["string", "null"] }, "b": { "$ref": "#/n" } } });
    let whole = serde_json::json!({ "n": { "type": "integer" } });
    let check = |served: Value, expected: &[&str]| {
        let mut found = Vec::new();
        differences(&served, &schema, &whole, "", &mut found);
        assert_eq!(found, expected);
    };
    check(serde_json::json!({ "a": null, "b": 1 }), &[]);
    check(
        serde_json::json!({ "a": 1 }),
        &[".a is of type integer, described as [\"string\", \"null\"]", ".b is missing"],
    );
    check(
        serde_json::json!({ "b": "x", "c": 1 }),
        &[".b is of type string, described as [\"integer\"]", ".c is not described"],
    );
}

/// The code and the media type of the answer to a request whose head begins so.
#[track_caller]
fn check_problem(server: &Server, head: &str, status: &str, code: &str) {
    let answer = server.check(&format!("{head} HTTP/1.1\r\nHost: localhost\r\n"), status);
    assert!(answer.contains("content-type: application/problem+json"), "{answer}");
    assert!(answer.contains(&format!("\"code\":\"{code}\"")), "{answer}");
}

#[test]
fn every_error_is_a_problem_with_a_code() {
    let server = Server::start();
    check_problem(&server, "GET /api/nothing", "404", "not-found");
    check_problem(&server, "GET /api/documents/%FF", "400", "bad-request");
    check_problem(&server, "DELETE /api/search", "405", "method-not-allowed");
    check_problem(&server, "GET /api/suggest?kind=decision", "400", "bad-request");
    let answer = server.ask("POST /api/status HTTP/1.1\r\nHost: localhost\r\n");
    assert!(answer.contains("allow: GET,HEAD"), "{answer}");
    let large = format!("POST /export HTTP/1.1\r\nHost: localhost\r\nContent-Length: {}\r\n", 1 << 20);
    let answer = server.check(&large, "413");
    assert!(answer.contains("\"code\":\"too-large\""), "{answer}");
}
