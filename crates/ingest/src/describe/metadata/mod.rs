//! What a document is as a whole: what was given, else what the file carries, else what its
//! masthead and first headings say. Each value keeps where it came from.

mod front;
mod given;
mod language;
mod masthead;
mod title;

use chapeau_document::{Document, Kind, Metadata, Origin, Sourced, Status};

use crate::Warning;

/// Completes the metadata of a document; a value already there counts as embedded.
pub(super) fn complete(document: &mut Document, given: &[(String, String)]) -> Vec<Warning> {
    let (given, warnings) = given::read(given);
    let known = merge(given, std::mem::take(&mut document.metadata));
    let is_treaty = known.kind() == Kind::Agreement;
    let recognised = if is_treaty { Metadata::default() } else { masthead::recognise(document) };
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

/// `first`, and what it leaves open from `second`.
fn merge(first: Metadata, second: Metadata) -> Metadata {
    fn list<T>(first: Vec<Sourced<T>>, second: Vec<Sourced<T>>) -> Vec<Sourced<T>> {
        if first.is_empty() { second } else { first }
    }
    Metadata {
        title: first.title.or(second.title),
        symbols: list(first.symbols, second.symbols),
        document_number: first.document_number.or(second.document_number),
        date_adopted: first.date_adopted.or(second.date_adopted),
        date_issued: first.date_issued.or(second.date_issued),
        date_in_force: first.date_in_force.or(second.date_in_force),
        kind: first.kind.or(second.kind),
        status: first.status.or(second.status),
        revision: first.revision.or(second.revision),
        body: first.body.or(second.body),
        session: first.session.or(second.session),
        language: first.language.or(second.language),
        parties: list(first.parties, second.parties),
        author: first.author.or(second.author),
        url: first.url.or(second.url),
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

#[cfg(test)]
mod tests {
    use chapeau_document::{Clause, Obligation, Part, Span, Unit};
    use expect_test::{Expect, expect};

    use super::*;

    /// A document whose paragraphs are front matter up to the first that ends in a comma.
    fn document(text: &str) -> Document {
        let mut document = Document { text: text.to_owned(), ..Document::default() };
        let mut start = 0;
        let mut in_front = true;
        for paragraph in text.split_inclusive("\n\n") {
            let words = paragraph.trim();
            in_front &= !words.ends_with([',', ':', '.']);
            let (unit, part) = match (in_front, words.len() < 60) {
                (true, _) => (Unit::Masthead, Part::FrontMatter),
                (_, true) => (Unit::Chapeau, Part::Operative),
                _ => (Unit::Paragraph, Part::Operative),
            };
            document.clauses.push(clause(Span::new(start, start + paragraph.len()), unit, part));
            start += paragraph.len();
        }
        document
    }

    fn clause(span: Span, unit: Unit, part: Part) -> Clause {
        Clause {
            id: String::new(),
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
        }
    }

    fn check(text: &str, given: &[(&str, &str)], expected: &Expect) {
        let mut document = document(text);
        let given: Vec<(String, String)> =
            given.iter().map(|(column, value)| ((*column).to_owned(), (*value).to_owned())).collect();
        let warnings = complete(&mut document, &given);
        let mut found = String::new();
        let json = serde_json::to_value(&document.metadata).expect("metadata is plain data");
        for (field, value) in json.as_object().expect("a struct is an object") {
            if !value.is_null() && value.as_array().is_none_or(|values| !values.is_empty()) {
                found.push_str(&format!("{field}: {}\n", plain(value)));
            }
        }
        found.extend(warnings.iter().map(|warning| format!("! {}\n", warning.message)));
        expected.assert_eq(&found);
    }

    fn plain(value: &serde_json::Value) -> String {
        match value {
            serde_json::Value::Array(values) => values.iter().map(plain).collect::<Vec<_>>().join("; "),
            value => format!(
                "{} ({})",
                value["value"].as_str().unwrap_or_default(),
                value["origin"].as_str().unwrap_or_default()
            ),
        }
    }

    #[test]
    fn a_masthead_tells_what_a_decision_is() {
        check(
            "WORLD TRADE ORGANIZATION\n\nWT/L/843\n19 December 2011\n(11-6680)\n\nWORK PROGRAMME ON ELECTRONIC COMMERCE\n\n\
             Decision of 17 December 2011\n\nThe Ministerial Conference,\n\nRecalling the programme adopted on \
             25 September 1998 (WT/L/274) and the mandate of the Seventh Session of the Conference,\n\nDecides:\n\n",
            &[],
            &expect![[r#"
                title: Work Programme on Electronic Commerce (recognised)
                symbols: WT/L/843 (recognised)
                document_number: 11-6680 (recognised)
                date_adopted: 2011-12-17 (recognised)
                date_issued: 2011-12-19 (recognised)
                kind: decision (recognised)
                status: adopted (recognised)
                body: Ministerial Conference (recognised)
                language: en (recognised)
            "#]],
        );
        check(
            "Ministerial Conference\nNinth Session\nBali, 3-6 December 2013\n\nPUBLIC STOCKHOLDING FOR FOOD SECURITY\n\n\
             MINISTERIAL DECISION OF 7 DECEMBER 2013\n\nWT/MIN(13)/38 — WT/L/913\n\nThe Ministerial Conference,\n\n",
            &[("date_issued", "2013-12-11")],
            &expect![[r#"
                title: Public Stockholding for Food Security (recognised)
                symbols: WT/MIN(13)/38 (recognised); WT/L/913 (recognised)
                date_adopted: 2013-12-07 (recognised)
                date_issued: 2013-12-11 (given)
                kind: decision (recognised)
                status: adopted (recognised)
                body: Ministerial Conference (recognised)
                session: Ninth Session, Bali, 3-6 December 2013 (recognised)
                language: en (recognised)
            "#]],
        );
    }

    #[test]
    fn a_draft_is_not_adopted() {
        check(
            "SMALL ECONOMIES\n\nDRAFT MINISTERIAL DECISION OF 1 MARCH 2024\n\nRevision\n\n\
             The Ministerial Conference decides as follows:\n\nWe agree to continue.\n\n",
            &[],
            &expect![[r#"
                title: Small Economies (recognised)
                date_issued: 2024-03-01 (recognised)
                kind: decision (recognised)
                status: draft (recognised)
                revision: Revision (recognised)
                body: Ministerial Conference (recognised)
                language: en (recognised)
            "#]],
        );
    }

    #[test]
    fn what_was_given_wins_and_what_cannot_be_read_is_named() {
        check(
            "Committee on Trade and Development\n\nJOB/TNC/5/Rev.1\n\nCOMMUNICATION FROM CHAD, the FAROE ISLANDS AND FIJI\n\n\
             Notes on a Subject\n\nWe think that this is so.\n\n",
            &[
                ("path", "x.txt"),
                ("symbols", "WT/L/1;WT/L/2"),
                ("kind", "poem"),
                ("date", "17 Dec"),
                ("colour", "red"),
                ("language", "English"),
                ("status", ""),
            ],
            &expect![[r#"
                title: Notes on a Subject (recognised)
                symbols: WT/L/1 (given); WT/L/2 (given)
                kind: communication (recognised)
                body: Committee on Trade and Development (recognised)
                language: en (recognised)
                parties: Chad (recognised); Faroe Islands (recognised); Fiji (recognised)
                ! metadata.csv: unknown kind "poem", want decision, resolution, declaration, agreement, protocol, law, schedule, communication, proposal, report, minutes, notification, recommendation, guidance, statement, presentation or other
                ! metadata.csv: found "17 Dec" as date, want a date as 2011-12-17
                ! metadata.csv: unknown column "colour", want title, symbols, document_number, date_adopted, date_issued, date_in_force, kind, status, revision, body, session, language, parties, author or url
                ! metadata.csv: found the language "English", want a code of two letters as en
            "#]],
        );
    }

    #[test]
    fn a_text_without_front_matter_has_no_title() {
        check(
            "We are of the opinion that this is a text, with words.\n\n",
            &[],
            &expect![[r#"
            language: en (recognised)
        "#]],
        );
    }
}
