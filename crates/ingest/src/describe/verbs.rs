//! The verbs by which decisions and agreements act, in English, French and Spanish.
//!
//! Which they are stands in `registry/verbs.toml`.

use std::collections::HashMap;
use std::sync::LazyLock;

use chapeau_document::Act;

use super::words::Words;

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

/// Words that may stand within a phrase: "prend également note", "takes due note".
const WITHIN: &[&str] = &[
    "also",
    "due",
    "further",
    "careful",
    "également",
    "aussi",
    "dûment",
    "bonne",
    "también",
    "asimismo",
    "debida",
];

fn find(words: &Words<'_>, place: usize, language: &str, is_form: impl Fn(Form) -> bool) -> Option<Verb> {
    let entries = tables(language)?.get(words.at(place))?;
    let between = usize::from(WITHIN.contains(&words.at(place + 1)));
    let stands = |entry: &&Entry| {
        let rest = |skipped: usize| words.is_phrase(place + 1 + skipped, entry.rest);
        is_form(entry.form) && (entry.rest.is_empty() || rest(0) || between > 0 && rest(between))
    };
    entries.iter().find(stands).map(|entry| {
        let is_split = !entry.rest.is_empty() && !words.is_phrase(place + 1, entry.rest);
        let n_words = 1 + entry.rest.split_whitespace().count() + usize::from(is_split);
        Verb { act: entry.act, form: entry.form, n_words, is_noun: entry.is_noun }
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
