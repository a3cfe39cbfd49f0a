//! `/api/lineage/{id}`, `/api/versions` and `/api/compare`: versions of a clause, how many there are,
//! and how one became another; `/api/cites/{id}` and `/api/cited-by/{id}`: who cites whom.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, RawQuery, State};
use chapeau_query::{Comparison, LineageRow, NotComparable, Reference, Versions};
use schemars::JsonSchema;
use serde::Serialize;

use crate::asked::{MOST_HITS, at_most};
use crate::error::Error;
use crate::state::{Shared, Work, blocking};

/// Versions of the same words that are read: more have no reader.
pub(crate) const MOST_VERSIONS: usize = 200;
/// The longest name of a clause or a document, in bytes.
const LONGEST_NAME: usize = 1000;

/// `/api/lineage/{id}`: the same clause in other documents, oldest first.
pub(crate) async fn lineage(
    State(shared): State<Arc<Shared>>,
    Path(id): Path<String>,
) -> Result<Json<Vec<LineageRow>>, Error> {
    blocking(&shared, move |shared| {
        let found = chapeau_query::lineage(&shared.searcher(), &id, MOST_VERSIONS)?;
        found.map(|found| Json(found.rows)).ok_or_else(|| Error::Missing(format!("no clause \"{id}\"")))
    })
    .await
}

/// How many versions a clause has.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Counted {
    id: String,
    #[serde(flatten)]
    versions: Versions,
    /// The counts in a line; none where the clause stands only here.
    in_words: Option<String>,
}

/// `/api/versions?id=&id=`: how many versions each of these clauses has, in the order asked for.
/// Ids of no clause are left out.
pub(crate) async fn versions(
    State(shared): State<Arc<Shared>>,
    RawQuery(raw): RawQuery,
) -> Result<Json<Vec<Counted>>, Error> {
    let ids = ids(raw.as_deref().unwrap_or_default())?;
    blocking(&shared, move |shared| {
        let counted = chapeau_query::versions_of_each(&shared.searcher(), ids)?.into_iter();
        let counted = counted.map(|(id, versions)| Counted { id, versions, in_words: versions.in_words() });
        Ok(Json(counted.collect()))
    })
    .await
}

fn ids(raw: &str) -> Result<Vec<String>, Error> {
    let mut ids = Vec::new();
    for (name, value) in form_urlencoded::parse(raw.as_bytes()) {
        if name != "id" {
            return Err(Error::Asked(format!("unknown parameter \"{name}\"")));
        }
        ids.push(short("id", value.into_owned())?);
    }
    at_most("ids", ids.len(), MOST_HITS)?;
    Ok(ids)
}

/// `/api/cites/{id}`: what a clause or a document cites by symbol, in reading order.
pub(crate) async fn cites(
    State(shared): State<Arc<Shared>>,
    Path(name): Path<String>,
) -> Result<Json<Vec<Reference>>, Error> {
    blocking(&shared, move |shared| {
        let found = chapeau_query::cites(&shared.searcher(), &name)?;
        found.map(Json).ok_or_else(|| Error::Missing(format!("no clause or document \"{name}\"")))
    })
    .await
}

/// `/api/cited-by/{id}`: the clauses that cite a document or a symbol, by date.
pub(crate) async fn cited_by(
    State(shared): State<Arc<Shared>>,
    Path(name): Path<String>,
) -> Result<Json<Vec<Reference>>, Error> {
    blocking(&shared, move |shared| {
        let found = chapeau_query::cited_by(&shared.searcher(), &name)?;
        found.map(Json).ok_or_else(|| Error::Missing(format!("no clause, document or symbol \"{name}\"")))
    })
    .await
}

/// `/api/compare?a=&b=`: two clauses or two documents.
pub(crate) async fn compare(
    State(shared): State<Arc<Shared>>,
    RawQuery(raw): RawQuery,
) -> Result<Json<Comparison>, Error> {
    let (a, b) = asked(raw.as_deref().unwrap_or_default())?;
    blocking(&shared, move |shared| compared(shared, &a, &b).map(Json)).await
}

/// The comparison of two things by name.
pub(crate) fn compared(shared: &Work, a: &str, b: &str) -> Result<Comparison, Error> {
    chapeau_query::compare(&shared.searcher(), a, b)?.map_err(|reason| match reason {
        NotComparable::Missing(_) => Error::Missing(reason.to_string()),
        NotComparable::Different(..) => Error::Asked(reason.to_string()),
    })
}

/// The names `a` and `b` of an address.
pub(crate) fn asked(raw: &str) -> Result<(String, String), Error> {
    let (mut a, mut b) = (None, None);
    for (name, value) in form_urlencoded::parse(raw.as_bytes()) {
        let place = match &*name {
            "a" => &mut a,
            "b" => &mut b,
            _ => return Err(Error::Asked(format!("unknown parameter \"{name}\""))),
        };
        *place = Some(short(&name, value.into_owned())?);
    }
    a.zip(b).ok_or_else(|| Error::Asked("found one name or none, want a= and b=".to_owned()))
}

pub(crate) fn short(name: &str, value: String) -> Result<String, Error> {
    if value.len() <= LONGEST_NAME {
        return Ok(value);
    }
    Err(Error::TooLong(format!("\"{name}\" has {} bytes, {LONGEST_NAME} are read", value.len())))
}
