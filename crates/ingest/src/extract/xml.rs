//! XML as a stream of what opens, closes and stands between: no tree, so that no depth of nesting
//! and no size of a part can exhaust more than its own bytes.

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::entities;

/// What stands next in a part.
pub(super) enum Node<'a> {
    /// A start tag; an empty element is followed by its own end.
    Open(Element<'a>),
    /// An end tag, by its name without prefix.
    Close(&'a str),
    /// Words.
    Text(&'a str),
}

/// A start tag. Names are without prefix: the two dialects of the format (transitional and strict)
/// differ in the addresses of their namespaces and not in the names.
pub(super) struct Element<'a> {
    pub(super) name: &'a str,
    start: &'a BytesStart<'a>,
}

impl Element<'_> {
    /// The value of an attribute, by its name without prefix.
    pub(super) fn attribute(&self, name: &str) -> Option<String> {
        let found =
            self.start.attributes().flatten().find(|found| found.key.local_name().as_ref() == name)?;
        found.normalized_value(XmlVersion::Implicit1_0).ok().map(|value| value.trim().to_owned())
    }

    /// All attributes, by their names without prefix.
    pub(super) fn attributes(&self) -> Vec<(String, String)> {
        let found = self.start.attributes().flatten().filter_map(|found| {
            let value = found.normalized_value(XmlVersion::Implicit1_0).ok()?;
            Some((found.key.local_name().as_ref().to_owned(), value.trim().to_owned()))
        });
        found.collect()
    }

    /// The attribute `val`, in which most elements say all.
    pub(super) fn value(&self) -> Option<String> {
        self.attribute("val")
    }

    /// A whole number in an attribute; halves, which some writers use, are cut off.
    pub(super) fn number(&self, name: &str) -> Option<i64> {
        let value = self.attribute(name)?;
        let whole = value.split('.').next()?;
        whole.parse::<i32>().ok().map(i64::from)
    }

    /// Whether a switch is on: it is unless it says otherwise.
    pub(super) fn is_on(&self) -> bool {
        !matches!(self.value().as_deref(), Some("0" | "false" | "off" | "none"))
    }
}

/// Hands every node of a part to `take`.
///
/// # Errors
/// Where and why the XML breaks off; what stood before has been handed over.
pub(super) fn walk(xml: &str, mut take: impl FnMut(Node<'_>)) -> Result<(), String> {
    let mut reader = Reader::from_str(xml);
    let mut depth = 0_usize;
    loop {
        match reader.read_event() {
            Ok(Event::Start(start)) => {
                depth += 1;
                take(Node::Open(Element { name: start.local_name().as_ref(), start: &start }));
            }
            Ok(Event::Empty(start)) => {
                take(Node::Open(Element { name: start.local_name().as_ref(), start: &start }));
                take(Node::Close(start.local_name().as_ref()));
            }
            Ok(Event::End(end)) => {
                depth = depth.saturating_sub(1);
                take(Node::Close(end.local_name().as_ref()));
            }
            Ok(Event::Text(words)) => take(Node::Text(&words.xml10_content())),
            Ok(Event::CData(words)) => take(Node::Text(&words.xml10_content())),
            Ok(Event::GeneralRef(reference)) => take(Node::Text(&entities::resolved(&reference))),
            Ok(Event::Eof) if depth > 0 => return Err("it ends before its elements do".to_owned()),
            Ok(Event::Eof) => return Ok(()),
            Ok(_) => {}
            Err(error) => return Err(format!("at byte {}: {error}", reader.error_position())),
        }
    }
}
