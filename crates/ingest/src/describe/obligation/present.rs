//! The French present tense, which in treaties commands: "le Conseil arrête", "les Parties
//! accordent", "l'accord est conclu par la Conférence".
//!
//! Verbs that only state ("comporte", "comprend", "constitue", "est") are left out.

use super::stands_before;
use crate::describe::sieve::{Made, Phrases};
use crate::describe::words::Words;

/// Third persons of verbs of conduct, as found in the French agreements of the ToTA collection.
static VERBS: Made = Made::new(|| {
    Phrases::new(&[
        "accorde",
        "accordent",
        "adopte",
        "adoptent",
        "adresse",
        "adressent",
        "agissent",
        "agit",
        "appliquent",
        "apporte",
        "apportent",
        "arrête",
        "arrêtent",
        "assiste",
        "assistent",
        "assure",
        "assurent",
        "autorise",
        "autorisent",
        "communique",
        "communiquent",
        "concluent",
        "conclut",
        "concourent",
        "concourt",
        "conduisent",
        "conduit",
        "consultent",
        "contribue",
        "contribuent",
        "convoque",
        "coordonne",
        "coordonnent",
        "créent",
        "définissent",
        "définit",
        "délibère",
        "délibèrent",
        "délivre",
        "délivrent",
        "demeure",
        "demeurent",
        "désigne",
        "désignent",
        "détermine",
        "déterminent",
        "dresse",
        "dressent",
        "édicte",
        "édictent",
        "effectue",
        "effectuent",
        "élabore",
        "élaborent",
        "élimine",
        "éliminent",
        "élisent",
        "élit",
        "encourage",
        "encouragent",
        "entrent",
        "établissent",
        "établit",
        "évite",
        "évitent",
        "examine",
        "examinent",
        "exécute",
        "exécutent",
        "exerce",
        "exercent",
        "facilite",
        "facilitent",
        "favorise",
        "favorisent",
        "fixe",
        "fixent",
        "fournissent",
        "fournit",
        "garantissent",
        "garantit",
        "gère",
        "gèrent",
        "harmonise",
        "harmonisent",
        "informe",
        "informent",
        "instituent",
        "interdisent",
        "maintiennent",
        "maintient",
        "met",
        "mettent",
        "nomme",
        "nomment",
        "notifie",
        "notifient",
        "organise",
        "organisent",
        "poursuit",
        "poursuivent",
        "pourvoient",
        "pourvoit",
        "précise",
        "précisent",
        "prend",
        "prennent",
        "prépare",
        "préparent",
        "présente",
        "présentent",
        "préside",
        "procède",
        "procèdent",
        "promeut",
        "promeuvent",
        "protège",
        "protègent",
        "publie",
        "publient",
        "recommande",
        "recueille",
        "rédige",
        "remet",
        "remettent",
        "rend",
        "rendent",
        "renforce",
        "renforcent",
        "respecte",
        "respectent",
        "réunissent",
        "réunit",
        "siègent",
        "soumet",
        "soumettent",
        "statue",
        "statuent",
        "suit",
        "suivent",
        "supprime",
        "suppriment",
        "surveille",
        "suspend",
        "suspendent",
        "tiennent",
        "tient",
        "transmet",
        "transmettent",
        "utilise",
        "utilisent",
        "veille",
        "veillent",
        "vérifie",
        "vérifient",
        "votent",
    ])
});

/// Those whose present tense commands; the present of others states.
const WHO: &[&str] = &[
    "conseil",
    "conférence",
    "commission",
    "comité",
    "cour",
    "parlement",
    "assemblée",
    "secrétariat",
    "secrétaire",
    "président",
    "union",
    "communauté",
    "banque",
    "bceao",
    "boad",
    "institution",
    "institutions",
    "organes",
    "membre",
    "membres",
    "etat",
    "etats",
    "état",
    "états",
    "gouvernement",
    "gouvernements",
    "partie",
    "parties",
    "contractante",
    "contractantes",
    "signataires",
    "autorités",
    "autorité",
    "il",
    "ils",
    "elle",
    "elles",
];

/// What follows a verb with its object; behind a comma stands an aside.
const OBJECTS: &[&str] = &[
    "que",
    "qu",
    "de",
    "d",
    "du",
    "des",
    "la",
    "le",
    "les",
    "l",
    "à",
    "au",
    "aux",
    "leur",
    "leurs",
    "son",
    "sa",
    "ses",
    "ce",
    "cet",
    "cette",
    "ces",
    "un",
    "une",
    "en",
    "dans",
    "dès",
    "sur",
    "par",
    "pour",
    "toutes",
    "tous",
    "toute",
    "tout",
    "conformément",
    "notamment",
    "immédiatement",
    "sans",
];

/// How far before its verb a subject may stand, in words: "Le Conseil, statuant à la majorité des
/// deux tiers de ses membres et sur proposition de la Commission, après avis du Parlement" has 23.
const FARTHEST_SUBJECT: usize = 32;

/// Whether the present tense at `place` commands.
pub(super) fn commands(words: &Words<'_>, place: usize, relative: &[&str]) -> bool {
    let is_verb = words.phrase_among(place, &VERBS).is_some() && has_object(words, place + 1);
    (is_verb && has_subject(words, place) || is_done_by(words, place))
        && !stands_before(words, place, 12, relative)
}

fn has_object(words: &Words<'_>, place: usize) -> bool {
    words.gap(place).starts_with([',', ':']) || OBJECTS.contains(&words.at(place))
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
        || (1..=FARTHEST_SUBJECT.min(place))
            .take_while(|back| words.sentence(place - back) == sentence)
            .any(|back| WHO.contains(&words.at(place - back)))
}

/// Participles of steps that somebody has to take, with or without saying who.
const DECIDED: &[&str] = &[
    "acquis",
    "adopté",
    "approuvé",
    "arrêté",
    "conclu",
    "désigné",
    "effectué",
    "élu",
    "fixé",
    "nommé",
    "notifié",
    "perçu",
    "soumis",
    "transmis",
];

/// "est conclu par", "sont adoptés par"; but "est constitué par" only states.
fn is_done_by(words: &Words<'_>, place: usize) -> bool {
    let states = ["constitu", "visé", "couvert", "prévu", "compos", "concern", "caus", "affect", "produit"];
    let participle = words.at(place + 1);
    let is_participle =
        ["é", "ée", "és", "ées", "u", "ue", "us", "ues", "is", "ise", "ises", "it", "ite", "its", "ites"]
            .iter()
            .any(|ending| participle.ends_with(ending));
    ["est", "sont"].contains(&words.at(place))
        && is_participle
        && !states.iter().any(|stem| participle.starts_with(stem))
        && (DECIDED.iter().any(|stem| participle.starts_with(stem))
            || (place + 2..place + 6)
                .take_while(|at| words.sentence(*at) == words.sentence(place))
                .any(|at| words.at(at) == "par"))
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
        check("- exécute le budget ;", "exécute");
    }

    #[test]
    fn what_is_about_something_else_states() {
        check("La présente Convention et son annexe", "");
        check("les mesures que le Conseil adopte en la matière", "");
        check("si une Partie prend des mesures", "");
        check("Les organes de l'Union sont constitués par :", "");
        check("La Cour comporte deux Chambres.", "");
        check("Le mandat est de quatre ans.", "");
    }
}
