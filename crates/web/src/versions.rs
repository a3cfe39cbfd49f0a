//! `/api/lineage/{id}` and `/api/compare`: versions of a clause, and how one became another.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, RawQuery, State};
use chapeau_query::{Comparison, LineageRow, NotComparable};

use crate::error::Error;
use crate::state::{Shared, blocking};

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

/// `/api/compare?a=&b=`: two clauses or two documents.
pub(crate) async fn compare(
    State(shared): State<Arc<Shared>>,
    RawQuery(raw): RawQuery,
) -> Result<Json<Comparison>, Error> {
    let (a, b) = asked(raw.as_deref().unwrap_or_default())?;
    blocking(&shared, move |shared| compared(shared, &a, &b).map(Json)).await
}

/// The comparison of two things by name.
pub(crate) fn compared(shared: &Shared, a: &str, b: &str) -> Result<Comparison, Error> {
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
        if value.len() > LONGEST_NAME {
            return Err(Error::TooLong(format!(
                "\"{name}\" has {} bytes, {LONGEST_NAME} are read",
                value.len()
            )));
        }
        *place = Some(value.into_owned());
    }
    a.zip(b).ok_or_else(|| Error::Asked("found one name or none, want a= and b=".to_owned()))
}
