//! When something is due: the words that say so in a sentence, their dates, and whether it recurs.
//!
//! What reading a document found of a deadline comes first. Besides it stand the dates of sessions
//! ("in its sessions of July and December 2014"), which name more than one.

use chapeau_document::{Date, Span};

/// When something is due.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Due {
    /// The words that say so.
    pub(super) words: Option<String>,
    /// The days that they name, in order; the last one of a month or year of which no day is named.
    pub(super) dates: Vec<Date>,
    /// The words that say that it recurs.
    pub(super) recurring: Option<String>,
}

/// When a sentence says that something is due; `known` is what was found of it before.
pub(super) fn due(sentence: &str, known: Option<(&str, Option<Date>)>) -> Due {
    let words = Words::of(sentence);
    let recurring = recurring(&words);
    let (said, dates) = match known {
        // Of several sessions, the reading gives the last.
        Some((said, Some(date))) => {
            let sessions = words.sessions().map(|(_, dates)| dates).filter(|dates| dates.contains(&date));
            (Some(said.to_owned()), sessions.unwrap_or_else(|| vec![date]))
        }
        Some((said, None)) => words.held(said).unwrap_or((Some(said.to_owned()), Vec::new())),
        None => words.sessions().or_else(|| words.limit()).unwrap_or_default(),
    };
    Due { words: said, dates, recurring }
}

/// The words of a sentence, in small letters.
struct Words<'a> {
    text: &'a str,
    words: Vec<(String, Span)>,
}

/// What a sentence says of a deadline: the words, and their dates.
type Said = (Option<String>, Vec<Date>);

/// Words at most between a session and the dates that it is held on.
const NEAR: usize = 8;
/// Longest deadline in words.
const LONGEST: usize = 24;

impl<'a> Words<'a> {
    fn of(text: &'a str) -> Self {
        let mut words = Vec::new();
        let mut start = None;
        for (at, letter) in text.char_indices().chain([(text.len(), ' ')]) {
            match (letter.is_alphanumeric(), start) {
                (true, None) => start = Some(at),
                (false, Some(from)) => {
                    words.push((text[from..at].to_lowercase(), Span::new(from, at)));
                    start = None;
                }
                _ => {}
            }
        }
        Self { text, words }
    }

    fn at(&self, place: usize) -> &str {
        self.words.get(place).map_or("", |(word, _)| word)
    }

    fn is(&self, place: usize, any: &[&str]) -> bool {
        any.contains(&self.at(place))
    }

    /// What stands between a word and the one before.
    fn gap(&self, place: usize) -> &str {
        let start =
            place.checked_sub(1).and_then(|before| self.words.get(before)).map_or(0, |word| word.1.end);
        self.words.get(place).map_or("", |(_, span)| &self.text[start..span.start])
    }

    fn slice(&self, from: usize, to: usize) -> String {
        let span = Span::new(self.words[from].1.start, self.words[to.max(from)].1.end);
        span.of(self.text).split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Where a run of words stands.
    fn find(&self, run: &str) -> Option<usize> {
        let run = Words::of(run);
        let n_words = run.words.len();
        let holds = |at: &usize| (0..n_words).all(|n| self.at(at + n) == run.at(n));
        (n_words > 0).then(|| (0..self.words.len()).find(holds)).flatten()
    }

    /// "until our next session, which we have decided to hold in 2013": the session's year.
    fn held(&self, said: &str) -> Option<Said> {
        let start = self.find(said)?;
        let end = start + Words::of(said).words.len();
        let is_session = (start..end).any(|at| self.is(at, SESSIONS));
        let held = (end..self.words.len().min(end + NEAR)).find(|at| self.is(*at, &["hold", "held"]))?;
        let (dates, last) = self.dates(held + 1);
        (is_session && !dates.is_empty()).then(|| (Some(self.slice(start, last)), dates))
    }

    /// "in its sessions of July and December 2014", "in the next session of the Conference".
    fn sessions(&self) -> Option<Said> {
        let sessions = (0..self.words.len()).filter(|at| self.is(*at, SESSIONS));
        let mut undated = None;
        for at in sessions {
            let opener = (at.saturating_sub(4)..at).rev().find(|at| self.is(*at, OPENERS));
            let Some(opener) = opener else { continue };
            let (dates, last) = self.dates(at + 1);
            if !dates.is_empty() {
                return Some((Some(self.slice(opener, last)), dates));
            }
            let is_next = (opener..at).any(|at| self.is(at, &["next", "following", "first"]));
            if is_next && undated.is_none() {
                let named = if self.is(at + 1, &["of"]) { self.name_end(at + 2) } else { at };
                undated = Some((Some(self.slice(opener, named)), Vec::new()));
            }
        }
        undated
    }

    /// The last word of the name that begins at `place`: "the Ministerial Conference".
    fn name_end(&self, place: usize) -> usize {
        let is_name = |at: usize| {
            self.words.get(at).is_some_and(|(word, span)| {
                let printed = span.of(self.text);
                word == "the" || printed.starts_with(char::is_uppercase)
            }) && !self.gap(at).contains([',', ';', '.'])
        };
        (place..self.words.len()).take_while(|at| is_name(*at)).last().unwrap_or(place.saturating_sub(2))
    }

    /// "within one year of its entry into force", "no later than 1 May 2027".
    fn limit(&self) -> Option<Said> {
        (0..self.words.len()).find_map(|at| {
            let n_words = match () {
                () if self.is(at, &["no", "not"])
                    && self.at(at + 1) == "later"
                    && self.at(at + 2) == "than" =>
                {
                    3
                }
                () if self.is(at, &["within", "by", "before", "until"]) => 1,
                () => return None,
            };
            let from = at + n_words;
            let counts = (from..from + 6)
                .take_while(|next| *next == from || !self.gap(*next).contains([',', ';']))
                .any(|next| self.is(next, UNITS));
            let is_span = counts && (self.at(at) == "within" || n_words == 3);
            let (dates, last) = self.dates(from);
            let is_dated = !dates.is_empty() && last <= from + 4;
            (is_span || is_dated).then(|| {
                let dates = if is_dated { dates } else { Vec::new() };
                let end = if is_dated { last } else { self.limit_end(from) };
                (Some(self.slice(at, end)), dates)
            })
        })
    }

    fn limit_end(&self, from: usize) -> usize {
        let last = self.words.len().saturating_sub(1);
        let is_number = |at: usize| self.at(at).parse::<u16>().is_ok();
        let stops = |at: &usize| {
            let gap = self.gap(*at);
            gap.contains([',', ';', ':', '.'])
                || gap.contains('(') && !is_number(*at)
                || self.is(*at, &["and", "to"])
        };
        (from + 1..=last.min(from + LONGEST)).find(stops).map_or(last.min(from + LONGEST), |stop| stop - 1)
    }

    /// The dates that stand in one list from `from` on, and the place of its last word.
    fn dates(&self, from: usize) -> (Vec<Date>, usize) {
        let (mut dates, mut pending, mut last) = (Vec::new(), Vec::new(), from);
        for at in from..self.words.len() {
            if let Some(month) = month(self.at(at)) {
                let before = at.checked_sub(1).and_then(|before| day(self.at(before)));
                let after = day(self.at(at + 1)).filter(|_| year(self.at(at + 2)).is_some());
                pending.push((month, before.or(after)));
            } else if let Some(year) = year(self.at(at)) {
                dates.extend(pending.drain(..).filter_map(|(month, day)| date(year, month, day)));
                let is_alone = dates.is_empty() && self.is(at.wrapping_sub(1), &["in", "of", "end", "by"]);
                dates.extend(is_alone.then(|| date(year, 12, None)).flatten());
                if dates.is_empty() {
                    break;
                }
                last = at;
            } else if !(self.is(at, LIST) || day(self.at(at)).is_some())
                || self.gap(at).contains([';', '.', '('])
            {
                break;
            }
        }
        (dates, last)
    }
}

const SESSIONS: &[&str] = &["session", "sessions", "meeting", "meetings", "conference"];
const OPENERS: &[&str] = &["in", "at", "to", "by", "before", "for", "until"];
const UNITS: &[&str] = &["day", "days", "week", "weeks", "month", "months", "year", "years"];
/// What may stand between the dates of a list.
const LIST: &[&str] = &["and", "or", "of", "in", "on", "the", "to", "be", "held", "end"];

fn month(word: &str) -> Option<i8> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    MONTHS.iter().position(|name| *name == word).and_then(|at| i8::try_from(at + 1).ok())
}

fn year(word: &str) -> Option<i16> {
    word.parse().ok().filter(|year| word.len() == 4 && (1900..2100).contains(year))
}

fn day(word: &str) -> Option<i8> {
    let digits = word.trim_end_matches(|letter: char| letter.is_ascii_alphabetic());
    digits.parse().ok().filter(|day| digits.len() <= 2 && (1..=31).contains(day))
}

fn date(year: i16, month: i8, day: Option<i8>) -> Option<Date> {
    let first = Date::new(year, month, day.unwrap_or(1)).ok()?;
    Some(if day.is_some() { first } else { first.last_of_month() })
}

/// The words that say that something is done again and again.
fn recurring(words: &Words<'_>) -> Option<String> {
    const PHRASES: &[&str] = &[
        "periodic reviews",
        "periodic review",
        "periodic reports",
        "periodic",
        "periodically",
        "annually",
        "annual",
        "yearly",
        "biennially",
        "biennial",
        "quarterly",
        "semi annually",
        "regularly",
        "on a regular basis",
        "at regular intervals",
        "regular reviews",
        "regular reports",
        "regular meetings",
        "once a year",
        "once every year",
        "twice a year",
        "twice per year",
        "per year",
        "each year",
        "at each session",
        "at each meeting",
        "at every session",
        "at every meeting",
        "each session",
        "each meeting",
    ];
    let phrase = PHRASES.iter().filter_map(|phrase| Some((words.find(phrase)?, *phrase)));
    // The first, and of those the longest.
    let first = phrase.min_by_key(|(at, phrase)| (*at, std::cmp::Reverse(phrase.len())));
    let every = (0..words.words.len()).find_map(|at| {
        let unit = (at + 1..=at + 3).find(|unit| words.is(*unit, UNITS) || words.is(*unit, SESSIONS))?;
        words.is(at, &["every"]).then(|| words.slice(at, unit))
    });
    let said = |(at, phrase): (usize, &str)| words.slice(at, at + Words::of(phrase).words.len() - 1);
    first.map(said).or(every)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(sentence: &str, known: Option<&str>, expected: &str) {
        let due = due(sentence, known.map(|known| (known, None)));
        let dates: Vec<String> = due.dates.iter().map(ToString::to_string).collect();
        let said = format!(
            "{} | {} | {}",
            due.words.unwrap_or_default(),
            dates.join(" "),
            due.recurring.unwrap_or_default()
        );
        assert_eq!(said, expected);
    }

    #[test]
    fn sessions_have_dates() {
        check(
            "To instruct the General Council to hold periodic reviews in its sessions of July and December \
             2014 and July 2015, based on the reports submitted in 2013",
            None,
            "in its sessions of July and December 2014 and July 2015 | 2014-07-31 2014-12-31 2015-07-31 | periodic reviews",
        );
        check(
            "maintain the practice until our next session, which we have decided to hold in 2013.",
            Some("until our next session"),
            "until our next session, which we have decided to hold in 2013 | 2013-12-31 | ",
        );
        check(
            "with a view to presenting recommendations to the next Session of the Ministerial Conference.",
            None,
            "to the next Session of the Ministerial Conference |  | ",
        );
    }

    #[test]
    fn a_date_that_was_found_is_the_last_of_several() {
        let (said, date) = ("in its sessions of July and December 2014", Date::constant(2014, 12, 31));
        assert_eq!(due(said, Some((said, Some(date)))).dates, [Date::constant(2014, 7, 31), date]);
        assert_eq!(due("", Some(("by May", Some(date)))).dates, [date]);
    }

    #[test]
    fn stretches_of_time_and_days_are_limits() {
        check("shall report no later than 1 May 2027, and", None, "no later than 1 May 2027 | 2027-05-01 | ");
        check(
            "shall adopt its rules within one year of the entry into force",
            None,
            "within one year of the entry into force |  | ",
        );
        check("meet within two (2) years of it", None, "within two (2) years of it |  | ");
        check("by July 2016", None, "by July 2016 | 2016-07-31 | ");
        check("the reports submitted by the bodies", None, " |  | ");
        check("within its territory", None, " |  | ");
        check("recalling the decision of 25 September 1998", None, " |  | ");
    }

    #[test]
    fn what_recurs_is_said_in_its_words() {
        check("shall meet at least once a year", None, " |  | once a year");
        check("shall review it every two years", None, " |  | every two years");
        check("shall report annually to the Council", None, " |  | annually");
        check("shall review at each Session", None, " |  | at each Session");
    }

    #[test]
    fn no_words_are_no_trouble() {
        for text in
            ["", "2014", "July", "every", "in session", "hold in", "31 32 May", "é".repeat(9).as_str()]
        {
            let _ = due(text, Some(("", None)));
            let _ = due(text, None);
        }
    }
}
