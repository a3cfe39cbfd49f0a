//! Clause records (`*.clauses.jsonl`): one clause object a line, ready-made.
//!
//! Only `document`, `id` and `text` are required. Every other field of an exported record is
//! taken as it stands when it is there, so that an export read again gives the same answers;
//! what is not there is described as in any other document.

use std::collections::{HashMap, HashSet};

use chapeau_document::{
    ActOf, Citation, Clause, Date, Document, Kind, Level, Metadata, Obligation, Origin, Page, Part, Sourced,
    Span, Status, Step, Sureness, Symbol, Unit,
};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::text;
use crate::describe;
use crate::{Extracted, Warning};

/// Reads clause records; a line that is none is a warning, not a failure.
pub(super) fn extract(text: &str) -> Extracted {
    let mut collection = Collection::default();
    for (line, number) in text::lines(text).zip(1..) {
        if !line.trim().is_empty() {
            collection.line(line, number);
        }
    }
    collection.finish()
}

/// Whether a line is a JSON object with document, id and text.
pub(super) fn is_record(line: &[u8]) -> bool {
    #[derive(Deserialize)]
    struct Required {
        #[serde(rename = "document")]
        _document: String,
        #[serde(rename = "id")]
        _id: String,
        #[serde(rename = "text")]
        _text: String,
    }
    serde_json::from_slice::<Required>(line).is_ok()
}

#[derive(Default)]
struct Collection {
    documents: Vec<Draft>,
    /// Place of each document in `documents`.
    places: HashMap<String, usize>,
    ids: HashSet<String>,
    warnings: Vec<Warning>,
}

/// A document as far as its lines have been read.
#[derive(Default)]
struct Draft {
    document: Document,
    told: Vec<Told>,
}

/// What a record says of its clause, in spans of its own text. It replaces what is described.
#[derive(Default)]
struct Told {
    lead_in: Option<String>,
    acts: Option<Vec<ActOf>>,
    obligation: Option<Obligation>,
    obligation_words: Option<String>,
    carve_outs: Option<Vec<String>>,
    defined_terms: Option<Vec<String>>,
    cites: Option<Vec<Citation>>,
    bracketed: Option<Vec<Span>>,
}

impl Collection {
    fn line(&mut self, line: &str, number: usize) {
        let mut record = match Record::read(line, number) {
            Ok(record) => record,
            Err(reason) => return self.warn(format!("line {number}: {reason}")),
        };
        let (document, id, text) = match record.required() {
            Ok(required) => required,
            Err(reason) => return self.warn(format!("line {number}: {reason}")),
        };
        let id = match of_another(&id, &document) {
            Some(own) => {
                self.warn(format!("line {number}: the id \"{id}\" is that of a clause of another document than \"{document}\": it is given as \"{own}\""));
                own
            }
            None => id,
        };
        if !self.ids.insert(id.clone()) {
            return self
                .warn(format!("line {number}: the id \"{id}\" stands on an earlier line, want it once"));
        }
        let place = *self.places.entry(document.clone()).or_insert_with(|| {
            let document = Document { id: document, ..Document::default() };
            self.documents.push(Draft { document, ..Draft::default() });
            self.documents.len() - 1
        });
        self.documents[place].add(&mut record, id, &text);
        self.warnings.append(&mut record.warnings);
    }

    fn warn(&mut self, message: String) {
        self.warnings.push(Warning { page: None, message });
    }

    fn finish(self) -> Extracted {
        let mut warnings = self.warnings;
        let documents = self.documents.into_iter().map(|draft| draft.finish(&mut warnings)).collect();
        Extracted { documents, warnings, ..Extracted::default() }
    }
}

/// An id of its own for a clause whose id begins with what may be that of another document: ids of ours
/// are `document/clause`, and a file of records is not to stand in for an official text.
fn of_another(id: &str, document: &str) -> Option<String> {
    let is_slug = |name: &str| {
        !name.is_empty()
            && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
    };
    let (owner, _) = id.split_once('/').filter(|(owner, _)| is_slug(owner))?;
    let is_own = owner == document || id.strip_prefix(document).is_some_and(|rest| rest.starts_with('/'));
    (!is_own).then(|| format!("{document}/{}", id.replace('/', "-")))
}

impl Draft {
    fn add(&mut self, record: &mut Record, id: String, text: &str) {
        let document = &mut self.document;
        if !document.text.is_empty() {
            document.text.push_str("\n\n");
        }
        let start = document.text.len();
        document.text.push_str(text);
        add_page(document, record, start);
        add_metadata(&mut document.metadata, record);
        let span = Span::new(start, document.text.len());
        let unit = record.value("unit").unwrap_or(Unit::Paragraph);
        let part = record.value("part").unwrap_or(Part::Main);
        document.clauses.push(Clause {
            label: record.value("label"),
            path: record.path(),
            ocr_confidence: record.value("ocr_confidence"),
            eid: record.value("eid"),
            ..Clause::new(id, span, unit, part)
        });
        self.told.push(Told {
            lead_in: record.value("lead_in"),
            acts: record.value("acts"),
            obligation: record.value("obligation"),
            obligation_words: record.value("obligation_words"),
            carve_outs: record.value("carve_outs"),
            defined_terms: record.value("defined_terms"),
            cites: record.value("cites"),
            bracketed: record.value("bracketed"),
        });
    }

    fn finish(mut self, warnings: &mut Vec<Warning>) -> Document {
        let mut n_lost = 0;
        for (place, told) in self.told.iter().enumerate() {
            let lead_in = told.lead_in.as_deref().map(|words| lead_in(&self.document, place, words));
            n_lost += usize::from(lead_in == Some(None));
            self.document.clauses[place].lead_in = lead_in.flatten().unwrap_or_default();
        }
        if n_lost > 0 {
            let id = &self.document.id;
            let message =
                format!("{n_lost} lead-ins of {id} are no words of its other clauses, and are left out");
            warnings.push(Warning { page: None, message });
        }
        describe::clauses(&mut self.document);
        let Document { text, clauses, .. } = &mut self.document;
        for (clause, told) in clauses.iter_mut().zip(self.told) {
            told.apply(clause, text);
        }
        self.document
    }
}

impl Told {
    fn apply(self, clause: &mut Clause, text: &str) {
        let here = clause.span;
        let words = here.of(text);
        let fits = |span: &Span| words.get(span.start..span.end).is_some();
        let there = |span: Span| Span::new(here.start + span.start, here.start + span.end);
        if let Some(acts) = self.acts {
            clause.acts = acts;
        }
        if let Some(obligation) = self.obligation {
            clause.obligation = obligation;
            let place = self.obligation_words.and_then(|said| find_from(words, &said, 0));
            clause.obligation_words = place.map(there);
        }
        if let Some(carve_outs) = self.carve_outs {
            clause.carve_outs = find_all(words, &carve_outs).into_iter().map(there).collect();
        }
        if let Some(terms) = self.defined_terms {
            clause.defined_terms = find_all(words, &terms).into_iter().map(there).collect();
        }
        if let Some(cites) = self.cites {
            let fitting = cites.into_iter().filter(|cite| fits(&cite.span));
            clause.cites = fitting.map(|cite| Citation { span: there(cite.span), ..cite }).collect();
        }
        if let Some(bracketed) = self.bracketed {
            clause.bracketed = bracketed.into_iter().filter(fits).map(there).collect();
        }
    }
}

/// The words of a lead-in in the other clauses of the document, nearest first; an export joins
/// its pieces by an ellipsis.
fn lead_in(document: &Document, place: usize, words: &str) -> Option<Vec<Span>> {
    let start = document.clauses[place].span.start;
    words.split(" ... ").map(|piece| find_lead_in(&document.text, start, piece)).collect()
}

/// How far before a clause its lead-in may stand, in bytes: far enough for the longest article,
/// near enough to keep a text without any of its lead-ins from costing quadratic time.
const LEAD_IN_WITHIN: usize = 256 << 10;

fn find_lead_in(text: &str, start: usize, piece: &str) -> Option<Span> {
    let from = text.ceil_char_boundary(start.saturating_sub(LEAD_IN_WITHIN));
    let at = from + memchr::memmem::rfind(&text.as_bytes()[from..start], piece.as_bytes())?;
    Some(Span::new(at, at + piece.len()))
}

/// The places of each of `said` in `words`, in order.
fn find_all(words: &str, said: &[String]) -> Vec<Span> {
    let mut from = 0;
    let mut found = Vec::new();
    for said in said {
        let span = find_from(words, said, from);
        from = span.map_or(from, |span| span.end);
        found.extend(span);
    }
    found
}

fn find_from(words: &str, said: &str, from: usize) -> Option<Span> {
    let start = from + words[from..].find(said)?;
    Some(Span::new(start, start + said.len()))
}

fn add_page(document: &mut Document, record: &mut Record, start: usize) {
    let Some(number) = record.value("page") else { return };
    let label = record.value("page_label");
    if document.pages.pages.last().is_none_or(|page| page.number != number || page.label != label) {
        document.pages.pages.push(Page { start, number, label });
    }
}

/// How sure a value is, where these fields are less sure.
fn sureness(less_sure: &[String], key: &str) -> Sureness {
    if less_sure.iter().any(|field| field == key) { Sureness::Likely } else { Sureness::Sure }
}

/// Takes what the document does not know yet; its clauses all say the same.
fn add_metadata(metadata: &mut Metadata, record: &mut Record) {
    fn fill<T: DeserializeOwned>(
        slot: &mut Option<Sourced<T>>,
        record: &mut Record,
        key: &str,
        less_sure: &[String],
    ) {
        if slot.is_none() {
            let sureness = sureness(less_sure, key);
            *slot = record.value(key).map(|value| Sourced::new(value, Origin::Embedded).but(sureness));
        }
    }
    fn list<T: DeserializeOwned>(
        slot: &mut Vec<Sourced<T>>,
        record: &mut Record,
        key: &str,
        less_sure: &[String],
    ) {
        if slot.is_empty() {
            let values: Vec<T> = record.value(key).unwrap_or_default();
            let sureness = sureness(less_sure, key);
            slot.extend(values.into_iter().map(|value| Sourced::new(value, Origin::Embedded).but(sureness)));
        }
    }
    let less_sure: Vec<String> = record.value("less_sure").unwrap_or_default();
    fill::<String>(&mut metadata.title, record, "title", &less_sure);
    fill::<Kind>(&mut metadata.kind, record, "kind", &less_sure);
    fill::<Status>(&mut metadata.status, record, "status", &less_sure);
    fill::<Date>(&mut metadata.date_adopted, record, "date", &less_sure);
    fill::<String>(&mut metadata.language, record, "language", &less_sure);
    fill::<String>(&mut metadata.body, record, "body", &less_sure);
    list::<Symbol>(&mut metadata.symbols, record, "symbols", &less_sure);
    list::<String>(&mut metadata.parties, record, "parties", &less_sure);
}

/// The fields of one line that were not taken yet.
struct Record {
    fields: Map<String, Value>,
    line: usize,
    warnings: Vec<Warning>,
}

impl Record {
    fn read(line: &str, number: usize) -> Result<Self, String> {
        match serde_json::from_str(line) {
            Ok(Value::Object(fields)) => Ok(Self { fields, line: number, warnings: Vec::new() }),
            Ok(_) => Err("found JSON that is no object, want a clause object".to_owned()),
            Err(error) => Err(format!("found no JSON, want a clause object: {error}")),
        }
    }

    fn required(&mut self) -> Result<(String, String, String), String> {
        let mut take = |key: &str| match self.fields.remove(key) {
            Some(Value::String(words)) if !words.trim().is_empty() => Ok(words),
            Some(_) => Err(format!("found a \"{key}\" that is empty or no string, want words")),
            None => Err(format!("found no \"{key}\", want document, id and text")),
        };
        Ok((take("document")?, take("id")?, take("text")?))
    }

    /// The value of an optional field; one that cannot be read is a warning.
    fn value<T: DeserializeOwned>(&mut self, key: &str) -> Option<T> {
        let value = self.fields.remove(key).filter(|value| !value.is_null())?;
        match T::deserialize(&value) {
            Ok(value) => Some(value),
            Err(error) => {
                let message = format!("line {}: the field \"{key}\" is left out: {error}", self.line);
                self.warnings.push(Warning { page: None, message });
                None
            }
        }
    }

    /// The path, or the one that a heading of the form `A > B` stands for.
    fn path(&mut self) -> Vec<Step> {
        let heading: Option<String> = self.value("heading");
        if let Some(path) = self.value("path") {
            return path;
        }
        let steps = heading.iter().flat_map(|heading| heading.split(" > ")).map(str::trim);
        let step = |title: &str| Step { kind: Level::Heading, label: None, title: Some(title.to_owned()) };
        steps.filter(|title| !title.is_empty()).map(step).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Extracted {
        extract(text)
    }

    fn warnings(text: &str) -> Vec<String> {
        read(text).warnings.into_iter().map(|warning| warning.message).collect()
    }

    #[test]
    fn lines_of_one_document_form_it_wherever_they_stand() {
        let text = r#"{"document":"a","id":"a/1","text":"One.","heading":"X > Y"}
{"document":"b","id":"b/1","text":"Other."}

{"document":"a","id":"odd id","text":"Two."}"#;
        let extracted = read(text);
        let [a, b] = extracted.documents.as_slice() else { panic!("two documents: {extracted:?}") };
        assert_eq!((a.text.as_str(), b.text.as_str()), ("One.\n\nTwo.", "Other."));
        assert_eq!(a.clauses[1].id, "odd id");
        let titles: Vec<Option<&str>> = a.clauses[0].path.iter().map(|step| step.title.as_deref()).collect();
        assert_eq!(titles, [Some("X"), Some("Y")]);
        assert!(a.uncovered().is_empty());
    }

    #[test]
    fn a_bad_line_is_named() {
        let text = "{\"document\":\"a\",\"id\":\"1\",\"text\":\"x\"}\nnonsense\n[]\n{\"id\":\"2\",\"text\":\"x\"}\n\
            {\"document\":\"a\",\"id\":\"1\",\"text\":\"x\"}\n{\"document\":\"a\",\"id\":\"3\",\"text\":\"x\",\"kind\":\"poem\"}";
        let found = warnings(text);
        assert_eq!(found.len(), 5, "{found:?}");
        for (warning, line) in found.iter().zip(2..) {
            assert!(warning.starts_with(&format!("line {line}: ")), "{warning}");
        }
        assert_eq!(read(text).documents[0].clauses.len(), 2);
    }

    #[test]
    fn an_export_read_again_is_the_same() {
        let text = r#"{"id":"d/c","document":"d","title":"T","symbols":["WT/L/1"],"kind":"decision","status":"adopted","date":"2011-12-17","language":"en","body":"General Council","parties":["NZL"],"unit":"chapeau","part":"operative","label":null,"path":[],"lead_in":null,"acts":[],"obligation":"none","obligation_words":null,"carve_outs":[],"defined_terms":[],"cites":[],"bracketed":[],"page":3,"page_label":"iii","ocr_confidence":null,"citation":"WT/L/1","added":null,"text":"Decides:","less_sure":["title","body"],"eid":null}
{"id":"d/op-1","document":"d","title":"T","symbols":["WT/L/1"],"kind":"decision","status":"adopted","date":"2011-12-17","language":"en","body":"General Council","parties":["NZL"],"unit":"paragraph","part":"operative","label":"operative para. 1","path":[{"kind":"heading","label":null,"title":"H"}],"lead_in":"Decides:","acts":[{"act":"other","actor":"X","addressee":"Y","deadline":"by May","deadline_date":"2012-05-31"}],"obligation":"best endeavour","obligation_words":"shall","carve_outs":["subject to"],"defined_terms":["work"],"cites":[{"span":{"start":0,"end":2},"symbol":"WT/L/2","provision":"p","agreement":"a"}],"bracketed":[{"start":3,"end":7}],"page":4,"page_label":null,"ocr_confidence":0.5,"citation":"WT/L/1, operative para. 1","added":null,"text":"To work, subject to that, shall go.","less_sure":["title","body"],"eid":"para_1"}"#;
        let extracted = read(text);
        assert_eq!(extracted.warnings, []);
        let document = &extracted.documents[0];
        let again: Vec<String> = document
            .clauses
            .iter()
            .map(|clause| serde_json::to_string(&document.record(clause)).expect("a record is plain data"))
            .collect();
        assert_eq!(again.join("\n"), text);
    }

    #[test]
    fn an_id_belongs_to_its_document() {
        let check = |id: &str, document: &str, expected: Option<&str>| {
            assert_eq!(of_another(id, document).as_deref(), expected, "{id} in {document}");
        };
        check("guild-l-1/op-4", "aaa", Some("aaa/guild-l-1-op-4"));
        check("aaa/op-4", "aaa", None);
        check("aaa/b/op-4", "aaa/b", None);
        check("y_2", "aaa", None);
        check("3.1_Lamps_/_Kettles", "aaa", None);
        let text = r#"{"document":"aaa","id":"guild-l-1/op-4","text":"Lamps are lit."}"#;
        let found = warnings(text);
        assert!(found[0].contains("\"aaa/guild-l-1-op-4\""), "{found:?}");
        assert_eq!(read(text).documents[0].clauses[0].id, "aaa/guild-l-1-op-4");
    }

    #[test]
    fn spans_that_do_not_fit_are_dropped() {
        let text = r#"{"document":"d","id":"1","text":"é","bracketed":[{"start":1,"end":2},{"start":0,"end":9}],"lead_in":"gone"}"#;
        let extracted = read(text);
        assert_eq!(extracted.documents[0].clauses[0].bracketed, []);
        assert_eq!(extracted.warnings.len(), 1);
    }
}
