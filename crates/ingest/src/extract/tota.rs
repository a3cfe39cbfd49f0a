//! The XML of the Texts of Trade Agreements collection: metadata, chapters, articles.

use chapeau_document::{Date, Kind, Level, Metadata, Origin, Sourced, Status};
use quick_xml::Reader;
use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};

use super::{entities, text};
use crate::{Extracted, ExtractedPage, Line, Role, Warning};

/// Reads an agreement. XML that breaks off gives what stood before the break, and a warning.
pub(super) fn extract(xml: &str) -> Extracted {
    let mut treaty = Treaty::default();
    let mut reader = Reader::from_str(xml);
    reader.config_mut().check_end_names = false;
    loop {
        match reader.read_event() {
            Ok(Event::Start(element)) => treaty.open(&element),
            Ok(Event::Empty(element)) => {
                treaty.open(&element);
                treaty.close();
            }
            Ok(Event::End(_)) => treaty.close(),
            Ok(Event::Text(words)) => treaty.words.push_str(&words.xml10_content()),
            Ok(Event::CData(words)) => treaty.words.push_str(&words.xml10_content()),
            Ok(Event::GeneralRef(reference)) => treaty.words.push_str(&entities::resolved(&reference)),
            Ok(Event::Eof) => break,
            Ok(_) => {}
            Err(error) => {
                treaty.warn(format!("the XML breaks off at byte {}: {error}", reader.error_position()));
                break;
            }
        }
    }
    treaty.finish()
}

#[derive(Default)]
struct Treaty {
    /// The elements that are open, and whether each is in the body.
    open: Vec<String>,
    /// The words since the last tag.
    words: String,
    lines: Vec<Line>,
    metadata: Metadata,
    warnings: Vec<Warning>,
}

impl Treaty {
    fn open(&mut self, element: &BytesStart<'_>) {
        self.flush();
        let name = element.local_name().as_ref().to_owned();
        match name.as_str() {
            "chapter" => self.heading(element, Level::Chapter, 1),
            "article" => self.heading(element, Level::Article, 2),
            _ => {}
        }
        let is_full_text = attribute(element, "type").as_deref() == Some("full text");
        self.open.push(if name == "source" && !is_full_text { "annex source".to_owned() } else { name });
    }

    fn close(&mut self) {
        self.flush();
        self.open.pop();
    }

    /// The words so far belong to the innermost element that is open.
    fn flush(&mut self) {
        let words = std::mem::take(&mut self.words);
        let in_body = self.open.iter().any(|name| name == "body");
        if in_body {
            self.body(&words);
        } else if let Some(element) = self.open.last().cloned() {
            self.meta(&element, words.trim());
        }
    }

    fn body(&mut self, words: &str) {
        for page in text::extract(words).pages {
            self.lines.extend(page.lines);
        }
    }

    fn heading(&mut self, element: &BytesStart<'_>, level: Level, depth: u8) {
        let label = attribute(element, "number").filter(|label| !label.is_empty());
        let title = attribute(element, "name").filter(|title| !title.is_empty());
        let parts: Vec<&str> = [&label, &title].into_iter().flatten().map(String::as_str).collect();
        let text = parts.join(" ");
        if text.is_empty() {
            return;
        }
        let level = label.as_deref().map_or(level, |label| level_of(label, level));
        let role = Role::Heading { level, depth, label, title };
        let line = Line { text, role, space_above: 1.0, size: 1.0, whole: true, ..Line::default() };
        self.lines.push(line);
    }

    fn meta(&mut self, element: &str, words: &str) {
        if words.is_empty() {
            return;
        }
        let metadata = &mut self.metadata;
        match element {
            "name" => metadata.title = embedded(words.to_owned()),
            "status" => metadata.status = embedded(status(words)),
            "language" => metadata.language = embedded(words.to_ascii_lowercase()),
            "source" if metadata.url.is_none() => metadata.url = embedded(words.to_owned()),
            "partyisocode" => {
                let known = metadata.parties.iter().any(|party| party.value == words);
                metadata.parties.extend((!known).then(|| Sourced::new(words.to_owned(), Origin::Embedded)));
            }
            "date_signed" | "date_into_force" => self.date(element, words),
            _ => {}
        }
    }

    fn date(&mut self, element: &str, words: &str) {
        let Ok(date) = words.parse::<Date>() else {
            return self.warn(format!("found the {element} \"{words}\", want a date as 2011-12-17"));
        };
        match element {
            "date_signed" => self.metadata.date_adopted = embedded(date),
            _ => self.metadata.date_in_force = embedded(date),
        }
    }

    fn warn(&mut self, message: String) {
        self.warnings.push(Warning { page: None, message });
    }

    fn finish(mut self) -> Extracted {
        self.flush();
        self.metadata.kind = embedded(Kind::Agreement);
        let page = ExtractedPage { number: 1, label: None, lines: self.lines };
        Extracted {
            pages: vec![page],
            embedded: self.metadata,
            warnings: self.warnings,
            ..Extracted::default()
        }
    }
}

fn embedded<T>(value: T) -> Option<Sourced<T>> {
    Some(Sourced::new(value, Origin::Embedded))
}

fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let attribute = element.try_get_attribute(name).ok().flatten()?;
    let value = attribute.normalized_value(XmlVersion::Implicit1_0).ok()?;
    Some(value.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// What the collection calls a chapter may be a title or a part; the printed number says so.
fn level_of(label: &str, level: Level) -> Level {
    let word = label.split_whitespace().next().unwrap_or_default().to_uppercase();
    match word.as_str() {
        "TITLE" | "PART" | "TITRE" | "PARTIE" | "TÍTULO" | "TITULO" | "PARTE" => Level::Part,
        "SECTION" | "SECCIÓN" | "SECCION" => Level::Section,
        "ANNEX" | "ANNEXE" | "ANEXO" | "APPENDIX" | "PROTOCOL" => Level::Annex,
        _ => level,
    }
}

/// The collection's words for how far an agreement has come. "Early announcement-Signed" is
/// signed and not in force.
fn status(words: &str) -> Status {
    match words.to_ascii_lowercase().as_str() {
        "in force" => Status::InForce,
        "inactive" => Status::Superseded,
        signed if signed.contains("signed") => Status::Adopted,
        _ => Status::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TREATY: &str = r#"<?xml version="1.0"?>
<treaty><meta><name>A &amp; B</name><status>In Force</status><date_signed>2004-01-28</date_signed>
<date_into_force>soon</date_into_force><date_inactive/><language>es</language>
<parties_original><partyisocode n="1">AAA</partyisocode></parties_original>
<parties><partyisocode n="1">AAA</partyisocode><partyisocode n="2">BBB</partyisocode></parties>
<source lang="en" type="annex">http://annex</source>
<source lang="en" type="full text">http://text?a=1&amp;b=2</source></meta>
<body><chapter name="Preamble"><article>Desiring to
 trade,

Agree:</article></chapter>
<chapter number="TITLE I" name="Goods"><article number="ARTICLE 2" name="Scope">1. X &lt; Y &#233;</article></chapter></body></treaty>"#;

    #[test]
    fn an_agreement_keeps_its_structure() {
        let extracted = extract(TREATY);
        let lines: Vec<&str> = extracted.pages[0].lines.iter().map(|line| line.text.as_str()).collect();
        let expected =
            ["Preamble", "Desiring to", "trade,", "Agree:", "TITLE I Goods", "ARTICLE 2 Scope", "1. X < Y é"];
        assert_eq!(lines, expected);
        let expected = Role::Heading {
            level: Level::Article,
            depth: 2,
            label: Some("ARTICLE 2".to_owned()),
            title: Some("Scope".to_owned()),
        };
        assert_eq!(extracted.pages[0].lines[5].role, expected);
    }

    #[test]
    fn metadata_is_embedded() {
        let extracted = extract(TREATY);
        let metadata = extracted.embedded;
        assert_eq!(metadata.title, embedded("A & B".to_owned()));
        assert_eq!(metadata.url, embedded("http://text?a=1&b=2".to_owned()));
        assert_eq!(metadata.status(), Status::InForce);
        assert_eq!(metadata.date().map(|date| date.to_string()).as_deref(), Some("2004-01-28"));
        assert_eq!(metadata.language(), "es");
        let parties: Vec<&str> = metadata.parties.iter().map(|party| party.value.as_str()).collect();
        assert_eq!(parties, ["AAA", "BBB"]);
        assert_eq!(extracted.warnings.len(), 1, "{:?}", extracted.warnings);
    }

    #[test]
    fn references_are_letters_or_stay() {
        let xml = "<treaty><body><article number='1'>r&eacute;gime 100&nbsp;% &euro; &#38; &lt; &odd;</article></body></treaty>";
        let extracted = extract(xml);
        let words: Vec<&str> = extracted.pages[0].lines.iter().map(|line| line.text.as_str()).collect();
        assert!(words.iter().any(|words| words.ends_with("régime 100\u{a0}% € & < &odd;")), "{words:?}");
    }

    #[test]
    fn broken_xml_gives_what_stood_before_the_break() {
        let extracted = extract("<treaty><body><article number='1'>words <");
        assert_eq!(extracted.pages[0].lines.last().map(|line| line.text.as_str()), Some("words"));
        assert_eq!(extracted.warnings.len(), 1);
        for xml in ["<treaty", "</treaty></a>", "<treaty>&unknown;&#xFFFFFFFF;", "<article number=x>"] {
            extract(xml);
        }
    }
}
