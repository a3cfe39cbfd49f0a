//! The names of bodies in a line of text.

use super::pattern::{MOST_VALUES, key};
use super::reader::Reader;
use super::{BODIES, Body, NAME_KEYS, NAMES};
use crate::Span;

/// The bodies that a line names, by place; of two names at one place the longer. Case and accents
/// do not matter, except in names that are all capitals.
pub fn bodies_in(line: &str) -> Vec<(Span, &'static Body)> {
    let mut found = Vec::new();
    let mut from = 0;
    for (start, _) in line.split_word_starts() {
        if start < from {
            continue;
        }
        if let Some((end, body)) = name_at(line, start) {
            found.push((Span::new(start, end), body));
            from = end;
        }
    }
    found
}

/// The body that this is a name of, whole, perhaps with an article before it.
pub fn body_named(name: &str) -> Option<&'static Body> {
    let name = name.trim();
    let without = ["the ", "la ", "le ", "el ", "l'", "l’", "los ", "les "];
    let article = without
        .iter()
        .find(|article| name.get(..article.len()).is_some_and(|start| start.eq_ignore_ascii_case(article)));
    let starts = [0, article.map_or(0, |article| article.len())];
    starts.iter().find_map(|start| {
        let (end, body) = name_at(name, *start)?;
        (end == name.len()).then_some(body)
    })
}

/// The longest name at a place.
fn name_at(line: &str, start: usize) -> Option<(usize, &'static Body)> {
    let key = u16::try_from(key(&line[start..])?).ok()?;
    let at = NAME_KEYS.binary_search_by_key(&key, |(key, _)| *key).ok()?;
    let reader = Reader { text: line, any_case: false, suffixed: false, openers: &[] };
    let names = NAME_KEYS[at].1.iter().map(|name| &NAMES[usize::from(*name)]);
    let ends = names.filter_map(|name| {
        let (end, _) = reader.read(name.elements, start, [None; MOST_VALUES])?;
        Some((end, &BODIES[usize::from(name.body)]))
    });
    ends.max_by_key(|(end, _)| *end)
}

/// Where words begin.
trait WordStarts {
    fn split_word_starts(&self) -> impl Iterator<Item = (usize, char)>;
}

impl WordStarts for str {
    fn split_word_starts(&self) -> impl Iterator<Item = (usize, char)> {
        let mut before = ' ';
        self.char_indices().filter(move |(_, c)| {
            let starts = c.is_alphanumeric() && !before.is_alphanumeric();
            before = *c;
            starts
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str, expected: &[&str]) {
        let found: Vec<&str> = bodies_in(line).iter().map(|(_, body)| body.name).collect();
        assert_eq!(found, expected, "in {line:?}");
    }

    #[test]
    fn bodies_are_known_in_three_languages_and_any_case() {
        check("The General Assembly,", &["General Assembly"]);
        check("GENERAL ASSEMBLY", &["General Assembly"]);
        check("L’Assemblée générale,", &["General Assembly"]);
        check("LA ASAMBLEA GENERAL", &["General Assembly"]);
        check("the general assemblyman", &[]);
    }

    #[test]
    fn the_longest_name_wins() {
        check(
            "REGULATION OF THE EUROPEAN PARLIAMENT AND OF THE COUNCIL",
            &["European Parliament and Council"],
        );
        check("The Assembly of the African Union met", &["Assembly of the African Union"]);
    }

    #[test]
    fn a_whole_text_may_be_a_name() {
        assert_eq!(body_named("The General Assembly").map(|body| body.name), Some("General Assembly"));
        assert!(body_named("General Assembly hall").is_none());
    }
}
