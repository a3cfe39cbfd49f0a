//! What is known of the series of documents and of the bodies that issue them, from the readable
//! files in `registry/`, which the build script checks and makes tables of.

pub(crate) mod fold;
pub(crate) mod path;
pub(crate) mod pattern;
pub(crate) mod reader;

mod bodies;
pub(crate) mod look_up;

use crate::{Kind, Status, Sureness, Symbol};

pub use bodies::{bodies_in, body_named};
use pattern::{Element, Piece};
use reader::{Value, arabic};

/// A body that adopts or issues documents.
#[derive(Debug)]
pub struct Body {
    /// Its name as it is shown.
    pub name: &'static str,
    /// The organization that it belongs to, where the name alone does not say.
    pub organization: Option<&'static str>,
    /// The kinds of documents that it is known for.
    pub issues: &'static [Kind],
}

/// A series of documents.
#[derive(Debug)]
pub struct Series {
    /// What the series is, in words.
    pub name: &'static str,
    /// The body whose documents they are.
    pub body: Option<&'static Body>,
    /// The kind that all of them are of.
    pub kind: Option<Kind>,
    /// The status that all of them have.
    pub status: Option<Status>,
    /// How sure it is that what looks like one is one.
    pub sureness: Sureness,
    /// Whether one is believed only where it stands by itself, as in a masthead.
    pub alone: bool,
    canonical: &'static [Piece],
    values: &'static [&'static str],
    /// How further ones follow: "resolutions 70/1 and 71/15".
    list: &'static [Element],
}

/// A way to write the symbols of a series.
#[derive(Debug)]
pub(crate) struct Form {
    elements: &'static [Element],
    series: u16,
    /// How much of it is fixed letters: of two that fit equally long the one with more is meant.
    weight: u16,
    /// Whether it is one word, of which no part is a word of the text.
    compact: bool,
}

/// A word that forms begin with.
#[derive(Debug)]
pub(crate) struct First {
    /// As it stands, or small and without accents.
    word: &'static str,
    exact: bool,
    nexts: &'static [Next],
}

/// A form, and what may stand behind its first word.
#[derive(Debug)]
pub(crate) struct Next {
    form: u16,
    /// Whether white space may, and whether there may be none.
    spaced: bool,
    joined: bool,
    /// The characters behind that, a bit for each capital or sign of ASCII.
    characters: u128,
}

/// A name of a body.
#[derive(Debug)]
pub(crate) struct Name {
    elements: &'static [Element],
    body: u16,
}

/// What a symbol says of its document.
#[derive(Clone, Debug)]
pub struct Implied {
    /// Its series.
    pub series: &'static Series,
    /// The session of the body, in Arabic figures where it has a Roman numeral.
    pub session: Option<String>,
    /// The year.
    pub year: Option<String>,
}

/// What is known of a document that has this symbol.
pub fn implied(symbol: &Symbol) -> Option<Implied> {
    let text = symbol.as_str();
    let found = look_up::whole(text, false)?;
    let value = |name: &str| {
        let place = found.series.values.iter().position(|value| *value == name)?;
        match found.values[place]? {
            Value::Printed(_, start, end) => Some(text[start..end].to_owned()),
            Value::Word(word) => Some(word.to_owned()),
        }
    };
    let session =
        value("session").map(|session| arabic(&session).map_or(session, |number| number.to_string()));
    Some(Implied { series: found.series, session, year: value("year") })
}

include!(concat!(env!("OUT_DIR"), "/registry.rs"));

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(symbol: &str, expected: &str) {
        let symbol = Symbol::parse(symbol).expect("a symbol");
        let implied = implied(&symbol).expect("a known series");
        let body = implied.series.body.map_or("", |body| body.name);
        let kind = implied.series.kind.map_or("", Kind::as_str);
        let status = implied.series.status.map_or("", Status::as_str);
        let session = implied.session.unwrap_or_default();
        assert_eq!(format!("{symbol} | {body} | {kind} | {status} | {session}"), expected);
    }

    #[test]
    fn a_symbol_says_what_its_document_is() {
        check("A/RES/78/134", "A/RES/78/134 | General Assembly | resolution | adopted | 78");
        check("a/c.2/80/l.13", "A/C.2/80/L.13 | Second Committee | proposal | draft | 80");
        check(
            "Assembly/AU/Dec.923(XXXVIII)",
            "Assembly/AU/Dec.923(XXXVIII) | Assembly of the African Union | decision | adopted | 38",
        );
        check("WT/L/843", "WT/L/843 |  |  |  | ");
    }

    #[test]
    fn roman_numerals_are_numbers() {
        assert_eq!(arabic("XXXVIII"), Some(38));
        assert_eq!(arabic("XLII"), Some(42));
        assert_eq!(arabic("70"), None);
    }
}
