//! What the dialects of Markdown add: components, attributes, marks of boxes and of steps. A reader sees none of
//! them.

/// What of a line a reader sees; nothing of one that is only for the program that makes pages.
pub(super) fn read(words: &str) -> &str {
    if is_unseen(words) {
        return "";
    }
    // GOV.UK: "s1. Light the lamp." is a step, "^Lamps are hot.^" a box.
    if let Some(step) = words.strip_prefix('s')
        && step.starts_with(|c: char| c.is_ascii_digit())
        && step.trim_start_matches(|c: char| c.is_ascii_digit()).starts_with(". ")
    {
        return step;
    }
    match words.strip_prefix('^').and_then(|boxed| boxed.strip_suffix('^')) {
        Some(boxed) if !boxed.contains('^') => boxed.trim(),
        _ => words,
    }
}

fn is_unseen(words: &str) -> bool {
    let is_within = |start: &str, end: &str| words.starts_with(start) && words.ends_with(end);
    match words.as_bytes().first() {
        Some(b'<') => is_within("<!--", "-->") || is_within("<meta ", ">") || is_component(words),
        Some(b'{') => is_within("{%", "%}") || is_within("{{", "}}") || is_within("{:", "}"),
        Some(b'$') => is_box(&words[1..]),
        Some(b':') => words.starts_with(":::"),
        Some(b'[') => ["[[toc]]", "[toc]"].iter().any(|mark| words.eq_ignore_ascii_case(mark)),
        Some(b'i') => {
            words.starts_with("import ") && words.contains(" from ") && words.ends_with([';', '\'', '"'])
        }
        _ => false,
    }
}

/// `<Disclaimer />`: a component of a page, by its capital.
fn is_component(words: &str) -> bool {
    let name = words[1..].trim_start_matches('/');
    name.starts_with(|c: char| c.is_ascii_uppercase())
        && words.ends_with('>')
        && words.matches('<').count() == 1
}

/// `$C`, `$CTA`: where GOV.UK begins and ends a box.
fn is_box(name: &str) -> bool {
    (1..=3).contains(&name.len()) && name.bytes().all(|byte| byte.is_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn what_only_programs_read_goes() {
        for words in [
            "<!-- oil -->",
            "<Lamp />",
            "</Tabs>",
            "{: .lamp}",
            "{% toc %}",
            "$CTA",
            ":::note",
            "[TOC]",
            "import Lamp from './lamp';",
        ] {
            assert_eq!(read(words), "", "{words}");
        }
        for words in
            ["<LAMP> <OIL>", "import of lamps from towns", "$C 12", "^ Lamps", "[Lamps]", "s. 12 applies"]
        {
            assert_eq!(read(words), words);
        }
        assert_eq!(read("s2. Trim the wick."), "2. Trim the wick.");
        assert_eq!(read("^Lamps are hot.^"), "Lamps are hot.");
    }
}
