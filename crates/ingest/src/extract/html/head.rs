//! What a page says of itself: title, `<meta>`, language, address.

use chapeau_document::{Date, Metadata};

use super::attributes::Attributes;
use crate::extract::properties::{self, embedded};

/// What a page says of itself.
#[derive(Debug, Default)]
pub(super) struct Head {
    title: String,
    language: Option<String>,
    url: Option<String>,
    /// Names and contents of `<meta>`, names in small letters.
    meta: Vec<(String, String)>,
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

    /// As metadata. `heading` is the page's first heading, `text` its words.
    pub(super) fn metadata(&self, heading: Option<&str>, text: &str) -> Metadata {
        let title = self.value(TITLES).unwrap_or(&self.title);
        let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
        let language = self.language.as_deref().or_else(|| self.value(LANGUAGES));
        let authors =
            AUTHORS.iter().map(|name| self.values(name).collect::<Vec<_>>()).find(|all| !all.is_empty());
        let url = self.url.as_deref().or_else(|| self.value(&["og:url"])).filter(|url| url.contains("://"));
        Metadata {
            title: properties::title(without_site(&title, heading)).and_then(embedded),
            author: authors.map(|all| all.join("; ")).and_then(embedded),
            date_issued: self.value(DATES).and_then(date).and_then(embedded),
            language: language.and_then(|code| properties::language(code, text)).and_then(embedded),
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
