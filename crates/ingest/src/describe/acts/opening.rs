//! The act that a clause opens with: its verb, "There is established", "The towns are invited to".

use chapeau_document::Act;

use super::{Found, Setting, is_statement, new_found};
use crate::describe::grammar::Grammar;
use crate::describe::subject;
use crate::describe::verbs::{Form, Verb, verb_at, verb_in};
use crate::describe::words::Words;
use crate::lists;

/// The act of the verb that the clause opens with.
pub(super) fn opening(words: &Words<'_>, start: usize, setting: &Setting<'_>) -> Option<Found> {
    let grammar = setting.grammar;
    let first = skip_adverbs(words, start, grammar);
    if grammar.to.contains(&words.at(first)) && !setting.recital {
        let place = skip_adverbs(words, first + 1, grammar);
        return verb_at(words, place, grammar.language)
            .filter(|verb| verb.form == Form::Base && setting.lead.is_some_and(|lead| lead.act.is_some()))
            .map(|verb| new_found(place, verb, None));
    }
    if !setting.recital
        && let Some(found) = established(words, start, grammar).or_else(|| asked(words, start, setting))
    {
        return Some(found);
    }
    let verb = verb_at(words, first, grammar.language)?;
    let in_capitals = in_capitals(words.printed(first));
    let is_act = match verb.form {
        Form::Participle => setting.recital || opens_recital(words, start, verb, setting),
        Form::Third => {
            let is_item = setting.in_article && !words.printed(first).starts_with(char::is_uppercase);
            let is_bare = setting.is_governed() || in_capitals && !verb.is_noun;
            !is_item
                && (has_object(words, first, verb, grammar) || is_bare && has_bare_object(words, first, verb))
        }
        Form::First => grammar.we.is_empty(),
        Form::Base => {
            let is_ours = setting.lead.is_some_and(|lead| lead.is_we);
            let is_numbered = start > 0 && words.printed(first).starts_with(char::is_uppercase);
            setting.is_recommended && is_numbered
                || setting.is_governed() && (grammar.to.is_empty() || setting.recital || is_ours)
        }
        Form::Past | Form::Passive => false,
    };
    is_act.then(|| new_found(first, verb, None))
}

/// "RECALLING", printed in capitals.
pub(super) fn in_capitals(printed: &str) -> bool {
    printed.len() > 3 && !printed.chars().any(char::is_lowercase)
}

/// A recital outside the preamble, where the print or the verb tells it: "1. RECALLING", "Noting that".
fn opens_recital(words: &Words<'_>, start: usize, verb: Verb, setting: &Setting<'_>) -> bool {
    let first = skip_adverbs(words, start, setting.grammar);
    if in_capitals(words.printed(first)) && words.len() > first + 3 {
        return true;
    }
    let tells = if start == 0 {
        ![Act::Other, Act::Consider].contains(&verb.act)
    } else {
        is_statement(verb.act) && words.printed(first).starts_with(char::is_uppercase)
    };
    tells && !setting.in_article
}

/// "There is established a Board": done by saying it.
fn established(words: &Words<'_>, start: usize, grammar: &Grammar) -> Option<Found> {
    const DONE: &[&str] = &["established", "created", "constituted"];
    let is_there = grammar.language == "en" && words.at(start) == "there";
    let place = start + 2 + usize::from(words.at(start + 2) == grammar.hereby);
    let is_done = ["is", "are"].contains(&words.at(start + 1)) && DONE.contains(&words.at(place));
    let verb = Verb { act: Act::Establish, form: Form::Third, n_words: 1, is_noun: false };
    (is_there && is_done).then(|| new_found(place, verb, None))
}

/// Longest name of those who are asked, in words: "The Secretary-General of the United Nations, in
/// consultation with the regional commissions, is".
const LONGEST_ASKED: usize = 24;

/// "The Office is requested to report", "Les villes sont invitées à".
fn asked(words: &Words<'_>, start: usize, setting: &Setting<'_>) -> Option<Found> {
    let grammar = setting.grammar;
    let (is, to): (&[&str], &[&str]) = match grammar.language {
        "fr" => (&["est", "sont"], &["à", "de", "d"]),
        "es" => (&["está", "están", "queda", "quedan", "es", "son"], &["a"]),
        _ => (&["is", "are"], &["to"]),
    };
    let end = words.sentence_end(start).min(start + LONGEST_ASKED);
    let place = (start + 1..end).find(|place| is.contains(&words.at(*place)))?;
    let verb_place = skip_adverbs(words, place + 1, grammar);
    let verb = verb_in(words, verb_place, grammar.language, Form::Passive)?;
    if (start + 1..place).any(|place| lists::ASKED_OTHERS.contains(&words.at(place))) {
        return None;
    }
    let last = place - 1;
    let is_named = words.printed(last).starts_with(char::is_uppercase) && last > start;
    let is_subject = grammar.heads.contains(&words.at(last)) || is_named;
    if !is_subject || !to.contains(&words.at(verb_place + verb.n_words)) {
        return None;
    }
    let head = (start..=last).find(|at| words.gap(at + 1).contains(',')).unwrap_or(last);
    let asked = subject::without_article(words, start, head, grammar);
    Some(Found { asked: Some(asked), ..new_found(verb_place, verb, None) })
}

/// "COMMENDS test houses", "Notes:" behind the name of a body; not "Requests from the towns".
fn has_bare_object(words: &Words<'_>, place: usize, verb: Verb) -> bool {
    let next = words.at(place + verb.n_words);
    !(verb.is_noun && ["from", "of", "by", "in", "under", "de", "du", "des", "del"].contains(&next))
}

pub(super) fn opens_with_infinitive(words: &Words<'_>, start: usize, grammar: &Grammar) -> bool {
    let is_infinitive = |word: &str| ["ar", "er", "ir"].iter().any(|ending| word.ends_with(ending));
    grammar.to.contains(&words.at(start))
        || ["that", "que", "qu"].contains(&words.at(start))
        || grammar.to.is_empty() && is_infinitive(words.at(start))
}

/// The place behind printed numbers and letters: "1.", "(a)".
pub(in crate::describe) fn skip_marker(words: &Words<'_>) -> usize {
    let is_marker = |place: usize| {
        let word = words.at(place);
        let short = word.len() <= 4 && !word.is_empty();
        let is_number = |word: &str| word.bytes().all(|byte| byte.is_ascii_digit());
        // "3.2.1": the last number has no stop of its own.
        let ends_dotted =
            place > 0 && words.gap(place) == "." && is_number(word) && is_number(words.at(place - 1));
        let is_closed = ends_dotted || words.gap(place + 1).starts_with([')', '.', '°', 'º']);
        short && is_closed && place + 1 < words.len()
    };
    (0..4).take_while(|place| is_marker(*place)).count()
}

fn is_adverb(word: &str, grammar: &Grammar) -> bool {
    grammar.adverbs.contains(&word) || grammar.language != "fr" && is_of_manner(word, grammar)
}

/// Adverbs that verbs bring with them: "strongly", "fermement", "firmemente".
fn is_of_manner(word: &str, grammar: &Grammar) -> bool {
    let made = match grammar.language {
        "en" => word.len() > 4 && word.ends_with("ly"),
        "es" => word.len() > 6 && word.ends_with("mente"),
        _ => word.len() > 7 && word.ends_with("ment"),
    };
    made && !lists::NO_ADVERBS.contains(&word)
}

pub(super) fn skip_adverbs(words: &Words<'_>, mut place: usize, grammar: &Grammar) -> usize {
    while is_adverb(words.at(place), grammar) && verb_at(words, place, grammar.language).is_none() {
        place += 1;
    }
    place
}

/// "Requests the", not "requests from".
pub(super) fn has_object(words: &Words<'_>, place: usize, verb: Verb, grammar: &Grammar) -> bool {
    let mut next = behind_aside(words, place + verb.n_words, verb);
    let is_between = |word: &str| is_of_manner(word, grammar) || lists::WITHIN_VERBS.contains(&word);
    while is_between(words.at(next)) && !words.gap(next).contains(',') {
        next += 1;
    }
    let waits = next >= words.len() || words.gap(next).contains(':');
    verb.n_words > 1
        || waits && !verb.is_noun
        || next < words.len() && grammar.objects.contains(&words.at(next)) && !words.gap(next).contains(':')
        || grammar.language == "es"
            && ["ar", "er", "ir", "arse", "erse", "irse"]
                .iter()
                .any(|ending| words.at(next).ends_with(ending))
        || next < words.len()
            && words.printed(next).starts_with(char::is_uppercase)
            && !(verb.is_noun && words.gap(next).contains(':'))
}

/// "agree, where possible, to", "Stresses, in this regard, the": the place behind an aside between commas.
fn behind_aside(words: &Words<'_>, next: usize, verb: Verb) -> usize {
    const LONGEST: usize = 12;
    if next >= words.len() || !words.gap(next).contains(',') {
        return next;
    }
    // "Requests, complaints and offers" are nouns.
    if verb.is_noun && !lists::OPENERS_OF_ASIDES.contains(&words.at(next)) {
        return next;
    }
    let end = words.sentence_end(next).min(next + LONGEST);
    (next + 1..end).find(|place| words.gap(*place).contains(',')).unwrap_or(next)
}
