//! English "will": promised by those who can bind themselves, foretold of all else.
//!
//! The words that tell which stand in `registry/foresight.toml`.

use chapeau_document::Obligation;

use super::english::{force, is_said_by_others, is_soft, verb_after};
use super::phrases;
use super::{Force, stands_before};
use crate::describe::words::Words;

include!(concat!(env!("OUT_DIR"), "/foresight.rs"));

/// The force of "will" at `place`. In a text that `binds` what will be done is promised too.
pub(super) fn will(words: &Words<'_>, place: usize, binds: bool) -> Option<Force> {
    if phrases::NOUN_WILL.contains(&words.before(place, 1))
        || stands_before(words, place, 5, &["if", "whether"])
        || !binds
            && stands_before(words, place, 7, &["since", "because", "although", "though", "while", "whereas"])
        || stands_before(words, place, 12, &["where", "what", "how", "which", "when"])
        || is_said_by_others(words, place)
        || is_foreseen(words, place)
    {
        return None;
    }
    let (_, verb) = verb_after(words, place);
    let (who, is_acronym) = subject(words, place);
    let is_actor = is_acronym || ACTORS.contains(&who) || is_ours(words, place);
    let is_fate = !binds && words.phrase_of(verb, FATES).is_some();
    let is_fact = is_number(words, verb) || is_fate || !is_actor && words.phrase_of(verb, FACTS).is_some();
    let is_passive = words.at(verb) == "be" && words.at(verb + 1).ends_with("ed") && !is_ours(words, place);
    let promises = binds || !is_passive && (is_actor || FOLLOWERS.contains(&who));
    if is_fact || !promises {
        return None;
    }
    let last = verb.min(words.len().saturating_sub(1)).max(place);
    let obligation = if is_soft(words, verb) { Obligation::BestEndeavour } else { Obligation::Commitment };
    force(obligation, place, last)
}

/// "recognize that trade will grow", "noting that the fee will rise": foreseen, not promised.
fn is_foreseen(words: &Words<'_>, place: usize) -> bool {
    const REACH: usize = 24;
    (2..=place.min(REACH))
        .take_while(|back| words.sentence(place - back) == words.sentence(place))
        .any(|back| words.at(place - back) == "that" && VIEWS.contains(&words.before(place, back + 1)))
}

/// "will be 4 per cent".
fn is_number(words: &Words<'_>, verb: usize) -> bool {
    let starts_with_figure = |at: usize| words.at(at).starts_with(|c: char| c.is_ascii_digit());
    words.at(verb) == "be" && (verb + 1..verb + 3).any(starts_with_figure)
}

/// The word before "will", and whether it is an acronym: "WTO".
fn subject<'w>(words: &'w Words<'_>, place: usize) -> (&'w str, bool) {
    const ADVERBS: &[&str] = &["also", "further", "then", "jointly", "therefore", "thus"];
    let place = before_aside(words, place);
    let mut back = 1;
    while ADVERBS.contains(&words.before(place, back)) {
        back += 1;
    }
    let printed = place.checked_sub(back).map_or("", |at| words.printed(at));
    let is_acronym = printed.len() > 2 && printed.chars().all(char::is_uppercase);
    (words.before(place, back), is_acronym)
}

/// Where the aside right before `place` begins: "the parties, in line with their procedures, will".
fn before_aside(words: &Words<'_>, place: usize) -> usize {
    const LONGEST: usize = 12;
    if !words.gap(place).contains(',') {
        return place;
    }
    let from = words.sentence_start(place).max(place.saturating_sub(LONGEST));
    (from + 1..place).rev().find(|at| words.gap(*at).contains(',')).unwrap_or(place)
}

/// "Our work will build on", "our initiative will be".
fn is_ours(words: &Words<'_>, place: usize) -> bool {
    stands_before(words, place, 3, &["our"])
}
