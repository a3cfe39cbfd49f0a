//! The verbs by which decisions and agreements act, in English, French and Spanish.
//!
//! Which they are stands in `registry/verbs.toml`.

use std::collections::HashMap;
use std::sync::LazyLock;

use chapeau_document::Act;

use super::words::Words;
use crate::lists;

/// The grammatical form of a verb, as far as it tells who acts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// "instruct": after "to", after "we" and after a plural; "charger", "encargar".
    Base,
    /// "instructs"; "charge", "chargent", "encarga", "encargan".
    Third,
    /// "chargeons", "encargamos". English has [`Form::Base`] here.
    First,
    /// "instructing", "chargeant", "encargando", and the adjectives that open recitals.
    Participle,
    /// "instructed", "a chargé", "encargó": what minutes say a body did.
    Past,
    /// "instructed" behind "is", "chargée" behind "est".
    Passive,
}

/// A verb or a phrase with a verb, found in a text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Verb {
    pub(super) act: Act,
    pub(super) form: Form,
    /// How many words it takes.
    pub(super) n_words: usize,
    /// Whether the words may be a noun as well.
    pub(super) is_noun: bool,
}

include!(concat!(env!("OUT_DIR"), "/verbs.rs"));

/// The verb that stands at `place`, in a form of those who act now or of a recital.
pub(super) fn verb_at(words: &Words<'_>, place: usize, language: &str) -> Option<Verb> {
    find(words, place, language, |form| ![Form::Past, Form::Passive].contains(&form))
}

/// The verb that stands at `place` in this form.
pub(super) fn verb_in(words: &Words<'_>, place: usize, language: &str, form: Form) -> Option<Verb> {
    find(words, place, language, |other| other == form)
}

/// Most words within a phrase: "calls once again upon".
const MOST_WITHIN: usize = 3;

fn find(words: &Words<'_>, place: usize, language: &str, is_form: impl Fn(Form) -> bool) -> Option<Verb> {
    let entries = tables(language)?.get(words.at(place))?;
    let between = (1..=MOST_WITHIN).take_while(|back| lists::WITHIN_VERBS.contains(&words.at(place + back)));
    let between = between.count();
    // "Prend également note", "calls once again upon": as many words as stand within the phrase.
    let within = |entry: &Entry| match entry.rest.is_empty() {
        true => Some(0),
        false => (0..=between).find(|skipped| words.is_phrase(place + 1 + skipped, entry.rest)),
    };
    entries.iter().filter(|entry| is_form(entry.form)).find_map(|entry| {
        let n_words = 1 + entry.rest.split_whitespace().count() + within(entry)?;
        Some(Verb { act: entry.act, form: entry.form, n_words, is_noun: entry.is_noun })
    })
}

struct Entry {
    /// The words after the first.
    rest: &'static str,
    act: Act,
    form: Form,
    is_noun: bool,
}

type Table = HashMap<&'static str, Vec<Entry>>;

fn tables(language: &str) -> Option<&'static Table> {
    static ENGLISH: LazyLock<Table> = LazyLock::new(|| table("en", EN));
    static FRENCH: LazyLock<Table> = LazyLock::new(|| table("fr", FR));
    static SPANISH: LazyLock<Table> = LazyLock::new(|| table("es", ES));
    match language {
        "en" => Some(&ENGLISH),
        "fr" => Some(&FRENCH),
        "es" => Some(&SPANISH),
        _ => None,
    }
}

fn table(language: &str, rows: &[(&'static str, Act, Form)]) -> Table {
    let nouns = NOUNS.iter().find(|(code, _)| *code == language).map_or(&[][..], |(_, nouns)| *nouns);
    let mut table = Table::new();
    for (phrase, act, form) in rows {
        let (first, rest) = phrase.split_once(' ').unwrap_or((phrase, ""));
        let is_noun = *form == Form::Third && nouns.contains(phrase);
        table.entry(first).or_default().push(Entry { rest, act: *act, form: *form, is_noun });
    }
    // The longer phrase first: "take note" before "take".
    table.values_mut().for_each(|entries| entries.sort_by_key(|entry| std::cmp::Reverse(entry.rest.len())));
    table
}
