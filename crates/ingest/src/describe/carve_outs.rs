//! Carve-outs: words by which a clause limits itself or gives way ("without prejudice to").

use chapeau_document::Span;

use super::sieve::{Made, Phrases};
use super::words::Words;
use crate::lists;

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

static ENGLISH: Made = Made::new(|| Phrases::new(lists::CARVE_OUTS_EN));
static FRENCH: Made = Made::new(|| Phrases::new(lists::CARVE_OUTS_FR));
static SPANISH: Made = Made::new(|| Phrases::new(lists::CARVE_OUTS_ES));
