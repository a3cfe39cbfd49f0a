//! Deadlines: "until our next session", "by July 2016", "within 30 days".

use chapeau_document::Date;

use super::dates;
use super::words::Words;
use crate::lists;

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
        let after = place + n_words;
        let is_span = words.phrase_of(place, SPANS).is_some();
        let may_count = is_span || words.phrase_of(place, LIMITS).is_some();
        let is_deadline =
            may_count && counts_time(words, after) || !is_span && names_time(words, after, language);
        is_deadline.then(|| deadline(words, place, to))
    })
}

/// The first deadline or meeting between two places of what somebody is asked.
pub(super) fn of_asked(words: &Words<'_>, from: usize, to: usize, language: &str) -> Option<Deadline> {
    let meeting = meeting(words, from, to, language);
    let found = find(words, from, meeting.unwrap_or(to), language);
    found.or_else(|| meeting.map(|place| deadline(words, place, to)))
}

/// The meeting between two places of a text at which something is due: "to the next Session of the
/// Ministerial Conference", "in its sessions of July and December 2014". Such words tell a time as
/// any do, so that only what is asked of somebody is looked through for them.
fn meeting(words: &Words<'_>, from: usize, to: usize, language: &str) -> Option<usize> {
    let (before, names, next): (&[&str], &[&str], &[&str]) = match language {
        "fr" => (
            &["à", "au", "lors", "pour", "pendant"],
            &["session", "sessions", "réunion", "réunions", "conférence"],
            &["prochaine", "prochaines", "suivante"],
        ),
        "es" => (
            &["en", "a", "para", "durante"],
            &["período", "reunión", "reuniones", "conferencia"],
            &["próximo", "próxima", "próximos", "próximas", "siguiente"],
        ),
        _ => (
            &["at", "to", "in", "for", "during"],
            &["session", "sessions", "meeting", "meetings", "conference"],
            &["next", "forthcoming", "following", "upcoming"],
        ),
    };
    let is_due = |place: &usize| {
        let meets = (*place + 1..(place + 5).min(to)).find(|at| names.contains(&words.at(*at)));
        before.contains(&words.at(*place))
            && meets.is_some_and(|at| {
                let is_next = (place + 1..at + 3).any(|at| next.contains(&words.at(at)));
                is_next || (at + 1..at + 4).any(|at| dates::month(words.at(at)).is_some())
            })
    };
    (from..to).find(is_due)
}

/// After these stands a stretch of time: "within 30 days".
const SPANS: &[&str] =
    &["within", "dans un délai", "dans les", "dentro de", "dentro del", "en un plazo", "en el plazo"];

/// After these stands a time or a stretch of it: "no later than 90 days after".
const LIMITS: &[&str] = &["no later than", "not later than", "au plus tard", "a más tardar"];

fn openers(language: &str) -> &'static [&'static str] {
    match language {
        "fr" => &[
            "jusqu à",
            "jusqu au",
            "jusqu en",
            "au plus tard",
            "d ici à",
            "d ici au",
            "d ici",
            "avant",
            "dans un délai",
            "dans les",
        ],
        "es" => &[
            "hasta",
            "a más tardar",
            "antes de",
            "antes del",
            "para el",
            "dentro de",
            "dentro del",
            "en un plazo",
            "en el plazo",
        ],
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

/// "30 days", "six months", "a period of", "un délai de trente jours", "los 90 días siguientes".
fn counts_time(words: &Words<'_>, place: usize) -> bool {
    (place..place + 6)
        .take_while(|at| *at == place || !words.gap(*at).contains([',', ';', '.']))
        .any(|at| lists::TIMES.contains(&words.at(at)))
}

/// Whether a time follows: a date, a session, an end, a year.
fn names_time(words: &Words<'_>, place: usize, language: &str) -> bool {
    let times: &[&str] = match language {
        "fr" => &["session", "conférence", "réunion", "fin", "prochaine"],
        "es" => &["período", "reunión", "conferencia", "fin", "final", "próxima", "próximo"],
        _ => &["session", "sessions", "meeting", "conference", "end", "expiry", "mc13", "mc14", "mc15"],
    };
    // "by Members in the Seventh Session" names who, and then when.
    let ends = |at: usize| words.gap(at).contains([',', ';', '.']) || ["in", "at"].contains(&words.at(at));
    let reach = (place..place + 6).take_while(|at| *at == place || !ends(*at));
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
    let joins_dates = ["and", "et", "y"].contains(&words.at(place)) && names_month(words, place + 1);
    if joins_dates {
        return false;
    }
    let stops = words.gap(place).contains([',', ';', '.', ':', '(', ')']) && !in_date;
    stops
        || [
            "to", "that", "which", "with", "based", "and", "in", "on", "for", "sur", "et", "y", "con",
            "sobre",
        ]
        .contains(&words.at(place))
            && !is_name(words, place)
}

/// "and December 2014": one more time.
fn names_month(words: &Words<'_>, place: usize) -> bool {
    dates::month(words.at(place)).is_some() || dates::date_at(words, place).is_some()
}

/// "on Trade", "for Trade in": a preposition within a name.
fn is_name(words: &Words<'_>, place: usize) -> bool {
    words.printed(place + 1).starts_with(char::is_uppercase) && words.at(place) != "and"
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(language: &str, text: &str, expected: &str) {
        let words = Words::of(text);
        let found = find(&words, 0, words.len(), language);
        let said = found.map_or_else(String::new, |found| match found.date {
            Some(date) => format!("{} = {date}", found.words),
            None => found.words,
        });
        assert_eq!(said, expected, "in {text:?}");
    }

    #[test]
    fn deadlines_are_found_with_their_dates() {
        check("en", "to maintain the practice until our next session", "until our next session");
        check("en", "to report by July 2016", "by July 2016 = 2016-07-31");
        check(
            "en",
            "shall report no later than 31 December 2019, and",
            "no later than 31 December 2019 = 2019-12-31",
        );
    }

    #[test]
    fn the_earlier_of_two_has_the_date_that_is_known() {
        check(
            "en",
            "until the 14th Session of the Ministerial Conference or 31 March 2026, whichever is earlier.",
            "until the 14th Session of the Ministerial Conference or 31 March 2026, whichever is earlier = 2026-03-31",
        );
    }

    #[test]
    fn stretches_of_time_are_deadlines_without_a_date() {
        check("en", "to reply within 30 days", "within 30 days");
        check("en", "no later than 90 days after its receipt", "no later than 90 days after its receipt");
        check("fr", "de répondre dans un délai de trente jours", "dans un délai de trente jours");
        check("es", "a responder dentro de los 90 días siguientes", "dentro de los 90 días siguientes");
        check("es", "a más tardar seis meses después", "a más tardar seis meses después");
        check("fr", "au plus tard le 31 décembre 2019", "au plus tard le 31 décembre 2019 = 2019-12-31");
        check(
            "es",
            "a más tardar el 31 de diciembre de 2019",
            "a más tardar el 31 de diciembre de 2019 = 2019-12-31",
        );
        check("fr", "jusqu'à notre prochaine session", "jusqu'à notre prochaine session");
        check("en", "before the end of the transition period", "before the end of the transition period");
    }

    #[test]
    fn what_is_due_at_a_meeting_is_due_then() {
        let check = |language: &str, text: &str, expected: &str| {
            let words = Words::of(text);
            let found = of_asked(&words, 0, words.len(), language);
            let date = found.as_ref().and_then(|found| found.date).map(|date| format!(" = {date}"));
            assert_eq!(
                found.map_or_else(String::new, |found| found.words) + &date.unwrap_or_default(),
                expected
            );
        };
        check(
            "en",
            "to hold reviews in its sessions of July and December 2014 and July 2015, based on the reports",
            "in its sessions of July and December 2014 and July 2015 = 2015-07-31",
        );
        check(
            "en",
            "to report to the next Session of the Ministerial Conference.",
            "to the next Session of the Ministerial Conference",
        );
        check("en", "to report to the next session and to end by July 2025", "to the next session");
        check("fr", "de faire rapport à sa prochaine session", "à sa prochaine session");
        check("es", "que informe en su próxima reunión", "en su próxima reunión");
        check("en", "to hold a session in Geneva, and a meeting of experts", "");
        check("en", "to contribute to the Conference", "");
    }

    #[test]
    fn places_and_agents_are_no_deadlines() {
        check("en", "within its territory", "");
        check("en", "adopted by the Committee", "");
        check("en", "the mandate assigned by Members in the Seventh Session", "");
        check("en", "before a court", "");
        check("fr", "dans les territoires", "");
        check("es", "dentro de su territorio", "");
    }
}
