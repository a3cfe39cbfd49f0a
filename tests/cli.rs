// The commands as people type them, on the sample corpus.

use std::process::Stdio;

use expect_test::expect;
use serde_json::Value;

use crate::drive::{Place, repository, samples, search};

#[test]
fn the_first_search_builds_the_index_and_answers() {
    let place = Place::with_samples();
    let outcome = place.chapeau("search 'customs duties on electronic transmissions'");
    assert_eq!(outcome.code, Some(0), "{}", outcome.stderr);
    assert!(outcome.stderr.contains("no index at index yet: building it from corpus"), "{}", outcome.stderr);
    assert!(place.chapeau("search moratorium").stderr.is_empty());
}

#[test]
fn an_unknown_value_of_a_filter_says_what_is_wanted() {
    let outcome = samples().chapeau("search duties --kind treaty");
    assert!(outcome.stderr.contains("want decision, resolution"), "{}", outcome.stderr);
}

#[test]
fn a_filter_alone_is_a_question_and_nothing_is_none() {
    let shown = samples().chapeau("search --kind presentation --sort -date --limit 1").ended(0);
    assert!(shown.contains("presentation"), "{shown}");
    let outcome = samples().chapeau("search");
    assert_eq!(outcome.code, Some(2));
    assert!(outcome.stderr.contains("give a query or a filter"), "{}", outcome.stderr);
}

#[test]
fn a_named_index_that_is_not_there_is_an_error() {
    let outcome = samples().chapeau("search moratorium --index nowhere");
    assert_eq!(outcome.code, Some(2));
    assert!(outcome.stderr.contains("no index at nowhere"), "{}", outcome.stderr);
    assert!(!samples().path("nowhere").exists());
}

#[test]
fn whoever_stops_reading_is_no_failure() {
    let mut run = samples()
        .command("clauses corpus/wto-ecommerce-jsi-slides.txt")
        .stdout(Stdio::piped())
        .spawn()
        .expect("it starts");
    drop(run.stdout.take());
    assert_eq!(run.wait().expect("it ends").code(), Some(0));
}

#[test]
fn a_batch_answers_in_the_order_of_its_file() {
    let place = samples();
    place.write("queries.tsv", "q2\tmoratorium\nq1\tcustoms duties\n");
    let run = place.chapeau("search --batch queries.tsv --format trec --limit 2").ended(0);
    let lines: Vec<Vec<&str>> = run.lines().map(|line| line.split(' ').collect()).collect();
    let ranks: Vec<(&str, &str)> = lines.iter().map(|line| (line[0], line[3])).collect();
    assert_eq!(ranks, [("q2", "1"), ("q2", "2"), ("q1", "1"), ("q1", "2")]);
    let run = place.chapeau("search --batch queries.tsv --format json").ended(0);
    let ids: Vec<Value> = run
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).expect("it is JSON")["id"].clone())
        .collect();
    assert_eq!(ids, ["q2", "q1"]);
}

#[test]
fn csv_has_a_line_for_each_hit() {
    let csv = samples().chapeau("search moratorium --format csv --limit 2").ended(0);
    assert!(csv.starts_with("rank,score,citation,date,"), "{csv}");
}

#[test]
fn show_puts_a_clause_among_its_neighbours() {
    let answer = search("customs duties on electronic transmissions");
    let id = answer["hits"][0]["id"].as_str().expect("a clause has an id");
    let shown = samples().chapeau(&format!("show {id} --format json")).ended(0);
    let shown: Value = serde_json::from_str(&shown).expect("it is JSON");
    assert_eq!(shown["clause"]["id"], id);
    assert!(shown["before"].as_array().is_some_and(|before| !before.is_empty()), "{shown}");
}

#[test]
fn the_samples_in_the_repository_are_five_texts() {
    let listing = samples().chapeau("list --format json").ended(0);
    let listing: Value = serde_json::from_str(&listing).expect("it is JSON");
    assert_eq!(listing.as_array().map(Vec::len), Some(5));
    assert!(repository().join("corpus/README.md").exists(), "the corpus says what its texts are");
}

#[test]
fn help_begins_with_examples() {
    let help = samples().chapeau("--help").ended(0);
    assert!(help.starts_with("Examples:\n  chapeau search "), "{help}");
    assert!(samples().chapeau("help search").ended(0).starts_with("Examples:"));
    assert!(samples().chapeau("help syntax").ended(0).contains("NEAR"));
    assert!(samples().chapeau("completions bash").ended(0).contains("_chapeau"));
}

#[test]
fn the_commands_are_these() {
    let help = samples().chapeau("--help").stdout;
    let commands =
        help.split("Commands:\n").nth(1).and_then(|rest| rest.split("\n\n").next()).unwrap_or_default();
    let commands: String = commands.lines().map(|line| format!("{}\n", line.trim())).collect();
    expect![[r#"
        index        Bring the index up to date with the sources
        search       Find clauses
        show         Show a clause with its neighbours, or a document with its outline
        list         List the documents of the index
        lineage      Show the same clause in other documents, by date
        compare      Compare two clauses or two documents, word by word
        cites        List what a clause or a document cites, or the cited documents that the corpus lacks
        cited-by     List who cites a document
        changes      List what is new, changed or removed since a day or a run
        mandates     List who was asked to do what by when
        suggest      Complete a word, a symbol, a heading or a title
        text         Print a file's text as it is read and normalised
        clauses      Print the clauses of a file, one JSON object a line
        status       Say what the index holds, and what was skipped and why
        verify       Check that the index is whole, and that it is what the sources are
        export       Print all clauses of the index
        serve        Serve the search page and the JSON API
        completions  Print a completion script for a shell
        help         Show the query syntax, or the help of a command
    "#]]
    .assert_eq(&commands);
}

#[test]
fn words_of_ones_own_are_looked_for_too() {
    let place = Place::new();
    place.write("corpus/rules.txt", "RULES\n\n1. Members shall refrain from zorbing.\n");
    place.chapeau("index").ended(0);
    place.write("own.txt", "[zorbing] subject\nen desk: globe riding\n");
    let found = place.chapeau("search globe riding --thesaurus own.txt").ended(0);
    assert!(found.contains("{zorbing}"), "{found}");
    place.write("bad.txt", "[zorbing] subject\nglobe riding\n");
    let outcome = place.chapeau("search globe --thesaurus bad.txt");
    assert_eq!(outcome.code, Some(2));
    expect_test::expect![[r#"
        chapeau: cannot use the thesaurus bad.txt: line 2: found "globe riding", want "[term] kind" or "en: term; term"
    "#]].assert_eq(&outcome.stderr);
    let help = place.chapeau("help thesaurus").ended(0);
    assert!(help.contains("[least-developed country] actor"), "{help}");
}

#[test]
fn the_beginning_of_a_word_or_symbol_is_completed() {
    let begins = |prefix: &str| samples().chapeau(&format!("suggest {prefix}"));
    assert!(begins("electr").ended(0).lines().any(|line| line.starts_with("electronic\t")));
    assert!(begins("wt/l/84").ended(0).starts_with("WT/L/843\t"));
    begins("zzzz").ended(1);
    let found = samples().chapeau("suggest --format json --limit 1 wt/l").ended(0);
    let found: Value = serde_json::from_str(&found).expect("it is JSON");
    assert_eq!(found.as_array().map(Vec::len), Some(1));
    assert_eq!(found[0]["of"], "symbol");
}
