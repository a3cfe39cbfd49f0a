//! English words that bind or free without a modal verb: "is entitled to", "is prohibited", "best efforts".

use chapeau_document::Obligation;

use super::english::force;
use super::{Force, stands_before};
use crate::describe::words::Words;

/// "The Parties endeavour to"; behind a modal verb the modal has said it all.
pub(super) fn endeavour(words: &Words<'_>, place: usize) -> Option<Force> {
    let plain = ["parties", "we", "and", "party", "members", "also", "further", "to"]
        .contains(&words.before(place, 1));
    let is_best = words.before(place, 1) == "best";
    let is_verb = words.at(place + 1) == "to" && plain;
    if is_best || is_verb { force(Obligation::BestEndeavour, place, place + 1) } else { None }
        .map(|force| Force { last: force.last.min(words.len() - 1), ..force })
}

pub(super) fn best_efforts(words: &Words<'_>, place: usize) -> Option<Force> {
    let is_best = words.before(place, 1) == "best" && !words.before(place, 2).is_empty();
    if is_best { force(Obligation::BestEndeavour, place - 1, place) } else { None }
}

pub(super) fn recognition(words: &Words<'_>, place: usize) -> Option<Force> {
    let subjects = [
        "parties",
        "party",
        "we",
        "members",
        "ministers",
        "conference",
        "council",
        "countries",
        "states",
        "also",
        "further",
        "hereby",
        "fully",
        "signatories",
        "both",
        "governments",
        "sides",
        "community",
        "committee",
    ];
    let is_noun = words.at(place).starts_with("note") && words.at(place + 1) != "that";
    let has_subject = subjects.contains(&words.before(place, 1));
    let opens = words.opens_sentence(place) && words.at(place).ends_with('s');
    let conditional =
        stands_before(words, place, 4, &["if", "unless", "that", "which", "where", "as", "when"]);
    if is_noun || conditional || !(has_subject || opens) {
        return None;
    }
    force(Obligation::Recognition, place, place)
}

/// "is free to", "are entitled to", "is not permitted to".
pub(super) fn permitted(words: &Words<'_>, place: usize) -> Option<Force> {
    let negated = words.before(place, 1) == "not";
    let verb = words.before(place, 1 + usize::from(negated));
    let is_bare = negated && ["permitted", "allowed"].contains(&words.at(place));
    if words.at(place + 1) != "to" && !is_bare || !["is", "are", "remain", "remains"].contains(&verb) {
        return None;
    }
    if stands_before(words, place, 7, &["that", "which", "who", "if", "where", "when", "whether", "unless"]) {
        return None;
    }
    let last = (place + 1).min(words.len() - 1);
    force(if negated { Obligation::Prohibition } else { Obligation::Permission }, place - 1, last)
}

/// "has the right to", "reserves the right to".
pub(super) fn right(words: &Words<'_>, place: usize) -> Option<Force> {
    let has = ["has", "have", "reserve", "reserves", "retain", "retains"].contains(&words.before(place, 2));
    let is_right = has && words.before(place, 1) == "the" && words.at(place + 1) == "to";
    let conditional = stands_before(words, place, 6, &["that", "which", "who", "if", "shall", "not"]);
    if is_right && !conditional { force(Obligation::Permission, place - 2, place + 1) } else { None }
}

pub(super) fn encouraged(words: &Words<'_>, place: usize) -> Option<Force> {
    let is_asked = ["is", "are"].contains(&words.before(place, 1)) && words.at(place + 1) == "to";
    if is_asked { force(Obligation::Recommendation, place - 1, place + 1) } else { None }
}

/// "is required to" asks, "are not obliged to" frees.
pub(super) fn required(words: &Words<'_>, place: usize) -> Option<Force> {
    let negated = words.before(place, 1) == "not";
    let verb = words.before(place, 1 + usize::from(negated));
    let is_fate = words.at(place) == "bound"
        && ["fail", "happen", "be", "rise", "fall", "lead"].contains(&words.at(place + 2));
    if words.at(place + 1) != "to" || is_fate || !["is", "are"].contains(&verb) {
        return None;
    }
    let others = ["that", "which", "who", "if", "where", "when", "whether", "as", "unless", "than"];
    if stands_before(words, place, 8, &others) {
        return None;
    }
    force(if negated { Obligation::Permission } else { Obligation::Duty }, place - 1, place + 1)
}

pub(super) fn prohibited(words: &Words<'_>, place: usize) -> Option<Force> {
    let is_forbidden = ["is", "are"].contains(&words.before(place, 1))
        && !stands_before(words, place, 9, &["that", "which", "if", "where", "as"]);
    if is_forbidden { force(Obligation::Prohibition, place - 1, place) } else { None }
}

/// "Registration is mandatory".
pub(super) fn mandatory(words: &Words<'_>, place: usize) -> Option<Force> {
    let others = ["that", "which", "if", "where", "as", "when", "whether", "unless", "not"];
    let is_asked =
        ["is", "are"].contains(&words.before(place, 1)) && !stands_before(words, place, 9, &others);
    if is_asked { force(Obligation::Duty, place - 1, place) } else { None }
}
