//! The clause record: one clause with all that is needed to show and cite it by itself.
//!
//! This one shape is what the index stores, what `chapeau clauses` and `search --format json`
//! print, and what a `*.clauses.jsonl` source holds. Its field names are the public contract.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    ActOf, Citation, Clause, Document, Kind, Metadata, Obligation, Part, Span, Status, Step, Symbol, Unit,
};

/// One clause, self-contained. All its spans are bytes of `text`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ClauseRecord {
    /// Unique id: the document's id, `/`, and a slug of the label.
    pub id: String,
    /// Id of its document.
    pub document: String,
    /// The document's title.
    pub title: Option<String>,
    /// The document's own symbols.
    pub symbols: Vec<Symbol>,
    /// What the document is.
    pub kind: Kind,
    /// How far the document has come.
    pub status: Status,
    /// The document's date of adoption, else of issue.
    pub date: Option<Date>,
    /// ISO 639-1 code of the document's language.
    pub language: String,
    /// The body that adopted or received the document.
    pub body: Option<String>,
    /// The parties of the agreement, or the Members that a communication comes from.
    pub parties: Vec<String>,
    /// What sort of clause it is.
    pub unit: Unit,
    /// Where in the document it stands.
    pub part: Part,
    /// How a lawyer cites it within its document.
    pub label: Option<String>,
    /// The headings and numbered units that it stands in, outermost first.
    pub path: Vec<Step>,
    /// The words of the enclosing units that it completes.
    pub lead_in: Option<String>,
    /// What it does, in order of mention.
    pub acts: Vec<ActOf>,
    /// The strongest obligation of its sentences.
    pub obligation: Obligation,
    /// The words that decided the obligation.
    pub obligation_words: Option<String>,
    /// Words that limit it: "without prejudice to", "nothing in this".
    pub carve_outs: Vec<String>,
    /// Terms that it defines: "the Parties" of "hereinafter 'the Parties'".
    #[serde(default)]
    pub defined_terms: Vec<String>,
    /// What it cites.
    pub cites: Vec<Citation>,
    /// Disputed text in square brackets.
    pub bracketed: Vec<Span>,
    /// The page on which it begins, from 1.
    pub page: Option<u32>,
    /// The number printed on that page.
    pub page_label: Option<String>,
    /// 0..=1 where the words were recognised from an image.
    pub ocr_confidence: Option<f32>,
    /// The full citation: symbol or title, and label.
    pub citation: String,
    /// The day on which its text was first indexed.
    pub added: Option<Date>,
    /// Its words.
    pub text: String,
    /// What is said of the document above and was recognised less surely, by the names of the fields.
    #[serde(default)]
    pub less_sure: Vec<String>,
    /// The id of its element in a source that has ids of its own: the `eId` of Akoma Ntoso, the
    /// `identifier` of USLM.
    #[serde(default)]
    pub eid: Option<String>,
}

impl ClauseRecord {
    /// The record of `clause`, a clause of `document`.
    pub fn new(document: &Document, clause: &Clause) -> Self {
        let metadata = &document.metadata;
        let words = |span: Span| span.of(&document.text).to_owned();
        let here = |span: Span| span.relative_to(clause.span.start);
        let page = document.pages.page_at(clause.span.start);
        Self {
            id: clause.id.clone(),
            document: document.id.clone(),
            title: metadata.title.as_ref().map(|title| title.value.clone()),
            symbols: metadata.symbols.iter().map(|symbol| symbol.value.clone()).collect(),
            kind: metadata.kind(),
            status: metadata.status(),
            date: metadata.date(),
            language: metadata.language().to_owned(),
            body: metadata.body.as_ref().map(|body| body.value.clone()),
            parties: metadata.parties.iter().map(|party| party.value.clone()).collect(),
            unit: clause.unit,
            part: clause.part,
            label: clause.label.clone(),
            path: clause.path.clone(),
            lead_in: document.lead_in_of(clause),
            acts: clause.acts.clone(),
            obligation: clause.obligation,
            obligation_words: clause.obligation_words.map(words),
            carve_outs: clause.carve_outs.iter().copied().map(words).collect(),
            defined_terms: clause.defined_terms.iter().copied().map(words).collect(),
            cites: clause
                .cites
                .iter()
                .map(|cite| Citation { span: here(cite.span), ..cite.clone() })
                .collect(),
            bracketed: clause.bracketed.iter().copied().map(here).collect(),
            page: page.map(|page| page.number),
            page_label: page.and_then(|page| page.label.clone()),
            ocr_confidence: clause.ocr_confidence,
            citation: citation(metadata, &document.id, clause.label.as_deref()),
            added: None,
            text: document.text_of(clause).to_owned(),
            less_sure: metadata.less_sure().into_iter().map(str::to_owned).collect(),
            eid: clause.eid.clone(),
        }
    }
}

/// How a clause is cited: the first symbol, else the title, else the id; then the label.
fn citation(metadata: &Metadata, id: &str, label: Option<&str>) -> String {
    let symbol = metadata.symbols.first().map(|symbol| symbol.value.as_str());
    let title = metadata.title.as_ref().map(|title| title.value.as_str());
    let document = symbol.or(title).unwrap_or(id);
    label.map_or_else(|| document.to_owned(), |label| format!("{document}, {label}"))
}
