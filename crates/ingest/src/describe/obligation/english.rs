//! English modal verbs.

use chapeau_document::Obligation;

use super::guesses::{is_guess, is_guess_in_prose};
use super::phrases;
use super::phrases::{
    DEFINES, DEFINES_TERM, GRANTS, HARMS, LIMITS_SCOPE, MEASURES, MODALS, PERSONS, QUALIFIERS, SAYING, SOFT,
};
use super::{Force, Setting, future, is_qualified, plain, stands_before};
use crate::describe::words::Words;

/// The force of the word at `place`, if it has any.
pub(super) fn force_at(words: &Words<'_>, place: usize, setting: Setting<'_>) -> Option<Force> {
    let binds = setting.binds;
    if !words.may_begin(place, &MODALS) {
        return glued_shall(words, place);
    }
    match words.at(place) {
        "must" if !binds && is_relative(words, place) => None,
        "shall" | "must" => shall(words, place),
        "may" => may(words, place, binds),
        "can" | "cannot" => can(words, place, binds),
        "will" => future::will(words, place, binds),
        "need" => need_not(words, place, binds),
        "should" | "ought" => should(words, place),
        "agree" | "agrees" | "undertake" | "undertakes" | "commit" | "commits" | "pledge" | "pledges"
        | "committed" | "recommit" | "recommits" => promise(words, place),
        "endeavour" | "endeavours" | "endeavor" | "endeavors" | "strive" => plain::endeavour(words, place),
        "efforts" => plain::best_efforts(words, place),
        "recognize" | "recognizes" | "recognise" | "recognises" | "acknowledge" | "acknowledges"
        | "reaffirm" | "reaffirms" | "affirm" | "affirms" | "note" | "notes" => {
            // A bare act of a decision is no obligation; in an article the Parties bind themselves to a view.
            plain::recognition(words, place).filter(|_| setting.in_article)
        }
        "entitled" | "free" | "permitted" | "allowed" | "authorized" | "authorised" => {
            plain::permitted(words, place)
        }
        "right" => plain::right(words, place),
        "encouraged" => plain::encouraged(words, place),
        "required" | "obliged" | "obligated" | "bound" => plain::required(words, place),
        "prohibited" | "forbidden" | "unlawful" => plain::prohibited(words, place),
        "mandatory" | "compulsory" => plain::mandatory(words, place),
        // A word that came through the sieve by chance.
        _ => glued_shall(words, place),
    }
}

pub(super) fn force(obligation: Obligation, first: usize, last: usize) -> Option<Force> {
    Some(Force { obligation, first, last })
}

/// "Partyshall ensure", "shallpublish", "dutyshallbe": conversions lose the space beside the word.
fn glued_shall(words: &Words<'_>, place: usize) -> Option<Force> {
    const SHORTEST: usize = 7;
    let word = words.at(place);
    if word.len() < SHORTEST {
        return None;
    }
    let at = word.as_bytes().windows("shall".len()).position(|letters| letters == b"shall")?;
    let verb = &word[at + "shall".len()..];
    if word[..at].ends_with("mar") || ["ow", "ot"].iter().any(|end| verb.starts_with(end)) {
        return None;
    }
    if verb.is_empty() {
        return shall(words, place);
    }
    let obligation = match verb {
        "not" => Obligation::Prohibition,
        _ if ["refrain", "abstain"].iter().any(|stem| verb.starts_with(stem)) => Obligation::Prohibition,
        _ if ["endeav", "cooperate", "strive"].iter().any(|stem| verb.starts_with(stem)) => {
            Obligation::BestEndeavour
        }
        _ => Obligation::Duty,
    };
    force(obligation, place, place)
}

/// "shall be prohibited"; "shall be neither restricted nor prohibited" forbids as well: to restrict.
const FORBIDS: &[&str] = &[
    "be prohibited",
    "be forbidden",
    "be banned",
    "be unlawful",
    "be neither",
    "be strictly prohibited",
    "be expressly prohibited",
];

fn shall(words: &Words<'_>, place: usize) -> Option<Force> {
    let (negated, verb) = verb_after(words, place);
    let last = verb.min(words.sentence_end(place).saturating_sub(1)).max(place);
    if words.phrase_of(verb, FORBIDS).is_some() {
        return force(
            if negated { Obligation::Permission } else { Obligation::Prohibition },
            place,
            verb + 1,
        );
    }
    // What somebody "must be able to" do he must see to.
    let is_capacity = words.at(place) == "must" && words.phrase_of(verb, &["be able to"]).is_some();
    if !is_capacity && words.phrase_of(verb, GRANTS).is_some() {
        let granted = !negated && !has_negative_subject(words, place);
        let obligation = if granted { Obligation::Permission } else { Obligation::Prohibition };
        return force(obligation, place, last);
    }
    if negated && words.phrase_of(verb, &["be required", "be obliged", "be obligated", "be bound"]).is_some()
    {
        // "shall not be required solely to set the value" forbids to ask for it on that ground.
        let on_ground = ["solely", "only", "merely"].contains(&words.at(verb + 2));
        let obligation = if on_ground { Obligation::Prohibition } else { Obligation::Permission };
        return force(obligation, place, last);
    }
    // What "shall not be necessary" is left to everybody.
    if negated && words.phrase_of(verb, &["be necessary", "be needed"]).is_some() {
        return None;
    }
    let names_term = || is_term(words, place) && words.phrase_of(verb, DEFINES_TERM).is_some();
    if words.phrase_of(verb, DEFINES).is_some()
        || names_term()
        || deems(words, verb)
        || is_about_nothing(words, place)
    {
        return None;
    }
    let is_measure =
        words.phrase_of(verb, MEASURES).is_some() || words.at(verb) == "exceed" && counts_time(words, verb);
    if negated && is_measure {
        return force(Obligation::Duty, place, last);
    }
    if negated || has_negative_subject(words, place) {
        let limits = limits_scope(words, place, verb, negated);
        return if limits { None } else { force(Obligation::Prohibition, place, last) };
    }
    if ["refrain", "abstain"].contains(&words.at(verb)) {
        return force(Obligation::Prohibition, place, last);
    }
    if is_soft(words, verb) {
        return force(Obligation::BestEndeavour, place, last);
    }
    if words.phrase_of(verb, &["be encouraged"]).is_some() {
        return force(Obligation::Recommendation, place, verb + 1);
    }
    let qualified = is_qualified(words, place, &QUALIFIERS);
    force(if qualified { Obligation::QualifiedDuty } else { Obligation::Duty }, place, last)
}

/// "shall not exceed ninety (90) days": how long something takes, is a duty to be in time.
fn counts_time(words: &Words<'_>, verb: usize) -> bool {
    const UNITS: &[&str] = &["day", "days", "week", "weeks", "month", "months", "year", "years", "hours"];
    (verb + 1..verb + 6).any(|at| UNITS.contains(&words.at(at)))
}

/// "need not be signed": frees.
fn need_not(words: &Words<'_>, place: usize, binds: bool) -> Option<Force> {
    let frees = binds && words.at(place + 1) == "not" && !is_about_others(words, place);
    if frees { force(Obligation::Permission, place, place + 1) } else { None }
}

/// Whether "shall" speaks of a word: "the term “lamp” shall comprise".
fn is_term(words: &Words<'_>, place: usize) -> bool {
    const TERMS: &[&str] = &["term", "terms", "expression", "expressions", "word", "words"];
    let start = words.sentence_start(place).max(place.saturating_sub(10));
    place > 0 && words.quoted(place - 1) && (start..place).any(|at| TERMS.contains(&words.at(at)))
}

/// Whether a negated "shall" limits the reach of the text: "this Article shall not apply", but not
/// "no duties shall apply", nor "restrictions shall not constitute a means of discrimination".
fn limits_scope(words: &Words<'_>, place: usize, verb: usize, negated: bool) -> bool {
    const TEXTS: &[&str] = &["provision", "provisions", "article", "paragraph", "agreement"];
    let is_person = PERSONS.contains(&words.before(place, 1));
    let is_of_text = negated || (1..8).any(|back| TEXTS.contains(&words.before(place, back)));
    let harms = words.phrase_of(verb, HARMS).is_some();
    words.phrase_of(verb, LIMITS_SCOPE).is_some() && !is_person && !harms && is_of_text
}

/// "shall be, without regard to where they are produced, considered to be originating".
fn deems(words: &Words<'_>, verb: usize) -> bool {
    const TAKEN: &[&str] = &["considered", "deemed", "regarded", "understood", "presumed"];
    let end = words.sentence_end(verb).min(verb + LONGEST_ASIDE);
    words.at(verb) == "be"
        && words.gap(verb + 1).contains(',')
        && (verb + 2..end)
            .find(|at| words.gap(*at).contains(','))
            .is_some_and(|at| TAKEN.contains(&words.at(at)))
}

/// Whether the verb at `place` asks for an effort only.
pub(super) fn is_soft(words: &Words<'_>, place: usize) -> bool {
    words.phrase_among(place, &SOFT).is_some()
}

/// Longest aside between a modal and its verb, in words: "shall, within a reasonable period after
/// the application is considered complete under its laws, inform".
const LONGEST_ASIDE: usize = 40;

/// Whether the modal at `place` is negated, and where its verb stands, behind adverbs and asides.
pub(super) fn verb_after(words: &Words<'_>, place: usize) -> (bool, usize) {
    let mut at = skip_adverbs(words, place + 1);
    let mut negated = false;
    if ["not", "never", "neither"].contains(&words.at(at)) {
        negated = true;
        at += 1;
    } else if words.phrase_of(at, &["in no", "under no", "at no"]).is_some() {
        return (true, at);
    }
    let end = words.sentence_end(place);
    if at < end && words.gap(at).contains(',') {
        let closes = (at + 1..end.min(at + LONGEST_ASIDE)).find(|place| words.gap(*place).contains(','));
        let Some(close) = closes else { return (negated, place) };
        at = close;
    }
    // "shall subject to the approval of the Council have power to".
    if words.phrase_of(at, &["subject to"]).is_some() {
        let verb = (at + 2..end.min(at + LONGEST_ASIDE)).find(|at| ["have", "be"].contains(&words.at(*at)));
        at = verb.unwrap_or(at);
    }
    (negated, skip_adverbs(words, at))
}

/// The place behind adverbs.
pub(super) fn skip_adverbs(words: &Words<'_>, mut place: usize) -> usize {
    let verbs = ["apply", "supply", "comply", "rely", "imply", "reply", "multiply"];
    let adverbs = [
        "also",
        "further",
        "then",
        "always",
        "thereafter",
        "therefore",
        "as",
        "thus",
        "at",
        "all",
        "times",
        "both",
        "each",
    ];
    loop {
        let word = words.at(place);
        let is_adverb =
            (word.len() > 3 && word.ends_with("ly") && !verbs.contains(&word)) || adverbs.contains(&word);
        if !is_adverb {
            return place;
        }
        place += 1;
    }
}

/// "No Party shall", "Neither Party may", "nor shall".
fn has_negative_subject(words: &Words<'_>, place: usize) -> bool {
    if words.before(place, 1) == "nor" {
        return true;
    }
    negation_before(words, place, &["no", "neither", "none", "nor"]).is_some_and(|at| {
        let harmless = ["later", "less", "more", "longer", "agreement"];
        !(words.at(at) == "no" && harmless.contains(&words.at(at + 1)))
    })
}

/// "Nothing in this Agreement shall ...": a carve-out.
fn is_about_nothing(words: &Words<'_>, place: usize) -> bool {
    (1..14).any(|back| words.before(place, back) == "nothing")
}

/// A negation that opens the part of the sentence that `place` is in.
fn negation_before(words: &Words<'_>, place: usize, list: &[&str]) -> Option<usize> {
    let sentence = words.sentence(place);
    for at in (place.saturating_sub(12)..place).rev() {
        if words.sentence(at) != sentence {
            return None;
        }
        let opens = words.opens_sentence(at)
            || words.gap(at).contains([',', ':', ')', '('])
            || ["that", "and", "but", "or", "provided", "under", "in", "at"].contains(&words.at(at - 1));
        if list.contains(&words.at(at)) && opens {
            return Some(at);
        }
        if words.gap(at + 1).contains([',', ':']) && at + 1 < place && opens {
            return None;
        }
    }
    None
}

/// "a problem that must be solved": asked of nobody here.
fn is_relative(words: &Words<'_>, place: usize) -> bool {
    ["that", "which", "who"].contains(&words.before(place, 1))
}

fn may(words: &Words<'_>, place: usize, binds: bool) -> Option<Force> {
    let next = words.at(place + 1);
    let is_month = (words.printed(place).starts_with('M')
        && !words.opens_sentence(place)
        && words.printed(place) != "MAY")
        || next.starts_with(|c: char| c.is_ascii_digit());
    if is_month || is_about_others(words, place) {
        return None;
    }
    let verb = skip_adverbs(words, place + 1 + usize::from(next == "not"));
    let holds = ["contain", "include", "cover", "involve", "constitute"].contains(&words.at(verb));
    if is_guess(words, verb) && !(next == "not" && holds) || !binds && is_guess_in_prose(words, place, verb) {
        return None;
    }
    if next == "not" || has_negative_subject(words, place) {
        return force(Obligation::Prohibition, place, verb);
    }
    // "This Act may be cited as": a name, and nobody's leave.
    if words.phrase_of(verb, &["be cited", "be called", "be known as"]).is_some() {
        return None;
    }
    // "may only be applied to": a limit, and nobody's leave.
    if next == "only" && words.at(verb) == "be" {
        return None;
    }
    if is_about_nothing(words, place) {
        return None;
    }
    force(Obligation::Permission, place, verb)
}

/// "no measures can be introduced", "a Party can request"; what else can be is a fact.
fn can(words: &Words<'_>, place: usize, binds: bool) -> Option<Force> {
    let follows = words.at(place) == "can" && words.at(place + 1) == "not";
    let negated = follows || words.at(place) == "cannot" || has_negative_subject(words, place);
    let verb = skip_adverbs(words, place + 1 + usize::from(follows));
    let is_conditional = (1..=place)
        .take_while(|back| words.sentence(place - back) == words.sentence(place))
        .any(|back| phrases::CONDITIONAL.contains(&words.at(place - back)));
    let is_hard = phrases::EASE.contains(&words.at(verb - 1));
    if is_conditional || is_hard || is_about_others(words, place) || is_guess(words, verb) {
        return None;
    }
    let is_passive = words.at(verb) == "be" && words.at(verb + 1).ends_with("ed");
    let before = words.before(place, 1);
    let is_person = before == "you" || binds && PERSONS.contains(&before);
    match negated {
        true if is_passive => force(Obligation::Prohibition, place, verb),
        false if is_person => force(Obligation::Permission, place, verb),
        _ => None,
    }
}

/// Whether the modal at `place` stands in a relative or conditional clause.
fn is_about_others(words: &Words<'_>, place: usize) -> bool {
    let before = words.before(place, 1);
    if ["which", "who", "as", "that", "it", "there"].contains(&before) && before != "it" {
        return true;
    }
    if stands_before(words, place, 5, phrases::CONDITIONAL) || is_within_relative(words, place) {
        return true;
    }
    is_said_by_others(words, place)
}

/// "measures which a Party may adopt"; but "a maker which wishes to appeal may": its own verb closes the
/// relative clause.
fn is_within_relative(words: &Words<'_>, place: usize) -> bool {
    const REACH: usize = 8;
    let last = place.min(REACH);
    (1..=last)
        .take_while(|back| {
            words.sentence(place - back) == words.sentence(place)
                && !words.gap(place - back + 1).contains([',', ':', '(', ')'])
        })
        .any(|back| {
            ["which", "whom", "whose"].contains(&words.at(place - back))
                && !has_own_verb(words, place - back, place)
        })
}

/// Whether the relative clause that opens at `relative` has its verb before `place`: "that wishes to appeal",
/// "who is established in a town".
fn has_own_verb(words: &Words<'_>, relative: usize, place: usize) -> bool {
    let verb = words.at(relative + 1);
    let is_verb = verb.len() > 2
        && verb.ends_with('s')
        && phrases::BEHIND_RELATIVE_VERBS.contains(&words.at(relative + 2))
        || verb.ends_with("ed") && phrases::BEHIND_RELATIVE_VERBS.contains(&words.at(relative + 2));
    relative + 1 < place && (phrases::RELATIVE_VERBS.contains(&verb) || is_verb)
}

/// "matters that the Parties may agree", "expresses in writing that it will not"; but "agree that
/// the Parties may".
pub(super) fn is_said_by_others(words: &Words<'_>, place: usize) -> bool {
    (2..8).any(|back| {
        words.before(place, back) == "that"
            && !words.gap(place - back).contains(',')
            && stands_before(words, place, back, &["that"])
            && !SAYING.contains(&words.before(place, back + 1))
            && !words.before(place, back + 1).is_empty()
            && !has_own_verb(words, place - back, place)
    })
}

fn should(words: &Words<'_>, place: usize) -> Option<Force> {
    // "Should a Party wish": a condition.
    let inverted = words.opens_sentence(place) && words.at(place) == "should"
        || words.gap(place).contains(',') && ["a", "the", "any", "it", "such"].contains(&words.at(place + 1));
    let conditional =
        stands_before(words, place, 6, &["if", "unless", "case", "event", "lest", "which", "why", "how"]);
    if inverted || conditional {
        return None;
    }
    let (_, verb) = verb_after(words, place);
    force(Obligation::Recommendation, place, verb.min(words.len().saturating_sub(1)).max(place))
}

/// "agree, where possible, to": the place behind an aside between commas.
fn behind_aside(words: &Words<'_>, place: usize) -> usize {
    const LONGEST: usize = 8;
    if place >= words.len() || !words.gap(place).contains(',') {
        return place;
    }
    let end = words.sentence_end(place).min(place + LONGEST);
    (place + 1..end).find(|at| words.gap(*at).contains(',')).unwrap_or(place)
}

/// "agree to", "undertake to", "commit themselves to", "are committed to".
fn promise(words: &Words<'_>, place: usize) -> Option<Force> {
    let itself = ["itself", "themselves", "ourselves"].contains(&words.at(place + 1));
    let efforts = ["our efforts", "their efforts", "its efforts"]
        .iter()
        .any(|phrase| words.is_phrase(place + 1, phrase));
    let to = behind_aside(words, place + 1 + usize::from(itself) + 2 * usize::from(efforts));
    let is_adjective = words.at(place) == "committed";
    let no_verb = ["the", "a", "an", "this", "any", "it", "such", "these", "those", "each", "its", "their"];
    let modal =
        ["may", "shall", "can", "to", "not", "should", "will", "could", "must", "would", "might", "cannot"];
    let before = words.before(place, 1);
    let is_verb = if is_adjective {
        ["are", "is", "remain", "remains"].contains(&before)
    } else {
        !modal.contains(&before) && !no_verb.contains(&words.at(to + 1))
    };
    if words.at(to) != "to"
        || !is_verb
        || stands_before(words, place, 5, &["if", "unless", "which", "as", "who", "whether"])
    {
        return None;
    }
    let verb = skip_adverbs(words, to + 1);
    let obligation = if is_soft(words, verb) { Obligation::BestEndeavour } else { Obligation::Commitment };
    force(obligation, place, verb.min(words.len() - 1))
}
