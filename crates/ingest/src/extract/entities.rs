//! Character references: in XML, those of HTML included, and in texts that are neither ("&#x25cf;").

use std::borrow::Cow;

use quick_xml::escape::resolve_html5_entity;
use quick_xml::events::BytesRef;

/// Longest reference between "&" and ";", in bytes.
const LONGEST: usize = 10;

/// The letters that a reference in XML stands for. One that nobody knows, which only a document type could
/// tell, stays as it is written: nothing is left out.
pub(super) fn resolved(reference: &BytesRef<'_>) -> String {
    if let Ok(Some(letter)) = reference.resolve_char_ref() {
        return letter.to_string();
    }
    let name = reference.xml10_content();
    resolve_html5_entity(&name).map_or_else(|| format!("&{name};"), str::to_owned)
}

/// The text with the letters that its references stand for; what is none stays.
pub(super) fn decoded(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut decoded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        decoded.push_str(&rest[..at]);
        let after = &rest[at + 1..];
        let name = after[..after.floor_char_boundary(LONGEST + 1)].split_once(';').map(|(name, _)| name);
        match name.and_then(|name| Some((name, letter(name)?))) {
            Some((name, letter)) => {
                decoded.push_str(&letter);
                rest = &after[name.len() + 1..];
            }
            None => {
                decoded.push('&');
                rest = after;
            }
        }
    }
    decoded.push_str(rest);
    Cow::Owned(decoded)
}

fn letter(name: &str) -> Option<String> {
    let number = name.strip_prefix('#').map(|number| match number.strip_prefix(['x', 'X']) {
        Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16),
        None => number.parse(),
    });
    match number {
        Some(number) => char::from_u32(number.ok()?).filter(|c| !c.is_control()).map(String::from),
        None => resolve_html5_entity(name)
            .filter(|letters| !letters.contains(char::is_control))
            .map(str::to_owned),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_letters() {
        let check = |text: &str, expected: &str| assert_eq!(decoded(text), expected);
        check("Lamps &amp; wicks&#x25cf; &#8211; caf&eacute;", "Lamps & wicks● – café");
        check("A & B; R&D; &unknown; &#xD800; &#0; &", "A & B; R&D; &unknown; &#xD800; &#0; &");
        check("&é;&ééééééé;", "&é;&ééééééé;");
    }
}
