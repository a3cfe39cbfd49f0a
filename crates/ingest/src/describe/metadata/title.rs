//! Titles as a person writes them: what is set in capitals gets small letters again.

use crate::lists;

/// Whether a line is set in capitals.
pub(super) fn is_capitals(line: &str) -> bool {
    crate::letter_case::is_capitals(line)
}

/// A title on one line, in small letters where it was set in capitals.
pub(super) fn plain(title: &str) -> String {
    let words: Vec<&str> = title.split_whitespace().collect();
    if !is_capitals(title) || words.len() < 2 {
        return words.join(" ");
    }
    let cased = words.iter().enumerate().map(|(place, word)| cased(word, place == 0));
    cased.collect::<Vec<_>>().join(" ")
}

/// The same for a name of one word, where short ones are acronyms more often than not.
pub(super) fn name(name: &str) -> String {
    if is_capitals(name) && name.len() > 3 && !name.contains(' ') { cased(name, true) } else { plain(name) }
}

/// "L’UNION" as "L’" and "UNION".
fn elision(word: &str) -> Option<(&str, &str)> {
    let mark = word.find(['\'', '’']).filter(|at| *at == 1 || word[..*at].eq_ignore_ascii_case("qu"))?;
    let end = mark + word[mark..].chars().next()?.len_utf8();
    let rest = &word[end..];
    let is_elided = "LDJNSMCTQldjnsmctq".contains(word.chars().next()?)
        && !rest.is_empty()
        && !rest.eq_ignore_ascii_case("s");
    is_elided.then(|| word.split_at(end))
}

fn cased(word: &str, first: bool) -> String {
    let letters = word.trim_matches(|c: char| !c.is_alphanumeric());
    let is_roman = letters.len() > 1 && letters.bytes().all(|byte| matches!(byte, b'I' | b'V' | b'X'));
    let is_initials = letters.contains('.') && letters.split('.').all(|part| part.len() <= 1);
    let is_mixed = letters.chars().any(char::is_lowercase);
    if lists::ACRONYMS.contains(&letters)
        || is_roman
        || is_initials
        || is_mixed
        || word.contains('/') && word.bytes().any(|byte| byte.is_ascii_digit())
    {
        return word.to_owned();
    }
    // "EU-KETTLIA".
    let is_acronym =
        |part: &str| lists::ACRONYMS.contains(&part.trim_matches(|c: char| !c.is_alphanumeric()));
    if word.contains('-') && word.split('-').any(is_acronym) {
        return word.split('-').map(|part| cased(part, true)).collect::<Vec<_>>().join("-");
    }
    // "(AEM)": a short form in brackets.
    let is_short_form =
        word.starts_with('(') && word.trim_end_matches([',', '.']).ends_with(')') && letters.len() <= 7;
    if is_short_form {
        return word.to_owned();
    }
    if let Some((elided, rest)) = elision(word) {
        let elided = if first { elided.to_owned() } else { elided.to_lowercase() };
        return elided
            + &cased(rest, lists::SMALL_WORDS.iter().all(|small| !rest.eq_ignore_ascii_case(small)));
    }
    let lower = word.to_lowercase();
    if !first && lists::SMALL_WORDS.contains(&lower.as_str()) {
        return lower;
    }
    let mut starts = true;
    let capital = |c: char| {
        let cased = if starts { c.to_uppercase().next().unwrap_or(c) } else { c };
        starts = c == '-' || (starts && !c.is_alphanumeric());
        cased
    };
    lower.chars().map(capital).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(title: &str, expected: &str) {
        assert_eq!(plain(title), expected);
    }

    #[test]
    fn capitals_become_a_title() {
        check("WORK PROGRAMME ON ELECTRONIC COMMERCE", "Work Programme on Electronic Commerce");
        check("TRIPS  AND E-COMMERCE: PART II", "TRIPS and E-Commerce: Part II");
        check("“ÉTUDE” DU COMMERCE", "“Étude” du Commerce");
        check("Mixed Case WTO title", "Mixed Case WTO title");
        check("THE EU-KETTLIA COUNCIL", "The EU-Kettlia Council");
        check("GATT", "GATT");
    }
}
