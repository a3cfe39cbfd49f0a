//! What a page says of itself: title, `<meta>`, language, address.

use chapeau_document::{Date, Metadata, registry};

use super::attributes::Attributes;
use super::eurlex::{self, Named};
use crate::extract::properties::{self, embedded, likely};

/// What a page says of itself.
#[derive(Debug, Default)]
pub(super) struct Head {
    title: String,
    language: Option<String>,
    url: Option<String>,
    /// Names and contents of `<meta>`, names in small letters.
    meta: Vec<(String, String)>,
    /// The lines that the classes of EUR-Lex call the act's title, and where in the page they end.
    act_title: Vec<String>,
    act_title_end: usize,
    issued: Option<Date>,
}

/// Names of `<meta>` by what they mean, the most deliberate first: library catalogues' names
/// before those of sharing buttons (Dublin Core; the names that Google Scholar reads; Open Graph).
const TITLES: &[&str] = &["citation_title", "dc.title", "dcterms.title", "og:title"];
const AUTHORS: &[&str] = &["citation_author", "dc.creator", "dcterms.creator", "author"];
const DATES: &[&str] = &[
    "citation_publication_date",
    "citation_date",
    "dcterms.issued",
    "dc.date.issued",
    "dc.date",
    "dcterms.date",
    "article:published_time",
];
const PUBLISHERS: &[&str] = &["citation_publisher", "dc.publisher", "dcterms.publisher"];
const SITES: &[&str] = &["og:site_name", "application-name", "author"];
const LANGUAGES: &[&str] = &["dc.language", "dcterms.language", "citation_language", "content-language"];

impl Head {
    /// Takes what a start tag says of the page.
    pub(super) fn element(&mut self, name: &str, attributes: &Attributes<'_>) {
        match name {
            "html" | "body" => {
                let language = attributes.get("lang").or_else(|| attributes.get("xml:lang"));
                self.language = self.language.take().or(language.map(str::to_owned));
            }
            "link" if attributes.has_word("rel", &["canonical"]) => {
                self.url = attributes.get("href").map(str::to_owned);
            }
            "meta" => self.meta(attributes),
            _ => {}
        }
    }

    fn meta(&mut self, attributes: &Attributes<'_>) {
        let names = ["name", "property", "http-equiv"];
        let name = names.iter().find_map(|kind| attributes.get(kind));
        if let (Some(name), Some(content)) = (name, attributes.get("content")) {
            self.meta.push((name.to_ascii_lowercase(), content.to_owned()));
        }
    }

    /// A line that its classes name; `n_lines` stand before it. A title ends where other words come.
    pub(super) fn named_line(&mut self, named: Named, text: &str, n_lines: usize) {
        match named {
            Named::IssueDate => self.issued = self.issued.or_else(|| eurlex::date(text)),
            Named::Title if self.act_title.is_empty() || self.act_title_end == n_lines => {
                self.act_title.push(text.to_owned());
                self.act_title_end = n_lines + 1;
            }
            _ => {}
        }
    }

    /// Words inside `<title>`.
    pub(super) fn title_words(&mut self, words: &str) {
        self.title.push_str(words);
    }

    /// The first value of the first of `names` that the page gives.
    fn value(&self, names: &[&str]) -> Option<&str> {
        names.iter().find_map(|name| self.values(name).next())
    }

    fn values<'a, 'n>(&'a self, name: &'n str) -> impl Iterator<Item = &'a str> + use<'a, 'n> {
        let same = self.meta.iter().filter(move |(known, _)| known == name);
        same.map(|(_, content)| content.trim()).filter(|content| !content.is_empty())
    }

    /// Who published the page: as its catalogue entry says, or the site, where that is named as a body is.
    fn body(&self) -> Option<String> {
        let known = |name: &str| registry::body_named(name.trim()).map(|body| body.name.to_owned());
        let publisher = self.value(PUBLISHERS).map(|name| known(name).unwrap_or_else(|| name.to_owned()));
        publisher
            .filter(|name| name.len() <= 100 && !name.contains("://"))
            .or_else(|| SITES.iter().find_map(|site| known(self.value(&[site])?)))
    }

    /// As metadata. `heading` is the page's first heading, `text` its words.
    pub(super) fn metadata(&self, heading: Option<&str>, text: &str) -> Metadata {
        let title = self.value(TITLES).unwrap_or(&self.title);
        let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
        let language = self.language.as_deref().or_else(|| self.value(LANGUAGES));
        let authors =
            AUTHORS.iter().map(|name| self.values(name).collect::<Vec<_>>()).find(|all| !all.is_empty());
        let url = self.url.as_deref().or_else(|| self.value(&["og:url"])).filter(|url| url.contains("://"));
        // What the page prints as title and date of the act is surer than what it says of itself.
        let act_title = eurlex::title(&self.act_title).and_then(embedded);
        Metadata {
            title: act_title.or_else(|| properties::title(without_site(&title, heading)).and_then(likely)),
            author: authors.map(|all| all.join("; ")).and_then(likely),
            date_issued: self
                .issued
                .and_then(embedded)
                .or_else(|| self.value(DATES).and_then(date).and_then(likely)),
            language: language.and_then(|code| properties::language(code, text)).and_then(likely),
            body: self.body().and_then(properties::property),
            url: url.map(str::to_owned).and_then(embedded),
            ..Metadata::default()
        }
    }
}

/// "WTO | Ministerial Decision of 7 December" is the heading with the name of the site around it.
fn without_site<'a>(title: &'a str, heading: Option<&'a str>) -> &'a str {
    let same = |heading: &&str| heading.len() > 3 && title.to_lowercase().contains(&heading.to_lowercase());
    heading.filter(same).unwrap_or(title)
}

/// A day as ISO 8601 or with slashes, whatever time follows.
fn date(written: &str) -> Option<Date> {
    written.get(..10)?.replace('/', "-").parse().ok()
}
