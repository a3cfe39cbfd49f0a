//! Whom an act asks: "the General Council" of "instruct the General Council to hold".

use chapeau_document::Act;

use super::grammar::Grammar;
use super::words::Words;

/// Longest addressee, in words: "Council for Trade in Services and its subsidiary bodies".
const LONGEST: usize = 12;

/// Whether the act asks somebody.
pub(super) fn asks(act: Act) -> bool {
    use Act::{Authorize, CallOn, Encourage, Instruct, Invite, Request, Urge};
    [Authorize, CallOn, Encourage, Instruct, Invite, Request, Urge].contains(&act)
}

/// Whom the act asks whose verb ends before `start`.
pub(super) fn of(words: &Words<'_>, act: Act, start: usize, grammar: &Grammar) -> Option<String> {
    if !asks(act) || words.before(start, 1) == "for" {
        return None;
    }
    let mut first = start;
    while ["the", "au", "aux", "à", "a", "al", "la", "le", "les", "l", "los", "las", "el"]
        .contains(&words.at(first))
    {
        first += 1;
    }
    let limit = (first + LONGEST).min(words.sentence_end(start));
    let end = (first + 1..=limit).find(|place| ends(words, *place, grammar))?;
    let is_name = !words.gap(first).contains([',', ':', ';']);
    is_name
        .then(|| words.span(first, end - 1).of(words.text()).split_whitespace().collect::<Vec<_>>().join(" "))
}

/// Whether what is asked begins here: "to hold", "that", a comma, the end.
fn ends(words: &Words<'_>, place: usize, grammar: &Grammar) -> bool {
    let (word, next) = (words.at(place), words.at(place + 1));
    let infinitive = |endings: &[&str]| endings.iter().any(|ending| next.ends_with(ending));
    let asks = match grammar.language {
        "fr" => ["de", "d", "à"].contains(&word) && infinitive(&["er", "ir", "re", "oir"]) || word == "que",
        "es" => word == "a" && infinitive(&["ar", "er", "ir"]) || word == "que" || word == "para",
        _ => word == "to" || word == "that",
    };
    asks || words.gap(place).contains([',', ':', ';'])
}
