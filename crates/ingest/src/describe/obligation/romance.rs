//! French and Spanish modal verbs, and the simple future, which there is what "shall" is in English.
//!
//! Checked on the agreements in these languages of the ToTA collection.

use chapeau_document::Obligation;

use super::phrases;
use super::phrases::{FRENCH_QUALIFIERS, GUESSES, SPANISH_QUALIFIERS};
use super::{Force, is_qualified, present, stands_before};
use crate::describe::words::Words;

fn force(obligation: Obligation, first: usize, last: usize) -> Option<Force> {
    Some(Force { obligation, first, last })
}

/// The force of the French word at `place`, if it has any. Where nothing `binds`, the future foretells.
pub(super) fn french(words: &Words<'_>, place: usize, in_article: bool, binds: bool) -> Option<Force> {
    let word = words.at(place);
    let before = words.before(place, 1);
    match word {
        "doit" | "doivent" | "devra" | "devront" => french_duty(words, place),
        "peut" | "peuvent" | "pourra" | "pourront" => {
            let is_perhaps = words.gap(place + 1) == "-" && words.at(place + 1) == "être";
            if is_perhaps
                || is_relative(words, place, phrases::RELATIVES_FR)
                || is_guess(words, place + 1)
                || is_recognised(words, place)
            {
                None
            } else if french_negation(words, place) || limits(words, place) {
                force(Obligation::Prohibition, place, place + 1)
            } else {
                force(Obligation::Permission, place, place + 1)
            }
        }
        "devrait" | "devraient" => force(Obligation::Recommendation, place, place),
        "convient" if before == "il" => force(Obligation::Recommendation, place - 1, place),
        "tenu" | "tenus" | "tenue" | "tenues" if ["est", "sont"].contains(&before) => {
            force(Obligation::Duty, place - 1, place)
        }
        "interdit" | "interdits" | "interdite" | "interdites" | "prohibé" | "prohibés" | "prohibée"
        | "prohibées"
            if ["est", "sont", "sera", "seront"].contains(&before)
                || before == "formellement" && ["est", "sont"].contains(&words.before(place, 2)) =>
        {
            force(Obligation::Prohibition, place - 1, place)
        }
        "engage" | "engagent" if before == "s" && !is_relative(words, place - 1, phrases::RELATIVES_FR) => {
            let soft = is_soft(words, place + 2) || is_soft(words, place + 1);
            force(if soft { Obligation::BestEndeavour } else { Obligation::Commitment }, place, place + 1)
        }
        "conviennent" if ["de", "d"].contains(&words.at(place + 1)) => {
            force(Obligation::Commitment, place, place + 1)
        }
        "efforce" | "efforcent" | "coopèrent" | "coopère" | "collaborent" => {
            force(Obligation::BestEndeavour, place, place)
        }
        "impose" | "imposent" if before == "s" && !is_relative(words, place - 1, phrases::RELATIVES_FR) => {
            force(Obligation::Duty, place - 1, place)
        }
        "abstient" | "abstiennent" | "abstiendra" | "abstiendront" if before == "s" => {
            force(Obligation::Prohibition, place, place)
        }
        "faculté" if ["a", "ont"].contains(&words.before(place, 2)) && before == "la" => {
            force(Obligation::Permission, place - 2, place)
        }
        "bénéficient" | "bénéficie" if words.is_phrase(place + 1, "du droit") => {
            force(Obligation::Permission, place, place + 2)
        }
        "droit" if ["a", "ont", "aura", "auront"].contains(&words.before(place, 2)) && before == "le" => {
            force(Obligation::Permission, place - 2, place)
        }
        "reconnaît" | "reconnait" | "reconnaissent" | "réaffirment" | "réaffirme"
            if in_article && !phrases::RELATIVES_FR.contains(&before) =>
        {
            force(Obligation::Recognition, place, place)
        }
        _ if binds && is_french_future(words, place) => french_duty(words, place),
        _ if in_article && present::forbids(words, place) => force(Obligation::Prohibition, place, place),
        "autorisé" | "autorisés" | "autorisée" | "autorisées" | "habilité" | "habilités" | "habilitée"
        | "habilitées"
            if ["est", "sont"].contains(&before) && ["à", "a"].contains(&words.at(place + 1)) =>
        {
            force(Obligation::Permission, place - 1, place)
        }
        "autorisé" | "autorisés" | "autorisée" | "autorisées" | "permis" | "permise" | "permises"
        | "admis" | "admise" | "admises"
            if before == "pas" && ["est", "sont"].contains(&words.before(place, 2)) =>
        {
            force(Obligation::Prohibition, place - 2, place)
        }
        "obligatoire" | "obligatoires"
            if ["est", "sont"].contains(&before) && !is_relative(words, place - 1, phrases::RELATIVES_FR) =>
        {
            force(Obligation::Duty, place - 1, place)
        }
        _ if in_article && present::commands(words, place, phrases::RELATIVES_FR) => {
            french_duty(words, place)
        }
        _ => None,
    }
}

/// "ne peuvent excéder": with "pouvoir", "ne" alone negates, but for "ne peut ... que".
fn limits(words: &Words<'_>, place: usize) -> bool {
    /// How far behind the verb "que" may stand: "ne peut, dans ce cas, être suspendue qu'en vertu".
    const REACH: usize = 10;
    let end = words.sentence_end(place).min(place + REACH);
    words.before(place, 1) == "ne" && !(place..end).any(|at| ["que", "qu"].contains(&words.at(at)))
}

/// "pueden incluir", "peut porter sur": examples or likelihood, not leave.
fn is_guess(words: &Words<'_>, verb: usize) -> bool {
    let takes_form = ["adoptar", "tomar", "prendre", "revêtir"].contains(&words.at(verb))
        && (verb..verb + 9).any(|at| ["forma", "formas", "forme", "formes"].contains(&words.at(at)));
    words.phrase_of(verb, GUESSES).is_some() || takes_form
}

/// "reconnaissent que les pratiques peuvent": seen, not allowed.
fn is_recognised(words: &Words<'_>, place: usize) -> bool {
    const REACH: usize = 30;
    const VIEWS: &[&str] = &[
        "reconnaissent",
        "reconnaît",
        "considérant",
        "notent",
        "note",
        "reconocen",
        "reconoce",
        "consideran",
        "observan",
        "constate",
        "constatent",
    ];
    (1..=place.min(REACH)).take_while(|back| words.sentence(place - back) == words.sentence(place)).any(
        |back| {
            ["que", "qu"].contains(&words.at(place - back)) && VIEWS.contains(&words.before(place, back + 1))
        },
    )
}

fn is_relative(words: &Words<'_>, place: usize, relative: &[&str]) -> bool {
    relative.contains(&words.before(place, 1))
        || ["se", "s", "y", "en", "lui", "les", "le", "lo", "ne", "n", "no"].contains(&words.before(place, 1))
            && relative.contains(&words.before(place, 2))
}

/// "conviennent que les Parties devront": what is agreed on is no relative clause.
fn says(words: &Words<'_>, place: usize) -> bool {
    let said = |back: usize| {
        ["conviennent", "décident", "décide", "prévoit", "stipule"].contains(&words.before(place, back))
    };
    (2..4).any(said)
}

/// Future forms end in -ra and -ront; so do a few nouns.
fn is_french_future(words: &Words<'_>, place: usize) -> bool {
    let word = words.at(place);
    let is_future = word.len() >= 4 && (word.ends_with("ra") || word.ends_with("ront"));
    let nouns = [
        "front", "affront", "opéra", "infra", "supra", "extra", "ultra", "intra", "contra", "camera",
        "caméra", "etcetera", "fera-t", "angora", "sahara", "ankara",
    ];
    is_future && !nouns.contains(&word)
}

fn french_duty(words: &Words<'_>, place: usize) -> Option<Force> {
    let word = words.at(place);
    if is_relative(words, place, phrases::RELATIVES_FR) && !says(words, place) {
        return None;
    }
    let is_about_others = ["dont", "lequel", "laquelle", "lesquels", "lesquelles", "où", "auxquels"];
    if word.ends_with(['a', 't']) && stands_before(words, place, 8, &is_about_others) {
        return None;
    }
    let last = place.min(words.len() - 1);
    if french_negation(words, place) {
        let limits = ["appliqu", "affect", "interprét", "empêch", "port", "préjug", "constitu"]
            .iter()
            .any(|stem| word.starts_with(stem))
            || words
                .phrase_of(
                    place,
                    &["sera pas tenu", "sera pas interprété", "seront pas tenus", "sera interprétée"],
                )
                .is_some();
        let is_person = stands_before(words, place, 3, &["partie", "parties", "membre", "membres"]);
        return if limits && !is_person { None } else { force(Obligation::Prohibition, place, last) };
    }
    let granted =
        ["autorisé", "autorisés", "autorisée", "autorisées", "libre", "libres", "habilité", "habilités"];
    if ["sera", "seront"].contains(&word) && granted.contains(&words.at(place + 1)) {
        return force(Obligation::Permission, place, place + 1);
    }
    if ["aura", "auront"].contains(&word) && words.is_phrase(place + 1, "le droit") {
        return force(Obligation::Permission, place, place + 2);
    }
    if is_soft(words, place) || is_soft(words, place + 1) {
        return force(Obligation::BestEndeavour, place, last);
    }
    let qualified = is_qualified(words, place, &FRENCH_QUALIFIERS);
    force(if qualified { Obligation::QualifiedDuty } else { Obligation::Duty }, place, last)
}

/// "ne ... pas", "aucune Partie ne": but "ne ... que" only limits.
fn french_negation(words: &Words<'_>, place: usize) -> bool {
    let ne = (1..5).any(|back| ["ne", "n"].contains(&words.before(place, back)));
    let end = words.sentence_end(place).min(place + 5);
    let after = (place + 1..end).any(|at| {
        ["pas", "ni", "jamais", "point", "aucun", "aucune", "nul", "plus", "en"].contains(&words.at(at))
            && words.at(at) != "en"
    });
    let subject =
        (1..14).any(|back| ["aucun", "aucune", "nul", "nulle", "ni"].contains(&words.before(place, back)));
    ne && (after || subject)
}

/// The force of the Spanish word at `place`, if it has any.
pub(super) fn spanish(words: &Words<'_>, place: usize, binds: bool) -> Option<Force> {
    let before = words.before(place, 1);
    match words.at(place) {
        "debe" | "deben" | "deberá" | "deberán" | "debera" | "deberan" => spanish_duty(words, place),
        "puede" | "pueden" | "podrá" | "podrán" | "podra" | "podran" => {
            let negated = spanish_negation(words, place);
            let interprets =
                ["interpret", "entender"].iter().any(|stem| words.at(place + 1).starts_with(stem));
            if is_relative(words, place, phrases::RELATIVES_ES)
                || is_recognised(words, place)
                || !negated && is_guess(words, place + 1)
                || negated && interprets
            {
                None
            } else if negated {
                force(Obligation::Prohibition, place, (place + 1).min(words.len() - 1))
            } else {
                force(Obligation::Permission, place, (place + 1).min(words.len() - 1))
            }
        }
        "debería" | "deberían" | "debiera" | "debieran" if !asks(words, place) => {
            force(Obligation::Recommendation, place, place)
        }
        "compromete" | "comprometen" | "obligan" | "obliga" if before == "se" => {
            let soft = is_soft(words, place + 2) || is_soft(words, place + 1);
            force(if soft { Obligation::BestEndeavour } else { Obligation::Commitment }, place - 1, place)
        }
        "acuerdan" | "convienen" | "acordamos" | "convenimos" => spanish_promise(words, place),
        "prohibido" | "prohibida" | "prohibidos" | "prohibidas"
            if ["queda", "quedan", "está", "están", "quedará", "quedarán", "estará", "estarán"]
                .contains(&before)
                || before == "terminantemente" =>
        {
            force(Obligation::Prohibition, place - 1, place)
        }
        "reconoce" | "reconocen" | "reafirma" | "reafirman" | "confirma" | "confirman" | "afirman"
            if binds && !phrases::RELATIVES_ES.contains(&before) && before != "se" =>
        {
            force(Obligation::Recognition, place, place)
        }
        "abstendrá" | "abstendrán" | "abstiene" | "abstienen" if before == "se" => {
            force(Obligation::Prohibition, place, place)
        }
        "prohíbe" | "prohíben" if before == "se" && !is_relative(words, place - 1, phrases::RELATIVES_ES) => {
            force(Obligation::Prohibition, place - 1, place)
        }
        "prohíbese" | "prohíbense" => force(Obligation::Prohibition, place, place),
        "permite" | "permiten" | "admite" | "admiten"
            if before == "se" && words.before(place, 2) == "no" && words.before(place, 3) != "que" =>
        {
            force(Obligation::Prohibition, place - 2, place)
        }
        "obligatorio" | "obligatoria" | "obligatorios" | "obligatorias"
            if ["es", "son"].contains(&before)
                && !is_relative(words, place - 1, phrases::RELATIVES_ES)
                && !stands_before(words, place, 5, &["no", "cuya", "cuyo", "que"]) =>
        {
            force(Obligation::Duty, place - 1, place)
        }
        "obligado" | "obligada" | "obligados" | "obligadas"
            if ["está", "están"].contains(&before)
                && words.at(place + 1) == "a"
                && words.before(place, 2) != "no" =>
        {
            force(Obligation::Duty, place - 1, place)
        }
        "derecho" if ["tiene", "tienen"].contains(&before) => force(Obligation::Permission, place - 1, place),
        _ if binds && is_spanish_future(words, place) => spanish_duty(words, place),
        _ => None,
    }
}

/// "señalando cuánto debería recaudar": a question within the sentence.
fn asks(words: &Words<'_>, place: usize) -> bool {
    const WORDS: &[&str] = &[
        "cuánto", "cuánta", "cuántos", "cuántas", "cuándo", "cómo", "qué", "cuál", "cuáles", "quién", "dónde",
    ];
    (1..4).any(|back| WORDS.contains(&words.before(place, back)))
}

/// "acuerdan establecer", "convienen en cooperar".
fn spanish_promise(words: &Words<'_>, place: usize) -> Option<Force> {
    let verb = place + 1 + usize::from(words.at(place + 1) == "en");
    let is_infinitive = ["ar", "er", "ir"].iter().any(|ending| words.at(verb).ends_with(ending));
    let soft = is_soft(words, verb);
    let obligation = if soft { Obligation::BestEndeavour } else { Obligation::Commitment };
    if is_infinitive { force(obligation, place, verb) } else { None }
}

/// Third persons of the future end in -rá and -rán; the accent keeps nouns out, but for names.
fn is_spanish_future(words: &Words<'_>, place: usize) -> bool {
    let word = words.at(place);
    let is_future = word.len() > 4 && (word.ends_with("rá") || word.ends_with("rán"));
    is_future && !words.printed(place).starts_with("Ir") && !words.printed(place).starts_with("Teh")
}

/// "no estará obligada a": who is not bound is free.
const FREES: &[&str] =
    &["obligado", "obligada", "obligados", "obligadas", "requerido", "requerida", "requeridos", "requeridas"];

/// "será considerada una mercancía originaria": says what something is taken for.
const DEEMS: &[&str] = &["considerado", "considerada", "considerados", "consideradas"];

fn spanish_duty(words: &Words<'_>, place: usize) -> Option<Force> {
    let word = words.at(place);
    let is_future = !word.starts_with("deb");
    let is_infinitive =
        |at: usize| ["ar", "er", "ir", "arse", "erse", "irse"].iter().any(|end| words.at(at).ends_with(end));
    // "esto se debe en parte a", "un mandato que debe": a cause, and what something else has to be.
    let is_cause = words.before(place, 1) == "se" && !is_infinitive(place + 1);
    let is_others = ["debe", "deben"].contains(&word)
        && words.before(place, 1) == "que"
        && !words.gap(place - 1).contains(',');
    if !is_future && (is_cause || is_others) {
        return None;
    }
    if ["permitirá", "permitirán", "autorizará", "autorizarán"].contains(&word)
        && words.before(place, 1) == "se"
        && !spanish_negation(words, place)
    {
        return force(Obligation::Permission, place - 1, place);
    }
    let adds = ["que", "quien", "quienes"].contains(&words.before(place, 1))
        && words.gap(place - 1).contains(',')
        || words.before(place, 1) == "se"
            && words.before(place, 2) == "que"
            && words.gap(place - 2).contains(',');
    let relative = &["que", "quien", "quienes", "donde", "cuando", "como", "si"];
    if is_future && !adds && is_relative(words, place, relative) {
        return None;
    }
    // "se considerará sometida": taken for such; but "las Partes considerarán".
    let is_taken_for = word.starts_with("considerar") && words.before(place, 1) == "se";
    if is_taken_for || DEEMS.contains(&words.at(place + 1)) {
        return None;
    }
    if spanish_negation(words, place) {
        let need_not = word.starts_with("tendr") && words.at(place + 1) == "que";
        if need_not || FREES.contains(&words.at(place + 1)) {
            return force(Obligation::Permission, place, place + 1);
        }
        let limits = [
            "aplicar",
            "afectar",
            "interpretar",
            "impedir",
            "constituir",
            "menoscabar",
            "considerar",
            "entender",
            "prejuzgar",
            "limitar",
        ];
        let is_person = stands_before(words, place, 3, &["parte", "partes", "miembro", "miembros"]);
        let interprets = word.starts_with("ser") && words.at(place + 1).starts_with("interpretad");
        let limits = interprets || limits.iter().any(|stem| word.starts_with(stem)) && !is_person;
        return if limits { None } else { force(Obligation::Prohibition, place, place) };
    }
    let defines =
        words.at(place + 1) == "el" && (place + 2..place + 4).any(|at| words.at(at) == "significado");
    if word.starts_with("entender")
        || word.starts_with("presumir")
        || word.starts_with("significar")
        || defines
    {
        return None;
    }
    if word.starts_with("tendr") && words.at(place + 1) == "derecho" {
        return force(Obligation::Permission, place, place + 1);
    }
    if is_soft(words, place) || is_soft(words, place + 1) {
        return force(Obligation::BestEndeavour, place, place);
    }
    let qualified = is_qualified(words, place, &SPANISH_QUALIFIERS);
    force(if qualified { Obligation::QualifiedDuty } else { Obligation::Duty }, place, place)
}

/// "no se aplicará", "ninguna Parte podrá".
fn spanish_negation(words: &Words<'_>, place: usize) -> bool {
    let no =
        (1..4).any(|back| words.before(place, back) == "no" && words.gap(place + 1 - back).trim().is_empty());
    if words.before(place, 1) == "ni" || words.before(place, 2) == "ni" && words.before(place, 1) == "se" {
        return true;
    }
    let direct = words.before(place, 1) == "no"
        || words.before(place, 2) == "no"
            && ["se", "les", "le", "lo", "la"].contains(&words.before(place, 1));
    let subject = stands_before(words, place, 10, &["ninguna", "ningún", "ninguno", "tampoco", "nada"]);
    (no && direct) || subject
}

/// Verbs of both languages that ask for an effort, not for a result.
pub(super) fn is_soft(words: &Words<'_>, place: usize) -> bool {
    const STEMS: &[&str] = &[
        "efforc",
        "coopér",
        "cooper",
        "collabor",
        "colabor",
        "procurar",
        "esforzar",
        "chercher",
        "emploier",
        "tenter",
        "considerar",
    ];
    let word = words.at(place);
    STEMS.iter().any(|stem| word.starts_with(stem)) || words.phrase_of(place, phrases::SOFT_PHRASES).is_some()
}
