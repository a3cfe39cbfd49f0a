//! `/basket`: the clauses that somebody has gathered. They are kept in the browser; the server
//! learns of them when they are exported.

use axum::response::{IntoResponse, Response};
use maud::html;

use super::Page;
use crate::asked::Asked;

/// The page.
pub(crate) async fn basket() -> Response {
    let content = html! {
        h1 { "Basket" }
        noscript { p { "The basket is kept by a script in your browser, which is switched off. Without it, search results can be exported from their own page." } }
        p.quiet { "Clauses that you add from search results stay in this browser until you take them out." }
        form id="basket" action="/export" method="post" hidden {
            ol id="basket-list" {}
            p {
                "Export: "
                button name="format" value="docx" { "Word" } " "
                button name="format" value="md" { "Markdown" } " "
                button name="format" value="csv" { "CSV" } " "
                button name="format" value="json" { "JSON" } " "
                button type="button" id="basket-empty" { "Empty the basket" }
            }
        }
        p id="basket-nothing" { "The basket is empty." }
    };
    Page { title: "Basket - Chapeau", asked: &Asked::default(), content }.into_response()
}
