//! English modal verbs.

use chapeau_document::Obligation;

use super::phrases::{
    DEFINES, GRANTS, HARMS, LIMITS_SCOPE, MEASURES, MODALS, PERSONS, QUALIFIERS, SAYING, SOFT,
};
use super::{Force, is_qualified, stands_before};
use crate::describe::words::Words;

/// The force of the word at `place`, if it has any.
pub(super) fn force_at(words: &Words<'_>, place: usize) -> Option<Force> {
    if !words.passes(place, &MODALS.first) {
        return glued_shall(words, place);
    }
    match words.at(place) {
        "shall" | "must" => shall(words, place),
        "may" => may(words, place),
        "can" | "cannot" => can(words, place),
        "will" => will(words, place),
        "should" | "ought" => should(words, place),
        "agree" | "agrees" | "undertake" | "undertakes" | "commit" | "commits" | "pledge" | "pledges"
        | "committed" => promise(words, place),
        "endeavour" | "endeavours" | "endeavor" | "endeavors" | "strive" => endeavour(words, place),
        "efforts" => best_efforts(words, place),
        "recognize" | "recognizes" | "recognise" | "recognises" | "acknowledge" | "acknowledges"
        | "reaffirm" | "reaffirms" | "affirm" | "affirms" | "note" | "notes" => recognition(words, place),
        "entitled" | "free" | "permitted" | "allowed" | "authorized" | "authorised" => {
            permitted(words, place)
        }
        "right" => right(words, place),
        "encouraged" => encouraged(words, place),
        "required" | "obliged" | "obligated" | "bound" => required(words, place),
        "prohibited" | "forbidden" => prohibited(words, place),
        // A word that came through the sieve by chance.
        _ => glued_shall(words, place),
    }
}

fn force(obligation: Obligation, first: usize, last: usize) -> Option<Force> {
    Some(Force { obligation, first, last })
}

/// Words before a clause that is about something else than what the sentence asks.
const CONDITIONAL: &[&str] =
    &["if", "unless", "where", "when", "whether", "case", "event", "how", "what", "as"];

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

fn shall(words: &Words<'_>, place: usize) -> Option<Force> {
    let (negated, verb) = verb_after(words, place);
    let last = verb.min(words.sentence_end(place).saturating_sub(1)).max(place);
    if words.phrase_of(verb, GRANTS).is_some() {
        let granted = !negated && !has_negative_subject(words, place);
        let obligation = if granted { Obligation::Permission } else { Obligation::Prohibition };
        return force(obligation, place, last);
    }
    if negated && words.phrase_of(verb, &["be required", "be obliged", "be obligated", "be bound"]).is_some()
    {
        return force(Obligation::Permission, place, last);
    }
    if words.phrase_of(verb, DEFINES).is_some() || deems(words, verb) || is_about_nothing(words, place) {
        return None;
    }
    if negated && words.phrase_of(verb, MEASURES).is_some() {
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
fn verb_after(words: &Words<'_>, place: usize) -> (bool, usize) {
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

fn may(words: &Words<'_>, place: usize) -> Option<Force> {
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
    if is_guess(words, verb) && !(next == "not" && holds) {
        return None;
    }
    if next == "not" || has_negative_subject(words, place) {
        return force(Obligation::Prohibition, place, verb);
    }
    if is_about_nothing(words, place) {
        return None;
    }
    force(Obligation::Permission, place, verb)
}

/// "no measures can be introduced", "a Party can request"; what else can be is a fact.
fn can(words: &Words<'_>, place: usize) -> Option<Force> {
    let follows = words.at(place) == "can" && words.at(place + 1) == "not";
    let negated = follows || words.at(place) == "cannot" || has_negative_subject(words, place);
    let verb = skip_adverbs(words, place + 1 + usize::from(follows));
    let is_conditional = (1..=place)
        .take_while(|back| words.sentence(place - back) == words.sentence(place))
        .any(|back| CONDITIONAL.contains(&words.at(place - back)));
    if is_conditional || is_about_others(words, place) || is_guess(words, verb) {
        return None;
    }
    let is_passive = words.at(verb) == "be" && words.at(verb + 1).ends_with("ed");
    let is_person = PERSONS.contains(&words.before(place, 1));
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
    if stands_before(words, place, 5, CONDITIONAL)
        || stands_before(words, place, 8, &["which", "whom", "whose"])
    {
        return true;
    }
    is_said_by_others(words, place)
}

/// "matters that the Parties may agree", "expresses in writing that it will not"; but "agree that
/// the Parties may".
fn is_said_by_others(words: &Words<'_>, place: usize) -> bool {
    (2..8).any(|back| {
        words.before(place, back) == "that"
            && !words.gap(place - back).contains(',')
            && stands_before(words, place, back, &["that"])
            && !SAYING.contains(&words.before(place, back + 1))
            && !words.before(place, back + 1).is_empty()
    })
}

/// "may arise", "may be necessary": likelihood, not leave.
fn is_guess(words: &Words<'_>, verb: usize) -> bool {
    let happens = [
        "arise",
        "occur",
        "affect",
        "result",
        "exist",
        "lead",
        "cause",
        "constitute",
        "become",
        "involve",
        "contain",
        "include",
        "cover",
        "consist",
        "take the form",
        "threaten",
        "impair",
        "remain",
        "differ",
        "vary",
        "need",
        "wish",
        "prove",
        "entail",
        "deem",
    ];
    let states = [
        "necessary",
        "appropriate",
        "required",
        "possible",
        "needed",
        "affected",
        "caused",
        "relevant",
        "useful",
        "attributable",
        "desirable",
        "expected",
        "available",
        "justified",
        "due",
        "likely",
        "sufficient",
    ];
    let (first, second) = (words.at(verb), words.at(verb + 1));
    happens.contains(&first)
        || (first == "be" && states.contains(&second))
        || (first == "have" && second != "recourse" && second != "access")
}

fn will(words: &Words<'_>, place: usize) -> Option<Force> {
    let noun = ["the", "their", "political", "free", "good", "its", "common", "own", "a", "of", "at"];
    let before = words.before(place, 1);
    if noun.contains(&before)
        || ["that", "which", "who"].contains(&before)
        || stands_before(words, place, 5, &["if", "whether"])
        || is_said_by_others(words, place)
    {
        return None;
    }
    let (_, verb) = verb_after(words, place);
    let last = verb.min(words.len().saturating_sub(1)).max(place);
    let obligation = if is_soft(words, verb) { Obligation::BestEndeavour } else { Obligation::Commitment };
    force(obligation, place, last)
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

/// "agree to", "undertake to", "commit themselves to", "are committed to".
fn promise(words: &Words<'_>, place: usize) -> Option<Force> {
    let itself = ["itself", "themselves", "ourselves"].contains(&words.at(place + 1));
    let to = place + 1 + usize::from(itself);
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

/// "The Parties endeavour to"; behind a modal verb the modal has said it all.
fn endeavour(words: &Words<'_>, place: usize) -> Option<Force> {
    let plain = ["parties", "we", "and", "party", "members", "also", "further", "to"]
        .contains(&words.before(place, 1));
    let is_best = words.before(place, 1) == "best";
    let is_verb = words.at(place + 1) == "to" && plain;
    if is_best || is_verb { force(Obligation::BestEndeavour, place, place + 1) } else { None }
        .map(|force| Force { last: force.last.min(words.len() - 1), ..force })
}

fn best_efforts(words: &Words<'_>, place: usize) -> Option<Force> {
    let is_best = words.before(place, 1) == "best" && !words.before(place, 2).is_empty();
    if is_best { force(Obligation::BestEndeavour, place - 1, place) } else { None }
}

fn recognition(words: &Words<'_>, place: usize) -> Option<Force> {
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
fn permitted(words: &Words<'_>, place: usize) -> Option<Force> {
    let negated = words.before(place, 1) == "not";
    let verb = words.before(place, 1 + usize::from(negated));
    if words.at(place + 1) != "to" || !["is", "are", "remain", "remains"].contains(&verb) {
        return None;
    }
    if stands_before(words, place, 7, &["that", "which", "who", "if", "where", "when", "whether", "unless"]) {
        return None;
    }
    force(if negated { Obligation::Prohibition } else { Obligation::Permission }, place - 1, place + 1)
}

/// "has the right to", "reserves the right to".
fn right(words: &Words<'_>, place: usize) -> Option<Force> {
    let has = ["has", "have", "reserve", "reserves", "retain", "retains"].contains(&words.before(place, 2));
    let is_right = has && words.before(place, 1) == "the" && words.at(place + 1) == "to";
    let conditional = stands_before(words, place, 6, &["that", "which", "who", "if", "shall", "not"]);
    if is_right && !conditional { force(Obligation::Permission, place - 2, place + 1) } else { None }
}

fn encouraged(words: &Words<'_>, place: usize) -> Option<Force> {
    let is_asked = ["is", "are"].contains(&words.before(place, 1)) && words.at(place + 1) == "to";
    if is_asked { force(Obligation::Recommendation, place - 1, place + 1) } else { None }
}

/// "is required to" asks, "are not obliged to" frees.
fn required(words: &Words<'_>, place: usize) -> Option<Force> {
    let negated = words.before(place, 1) == "not";
    let verb = words.before(place, 1 + usize::from(negated));
    if words.at(place + 1) != "to" || !["is", "are"].contains(&verb) {
        return None;
    }
    let others = ["that", "which", "who", "if", "where", "when", "whether", "as", "unless", "than"];
    if stands_before(words, place, 8, &others) {
        return None;
    }
    force(if negated { Obligation::Permission } else { Obligation::Duty }, place - 1, place + 1)
}

fn prohibited(words: &Words<'_>, place: usize) -> Option<Force> {
    let is_forbidden = ["is", "are"].contains(&words.before(place, 1))
        && !stands_before(words, place, 9, &["that", "which", "if", "where", "as"]);
    if is_forbidden { force(Obligation::Prohibition, place - 1, place) } else { None }
}
