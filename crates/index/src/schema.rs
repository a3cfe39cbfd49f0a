//! The fields of the index, each with its reason, and the terms that stand in them.

use std::sync::OnceLock;

use chapeau_document::Date;
use tantivy::Term;
use tantivy::schema::{
    FAST, Field, IndexRecordOption, NumericOptions, STORED, Schema, SchemaBuilder, TextFieldIndexing,
    TextOptions,
};

use crate::Language;
use crate::digest::{digest, words_digest};

/// Name of the tokenizer that reads tokens analysed beforehand.
pub(crate) const ANALYSED: &str = "analysed";
/// Name of the tokenizer that keeps a value whole, folded.
pub(crate) const FOLDED: &str = "folded";

/// What stands in a text field at the last word of each sentence but the last.
pub(crate) const SENTENCE_END: &str = ".";

/// Handles of all fields.
///
/// The four text fields hold, at every position, the exact form of the word and its stem, and
/// where sentences part: see [`Fields::exact`], [`Fields::stem`] and [`Fields::sentence_end`]. Only clauses that can be hits have them, and all the
/// filter fields; other clauses have `id`, `document`, `path`, `record` and `seq` alone.
#[derive(Clone, Copy, Debug)]
pub struct Fields {
    /// The words of a clause.
    pub text: Field,
    /// The words that it completes.
    pub lead_in: Field,
    /// Labels and titles of the headings above it.
    pub heading: Field,
    /// The title of its document.
    pub title: Field,
    /// Digest of the stems of the clause's words, in order: what finds clauses that differ in
    /// case, punctuation, spelling or endings only. Indexed, u64.
    pub near: Field,
    /// Which kind of record: [`RecordKind`].
    pub record: Field,
    /// Clause id; document id on a document record. Indexed and fast.
    pub id: Field,
    /// Document id. Indexed and fast.
    pub document: Field,
    /// The article that the clause is of, and each step within it: [`crate::own_places`]. Indexed.
    pub place: Field,
    /// Path of the source. Indexed.
    pub path: Field,
    /// Place of the clause in its document, from 0. Fast, u64.
    pub seq: Field,
    /// Kind, status, part and unit as one number: the place in [`crate::classes`]. Fast, u64, on
    /// every record: a column without gaps is read faster.
    pub class: Field,
    /// `Kind::as_str`. Indexed and fast.
    pub kind: Field,
    /// `Status::as_str`. Indexed and fast.
    pub status: Field,
    /// `Part::as_str`. Indexed and fast.
    pub part: Field,
    /// `Unit::as_str`. Indexed.
    pub unit: Field,
    /// `Act::as_str` of every act. Indexed and fast.
    pub act: Field,
    /// `Obligation::as_str`. Indexed and fast.
    pub obligation: Field,
    /// The body: indexed whole as [`crate::fold`] gives it, fast as written.
    pub body: Field,
    /// The parties: as `body`, several.
    pub party: Field,
    /// Language code. Indexed and fast.
    pub language: Field,
    /// Year of the document's date. Indexed and fast, u64.
    pub year: Field,
    /// The document's date as yyyymmdd. Indexed and fast, u64.
    pub date: Field,
    /// The day on which the clause was first seen, as yyyymmdd. Indexed and fast, u64.
    pub added: Field,
    /// Whether the clause has disputed text in brackets. Indexed, bool.
    pub bracketed: Field,
    /// Each prefix of each symbol of the document, in capitals. Indexed.
    pub symbol: Field,
    /// Each prefix of each symbol that the clause cites, in capitals. Indexed.
    pub cites: Field,
    /// Digest of the clause's text: what finds clauses of the same words. Indexed, u64.
    pub same: Field,
    /// The titles of the document and of each heading above: [`crate::TitleOf`]. Indexed.
    pub titles: Field,
    /// The record itself. Stored.
    pub stored: Field,
}

/// What a Tantivy document is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RecordKind {
    /// A clause that can be a hit.
    Clause,
    /// A clause that never is a hit: a heading, a chapeau, a masthead, a signature.
    Context,
    /// A document.
    Document,
    /// A source without a document.
    Source,
    /// What a run changed, of an index elsewhere: here a file tells it.
    Change,
}

impl RecordKind {
    /// Its term in the field `record`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Clause => "clause",
            Self::Context => "context",
            Self::Document => "document",
            Self::Source => "source",
            Self::Change => "change",
        }
    }

    /// The term that finds all records of this kind.
    pub fn term(self) -> Term {
        Term::from_field_text(Fields::get().record, self.as_str())
    }
}

impl Fields {
    /// The fields, which are the same for every index.
    pub fn get() -> &'static Self {
        &parts().1
    }

    /// The Tantivy schema.
    pub fn schema() -> &'static Schema {
        &parts().0
    }

    /// The term of a word as written ([`crate::Token::exact`]) in a text field.
    pub fn exact(field: Field, word: &str) -> Term {
        Term::from_field_text(field, &format!("={word}"))
    }

    /// The term of a stem ([`crate::Token::stem`]) in a text field.
    pub fn stem(field: Field, language: Language, stem: &str) -> Term {
        Term::from_field_text(field, &format!("{}{stem}", language.prefix()))
    }

    /// The term of the words of a text field after which another sentence begins.
    pub fn sentence_end(field: Field) -> Term {
        Term::from_field_text(field, SENTENCE_END)
    }

    /// The term of the clauses whose text is `text`. Of 100 million clauses, two with different
    /// texts share it with a chance of 1 in 3,700: 10^16 / 2 pairs over 2^64.
    pub fn same_term(text: &str) -> Term {
        Term::from_field_u64(Self::get().same, digest(text))
    }

    /// The term of the clauses whose text has the same words as `text` but for case, punctuation,
    /// spelling and endings.
    pub fn near_term(text: &str, language: Language) -> Term {
        Term::from_field_u64(Self::get().near, words_digest(text, language))
    }

    /// The term of a symbol, or of a prefix of one, in `symbol` or `cites`.
    pub fn symbol_term(field: Field, symbol: &str) -> Term {
        Term::from_field_text(field, &symbol.to_uppercase())
    }
}

/// A date as the fields `date` and `added` hold it.
pub fn date_key(date: Date) -> u64 {
    let year = u64::from(date.year().unsigned_abs());
    year * 10_000 + u64::from(date.month().unsigned_abs()) * 100 + u64::from(date.day().unsigned_abs())
}

/// The date that [`date_key`] made this of.
pub fn date_of_key(key: u64) -> Option<Date> {
    let year = i16::try_from(key / 10_000).ok()?;
    let month = i8::try_from(key / 100 % 100).ok()?;
    let day = i8::try_from(key % 100).ok()?;
    Date::new(year, month, day).ok()
}

fn parts() -> &'static (Schema, Fields) {
    static PARTS: OnceLock<(Schema, Fields)> = OnceLock::new();
    PARTS.get_or_init(build)
}

fn build() -> (Schema, Fields) {
    let mut schema = Schema::builder();
    let positions = analysed(IndexRecordOption::WithFreqsAndPositions);
    let fields = Fields {
        text: schema.add_text_field("text", positions.clone()),
        lead_in: schema.add_text_field("lead_in", positions.clone()),
        heading: schema.add_text_field("heading", positions.clone()),
        title: schema.add_text_field("title", positions),
        near: schema.add_u64_field("near", filter()),
        record: keyword(&mut schema, "record", false),
        id: keyword(&mut schema, "id", true),
        document: keyword(&mut schema, "document", true),
        path: keyword(&mut schema, "path", false),
        seq: schema.add_u64_field("seq", FAST),
        kind: keyword(&mut schema, "kind", true),
        status: keyword(&mut schema, "status", true),
        part: keyword(&mut schema, "part", true),
        unit: keyword(&mut schema, "unit", false),
        act: keyword(&mut schema, "act", true),
        obligation: keyword(&mut schema, "obligation", true),
        body: name(&mut schema, "body"),
        party: name(&mut schema, "party"),
        language: keyword(&mut schema, "language", true),
        year: schema.add_u64_field("year", filter().set_fast()),
        date: schema.add_u64_field("date", filter().set_fast()),
        added: schema.add_u64_field("added", filter().set_fast()),
        bracketed: schema.add_bool_field("bracketed", filter()),
        symbol: keyword(&mut schema, "symbol", false),
        cites: keyword(&mut schema, "cites", false),
        stored: schema.add_bytes_field("stored", STORED),
        // New fields come last: those before keep their numbers, by which an older index is read.
        class: schema.add_u64_field("class", FAST),
        place: keyword(&mut schema, "place", false),
        same: schema.add_u64_field("same", filter()),
        titles: keyword(&mut schema, "titles", false),
    };
    (schema.build(), fields)
}

/// A number to filter by. Without field norms: it is never scored.
fn filter() -> NumericOptions {
    NumericOptions::default().set_indexed()
}

/// A text field whose tokens come analysed.
fn analysed(option: IndexRecordOption) -> TextOptions {
    let indexing = TextFieldIndexing::default().set_tokenizer(ANALYSED).set_index_option(option);
    TextOptions::default().set_indexing_options(indexing)
}

/// A field of whole values.
fn keyword(schema: &mut SchemaBuilder, field: &str, fast: bool) -> Field {
    let options = whole_value("raw");
    schema.add_text_field(field, if fast { options.set_fast("raw") } else { options })
}

/// A field of names, found in any case and shown as written.
fn name(schema: &mut SchemaBuilder, field: &str) -> Field {
    schema.add_text_field(field, whole_value(FOLDED).set_fast("raw"))
}

fn whole_value(tokenizer: &str) -> TextOptions {
    let indexing = TextFieldIndexing::default()
        .set_tokenizer(tokenizer)
        .set_index_option(IndexRecordOption::Basic)
        .set_fieldnorms(false);
    TextOptions::default().set_indexing_options(indexing)
}

#[cfg(test)]
mod tests {
    use chapeau_document::Date;

    use super::*;

    #[test]
    fn a_date_survives_its_key() {
        let date = Date::constant(2013, 12, 7);
        assert_eq!(date_key(date), 20_131_207);
        assert_eq!(date_of_key(20_131_207), Some(date));
        assert_eq!(date_of_key(20_131_307), None);
    }
}
