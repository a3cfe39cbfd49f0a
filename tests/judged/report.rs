// Runs the judged sets through the real binary, and holds the files that show in every diff.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::Path;

use expect_test::expect_file;
use serde_json::Value;

use super::lineage;
use super::score::{DEPTH, Score, answer, score, totals};
use super::set::{Query, parse};
use crate::drive::{Place, samples};

/// Hits whose passages are held.
const SHOWN: usize = 5;

/// What the golden files may show of passages.
#[derive(Clone, Copy)]
enum Passages {
    /// The text, with marks.
    Text,
    /// Only where the marks lie, of texts that may not be copied here.
    Spans,
}

#[test]
fn the_samples_are_found_as_judged() {
    let queries = parse(include_str!("samples.txt")).expect("the set is well formed");
    let answers = ask(samples(), "", &queries);
    every_answer_exists(samples(), "", &queries);
    expect_file!["samples.scores"].assert_eq(&scores(&queries, &answers));
    expect_file!["samples.golden"].assert_eq(&golden(&queries, &answers, Passages::Text));
}

#[test]
#[allow(clippy::print_stderr, reason = "what a test leaves out must be said where its outcome is read")]
fn the_agreements_are_found_as_judged() {
    let queries = parse(include_str!("agreements.txt")).expect("the set is well formed");
    assert!(queries.len() >= 60, "{} queries", queries.len());
    let Some(folder) = std::env::var_os("CHAPEAU_AGREEMENTS") else {
        eprintln!("LEFT OUT: the agreements; only the form of agreements.txt is checked");
        eprintln!("(CHAPEAU_AGREEMENTS names no folder of ToTA, see tests/judged/README.md)");
        return;
    };
    let place = Place::new();
    let mut index = place.command("index --index agreements");
    let outcome = index.arg(Path::new(&folder)).output().expect("the binary can be started");
    assert!(outcome.status.success(), "{}", String::from_utf8_lossy(&outcome.stderr));
    expect_file!["lineage.scores"].assert_eq(&lineage::figures(&place, "--index agreements"));
    let answers = ask(&place, "--index agreements", &queries);
    every_answer_exists(&place, "--index agreements", &queries);
    expect_file!["agreements.scores"].assert_eq(&scores(&queries, &answers));
    expect_file!["agreements.golden"].assert_eq(&golden(&queries, &answers, Passages::Spans));
}

/// The answers of `search --batch`, in the order of the queries. Nothing is folded, since a judged
/// clause would else hide behind one with the same words.
fn ask(place: &Place, options: &str, queries: &[Query]) -> Vec<Value> {
    let lines: String =
        queries.iter().zip(0..).map(|(query, number)| format!("{number}\t{}\n", query.text)).collect();
    place.write("queries.tsv", lines);
    let limit = DEPTH;
    let line = format!("search --batch queries.tsv --format json --fold no --limit {limit} {options}");
    let answers: Vec<Value> = (place.chapeau(&line).ended(0).lines())
        .map(|line| serde_json::from_str(line).expect("each line is JSON"))
        .collect();
    assert_eq!(answers.len(), queries.len());
    answers
}

/// A judged clause that the index does not have tells of a slip, or that ids have changed.
#[track_caller]
fn every_answer_exists(place: &Place, options: &str, queries: &[Query]) {
    let exported = place.chapeau(&format!("export --format clauses {options}")).ended(0);
    let mut known: BTreeSet<String> = BTreeSet::new();
    for line in exported.lines() {
        let clause: Value = serde_json::from_str(line).expect("each line is JSON");
        let id = clause["id"].as_str().expect("a clause has an id");
        known.extend(id.match_indices('/').map(|(at, _)| id[..at].to_owned()));
        known.insert(id.to_owned());
    }
    let answers = queries.iter().flat_map(|query| query.answers.iter().map(move |answer| (query, answer)));
    let absent: Vec<String> = answers
        .filter(|(_, answer)| !known.contains(&answer.id))
        .map(|(query, answer)| format!("{} (for `{}`)", answer.id, query.text))
        .collect();
    assert!(absent.is_empty(), "judged, but not in the index:\n{}", absent.join("\n"));
}

fn hits(answer: &Value) -> Vec<String> {
    let hits = answer["hits"].as_array().expect("an answer has hits");
    hits.iter().map(|hit| hit["id"].as_str().expect("a hit has an id").to_owned()).collect()
}

/// The score file: totals, then a line per query.
fn scores(queries: &[Query], answers: &[Value]) -> String {
    let scores: Vec<Score> =
        queries.iter().zip(answers).map(|(query, answer)| score(&hits(answer), &query.answers)).collect();
    let totals = totals(&scores);
    let mut file = format!(
        "recall@1 {:.3}\nrecall@5 {:.3}\nMRR      {:.3}\nnDCG@10  {:.3}\nqueries  {}\n\n",
        totals.recall_1,
        totals.recall_5,
        totals.mrr,
        totals.ndcg,
        queries.len()
    );
    file.push_str("first right, in the first 5, nDCG@10, judged of the first 10, query\n");
    for (query, score) in queries.iter().zip(&scores) {
        let first = score.first.map_or_else(|| "-".to_owned(), |first| first.to_string());
        let within = if score.is_found_within(5) { "yes" } else { "no" };
        let Score { ndcg, n_judged, .. } = score;
        writeln!(file, "{first:>2} {within:>3} {ndcg:.3} {n_judged:>2}  {}", query.text)
            .expect("a string takes all");
    }
    file
}

/// How each query was read, and its first hits: grade (`-` for none), id and passages.
fn golden(queries: &[Query], answers: &[Value], passages: Passages) -> String {
    let mut file = String::new();
    for (query, found) in queries.iter().zip(answers) {
        let parsed = found["parsed"].as_str().expect("an answer says how it was read");
        let (total, any) = (&found["total"], &found["total_any"]);
        writeln!(file, "{}\n  {parsed}\n  {total} with all words, {any} with any", query.text)
            .expect("a string takes all");
        for warning in found["warnings"].as_array().into_iter().flatten() {
            writeln!(file, "  warning: {}", warning["message"].as_str().unwrap_or_default())
                .expect("a string takes all");
        }
        for hit in found["hits"].as_array().into_iter().flatten().take(SHOWN) {
            let id = hit["id"].as_str().expect("a hit has an id");
            let grade = answer(&query.answers, id).map_or("-".to_owned(), |answer| answer.grade.to_string());
            writeln!(file, "  {grade} {id}").expect("a string takes all");
            for passage in hit["passages"].as_array().into_iter().flatten() {
                writeln!(file, "      {}", shown(hit, passage, passages)).expect("a string takes all");
            }
        }
        file.push('\n');
    }
    file
}

fn shown(hit: &Value, passage: &Value, passages: Passages) -> String {
    let text = hit["text"].as_str().expect("a hit has its text");
    let (start, end) = span(passage);
    let marks: Vec<(usize, usize)> = passage["marks"].as_array().into_iter().flatten().map(span).collect();
    match passages {
        Passages::Spans => {
            let marks: Vec<String> = marks.iter().map(|(start, end)| format!("{start}..{end}")).collect();
            format!("{start}..{end}: {}", marks.join(" "))
        }
        Passages::Text => {
            let mut marked = String::new();
            let mut at = start;
            for (from, to) in marks {
                marked += &format!("{}{{{}}}", &text[at..from], &text[from..to]);
                at = to;
            }
            marked += &text[at..end];
            marked.split_whitespace().collect::<Vec<_>>().join(" ")
        }
    }
}

fn span(value: &Value) -> (usize, usize) {
    let bound = |name: &str| value[name].as_u64().and_then(|bound| usize::try_from(bound).ok());
    (bound("start").expect("a span has a start"), bound("end").expect("a span has an end"))
}
