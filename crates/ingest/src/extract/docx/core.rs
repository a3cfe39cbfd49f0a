//! What a package says of itself in `docProps/core.xml`, and what of it is believed.

use std::collections::HashMap;

use chapeau_document::{Metadata, registry};

use crate::extract::properties::{self, embedded, property};
use crate::extract::xml::{Node, walk};

/// The beginning of a text, in bytes, in which its own title and author stand.
const BEGINNING: usize = 4000;

/// The metadata that a package says and its text bears out: documents are made from other
/// documents, whose title and author they keep. The day on which the file was made is left out:
/// it is neither that of adoption nor that of issue, and a wrong date costs more than none.
pub(super) fn metadata(xml: &str, text: &str) -> Metadata {
    let said = said(xml);
    let beginning = text[..text.floor_char_boundary(BEGINNING)].to_lowercase();
    let is_borne_out = |value: &String| {
        let value = value.to_lowercase();
        value
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .all(|word| beginning.split(|c: char| !c.is_alphanumeric()).any(|other| other == word))
    };
    let said = |name: &str| said.get(name).map(String::as_str);
    let author = said("creator")
        .map(str::to_owned)
        .filter(|name| name.contains(' ') && name.len() < 100 && is_borne_out(name));
    Metadata {
        title: said("title").and_then(properties::title).filter(is_borne_out).and_then(property),
        body: said("creator")
            .and_then(|name| registry::body_named(name.trim()))
            .and_then(|body| property(body.name.to_owned())),
        author: author.and_then(property),
        language: said("language").and_then(|code| properties::language(code, text)).and_then(embedded),
        ..Metadata::default()
    }
}

fn said(xml: &str) -> HashMap<String, String> {
    let mut said: HashMap<String, String> = HashMap::new();
    let mut open = String::new();
    let _broken = walk(xml, |node| match node {
        Node::Open(element) => element.name.clone_into(&mut open),
        Node::Close(_) => open.clear(),
        Node::Text(words) if !open.is_empty() => said.entry(open.clone()).or_default().push_str(words),
        Node::Text(_) => {}
    });
    said
}
