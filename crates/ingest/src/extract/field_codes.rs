//! Codes of Word's fields that a converter left in a plain text: "PAGEREF _Toc48504 \h 1". What a
//! field shows stays, its code goes.

use std::borrow::Cow;

/// Names of fields, each with what its code goes on with; without that the word is a word.
const FIELDS: &[(&str, &[&str])] = &[
    ("PAGEREF", &["_"]),
    ("HYPERLINK", &["\"", "\\"]),
    ("TOC", &["\\"]),
    ("REF", &["_"]),
    ("NOTEREF", &["_"]),
];

/// Longest address in a code, in bytes.
const LONGEST_ADDRESS: usize = 1000;

/// The line without codes of fields.
pub(super) fn without_codes(line: &str) -> Cow<'_, str> {
    if memchr::memchr2(b'\\', b'"', line.as_bytes()).is_none() {
        return Cow::Borrowed(line);
    }
    let mut kept = String::new();
    let mut from = 0;
    while let Some((start, end)) = next_code(line, from) {
        kept.push_str(line[from..start].trim_end());
        kept.push(' ');
        from = end;
    }
    if from == 0 {
        return Cow::Borrowed(line);
    }
    kept.push_str(line[from..].trim_start());
    Cow::Owned(kept)
}

/// Where the next code begins and ends.
fn next_code(line: &str, from: usize) -> Option<(usize, usize)> {
    let found = FIELDS.iter().filter_map(|(name, goes_on)| {
        let starts = line[from..].match_indices(name).map(|(at, _)| from + at);
        let mut codes = starts.filter_map(|start| {
            let is_word = !line[..start].ends_with(char::is_alphanumeric);
            let arguments = line[start + name.len()..].trim_start_matches(' ');
            let is_code = is_word
                && arguments.len() < line.len() - start - name.len()
                && goes_on.iter().any(|mark| arguments.starts_with(mark));
            is_code.then(|| (start, line.len() - after_arguments(arguments).len()))
        });
        codes.next()
    });
    found.min()
}

/// What stands behind the arguments of a field: names, switches, words in quotation marks.
fn after_arguments(arguments: &str) -> &str {
    let mut rest = arguments;
    loop {
        let next = rest.trim_start_matches(' ');
        let after = match next.as_bytes().first() {
            Some(b'"') => {
                let within = &next[1..next.floor_char_boundary(LONGEST_ADDRESS)];
                within.find('"').and_then(|end| next.get(end + 2..))
            }
            Some(b'\\' | b'_') => Some(next.trim_start_matches(|c: char| !c.is_whitespace())),
            _ => None,
        };
        match after {
            Some(after) => rest = after,
            None => return rest,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &str, expected: &str) {
        assert_eq!(without_codes(line).trim(), expected);
    }

    #[test]
    fn codes_of_fields_are_no_words() {
        check("A.\tOIL OF LAMPS\t PAGEREF _Toc48504 \\H 12", "A.\tOIL OF LAMPS 12");
        check(" TOC \\O \"1-3\" \\Z \\U \\T \"TITLE\" A.\tWICKS\t PAGEREF _TOC1 \\H 1", "A.\tWICKS 1");
        check("see HYPERLINK \"http://lamps.example/a\" \\t \"_blank\" the list.", "see the list.");
        check("The TOC and the \"HYPERLINK\" are words", "The TOC and the \"HYPERLINK\" are words");
        check("HYPERLINK \"no end", "\"no end");
        check("PREF _a \\b", "PREF _a \\b");
    }
}
