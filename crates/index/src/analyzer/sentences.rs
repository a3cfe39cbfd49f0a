//! Where sentences end: when indexing, asking, marking and cutting passages.

use chapeau_document::Span;

/// Words whose full stop is no end, in small letters: what trade texts shorten, in three
/// languages. Single letters are such without being listed.
const ABBREVIATIONS: &[&str] = &[
    "add", "al", "approx", "art", "arts", "cf", "ch", "chap", "cit", "co", "corp", "corr", "doc", "dr",
    "e.g", "ed", "eds", "etc", "fig", "hon", "i.e", "ibid", "inc", "jr", "ltd", "messrs", "mr", "mrs", "ms",
    "no", "nos", "núm", "núms", "op", "para", "paras", "pp", "prof", "párr", "rev", "sec", "secs", "sr",
    "sra", "st", "vol", "vols", "vs", "viz",
];

/// Bytes where a sentence of `text` ends, after its last mark, in order. A line end is one too;
/// the end of the text is not.
pub fn sentence_ends(text: &str) -> impl Iterator<Item = usize> {
    let mut start = 0;
    let marks = text.match_indices(['.', '!', '?', '\u{2026}', '\n']);
    marks.filter_map(move |(at, mark)| {
        let end = if mark == "\n" { Some(at) } else { end_at(text, start, at, mark) }?;
        // `?!` and `..` are one end.
        (end > start).then(|| {
            start = end;
            end
        })
    })
}

/// The sentences of a text, without the white space around them.
pub fn sentences(text: &str) -> Vec<Span> {
    let mut start = 0;
    let spans = sentence_ends(text).chain([text.len()]).map(|end| {
        let span = Span::new(start, end).trimmed(text);
        start = end;
        span
    });
    spans.filter(|span| !span.is_empty()).collect()
}

/// Where the sentence from `start` on ends by the mark at `at`, if it does.
fn end_at(text: &str, start: usize, at: usize, mark: &str) -> Option<usize> {
    let before = text.get(start..at)?;
    // What was left out of a quotation ends nothing.
    let words = before.trim_end_matches(['.', '\u{2026}']);
    if words.ends_with(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':')) {
        return None;
    }
    let after = at + mark.len();
    let closing =
        |c: char| matches!(c, '.' | '!' | '?' | '\u{2026}' | '"' | '\'' | '”' | '’' | '»' | ')' | ']');
    let rest = text[after..].trim_start_matches(closing);
    // French puts a space before it.
    let rest = rest.trim_start().strip_prefix('»').unwrap_or(rest);
    let next = rest.trim_start();
    let is_spaced = next.len() < rest.len();
    let goes_on = next.chars().next().is_none_or(char::is_lowercase);
    if !is_spaced || goes_on || (mark == "." && is_short(before)) {
        return None;
    }
    Some(text.len() - rest.len())
}

/// Whether the full stop after these words of a sentence belongs to the last of them: to an
/// abbreviation, an initial, or the number of a paragraph.
fn is_short(words: &str) -> bool {
    let words = words.trim_start();
    let last = words.rsplit(|c: char| c.is_whitespace() || matches!(c, '(' | '[' | '’' | '\'')).next();
    let last = last.unwrap_or(words);
    let is_number = last.len() == words.len() && !last.chars().any(char::is_alphabetic);
    let mut letters = last.chars().rev();
    let is_initial = letters.next().is_some_and(char::is_alphabetic)
        && letters.next().is_none_or(|before| !before.is_alphanumeric());
    is_number || is_initial || ABBREVIATIONS.contains(&last.to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let found: Vec<&str> = sentences(text).into_iter().map(|span| span.of(text)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_mark_and_a_capital_part_sentences() {
        check("Members agree. They decide.", &["Members agree.", "They decide."]);
        check(
            "Agreed? Yes! Ils \u{ab} notent. \u{bb} \u{c9}tat.",
            &["Agreed?", "Yes!", "Ils « notent. »", "État."],
        );
        check(
            "He said \"no.\" (Then he left.) Es decir: s\u{ed}. \u{bf}Y?",
            &["He said \"no.\"", "(Then he left.)", "Es decir: s\u{ed}.", "\u{bf}Y?"],
        );
        check("In 2013. The next.", &["In 2013.", "The next."]);
        check("Row one\nrow two", &["Row one", "row two"]);
        check("What?! No...", &["What?!", "No..."]);
    }

    #[test]
    fn a_mark_within_a_sentence_parts_none() {
        check("1. Members shall.", &["1. Members shall."]);
        check("See Art. XX of the U.S. Code.", &["See Art. XX of the U.S. Code."]);
        check("A rate of 2.5 per cent, i.e. less", &["A rate of 2.5 per cent, i.e. less"]);
        check("No. 5 and Nos. 6 (cf. Annex)", &["No. 5 and Nos. 6 (cf. Annex)"]);
        check("duties, fees ... and charges", &["duties, fees ... and charges"]);
        check("The Conference, ... Decides: to act.", &["The Conference, ... Decides: to act."]);
        check("", &[]);
        check(" . ", &["."]);
    }

    proptest! {
        #[test]
        fn sentences_hold_all_but_white_space(text in "[a-zA-Z.?!…»\"’) \n1é]{0,40}") {
            let found: String = sentences(&text).into_iter().map(|span| span.of(&text)).collect();
            let letters = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            prop_assert_eq!(letters(&found), letters(&text));
        }
    }
}
