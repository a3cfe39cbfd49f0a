//! One line of a masthead that is no formula: symbols, numbers, dates, bodies and sessions, and
//! whether anything else is said on it.

use chapeau_document::registry as known;
use chapeau_document::{Date, Span, Sureness, Symbol};

use super::bodies::{self, Named};
use super::registry::{BESIDE, LETTERHEADS, Lines, begins, phrase_at};
use super::{title, when};
use crate::describe::words::Words;
use crate::lists;

/// What a line has.
#[derive(Clone, Debug, Default)]
pub(super) struct Said {
    pub(super) symbols: Vec<(Symbol, Sureness)>,
    /// "11-6680".
    pub(super) number: Option<String>,
    pub(super) date: Option<Date>,
    pub(super) bodies: Vec<Named>,
    /// "9th Session", with the place and dates that follow it on the line.
    pub(super) session: Option<String>,
    /// Words that none of these explains.
    pub(super) rest: usize,
    /// Of these, those that begin with a small letter.
    pub(super) small: usize,
    /// All words of the line.
    pub(super) n_words: usize,
}

impl Said {
    /// Whether the line says nothing else.
    pub(super) fn is_all(&self) -> bool {
        self.rest == 0
    }

    /// Whether it says anything of a masthead.
    pub(super) fn is_something(&self) -> bool {
        !self.symbols.is_empty()
            || self.number.is_some()
            || self.date.is_some()
            || !self.bodies.is_empty()
            || self.session.is_some()
    }
}

/// Reads a line of a masthead.
pub(super) fn read(line: &str) -> Said {
    let mut said = Said::default();
    let mut rest = line.to_owned();
    symbols(line, &mut said, &mut rest);
    number(&mut rest, &mut said);
    session(&mut rest, &mut said);
    bodies_in(&mut rest, &mut said);
    longer_name(line, &mut said, &mut rest);
    let words = Words::of(&rest);
    said.n_words = Words::of(line).len();
    let mut place = 0;
    while place < words.len() {
        place += step(&words, place, &mut said);
    }
    let is_whole = !rest.trim().contains("  ");
    if said.bodies.is_empty()
        && said.rest > 0
        && is_whole
        && let Some(named) = bodies::by_shape(&rest).filter(|_| words.len() > 1 || title::is_capitals(&rest))
    {
        said.bodies.push(named);
        (said.rest, said.small) = (0, 0);
    }
    said
}

fn symbols(line: &str, said: &mut Said, rest: &mut String) {
    let mut found: Vec<(Span, Symbol, Sureness)> =
        Symbol::find_all(line).into_iter().map(|(span, symbol)| (span, symbol, Sureness::Sure)).collect();
    if found.is_empty() {
        found = standing_alone(line);
    }
    for (span, symbol, sureness) in found {
        blank(rest, span);
        if !said.symbols.iter().any(|(known, _)| *known == symbol) {
            said.symbols.push((symbol, sureness));
        }
    }
}

/// Most words of a line in which symbols without a telling shape are looked for.
const MOST_WORDS: usize = 20;
/// Most words of such a symbol ("Act No. 35 of 2023").
const LONGEST_SYMBOL: usize = 5;

/// Symbols that are believed in mastheads only, wherever on the line: "2023 No. 35 Lamps Act A 551".
fn standing_alone(line: &str) -> Vec<(Span, Symbol, Sureness)> {
    let words: Vec<Span> = spans(line).collect();
    let mut found: Vec<(Span, Symbol, Sureness)> = Vec::new();
    if words.len() > MOST_WORDS {
        return found;
    }
    let mut first = 0;
    while first < words.len() {
        let longest = words.len().min(first + LONGEST_SYMBOL);
        let symbol = (first..longest).rev().find_map(|last| {
            let span = Span::new(words[first].start, words[last].end);
            let (within, symbol, sureness) = Symbol::standing_alone(span.of(line))?;
            let span = Span::new(span.start + within.start, span.start + within.end);
            Some((last, (span, symbol, sureness)))
        });
        first = match symbol {
            Some((last, symbol)) => {
                found.push(symbol);
                last + 1
            }
            None => first + 1,
        };
    }
    found
}

/// The words of a line as they are parted by spaces, without commas and the like at their ends.
fn spans(line: &str) -> impl Iterator<Item = Span> + '_ {
    line.split_whitespace().filter_map(|word| {
        let start = word.as_ptr() as usize - line.as_ptr() as usize;
        let bare = word.trim_end_matches([',', ';', ':', '*']);
        (!bare.is_empty()).then(|| Span::new(start, start + bare.len()))
    })
}

/// The first symbol of a line, wherever it stands.
pub(super) fn first_symbol(line: &str) -> Option<(Span, Symbol, Sureness)> {
    let found = Symbol::find_all(line).into_iter().next();
    let sure = found.map(|(span, symbol)| (span, symbol, Sureness::Sure));
    sure.or_else(|| standing_alone(line).into_iter().next())
}

/// Puts spaces in the place of what was read, so that all else keeps its place.
fn blank(text: &mut String, span: Span) {
    if let Some(found) = text.get(span.start..span.end) {
        let spaces = " ".repeat(found.len());
        text.replace_range(span.start..span.end, &spaces);
    }
}

/// `11-6680`: two digits of the year, a dash, four or five of a sequence. Domain facts.
fn number(rest: &mut String, said: &mut Said) {
    let words = Words::of(rest);
    let is_digits = |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit());
    let found = (0..words.len()).find_map(|place| {
        let (year, sequence) = (words.at(place), words.at(place + 1));
        let fits =
            year.len() == 2 && is_digits(year) && (4..=5).contains(&sequence.len()) && is_digits(sequence);
        let is_alone = !words.gap(place).ends_with('-') && !words.gap(place + 2).starts_with('-');
        (fits && words.gap(place + 1) == "-" && is_alone).then(|| words.span(place, place + 1))
    });
    if let Some(span) = found {
        said.number = Some(span.of(rest).to_owned());
        blank(rest, span);
    }
}

/// "Seventy-eighth session", "102nd (special) session", "Septuagésimo octavo período de sesiones".
fn session(rest: &mut String, said: &mut Said) {
    let words = Words::of(rest);
    if let Some(span) = year_session(&words) {
        said.session = Some(span.of(rest).to_owned());
        blank(rest, span);
        return;
    }
    let Some((first, value, name, last)) = (0..words.len()).find_map(|place| session_at(&words, place))
    else {
        return;
    };
    let kind = name_of(words.span(first + name, last).of(rest));
    let after = words.span(last, words.len() - 1);
    let span = Span::new(words.span(first, last).start, after.end.max(words.span(first, last).end));
    let tail = words
        .gap(last + 1)
        .contains([',', '('])
        .then(|| rest[words.span(last, last).end..].trim().to_owned());
    let dated = tail.filter(|tail| tail.len() < 80 && tail.starts_with(',') && has_date(tail));
    said.session = Some(format!("{} {kind}{}", when::th(value), dated.as_deref().unwrap_or_default()));
    let end = if dated.is_some() { span.end } else { words.span(first, last).end };
    blank(rest, Span::new(span.start, end));
}

/// "2030 session", as the Economic and Social Council numbers its sessions.
fn year_session(words: &Words<'_>) -> Option<Span> {
    let is_year = |word: &str| word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_digit());
    let is_alone = words.len() == 2 && is_year(words.at(0)) && words.at(1) == "session";
    is_alone.then(|| words.span(0, 1))
}

fn has_date(text: &str) -> bool {
    let words = Words::of(text);
    (0..words.len()).any(|place| when::date_at(&words, place).is_some())
}

/// The name of a session in one spelling of letters.
fn name_of(name: &str) -> String {
    let line = name.split_whitespace().collect::<Vec<_>>().join(" ");
    if title::is_capitals(&line) { title::plain(&line) } else { line }
}

/// Where a session's name begins, its number, how many words the number has, and the last word.
fn session_at(words: &Words<'_>, place: usize) -> Option<(usize, u16, usize, usize)> {
    let (value, length) = when::ordinal_at(words, place)?;
    let mut last = place + length;
    while lists::SESSION_ADJECTIVES.contains(&words.at(last)) && last < place + length + 4 {
        last += 1;
    }
    let is_session =
        ["session", "sesiones", "sesión", "meeting", "réunion", "reunión", "summit", "conference"]
            .contains(&words.at(last));
    let is_summit = ["summit", "conference"].contains(&words.at(last));
    (is_session && !is_summit).then_some((place, value, length, last))
}

fn bodies_in(rest: &mut String, said: &mut Said) {
    for (span, body) in known::bodies_in(rest) {
        said.bodies.push(bodies::named(body, span.of(rest)));
        blank(rest, span);
    }
}

/// "European Union Agency for Lamps" is no paper of the European Union: a name that goes on behind the
/// one that is known, where the line is nothing else.
fn longer_name(line: &str, said: &mut Said, rest: &mut String) {
    let [known] = &said.bodies[..] else { return };
    let is_whole = said.symbols.is_empty() && said.session.is_none() && said.number.is_none();
    let goes_on = known.is_house && rest.trim_start().len() < rest.len() && !rest.trim().is_empty();
    if !is_whole || !goes_on || !rest.trim_start().starts_with(char::is_uppercase) {
        return;
    }
    if let Some(named) = bodies::by_shape(line).filter(|_| bodies::by_shape(rest.trim()).is_some()) {
        said.bodies = vec![named];
        blank(rest, Span::new(0, line.len()));
    }
}

/// Takes what stands at `place`, and says how many words it was.
fn step(words: &Words<'_>, place: usize, said: &mut Said) -> usize {
    if said.date.is_none()
        && let Some(found) = when::date_at(words, place)
    {
        said.date = Some(found.date);
        return found.n_words;
    }
    let word = words.at(place);
    let is_figure = word.bytes().all(|byte| byte.is_ascii_digit())
        || when::roman(words.printed(place)).is_some()
        || word.chars().count() == 1;
    if is_figure || phrase_at(words, place, BESIDE).is_some() {
        return 1;
    }
    said.rest += 1;
    let is_link = words.printed(0).starts_with(char::is_uppercase)
        && ["de", "del", "la", "le", "du", "des", "los", "las"].contains(&word);
    said.small += usize::from(!is_link && words.printed(place).starts_with(char::is_lowercase));
    1
}

/// Whether a line is the name of a house, with nothing but symbols, dates and the like beside it.
pub(super) fn is_letterhead(line: &str) -> bool {
    let words = Words::of(line);
    let ends = [words.len()];
    let lines = Lines { words: &words, ends: &ends };
    let Some(end) = begins(&lines, LETTERHEADS) else { return false };
    if end == words.len() {
        return true;
    }
    let rest = read(&line[words.span(end, end).start..]);
    rest.is_all() && rest.bodies.iter().all(|named| named.is_known)
}
