//! What a clause cites: documents by symbol, provisions by number, with their agreement when it
//! is named ("Article XX of the GATT 1994").

mod own;

use std::sync::LazyLock;

use chapeau_document::{Citation, Span, Symbol};

pub(super) use own::{council, of_council};

use super::sieve::{Made, Phrases, Sieve};
use super::words::Words;
use crate::lists;

/// The citations of a text, by place.
pub(super) fn citations(words: &Words<'_>) -> Vec<Citation> {
    let symbols = Symbol::find_all(words.text());
    let mut found = Vec::new();
    let mut next = 0;
    let mut inside = symbols.iter().map(|(span, _)| *span).peekable();
    for place in words.passing(0..words.len(), &NUMBERED) {
        if place < next {
            continue;
        }
        let start = words.span(place, place).start;
        while inside.next_if(|span| span.end <= start).is_some() {}
        // "Protocol A/P1/7/93" has no "Protocol A", nor a symbol its "Article".
        let taken = inside.peek().is_some_and(|span| span.start <= start);
        let cited = if taken { None } else { provision(words, place) };
        let mut is_apart =
            |citation: &Citation| inside.peek().is_none_or(|span| !citation.span.overlaps(*span));
        if let Some((end, citation)) = cited.filter(|(_, citation)| is_apart(citation)) {
            next = end;
            found.push(citation);
        }
    }
    of_symbols(words.text(), &mut found, &symbols);
    found.extend(symbols.into_iter().map(|(span, symbol)| Citation {
        span,
        symbol: Some(symbol),
        provision: None,
        agreement: None,
    }));
    found.sort_by_key(|citation| (citation.span.start, citation.span.end));
    found
}

/// Gives the provisions of acts that are named by a symbol the act: "Article 6 of Regulation (EU)
/// 2016/679". Both are in the order of the text.
fn of_symbols(text: &str, provisions: &mut [Citation], symbols: &[(Span, Symbol)]) {
    let mut symbols = symbols.iter().peekable();
    for citation in provisions {
        while symbols.next_if(|(span, _)| span.start < citation.span.end).is_some() {}
        let Some((span, symbol)) = symbols.peek() else { return };
        let between = text.get(citation.span.end..span.start).unwrap_or(",").trim();
        if citation.agreement.is_none() && lists::BEFORE_CITED_ACT.contains(&between) {
            citation.agreement = Some(symbol.to_string());
        }
    }
}

/// The words for a numbered unit, in three languages; those within an article are [`INNER`].
static UNITS: Made = Made::new(|| Phrases::new(lists::UNITS));

/// The first words of all of them.
static NUMBERED: LazyLock<Sieve> = LazyLock::new(|| UNITS.first().or(INNER.first()));

fn is_unit(words: &Words<'_>, place: usize) -> bool {
    words.phrase_among(place, &UNITS).is_some() || is_inner(words, place)
}

/// A reference that begins at `place`: one past its last word, and what it cites.
fn provision(words: &Words<'_>, place: usize) -> Option<(usize, Citation)> {
    let mut end = numbered_unit(words, place)?;
    let inner = inner_unit(words, place, end);
    end = inner.unwrap_or(end);
    let finer = finer_unit(words, end);
    end = finer.unwrap_or(end);
    while let Some(next) = of_unit(words, end) {
        end = next;
    }
    let provision = with_bracket(words.text(), words.span(place, end - 1));
    let agreement = agreement(words, end, inner.or(finer).is_some());
    let span = agreement
        .as_ref()
        .map_or(provision, |(to, _)| Span::new(provision.start, words.span(*to - 1, *to - 1).end));
    let after = agreement.as_ref().map_or(end, |(to, _)| *to);
    let citation = Citation {
        span,
        symbol: None,
        provision: Some(one_line(provision.of(words.text()))),
        agreement: agreement.map(|(_, name)| name),
    };
    Some((after, citation))
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// "2(a" and "paragraphe b" are the words; their closing brackets belong to them.
fn with_bracket(text: &str, span: Span) -> Span {
    let words = span.of(text);
    let open = words.matches('(').count() > words.matches(')').count();
    let is_letter =
        words.rsplit(' ').next().is_some_and(|last| last.len() == 1 && last.starts_with(char::is_lowercase));
    let closes = text[span.end..].starts_with(')');
    Span::new(span.start, span.end + usize::from((open || is_letter) && closes))
}

/// Units within an article.
static INNER: Made = Made::new(|| Phrases::new(lists::INNER_UNITS));

fn is_inner(words: &Words<'_>, place: usize) -> bool {
    words.phrase_among(place, &INNER).is_some()
}

/// ", paragraph 2" behind the article that begins at `place`, where `end` is: one past its last word.
fn inner_unit(words: &Words<'_>, place: usize, end: usize) -> Option<usize> {
    let is_next = goes_on(words.gap(end));
    if is_inner(words, place) || !is_inner(words, end) || !is_next {
        return None;
    }
    numbered_unit(words, end)
}

/// Whether only signs of the number and a comma stand between two units: "1º, literal".
fn goes_on(gap: &str) -> bool {
    matches!(gap.trim().trim_start_matches(['º', '°', 'ª']), "" | "," | ")" | "),")
}

/// ", point a)" or ", literal b)" behind the unit that ends before `end`: one past the letter.
fn finer_unit(words: &Words<'_>, end: usize) -> Option<usize> {
    let is_next = goes_on(words.gap(end));
    let is_finer = is_next && lists::FINER_UNITS.contains(&words.at(end));
    is_finer.then(|| number(words, end + 1).map(|length| end + 1 + length)).flatten()
}

/// "Article 5", "paragraphs 1 to 3(a) and 4": one past the last word.
fn numbered_unit(words: &Words<'_>, place: usize) -> Option<usize> {
    if !is_unit(words, place) {
        return None;
    }
    let mut end = place + number(words, place + 1)?;
    while let Some(length) = further_number(words, end + 1) {
        end += length;
    }
    Some(end + 1)
}

/// How many words the number at `place` has: "5", "XX", "14.3", "2(a)(ii)", "(a)", "1-01".
fn number(words: &Words<'_>, place: usize) -> Option<usize> {
    let gap = words.gap(place);
    let is_near = matches!(gap.trim(), "" | "(" | "." | "n°" | "°") && gap.len() <= 3;
    (is_near && is_number(words, place)).then(|| number_length(words, place))
}

/// How many words the number has that begins at `place`.
fn number_length(words: &Words<'_>, place: usize) -> usize {
    let mut length = 1;
    while matches!(words.gap(place + length), "." | "(" | ")(" | "-" | ") (" | " (")
        && is_part(words.at(place + length))
        && (words.gap(place + length) != " ("
            || words.text()[words.span(place + length, place + length).end..].starts_with(')'))
    {
        length += 1;
    }
    if ["bis", "ter", "quater", "quinquies"].contains(&words.at(place + length)) {
        length += 1;
    }
    length
}

fn is_number(words: &Words<'_>, place: usize) -> bool {
    let word = words.at(place);
    let printed = words.printed(place);
    let is_digits = word.len() <= 4 && word.starts_with(|c: char| c.is_ascii_digit());
    let is_roman =
        printed.bytes().all(|byte| matches!(byte, b'I' | b'V' | b'X' | b'L' | b'C')) && printed.len() <= 7;
    let is_letter = word.len() == 1
        && word.is_ascii()
        && (printed.starts_with(char::is_uppercase)
            || words.gap(place).ends_with('(')
            || words.gap(place + 1).starts_with(')'));
    let is_first = word == "premier";
    !word.is_empty() && (is_digits || is_roman || is_letter || is_first)
}

/// A part of a number behind a dot or bracket: digits, a letter, a small roman numeral.
fn is_part(word: &str) -> bool {
    let is_roman =
        !word.is_empty() && word.len() <= 5 && word.bytes().all(|byte| matches!(byte, b'i' | b'v' | b'x'));
    let is_short = word.len() <= 4 && word.bytes().all(|byte| byte.is_ascii_digit());
    !word.is_empty() && (is_roman || is_short || word.len() == 1)
}

/// ", 3", "and 4", "to 7" behind a number, in words.
fn further_number(words: &Words<'_>, place: usize) -> Option<usize> {
    let joins = ["and", "or", "to", "through", "et", "ou", "à", "y", "o", "a", "e", "al"];
    if joins.contains(&words.at(place)) && words.gap(place).trim_matches([' ', ')', ',']).is_empty() {
        let joined = is_number(words, place + 1) && words.gap(place + 1).trim() == "";
        let is_letter = words.at(place + 1).len() == 1 && !words.at(place + 1).as_bytes()[0].is_ascii_digit();
        let is_word = is_letter && !words.gap(place + 2).starts_with(')');
        return if joined && !is_word { number(words, place + 1).map(|length| length + 1) } else { None };
    }
    let is_listed = words.gap(place).trim_start_matches(')') == ", "
        && words.at(place).starts_with(|c: char| c.is_ascii_digit());
    let is_year = words.at(place).len() == 4;
    (is_listed && !is_year && is_number(words, place)).then(|| number_length(words, place))
}

/// "of Article 5", "del artículo 3", behind a number: one past the last word.
fn of_unit(words: &Words<'_>, place: usize) -> Option<usize> {
    let of = ["of", "to", "in", "de", "del", "du", "à"];
    if !of.contains(&words.at(place)) || words.gap(place).contains([',', ';', '.']) {
        return None;
    }
    let next = place + 1;
    let next = next + usize::from(["l", "la", "le", "el", "the"].contains(&words.at(next)));
    numbered_unit(words, next)
}

/// "of the GATT 1994", "of the Agreement on Safeguards" at `place`: one past the last word, and
/// the name. "of this Agreement" is the text itself. A comma may stand before it behind an aside:
/// "Article 5, paragraph 2, of the GATT 1994".
fn agreement(words: &Words<'_>, place: usize, is_behind_aside: bool) -> Option<(usize, String)> {
    let of = ["of", "to", "under", "de", "del", "du"];
    let is_parted =
        words.gap(place).contains([';', '.']) || !is_behind_aside && words.gap(place).contains(',');
    if !of.contains(&words.at(place)) || is_parted {
        return None;
    }
    let articles = ["the", "l", "la", "el", "le"];
    let first = place + 1 + usize::from(articles.contains(&words.at(place + 1)));
    if let Some(end) = known_name_end(words, first) {
        return Some((end, one_line(words.span(first, end - 1).of(words.text()))));
    }
    let end = name_end(words, first)?;
    let has_instrument = (first..end).any(|at| lists::NAMED_INSTRUMENTS.contains(&words.at(at)));
    has_instrument.then(|| (end, one_line(words.span(first, end - 1).of(words.text()))))
}

/// One past the last word of a known name and its year: "de 1994".
fn known_name_end(words: &Words<'_>, place: usize) -> Option<usize> {
    let end = place + words.phrase_of(place, lists::AGREEMENT_NAMES)?;
    let has_year = words.at(end) == "de" && words.at(end + 1).len() == 4 && is_number(words, end + 1);
    Some(if has_year { end + 2 } else { end })
}

/// Longest name of an agreement, in words: "Agreement on the Application of Sanitary and
/// Phytosanitary Measures" has 9; conventions have twice as many.
const LONGEST_NAME: usize = 20;

/// One past the last word of the name in capitals that begins at `place`. Small words belong to
/// it when capitals follow.
fn name_end(words: &Words<'_>, place: usize) -> Option<usize> {
    let is_capital = |at: usize| words.printed(at).starts_with(|c: char| c.is_uppercase());
    let small = [
        "on", "of", "the", "for", "and", "to", "in", "de", "la", "sur", "relatif", "sobre", "del", "y", "et",
        "des", "los", "las", "aux", "les", "l", "general", "between",
    ];
    if !is_capital(place) {
        return None;
    }
    let mut end = place + 1;
    let mut at = place + 1;
    while at < words.len()
        && at - place < LONGEST_NAME
        && !words.gap(at).contains([',', ';', '.', ':', '(', ')', '"', '“', '”'])
    {
        let is_year = words.at(at).len() == 4 && words.at(at).bytes().all(|byte| byte.is_ascii_digit());
        if is_capital(at) || is_year {
            end = at + 1;
        } else if !small.contains(&words.at(at)) || words.at(at - 1) == "and" && words.at(at) == "of" {
            break;
        }
        // "the GATT 1994 and Article 5" ends before what begins another reference.
        if is_unit(words, at + 1) && words.at(at + 2).starts_with(|c: char| c.is_ascii_digit()) {
            break;
        }
        at += 1;
    }
    Some(end)
}

#[cfg(test)]
mod tests;
