//! Small indexes to search in, made of clauses written in the test.

use chapeau_document::{Clause, Date, Document, Kind, Level, Metadata, Origin, Part, Sourced, Span};
use chapeau_document::{Status, Step, Unit};
use chapeau_index::{Searcher, SourceRecord, Writer, WriterOptions, prepare};
use tempfile::TempDir;

use crate::{Request, Results, search};

/// An index in a folder of its own.
pub(crate) struct Library {
    dir: TempDir,
}

impl Library {
    /// An index of these documents, committed after each `at_once` of them.
    pub(crate) fn new(documents: &[Document], at_once: usize) -> Self {
        let dir = tempfile::tempdir().expect("a folder for the test");
        for some in documents.chunks(at_once.max(1)) {
            let options = WriterOptions { threads: 1, heap_bytes: 16 << 20, ..WriterOptions::default() };
            let mut writer = Writer::open(dir.path(), options).expect("a fresh folder");
            for document in some {
                let source = SourceRecord { path: document.id.clone(), ..SourceRecord::default() };
                let day = Date::constant(2026, 1, 1);
                writer.put(source, prepare(vec![document.clone()]), day).expect("a sound document");
            }
            writer.commit().expect("a sound commit");
        }
        Self { dir }
    }

    pub(crate) fn searcher(&self) -> Searcher {
        Searcher::open(self.dir.path()).expect("the index just built")
    }

    pub(crate) fn ask(&self, request: &Request) -> Results {
        search(&self.searcher(), request).expect("an index that can be read")
    }

    /// The ids of the hits, each with what it lacks.
    pub(crate) fn ids(&self, query: &str) -> Vec<String> {
        let request = Request { query: query.to_owned(), thesaurus: None, ..Request::default() };
        let shown = |hit: crate::Hit| {
            let lacks: Vec<String> = hit.missing.iter().map(|word| format!(" -{word}")).collect();
            format!("{}{}", hit.clause.id, lacks.concat())
        };
        self.ask(&request).hits.into_iter().map(shown).collect()
    }
}

/// A document of these clauses: unit and words.
pub(crate) fn document(id: &str, title: &str, clauses: &[(Unit, &str)]) -> Document {
    let mut text = String::new();
    let mut made = Vec::new();
    for (number, (unit, words)) in clauses.iter().enumerate() {
        let start = text.len();
        text.push_str(words);
        made.push(clause(&format!("{id}/{}", number + 1), Span::new(start, text.len()), *unit));
        text.push('\n');
    }
    let given = |words: &str| Some(Sourced::new(words.to_owned(), Origin::Given));
    let metadata = Metadata {
        title: given(title).filter(|title| !title.value.is_empty()),
        language: given("en"),
        kind: Some(Sourced::new(Kind::Decision, Origin::Given)),
        status: Some(Sourced::new(Status::Adopted, Origin::Given)),
        ..Metadata::default()
    };
    Document { id: id.to_owned(), metadata, text, clauses: made, ..Document::default() }
}

fn clause(id: &str, span: Span, unit: Unit) -> Clause {
    Clause::new(id.to_owned(), span, unit, Part::Operative)
}

/// A heading over a clause.
pub(crate) fn step(title: &str) -> Step {
    Step { kind: Level::Heading, label: None, title: Some(title.to_owned()) }
}
