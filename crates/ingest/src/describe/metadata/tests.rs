//! What documents say they are, from small texts of our own.

use expect_test::{Expect, expect};

use crate::{Options, Source, read};

/// Reads a text and lists what its metadata say, each with where it came from.
fn check(text: &str, given: &[(&str, &str)], expected: &Expect) {
    let given: Vec<(String, String)> =
        given.iter().map(|(column, value)| ((*column).to_owned(), (*value).to_owned())).collect();
    let source = Source { path: "x.txt", bytes: text.as_bytes(), given: &given };
    let reading = read(&source, &Options::default()).expect("a text");
    let json = serde_json::to_value(&reading.documents[0].metadata).expect("metadata is plain data");
    let mut found = String::new();
    for (field, value) in json.as_object().expect("a struct is an object") {
        if !value.is_null() && value.as_array().is_none_or(|values| !values.is_empty()) {
            found.push_str(&format!("{field}: {}\n", plain(value)));
        }
    }
    let warnings = reading.warnings.iter().filter(|warning| warning.message.starts_with("metadata"));
    found.extend(warnings.map(|warning| format!("! {}\n", warning.message)));
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
            session: 9th Session, Bali, 3-6 December 2013 (recognised)
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
