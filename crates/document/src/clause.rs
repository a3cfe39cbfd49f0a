//! The clause: the unit that is indexed, returned and cited.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Act, Obligation, Part, Span, Symbol, Unit};

/// One clause of a document. Its words are a span of the document's text; the clauses of a
/// document do not overlap and together cover its text but for white space.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Clause {
    /// Document id, `/`, and a slug of the label: `wt-l-843/op-2`. Unique in its document.
    pub id: String,
    /// Its words, in the document's text.
    pub span: Span,
    /// What sort of clause it is.
    pub unit: Unit,
    /// Where in the document it stands.
    pub part: Part,
    /// How a lawyer cites it: `Article 14.3.2(a)`, `operative para. 2`.
    pub label: Option<String>,
    /// The headings and numbered units that it stands in, outermost first.
    pub path: Vec<Step>,
    /// The words of the enclosing units that it completes, outermost first, in the document's text.
    pub lead_in: Vec<Span>,
    /// What it does, in order of mention.
    pub acts: Vec<ActOf>,
    /// The strongest obligation of its sentences.
    pub obligation: Obligation,
    /// The words that decided the obligation, in the document's text.
    pub obligation_words: Option<Span>,
    /// "without prejudice to", "nothing in this": in the document's text.
    pub carve_outs: Vec<Span>,
    /// Terms that it defines, without quotation marks: "the Parties" of "hereinafter 'the Parties'"; in
    /// the document's text.
    #[serde(default)]
    pub defined_terms: Vec<Span>,
    /// What it cites.
    pub cites: Vec<Citation>,
    /// Disputed text in square brackets, in the document's text, outer before inner.
    pub bracketed: Vec<Span>,
    /// 0..=1 where the words were recognised from an image.
    pub ocr_confidence: Option<f32>,
    /// The id of its element in a source that has ids of its own: the `eId` of Akoma Ntoso, the
    /// `identifier` of USLM.
    #[serde(default)]
    pub eid: Option<String>,
}

impl Clause {
    /// A clause of which no more is known than where it stands and what it is.
    pub fn new(id: String, span: Span, unit: Unit, part: Part) -> Self {
        Self {
            id,
            span,
            unit,
            part,
            label: None,
            path: Vec::new(),
            lead_in: Vec::new(),
            acts: Vec::new(),
            obligation: Obligation::None,
            obligation_words: None,
            carve_outs: Vec::new(),
            defined_terms: Vec::new(),
            cites: Vec::new(),
            bracketed: Vec::new(),
            ocr_confidence: None,
            eid: None,
        }
    }
}

/// One step of a clause's path.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub struct Step {
    /// What the step is.
    pub kind: Level,
    /// Its number as printed, with its word: "Article 14.3", "Chapter 14", "2", "(a)".
    pub label: Option<String>,
    /// Its heading.
    pub title: Option<String>,
}

impl Step {
    /// Its label and title, joined by a space: the words in which its marks are counted.
    pub fn words(&self) -> String {
        self.label.iter().chain(&self.title).map(String::as_str).collect::<Vec<_>>().join(" ")
    }
}

/// The levels of a document's structure, outermost first. The order is the usual nesting; a
/// text may skip levels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// An annex, appendix, protocol or schedule.
    Annex,
    /// A part or title (in the sense of Title IV).
    Part,
    /// A chapter.
    Chapter,
    /// A section.
    Section,
    /// An article.
    Article,
    /// A slide of a deck.
    Slide,
    /// An unnumbered heading, or a numbered one that is none of the above.
    Heading,
    /// A numbered paragraph.
    Paragraph,
    /// A lettered or roman sub-paragraph.
    SubParagraph,
    /// A bullet or dash.
    Item,
}

/// One act of a clause.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ActOf {
    /// What is done.
    pub act: Act,
    /// Who does it ("Ministerial Conference").
    pub actor: Option<String>,
    /// Who is asked to act ("General Council").
    pub addressee: Option<String>,
    /// By or until when, as written.
    pub deadline: Option<String>,
    /// The same as a date, where it can be had.
    pub deadline_date: Option<Date>,
}

/// A reference in a clause.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Citation {
    /// The words of the reference; in the document's text within a [`Clause`], in the clause's
    /// text within a [`crate::ClauseRecord`].
    pub span: Span,
    /// The document's symbol, for a reference by symbol.
    pub symbol: Option<Symbol>,
    /// The provision: "Article XX", "paragraph 2 of Article 5".
    pub provision: Option<String>,
    /// The agreement it is a provision of, where it is named ("GATT 1994").
    pub agreement: Option<String>,
}
