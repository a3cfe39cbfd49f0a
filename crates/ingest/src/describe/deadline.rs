//! Deadlines: "until our next session", "by July 2016", "within 30 days".

use chapeau_document::Date;

use super::dates;
use super::words::Words;

/// A deadline as written, and as a date where it can be had.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Deadline {
    pub(super) words: String,
    pub(super) date: Option<Date>,
}

/// Longest deadline, in words: "until the 14th Session of the Ministerial Conference or 31 March
/// 2026, whichever is earlier" has 16.
const LONGEST: usize = 24;

/// The first deadline between two places of a text.
pub(super) fn find(words: &Words<'_>, from: usize, to: usize, language: &str) -> Option<Deadline> {
    (from..to).find_map(|place| {
        let n_words = words.phrase_of(place, openers(language))?;
        let is_deadline = words.is_phrase(place, "within") && counts_time(words, place + 1, language)
            || !words.is_phrase(place, "within") && names_time(words, place + n_words, language);
        is_deadline.then(|| deadline(words, place, to))
    })
}

fn openers(language: &str) -> &'static [&'static str] {
    match language {
        "fr" => &["jusqu à", "jusqu au", "jusqu en", "au plus tard", "d ici à", "d ici au", "d ici", "avant"],
        "es" => &["hasta", "a más tardar", "antes de", "antes del", "para el"],
        _ => &[
            "until",
            "by",
            "no later than",
            "not later than",
            "before",
            "on or before",
            "within",
            "prior to",
        ],
    }
}

/// "30 days", "six months", "a period of".
fn counts_time(words: &Words<'_>, place: usize, _language: &str) -> bool {
    (place..place + 6).any(|at| {
        ["days", "day", "months", "month", "years", "year", "weeks", "week"].contains(&words.at(at))
    })
}

/// Whether a time follows: a date, a session, an end, a year.
fn names_time(words: &Words<'_>, place: usize, language: &str) -> bool {
    let times: &[&str] = match language {
        "fr" => &["session", "conférence", "réunion", "fin", "prochaine"],
        "es" => &["período", "reunión", "conferencia", "fin", "final", "próxima", "próximo"],
        _ => &["session", "sessions", "meeting", "conference", "end", "expiry", "mc13", "mc14", "mc15"],
    };
    let reach = (place..place + 6).take_while(|at| *at == place || !words.gap(*at).contains([',', ';', '.']));
    reach.into_iter().any(|at| {
        (times.contains(&words.at(at)) && at < place + 5)
            || dates::date_at(words, at).is_some_and(|found| found.exact || at <= place + 1)
    })
}

fn deadline(words: &Words<'_>, place: usize, to: usize) -> Deadline {
    let limit = to.min(place + LONGEST);
    let mut end = (place + 1..limit).find(|at| ends(words, *at)).unwrap_or(limit);
    let whichever = ["whichever", "selon", "si"].contains(&words.at(end));
    if whichever && words.gap(end).contains(',') {
        end = (end + 1..limit + 4).find(|at| *at >= to || ends(words, *at)).unwrap_or(limit);
    }
    let span = words.span(place, end.max(place + 1) - 1);
    let date =
        (place..end).filter_map(|at| dates::date_at(words, at).filter(|found| at + found.n_words <= end));
    let best = date.max_by_key(|found| (found.exact, found.n_words));
    let is_open =
        (place..end).any(|at| words.at(at) == "later" && words.at(at.saturating_sub(2)) == "whichever");
    Deadline {
        words: span.of(words.text()).split_whitespace().collect::<Vec<_>>().join(" "),
        date: best.map(|found| found.date).filter(|_| !is_open),
    }
}

/// Whether the sentence goes on to something else here. A comma within a date is none.
fn ends(words: &Words<'_>, place: usize) -> bool {
    let in_date = dates::year(words.at(place)).is_some() && words.gap(place).trim() == ",";
    let stops = words.gap(place).contains([',', ';', '.', ':', '(', ')']) && !in_date;
    stops
        || ["to", "that", "which", "with", "based", "and", "in", "on", "for"].contains(&words.at(place))
            && !is_name(words, place)
}

/// "on Trade", "for Trade in": a preposition within a name.
fn is_name(words: &Words<'_>, place: usize) -> bool {
    words.printed(place + 1).starts_with(char::is_uppercase) && words.at(place) != "and"
}
