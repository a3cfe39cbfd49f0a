//! Names of bodies in lines: known ones by the registry, others by their shape.

use chapeau_document::registry as known;

use super::registry::{BODY_NOUNS, phrase_at};
use super::{title, when};
use crate::describe::words::Words;

/// A body that a line names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Named {
    pub(super) name: String,
    /// Whether the registry has it.
    pub(super) is_known: bool,
    /// Whether it is the house itself, rather than one of its organs.
    pub(super) is_house: bool,
}

/// The name that a whole text is, as the registry has it.
pub(super) fn known(name: &str) -> Option<Named> {
    let bare = without_article(name.trim().trim_end_matches([',', ':', ';', '—', '–', '-', '.', ' ']));
    let body = known::body_named(bare).or_else(|| known::body_named(name.trim()))?;
    Some(Named { name: body.name.to_owned(), is_known: true, is_house: body.organization.is_none() })
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
    let last = last_of_name(words, first, end)?;
    let text = words.text();
    for last in (first..=last).rev() {
        let name = words.span(first, last).of(text);
        if let Some(named) = known(name) {
            return Some((named.name, last + 1 - place));
        }
    }
    let has_noun = (first..=last).any(|place| phrase_at(words, place, BODY_NOUNS).is_some());
    let name = title::plain(words.span(first, last).of(text));
    (has_noun && words.printed(first).starts_with(char::is_uppercase)).then_some((name, last + 1 - place))
}

fn is_article(word: &str) -> bool {
    ["the", "la", "le", "les", "l", "el", "los", "las", "der", "die", "das"].contains(&word)
}

/// Longest name, in words.
const LONGEST: usize = 16;

/// The last word of a name that begins at `first`: before a date, a comma, a small word that is no
/// link, or what tells of a meeting.
fn last_of_name(words: &Words<'_>, first: usize, end: usize) -> Option<usize> {
    const LINKS: &[&str] = &[
        "of",
        "the",
        "on",
        "for",
        "and",
        "de",
        "du",
        "des",
        "la",
        "le",
        "les",
        "l",
        "d",
        "et",
        "pour",
        "del",
        "los",
        "las",
        "el",
        "y",
        "para",
        "e",
        "do",
        "da",
        "dos",
        "responsible",
        "responsables",
        "sur",
        "sobre",
        "in",
        "to",
        "with",
        "un",
        "und",
        "der",
        "des",
        "chargés",
        "chargé",
    ];
    let mut last = None;
    for place in first..end.min(first + LONGEST).min(words.len()) {
        let is_initial = place > first && words.at(place - 1).len() == 1 && words.gap(place).starts_with('.');
        let stops = place > first
            && !is_initial
            && words.gap(place).contains([',', ':', ';', '[', '—', '–', '.', '\n']);
        if stops || when::date_at(words, place).is_some() && words.at(place) != "may" {
            break;
        }
        let is_link = LINKS.contains(&words.at(place));
        let is_name = words.printed(place).starts_with(char::is_uppercase);
        if !is_link && !is_name {
            break;
        }
        if !is_link {
            last = Some(place);
        }
    }
    last
}

/// Whether the whole line, perhaps with an article before it and a sign after it, is a body's name
/// by its shape: it begins or ends with such a noun and has no sentence in it.
pub(super) fn by_shape(line: &str) -> Option<Named> {
    let bare = without_article(line.trim().trim_end_matches([',', ':', '—', '–', '-', ' ']));
    let words = Words::of(bare);
    if words.is_empty()
        || words.len() > LONGEST
        || !words.printed(0).starts_with(char::is_uppercase)
        || ["of", "as", "by"].contains(&words.at(0))
    {
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

/// "We, the Leaders of APEC, met in ...": who speaks.
pub(super) fn of_we(text: &str) -> Option<Named> {
    let starts = ["We, ", "WE, ", "Nous, ", "NOUS, ", "Nosotros, ", "NOSOTROS, "];
    let said = starts.iter().find_map(|start| text.strip_prefix(start))?;
    let name = without_article(said.split([',', ':', ';', '(']).next()?.trim());
    let words = Words::of(name);
    if words.is_empty() || words.len() > LONGEST || !name.starts_with(char::is_uppercase) {
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
        Some((_, body)) if is_states => {
            Some(Named { name: body.name.to_owned(), is_known: true, is_house: true })
        }
        _ if is_states => None,
        _ => Some(Named { name: title::plain(name), is_known: false, is_house: false }),
    }
}

/// The holder of the rights, as a foot of the page says: "© 2022 Lamp Office".
pub(super) fn of_copyright(text: &str) -> Option<Named> {
    let after =
        text.split_once('©').or_else(|| text.split_once("Copyright ")).or_else(|| text.split_once("(c) "))?.1;
    let after = after.trim_start_matches(|c: char| {
        c.is_ascii_digit() || c.is_whitespace() || matches!(c, '-' | '–' | ',' | '©')
    });
    let name =
        after.split([',', '.', '|', ';', '«']).next()?.split(" Page ").next()?.split(" All ").next()?.trim();
    let name = name.trim_end_matches(|c: char| c.is_ascii_digit() || c == ' ');
    let words = Words::of(name).len();
    (1..=8).contains(&words).then(|| {
        known(name).unwrap_or_else(|| Named { name: name.to_owned(), is_known: false, is_house: true })
    })
}

/// The body that a chapeau names: a short line that ends with a comma or a colon.
pub(super) fn of_chapeau(text: &str) -> Option<Named> {
    let words = Words::of(text);
    let line = text.trim_end();
    let first = usize::from(is_article(words.at(0)));
    let ends = line.ends_with([',', ':', '—', '–', '-']);
    if first == 0 && !ends || words.len() > 40 {
        return None;
    }
    let short = ends && words.len() <= LONGEST + 1;
    if let Some(named) = known(line).or_else(|| by_shape(line).filter(|_| short)) {
        return Some(named);
    }
    let last = last_of_name(&words, first, words.len())?;
    (first..=last).rev().find_map(|last| known(words.span(first, last).of(text)))
}
