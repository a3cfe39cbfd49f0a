//! Carve-outs: words by which a clause limits itself or gives way ("without prejudice to").

use chapeau_document::Span;

use super::sieve::{Made, Phrases};
use super::words::Words;

/// The carve-outs of a text, in order.
pub(super) fn carve_outs(words: &Words<'_>, language: &str) -> Vec<Span> {
    let Some(phrases) = phrases(language) else { return Vec::new() };
    let mut found = Vec::new();
    for place in words.passing(0..words.len(), phrases.first()) {
        if let Some(n_words) = words.phrase_among(place, phrases).filter(|_| !words.quoted(place)) {
            found.push(words.span(place, place + n_words - 1));
        }
    }
    found
}

fn phrases(language: &str) -> Option<&'static Phrases> {
    match language {
        "en" => Some(&ENGLISH),
        "fr" => Some(&FRENCH),
        "es" => Some(&SPANISH),
        _ => None,
    }
}

// The longer phrase first. Domain facts for English; French and Spanish checked on agreements.

static ENGLISH: Made = Made::new(|| {
    Phrases::new(&[
        "nothing in this",
        "nothing in the",
        "nothing in article",
        "notwithstanding",
        "without prejudice to",
        "except as otherwise provided",
        "except as",
        "except where",
        "except for",
        "except in",
        "except to the extent",
        "subject to",
        "shall not apply to",
        "shall not apply",
        "does not apply to",
        "does not apply",
        "do not apply",
        "shall not prevent",
        "shall not preclude",
        "unless otherwise provided",
        "unless otherwise agreed",
        "save as",
        "with the exception of",
        "other than as provided",
    ])
});

static FRENCH: Made = Made::new(|| {
    Phrases::new(&[
        "sans préjudice",
        "nonobstant",
        "sous réserve",
        "aucune disposition",
        "à l exception",
        "sauf disposition",
        "sauf dispositions",
        "ne s applique pas",
        "ne s appliquent pas",
        "ne s appliquera pas",
        "par dérogation",
        "ne font pas obstacle",
        "ne fait pas obstacle",
    ])
});

static SPANISH: Made = Made::new(|| {
    Phrases::new(&[
        "sin perjuicio",
        "no obstante",
        "con sujeción a",
        "a reserva de",
        "nada de lo dispuesto",
        "nada en este",
        "nada en el",
        "ninguna disposición",
        "salvo",
        "no se aplicará",
        "no se aplicarán",
        "no se aplica",
        "a excepción",
        "con excepción",
        "sujeto a",
        "excepto",
    ])
});
