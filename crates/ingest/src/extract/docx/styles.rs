//! Styles: what their names and their ancestors make of a paragraph.

use std::collections::HashMap;

use super::look::{ParagraphLook, RunLook};
use crate::extract::xml::{Element, Node, walk};
use crate::lists;

/// Styles inherit from one another; more steps than this are a circle.
const MOST_ANCESTORS: usize = 32;

/// One style, with what it inherits.
#[derive(Clone, Debug, Default)]
pub(super) struct Style {
    pub(super) paragraph: ParagraphLook,
    pub(super) run: RunLook,
    /// Depth of the heading that its name calls it, from 1; or of an ancestor.
    pub(super) heading: Option<u8>,
    /// Whether it is that of a line in a table of contents.
    pub(super) is_contents: bool,
    /// Whether it is that of quotations.
    pub(super) is_quotation: bool,
    based_on: Option<String>,
}

/// The styles of a document.
#[derive(Debug, Default)]
pub(super) struct Styles {
    by_id: HashMap<String, Style>,
    /// The style of paragraphs that name none.
    normal: Style,
}

impl Styles {
    /// Reads `styles.xml`; broken XML gives what stood before the break.
    pub(super) fn read(xml: &str) -> Self {
        let mut reading = Reading::default();
        let _broken = walk(xml, |node| match node {
            Node::Open(element) => reading.open(&element),
            Node::Close(name) => reading.close(name),
            Node::Text(_) => {}
        });
        reading.finish()
    }

    /// The style of a paragraph; the document's usual one where it names none that is known.
    pub(super) fn of(&self, id: Option<&str>) -> &Style {
        id.and_then(|id| self.by_id.get(id)).unwrap_or(&self.normal)
    }

    /// What a character style says.
    pub(super) fn run(&self, id: Option<&str>) -> RunLook {
        id.and_then(|id| self.by_id.get(id)).map(|style| style.run.clone()).unwrap_or_default()
    }
}

#[derive(Default)]
struct Reading {
    styles: HashMap<String, Style>,
    defaults: Style,
    /// The id of the style of paragraphs that name none.
    normal: Option<String>,
    /// The style being read.
    open: Option<(String, Style)>,
    in_run: bool,
}

impl Reading {
    fn open(&mut self, element: &Element<'_>) {
        match element.name {
            "style" => self.begin(element),
            "rPr" => self.in_run = true,
            name if name.ends_with("Change") => {}
            _ => self.property(element),
        }
    }

    fn begin(&mut self, element: &Element<'_>) {
        let id = element.attribute("styleId").unwrap_or_default();
        let is_default = matches!(element.attribute("default").as_deref(), Some("1" | "true" | "on"));
        if is_default && element.attribute("type").as_deref() == Some("paragraph") {
            self.normal = Some(id.clone());
        }
        self.open = Some((id, Style::default()));
    }

    fn property(&mut self, element: &Element<'_>) {
        let style = self.open.as_mut().map_or(&mut self.defaults, |(_, style)| style);
        match element.name {
            "name" => {
                let name = element.value().unwrap_or_default().to_lowercase();
                style.heading = heading_depth(&name);
                style.is_quotation = QUOTATIONS.contains(&name.as_str());
                style.is_contents =
                    name.strip_prefix("toc ").is_some_and(|level| level.parse::<u8>().is_ok());
            }
            "basedOn" => style.based_on = element.value(),
            _ if self.in_run => style.run.take(element),
            _ => style.paragraph.take(element),
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "rPr" => self.in_run = false,
            "style" => self.styles.extend(self.open.take()),
            _ => {}
        }
    }

    fn finish(self) -> Styles {
        let by_id: HashMap<String, Style> =
            self.styles.iter().map(|(id, style)| (id.clone(), self.resolved(id, style))).collect();
        let normal = self.normal.as_ref().and_then(|id| by_id.get(id)).unwrap_or(&self.defaults).clone();
        Styles { by_id, normal }
    }

    fn resolved(&self, id: &str, style: &Style) -> Style {
        let mut found = style.clone();
        let mut next = style.based_on.as_ref();
        for _ in 0..MOST_ANCESTORS {
            let Some(ancestor) = next.and_then(|id| self.styles.get(id)) else { break };
            found.paragraph = found.paragraph.or(&ancestor.paragraph);
            found.run = found.run.or(&ancestor.run);
            found.heading = found.heading.or(ancestor.heading);
            found.is_contents |= ancestor.is_contents;
            found.is_quotation |= ancestor.is_quotation;
            next = ancestor.based_on.as_ref();
        }
        found.paragraph = found.paragraph.or(&self.defaults.paragraph);
        found.run = found.run.or(&self.defaults.run);
        found.paragraph.style = Some(id.to_owned());
        found
    }
}

const TITLES: &[&str] = &["title", "titre", "título", "titulo", "titel", "document title"];

const QUOTATIONS: &[&str] =
    &["quote", "intense quote", "quotations", "block text", "citation", "cita", "zitat"];

/// The depth that the name of a style gives its paragraphs: "heading 2" is 2, "Title" is 1.
fn heading_depth(name: &str) -> Option<u8> {
    if TITLES.contains(&name) {
        return Some(1);
    }
    let rest = lists::HEADING_STYLES.iter().find_map(|word| name.strip_prefix(word))?;
    rest.trim().parse::<u8>().ok().filter(|depth| (1..=9).contains(depth))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_styles_give_depths() {
        for (name, depth) in
            [("heading 1", 1), ("titre 2", 2), ("título 3", 3), ("title", 1), ("überschrift 4", 4)]
        {
            assert_eq!(heading_depth(name), Some(depth), "{name}");
        }
        for name in ["heading", "heading 12", "header", "titles of works", "normal", "heading 1 char"] {
            assert_eq!(heading_depth(name), None, "{name}");
        }
    }

    #[test]
    fn styles_inherit_and_circles_end() {
        let styles = Styles::read(
            "<styles><docDefaults><rPr><sz val='22'/></rPr></docDefaults>\
             <style styleId='a'><name val='heading 2'/><rPr><b/></rPr></style>\
             <style styleId='b'><name val='Ours'/><basedOn val='a'/><pPr><jc val='center'/></pPr></style>\
             <style styleId='c'><basedOn val='d'/></style><style styleId='d'><basedOn val='c'/></style></styles>",
        );
        let style = styles.of(Some("b"));
        assert_eq!((style.heading, style.run.bold, style.run.size), (Some(2), Some(true), Some(22)));
        assert_eq!(style.paragraph.centred, Some(true));
        assert_eq!(styles.of(Some("c")).heading, None);
        assert_eq!(styles.of(Some("unknown")).run.size, Some(22));
    }
}
