//! What the elements of a page do to the words inside them.

use super::attributes::Attributes;
use super::eurlex::{self, Named};

/// What holds for the words inside an element; each element inherits it from the one around it,
/// so that no depth of nesting needs more than its own copy.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Context {
    /// Not shown: script, style, hidden.
    pub(super) skipped: bool,
    pub(super) bold: bool,
    pub(super) italic: bool,
    /// White space counts.
    pub(super) preformatted: bool,
    pub(super) quotation: bool,
    pub(super) centred: bool,
    pub(super) raised: bool,
    /// Inside the frame around the text.
    pub(super) furniture: bool,
    /// Inside a section that gives the page its content; a header there belongs to the text.
    pub(super) content: bool,
    /// Depth of the heading that the words belong to; 0 outside headings.
    pub(super) heading: u8,
    /// Nesting of lists.
    pub(super) list_depth: u8,
    /// What the classes of EUR-Lex say of the words.
    pub(super) named: Option<Named>,
    /// The note that the words belong to: its place among the notes, from 1; 0 outside notes.
    pub(super) note: u32,
}

impl Context {
    /// The context inside an element.
    pub(super) fn inside(mut self, name: &str, attributes: &Attributes<'_>) -> Self {
        self.skipped |= is_skipped(name) || is_hidden(name, attributes);
        match name {
            "b" | "strong" | "th" => self.bold = true,
            "i" | "em" | "cite" | "dfn" | "var" => self.italic = true,
            "pre" | "textarea" | "listing" | "xmp" => self.preformatted = true,
            "blockquote" => self.quotation = true,
            "center" => self.centred = true,
            "sup" => self.raised = true,
            "main" | "article" | "section" => self.content = true,
            "ul" | "ol" | "menu" | "dir" => self.list_depth = self.list_depth.saturating_add(1),
            _ => self.heading = heading_depth(name).unwrap_or(self.heading),
        }
        if attributes.get("role") == Some("heading") {
            let level = attributes.get("aria-level").and_then(|level| level.parse().ok());
            self.heading = level.unwrap_or(2_u8).clamp(1, 9);
        }
        self.named = attributes.get("class").and_then(eurlex::named).or(self.named);
        self.styled(attributes)
    }

    fn styled(mut self, attributes: &Attributes<'_>) -> Self {
        if let Some(align) = attributes.get("align").or_else(|| attributes.style("text-align")) {
            self.centred = align.eq_ignore_ascii_case("center");
        }
        if let Some(weight) = attributes.style("font-weight") {
            self.bold = weight.starts_with("bold") || weight.parse().is_ok_and(|weight: u16| weight >= 600);
        }
        if let Some(style) = attributes.style("font-style") {
            self.italic = style == "italic" || style == "oblique";
        }
        self.raised |= is_raised(attributes);
        self
    }
}

/// Points below which letters that are moved up or down are those of a mark.
const SMALL: f32 = 7.5;

fn is_raised(attributes: &Attributes<'_>) -> bool {
    let points = attributes.style("font-size").and_then(|size| size.strip_suffix("pt")?.trim().parse().ok());
    match attributes.style("vertical-align") {
        Some("super") => true,
        Some("middle" | "top" | "text-top") => points.is_some_and(|points: f32| points < SMALL),
        _ => attributes.has_word("class", &["super", "oj-super"]),
    }
}

/// 1 to 6 for `<h1>` to `<h6>`.
pub(super) fn heading_depth(name: &str) -> Option<u8> {
    match name.as_bytes() {
        [b'h', depth @ b'1'..=b'6'] => Some(depth - b'0'),
        _ => None,
    }
}

/// Elements without an end tag (HTML standard, "void elements", with the obsolete ones).
pub(super) fn is_void(name: &str) -> bool {
    VOID.contains(&name)
}

const VOID: &[&str] = &[
    "area", "base", "basefont", "bgsound", "br", "col", "embed", "frame", "hr", "img", "input", "keygen",
    "link", "meta", "param", "source", "track", "wbr",
];

/// Elements that stand in a line; every other one begins and ends a line.
pub(super) fn is_inline(name: &str) -> bool {
    INLINE.contains(&name) || name.contains(':')
}

const INLINE: &[&str] = &[
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font",
    "i", "ins", "kbd", "label", "mark", "math", "nobr", "q", "rb", "rt", "ruby", "s", "samp", "script",
    "small", "span", "strike", "strong", "style", "sub", "sup", "svg", "template", "time", "tt", "u", "var",
    "wbr", "img", "input", "button", "select", "noscript", "object", "embed", "link", "meta",
];

/// Whether an element stands in a line, by its name or by the class that says so.
pub(super) fn is_in_line(name: &str, attributes: &Attributes<'_>) -> bool {
    is_inline(name) || attributes.has_word("class", &["inline-element"])
}

/// Elements whose content is no text of the page.
fn is_skipped(name: &str) -> bool {
    SKIPPED.contains(&name)
}

const SKIPPED: &[&str] = &[
    "script", "style", "template", "noscript", "noframes", "noembed", "svg", "select", "button", "textarea",
    "object", "iframe", "canvas", "audio", "video", "datalist", "rp",
];

fn is_hidden(name: &str, attributes: &Attributes<'_>) -> bool {
    attributes.get("hidden").is_some()
        || attributes.style("display") == Some("none")
        || attributes.style("visibility") == Some("hidden")
        || (name == "dialog" && attributes.get("open").is_none())
}

/// Whether an element is the frame around a page and not its text. A header or footer inside an
/// article belongs to it: the title often stands there.
pub(super) fn is_furniture(name: &str, attributes: &Attributes<'_>, around: Context) -> bool {
    let role = attributes.get("role").unwrap_or_default();
    // An aside with a name or a role may be a note.
    let is_plain = role.is_empty() && attributes.get("id").is_none() && attributes.get("epub:type").is_none();
    name == "nav"
        || attributes.get("id") == Some("banner")
        || (name == "aside" && is_plain && !around.content)
        || matches!(role, "navigation" | "search" | "banner" | "contentinfo")
        || (!around.content && matches!(name, "header" | "footer"))
}
