//! The pages: HTML made from results, escaped where it is made. They work without script.

pub(crate) mod basket;
pub(crate) mod changes;
pub(crate) mod clause;
pub(crate) mod compare;
pub(crate) mod corpus;
pub(crate) mod document;
mod facets;
mod graph;
pub(crate) mod help;
mod hit;
pub(crate) mod mandates;
mod nothing;
pub(crate) mod search;
pub(crate) mod sheet;
mod start;
pub(crate) mod text;

use std::sync::LazyLock;

use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use maud::{DOCTYPE, Markup, PreEscaped, html};
use sha2::{Digest, Sha256};

use crate::asked::Asked;
use crate::error::Error;

/// The style, which stands in every page: the first answer is then painted in one round trip.
const STYLE: &str = include_str!("../../assets/style.css");
/// The script, which only makes the pages nicer.
pub(crate) const SCRIPT: &str = include_str!("../../assets/script.js");
/// The sign of the page in a tab.
pub(crate) const ICON: &str = include_str!("../../assets/icon.svg");

/// The address of the script: another one for every version of it, so that it can be kept.
static SCRIPT_ADDRESS: LazyLock<String> =
    LazyLock::new(|| format!("/script.js?v={}", &blake3::hash(SCRIPT.as_bytes()).to_hex()[..12]));

/// Nothing from elsewhere, no script but ours, and only the one style whose digest this is.
static POLICY: LazyLock<HeaderValue> = LazyLock::new(|| {
    let digest = crate::base64::encode(&Sha256::digest(STYLE.as_bytes()));
    let policy = format!(
        "default-src 'none'; style-src 'sha256-{digest}'; script-src 'self'; connect-src 'self'; \
         img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    );
    HeaderValue::try_from(policy).expect("letters and signs of ASCII")
});

/// The header that says what a page may load and run.
pub(crate) fn content_security_policy() -> HeaderValue {
    POLICY.clone()
}

/// What stands around the content of a page.
pub(crate) struct Page<'a> {
    pub(crate) title: &'a str,
    /// The search that the box at the top shows.
    pub(crate) asked: &'a Asked,
    pub(crate) content: Markup,
}

impl Page<'_> {
    pub(crate) fn markup(&self) -> Markup {
        html! {
            (DOCTYPE)
            html lang="en" {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="color-scheme" content="light dark";
                    title { (text::shown(self.title)) }
                    style { (PreEscaped(STYLE)) }
                    link rel="icon" href="/icon.svg" type="image/svg+xml";
                    link rel="search" type="application/opensearchdescription+xml" title="Chapeau"
                        href="/opensearch.xml";
                    script src=(SCRIPT_ADDRESS.as_str()) defer {}
                }
                body {
                    a.skip href="#main" { "Skip to content" }
                    (top(self.asked))
                    main id="main" tabindex="-1" { (self.content) }
                    p.live id="live" role="status" {}
                }
            }
        }
    }
}

fn top(asked: &Asked) -> Markup {
    html! {
        header.top {
            a.brand href="/" { "Chapeau" }
            search {
                form action="/" method="get" {
                    label.aside for="q" { "Search the clauses" }
                    input id="q" name="q" type="search" value=(text::shown(&asked.query)) maxlength="2000"
                        autocomplete="off" spellcheck="false" placeholder="Words, “a phrase”, a symbol"
                        list="completions" enterkeyhint="search";
                    datalist id="completions" {}
                    @for (name, value) in asked.parameters() {
                        @if !matches!(name, "q" | "offset" | "as_typed") {
                            input type="hidden" name=(name) value=(text::shown(&value));
                        }
                    }
                    button type="submit" { "Search" }
                }
            }
            nav.site aria-label="Site" {
                a href="/documents" { "Documents" }
                a href="/changes" { "Changes" }
                a href="/mandates" { "Mandates" }
                a href="/basket" { "Basket" span.count id="basket-count" {} }
                a href="/help" { "Syntax" }
            }
        }
    }
}

impl IntoResponse for Page<'_> {
    fn into_response(self) -> Response {
        html_response(self.markup())
    }
}

fn html_response(markup: Markup) -> Response {
    ([(header::CONTENT_TYPE, "text/html; charset=utf-8")], markup.into_string()).into_response()
}

/// The page of an error, for people.
pub(crate) fn error(error: &Error) -> Response {
    let (status, title, code) = error.kind();
    let content = html! {
        h1 { (text::shown(&sentence(title))) }
        p { (text::shown(&sentence(&error.detail()))) "." }
        p { a href="/" { "Begin a new search" } " or " a href="/documents" { "see the list of documents" } "." }
        p.quiet { "Error " (status.as_u16()) ", " (code) }
    };
    let page = Page { title: &format!("{title} - Chapeau"), asked: &Asked::default(), content };
    let mut response = page.into_response();
    *response.status_mut() = status;
    error.with_headers(response)
}

/// A page, or the page of its error.
pub(crate) fn answered(page: Result<Markup, Error>) -> Response {
    match page {
        Ok(markup) => html_response(markup),
        Err(failed) => error(&failed),
    }
}

fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
