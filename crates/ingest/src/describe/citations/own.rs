//! "its resolution 5/1": what the Human Rights Council calls its own, which by the numbers alone would be
//! resolutions of the General Assembly, or none.

use chapeau_document::{Citation, Metadata, Span, Symbol};

use crate::describe::words::Words;

/// Whether a document is one of the Council's.
pub(in crate::describe) fn council(metadata: &Metadata) -> bool {
    metadata.symbols.iter().any(|symbol| symbol.value.as_str().starts_with("A/HRC/"))
}

/// Most words of a list of resolutions with their dates.
const LONGEST: usize = 40;

/// Gives the resolutions that a clause of the Council calls its own to the Council. All are in the order of
/// the text.
pub(in crate::describe) fn of_council(words: &Words<'_>, cites: &mut Vec<Citation>) {
    let is_own =
        |place: &usize| OWN.contains(&words.at(*place)) && RESOLUTIONS.contains(&words.at(*place + 1));
    let own: Vec<(Span, Symbol)> =
        (0..words.len()).filter(is_own).flat_map(|place| listed(words, place + 1)).collect();
    if own.is_empty() {
        return;
    }
    let is_taken = |cite: &Citation| {
        let next = own.partition_point(|(span, _)| span.end <= cite.span.start);
        own.get(next).is_some_and(|(span, _)| span.overlaps(cite.span))
    };
    cites.retain(|cite| !is_taken(cite));
    cites.extend(own.into_iter().map(|(span, symbol)| Citation {
        span,
        symbol: Some(symbol),
        provision: None,
        agreement: None,
    }));
    cites.sort_by_key(|cite| (cite.span.start, cite.span.end));
}

const OWN: &[&str] = &["its", "sa", "ses", "su", "sus"];
const RESOLUTIONS: &[&str] =
    &["resolution", "resolutions", "résolution", "résolutions", "resolución", "resoluciones"];
/// Where the list of the Council's own ends.
const OTHERS: &[&str] =
    &["assembly", "assemblée", "asamblea", "commission", "comisión", "council", "decision"];

/// The resolutions behind the word at `noun`, up to the next noun or another body.
fn listed(words: &Words<'_>, noun: usize) -> Vec<(Span, Symbol)> {
    let end = words.len().min(noun + LONGEST);
    let mut found = Vec::new();
    for place in noun + 1..end {
        let word = words.at(place);
        if RESOLUTIONS.contains(&word) || OTHERS.contains(&word) {
            break;
        }
        if let Some(symbol) = numbered(words, place) {
            let first = if found.is_empty() && place == noun + 1 { noun } else { place };
            found.push((words.span(first, place + 1), symbol));
        }
    }
    found
}

/// "5/1" at `place`.
fn numbered(words: &Words<'_>, place: usize) -> Option<Symbol> {
    let is_short =
        |word: &str| (1..=2).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_digit());
    let (session, number) = (words.at(place), words.at(place + 1));
    let is_pair = is_short(session) && is_short(number) && words.gap(place + 1) == "/";
    let is_whole = !words.gap(place).ends_with('/') && !words.gap(place + 2).starts_with('/');
    (is_pair && is_whole).then(|| Symbol::parse(&format!("A/HRC/RES/{session}/{number}")))?
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[(&str, &str)]) {
        let words = Words::of(text);
        let mut cites = crate::describe::citations::citations(&words);
        of_council(&words, &mut cites);
        let found: Vec<(&str, String)> = cites
            .iter()
            .filter_map(|cite| Some((cite.span.of(text), cite.symbol.as_ref()?.to_string())))
            .collect();
        let expected: Vec<(&str, String)> =
            expected.iter().map(|(span, symbol)| (*span, (*symbol).to_owned())).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn the_council_cites_its_own_resolutions() {
        check("Recalling its resolution 5/1 on lamps", &[("resolution 5/1", "A/HRC/RES/5/1")]);
        check(
            "Recalling its resolutions 48/3 of 7 October 2021 and 5/2, and General Assembly resolution 60/251",
            &[
                ("resolutions 48/3", "A/HRC/RES/48/3"),
                ("5/2", "A/HRC/RES/5/2"),
                ("resolution 60/251", "A/RES/60/251"),
            ],
        );
        check("rappelant sa résolution 34/3", &[("résolution 34/3", "A/HRC/RES/34/3")]);
        check("Recalling Assembly resolution 60/251", &[("resolution 60/251", "A/RES/60/251")]);
    }
}
