//! What a document is as a whole: what was given, else what the file carries, else what its
//! masthead and first headings say. Each value keeps where it came from.

mod bodies;
mod facts;
mod fold;
mod given;
mod imprint;
mod kinds;
mod language;
mod lines;
mod masthead;
#[cfg(test)]
mod mastheads;
mod parties;
mod reading;
mod registry;
mod settle;
mod sheet;
#[cfg(test)]
mod tests;
mod title;
mod titles;
mod when;

use chapeau_document::{Document, Kind, Metadata, Origin, Sourced, Status, Sureness};

use crate::Warning;
pub(crate) use sheet::Sheet;

/// Completes the metadata of a document; a value already there counts as embedded.
pub(super) fn complete(document: &mut Document, sheet: &Sheet, given: &[(String, String)]) -> Vec<Warning> {
    let (given, warnings) = given::read(given);
    let mut embedded = std::mem::take(&mut document.metadata);
    embedded.title =
        embedded.title.filter(|title| title.sureness == Sureness::Sure || !lines::is_no_title(&title.value));
    let known = merge(given, embedded);
    // Treaty collections in XML say all that there is.
    let is_told = known
        .kind
        .as_ref()
        .is_some_and(|kind| kind.value == Kind::Agreement && kind.sureness == Sureness::Sure);
    let sure_title = known
        .title
        .as_ref()
        .filter(|title| title.sureness != Sureness::Doubtful)
        .map(|title| title.value.as_str());
    let recognised =
        if is_told { Metadata::default() } else { settle::recognise(document, sheet, sure_title) };
    let mut metadata = merge(known, recognised);
    settle_dates(&mut metadata);
    if metadata.language.is_none() {
        metadata.language = Some(language::of(&document.text));
    }
    document.metadata = metadata;
    warnings
}

/// Settles the language of a document whose file may name one.
pub(super) fn settle_language(metadata: &mut Metadata, text: &str) {
    language::settle(metadata, text);
}

/// The code of the language that a text is in.
pub(super) fn language_of(text: &str) -> String {
    language::of(text).value
}

/// Of each value the one that is given, else the surer one, else that of `first`.
fn merge(first: Metadata, second: Metadata) -> Metadata {
    fn is_better<T>(first: &Sourced<T>, second: &Sourced<T>) -> bool {
        first.origin == Origin::Given || second.origin != Origin::Given && first.sureness <= second.sureness
    }
    fn one<T>(first: Option<Sourced<T>>, second: Option<Sourced<T>>) -> Option<Sourced<T>> {
        match (first, second) {
            (Some(first), Some(second)) => Some(if is_better(&first, &second) { first } else { second }),
            (first, second) => first.or(second),
        }
    }
    fn list<T>(first: Vec<Sourced<T>>, second: Vec<Sourced<T>>) -> Vec<Sourced<T>> {
        match (first.first(), second.first()) {
            (Some(one), Some(other)) => {
                if is_better(one, other) {
                    first
                } else {
                    second
                }
            }
            (first_one, _) => {
                if first_one.is_some() {
                    first
                } else {
                    second
                }
            }
        }
    }
    Metadata {
        title: one(first.title, second.title),
        symbols: list(first.symbols, second.symbols),
        document_number: one(first.document_number, second.document_number),
        date_adopted: one(first.date_adopted, second.date_adopted),
        date_issued: one(first.date_issued, second.date_issued),
        date_in_force: one(first.date_in_force, second.date_in_force),
        kind: one(first.kind, second.kind),
        status: one(first.status, second.status),
        revision: one(first.revision, second.revision),
        body: one(first.body, second.body),
        session: one(first.session, second.session),
        language: one(first.language, second.language),
        parties: list(first.parties, second.parties),
        author: one(first.author, second.author),
        url: one(first.url, second.url),
    }
}

/// A draft is not adopted: the date in its title is the day on which it was issued.
fn settle_dates(metadata: &mut Metadata) {
    let is_recognised = metadata.date_adopted.as_ref().is_some_and(|date| date.origin == Origin::Recognised);
    if metadata.status() == Status::Draft && is_recognised {
        let date = metadata.date_adopted.take();
        metadata.date_issued = metadata.date_issued.take().or(date);
    }
}

fn recognised<T>(value: T) -> Option<Sourced<T>> {
    Some(Sourced::new(value, Origin::Recognised))
}
