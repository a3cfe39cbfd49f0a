//! What an Akoma Ntoso document says of itself: its work, its expression, its preface.

use std::str::FromStr;

use chapeau_document::{Date, Kind, Metadata, Origin, Sourced, Status, Symbol};

use super::tree::{Element, Tree};
use crate::extract::properties::embedded;

/// Kinds of document elements (Akoma Ntoso 1.0, part 2, 4.1).
const KINDS: &[(&str, Kind)] = &[
    ("act", Kind::Law),
    ("bill", Kind::Proposal),
    ("amendment", Kind::Proposal),
    ("amendmentList", Kind::Proposal),
    ("debate", Kind::Minutes),
    ("debateReport", Kind::Minutes),
];

/// Its metadata. What stands in `meta` is deliberate, so it is believed.
pub(super) fn metadata(tree: &Tree) -> Metadata {
    let document = tree.root().and_then(|root| root.children().find(|child| child.child("meta").is_some()));
    let Some(document) = document else { return Metadata::default() };
    let work = document.find("FRBRWork");
    let expression = document.find("FRBRExpression");
    let number = work.and_then(|work| work.child("FRBRnumber"));
    let number = number.and_then(|number| number.attribute("showAs").or(number.attribute("value")));
    let symbol = number.and_then(Symbol::parse).map(|symbol| Sourced::new(symbol, Origin::Embedded));
    let adopted = work.and_then(adoption);
    let in_force = work.and_then(|work| dated(work, &["entry into force", "entryIntoForce", "in force"]));
    Metadata {
        title: title(document).and_then(embedded),
        symbols: symbol.into_iter().collect(),
        document_number: number.map(str::to_owned).and_then(embedded),
        date_adopted: adopted.and_then(embedded),
        date_issued: work.and_then(|work| dated(work, &["publication", "issue"])).and_then(embedded),
        date_in_force: in_force.and_then(embedded),
        kind: kind(document).and_then(embedded),
        status: if is_proposed(document, tree) {
            embedded(Status::Draft)
        } else {
            adopted.and(embedded(Status::Adopted))
        },
        body: work.and_then(|work| author(work, tree)).and_then(embedded),
        language: expression.and_then(language).and_then(embedded),
        ..Metadata::default()
    }
}

/// Whether it is a bill or an amendment, or a collection that brings one; dates of such are not those of a law.
fn is_proposed(document: Element<'_>, tree: &Tree) -> bool {
    let is_collection = document.name() == "documentCollection";
    matches!(document.name(), "bill" | "amendment")
        || is_collection && tree.find("bill").is_some() && tree.find("act").is_none()
}

/// A name that says what sort of document it is wins over its element.
fn kind(document: Element<'_>) -> Option<Kind> {
    let said = document.attribute("name").and_then(|name| Kind::from_str(name).ok());
    said.or_else(|| KINDS.iter().find(|(name, _)| *name == document.name()).map(|(_, kind)| *kind))
}

/// What the preface calls the title, else the work's own.
fn title(document: Element<'_>) -> Option<String> {
    let preface = document.find("preface");
    let called = preface.and_then(|preface| preface.find("docTitle").or_else(|| preface.find("shortTitle")));
    let container = || preface?.children().find(|child| child.attribute("name") == Some("title"));
    let long = || preface?.find("longTitle");
    let printed = called.or_else(container).or_else(long).map(Element::words);
    let work = || document.find("FRBRWork");
    let alias = || {
        Some(
            work()?.child("FRBRtitle").or_else(|| work()?.child("FRBRalias"))?.attribute("value")?.to_owned(),
        )
    };
    printed.filter(|title| !title.is_empty()).or_else(alias)
}

fn adoption(work: Element<'_>) -> Option<Date> {
    dated(work, &["adoption", "enactment", "enacted", "signature", "promulgation", "assent"])
        .or_else(|| dated(work, &[]))
}

/// The date of one of these names (any if there are none) that a work has.
fn dated(work: Element<'_>, names: &[&str]) -> Option<Date> {
    let dates = work.children().filter(|child| child.name() == "FRBRdate");
    let named = |date: &Element<'_>| {
        let name = date.attribute("name").unwrap_or_default().trim_start_matches('#').to_lowercase();
        names.is_empty() && !name.contains("publication") && !name.contains("force")
            || names.iter().any(|known| name.contains(&known.to_lowercase()))
    };
    // "2999-01-01" and "9999-12-31" stand for a date that is not known.
    let is_known = |date: &&str| !["2999", "9999"].iter().any(|year| date.starts_with(year));
    dates.filter(named).find_map(|date| date.attribute("date")?.get(..10).filter(is_known)?.parse().ok())
}

/// The organisation that `href` of the author leads to.
fn author(work: Element<'_>, tree: &Tree) -> Option<String> {
    let href = work.child("FRBRauthor")?.attribute("href")?.trim_start_matches('#');
    let references = tree.find("references")?;
    let mut known = references.children().filter(|reference| reference.name() == "TLCOrganization");
    known.find(|reference| reference.attribute("eId") == Some(href))?.attribute("showAs").map(str::to_owned)
}

/// ISO 639-2 in the file, of which the languages read here have two letters each.
fn language(expression: Element<'_>) -> Option<String> {
    let code = expression.child("FRBRlanguage")?.attribute("language")?.to_lowercase();
    let two = match code.as_str() {
        "eng" => "en",
        "fra" | "fre" => "fr",
        "spa" => "es",
        "deu" | "ger" => "de",
        "ita" => "it",
        "por" => "pt",
        two if two.len() == 2 => two,
        _ => return None,
    };
    Some(two.to_owned())
}
