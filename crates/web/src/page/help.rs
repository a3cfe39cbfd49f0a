//! `/help`: the reference of the query language, and the keys.

use axum::response::{IntoResponse, Response};
use maud::{Markup, PreEscaped, html};
use pulldown_cmark::{Options, Parser};

use super::Page;
use crate::asked::Asked;

/// The keys that the script listens to.
const KEYS: [(&str, &str); 7] = [
    ("/", "to the query box"),
    ("j", "next hit, or next match in a document"),
    ("k", "the one before"),
    ("o", "open the hit"),
    ("c", "copy its citation"),
    ("b", "put it in the basket, or take it out"),
    ("?", "this page"),
];

/// The page.
pub(crate) async fn help() -> Response {
    let content = html! {
        div.reference {
            (syntax())
            h2 { "Keys" }
            dl.keys { @for (key, what) in KEYS { div { dt { kbd { (key) } } dd { (what) } } } }
        }
    };
    Page { title: "Query syntax - Chapeau", asked: &Asked::default(), content }.into_response()
}

/// The reference as HTML. It is a part of this program, so that its markup can be trusted.
fn syntax() -> Markup {
    let mut out = String::new();
    pulldown_cmark::html::push_html(&mut out, Parser::new_ext(chapeau_query::SYNTAX, Options::ENABLE_TABLES));
    PreEscaped(out)
}
