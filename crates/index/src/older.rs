//! Records as older formats stored them, read to take ids and first-seen dates over.

use chapeau_document::{
    ActOf, Citation, ClauseRecord, Date, FileStatus, Kind, Metadata, Obligation, Origin, Page, Part, Sourced,
    Span, Status, Step, Symbol, Unit,
};
use serde::Deserialize;

use crate::{Counts, DocumentRecord, Note, SourceRecord};

/// A source in formats 1 to 3, which did not say that recognition could help; `A` is what it says of
/// the source that it repeats.
#[derive(Deserialize)]
pub(crate) struct OlderSource<A> {
    path: String,
    size: u64,
    modified: i64,
    digest: String,
    given: Option<String>,
    extractor: u32,
    status: FileStatus,
    reason: Option<String>,
    warnings: Vec<Note>,
    first_seen: Option<Date>,
    same_as: A,
}

/// Nothing, in no bytes: format 1 held every text once for each path.
#[derive(Deserialize)]
pub(crate) struct Unsaid;

impl From<Unsaid> for Option<String> {
    fn from(_: Unsaid) -> Self {
        None
    }
}

pub(crate) type SourceRecord1 = OlderSource<Unsaid>;
pub(crate) type SourceRecord2 = OlderSource<Option<String>>;

/// A value in formats 1 to 4, which did not say how sure it is.
#[derive(Deserialize)]
struct OlderSourced<T> {
    value: T,
    origin: Origin,
}

/// What formats 1 to 4 knew of a document.
#[derive(Deserialize)]
struct OlderMetadata {
    title: Option<OlderSourced<String>>,
    symbols: Vec<OlderSourced<Symbol>>,
    document_number: Option<OlderSourced<String>>,
    date_adopted: Option<OlderSourced<Date>>,
    date_issued: Option<OlderSourced<Date>>,
    date_in_force: Option<OlderSourced<Date>>,
    kind: Option<OlderSourced<Kind>>,
    status: Option<OlderSourced<Status>>,
    revision: Option<OlderSourced<String>>,
    body: Option<OlderSourced<String>>,
    session: Option<OlderSourced<String>>,
    language: Option<OlderSourced<String>>,
    parties: Vec<OlderSourced<String>>,
    author: Option<OlderSourced<String>>,
    url: Option<OlderSourced<String>>,
}

/// A document in formats 1 to 4, whose source `S` may have said less.
#[derive(Deserialize)]
pub(crate) struct OlderDocument<S> {
    id: String,
    proposed: String,
    source: S,
    metadata: OlderMetadata,
    pages: Vec<Page>,
    text_bytes: usize,
    counts: Counts,
}

/// What a clause of formats 3 and 4 lacks at its end: an empty list of what is less sure, and no id of
/// its source's.
pub(crate) const LACKED_BY_CLAUSES_4: &[u8] = &[0, 0];
/// The same of format 5.
pub(crate) const LACKED_BY_CLAUSES_5: &[u8] = &[0];

/// What a document of formats 5 and 6 lacks at its end: a digest of its clauses.
pub(crate) const LACKED_BY_DOCUMENTS_6: &[u8] = &[0];

/// A clause in formats 1 and 2, which did not name the terms that it defines.
#[derive(Deserialize)]
pub(crate) struct ClauseRecord2 {
    id: String,
    document: String,
    title: Option<String>,
    symbols: Vec<Symbol>,
    kind: Kind,
    status: Status,
    date: Option<Date>,
    language: String,
    body: Option<String>,
    parties: Vec<String>,
    unit: Unit,
    part: Part,
    label: Option<String>,
    path: Vec<Step>,
    lead_in: Option<String>,
    acts: Vec<ActOf>,
    obligation: Obligation,
    obligation_words: Option<String>,
    carve_outs: Vec<String>,
    cites: Vec<Citation>,
    bracketed: Vec<Span>,
    page: Option<u32>,
    page_label: Option<String>,
    ocr_confidence: Option<f32>,
    citation: String,
    added: Option<Date>,
    text: String,
}

impl<A: Into<Option<String>>> From<OlderSource<A>> for SourceRecord {
    fn from(source: OlderSource<A>) -> Self {
        Self {
            path: source.path,
            size: source.size,
            modified: source.modified,
            digest: source.digest,
            given: source.given,
            extractor: source.extractor,
            status: source.status,
            reason: source.reason,
            warnings: source.warnings,
            first_seen: source.first_seen,
            same_as: source.same_as.into(),
            recognisable: false,
        }
    }
}

impl<T> From<OlderSourced<T>> for Sourced<T> {
    fn from(older: OlderSourced<T>) -> Self {
        Self::new(older.value, older.origin)
    }
}

impl From<OlderMetadata> for Metadata {
    fn from(older: OlderMetadata) -> Self {
        Self {
            title: older.title.map(Sourced::from),
            symbols: older.symbols.into_iter().map(Sourced::from).collect(),
            document_number: older.document_number.map(Sourced::from),
            date_adopted: older.date_adopted.map(Sourced::from),
            date_issued: older.date_issued.map(Sourced::from),
            date_in_force: older.date_in_force.map(Sourced::from),
            kind: older.kind.map(Sourced::from),
            status: older.status.map(Sourced::from),
            revision: older.revision.map(Sourced::from),
            body: older.body.map(Sourced::from),
            session: older.session.map(Sourced::from),
            language: older.language.map(Sourced::from),
            parties: older.parties.into_iter().map(Sourced::from).collect(),
            author: older.author.map(Sourced::from),
            url: older.url.map(Sourced::from),
        }
    }
}

impl<S: Into<SourceRecord>> From<OlderDocument<S>> for DocumentRecord {
    fn from(document: OlderDocument<S>) -> Self {
        Self {
            id: document.id,
            proposed: document.proposed,
            source: document.source.into(),
            metadata: document.metadata.into(),
            pages: document.pages,
            furniture: Vec::new(),
            text_bytes: document.text_bytes,
            counts: document.counts,
            clauses_digest: 0,
        }
    }
}

impl From<ClauseRecord2> for ClauseRecord {
    fn from(clause: ClauseRecord2) -> Self {
        Self {
            id: clause.id,
            document: clause.document,
            title: clause.title,
            symbols: clause.symbols,
            kind: clause.kind,
            status: clause.status,
            date: clause.date,
            language: clause.language,
            body: clause.body,
            parties: clause.parties,
            unit: clause.unit,
            part: clause.part,
            label: clause.label,
            path: clause.path,
            lead_in: clause.lead_in,
            acts: clause.acts,
            obligation: clause.obligation,
            obligation_words: clause.obligation_words,
            carve_outs: clause.carve_outs,
            defined_terms: Vec::new(),
            cites: clause.cites,
            bracketed: clause.bracketed,
            page: clause.page,
            page_label: clause.page_label,
            ocr_confidence: clause.ocr_confidence,
            citation: clause.citation,
            added: clause.added,
            text: clause.text,
            less_sure: Vec::new(),
            eid: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_source_of_format_3_ends_before_what_format_4_says() {
        let source = SourceRecord {
            path: "a.pdf".into(),
            reason: Some("it is a scan".into()),
            same_as: Some("b.pdf".into()),
            ..SourceRecord::default()
        };
        let bytes = postcard::to_stdvec(&source).expect("a record can be stored");
        let older: SourceRecord2 = postcard::from_bytes(&bytes[..bytes.len() - 1]).expect("it is whole");
        assert_eq!(SourceRecord::from(older), source);
    }

    #[test]
    fn clauses_of_formats_4_and_5_end_before_what_later_ones_say() {
        let document = chapeau_document::Document::default();
        let clause =
            chapeau_document::Clause::new("a/op-1".into(), Span::default(), Unit::Paragraph, Part::Operative);
        let record = ClauseRecord::new(&document, &clause);
        let bytes = postcard::to_stdvec(&record).expect("a record can be stored");
        for lacked in [LACKED_BY_CLAUSES_4, LACKED_BY_CLAUSES_5] {
            let (older, last) = bytes.split_at(bytes.len() - lacked.len());
            assert_eq!(last, lacked);
            let read: ClauseRecord = postcard::from_bytes(&[older, lacked].concat()).expect("it is whole");
            assert_eq!(read, record);
        }
    }
}
