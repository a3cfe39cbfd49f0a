//! The lines before a document's first words, and what each of them is.

use chapeau_document::{Date, Document, Kind, Part, Span, Symbol, Unit};

use super::title;
use crate::describe::dates;
use crate::describe::words::Words;

/// A line of the front matter by what it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Front {
    /// Symbols, and on the same line perhaps the number and the date of issue.
    Reference { symbols: Vec<Symbol>, number: Option<String>, date: Option<Date> },
    /// A body, perhaps with its session on the same line.
    Body { name: String, session: Option<String> },
    /// "Ninth Session".
    Session(String),
    /// "Bali, 3-6 December 2013": belongs to a session.
    PlaceAndDates(String),
    /// "Ministerial Decision of 7 December 2013".
    Act { kind: Option<Kind>, draft: bool, date: Option<Date> },
    /// "Revision".
    Revision(String),
    /// "Communication from the Members".
    Communication(Vec<String>),
    /// The letterhead, "RESTRICTED", page numbers.
    Nothing,
    /// What may be the title.
    Words(String),
}

/// Most lines looked at: a masthead has a dozen.
const MOST_LINES: usize = 40;

/// The lines before the first clause that is neither front matter nor heading.
pub(super) fn lines(document: &Document) -> Vec<&str> {
    let is_front =
        |part: Part, unit: Unit| part == Part::FrontMatter || matches!(unit, Unit::Masthead | Unit::Heading);
    let front = document.clauses.iter().take_while(|clause| is_front(clause.part, clause.unit));
    let lines = front.flat_map(|clause| clause.span.of(&document.text).lines());
    lines.map(str::trim).filter(|line| !line.is_empty()).take(MOST_LINES).collect()
}

/// What a line says.
pub(super) fn read(line: &str) -> Front {
    let words = Words::of(line);
    let lower = line.to_lowercase();
    reference(line)
        .or_else(|| act(&words, &lower))
        .or_else(|| body(line, &words))
        .or_else(|| session(line, &words))
        .or_else(|| revision(line, &words))
        .or_else(|| communication(line, &words))
        .or_else(|| nothing(&words, &lower))
        .unwrap_or_else(|| Front::Words(line.to_owned()))
}

/// "WT/L/843", "19 December 2011", "(11-6680)", each alone or together.
fn reference(line: &str) -> Option<Front> {
    let found = Symbol::find_all(line);
    let mut rest = line.to_owned();
    for (span, _) in found.iter().rev() {
        rest.replace_range(span.start..span.end, " ");
    }
    let number = document_number(&rest);
    if let Some(span) = number {
        rest.replace_range(span.start..span.end, " ");
    }
    let number = number.map(|span| span.of(&with_blanks(line, &found)).to_owned());
    let words = Words::of(&rest);
    let date = dates::date_at(&words, 0).filter(|date| date.exact && date.n_words == words.len());
    let restricted = ["restricted", "limited", "document", "unrestricted"];
    let is_all = date.is_some() || (0..words.len()).all(|place| restricted.contains(&words.at(place)));
    let says = !found.is_empty() || number.is_some() || date.is_some();
    let symbols = found.into_iter().map(|(_, symbol)| symbol).collect();
    (says && is_all).then_some(Front::Reference { symbols, number, date: date.map(|date| date.date) })
}

/// The line with a blank for each symbol, as `document_number` saw it.
fn with_blanks(line: &str, symbols: &[(Span, Symbol)]) -> String {
    let mut rest = line.to_owned();
    for (span, _) in symbols.iter().rev() {
        rest.replace_range(span.start..span.end, " ");
    }
    rest
}

/// `11-6680`: two digits of the year, a dash, four or five of a sequence. Domain facts.
fn document_number(line: &str) -> Option<Span> {
    let words = Words::of(line);
    let is_digits = |word: &str| word.bytes().all(|byte| byte.is_ascii_digit());
    (0..words.len()).find_map(|place| {
        let (year, sequence) = (words.at(place), words.at(place + 1));
        let fits =
            year.len() == 2 && is_digits(year) && (4..=5).contains(&sequence.len()) && is_digits(sequence);
        let is_alone = !words.gap(place).ends_with('-') && !words.gap(place + 2).starts_with('-');
        (fits && words.gap(place + 1) == "-" && is_alone).then(|| words.span(place, place + 1))
    })
}

/// Longest line that is a formula and no sentence, in words.
const LONGEST_FORMULA: usize = 14;

/// "Decision of 17 December 2011", "Draft Ministerial Decision", "Adopted on 7 December 2013".
fn act(words: &Words<'_>, lower: &str) -> Option<Front> {
    if words.len() > LONGEST_FORMULA {
        return None;
    }
    let place = (0..words.len()).find(|place| dates::date_at(words, *place).is_some_and(|date| date.exact));
    let date = place.and_then(|place| dates::date_at(words, place)).map(|date| date.date);
    let kinds: &[(&[&str], Kind)] = &[
        (&["decision", "décision", "decisión"], Kind::Decision),
        (&["declaration", "déclaration", "declaración", "statement"], Kind::Declaration),
    ];
    let formula = (0..words.len()).find_map(|place| {
        kinds.iter().find(|(names, _)| names.contains(&words.at(place))).map(|(_, kind)| (place, *kind))
    });
    let draft = ["draft", "projet", "proyecto"].contains(&words.at(0));
    let adopted = ["adopted", "adoptée", "adopté", "adoptada", "adoptado", "done"].contains(&words.at(0));
    let dated = formula.is_some_and(|(place, _)| {
        ["of", "du", "de", "adopted", ""].contains(&words.at(place + 1)) && place <= 3
    });
    let is_formula = (dated && (date.is_some() || words.len() <= 4)) || (adopted && date.is_some());
    let is_draft_alone = draft && words.len() <= 2 && !lower.contains(':');
    let kind = formula.map(|(_, kind)| kind);
    (is_formula || is_draft_alone).then_some(Front::Act { kind, draft, date })
}

/// How the names of bodies begin, in three languages.
const BODIES: &[&str] = &[
    "ministerial conference",
    "general council",
    "council for trade",
    "council for trips",
    "committee on",
    "committee of",
    "trade negotiations committee",
    "dispute settlement body",
    "trade policy review body",
    "working party on",
    "working group on",
    "sub committee on",
    "trade facilitation committee",
    "negotiating group on",
    "conférence ministérielle",
    "conseil général",
    "conseil du commerce",
    "conseil des adpic",
    "comité de",
    "comité du",
    "comité des",
    "organe de règlement",
    "groupe de travail",
    "conferencia ministerial",
    "consejo general",
    "consejo del comercio",
    "consejo de los adpic",
    "órgano de solución",
    "grupo de trabajo",
];

fn body(line: &str, words: &Words<'_>) -> Option<Front> {
    let first = usize::from(["the", "la", "le", "el"].contains(&words.at(0)));
    let n_words = words.phrase_of(first, BODIES)?;
    if words.len() > LONGEST_FORMULA {
        return None;
    }
    let is_open =
        ["for", "on", "of", "de", "du", "des", "commerce", "comercio", "travail", "trabajo", "trade"]
            .contains(&words.at(first + n_words - 1));
    let session = (first + n_words..words.len()).find(|place| is_ordinal(words.at(*place)));
    let last = match session {
        Some(place) => place - 1,
        None if is_open => words.len() - 1,
        None => first + n_words - 1,
    };
    if session.is_none() && last + 1 < words.len() {
        return None;
    }
    let name = title::plain(words.span(first, last).of(line));
    let session = session.map(|place| one_line(&line[words.span(place, place).start..]));
    Some(Front::Body { name, session })
}

/// The body that a chapeau names: "The Ministerial Conference," or "The General Council decides".
pub(super) fn body_of_chapeau(text: &str) -> Option<String> {
    let words = Words::of(text);
    let first = usize::from(["the", "la", "le", "el"].contains(&words.at(0)));
    let n_words = words.phrase_of(first, BODIES)?;
    let comma = (first + 1..words.len().min(16)).find(|place| words.gap(*place).contains([',', ':']));
    let last =
        comma.unwrap_or(if words.text().trim_end().ends_with(',') { words.len() } else { first + n_words });
    let last = last.min(words.len()).max(first + 1) - 1;
    let verb = (first..=last)
        .find(|place| ["decides", "décide", "decide", "agrees", "adopts"].contains(&words.at(*place)));
    let last = verb.map_or(last, |verb| verb.saturating_sub(1).max(first));
    Some(title::plain(words.span(first, last).of(text)))
}

fn is_ordinal(word: &str) -> bool {
    let ordinals = [
        "first",
        "second",
        "third",
        "fourth",
        "fifth",
        "sixth",
        "seventh",
        "eighth",
        "ninth",
        "tenth",
        "eleventh",
        "twelfth",
        "thirteenth",
        "fourteenth",
        "fifteenth",
        "sixteenth",
        "special",
        "première",
        "deuxième",
        "troisième",
        "quatrième",
        "cinquième",
        "sixième",
        "septième",
        "huitième",
        "neuvième",
        "dixième",
        "onzième",
        "douzième",
        "treizième",
        "quatorzième",
        "primera",
        "segunda",
        "tercera",
        "cuarta",
        "quinta",
        "sexta",
        "séptima",
        "octava",
        "novena",
        "décima",
        "noveno",
        "décimo",
        "octavo",
        "undécima",
        "duodécima",
        "decimotercera",
        "regular",
    ];
    let is_number = word.starts_with(|c: char| c.is_ascii_digit())
        && ["st", "nd", "rd", "th"].iter().any(|end| word.ends_with(end));
    ordinals.contains(&word) || is_number
}

/// "Ninth Session", and on the line below it "Bali, 3-6 December 2013".
fn session(line: &str, words: &Words<'_>) -> Option<Front> {
    let names = ["session", "sesiones", "sesión", "meeting", "réunion", "reunión"];
    let has_name = (0..words.len()).any(|place| names.contains(&words.at(place)));
    if has_name && is_ordinal(words.at(0)) && words.len() <= LONGEST_FORMULA {
        return Some(Front::Session(one_line(line)));
    }
    let dated = (1..words.len()).find(|place| {
        dates::date_at(words, *place).is_some_and(|date| date.exact && place + date.n_words == words.len())
    })?;
    let is_place =
        words.printed(0).starts_with(char::is_uppercase) && words.gap(dated).contains(['-', '–', ',']);
    (is_place && words.len() <= LONGEST_FORMULA).then(|| Front::PlaceAndDates(one_line(line)))
}

fn revision(line: &str, words: &Words<'_>) -> Option<Front> {
    let names = ["revision", "révision", "revisión", "rev", "revised"];
    let is_revision = words.len() <= 3 && (0..words.len()).any(|place| names.contains(&words.at(place)));
    is_revision.then(|| Front::Revision(title::plain(line)))
}

fn communication(line: &str, words: &Words<'_>) -> Option<Front> {
    let from = words.phrase_of(
        0,
        &[
            "communication from",
            "communication by",
            "communication de",
            "comunicación de",
            "submission by",
            "submission from",
        ],
    )?;
    let names = &line[words.span(from, from).start.min(line.len())..];
    let joined = [" and ", " AND ", " et ", " ET ", " y ", " Y "];
    let names = joined.iter().fold(names.to_owned(), |names, joined| names.replace(joined, ", "));
    let names = names.split([',', ';']).map(|name| {
        let name = name.trim();
        name.strip_prefix("the ").or(name.strip_prefix("THE ")).unwrap_or(name)
    });
    Some(Front::Communication(names.filter(|name| !name.is_empty()).map(title::name).collect()))
}

fn nothing(words: &Words<'_>, lower: &str) -> Option<Front> {
    let letterheads = [
        "world trade",
        "world trade organization",
        "world trade organisation",
        "organisation mondiale du commerce",
        "organización mundial del comercio",
        "united nations",
        "organization",
        "organisation",
    ];
    let words_only = lower.trim_matches(|c: char| !c.is_alphanumeric());
    let notes = [
        "restricted",
        "original:",
        "page ",
        "english only",
        "contents",
        "table of contents",
        "for immediate",
        "unofficial",
    ];
    let is_number = (0..words.len()).all(|place| words.at(place).bytes().all(|byte| byte.is_ascii_digit()));
    (letterheads.contains(&words_only) || notes.iter().any(|note| words_only.starts_with(note)) || is_number)
        .then_some(Front::Nothing)
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
