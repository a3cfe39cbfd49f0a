//! The acts behind a subject or a conjunction: "we instruct", "the Parties reaffirm", "and urges".

use chapeau_document::Act;

use super::opening::{has_object, in_capitals, skip_adverbs, skip_marker};
use super::{Found, Setting, is_statement, new_found};
use crate::describe::grammar::Grammar;
use crate::describe::subject;
use crate::describe::verbs::{Form, Verb, verb_at, verb_in};
use crate::describe::words::Words;
use crate::lists;

/// An act whose subject or conjunction stands at `place`.
pub(super) fn act_at(
    words: &Words<'_>,
    place: usize,
    last: Option<&Found>,
    setting: &Setting<'_>,
) -> Option<Found> {
    let grammar = setting.grammar;
    let word = words.at(place);
    if grammar.we.contains(&word) {
        return after_we(words, place, setting);
    }
    if !word.is_empty() && word == grammar.hereby {
        return after_hereby(words, place, grammar);
    }
    if grammar.heads.contains(&word)
        && !(setting.in_article && lists::BODY_HEADS.contains(&word))
        && let Some(found) = after_head(words, place, setting)
    {
        return Some(found);
    }
    if !setting.in_article
        && is_acronym(words.printed(place))
        && let Some(found) = after_acronym(words, place, grammar)
    {
        return Some(found);
    }
    if setting.of_meeting
        && words.opens_sentence(place)
        && let Some(found) = it_was_agreed(words, place, grammar)
    {
        return Some(found);
    }
    if grammar.we.is_empty()
        && word.ends_with("mos")
        && !grammar.subordinators.contains(&words.before(place, 1))
    {
        let verb = verb_at(words, place, grammar.language).filter(|verb| verb.form == Form::First)?;
        return Some(new_found(place, verb, None));
    }
    let last = last.filter(|last| words.sentence(last.place) == words.sentence(place) && !last.inherited)?;
    joined(words, place, last, grammar)
}

/// "WTO", "EDPB".
pub(super) fn is_acronym(printed: &str) -> bool {
    (3..=12).contains(&printed.len()) && printed.bytes().all(|byte| byte.is_ascii_uppercase())
}

/// "the EDPB recommends that": what an organisation asks of others; what else it does may be told of it.
fn after_acronym(words: &Words<'_>, place: usize, grammar: &Grammar) -> Option<Found> {
    use Act::{CallOn, Encourage, Invite, Recommend, Request, Urge};
    let next = skip_adverbs(words, place + 1, grammar);
    let verb = verb_at(words, next, grammar.language).filter(|verb| {
        let asks = [CallOn, Encourage, Invite, Recommend, Request, Urge].contains(&verb.act);
        asks && verb.form == Form::Third && !verb.is_noun && has_object(words, next, *verb, grammar)
    })?;
    let is_lower = words.printed(next).starts_with(char::is_lowercase);
    let others = grammar.subordinators.contains(&words.before(place, 1)) && words.before(place, 1) != "of";
    let first = subject::start(words, place, grammar);
    let others = others || grammar.subordinators.contains(&words.before(first, 1));
    let actor = subject::without_article(words, first, place, grammar);
    (is_lower && !others).then(|| new_found(next, verb, Some(actor)))
}

/// "we further instruct", "we, the Ministers, recognize".
fn after_we(words: &Words<'_>, place: usize, setting: &Setting<'_>) -> Option<Found> {
    let grammar = setting.grammar;
    let relative = ["which", "as", "whom", "what", "where", "que", "dont"];
    if relative.contains(&words.before(place, 1)) {
        return None;
    }
    let mut next = place + 1;
    if words.gap(next).contains(',') {
        next = (next + 1..(next + 16).min(words.len())).find(|place| words.gap(*place).contains(','))?;
    }
    let next = skip_adverbs(words, next, grammar);
    let form = if grammar.language == "en" { Form::Base } else { Form::First };
    // "We, the towns of the Guild, DESIROUS to": the first recital behind those who speak.
    let is_recital = setting.recital || in_capitals(words.printed(next)) && next > place + 1;
    let is_form = |verb: &Verb| verb.form == form || is_recital && verb.form == Form::Participle;
    let verb = verb_at(words, next, grammar.language).filter(is_form)?;
    Some(new_found(next, verb, None))
}

/// "It was so agreed", "Il a été décidé que", "Se acordó": what a meeting did.
fn it_was_agreed(words: &Words<'_>, place: usize, grammar: &Grammar) -> Option<Found> {
    let (opener, verbs): (&str, &[(&str, Act)]) = match grammar.language {
        "fr" => ("il a été", &[("convenu", Act::Agree), ("décidé", Act::Decide)]),
        "es" => ("se", &[("acordó", Act::Agree), ("convino", Act::Agree), ("decidió", Act::Decide)]),
        _ => ("it was", &[("agreed", Act::Agree), ("decided", Act::Decide), ("resolved", Act::Decide)]),
    };
    let opens = words.is_phrase(place, opener);
    let next = skip_adverbs(words, place + opener.split(' ').count(), grammar);
    let next = next + usize::from(["so", "also", "then"].contains(&words.at(next)));
    let (_, act) = verbs.iter().find(|(word, _)| opens && words.at(next) == *word)?;
    Some(new_found(next, Verb { act: *act, form: Form::Past, n_words: 1, is_noun: false }, None))
}

/// "the Parties, consistent with ..., hereby establish", "An association is hereby established",
/// "hereby shall establish", "il est institué un comité": done by saying it.
fn after_hereby(words: &Words<'_>, place: usize, grammar: &Grammar) -> Option<Found> {
    let next = place + 1 + usize::from(words.at(place + 1) == "shall");
    let established = Verb { act: Act::Establish, form: Form::Third, n_words: 1, is_noun: false };
    if grammar.language == "fr" {
        const PHRASES: &[&str] = &["est créé", "est créée", "est institué", "est instituée", "est établi"];
        return words.phrase_of(next, PHRASES).map(|_| new_found(next + 1, established, None));
    }
    let passive = ["is", "are"].contains(&words.before(place, 1)) && words.at(next) == "established";
    let verb = verb_at(words, next, grammar.language).or(passive.then_some(established))?;
    (verb.form != Form::Participle).then(|| new_found(next, verb, None))
}

/// "the Parties reaffirm", "The General Council hereby decides"; not "if the Parties agree".
fn after_head(words: &Words<'_>, head: usize, setting: &Setting<'_>) -> Option<Found> {
    let grammar = setting.grammar;
    let last = name_end(words, head, grammar);
    let next = skip_adverbs(words, after_aside(words, last), grammar);
    if words.sentence(next) != words.sentence(head) || words.gap(next).contains(['(', ':']) {
        return None;
    }
    let first = subject::start(words, head, grammar);
    let now = verb_at(words, next, grammar.language).filter(|verb| {
        matches!(verb.form, Form::Third | Form::Base) && has_object(words, next, *verb, grammar)
    });
    // What a body did long ago is told in the middle of a clause, what it did there and then at its opening.
    let did = setting.of_meeting && !setting.recital && !setting.in_article && first <= skip_marker(words);
    let verb = now.or_else(|| verb_in(words, next, grammar.language, Form::Past).filter(|_| did))?;
    let is_infinitive = verb.form == Form::Base && grammar.language != "en";
    if is_infinitive
        || subject::is_part(words, first)
        || grammar.subordinators.contains(&words.before(first, 1))
        || is_conditional(words, first, grammar)
    {
        return None;
    }
    Some(new_found(next, verb, Some(subject::without_article(words, first, last, grammar))))
}

/// The last word of the name whose head stands at `head`: "Council of Ministers", "Committee on Lamps
/// and Wicks". Only words in capitals go on with it.
fn name_end(words: &Words<'_>, head: usize, grammar: &Grammar) -> usize {
    const LONGEST: usize = 10;
    const JOINS: &[&str] = &["of", "on", "for", "des", "du", "de", "del"];
    let is_capital = |place: usize| {
        words.printed(place).starts_with(char::is_uppercase)
            && verb_at(words, place, grammar.language).is_none()
    };
    let mut last = head;
    if !JOINS.contains(&words.at(head + 1)) {
        return last;
    }
    while last < head + LONGEST {
        let mut next = last + 1;
        let joins = JOINS.contains(&words.at(next))
            || last > head && ["and", "et", "y", "in"].contains(&words.at(next));
        next += usize::from(joins);
        next += usize::from(joins && grammar.articles.contains(&words.at(next)));
        if !words.gap(last + 1).trim().is_empty() || !is_capital(next) || !(joins || last > head) {
            break;
        }
        last = next;
    }
    last
}

/// Longest aside between a subject and its verb, in words.
const LONGEST_ASIDE: usize = 60;

/// The place of the verb: right behind the subject, or behind an aside between commas: "The Member
/// States, recognising the need for development, agree".
fn after_aside(words: &Words<'_>, head: usize) -> usize {
    let next = head + 1;
    if !words.gap(next).contains(',') {
        return next;
    }
    let end = words.sentence_end(head).min(next + LONGEST_ASIDE);
    let closes = |place: &usize| words.gap(*place).contains(',') && words.at(*place) != "and";
    let last =
        lists::ASIDE_OPENINGS.contains(&words.at(next)).then(|| (next + 1..end).rev().find(closes)).flatten();
    last.unwrap_or(words.len())
}

/// "If a Party considers", "When an importing Party adopts": no act of the text.
fn is_conditional(words: &Words<'_>, first: usize, grammar: &Grammar) -> bool {
    let sentence = words.sentence(first);
    (1..=4.min(first))
        .take_while(|back| {
            words.sentence(first - back) == sentence && !words.gap(first + 1 - back).contains([',', ';', ':'])
        })
        .any(|back| grammar.conditions.contains(&words.at(first - back)))
}

/// "... and agree to deepen", ", urges Members": a verb joined to the last act.
fn joined(words: &Words<'_>, place: usize, last: &Found, grammar: &Grammar) -> Option<Found> {
    let by_word = grammar.and.contains(&words.at(place));
    if !by_word && !words.gap(place).contains(',') {
        return None;
    }
    let next = skip_adverbs(words, place, grammar);
    let next = if by_word && next == place { next + 1 } else { next };
    let verb = match last.form {
        Form::Past => verb_in(words, next, grammar.language, Form::Past),
        form => verb_at(words, next, grammar.language).filter(|verb| verb.form == form),
    }?;
    let between = last.place + last.n_words..place;
    let promises = [Act::Agree, Act::Decide, Act::Undertake].contains(&verb.act);
    let takes_infinitive = between.clone().any(|place| grammar.to.contains(&words.at(place)))
        && !(is_statement(last.act) && promises);
    let is_act = match verb.form {
        Form::Base => !takes_infinitive && has_object(words, next, verb, grammar),
        Form::Third | Form::First => {
            has_object(words, next, verb, grammar) || in_capitals(words.printed(next)) && !verb.is_noun
        }
        Form::Participle => is_statement(verb.act),
        Form::Past => true,
        Form::Passive => false,
    };
    is_act.then(|| new_found(next, verb, last.actor.clone()))
}
