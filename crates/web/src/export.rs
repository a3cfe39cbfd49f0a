//! `/export`: clauses with their citations as Word, Markdown, CSV or JSON.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{RawQuery, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use chapeau_document::ClauseRecord;

use crate::asked::Asked;
use crate::error::Error;
use crate::page::clause::cited;
use crate::page::text::shown;
use crate::state::{Shared, blocking};
use crate::{docx, page};

/// Most clauses of one export.
const MOST: usize = 500;
/// Clauses of a search that are exported: as many as one answer gives.
const MOST_OF_A_SEARCH: usize = 100;

/// The ways of writing clauses down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Format {
    Docx,
    Markdown,
    Csv,
    Json,
}

/// The hits of a search.
pub(crate) async fn of_search(State(shared): State<Arc<Shared>>, RawQuery(raw): RawQuery) -> Response {
    let raw = raw.unwrap_or_default();
    let done = blocking(&shared, move |shared| {
        let format = format(&raw)?;
        let asked = Asked { limit: MOST_OF_A_SEARCH, offset: 0, ..Asked::read_page(&raw)? };
        asked.wants_clauses("an export")?;
        let request = chapeau_query::Request {
            facets: false,
            passages: false,
            ..asked.request(&shared.settings.thesaurus)
        };
        let results = chapeau_query::search(&shared.searcher(), &request)?;
        let clauses: Vec<ClauseRecord> = results.hits.into_iter().map(|hit| hit.clause).collect();
        written(&clauses, format)
    });
    done.await.unwrap_or_else(|error| page::error(&error))
}

/// The clauses of a basket, in its order; one that is gone since is left out.
pub(crate) async fn of_basket(State(shared): State<Arc<Shared>>, body: Bytes) -> Response {
    let done = blocking(&shared, move |shared| {
        let body = String::from_utf8_lossy(&body);
        let format = format(&body)?;
        let ids = form_urlencoded::parse(body.as_bytes()).filter(|(name, _)| name == "id").map(|(_, id)| id);
        let ids: Vec<String> = ids.take(MOST).map(std::borrow::Cow::into_owned).collect();
        written(&shared.searcher().clauses_by_ids(&ids)?, format)
    });
    done.await.unwrap_or_else(|error| page::error(&error))
}

fn format(raw: &str) -> Result<Format, Error> {
    let given = form_urlencoded::parse(raw.as_bytes()).find(|(name, _)| name == "format");
    let given = given.map(|(_, value)| value.into_owned()).unwrap_or_default();
    match given.as_str() {
        "docx" => Ok(Format::Docx),
        "md" => Ok(Format::Markdown),
        "csv" => Ok(Format::Csv),
        "json" => Ok(Format::Json),
        _ => Err(Error::Asked(format!("found format={given}, want docx, md, csv or json"))),
    }
}

fn written(clauses: &[ClauseRecord], format: Format) -> Result<Response, Error> {
    let failed = |error: &dyn std::fmt::Display| Error::Index(format!("cannot write the export: {error}"));
    let (kind, ending, body) = match format {
        Format::Docx => {
            let kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
            (kind, "docx", docx::of(clauses).map_err(|error| failed(&error))?)
        }
        Format::Markdown => ("text/markdown; charset=utf-8", "md", markdown(clauses).into_bytes()),
        Format::Csv => ("text/csv; charset=utf-8", "csv", csv(clauses).map_err(|error| failed(&error))?),
        Format::Json => {
            ("application/json", "json", serde_json::to_vec(clauses).map_err(|error| failed(&error))?)
        }
    };
    let name = HeaderValue::try_from(format!("attachment; filename=\"clauses.{ending}\""));
    let name = name.map_err(|error| failed(&error))?;
    Ok(([(header::CONTENT_TYPE, HeaderValue::from_static(kind)), (header::CONTENT_DISPOSITION, name)], body)
        .into_response())
}

fn markdown(clauses: &[ClauseRecord]) -> String {
    let mut out = String::new();
    for clause in clauses {
        for line in clause.lead_in.iter().flat_map(|words| words.lines()).chain(clause.text.lines()) {
            out.push_str(&format!("> {}\n", plain(line)));
        }
        out.push_str(&format!("\n{} (`{}`)\n\n", plain(&cited(clause)), clause.id.replace(['`', '\n'], "")));
    }
    out
}

/// Text whose signs Markdown does not read as markup.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in shown(text.trim()).chars() {
        if "\\`*_{}[]<>#|~&!".contains(letter) {
            out.push('\\');
        }
        out.push(letter);
    }
    out
}

fn csv(clauses: &[ClauseRecord]) -> Result<Vec<u8>, String> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let header = [
        "citation",
        "title",
        "date",
        "kind",
        "status",
        "part",
        "obligation",
        "page",
        "id",
        "lead_in",
        "text",
    ];
    writer.write_record(header).map_err(|error| error.to_string())?;
    for clause in clauses {
        let cells = [
            clause.citation.clone(),
            clause.title.clone().unwrap_or_default(),
            clause.date.map_or_else(String::new, |date| date.to_string()),
            clause.kind.to_string(),
            clause.status.to_string(),
            clause.part.to_string(),
            clause.obligation.to_string(),
            clause.page.map_or_else(String::new, |page| page.to_string()),
            clause.id.clone(),
            clause.lead_in.clone().unwrap_or_default(),
            clause.text.clone(),
        ];
        writer
            .write_record(cells.iter().map(|cell| without_formula(cell)))
            .map_err(|error| error.to_string())?;
    }
    writer.into_inner().map_err(|error| error.to_string())
}

/// A cell that a spreadsheet would run as a formula gets an apostrophe in front (OWASP, "CSV
/// injection"); some take the full-width signs for the others.
pub fn without_formula(cell: &str) -> String {
    const SIGNS: &[char] = &['=', '+', '-', '@', '＝', '＋', '－', '＠', '\t', '\r', '\u{FFFD}'];
    let cell = shown(cell);
    if cell.starts_with(['\t', '\r']) || cell.trim_start().starts_with(SIGNS) {
        format!("'{cell}")
    } else {
        cell.into_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_format_is_named() {
        assert_eq!(format("q=a&format=md").ok(), Some(Format::Markdown));
        assert!(format("q=a").is_err());
    }

    #[test]
    fn markup_and_formulas_are_taken_as_words() {
        assert_eq!(plain("<b> *x* [a](b)"), "\\<b\\> \\*x\\* \\[a\\](b)");
        assert_eq!(without_formula("=cmd|x"), "'=cmd|x");
        assert_eq!(without_formula(" \t@x"), "' \t@x");
        assert_eq!(without_formula("＝1+1"), "'＝1+1");
        assert_eq!(without_formula("\t1"), "'\t1");
        assert_eq!(without_formula("duties"), "duties");
    }
}
