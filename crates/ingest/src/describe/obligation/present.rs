//! The French present tense, which in treaties commands: "le Conseil arrête", "les Parties
//! accordent", "l'accord est conclu par la Conférence".
//!
//! Verbs that only state ("comporte", "comprend", "constitue", "est") are left out.

use super::phrases;
use super::stands_before;
use crate::describe::sieve::{Made, Phrases};
use crate::describe::words::Words;

// Third persons of verbs of conduct, as they stand in `registry/present.toml`.
include!(concat!(env!("OUT_DIR"), "/present.rs"));

static VERBS: Made = Made::new(|| Phrases::new(FR));

/// How far before its verb a subject may stand, in words: "Le Conseil, statuant à la majorité des
/// deux tiers de ses membres et sur proposition de la Commission, après avis du Parlement" has 23.
const FARTHEST_SUBJECT: usize = 32;

/// Whether the present tense at `place` commands.
pub(super) fn commands(words: &Words<'_>, place: usize, relative: &[&str]) -> bool {
    let n_words = words.phrase_among(place, &VERBS).or_else(|| is_verb_of_many(words, place).then_some(1));
    // "entre en fonction": its own preposition stands before its object.
    let is_whole = |n_words: usize| n_words == 2 && words.at(place + 1) == "en";
    let is_verb = n_words.is_some_and(|n_words| is_whole(n_words) || has_object(words, place + n_words));
    let is_subjected = words.phrase_of(place, phrases::EFFECTS_FR).is_some();
    (is_verb && has_subject(words, place) || is_subjected || is_done(words, place))
        && !stands_before(words, place, 12, relative)
}

/// "Les Etats membres transmettent", "les Parties se conforment": a plural right behind those who
/// act. Adverbs end alike ("conjointement"), but for a few verbs in "-rment" and "-omment".
fn is_verb_of_many(words: &Words<'_>, place: usize) -> bool {
    let word = words.at(place);
    let back =
        1 + usize::from(["se", "s", "en", "y", "le", "les", "lui", "leur"].contains(&words.before(place, 1)));
    let is_adverb = word.ends_with("ment") && !word.ends_with("rment") && !word.ends_with("omment");
    word.ends_with("ent")
        && word.len() > 5
        && !is_adverb
        && phrases::PLURAL_SUBJECTS.contains(&words.before(place, back))
        && !phrases::PLURAL_STATEMENTS.contains(&word)
}

fn has_object(words: &Words<'_>, place: usize) -> bool {
    let word = words.at(place);
    words.gap(place).starts_with([',', ':']) || phrases::OBJECTS_FR.contains(&word) || word.ends_with("ment")
}

/// "Les Parties n'établissent pas de discrimination", "(a) ne modifie pas": the present forbids as well.
pub(super) fn forbids(words: &Words<'_>, place: usize) -> bool {
    let word = words.at(place);
    let negated = ["ne", "n"].contains(&words.before(place, 1)) && words.at(place + 1) == "pas";
    let is_verb = ["e", "ent", "t"].iter().any(|ending| word.ends_with(ending)) && word.len() > 3;
    let states = phrases::STATING_STEMS_FR
        .iter()
        .any(|stem| word == *stem || stem.len() > 3 && word.starts_with(stem));
    const RELATIVE: &[&str] = &["qui", "que", "qu", "dont", "où", "si", "lorsque", "lorsqu", "quand", "s"];
    let opens_condition = (0..=place)
        .rev()
        .take_while(|at| words.sentence(*at) == words.sentence(place))
        .any(|at| words.opens_sentence(at) && ["si", "lorsque", "lorsqu", "quand"].contains(&words.at(at)));
    negated
        && is_verb
        && !states
        && !opens_condition
        && has_subject(words, place - 1)
        && !stands_before(words, place, 12, RELATIVE)
}

/// A subject in the same sentence, or none where an item leaves it to its lead-in. An article or
/// a modal before the word makes it a noun, an adjective or a part of another verb.
fn has_subject(words: &Words<'_>, place: usize) -> bool {
    let before = words.before(place, 1);
    if ["le", "la", "l", "une", "un", "cette", "de", "d", "à", "par", "pour"].contains(&before) {
        return false;
    }
    let sentence = words.sentence(place);
    words.opens_sentence(place)
        || place == crate::describe::acts::skip_marker(words)
        || (1..=FARTHEST_SUBJECT.min(place))
            .take_while(|back| words.sentence(place - back) == sentence)
            .any(|back| phrases::COMMANDING_SUBJECTS.contains(&words.at(place - back)))
}

/// "est conclu par la Conférence", "sont adoptés", "est équilibré": how something has to be; but
/// "est constitué par" only states.
fn is_done(words: &Words<'_>, place: usize) -> bool {
    const ENDINGS: &[&str] =
        &["é", "ée", "és", "ées", "u", "ue", "us", "ues", "is", "ise", "ises", "it", "ite", "its", "ites"];
    if !["est", "sont"].contains(&words.at(place)) {
        return false;
    }
    const ADVERBIALS: &[&str] = &[
        "dans les meilleurs délais",
        "dans les moindres délais",
        "sans délai",
        "sans retard",
        "immédiatement",
        "également",
        "alors",
        "ensuite",
        "aussitôt",
        "dûment",
        "d office",
        "par écrit",
    ];
    let place = place + words.phrase_of(place + 1, ADVERBIALS).unwrap_or_default();
    let participle = words.at(place + 1);
    let is_notice = words.before(place, 1) == "avis" && participle == "donné";
    if is_notice || (1..20).any(|back| words.is_phrase(place.saturating_sub(back), "aucune disposition")) {
        return false;
    }
    let is_participle = participle.len() > 3 && ENDINGS.iter().any(|ending| participle.ends_with(ending));
    let states = phrases::STATING_PARTICIPLES.iter().any(|stem| participle.starts_with(stem));
    let is_wording = words.is_phrase(place + 2, "comme suit");
    is_participle && !states && !is_wording || is_submitted(words, place + 1)
}

/// "est soumis pour avis au Comité"; but "est soumis au principe" states.
fn is_submitted(words: &Words<'_>, place: usize) -> bool {
    const TO: &[&str] = &["à l approbation", "à l avis", "à la ratification", "à ratification", "à l examen"];
    let to_whom = (place + 1..place + 4).any(|at| phrases::COMMANDING_SUBJECTS.contains(&words.at(at)));
    let is_step = words.at(place + 1) == "pour" || words.phrase_of(place + 1, TO).is_some();
    words.at(place).starts_with("soumis") && (is_step || to_whom)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let words = Words::of(text);
        let relative = ["qui", "que", "qu", "dont", "où", "lorsque", "si"];
        let found: Vec<&str> =
            (0..words.len()).filter(|at| commands(&words, *at, &relative)).map(|at| words.at(at)).collect();
        assert_eq!(found.join(" "), expected, "in {text:?}");
    }

    #[test]
    fn the_present_of_those_who_act_commands() {
        check("Le Conseil arrête les dispositions utiles.", "arrête");
        check("Les Parties accordent aux produits le même traitement.", "accordent");
        check("Le Conseil, statuant à la majorité, adopte des règles.", "adopte");
        check("Les actes sont adoptés, après consultation du Parlement.", "sont");
        check("L'accord est conclu par la Conférence.", "est");
        check("Le budget est équilibré en recettes.", "est");
        check("Ces pertes font l'objet d'un traitement.", "font");
        check("Il cesse d'avoir effet le dernier jour.", "cesse");
        check("La Commission fait rapport au Conseil.", "fait");
        check("- exécute le budget ;", "exécute");
        check("Les Etats membres transmettent régulièrement à la Commission", "transmettent");
        check("Les Parties se conforment aux orientations", "conforment");
        check("Le projet est soumis pour avis au Comité.", "est");
        check("entre les Parties, la Commission entre en relation", "entre");
    }

    #[test]
    fn what_is_about_something_else_states() {
        check("La présente Convention et son annexe", "");
        check("les mesures que le Conseil adopte en la matière", "");
        check("si une Partie prend des mesures", "");
        check("Les organes de l'Union sont constitués par :", "");
        check("La Cour comporte deux Chambres.", "");
        check("Les ressources sont soumises au principe de solidarité.", "");
        check("Les Parties conjointement avec le Conseil", "");
        check("Les Parties disposent de deux voix.", "");
        check("Le mandat est de quatre ans.", "");
        check("L'article 3 est rédigé comme suit :", "");
    }
}
