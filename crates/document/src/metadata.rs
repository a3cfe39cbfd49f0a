//! What is known of a document as a whole, and where each value came from.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Kind, Status, Symbol};

/// Where a value came from; an earlier one wins over a later one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Origin {
    /// Given in `metadata.csv` beside the source.
    Given,
    /// Carried by the file itself: XML elements, PDF information, HTML `<meta>`.
    Embedded,
    /// Recognised in the text.
    Recognised,
    /// Nothing said so: a default.
    Assumed,
}

/// How sure a value is, surest first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Sureness {
    /// Given, or printed where its series or formula is known.
    #[default]
    Sure,
    /// Recognised by a general shape, which mostly is right.
    Likely,
    /// A property of the file, which often is its template's, or a default.
    Doubtful,
}

/// A value with its origin.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Sourced<T> {
    /// The value.
    pub value: T,
    /// Where it came from.
    pub origin: Origin,
    /// How sure it is.
    pub sureness: Sureness,
}

impl<T> Sourced<T> {
    /// `value`, which came from `origin`; an assumed one is doubtful, any other sure.
    pub fn new(value: T, origin: Origin) -> Self {
        let sureness = if origin == Origin::Assumed { Sureness::Doubtful } else { Sureness::Sure };
        Self { value, origin, sureness }
    }

    /// The same value, less sure.
    #[must_use]
    pub fn but(self, sureness: Sureness) -> Self {
        Self { sureness, ..self }
    }
}

/// What is known of a document as a whole.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Metadata {
    /// Its title.
    pub title: Option<Sourced<String>>,
    /// Its own symbols, the first being the one to cite.
    pub symbols: Vec<Sourced<Symbol>>,
    /// The secretariat's number of the document ("11-6680"), which is not its symbol.
    pub document_number: Option<Sourced<String>>,
    /// The day on which it was adopted, decided or signed.
    pub date_adopted: Option<Sourced<Date>>,
    /// The day on which it was issued.
    pub date_issued: Option<Sourced<Date>>,
    /// The day on which a treaty entered into force.
    pub date_in_force: Option<Sourced<Date>>,
    /// What it is.
    pub kind: Option<Sourced<Kind>>,
    /// How far it has come.
    pub status: Option<Sourced<Status>>,
    /// The revision of a draft, as printed ("Revision", "Rev.5").
    pub revision: Option<Sourced<String>>,
    /// The body that adopted or received it.
    pub body: Option<Sourced<String>>,
    /// The body's session ("Ninth Session, Bali, 3-6 December 2013").
    pub session: Option<Sourced<String>>,
    /// ISO 639-1 code of its language: `en`, `fr`, `es` ...
    pub language: Option<Sourced<String>>,
    /// The parties of an agreement, or the Members that a communication comes from.
    pub parties: Vec<Sourced<String>>,
    /// Who wrote it, where that is not its body.
    pub author: Option<Sourced<String>>,
    /// Where it was published.
    pub url: Option<Sourced<String>>,
}

impl Metadata {
    /// The date to sort and cite by: adoption, else issue.
    pub fn date(&self) -> Option<Date> {
        self.date_adopted.as_ref().or(self.date_issued.as_ref()).map(|date| date.value)
    }

    /// The fields of a clause's record whose values are less than sure, by name.
    pub(crate) fn less_sure(&self) -> Vec<&'static str> {
        let date = self.date_adopted.as_ref().or(self.date_issued.as_ref());
        let fields = [
            ("title", self.title.as_ref().map(|title| title.sureness)),
            ("symbols", self.symbols.first().map(|symbol| symbol.sureness)),
            ("kind", self.kind.as_ref().map(|kind| kind.sureness)),
            ("status", self.status.as_ref().map(|status| status.sureness)),
            ("date", date.map(|date| date.sureness)),
            ("body", self.body.as_ref().map(|body| body.sureness)),
        ];
        let less_sure =
            |sureness: Option<Sureness>| sureness.is_some_and(|sureness| sureness > Sureness::Sure);
        fields.into_iter().filter(|(_, sureness)| less_sure(*sureness)).map(|(name, _)| name).collect()
    }

    /// The language code, `en` where nothing is known.
    pub fn language(&self) -> &str {
        self.language.as_ref().map_or("en", |language| language.value.as_str())
    }

    /// The kind, `other` where nothing is known.
    pub fn kind(&self) -> Kind {
        self.kind.as_ref().map_or(Kind::Other, |kind| kind.value)
    }

    /// The status, `unknown` where nothing is known.
    pub fn status(&self) -> Status {
        self.status.as_ref().map_or(Status::Unknown, |status| status.value)
    }
}
