//! Character references of HTML in texts that are none: "&#x25cf;", "&amp;".

use std::borrow::Cow;

/// Names that people and converters write.
const NAMES: &[(&str, &str)] = &[
    ("amp", "&"),
    ("lt", "<"),
    ("gt", ">"),
    ("quot", "\""),
    ("apos", "'"),
    ("nbsp", "\u{a0}"),
    ("ndash", "–"),
    ("mdash", "—"),
    ("lsquo", "‘"),
    ("rsquo", "’"),
    ("ldquo", "“"),
    ("rdquo", "”"),
    ("bull", "•"),
    ("hellip", "…"),
    ("sect", "§"),
    ("deg", "°"),
    ("eacute", "é"),
];

/// Longest reference between "&" and ";", in bytes.
const LONGEST: usize = 10;

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
        None => NAMES.iter().find(|(known, _)| *known == name).map(|(_, letter)| (*letter).to_owned()),
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
