//! Metadata given beside the sources, in the columns of `metadata.csv`.

use std::str::FromStr;

use chapeau_document::{Date, Metadata, Origin, Sourced, Symbol};

use crate::Warning;

/// The columns that are read, but for `path` and `id`, which are the caller's.
const COLUMNS: &str = "title, symbols, document_number, date_adopted, date_issued, date_in_force, kind, status, \
    revision, body, session, language, parties, author or url";

/// Reads pairs of column and value. Empty values say nothing; what cannot be read is a warning.
pub(super) fn read(given: &[(String, String)]) -> (Metadata, Vec<Warning>) {
    let mut metadata = Metadata::default();
    let mut warnings = Vec::new();
    for (column, value) in given {
        let value = value.trim();
        if value.is_empty() {
            continue;
        }
        if let Err(message) = set(&mut metadata, column.trim(), value) {
            warnings.push(Warning { page: None, message: format!("metadata.csv: {message}") });
        }
    }
    (metadata, warnings)
}

fn set(metadata: &mut Metadata, column: &str, value: &str) -> Result<(), String> {
    match column.to_ascii_lowercase().as_str() {
        "path" | "id" => {}
        "title" => metadata.title = words(value),
        "document_number" => metadata.document_number = words(value),
        "revision" => metadata.revision = words(value),
        "body" => metadata.body = words(value),
        "session" => metadata.session = words(value),
        "author" => metadata.author = words(value),
        "url" => metadata.url = words(value),
        "language" => metadata.language = words(&language(value)?),
        "symbols" | "symbol" => metadata.symbols = symbols(value)?,
        "parties" => metadata.parties = several(value).map(|party| sourced(party.to_owned())).collect(),
        "kind" => metadata.kind = Some(closed(value)?),
        "status" => metadata.status = Some(closed(value)?),
        "date" | "date_adopted" => metadata.date_adopted = Some(date(column, value)?),
        "date_issued" => metadata.date_issued = Some(date(column, value)?),
        "date_in_force" => metadata.date_in_force = Some(date(column, value)?),
        _ => return Err(format!("unknown column \"{column}\", want {COLUMNS}")),
    }
    Ok(())
}

fn sourced<T>(value: T) -> Sourced<T> {
    Sourced::new(value, Origin::Given)
}

fn words(value: &str) -> Option<Sourced<String>> {
    Some(sourced(value.to_owned()))
}

fn several(value: &str) -> impl Iterator<Item = &str> {
    value.split(';').map(str::trim).filter(|value| !value.is_empty())
}

fn closed<T: FromStr<Err: ToString>>(value: &str) -> Result<Sourced<T>, String> {
    value.parse().map(sourced).map_err(|error: T::Err| error.to_string())
}

fn date(column: &str, value: &str) -> Result<Sourced<Date>, String> {
    let unread = |_| format!("found \"{value}\" as {column}, want a date as 2011-12-17");
    value.parse().map(sourced).map_err(unread)
}

fn symbols(value: &str) -> Result<Vec<Sourced<Symbol>>, String> {
    let read = |word: &str| {
        Symbol::parse(word)
            .map(sourced)
            .ok_or_else(|| format!("found the symbol \"{word}\", want one as WT/L/843"))
    };
    several(value).map(read).collect()
}

fn language(value: &str) -> Result<String, String> {
    let code = value.to_ascii_lowercase();
    let is_code = code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_lowercase());
    if is_code {
        Ok(code)
    } else {
        Err(format!("found the language \"{value}\", want a code of two letters as en"))
    }
}
