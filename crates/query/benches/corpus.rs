//! Many queries over a real index, beside raw Tantivy with its own snippets on the same texts:
//! medians and 99th percentiles by sort of query.
//!
//! `CHAPEAU_BENCH_INDEX=folder cargo bench -p chapeau-query --bench corpus`

use std::error::Error;
use std::path::Path;
use std::time::{Duration, Instant};

use chapeau_index::Searcher;
use chapeau_query::{Request, search};
use tantivy::collector::TopDocs;
use tantivy::query::QueryParser;
use tantivy::schema::{Field, STORED, Schema, TEXT, Value};
use tantivy::snippet::SnippetGenerator;
use tantivy::{Index, TantivyDocument, doc};

/// Queries of each sort.
const OF_EACH: usize = 70;
/// Times that each is run; the fastest counts, so that what else the machine does counts least.
const RUNS: usize = 3;
/// A word of a query has so many letters at least: shorter ones are mostly stop words.
const SHORTEST: usize = 4;

/// A sort of query: its name, and how one is made of the words of a clause, for us and for Tantivy.
type Sort = (&'static str, fn(&[&str]) -> (String, String));

const SORTS: [Sort; 5] = [
    ("keywords", |words| (words[..3].join(" "), words[..3].join(" "))),
    ("or", |words| (words[..4].join(" OR "), words[..4].join(" OR "))),
    ("phrase", |words| (format!("\"{} {}\"", words[0], words[1]), format!("\"{} {}\"", words[0], words[1]))),
    ("boolean", |words| {
        let query = format!("({} AND {}) OR ({} AND NOT {})", words[0], words[3], words[2], words[5]);
        (query.clone(), query)
    }),
    ("proximity", |words| {
        (format!("{} NEAR/5 {}", words[0], words[3]), format!("\"{} {}\"~5", words[0], words[3]))
    }),
];

fn main() -> Result<(), Box<dyn Error>> {
    let Some(dir) = std::env::var_os("CHAPEAU_BENCH_INDEX") else {
        println!("left out: CHAPEAU_BENCH_INDEX names no index");
        return Ok(());
    };
    let searcher = Searcher::open(Path::new(&dir))?;
    let texts = texts(&searcher)?;
    println!("{} clauses", texts.len());
    let folder = tempfile::tempdir()?;
    let (index, text) = theirs(&texts, folder.path())?;
    let theirs = index.reader()?.searcher();
    let parser = QueryParser::for_index(&index, vec![text]);
    for (name, make) in SORTS {
        let queries: Vec<(String, String)> =
            drawn(&texts).iter().map(|words| make(&as_strs(words))).collect();
        let ours = |facets: bool| times(&queries, |(query, _)| ask(&searcher, query, facets));
        let (plain, facets) = (ours(false), ours(true));
        let raw = times(&queries, |(_, query)| ask_raw(&theirs, &parser, text, query));
        println!("{name:10} passages {} with facets {} raw {}", shown(&plain), shown(&facets), shown(&raw));
    }
    for query in ["*tion", "ta*", "trade~2", "*a*", "s*n NEAR/3 t*"] {
        let took = times(&[query], |query| ask(&searcher, query, true));
        println!("{query:14} {:.1} ms", took[0].as_secs_f64() * 1e3);
    }
    Ok(())
}

fn texts(searcher: &Searcher) -> Result<Vec<String>, Box<dyn Error>> {
    let mut texts = Vec::new();
    for document in searcher.document_ids()? {
        let clauses = searcher.clauses_of(&document)?;
        texts.extend(clauses.into_iter().filter(|clause| clause.unit.is_hit()).map(|clause| clause.text));
    }
    Ok(texts)
}

fn theirs(texts: &[String], folder: &Path) -> Result<(Index, Field), Box<dyn Error>> {
    let mut schema = Schema::builder();
    let text = schema.add_text_field("text", TEXT | STORED);
    let index = Index::create_in_dir(folder, schema.build())?;
    let mut writer = index.writer(512 << 20)?;
    for words in texts {
        writer.add_document(doc!(text => words.as_str()))?;
    }
    writer.commit()?;
    writer.wait_merging_threads()?;
    Ok((index, text))
}

/// Words of clauses drawn evenly from all, those of one clause in order.
fn drawn(texts: &[String]) -> Vec<Vec<String>> {
    let words = |text: &String| -> Vec<String> {
        let words = text.split(|c: char| !c.is_alphabetic());
        words.filter(|word| word.chars().count() >= SHORTEST).map(str::to_lowercase).collect()
    };
    let step = (texts.len() / (OF_EACH * 4)).max(1);
    let drawn = texts.iter().step_by(step).map(words).filter(|words| words.len() >= 8);
    drawn.take(OF_EACH).collect()
}

fn as_strs(words: &[String]) -> Vec<&str> {
    words.iter().map(String::as_str).collect()
}

fn times<Q>(queries: &[Q], mut run: impl FnMut(&Q)) -> Vec<Duration> {
    let mut fastest = |query| {
        let once = |_| {
            let started = Instant::now();
            run(query);
            started.elapsed()
        };
        (0..RUNS).map(once).min().unwrap_or_default()
    };
    let mut times: Vec<Duration> = queries.iter().map(&mut fastest).collect();
    times.sort_unstable();
    times
}

fn ask(searcher: &Searcher, query: &str, facets: bool) {
    let request = Request { query: query.to_owned(), facets, thesaurus: None, ..Request::default() };
    search(searcher, &request).expect("an index that can be read");
}

fn ask_raw(searcher: &tantivy::Searcher, parser: &QueryParser, text: Field, query: &str) {
    let query = parser.parse_query(query).expect("words and operators");
    let hits = searcher.search(&query, &TopDocs::with_limit(10).order_by_score()).expect("a sound index");
    let snippets = SnippetGenerator::create(searcher, &query, text).expect("a text field");
    for (_, at) in hits {
        let document: TantivyDocument = searcher.doc(at).expect("a stored clause");
        let words = document.get_first(text).and_then(|value| value.as_str()).unwrap_or_default();
        std::hint::black_box(snippets.snippet(words).highlighted().len());
    }
}

/// Median and 99th percentile in milliseconds.
fn shown(times: &[Duration]) -> String {
    let at = |share: usize| times[(times.len() - 1) * share / 100].as_secs_f64() * 1e3;
    format!("{:.2} / {:.2} ms,", at(50), at(99))
}
