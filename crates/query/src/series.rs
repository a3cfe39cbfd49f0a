//! Documents of one series: revisions and addenda, by symbol; renewals, by title.

use std::collections::BTreeSet;

use chapeau_document::{Date, Symbol};
use chapeau_index::{DocumentRecord, Fields, Searcher};
use schemars::JsonSchema;
use serde::Serialize;

use crate::Error;

/// A document beside another one in its series.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct InSeries {
    /// Its id.
    pub id: String,
    /// Its first symbol.
    pub symbol: Option<Symbol>,
    /// Its title.
    pub title: Option<String>,
    /// Its date.
    pub date: Option<Date>,
    /// What makes it one of the series.
    pub by: SeriesBy,
}

/// What makes two documents of one series.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum SeriesBy {
    /// One is a revision, an addendum, a corrigendum or a supplement of the other, or both are of
    /// a third.
    Symbol,
    /// They have the same title.
    Title,
}

/// The other documents of a document's series, by date, those without one last.
///
/// # Errors
/// The index is damaged.
pub fn series(searcher: &Searcher, document: &DocumentRecord) -> Result<Vec<InSeries>, Error> {
    let mut titled = BTreeSet::new();
    if let Some(title) = &document.metadata.title {
        titled.extend(searcher.documents_titled(&title.value)?);
    }
    let roots = roots(document);
    let mut known = titled.clone();
    for root in &roots {
        known.extend(searcher.documents_with(&Fields::symbol_term(Fields::get().symbol, root))?);
    }
    known.remove(&document.id);
    let mut found = Vec::new();
    for (id, other) in searcher.documents_by_ids(known)? {
        let by = if self::roots(&other).iter().any(|root| roots.contains(root)) {
            SeriesBy::Symbol
        } else if titled.contains(&id) {
            SeriesBy::Title
        } else {
            // Its symbol goes on otherwise, as those of a body's papers do.
            continue;
        };
        let date = other.metadata.date();
        let symbol = other.metadata.symbols.into_iter().next().map(|symbol| symbol.value);
        found.push(InSeries { id, symbol, title: other.metadata.title.map(|title| title.value), date, by });
    }
    found.sort_by(|a, b| (a.date.is_none(), a.date, &a.id).cmp(&(b.date.is_none(), b.date, &b.id)));
    Ok(found)
}

/// The symbols without what makes them revisions.
fn roots(document: &DocumentRecord) -> Vec<String> {
    document.metadata.symbols.iter().map(|symbol| root(symbol.value.as_str()).to_owned()).collect()
}

/// Endings of a symbol that say that it is a version of another, as in WT/MIN(24)/W/12/Rev.1/Corr.2
/// (`Suppl` as well: TN/MA/W/103/Suppl.1).
const ENDINGS: [&str; 4] = ["Rev", "Add", "Corr", "Suppl"];

fn root(symbol: &str) -> &str {
    match symbol.rsplit_once('/') {
        Some((before, last)) if ENDINGS.iter().any(|ending| begins(last, ending)) => root(before),
        _ => without_conference(symbol).unwrap_or(symbol),
    }
}

/// "Resolution 2" of "Resolution 2 (Rev. Dubai, 2018)": a conference that revises a text of another
/// keeps its number.
fn without_conference(symbol: &str) -> Option<&str> {
    let (number, conference) = symbol.strip_suffix(')')?.split_once(" (")?;
    let (_, year) = conference.rsplit_once(", ")?;
    (year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit())).then_some(number)
}

fn begins(step: &str, ending: &str) -> bool {
    step.get(..ending.len()).is_some_and(|start| start.eq_ignore_ascii_case(ending))
        && step[ending.len()..].chars().all(|c| c == '.' || c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use chapeau_document::{Document, Origin, Sourced, Unit};

    use super::*;
    use crate::tests::library::{Library, document};

    #[track_caller]
    fn check(symbol: &str, expected: &str) {
        assert_eq!(root(symbol), expected);
    }

    #[test]
    fn a_symbol_is_cut_at_what_makes_it_a_version() {
        check("WT/L/843", "WT/L/843");
        check("WT/L/843/Rev.1", "WT/L/843");
        check("WT/MIN(24)/W/12/Rev.2/Corr.1", "WT/MIN(24)/W/12");
        check("INF/ECOM/62/REV.5", "INF/ECOM/62");
        check("G/AG/Address/1", "G/AG/Address/1");
        check("A/80/6 (Sect. 24)/Corr.1", "A/80/6 (Sect. 24)");
        check("Resolution 2 (Rev. Dubai, 2018)", "Resolution 2");
        check("Assembly/AU/Dec.923(XXXVIII)", "Assembly/AU/Dec.923(XXXVIII)");
    }

    fn with_symbol(id: &str, title: &str, symbol: &str) -> Document {
        let mut one = document(id, title, &[(Unit::Paragraph, "words")]);
        let symbols = Symbol::parse(symbol).map(|symbol| Sourced::new(symbol, Origin::Given));
        one.metadata.symbols = symbols.into_iter().collect();
        one
    }

    #[test]
    fn a_series_is_of_one_symbol_or_of_one_title() {
        let documents = [
            with_symbol("a", "Fisheries", "WT/MIN(24)/W/10"),
            with_symbol("b", "Fisheries: corrected", "WT/MIN(24)/W/10/Corr.1"),
            with_symbol("c", "FISHERIES", "WT/L/1"),
            with_symbol("d", "Agriculture", "WT/L/2"),
        ];
        let searcher = Library::new(&documents, 9).searcher();
        let of = |id: &str| {
            let record = searcher.document_by_id(id).expect("a sound index").expect("a document");
            let found = series(&searcher, &record).expect("a sound index");
            found.into_iter().map(|one| (one.id, one.by)).collect::<Vec<_>>()
        };
        assert_eq!(of("a"), [("b".to_owned(), SeriesBy::Symbol), ("c".to_owned(), SeriesBy::Title)]);
        assert_eq!(of("d"), []);
    }
}
