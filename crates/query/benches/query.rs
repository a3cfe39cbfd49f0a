//! A query with passages, without and with facets, beside the same words on raw Tantivy with its
//! own snippets: the same texts, one index each. The text is made here; the nth word of its
//! vocabulary stands about 1/n as often as the first, as words do.

use std::sync::OnceLock;

use chapeau_document::{Clause, Date, Document, Part, Span, Unit};
use chapeau_index::{Searcher, SourceRecord, Writer, WriterOptions, prepare};
use chapeau_query::{Request, search};
use divan::Bencher;
use tantivy::collector::TopDocs;
use tantivy::query::QueryParser;
use tantivy::schema::{Field, STORED, Schema, TEXT, Value};
use tantivy::snippet::SnippetGenerator;
use tantivy::{Index, TantivyDocument, doc};
use tempfile::TempDir;

fn main() {
    divan::main();
}

const CLAUSES: usize = 40_000;
const CLAUSES_A_DOCUMENT: usize = 400;
const WORDS_A_CLAUSE: usize = 60;
const VOCABULARY: usize = 20_000;

/// Frequent, middling and rare words: the nth word of the vocabulary is `w` and n.
const QUERIES: [&str; 4] = ["w40 w90", "w300 w700 w1500", "w12 w400 w9000", "w60 w61 w62 w63 w64"];

/// Where the next word comes from: a linear congruential generator (constants of Knuth's MMIX),
/// so that every run reads the same text.
struct Dice(u64);

impl Dice {
    fn word(&mut self) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let share = (self.0 >> 33) as f64 / (1_u64 << 31) as f64;
        // The inverse of the sum of 1/n: the words follow Zipf's law.
        (VOCABULARY as f64).powf(share) as usize
    }

    fn clause(&mut self) -> String {
        let words: Vec<String> = (0..WORDS_A_CLAUSE).map(|_| format!("w{}", self.word())).collect();
        format!("{}.", words.join(" "))
    }
}

fn texts() -> Vec<String> {
    let mut dice = Dice(1);
    (0..CLAUSES).map(|_| dice.clause()).collect()
}

fn document(number: usize, texts: &[String]) -> Document {
    let mut document = Document { id: format!("d{number}"), text: texts.join("\n"), ..Document::default() };
    let mut start = 0;
    for (place, text) in texts.iter().enumerate() {
        let span = Span::new(start, start + text.len());
        start = span.end + 1;
        document.clauses.push(clause(&format!("d{number}/p{place}"), span));
    }
    document
}

fn clause(id: &str, span: Span) -> Clause {
    Clause::new(id.to_owned(), span, Unit::Paragraph, Part::Operative)
}

/// Our index, and the folder it lies in.
fn ours() -> &'static (TempDir, Searcher) {
    static OURS: OnceLock<(TempDir, Searcher)> = OnceLock::new();
    OURS.get_or_init(|| {
        let dir = tempfile::tempdir().expect("a folder");
        let mut writer = Writer::open(dir.path(), WriterOptions::default()).expect("a fresh folder");
        for (number, texts) in texts().chunks(CLAUSES_A_DOCUMENT).enumerate() {
            let source = SourceRecord { path: format!("d{number}"), ..SourceRecord::default() };
            let prepared = prepare(vec![document(number, texts)]);
            writer.put(source, prepared, Date::constant(2026, 1, 1)).expect("a sound document");
        }
        writer.commit().expect("a sound commit");
        drop(writer);
        let searcher = Searcher::open(dir.path()).expect("the index just built");
        (dir, searcher)
    })
}

/// The same texts as Tantivy has them by default.
fn theirs() -> &'static (Index, Field) {
    static THEIRS: OnceLock<(Index, Field)> = OnceLock::new();
    THEIRS.get_or_init(|| {
        let mut schema = Schema::builder();
        let text = schema.add_text_field("text", TEXT | STORED);
        let index = Index::create_in_ram(schema.build());
        let mut writer = index.writer_with_num_threads(1, 256 << 20).expect("memory enough");
        for words in texts() {
            writer.add_document(doc!(text => words)).expect("a sound document");
        }
        writer.commit().expect("a sound commit");
        (index, text)
    })
}

fn ask(bencher: Bencher<'_, '_>, query: &str, facets: bool) {
    let (_, searcher) = ours();
    let request = Request { query: query.to_owned(), facets, thesaurus: None, ..Request::default() };
    bencher.bench(|| search(searcher, &request).expect("an index that can be read"));
}

#[divan::bench(args = QUERIES)]
fn passages(bencher: Bencher<'_, '_>, query: &str) {
    ask(bencher, query, false);
}

#[divan::bench(args = QUERIES)]
fn passages_and_facets(bencher: Bencher<'_, '_>, query: &str) {
    ask(bencher, query, true);
}

#[divan::bench(args = QUERIES)]
fn raw_tantivy_with_snippets(bencher: Bencher<'_, '_>, query: &str) {
    let (index, text) = theirs();
    let searcher = index.reader().expect("an index just built").searcher();
    let parser = QueryParser::for_index(index, vec![*text]);
    bencher.bench(|| {
        let query = parser.parse_query(query).expect("plain words");
        let hits = searcher.search(&query, &TopDocs::with_limit(10).order_by_score()).expect("a sound index");
        let snippets = SnippetGenerator::create(&searcher, &query, *text).expect("a text field");
        let shown = hits.into_iter().map(|(_, at)| {
            let document: TantivyDocument = searcher.doc(at).expect("a stored clause");
            let words = document.get_first(*text).and_then(|value| value.as_str()).unwrap_or_default();
            snippets.snippet(words).highlighted().len()
        });
        shown.sum::<usize>()
    });
}
