//! What is stored of clauses, documents and sources, and the Tantivy documents made of it.

use chapeau_document::{ClauseRecord, Date, FileStatus, Furniture, Metadata, Page, Step};
use schemars::JsonSchema;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use tantivy::TantivyDocument;
use tantivy::schema::Value;

use crate::class::class;
use crate::digest::digest;
use crate::journal::Told;
use crate::place::own_places;
use crate::prepared::AnalysedClause;
use crate::{Error, Fields, RecordKind, TitleOf, date_key, fold};

/// What is known of one source: the line of the manifest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SourceRecord {
    /// Its path below the corpus root, with `/`.
    pub path: String,
    /// Its size in bytes.
    pub size: u64,
    /// When it was last modified: nanoseconds since 1970.
    pub modified: i64,
    /// Digest of its bytes, in hex.
    pub digest: String,
    /// Digest of what `metadata.csv` says of it; `None` where it says nothing.
    pub given: Option<String>,
    /// Version of the code that read it.
    pub extractor: u32,
    /// How reading it ended.
    pub status: FileStatus,
    /// Why it could not be read.
    pub reason: Option<String>,
    /// What a reader of its documents should know.
    pub warnings: Vec<Note>,
    /// The day on which it was first indexed; set by the writer.
    pub first_seen: Option<Date>,
    /// The path under which its text was read, where that is another: one document has then
    /// several sources. Set by the writer.
    pub same_as: Option<String>,
    /// Whether some of its text is only drawn, so that recognition (OCR) could find more in it.
    #[serde(default)]
    pub recognisable: bool,
}

impl Default for SourceRecord {
    fn default() -> Self {
        Self {
            path: String::new(),
            size: 0,
            modified: 0,
            digest: String::new(),
            given: None,
            extractor: 0,
            status: FileStatus::Ok,
            reason: None,
            warnings: Vec::new(),
            first_seen: None,
            same_as: None,
            recognisable: false,
        }
    }
}

/// Something that a reader of a document should know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Note {
    /// The page it concerns, from 1.
    pub page: Option<u32>,
    /// One sentence without a final dot.
    pub message: String,
}

/// What is stored of a document as a whole. Its clauses hold its text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DocumentRecord {
    /// Its id in the index.
    pub id: String,
    /// The id that reading it proposed, which another document may have had already.
    pub proposed: String,
    /// The source that it was read from.
    pub source: SourceRecord,
    /// What is known of it.
    pub metadata: Metadata,
    /// Its pages; `start` counts bytes of the document's text, which is not stored.
    pub pages: Vec<Page>,
    /// What was taken away as furniture.
    pub furniture: Vec<Furniture>,
    /// Length of its text in bytes.
    pub text_bytes: usize,
    /// Its counts, to be taken off when it goes.
    pub counts: Counts,
    /// Digest of its clauses, by ids and texts in their order; 0 where an older format kept none.
    pub clauses_digest: u64,
}

/// Clauses and tokens, of one document or of a whole index.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Counts {
    /// Documents.
    pub documents: u64,
    /// Clauses that can be hits.
    pub clauses: u64,
    /// Clauses that never are hits.
    pub contexts: u64,
    /// The field `text`.
    pub text: Tally,
    /// The field `lead_in`.
    pub lead_in: Tally,
    /// The field `heading`.
    pub heading: Tally,
    /// The field `title`.
    pub title: Tally,
}

impl Counts {
    /// Applies `step` to each pair of numbers, of `self` and of `other`.
    fn each(&mut self, other: &Self, step: impl Fn(&mut u64, u64)) {
        step(&mut self.documents, other.documents);
        step(&mut self.clauses, other.clauses);
        step(&mut self.contexts, other.contexts);
        for (mine, others) in [
            (&mut self.text, &other.text),
            (&mut self.lead_in, &other.lead_in),
            (&mut self.heading, &other.heading),
            (&mut self.title, &other.title),
        ] {
            step(&mut mine.records, others.records);
            step(&mut mine.tokens, others.tokens);
        }
    }

    pub(crate) fn add(&mut self, other: &Self) {
        self.each(other, |mine, others| *mine += others);
    }

    pub(crate) fn take_off(&mut self, other: &Self) {
        self.each(other, |mine, others| *mine = mine.saturating_sub(others));
    }
}

/// How much of a field there is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Tally {
    /// Records that have it.
    pub records: u64,
    /// Tokens in it, of all forms.
    pub tokens: u64,
}

impl Tally {
    /// Counts one more record with this many tokens, if it has any.
    pub(crate) fn count(&mut self, tokens: u64) {
        self.records += u64::from(tokens > 0);
        self.tokens += tokens;
    }
}

/// The words of a path, as they stand in the field `heading`: labels and titles, a line each.
pub fn heading_of(path: &[Step]) -> String {
    let words = path.iter().flat_map(|step| [step.label.as_deref(), step.title.as_deref()]);
    words.flatten().collect::<Vec<_>>().join("\n")
}

/// A clause as a Tantivy document. `seq` is its place in its document; `title` the document's.
pub(crate) fn clause_document(
    record: &ClauseRecord,
    words: Option<&AnalysedClause>,
    title: &str,
    path: &str,
    seq: u64,
) -> Result<TantivyDocument, Error> {
    let fields = Fields::get();
    let kind = if words.is_some() { RecordKind::Clause } else { RecordKind::Context };
    let class = class(record.kind, record.status, record.part, record.unit);
    let mut doc = base(kind, class, path, &stored(record)?);
    doc.add_text(fields.id, &record.id);
    doc.add_text(fields.document, &record.document);
    doc.add_u64(fields.seq, seq);
    if let Some(words) = words {
        add_words(&mut doc, words, title);
        doc.add_u64(fields.near, words.digest);
        add_filters(&mut doc, record);
    }
    Ok(doc)
}

fn add_words(doc: &mut TantivyDocument, words: &AnalysedClause, title: &str) {
    let fields = Fields::get();
    for (field, value) in [
        (fields.text, words.text.value.as_str()),
        (fields.lead_in, &words.lead_in.value),
        (fields.heading, &words.heading.value),
        (fields.title, title),
    ] {
        if !value.is_empty() {
            doc.add_text(field, value);
        }
    }
}

fn add_filters(doc: &mut TantivyDocument, record: &ClauseRecord) {
    let fields = Fields::get();
    doc.add_u64(fields.same, digest(&record.text));
    for place in own_places(&record.id) {
        doc.add_text(fields.place, place);
    }
    doc.add_text(fields.kind, record.kind.as_str());
    doc.add_text(fields.status, record.status.as_str());
    doc.add_text(fields.part, record.part.as_str());
    doc.add_text(fields.unit, record.unit.as_str());
    doc.add_text(fields.obligation, record.obligation.as_str());
    doc.add_text(fields.language, &record.language);
    doc.add_bool(fields.bracketed, !record.bracketed.is_empty());
    for act in distinct(record.acts.iter().map(|act| act.act.as_str())) {
        doc.add_text(fields.act, act);
    }
    let headings = record.path.iter().filter_map(|step| TitleOf::Heading.term(step.title.as_deref()?));
    let title = record.title.as_deref().and_then(|title| TitleOf::Document.term(title));
    for title in title.into_iter().chain(headings) {
        doc.add_text(fields.titles, title);
    }
    if let Some(body) = &record.body {
        doc.add_text(fields.body, body);
    }
    for party in &record.parties {
        doc.add_text(fields.party, party);
    }
    if let Some(date) = record.date {
        doc.add_u64(fields.year, u64::from(date.year().unsigned_abs()));
        doc.add_u64(fields.date, date_key(date));
    }
    if let Some(added) = record.added {
        doc.add_u64(fields.added, date_key(added));
    }
    let own = record.symbols.iter();
    let cited = record.cites.iter().filter_map(|cite| cite.symbol.as_ref());
    for prefix in distinct(own.flat_map(|symbol| symbol.prefixes())) {
        doc.add_text(fields.symbol, prefix.to_uppercase());
    }
    for prefix in distinct(cited.flat_map(|symbol| symbol.prefixes())) {
        doc.add_text(fields.cites, prefix.to_uppercase());
    }
}

fn distinct<'a>(values: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let mut distinct = Vec::new();
    for value in values {
        if !distinct.contains(&value) {
            distinct.push(value);
        }
    }
    distinct
}

/// A document record as a Tantivy document.
pub(crate) fn document_document(record: &DocumentRecord) -> Result<TantivyDocument, Error> {
    let fields = Fields::get();
    let mut doc = base(RecordKind::Document, 0, &record.source.path, &stored(record)?);
    doc.add_text(fields.id, &record.id);
    doc.add_text(fields.document, &record.id);
    // By which the newest are found without reading all.
    if let Some(date) = record.metadata.date() {
        doc.add_u64(fields.date, date_key(date));
    }
    Ok(doc)
}

/// A source without a document as a Tantivy document.
pub(crate) fn source_document(record: &SourceRecord) -> Result<TantivyDocument, Error> {
    Ok(base(RecordKind::Source, 0, &record.path, &stored(record)?))
}

/// What a run changed of a document, as a Tantivy document: found by the number of the run and by its
/// day. `path` is one that no source has, so that it goes with none.
pub(crate) fn change_document(told: &Told) -> Result<TantivyDocument, Error> {
    let fields = Fields::get();
    let Told { place, change } = told;
    let path = format!("\u{1F}{} {place} {}", change.run, change.document);
    let mut doc = base(RecordKind::Change, 0, &path, &stored(told)?);
    doc.add_u64(fields.seq, change.run);
    doc.add_u64(fields.added, date_key(change.day));
    Ok(doc)
}

fn base(kind: RecordKind, class: u64, path: &str, stored: &[u8]) -> TantivyDocument {
    let fields = Fields::get();
    let mut doc = TantivyDocument::default();
    doc.add_text(fields.record, kind.as_str());
    doc.add_u64(fields.class, class);
    doc.add_text(fields.path, path);
    doc.add_bytes(fields.stored, stored);
    doc
}

/// What a record stores, as JSON.
pub(crate) fn as_json(record: &TantivyDocument) -> Result<String, Error> {
    fn json<T: DeserializeOwned + Serialize>(bytes: &[u8]) -> Result<String, Error> {
        let failed = |reason: String| Error::Record { reason };
        let record: T = postcard::from_bytes(bytes).map_err(|source| failed(source.to_string()))?;
        serde_json::to_string(&record).map_err(|source| failed(source.to_string()))
    }
    let fields = Fields::get();
    let value = record.get_first(fields.stored);
    let bytes = value.as_ref().and_then(Value::as_bytes).unwrap_or_default();
    let kind = record.get_first(fields.record);
    match kind.as_ref().and_then(Value::as_str) {
        Some(kind) if kind == RecordKind::Document.as_str() => json::<DocumentRecord>(bytes),
        Some(kind) if kind == RecordKind::Source.as_str() => json::<SourceRecord>(bytes),
        Some(kind) if kind == RecordKind::Change.as_str() => json::<Told>(bytes),
        _ => json::<ClauseRecord>(bytes),
    }
}

fn stored<T: Serialize>(record: &T) -> Result<Vec<u8>, Error> {
    postcard::to_stdvec(record).map_err(|source| Error::Record { reason: source.to_string() })
}

/// The term under which a name is found in `body` or `party`.
pub fn name_term(field: tantivy::schema::Field, name: &str) -> tantivy::Term {
    tantivy::Term::from_field_text(field, &fold(name))
}
