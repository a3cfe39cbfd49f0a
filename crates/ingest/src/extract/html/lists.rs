//! Lists: how deep, how counted, and the marker that a browser prints before an item.

use super::attributes::Attributes;
use crate::extract::ordinal::{AfterZ, Ordinal, print};

/// The lists that are open.
#[derive(Debug, Default)]
pub(super) struct Lists {
    open: Vec<List>,
}

#[derive(Debug)]
struct List {
    /// `None`: bullets, or no marker at all.
    ordinal: Option<Ordinal>,
    next: i64,
    step: i64,
}

impl Lists {
    /// A list begins.
    pub(super) fn open(&mut self, name: &str, attributes: &Attributes<'_>) {
        let declared = attributes.style("list-style-type").or_else(|| attributes.style("list-style"));
        let ordinal = match (declared, name) {
            (Some(style), _) => ordinal_of_style(style, name == "ol"),
            (None, "ol") => Some(ordinal_of_type(attributes.get("type").unwrap_or_default())),
            (None, _) => None,
        };
        let next = number(attributes.get("start")).unwrap_or(1);
        let step = if attributes.get("reversed").is_some() { -1 } else { 1 };
        self.open.push(List { ordinal, next, step });
    }

    /// The innermost list ends.
    pub(super) fn close(&mut self) {
        self.open.pop();
    }

    /// The marker of the next item of the innermost list: "1.", "a."; none for a bullet.
    pub(super) fn item(&mut self, attributes: &Attributes<'_>) -> Option<String> {
        let list = self.open.last_mut()?;
        let value = number(attributes.get("value")).unwrap_or(list.next);
        list.next = value.saturating_add(list.step);
        let ordinal = attributes.get("type").map(ordinal_of_type).or(list.ordinal);
        list.ordinal.and(ordinal).map(|ordinal| format!("{}.", print(value, ordinal, AfterZ::Count)))
    }
}

fn number(written: Option<&str>) -> Option<i64> {
    written?.parse::<i32>().ok().map(i64::from)
}

fn ordinal_of_type(kind: &str) -> Ordinal {
    match kind {
        "a" => Ordinal::LowerLetter,
        "A" => Ordinal::UpperLetter,
        "i" => Ordinal::LowerRoman,
        "I" => Ordinal::UpperRoman,
        _ => Ordinal::Decimal,
    }
}

fn ordinal_of_style(style: &str, is_ordered: bool) -> Option<Ordinal> {
    style
        .split_whitespace()
        .find_map(|word| match word {
            "decimal" => Some(Some(Ordinal::Decimal)),
            "decimal-leading-zero" => Some(Some(Ordinal::DecimalZero)),
            "lower-alpha" | "lower-latin" => Some(Some(Ordinal::LowerLetter)),
            "upper-alpha" | "upper-latin" => Some(Some(Ordinal::UpperLetter)),
            "lower-roman" => Some(Some(Ordinal::LowerRoman)),
            "upper-roman" => Some(Some(Ordinal::UpperRoman)),
            "none" | "disc" | "circle" | "square" => Some(None),
            _ => None,
        })
        .unwrap_or(is_ordered.then_some(Ordinal::Decimal))
}

/// Whether a text begins with a number or letter of its own: "(a) ", "1. ", "iv) ". Then the page
/// hides the automatic one by its style sheet.
pub(super) fn is_numbered(text: &str) -> bool {
    let word = text.split_whitespace().next().unwrap_or_default();
    let inside = word.trim_start_matches(['(', '[']).trim_end_matches([')', '.', ']']);
    let is_enclosed = inside.len() < word.len() && word.ends_with([')', '.', ']']);
    let is_number = !inside.is_empty() && inside.split('.').all(is_ordinal);
    is_enclosed && is_number
}

fn is_ordinal(part: &str) -> bool {
    let is_number = part.len() <= 3 && part.bytes().all(|byte| byte.is_ascii_digit());
    let is_letter = part.len() == 1 && part.bytes().all(|byte| byte.is_ascii_alphabetic());
    let is_roman = part.len() <= 6 && part.bytes().all(|byte| b"ivxlcIVXLC".contains(&byte));
    !part.is_empty() && (is_number || is_letter || is_roman)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn printed_numbers_are_seen() {
        for text in ["1. x", "(a) x", "iv) x", "[2] x", "1.2. x", "B. x"] {
            assert!(is_numbered(text), "{text}");
        }
        for text in ["x", "a x", "(shall) x", "1 x", "2013. x", "", "()", "I agree."] {
            assert!(!is_numbered(text), "{text}");
        }
    }
}
