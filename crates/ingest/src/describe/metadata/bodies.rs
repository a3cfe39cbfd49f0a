//! Names of bodies in lines: known ones by the registry, others by their shape.

use chapeau_document::registry as known;

use super::registry::{BODY_NOUNS, phrase_at};
use super::{title, when};
use crate::describe::words::Words;
use crate::lists;

/// A body that a line names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Named {
    pub(super) name: String,
    /// Whether the registry has it.
    pub(super) is_known: bool,
    /// Whether it is the house itself, rather than one of its organs.
    pub(super) is_house: bool,
}

impl Named {
    /// A body of the registry. One without an organization is a house, unless its name is that of
    /// an organ which many houses have ("Council of Ministers").
    pub(super) fn of(body: &known::Body) -> Self {
        let first = body.name.split(' ').next().unwrap_or_default();
        let is_house = body.organization.is_none() && !lists::COMMON_ORGANS.contains(&first);
        Self { name: body.name.to_owned(), is_known: true, is_house }
    }
}

/// The body of the registry that a printed name is: where only the organ is known and not whose it
/// is, it keeps the name that it has in the text.
pub(super) fn named(body: &known::Body, printed: &str) -> Named {
    let named = Named::of(body);
    if body.organization.is_none() && !named.is_house {
        let name = title::plain(without_article(printed));
        let mut letters = name.chars();
        let first = letters.next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
        return Named { name: first + letters.as_str(), ..named };
    }
    named
}

/// The name that a whole text is, as the registry has it.
pub(super) fn known(name: &str) -> Option<Named> {
    let bare = without_article(name.trim().trim_end_matches([',', ':', ';', '—', '–', '-', '.', ' ']));
    let body = known::body_named(bare).or_else(|| known::body_named(name.trim()))?;
    Some(named(body, bare))
}

/// "the", "la", "le" ... before a name.
pub(super) fn without_article(name: &str) -> &str {
    let articles = ["the ", "la ", "le ", "les ", "l'", "l’", "el ", "los ", "las ", "der ", "die ", "das "];
    let begins =
        |article: &&&str| name.get(..article.len()).is_some_and(|start| start.to_lowercase() == ***article);
    articles.iter().find(begins).map_or(name, |article| &name[article.len()..])
}

/// The body whose name stands at `place` before `end`, and how many words it has.
pub(super) fn at(words: &Words<'_>, place: usize, end: usize) -> Option<(String, usize)> {
    let article = usize::from(is_article(words.at(place)));
    let first = place + article;
    let text = words.text();
    for last in (first..end.min(first + LONGEST)).rev() {
        let name = words.span(first, last).of(text);
        if let Some(named) = known(name) {
            return Some((named.name, last + 1 - place));
        }
    }
    let last = last_of_name(words, first, end)?;
    let has_noun = (first..=last).any(|place| phrase_at(words, place, BODY_NOUNS).is_some());
    let name = title::plain(words.span(first, last).of(text));
    (has_noun && last + article > first && words.printed(first).starts_with(char::is_uppercase))
        .then_some((name, last + 1 - place))
}

fn is_article(word: &str) -> bool {
    ["the", "la", "le", "les", "l", "el", "los", "las", "der", "die", "das"].contains(&word)
}

/// Longest name, in words.
const LONGEST: usize = 16;

/// The last word of a name that begins at `first`: before a date, a comma, a small word that is no
/// link, or what tells of a meeting.
fn last_of_name(words: &Words<'_>, first: usize, end: usize) -> Option<usize> {
    let mut last = None;
    for place in first..end.min(first + LONGEST).min(words.len()) {
        let is_initial = place > first && words.at(place - 1).len() == 1 && words.gap(place).starts_with('.');
        let stops = place > first
            && !is_initial
            && words.gap(place).contains([',', ':', ';', '[', '—', '–', '.', '\n']);
        let stops = stops || place > first && lists::AFTER_BODIES.contains(&words.at(place));
        if stops || when::date_at(words, place).is_some() && words.at(place) != "may" {
            break;
        }
        let is_link = lists::BODY_LINKS.contains(&words.at(place));
        // "Comité du commerce et du développement": French and Spanish names go on in small letters.
        let goes_on = place > first && is_romance(words.at(first));
        let is_name = words.printed(place).starts_with(char::is_uppercase) || goes_on;
        if !is_link && !is_name {
            break;
        }
        if !is_link {
            last = Some(place);
        }
    }
    last
}

/// Whether a name that begins with this noun is French or Spanish.
fn is_romance(noun: &str) -> bool {
    lists::ROMANCE_BODIES.iter().any(|known| super::fold::is_folded(noun, known))
}

/// Whether the whole line, perhaps with an article before it and a sign after it, is a body's name
/// by its shape: it begins or ends with such a noun and has no sentence in it.
pub(super) fn by_shape(line: &str) -> Option<Named> {
    let bare = without_article(line.trim().trim_end_matches([',', ':', '—', '–', '-', ' ']));
    let words = Words::of(bare);
    if words.is_empty()
        || words.len() > LONGEST
        || !words.printed(0).starts_with(char::is_uppercase)
        || lists::NO_BODY_NAMES.contains(&words.at(0))
    {
        return None;
    }
    if is_heard(&words) || (0..words.len()).any(|place| lists::SAID_OF_A_TEXT.contains(&words.at(place))) {
        return None;
    }
    let last = last_of_name(&words, 0, words.len())?;
    let opens = (0..words.len().min(3)).any(|place| phrase_at(&words, place, BODY_NOUNS).is_some());
    let closes = phrase_at(&words, words.len() - 1, BODY_NOUNS).is_some();
    (last + 1 == words.len() && (opens || closes)).then(|| Named {
        name: title::plain(bare),
        is_known: false,
        is_house: false,
    })
}

/// "Le Conseil d'Etat entendu": who was heard before somebody else decides.
fn is_heard(words: &Words<'_>) -> bool {
    (1..words.len()).any(|place| lists::BODIES_HEARD.contains(&words.at(place)))
}

/// "We, the Leaders of APEC, met in ...": who speaks.
pub(super) fn of_we(text: &str) -> Option<Named> {
    let starts = ["We, ", "WE, ", "Nous, ", "NOUS, ", "Nosotros, ", "NOSOTROS, "];
    let said = starts.iter().find_map(|start| text.strip_prefix(start))?;
    let name = without_article(said.split([',', ':', ';', '(']).next()?.trim());
    let words = Words::of(name);
    if words.len() < 2 || words.len() > LONGEST || !name.starts_with(char::is_uppercase) {
        return None;
    }
    let house = known::bodies_in(name).into_iter().next().filter(|(_, body)| body.organization.is_none());
    let is_states = [
        "states",
        "etats",
        "états",
        "estados",
        "parties",
        "partes",
        "governments",
        "gouvernements",
        "gobiernos",
    ]
    .iter()
    .any(|noun| (0..words.len()).any(|place| words.at(place) == *noun));
    match house {
        Some((_, body)) if is_states => Some(Named { is_house: true, ..Named::of(body) }),
        _ if is_states => None,
        _ => Some(Named { name: title::plain(name), is_known: false, is_house: false }),
    }
}

/// The body that a chapeau names: a short line that ends with a comma or a colon.
pub(super) fn of_chapeau(text: &str) -> Option<Named> {
    let words = Words::of(text);
    let line = text.trim_end();
    let first = usize::from(is_article(words.at(0)));
    let ends = line.ends_with([',', ':', '—', '–', '-']);
    if first == 0 && !ends || words.len() > 40 || is_heard(&words) {
        return None;
    }
    let short = ends && words.len() <= LONGEST + 1;
    if let Some(named) = known(line).or_else(|| by_shape(line).filter(|_| short)) {
        return Some(named);
    }
    let last = last_of_name(&words, first, words.len())?;
    (first..=last).rev().find_map(|last| known(words.span(first, last).of(text)))
}
